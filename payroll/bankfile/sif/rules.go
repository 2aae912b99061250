package sif

import "github.com/musterhr/hr"

// Rules that a batch or a file can break.
const (
	RuleLayout   hr.Rule = "payroll.bankfile.sif.layout"
	RuleField    hr.Rule = "payroll.bankfile.sif.field"
	RuleAmount   hr.Rule = "payroll.bankfile.sif.amount"
	RuleTotal    hr.Rule = "payroll.bankfile.sif.total"
	RuleDays     hr.Rule = "payroll.bankfile.sif.days"
	RuleMonth    hr.Rule = "payroll.bankfile.sif.month"
	RuleTwice    hr.Rule = "payroll.bankfile.sif.person_twice"
	RulePay      hr.Rule = "payroll.bankfile.sif.pay"
	RuleCurrency hr.Rule = "payroll.bankfile.sif.currency"
)
