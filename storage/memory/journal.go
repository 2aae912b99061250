package memory

import (
	"context"
	"crypto/rand"
	"slices"

	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/internal/personal"
)

// journalTables has the audit, by chain and in the order of writing, and the events.
type journalTables struct {
	chains  bag[string, storage.AuditLink]
	written bag[string, storage.Audit]
	events  bag[string, storage.Event]
	pending bag[string, storage.Event] // oldest first
	seen    table[consumed, bool]
}

type consumed struct{ consumer, event string }

// Append implements [storage.Journal].
func (db *DB) Append(ctx context.Context, a storage.Audit, ev ...storage.Event) error {
	return db.in(ctx, func(u *unit) error {
		head := storage.AuditHead{Stream: storage.AuditStream(a)}
		if before := db.journal.chains.peek(head.Stream); len(before) > 0 {
			head = before[len(before)-1].Head()
		}
		link := storage.Chain(head, a, rand.Text())
		if u.takes(personal.SubjectOfStream(head.Stream), link) != nil {
			link = link.Erased()
			a.Reason, a.Refused = "", ""
		}
		db.journal.chains.add(u, head.Stream, link, nil)
		db.journal.written.add(u, "", a, nil)
		for _, e := range ev {
			db.journal.pending.add(u, "", e, nil)
			db.journal.events.add(u, "", e, nil)
		}
		return nil
	})
}

// AuditHeads implements [storage.AuditTrail].
func (db *DB) AuditHeads(ctx context.Context, after string, limit int) (out []storage.AuditHead, err error) {
	err = db.in(ctx, func(*unit) error {
		var streams []string
		for s, links := range db.journal.chains.rows {
			if len(links) > 0 {
				streams = append(streams, s)
			}
		}
		slices.Sort(streams)
		for _, s := range page(streams, after, limit) {
			links := db.journal.chains.peek(s)
			out = append(out, links[len(links)-1].Head())
		}
		return nil
	})
	return out, err
}

// AuditLinks implements [storage.AuditTrail].
func (db *DB) AuditLinks(ctx context.Context, stream string, after int64, limit int) (out []storage.AuditLink, err error) {
	err = db.in(ctx, func(*unit) error {
		out = db.journal.chains.list(stream, func(l *storage.AuditLink) bool { return l.Number > after && l.Number <= after+int64(max(0, limit)) })
		return nil
	})
	return out, err
}

// Pending implements [storage.Outbox].
func (db *DB) Pending(ctx context.Context, limit int) (out []storage.Event, err error) {
	err = db.in(ctx, func(*unit) error {
		all := db.journal.pending.peek("")
		for _, e := range all[:min(max(0, limit), len(all))] {
			out = append(out, clone(e))
		}
		return nil
	})
	return out, err
}

// Delivered implements [storage.Outbox].
func (db *DB) Delivered(ctx context.Context, ids ...string) error {
	return db.in(ctx, func(u *unit) error {
		delivered := make(map[string]bool, len(ids))
		for _, id := range ids {
			delivered[id] = true
		}
		left := db.journal.pending.peek("")
		for len(left) > 0 && delivered[left[0].ID] { // the oldest are delivered first
			delete(delivered, left[0].ID)
			left = left[1:]
		}
		if len(delivered) > 0 {
			left = slices.DeleteFunc(slices.Clone(left), func(e storage.Event) bool { return delivered[e.ID] })
		}
		db.journal.pending.set(u, "", left)
		return nil
	})
}

// First implements [storage.Inbox].
func (db *DB) First(ctx context.Context, consumer, event string) (first bool, err error) {
	err = db.in(ctx, func(u *unit) error {
		if _, seen := db.journal.seen.get(consumed{consumer, event}); !seen {
			first = true
			db.journal.seen.put(u, consumed{consumer, event}, true)
		}
		return nil
	})
	return first, err
}

// Audits returns the audit so far, oldest first.
func (db *DB) Audits(ctx context.Context) (out []storage.Audit, err error) {
	err = db.in(ctx, func(*unit) error { out = db.journal.written.list("", nil); return nil })
	return out, err
}

// Events returns the events so far, oldest first.
func (db *DB) Events(ctx context.Context) (out []storage.Event, err error) {
	err = db.in(ctx, func(*unit) error { out = db.journal.events.list("", nil); return nil })
	return out, err
}
