package ca

import "github.com/musterhr/hr"

// Rules that an input of this package's functions can break. A date without a value is a [hr.ParameterError].
const (
	RuleNegative hr.Rule = "attendance.statutory.ca.negative" // hours or an amount below zero
	RuleOrder    hr.Rule = "attendance.statutory.ca.order"    // work that begins before the work before it ends, or no instant
)
