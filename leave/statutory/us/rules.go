package us

import "github.com/musterhr/hr"

// Rules that an input of this package's functions can break. A date without a value is a [hr.ParameterError].
const (
	RuleNegative hr.Rule = "leave.statutory.us.negative" // hours below zero
	RuleMethod   hr.Rule = "leave.statutory.us.method"   // a way of counting the year that is none
	RuleDay      hr.Rule = "leave.statutory.us.day"      // a day that is missing, or leave without a last day
)
