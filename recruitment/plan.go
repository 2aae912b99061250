package recruitment

import (
	"context"
	"errors"
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// PlanLineID names one line of the headcount plan.
type PlanLineID string

// PlanLine is one line of the headcount plan: how many may be hired for a position of a unit in a period, and for how much. Version 0 is
// not stored yet.
type PlanLine struct {
	ID        PlanLineID      `json:"id" class:"public"`
	Unit      string          `json:"unit" class:"public"`
	Position  string          `json:"position" class:"public"`
	Period    hr.Period       `json:"period" class:"public"` // the first days of work that the line is for, both ends included
	Seats     int             `json:"seats" class:"public"`
	Budget    hr.Money        `json:"budget,omitzero" class:"money"` // what all seats together may cost in a year; nothing: no limit
	Committed int             `json:"committed" class:"public"`      // seats of approved requisitions; never above Seats
	Cost      hr.Money        `json:"cost,omitzero" class:"money"`   // what they cost in a year; never above Budget
	Filled    int             `json:"filled" class:"public"`         // seats taken by an accepted offer; never above Committed
	Version   storage.Version `json:"version" class:"public"`
}

// Free returns the seats that no requisition has.
func (l PlanLine) Free() int { return l.Seats - l.Committed }

// SetPlan writes lines of the headcount plan: a new one, or seats and budget of one that is there (Unit, Position and Period stay as they
// were first given). Committed, Cost, Filled and Version are not the caller's. It refuses a line without an id, unit, position, closed period or
// with fewer than no seats or a negative budget (RulePlanLine), one that comes twice, and one that would hold less than is committed
// already (RulePlanCommitted). All lines or none. It returns how many.
func (s Service) SetPlan(ctx context.Context, cmd hr.Command, lines ...PlanLine) (int, error) {
	given := make([]PlanLine, len(lines))
	for i, l := range lines {
		given[i] = PlanLine{ID: l.ID, Unit: l.Unit, Position: l.Position, Period: l.Period, Seats: l.Seats, Budget: l.Budget}
	}
	return do(ctx, s, cmd, "recruitment.SetPlan", given, func(ctx context.Context, cmd hr.Command) (int, []storage.Event, error) {
		var faults hr.Faults
		var put []PlanLine
		var events []storage.Event
		seen := map[PlanLineID]bool{}
		for i, l := range given {
			at := pathOf("lines", i)
			l.check(&faults, at)
			if seen[l.ID] {
				faults.Add(at+".id", RulePlanLine, "comes twice")
			}
			seen[l.ID] = true
			switch was, err := s.Plan.PlanLine(ctx, l.ID); {
			case err == nil:
				if l.Unit != was.Unit || l.Position != was.Position || l.Period != was.Period {
					faults.Add(at, RulePlanLine, "is about another unit, position or period than before")
				}
				l.Committed, l.Cost, l.Filled, l.Version = was.Committed, was.Cost, was.Filled, was.Version
				if l.Seats < l.Committed {
					faults.Add(at+".seats", RulePlanCommitted, "%d are committed already", l.Committed)
				}
				l.checkBudget(&faults, at+".budget", RulePlanCommitted)
			case !errors.Is(err, storage.ErrNotFound):
				return 0, nil, err
			}
			put = append(put, l)
			events = append(events, event(cmd, "plan.set", "plan_line", string(l.ID)))
		}
		if faults.Any() {
			return 0, nil, faults.Err()
		}
		for _, l := range put {
			if err := s.Plan.PutPlanLine(ctx, l); err != nil {
				return 0, nil, err
			}
		}
		return len(put), events, nil
	}, need{"plan", s.Plan != nil})
}

// PlanLinesAfter returns the lines of the plan behind after, by id, at most limit of them (below 1: all).
func (s Service) PlanLinesAfter(ctx context.Context, v hr.View, after PlanLineID, limit int) ([]PlanLine, error) {
	if err := storage.May(ctx, s.Kit, v, "recruitment.PlanLinesAfter"); err != nil {
		return nil, err
	}
	if err := missing(need{"plan", s.Plan != nil}); err != nil {
		return nil, err
	}
	return s.Plan.PlanLinesAfter(ctx, after, limit)
}

func (l PlanLine) check(f *hr.Faults, at string) {
	for _, x := range []struct{ path, text string }{{"id", string(l.ID)}, {"unit", l.Unit}, {"position", l.Position}} {
		if x.text == "" {
			f.Missing(at+"."+x.path, RulePlanLine)
		}
	}
	if l.Period.Validate() != nil || l.Period.Open() {
		f.Add(at+".period", RulePlanLine, "must have a first and a last day")
	}
	if l.Seats < 0 {
		f.Add(at+".seats", RulePlanLine, "must not be below zero")
	}
	if l.Budget.Amount.Sign() < 0 || !l.Budget.IsNothing() && !l.Budget.Currency.Valid() {
		f.Add(at+".budget", RulePlanLine, "must be an amount in a known currency, not below zero")
	}
}

// checkBudget adds a fault where what is committed costs more than the budget. A line without a budget has no limit.
func (l PlanLine) checkBudget(f *hr.Faults, at string, rule hr.Rule) {
	if l.Budget.IsNothing() || l.Cost.IsNothing() {
		return
	}
	switch {
	case l.Budget.Currency != l.Cost.Currency:
		f.Add(at, rule, "is in another currency than the cost")
	case l.Cost.Amount.GreaterThan(l.Budget.Amount):
		f.Add(at, rule, "the seats would cost more in a year than the plan allows")
	}
}

// commit puts the seats of a requisition on the line, or takes them back for a negative number, and adds a fault where the line does not hold them.
func (l *PlanLine) commit(f *hr.Faults, seats int, each hr.Money) {
	l.Committed += seats
	if l.Committed > l.Seats {
		f.Add("seats", RuleHeadcount, "only %d of the plan are free", l.Free()+seats)
	}
	if each.IsNothing() {
		if !l.Budget.IsNothing() && seats > 0 {
			f.Missing("cost", RuleBudget)
		}
		return
	}
	cost, err := l.Cost.Add(hr.Money{Amount: each.Amount.Mul(decimal.NewFromInt(int64(seats))), Currency: each.Currency})
	if err != nil {
		f.Add("cost", RuleBudget, "is in another currency than the plan")
		return
	}
	l.Cost = cost
	l.checkBudget(f, "cost", RuleBudget)
}

func (s Service) planLine(ctx context.Context, id PlanLineID) (PlanLine, error) {
	l, err := s.Plan.PlanLine(ctx, id)
	if errors.Is(err, storage.ErrNotFound) {
		return PlanLine{}, &hr.FieldError{Path: "line", Rule: RulePlanUnknown, Reason: "is no line of the plan", Err: storage.ErrNotFound}
	}
	return l, err
}

func pathOf(list string, i int) string { return fmt.Sprintf("%s[%d]", list, i) }
