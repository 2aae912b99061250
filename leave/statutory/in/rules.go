package in

import "github.com/musterhr/hr"

// Rules that an input of this package's functions can break. A date without a value is a [hr.ParameterError].
const (
	RuleNegative hr.Rule = "leave.statutory.in.negative" // a number of days or an amount below zero
	RuleKind     hr.Rule = "leave.statutory.in.kind"     // a kind of worker, event or basis that is none
	RuleDay      hr.Rule = "leave.statutory.in.day"      // a day that is missing or lies outside the year
)
