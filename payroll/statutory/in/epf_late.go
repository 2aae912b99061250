package in

import (
	"fmt"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/shopspring/decimal"
)

func epfLateParams() []hr.Parameter {
	const (
		first = "2014-09-01"
		codes = "2026-06-29" // the Schemes of 2026
	)
	scheme1952 := func(para string) hr.Source {
		return published("Employees' Provident Funds Scheme 1952", para, "1952-09-02", notReadAgain)
	}
	damages := published("Employees' Provident Funds (Amendment) Scheme 2024, G.S.R. 329(E); the same for EPS and EDLI", "para 32A(1)", "2024-06-14", "")
	return []hr.Parameter{
		{Name: "epf.due_days", Title: "Days after the month within which EPF is paid", Unit: "days", Steps: []hr.ParameterStep{
			since(first, "15", scheme1952("para 38")), since(codes, "15", epfScheme2026("payment of contributions")),
		}},
		{Name: "epf.late_interest", Title: "Interest on EPF paid late, a year", Unit: "percent", Steps: []hr.ParameterStep{
			since(first, "12", epfAct1952("s.7Q")),
			doubtful(codesInForce, "12", heldFrom("S.O. 2698(E)", "interest on late payment, from 21 November 2025", codesInForce), "read in secondary sources; by days of 365 to the rupee is practice"),
		}},
		{Name: "epf.late_return_fee", Title: "Fee for a late return of EPF, a day, up to the administration charges of the month", Unit: "money/days", Steps: []hr.ParameterStep{
			since(first, "0", scheme1952("no fee")), since(codes, "500", epfScheme2026("para 29(2)")),
		}},
		{Name: "epf.damages_rate", Title: "Damages on EPF paid late, a month or part of one, up to what was paid late", Unit: "percent", Steps: []hr.ParameterStep{
			since("2024-06-14", "1", damages),
			doubtful(codesInForce, "1", damages, "what the Code's s.128 and the Scheme of 2026 set was not read; the rate of the Scheme of 1952 goes on"),
		}},
	}
}

// EPFDelay is a month whose contributions or return were late. Leave out, as the zero value, what was not: Paid, or Filed.
type EPFDelay struct {
	Month         hr.Period       // the wage month
	Contributions decimal.Decimal // what was paid late: both shares, pension, insurance and charges
	Paid          hr.Date
	AdminCharges  decimal.Decimal // of the establishment for the month: [AdminCharges]
	Filed         hr.Date
}

// EPFLate is what a delay costs. Each is zero where nothing was late.
type EPFLate struct {
	Due      hr.Date         // the last day to pay and to file
	Interest decimal.Decimal // simple, for each day after Due, to the rupee, half up
	Damages  decimal.Decimal // for each month after Due or part of one, at most Contributions, to the rupee, half up
	Fee      decimal.Decimal // for each day that the return was late, at most AdminCharges
	Trace    hr.Trace        // of their sum, with the law
}

// EPFLateOf works out interest, damages and the fee for a late return of EPF, EPS and EDLI by the law of the day after the month was due.
// Damages are what the authority may ask for; whether it does is its decision. It returns all faults at once: [hr.FieldError]s for no
// wage month (RuleMonth), an amount below zero (RuleNegative) and neither payment nor return (RuleDay); or a [hr.ParameterError] for
// each value that p does not have on that day: none of damages before 14 June 2024, when they went by bands of months.
func EPFLateOf(p payroll.Pack, d EPFDelay) (EPFLate, error) {
	var faults hr.Faults
	if err := d.Month.Validate(); err != nil || d.Month.Open() {
		faults.Add("month", RuleMonth, "must have a first and a last day")
	}
	notNegative(&faults, "contributions", d.Contributions)
	notNegative(&faults, "admin_charges", d.AdminCharges)
	if d.Paid.IsZero() && d.Filed.IsZero() {
		faults.Missing("paid", RuleDay)
	}
	if faults.Any() {
		return EPFLate{}, faults.Err()
	}
	days, err := value(p, "epf.due_days", d.Month.Through)
	if err != nil {
		return EPFLate{}, err
	}
	late := EPFLate{Due: d.Month.Through.Add(int(days.IntPart()))}
	law := &reading{pack: p, on: late.Due.Add(1)}
	t := hr.Trace{Name: "Cost of late EPF", Unit: "money", Rule: "interest + damages + fee", Parts: []hr.Trace{{Name: "Due", Value: weekday(late.Due)}}}
	if d.Paid.After(late.Due) {
		by := d.Paid.Since(late.Due)
		if late.Interest, err = rupee().Ratio(d.Contributions.Mul(law.value("epf.late_interest")).Mul(decimal.NewFromInt(int64(by))), decimal.NewFromInt(36500)); err != nil {
			return EPFLate{}, err
		}
		t.Parts = append(t.Parts, law.part("Interest", late.Interest, fmt.Sprintf("contributions * rate * %d days / 365", by), "half_up to 1", givenMoney("Contributions paid late", d.Contributions)))
		months := begunMonths(late.Due.Add(1), d.Paid)
		charge := rupee().Apply(d.Contributions.Mul(law.value("epf.damages_rate")).Mul(decimal.NewFromInt(int64(months))).Shift(-2))
		late.Damages = decimal.Min(charge, d.Contributions)
		t.Parts = append(t.Parts, law.part("Damages", late.Damages, fmt.Sprintf("contributions * rate * %d months, at most the contributions", months), "half_up to 1", givenMoney("Contributions paid late", d.Contributions)))
	}
	if d.Filed.After(late.Due) {
		by := d.Filed.Since(late.Due)
		late.Fee = decimal.Min(law.value("epf.late_return_fee").Mul(decimal.NewFromInt(int64(by))), d.AdminCharges)
		t.Parts = append(t.Parts, law.part("Fee for the return", late.Fee, fmt.Sprintf("fee * %d days, at most the administration charges", by), "", givenMoney("Administration charges of the month", d.AdminCharges)))
	}
	if err := law.err(); err != nil {
		return EPFLate{}, err
	}
	t.Value = hr.Canonical(late.Interest.Add(late.Damages).Add(late.Fee))
	late.Trace = t
	return late, nil
}

// begunMonths counts the months from one day to another, both included, a part of one as a whole.
func begunMonths(first, last hr.Date) int {
	months, days := serviceMonths(first, last)
	if days > 0 {
		months++
	}
	return months
}
