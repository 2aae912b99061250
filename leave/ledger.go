package leave

import (
	"cmp"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
)

// LotID names a lot: it is the ID of the entry that opened it, or [Advance].
type LotID string

// Advance is the lot that every type has from the start: it holds nothing, never lapses, and is charged where a policy lets
// the balance go below zero. What it gave is owed.
const Advance LotID = "advance"

// Kind says what an entry of the ledger is. The empty kind is none.
type Kind string

const (
	Opening  Kind = "opening"    // brought over from an earlier system: opens a lot
	Granted  Kind = "grant"      // given by hand: opens a lot
	Accrued  Kind = "accrual"    // credited by the policy: opens a lot
	Adjusted Kind = "adjustment" // adds to a lot or takes from it by hand; without a lot to name it opens one
	Used     Kind = "use"        // a day of leave, from one lot
	Returned Kind = "return"     // what a use took, given back to the lot it came from
	Lapsed   Kind = "expiry"     // the remainder of a lot that nobody can use any more
	Capped   Kind = "cap"        // what a credit was above the cap: taken off the lot again

	CarriedOut Kind = "carry_out" // to the next leave year, from a lot
	CarriedIn  Kind = "carry_in"  // from the leave year before: opens a lot
	Encashed   Kind = "encash"    // paid instead of taken
	Forfeited  Kind = "forfeit"   // what the end of a leave year or of an employment neither carries nor pays: it lapses
)

// Movement is what an [Entry] of the leave ledger says.
type Movement struct {
	Type     TypeID          `json:"type" class:"private"`
	Lot      LotID           `json:"lot" class:"public"` // the lot it changes; for the entry that opens a lot, its own ID
	Kind     Kind            `json:"kind" class:"public"`
	Quantity decimal.Decimal `json:"quantity" class:"private"`         // days: above zero adds to the lot, below takes from it
	Half     hr.HalfOfDay    `json:"half,omitempty" class:"private"`   // of a use or its return: the part of the day
	Request  RequestID       `json:"request,omitempty" class:"public"` // of a use or its return
	Basis    decimal.Decimal `json:"basis,omitzero" class:"private"`   // of leave earned by work: the minutes or days worked
}

// Entry is a fact of the leave ledger of one employee; the ledger is append-only. Its Period says, for an entry that opens a
// lot, on which days the lot can be used (open: it never lapses); for every other entry, the one day it counts from: the day
// of absence of a use and of its return.
type Entry = hr.Entry[Movement]

// History returns the ledger's entries as a history, which answers as known at any knowledge number: the argument that
// [Lots], [Balance] and [Draw] take is its Live(k).
func History(entries ...Entry) (hr.History[Movement], error) {
	return hr.NewHistory("leave_ledger", entries...)
}

// ofType returns pointers to the entries of a type, to all where it is empty: an entry is large, and a calculation copies none.
func ofType(entries []Entry, t TypeID) []*Entry {
	if entries == nil {
		return nil
	}
	return appendType(make([]*Entry, 0, len(entries)), entries, t)
}

func appendType(to []*Entry, entries []Entry, t TypeID) []*Entry {
	for i := range entries {
		if e := &entries[i]; t == "" || e.Value.Type == t {
			to = append(to, e)
		}
	}
	return to
}

// values returns a copy of the entries.
func values(entries []*Entry) []Entry {
	if entries == nil {
		return nil
	}
	out := make([]Entry, len(entries))
	for i, e := range entries {
		out[i] = *e
	}
	return out
}

// Lot is a quantity of leave that came in together and lapses together.
type Lot struct {
	ID      LotID
	Type    TypeID
	Usable  hr.Period       // both days included; open: it never lapses
	Granted decimal.Decimal // what came in, adjustments included
	Taken   decimal.Decimal // what was used and not returned
	Carried decimal.Decimal // what went on to a lot of the next leave year
	Paid    decimal.Decimal // what was paid instead of taken
	Lapsed  decimal.Decimal // what nobody can use any more
	Left    decimal.Decimal // Granted = Taken + Carried + Paid + Lapsed + Left; of [Advance], below zero
	Opened  Kind            // how it came in
	From    LotID           // of a lot carried in: the lot it was left of
	Source  hr.Source       // of an opening balance: the earlier system

	forfeited decimal.Decimal // of Lapsed, what a year end or an exit took
}

// Lots returns the lots that exist on a day, lapsed ones included, by type, first usable day and id: what came in and what
// was taken up to the end of that day. Entries are the live ones of one employee, in any order. A lapse shows from the day
// after the last usable one, whether or not it is on record yet.
func Lots(entries []Entry, on hr.Date) []Lot {
	lots := fold(ofType(entries, ""), on)
	for i := range lots {
		if l := &lots[i]; !l.Usable.Through.IsZero() && l.Usable.Through.Before(on) {
			l.Lapsed, l.Left = l.Left.Add(l.forfeited), decimal.Decimal{}
		} else {
			l.Lapsed = l.forfeited
		}
	}
	return lots
}

