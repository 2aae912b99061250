package leave

import (
	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
)

// CarryOver says what happens to what is left at the end of a leave year: so much is carried to the next as new lots, so much is
// paid ([Encashment]), and the rest lapses. The zero CarryOver is off: lots go on as long as their own last day lets them.
type CarryOver struct {
	Closes  bool            `json:"closes,omitempty" class:"public"`   // the leave year is closed at its end
	Limit   decimal.Decimal `json:"limit,omitzero" class:"public"`     // the most that is carried; zero: nothing is
	NoLimit bool            `json:"no_limit,omitempty" class:"public"` // all is carried
	Months  int             `json:"months,omitempty" class:"public"`   // for how long what is carried can be used; 0: it never lapses
}

// Validate returns [hr.FieldError]s with RulePolicyCarryOver.
func (c CarryOver) Validate() error {
	var faults hr.Faults
	if c.Limit.Sign() < 0 {
		faults.Add("limit", RulePolicyCarryOver, "must not be below zero")
	}
	if c.NoLimit && c.Limit.Sign() != 0 {
		faults.Add("no_limit", RulePolicyCarryOver, "stands alone: a limit beside it means nothing")
	}
	if c.Months < 0 {
		faults.Add("months", RulePolicyCarryOver, "must not be below zero")
	}
	if !c.Closes && (c.NoLimit || c.Limit.Sign() != 0 || c.Months != 0) {
		faults.Missing("closes", RulePolicyCarryOver)
	}
	return faults.Err()
}

// Encashment says what is paid out instead of taken. The zero Encashment is off.
type Encashment struct {
	// YearEnd is the most that is paid of what a closed leave year does not carry; with YearEndAll there is no limit.
	YearEnd    decimal.Decimal `json:"year_end,omitzero" class:"public"`
	YearEndAll bool            `json:"year_end_all,omitempty" class:"public"`
	// Exit pays what is left on the last day of employment; ExitMost limits it, zero does not. What is above lapses.
	Exit     bool            `json:"exit,omitempty" class:"public"`
	ExitMost decimal.Decimal `json:"exit_most,omitzero" class:"public"`
	// Asked lets leave be paid out on demand, as long as Keep stays on the account.
	Asked bool            `json:"asked,omitempty" class:"public"`
	Keep  decimal.Decimal `json:"keep,omitzero" class:"public"`
}

// Validate returns [hr.FieldError]s with RulePolicyEncashment.
func (e Encashment) Validate() error {
	var faults hr.Faults
	for _, f := range []struct {
		path string
		d    decimal.Decimal
	}{{"year_end", e.YearEnd}, {"exit_most", e.ExitMost}, {"keep", e.Keep}} {
		if f.d.Sign() < 0 {
			faults.Add(f.path, RulePolicyEncashment, "must not be below zero")
		}
	}
	if e.YearEndAll && e.YearEnd.Sign() != 0 {
		faults.Add("year_end_all", RulePolicyEncashment, "stands alone: a limit beside it means nothing")
	}
	if !e.Exit && e.ExitMost.Sign() != 0 {
		faults.Missing("exit", RulePolicyEncashment)
	}
	if !e.Asked && e.Keep.Sign() != 0 {
		faults.Missing("asked", RulePolicyEncashment)
	}
	return faults.Err()
}
