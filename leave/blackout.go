package leave

import (
	"fmt"

	"github.com/musterhr/hr"
)

// Blackout says on which days no leave of the type may be taken: the year's closing, the festival sale. The zero Blackout is off.
type Blackout struct {
	Days []hr.Period `json:"days,omitempty" class:"public"` // both ends included, each with a last day
}

// Validate returns [hr.FieldError]s with RulePolicyBlackout.
func (b Blackout) Validate() error {
	var faults hr.Faults
	for i, p := range b.Days {
		if p.Validate() != nil || p.Open() {
			faults.Add(fmt.Sprintf("days[%d]", i), RulePolicyBlackout, "must have a first and a last day")
		}
	}
	return faults.Err()
}

func (b Blackout) check(faults *hr.Faults, asked hr.Period) {
	for _, p := range b.Days {
		if p.Overlaps(asked) {
			faults.Add("period", RuleRequestBlackout, "no leave of this type is taken on %s", p)
		}
	}
}
