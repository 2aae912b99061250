package in

import "github.com/musterhr/hr"

// Rules that an input of this package's functions can break. What the formulas refuse carries the rules of package formula, and a date
// without a value is a [hr.ParameterError].
const (
	RuleMonth     hr.Rule = "payroll.statutory.in.month"     // no wage month, or one without an end
	RuleNegative  hr.Rule = "payroll.statutory.in.negative"  // an amount or a number below zero
	RuleService   hr.Rule = "payroll.statutory.in.service"   // no first or last day of service, or in the wrong order
	RuleEnding    hr.Rule = "payroll.statutory.in.ending"    // service ended in a way that the law does not know
	RuleMaternity hr.Rule = "payroll.statutory.in.maternity" // an event that maternity benefit does not know
	RuleSurplus   hr.Rule = "payroll.statutory.in.surplus"   // years or balances of a bonus that do not fit together
	RuleDeduction hr.Rule = "payroll.statutory.in.deduction" // a deduction without a name, or twice
	RuleDay       hr.Rule = "payroll.statutory.in.day"       // no day is given
	RuleFundLines hr.Rule = "payroll.statutory.in.fund"      // a payslip without the lines of the provident fund
)

// Rules of income tax.
const (
	RuleNoIncomeTax hr.Rule = "payroll.statutory.in.no_income_tax" // a pack without the formulas of income tax
	RuleTaxDay      hr.Rule = "payroll.statutory.in.tax_day"       // no day of the tax year
	RuleRegime      hr.Rule = "payroll.statutory.in.regime"        // neither the new nor the old regime
	RuleTaxAge      hr.Rule = "payroll.statutory.in.tax_age"       // no age that the slabs know
	RuleArrears     hr.Rule = "payroll.statutory.in.arrears"       // arrears that no relief can be worked out on
	RuleCertificate hr.Rule = "payroll.statutory.in.certificate"   // payslips that make no annual certificate
	RuleStatement   hr.Rule = "payroll.statutory.in.statement"     // a row that does not fit the quarterly statement
)
