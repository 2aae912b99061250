package leave

import (
	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
)

// Negative says how far below zero a balance may go: leave taken in advance of what is credited later. The zero Negative
// is off: nothing may be taken that is not there.
type Negative struct {
	// Limit is the number of days that may be owed.
	Limit decimal.Decimal `json:"limit,omitzero" class:"public"`
	// NoLimit means that the type needs no balance at all, as unpaid leave does: its balance is minus the days taken.
	NoLimit bool `json:"no_limit,omitempty" class:"public"`
}

// Validate returns [hr.FieldError]s with RulePolicyNegative.
func (n Negative) Validate() error {
	var faults hr.Faults
	if n.Limit.Sign() < 0 {
		faults.Add("limit", RulePolicyNegative, "must not be below zero: it is a number of days owed")
	}
	if n.NoLimit && n.Limit.Sign() != 0 {
		faults.Add("no_limit", RulePolicyNegative, "stands alone: a limit beside it means nothing")
	}
	return faults.Err()
}
