package simulate

import (
	"fmt"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
	"github.com/musterhr/hr/leave"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/payroll"
)

// Company is the house that a history happens in: its law, its rules and its people. A host gives its own. Functions must be pure.
type Company struct {
	Name string
	// Plans pay: the first from the first day on, the others from when a script adopts them, as changed law. Each has a line "basic_pay", which
	// is the sum over the days of the period of the pay term "basic" times the payable share of the day, by the days of the period, rounded once.
	Plans       []*payroll.Plan
	Chart       payroll.Chart
	Calendars   map[string]hr.Calendar
	Shifts      map[string]attendance.Shift
	Attendance  attendance.Policy
	Leave       leave.Policies
	Account     hr.BankAccount                              // the employer's, which pay comes from
	Terms       func(n int, basic decimal.Decimal) hr.Terms // of the employee with a number, from 1
	Person      func(n int) hr.Person
	Bank        func(n, k int) hr.BankAccount // the k-th account of that employee, from 0: the first is the one of Person
	Zone        *time.Location
	Law         hr.Period                  // the days of payment for which the plans know the law; zero: all
	Least       int                        // what a history pays a month, from it up to Most, in whole units of the currency
	Most        int                        //
	Retirements []lifecycle.RetirementRule // at what age employment ends
	Retention   []lifecycle.KeepRule       // how long what is held about people who left is kept
	Declares    func(n, k int) hr.Answer   // the k-th thing that the employee with a number may declare to payroll; nil: nothing
}

// From is the first day of the history of a seed that lasts so many months: over the seeds, each month in which it fits into the days whose law is known,
// and leap days, changes of the clock and ends of tax years among them.
func (c Company) From(seed uint64, months int) hr.Date {
	first, fits := hr.MustDate("2022-11-01"), 24
	if !c.Law.From.IsZero() {
		first, fits = c.Law.From, max(1, 12*(c.Law.Through.Year()-c.Law.From.Year())+int(c.Law.Through.Month())-int(c.Law.From.Month())+2-months)
	}
	day, err := first.AddMonths(int(seed%uint64(fits)), hr.MonthClamp)
	if err != nil {
		return first // never: the first of a month has every month of a life after it
	}
	return day
}

// Validate returns [hr.FieldError]s with RuleCompany for what is missing.
func (c Company) Validate() error {
	var faults hr.Faults
	for _, need := range []struct {
		path string
		ok   bool
	}{
		{"plans", len(c.Plans) > 0},
		{"calendars", len(c.Calendars) > 0},
		{"shifts", len(c.Shifts) > 0},
		{"leave", len(c.Leave) > 0},
		{"terms", c.Terms != nil},
		{"person", c.Person != nil},
		{"bank", c.Bank != nil},
		{"zone", c.Zone != nil},
	} {
		if !need.ok {
			faults.Missing("company."+need.path, RuleCompany)
		}
	}
	return faults.Err()
}

// Employee is the number of the n-th employee of a history, from 1.
func Employee(n int) hr.EmployeeID { return hr.EmployeeID(fmt.Sprintf("E%05d", n)) }

// clocked is how many of a hundred employees come to a clock; a history punches for them and for nobody else.
const clocked = 20

const plainRules = `
input basic: money by piece
input payable_days: days by piece
input period_days: days
input bonus: money = 0
line basic_pay "Basic" in earnings = round(pieces(basic * payable_days / period_days), 0.01)
line bonus_pay "Bonus" in earnings, when_paid = bonus
line fund "Fund" in deductions = round(12% * basic_pay, 0.01)
line employer_fund "Employer's fund" in employer = fund
input lent_loan: money
input repaid_loan: money
input repaid_court: money
line loan_paid_out "Loan, paid out" in earnings, when_paid = lent_loan
line loan "Loan" in deductions, when_paid = repaid_loan
line court "Court order" in deductions, when_paid = repaid_court
`

