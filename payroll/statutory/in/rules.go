package in

import "github.com/musterhr/hr"

// Rules that an input of this package's functions can break. What the formulas refuse carries the rules of package formula, and a date
// without a value is a [hr.ParameterError].
const (
	RuleMonth    hr.Rule = "payroll.statutory.in.month"    // no wage month, or one without an end
	RuleNegative hr.Rule = "payroll.statutory.in.negative" // an amount or a number below zero
)
