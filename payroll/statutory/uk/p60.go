package uk

import (
	"fmt"
	"time"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/payroll/statutory/internal/paid"
)

// YearCertificate is the figures of one employee's P60, in pounds. It prints without values.
type YearCertificate struct {
	Year         hr.Period
	Pay          decimal.Decimal // in this employment
	Tax          decimal.Decimal // deducted in this employment; below zero where more was refunded
	AtLEL        decimal.Decimal // earnings at the lower earnings limit, where they reached it, in whole pounds
	ToPT         decimal.Decimal // from there to the primary threshold
	ToUEL        decimal.Decimal // from there to the upper earnings limit
	EmployeeNIC  decimal.Decimal
	StudentLoan  decimal.Decimal // whole pounds
	Postgraduate decimal.Decimal // whole pounds
	FamilyPay    decimal.Decimal // statutory maternity, paternity, adoption, shared parental and bereavement pay
}

// Format hides the values.
func (c YearCertificate) Format(f fmt.State, _ rune) { _, _ = fmt.Fprintf(f, "[P60 %s]", c.Year) }

// P60 sums the tax year that begins on 6 April of a year from what was posted for one employee in one category of National Insurance: nothing is
// worked out again. Who changed category in the year has a call for each. It returns [hr.FieldError]s for postings in another
// currency or without a day (RulePostings), and the error of [hr.NewDate] for no year.
func P60(p payroll.Pack, postings []payroll.Posting, year int) (YearCertificate, error) {
	if err := paid.Check(postings, "GBP", RulePostings); err != nil {
		return YearCertificate{}, err
	}
	first, err := hr.NewDate(year, time.April, 6)
	if err != nil {
		return YearCertificate{}, err
	}
	c := YearCertificate{Year: p.TaxYear.Of(first)}
	sum := func(names ...string) decimal.Decimal { return paid.Sum(postings, c.Year, names...) }
	pounds := func(name string) decimal.Decimal { return sum(name).Floor() }
	c.Pay, c.Tax, c.EmployeeNIC = sum("taxable_pay"), sum("paye"), sum("employee_nic")
	c.AtLEL, c.ToPT, c.ToUEL = pounds("earnings_at_lel"), pounds("earnings_lel_to_pt"), pounds("earnings_pt_to_uel")
	c.StudentLoan, c.Postgraduate, c.FamilyPay = sum("student_loan_deduction"), sum("postgraduate_loan_deduction"), sum("family_pay_paid")
	return c, nil
}
