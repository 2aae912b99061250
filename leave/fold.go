package leave

import (
	"cmp"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
)

type lotKey struct {
	t   TypeID
	lot LotID
}

// fold adds up the entries by lot: those that count from no later than on (no date: all).
// Left is what came in less what was taken, carried, paid and forfeited, whether it lapsed or not; Lapsed is what is on record as lapsed.
func fold(entries []*Entry, on hr.Date) []Lot {
	var places []place // a lot is large to move, so its place is found first
	for _, e := range entries {
		if e.ID == string(e.Value.Lot) && (on.IsZero() || !e.Period.From.After(on)) {
			places = append(places, place{lotKey{e.Value.Type, e.Value.Lot}, e.Period.From})
		}
	}
	slices.SortFunc(places, place.compare)
	lots := slices.Grow([]Lot(nil), len(places)) // none where there is no lot
	at := make(map[lotKey]int, len(places))
	of := func(key lotKey) *Lot {
		i, ok := at[key]
		if !ok {
			i = len(lots)
			at[key] = i
			lots = append(lots, Lot{ID: key.lot, Type: key.t})
		}
		return &lots[i]
	}
	for _, p := range places {
		of(p.lotKey)
	}
	for _, e := range entries {
		if on.IsZero() || !e.Period.From.After(on) {
			of(lotKey{e.Value.Type, e.Value.Lot}).take(e)
		}
	}
	for i := range lots {
		lots[i].count()
		for ; i > 0 && lots[i].place().compare(lots[i-1].place()) < 0; i-- { // what nothing opens came last
			lots[i-1], lots[i] = lots[i], lots[i-1]
		}
	}
	return lots
}

// place is where a lot stands among the lots of an employee.
type place struct {
	lotKey
	from hr.Date
}

func (l *Lot) place() place { return place{lotKey{l.Type, l.ID}, l.Usable.From} }

func (p place) compare(o place) int {
	if p.t != o.t {
		return cmp.Compare(p.t, o.t)
	}
	if p.from != o.from {
		return p.from.Compare(o.from)
	}
	return cmp.Compare(p.lot, o.lot)
}

// take adds an entry to its lot.
func (l *Lot) take(e *Entry) {
	m := &e.Value
	switch {
	case m.Lot == Advance: // nothing opens it: it has been there since the first entry
		if l.Usable.From.IsZero() || e.Period.From.Before(l.Usable.From) {
			l.Usable.From = e.Period.From
		}
	case e.ID == string(m.Lot):
		l.Usable, l.Opened, l.Source = e.Period, m.Kind, e.Source
		if m.Kind == CarriedIn {
			l.From = LotID(e.Cause.ID)
		}
	}
	switch m.Kind {
	case Used, Returned:
		l.Taken = plus(l.Taken, m.Quantity.Neg())
	case Lapsed:
		l.Lapsed = plus(l.Lapsed, m.Quantity.Neg())
	case CarriedOut:
		l.Carried = plus(l.Carried, m.Quantity.Neg())
	case Encashed:
		l.Paid = plus(l.Paid, m.Quantity.Neg())
	case Forfeited:
		l.forfeited = plus(l.forfeited, m.Quantity.Neg())
	default:
		l.Granted = plus(l.Granted, m.Quantity)
	}
}

// plus adds, and has nothing to do for the first of a sum.
func plus(sum, q decimal.Decimal) decimal.Decimal {
	if sum.IsZero() {
		return q
	}
	return sum.Add(q)
}

// minus subtracts, and has nothing to do for zero.
func minus(d, q decimal.Decimal) decimal.Decimal {
	if q.IsZero() {
		return d
	}
	return d.Sub(q)
}

func notBelowZero(d decimal.Decimal) decimal.Decimal {
	if d.IsNegative() {
		return decimal.Decimal{}
	}
	return d
}

// count says what is left, when all entries are taken.
func (l *Lot) count() {
	l.Left = l.Granted
	for _, gone := range []*decimal.Decimal{&l.Taken, &l.Carried, &l.Paid, &l.forfeited} {
		l.Left = minus(l.Left, *gone)
	}
}
