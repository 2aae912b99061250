package attendance

import "github.com/musterhr/hr"

// Overtime counts work beyond the length of the day's shift, its unpaid break taken off: beyond half of it on a half
// working day, and from the first minute on a weekly off or a holiday. What is cut off by Minimum or Step stays regular
// time, so no minute is lost. The zero Overtime is off: all time is regular.
type Overtime struct {
	Step         int              // overtime counts in whole steps of so many minutes, the rest cut off; 1 counts every minute; zero: no overtime
	Minimum      int              // less than so many minutes in a day is none
	Approval     OvertimeApproval // whose word it needs
	EarlyArrival bool             // time before the start of the shift may be overtime; without it only time after
}

// Validate returns [hr.FieldError]s with RulePolicyMinutes.
func (o Overtime) Validate() error {
	var faults hr.Faults
	checkMinutes(&faults, "step", RulePolicyMinutes, o.Step, 480)
	checkMinutes(&faults, "minimum", RulePolicyMinutes, o.Minimum, 1440)
	_, err := o.Approval.Apply(nil, nil)
	faults.Join("", err)
	return faults.Err()
}

// Count returns the overtime in extra minutes beyond what the day asked for.
func (o Overtime) Count(extra int) int {
	if extra = max(0, extra); o.Step == 0 || extra < o.Minimum {
		return 0
	}
	return extra - extra%o.Step
}
