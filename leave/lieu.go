package leave

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// GrantLeave opens a lot of time off in lieu of work done, usable when the grant says, or for as long as the type's [Expiry] says from
// the day of the work. The same evidence again with another quantity posts the difference, and 0 takes it back; what the lot no longer
// holds is then owed. The faults are those of [Service.Grant] that can occur. [Service.Settle] does it for a whole period.
func (s Service) GrantLeave(ctx context.Context, cmd hr.Command, g hr.LeaveGrant) error {
	var faults hr.Faults
	s.checkEvidence(&faults, "", g.Employee, TypeID(g.Type), g.Date, g.Quantity, g.Ref)
	_, err := s.settle(ctx, cmd, "leave.GrantLeave", g.Employee, g, faults, func(_ context.Context, st *settling) ([]hr.Ref, error) { return nil, st.grant(g) })
	return err
}

// ChargeLeave takes leave as the penalty of an attendance policy, from the lots that a request of that day would take it from. The
// same evidence again with another quantity gives back what was taken and takes the other, and 0 gives all back. Too little left
// is RuleRequestShort, and then nothing is taken: what the policy wants instead is for attendance to say.
func (s Service) ChargeLeave(ctx context.Context, cmd hr.Command, c hr.LeaveCharge) error {
	var faults hr.Faults
	s.checkEvidence(&faults, "", c.Employee, TypeID(c.Type), c.Date, c.Quantity, c.Ref)
	_, err := s.settle(ctx, cmd, "leave.ChargeLeave", c.Employee, c, faults, func(ctx context.Context, st *settling) ([]hr.Ref, error) {
		short, err := st.charge(ctx, c)
		if short {
			err = &hr.FieldError{Path: "quantity", Rule: RuleRequestShort, Reason: "takes more than the balance and its limit allow"}
		}
		return nil, err
	})
	return err
}

func (st *settling) grant(g hr.LeaveGrant) error {
	t := TypeID(g.Type)
	lot := LotID(fmt.Sprintf("lieu/%s/%s/%s", t, g.Ref.Kind, g.Ref.ID))
	var had decimal.Decimal
	n := 0
	for _, e := range st.entries {
		m := e.Value
		if m.Type != t || m.Kind != Granted && m.Kind != Adjusted || m.Lot != lot && e.Cause != lotRef(lot) {
			continue
		}
		n++
		if e.ID == string(lot) || e.Cause == lotRef(lot) { // what somebody adjusts by hand is beside the evidence, and stays
			had = had.Add(m.Quantity)
		}
	}
	if n == 0 && g.Quantity.IsZero() { // nothing to take back
		return nil
	}
	p, err := st.Policies.At(t, g.Date)
	if err != nil && !g.Quantity.IsZero() {
		return err
	}
	if g.Unit != "" && Unit(g.Unit) != p.Unit {
		return &hr.FieldError{Path: "unit", Rule: RulePolicyUnit, Reason: fmt.Sprintf("must be %s, as the leave type counts", p.Unit)}
	}
	diff := g.Quantity.Sub(had)
	if diff.IsZero() {
		return nil
	}
	usable := g.Usable
	if usable.IsZero() {
		if usable, err = p.Expiry.usable(g.Date); err != nil {
			return err
		}
	}
	e := Entry{ID: string(lot), Period: usable, Cause: g.Ref, Value: Movement{Type: t, Lot: lot, Kind: Granted, Quantity: diff}}
	if n > 0 {
		e.ID, e.Cause, e.Value.Kind = fmt.Sprintf("%s/%d", lot, n), lotRef(lot), Adjusted
		e.Period.Through = e.Period.From
	}
	st.post(heldBack(ofType(st.entries, e.Value.Type), e)...)
	return nil
}