// Plain is a company under no country's law: pay by the day, a fund of 12 % of it, casual leave of one day a month and leave without pay, a shift by
// day that a fifth come to a clock for, one over midnight, and a zone with summer time.
func Plain() (Company, error) {
	plans := make([]*payroll.Plan, 2)
	for i, share := range []string{"12%", "10%"} {
		text := strings.Replace(plainRules, "12%", share, 1)
		plan, err := payroll.Compile(payroll.Config{Currency: "EUR", Components: []payroll.Component{{Name: "plain", Text: text}}})
		if err != nil {
			return Company{}, err
		}
		plans[i] = plan
	}
	calendar, err := hr.NewCalendar(hr.CalendarRules{
		Name: "plain", Span: hr.MustPeriod("2015-01-01..2045-12-31"), Observe: hr.ActualDay,
		Off: []hr.WeekdayRule{{Weekday: time.Saturday}, {Weekday: time.Sunday}},
	})
	if err != nil {
		return Company{}, err
	}
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		return Company{}, err
	}
	return Company{
		Name: "plain", Plans: plans, Zone: zone, Chart: chart(plans[0]), Least: 2000, Most: 5000,
		Calendars: map[string]hr.Calendar{"plain": calendar},
		Shifts: map[string]attendance.Shift{
			"day":    {ID: "day", Zone: zone, Start: hr.MustTimeOfDay("09:00"), End: hr.MustTimeOfDay("17:00")},
			"office": {ID: "office", Zone: zone, Start: hr.MustTimeOfDay("09:00"), End: hr.MustTimeOfDay("17:00"), Kind: attendance.UnclockedShift},
			"night":  {ID: "night", Zone: zone, Start: hr.MustTimeOfDay("22:00"), End: hr.MustTimeOfDay("06:00")},
		},
		Leave:       leaveTypes(),
		Retirements: []lifecycle.RetirementRule{{Ages: hr.Since(hr.MustDate("2015-01-01"), lifecycle.RetirementAge{Years: 52, Day: lifecycle.EndOfMonth})}},
		Retention: []lifecycle.KeepRule{{Retention: hr.Retention{
			Name: "house.records", Title: "Records of the house", Months: 2, Start: hr.AfterExit,
			Source: hr.Source{Title: "the house's own rule for histories"}, Reviewed: hr.MustDate("2026-11-26"),
		}}},
		Account: hr.BankAccount{Holder: "Plain", Number: hr.NewSecret("DE00PLAIN0000"), Bank: "PLAINDEFF"},
		Terms: func(n int, basic decimal.Decimal) hr.Terms {
			shift := "office"
			if n%100 < clocked {
				shift = "day"
			}
			return hr.Terms{
				Entity: "Plain", Department: "D" + fmt.Sprint(n%3), Currency: "EUR", Calendar: "plain", Shift: shift,
				Pay: []hr.PayTerm{{Name: "basic", Amount: basic}},
			}
		},
		Person: func(n int) hr.Person {
			return hr.Person{Name: fmt.Sprintf("Planted Name %d", n), Born: born(n), Bank: account(n, 0)}
		},
		Bank: account,
	}, nil
}

func account(n, k int) hr.BankAccount {
	return hr.BankAccount{Holder: fmt.Sprintf("Planted Name %d", n), Number: hr.NewSecret(fmt.Sprintf("PLANTED%06d%02d", n, k)), Bank: "PLAINDEFF"}
}

// leaveTypes are leave with a floor that may not be passed, leave that may be owed, and leave that nobody pays.
func leaveTypes() leave.Policies {
	since := hr.MustDate("2015-01-01")
	one := decimal.NewFromInt(1)
	return leave.Policies{
		"casual": hr.Since(since, leave.Policy{
			Type: "casual", Name: "Casual leave", Unit: leave.Days, Paid: one, Accrual: leave.Accrual{Every: leave.Monthly, Days: one, Day: 1},
			Encashment: leave.Encashment{Asked: true, Keep: one},
		}),
		"ahead": hr.Since(since, leave.Policy{
			Type: "ahead", Name: "Leave in advance", Unit: leave.Days, Paid: one, Negative: leave.Negative{Limit: decimal.NewFromInt(3)},
			Accrual: leave.Accrual{Every: leave.Monthly, Days: decimal.NewFromFloat(0.5), Day: 1},
		}),
		"unpaid": hr.Since(since, leave.Policy{Type: "unpaid", Name: "Leave without pay", Unit: leave.Days, Negative: leave.Negative{NoLimit: true}}),
	}
}

// chart is a chart of accounts for every line of a plan: what is earned is an expense, what is deducted is owed, what the employer adds is both.
func chart(p *payroll.Plan) payroll.Chart {
	c := payroll.Chart{NetPay: "net pay"}
	for _, l := range p.Lines() {
		switch l.Kind {
		case payroll.Earning:
			c.Lines = append(c.Lines, payroll.ChartLine{Line: l.Name, Debit: "expense"})
		case payroll.Deduction:
			c.Lines = append(c.Lines, payroll.ChartLine{Line: l.Name, Credit: "owed"})
		case payroll.Employer:
			c.Lines = append(c.Lines, payroll.ChartLine{Line: l.Name, Debit: "expense", Credit: "owed"})
		}
	}
	return c
}

// born is a birthday, which may be 29 February.
func born(n int) hr.Date {
	d, err := hr.MustDate("1972-02-29").AddMonths(n%300, hr.MonthClamp)
	if err != nil {
		panic(err) // every month of these years has such a day
	}
	return d
}
