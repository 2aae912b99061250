package ca

import (
	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/payroll/statutory/internal/law"
)

// RuleFinalPay is the rule of a last day that is not given, or of a pay day before it.
const RuleFinalPay hr.Rule = "payroll.statutory.ca.final_pay"

func finalPayParams() []hr.Parameter {
	act := hr.Source{Title: "Employment Standards Act, 2000, S.O. 2000, c. 41 (Ontario)", Section: "s.11(5)"}
	return []hr.Parameter{{
		Name: "ontario.final_pay_days", Title: "Days after employment ends in which the last wages are paid in Ontario", Unit: "days",
		Steps: []hr.ParameterStep{
			law.Doubtful(book.Since("2001-09-04", "7", act), "read as quoted in secondary sources, not in the Act"),
			book.Ends(ends, act),
		},
	}}
}

// FinalPayDueInOntario returns the day by which the last wages are paid when employment ends in Ontario, vacation and termination pay
// included: seven days after, or the day that would have been the next pay day if that is later. It returns a [hr.FieldError]
// with RuleFinalPay for days that are missing or in the wrong order, and a [hr.ParameterError] where p has no value on the last day.
// Other provinces and employers under federal law have rules of their own, which are not here.
func FinalPayDueInOntario(p payroll.Pack, lastDay, nextPayDay hr.Date) (payroll.FinalDue, error) {
	var faults hr.Faults
	if lastDay.IsZero() {
		faults.Missing("last_day", RuleFinalPay)
	}
	switch {
	case nextPayDay.IsZero():
		faults.Missing("next_pay_day", RuleFinalPay)
	case nextPayDay.Before(lastDay):
		faults.Add("next_pay_day", RuleFinalPay, "must not be before the last day")
	}
	if faults.Any() {
		return payroll.FinalDue{}, faults.Err()
	}
	const name = "ontario.final_pay_days"
	days := hr.Parameter{Name: name} // a pack without it has no value on any day
	for _, x := range p.Params {
		if x.Name == name {
			days = x
		}
	}
	step, err := days.At(lastDay)
	if err != nil {
		return payroll.FinalDue{}, err
	}
	due := payroll.FinalDue{Day: lastDay.Add(int(step.Value.IntPart())), Law: step.Source}
	if nextPayDay.After(due.Day) {
		due.Day = nextPayDay
	}
	return due, nil
}
