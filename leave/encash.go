package leave

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// Encashing asks for leave to be paid instead of taken.
type Encashing struct {
	Employee hr.EmployeeID
	Type     TypeID
	Quantity decimal.Decimal // above zero
	On       hr.Date         // the day it leaves the account
}

// Encash takes leave off the account to be paid, where the policy allows it on demand, from the lots that leave of that day would be
// taken from. It returns the reference of the entry; [Service.Paid] lists what payroll must pay. The faults are
// RulePolicyEncashment where the policy does not allow it or less than it keeps would be left, RuleCreditQuantity and
// RuleCreditPeriod.
func (s Service) Encash(ctx context.Context, cmd hr.Command, e Encashing) (hr.Ref, error) {
	return do(ctx, s, cmd, "leave.Encash", storage.About(e, e.Employee), func(ctx context.Context, cmd hr.Command) (hr.Ref, []storage.Event, error) {
		var faults hr.Faults
		if e.Employee == "" {
			faults.Missing("employee", RuleEmployee)
		}
		if e.Quantity.Sign() <= 0 {
			faults.Add("quantity", RuleCreditQuantity, "must be above zero")
		}
		if e.On.IsZero() {
			faults.Missing("on", RuleCreditPeriod)
		}
		p, err := s.Policies.At(e.Type, e.On)
		faults.Join("", err)
		if err == nil && !p.Encashment.Asked {
			faults.Add("type", RulePolicyEncashment, "is not paid out on demand")
		}
		if faults.Any() {
			return hr.Ref{}, nil, faults.Err()
		}
		b, err := s.take(ctx, e.Employee)
		if err != nil {
			return hr.Ref{}, nil, err
		}
		entries, err := s.live(ctx, hr.Pin{Employee: e.Employee})
		if err != nil {
			return hr.Ref{}, nil, err
		}
		p.Negative = Negative{} // nobody is paid for leave that is owed
		drawn, short := Draw(entries, p, []Day{{Date: e.On, Quantity: e.Quantity.Add(p.Encashment.Keep)}})
		if short.Sign() > 0 {
			return hr.Ref{}, nil, &hr.FieldError{Path: "quantity", Rule: RulePolicyEncashment, Reason: "leaves less than must stay on the account"}
		}
		left := e.Quantity
		for i, share := range drawn[0].Lots {
			q := decimal.Min(left, share.Quantity)
			if left = left.Sub(q); q.Sign() > 0 {
				b.post(Entry{
					ID: fmt.Sprintf("%s/%d", cmd.NewID("encash"), i), Period: hr.Period{From: e.On, Through: e.On}, Cause: hr.Ref{Kind: "command", ID: string(cmd.ID)},
					Value: Movement{Type: e.Type, Lot: share.Lot, Kind: Encashed, Quantity: q.Neg()},
				})
			}
		}
		if err := s.keep(ctx, cmd, b, entries); err != nil {
			return hr.Ref{}, nil, err
		}
		ref := hr.Ref{Kind: "leave_ledger", ID: b.movements[0].ID, Seq: b.taken.Known.Own}
		return ref, []storage.Event{event(cmd, "leave.encashed", e.Employee, ref)}, nil
	})
}

// Payout is leave that is paid instead of taken: on demand, at a year's end or at exit. Below zero it takes back what a year's end paid
// before leave of that year became known.
type Payout struct {
	Type     TypeID
	On       hr.Date
	Quantity decimal.Decimal
	Ref      hr.Ref // the entry of the ledger
}

// Payouts returns what the entries say is paid on the days of a period, by day and entry. Entries are the live ones of an employee.
func Payouts(entries []Entry, p hr.Period) []Payout {
	var out []Payout
	for _, e := range entries {
		if e.Value.Kind == Encashed && p.Contains(e.Period.From) {
			out = append(out, Payout{e.Value.Type, e.Period.From, e.Value.Quantity.Neg(), hr.Ref{Kind: "leave_ledger", ID: e.ID, Seq: e.Seq}})
		}
	}
	slices.SortFunc(out, func(a, b Payout) int { return cmp.Or(a.On.Compare(b.On), cmp.Compare(a.Ref.ID, b.Ref.ID)) })
	return out
}

// Paid returns the payouts of an employee in a period, as known at v.Known; see [Payouts].
func (s Service) Paid(ctx context.Context, v hr.View, employee hr.EmployeeID, p hr.Period) ([]Payout, error) {
	entries, err := s.read(ctx, v, "leave.Paid", employee)
	if err != nil {
		return nil, err
	}
	return Payouts(entries, p), nil
}
