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
			none, err := st.charge(ctx, c)
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
