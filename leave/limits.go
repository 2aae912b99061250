package leave

import (
	"slices"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
)

// Limits say how much one request, one run and one leave year may take. The zero Limits are off; each limit is off at zero.
type Limits struct {
	Least   decimal.Decimal `json:"least,omitzero" class:"public"`    // of a request
	Most    decimal.Decimal `json:"most,omitzero" class:"public"`     // of a request
	Run     decimal.Decimal `json:"run,omitzero" class:"public"`      // of requests of the type that touch, days off between them left out
	PerYear decimal.Decimal `json:"per_year,omitzero" class:"public"` // of a leave year, by the first day of each request
	Times   int             `json:"times,omitempty" class:"public"`   // requests in a leave year
	Apart   []TypeID        `json:"apart,omitempty" class:"public"`   // types that it may not touch
}

// Validate returns [hr.FieldError]s with RulePolicyLimits.
func (l Limits) Validate() error {
	var faults hr.Faults
	for _, f := range []struct {
		path string
		d    decimal.Decimal
	}{{"least", l.Least}, {"most", l.Most}, {"run", l.Run}, {"per_year", l.PerYear}} {
		if f.d.Sign() < 0 {
			faults.Add(f.path, RulePolicyLimits, "must not be below zero")
		}
	}
	if l.Times < 0 {
		faults.Add("times", RulePolicyLimits, "must not be below zero")
	}
	if l.Most.Sign() > 0 && l.Least.Cmp(l.Most) > 0 {
		faults.Add("least", RulePolicyLimits, "must not be above the most")
	}
	if slices.Contains(l.Apart, "") {
		faults.Missing("apart", RulePolicyLimits)
	}
	return faults.Err()
}

// check records what stands against a request of so many days, given the other live requests of the employee and those of them that it
// touches.
func (l Limits) check(faults *hr.Faults, days decimal.Decimal, year hr.Period, t TypeID, others, touching []Request) {
	if days.Cmp(l.Least) < 0 {
		faults.Add("period", RuleRequestLimit, "takes less than %s, the least of a request", l.Least)
	}
	if l.Most.Sign() > 0 && days.Cmp(l.Most) > 0 {
		faults.Add("period", RuleRequestLimit, "takes more than %s, the most of a request", l.Most)
	}
	run, inYear, times := days, days, 1
	for _, o := range touching {
		if o.Type == t {
			run = run.Add(o.Total())
		}
		if slices.Contains(l.Apart, o.Type) {
			faults.Add("period", RuleRequestApart, "may not touch request %s", o.ID)
		}
	}
	for _, o := range others {
		if o.Type == t && year.Contains(o.Period.From) {
			inYear, times = inYear.Add(o.Total()), times+1
		}
	}
	if l.Run.Sign() > 0 && run.Cmp(l.Run) > 0 {
		faults.Add("period", RuleRequestLimit, "makes a run of more than %s", l.Run)
	}
	if l.PerYear.Sign() > 0 && inYear.Cmp(l.PerYear) > 0 {
		faults.Add("period", RuleRequestLimit, "makes more than %s in the leave year", l.PerYear)
	}
	if l.Times > 0 && times > l.Times {
		faults.Add("period", RuleRequestLimit, "is more than request number %d of the leave year", l.Times)
	}
}

// touching returns the live requests that p touches: with nothing worked between them, on either side, and those that these touch.
func (sit situation) touching(p hr.Period) ([]Request, error) {
	var out []Request
	for _, step := range []int{-1, 1} {
		d := p.From
		if step == 1 {
			d = p.Through
		}
		for {
			d = d.Add(step)
			beyond := func(o Request) bool {
				return step == -1 && !o.Period.From.After(d) || step == 1 && !o.Period.Through.Before(d)
			}
			if !sit.around.Contains(d) || !slices.ContainsFunc(sit.others, beyond) { // the calendar is not read past all leave
				break
			}
			i := slices.IndexFunc(sit.others, func(o Request) bool { return o.Period.Contains(d) })
			if i >= 0 {
				o := sit.others[i]
				out = append(out, o)
				if d = o.Period.From; step == 1 {
					d = o.Period.Through
				}
				continue
			}
			day, err := sit.calendar.Day(d)
			if err != nil {
				return nil, err
			}
			if day.Working() {
				break
			}
		}
	}
	return out, nil
}
