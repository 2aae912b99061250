package in

import (
	_ "embed"
	"slices"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
)

//go:embed gratuity.rules
var gratuityRules string

//go:embed leave_pay.rules
var leavePayRules string

//go:embed retrenchment.rules
var retrenchmentRules string

//go:embed bonus.rules
var bonusRules string

//go:embed overtime.rules
var overtimeRules string

//go:embed payment_wages.rules
var paymentWagesRules string

// labourParams are the dated values of what is paid beside the monthly salary.
func labourParams() []hr.Parameter {
	return slices.Concat(gratuityParams(), leavePayParams(), bonusParams(), maternityParams(), overtimeParams(), retrenchmentParams(), wageDeductionParams(), dueParams(), membershipParams())
}

// Settlement returns the components of a final settlement: gratuity, leave paid out, compensation and notice, each with the part that is
// free of income tax. They are not in [Pack], because a monthly payslip does not need them: compile them into the plan of settlements.
// The years of gratuity come from [GratuityOf]: given as an adjustment with a reference to where they were counted, they show it in every
// explanation. What waits for a limit on deductions from [CapDeductions].
func Settlement() []payroll.Component {
	return []payroll.Component{
		{Name: "in/gratuity.rules", Text: gratuityRules, Source: socialSecurity("s.53")},
		{Name: "in/leave_pay.rules", Text: leavePayRules, Source: published("Leave rules of the employer", "leave paid out on leaving", "", "state laws and the OSH Code may give more")},
		{Name: "in/retrenchment.rules", Text: retrenchmentRules, Source: published("Agreement or order that ends the service", "the amount as given", "", "the law on industrial relations is not in this package")},
	}
}

// Bonus returns the component of statutory bonus: which pay of a month counts, the line bonus_wages, and what is paid, the line bonus.
func Bonus() payroll.Component {
	return payroll.Component{Name: "in/bonus.rules", Text: bonusRules, Source: codeOnWages("s.26")}
}

// OvertimePay returns the component that pays the hours of overtime of a timesheet: the line overtime, at twice overtime.rate.
func OvertimePay() payroll.Component {
	return payroll.Component{Name: "in/overtime.rules", Text: overtimeRules, Source: codeOnWages("s.14")}
}

// PaymentWages returns the component of the second base of the Code on Wages, for the payment of wages and equal pay: the line
// payment_wages, which [CapDeductions] asks for.
func PaymentWages() payroll.Component {
	return payroll.Component{Name: "in/payment_wages.rules", Text: paymentWagesRules, Source: codeOnWages("s.2(y)")}
}
