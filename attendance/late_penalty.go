package attendance

import (
	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
)

// LatePenalty makes lateness cost leave: three late marks in a pay period cost half a day of casual leave, say. A mark is a day with the
// exception [Late], so the rule [Grace] decides what is late. The zero LatePenalty is off.
//
// The law limits it: in India a deduction for lateness is at most in proportion to the time missed (Code on Wages 2019 ss.18 and 20).
type LatePenalty struct {
	Every int             // marks that cost Days: three, six, nine of 3
	Free  int             // the first so many marks of a period count nothing
	Early bool            // a day left early is a mark as well; late and early on one day are one
	Days  decimal.Decimal // what each costs
	Type  string          // the leave type
}

// IsZero reports whether lateness costs nothing.
func (p LatePenalty) IsZero() bool {
	return p.Every == 0 && p.Free == 0 && !p.Early && p.Days.IsZero() && p.Type == ""
}

// Validate returns [hr.FieldError]s with RulePenalty: marks below one, no days, more than a day for each mark, no leave type.
func (p LatePenalty) Validate() error {
	var faults hr.Faults
	if p.IsZero() {
		return nil
	}
	if p.Every < 1 || p.Free < 0 {
		faults.Add("every", RulePenalty, "must be at least 1, and free not negative")
	}
	if p.Days.Sign() <= 0 || p.Days.Cmp(decimal.NewFromInt(int64(p.Every))) > 0 {
		faults.Add("days", RulePenalty, "must be above zero, and not more than a day for each mark")
	}
	if p.Type == "" {
		faults.Missing("type", RulePenalty)
	}
	return faults.Err()
}

// Charge returns what the marks of a pay period cost: a charge for every so many, dated with the last of them, with the evidence of all.
// Marks that are left over at the end of the period cost nothing and are not carried. days are those of the period, in order; others
// do not count.
func (p LatePenalty) Charge(employee hr.EmployeeID, pay hr.Period, days []Day) ([]hr.LeaveCharge, error) {
	if err := p.Validate(); err != nil || p.IsZero() {
		return nil, err
	}
	var charges []hr.LeaveCharge
	var refs []hr.Ref
	marks := 0
	for _, d := range days {
		if !pay.Contains(d.Date) || d.Late == 0 && (!p.Early || d.Early == 0) {
			continue
		}
		if marks++; marks <= p.Free {
			continue
		}
		refs = append(refs, d.Refs...)
		if (marks-p.Free)%p.Every == 0 {
			charges = append(charges, hr.LeaveCharge{
				Employee: employee, Type: p.Type, Date: d.Date, Quantity: p.Days,
				Ref: p.ref(employee, pay, len(charges)+1), Refs: refs,
			})
			refs = nil
		}
	}
	return charges, nil
}
