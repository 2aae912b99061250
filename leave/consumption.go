package leave

import (
	"cmp"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
)

// Order says which lot a day is taken from first.
type Order string

const (
	// ByExpiry takes the lot that lapses soonest, then the older, then by id. It loses least, and is the default.
	ByExpiry Order = "expiry"
	// ByGrant takes the oldest lot, whenever it lapses.
	ByGrant Order = "grant"
)

// Consumption says in what order lots are used up. The zero Consumption is [ByExpiry].
type Consumption struct {
	Order Order `json:"order,omitempty" class:"public"`
}

// Validate returns a [hr.FieldError] with RulePolicyOrder for an order that is none.
func (c Consumption) Validate() error {
	switch c.Order {
	case "", ByExpiry, ByGrant:
		return nil
	}
	return &hr.FieldError{Path: "order", Rule: RulePolicyOrder, Reason: "must be expiry or grant"}
}

// turn is what decides when a lot is used.
type turn struct {
	usable hr.Period
	lot    LotID
}

// compare puts the lot that is used first before the other.
func (c Consumption) compare(a, b turn) int {
	oldest := cmp.Or(a.usable.From.Compare(b.usable.From), cmp.Compare(a.lot, b.lot))
	if c.Order == ByGrant || a.usable.Through == b.usable.Through {
		return oldest
	}
	switch {
	case a.usable.Open():
		return 1
	case b.usable.Open():
		return -1
	}
	return a.usable.Through.Compare(b.usable.Through)
}

// Share is what one lot gives to one day.
type Share struct {
	Lot      LotID           `json:"lot" class:"public"`
	Quantity decimal.Decimal `json:"quantity" class:"private"` // above zero
}

// Draw plans which lots the days come from, without changing anything: entries are the live ones of the employee, days are
// of type p.Type in order of date, as [Count] gives them. Each day takes from the lots that are usable on it, in the order of
// p.Consumption, counting every use on record, also one on a later day. A day of a leave year that is closed already also takes
// what the year's end let lapse, and then what it carried and nobody has used since; [YearEnd] posts the difference. What no lot
// gives comes from [Advance] as far as p.Negative lets the balance fall, where the balance is that of the lots usable on the day
// and of Advance.
//
// The answer is a copy of days with their Lots filled in, and the quantity that could not be had: zero when all could.
func Draw(entries []Entry, p Policy, days []Day) (drawn []Day, short decimal.Decimal) {
	lots, owed := sources(entries, p)
	drawn = make([]Day, len(days))
	for i, day := range days {
		day.Lots = nil
		need := day.Quantity
		if !p.Negative.NoLimit { // what is owed already may not be covered twice by what has come in since
			open := p.Negative.Limit.Sub(owed)
			for _, l := range lots {
				if l.Usable.Contains(day.Date) {
					open = open.Add(l.open(day.Date))
				}
			}
			if may := notBelowZero(open); need.Cmp(may) > 0 {
				short = short.Add(need.Sub(may))
				need = may
			}
		}
		for _, l := range lots {
			if !l.Usable.Contains(day.Date) {
				continue
			}
			give := decimal.Min(need, l.open(day.Date))
			if give.Sign() <= 0 {
				continue
			}
			l.take(day.Date, give)
			need = need.Sub(give)
			day.Lots = append(day.Lots, Share{Lot: l.ID, Quantity: give})
		}
		if need.Sign() > 0 {
			owed = owed.Add(need)
			day.Lots = append(day.Lots, Share{Lot: Advance, Quantity: need})
		}
		drawn[i] = day
	}
	return drawn, short
}

// source is a lot that days can be taken from, with what an ending after such a day would give back.
type source struct {
	Lot
	ended hr.Date // the first day on which an ending has settled it; none: it is not settled
	next  *source // the lot that took what was carried
}

// sources returns the lots of p.Type in order of consumption, and the days owed so far.
func sources(entries []Entry, p Policy) (lots []*source, owed decimal.Decimal) {
	byID := map[LotID]*source{}
	own := ofType(entries, p.Type)
	for _, l := range fold(own, hr.Date{}) {
		if l.ID == Advance {
			owed = owed.Sub(l.Left)
			continue
		}
		from := &source{Lot: l}
		byID[l.ID] = from
		lots = append(lots, from)
	}
	for _, e := range own {
		if m := &e.Value; e.Cause.Kind == endingKind {
			if l := byID[m.Lot]; l != nil && (m.Kind == CarriedOut || m.Kind == Forfeited) {
				l.ended = e.Period.From
			}
		}
	}
	for _, l := range lots {
		if from := byID[l.From]; l.Opened == CarriedIn && from != nil {
			from.next = l
		}
	}
	slices.SortFunc(lots, func(a, b *source) int { return p.Consumption.compare(turn{a.Usable, a.ID}, turn{b.Usable, b.ID}) })
	return lots, owed
}

// open returns what a day can take: what is left, and of an ending after the day what it let lapse and what is still left of what
// it carried.
func (l *source) open(d hr.Date) decimal.Decimal {
	sum := l.Left
	if l.ended.IsZero() || !d.Before(l.ended) {
		return sum
	}
	sum = sum.Add(l.forfeited)
	if l.next != nil {
		sum = sum.Add(notBelowZero(decimal.Min(l.Carried, l.next.open(d))))
	}
	return sum
}

// take takes a quantity that is open: what is left first, then what lapsed, then what was carried.
func (l *source) take(d hr.Date, q decimal.Decimal) {
	own := decimal.Min(q, notBelowZero(l.Left))
	l.Left, q = l.Left.Sub(own), q.Sub(own)
	lapsed := decimal.Min(q, l.forfeited)
	l.forfeited, q = l.forfeited.Sub(lapsed), q.Sub(lapsed)
	if q.Sign() > 0 && l.next != nil {
		l.Carried = l.Carried.Sub(q)
		l.next.take(d, q)
	}
}
