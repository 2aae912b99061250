package leave

import (
	"fmt"
	"slices"

	"github.com/musterhr/hr"
)

// held is a type's policy with the days from which it holds. It is copied once for a calculation and pointed into from there: a [Policy] is large, and a calculation asks for it every
// month of an employment. What follows from the policy alone is worked out once too, for all who are calculated with it. It is for one goroutine.
type held struct {
	t     TypeID
	steps []hr.Step[Policy]
	years map[wholeYear][]credit
	lots  map[month]LotID
}

// wholeYear is a leave year under a policy that holds on all of its days.
type wholeYear struct {
	policy *Policy
	year   hr.Period
}

// month is what the lot of a credit of days is named after.
type month struct {
	first  hr.Date
	yearly bool
}

func heldOf(t TypeID, policies hr.Timeline[Policy]) *held {
	return &held{t: t, steps: policies.Steps(), years: map[wholeYear][]credit{}, lots: map[month]LotID{}}
}

// since is the first day on which a policy of the type held, or was said not to: no day where there is none.
func (h *held) since() hr.Date {
	if len(h.steps) == 0 {
		return hr.Date{}
	}
	return h.steps[0].Since
}

// at returns the policy that holds on a day, nil where none does.
func (h *held) at(d hr.Date) *Policy {
	for i := len(h.steps) - 1; i >= 0 && !d.IsZero(); i-- {
		if !h.steps[i].Since.After(d) {
			return h.policy(i)
		}
	}
	return nil
}

// policy is that of a step, nil where it says that there is none.
func (h *held) policy(i int) *Policy {
	if h.steps[i].Void {
		return nil
	}
	return &h.steps[i].Value
}

// after returns the first day after d on which another step begins; none if there is none.
func (h *held) after(d hr.Date) hr.Date {
	for i := range h.steps {
		if since := h.steps[i].Since; since.After(d) {
			return since
		}
	}
	return hr.Date{}
}

// any reports whether a policy is like that.
func (h *held) any(like func(*Policy) bool) bool {
	return slices.ContainsFunc(h.steps, func(s hr.Step[Policy]) bool { return !s.Void && like(&s.Value) })
}

// whole returns the credits of a leave year for whoever is employed on all of its days, by the first day of the period that each is of; nil where they follow from more
// than the policy: when somebody joined, or another policy that holds on some of the days.
func (h *held) whole(p *Policy, year, spell hr.Period) []credit {
	if spell.From.After(year.From) || !spell.Open() && spell.Through.Before(year.Through) || p.Waiting.Lost || !p.Tiers.off() {
		return nil
	}
	key := wholeYear{p, year}
	credits, known := h.years[key]
	if !known {
		if next := h.after(year.From); next.IsZero() || next.After(year.Through) {
			credits, _ = creditsOf(h.t, p, year) // whoever has a credit that cannot be rounded meets the fault there
		}
		h.years[key] = credits
	}
	return credits
}

func creditsOf(t TypeID, p *Policy, year hr.Period) ([]credit, error) {
	months, err := monthsOf(year)
	if err != nil {
		return nil, err
	}
	var out []credit
	var sum runningSum
	for n := p.Accrual.Every.months(); len(months) > 0; months = months[n:] {
		var c credit
		if c, err = p.credited(t, &sum, year, months[:n], year); err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, nil
}

// lot names the credit of days of a day.
func (h *held) lot(a Accrual, day hr.Date) LotID {
	m := month{day.FirstOfMonth(), a.Every.months() == 12}
	name, known := h.lots[m]
	if !known {
		if m.yearly {
			name = LotID(fmt.Sprintf("%s%04d", creditPrefix(h.t), day.Year()))
		} else {
			name = LotID(fmt.Sprintf("%s%04d-%02d", creditPrefix(h.t), day.Year(), day.Month()))
		}
		h.lots[m] = name
	}
	return name
}
