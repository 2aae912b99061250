package pain001

import "github.com/musterhr/hr"

// Rules that a batch or a file can break.
const (
	RuleXML      hr.Rule = "payroll.bankfile.pain001.xml"
	RuleVersion  hr.Rule = "payroll.bankfile.pain001.version"
	RuleField    hr.Rule = "payroll.bankfile.pain001.field"
	RuleText     hr.Rule = "payroll.bankfile.pain001.characters"
	RuleAmount   hr.Rule = "payroll.bankfile.pain001.amount"
	RuleTotal    hr.Rule = "payroll.bankfile.pain001.total"
	RuleCurrency hr.Rule = "payroll.bankfile.pain001.currency"
	RulePurpose  hr.Rule = "payroll.bankfile.pain001.purpose"
	RuleAccount  hr.Rule = "payroll.bankfile.pain001.account"
	RuleBank     hr.Rule = "payroll.bankfile.pain001.bank"
	RuleAddress  hr.Rule = "payroll.bankfile.pain001.address"
	RuleTwice    hr.Rule = "payroll.bankfile.pain001.identification_twice"
	RuleDate     hr.Rule = "payroll.bankfile.pain001.execution_date"
)
