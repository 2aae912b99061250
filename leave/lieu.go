package leave

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

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
	_, err := s.settle(ctx, cmd, "leave.ChargeLeave", c.Employee, c, faults, func(_ context.Context, st *settling) ([]hr.Ref, error) {
		short, err := st.charge(c)
		if short {
			err = &hr.FieldError{Path: "quantity", Rule: RuleRequestShort, Reason: "takes more than the balance and its limit allow"}
		}
		return nil, err
	})
	return err
}

// Settle brings everything that attendance asks of leave for one employee to what the dues say: leave that was worked goes back to its
// lots first, then overtime is granted, and what lateness costs is taken from what is there then. Each item is known by its
// reference: the same dues again post nothing, another quantity posts the difference, and 0 takes an item back. The references of
// charges for which too little is left come back, and nothing is taken for them: what they hold from before stays. Attendance calls
// it in its own unit of work.
//
// Leave that is returned goes to the lots that the day was taken from, the last taken first; a lot that has lapsed gets it too, and it lapses
// with it. The request and the day away stay. Where a return is taken back, what the lots no longer hold is owed ([Advance]). A
// request that is no longer approved has given everything back already, and is left alone.
//
// The faults of all items come together, under paths such as "charges[0].quantity": those of [Service.GrantLeave] and
// [Service.ChargeLeave] but too little left, and RuleReturn for a return of a share outside 0 to 1 or of no request of the employee.
func (s Service) Settle(ctx context.Context, cmd hr.Command, dues hr.LeaveDues) (short []hr.Ref, err error) {
	var faults hr.Faults
	for i, g := range dues.Grants {
		s.checkEvidence(&faults, fmt.Sprintf("grants[%d].", i), g.Employee, TypeID(g.Type), g.Date, g.Quantity, g.Ref)
		checkWhose(&faults, fmt.Sprintf("grants[%d].", i), g.Employee, dues.Employee)
	}
	for i, c := range dues.Charges {
		s.checkEvidence(&faults, fmt.Sprintf("charges[%d].", i), c.Employee, TypeID(c.Type), c.Date, c.Quantity, c.Ref)
		checkWhose(&faults, fmt.Sprintf("charges[%d].", i), c.Employee, dues.Employee)
	}
	for i, r := range dues.Returns {
		at := fmt.Sprintf("returns[%d].", i)
		if r.Share.Sign() < 0 || r.Share.Cmp(one) > 0 {
			faults.Add(at+"share", RuleReturn, "must be a share from 0 to 1")
		}
		if r.Date.IsZero() {
			faults.Missing(at+"date", RuleCreditPeriod)
		}
		checkWhose(&faults, at, r.Employee, dues.Employee)
	}
	return s.settle(ctx, cmd, "leave.Settle", dues.Employee, dues, faults, func(ctx context.Context, st *settling) (short []hr.Ref, err error) {
		var faults hr.Faults
		for i, r := range dues.Returns {
			if err := st.giveBack(ctx, r); errors.As(err, new(*hr.FieldError)) {
				faults.Join(fmt.Sprintf("returns[%d]", i), err)
			} else if err != nil {
				return nil, err
			}
		}
		for i, g := range dues.Grants {
			faults.Join(fmt.Sprintf("grants[%d]", i), st.grant(g))
		}
		for i, c := range dues.Charges {
			none, err := st.charge(c)
			faults.Join(fmt.Sprintf("charges[%d]", i), err)
			if none {
				short = append(short, c.Ref)
			}
		}
		return short, faults.Err()
	})
}

func (s Service) checkEvidence(faults *hr.Faults, at string, emp hr.EmployeeID, t TypeID, on hr.Date, q decimal.Decimal, ref hr.Ref) {
	if emp == "" {
		faults.Missing(at+"employee", RuleEmployee)
	}
	if on.IsZero() {
		faults.Missing(at+"date", RuleCreditPeriod)
	}
	if q.Sign() < 0 {
		faults.Add(at+"quantity", RuleCreditQuantity, "must not be below zero")
	}
	if ref == (hr.Ref{}) {
		faults.Missing(at+"ref", RuleCreditSource)
	}
	if !q.IsZero() { // what is taken back may be of a type that has no policy any more
		_, err := s.Policies.At(t, on)
		faults.Join(strings.TrimSuffix(at, "."), err)
	}
}

func checkWhose(faults *hr.Faults, at string, emp, whose hr.EmployeeID) {
	if emp != whose {
		faults.Add(at+"employee", RuleEmployee, "must be whose dues they are")
	}
}

// settling is the ledger of one employee while attendance changes it.
type settling struct {
	Service
	employee hr.EmployeeID
	book     *book
	entries  []Entry // the live ones, and then what was posted
}

func (st *settling) post(entries ...Entry) {
	n := len(st.book.movements)
	st.book.post(entries...)
	st.entries = append(st.entries, st.book.movements[n:]...)
}

