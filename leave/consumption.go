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

// compare puts the lot that is used first before the other.
func (c Consumption) compare(a, b Lot) int {
	oldest := cmp.Or(a.Usable.From.Compare(b.Usable.From), cmp.Compare(a.ID, b.ID))
	if c.Order == ByGrant || a.Usable.Through == b.Usable.Through {
		return oldest
	}
	switch {
	case a.Usable.Open():
		return 1
	case b.Usable.Open():
		return -1
	}
	return a.Usable.Through.Compare(b.Usable.Through)
}

// Share is what one lot gives to one day.
type Share struct {
	Lot      LotID           `json:"lot" class:"public"`
	Quantity decimal.Decimal `json:"quantity" class:"private"` // above zero
}

// Draw plans which lots the days come from, without changing anything: entries are the live ones of the employee, days are
// of type p.Type in order of date, as [Count] gives them. Each day takes from the lots that are usable on it, in the order of
// p.Consumption, counting every use on record, also one on a later day. What no lot gives comes from [Advance] as far as
// p.Negative lets the balance fall, where the balance is that of the lots usable on the day and of Advance.
//
// The answer is a copy of days with their Lots filled in, and the quantity that could not be had: zero when all could.
func Draw(entries []Entry, p Policy, days []Day) (drawn []Day, short decimal.Decimal) {
	var lots []Lot
	var owed decimal.Decimal // days advanced so far
	for _, l := range fold(entries, p.Type, hr.Date{}) {
		if l.ID == Advance {
			owed = owed.Sub(l.Left)
		} else {
			lots = append(lots, l)
		}
	}
	slices.SortFunc(lots, p.Consumption.compare)
	drawn = make([]Day, len(days))
	for i, day := range days {
		day.Lots = nil
		need := day.Quantity
		if !p.Negative.NoLimit { // what is owed already may not be covered twice by what has come in since
			open := p.Negative.Limit.Sub(owed)
			for _, l := range lots {
				if l.Usable.Contains(day.Date) {
					open = open.Add(l.Left)
				}
			}
			if may := decimal.Max(open, decimal.Decimal{}); need.Cmp(may) > 0 {
				short = short.Add(need.Sub(may))
				need = may
			}
		}
		for j := range lots {
			give := decimal.Min(need, lots[j].Left)
			if give.Sign() <= 0 || !lots[j].Usable.Contains(day.Date) {
				continue
			}
			lots[j].Left = lots[j].Left.Sub(give)
			need = need.Sub(give)
			day.Lots = append(day.Lots, Share{Lot: lots[j].ID, Quantity: give})
		}
		if need.Sign() > 0 {
			owed = owed.Add(need)
			day.Lots = append(day.Lots, Share{Lot: Advance, Quantity: need})
		}
		drawn[i] = day
	}
	return drawn, short
}
