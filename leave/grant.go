package leave

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// Credit is what somebody puts on the ledger by hand.
type Credit struct {
	Employee hr.EmployeeID
	Type     TypeID
	Kind     Kind            // [Opening], [Granted] or [Adjusted]
	Quantity decimal.Decimal // days; above zero, and below too in an adjustment or an opening balance that is owed
	// Usable says on which days the new lot can be used; without a last day it never lapses. For an adjustment of a lot, its
	// first day is the day it counts from, and none is the lot's first day.
	Usable hr.Period
	// Lot is the lot that an adjustment changes; empty opens a new one. [Advance] forgives what is owed.
	Lot    LotID
	Source hr.Source // required for an opening balance: the earlier system and its date
}

// Grant puts a credit on the ledger and returns the lot that it opens or changes. An opening balance below zero charges
// [Advance]. All faults come at once as [hr.FieldError]s, with the rules leave.credit.* and RuleTypeUnknown.
func (s Service) Grant(ctx context.Context, cmd hr.Command, c Credit) (LotID, error) {
	return do(ctx, s, cmd, "leave.Grant", storage.About(c, c.Employee), func(ctx context.Context, cmd hr.Command) (LotID, []storage.Event, error) {
		var faults hr.Faults
		c.check(&faults)
		if c.Employee == "" {
			return "", nil, faults.Err()
		}
		b, err := s.take(ctx, c.Employee)
		if err != nil {
			return "", nil, err
		}
		entries, err := s.live(ctx, hr.Pin{Employee: c.Employee})
		if err != nil {
			return "", nil, err
		}
		var lot Lot
		if c.Kind == Adjusted && c.Lot != "" {
			if lot = c.adjusts(&faults, entries); c.Usable.From.IsZero() {
				c.Usable = hr.Period{From: lot.Usable.From}
			}
		}
		if !c.Usable.From.IsZero() {
			_, err := s.Policies.At(c.Type, c.Usable.From)
			faults.Join("", err)
			terms, err := s.Terms.TermsOf(ctx, cmd.View("leave.Grant", hr.Known{}), []hr.Pin{{Employee: c.Employee}}, c.Usable)
			if err != nil {
				return "", nil, err
			}
			employed := false
			for range terms[0].Over(c.Usable) {
				employed = true
			}
			if !employed {
				faults.Add("usable", RuleCreditEmployed, "the employee is not employed on any of these days")
			}
		}
		if faults.Any() {
			return "", nil, faults.Err()
		}
		e := Entry{
			ID: cmd.NewID("lot"), Period: c.Usable, Source: c.Source, Cause: hr.Ref{Kind: "command", ID: string(cmd.ID)},
			Value: Movement{Type: c.Type, Kind: c.Kind, Quantity: c.Quantity},
		}
		switch {
		case lot.ID != "":
			e.Value.Lot, e.Period.Through = lot.ID, e.Period.From
		case c.Quantity.IsNegative():
			e.Value.Lot, e.Period.Through = Advance, e.Period.From
		default:
			e.Value.Lot = LotID(e.ID)
		}
		b.post(e)
		if err := s.keep(ctx, cmd, b, entries); err != nil {
			return "", nil, err
		}
		ref := hr.Ref{Kind: "leave_ledger", ID: e.ID, Seq: b.taken.Known.Own}
		return e.Value.Lot, []storage.Event{event(cmd, "leave.credited", c.Employee, ref)}, nil
	})
}

// check records what is wrong with c by itself.
func (c Credit) check(faults *hr.Faults) {
	if c.Employee == "" {
		faults.Missing("employee", RuleEmployee)
	}
	switch c.Kind {
	case Opening:
		if c.Source.IsZero() {
			faults.Missing("source", RuleCreditSource)
		}
	case Granted:
		if c.Quantity.Sign() < 0 {
			faults.Add("quantity", RuleCreditQuantity, "a grant must be above zero; to take days away, adjust a lot")
		}
	case Adjusted:
		if c.Lot == "" && c.Quantity.Sign() < 0 {
			faults.Missing("lot", RuleCreditLot)
		}
	default:
		faults.Add("kind", RuleCreditKind, "must be opening, grant or adjustment")
	}
	if c.Kind != Adjusted && c.Lot != "" {
		faults.Add("lot", RuleCreditLot, "only an adjustment names a lot")
	}
	if c.Quantity.IsZero() {
		faults.Add("quantity", RuleCreditQuantity, "must not be zero")
	}
	switch {
	case c.Kind == Adjusted && c.Lot != "" && c.Usable.IsZero():
	case c.Usable.From.IsZero():
		faults.Missing("usable.from", RuleCreditPeriod)
	case !c.Usable.Through.IsZero() && c.Usable.Through.Before(c.Usable.From):
		faults.Add("usable.through", RuleCreditPeriod, "must not be before from")
	}
}

