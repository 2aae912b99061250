package lifecycle

import "github.com/musterhr/hr"

// Scope says for whom a rule is, by their terms on a day. An empty part is everybody.
type Scope struct {
	Entity, Place, Region, Grade string
}

// Fits reports whether the rule is for somebody with terms t.
func (s Scope) Fits(t hr.Terms) bool {
	fits := func(want, is string) bool { return want == "" || want == is }
	return fits(s.Entity, t.Entity) && fits(s.Place, t.Place) && fits(s.Region, t.Region) && fits(s.Grade, t.Grade)
}

// ProbationRule says how long a trial lasts for whom.
type ProbationRule struct {
	Scope
	Months int // whole months from the first day; 0: there is no trial, and Confirm may follow Join at once
}

// probationEnd returns the last day of the trial by the first rule that fits; no date where none does or there is no trial.
func (s Service) probationEnd(t hr.Terms, start hr.Date) hr.Date {
	for _, r := range s.Probations {
		if r.Fits(t) && r.Months > 0 {
			end, err := start.AddMonths(r.Months, hr.MonthClamp)
			if err != nil {
				return hr.Date{}
			}
			return end.Add(-1)
		}
		if r.Fits(t) {
			return hr.Date{}
		}
	}
	return hr.Date{}
}
