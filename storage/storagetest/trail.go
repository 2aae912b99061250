package storagetest

import (
	"context"
	"testing"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// JournalStore is a store as [AuditTrail], [Outbox] and [Inbox] see it. A port that the store does not keep is nil.
type JournalStore struct {
	Core
	Trail  storage.AuditTrail
	Outbox storage.Outbox
	Inbox  storage.Inbox
}

// journalSuite returns the function that runs one subtest on a fresh store.
func journalSuite(t *testing.T, open func(t *testing.T) JournalStore) func(name string, fn func(t *testing.T, ctx context.Context, s JournalStore)) {
	return func(name string, fn func(t *testing.T, ctx context.Context, s JournalStore)) {
		t.Run(name, func(t *testing.T) { fn(t, deadline(t), open(t)) })
	}
}

// AuditTrail proves [storage.AuditTrail]: that what [storage.Journal] appends is in chains that hold.
func AuditTrail(t *testing.T, open func(t *testing.T) JournalStore) {
	if !offered(t, open(t).Trail, "JournalStore.Trail") {
		return
	}
	run := journalSuite(t, open)
	about := func(seed int, subjects ...hr.EmployeeID) storage.Audit {
		return Fill[storage.Audit](seed, func(a *storage.Audit) { a.Subjects, a.Verb = subjects, "test.Write" })
	}
	add := func(t *testing.T, ctx context.Context, s JournalStore, audits ...storage.Audit) {
		t.Helper()
		for _, a := range audits {
			ok(t, s.Tx.InTx(ctx, func(ctx context.Context) error { return s.Journal.Append(ctx, a) }))
		}
	}
	sound := func(t *testing.T, ctx context.Context, s JournalStore) {
		t.Helper()
		faults, err := storage.VerifyAudit(ctx, s.Trail)
		ok(t, err)
		must(t, len(faults) == 0, "the chains do not hold: %v", faults)
	}
	chain := func(t *testing.T, ctx context.Context, s JournalStore, stream string, after int64, limit int) []storage.AuditLink {
		t.Helper()
		links, err := s.Trail.AuditLinks(ctx, stream, after, limit)
		ok(t, err)
		return links
	}
	run("every field of an entry comes back and the chain holds", func(t *testing.T, ctx context.Context, s JournalStore) {
		add(t, ctx, s, about(1, "E1"), about(2, "E1"))
		links := chain(t, ctx, s, "employee/E1", 0, 10)
		must(t, len(links) == 2, "%d entries of 2", len(links))
		Equal(t, []storage.Audit{about(1, "E1"), about(2, "E1")}, []storage.Audit{links[0].Audit, links[1].Audit})
		must(t, links[0].Number == 1 && links[1].Number == 2 && links[0].Salt != "" && links[0].Salt != links[1].Salt, "numbers rise from 1, and each entry has a salt of its own")
		sound(t, ctx, s)
	})
	run("entries are chained by subject and otherwise by verb, and heads come by stream, a page at a time", func(t *testing.T, ctx context.Context, s JournalStore) {
		add(t, ctx, s, about(1, "E2"), about(2, "E1"), about(3), about(4, "E1", "E2"), about(5, "E1"))
		heads, err := s.Trail.AuditHeads(ctx, "", 10)
		ok(t, err)
		var got []storage.AuditHead
		for _, h := range heads {
			must(t, h.Hash != "", "a head without a hash")
			h.Hash = ""
			got = append(got, h)
		}
		Equal(t, []storage.AuditHead{{Stream: "employee/E1", Number: 2}, {Stream: "employee/E2", Number: 1}, {Stream: "verb/test.Write", Number: 2}}, got)
		first, err := s.Trail.AuditHeads(ctx, "", 2)
		ok(t, err)
		rest, err := s.Trail.AuditHeads(ctx, "employee/E2", 2)
		ok(t, err)
		Equal(t, heads, append(first, rest...))
		sound(t, ctx, s)
	})
	run("entries come by number, a page at a time", func(t *testing.T, ctx context.Context, s JournalStore) {
		for seed := range 5 {
			add(t, ctx, s, about(seed+1, "E1"))
		}
		all := chain(t, ctx, s, "employee/E1", 0, 10)
		Equal(t, all, append(chain(t, ctx, s, "employee/E1", 0, 3), chain(t, ctx, s, "employee/E1", 3, 3)...))
		must(t, len(all) == 5 && len(chain(t, ctx, s, "employee/E9", 0, 3)) == 0, "a chain has its own entries and no others")
	})
	run("an entry that was rolled back leaves no gap", func(t *testing.T, ctx context.Context, s JournalStore) {
		add(t, ctx, s, about(1, "E1"))
		for _, subject := range []hr.EmployeeID{"E1", "E2"} {
			is(t, s.Tx.InTx(ctx, func(ctx context.Context) error { ok(t, s.Journal.Append(ctx, about(2, subject))); return errStop }), errStop)
		}
		add(t, ctx, s, about(3, "E1"))
		heads, err := s.Trail.AuditHeads(ctx, "", 10)
		ok(t, err)
		must(t, len(heads) == 1 && heads[0].Number == 2, "the heads are %v", heads)
		sound(t, ctx, s)
	})
	run("sixteen writers make one chain", func(t *testing.T, ctx context.Context, s JournalStore) {
		writers(t, func(i int) error {
			return s.Tx.InTx(ctx, func(ctx context.Context) error { return s.Journal.Append(ctx, about(i+1, "E1")) })
		}, nil)
		must(t, len(chain(t, ctx, s, "employee/E1", 0, 100)) == 16, "entries are missing")
		sound(t, ctx, s)
	})
	run("every call honours its context", func(t *testing.T, ctx context.Context, s JournalStore) {
		refuses(t, ctx, func(ctx context.Context) error { _, err := s.Trail.AuditHeads(ctx, "", 1); return err })
		refuses(t, ctx, func(ctx context.Context) error { _, err := s.Trail.AuditLinks(ctx, "employee/E1", 0, 1); return err })
	})
}

// Outbox proves [storage.Outbox].
func Outbox(t *testing.T, open func(t *testing.T) JournalStore) {
	if !offered(t, open(t).Outbox, "JournalStore.Outbox") {
		return
	}
	run := journalSuite(t, open)
	event := func(seed int) storage.Event { return Fill[storage.Event](seed) }
	add := func(t *testing.T, ctx context.Context, s JournalStore, ev ...storage.Event) {
		t.Helper()
		ok(t, s.Tx.InTx(ctx, func(ctx context.Context) error { return s.Journal.Append(ctx, Fill[storage.Audit](1), ev...) }))
	}
	has := func(t *testing.T, ctx context.Context, s JournalStore, limit int, want ...storage.Event) {
		t.Helper()
		got, err := s.Outbox.Pending(ctx, limit)
		ok(t, err)
		Equal(t, want, got)
	}
	run("an event is pending until it is delivered", func(t *testing.T, ctx context.Context, s JournalStore) {
		has(t, ctx, s, 10)
		add(t, ctx, s, event(2), event(1))
		add(t, ctx, s, event(3))
		has(t, ctx, s, 10, event(2), event(1), event(3))
		ok(t, s.Outbox.Delivered(ctx, event(1).ID))
		has(t, ctx, s, 10, event(2), event(3))
		ok(t, s.Outbox.Delivered(ctx, event(1).ID, event(2).ID, event(3).ID, "none of ours"))
		has(t, ctx, s, 10)
	})
	run("pending events come the oldest first, as many as asked", func(t *testing.T, ctx context.Context, s JournalStore) {
		add(t, ctx, s, event(3))
		add(t, ctx, s, event(1), event(2))
		has(t, ctx, s, 2, event(3), event(1))
		has(t, ctx, s, 0)
	})
	run("an event is pending and delivered with its unit", func(t *testing.T, ctx context.Context, s JournalStore) {
		add(t, ctx, s, event(1))
		is(t, s.Tx.InTx(ctx, func(ctx context.Context) error {
			ok(t, s.Journal.Append(ctx, Fill[storage.Audit](2), event(2)))
			ok(t, s.Outbox.Delivered(ctx, event(1).ID))
			has(t, ctx, s, 10, event(2))
			return errStop
		}), errStop)
		has(t, ctx, s, 10, event(1))
	})
	run("every call honours its context", func(t *testing.T, ctx context.Context, s JournalStore) {
		add(t, ctx, s, event(1))
		refuses(t, ctx, func(ctx context.Context) error { _, err := s.Outbox.Pending(ctx, 1); return err })
		refuses(t, ctx, func(ctx context.Context) error { return s.Outbox.Delivered(ctx, event(1).ID) })
		has(t, ctx, s, 10, event(1))
	})
}

// Inbox proves [storage.Inbox].
func Inbox(t *testing.T, open func(t *testing.T) JournalStore) {
	if !offered(t, open(t).Inbox, "JournalStore.Inbox") {
		return
	}
	run := journalSuite(t, open)
	first := func(t *testing.T, ctx context.Context, s JournalStore, consumer, event string) bool {
		t.Helper()
		fresh, err := s.Inbox.First(ctx, consumer, event)
		ok(t, err)
		return fresh
	}
	run("only the first time is the first, for each consumer", func(t *testing.T, ctx context.Context, s JournalStore) {
		must(t, first(t, ctx, s, "mail", "e1") && first(t, ctx, s, "mail", "e2") && first(t, ctx, s, "search", "e1"), "a first time was none")
		must(t, !first(t, ctx, s, "mail", "e1") && !first(t, ctx, s, "search", "e1"), "a second time was a first")
	})
	run("what was rolled back was not seen", func(t *testing.T, ctx context.Context, s JournalStore) {
		is(t, s.Tx.InTx(ctx, func(ctx context.Context) error {
			must(t, first(t, ctx, s, "mail", "e1") && !first(t, ctx, s, "mail", "e1"), "a unit does not see its own first time")
			return errStop
		}), errStop)
		must(t, first(t, ctx, s, "mail", "e1"), "what was rolled back counts as seen")
	})
	run("of sixteen exactly one is the first", func(t *testing.T, ctx context.Context, s JournalStore) {
		lucky := make([]bool, 16)
		writers(t, func(i int) error {
			return s.Tx.InTx(ctx, func(ctx context.Context) (err error) {
				lucky[i], err = s.Inbox.First(ctx, "mail", "e1")
				return err
			})
		}, nil)
		n := 0
		for _, l := range lucky {
			if l {
				n++
			}
		}
		must(t, n == 1, "%d were the first", n)
	})
	run("every call honours its context", func(t *testing.T, ctx context.Context, s JournalStore) {
		refuses(t, ctx, func(ctx context.Context) error { _, err := s.Inbox.First(ctx, "mail", "e1"); return err })
		must(t, first(t, ctx, s, "mail", "e1"), "a call with a context that is done was the first")
	})
}
