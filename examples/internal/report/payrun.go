package report

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/payroll/bankfile/neft"
)

// The files about runs beside the payroll of the month.
const (
	fileVariance = "variance.csv"
	fileFindings = "findings.csv"
	fileDebts    = "debts.csv"
	dirBack      = "taken_back"
)

// Runs are the payroll runs that a report is of.
type Runs struct {
	Month  payroll.RunID
	Before payroll.RunID // of the month before; empty: there is nothing to compare with
	Back   []Back
}

// Back is a payslip that was taken back and paid again.
type Back struct {
	Name                 string // names its files
	Reversal, Correction payroll.RunID
}

// Taken is what came of taking a payslip back: both journals, and the batch that pays again.
type Taken struct {
	Name            string
	Reversed, Again payroll.Journal
	Batch           payroll.PaymentBatch
}

// DebtsOf is what one employee owes.
type DebtsOf struct {
	Employee hr.EmployeeID
	Debts    []payroll.Outstanding
}

// payrun asks for what stands around the payroll of the month: the month before, what was looked at, what is owed, what was taken back.
func (m *Month) payrun(ctx context.Context, v hr.View, runs Runs, pay payroll.Service) error {
	run, err := pay.Run(ctx, v, runs.Month)
	if err != nil {
		return err
	}
	m.Overrides = run.Overrides
	if m.Findings, err = pay.Findings(ctx, v, runs.Month); err != nil {
		return err
	}
	if runs.Before != "" {
		before, err := pay.Payslips(ctx, v, runs.Before)
		if err != nil {
			return err
		}
		if m.Variance, err = payroll.NewVariance(before, m.Slips); err != nil {
			return err
		}
		m.Compared = true
	}
	for _, s := range m.Slips {
		owing, err := pay.Owing(ctx, v, s.Employee)
		if err != nil {
			return err
		}
		if len(owing[0]) > 0 {
			m.Debts = append(m.Debts, DebtsOf{s.Employee, owing[0]})
		}
	}
	for _, b := range runs.Back {
		t := Taken{Name: b.Name}
		if t.Reversed, err = pay.Journal(ctx, v, b.Reversal, m.Chart); err != nil {
			return err
		}
		if t.Again, err = pay.Journal(ctx, v, b.Correction, m.Chart); err != nil {
			return err
		}
		details := payroll.PaymentDetails{ID: b.Name, ValueDate: m.PayDate, From: m.Bank, Narration: m.Narration}
		if t.Batch, err = pay.Payments(ctx, v, b.Correction, details); err != nil {
			return err
		}
		m.Taken = append(m.Taken, t)
	}
	return nil
}

