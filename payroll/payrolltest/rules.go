package payrolltest

import "github.com/musterhr/hr"

// Rules that a story file can break.
const (
	RuleStoryLine hr.Rule = "payroll.payrolltest.story.line"
	RuleStoryFact hr.Rule = "payroll.payrolltest.story.fact"
	RuleStoryEnd  hr.Rule = "payroll.payrolltest.story.no_payslip"
)
