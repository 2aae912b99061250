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

// BackTested is what a [BackTest] found. It prints and logs without values; [BackTested.Text] and [BackTested.WriteCSV] show it.
type BackTested struct {
	Plan     string // digest of the candidate
	Currency hr.Currency
	Runs     []BackTestedRun    // by pay date and then by id
	People   []BackTestedPerson // who would have been paid, or would have cost, otherwise: the largest change of net pay first, then of cost, then by employee
	Same     int                // how many employees would have been paid the same
	Failed   []WithoutPayslip   // who the candidate cannot pay, by employee and in the order of the runs
	Unproven []WithoutPayslip   // whose payslip does not come out again from the facts of then, in the same order
	Lines    []LineVariance     // the paid lines whose sums differ, arrears included
	Net      LineVariance
	Cost     LineVariance
}

// BackTestedRun is one run of a back-test, over everybody whose payslip could be compared.
type BackTestedRun struct {
	Run      RunID
	Kind     RunKind
	Period   hr.Period
	PayDate  hr.Date
	Payslips int // that were compared
	Lines    []LineVariance
	Net      LineVariance
	Cost     LineVariance
}

// BackTestedPerson is what would have been otherwise for one employee: of each payslip that differs, and of all their payslips in sum.
type BackTestedPerson struct {
	Employee hr.EmployeeID
	Payslips []BackTestedPayslip // in the order in which they were paid
	Lines    []LineVariance
	Net      LineVariance
	Cost     LineVariance
}

// BackTestedPayslip is one payslip that would have been another.
type BackTestedPayslip struct {
	Run    RunID
	Period hr.Period
	Lines  []LineVariance // that differ
	Net    LineVariance
	Cost   LineVariance
}

// variances adds up payslips, before and now.
type variances struct {
	lines     *lineTable
	net, cost LineVariance
}

func newVariances() *variances {
	return &variances{lines: newLines(), net: LineVariance{Line: netLine, Title: netTitle}, cost: LineVariance{Line: costLine, Title: costTitle}}
}

func (v *variances) add(was, is Payslip) {
	v.lines.add(Payslip{Lines: is.all()}, false)
	v.lines.add(Payslip{Lines: was.all()}, true)
	v.net, v.cost = v.net.plus(netOf(was, is)), v.cost.plus(costOf(was, is))
}

// plus adds sums to sums.
func (v *variances) plus(o *variances) {
	for _, l := range o.lines.lines {
		i, known := v.lines.at[l.Line]
		if !known {
			i = len(v.lines.lines)
			v.lines.at[l.Line] = i
			v.lines.lines = append(v.lines.lines, LineVariance{Line: l.Line, Title: l.Title, Kind: l.Kind})
		}
		v.lines.lines[i] = v.lines.lines[i].plus(l)
	}
	v.net, v.cost = v.net.plus(o.net), v.cost.plus(o.cost)
}

// backTested gathers a [BackTested].
type backTested struct {
	BackTested
	all   *variances
	byRun []*variances
}

func newBackTested(plan *Plan, runs []Run) *backTested {
	b := &backTested{BackTested: BackTested{Plan: plan.digest, Currency: plan.currency}, all: newVariances()}
	for _, r := range runs {
		b.Runs = append(b.Runs, BackTestedRun{Run: r.ID, Kind: r.Kind, Period: r.Period, PayDate: r.PayDate})
		b.byRun = append(b.byRun, newVariances())
	}
	return b
}

// add takes one employee; they come by employee.
func (b *backTested) add(p tested) {
	one, own := BackTestedPerson{Employee: p.employee}, newVariances()
	compared := 0
	for _, r := range p.runs {
		run := &b.Runs[r.run]
		switch {
		case r.unproven != nil:
			b.Unproven = append(b.Unproven, WithoutPayslip{Employee: p.employee, Run: run.Run, Failures: failuresOf(r.unproven)})
			continue
		case r.failed != nil:
			b.Failed = append(b.Failed, WithoutPayslip{Employee: p.employee, Run: run.Run, Failures: failuresOf(r.failed)})
			continue
		}
		compared++
		run.Payslips++
		slip := newVariances()
		for _, v := range []*variances{slip, own, b.byRun[r.run]} {
			v.add(r.was, r.is)
		}
		if lines := slip.lines.differing(); len(lines) > 0 {
			one.Payslips = append(one.Payslips, BackTestedPayslip{Run: run.Run, Period: run.Period, Lines: lines, Net: slip.net, Cost: slip.cost})
		}
	}
	switch {
	case len(one.Payslips) > 0:
		one.Lines, one.Net, one.Cost = own.lines.differing(), own.net, own.cost
		b.People = append(b.People, one)
	case compared > 0:
		b.Same++
	}
}

func (b *backTested) done() BackTested {
	for i, v := range b.byRun {
		b.all.plus(v)
		b.Runs[i].Lines, b.Runs[i].Net, b.Runs[i].Cost = v.lines.differing(), v.net, v.cost
	}
	b.Lines, b.Net, b.Cost = b.all.lines.differing(), b.all.net, b.all.cost
	slices.SortStableFunc(b.People, func(x, y BackTestedPerson) int {
		return cmp.Or(
			y.Net.Change().Abs().Cmp(x.Net.Change().Abs()),
			y.Cost.Change().Abs().Cmp(x.Cost.Change().Abs()),
			cmp.Compare(x.Employee, y.Employee),
		)
	})
	return b.BackTested
}

