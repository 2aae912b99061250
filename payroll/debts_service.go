package payroll

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

const debtRef = "debt"

// addMoves adds what is done to debts, by debt, or takes it away; the result is a copy and has nothing that comes to nothing.
func addMoves(to, more []DebtMove, less bool) []DebtMove {
	to = slices.Clone(to)
	for _, m := range more {
		i := slices.IndexFunc(to, func(x DebtMove) bool { return x.Debt == m.Debt })
		if i < 0 {
			i = len(to)
			to = append(to, DebtMove{Debt: m.Debt, Name: m.Name})
		}
		if less {
			m.Lent, m.Repaid, m.Carried = m.Lent.Neg(), m.Repaid.Neg(), m.Carried.Neg()
		}
		x := &to[i]
		x.Lent, x.Repaid, x.Carried = x.Lent.Add(m.Lent), x.Repaid.Add(m.Repaid), x.Carried.Add(m.Carried)
	}
	return slices.DeleteFunc(to, func(m DebtMove) bool { return m.Lent.IsZero() && m.Repaid.IsZero() && m.Carried.IsZero() })
}

// paidFor is the net pay that was posted for a period, where a payslip stands in its place.
func (p *Plan) paidFor(a account, period hr.Period) decimal.Decimal {
	net := decimal.Zero
	paid, posted := a.of(period)
	if !posted || !a.again {
		return net
	}
	lines := paid.lines()
	for i, l := range p.lines {
		switch p.kinds[i] {
		case Earning:
			net = net.Add(lines[l.Name])
		case Deduction:
			net = net.Sub(lines[l.Name])
		}
	}
	return net
}

// debts returns the debts of each pin as known at it, the newest entry of each, by id.
func (s Service) debts(ctx context.Context, pins []hr.Pin) ([][]Debt, error) {
	out := make([][]Debt, len(pins))
	if s.Debts == nil {
		return out, nil
	}
	lists, err := s.Debts.DebtsOf(ctx, pins)
	if err != nil {
		return nil, err
	}
	if len(lists) != len(pins) {
		return nil, fmt.Errorf("payroll: a port gave %d answers for %d pins", len(lists), len(pins))
	}
	for i, list := range lists {
		history, err := hr.NewHistory(debtRef, list...)
		if err != nil {
			return nil, err
		}
		for _, e := range history.Live(pins[i].Known.Own) {
			d := e.Value
			d.Ref = history.Ref(e)
			if at := slices.IndexFunc(out[i], func(x Debt) bool { return x.ID == d.ID }); at >= 0 {
				out[i][at] = d
			} else {
				out[i] = append(out[i], d)
			}
		}
		slices.SortFunc(out[i], func(a, b Debt) int { return strings.Compare(string(a.ID), string(b.ID)) })
	}
	return out, nil
}

// outstanding returns what each pin owes before a payslip of a period: those debts of which something may still happen.
func (s Service) outstanding(ctx context.Context, pins []hr.Pin, accounts []account, period hr.Period) ([][]Outstanding, error) {
	debts, err := s.debts(ctx, pins)
	if err != nil {
		return nil, err
	}
	out := make([][]Outstanding, len(pins))
	for i, list := range debts {
		for _, d := range list {
			o := accounts[i].outstanding(d, period)
			ended := d.Kind != DebtOrder && o.Balance().IsZero() && (d.PayOut.IsZero() || !o.Lent.LessThan(d.Loan.Principal))
			if !ended {
				out[i] = append(out[i], o)
			}
		}
	}
	return out, nil
}

// outstanding is the fold over postings. Where the payslip of a period stands in the place of what was posted for it, that is not counted.
func (a account) outstanding(d Debt, period hr.Period) Outstanding {
	o := Outstanding{Debt: d}
	for _, p := range a.postings {
		for _, m := range p.Debts {
			if m.Debt != d.ID || p.Period == period && a.again {
				continue
			}
			o.Lent, o.Repaid, o.Carried = o.Lent.Add(m.Lent), o.Repaid.Add(m.Repaid), o.Carried.Add(m.Carried)
			if p.Period == period {
				o.InPeriod, o.Missed = o.InPeriod.Add(m.Repaid), o.Missed.Add(m.Carried)
			}
		}
	}
	return o
}

// Owing returns what employees owe, in the order asked: every debt that was ever agreed, ordered or overpaid, by id, with what was posted of
// it by today. It writes nothing.
func (s Service) Owing(ctx context.Context, v hr.View, ids ...hr.EmployeeID) ([][]Outstanding, error) {
	const verb = "payroll.Owing"
	if err := storage.May(ctx, s.Kit, v, verb, ids...); err != nil {
		return nil, err
	}
	pins := make([]hr.Pin, len(ids))
	for i, id := range ids {
		pins[i].Employee = id
	}
	accounts, err := s.accounts(ctx, pins, "")
	if err != nil {
		return nil, err
	}
	debts, err := s.debts(ctx, pins)
	if err != nil {
		return nil, err
	}
	out := make([][]Outstanding, len(ids))
	for i, list := range debts {
		for _, d := range list {
			out[i] = append(out[i], accounts[i].outstanding(d, hr.Period{}))
		}
	}
	return out, nil
}

