package us

import "github.com/musterhr/hr"

// Rules that an input of this package can break.
const (
	RulePostings hr.Rule = "payroll.statutory.us.postings" // postings in another currency or without a day of payment
	RuleQuarter  hr.Rule = "payroll.statutory.us.quarter"  // no quarter from 1 to 4
	RuleSchedule hr.Rule = "payroll.statutory.us.schedule" // neither monthly nor semiweekly
	RuleNegative hr.Rule = "payroll.statutory.us.negative" // an amount below zero
)