// settle runs a command of attendance on the ledger of one employee.
func (s Service) settle(ctx context.Context, cmd hr.Command, verb string, emp hr.EmployeeID, args any, faults hr.Faults, fn func(context.Context, *settling) ([]hr.Ref, error)) ([]hr.Ref, error) {
	return do(ctx, s, cmd, verb, storage.About(args, emp), func(ctx context.Context, cmd hr.Command) ([]hr.Ref, []storage.Event, error) {
		if emp == "" && !faults.Any() {
			faults.Missing("employee", RuleEmployee)
		}
		if faults.Any() {
			return nil, nil, faults.Err()
		}
		b, err := s.take(ctx, emp)
		if err != nil {
			return nil, nil, err
		}
		entries, err := s.live(ctx, hr.Pin{Employee: emp})
		if err != nil {
			return nil, nil, err
		}
		st := &settling{Service: s, employee: emp, book: b, entries: slices.Clone(entries)}
		short, err := fn(ctx, st)
		if err != nil || len(b.movements) == 0 {
			return short, nil, err
		}
		if err := s.keep(ctx, cmd, b, entries); err != nil {
			return nil, nil, err
		}
		return short, []storage.Event{event(cmd, "leave.credited", emp, hr.Ref{Kind: "leave_ledger", ID: b.movements[0].ID, Seq: b.taken.Known.Own})}, nil
	})
}

func (st *settling) grant(g hr.LeaveGrant) error {
	t := TypeID(g.Type)
	lot := LotID(fmt.Sprintf("lieu/%s/%s/%s", t, g.Ref.Kind, g.Ref.ID))
	var had decimal.Decimal
	n := 0
	for _, e := range st.entries {
		if m := e.Value; m.Type == t && (m.Lot == lot && (m.Kind == Granted || m.Kind == Adjusted) || e.Cause == lotRef(lot)) {
			had, n = had.Add(m.Quantity), n+1
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
	st.post(heldBack(st.entries, e)...)
	return nil
}

// charge reports short where too little is left, and then takes nothing and gives nothing back.
func (st *settling) charge(c hr.LeaveCharge) (short bool, err error) {
	t := TypeID(c.Type)
	held := map[LotID]decimal.Decimal{}
	var order []LotID
	var sum decimal.Decimal
	n := 0
	for _, e := range st.entries {
		m := e.Value
		if m.Type != t || e.Cause != c.Ref || m.Kind != Used && m.Kind != Returned {
			continue
		}
		if _, ok := held[m.Lot]; !ok {
			order = append(order, m.Lot)
		}
		held[m.Lot], sum, n = held[m.Lot].Sub(m.Quantity), sum.Sub(m.Quantity), n+1
	}
	if sum.Equal(c.Quantity) {
		return false, nil
	}
	p, err := st.Policies.At(t, c.Date)
	if err != nil && !c.Quantity.IsZero() {
		return false, err
	}
	var posted []Entry
	add := func(kind Kind, lot LotID, q decimal.Decimal) {
		posted = append(posted, Entry{
			ID: fmt.Sprintf("charge/%s/%s/%s/%d", t, c.Ref.Kind, c.Ref.ID, n), Period: hr.Period{From: c.Date, Through: c.Date}, Cause: c.Ref,
			Value: Movement{Type: t, Lot: lot, Kind: kind, Quantity: q},
		})
		n++
	}
	for _, lot := range order {
		if held[lot].Sign() != 0 {
			add(Returned, lot, held[lot])
		}
	}
	drawn, missing := Draw(slices.Concat(st.entries, posted), p, []Day{{Date: c.Date, Quantity: c.Quantity}})
	if missing.Sign() > 0 {
		return true, nil
	}
	for _, share := range drawn[0].Lots {
		add(Used, share.Lot, share.Quantity.Neg())
	}
	st.post(posted...)
	return false, nil
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
	own := hr.Ref{Kind: "worked_leave", ID: fmt.Sprintf("%s/%s", id, r.Date)}
	taken, back := map[LotID]decimal.Decimal{}, map[LotID]decimal.Decimal{}
	var order []LotID
	var sum decimal.Decimal
	n := 0
	for _, e := range st.entries {
		m := e.Value
		if m.Request != id || m.Kind != Used && m.Kind != Returned || e.Period.From != r.Date {
			continue
		}
		if !slices.Contains(order, m.Lot) {
			order = append(order, m.Lot)
		}
		if e.Cause == own {
			back[m.Lot], n = back[m.Lot].Add(m.Quantity), n+1
			continue
		}
		taken[m.Lot], sum = taken[m.Lot].Sub(m.Quantity), sum.Sub(m.Quantity)
	}
	left := sum.Mul(r.Share)
	var had decimal.Decimal
	for _, q := range back {
		had = had.Add(q)
	}
	if had.Equal(left) {
		return nil
	}
	for _, lot := range slices.Backward(order) {
		want := decimal.Min(left, taken[lot])
		left = left.Sub(want)
		diff := want.Sub(back[lot])
		if diff.IsZero() {
			continue
		}
		e := Entry{
			ID: fmt.Sprintf("%s/%s/%d", own.Kind, own.ID, n), Period: hr.Period{From: r.Date, Through: r.Date}, Cause: own,
			Value: Movement{Type: request.Type, Lot: lot, Kind: Returned, Quantity: diff, Request: id},
		}
		n++
		if diff.Sign() < 0 {
			e.Value.Kind = Used
			st.post(heldBack(st.entries, e)...)
			continue
		}
		st.post(e)
	}
	return nil
}