// around writes the files about it.
func (m Month) around(dir string) error {
	files := map[string]func(io.Writer) error{fileFindings: m.findingsFile, fileDebts: m.debtsFile}
	if m.Compared {
		files[fileVariance] = m.Variance.WriteCSV
	}
	for _, t := range m.Taken {
		at := filepath.Join(dirBack, t.Name)
		files[at+"-journal.csv"] = func(w io.Writer) error { return m.entries(w, t.Reversed) }
		files[at+"-again-journal.csv"] = func(w io.Writer) error { return m.entries(w, t.Again) }
		files[at+"-again-bank.csv"] = func(w io.Writer) error { _, err := neft.Write(w, t.Batch); return err }
	}
	for name, fill := range files {
		if err := write(filepath.Join(dir, name), fill); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

// why is the reason that was given for a finding.
func (m Month) why(f payroll.Finding) string {
	for _, o := range m.Overrides {
		if o.Check == f.Check && o.Employee == f.Employee && o.Digest == f.Digest {
			return o.Reason
		}
	}
	return ""
}

func (m Month) findingsFile(w io.Writer) error {
	var rows [][]string
	for _, f := range m.Findings {
		rows = append(rows, []string{string(f.Check), string(f.Employee), f.Reason, m.why(f)})
	}
	return table(w, []string{"check", "employee", "found", "paid_all_the_same"}, rows)
}

func (m Month) debtsFile(w io.Writer) error {
	var rows [][]string
	for _, of := range m.Debts {
		for _, o := range of.Debts {
			rows = append(rows, []string{string(of.Employee), o.Debt.Name, o.Debt.PayOut.String(), m.sum(o.Lent), m.sum(o.Repaid), m.sum(o.Debt.Forgiven), m.sum(o.Balance())})
		}
	}
	return table(w, []string{"employee", "name", "paid_out", "lent", "repaid", "written_off", "left"}, rows)
}

// lent lists loans and advances, with what this month did to them.
func (m Month) lent() *grid {
	g := &grid{words: 2}
	for _, of := range m.Debts {
		for _, o := range of.Debts {
			if len(g.rows) == 0 {
				g.add("", "", "paid out", "with this payslip", "repaid", "left")
			}
			now := decimal.Zero
			for _, s := range m.Slips {
				for _, x := range s.Debts {
					if x.Debt == o.Debt.ID {
						now = now.Add(x.Lent).Sub(x.Repaid)
					}
				}
			}
			g.add(string(of.Employee), fmt.Sprintf("%s of %s", o.Debt.Name, o.Debt.PayOut), m.shown(o.Lent), m.shown(now), m.shown(o.Repaid), m.shown(o.Balance()))
		}
	}
	return g
}

// late lists what is paid of earlier months, and why.
func (m Month) late() *grid {
	g := &grid{words: 3}
	for _, s := range m.Slips {
		by := map[hr.Period]decimal.Decimal{}
		var months []hr.Period
		why := map[hr.Period][]string{}
		for _, a := range s.Arrears {
			if a.Kind != payroll.Earning && a.Kind != payroll.Deduction {
				continue
			}
			if _, seen := by[a.Period]; !seen {
				months = append(months, a.Period)
			}
			amount := a.Amount
			if a.Kind == payroll.Deduction {
				amount = amount.Neg()
			}
			by[a.Period] = by[a.Period].Add(amount)
			for _, c := range a.Causes {
				for _, r := range c.Refs {
					if text := cmp.Or(map[string]string{"terms": "new terms", "adjustment": "an amount beside pay", "adoption": "new rules"}[r.Kind], r.Kind); !slices.Contains(why[a.Period], text) {
						why[a.Period] = append(why[a.Period], text)
					}
				}
			}
		}
		for _, p := range months {
			g.add(string(s.Employee), p.From.String()[:7], strings.Join(why[p], ", "), m.shown(by[p]))
		}
	}
	return g
}

// against compares the lines of everybody with the month before, and names who differs most.
func (m Month) against() *grid {
	g := &grid{words: 2}
	if !m.Compared {
		return g
	}
	g.add("", "", hr.MonthOf(m.Period.From.Add(-1)).From.Month().String(), m.Period.From.Month().String(), "change", "%")
	row := func(name, title string, l payroll.LineVariance) {
		percent := ""
		if p, ok := l.Percent(); ok && l.Now.Sign() >= 0 && l.Before.Sign() > 0 {
			percent = p.StringFixed(1)
		}
		g.add(name, title, m.shown(l.Before), m.shown(l.Now), m.shown(l.Change()), percent)
	}
	for _, l := range m.Variance.Total.Lines {
		row(string(l.Kind), l.Title, l)
	}
	g.rule()
	row("net", "of everybody", m.Variance.Total.Net)
	most := slices.Clone(m.Variance.Employees)
	slices.SortStableFunc(most, func(a, b payroll.EmployeeVariance) int {
		return b.Net.Change().Abs().Cmp(a.Net.Change().Abs())
	})
	for _, e := range most[:min(8, len(most))] {
		row("", "of "+string(e.Employee)+map[payroll.Presence]string{payroll.OnlyNow: ", new", payroll.OnlyBefore: ", not any more"}[e.Presence], e.Net)
	}
	return g
}

// looked lists what was looked at before anything was paid.
func (m Month) looked() *grid {
	g := &grid{words: 4}
	for _, f := range m.Findings {
		g.add(string(f.Check), string(f.Employee), f.Reason, m.why(f))
	}
	return g
}

// back says what was taken back and paid again.
func (m Month) back() *grid {
	g := &grid{words: 2}
	for _, t := range m.Taken {
		net := func(j payroll.Journal) (sum decimal.Decimal) {
			for _, e := range j.Entries {
				if e.Account == m.Chart.NetPay && e.Line == "" {
					sum = sum.Add(e.Credit).Sub(e.Debit)
				}
			}
			return sum
		}
		g.add(t.Name, "net pay taken back", m.shown(net(t.Reversed)))
		g.add("", "net pay of the month again", m.shown(net(t.Again)))
		g.add("", "to the bank", m.shown(t.Batch.Total().Amount))
	}
	return g
}

// proveAround reads what stands around the month again.
func (m Month) proveAround(p *prover, dir string, register rows) error {
	people := func(row map[string]string) bool { return row["employee"] != "TOTAL" }
	if m.Compared {
		variance, err := readTable(filepath.Join(dir, fileVariance))
		if err != nil {
			return err
		}
		net := func(row map[string]string) bool { return people(row) && row["line"] == m.Variance.Total.Net.Line }
		total := func(row map[string]string) bool { return !people(row) && row["line"] == m.Variance.Total.Net.Line }
		p.same("variance explains the month", "what changed for each and what changed in all", variance.sum("change", net), variance.sum("change", total), m.shown)
		sign := map[string]decimal.Decimal{}
		for _, l := range m.Variance.Total.Lines {
			sign[l.Line] = map[payroll.Kind]decimal.Decimal{payroll.Earning: decimal.NewFromInt(1), payroll.Deduction: decimal.NewFromInt(-1)}[l.Kind]
		}
		lines := decimal.Zero
		for line, by := range sign {
			lines = lines.Add(by.Mul(variance.sum("change", func(row map[string]string) bool { return !people(row) && row["line"] == line })))
		}
		p.same("its lines explain it", "earnings less deductions, and net pay", lines, variance.sum("change", total), m.shown)
		p.same("variance = register", "net pay of the month in the variance and in the register", variance.sum("now", total), register.sum("net", people), m.shown)
	}
	for _, t := range m.Taken {
		at := filepath.Join(dir, dirBack, t.Name)
		back, err := readTable(at + "-journal.csv")
		if err != nil {
			return err
		}
		again, err := readTable(at + "-again-journal.csv")
		if err != nil {
			return err
		}
		p.same("taken back balances", "debits and credits of "+t.Name, back.sum("debit", nil), back.sum("credit", nil), m.shown)
		p.same("taken back = paid again", "credits that were taken back and debits that were made again", back.sum("credit", nil), again.sum("debit", nil), m.shown)
	}
	debts, err := readTable(filepath.Join(dir, fileDebts))
	if err != nil {
		return err
	}
	if len(debts) > 0 {
		p.same("debts add up", "what was lent less what came back, and what is left", debts.sum("lent", nil).Sub(debts.sum("repaid", nil)).Sub(debts.sum("written_off", nil)), debts.sum("left", nil), m.shown)
	}
	return nil
}