// Balance returns the days of a type that are left at the end of a day: the sum over [Lots], below zero where days were
// taken in advance. Entries are the live ones of one employee, in any order.
func Balance(entries []Entry, t TypeID, on hr.Date) decimal.Decimal {
	return balance(ofType(entries, t), on)
}

// balance is [Balance] for entries of the type alone.
func balance(entries []*Entry, on hr.Date) decimal.Decimal {
	usable := map[LotID]bool{Advance: true}
	for _, e := range entries {
		if e.ID == string(e.Value.Lot) && e.Period.Contains(on) {
			usable[e.Value.Lot] = true
		}
	}
	var sum tenThousandths
	for _, e := range entries {
		if e.Value.Kind != Lapsed && !e.Period.From.After(on) && usable[e.Value.Lot] {
			sum.add(&e.Value.Quantity)
		}
	}
	return sum.total()
}

// tenThousandths is an exact sum that adds what has four decimals or fewer, which is nearly all of leave, in an integer.
type tenThousandths struct {
	units int64
	rest  decimal.Decimal
}

func (s *tenThousandths) add(d *decimal.Decimal) {
	units, ok := inTenThousandths(d)
	if !ok {
		s.rest = s.rest.Add(*d)
	}
	s.units += units // nine digits at most: 900,000 entries of the largest still fit
}

// is reports whether the sum is d.
func (s tenThousandths) is(d *decimal.Decimal) bool {
	if units, ok := inTenThousandths(d); ok && s.rest.IsZero() {
		return units == s.units
	}
	return s.total().Equal(*d)
}

// inTenThousandths returns d as an integer; false where it has more decimals or more than nine digits.
func inTenThousandths(d *decimal.Decimal) (units int64, ok bool) {
	exp := d.Exponent()
	if exp < -4 || exp > 0 || d.NumDigits() > 9 {
		return 0, false
	}
	units = d.CoefficientInt64()
	for ; exp > -4; exp-- {
		units *= 10
	}
	return units, true
}

func (s tenThousandths) total() decimal.Decimal {
	units, places := s.units, int32(4)
	for ; places > 0 && units%10 == 0; places-- { // what is added to it later is short too
		units /= 10
	}
	sum := decimal.New(units, -places)
	if s.rest.IsZero() {
		return sum
	}
	return s.rest.Add(sum)
}

func (s tenThousandths) isZero() bool {
	if s.rest.IsZero() {
		return s.units == 0
	}
	return s.total().IsZero()
}

// uses returns the entries that record the days of a request as taken: one for each share of each day. They have no
// knowledge number and no ID yet.
func uses(r RequestID, t TypeID, days []Day) []Entry {
	var out []Entry
	for _, d := range days {
		for _, s := range d.Lots {
			out = append(out, Entry{
				Period: hr.Period{From: d.Date, Through: d.Date},
				Value:  Movement{Type: t, Lot: s.Lot, Kind: Used, Quantity: s.Quantity.Neg(), Half: d.Half, Request: r},
				Cause:  r.Ref(),
			})
		}
	}
	return out
}

// returns gives back what the days of a request that are picked still hold, lot by lot, in order of day and lot. The entries
// have no knowledge number and no ID yet.
func returns(entries []Entry, r RequestID, pick func(hr.Date) bool) []Entry {
	type key struct {
		day  hr.Date
		half hr.HalfOfDay
		lot  lotKey
	}
	held := map[key]decimal.Decimal{}
	for _, e := range entries {
		if m := e.Value; m.Request == r && (m.Kind == Used || m.Kind == Returned) && pick(e.Period.From) {
			k := key{e.Period.From, m.Half, lotKey{m.Type, m.Lot}}
			held[k] = held[k].Sub(m.Quantity)
		}
	}
	var out []Entry
	for k, q := range held {
		if q.Sign() != 0 {
			out = append(out, Entry{
				Period: hr.Period{From: k.day, Through: k.day},
				Value:  Movement{Type: k.lot.t, Lot: k.lot.lot, Kind: Returned, Quantity: q, Half: k.half, Request: r},
				Cause:  r.Ref(),
			})
		}
	}
	slices.SortFunc(out, func(a, b Entry) int {
		return cmp.Or(a.Period.From.Compare(b.Period.From), cmp.Compare(a.Value.Half, b.Value.Half), cmp.Compare(a.Value.Lot, b.Value.Lot))
	})
	return out
}
