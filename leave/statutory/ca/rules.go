package ca

import "github.com/musterhr/hr"

// Rules that an input of this package's functions can break. A date without a value is a [hr.ParameterError].
const (
	RuleNegative hr.Rule = "leave.statutory.ca.negative" // an amount or hours below zero
	RuleDay      hr.Rule = "leave.statutory.ca.day"      // a day that is missing, or a hire after the vacation year
)
