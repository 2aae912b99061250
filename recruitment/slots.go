package recruitment

import (
	"cmp"
	"slices"
	"time"

	"github.com/musterhr/hr"
)

// Span is a stretch of time: From is in it, Until is not, so that one interview may begin when another ends.
type Span struct {
	From  time.Time `json:"from" class:"private"`
	Until time.Time `json:"until" class:"private"`
}

// Overlaps reports whether two spans share time.
func (s Span) Overlaps(o Span) bool { return s.From.Before(o.Until) && o.From.Before(s.Until) }

// WorkHours are the hours of one weekday on somebody's own clock. Until at or before From is on the next day: 22:00 to 06:00 is a night.
type WorkHours struct {
	Day         time.Weekday
	From, Until hr.TimeOfDay
}

// Diary says when one person can be met: within their hours, on their own clock, and while they are not busy. Somebody without hours can
// be met at any time.
type Diary struct {
	Employee hr.EmployeeID  // the interviewer; empty for the candidate
	Zone     *time.Location // nil: UTC
	Hours    []WorkHours
	Off      []hr.Date // days on which no hours begin: holidays, leave
	Busy     []Span
}

// SlotSearch asks for times at which all diaries allow an interview.
type SlotSearch struct {
	Within  Span          // the whole interview lies in it
	Length  time.Duration // of the interview, above zero
	Step    time.Duration // slots begin at multiples of it, counted in UTC; zero: 15 minutes
	Diaries []Diary
	Limit   int // at most so many; below 1: all
}

// Slots returns times at which everybody can be met, the earliest first: the same question always has the same answer. Hours are those of
// each person's own clock, also on the night of a clock change: such a night is an hour shorter or longer, an hour that comes twice is worked
// twice, and one that is skipped not at all. Two slots may overlap. A search without a length or an end is RuleSlots.
func Slots(q SlotSearch) ([]Span, error) {
	var faults hr.Faults
	if q.Length <= 0 {
		faults.Add("length", RuleSlots, "must be above zero")
	}
	if q.Step < 0 {
		faults.Add("step", RuleSlots, "must not be below zero")
	}
	if q.Within.From.IsZero() || !q.Within.Until.After(q.Within.From) {
		faults.Add("within", RuleSlots, "must have a beginning and, after it, an end")
	}
	if faults.Any() {
		return nil, faults.Err()
	}
	step := q.Step
	if step == 0 {
		step = 15 * time.Minute
	}
	free := []Span{{q.Within.From.UTC(), q.Within.Until.UTC()}}
	for _, d := range q.Diaries {
		free = cut(shared(free, d.at(q.Within)), d.Busy)
	}
	var slots []Span
	for _, f := range free {
		from := f.From.Truncate(step) // since the zero time, which all zones share
		if from.Before(f.From) {
			from = from.Add(step)
		}
		for ; !from.Add(q.Length).After(f.Until); from = from.Add(step) {
			if q.Limit > 0 && len(slots) == q.Limit {
				return slots, nil
			}
			slots = append(slots, Span{from, from.Add(q.Length)})
		}
	}
	return slots, nil
}

// at returns when the person can be met in a span, but for what keeps them busy: sorted, and no two touch.
func (d Diary) at(within Span) []Span {
	if len(d.Hours) == 0 {
		return []Span{within}
	}
	zone := d.Zone
	if zone == nil {
		zone = time.UTC
	}
	var spans []Span
	first, last := hr.DateOf(within.From, zone).Add(-1), hr.DateOf(within.Until, zone)
	for day := range (hr.Period{From: first, Through: last}).Days() {
		if slices.Contains(d.Off, day) {
			continue
		}
		for _, h := range d.Hours {
			if h.Day != day.Weekday() {
				continue
			}
			end := day
			if h.Until.Compare(h.From) <= 0 {
				end = day.Add(1)
			}
			if s := (Span{day.At(h.From, zone).UTC(), end.At(h.Until, zone).UTC()}); s.From.Before(s.Until) {
				spans = append(spans, s)
			}
		}
	}
	slices.SortFunc(spans, func(a, b Span) int { return cmp.Or(a.From.Compare(b.From), a.Until.Compare(b.Until)) })
	var joined []Span
	for _, s := range spans {
		if n := len(joined); n > 0 && !s.From.After(joined[n-1].Until) {
			if s.Until.After(joined[n-1].Until) {
				joined[n-1].Until = s.Until
			}
			continue
		}
		joined = append(joined, s)
	}
	return joined
}

// shared returns what two sorted lists share.
func shared(a, b []Span) (out []Span) {
	for len(a) > 0 && len(b) > 0 {
		if a[0].Overlaps(b[0]) {
			s := a[0]
			if b[0].From.After(s.From) {
				s.From = b[0].From
			}
			if b[0].Until.Before(s.Until) {
				s.Until = b[0].Until
			}
			out = append(out, s)
		}
		if a[0].Until.Before(b[0].Until) { // whichever ends first meets nothing more
			a = a[1:]
		} else {
			b = b[1:]
		}
	}
	return out
}

// cut takes busy times out of a sorted list.
func cut(free, busy []Span) []Span {
	for _, b := range busy {
		var left []Span
		for _, f := range free {
			if !f.Overlaps(b) {
				left = append(left, f)
				continue
			}
			if f.From.Before(b.From) {
				left = append(left, Span{f.From, b.From})
			}
			if b.Until.Before(f.Until) {
				left = append(left, Span{b.Until, f.Until})
			}
		}
		free = left
	}
	return free
}

// allows reports whether the person works during the whole of a span, and whether they are free.
func (d Diary) allows(s Span) (works, free bool) {
	works = slices.ContainsFunc(d.at(s), func(h Span) bool { return !s.From.Before(h.From) && !s.Until.After(h.Until) })
	return works, !slices.ContainsFunc(d.Busy, s.Overlaps)
}
