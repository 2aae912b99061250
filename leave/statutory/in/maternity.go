package in

import (
	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave"
)

// Event is what maternity leave is for. The empty Event is none.
type Event string

const (
	Birth         Event = "birth"
	Adoption      Event = "adoption"
	Commissioning Event = "commissioning" // the child is born to a surrogate
	Miscarriage   Event = "miscarriage"   // or medical termination
	Tubectomy     Event = "tubectomy"
	Illness       Event = "illness" // from pregnancy, birth, miscarriage or tubectomy: beside the leave of these
)

// Motherhood is what maternity leave depends on.
type Motherhood struct {
	Event     Event
	On        hr.Date          // the day that decides which law holds: the expected day, or that of the event or handing over
	Surviving int              // surviving children before a birth
	Worked    *decimal.Decimal // days worked in the twelve months before; nil is not asked
	ChildAge  int              // of an adopted child, in months
}

// Entitled is maternity leave. All its days are calendar days: weekly offs and holidays are inside it.
type Entitled struct {
	Eligible    bool
	Weeks, Days int     // of illness: no weeks, and the most days, to the day before that of the next month
	WeeksBefore int     // of a birth: the most that may be taken before the expected day
	Earliest    hr.Date // of a birth: the expected day less these weeks
}

// LastDay returns the last day of leave that begins on first; no date where there is none.
func (e Entitled) LastDay(first hr.Date) hr.Date {
	if e.Days == 0 {
		return hr.Date{}
	}
	return first.Add(e.Days - 1)
}

// Maternity works out maternity leave by the Code on Social Security 2020, ss.60 to 65, and by the Maternity Benefit Act before
// 21 November 2025. Below 80 days worked there is none. From 17 March 2026 the age of an adopted child does not matter.
func Maternity(law leave.Law, m Motherhood) (Entitled, error) {
	var faults hr.Faults
	names := map[Event]string{
		Birth: "maternity.weeks", Adoption: "maternity.weeks_adoption", Commissioning: "maternity.weeks_adoption",
		Miscarriage: "maternity.weeks_miscarriage", Tubectomy: "maternity.weeks_tubectomy", Illness: "maternity.illness_months",
	}
	name, ok := names[m.Event]
	if !ok {
		faults.Add("event", RuleKind, "must be birth, adoption, commissioning, miscarriage, tubectomy or illness")
	}
	if m.On.IsZero() {
		faults.Missing("on", RuleDay)
	}
	if m.Surviving < 0 {
		faults.Add("surviving", RuleNegative, "must not be below zero")
	}
	if m.ChildAge < 0 {
		faults.Add("child_age", RuleNegative, "must not be below zero")
	}
	if m.Worked != nil && m.Worked.Sign() < 0 {
		faults.Add("worked", RuleNegative, "must not be below zero")
	}
	if faults.Any() {
		return Entitled{}, faults.Err()
	}
	before := "maternity.weeks_before"
	if m.Event == Birth && m.Surviving >= 2 {
		name, before = "maternity.weeks_third", "maternity.weeks_before_third"
	}
	v, err := law.Values(m.On, "maternity.worked_days", name, before, "maternity.adoption_age")
	if err != nil {
		return Entitled{}, err
	}
	if m.Worked != nil && m.Worked.Cmp(v[0]) < 0 {
		return Entitled{}, nil
	}
	if limit := int(v[3].IntPart()); m.Event == Adoption && limit > 0 && m.ChildAge >= limit {
		return Entitled{}, nil
	}
	if m.Event == Illness {
		next, err := m.On.AddMonths(int(v[1].IntPart()), hr.MonthClamp)
		return Entitled{Eligible: true, Days: next.Since(m.On)}, err
	}
	weeks := int(v[1].IntPart())
	e := Entitled{Eligible: true, Weeks: weeks, Days: 7 * weeks}
	if m.Event == Birth {
		e.WeeksBefore = int(v[2].IntPart())
		e.Earliest = m.On.Add(-7 * e.WeeksBefore)
	}
	return e, nil
}

// NursingBreaks returns the breaks a day that a mother has to nurse a child, beside the interval for rest: two until the child is fifteen
// months old. It returns a [hr.FieldError] with RuleDay for a day before the birth, or none.
func NursingBreaks(law leave.Law, on, born hr.Date) (int, error) {
	if on.IsZero() || born.IsZero() || on.Before(born) {
		return 0, &hr.FieldError{Path: "born", Rule: RuleDay, Reason: "must be a day, and not after the one that is asked about"}
	}
	v, err := law.Values(on, "nursing.breaks", "nursing.months")
	if err != nil {
		return 0, err
	}
	until, err := born.AddMonths(int(v[1].IntPart()), hr.MonthClamp)
	if err != nil || !on.Before(until) {
		return 0, err
	}
	return int(v[0].IntPart()), nil
}
