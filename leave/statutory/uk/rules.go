package uk

import "github.com/musterhr/hr"

// Rules that an input of this package's functions can break. A date without a value is a [hr.ParameterError].
const (
	RuleNegative hr.Rule = "leave.statutory.uk.negative" // a number or an amount below zero
	RuleWeek     hr.Rule = "leave.statutory.uk.week"     // a working week of no days or more than seven
	RuleReason   hr.Rule = "leave.statutory.uk.reason"   // a reason of carrying over that is none
	RuleDay      hr.Rule = "leave.statutory.uk.day"      // a day that is missing or lies outside the leave year
)
