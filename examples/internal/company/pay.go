package company

import (
	"cmp"
	"errors"
	"io/fs"
	"slices"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
)

const (
	filePayRules    = "pay.rules"
	fileAdjustments = "adjustments.csv"
	fileChart       = "chart.csv"
)

// plan compiles the company's own pay rules together with the law of its country.
func (r *reader) plan(c *Company) {
	rules, err := readText(r.fsys, filePayRules)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		r.faults.add(filePayRules, 0, "", RuleFile, "is missing; it holds the company's pay components as formulas")
		return
	case err != nil:
		r.faults.add(filePayRules, 0, "", RuleFile, "%v", err)
		return
	}
	if !c.Currency.Valid() {
		return // a fault of company.csv, and told
	}
	plan, err := c.Compile(rules)
	if err != nil {
		r.faults.join(filePayRules, 0, "", err)
		return
	}
	c.Plan, c.Rules = plan, rules
}

// Compile compiles pay rules of the company together with the law of its country: its own, or what it thinks about.
func (c Company) Compile(rules string) (*payroll.Plan, error) {
	country := InCountry(c.Country)
	return payroll.Compile(payroll.Config{
		Currency: c.Currency, Packs: []payroll.Pack{country.Law},
		Components: append(slices.Clone(country.components), payroll.Component{Name: filePayRules, Text: rules, Source: hr.Source{Title: c.Name + " pay policy"}}),
	})
}

// adjustments reads amounts beside the agreed pay.
func (r *reader) adjustments(c *Company, all staff) {
	s := r.sheet(fileAdjustments, false, "employee", "component", "amount", "reason")
	seen := map[string]int{}
	for _, w := range s.rows {
		told := len(r.faults)
		m := all.of(w)
		a := payroll.Adjustment{Name: w.text("component"), Period: c.Period, Amount: w.amount("amount"), Reason: w.text("reason")}
		if a.Name != "" {
			r.used(c, fileAdjustments, w.line, "component", a.Name, true)
		}
		if w.optional("amount") == "" {
			w.text("amount")
		}
		w.payable("amount", a.Amount, c.Currency)
		if m == nil || len(r.faults) > told || !w.once(seen, "component", string(m.ID())+"\x00"+a.Name+"\x00"+a.Reason, "the same component and reason for the employee") {
			continue
		}
		a.Employee = m.ID()
		c.Adjustments = append(c.Adjustments, a)
	}
	slices.SortFunc(c.Adjustments, func(a, b payroll.Adjustment) int {
		return cmp.Or(cmp.Compare(a.Employee, b.Employee), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Reason, b.Reason))
	})
}

// netPay is the row of chart.csv that says to which account net pay is owed.
const netPay = "net_pay"

// chart reads the accounts of the ledger, one row for each payslip line that is paid.
func (r *reader) chart(c *Company) {
	s := r.sheet(fileChart, false, "line", "debit", "credit")
	seen := map[string]int{}
	kinds := map[string]payroll.Kind{}
	if c.Plan != nil {
		for _, l := range c.Plan.Lines() {
			kinds[l.Name] = l.Kind
		}
	}
	for _, w := range s.rows {
		l := payroll.ChartLine{Line: w.text("line"), Debit: w.optional("debit"), Credit: w.optional("credit")}
		if l.Line == "" || !w.once(seen, "line", l.Line, "the line") {
			continue
		}
		if l.Line == netPay {
			c.Chart.NetPay = w.text("credit")
			continue
		}
		switch kind, ok := kinds[l.Line]; {
		case c.Plan == nil:
		case !ok:
			w.fault("line", payroll.RuleLineUnknown, "is not a line of the payslip")
		case l.Debit == "" && (kind == payroll.Earning || kind == payroll.Employer):
			w.fault("debit", payroll.RuleChartAccount, "must name the expense account")
		case l.Credit == "" && (kind == payroll.Deduction || kind == payroll.Employer):
			w.fault("credit", payroll.RuleChartAccount, "must name the account it is owed to")
		}
		c.Chart.Lines = append(c.Chart.Lines, l)
	}
	slices.SortFunc(c.Chart.Lines, func(a, b payroll.ChartLine) int { return cmp.Compare(a.Line, b.Line) })
	if r.broken[s.file] {
		return
	}
	if seen[netPay] == 0 {
		r.faults.add(fileChart, 0, "", payroll.RuleChartAccount, "needs a row %s with the account that net pay is credited to", netPay)
	}
	if c.Plan != nil {
		for _, l := range c.Plan.Lines() {
			if seen[l.Name] == 0 && l.Kind != payroll.Working && l.Kind != payroll.Info && l.Kind != payroll.Benefit {
				r.faults.add(fileChart, 0, "", payroll.RuleChartAccount, "needs a row for %s, which is paid", l.Name)
			}
		}
	}
}
