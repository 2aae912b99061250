package leave

import (
	"fmt"
	"slices"

	"github.com/musterhr/hr"
)

// Expiry says for how long an accrued lot can be used. The zero Expiry is off: it never lapses. A lot granted by hand is
// given its last day with the grant.
type Expiry struct {
	// Months is how many months from its credit a lot can be used: credited on 1 January with 12, it lapses after
	// 31 December. Where the month has no such day, the last of the month stands for it.
	Months int `json:"months,omitempty" class:"public"`
	Days   int `json:"days,omitempty" class:"public"` // on top of the months: credited on 1 March with 60, it lapses after 29 April
	// MonthEnd lets it be used to the end of the month in which Months end: of 29 November with 2, to 31 January.
	MonthEnd bool `json:"month_end,omitempty" class:"public"`
}

// Validate returns [hr.FieldError]s with RulePolicyExpiry.
func (e Expiry) Validate() error {
	var faults hr.Faults
	if e.Months < 0 {
		faults.Add("months", RulePolicyExpiry, "must not be below zero")
	}
	if e.Days < 0 {
		faults.Add("days", RulePolicyExpiry, "must not be below zero")
	}
	if e.MonthEnd && e.Days != 0 {
		faults.Add("days", RulePolicyExpiry, "stand against the end of the month")
	}
	return faults.Err()
}

// usable returns the days on which a lot credited on a day can be used.
func (e Expiry) usable(from hr.Date) (hr.Period, error) {
	if e == (Expiry{}) {
		return hr.Period{From: from}, nil
	}
	next, err := from.AddMonths(e.Months, hr.MonthClamp)
	if e.MonthEnd {
		return hr.Period{From: from, Through: next.EndOfMonth()}, err
	}
	return hr.Period{From: from, Through: next.Add(e.Days - 1)}, err
}

// Lapse returns the entries that are missing for what has lapsed by the end of day through: one for each lot whose last
// usable day is earlier and whose remainder differs from what is on record as lapsed, so a use or a return that comes late
// corrects it. The entries have no knowledge number yet. They are the record of a lapse and not its cause: a balance looks at
// the lot's last day, so it is right before they are posted and after.
func Lapse(entries []Entry, through hr.Date) []Entry {
	return values(lapse(ofType(entries, ""), through))
}

func lapse(entries []*Entry, through hr.Date) []*Entry {
	ended := func(e *Entry) bool {
		return e.ID == string(e.Value.Lot) && !e.Period.Open() && e.Period.Through.Before(through)
	}
	if !slices.ContainsFunc(entries, ended) {
		return nil // the last usable day of no lot has gone
	}
	posted := map[lotKey]int{}
	for _, e := range entries {
		if e.Value.Kind == Lapsed {
			posted[lotKey{e.Value.Type, e.Value.Lot}]++
		}
	}
	var missing []*Entry
	for _, l := range fold(entries, hr.Date{}) {
		last := l.Usable.Through
		if last.IsZero() || !last.Before(through) || l.Left.Equal(l.Lapsed) {
			continue
		}
		due := l.Left.Sub(l.Lapsed)
		day := last.Add(1)
		missing = append(missing, &Entry{
			ID:     fmt.Sprintf("lapse/%s/%s/%d", l.Type, l.ID, posted[lotKey{l.Type, l.ID}]+1),
			Period: hr.Period{From: day, Through: day},
			Value:  Movement{Type: l.Type, Lot: l.ID, Kind: Lapsed, Quantity: due.Neg()},
		})
	}
	return missing
}
