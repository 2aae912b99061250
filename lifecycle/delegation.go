package lifecycle

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// Delegation lets To decide in the place of From, on the days of the entry that it is kept in. It is kept as a fact of From, and gives To
// nothing that From may not do: who may not decide on a case has nobody who stands in for them, and To does not decide on a case that
// they prepared or gain by, whoever asked them to. It is not passed on: who stands in for To does not stand in for From.
type Delegation struct {
	From  hr.EmployeeID `json:"from" class:"public"`
	To    hr.EmployeeID `json:"to" class:"public"`
	Kinds []string      `json:"kinds,omitempty" class:"public"` // of approval: "leave.request", or "leave.*" for all of leave; none: all
}

// covers reports whether d is for a kind of approval.
func (d Delegation) covers(kind string) bool { return len(d.Kinds) == 0 || matchesKind(d.Kinds, kind) }

// matchesKind reports whether one of the patterns is kind, or ends in ".*" and begins it.
func matchesKind(patterns []string, kind string) bool {
	return slices.ContainsFunc(patterns, func(p string) bool {
		if strings.HasSuffix(p, ".*") {
			return strings.HasPrefix(kind, strings.TrimSuffix(p, "*"))
		}
		return p == kind
	})
}

// kindDelegation names delegations in references.
const kindDelegation = "delegation"

// Delegate lends somebody's approvals to another for the days of p, both included. Only a Period with a last day is accepted, and from and to must
// be two employees (RuleDelegation). It returns the id under which [Service.EndDelegation] finds it.
func (s Service) Delegate(ctx context.Context, cmd hr.Command, d Delegation, p hr.Period) (string, error) {
	args := struct {
		Delegation Delegation
		Period     hr.Period
	}{d, p}
	return do(ctx, s, cmd, "lifecycle.Delegate", storage.About(args, d.From), func(ctx context.Context, cmd hr.Command) (string, []storage.Event, error) {
		if s.Delegations == nil {
			return "", nil, unwired("delegations")
		}
		rows, err := s.Employments.Employments(ctx, d.From, d.To)
		if err != nil {
			return "", nil, err
		}
		var faults hr.Faults
		for path, id := range map[string]hr.EmployeeID{"from": d.From, "to": d.To} {
			if _, known := find(rows, id); !known {
				faults.Add(path, RuleDelegation, "must be an employee")
			}
		}
		if d.From == d.To {
			faults.Add("to", RuleDelegation, "must be somebody else")
		}
		if p.Validate() != nil || p.Open() || p.IsZero() {
			faults.Add("period", RuleDelegation, "must have a first and a last day")
		}
		if slices.Contains(d.Kinds, "") {
			faults.Add("kinds", RuleDelegation, "must be kinds of approval")
		}
		if faults.Any() {
			return "", nil, faults.Err()
		}
		e := hr.Entry[Delegation]{Period: p, Value: d}
		return s.lend(ctx, cmd, d.From, &e)
	})
}

// EndDelegation ends a delegation of somebody after last, a day on which it still holds; no date takes it back as if it had never been.
// RuleDelegation says that there is none of the id, or that it does not hold on the day.
func (s Service) EndDelegation(ctx context.Context, cmd hr.Command, from hr.EmployeeID, id string, last hr.Date) error {
	args := struct {
		From hr.EmployeeID
		ID   string
		Last hr.Date
	}{from, id, last}
	_, err := do(ctx, s, cmd, "lifecycle.EndDelegation", storage.About(args, from), func(ctx context.Context, cmd hr.Command) (string, []storage.Event, error) {
		if s.Delegations == nil {
			return "", nil, unwired("delegations")
		}
		live, err := s.lent(ctx, []hr.EmployeeID{from})
		if err != nil {
			return "", nil, err
		}
		i := slices.IndexFunc(live[from], func(e hr.Entry[Delegation]) bool { return e.ID == id })
		if i < 0 || !last.IsZero() && !live[from][i].Period.Contains(last) {
			return "", nil, &hr.FieldError{Path: "id", Rule: RuleDelegation, Reason: "is no delegation of theirs that holds on the day"}
		}
		entries := []*hr.Entry[Delegation]{{Withdraws: id}}
		if !last.IsZero() {
			shorter := hr.Period{From: live[from][i].Period.From, Through: last}
			entries = append(entries, &hr.Entry[Delegation]{Period: shorter, Value: live[from][i].Value, Cause: hr.Ref{Kind: kindDelegation, ID: id}})
		}
		return s.lend(ctx, cmd, from, entries...)
	})
	return err
}

// lend writes entries about the delegations of from, and returns the id of the first.
func (s Service) lend(ctx context.Context, cmd hr.Command, from hr.EmployeeID, entries ...*hr.Entry[Delegation]) (string, []storage.Event, error) {
	taken, err := s.Kit.Know.Take(ctx, s.Kit.Clock, from)
	if err != nil {
		return "", nil, err
	}
	list := make([]hr.Entry[Delegation], len(entries))
	for i, e := range entries {
		e.ID, e.Seq, e.Line, e.Recorded = cmd.NewID(kindDelegation, strconv.Itoa(i)), taken[0].Known.Own, i, taken[0].Recorded
		if e.Cause.IsZero() {
			e.Cause = hr.Ref{Kind: "command", ID: string(cmd.ID)}
		}
		list[i] = *e
	}
	if err := s.Delegations.AppendDelegations(ctx, from, list...); err != nil {
		return "", nil, err
	}
	ref := hr.Ref{Kind: kindDelegation, ID: list[0].ID, Seq: list[0].Seq}
	return list[0].ID, []storage.Event{event(cmd, "delegated", from, ref)}, nil
}

// lent returns the delegations of each of ids that count today, oldest first.
func (s Service) lent(ctx context.Context, ids []hr.EmployeeID) (map[hr.EmployeeID][]hr.Entry[Delegation], error) {
	return lent(ctx, s.Delegations, ids)
}

func lent(ctx context.Context, port Delegations, ids []hr.EmployeeID) (map[hr.EmployeeID][]hr.Entry[Delegation], error) {
	out := map[hr.EmployeeID][]hr.Entry[Delegation]{}
	if port == nil || len(ids) == 0 {
		return out, nil
	}
	pins := make([]hr.Pin, len(ids))
	for i, id := range ids {
		pins[i].Employee = id
	}
	lists, err := port.DelegationsOf(ctx, pins)
	if err != nil {
		return nil, err
	}
	for i, list := range lists {
		h, err := hr.NewHistory(kindDelegation, list...)
		if err != nil {
			return nil, err
		}
		out[ids[i]] = h.Live(0)
	}
	return out, nil
}

// DelegationsOf lists the delegations of an employee to others as known at v.Known.Own (zero is today), oldest knowledge first; their
// periods say on which days they hold.
func (s Service) DelegationsOf(ctx context.Context, v hr.View, from hr.EmployeeID) ([]hr.Entry[Delegation], error) {
	if err := storage.May(ctx, s.Kit, v, "lifecycle.DelegationsOf", from); err != nil {
		return nil, err
	}
	if s.Delegations == nil {
		return nil, nil
	}
	lists, err := s.Delegations.DelegationsOf(ctx, []hr.Pin{{Employee: from, Known: v.Known}})
	if err != nil {
		return nil, err
	}
	h, err := hr.NewHistory(kindDelegation, lists[0]...)
	return h.Live(v.Known.Own), err
}