// appendOverpaid records what was overpaid as debts: all of it is asked from the next pay date on, until something else is agreed. What was
// agreed about an overpayment of the period stands when there is more of it.
func (s Service) appendOverpaid(ctx context.Context, run Run, posted []hr.Entry[Posting]) error {
	if s.Overpaid == "" || s.Debts == nil {
		return nil
	}
	var entries []hr.Entry[Debt]
	for _, e := range posted {
		for _, m := range e.Value.Debts {
			if m.Debt != overpaidID(run.Period) || m.Lent.Sign() <= 0 || run.Kind == RunReversal {
				continue
			}
			next := run.PayDate.Add(1)
			owed := Debt{
				ID: m.Debt, Employee: e.Value.Employee, Kind: DebtOverpaid, Name: m.Name,
				Loan: Loan{Principal: m.Lent, Instalment: m.Lent, First: next, Close: next},
			}
			before, err := s.debts(ctx, []hr.Pin{{Employee: owed.Employee}})
			if err != nil {
				return err
			}
			if i := slices.IndexFunc(before[0], func(d Debt) bool { return d.ID == owed.ID }); i >= 0 {
				owed = before[0][i]
				owed.Ref, owed.Loan.Principal = hr.Ref{}, owed.Loan.Principal.Add(m.Lent)
			}
			entries = append(entries, hr.Entry[Debt]{
				ID: e.ID + "/overpaid", Seq: e.Seq, Recorded: e.Recorded, Period: hr.Period{From: next}, Cause: e.Cause, Value: owed,
			})
		}
	}
	if entries == nil {
		return nil
	}
	return s.Debts.AppendDebts(ctx, entries...)
}

// Attach records what courts and authorities have ordered to be withheld, and what they order anew: an order with the ID of an earlier one of the employee
// takes its place. It needs nobody's agreement, and nobody records or changes an order against themselves. An order without an ID gets one. All faults
// come at once: those of [Debt.Validate], and RuleDebt for a debt that is no order, an ID that comes twice, amounts finer than the currency, a reason that the command lacks and the actor's own. It
// returns the IDs.
func (s Service) Attach(ctx context.Context, cmd hr.Command, orders ...Debt) ([]DebtID, error) {
	const verb = "payroll.Attach"
	ids := make([]hr.EmployeeID, len(orders))
	for i, d := range orders {
		ids[i] = d.Employee
	}
	return storage.Do(ctx, s.Kit, cmd, verb, storage.About(orders, ids...), func(ctx context.Context, cmd hr.Command) ([]DebtID, []storage.Event, error) {
		var faults hr.Faults
		if s.Debts == nil {
			faults.Missing("service.debts", RuleDebt)
		}
		for i, d := range orders {
			at := fmt.Sprintf("orders[%d]", i)
			faults.Join(at, d.Validate())
			if d.Kind != DebtOrder {
				faults.Add(at+".kind", RuleDebt, "must be order: what is lent needs agreement")
			}
			if d.Employee != "" && d.Employee == cmd.Actor.Employee {
				faults.Add(at+".employee", RuleDebt, "is the actor: nobody records an order against themselves")
			}
			if d.ID != "" && slices.ContainsFunc(orders[:i], func(x Debt) bool { return x.ID == d.ID && x.Employee == d.Employee }) {
				faults.Add(at+".id", RuleDebt, "comes twice: which of the two holds would be chance")
			}
		}
		if strings.TrimSpace(cmd.Reason) == "" {
			faults.Missing("command.reason", RuleDebt)
		}
		if faults.Any() {
			return nil, nil, faults.Err()
		}
		for i, d := range orders {
			if err := s.fitsDebts(ctx, &faults, fmt.Sprintf("orders[%d]", i), d); err != nil {
				return nil, nil, err
			}
		}
		if faults.Any() {
			return nil, nil, faults.Err()
		}
		entries, err := s.recordDebts(ctx, cmd, orders)
		out := make([]DebtID, len(entries))
		for i, e := range entries {
			out[i] = e.Value.ID
		}
		return out, nil, err
	})
}

// recordDebts appends debts as facts that are known from now on.
func (s Service) recordDebts(ctx context.Context, cmd hr.Command, debts []Debt) ([]hr.Entry[Debt], error) {
	ids := make([]hr.EmployeeID, len(debts))
	for i, d := range debts {
		ids[i] = d.Employee
	}
	taken, err := s.take(ctx, ids)
	if err != nil {
		return nil, err
	}
	entries := make([]hr.Entry[Debt], len(debts))
	for i, d := range debts {
		if d.Ref = (hr.Ref{}); d.ID == "" {
			d.ID = DebtID(cmd.NewID(debtRef, fmt.Sprint(i)))
		}
		at := taken[d.Employee]
		from := d.Order.Period
		if d.Kind != DebtOrder {
			from = hr.Period{From: d.Loan.First}
		}
		entries[i] = hr.Entry[Debt]{
			ID: cmd.NewID("debt_entry", fmt.Sprint(i)), Seq: at.Known.Own, Line: i, Recorded: at.Recorded,
			Period: from, Value: d, Cause: hr.Ref{Kind: "command", ID: string(cmd.ID)},
		}
	}
	return entries, s.Debts.AppendDebts(ctx, entries...)
}