// charge reports short where too little is left, and then takes nothing and gives nothing back.
func (st *settling) charge(ctx context.Context, c hr.LeaveCharge) (short bool, err error) {
	t := TypeID(c.Type)
	type charged struct {
		on  hr.Date
		lot LotID
	}
	held := map[charged]decimal.Decimal{}
	var order []charged
	var sum decimal.Decimal
	n, moved := 0, false
	for _, e := range st.entries {
		m := e.Value
		if m.Type != t || e.Cause != c.Ref || m.Kind != Used && m.Kind != Returned {
			continue
		}
		of := charged{e.Period.From, m.Lot}
		if _, ok := held[of]; !ok {
			order = append(order, of)
		}
		held[of], sum, n = held[of].Sub(m.Quantity), sum.Sub(m.Quantity), n+1
	}
	for of, q := range held {
		moved = moved || q.Sign() != 0 && of.on != c.Date // other days make it due now
	}
	if sum.Equal(c.Quantity) && !moved {
		return false, nil
	}
	p, err := st.Policies.At(t, c.Date)
	if err != nil && !c.Quantity.IsZero() {
		return false, err
	}
	var posted []Entry
	add := func(kind Kind, of charged, q decimal.Decimal) {
		posted = append(posted, Entry{
			ID: fmt.Sprintf("charge/%s/%s/%s/%d", t, c.Ref.Kind, c.Ref.ID, n), Period: hr.Period{From: of.on, Through: of.on}, Cause: c.Ref,
			Value: Movement{Type: t, Lot: of.lot, Kind: kind, Quantity: q},
		})
		n++
	}
	for _, of := range order {
		if held[of].Sign() != 0 {
			add(Returned, of, held[of])
		}
	}
	asked := []Day{{Date: c.Date, Quantity: c.Quantity}}
	drawn, missing, room := rederive(slices.Concat(st.entries, posted), p, asked)
	if missing.Sign() > 0 {
		return true, nil
	}
	if err := st.relot(ctx, room); err != nil {
		return false, err
	}
	for _, share := range drawn[0].Lots {
		add(Used, charged{c.Date, share.Lot}, share.Quantity.Neg())
	}
	st.post(slices.Concat(posted, room)...)
	return false, nil
}

// workedRef is the cause of what is returned of a day of leave that was worked.
func workedRef(id RequestID, d hr.Date) hr.Ref {
	return hr.Ref{Kind: "worked_leave", ID: fmt.Sprintf("%s/%s", id, d)}
}

// giveBack brings what was returned of a day of leave that was worked to the share of it.
func (st *settling) giveBack(ctx context.Context, r hr.LeaveReturn) error {
	id := RequestID(r.Request.ID)
	request, err := st.Requests.Request(ctx, id)
	if errors.Is(err, storage.ErrNotFound) || err == nil && request.Employee != st.employee || r.Request.Kind != id.Ref().Kind {
		return &hr.FieldError{Path: "request", Rule: RuleReturn, Reason: "must be a leave request of the employee"}
	}
	if err != nil || request.State != Approved {
		return err
	}
	st.bring(request, r.Date, r.Share, workedRef(id, r.Date))
	return nil
}

// bring brings what was returned of a day of leave for a cause to the share of what the day holds otherwise. The lot taken last gets it first.
func (st *settling) bring(r Request, day hr.Date, share decimal.Decimal, own hr.Ref) {
	taken, back := map[LotID]decimal.Decimal{}, map[LotID]decimal.Decimal{}
	var order []LotID
	var half hr.HalfOfDay
	var sum decimal.Decimal
	n := 0
	for _, e := range st.entries {
		m := e.Value
		if m.Request != r.ID || m.Kind != Used && m.Kind != Returned || e.Period.From != day {
			continue
		}
		half = m.Half
		if !slices.Contains(order, m.Lot) {
			order = append(order, m.Lot)
		}
		if e.Cause == own {
			back[m.Lot], n = back[m.Lot].Add(m.Quantity), n+1
			continue
		}
		taken[m.Lot], sum = taken[m.Lot].Sub(m.Quantity), sum.Sub(m.Quantity)
	}
	left := sum.Mul(share)
	var had decimal.Decimal
	for _, q := range back {
		had = had.Add(q)
	}
	if had.Equal(left) {
		return
	}
	for _, lot := range slices.Backward(order) {
		want := decimal.Min(left, taken[lot])
		left = left.Sub(want)
		diff := want.Sub(back[lot])
		if diff.IsZero() {
			continue
		}
		e := Entry{
			ID: fmt.Sprintf("%s/%s/%d", own.Kind, own.ID, n), Period: hr.Period{From: day, Through: day}, Cause: own,
			Value: Movement{Type: r.Type, Lot: lot, Kind: Returned, Quantity: diff, Half: half, Request: r.ID},
		}
		n++
		if diff.IsNegative() {
			e.Value.Kind = Used
			st.post(heldBack(ofType(st.entries, e.Value.Type), e)...)
			continue
		}
		st.post(e)
	}
}
