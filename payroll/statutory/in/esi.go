package in

import (
	"time"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/shopspring/decimal"
)

func esiParams() []hr.Parameter {
	const (
		codes  = "2025-11-21" // the Code on Social Security is in force
		lapsed = "2026-11-21" // the Rules and Regulations of 1950 were saved for one year
		doubt  = "the old rules were saved to about this day, and no complete successor was found"
	)
	steps := func(day, v string, s hr.Source) []hr.ParameterStep {
		return []hr.ParameterStep{since(day, v, s), doubtful(lapsed, v, s, doubt)}
	}
	return []hr.Parameter{
		{Name: "esi.employee_rate", Title: "ESI rate of the employee", Unit: "percent", Steps: []hr.ParameterStep{
			since("2017-01-01", "1.75", esic("rates before 1 July 2019")),
			since("2019-07-01", "0.75", esic("rates from 1 July 2019")),
			since("2026-05-08", "0.75", centralRules2026("r.19(1)")),
		}},
		{Name: "esi.employer_rate", Title: "ESI rate of the employer", Unit: "percent", Steps: []hr.ParameterStep{
			since("2017-01-01", "4.75", esic("rates before 1 July 2019")),
			since("2019-07-01", "3.25", esic("rates from 1 July 2019")),
			since("2026-05-08", "3.25", centralRules2026("r.19(1)")),
		}},
		{Name: "esi.coverage_limit", Title: "Wages up to which ESI covers, a month", Unit: "money", Steps: steps("2017-01-01", "21000", esic("coverage"))},
		{Name: "esi.coverage_limit_disability", Title: "The same for a person with disability", Unit: "money", Steps: steps("2017-01-01", "25000", esic("coverage"))},
		{Name: "esi.exempt_daily_wage", Title: "Average daily wage up to which the employee pays nothing", Unit: "money/days", Steps: steps("2019-09-06", "176", esic("no employee share; first day not read again"))},
		{Name: "esi.on_code_wages", Title: "ESI goes by wages with the 50 % add-back (1 yes; 0: by gross pay)", Unit: "count", Steps: []hr.ParameterStep{
			since("2017-01-01", "0", esic("wages")),
			doubtful(codes, "1", published("ESIC circular on the definition of wages", "s.2(88) of the Code on Social Security", "2025-12-11", ""),
				"the circular is about coverage; whether contributions move from gross pay to this base is disputed"),
		}},
	}
}

// ContributionPeriod returns the ESI contribution period that contains d: April to September or October to March. No date has none.
func ContributionPeriod(d hr.Date) hr.Period {
	if d.IsZero() {
		return hr.Period{}
	}
	year, month := d.Year(), d.Month()
	switch {
	case month < time.April:
		return half(year-1, time.October)
	case month < time.October:
		return half(year, time.April)
	}
	return half(year, time.October)
}

// BenefitPeriod returns the six months that contributions of the contribution period of d give benefits in: January to June after April to
// September, July to December after October to March. No date has none.
func BenefitPeriod(d hr.Date) hr.Period {
	paid := ContributionPeriod(d)
	if paid.IsZero() {
		return hr.Period{}
	}
	first, err := paid.From.AddMonths(9, hr.MonthClamp)
	if err != nil { // past the end of the calendar
		return hr.Period{}
	}
	return half(first.Year(), first.Month())
}

// half returns the six months from the first of a month on.
func half(year int, month time.Month) hr.Period {
	from, err := hr.NewDate(year, month, 1)
	if err != nil { // before the calendar begins
		return hr.Period{}
	}
	last, err := from.AddMonths(5, hr.MonthClamp)
	if err != nil { // past its end
		return hr.Period{}
	}
	return hr.Period{From: from, Through: last.EndOfMonth()}
}

// ESICovered decides whether ESI covers somebody: on the first day of a contribution period, or on joining, whether the wages of a
// full month, as contracted, are at most the limit. The answer holds to the end of that contribution period whatever happens
// to the wages; keep it as the answer esi_covered. The line esi_coverage_wages of a payslip says what the wages are. It returns a
// [hr.ParameterError] for a day without a limit in p, and a [hr.FieldError] for negative wages.
func ESICovered(p payroll.Pack, on hr.Date, wages decimal.Decimal, disability bool) (bool, error) {
	if wages.Sign() < 0 {
		return false, &hr.FieldError{Path: "wages", Rule: RuleNegative, Reason: "must not be negative"}
	}
	name := "esi.coverage_limit"
	if disability {
		name = "esi.coverage_limit_disability"
	}
	limit, err := value(p, name, on)
	if err != nil {
		return false, err
	}
	return wages.Cmp(limit) <= 0, nil
}
