package company

import (
	"time"

	"github.com/musterhr/hr/payroll"
	"github.com/rickar/cal/v2"
)

var nationalHolidays = map[string]func() []*cal.Holiday{"IN": func() []*cal.Holiday {
	return []*cal.Holiday{{Name: "Gandhi Jayanti", Month: time.October, Day: 2, Func: cal.CalcDayOfMonth}}
}}

func pack() payroll.Pack {
	return payroll.Pack{TaxYear: payroll.YearStart{Month: time.April, Day: 1}, Components: []payroll.Component{{Name: "stub", Text: `
input pf_capped: yes/no
input eps_member: yes/no
input esi_covered: yes/no
input pt_state: text
input tax_regime: text
input gender: text = ""
input ytd_tds: money
input ytd_taxable: money
line wages_base: money = sum(wages) + max(0, sum(wages_excluded) - 50% * (sum(wages) + sum(wages_excluded)))
line epf in deductions = round(12% * min(wages_base, 25_000), 1)
line vpf in deductions = 0
line esi in deductions = if esi_covered then ceil(0.75% * wages_base, 1) else 0
line pt in deductions = if pt_state = "MH" then 200 else 200
line tds in deductions = if tax_regime = "new" and pf_capped and eps_member and gender = "x" then ytd_tds + ytd_taxable else 0
line eps in employer = 0
line epf_employer in employer = epf
line edli in employer = 0
line epf_admin in employer = 0
line esi_employer in employer = 0
line taxable: money = sum(taxable)
`}}}
}
