package storagetest_test

import (
	"context"
	"errors"
	"maps"
	"slices"
	"testing"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/memory"
	"github.com/musterhr/hr/storage/storagetest"
)

func lifecycleStore(*testing.T) storagetest.LifecycleStore {
	db := memory.New()
	return storagetest.LifecycleStore{
		Core:        storagetest.Core{Tx: db, Log: db, Know: db, Journal: db, Serial: true},
		Employments: db, Facts: db,
	}
}

// employments is the port under a name that its method Employments leaves free.
type employments = lifecycle.Employments

// badEmployments is the port over a sound one with a bug.
type badEmployments struct {
	bug string
	employments
	first map[hr.EmployeeID]lifecycle.Employment // as first stored
}

func (b badEmployments) PutEmployment(ctx context.Context, e lifecycle.Employment) error {
	if b.bug == "forgets who gives notice" {
		e.Notice = lifecycle.NoticeDates{}
	}
	if _, had := b.first[e.ID]; !had {
		b.first[e.ID] = e
	}
	return b.employments.PutEmployment(ctx, e)
}

func (b badEmployments) Employments(ctx context.Context, ids ...hr.EmployeeID) (out []lifecycle.Employment, err error) {
	switch b.bug {
	case "a row for each id":
		for _, id := range ids {
			e, err := b.Employment(ctx, id)
			if err != nil && !errors.Is(err, storage.ErrNotFound) {
				return nil, err
			}
			out = append(out, e)
		}
		return out, nil
	case "no list ends with its context":
		ctx = context.WithoutCancel(ctx)
	}
	return b.employments.Employments(ctx, ids...)
}

func (b badEmployments) EmployedIn(ctx context.Context, p hr.Period, after hr.EmployeeID, limit int) ([]hr.EmployeeID, error) {
	switch b.bug {
	case "the last day is not employed":
		all, err := b.employments.EmployedIn(ctx, p, after, limit)
		return slices.DeleteFunc(all, func(id hr.EmployeeID) bool { return b.first[id].LastDay == p.From }), err
	case "asks the row as it was":
		var out []hr.EmployeeID
		for id, e := range b.first {
			if e.Period().Overlaps(p) {
				out = append(out, id)
			}
		}
		return out, nil
	case "no limit is none":
		if limit < 1 {
			return nil, nil
		}
	case "counts a page before it looks":
		all := slices.DeleteFunc(slices.Sorted(maps.Keys(b.first)), func(id hr.EmployeeID) bool { return id <= after })
		if limit > 0 {
			all = all[:min(limit, len(all))]
		}
		return slices.DeleteFunc(all, func(id hr.EmployeeID) bool { return !b.first[id].EmployedIn(p) }), nil
	case "looks at this spell, and from day to day":
		var out []hr.EmployeeID
		for id := range b.first {
			if e, err := b.Employment(ctx, id); err == nil && !e.Start.After(p.Through) && (e.LastDay.IsZero() || !e.LastDay.Before(p.From)) {
				out = append(out, id)
			}
		}
		return out, nil
	}
	return b.employments.EmployedIn(ctx, p, after, limit)
}

func (b badEmployments) PaidInto(ctx context.Context, account hr.BankAccount) (out []hr.EmployeeID, err error) {
	if b.bug == "compares the whole account" {
		for _, id := range slices.Sorted(maps.Keys(b.first)) {
			if b.first[id].Person.Bank == account {
				out = append(out, id)
			}
		}
		return out, nil
	}
	return b.employments.PaidInto(ctx, account)
}

// badTerms is the port of terms over a sound one with a bug.
type badTerms struct {
	bug string
	lifecycle.Facts
	owner map[string]hr.EmployeeID
}

func (b badTerms) AppendTerms(ctx context.Context, emp hr.EmployeeID, entries ...hr.Entry[hr.Terms]) error {
	for _, e := range entries {
		if owner, ok := b.owner[e.ID]; ok && owner != emp && b.bug == "one id for all" {
			return storage.ErrConflict
		}
		b.owner[e.ID] = emp
	}
	return b.Facts.AppendTerms(ctx, emp, entries...)
}

func (b badTerms) Terms(ctx context.Context, pins []hr.Pin) ([][]hr.Entry[hr.Terms], error) {
	if b.bug == "knows all and sorts the pins" {
		pins = spoilPins(pins)
	}
	return b.Facts.Terms(ctx, pins)
}

func TestLifecycle(t *testing.T) {
	spoiled := func(bug string, fails ...string) double {
		return double{bug, fails, func(t *testing.T) {
			storagetest.Lifecycle(t, func(t *testing.T) storagetest.LifecycleStore {
				s := lifecycleStore(t)
				s.Employments = badEmployments{bug, s.Employments, map[hr.EmployeeID]lifecycle.Employment{}}
				s.Facts = badTerms{bug, s.Facts, map[string]hr.EmployeeID{}}
				return s
			})
		}}
	}
	proves(
		t, "", func(t *testing.T) { storagetest.Lifecycle(t, lifecycleStore) },
		spoiled("forgets who gives notice", "Employments/every field comes back and the version is the next"),
		spoiled("a row for each id", "Employments/rows come by id, each once, and those not there are left out"),
		spoiled("no list ends with its context", "Employments/every list honours its context"),
		spoiled("the last day is not employed", "Employments/who is employed on some day of a period is listed, first and last day included"),
		spoiled("asks the row as it was", "Employments/who is employed is asked of the row as it stands now"),
		spoiled("looks at this spell, and from day to day", "Employments/who never came is not employed", "Employments/an earlier spell counts like this one"),
		spoiled("no limit is none", "Employments/who is employed comes by id, a page at a time"),
		spoiled("counts a page before it looks", "Employments/who was employed before or after a period takes no place on a page"),
		spoiled("compares the whole account", "Employments/an account is found by bank and number, whatever the holder and the kind"),
		spoiled("knows all and sorts the pins", "Terms/a pin limits what is known", "Terms/one list a pin in pin order"),
		spoiled("one id for all", "Terms/two employees may have the same ids"),
	)
}
