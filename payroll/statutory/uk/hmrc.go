package uk

import (
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/payroll/statutory/internal/law"
	"github.com/musterhr/hr/payroll/statutory/internal/paid"
)

// Scheme is what a PAYE scheme says of itself for a tax year. The zero Scheme claims no allowance and has the whole of that of the levy.
type Scheme struct {
	EmploymentAllowance bool            // it claims the allowance this year
	LevyAllowance       decimal.Decimal // its part of the Apprenticeship Levy allowance a year where connected schemes share it; zero: all of it
}

// MonthDue is what a PAYE scheme owes HMRC of one tax month, in pounds. It prints without values.
type MonthDue struct {
	Number              int             // 1 to 12: the tax month
	Month               hr.Period       // from the 6th to the 5th
	PayBill             decimal.Decimal // for the Apprenticeship Levy
	IncomeTax           decimal.Decimal
	StudentLoans        decimal.Decimal // postgraduate loans included
	EmployeeNIC         decimal.Decimal
	EmployerNIC         decimal.Decimal
	Recovered           decimal.Decimal // statutory family pay that is kept back
	Compensation        decimal.Decimal // what a small employer keeps back for National Insurance on it
	EmploymentAllowance decimal.Decimal // of this month: never more than the employer's contributions of the year so far
	Levy                decimal.Decimal // below zero where an earlier month paid too much
	Due                 decimal.Decimal // below zero: carried to the next month, or claimed
	PayBy               hr.Date         // by electronic payment
	Trace               hr.Trace        // how Due was found

	levyToDate, allowanceToDate decimal.Decimal
}

// Format hides the values.
func (m MonthDue) Format(f fmt.State, _ rune) { _, _ = fmt.Fprintf(f, "[due to HMRC %s]", m.Month) }

// DueToHMRC returns what a scheme owes of each tax month of the year of through, from the first month to the one that contains it. paid are
// the postings of everybody in the scheme ([payroll.PostingsFor]), arrears, reversals and the opening from an earlier system among
// them; each counts in the month of its day of payment, and those after through not at all.
//
// Employment Allowance and Apprenticeship Levy go by the year so far: the allowance is used against the employer's contributions as they
// come, the levy is its rate on the pay bill less a twelfth of its allowance for each month, not below zero. Both are cut into
// months by difference, so the months sum to the year. The levy is rounded half up to the penny.
//
// It returns [hr.FieldError]s for postings in another currency or without a day (RulePostings) and an allowance below zero
// (RuleNegative), and a [hr.ParameterError] for a day without known values.
func DueToHMRC(p payroll.Pack, s Scheme, postings []payroll.Posting, through hr.Date) ([]MonthDue, error) {
	if err := paid.Check(postings, "GBP", RulePostings); err != nil {
		return nil, err
	}
	if s.LevyAllowance.Sign() < 0 {
		return nil, &hr.FieldError{Path: "scheme.levy_allowance", Rule: RuleNegative, Reason: "must not be below zero"}
	}
	year := p.TaxYear.Of(through)
	var months []MonthDue
	var before MonthDue
	for n := 1; n <= 12; n++ {
		m, err := monthOf(year, n)
		if err != nil {
			return nil, err
		}
		if m.Month.From.After(through) {
			break
		}
		until := m.Month
		if until.Through.After(through) {
			until.Through = through
		}
		if err := m.fill(p, s, postings, until, year, before); err != nil {
			return nil, err
		}
		before = m
		months = append(months, m)
	}
	return months, nil
}

// monthOf returns the n-th tax month without its figures.
func monthOf(year hr.Period, n int) (m MonthDue, err error) {
	m.Number = n
	if m.Month.From, err = year.From.AddMonths(n-1, hr.MonthClamp); err != nil {
		return m, err
	}
	next, err := year.From.AddMonths(n, hr.MonthClamp)
	m.Month.Through = next.Add(-1)
	return m, err
}

