package attendance

import (
	"context"
	"fmt"
	"slices"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// Days returns what each day of p was for one employee, as known at the view's Known: the days not employed too, with that
// status. p must have a last day (RulePeriodOpen).
//
// A shift or calendar that the service does not have is a [hr.FieldError] with RuleShiftUnknown or RuleCalendarUnknown, under
// the path of the terms or roster that name it; all faults come together.
func (s Service) Days(ctx context.Context, v hr.View, employee hr.EmployeeID, p hr.Period) ([]Day, error) {
	const verb = "attendance.Days"
	if err := storage.May(ctx, s.Kit, v, verb, employee); err != nil {
		return nil, err
	}
	days, err := s.days(ctx, v.Inside(verb), []hr.Pin{{Employee: employee, Known: v.Known}}, p, answer{})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", verb, err)
	}
	return days[0], nil
}

// Timesheets returns the timesheet of each pin for the pay period p, in pin order, with the errors of [Service.Days] for all of
// them together. Each says in Known what it used: a pin with zero Known is answered as of today, and names today's numbers.
func (s Service) Timesheets(ctx context.Context, v hr.View, pins []hr.Pin, p hr.Period) ([]hr.Timesheet, error) {
	const verb = "attendance.Timesheets"
	if err := storage.May(ctx, s.Kit, v, verb, subjects(pins)...); err != nil {
		return nil, err
	}
	out := make([]hr.Timesheet, len(pins))
	err := s.eachDays(ctx, v.Inside(verb), pins, p, answer{untraced: true}, func(i int, pin hr.Pin, days []Day) (err error) {
		if out[i], err = Summarize(pin.Employee, p, days); err != nil {
			return fmt.Errorf("pin %d: %w", i, err)
		}
		out[i].Known = pin.Known
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", verb, err)
	}
	return out, nil
}

// answer says how [Service.eachDays] reads.
type answer struct {
	asked    hr.Period // the days of the question; those before them are read for the workweek only
	untraced bool
	with     func([]Punch) []Punch // other punches than those that stand; nil: these
	kept     bool                  // whether the days are kept when the next are read
}

// room is what the days of one employee are laid out in, and then those of the next.
type room struct {
	plan []planned
	days []Day
}

// days returns the days of p for each pin.
func (s Service) days(ctx context.Context, v hr.View, pins []hr.Pin, p hr.Period, how answer) ([][]Day, error) {
	out := make([][]Day, len(pins))
	how.kept = true
	err := s.eachDays(ctx, v, pins, p, how, func(i int, _ hr.Pin, days []Day) error {
		out[i] = days
		return nil
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// eachDays classifies the days of p for each pin and gives them to fn, with the pin, which names today's numbers where it was given none.
// The days are those of the next pin afterwards, unless the answer is kept. No pin is given after a fault, and the faults
// of the days of all pins come before what fn refuses.
func (s Service) eachDays(ctx context.Context, v hr.View, pins []hr.Pin, p hr.Period, how answer, fn func(i int, pin hr.Pin, days []Day) error) error {
	var faults hr.Faults
	checkPeriod(&faults, "period", p)
	faults.Join("", s.wired())
	faults.Join("policy", s.Policy.Validate())
	if faults.Any() {
		return faults.Err()
	}
	known, err := s.today(ctx, pins)
	if err != nil {
		return err
	}
	read := s.workweeks(p)
	how.asked = p
	facts, err := s.factsOf(ctx, v, pins, known, padded(read, spill))
	if err != nil {
		return err
	}
	punches, err := s.Punches.PunchesOf(ctx, pins, padded(read, spill))
	if err != nil {
		return err
	}
	absences := make([][]hr.Absence, len(pins))
	if s.Absences != nil {
		if absences, err = s.Absences.Absences(ctx, v, pins, read); err != nil {
			return err
		}
	}
	allowed := make([][]hr.Entry[Permit], len(pins))
	if s.Permits != nil {
		if allowed, err = s.Permits.PermitsOf(ctx, pins, read); err != nil {
			return err
		}
	}
	if err := perPin(len(pins), "lists of punches", len(punches), "lists of absences", len(absences), "lists of permits", len(allowed)); err != nil {
		return err
	}
	var refused error
	at := &room{}
	for i := range pins {
		if how.kept {
			at = &room{}
		}
		history, err := hr.NewHistory("punch", punches[i]...)
		if err != nil {
			return fmt.Errorf("punches of pin %d: %w", i, err)
		}
		standing := history.Standing(known[i].Known.Own)
		if how.with != nil {
			standing = how.with(standing)
		}
		if facts[i].permits, err = permitsFrom(allowed[i], known[i].Known.Own); err != nil {
			return fmt.Errorf("permits of pin %d: %w", i, err)
		}
		path := fmt.Sprintf("pins[%d]", i)
		days := s.classify(&faults, path, facts[i], standing, absences[i], read, how, at)
		if faults.Any() { // days are missing: say why, and not what follows from it
			continue
		}
		if days, err = s.overtime(facts[i], days); err != nil {
			faults.Join(path, err)
			continue
		}
		from, _ := slices.BinarySearchFunc(days, p.From, func(d Day, first hr.Date) int { return d.Date.Compare(first) })
		days = days[from:]
		if days, _, err = s.TimeOff.Bank(pins[i].Employee, days); err != nil {
			faults.Join("time_off", err)
			continue
		}
		if refused == nil {
			refused = fn(i, known[i], days)
		}
	}
	if faults.Any() {
		return faults.Err()
	}
	return refused
}

// classify makes the days of one employee.
func (s Service) classify(faults *hr.Faults, path string, f facts, punches []Punch, absences []hr.Absence, p hr.Period, how answer, at *room) []Day {
	said := once{faults: faults, path: path, of: p}
	at.plan = s.plan(&said, f, padded(p, spill), at.plan)
	days := at.plan
	owned, _, err := assign(days, punches)
	if err != nil {
		faults.Join(path, err)
		return nil
	}
	away := byDate(absences)
	var shift *Shift // of the last day that was employed, the policy it is read by, and whether that is valid
	var policy Policy
	var sound bool
	out := slices.Grow(at.days[:0], p.Len())
	for i := range days {
		d := &days[i]
		if !p.Contains(d.Date) || d.employed && d.Shift.IsZero() {
			continue
		}
		in := DayInput{Date: d.Date, NotEmployed: !d.employed, Sites: s.Sites, Punches: owned[i].Inside, Outside: owned[i].Outside, NoTrace: how.untraced}
		if d.employed {
			if shift != d.Shift {
				shift, policy = d.Shift, s.policy(d.Shift.ID)
				sound = policy.Validate() == nil
			}
			in.Shift, in.Policy, in.Roster, in.Absences = *shift, policy, d.roster, away.on(d.Date)
			in.Duties = f.permits.duties(d.Date, in.Absences)
			if !how.asked.Contains(d.Date) && !s.Calendars[d.calendar].Span().Contains(d.Date) {
				in.Calendar = hr.Day{Date: d.Date, Halves: 2} // only the minutes of the week before are asked for
			} else if in.Calendar = s.calendarDay(&said, d); in.Calendar.Date.IsZero() {
				continue
			}
		}
		switch err := in.validate(sound); {
		case err != nil:
			faults.Join(path+"."+d.Date.String(), err)
		case d.employed:
			out = append(out, read(&in, d.start, d.end))
		default:
			out = append(out, notEmployed(in))
		}
	}
	at.days = out
	return out
}

// absences are the days away of one employee, by date.
type absences []hr.Absence

// byDate puts days away in order: those of one day stay in theirs. A store gives them so.
func byDate(list []hr.Absence) absences {
	order := func(a, b hr.Absence) int { return a.Date.Compare(b.Date) }
	if !slices.IsSortedFunc(list, order) {
		list = slices.Clone(list)
		slices.SortStableFunc(list, order)
	}
	return list
}

// on returns those of a day.
func (a absences) on(d hr.Date) []hr.Absence {
	if len(a) == 0 {
		return nil
	}
	from, _ := slices.BinarySearchFunc(a, d, func(x hr.Absence, d hr.Date) int { return x.Date.Compare(d) })
	until := from
	for until < len(a) && a[until].Date == d {
		until++
	}
	return slices.Clip(a[from:until])
}

// today replaces zero numbers by the newest ones, so that the answer can be asked for again.
func (s Service) today(ctx context.Context, pins []hr.Pin) ([]hr.Pin, error) {
	heads, err := s.Kit.Know.Heads(ctx, distinct(subjects(pins))...)
	if err != nil {
		return nil, err
	}
	newest := make(map[hr.EmployeeID]hr.Known, len(heads))
	for _, h := range heads {
		newest[h.Employee] = h.Known
	}
	out := make([]hr.Pin, len(pins))
	for i, pin := range pins {
		if pin.Known.Own == 0 {
			pin.Known.Own = newest[pin.Employee].Own
		}
		if pin.Known.Rules == 0 {
			pin.Known.Rules = newest[pin.Employee].Rules
		}
		out[i] = pin
	}
	return out, nil
}

func subjects(pins []hr.Pin) []hr.EmployeeID {
	ids := make([]hr.EmployeeID, len(pins))
	for i, p := range pins {
		ids[i] = p.Employee
	}
	return ids
}
