package attendance

import (
	"fmt"
	"slices"

	"github.com/musterhr/hr"
)

// Apply splits the time worked on each day by the tiers, workweek by workweek, and returns the days with their bands and overtime of the
// tiers instead of those of the rule [Overtime]; the night and the weekend are counted beside them as before. days must follow each
// other, each once; those not employed have no minutes. A week of which the first days are missing counts as if nothing had been
// worked on them: begin with a whole one.
//
// It returns [hr.FieldError]s: what [Tiers.Validate] returns, and RuleTimesheetDays for days that do not follow each other.
func (t Tiers) Apply(days []Day) ([]Day, error) {
	var faults hr.Faults
	faults.Join("tiers", t.Validate())
	for i := 1; i < len(days); i++ {
		if days[i].Date != days[i-1].Date.Add(1) {
			faults.Add(fmt.Sprintf("days[%d].date", i), RuleTimesheetDays, "must be the day after the one before it")
		}
	}
	if faults.Any() {
		return nil, faults.Err()
	}
	out := slices.Clone(days)
	for from := 0; from < len(out); {
		// A week that begins in the middle has its missing days as days of no work, so that its seventh day is the seventh.
		before := (int(out[from].Date.Weekday()) - int(t.Starts) + 7) % 7
		until := min(len(out), from+7-before)
		week := make([]DayWork, before, 7)
		for _, d := range out[from:until] {
			week = append(week, DayWork{Minutes: d.Worked, Kind: d.Kind})
		}
		bands, err := t.Split(week)
		if err != nil {
			return nil, err
		}
		for i := range out[from:until] {
			out[from+i].setBands(bands[before+i])
		}
		from = until
	}
	return out, nil
}

// setBands gives a day other bands for the time worked; those that count it once more stay.
func (d *Day) setBands(bands []hr.Band) {
	all := make([]hr.Band, 0, len(bands)+2)
	all = append(all, bands...)
	d.Overtime = 0
	for _, b := range bands {
		if b.Name != BandRegular {
			d.Overtime += b.Minutes
		}
	}
	for _, b := range d.Bands {
		if b.Name == BandNight || b.Name == BandWeekend {
			all = append(all, b)
		}
	}
	if slices.Equal(all, d.Bands) {
		return
	}
	d.Bands = all
	if len(d.Trace.Parts) == 0 {
		return
	}
	part := timed("overtime", d.Overtime, "by the workweek: what the day makes of its minutes first, then, of what is still regular, the week")
	for _, b := range bands {
		part.Parts = append(part.Parts, timed(b.Name, b.Minutes, ""))
	}
	d.Trace.Parts = slices.DeleteFunc(slices.Clone(d.Trace.Parts), func(p hr.Trace) bool { return p.Name == "overtime" })
	last := len(d.Trace.Parts) - 1 // what is payable comes last
	d.Trace.Parts = slices.Insert(d.Trace.Parts, last, part)
}

// workweeks returns the days that decide the bands of those of p: back to the first day of their workweek, whichever day that is.
func (s Service) workweeks(p hr.Period) hr.Period {
	if len(s.Tiers) > 0 {
		if from := p.From.Add(-6); !from.IsZero() {
			p.From = from
		}
	}
	return p
}

// restOfWeek returns the days whose bands those of p decide.
func (s Service) restOfWeek(p hr.Period) hr.Period {
	if len(s.Tiers) > 0 && !p.Open() {
		if through := p.Through.Add(6); !through.IsZero() {
			p.Through = through
		}
	}
	return p
}

// overtime applies the tiers of the region to each workweek, by those that hold on its first day in the region.
func (s Service) overtime(f facts, days []Day) ([]Day, error) {
	if len(s.Tiers) == 0 {
		return s.approved(f, days)
	}
	out := make([]Day, 0, len(days))
	for from := 0; from < len(days); {
		region, tiers := s.tiersOn(f, days[from].Date)
		until := from + 1
		for until < len(days) && days[until].Date.Weekday() != tiers.Starts {
			if next, _ := s.tiersOn(f, days[until].Date); next != region {
				break
			}
			until++
		}
		week := days[from:until]
		if !tiers.IsZero() {
			var err error
			if week, err = tiers.Apply(week); err != nil {
				return nil, err
			}
		}
		out = append(out, week...)
		from = until
	}
	return s.approved(f, out)
}

// approved takes out of the overtime what was not allowed, where the policy of the shift wants that.
func (s Service) approved(f facts, days []Day) ([]Day, error) {
	for i := range days {
		rule := s.policy(days[i].Shift).Overtime.Approval
		if rule == OvertimeFree || days[i].Overtime == 0 {
			continue
		}
		one, err := rule.Apply(days[i:i+1], f.permits.allowances(days[i].Date))
		if err != nil {
			return nil, err
		}
		days[i] = one[0]
	}
	return days, nil
}

// tiersOn returns the region of a day, and its tiers; none where it has none, or nobody is employed.
func (s Service) tiersOn(f facts, d hr.Date) (region string, tiers Tiers) {
	terms, employed := f.terms.At(d)
	if !employed {
		return "", Tiers{}
	}
	tiers, _ = s.Tiers[terms.Region].At(d)
	return terms.Region, tiers
}