func (m *MonthDue) fill(p payroll.Pack, s Scheme, postings []payroll.Posting, in, year hr.Period, before MonthDue) error {
	at := &law.Reading{Pack: p, On: m.Month.From}
	sum := func(names ...string) decimal.Decimal { return paid.Sum(postings, in, names...) }
	m.PayBill = sum("levy_pay")
	m.IncomeTax = sum("paye")
	m.StudentLoans = sum("student_loan_deduction", "postgraduate_loan_deduction")
	m.EmployeeNIC, m.EmployerNIC = sum("employee_nic"), sum("employer_nic")
	m.Recovered, m.Compensation = sum("family_pay_recovered"), sum("family_pay_compensation")
	if s.EmploymentAllowance {
		toDate := paid.Sum(postings, hr.Period{From: year.From, Through: in.Through}, "employer_nic")
		m.allowanceToDate = decimal.Max(decimal.Zero, decimal.Min(at.Value("employment_allowance"), toDate))
	}
	m.EmploymentAllowance = m.allowanceToDate.Sub(before.allowanceToDate)
	fromAllowance := at.Told()

	whole := at.Value("apprenticeship_levy.allowance")
	if !s.LevyAllowance.IsZero() {
		whole = s.LevyAllowance
	}
	bill := paid.Sum(postings, hr.Period{From: year.From, Through: in.Through}, "levy_pay")
	// 12 times the levy to date, so that the twelfths of the allowance stay exact until the penny.
	twelve := decimal.NewFromInt(12)
	exact := bill.Mul(at.Share("apprenticeship_levy.rate")).Mul(twelve).Sub(whole.Mul(decimal.NewFromInt(int64(m.Number))))
	toDate, err := penny().Ratio(decimal.Max(decimal.Zero, exact), twelve)
	if err != nil {
		return err
	}
	m.levyToDate = toDate
	m.Levy = toDate.Sub(before.levyToDate)
	fromLevy := at.Told()

	m.Due = m.IncomeTax.Add(m.StudentLoans).Add(m.EmployeeNIC).Add(m.EmployerNIC).Add(m.Levy).
		Sub(m.Recovered).Sub(m.Compensation).Sub(m.EmploymentAllowance)
	m.PayBy = m.Month.Through.Add(at.Number("hmrc.pay_day_electronic") - m.Month.Through.Day())
	part := func(name string, d decimal.Decimal, note string, parts ...hr.Trace) hr.Trace {
		return hr.Trace{Name: name, Value: hr.Canonical(d), Unit: "money", Rule: note, Note: note, Parts: parts}
	}
	m.Trace = hr.Trace{
		Name: fmt.Sprintf("Due to HMRC, tax month %d", m.Number), Value: hr.Canonical(m.Due), Unit: "money", Period: m.Month,
		Rule: "income tax + student loans + National Insurance of both sides + levy - family pay recovered - compensation - allowance",
		Parts: append([]hr.Trace{
			part("Income tax", m.IncomeTax, ""),
			part("Student and postgraduate loans", m.StudentLoans, ""),
			part("National Insurance, employees", m.EmployeeNIC, ""),
			part("National Insurance, employer", m.EmployerNIC, ""),
			part("Apprenticeship Levy", m.Levy, "of the year so far less what earlier months had", fromLevy...),
			part("Statutory family pay recovered", m.Recovered, ""),
			part("Compensation of a small employer", m.Compensation, ""),
			part("Employment Allowance", m.EmploymentAllowance, "at most the employer's National Insurance of the year so far", fromAllowance...),
		}, at.Told()...),
	}
	return at.Err()
}

func penny() hr.Rounding { return hr.MustRounding("0.01", hr.HalfUp) }

// EarnsEnough reports whether average weekly earnings reach the lower earnings limit that held in the relevant week: without that there is
// no statutory family pay. It returns a [hr.FieldError] for earnings below zero (RuleNegative) and a [hr.ParameterError] for a day without a
// known value.
func EarnsEnough(p payroll.Pack, relevantWeek hr.Date, averageWeekly decimal.Decimal) (bool, error) {
	if averageWeekly.Sign() < 0 {
		return false, &hr.FieldError{Path: "average_weekly_earnings", Rule: RuleNegative, Reason: "must not be below zero"}
	}
	limit, err := p.Value("nic.lel_weekly", relevantWeek)
	return err == nil && averageWeekly.Cmp(limit) >= 0, err
}
