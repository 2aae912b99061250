package hr

import (
	"iter"
	"slices"
	"strings"
	"time"
)

// Period is a run of days. Both ends are included. A zero Through is open: the period has no end yet. The zero Period
// (no From) is "no period" and contains no day.
type Period struct {
	From    Date `json:"from"`
	Through Date `json:"through,omitzero"`
}

// NewPeriod returns the period, or a [FieldError]: From is required (RuleRequired) and Through must not be earlier (RulePeriodOrder).
func NewPeriod(from, through Date) (Period, error) {
	p := Period{From: from, Through: through}
	return p, p.Validate()
}

// MonthOf returns the calendar month that contains d.
func MonthOf(d Date) Period { return Period{From: d.FirstOfMonth(), Through: d.EndOfMonth()} }

// Month returns a calendar month, or a [FieldError] for one that does not exist.
func Month(year int, month time.Month) (Period, error) {
	d, err := NewDate(year, month, 1)
	return MonthOf(d), err
}

// ParsePeriod reads "2026-10-01..2026-10-31", or "2026-10-01.." for an open period.
func ParsePeriod(s string) (Period, error) {
	var p Period
	err := p.UnmarshalText([]byte(s))
	return p, err
}

// MustPeriod is [ParsePeriod] for literals in tests and package-level tables; it panics on a fault.
func MustPeriod(s string) Period {
	p, err := ParsePeriod(s)
	if err != nil {
		panic(err)
	}
	return p
}

// Validate returns a [FieldError] if From is missing or Through is before it.
func (p Period) Validate() error {
	if p.From.IsZero() {
		return &FieldError{Path: "from", Rule: RuleRequired, Reason: "is required", Err: ErrRequired}
	}
	if !p.Through.IsZero() && p.Through.Before(p.From) {
		return &FieldError{Path: "through", Rule: RulePeriodOrder, Reason: "must not be before from"}
	}
	return nil
}

// IsZero reports whether p is no period.
func (p Period) IsZero() bool { return p == Period{} }

// Open reports whether p has a first day and no last one.
func (p Period) Open() bool { return !p.From.IsZero() && p.Through.IsZero() }

// Contains reports whether d is a day of p.
func (p Period) Contains(d Date) bool {
	return !p.From.IsZero() && !d.Before(p.From) && (p.Through.IsZero() || !d.After(p.Through))
}

// Covers reports whether every day of o is a day of p.
func (p Period) Covers(o Period) bool {
	x, ok := p.Intersect(o)
	return ok && x == o
}

// Overlaps reports whether p and o share a day.
func (p Period) Overlaps(o Period) bool {
	return !p.From.IsZero() && !o.From.IsZero() && // every last day is on or after every first day
		(p.Through.IsZero() || !p.Through.Before(o.From) && !p.Through.Before(p.From)) &&
		(o.Through.IsZero() || !o.Through.Before(p.From) && !o.Through.Before(o.From))
}

// Intersect returns the days that p and o share; ok is false if there are none.
func (p Period) Intersect(o Period) (shared Period, ok bool) {
	if p.From.IsZero() || o.From.IsZero() {
		return Period{}, false
	}
	shared = Period{From: p.From, Through: p.Through}
	if o.From.After(shared.From) {
		shared.From = o.From
	}
	if shared.Through.IsZero() || !o.Through.IsZero() && o.Through.Before(shared.Through) {
		shared.Through = o.Through
	}
	if !shared.Through.IsZero() && shared.Through.Before(shared.From) {
		return Period{}, false
	}
	return shared, true
}

// Len returns the number of days of p. An open period is counted to the end of the calendar, 9999-12-31; check
// [Period.Open] where that matters.
func (p Period) Len() int {
	if p.From.IsZero() {
		return 0
	}
	return max(0, p.last().Since(p.From)+1)
}

func (p Period) last() Date {
	if p.Through.IsZero() {
		return Date{lastDay}
	}
	return p.Through
}

// Days walks the days of p in order. An open period runs to the end of the calendar, so break out of it.
func (p Period) Days() iter.Seq[Date] {
	return func(yield func(Date) bool) {
		if p.From.IsZero() {
			return
		}
		for d, last := p.From, p.last(); !d.IsZero() && !d.After(last); d = d.Add(1) {
			if !yield(d) {
				return
			}
		}
	}
}

// Cut splits p before each of the given days that lies inside it, in order. Days outside p, its first day, repeated days
// and no date cut nothing; the pieces together are exactly p.
func (p Period) Cut(before ...Date) []Period {
	if p.From.IsZero() {
		return nil
	}
	cuts := slices.Clone(before)
	slices.SortFunc(cuts, Date.Compare)
	cuts = slices.Compact(cuts)
	pieces := make([]Period, 0, len(cuts)+1)
	for _, d := range cuts {
		if d.After(p.From) && p.Contains(d) {
			pieces = append(pieces, Period{From: p.From, Through: d.Add(-1)})
			p.From = d
		}
	}
	return append(pieces, p)
}

// String returns "2026-10-01..2026-10-31", "2026-10-01.." for an open period, and "" for no period.
func (p Period) String() string {
	if p.IsZero() {
		return ""
	}
	return p.From.String() + ".." + p.Through.String()
}

// MarshalText returns the form of [Period.String].
func (p Period) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalText reads the form of [Period.String] and validates it; the empty text is no period.
func (p *Period) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*p = Period{}
		return nil
	}
	from, through, ok := strings.Cut(string(b), "..")
	if !ok {
		return &FieldError{Rule: RulePeriodOrder, Reason: "must be written FROM..THROUGH, or FROM.. when open"}
	}
	var q Period
	var faults Faults
	faults.Join("from", q.From.UnmarshalText([]byte(from)))
	faults.Join("through", q.Through.UnmarshalText([]byte(through)))
	if !faults.Any() {
		faults.Join("", q.Validate())
	}
	if faults.Any() {
		return faults.Err()
	}
	*p = q
	return nil
}
