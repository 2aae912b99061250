package in

import (
	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/shopspring/decimal"
)

// membershipParams are what decides who is under a law at all. The numbers of employees are for the host to read with
// [payroll.Pack.Value]: it knows how many it has, and an establishment that was covered once stays so.
func membershipParams() []hr.Parameter {
	const first = "2014-09-01"
	headcount := func(name, title, v string, act, code hr.Source) hr.Parameter {
		return hr.Parameter{Name: name, Title: title, Unit: "count", Steps: []hr.ParameterStep{since(first, v, act), since(codesInForce, v, code)}}
	}
	esiBefore := published("Employees' State Insurance Act 1948", "s.1(3)", "1948-04-19", notReadAgain)
	esiNow := esic("coverage; some extensions of the states are at 20")
	return []hr.Parameter{
		headcount("epf.employees", "Employees from which EPF covers an establishment", "20", epfAct1952("s.1(3)"), socialSecurity("First Schedule")),
		{Name: "esi.employees", Title: "Employees from which ESI covers an establishment", Unit: "count", Steps: []hr.ParameterStep{
			since(first, "10", esiBefore), doubtful(codesInForce, "10", esiNow, "some old extensions of the states are at 20"),
		}},
		headcount("gratuity.employees", "Employees from which gratuity is due", "10", gratuityAct("s.1(3)"), socialSecurity("First Schedule")),
		{Name: "eps.age", Title: "Age from which nobody contributes to the pension scheme", Unit: "years", Steps: []hr.ParameterStep{
			since(first, "58", published("Employees' Pension Scheme 1995", "para 6, para 12", "1995-11-16", notReadAgain)),
			since("2026-06-29", "58", heldFrom("Employees' Pension Scheme 2026, G.S.R. 527(E)", "membership", "2026-06-29")),
		}},
		{Name: "eps.government_rate", Title: "Government's share of EPS, on wages up to the ceiling; no payslip bears it", Unit: "percent", Steps: []hr.ParameterStep{
			since(first, "1.16", published("Employees' Pension Scheme 1995", "para 3(2)", "1995-11-16", notReadAgain)),
			since("2026-06-29", "1.16", heldFrom("Employees' Pension Scheme 2026, G.S.R. 527(E)", "Government's share", "2026-06-29")),
		}},
	}
}

// EPFExcluded reports whether somebody may stay out of the provident fund: wages of a full month above the ceiling on the day of joining,
// and no member before. Once a member, always one. Whether somebody who stayed out below a later, higher ceiling is brought in by it is
// the host's decision: EPFO says so of the ceiling of 17 September 2026. It returns a [hr.FieldError] for negative wages
// (RuleNegative), and a [hr.ParameterError] for a day without a ceiling in p.
func EPFExcluded(p payroll.Pack, joined hr.Date, wages decimal.Decimal, memberBefore bool) (bool, error) {
	if wages.Sign() < 0 {
		return false, &hr.FieldError{Path: "wages", Rule: RuleNegative, Reason: "must not be negative"}
	}
	ceiling, err := value(p, "epf.wage_ceiling", joined)
	if err != nil {
		return false, err
	}
	return !memberBefore && wages.Cmp(ceiling) > 0, nil
}

// EPSEnds returns the day from which the answer eps_member is no, by the law of the day on: the 58th birthday. No birth day has none. It
// returns a [hr.ParameterError] for a day on without an age in p.
func EPSEnds(p payroll.Pack, born, on hr.Date) (hr.Date, error) {
	if born.IsZero() {
		return hr.Date{}, nil
	}
	age, err := value(p, "eps.age", on)
	if err != nil {
		return hr.Date{}, err
	}
	return born.AddMonths(12*int(age.IntPart()), hr.MonthClamp)
}

// EPSMember decides whether somebody is a member of the pension scheme on a day: not who first joined the provident fund on or after 1
// September 2014 with wages of a full month above the ceiling of that day, and not from the 58th birthday on. A pension put off to 60 is
// the host's to say. No birth day counts as below that age. Its errors are those of [EPFExcluded].
func EPSMember(p payroll.Pack, firstJoined hr.Date, wagesThen decimal.Decimal, born, on hr.Date) (bool, error) {
	if wagesThen.Sign() < 0 {
		return false, &hr.FieldError{Path: "wages", Rule: RuleNegative, Reason: "must not be negative"}
	}
	ends, err := EPSEnds(p, born, on)
	if err != nil {
		return false, err
	}
	if !ends.IsZero() && !on.Before(ends) {
		return false, nil
	}
	if firstJoined.Before(hr.MustDate("2014-09-01")) {
		return true, nil
	}
	ceiling, err := value(p, "epf.wage_ceiling", firstJoined)
	if err != nil {
		return false, err
	}
	return wagesThen.Cmp(ceiling) <= 0, nil
}
