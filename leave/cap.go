package leave

import (
	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
)

// Cap says how much leave may stand on the account: a credit that would go above it is credited in full, and what is over is taken
// off again by an entry of its own, so that nobody has to guess why a credit is smaller. The zero Cap is off.
type Cap struct {
	Balance decimal.Decimal `json:"balance,omitzero" class:"public"` // the most on the day of a credit
}

// Validate returns a [hr.FieldError] with RulePolicyCap.
func (c Cap) Validate() error {
	if c.Balance.Sign() < 0 {
		return &hr.FieldError{Path: "balance", Rule: RulePolicyCap, Reason: "must not be below zero"}
	}
	return nil
}

// over returns what of a credit is above the cap, given the balance of the day with it.
func (c Cap) over(balance, credit decimal.Decimal) decimal.Decimal {
	return notBelowZero(decimal.Min(balance.Sub(c.Balance), credit))
}
