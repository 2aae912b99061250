package uk

import (
	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave"
)

// FamilyPolicies returns the family leaves as leave types from a day on, in calendar days by event ([leave.Service.GrantOccasion]): "paternity",
// "bereaved_partner", "neonatal", "bereaved_parent", "parental" (unpaid, for each child) and "carer" (unpaid, by leave year). Paid is
// zero for all: what statutory pay there is goes by weeks at a flat rate, and is no share of pay. Of neonatal care leave a host grants
// a week for each seven days in care, and what of parental leave was taken in a year is limited to four weeks.
func FamilyPolicies(law leave.Law, since hr.Date) ([]hr.Step[leave.Policy], error) {
	v, err := law.Values(since, "family.paternity_weeks", "family.paternity_within", "family.paternity_notice", "family.bereaved_partner_weeks",
		"family.neonatal_weeks", "family.bereaved_parent_weeks", "family.bereaved_parent_within", "family.parental_weeks", "family.parental_year_weeks", "family.carer_weeks")
	if err != nil {
		return nil, err
	}
	seven := decimal.NewFromInt(7)
	weeks := func(n decimal.Decimal) decimal.Decimal { return n.Mul(seven) }
	event := func(t leave.TypeID, name string, n decimal.Decimal, months int) leave.Policy {
		return leave.Policy{
			Type: t, Name: name, Unit: leave.Days, Counting: leave.Counting{Sandwich: leave.SandwichCalendar},
			Occasion: leave.Occasion{Days: weeks(n), Months: months},
		}
	}
	within := func(n decimal.Decimal) int { return (int(n.IntPart())*12 + 51) / 52 } // whole months, up: nobody loses a day of the weeks
	paternity := event("paternity", "Paternity leave", v[0], within(v[1]))
	paternity.Notice = leave.Notice{Days: int(v[2].IntPart())}
	parental := event("parental", "Parental leave", v[7], 18*12) // until the child is 18
	parental.Limits.PerYear = weeks(v[8])
	carer := leave.Policy{
		Type: "carer", Name: "Carer's leave", Unit: leave.Days, Counting: leave.Counting{Sandwich: leave.SandwichCalendar},
		Negative: leave.Negative{NoLimit: true}, Limits: leave.Limits{PerYear: weeks(v[9])},
	}
	policies := []leave.Policy{
		paternity, event("bereaved_partner", "Bereaved partner's paternity leave", v[3], 12), event("neonatal", "Neonatal care leave", v[4], 0),
		event("bereaved_parent", "Parental bereavement leave", v[5], within(v[6])), parental, carer,
	}
	out := make([]hr.Step[leave.Policy], len(policies))
	for i, p := range policies {
		out[i] = hr.Step[leave.Policy]{Since: since, Value: p, Source: family(p.Name)}
	}
	return out, nil
}

// Links reports whether a period of sickness that begins on a day links to one that ended on another: there are at most 56 days between them.
// Linked periods have one limit of 28 weeks and keep the average earnings of the first. It returns a [hr.FieldError] with RuleDay for a
// day missing, or a period that begins before the other has ended.
func Links(law leave.Law, ended, begins hr.Date) (bool, error) {
	if ended.IsZero() || !begins.After(ended) {
		return false, &hr.FieldError{Path: "begins", Rule: RuleDay, Reason: "must be after the day on which the other ended"}
	}
	most, err := law.Value("ssp.link_days", begins)
	return err == nil && int64(begins.Since(ended)-1) <= most.IntPart(), err
}

// SickWeeksLeft returns the weeks of SSP that are left of the 28 of linked periods, after so many days were paid of which a week has so many
// qualifying ones; exact to four decimals, half up, and never below zero. The faults are RuleNegative and RuleWeek.
func SickWeeksLeft(law leave.Law, on hr.Date, paid, qualifying decimal.Decimal) (decimal.Decimal, error) {
	var faults hr.Faults
	negative(&faults, "paid", paid)
	if qualifying.Sign() <= 0 || qualifying.Cmp(decimal.NewFromInt(7)) > 0 {
		faults.Add("qualifying", RuleWeek, "must be above zero and at most 7")
	}
	if faults.Any() {
		return decimal.Decimal{}, faults.Err()
	}
	most, err := law.Value("ssp.weeks", on)
	if err != nil {
		return decimal.Decimal{}, err
	}
	left := decimal.Max(most.Mul(qualifying).Sub(paid), decimal.Decimal{})
	return four.Ratio(left, qualifying)
}
