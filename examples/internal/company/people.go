package company

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/payroll"
)

const (
	fileEmployees  = "employees.csv"
	filePay        = "pay.csv"
	fileAnswers    = "answers.csv"
	fileYearToDate = "ytd.csv"
)

// member is an employee while the files are read.
type member struct {
	Employee
	row      row    // of employees.csv
	paid     []step // the rows of pay.csv
	answered row    // of answers.csv
}

type step struct {
	row  row
	from hr.Date
	pay  []hr.PayTerm
}

type staff map[string]*member

// of returns the employee that a row is about, or reports that there is none.
func (all staff) of(w row) *member {
	id := w.text("employee")
	m := all[id]
	if m == nil && id != "" && len(all) > 0 && !w.s.r.broken[fileEmployees] { // otherwise every row of every other file would be a fault
		w.fault("employee", RuleUnknown, "is not in %s", fileEmployees)
	}
	return m
}

func (all staff) sorted() []*member {
	return slices.SortedFunc(maps.Values(all), func(a, b *member) int { return cmp.Compare(a.ID(), b.ID()) })
}

// identity reads a government number by the rule of the pack; an empty cell is none.
func (w row) identity(pack payroll.Pack, column, kind string) hr.Identity {
	v := w.cells[column]
	rule, ok := pack.Identifier(kind)
	if v == "" || !ok {
		return hr.Identity{}
	}
	canonical, err := rule.Parse(v)
	if err != nil {
		w.fault(column, hr.RuleIdentifierInvalid, "must be %s", rule.Form)
	}
	return hr.Identity{Kind: kind, Number: hr.NewSecret(canonical)}
}

// employees reads who works here and on what terms.
func (r *reader) employees(c *Company) staff {
	of := r.country
	s := r.sheet(fileEmployees, false, slices.Concat([]string{"employee", "name", "gender", "born", "email"}, of.numbers, []string{
		"account", of.branch.name, "account_kind",
		"joined", "left", "via", "department", "position", "place", "region", "cost_centre", "manager", "calendar", "shift",
	})...)
	all := staff{}
	ids, accounts := map[string]int{}, map[string]int{}
	for _, w := range s.rows {
		id := w.name("employee")
		if id == "" || !w.once(ids, "employee", id, "the employee") {
			continue
		}
		person := hr.Person{
			Name: w.text("name"), Gender: w.choice("gender", "female", "male", "other", ""), Born: w.date("born", true), Email: w.optional("email"),
			Bank: hr.BankAccount{
				Number: w.bank("account", of.account, true), Bank: w.optional(of.branch.name),
				Kind: w.choice("account_kind", "savings", "current", ""),
			},
		}
		for _, column := range of.numbers {
			if id := w.identity(of.Law, column, column+"_"+of.Code); !id.Number.IsZero() {
				person.Identities = append(person.Identities, id)
			}
		}
		if number := person.Bank.Number.Reveal(); number != "" {
			person.Bank.Holder = person.Name
			w.bank(of.branch.name, of.branch, false)
			w.once(accounts, "account", person.Bank.Bank+number, "the bank account")
		} else if person.Bank.Bank == "" {
			person.Bank = hr.BankAccount{} // paid in another way: the net pay is held
		}
		m := &member{row: w, Employee: Employee{Offer: w.choice("via", "offer", "") == "offer", LastDay: w.date("left", true)}}
		m.Hire = hr.Hire{Employee: hr.EmployeeID(id), Person: person, Start: w.date("joined", false), Terms: hr.Terms{
			Entity: c.Entity, Department: w.text("department"), Position: w.text("position"), Place: w.optional("place"), Region: w.text("region"),
			CostCentre: w.text("cost_centre"), Manager: hr.EmployeeID(w.optional("manager")), Currency: c.Currency,
			Calendar: known(w, "calendar", "a calendar of ", fileCalendars, c.Calendars), Shift: known(w, "shift", "a shift of ", fileShifts, c.Shifts),
		}}
		if !m.LastDay.IsZero() && m.LastDay.Before(m.Hire.Start) {
			w.fault("left", hr.RulePeriodOrder, "must not be before joined")
		}
		if !person.Born.IsZero() && !m.Hire.Start.IsZero() && !person.Born.Before(m.Hire.Start) {
			w.fault("born", lifecycle.RulePersonBorn, "must be before the first day")
		}
		if m.Offer && !m.Hire.Start.IsZero() && m.Hire.Start.Before(c.Period.From) {
			w.fault("via", RuleValue, "offer is for who joins in the month that is closed")
		}
		all[id] = m
	}
	if len(all) == 0 && !r.broken[s.file] {
		r.faults.add(s.file, 0, "", hr.RuleRequired, "has nobody in it")
	}
	for _, m := range all {
		switch id := string(m.Hire.Terms.Manager); {
		case id == "", r.broken[s.file]:
		case all[id] == nil:
			m.row.fault("manager", lifecycle.RuleManagerUnknown, "is not in %s", fileEmployees)
		case all.circle(m):
			m.row.fault("manager", lifecycle.RuleManagerCycle, "they would stand above themselves")
		}
	}
	return all
}

