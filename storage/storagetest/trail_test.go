package storagetest_test

import (
	"context"
	"slices"
	"sync"
	"testing"

	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/memory"
	"github.com/musterhr/hr/storage/storagetest"
)

// journalDouble is a suite of the journal on a memory store that spoil has given a bug.
func journalDouble(suite func(*testing.T, func(*testing.T) storagetest.JournalStore), bug string, spoil func(*storagetest.JournalStore), fails ...string) double {
	return double{bug: bug, fails: fails, run: func(t *testing.T) {
		suite(t, func(*testing.T) storagetest.JournalStore {
			db := memory.New()
			s := storagetest.JournalStore{Core: storagetest.Core{Tx: db, Log: db, Know: db, Journal: db, Serial: true}, Trail: db, Outbox: db, Inbox: db}
			if spoil != nil {
				spoil(&s)
			}
			return s
		})
	}}
}

type trailFuncs struct {
	heads func(ctx context.Context, after string, limit int) ([]storage.AuditHead, error)
	links func(ctx context.Context, stream string, after int64, limit int) ([]storage.AuditLink, error)
}

func (f trailFuncs) AuditHeads(ctx context.Context, after string, limit int) ([]storage.AuditHead, error) {
	return f.heads(ctx, after, limit)
}

func (f trailFuncs) AuditLinks(ctx context.Context, stream string, after int64, limit int) ([]storage.AuditLink, error) {
	return f.links(ctx, stream, after, limit)
}

func TestAuditTrail(t *testing.T) {
	trail := func(bug string, spoil func(inner storage.AuditTrail, f *trailFuncs), fails ...string) double {
		return journalDouble(storagetest.AuditTrail, bug, func(s *storagetest.JournalStore) {
			f := trailFuncs{s.Trail.AuditHeads, s.Trail.AuditLinks}
			spoil(s.Trail, &f)
			s.Trail = f
		}, fails...)
	}
	proves(
		t, "", journalDouble(storagetest.AuditTrail, "", nil).run,
		trail("an entry loses a column", func(inner storage.AuditTrail, f *trailFuncs) {
			f.links = func(ctx context.Context, stream string, after int64, limit int) ([]storage.AuditLink, error) {
				links, err := inner.AuditLinks(ctx, stream, after, limit)
				for i := range links {
					links[i].Via = nil
				}
				return links, err
			}
		}, "every field of an entry comes back and the chain holds"),
		trail("heads have no order", func(inner storage.AuditTrail, f *trailFuncs) {
			f.heads = func(ctx context.Context, after string, limit int) ([]storage.AuditHead, error) {
				heads, err := inner.AuditHeads(ctx, after, limit)
				slices.Reverse(heads)
				return heads, err
			}
		}, "entries are chained by subject and otherwise by verb, and heads come by stream, a page at a time"),
		trail("a page of entries begins again", func(inner storage.AuditTrail, f *trailFuncs) {
			f.links = func(ctx context.Context, stream string, _ int64, limit int) ([]storage.AuditLink, error) {
				return inner.AuditLinks(ctx, stream, 0, limit)
			}
		}, "entries come by number, a page at a time"),
		journalDouble(storagetest.AuditTrail, "numbers are spent by a unit that is rolled back", func(s *storagetest.JournalStore) {
			lost := &chains{heads: map[string]storage.AuditHead{}, links: map[string][]storage.AuditLink{}}
			s.Journal, s.Trail = lost, lost
		}, "an entry that was rolled back leaves no gap", "every call honours its context"),
		journalDouble(storagetest.AuditTrail, "the end of a chain is read before another has ended", func(s *storagetest.JournalStore) {
			racy := &chains{heads: map[string]storage.AuditHead{}, links: map[string][]storage.AuditLink{}, racy: true}
			s.Journal, s.Trail = racy, racy
			s.Tx = txFunc(func(ctx context.Context, fn func(context.Context) error) error { return fn(ctx) })
		}, "sixteen writers make one chain"),
	)
}

// chains keeps the audit in no unit.
type chains struct {
	mu    sync.Mutex
	heads map[string]storage.AuditHead
	links map[string][]storage.AuditLink
	racy  bool
}

func (c *chains) Append(_ context.Context, a storage.Audit, _ ...storage.Event) error {
	stream := storage.AuditStream(a)
	c.mu.Lock()
	defer c.mu.Unlock()
	head := c.heads[stream]
	head.Stream = stream
	if c.racy && head.Number > 2 { // somebody else has read the same end
		head = c.links[stream][1].Head()
	}
	l := storage.Chain(head, a, "salt"+a.Verb+string(a.Command))
	c.heads[stream], c.links[stream] = l.Head(), append(c.links[stream], l)
	return nil
}

