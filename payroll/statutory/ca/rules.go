package ca

import "github.com/musterhr/hr"

// Rules that an input of this package can break.
const (
	RulePostings hr.Rule = "payroll.statutory.ca.postings" // postings in another currency or without a day of payment
	RuleRemitter hr.Rule = "payroll.statutory.ca.remitter" // a type of remitter that CRA does not have
	RuleNegative hr.Rule = "payroll.statutory.ca.negative" // an amount below zero
)