func (all staff) circle(m *member) bool {
	at := m
	for range len(all) {
		if at = all[string(at.Hire.Terms.Manager)]; at == nil {
			return false
		}
		if at == m {
			return true
		}
	}
	return false
}

// needs returns what the plan asks of the terms, by name.
func needs(p *payroll.Plan) map[string]payroll.Need {
	out := map[string]payroll.Need{}
	if p != nil {
		for _, n := range p.Needs() {
			if n.From == "terms" {
				out[n.Name] = n
			}
		}
	}
	return out
}

// used reports a column or name that no rule of the plan reads.
func (r *reader) used(c *Company, file string, line int, column, name string, money bool) bool {
	if c.Plan == nil {
		return false // its faults are told already
	}
	wanted := needs(c.Plan)
	if n, ok := wanted[name]; ok && (n.Unit == "money") == money {
		return true
	}
	var names []string
	for _, n := range wanted {
		if (n.Unit == "money") == money {
			names = append(names, n.Name)
		}
	}
	slices.Sort(names)
	r.faults.add(file, line, column, RuleNotUsed, "no rule in %s or the pack reads it; they read %s", filePayRules, strings.Join(names, ", "))
	return false
}

// pay reads what is agreed and since when: the first row of an employee goes into the hire, each further one is a change.
func (r *reader) pay(c *Company, all staff) {
	s := r.sheet(filePay, true, "employee", "from")
	columns := s.more("employee", "from")
	for _, name := range columns {
		r.used(c, filePay, 1, name, name, true)
	}
	seen := map[string]int{}
	for _, w := range s.rows {
		m, from := all.of(w), w.date("from", false)
		var pay []hr.PayTerm
		for _, name := range columns {
			pay = append(pay, hr.PayTerm{Name: name, Amount: w.amount(name)})
		}
		if m == nil || from.IsZero() || !w.once(seen, "from", string(m.ID())+from.String(), "pay of the employee from this day") {
			continue
		}
		m.paid = append(m.paid, step{w, from, pay})
	}
	for _, m := range all {
		slices.SortFunc(m.paid, func(a, b step) int { return a.from.Compare(b.from) })
		start := m.Hire.Start
		if c.First.From.After(start) {
			start = c.First.From
		}
		if len(m.paid) == 0 || m.paid[0].from.After(start) {
			if !r.broken[s.file] && !c.Period.IsZero() {
				m.row.fault("employee", hr.RuleRequired, "%s has no pay for them on %s", filePay, start)
			}
			continue
		}
		for i, p := range m.paid {
			switch {
			case p.from.Before(m.Hire.Start) || !m.LastDay.IsZero() && p.from.After(m.LastDay):
				p.row.fault("from", lifecycle.RuleTermsOutside, "is not a day on which they are employed")
			case i == 0: // pay before this day is of no use here, so it counts as that of the first day
				m.Hire.Terms.Pay = p.pay
			default:
				m.Changes = append(m.Changes, lifecycle.TermsChange{From: p.from, Set: hr.Terms{Pay: p.pay}})
			}
		}
	}
}

