package uk

import "github.com/musterhr/hr"

// Rules that an input of this package's functions can break. A date without a value is a [hr.ParameterError].
const (
	RuleNegative hr.Rule = "attendance.statutory.uk.negative" // hours or minutes below zero
	RuleNoTime   hr.Rule = "attendance.statutory.uk.no_time"  // an average over no days or weeks
	RuleOrder    hr.Rule = "attendance.statutory.uk.order"    // work that begins before the work before it ends, or no instant
)
