package leave

import (
	"context"
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// GrantLeave opens a lot of time off in lieu of work done, usable when the grant says, or for as long as the type's [Expiry] says from
// the day of the work. The same
// evidence again with another quantity posts the difference, and 0 takes it back; what the lot no longer holds is then owed. Attendance
// calls it in its own unit of work. The faults are those of [Service.Grant] that can occur.
func (s Service) GrantLeave(ctx context.Context, cmd hr.Command, g hr.LeaveGrant) error {
	return s.onEvidence(ctx, cmd, "leave.GrantLeave", g.Employee, TypeID(g.Type), g.Date, g.Quantity, g.Ref, func(b *book, p Policy, entries []Entry) error {
		if g.Unit != "" && Unit(g.Unit) != p.Unit {
			return &hr.FieldError{Path: "unit", Rule: RulePolicyUnit, Reason: fmt.Sprintf("must be %s, as the leave type counts", p.Unit)}
		}
		lot := LotID(fmt.Sprintf("lieu/%s/%s/%s", p.Type, g.Ref.Kind, g.Ref.ID))
		var had decimal.Decimal
		n := 0
		for _, e := range entries {
			if m := e.Value; m.Type == p.Type && (m.Lot == lot && (m.Kind == Granted || m.Kind == Adjusted) || e.Cause == lotRef(lot)) {
				had, n = had.Add(m.Quantity), n+1
			}
		}
		diff := g.Quantity.Sub(had)
		if diff.IsZero() {
			return nil
		}
		usable := g.Usable
		if usable.IsZero() {
			var err error
			if usable, err = p.Expiry.usable(g.Date); err != nil {
				return err
			}
		}
		e := Entry{ID: string(lot), Period: usable, Cause: g.Ref, Value: Movement{Type: p.Type, Lot: lot, Kind: Granted, Quantity: diff}}
		if n > 0 {
			e.ID, e.Cause, e.Value.Kind = fmt.Sprintf("%s/%d", lot, n), lotRef(lot), Adjusted
			e.Period.Through = e.Period.From
		}
		b.post(heldBack(entries, e)...)
		return nil
	})
}

// ChargeLeave takes leave as the penalty of an attendance policy, from the lots that a request of that day would take it from. The
// same evidence again with another quantity gives back what was taken and takes the other, and 0 gives all back. Too little left
// is RuleRequestShort, and then nothing is taken: what the policy wants instead is for attendance to say.
func (s Service) ChargeLeave(ctx context.Context, cmd hr.Command, c hr.LeaveCharge) error {
	return s.onEvidence(ctx, cmd, "leave.ChargeLeave", c.Employee, TypeID(c.Type), c.Date, c.Quantity, c.Ref, func(b *book, p Policy, entries []Entry) error {
		held := map[LotID]decimal.Decimal{}
		var order []LotID
		var sum decimal.Decimal
		n := 0
		for _, e := range entries {
			m := e.Value
			if m.Type != p.Type || e.Cause != c.Ref || m.Kind != Used && m.Kind != Returned {
				continue
			}
			if _, ok := held[m.Lot]; !ok {
				order = append(order, m.Lot)
			}
			held[m.Lot], sum, n = held[m.Lot].Sub(m.Quantity), sum.Sub(m.Quantity), n+1
		}
		if sum.Equal(c.Quantity) {
			return nil
		}
		add := func(kind Kind, lot LotID, q decimal.Decimal) {
			e := Entry{
				ID: fmt.Sprintf("charge/%s/%s/%s/%d", p.Type, c.Ref.Kind, c.Ref.ID, n), Period: hr.Period{From: c.Date, Through: c.Date}, Cause: c.Ref,
				Value: Movement{Type: p.Type, Lot: lot, Kind: kind, Quantity: q},
			}
			n++
			b.post(e)
			entries = append(entries, e)
		}
		for _, lot := range order {
			if held[lot].Sign() != 0 {
				add(Returned, lot, held[lot])
			}
		}
		drawn, short := Draw(entries, p, []Day{{Date: c.Date, Quantity: c.Quantity}})
		if short.Sign() > 0 {
			return &hr.FieldError{Path: "quantity", Rule: RuleRequestShort, Reason: "takes more than the balance and its limit allow"}
		}
		for _, share := range drawn[0].Lots {
			add(Used, share.Lot, share.Quantity.Neg())
		}
		return nil
	})
}

// onEvidence runs a command of attendance on the ledger of one employee.
func (s Service) onEvidence(ctx context.Context, cmd hr.Command, verb string, emp hr.EmployeeID, t TypeID, on hr.Date, q decimal.Decimal, ref hr.Ref, fn func(*book, Policy, []Entry) error) error {
	args := struct {
		Employee hr.EmployeeID
		Type     TypeID
		On       hr.Date
		Quantity decimal.Decimal
		Ref      hr.Ref
	}{emp, t, on, q, ref}
	_, err := do(ctx, s, cmd, verb, storage.About(args, emp), func(ctx context.Context, cmd hr.Command) (hr.Ref, []storage.Event, error) {
		var faults hr.Faults
		if emp == "" {
			faults.Missing("employee", RuleEmployee)
		}
		if on.IsZero() {
			faults.Missing("date", RuleCreditPeriod)
		}
		if q.Sign() < 0 {
			faults.Add("quantity", RuleCreditQuantity, "must not be below zero")
		}
		if ref == (hr.Ref{}) {
			faults.Missing("ref", RuleCreditSource)
		}
		policy, err := s.Policies.At(t, on)
		faults.Join("", err)
		if faults.Any() {
			return hr.Ref{}, nil, faults.Err()
		}
		b, err := s.take(ctx, emp)
		if err != nil {
			return hr.Ref{}, nil, err
		}
		entries, err := s.live(ctx, hr.Pin{Employee: emp})
		if err != nil {
			return hr.Ref{}, nil, err
		}
		if err := fn(b, policy, entries); err != nil || len(b.movements) == 0 {
			return ref, nil, err
		}
		if err := s.keep(ctx, cmd, b, entries); err != nil {
			return hr.Ref{}, nil, err
		}
		return ref, []storage.Event{event(cmd, "leave.credited", emp, hr.Ref{Kind: "leave_ledger", ID: b.movements[0].ID, Seq: b.taken.Known.Own})}, nil
	})
	return err
}
