package in

import (
	"fmt"
	"strconv"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/shopspring/decimal"
)

func maternityParams() []hr.Parameter {
	param := func(name, title, unit, v, section string) hr.Parameter {
		return hr.Parameter{Name: name, Title: title, Unit: unit, Steps: []hr.ParameterStep{
			since("2017-04-01", v, published("Maternity Benefit Act 1961, as amended in 2017", "ss.5, 8, 9, 9A", "2017-03-27", notReadAgain)),
			since(codesInForce, v, socialSecurity(section)),
		}}
	}
	return []hr.Parameter{
		param("maternity.weeks", "Weeks of benefit for a birth", "count", "26", "s.60(3)"),
		param("maternity.weeks_before", "Of these at most before the expected day", "count", "8", "s.60(3)"),
		param("maternity.weeks_two_children", "Weeks of benefit with two surviving children or more", "count", "12", "s.60(3)"),
		param("maternity.weeks_before_two_children", "Of these at most before the expected day", "count", "6", "s.60(3)"),
		param("maternity.weeks_adoption", "Weeks for an adopting or commissioning mother", "count", "12", "s.60(4)"),
		param("maternity.weeks_miscarriage", "Weeks after a miscarriage or termination", "count", "6", "s.65(1)"),
		param("maternity.weeks_tubectomy", "Weeks after a tubectomy", "count", "2", "s.65(2)"),
		param("maternity.days_worked", "Days worked in the last twelve months that are needed", "days", "80", "s.60(2)"),
		param("maternity.medical_bonus", "Medical bonus where no free care is given", "money", "3500", "s.64"),
		param("maternity.children", "Surviving children from which the benefit is shorter", "count", "2", "s.60(3)"),
	}
}

// MaternityEvent is what maternity benefit is paid for. The empty event is not one.
type MaternityEvent string

// The events.
const (
	Birth         MaternityEvent = "birth"
	Adoption      MaternityEvent = "adoption"      // of a child below three months
	Commissioning MaternityEvent = "commissioning" // a commissioning mother
	Miscarriage   MaternityEvent = "miscarriage"   // or medical termination
	Tubectomy     MaternityEvent = "tubectomy"
)

// MaternityClaim is what decides about maternity benefit.
type MaternityClaim struct {
	On                hr.Date // the day of the event, expected or real: its law is applied
	Event             MaternityEvent
	SurvivingChildren int             // before this birth
	DaysWorked        int             // in the twelve months before the expected day
	AverageDailyWage  decimal.Decimal // of the three months before the absence, for each day worked
	FreeCare          bool            // the employer gives care before and after birth without charge: no medical bonus
}

// MaternityBenefit is what is paid.
type MaternityBenefit struct {
	Eligible     bool
	Weeks        int
	WeeksBefore  int             // of Weeks, at most before the expected day; 0 for what is no birth
	Days         int             // calendar days, weekly offs and holidays included: 7 for each week
	Amount       decimal.Decimal // for these days, to the paisa, half up
	MedicalBonus decimal.Decimal // beside Amount; for a birth only
	Trace        hr.Trace        // of Amount, with the law
}

// Maternity works out maternity benefit: the average daily wage for every calendar day of the weeks that the law gives. Who worked fewer
// days than needed in the last twelve months gets nothing. Where ESI covers, ESI pays instead and this does not apply.
//
// It returns all faults at once: [hr.FieldError]s for no day (RuleDay), an unknown event (RuleMaternity), and children, days or a wage
// below zero (RuleNegative); or a [hr.ParameterError] where p has no value on the day.
func Maternity(p payroll.Pack, c MaternityClaim) (MaternityBenefit, error) {
	if err := c.validate(); err != nil {
		return MaternityBenefit{}, err
	}
	law := &reading{pack: p, on: c.On}
	b := MaternityBenefit{Eligible: true}
	need := law.number("maternity.days_worked")
	var why string
	switch {
	case c.DaysWorked < need:
		b.Eligible, why = false, fmt.Sprintf("nothing: %d days worked of %d needed", c.DaysWorked, need)
	case c.Event == Adoption || c.Event == Commissioning:
		b.Weeks, why = law.number("maternity.weeks_adoption"), "an adopting or commissioning mother"
	case c.Event == Miscarriage:
		b.Weeks, why = law.number("maternity.weeks_miscarriage"), "a miscarriage or termination"
	case c.Event == Tubectomy:
		b.Weeks, why = law.number("maternity.weeks_tubectomy"), "a tubectomy"
	case c.SurvivingChildren >= law.number("maternity.children"):
		b.Weeks, b.WeeksBefore = law.number("maternity.weeks_two_children"), law.number("maternity.weeks_before_two_children")
		why = fmt.Sprintf("a birth, surviving children before it: %d", c.SurvivingChildren)
	default:
		b.Weeks, b.WeeksBefore = law.number("maternity.weeks"), law.number("maternity.weeks_before")
		why = fmt.Sprintf("a birth, surviving children before it: %d", c.SurvivingChildren)
	}
	source := law.source
	if b.Eligible && c.Event == Birth && !c.FreeCare {
		b.MedicalBonus = law.value("maternity.medical_bonus")
	}
	if err := law.err(); err != nil {
		return MaternityBenefit{}, err
	}
	b.Days = 7 * b.Weeks
	b.Amount = paisa().Apply(c.AverageDailyWage.Mul(decimal.NewFromInt(int64(b.Days))))
	b.Trace = hr.Trace{
		Name: "Maternity benefit", Value: hr.Canonical(b.Amount), Unit: "money",
		Rule: fmt.Sprintf("average daily wage * %d weeks * 7 days", b.Weeks), Note: why + "; every calendar day counts; half_up to 0.01",
		Source: source,
		Parts: append([]hr.Trace{
			givenMoney("Average daily wage", c.AverageDailyWage), given("Days worked in twelve months", strconv.Itoa(c.DaysWorked), "days"),
		}, law.told()...),
	}
	return b, nil
}

func (c MaternityClaim) validate() error {
	var faults hr.Faults
	if c.On.IsZero() {
		faults.Missing("on", RuleDay)
	}
	switch c.Event {
	case Birth, Adoption, Commissioning, Miscarriage, Tubectomy:
	default:
		faults.Add("event", RuleMaternity, "must be birth, adoption, commissioning, miscarriage or tubectomy")
	}
	if c.SurvivingChildren < 0 {
		faults.Add("surviving_children", RuleNegative, "must not be negative")
	}
	if c.DaysWorked < 0 {
		faults.Add("days_worked", RuleNegative, "must not be negative")
	}
	notNegative(&faults, "average_daily_wage", c.AverageDailyWage)
	return faults.Err()
}
