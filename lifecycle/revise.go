package lifecycle

import (
	"context"
	"slices"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// ChangeTerms makes c, as [Change] decides it: a raise, a transfer, a new shift, a new manager, for the past or the future. It returns
// the id of its first entry, which names the whole change to [Service.WithdrawTerms]. Beside the faults of [Change] it refuses a
// manager who is no employee or stands below (RuleManagerUnknown, RuleManagerCycle), and RuleEmploymentUnknown.
func (s Service) ChangeTerms(ctx context.Context, cmd hr.Command, emp hr.EmployeeID, c TermsChange) (string, error) {
	args := struct {
		Employee hr.EmployeeID
		Change   TermsChange
	}{emp, c}
	return s.revise(ctx, cmd, "lifecycle.ChangeTerms", emp, args, "set.manager", func(h hr.History[hr.Terms]) ([]hr.Entry[hr.Terms], error) { return Change(h, c) })
}

// WithdrawTerms takes a change back, as [Withdraw] decides it: entry is any entry of it. With the entry of an earlier withdrawal
// it undoes that. It returns the id of the withdrawal. Beside the faults of [Withdraw] it refuses what would close a circle of
// managers (RuleManagerCycle), and RuleEmploymentUnknown.
func (s Service) WithdrawTerms(ctx context.Context, cmd hr.Command, emp hr.EmployeeID, entry string) (string, error) {
	args := struct {
		Employee hr.EmployeeID
		Entry    string
	}{emp, entry}
	return s.revise(ctx, cmd, "lifecycle.WithdrawTerms", emp, args, "entry", func(h hr.History[hr.Terms]) ([]hr.Entry[hr.Terms], error) { return Withdraw(h, entry) })
}

// revise runs a change of terms: decide it on what is known, hold the guard rows, decide it again, write. Where it changes a manager, it
// holds the rows of everyone above too, so that two changes at once cannot close a circle of which each sees a half.
func (s Service) revise(ctx context.Context, cmd hr.Command, verb string, emp hr.EmployeeID, args any, managerPath string,
	decide func(hr.History[hr.Terms]) ([]hr.Entry[hr.Terms], error),
) (string, error) {
	return do(ctx, s, cmd, verb, storage.About(args, emp), func(ctx context.Context, cmd hr.Command) (string, []storage.Event, error) {
		entries, lines, err := s.decide(ctx, emp, decide)
		if err != nil {
			return "", nil, err
		}
		line, err := s.lineWith(ctx, emp, entries)
		if err != nil {
			return "", nil, err
		}
		hold := append(append(above(lines, emp), emp), s.seatGuards(positionsOf(line)...)...)
		taken, err := s.Kit.Know.Take(ctx, s.Kit.Clock, hold...)
		if err != nil {
			return "", nil, err
		}
		if entries, lines, err = s.decide(ctx, emp, decide); err != nil {
			return "", nil, err
		}
		if line, err = s.lineWith(ctx, emp, entries); err != nil {
			return "", nil, err
		}
		needed := append(above(lines, emp), s.seatGuards(positionsOf(line)...)...)
		if slices.ContainsFunc(needed, func(id hr.EmployeeID) bool { return !slices.Contains(hold, id) }) {
			return "", nil, storage.ErrConflict // somebody moved in between; to decide again needs other guard rows
		}
		var faults hr.Faults
		lines.check(&faults, managerPath, emp)
		if err := s.checkTaken(ctx, &faults, "set.position", emp, line); err != nil {
			return "", nil, err
		}
		if faults.Any() {
			return "", nil, faults.Err()
		}
		entries = learnt(cmd, taken, emp, entries)
		if err := s.Facts.AppendTerms(ctx, emp, entries...); err != nil {
			return "", nil, err
		}
		return entries[0].ID, []storage.Event{event(cmd, "terms", emp, termsRef(entries[0]))}, nil
	})
}

// decide reads what is known of emp and decides. The chart is empty unless a manager changes; then it holds emp as they will be, and
// everyone above.
func (s Service) decide(ctx context.Context, emp hr.EmployeeID, decide func(hr.History[hr.Terms]) ([]hr.Entry[hr.Terms], error)) ([]hr.Entry[hr.Terms], chart, error) {
	all, err := histories(ctx, s.Facts, []hr.Pin{{Employee: emp}})
	if err != nil {
		return nil, nil, err
	}
	h := all[0]
	if h.Head() == 0 {
		return nil, nil, unknown("employee")
	}
	entries, err := decide(h)
	if err != nil {
		return nil, nil, err
	}
	now, err := hr.NewHistory(kindTerms, append(h.Entries(), numbered(h.Head()+1, entries)...)...)
	if err != nil {
		return nil, nil, err
	}
	lines := chart{}
	if line := now.AsKnown(0); !sameManagers(h.AsKnown(0), line) {
		lines[emp] = line
		err = lines.climb(ctx, s.Facts, hr.Date{}, emp)
	}
	return entries, lines, err
}

// above lists everyone in the chart but emp, sorted.
func above(lines chart, emp hr.EmployeeID) []hr.EmployeeID {
	var ids []hr.EmployeeID
	for id := range lines {
		if id != emp {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}
