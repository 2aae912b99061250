package company

import (
	"errors"
	"slices"
	"strings"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
)

// trial calculates a full month of everybody, to find what no single cell shows: an answer that is not given, or one that no table of
// the law has. The payslips are thrown away. Who has a fault already is left out: it would only be said again.
func (r *reader) trial(c *Company, all staff) {
	if c.Plan == nil || c.Period.IsZero() || c.PayDate.IsZero() || r.broken[filePay] || r.broken[fileAnswers] || r.broken[fileEmployees] {
		return // what is wrong is told
	}
	bad := map[place]bool{}
	for _, f := range r.faults {
		bad[place{f.File, f.Line}] = true
	}
	once := map[string]bool{}
	for _, m := range all.sorted() {
		if !m.told(bad) {
			slip, err := c.Plan.Calculate(m.fullMonth(c))
			r.tried(c, m, err, once)
			m.numbers(r.country, slip)
		}
	}
}

// tried finds a row for what a payslip could not be calculated for. once is what was said of all together.
func (r *reader) tried(c *Company, m *member, err error, once map[string]bool) {
	if err == nil {
		return
	}
	if none := (*hr.ParameterError)(nil); errors.As(err, &none) {
		if !once[none.Name] {
			once[none.Name] = true
			r.faults.add(fileCompany, 0, "", hr.RuleParameterMissing, "asks for a month that the law in the program does not reach: %s has no value on %s", none.Name, none.On)
		}
		return
	}
	units := needs(c.Plan)
	said := map[string]bool{}
	for _, fe := range hr.FieldErrors(err) {
		name, isTerm := strings.CutPrefix(strings.Replace(fe.Path, "answers.", "", 1), "terms.")
		file := fileAnswers
		if units[name].Unit == "money" {
			file = filePay
		}
		switch {
		case fe.Rule == payroll.RulePackReview: // of the month, and not of anybody in it
			if !once[string(fe.Rule)] {
				r.faults.add(fileCompany, 0, "", fe.Rule, "%s", fe.Reason)
			}
			once[string(fe.Rule)] = true
		case said[fe.Reason], fe.Rule == payroll.RuleInputUnused, fe.Rule == payroll.RuleNotEmployed: // told by the column; not paid this month
		case isTerm && m.answered.has(name):
			m.answered.fault(name, fe.Rule, "%s", fe.Reason)
		case isTerm && !once[name]:
			once[name] = true
			r.faults.add(file, 1, name, RuleColumn, "is missing, and a rule in %s or the pack needs it", filePayRules)
		case !isTerm:
			m.answered.fault("", fe.Rule, "gives no payslip: %s", fe.Reason)
		}
		said[fe.Reason] = true
	}
}

// numbers asks for the government numbers without which the files of an authority cannot be written.
func (m *member) numbers(of Country, slip payroll.Payslip) {
	for _, x := range of.needsNumber {
		if member, _ := slip.Amount(x.line); member.IsPositive() && m.row.optional(x.column) == "" {
			m.row.fault(x.column, hr.RuleRequired, "%s", x.why)
		}
	}
}

// place is a line of a file.
type place struct {
	file string
	line int
}

// told reports whether one of the employee's own rows has a fault, or whether they have no row to calculate from.
func (m *member) told(bad map[place]bool) bool {
	if len(m.paid) == 0 || m.answered.s == nil || m.Hire.Start.IsZero() {
		return true
	}
	rows := []row{m.row, m.answered}
	for _, p := range m.paid {
		rows = append(rows, p.row)
	}
	return slices.ContainsFunc(rows, func(w row) bool { return bad[place{w.s.file, w.line}] })
}

// fullMonth is the month of an employee as if nothing happened in it.
func (m *member) fullMonth(c *Company) payroll.Input {
	in := payroll.Input{Employee: m.ID(), Period: c.Period, PayDate: c.PayDate}
	steps := []hr.Step[hr.Terms]{{Since: m.Hire.Start, Value: m.Hire.Terms}}
	for _, change := range m.Changes {
		terms := m.Hire.Terms
		terms.Pay = change.Set.Pay
		steps = append(steps, hr.Step[hr.Terms]{Since: change.From, Value: terms})
	}
	if !m.LastDay.IsZero() {
		steps = append(steps, hr.Step[hr.Terms]{Since: m.LastDay.Add(1), Void: true})
	}
	in.Terms, _ = hr.NewTimeline(steps...) // days that differ, as pay and employees saw to
	for _, a := range c.Adjustments {
		if a.Employee == m.ID() {
			in.Adjustments = append(in.Adjustments, a)
		}
	}
	return in
}