func (c *chains) AuditHeads(_ context.Context, after string, limit int) (out []storage.AuditHead, err error) {
	for s, h := range c.heads {
		if s > after && len(out) < limit {
			out = append(out, h)
		}
	}
	return out, nil
}

func (c *chains) AuditLinks(_ context.Context, stream string, after int64, limit int) (out []storage.AuditLink, err error) {
	for _, l := range c.links[stream] {
		if l.Number > after && len(out) < limit {
			out = append(out, l)
		}
	}
	return out, nil
}

type outboxFuncs struct {
	pending   func(ctx context.Context, limit int) ([]storage.Event, error)
	delivered func(ctx context.Context, ids ...string) error
}

func (f outboxFuncs) Pending(ctx context.Context, limit int) ([]storage.Event, error) {
	return f.pending(ctx, limit)
}

func (f outboxFuncs) Delivered(ctx context.Context, ids ...string) error {
	return f.delivered(ctx, ids...)
}

func TestOutbox(t *testing.T) {
	outbox := func(bug string, spoil func(inner storage.Outbox, f *outboxFuncs), fails ...string) double {
		return journalDouble(storagetest.Outbox, bug, func(s *storagetest.JournalStore) {
			f := outboxFuncs{s.Outbox.Pending, s.Outbox.Delivered}
			spoil(s.Outbox, &f)
			s.Outbox = f
		}, fails...)
	}
	proves(
		t, "", journalDouble(storagetest.Outbox, "", nil).run,
		outbox("events stay pending", func(_ storage.Outbox, f *outboxFuncs) {
			f.delivered = func(context.Context, ...string) error { return nil }
		}, "an event is pending until it is delivered", "every call honours its context"),
		outbox("the newest come first", func(inner storage.Outbox, f *outboxFuncs) {
			f.pending = func(ctx context.Context, limit int) ([]storage.Event, error) {
				events, err := inner.Pending(ctx, 100)
				slices.Reverse(events)
				return events[:min(limit, len(events))], err
			}
		}, "pending events come the oldest first, as many as asked"),
		outbox("events are taken off in a unit of their own", func(inner storage.Outbox, f *outboxFuncs) {
			gone := map[string]bool{}
			f.delivered = func(_ context.Context, ids ...string) error {
				for _, id := range ids {
					gone[id] = true
				}
				return nil
			}
			f.pending = func(ctx context.Context, limit int) ([]storage.Event, error) {
				events, err := inner.Pending(ctx, limit)
				return slices.DeleteFunc(events, func(e storage.Event) bool { return gone[e.ID] }), err
			}
		}, "an event is pending and delivered with its unit"),
	)
}

type inboxFunc func(ctx context.Context, consumer, event string) (bool, error)

func (f inboxFunc) First(ctx context.Context, consumer, event string) (bool, error) {
	return f(ctx, consumer, event)
}

func TestInbox(t *testing.T) {
	inbox := func(bug string, spoil func(s *storagetest.JournalStore), fails ...string) double {
		return journalDouble(storagetest.Inbox, bug, spoil, fails...)
	}
	proves(
		t, "", journalDouble(storagetest.Inbox, "", nil).run,
		inbox("consumers share what was seen", func(s *storagetest.JournalStore) {
			inner := s.Inbox
			s.Inbox = inboxFunc(func(ctx context.Context, _, event string) (bool, error) { return inner.First(ctx, "all", event) })
		}, "only the first time is the first, for each consumer"),
		inbox("what was seen is remembered in no unit", func(s *storagetest.JournalStore) {
			var mu sync.Mutex
			seen := map[[2]string]bool{}
			s.Inbox = inboxFunc(func(_ context.Context, consumer, event string) (bool, error) {
				mu.Lock()
				defer mu.Unlock()
				before := seen[[2]string{consumer, event}]
				seen[[2]string{consumer, event}] = true
				return !before, nil
			})
		}, "what was rolled back was not seen", "every call honours its context"),
		inbox("everybody is the first", func(s *storagetest.JournalStore) {
			s.Inbox = inboxFunc(func(context.Context, string, string) (bool, error) { return true, nil })
		}, "of sixteen exactly one is the first"),
	)
}
