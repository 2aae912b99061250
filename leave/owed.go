package leave

import "github.com/shopspring/decimal"

// heldBack splits an entry that takes from a lot into what the lot still holds and what is then owed, and one that gives to a lot into
// what such an entry of the same cause left owed, and the rest. The ledger is that of the type alone.
func heldBack(ledger []*Entry, e Entry) []Entry {
	owed := e
	owed.ID += "/owed"
	owed.Value.Lot, owed.Value.Basis = Advance, decimal.Decimal{}
	if !e.Value.Quantity.IsNegative() {
		var debt decimal.Decimal
		for _, had := range ledger {
			if m := &had.Value; m.Lot == Advance && m.Kind == e.Value.Kind && had.Cause == e.Cause {
				debt = debt.Sub(m.Quantity)
			}
		}
		back := decimal.Min(debt, e.Value.Quantity)
		if back.Sign() <= 0 || e.ID == string(e.Value.Lot) {
			return []Entry{e}
		}
		owed.Value.Quantity = back
		if e.Value.Quantity = e.Value.Quantity.Sub(back); e.Value.Quantity.IsZero() {
			return []Entry{owed}
		}
		return []Entry{e, owed}
	}
	var left decimal.Decimal
	for _, had := range ledger {
		if m := &had.Value; m.Lot == e.Value.Lot && m.Kind != Lapsed {
			left = left.Add(m.Quantity)
		}
	}
	left = notBelowZero(left)
	short := e.Value.Quantity.Neg().Sub(left)
	if short.Sign() <= 0 {
		return []Entry{e}
	}
	owed.Value.Quantity = short.Neg()
	if left.IsZero() && e.Value.Basis.IsZero() {
		return []Entry{owed}
	}
	e.Value.Quantity = left.Neg()
	return []Entry{e, owed}
}
