package in

import (
	"fmt"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/shopspring/decimal"
)

func taxLateParams() []hr.Parameter {
	const secondary = "read in secondary sources"
	late := func(name, title, unit, v, act61, act25 string) hr.Parameter {
		return hr.Parameter{Name: name, Title: title, Unit: unit, Basis: hr.ByPayDate, Steps: []hr.ParameterStep{
			since(oldest, v, taxAct1961(act61)), doubtful(newAct, v, taxAct2025(act25), secondary),
		}}
	}
	return []hr.Parameter{
		late("tds.not_deducted_interest", "Interest on tax that was not deducted, a month or part of one", "percent", "1", "s.201(1A)(i)", "s.398"),
		late("tds.not_paid_interest", "Interest on tax that was deducted and not paid, a month or part of one", "percent", "1.5", "s.201(1A)(ii)", "s.398"),
		late("tds.late_statement_fee", "Fee for a late quarterly statement, a day, up to its tax", "money/days", "200", "s.234E", "fee for a late statement; the section was not read"),
		{
			Name: "tds.late_by_calendar_month", Title: "Months of that interest are calendar months that it touches (1 yes; 0: counted from day to day)", Unit: "count", Basis: hr.ByPayDate,
			Steps: []hr.ParameterStep{
				doubtful(oldest, "1", taxAct1961("s.201(1A)"), "the section says month or part of a month; the department counts calendar months, courts have counted from day to day"),
				doubtful(newAct, "1", taxAct2025("s.398"), "the section says month or part of a month; the department counts calendar months, courts have counted from day to day"),
			},
		},
	}
}

// TaxDelay is tax on salary that was deducted or paid late. Deducted is Deductible where it was deducted in time.
type TaxDelay struct {
	Tax        decimal.Decimal
	Deductible hr.Date // the day of payment of the salary
	Deducted   hr.Date
	Deposited  hr.Date
}

// TaxLate is what a delay costs. Each is zero where nothing was late.
type TaxLate struct {
	Due         hr.Date         // the last day to deposit what was deducted: [TaxDepositDue]
	NotDeducted decimal.Decimal // interest from the day it was deductible to the day it was deducted
	NotPaid     decimal.Decimal // interest from the day it was deducted to the day it was deposited
	Trace       hr.Trace        // of their sum, with the law
}

// TaxLateOf works out the interest on tax that was deducted or deposited late, on the tax down to a whole hundred (rule 119A of the 1962
// Rules, not read again), for each month or part of one. It returns all faults at once: [hr.FieldError]s for a tax below zero
// (RuleNegative) and days that are missing or not in order (RuleDay); or a [hr.ParameterError] for each value that p does not have on
// the day the tax was deductible.
func TaxLateOf(p payroll.Pack, d TaxDelay) (TaxLate, error) {
	var faults hr.Faults
	notNegative(&faults, "tax", d.Tax)
	before := hr.Date{}
	for _, day := range []struct {
		path string
		day  hr.Date
	}{{"deductible", d.Deductible}, {"deducted", d.Deducted}, {"deposited", d.Deposited}} {
		switch {
		case day.day.IsZero():
			faults.Missing(day.path, RuleDay)
		case day.day.Before(before):
			faults.Add(day.path, RuleDay, "must not be before the day in front of it")
		}
		before = day.day
	}
	if faults.Any() {
		return TaxLate{}, faults.Err()
	}
	law := &reading{pack: p, on: d.Deductible}
	calendar := law.number("tds.late_by_calendar_month") == 1
	months := func(from, to hr.Date) int64 {
		if calendar {
			return int64(to.Year()-from.Year())*12 + int64(to.Month()) - int64(from.Month()) + 1
		}
		return int64(begunMonths(from, to))
	}
	hundreds := hr.MustRounding("100", hr.Down).Apply(d.Tax)
	due, err := TaxDepositDue(p, d.Deducted)
	if err != nil {
		return TaxLate{}, err
	}
	late := TaxLate{Due: due.Day}
	t := hr.Trace{Name: "Interest on late tax", Unit: "money", Rule: "not deducted + not paid", Parts: []hr.Trace{
		{Name: "Due", Value: weekday(late.Due)},
		{Name: "Tax that counts", Value: hr.Canonical(hundreds), Unit: "money", Note: "down to 100", Parts: []hr.Trace{givenMoney("Tax", d.Tax)}},
	}}
	interest := func(name, parameter string, from, to hr.Date) decimal.Decimal {
		n := months(from, to)
		amount := hundreds.Mul(law.value(parameter)).Mul(decimal.NewFromInt(n)).Shift(-2)
		t.Parts = append(t.Parts, law.part(name, amount, fmt.Sprintf("tax * rate * %d months", n), from.String()+" to "+to.String()))
		return amount
	}
	if d.Deducted.After(d.Deductible) {
		late.NotDeducted = interest("Not deducted", "tds.not_deducted_interest", d.Deductible, d.Deducted)
	}
	if d.Deposited.After(late.Due) {
		late.NotPaid = interest("Not paid", "tds.not_paid_interest", d.Deducted, d.Deposited)
	}
	if err := law.err(); err != nil {
		return TaxLate{}, err
	}
	t.Value = hr.Canonical(late.NotDeducted.Add(late.NotPaid))
	late.Trace = t
	return late, nil
}

// StatementFee returns the fee for the statement of the quarter that a day is in, filed on another: so much for each day after
// [StatementDue], at most the tax of the statement; zero in time. It returns all faults at once: [hr.FieldError]s for a missing day
// (RuleDay) and a tax below zero (RuleNegative); or a [hr.ParameterError] where p has no value on the last day of the quarter.
func StatementFee(p payroll.Pack, quarter, filed hr.Date, tax decimal.Decimal) (decimal.Decimal, error) {
	var faults hr.Faults
	if quarter.IsZero() {
		faults.Missing("quarter", RuleDay)
	}
	if filed.IsZero() {
		faults.Missing("filed", RuleDay)
	}
	notNegative(&faults, "tax", tax)
	if faults.Any() {
		return decimal.Decimal{}, faults.Err()
	}
	fee, err := value(p, "tds.late_statement_fee", TaxQuarter(quarter).Through)
	if err != nil {
		return decimal.Decimal{}, err
	}
	due, err := StatementDue(p, quarter)
	if err != nil {
		return decimal.Decimal{}, err
	}
	days := filed.Since(due.Day)
	return decimal.Min(tax, fee.Mul(decimal.NewFromInt(int64(max(0, days))))), nil
}
