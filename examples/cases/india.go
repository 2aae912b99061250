package main

import (
	_ "embed"
	"maps"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/payroll/statutory/in"
)

// indiaRules is what a host adds to India's pack: its own pay.
//
//go:embed india.rules
var indiaRules string

// indiaTopics are provident fund, state insurance, professional tax and income tax, all through one plan of India's pack.
func indiaTopics() register {
	book := india{pack: in.Pack()}
	book.plan, book.err = payroll.Compile(payroll.Config{
		Currency: "INR", Packs: []payroll.Pack{book.pack},
		Components: []payroll.Component{{Name: "india.rules", Text: indiaRules}},
	})
	all := register{
		"in:epf.split":      book.epfSplit,
		"in:epf.admin":      book.epfAdmin,
		"in:code_wages":     book.codeWages,
		"in:code_wages.epf": book.codeWagesEPF,
		"in:esi.round":      book.esi,
		"in:esi.exempt":     book.esi,
		"in:esi.threshold":  book.esiThreshold,
		"in:esi.stickiness": book.esiStickiness,
		"in:pt.month":       book.ptMonth,
	}
	maps.Copy(all, indiaIncomeTopics(book))
	return all
}

// india is the plan that the topics share.
type india struct {
	pack payroll.Pack
	plan *payroll.Plan
	err  error // of compiling it
}

// month is one payslip: what is known of an employee by the names of the plan's inputs, in one month.
type month struct {
	Period  hr.Period
	Facts   map[string]string
	Unpaid  int // days without pay
	ToDate  []payroll.Amount
	Leaving bool
}

// common answers what every payslip is asked and the example may not say.
func common() map[string]string {
	return map[string]string{
		"pf_capped": "yes", "eps_member": "yes", "pf_member": "yes", "esi_covered": "no", "pt_state": "DL", "pt_exempt": "yes", "tax_regime": "new",
	}
}

// calculate returns the lines of the payslip by name.
func (b india) calculate(m month) (map[string]decimal.Decimal, error) {
	if b.err != nil {
		return nil, b.err
	}
	const employee = "example"
	facts := common()
	maps.Copy(facts, m.Facts)
	agreed := hr.Terms{Currency: "INR"}
	for _, name := range slices.Sorted(maps.Keys(facts)) {
		agreed.Answers = append(agreed.Answers, hr.Answer{Name: name, Text: facts[name]})
	}
	from := m.Period.From
	terms := hr.Since(from, agreed)
	if m.Leaving {
		var err error
		if terms, err = hr.NewTimeline(
			hr.Step[hr.Terms]{Since: from, Value: agreed},
			hr.Step[hr.Terms]{Since: m.Period.Through.Add(1), Void: true},
		); err != nil {
			return nil, err
		}
	}
	slip, err := b.plan.Calculate(payroll.Input{
		Employee: employee, Period: m.Period, PayDate: m.Period.Through, Terms: terms,
		Timesheet: sheet(employee, m.Period, m.Unpaid), YearToDate: m.ToDate,
	})
	if err != nil {
		return nil, err
	}
	lines := map[string]decimal.Decimal{}
	for _, l := range slip.Lines {
		lines[l.Name] = l.Amount
	}
	return lines, nil
}

// sheet is a timesheet whose last days are unpaid.
func sheet(employee hr.EmployeeID, p hr.Period, unpaid int) hr.Timesheet {
	one := decimal.NewFromInt(1)
	ts := hr.Timesheet{Employee: employee, Period: p}
	for d := range p.Days() {
		day := hr.TimesheetDay{Date: d, Status: "present", Payable: one}
		if p.Through.Since(d) < unpaid {
			day = hr.TimesheetDay{Date: d, Status: "absent", Unpaid: one}
		}
		ts.Payable, ts.Unpaid = ts.Payable.Add(day.Payable), ts.Unpaid.Add(day.Unpaid)
		ts.Days = append(ts.Days, day)
	}
	return ts
}

// pick renames lines to the keys of an example.
func pick(lines map[string]decimal.Decimal, keys map[string]string) map[string]any {
	out := map[string]any{}
	for key, line := range keys {
		out[key] = lines[line]
	}
	return out
}

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}
