package us

import (
	"fmt"
	"time"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/payroll/statutory/internal/law"
	"github.com/musterhr/hr/payroll/statutory/internal/paid"
)

// Liability is what the payments of one day owe to the IRS: income tax withheld, and Social Security and Medicare of both sides. It prints
// without values.
type Liability struct {
	PaidOn         hr.Date
	IncomeTax      decimal.Decimal
	SocialSecurity decimal.Decimal // both sides
	Medicare       decimal.Decimal // both sides, with the additional tax
}

// Total returns the whole liability of the day.
func (l Liability) Total() decimal.Decimal {
	return l.IncomeTax.Add(l.SocialSecurity).Add(l.Medicare)
}

// Format hides the values.
func (l Liability) Format(f fmt.State, _ rune) {
	_, _ = fmt.Fprintf(f, "[federal liability of %s]", l.PaidOn)
}

var withheld = []string{"federal_income_tax", "supplemental_income_tax"}

// Liabilities returns what each day of payment in a period owes, by day: Form 941, line 16 or Schedule B. A liability arises when wages are
// paid, never when they are earned. It returns [hr.FieldError]s for postings in another currency or without a day (RulePostings).
func Liabilities(postings []payroll.Posting, in hr.Period) ([]Liability, error) {
	if err := paid.Check(postings, "USD", RulePostings); err != nil {
		return nil, err
	}
	var out []Liability
	for _, day := range paid.Days(postings, in) {
		one := hr.Period{From: day, Through: day}
		l := Liability{
			PaidOn:         day,
			IncomeTax:      paid.Sum(postings, one, withheld...),
			SocialSecurity: paid.Sum(postings, one, "social_security", "social_security_employer"),
			Medicare:       paid.Sum(postings, one, "medicare", "medicare_employer", "additional_medicare"),
		}
		if !l.Total().IsZero() {
			out = append(out, l)
		}
	}
	return out, nil
}

// Quarter is the figures of Form 941 for one quarter, by its lines, in dollars. It prints without values.
type Quarter struct {
	Period              hr.Period
	Employees           int             // line 1: paid for the pay period with the 12th of the last month in it
	Wages               decimal.Decimal // line 2
	IncomeTax           decimal.Decimal // line 3
	SocialSecurityWages decimal.Decimal // line 5a, column 1
	SocialSecurity      decimal.Decimal // line 5a, column 2: both sides, by the rate on the sum
	MedicareWages       decimal.Decimal // line 5c, column 1
	Medicare            decimal.Decimal // line 5c, column 2
	AdditionalWages     decimal.Decimal // line 5d, column 1
	AdditionalMedicare  decimal.Decimal // line 5d, column 2
	BeforeAdjustments   decimal.Decimal // line 6, without line 5f
	FractionsOfCents    decimal.Decimal // line 7: what the payslips withheld and owe beyond the rates on the sums
	Total               decimal.Decimal // line 10: the liabilities of the quarter
	Months              [3]decimal.Decimal
	Liabilities         []Liability // by day
}

// Format hides the values.
func (q Quarter) Format(f fmt.State, _ rune) {
	_, _ = fmt.Fprintf(f, "[Form 941 %s]", q.Period)
}

