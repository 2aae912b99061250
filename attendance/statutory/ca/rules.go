package ca

import "github.com/musterhr/hr"

// RuleNegative is the rule that an input of this package's functions can break: hours or an amount below zero. A date without a value is a
// [hr.ParameterError].
const RuleNegative hr.Rule = "attendance.statutory.ca.negative"
