package uk

import "github.com/musterhr/hr"

// Rules that an input of this package can break.
const (
	RuleTaxCode  hr.Rule = "payroll.statutory.uk.tax_code"
	RulePostings hr.Rule = "payroll.statutory.uk.postings" // postings in another currency or without a day of payment
	RuleNegative hr.Rule = "payroll.statutory.uk.negative" // an amount below zero
)
