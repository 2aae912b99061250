package in

import "github.com/musterhr/hr"

// Rules that an input of this package's functions can break. A date without a value is a [hr.ParameterError].
const (
	RuleNegative hr.Rule = "attendance.statutory.in.negative" // minutes or wages below zero
	RuleDay      hr.Rule = "attendance.statutory.in.day"      // a day that must be given
)
