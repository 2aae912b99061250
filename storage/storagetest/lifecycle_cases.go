package storagetest

import (
	"context"
	"testing"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/storage"
)

// Record proves [lifecycle.Record]; the other ports may be nil.
func Record(t *testing.T, open func(t *testing.T) LifecycleStore) {
	if !offered(t, open(t).Record, "LifecycleStore.Record") {
		return
	}
	record := func(t *testing.T) pinned[lifecycle.Happening] {
		s := open(t)
		return pinned[lifecycle.Happening]{
			Core: s.Core, append: s.Record.AppendHappenings, of: s.Record.Happenings,
			make: func(emp hr.EmployeeID, n int) hr.Entry[lifecycle.Happening] {
				return pinnedFact(n, func(e *hr.Entry[lifecycle.Happening]) { e.Value.Word += string(emp) })
			},
			other: func(e hr.Entry[lifecycle.Happening]) hr.Entry[lifecycle.Happening] { e.Value.Why += "x"; return e },
		}
	}
	runPinned(t, record)
	runOwnIDs(t, record)
}

// Identities proves [lifecycle.Identities], which the store of employments is; the other ports may be nil.
func Identities(t *testing.T, open func(t *testing.T) LifecycleStore) {
	if _, offers := open(t).Employments.(lifecycle.Identities); !offers {
		t.Log("not offered: the store of employments is no lifecycle.Identities")
		return
	}
	run := func(name string, fn func(t *testing.T, ctx context.Context, s LifecycleStore, of lifecycle.Identities)) {
		t.Run(name, func(t *testing.T) {
			s := open(t)
			fn(t, deadline(t), s, s.Employments.(lifecycle.Identities))
		})
	}
	pan := func(number string) hr.Identity { return hr.Identity{Kind: "pan_in", Number: hr.NewSecret(number)} }
	person := func(id hr.EmployeeID, version storage.Version, ids ...hr.Identity) lifecycle.Employment {
		return Fill[lifecycle.Employment](1, func(e *lifecycle.Employment) { e.ID, e.Version, e.Person.Identities = id, version, ids })
	}
	has := func(t *testing.T, ctx context.Context, of lifecycle.Identities, id hr.Identity, want ...hr.EmployeeID) {
		t.Helper()
		got, err := of.WithIdentity(ctx, id)
		ok(t, err)
		Equal(t, want, got)
	}
	run("a number is found by kind and number, by id", func(t *testing.T, ctx context.Context, s LifecycleStore, of lifecycle.Identities) {
		other := hr.Identity{Kind: "uan_in", Number: hr.NewSecret("A1")}
		for _, e := range []lifecycle.Employment{person("E3", 0, other, pan("A1")), person("E1", 0, pan("A1")), person("E2", 0, pan("A2"))} {
			ok(t, s.Employments.PutEmployment(ctx, e))
		}
		has(t, ctx, of, pan("A1"), "E1", "E3")
		has(t, ctx, of, other, "E3")
		has(t, ctx, of, pan("A3"))
	})
	run("a number that was taken away is nobody's", func(t *testing.T, ctx context.Context, s LifecycleStore, of lifecycle.Identities) {
		ok(t, s.Employments.PutEmployment(ctx, person("E1", 0, pan("A1"))))
		ok(t, s.Employments.PutEmployment(ctx, person("E1", 1, pan("A2"))))
		has(t, ctx, of, pan("A1"))
		has(t, ctx, of, pan("A2"), "E1")
		ok(t, s.Employments.PutEmployment(ctx, person("E2", 0, hr.Identity{Kind: "pan_in"})))
		has(t, ctx, of, hr.Identity{Kind: "pan_in"}) // an empty number is nobody's
	})
	run("a number that stands twice in a row is found once", func(t *testing.T, ctx context.Context, s LifecycleStore, of lifecycle.Identities) {
		ok(t, s.Employments.PutEmployment(ctx, person("E1", 0, pan("A1"), pan("A1"))))
		has(t, ctx, of, pan("A1"), "E1")
	})
	run("an identity is seen in its unit and undone with it", func(t *testing.T, ctx context.Context, s LifecycleStore, of lifecycle.Identities) {
		is(t, s.Tx.InTx(ctx, func(ctx context.Context) error {
			ok(t, s.Employments.PutEmployment(ctx, person("E1", 0, pan("A1"))))
			has(t, ctx, of, pan("A1"), "E1")
			return errStop
		}), errStop)
		has(t, ctx, of, pan("A1"))
	})
	run("the question honours its context", func(t *testing.T, ctx context.Context, _ LifecycleStore, of lifecycle.Identities) {
		refuses(t, ctx, func(ctx context.Context) error { _, err := of.WithIdentity(ctx, pan("A1")); return err })
	})
}

