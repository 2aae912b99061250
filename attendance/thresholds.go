package attendance

import "github.com/musterhr/hr"

// Thresholds says how much work makes a day. The zero Thresholds is off: any work at all is the whole of what was due.
type Thresholds struct {
	FullDay int // minutes worked from which a full day counts
	HalfDay int // minutes worked from which half a day counts, and from which a day of which only half was due is done
}

// Validate returns [hr.FieldError]s with RulePolicyMinutes and RulePolicyOrder.
func (t Thresholds) Validate() error {
	var faults hr.Faults
	checkMinutes(&faults, "full_day", RulePolicyMinutes, t.FullDay, 1440)
	checkMinutes(&faults, "half_day", RulePolicyMinutes, t.HalfDay, 1440)
	if t.HalfDay > t.FullDay {
		faults.Add("half_day", RulePolicyOrder, "must not ask for more than a full day does")
	}
	return faults.Err()
}

// Halves returns how many of the halves that were due (0 to 2) the worked minutes make.
func (t Thresholds) Halves(worked, due int) int {
	switch {
	case due == 0 || worked <= 0 || worked < t.HalfDay:
		return 0
	case due == 2 && worked < t.FullDay:
		return 1
	}
	return due
}
