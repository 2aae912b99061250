package leave

import (
	"context"
	"fmt"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// Projected is a balance on a day to come, and what it is made of: Balance = Now + Credits - Planned.
type Projected struct {
	Balance decimal.Decimal // at the end of the day, as if what is planned were approved
	Now     decimal.Decimal // of that day, as the ledger stands
	Credits decimal.Decimal // what falls due by then and is not on record: credits less what a year's end and lapses take
	Planned decimal.Decimal // what requests that wait would take by then
	Short   decimal.Decimal // what of them could not be had: it is in no balance
}

// Project returns the balance of a type on a day with what falls due by then ([Due]) and what planned requests would take, in order of
// their first days. The arguments are those of [Due]; a planned request of another type, and one that does not wait, is left out.
func Project(t TypeID, policies hr.Timeline[Policy], employed []hr.Period, entries []Entry, planned []Request, on hr.Date) (Projected, error) {
	p := Projected{Now: Balance(entries, t, on)}
	due, err := Due(t, policies, employed, entries, on)
	if err != nil {
		return p, err
	}
	ledger := append(slices.Clone(entries), due...)
	p.Credits = Balance(ledger, t, on).Sub(p.Now)
	sorted := slices.Clone(planned)
	slices.SortFunc(sorted, func(a, b Request) int { return a.Period.From.Compare(b.Period.From) })
	for _, r := range sorted {
		policy, ok := policies.At(r.Period.From)
		if r.Type != t || r.State != Requested || !ok {
			continue
		}
		drawn, short, moved := rederive(ledger, policy, r.Days)
		p.Short = p.Short.Add(short)
		for i, e := range append(moved, uses(r.ID, t, drawn)...) {
			e.ID = fmt.Sprintf("planned/%s/%d", r.ID, i)
			ledger = append(ledger, e)
		}
	}
	again, err := Due(t, policies, employed, ledger, on)
	if err != nil {
		return p, err
	}
	p.Balance = Balance(append(ledger, again...), t, on)
	p.Planned = p.Now.Add(p.Credits).Sub(p.Balance)
	return p, nil
}

// Project returns the balance of a type that an employee will have on a day, by what is known at v.Known, with the requests that wait;
// see the function [Project]. It writes nothing.
func (s Service) Project(ctx context.Context, v hr.View, employee hr.EmployeeID, t TypeID, on hr.Date) (Projected, error) {
	const verb = "leave.Project"
	if err := storage.May(ctx, s.Kit, v, verb, employee); err != nil {
		return Projected{}, err
	}
	if on.IsZero() {
		return Projected{}, &hr.FieldError{Path: "on", Rule: RuleAccrualThrough, Reason: "is required", Err: hr.ErrRequired}
	}
	pin := hr.Pin{Employee: employee, Known: v.Known}
	entries, err := s.live(ctx, pin)
	if err != nil {
		return Projected{}, fmt.Errorf("%s: %w", verb, err)
	}
	terms, err := s.Terms.TermsOf(ctx, v, []hr.Pin{pin}, ever)
	if err != nil {
		return Projected{}, fmt.Errorf("%s: %w", verb, err)
	}
	requests, err := s.Requests.RequestsIn(ctx, employee, hr.Period{From: ever.From, Through: on})
	if err != nil {
		return Projected{}, fmt.Errorf("%s: %w", verb, err)
	}
	return Project(t, s.Policies[t], employments(terms[0]), entries, requests, on)
}
