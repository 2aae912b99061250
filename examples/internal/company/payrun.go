package company

import (
	"cmp"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
)

const (
	fileLoans     = "loans.csv"
	fileOnHold    = "on_hold.csv"
	fileTakenBack = "taken_back.csv"
	fileSeen      = "seen.csv"
)

// Loan is a loan or an advance that is asked for and agreed to.
type Loan struct {
	payroll.Request
	Row string
}

// Key says which loan it is, in whatever line it stands.
func (l Loan) Key() string {
	return string(l.Employee) + "/" + l.Debt.Name + "/" + l.Debt.PayOut.String()
}

// TakenBack is a payslip of an earlier month that is taken back and paid again.
type TakenBack struct {
	Employee hr.EmployeeID
	Period   hr.Period
	Reason   string
	Row      string
}

// Seen is a finding that somebody has looked at, of one employee or of everybody, and the reason to pay all the same.
type Seen struct {
	Check    payroll.Check
	Employee hr.EmployeeID // empty: everybody
	Reason   string
}

// loans reads what is lent and how it comes back.
func (r *reader) loans(c *Company, all staff) {
	s := r.sheet(fileLoans, false, "employee", "name", "amount", "instalment", "paid_out", "first", "reason")
	seen := map[string]int{}
	for _, w := range s.rows {
		told, m := len(r.faults), all.of(w)
		l := Loan{Row: w.place(), Request: payroll.Request{Kind: payroll.AskDebt, Reason: w.text("reason"), Debt: payroll.Debt{
			Kind: payroll.DebtLoan, Name: w.text("name"), PayOut: w.date("paid_out", false),
			Loan: payroll.Loan{Principal: w.amount("amount"), Instalment: w.amount("instalment"), First: w.date("first", false)},
		}}}
		w.payable("amount", l.Debt.Loan.Principal, c.Currency)
		w.payable("instalment", l.Debt.Loan.Instalment, c.Currency)
		if l.Debt.Name != "" && c.Plan != nil {
			_, lent := c.Plan.Field("lent_" + l.Debt.Name)
			if _, repaid := c.Plan.Field("repaid_" + l.Debt.Name); !lent || !repaid {
				w.fault("name", RuleNotUsed, "no rules in %s read lent_ and repaid_ with this name", filePayRules)
			}
		}
		if m == nil || len(r.faults) > told {
			continue
		}
		if l.Employee, l.Debt.Employee = m.ID(), m.ID(); !w.once(seen, "name", l.Key(), "the loan of that day") {
			continue
		}
		w.join("", l.Validate())
		c.Loans = append(c.Loans, l)
	}
	slices.SortFunc(c.Loans, func(a, b Loan) int { return cmp.Compare(a.Key(), b.Key()) })
}

// onHold reads whose net pay is kept back.
func (r *reader) onHold(c *Company, all staff) {
	s := r.sheet(fileOnHold, false, "employee", "reason")
	seen := map[string]int{}
	c.OnHold = map[hr.EmployeeID]string{}
	for _, w := range s.rows {
		if m := all.of(w); m != nil && w.once(seen, "employee", string(m.ID()), "the employee") {
			c.OnHold[m.ID()] = w.text("reason")
		}
	}
}

// takenBack reads which payslips of earlier months are taken back.
func (r *reader) takenBack(c *Company, all staff) {
	s := r.sheet(fileTakenBack, false, "employee", "month", "reason")
	seen := map[string]int{}
	for _, w := range s.rows {
		m, x := all.of(w), TakenBack{Row: w.place(), Reason: w.text("reason")}
		first, err := hr.ParseDate(w.text("month") + "-01")
		if c.Period.IsZero() || c.First.IsZero() {
			continue // a fault of company.csv, and told
		}
		if x.Period = hr.MonthOf(first); err != nil || !slices.Contains(c.Earlier(), x.Period) {
			w.fault("month", RuleValue, "must be a month from first_month in %s to before the one that is closed", fileCompany)
			continue
		}
		if m != nil && w.once(seen, "month", string(m.ID())+x.Period.String(), "the payslip") {
			x.Employee = m.ID()
			c.TakenBack = append(c.TakenBack, x)
		}
	}
	slices.SortFunc(c.TakenBack, func(a, b TakenBack) int {
		return cmp.Or(a.Period.From.Compare(b.Period.From), cmp.Compare(a.Employee, b.Employee))
	})
}

// seen reads which findings somebody has looked at.
func (r *reader) seen(c *Company, all staff) {
	s := r.sheet(fileSeen, false, "check", "employee", "reason")
	seen := map[string]int{}
	for _, w := range s.rows {
		x := Seen{Check: payroll.Check(w.text("check")), Reason: w.text("reason")}
		if w.optional("employee") != "" {
			m := all.of(w)
			if m == nil {
				continue
			}
			x.Employee = m.ID()
		}
		if w.once(seen, "check", string(x.Check)+"/"+string(x.Employee), "the finding") {
			c.Seen = append(c.Seen, x)
		}
	}
}

// Why returns why a finding is no reason not to pay; empty where nobody has said so.
func (c Company) Why(f payroll.Finding) (reason string) {
	for _, x := range c.Seen {
		if x.Check == f.Check && (x.Employee == f.Employee || x.Employee == "" && reason == "") {
			reason = x.Reason
		}
	}
	return reason
}

// Earlier lists the months before the one that is closed that are run here too, oldest first.
func (c Company) Earlier() (months []hr.Period) {
	for at := c.First; at.From.Before(c.Period.From) && !at.IsZero(); at = hr.MonthOf(at.Through.Add(1)) {
		months = append(months, at)
	}
	return months
}

// Checks says how closely a payroll is looked at before it is paid.
func (c Company) Checks() payroll.Checks {
	checks := payroll.Checks{Change: decimal.NewFromInt(int64(c.ChangePercent)), Attendance: true, ReviewDays: 180}
	if kind := InCountry(c.Country).taxNumber; kind != "" {
		checks.Identities = []string{kind}
	}
	return checks
}