// Form941 returns the figures of a quarter, 1 to 4, of a year. Total is what the payslips come to, and the months sum to it. It returns a
// [hr.FieldError] for another quarter (RuleQuarter), those of [Liabilities], and a [hr.ParameterError] for a year without known values.
func Form941(p payroll.Pack, postings []payroll.Posting, year, quarter int) (Quarter, error) {
	period, err := quarterOf(year, quarter)
	if err != nil {
		return Quarter{}, err
	}
	q := Quarter{Period: period}
	if q.Liabilities, err = Liabilities(postings, period); err != nil {
		return Quarter{}, err
	}
	at := &law.Reading{Pack: p, On: period.Through}
	sum := func(names ...string) decimal.Decimal { return paid.Sum(postings, period, names...) }
	both := decimal.NewFromInt(2)
	rated := func(wages decimal.Decimal, rate string, sides decimal.Decimal) decimal.Decimal {
		return cent().Apply(wages.Mul(at.Share(rate)).Mul(sides))
	}
	q.Wages, q.IncomeTax = sum("fit_wages", "supplemental_wages"), sum(withheld...)
	q.SocialSecurityWages, q.MedicareWages, q.AdditionalWages = sum("social_security_taxed"), sum("medicare_wages"), sum("additional_medicare_wages")
	q.SocialSecurity = rated(q.SocialSecurityWages, "fica.social_security_rate", both)
	q.Medicare = rated(q.MedicareWages, "fica.medicare_rate", both)
	q.AdditionalMedicare = rated(q.AdditionalWages, "fica.additional_rate", decimal.NewFromInt(1))
	for _, l := range q.Liabilities {
		q.Total = q.Total.Add(l.Total())
		month := (int(l.PaidOn.Month()) - 1) % 3
		q.Months[month] = q.Months[month].Add(l.Total())
	}
	q.BeforeAdjustments = q.IncomeTax.Add(q.SocialSecurity).Add(q.Medicare).Add(q.AdditionalMedicare)
	q.FractionsOfCents = q.Total.Sub(q.BeforeAdjustments)
	people, twelfth := map[hr.EmployeeID]bool{}, period.Through.Add(12-period.Through.Day())
	for _, x := range postings {
		if period.Contains(x.PayDate) && x.Period.Contains(twelfth) && x.Kind != payroll.PostingOpening {
			people[x.Employee] = true
		}
	}
	q.Employees = len(people)
	return q, at.Err()
}

func quarterOf(year, quarter int) (p hr.Period, err error) {
	if quarter < 1 || quarter > 4 {
		return p, &hr.FieldError{Path: "quarter", Rule: RuleQuarter, Reason: "must be 1 to 4"}
	}
	if p.From, err = hr.NewDate(year, time.Month(3*quarter-2), 1); err != nil {
		return p, err
	}
	last, err := p.From.AddMonths(2, hr.MonthClamp)
	p.Through = last.EndOfMonth()
	return p, err
}

func cent() hr.Rounding { return hr.MustRounding("0.01", hr.HalfUp) }

// WageStatement is the figures of one employee's Form W-2, by its boxes, in dollars. It prints without values.
type WageStatement struct {
	Year                hr.Period
	Wages               decimal.Decimal // box 1
	IncomeTax           decimal.Decimal // box 2
	SocialSecurityWages decimal.Decimal // box 3, with tips of box 7 where the host counts them in
	SocialSecurity      decimal.Decimal // box 4
	MedicareWages       decimal.Decimal // box 5
	Medicare            decimal.Decimal // box 6, with the additional tax
}

// Format hides the values.
func (s WageStatement) Format(f fmt.State, _ rune) {
	_, _ = fmt.Fprintf(f, "[Form W-2 %s]", s.Year)
}

// FormW2 sums the year of one employee from what was posted; nothing is worked out again. It returns [hr.FieldError]s as [Liabilities] does, and
// the error of [hr.NewDate] for no year.
func FormW2(postings []payroll.Posting, year int) (WageStatement, error) {
	if err := paid.Check(postings, "USD", RulePostings); err != nil {
		return WageStatement{}, err
	}
	first, err := hr.NewDate(year, time.January, 1)
	if err != nil {
		return WageStatement{}, err
	}
	s := WageStatement{Year: payroll.YearStart{}.Of(first)}
	sum := func(names ...string) decimal.Decimal { return paid.Sum(postings, s.Year, names...) }
	s.Wages, s.IncomeTax = sum("fit_wages", "supplemental_wages"), sum(withheld...)
	s.SocialSecurityWages, s.SocialSecurity = sum("social_security_taxed"), sum("social_security")
	s.MedicareWages, s.Medicare = sum("medicare_wages"), sum("medicare", "additional_medicare")
	return s, nil
}
