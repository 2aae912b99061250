package us

import "github.com/musterhr/hr"

// Rules that an input of this package's functions can break. A date without a value is a [hr.ParameterError].
const (
	RuleNegative hr.Rule = "attendance.statutory.us.negative" // hours, minutes or an amount below zero
	RuleNoHours  hr.Rule = "attendance.statutory.us.no_hours" // a rate over no hours at all
	RuleState    hr.Rule = "attendance.statutory.us.state"    // a state, or a way to leave, that has no rule here
	RuleDay      hr.Rule = "attendance.statutory.us.day"      // a day that must be given
)
