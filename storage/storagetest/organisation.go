package storagetest

import (
	"context"
	"testing"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/storage"
)

// OrganisationStore is a store as [Organisation] sees it.
type OrganisationStore struct {
	Core
	Structure   lifecycle.Structure
	Delegations lifecycle.Delegations
	Facts       lifecycle.Facts // of which Holders is asked, where it offers that
	Checklists  lifecycle.Checklists
}

// Organisation proves the ports of package lifecycle about the organisation and about joining and leaving: [lifecycle.Structure],
// [lifecycle.Delegations], [lifecycle.Checklists], and [lifecycle.Holders] where the store offers it.
func Organisation(t *testing.T, open func(t *testing.T) OrganisationStore) {
	t.Run("Structure", func(t *testing.T) {
		if !offered(t, open(t).Structure, "OrganisationStore.Structure") {
			return
		}
		make := func(n int) hr.Entry[lifecycle.Part] {
			return pinnedFact(n, func(*hr.Entry[lifecycle.Part]) {})
		}
		RunFacts(t, func(t *testing.T) Facts[hr.Entry[lifecycle.Part]] {
			s := open(t)
			return Facts[hr.Entry[lifecycle.Part]]{
				Core: s.Core, Append: s.Structure.AppendParts, Make: make,
				List:  func(ctx context.Context) ([]hr.Entry[lifecycle.Part], error) { return s.Structure.Parts(ctx, 0) },
				Other: func(e hr.Entry[lifecycle.Part]) hr.Entry[lifecycle.Part] { e.Value.Unit.Name += "x"; return e },
			}
		})
		t.Run("a number limits what is known", func(t *testing.T) {
			s, ctx := open(t), deadline(t)
			ok(t, s.Structure.AppendParts(ctx, make(1), make(2), make(3), make(4)))
			got, err := s.Structure.Parts(ctx, make(3).Seq)
			ok(t, err)
			Equal(t, []hr.Entry[lifecycle.Part]{make(1), make(2), make(3)}, got)
		})
	})
	t.Run("Delegations", func(t *testing.T) {
		if !offered(t, open(t).Delegations, "OrganisationStore.Delegations") {
			return
		}
		delegations := func(t *testing.T) pinned[lifecycle.Delegation] {
			s := open(t)
			return pinned[lifecycle.Delegation]{
				Core: s.Core, append: s.Delegations.AppendDelegations, of: s.Delegations.DelegationsOf,
				make: func(emp hr.EmployeeID, n int) hr.Entry[lifecycle.Delegation] {
					return pinnedFact(n, func(e *hr.Entry[lifecycle.Delegation]) { e.Value.From = emp })
				},
				other: func(e hr.Entry[lifecycle.Delegation]) hr.Entry[lifecycle.Delegation] { e.Value.To += "x"; return e },
			}
		}
		runPinned(t, delegations)
		runOwnIDs(t, delegations)
	})
	t.Run("Holders", func(t *testing.T) { holders(t, open) })
	t.Run("Checklists", func(t *testing.T) { Checklists(t, open) })
}

func holders(t *testing.T, open func(t *testing.T) OrganisationStore) {
	t.Run("whoever held a position is found, by id, each once", func(t *testing.T) {
		s, ctx := open(t), deadline(t)
		store, offers := s.Facts.(lifecycle.Holders)
		if !offers {
			t.Log("not offered: the store of facts is no lifecycle.Holders")
			return
		}
		put := func(emp hr.EmployeeID, positions ...string) {
			for n, p := range positions {
				ok(t, s.Facts.AppendTerms(ctx, emp, pinnedFact(n+1, func(e *hr.Entry[hr.Terms]) { e.Value.Position = p })))
			}
		}
		put("E3", "P1", "P2")
		put("E1", "P2", "P1")
		put("E2", "P9", "")
		for _, c := range []struct {
			asked []string
			want  []hr.EmployeeID
		}{{[]string{"P1"}, []hr.EmployeeID{"E1", "E3"}}, {[]string{"P9", "P2", "P1"}, []hr.EmployeeID{"E1", "E2", "E3"}}, {[]string{"P5", ""}, nil}, {nil, nil}} {
			got, err := store.HoldersOf(ctx, c.asked...)
			ok(t, err)
			Equal(t, c.want, got)
		}
	})
	t.Run("who ever worked under somebody is found, by id, each once", func(t *testing.T) {
		s, ctx := open(t), deadline(t)
		store, offers := s.Facts.(lifecycle.Holders)
		if !offers {
			t.Log("not offered: the store of facts is no lifecycle.Holders")
			return
		}
		put := func(emp hr.EmployeeID, managers ...hr.EmployeeID) {
			for n, m := range managers {
				ok(t, s.Facts.AppendTerms(ctx, emp, pinnedFact(n+1, func(e *hr.Entry[hr.Terms]) { e.Value.Manager = m })))
			}
		}
		put("E3", "E8", "E9")
		put("E1", "E9", "E8")
		put("E2", "E7", "")
		for _, c := range []struct{ asked, want []hr.EmployeeID }{
			{[]hr.EmployeeID{"E8"}, []hr.EmployeeID{"E1", "E3"}},
			{[]hr.EmployeeID{"E7", "E9", "E8"}, []hr.EmployeeID{"E1", "E2", "E3"}},
			{[]hr.EmployeeID{"E5", ""}, nil},
			{nil, nil},
		} {
			got, err := store.ReportsOf(ctx, c.asked...)
			ok(t, err)
			Equal(t, c.want, got)
		}
		refuses(t, ctx, func(ctx context.Context) error { _, err := store.ReportsOf(ctx, "E8"); return err })
	})
	t.Run("the question of holders honours its context", func(t *testing.T) {
		s, ctx := open(t), deadline(t)
		store, offers := s.Facts.(lifecycle.Holders)
		if !offers {
			t.Log("not offered: the store of facts is no lifecycle.Holders")
			return
		}
		refuses(t, ctx, func(ctx context.Context) error { _, err := store.HoldersOf(ctx, "P1"); return err })
	})
}

