package leave

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"github.com/musterhr/hr"
)

// Cancel takes back an approved request, also one whose days are past: every lot gets back what it gave, and the employee is
// no longer away. A lot that has lapsed meanwhile gets its days back too, and they lapse with it.
//
// Days off that counted because this request stood beside another are counted again for the other, whose days change with
// it.
func (s Service) Cancel(ctx context.Context, cmd hr.Command, id RequestID) error {
	return s.onCase(ctx, cmd, "leave.Cancel", id, id, func(ctx context.Context, cmd hr.Command, r Request, b *book) (string, error) {
		next, err := states.Next(r.State, Cancel)
		if err != nil {
			return "", err
		}
		var faults hr.Faults
		if err := s.open(ctx, &faults, cmd.View("leave.Cancel", hr.Known{}), "period", r.Employee, r.Period.From); err != nil || faults.Any() {
			return "", errors.Join(err, faults.Err())
		}
		sit, err := s.look(ctx, cmd.View("leave.Cancel", hr.Known{}), r.Employee, r.Period, r.ID)
		if err != nil {
			return "", err
		}
		histories, err := s.awayOf(ctx, []hr.Pin{{Employee: r.Employee}}, hr.Period{})
		if err != nil {
			return "", err
		}
		live := histories[0].Live(0)
		every := func(hr.Date) bool { return true }
		b.post(returns(sit.entries, r.ID, every)...)
		b.present(live, r.ID, every)
		r.State = next
		if err := s.Requests.PutRequest(ctx, r); err != nil {
			return "", err
		}
		stake, err := sit.stake(r)
		if err != nil {
			return "", err
		}
		for i := range sit.others {
			if err := s.recount(ctx, sit, i, stake, live, b); err != nil {
				return "", err
			}
		}
		return "leave.cancelled", nil
	})
}

// stake returns the run of days whose counting may have depended on r: its own, and the days off around it.
func (sit situation) stake(r Request) (hr.Period, error) {
	p := r.Period
	for _, side := range []struct {
		end    *hr.Date
		step   int
		beyond func(o hr.Period, d hr.Date) bool // leave on this side: without any, the calendar is not read
	}{
		{&p.From, -1, func(o hr.Period, d hr.Date) bool { return !o.From.After(d) }},
		{&p.Through, 1, func(o hr.Period, d hr.Date) bool { return !o.Through.Before(d) }},
	} {
		for d := side.end.Add(side.step); sit.around.Contains(d); d = d.Add(side.step) {
			if !slices.ContainsFunc(sit.others, func(o Request) bool { return o.State == Approved && side.beyond(o.Period, d) }) {
				break
			}
			day, err := sit.calendar.Day(d)
			if err != nil {
				return p, err
			}
			if day.Working() {
				break
			}
			*side.end = d
		}
	}
	return p, nil
}

// recount counts the days off at stake again for another request that lies beside the cancelled one, and posts the
// difference.
func (s Service) recount(ctx context.Context, sit situation, i int, stake hr.Period, live []AwayEntry, b *book) error {
	o := sit.others[i]
	beside := hr.Period{From: stake.From.Add(-1), Through: stake.Through.Add(1)}
	if o.State != Approved || !o.Period.Overlaps(beside) {
		return nil
	}
	policy, err := s.Policies.At(o.Type, o.Period.From)
	if err != nil {
		return err
	}
	rest := slices.Delete(slices.Clone(sit.others), i, i+1)
	counted, err := Count(CountInput{
		Period: o.Period, FromHalf: o.FromHalf, ThroughHalf: o.ThroughHalf, Hours: o.Hours,
		Calendar: sit.calendar, Counting: policy.Counting, Joined: joined(rest, policy),
	})
	if err != nil {
		return err
	}
	was, is := offDays(o.Days, stake), offDays(counted.Days, stake)
	var added []Day
	for d, day := range is {
		if day.Quantity.Sign() > 0 && was[d].Quantity.IsZero() {
			added = append(added, day)
		}
	}
	slices.SortFunc(added, func(x, y Day) int { return x.Date.Compare(y.Date) })
	pick := func(d hr.Date) bool { _, counted := was[d]; return counted && is[d].Quantity.IsZero() }
	gone := returns(sit.entries, o.ID, pick)
	if len(gone) == 0 && len(added) == 0 {
		return nil
	}
	b.post(gone...)
	b.present(live, o.ID, pick)
	drawn, short := Draw(append(slices.Clone(sit.entries), b.movements...), policy, added)
	if short.Sign() > 0 {
		return &hr.FieldError{Path: "period", Rule: RuleRequestShort, Reason: "request " + string(o.ID) + " would then take more days than the balance and its limit allow"}
	}
	b.post(uses(o.ID, o.Type, drawn)...)
	b.absent(o.ID, policy, drawn...)
	days := slices.DeleteFunc(slices.Clone(o.Days), func(d Day) bool {
		_, again := is[d.Date]
		return d.off() && stake.Contains(d.Date) && (again || !o.Period.Contains(d.Date))
	})
	for _, day := range drawn {
		is[day.Date] = day
	}
	for d, day := range is {
		if old, ok := was[d]; ok && old.Quantity.Equal(day.Quantity) {
			day = old
		}
		days = append(days, day)
	}
	slices.SortFunc(days, func(x, y Day) int { return cmp.Or(x.Date.Compare(y.Date), cmp.Compare(x.Half, y.Half)) })
	o.Days = days
	sit.others[i] = o
	return s.Requests.PutRequest(ctx, o)
}

// offDays returns the days off among days that are at stake.
func offDays(days []Day, stake hr.Period) map[hr.Date]Day {
	out := map[hr.Date]Day{}
	for _, d := range days {
		if d.off() && stake.Contains(d.Date) {
			out[d.Date] = d
		}
	}
	return out
}
