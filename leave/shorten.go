package leave

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/musterhr/hr"
)

// GiveBack takes back days of an approved request: an early return gives back the days from then on, a late start those before.
// What is left is counted as if it had been asked for from the start, a day that still counts the same keeps its lots, and the others
// get back what they gave. From the middle the request keeps the days before, and the days after become a request of their own,
// approved by the same approval, that Extends it. Days that are not of the request are RuleRequestPart, and so is all of it: that is
// [Service.Cancel].
func (s Service) GiveBack(ctx context.Context, cmd hr.Command, id RequestID, days hr.Period) error {
	args := struct {
		ID   RequestID
		Days hr.Period
	}{id, days}
	return s.onCase(ctx, cmd, "leave.GiveBack", args, id, func(ctx context.Context, cmd hr.Command, r Request, b *book) (string, error) {
		next, err := states.Next(r.State, Shorten)
		if err != nil {
			return "", err
		}
		was := r
		rest, err := r.giveBack(days)
		if err != nil {
			return "", err
		}
		var faults hr.Faults
		if err := s.open(ctx, &faults, cmd.View("leave.GiveBack", hr.Known{}), "days", r.Employee, days.From); err != nil || faults.Any() {
			return "", errors.Join(err, faults.Err())
		}
		r.State = next
		sit, err := s.look(ctx, cmd.View("leave.GiveBack", hr.Known{}), r.Employee, was.Period, r.ID)
		if err != nil {
			return "", err
		}
		histories, err := s.awayOf(ctx, []hr.Pin{{Employee: r.Employee}}, hr.Period{})
		if err != nil {
			return "", err
		}
		live := histories[0].Live(0)
		if err := s.rewrite(sit, &r, live, b); err != nil {
			return "", err
		}
		if err := s.Requests.PutRequest(ctx, r); err != nil {
			return "", err
		}
		stake, err := sit.stake(Request{Period: days})
		if err != nil {
			return "", err
		}
		n := len(sit.others)
		sit.others = append(sit.others, r)
		if !rest.IsZero() {
			second := was
			second.ID, second.Extends, second.Version = RequestID(cmd.NewID("leave")), r.ID, 0
			second.Period, second.FromHalf, second.Days = rest, hr.WholeDay, nil
			if second, err = s.move(ctx, sit, was, second, b); err != nil {
				return "", err
			}
			sit.others = append(sit.others, second)
		}
		for i := range n {
			if err := s.recount(ctx, sit, i, stake, live, b); err != nil {
				return "", err
			}
		}
		return "leave.shortened", nil
	})
}

// giveBack cuts days off r, and returns those after them where they lie in the middle.
func (r *Request) giveBack(days hr.Period) (rest hr.Period, err error) {
	bad := func(reason string) (hr.Period, error) {
		return hr.Period{}, &hr.FieldError{Path: "days", Rule: RuleRequestPart, Reason: reason}
	}
	if days.Validate() != nil || days.Open() || !r.Period.Covers(days) {
		return bad("must be days of the request")
	}
	switch first, last := days.From == r.Period.From, days.Through == r.Period.Through; {
	case first && last:
		return bad("are all of the request: cancel it")
	case first:
		r.Period.From, r.FromHalf = days.Through.Add(1), hr.WholeDay
	default:
		if !last {
			rest = hr.Period{From: days.Through.Add(1), Through: r.Period.Through}
		}
		r.Period.Through, r.ThroughHalf = days.From.Add(-1), hr.WholeDay
	}
	if r.Period.From == r.Period.Through { // one day has one half
		r.FromHalf, r.ThroughHalf = cmp.Or(r.FromHalf, r.ThroughHalf), hr.WholeDay
	}
	return rest, nil
}

// move makes a request of its own of the last days of another, which has given them back in b. A day that counts the same keeps its lots.
func (s Service) move(ctx context.Context, sit situation, was, r Request, b *book) (Request, error) {
	policy, err := s.Policies.At(was.Type, was.Period.From)
	if err != nil {
		return r, err
	}
	counted, err := Count(CountInput{
		Period: r.Period, ThroughHalf: r.ThroughHalf, Calendar: sit.calendar, Counting: policy.Counting, Joined: joined(sit.others, policy),
	})
	if err != nil {
		return r, err
	}
	var fresh []Day
	var worked []Entry // what went back of days that were worked stays back
	for i, d := range counted.Days {
		same := slices.IndexFunc(was.Days, func(o Day) bool { return o.Date == d.Date && o.Half == d.Half && o.Quantity.Equal(d.Quantity) })
		if same >= 0 {
			counted.Days[i] = was.Days[same]
			for _, e := range sit.entries {
				if e.Cause == workedRef(was.ID, d.Date) {
					e.Value.Request = r.ID
					worked = append(worked, Entry{Period: e.Period, Value: e.Value, Cause: workedRef(r.ID, d.Date)})
				}
			}
		} else {
			fresh = append(fresh, d)
		}
	}
	b.post(uses(r.ID, r.Type, counted.Days)...) // those that kept their lots
	b.post(worked...)
	drawn, short := Draw(append(slices.Clone(sit.entries), b.movements...), policy, fresh)
	if short.Sign() > 0 {
		return r, &hr.FieldError{Path: "days", Rule: RuleRequestShort, Reason: "leave a second part that takes more days than the balance and its limit allow"}
	}
	b.post(uses(r.ID, r.Type, drawn)...)
	for _, d := range drawn {
		counted.Days[slices.IndexFunc(counted.Days, func(o Day) bool { return o.Date == d.Date })] = d
	}
	b.absent(r.ID, policy, counted.Days...)
	r.Days = counted.Days
	return r, s.Requests.PutRequest(ctx, r)
}

// rewrite counts an approved request again as it is now and posts the difference to what its days were.
func (s Service) rewrite(sit situation, r *Request, live []AwayEntry, b *book) error {
	policy, err := s.Policies.At(r.Type, r.Period.From)
	if err != nil {
		return err
	}
	counted, err := Count(CountInput{
		Period: r.Period, FromHalf: r.FromHalf, ThroughHalf: r.ThroughHalf,
		Calendar: sit.calendar, Counting: policy.Counting, Joined: joined(sit.others, policy),
	})
	if err != nil {
		return err
	}
	was := map[hr.Date]Day{}
	for _, d := range r.Days {
		was[d.Date] = d
	}
	kept := map[hr.Date]bool{}
	var added []Day
	for i, d := range counted.Days {
		if old, ok := was[d.Date]; ok && old.Half == d.Half && old.Quantity.Equal(d.Quantity) {
			counted.Days[i], kept[d.Date] = old, true
		} else {
			added = append(added, d)
		}
	}
	gone := func(d hr.Date) bool { return !kept[d] }
	b.post(returns(sit.entries, r.ID, gone)...)
	b.present(live, r.ID, gone)
	drawn, short := Draw(append(slices.Clone(sit.entries), b.movements...), policy, added)
	if short.Sign() > 0 {
		return &hr.FieldError{Path: "days", Rule: RuleRequestShort, Reason: fmt.Sprintf("request %s would then take more days than the balance and its limit allow", r.ID)}
	}
	b.post(uses(r.ID, r.Type, drawn)...)
	b.absent(r.ID, policy, drawn...)
	for _, d := range drawn {
		i := slices.IndexFunc(counted.Days, func(o Day) bool { return o.Date == d.Date })
		counted.Days[i] = d
	}
	r.Days = counted.Days
	return nil
}