// amountOfLaw reports an amount that the law asks about and that no pay rule of the company pays: it may stand in answers.csv, such as the
// credits of a tax form.
func amountOfLaw(c *Company, name string) bool {
	n, ok := needs(c.Plan)[name]
	return ok && n.Unit == "money"
}

// answers reads what the law asks about people. Gender and birth date are answered by employees.csv, where a rule asks.
func (r *reader) answers(c *Company, all staff) {
	s := r.sheet(fileAnswers, true, "employee")
	columns := s.more("employee")
	for _, name := range columns {
		if _, coded := r.country.codes[name]; !coded && !amountOfLaw(c, name) {
			r.used(c, fileAnswers, 1, name, name, false)
		}
	}
	seen := map[string]int{}
	wanted := needs(c.Plan)
	for _, w := range s.rows {
		m := all.of(w)
		if m == nil || !w.once(seen, "employee", string(m.ID()), "the employee") {
			continue
		}
		m.answered = w
		for _, name := range columns {
			text := w.optional(name)
			if text == "" {
				continue
			}
			if answers, coded := r.country.coded(w, name, text); coded {
				m.Hire.Terms.Answers = append(m.Hire.Terms.Answers, answers...)
				continue
			}
			switch unit := wanted[name].Unit; {
			case unit == "yes/no":
				w.choice(name, "yes", "no")
			case unit == "date":
				w.date(name, false)
			case unit != "text" && unit != "":
				w.amount(name)
			}
			m.Hire.Terms.Answers = append(m.Hire.Terms.Answers, hr.Answer{Name: name, Text: text})
		}
	}
	for id, m := range all {
		if _, ok := seen[id]; !ok && !r.broken[s.file] {
			m.row.fault("employee", hr.RuleRequired, "%s has no row for them", fileAnswers)
		}
		for _, known := range []hr.Answer{{Name: "gender", Text: m.Hire.Person.Gender}, {Name: "born", Text: m.Hire.Person.Born.String()}} {
			if _, asked := wanted[known.Name]; asked && known.Text != "" && !slices.Contains(columns, known.Name) {
				m.Hire.Terms.Answers = append(m.Hire.Terms.Answers, known)
			}
		}
		slices.SortFunc(m.Hire.Terms.Answers, func(a, b hr.Answer) int { return strings.Compare(a.Name, b.Name) })
	}
}

// yearToDate reads what was paid in this tax year before this month, by line of the payslip.
func (r *reader) yearToDate(c *Company, all staff) {
	s := r.sheet(fileYearToDate, true, "employee")
	columns := s.more("employee")
	lines := map[string]bool{}
	if c.Plan != nil {
		for _, l := range c.Plan.Lines() {
			lines[l.Name] = true
		}
		for _, name := range columns {
			if !lines[name] {
				r.faults.add(fileYearToDate, 1, name, payroll.RuleLineUnknown, "is not a line of the payslip")
			}
		}
	}
	seen := map[string]int{}
	for _, w := range s.rows {
		m := all.of(w)
		if m == nil || !w.once(seen, "employee", string(m.ID()), "the employee") {
			continue
		}
		switch year := taxYear(c); {
		case c.Period.IsZero(): // a fault of company.csv, and told
		case m.Hire.Start.After(c.First.From):
			w.fault("employee", RuleValue, "joins after first_month has begun, so nothing was paid before")
		case !year.IsZero() && !year.Before(c.First.From):
			w.fault("employee", RuleValue, "the tax year of pay_date begins on %s, so nothing was paid in it before first_month: leave the row out", year)
		}
		for _, name := range columns {
			a := w.amount(name)
			if w.payable(name, a, c.Currency); !a.IsZero() {
				m.Paid = append(m.Paid, payroll.Amount{Name: name, Amount: a})
			}
		}
	}
}

// taxYear returns the first day of the tax year in which the month is paid; no date where the files do not say.
func taxYear(c *Company) (first hr.Date) {
	if c.Plan != nil && !c.PayDate.IsZero() {
		first = c.Plan.TaxYear().Of(c.PayDate).From
	}
	return first
}

// String names the employee without a value.
func (e Employee) String() string { return fmt.Sprintf("employee %s", e.ID()) }
