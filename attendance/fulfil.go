package attendance

import (
	"context"
	"fmt"
	"slices"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// do does what a request asked for, in the unit of the decision.
func (s Service) do(ctx context.Context, cmd hr.Command, r Request) error {
	const verb = "attendance.Decide"
	cmd.Reason = r.Reason
	switch r.Kind {
	case AskCorrection:
		if len(r.Voids) > 0 {
			if _, err := s.Void(ctx, cmd.Child(verb, "void"), r.Employee, r.Voids...); err != nil {
				return err
			}
		}
		if len(r.Corrections) == 0 {
			return nil
		}
		corrections := slices.Clone(r.Corrections)
		for i := range corrections {
			corrections[i].Cause = r.Ref()
		}
		_, err := s.Correct(ctx, cmd.Child(verb, "correct"), corrections...)
		return err
	case AskSwap:
		return s.swap(ctx, cmd, r)
	}
	return s.permit(ctx, cmd, r)
}

// swap puts each of the two on the shift of the other, as the rosters stand now. Days off are not exchanged. It refuses days on which one of
// them is off by their turn, for then there is nothing to give (RuleSwapOff), and a swap that changes nothing (RuleEmpty).
func (s Service) swap(ctx context.Context, cmd hr.Command, r Request) error {
	const verb = "attendance.Decide"
	pins := []hr.Pin{{Employee: r.Employee}, {Employee: r.With}}
	facts, err := s.factsOf(ctx, cmd.View(verb, hr.Known{}), pins, pins, r.Period)
	if err != nil {
		return err
	}
	var faults hr.Faults
	var plans [2][]planned
	for i := range plans {
		plans[i] = s.plan(&once{faults: &faults, path: fmt.Sprintf("pins[%d]", i), of: r.Period}, facts[i], r.Period, nil)
	}
	var list []Assignment
	for i, mine := range plans[0] {
		theirs := plans[1][i]
		if mine.off || theirs.off {
			faults.Add("period", RuleSwapOff, "%s is a day off in the turns of one of them", mine.Date)
			continue
		}
		if mine.Shift.ID == theirs.Shift.ID {
			continue
		}
		day := hr.Period{From: mine.Date, Through: mine.Date}
		list = append(list,
			Assignment{Employee: r.Employee, Shift: theirs.Shift.ID, Period: day},
			Assignment{Employee: r.With, Shift: mine.Shift.ID, Period: day})
	}
	if list == nil && !faults.Any() {
		faults.Add("period", RuleEmpty, "has no day on which their shifts differ")
	}
	if faults.Any() {
		return faults.Err()
	}
	_, err = s.Roster(ctx, cmd.Child(verb, "roster"), list...)
	return err
}

// permit stores what was allowed.
func (s Service) permit(ctx context.Context, cmd hr.Command, r Request) error {
	closed, err := s.closed(ctx, cmd.View("attendance.Decide", hr.Known{}), []hr.Pin{{Employee: r.Employee}})
	if err != nil {
		return err
	}
	if !r.Period.From.After(closed[0]) {
		return &hr.FieldError{Path: "period", Rule: RulePeriodClosed, Reason: "begins on a day that is closed"}
	}
	taken, err := s.Kit.Know.Take(ctx, s.Kit.Clock, r.Employee)
	if err != nil {
		return err
	}
	value := r.Permit
	value.At = cmd.At()
	return s.Permits.AppendPermits(ctx, hr.Entry[Permit]{
		ID: cmd.NewID("permit", string(r.ID)), Seq: taken[0].Known.Own, Recorded: taken[0].Recorded, Period: r.Period, Value: value, Cause: r.Ref(),
	})
}

// DayDiff is one day before and after a request is done.
type DayDiff struct {
	Before, After Day
}

// Diff returns the days that a correction would change, as they are and as they would be, in order: what its approvers should see. A request
// of another kind, and one that is decided, has none.
func (s Service) Diff(ctx context.Context, v hr.View, id RequestID) ([]DayDiff, error) {
	const verb = "attendance.Diff"
	if err := s.requestable(); err != nil {
		return nil, fmt.Errorf("%s: %w", verb, err)
	}
	var r Request
	err := storage.MayCase(ctx, s.Kit, v, verb, func(ctx context.Context) (_ []hr.EmployeeID, err error) {
		r, err = s.Requests.AttendanceRequest(ctx, id)
		return r.subjects(), err
	})
	if err != nil {
		return nil, err
	}
	if r.Kind != AskCorrection || requestStates.Terminal(r.State) {
		return nil, nil
	}
	pins := []hr.Pin{{Employee: r.Employee, Known: v.Known}}
	days := s.restOfWeek(padded(r.Period, spill))
	before, err := s.days(ctx, v.Inside(verb), pins, days, answer{})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", verb, err)
	}
	after, err := s.days(ctx, v.Inside(verb), pins, days, answer{with: r.corrected})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", verb, err)
	}
	var out []DayDiff
	for i, d := range before[0] {
		if after := after[0][i]; !d.same(after) {
			out = append(out, DayDiff{Before: d, After: after})
		}
	}
	return out, nil
}

// same reports whether two readings of a day say the same, evidence included.
func (d Day) same(o Day) bool {
	return slices.Equal(d.Refs, o.Refs) && d.Status == o.Status && d.Worked == o.Worked && slices.Equal(d.Bands, o.Bands) &&
		d.Payable.Equal(o.Payable) && slices.Equal(d.Exceptions, o.Exceptions)
}

// corrected returns the punches as they would be after the correction.
func (r Request) corrected(punches []Punch) []Punch {
	out := slices.DeleteFunc(slices.Clone(punches), func(p Punch) bool { return slices.Contains(r.Voids, p.ID) })
	for i, c := range r.Corrections {
		out = append(out, Punch{
			ID: PunchID(fmt.Sprintf("%s/%d", r.ID, i)), Employee: r.Employee, At: c.At, Direction: c.Direction, Site: c.Site, Source: FromCorrection,
		})
	}
	return out
}