// Proposals proves [lifecycle.Proposals]; the other ports may be nil.
func Proposals(t *testing.T, open func(t *testing.T) LifecycleStore) {
	if !offered(t, open(t).Proposals, "LifecycleStore.Proposals") {
		return
	}
	proposal := func(seed int, id lifecycle.ProposalID) lifecycle.Proposal {
		return Fill[lifecycle.Proposal](seed, func(p *lifecycle.Proposal) { p.ID, p.Version = id, 0 })
	}
	RunCases(t, func(t *testing.T) Cases[lifecycle.Proposal] {
		s := open(t)
		return Cases[lifecycle.Proposal]{
			Core: s.Core, Put: s.Proposals.PutProposal,
			Get:     func(ctx context.Context) (lifecycle.Proposal, error) { return s.Proposals.Proposal(ctx, "P1") },
			Make:    func(seed int) lifecycle.Proposal { return proposal(seed, "P1") },
			Version: func(p *lifecycle.Proposal) *storage.Version { return &p.Version },
		}
	})
	run := func(name string, fn func(t *testing.T, ctx context.Context, s LifecycleStore)) {
		t.Run(name, func(t *testing.T) { fn(t, deadline(t), open(t)) })
	}
	put := func(t *testing.T, ctx context.Context, s LifecycleStore, id lifecycle.ProposalID, emp hr.EmployeeID, state lifecycle.ProposalState) {
		t.Helper()
		p := proposal(1, id)
		p.Employee, p.State = emp, state
		ok(t, s.Proposals.PutProposal(ctx, p))
	}
	ids := func(t *testing.T, list []lifecycle.Proposal, err error) (out []lifecycle.ProposalID) {
		t.Helper()
		ok(t, err)
		for _, p := range list {
			out = append(out, p.ID)
		}
		return out
	}
	run("those about an employee come by id, in any state", func(t *testing.T, ctx context.Context, s LifecycleStore) {
		put(t, ctx, s, "P3", "E1", lifecycle.ProposalRefused)
		put(t, ctx, s, "P1", "E1", lifecycle.ProposalPending)
		put(t, ctx, s, "P2", "E2", lifecycle.ProposalPending)
		list, err := s.Proposals.ProposalsOf(ctx, "E1")
		Equal(t, []lifecycle.ProposalID{"P1", "P3"}, ids(t, list, err))
		want := proposal(1, "P1")
		want.Employee, want.State, want.Version = "E1", lifecycle.ProposalPending, 1
		Equal(t, want, list[0])
	})
	run("open ones come by id, a page at a time", func(t *testing.T, ctx context.Context, s LifecycleStore) {
		for id, state := range map[lifecycle.ProposalID]lifecycle.ProposalState{
			"P1": lifecycle.ProposalPending, "P2": lifecycle.ProposalApplied, "P3": lifecycle.ProposalApproved, "P4": lifecycle.ProposalCancelled,
			"P5": lifecycle.ProposalRefused, "P6": lifecycle.ProposalPending,
		} {
			put(t, ctx, s, id, "E1", state)
		}
		page := func(after lifecycle.ProposalID, limit int, want ...lifecycle.ProposalID) {
			t.Helper()
			list, err := s.Proposals.OpenProposals(ctx, after, limit)
			Equal(t, want, ids(t, list, err))
		}
		page("", 0, "P1", "P3", "P6")
		page("", 2, "P1", "P3")
		page("P3", 2, "P6")
		page("P2", -1, "P3", "P6")
		page("P6", 1)
	})
	run("every list of proposals honours its context", func(t *testing.T, ctx context.Context, s LifecycleStore) {
		refuses(t, ctx, func(ctx context.Context) error { _, err := s.Proposals.ProposalsOf(ctx, "E1"); return err })
		refuses(t, ctx, func(ctx context.Context) error { _, err := s.Proposals.OpenProposals(ctx, "", 0); return err })
	})
}

