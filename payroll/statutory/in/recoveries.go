package in

import (
	_ "embed"

	"github.com/musterhr/hr/payroll"
)

//go:embed recoveries.rules
var recoveriesRules string

// Recoveries returns the component that caps what a payslip recovers of debts ([payroll.Debt]): the line deductions_room, what is left of the
// share of the wages of a wage period that deductions may take, after all others. It needs [PaymentWages].
func Recoveries() payroll.Component {
	return payroll.Component{Name: "in/recoveries.rules", Text: recoveriesRules, Source: codeOnWages("s.18(3)")}
}
