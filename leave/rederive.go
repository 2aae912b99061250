package leave

import (
	"cmp"
	"context"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
)

// booked is what a day of a request holds of one lot.
type booked struct {
	day      hr.Date
	request  RequestID
	half     hr.HalfOfDay
	lot      LotID
	quantity decimal.Decimal
}

// bookings returns what days of leave of a type hold, by day, request and lot. A day that was worked and given back keeps its lots.
func bookings(entries []Entry, t TypeID) []booked {
	type key struct {
		day     hr.Date
		request RequestID
		half    hr.HalfOfDay
		lot     LotID
	}
	held := map[key]decimal.Decimal{}
	fixed := map[key]bool{}
	for _, e := range entries {
		m := e.Value
		if m.Type != t || m.Request == "" || m.Lot == Advance || m.Kind != Used && m.Kind != Returned {
			continue
		}
		k := key{e.Period.From, m.Request, m.Half, m.Lot}
		held[k] = held[k].Sub(m.Quantity)
		if e.Cause != m.Request.Ref() {
			fixed[key{day: k.day, request: k.request}] = true
		}
	}
	var out []booked
	for k, q := range held {
		if q.Sign() > 0 && !fixed[key{day: k.day, request: k.request}] {
			out = append(out, booked{k.day, k.request, k.half, k.lot, q})
		}
	}
	slices.SortFunc(out, func(a, b booked) int {
		return cmp.Or(a.day.Compare(b.day), cmp.Compare(a.request, b.request), cmp.Compare(a.half, b.half), cmp.Compare(a.lot, b.lot))
	})
	return out
}

// rederive is [Draw] with the entries that let days be taken for which it finds too little, although it is there: leave of other days that was
// approved before took the lots that these days can use, and can come from lots that they cannot: later days from credits of the months
// between, earlier ones from lots that have lapsed since. Each such day goes back to its lot and is taken from another, for its own request. There are none where the days are short all the same.
// Lots of a leave year that is closed stay as they are.
func rederive(entries []Entry, p Policy, days []Day) (drawn []Day, short decimal.Decimal, moved []Entry) {
	asItIs, lacking := Draw(entries, p, days)
	drawn, short = asItIs, lacking
	for range 1 + len(entries) + len(days) { // each turn frees something, so it ends before
		if short.Sign() <= 0 {
			return drawn, short, moved
		}
		ledger := append(entries[:len(entries):len(entries)], moved...)
		at := -1
		var need decimal.Decimal
		for need.IsZero() { // the first day that is short
			at++
			_, need = Draw(ledger, p, days[:at+1])
		}
		before, _ := Draw(ledger, p, days[:at])
		more := makeRoom(append(ledger, uses("", p.Type, before)...), p, days[at].Date, need)
		if more == nil {
			break
		}
		moved = append(moved, more...)
		drawn, short = Draw(append(entries[:len(entries):len(entries)], moved...), p, days)
	}
	return asItIs, lacking, nil
}

// makeRoom moves other days from lot to lot, the first into one with something left, so that up to so much can be taken on a day. It finds
// the shortest such chain.
func makeRoom(ledger []Entry, p Policy, on hr.Date, need decimal.Decimal) []Entry {
	type move struct {
		booked
		from, to *source
	}
	all, _ := sources(ledger, p)
	all = slices.DeleteFunc(all, func(l *source) bool { return !l.ended.IsZero() })
	held := bookings(ledger, p.Type)
	by := map[LotID]move{}
	seen := map[LotID]bool{}
	var queue []*source
	for _, l := range all {
		if l.Usable.Contains(on) {
			seen[l.ID] = true
			queue = append(queue, l)
		}
	}
	for len(queue) > 0 {
		from := queue[0]
		queue = queue[1:]
		for _, b := range held {
			if b.lot != from.ID {
				continue
			}
			for _, to := range all {
				if seen[to.ID] || !to.Usable.Contains(b.day) {
					continue
				}
				seen[to.ID], by[to.ID] = true, move{b, from, to}
				queue = append(queue, to)
				if to.Left.Sign() <= 0 {
					continue
				}
				quantity := decimal.Min(need, to.Left)
				var chain []move
				for m, ok := by[to.ID]; ok; m, ok = by[m.from.ID] {
					chain, quantity = append(chain, m), decimal.Min(quantity, m.quantity)
				}
				var out []Entry
				for _, m := range chain {
					e := Entry{
						Period: hr.Period{From: m.day, Through: m.day}, Cause: m.request.Ref(),
						Value: Movement{Type: p.Type, Lot: m.from.ID, Kind: Returned, Quantity: quantity, Half: m.half, Request: m.request},
					}
					out = append(out, e)
					e.Value.Lot, e.Value.Kind, e.Value.Quantity = m.to.ID, Used, quantity.Neg()
					out = append(out, e)
				}
				return out
			}
		}
	}
	return nil
}

// relot writes into the requests of moved days which lots they come from now.
func (s Service) relot(ctx context.Context, moved []Entry) error {
	requests := map[RequestID]Request{}
	var order []RequestID
	for _, e := range moved {
		id := e.Value.Request
		r, ok := requests[id]
		if !ok {
			var err error
			if r, err = s.Requests.Request(ctx, id); err != nil {
				return err
			}
			r.Days = slices.Clone(r.Days)
			order = append(order, id)
		}
		for i := range r.Days {
			if d := &r.Days[i]; d.Date == e.Period.From && d.Half == e.Value.Half {
				d.Lots = reshare(d.Lots, e.Value.Lot, e.Value.Quantity.Neg())
			}
		}
		requests[id] = r
	}
	for _, id := range order {
		if err := s.Requests.PutRequest(ctx, requests[id]); err != nil {
			return err
		}
	}
	return nil
}

// reshare returns the shares of a day with more or less of one lot.
func reshare(shares []Share, lot LotID, more decimal.Decimal) []Share {
	out := slices.Clone(shares)
	i := slices.IndexFunc(out, func(s Share) bool { return s.Lot == lot })
	if i < 0 {
		i, out = len(out), append(out, Share{Lot: lot})
	}
	if out[i].Quantity = out[i].Quantity.Add(more); out[i].Quantity.IsZero() {
		out = slices.Delete(out, i, i+1)
	}
	return out
}
