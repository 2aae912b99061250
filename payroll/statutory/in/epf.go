package in

import (
	"slices"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/shopspring/decimal"
)

func epfParams() []hr.Parameter {
	const first = "2014-09-01" // the first day of the oldest ceiling here
	return slices.Concat(epfLateParams(), []hr.Parameter{
		{Name: "epf.wage_ceiling", Title: "Wage ceiling of EPF, EPS and EDLI, a month", Unit: "money", Steps: []hr.ParameterStep{
			since(first, "15000", notification("G.S.R. 608(E) to 610(E)", "wage ceiling 15,000", "2014-08-22")),
			since("2026-05-29", "15000", heldFrom("S.O. 2702(E)", "wage ceiling 15,000 under the Code on Social Security", "2026-05-29")),
			since("2026-09-17", "25000", heldFrom("S.O. 5109(E)", "wage ceiling 25,000, Chapter III", "2026-09-17")),
		}},
		{Name: "epf.ceiling_by_days", Title: "A month with two ceilings is split by days (1 yes; 0: the ceiling of its last day)", Unit: "count", Steps: []hr.ParameterStep{
			doubtful(first, "1", ceilingFAQ("Q7 and Q9"), "the gazette does not say how September 2026 is split; EPFO's FAQ splits it by days"),
		}},
		{Name: "epf.employee_rate", Title: "EPF rate of the employee", Unit: "percent", Steps: twelvePercent(first)},
		{Name: "epf.employer_rate", Title: "EPF rate of the employer, EPS in it", Unit: "percent", Steps: twelvePercent(first)},
		{Name: "epf.lower_rate", Title: "EPF rate of establishments of notified classes", Unit: "percent", Steps: []hr.ParameterStep{
			since("2025-11-21", "10", heldFrom("S.O. 3582(E)", "classes with 10 %, deemed from 21 November 2025", "2026-07-01")),
		}},
		{Name: "eps.rate", Title: "EPS rate", Unit: "percent", Steps: []hr.ParameterStep{
			since(first, "8.33", published("Employees' Pension Scheme 1995", "para 3", "1995-11-16", notReadAgain)),
			doubtful("2026-06-29", "8.33", heldFrom("Employees' Pension Scheme 2026, G.S.R. 527(E)", "para 4(1)", "2026-06-29"),
				"S.O. 3580(E) of 1 July 2026 says eight and one-third per cent; EPFO's own examples use 8.33 %"),
		}},
		{Name: "eps.higher_rate", Title: "EPS on wages above the first 15,000, for the joint option", Unit: "percent", Steps: []hr.ParameterStep{
			doubtful("2014-09-01", "9.49", published("Employees' Pension Scheme 1995", "para 11(4), as amended", "2014-08-22", ""),
				"the member's 1.16 % is taken from the employer's contribution since the notification of 3 May 2023; before it the member paid it"),
			since("2026-06-29", "9.49", heldFrom("Employees' Pension Scheme 2026, G.S.R. 527(E)", "para 4(2)", "2026-06-29")),
		}},
		{Name: "eps.higher_from", Title: "Wages above which that rate holds, a month", Unit: "money", Steps: []hr.ParameterStep{
			since("2014-09-01", "15000", published("Employees' Pension Scheme 1995", "para 11(4), as amended", "2014-08-22", "")),
			since("2026-06-29", "15000", heldFrom("Employees' Pension Scheme 2026, G.S.R. 527(E)", "para 4(2)", "2026-06-29")),
		}},
		{Name: "edli.rate", Title: "EDLI rate", Unit: "percent", Steps: []hr.ParameterStep{
			since(first, "0.5", published("Employees' Deposit Linked Insurance Scheme 1976", "para 7", "1976-07-28", notReadAgain)),
			since("2026-07-01", "0.5", heldFrom("S.O. 3581(E)", "EDLI 0.5 %", "2026-07-01")),
		}},
		{Name: "edli.on_total", Title: "EDLI of an establishment is rounded on the sum of its members' wages (1 yes; 0: for each of them)", Unit: "count", Steps: []hr.ParameterStep{
			since(first, "1", published("Employees' Deposit Linked Insurance Scheme 1976", "para 7", "1976-07-28", notReadAgain)),
			since("2026-06-29", "0", heldFrom("Employees' Deposit Linked Insurance Scheme 2026, G.S.R. 526(E)", "para 5(3)", "2026-06-29")),
		}},
		{Name: "epf.admin_rate", Title: "Rate of EPF administration charges", Unit: "percent", Steps: adminCharges("0.5")},
		{Name: "epf.admin_minimum", Title: "Least administration charges of an establishment, a month", Unit: "money", Steps: adminCharges("500")},
		{Name: "epf.admin_minimum_empty", Title: "The same, in a month without a contributing member", Unit: "money", Steps: adminCharges("75")},
	})
}

func twelvePercent(first string) []hr.ParameterStep {
	return []hr.ParameterStep{
		since(first, "12", epfAct1952("s.6")),
		since("2025-11-21", "12", heldFrom("S.O. 3582(E)", "EPF 12 %, deemed from 21 November 2025", "2026-07-01")),
	}
}

func adminCharges(v string) []hr.ParameterStep {
	return []hr.ParameterStep{
		since("2018-06-01", v, notification("S.O. 2011(E)", "administration charges", "2018-05-21")),
		doubtful("2026-06-29", v, notification("S.O. 2011(E)", "administration charges", "2018-05-21"),
			"no rate is notified yet under the EPF Scheme 2026; EPFO's FAQ Q13 goes on with the old one"),
	}
}

// AdminCharges returns what an establishment pays for the administration of EPF in a wage month: the rate on the sum of its members'
// EPF wages (the lines epf_wages), to the rupee, half up, and not below the minimum; without a contributing member the other
// minimum. The lines epf_admin of the payslips carry each member's share without the minimum, and rounded each by itself, so their
// sum differs. It returns a [hr.ParameterError] for a month without a value in p, and a [hr.FieldError] for a negative sum or number.
func AdminCharges(p payroll.Pack, month hr.Period, epfWages decimal.Decimal, members int) (decimal.Decimal, error) {
	var faults hr.Faults
	if err := month.Validate(); err != nil || month.Open() {
		faults.Add("month", RuleMonth, "must have a first and a last day")
	}
	if epfWages.Sign() < 0 {
		faults.Add("epf_wages", RuleNegative, "must not be negative")
	}
	if members < 0 {
		faults.Add("members", RuleNegative, "must not be negative")
	}
	if faults.Any() {
		return decimal.Decimal{}, faults.Err()
	}
	if members == 0 {
		return value(p, "epf.admin_minimum_empty", month.Through)
	}
	rate, err := value(p, "epf.admin_rate", month.Through)
	if err != nil {
		return decimal.Decimal{}, err
	}
	least, err := value(p, "epf.admin_minimum", month.Through)
	if err != nil {
		return decimal.Decimal{}, err
	}
	rupee := hr.MustRounding("1", hr.HalfUp)
	charges, err := rupee.Ratio(epfWages.Mul(rate), decimal.NewFromInt(100))
	if err != nil {
		return decimal.Decimal{}, err
	}
	return decimal.Max(charges, least), nil
}
