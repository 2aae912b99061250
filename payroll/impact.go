package payroll

import (
	"cmp"
	"encoding/csv"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"strings"

	"github.com/musterhr/hr"
	"github.com/shopspring/decimal"
)

// Impact is what a [WhatIf] would do. It prints and logs without values; [Impact.Text] and [Impact.WriteCSV] show it.
type Impact struct {
	Currency hr.Currency
	People   []PersonImpact   // who would be paid, or would cost, otherwise: the largest change of net pay first, then of cost, then by employee
	Same     int              // how many would be paid the same
	Failed   []WithoutPayslip // who has no payslip on one of the sides, by employee
	Lines    []LineVariance   // the paid lines whose sums differ, everybody together
	Net      LineVariance     // net pay of everybody
	Cost     LineVariance     // what the employer spends on everybody
}

// PersonImpact is what would be otherwise for one employee, with its causes.
type PersonImpact struct {
	Comparison
	Cost LineVariance // what the employer spends
}

// WithoutPayslip is somebody without a payslip, and why.
type WithoutPayslip struct {
	Employee hr.EmployeeID
	Run      RunID // of a run that was played again; empty where there is none
	Failures []Failure
}

const (
	costLine  = "cost"
	costTitle = "Employer cost"
)

// impact gathers an [Impact].
type impact struct {
	Impact
	lines *lineTable
}

func newImpact(currency hr.Currency) *impact {
	return &impact{lines: newLines(), Impact: Impact{Currency: currency, Net: LineVariance{Line: netLine, Title: netTitle}, Cost: LineVariance{Line: costLine, Title: costTitle}}}
}

func (m *impact) fail(employee hr.EmployeeID, err error) {
	m.Failed = append(m.Failed, WithoutPayslip{Employee: employee, Failures: failuresOf(err)})
}

func (m *impact) add(now, after Basis) {
	slips := [2]Payslip{}
	for i, b := range []Basis{now, after} {
		var err error
		if slips[i], err = b.Plan.Calculate(b.Input); err != nil {
			m.fail(now.Input.Employee, err)
			return
		}
	}
	m.lines.add(slips[1], false)
	m.lines.add(slips[0], true)
	cost := costOf(slips[0], slips[1])
	m.Net, m.Cost = m.Net.plus(netOf(slips[0], slips[1])), m.Cost.plus(cost)
	own := newLines()
	own.add(slips[1], false)
	own.add(slips[0], true)
	if len(own.differing()) == 0 {
		m.Same++
		return
	}
	c, err := Compare(now, after)
	if err != nil { // both have a payslip of one employee in one currency
		m.fail(now.Input.Employee, err)
		return
	}
	m.People = append(m.People, PersonImpact{c, cost})
}

func (m *impact) done() Impact {
	m.Lines = m.lines.differing()
	slices.SortFunc(m.Failed, func(a, b WithoutPayslip) int { return cmp.Compare(a.Employee, b.Employee) })
	slices.SortStableFunc(m.People, func(a, b PersonImpact) int {
		return cmp.Or(
			b.Net.Difference().Abs().Cmp(a.Net.Difference().Abs()),
			b.Cost.Change().Abs().Cmp(a.Cost.Change().Abs()),
			cmp.Compare(a.Employee, b.Employee),
		)
	})
	return m.Impact
}

func costOf(was, is Payslip) LineVariance {
	return LineVariance{Line: costLine, Title: costTitle, Before: was.Cost().Amount, Now: is.Cost().Amount}
}

// plus adds another figure of the same name.
func (v LineVariance) plus(o LineVariance) LineVariance {
	v.Before, v.Now = v.Before.Add(o.Before), v.Now.Add(o.Now)
	return v
}

// Text writes the impact for a person: everybody who differs with the causes, then the sums.
func (m Impact) Text(w io.Writer) error {
	var b strings.Builder
	for _, p := range m.People {
		if err := p.Text(&b); err != nil {
			return err
		}
		b.WriteString(m.row(p.Cost) + "\n")
	}
	fmt.Fprintf(&b, "Everybody: %d otherwise, %d the same, %d without a payslip   %s\n", len(m.People), m.Same, len(m.Failed), m.Currency)
	for _, l := range append(slices.Clone(m.Lines), m.Net, m.Cost) {
		b.WriteString(m.row(l))
	}
	for _, f := range m.Failed {
		for _, x := range f.Failures {
			fmt.Fprintf(&b, "%s: %s: %s\n", f.Employee, x.Path, x.Reason)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (m Impact) row(v LineVariance) string { return varianceRow(v, m.Currency) }

// varianceRow is one figure of a report in text.
func varianceRow(v LineVariance, currency hr.Currency) string {
	text := func(d decimal.Decimal) string { return hr.Money{Amount: d, Currency: currency}.AmountText() }
	left, right := fmt.Sprintf("%s   %s to %s", v.Title, text(v.Before), text(v.Now)), text(v.Change())
	if v.Change().Sign() > 0 {
		right = "+" + right
	}
	return left + strings.Repeat(" ", max(1, compareWidth-columns(left)-columns(right))) + right + "\n"
}

// WriteCSV writes the impact for a spreadsheet: for each employee the lines that differ, net pay and cost, each with the causes of its
// change below it, then the sums under TOTAL. Texts are those of [SpreadsheetText].
func (m Impact) WriteCSV(w io.Writer) error {
	rows := [][]string{{"employee", "line", "title", "before", "after", "change", "cause", "what"}}
	text := func(d decimal.Decimal) string { return hr.Money{Amount: d, Currency: m.Currency}.AmountText() }
	add := func(who string, v LineVariance, causes []Attribution) {
		head := []string{SpreadsheetText(who), SpreadsheetText(v.Line), SpreadsheetText(v.Title)}
		rows = append(rows, append(slices.Clone(head), text(v.Before), text(v.Now), text(v.Change()), "", ""))
		for _, c := range causes {
			rows = append(rows, append(slices.Clone(head), "", "", text(c.Amount), string(c.Cause), SpreadsheetText(c.What)))
		}
	}
	for _, p := range m.People {
		for _, l := range p.Lines {
			if l.Kind.paid() {
				add(string(p.Employee), LineVariance{Line: l.Name, Title: l.Title, Kind: l.Kind, Before: l.Before, Now: l.After}, l.Causes)
			}
		}
		add(string(p.Employee), LineVariance{Line: netLine, Title: netTitle, Before: p.Net.Before, Now: p.Net.After}, p.Net.Causes)
		add(string(p.Employee), p.Cost, nil)
	}
	for _, l := range append(slices.Clone(m.Lines), m.Net, m.Cost) {
		add("TOTAL", l, nil)
	}
	if err := csv.NewWriter(w).WriteAll(rows); err != nil {
		return fmt.Errorf("payroll: impact: %w", err)
	}
	return nil
}

// Format hides the values.
func (m Impact) Format(f fmt.State, _ rune) {
	_, _ = fmt.Fprintf(f, "[impact on %d employees]", len(m.People))
}

// LogValue hides the values.
func (m Impact) LogValue() slog.Value { return slog.StringValue(fmt.Sprint(m)) }

// Format hides the values.
func (p PersonImpact) Format(f fmt.State, _ rune) {
	_, _ = fmt.Fprintf(f, "[impact on %s]", p.Employee)
}

// LogValue hides the values.
func (p PersonImpact) LogValue() slog.Value { return slog.StringValue(fmt.Sprint(p)) }