// Checklists proves [lifecycle.Checklists]; the other ports may be nil.
func Checklists(t *testing.T, open func(t *testing.T) OrganisationStore) {
	if !offered(t, open(t).Checklists, "OrganisationStore.Checklists") {
		return
	}
	list := func(seed int, id lifecycle.ChecklistID) lifecycle.Checklist {
		return Fill[lifecycle.Checklist](seed, func(c *lifecycle.Checklist) { c.ID, c.Version = id, 0 })
	}
	RunCases(t, func(t *testing.T) Cases[lifecycle.Checklist] {
		s := open(t)
		return Cases[lifecycle.Checklist]{
			Core: s.Core, Put: s.Checklists.PutChecklist,
			Get:     func(ctx context.Context) (lifecycle.Checklist, error) { return s.Checklists.Checklist(ctx, "C1") },
			Make:    func(seed int) lifecycle.Checklist { return list(seed, "C1") },
			Version: func(c *lifecycle.Checklist) *storage.Version { return &c.Version },
		}
	})
	run := func(name string, fn func(t *testing.T, ctx context.Context, s OrganisationStore)) {
		t.Run(name, func(t *testing.T) { fn(t, deadline(t), open(t)) })
	}
	put := func(t *testing.T, ctx context.Context, s OrganisationStore, cs ...lifecycle.Checklist) {
		t.Helper()
		for _, c := range cs {
			ok(t, s.Checklists.PutChecklist(ctx, c))
		}
	}
	run("the checklists of an employee come by id", func(t *testing.T, ctx context.Context, s OrganisationStore) {
		of := func(seed int, id lifecycle.ChecklistID, emp hr.EmployeeID) lifecycle.Checklist {
			c := list(seed, id)
			c.Employee = emp
			return c
		}
		put(t, ctx, s, of(3, "C3", "E1"), of(1, "C1", "E1"), of(2, "C2", "E2"))
		want := []lifecycle.Checklist{of(1, "C1", "E1"), of(3, "C3", "E1")}
		want[0].Version, want[1].Version = 1, 1
		for range 2 { // and belong to the caller
			got, err := s.Checklists.ChecklistsOf(ctx, "E1")
			ok(t, err)
			Equal(t, want, got)
			Spoil(got)
		}
		none, err := s.Checklists.ChecklistsOf(ctx, "nobody")
		ok(t, err)
		must(t, len(none) == 0, "somebody has none and got some")
	})
	run("what is due comes by id, the day included, a page at a time, as it stands now", func(t *testing.T, ctx context.Context, s OrganisationStore) {
		due := func(id lifecycle.ChecklistID, version storage.Version, day string) lifecycle.Checklist {
			c := list(1, id)
			c.Version, c.NextDue = version, hr.Date{}
			if day != "" {
				c.NextDue = hr.MustDate(day)
			}
			return c
		}
		put(t, ctx, s, due("C4", 0, "2026-10-01"), due("C1", 0, "2026-10-05"), due("C2", 0, ""), due("C3", 0, "2026-10-05"), due("C5", 0, "2026-10-06"))
		in := func(through string, after lifecycle.ChecklistID, limit int, want ...lifecycle.ChecklistID) {
			t.Helper()
			got, err := s.Checklists.ChecklistsDue(ctx, hr.MustDate(through), after, limit)
			ok(t, err)
			var ids []lifecycle.ChecklistID
			for _, c := range got {
				ids = append(ids, c.ID)
			}
			Equal(t, want, ids)
		}
		in("2026-09-30", "", 0)
		in("2026-10-05", "", 0, "C1", "C3", "C4")
		in("2026-10-05", "", 2, "C1", "C3")
		in("2026-10-05", "C1", 1, "C3")
		in("2026-10-06", "C3", -1, "C4", "C5")
		put(t, ctx, s, due("C1", 1, ""))
		in("2026-10-05", "", 0, "C3", "C4")
	})
	run("every list of checklists honours its context", func(t *testing.T, ctx context.Context, s OrganisationStore) {
		refuses(t, ctx, func(ctx context.Context) error { _, err := s.Checklists.ChecklistsOf(ctx, "E1"); return err })
		refuses(t, ctx, func(ctx context.Context) error {
			_, err := s.Checklists.ChecklistsDue(ctx, hr.MustDate("2026-10-05"), "", 0)
			return err
		})
	})
}
