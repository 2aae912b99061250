package leave

import (
	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
)

// Notice says how long before its first day leave must be asked for. The zero Notice is off. It is asked when somebody applies and not
// when somebody approves.
type Notice struct {
	Days int             `json:"days,omitempty" class:"public"` // calendar days: 1 is the day before
	From decimal.Decimal `json:"from,omitzero" class:"public"`  // only of requests of at least so many days
	// Late is for how many days after its first day leave may still be asked for: of sick leave 3. A type with Notice of no days
	// and no Late may be asked for at any time.
	Late int `json:"late,omitempty" class:"public"`
}

// Validate returns [hr.FieldError]s with RulePolicyNotice.
func (n Notice) Validate() error {
	var faults hr.Faults
	if n.Days < 0 {
		faults.Add("days", RulePolicyNotice, "must not be below zero")
	}
	if n.Late < 0 {
		faults.Add("late", RulePolicyNotice, "must not be below zero")
	}
	if n.Days > 0 && n.Late > 0 {
		faults.Add("late", RulePolicyNotice, "stands against notice before")
	}
	if n.From.Sign() < 0 {
		faults.Add("from", RulePolicyNotice, "must not be below zero")
	}
	return faults.Err()
}

func (n Notice) check(faults *hr.Faults, days decimal.Decimal, first, today hr.Date) {
	switch {
	case n == (Notice{From: n.From}) || days.Cmp(n.From) < 0:
	case n.Days > 0 && first.Since(today) < n.Days:
		faults.Add("period.from", RuleRequestNotice, "must be %d days from now or later", n.Days)
	case n.Late > 0 && today.Since(first) > n.Late:
		faults.Add("period.from", RuleRequestNotice, "must be at most %d days ago", n.Late)
	}
}
