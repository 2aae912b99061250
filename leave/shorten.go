package leave

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/musterhr/hr"
)

// GiveBack takes back days at one end of an approved request: an early return gives back the days from then on, a late start those before.
// What is left is counted as if it had been asked for from the start, a day that still counts the same keeps its lots, and the others
// get back what they gave. Days in the middle are RuleRequestPart: cancel, and ask again for what stays. To give back everything is
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
		if err := r.giveBack(days); err != nil {
			return "", err
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
		for i := range n {
			if err := s.recount(ctx, sit, i, stake, live, b); err != nil {
				return "", err
			}
		}
		return "leave.shortened", nil
	})
}

// giveBack cuts days off one end of r.
func (r *Request) giveBack(days hr.Period) error {
	bad := func(reason string) error {
		return &hr.FieldError{Path: "days", Rule: RuleRequestPart, Reason: reason}
	}
	if days.Validate() != nil || days.Open() || !r.Period.Covers(days) {
		return bad("must be days of the request")
	}
	switch first, last := days.From == r.Period.From, days.Through == r.Period.Through; {
	case first && last:
		return bad("are all of the request: cancel it")
	case last:
		r.Period.Through, r.ThroughHalf = days.From.Add(-1), hr.WholeDay
	case first:
		r.Period.From, r.FromHalf = days.Through.Add(1), hr.WholeDay
	default:
		return bad("must be its first or its last days")
	}
	if r.Period.From == r.Period.Through { // one day has one half
		r.FromHalf, r.ThroughHalf = cmp.Or(r.FromHalf, r.ThroughHalf), hr.WholeDay
	}
	return nil
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
		} else if d.Quantity.Sign() > 0 {
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
