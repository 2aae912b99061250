package leave

import (
	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
)

// Documents say from when on a request needs a document, such as a certificate for more than two days of sick leave. It may come after
// the request ([Service.Attach]); without it nothing is approved. The zero Documents are off.
type Documents struct {
	Always   bool            `json:"always,omitempty" class:"public"`   // of every request
	MoreThan decimal.Decimal `json:"more_than,omitzero" class:"public"` // of requests of more days than this
}

// Validate returns [hr.FieldError]s with RulePolicyDocuments.
func (d Documents) Validate() error {
	var faults hr.Faults
	if d.MoreThan.Sign() < 0 {
		faults.Add("more_than", RulePolicyDocuments, "must not be below zero")
	}
	if d.Always && d.MoreThan.Sign() != 0 {
		faults.Add("always", RulePolicyDocuments, "stands alone: a number of days beside it means nothing")
	}
	return faults.Err()
}

// needed reports whether a request of so many days needs a document.
func (d Documents) needed(days decimal.Decimal) bool {
	return d.Always || d.MoreThan.Sign() > 0 && days.Cmp(d.MoreThan) > 0
}