// Text writes the report for a person: the sums, the runs, then everybody who would have been paid otherwise, the largest change first.
func (b BackTested) Text(w io.Writer) error {
	var out strings.Builder
	rows := func(lines []LineVariance, more ...LineVariance) {
		for _, l := range append(slices.Clone(lines), more...) {
			out.WriteString(varianceRow(l, b.Currency))
		}
	}
	fmt.Fprintf(&out, "Back-test of %d runs: %d otherwise, %d the same, %d payslips failed, %d not proven   %s\n", len(b.Runs), len(b.People), b.Same, len(b.Failed), len(b.Unproven), b.Currency)
	rows(b.Lines, b.Net, b.Cost)
	for _, r := range b.Runs {
		fmt.Fprintf(&out, "\n%s   %s   paid %s   %d payslips\n", strings.ReplaceAll(string(r.Kind), "_", " "), r.Period, r.PayDate, r.Payslips)
		rows(r.Lines, r.Net, r.Cost)
	}
	for i, p := range b.People {
		fmt.Fprintf(&out, "\n%d. %s   %d payslips otherwise\n", i+1, p.Employee, len(p.Payslips))
		rows(p.Lines, p.Net, p.Cost)
		for _, s := range p.Payslips {
			net := s.Net
			net.Title = "   " + s.Period.String() + "   " + net.Title
			rows(nil, net)
		}
	}
	list := func(title string, of []WithoutPayslip) {
		for _, u := range of {
			for _, f := range u.Failures {
				fmt.Fprintf(&out, "\n%s: %s in %s: %s: %s", title, u.Employee, u.Run, f.Path, f.Reason)
			}
		}
	}
	list("failed", b.Failed)
	list("not proven", b.Unproven)
	if len(b.Failed)+len(b.Unproven) > 0 {
		out.WriteString("\n")
	}
	_, err := io.WriteString(w, out.String())
	return err
}

// WriteCSV writes the report for a spreadsheet: for each employee in the order of People the lines that differ, net pay and cost of each
// payslip that does, and the same in sum with an empty run; then every run under TOTAL, and all of them. Texts are those of [SpreadsheetText].
func (b BackTested) WriteCSV(w io.Writer) error {
	rows := [][]string{{"employee", "run", "from", "through", "line", "title", "before", "after", "change"}}
	text := func(d decimal.Decimal) string { return hr.Money{Amount: d, Currency: b.Currency}.AmountText() }
	add := func(who string, run RunID, p hr.Period, lines []LineVariance, more ...LineVariance) {
		from, through := "", ""
		if run != "" {
			from, through = p.From.String(), p.Through.String()
		}
		for _, l := range append(slices.Clone(lines), more...) {
			rows = append(rows, []string{
				SpreadsheetText(who), SpreadsheetText(string(run)), from, through, SpreadsheetText(l.Line), SpreadsheetText(l.Title), text(l.Before), text(l.Now), text(l.Change()),
			})
		}
	}
	for _, p := range b.People {
		for _, s := range p.Payslips {
			add(string(p.Employee), s.Run, s.Period, s.Lines, s.Net, s.Cost)
		}
		add(string(p.Employee), "", hr.Period{}, p.Lines, p.Net, p.Cost)
	}
	for _, r := range b.Runs {
		add("TOTAL", r.Run, r.Period, r.Lines, r.Net, r.Cost)
	}
	add("TOTAL", "", hr.Period{}, b.Lines, b.Net, b.Cost)
	if err := csv.NewWriter(w).WriteAll(rows); err != nil {
		return fmt.Errorf("payroll: back-test: %w", err)
	}
	return nil
}

// Format hides the values.
func (b BackTested) Format(f fmt.State, _ rune) {
	_, _ = fmt.Fprintf(f, "[back-test of %d runs and %d employees]", len(b.Runs), len(b.People)+b.Same)
}

// LogValue hides the values.
func (b BackTested) LogValue() slog.Value { return slog.StringValue(fmt.Sprint(b)) }

// Format hides the values.
func (r BackTestedRun) Format(f fmt.State, _ rune) {
	_, _ = fmt.Fprintf(f, "[back-test of run %s]", r.Run)
}

// LogValue hides the values.
func (r BackTestedRun) LogValue() slog.Value { return slog.StringValue(fmt.Sprint(r)) }

// Format hides the values.
func (p BackTestedPerson) Format(f fmt.State, _ rune) {
	_, _ = fmt.Fprintf(f, "[back-test of %s]", p.Employee)
}

// LogValue hides the values.
func (p BackTestedPerson) LogValue() slog.Value { return slog.StringValue(fmt.Sprint(p)) }

// Format hides the values.
func (s BackTestedPayslip) Format(f fmt.State, _ rune) {
	_, _ = fmt.Fprintf(f, "[back-test of a payslip %s]", s.Period)
}

// LogValue hides the values.
func (s BackTestedPayslip) LogValue() slog.Value { return slog.StringValue(fmt.Sprint(s)) }