// Documents proves [lifecycle.Documents]; the other ports may be nil.
func Documents(t *testing.T, open func(t *testing.T) LifecycleStore) {
	if !offered(t, open(t).Documents, "LifecycleStore.Documents") {
		return
	}
	document := func(seed int, id lifecycle.DocumentID) lifecycle.Document {
		return Fill[lifecycle.Document](seed, func(d *lifecycle.Document) { d.ID, d.Version = id, 0 })
	}
	RunCases(t, func(t *testing.T) Cases[lifecycle.Document] {
		s := open(t)
		return Cases[lifecycle.Document]{
			Core: s.Core, Put: s.Documents.PutDocument,
			Get:     func(ctx context.Context) (lifecycle.Document, error) { return s.Documents.Document(ctx, "D1") },
			Make:    func(seed int) lifecycle.Document { return document(seed, "D1") },
			Version: func(d *lifecycle.Document) *storage.Version { return &d.Version },
		}
	})
	run := func(name string, fn func(t *testing.T, ctx context.Context, s LifecycleStore)) {
		t.Run(name, func(t *testing.T) { fn(t, deadline(t), open(t)) })
	}
	put := func(t *testing.T, ctx context.Context, s LifecycleStore, id lifecycle.DocumentID, emp hr.EmployeeID, expires string) {
		t.Helper()
		d := document(1, id)
		d.Employee, d.Expires = emp, hr.Date{}
		if expires != "" {
			d.Expires = hr.MustDate(expires)
		}
		ok(t, s.Documents.PutDocument(ctx, d))
	}
	ids := func(t *testing.T, list []lifecycle.Document, err error) (out []lifecycle.DocumentID) {
		t.Helper()
		ok(t, err)
		for _, d := range list {
			out = append(out, d.ID)
		}
		return out
	}
	run("those of an employee come by id", func(t *testing.T, ctx context.Context, s LifecycleStore) {
		put(t, ctx, s, "D3", "E1", "2026-10-31")
		put(t, ctx, s, "D1", "E1", "")
		put(t, ctx, s, "D2", "E2", "2026-10-31")
		list, err := s.Documents.DocumentsOf(ctx, "E1")
		Equal(t, []lifecycle.DocumentID{"D1", "D3"}, ids(t, list, err))
	})
	run("those that expire in a period are listed, both its days included, a page at a time", func(t *testing.T, ctx context.Context, s LifecycleStore) {
		for id, expires := range map[lifecycle.DocumentID]string{"D1": "2026-10-31", "D2": "2026-09-30", "D3": "2026-10-01", "D4": "", "D5": "2026-11-01", "D6": "2026-10-15"} {
			put(t, ctx, s, id, "E1", expires)
		}
		page := func(p string, after lifecycle.DocumentID, limit int, want ...lifecycle.DocumentID) {
			t.Helper()
			list, err := s.Documents.Expiring(ctx, hr.MustPeriod(p), after, limit)
			Equal(t, want, ids(t, list, err))
		}
		page("2026-10-01..2026-10-31", "", 0, "D1", "D3", "D6")
		page("2026-10-01..2026-10-31", "", 2, "D1", "D3")
		page("2026-10-01..2026-10-31", "D3", 2, "D6")
		page("2026-10-02..2026-10-30", "", -1, "D6")
	})
	run("every list of documents honours its context", func(t *testing.T, ctx context.Context, s LifecycleStore) {
		refuses(t, ctx, func(ctx context.Context) error { _, err := s.Documents.DocumentsOf(ctx, "E1"); return err })
		refuses(t, ctx, func(ctx context.Context) error {
			_, err := s.Documents.Expiring(ctx, always, "", 0)
			return err
		})
	})
}
