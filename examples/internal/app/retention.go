package app

import (
	"github.com/musterhr/hr"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/payroll"
)

// Retention is how long a company keeps what it holds about leavers: as long as the law of its pack asks for. No rule names its classes, so that each of them keeps
// everything; a host that knows what a register cannot do without says so, and the rest goes earlier.
func Retention(law payroll.Pack) (rules []lifecycle.KeepRule) {
	for _, r := range law.Retention {
		rule := lifecycle.KeepRule{Retention: r}
		if r.Start == hr.AfterTaxYear {
			rule.TaxYear = lifecycle.DayOfYear{Month: law.TaxYear.Month, Day: law.TaxYear.Day}
		}
		rules = append(rules, rule)
	}
	return rules
}