// adjusts finds the lot that c changes and records what stands against it.
func (c Credit) adjusts(faults *hr.Faults, entries []Entry) Lot {
	for _, l := range fold(ofType(entries, c.Type), hr.Date{}) {
		if l.ID != c.Lot {
			continue
		}
		after := l.Left.Add(c.Quantity)
		switch {
		case l.ID == Advance && (c.Quantity.Sign() < 0 || after.Sign() > 0):
			faults.Add("quantity", RuleCreditQuantity, "must be above zero and no more than is owed")
		case l.ID != Advance && after.Sign() < 0:
			faults.Add("quantity", RuleCreditQuantity, "takes more than the lot holds")
		}
		if !c.Usable.From.IsZero() && !l.Usable.Contains(c.Usable.From) {
			faults.Add("usable.from", RuleCreditPeriod, "must be a day on which the lot can be used")
		}
		return l
	}
	faults.Add("lot", RuleCreditLot, "the employee has no such lot of this type")
	return Lot{}
}

// AccrueThrough posts what has accrued ([Accrue]), what the ends of leave years do ([YearEnd]) and what has lapsed ([Lapse]) by the
// end of day through and is not on record, for every type that has a policy, and returns how many entries it posted. Days of leave that
// lie in no employment, for the last day was put before them, go back to their lots, and are taken again where an employment has them
// after all; the request stays as it is. Missed runs are caught up with, and
// running it twice posts nothing more. A host runs it by pages of employees, in one command each; through may lie up to a year
// ahead of the clock, so that leave in December can be asked for in October.
func (s Service) AccrueThrough(ctx context.Context, cmd hr.Command, through hr.Date, ids ...hr.EmployeeID) (posted int, err error) {
	args := struct {
		Through hr.Date
		IDs     []hr.EmployeeID
	}{through, ids}
	return do(ctx, s, cmd, "leave.AccrueThrough", storage.About(args, ids...), func(ctx context.Context, cmd hr.Command) (int, []storage.Event, error) {
		var faults hr.Faults
		switch latest := hr.DateOf(cmd.At(), time.UTC).Add(far); {
		case through.IsZero():
			faults.Missing("through", RuleAccrualThrough)
		case through.After(latest):
			faults.Add("through", RuleAccrualThrough, "must not be more than a year ahead")
		}
		for i, id := range ids {
			if id == "" {
				faults.Missing(fmt.Sprintf("ids[%d]", i), RuleEmployee)
			}
		}
		if faults.Any() {
			return 0, nil, faults.Err()
		}
		var since hr.Date
		policies := make([]*held, 0, len(s.Policies))
		for _, t := range slices.Sorted(maps.Keys(s.Policies)) {
			held := heldOf(t, s.Policies[t])
			policies = append(policies, held)
			if first := held.since(); since.IsZero() || !first.IsZero() && first.Before(since) {
				since = first
			}
		}
		if len(ids) == 0 || since.IsZero() || since.After(through) {
			return 0, nil, nil
		}
		taken, err := s.Kit.Know.Take(ctx, s.Kit.Clock, ids...)
		if err != nil {
			return 0, nil, err
		}
		pins := make([]hr.Pin, len(taken))
		for i, t := range taken {
			pins[i] = hr.Pin{Employee: t.Employee}
		}
		terms, err := s.Terms.TermsOf(ctx, cmd.View("leave.AccrueThrough", hr.Known{}), pins, ever)
		if err != nil {
			return 0, nil, err
		}
		ledgers, err := s.Ledger.MovementsOf(ctx, pins)
		if err != nil {
			return 0, nil, err
		}
		posted := 0
		var events []storage.Event
		for i, t := range taken {
			h, err := History(ledgers[i]...)
			if err != nil {
				return 0, nil, err
			}
			b := &book{taken: t}
			if err := s.accrue(ctx, b, policies, terms[i], through, h.Live(0)); err != nil {
				return 0, nil, err
			}
			if len(b.movements) == 0 {
				continue
			}
			if err := b.save(ctx, s); err != nil {
				return 0, nil, err
			}
			posted += len(b.movements)
			events = append(events, event(cmd, "leave.accrued", t.Employee, hr.Ref{Kind: "leave_ledger", ID: b.movements[0].ID, Seq: t.Known.Own}))
		}
		return posted, events, nil
	})
}

// ever is earlier than any employment and has no end: the day of joining decides about tiers, waiting and the leave year, and a last day
// that is known about proration, so terms are asked for all of it.
var ever = hr.Period{From: hr.MustDate("1900-01-01")}

func (s Service) accrue(ctx context.Context, b *book, policies []*held, terms hr.Timeline[hr.Terms], through hr.Date, entries []Entry) error {
	employed := employments(terms)
	if err := s.giveBackUnemployed(ctx, b, employed, entries); err != nil {
		return err
	}
	own := make([]*Entry, 0, len(entries))
	others := len(entries) + len(b.movements) // of types that have no policy any more
	for _, held := range policies {
		own = appendType(appendType(own[:0], entries, held.t), b.movements, held.t)
		others -= len(own)
		ledger, err := due(held, employed, own, through)
		if err != nil {
			return err
		}
		for _, e := range ledger[len(own):] {
			b.post(*e)
		}
	}
	if others == 0 {
		return nil
	}
	for _, lapsed := range Lapse(slices.Concat(entries, b.movements), through) {
		if _, known := s.Policies[lapsed.Value.Type]; !known {
			b.post(lapsed)
		}
	}
	return nil
}

// employments returns the periods in which terms hold.
func employments(terms hr.Timeline[hr.Terms]) []hr.Period {
	var employed []hr.Period
	for piece := range terms.Over(ever) {
		employed = append(employed, piece)
	}
	return employed
}
