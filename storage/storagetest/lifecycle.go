package storagetest

import (
	"context"
	"testing"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/storage"
)

// LifecycleStore is a store as [Lifecycle] sees it.
type LifecycleStore struct {
	Core
	Employments lifecycle.Employments
	Facts       lifecycle.Facts
	Record      lifecycle.Record    // for [Record]
	Proposals   lifecycle.Proposals // for [Proposals]
	Documents   lifecycle.Documents // for [Documents]
}

// Lifecycle proves the ports of package lifecycle that its service cannot do without. The others have suites of their own: [Record],
// [Identities], [Proposals] and [Documents].
func Lifecycle(t *testing.T, open func(t *testing.T) LifecycleStore) {
	t.Run("Employments", func(t *testing.T) { Employments(t, open) })
	t.Run("Terms", func(t *testing.T) { Terms(t, open) })
}

// Employments proves [lifecycle.Employments]; the other port may be nil.
func Employments(t *testing.T, open func(t *testing.T) LifecycleStore) {
	if !offered(t, open(t).Employments, "LifecycleStore.Employments") {
		return
	}
	employment := func(seed int, id hr.EmployeeID) lifecycle.Employment {
		return Fill[lifecycle.Employment](seed, func(e *lifecycle.Employment) { e.ID, e.Version = id, 0 })
	}
	RunCases(t, func(t *testing.T) Cases[lifecycle.Employment] {
		s := open(t)
		return Cases[lifecycle.Employment]{
			Core: s.Core, Put: s.Employments.PutEmployment,
			Get:     func(ctx context.Context) (lifecycle.Employment, error) { return s.Employments.Employment(ctx, "E1") },
			Make:    func(seed int) lifecycle.Employment { return employment(seed, "E1") },
			Version: func(e *lifecycle.Employment) *storage.Version { return &e.Version },
		}
	})
	run := func(name string, fn func(t *testing.T, ctx context.Context, s LifecycleStore)) {
		t.Run(name, func(t *testing.T) { fn(t, deadline(t), open(t)) })
	}
	put := func(t *testing.T, ctx context.Context, s LifecycleStore, es ...lifecycle.Employment) {
		t.Helper()
		for _, e := range es {
			ok(t, s.Employments.PutEmployment(ctx, e))
		}
	}
	run("rows come by id, each once, and those not there are left out", func(t *testing.T, ctx context.Context, s LifecycleStore) {
		put(t, ctx, s, employment(3, "E3"), employment(1, "E1"), employment(2, "E2"))
		stored := func(seed int, id hr.EmployeeID) lifecycle.Employment {
			e := employment(seed, id)
			e.Version = 1
			return e
		}
		want := []lifecycle.Employment{stored(1, "E1"), stored(3, "E3")}
		for range 2 { // and belong to the caller
			got, err := s.Employments.Employments(ctx, "E3", "nobody", "E1", "E3")
			ok(t, err)
			Equal(t, want, got)
			Spoil(got)
		}
		none, err := s.Employments.Employments(ctx)
		ok(t, err)
		must(t, len(none) == 0, "nobody was asked for and somebody came")
	})
	employed := func(id hr.EmployeeID, start, last string) lifecycle.Employment {
		return Fill[lifecycle.Employment](1, func(e *lifecycle.Employment) {
			e.ID, e.Version, e.Start, e.LastDay, e.Earlier = id, 0, hr.MustDate(start), hr.Date{}, nil
			if last != "" {
				e.LastDay = hr.MustDate(last)
			}
		})
	}
	in := func(t *testing.T, ctx context.Context, s LifecycleStore, p string, after hr.EmployeeID, limit int, want ...hr.EmployeeID) {
		t.Helper()
		got, err := s.Employments.EmployedIn(ctx, hr.MustPeriod(p), after, limit)
		ok(t, err)
		Equal(t, want, got)
	}
	run("who is employed on some day of a period is listed, first and last day included", func(t *testing.T, ctx context.Context, s LifecycleStore) {
		put(t, ctx, s, employed("E2", "2026-10-05", "2026-10-09"), employed("E1", "2026-10-12", ""))
		in(t, ctx, s, "2026-10-01..2026-10-04", "", 0)
		in(t, ctx, s, "2026-10-01..2026-10-05", "", 0, "E2")
		in(t, ctx, s, "2026-10-07..2026-10-07", "", 0, "E2")
		in(t, ctx, s, "2026-10-09..2026-10-11", "", 0, "E2")
		in(t, ctx, s, "2026-10-10..2026-10-11", "", 0)
		in(t, ctx, s, "2026-10-12..2026-10-12", "", 0, "E1")
		in(t, ctx, s, "2030-01-01..2030-01-31", "", 0, "E1")
		in(t, ctx, s, "2026-10-01..", "", 0, "E1", "E2")
	})
	run("who is employed is asked of the row as it stands now", func(t *testing.T, ctx context.Context, s LifecycleStore) {
		put(t, ctx, s, employed("E1", "2026-10-12", ""))
		left := employed("E1", "2026-10-12", "2026-10-31")
		left.Version = 1
		put(t, ctx, s, left)
		in(t, ctx, s, "2026-10-31..2026-11-30", "", 0, "E1")
		in(t, ctx, s, "2026-11-01..2026-11-30", "", 0)
	})
	run("who never came is not employed", func(t *testing.T, ctx context.Context, s LifecycleStore) {
		put(t, ctx, s, employed("E1", "2026-10-12", "2026-10-11"))
		in(t, ctx, s, "2026-10-01..2026-10-31", "", 0)
		in(t, ctx, s, "2026-10-11..2026-10-11", "", 0)
	})
	run("an earlier spell counts like this one", func(t *testing.T, ctx context.Context, s LifecycleStore) {
		again := employed("E1", "2026-10-12", "")
		again.Earlier = Fill[lifecycle.Employment](1).Earlier[:2]
		again.Earlier[0].Start, again.Earlier[0].LastDay = hr.MustDate("2020-01-01"), hr.MustDate("2019-12-31") // never came
		again.Earlier[1].Start, again.Earlier[1].LastDay = hr.MustDate("2024-03-01"), hr.MustDate("2024-08-31")
		put(t, ctx, s, again)
		in(t, ctx, s, "2019-12-01..2020-01-31", "", 0)
		in(t, ctx, s, "2024-01-01..2024-02-29", "", 0)
		in(t, ctx, s, "2024-08-31..2024-09-30", "", 0, "E1")
		in(t, ctx, s, "2024-09-01..2026-10-11", "", 0)
		in(t, ctx, s, "2026-10-12..2026-10-12", "", 0, "E1")
	})
	run("who is employed comes by id, a page at a time", func(t *testing.T, ctx context.Context, s LifecycleStore) {
		for _, id := range []hr.EmployeeID{"E4", "E1", "E3", "E2"} {
			put(t, ctx, s, employed(id, "2026-10-01", ""))
		}
		in(t, ctx, s, "2026-10-01..", "", 2, "E1", "E2")
		in(t, ctx, s, "2026-10-01..", "E2", 2, "E3", "E4")
		in(t, ctx, s, "2026-10-01..", "E25", 1, "E3")
		in(t, ctx, s, "2026-10-01..", "E4", 2)
		in(t, ctx, s, "2026-10-01..", "E1", 0, "E2", "E3", "E4")
		in(t, ctx, s, "2026-10-01..", "", -1, "E1", "E2", "E3", "E4")
	})
	run("who was employed before or after a period takes no place on a page", func(t *testing.T, ctx context.Context, s LifecycleStore) {
		for _, id := range []hr.EmployeeID{"E1", "E2", "E4"} {
			before := employed(id, "2027-01-01", "")
			before.Earlier = Fill[lifecycle.Employment](1).Earlier[:1]
			before.Earlier[0].Start, before.Earlier[0].LastDay = hr.MustDate("2024-03-01"), hr.MustDate("2024-08-31")
			put(t, ctx, s, before)
		}
		put(t, ctx, s, employed("E3", "2026-10-01", ""), employed("E5", "2026-10-01", ""))
		in(t, ctx, s, "2026-10-01..2026-10-31", "", 1, "E3")
		in(t, ctx, s, "2026-10-01..2026-10-31", "", 2, "E3", "E5")
		in(t, ctx, s, "2026-10-01..2026-10-31", "E3", 2, "E5")
	})
	run("an account is found by bank and number, whatever the holder and the kind", func(t *testing.T, ctx context.Context, s LifecycleStore) {
		account := func(bank, number string) hr.BankAccount {
			return hr.BankAccount{Holder: "anybody", Bank: bank, Number: hr.NewSecret(number), Kind: "current"}
		}
		paid := func(id hr.EmployeeID, a hr.BankAccount) lifecycle.Employment {
			e := employment(1, id)
			a.Holder, a.Kind = string(id), "savings"
			e.Person.Bank = a
			return e
		}
		put(t, ctx, s, paid("E3", account("B1", "111")), paid("E1", account("B1", "111")), paid("E2", account("B2", "111")),
			paid("E4", account("B1", "112")), paid("E5", hr.BankAccount{Bank: "B1"}))
		into := func(a hr.BankAccount, want ...hr.EmployeeID) {
			t.Helper()
			got, err := s.Employments.PaidInto(ctx, a)
			ok(t, err)
			Equal(t, want, got)
		}
		into(account("B1", "111"), "E1", "E3")
		into(account("B2", "111"), "E2")
		into(account("B2", "112"))
		into(hr.BankAccount{Bank: "B1"}) // without a number it is nobody's
		moved := paid("E1", account("B9", "999"))
		moved.Version = 1
		put(t, ctx, s, moved)
		into(account("B1", "111"), "E3")
	})
	run("every list honours its context", func(t *testing.T, ctx context.Context, s LifecycleStore) {
		refuses(t, ctx, func(ctx context.Context) error { _, err := s.Employments.Employments(ctx, "E1"); return err })
		refuses(t, ctx, func(ctx context.Context) error { _, err := s.Employments.EmployedIn(ctx, always, "", 0); return err })
		refuses(t, ctx, func(ctx context.Context) error {
			_, err := s.Employments.PaidInto(ctx, hr.BankAccount{Bank: "B1", Number: hr.NewSecret("111")})
			return err
		})
	})
}

// Terms proves [lifecycle.Facts]; the other port may be nil.
func Terms(t *testing.T, open func(t *testing.T) LifecycleStore) {
	if !offered(t, open(t).Facts, "LifecycleStore.Facts") {
		return
	}
	terms := func(t *testing.T) pinned[hr.Terms] {
		s := open(t)
		return pinned[hr.Terms]{
			Core: s.Core, append: s.Facts.AppendTerms, of: s.Facts.Terms,
			make: func(emp hr.EmployeeID, n int) hr.Entry[hr.Terms] {
				return pinnedFact(n, func(e *hr.Entry[hr.Terms]) { e.Value.Entity += string(emp) })
			},
			other: func(e hr.Entry[hr.Terms]) hr.Entry[hr.Terms] { e.Value.Grade += "x"; return e },
		}
	}
	runPinned(t, terms)
	runOwnIDs(t, terms)
}
