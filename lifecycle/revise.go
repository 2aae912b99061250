package lifecycle

import (
	"context"
	"slices"
	"strings"

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
	w := rewriting{managerPath: "set.manager", happened: Happening{Event: "change_terms"}, on: c.From}
	w.decide = func(h hr.History[hr.Terms]) ([]hr.Entry[hr.Terms], error) { return Change(h, c) }
	return s.revise(ctx, cmd, "lifecycle.ChangeTerms", emp, args, w)
}

// WithdrawTerms takes a change back, as [Withdraw] decides it: entry is any entry of it. With the entry of an earlier withdrawal
// it undoes that. It returns the id of the withdrawal. Beside the faults of [Withdraw] it refuses what would close a circle of
// managers (RuleManagerCycle), and RuleEmploymentUnknown.
func (s Service) WithdrawTerms(ctx context.Context, cmd hr.Command, emp hr.EmployeeID, entry string) (string, error) {
	args := struct {
		Employee hr.EmployeeID
		Entry    string
	}{emp, entry}
	w := rewriting{managerPath: "entry", happened: Happening{Event: "withdraw_terms"}}
	w.decide = func(h hr.History[hr.Terms]) ([]hr.Entry[hr.Terms], error) { return Withdraw(h, entry) }
	return s.revise(ctx, cmd, "lifecycle.WithdrawTerms", emp, args, w)
}

// rewriting is a change of terms as it is decided.
type rewriting struct {
	decide      func(hr.History[hr.Terms]) ([]hr.Entry[hr.Terms], error)
	managerPath string // where a fault of a manager is told
	happened    Happening
	on          hr.Date                                 // from when it counts; zero: today
	also        []hr.EmployeeID                         // guard rows to hold beside
	beside      func(context.Context, *hr.Faults) error // what else is checked and written while the rows are held; nil: nothing
}

// revise runs a change of terms as a command.
func (s Service) revise(ctx context.Context, cmd hr.Command, verb string, emp hr.EmployeeID, args any, w rewriting) (string, error) {
	return do(ctx, s, cmd, verb, storage.About(args, emp), func(ctx context.Context, cmd hr.Command) (string, []storage.Event, error) {
		return s.rewrite(ctx, cmd, emp, w)
	})
}

// rewrite changes terms inside a command: decide it on what is known, hold the guard rows, decide it again, write. Where it changes a manager,
// it holds the rows of everyone above too, so that two changes at once cannot close a circle of which each sees a half.
func (s Service) rewrite(ctx context.Context, cmd hr.Command, emp hr.EmployeeID, w rewriting) (string, []storage.Event, error) {
	_, lines, err := s.decide(ctx, emp, w.decide)
	if err != nil {
		return "", nil, err
	}
	hold := append(above(lines, emp), emp)
	taken, err := s.Kit.Know.Take(ctx, s.Kit.Clock, append(hold, w.also...)...)
	if err != nil {
		return "", nil, err
	}
	entries, lines, err := s.decide(ctx, emp, w.decide)
	if err != nil {
		return "", nil, err
	}
	if slices.ContainsFunc(above(lines, emp), func(id hr.EmployeeID) bool { return !slices.Contains(hold, id) }) {
		return "", nil, storage.ErrConflict // somebody moved in between; to decide again needs other guard rows
	}
	var faults hr.Faults
	lines.check(&faults, w.managerPath, emp)
	if err := s.checkTaken(ctx, &faults, strings.Replace(w.managerPath, "manager", "position", 1), emp, entries); err != nil {
		return "", nil, err
	}
	if w.beside != nil {
		if err := w.beside(ctx, &faults); err != nil {
			return "", nil, err
		}
	}
	if faults.Any() {
		return "", nil, faults.Err()
	}
	ref, err := s.write(ctx, cmd, taken, emp, deed{entries: entries, happened: w.happened, on: w.on})
	return ref.ID, []storage.Event{event(cmd, "terms", emp, ref)}, err
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
