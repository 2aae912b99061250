package relational

import (
	"context"
	"crypto/rand"
	"errors"
	"reflect"
	"slices"
	"strconv"

	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/internal/personal"
)

const (
	auditTable = "hr_audit"
	headTable  = "hr_audit_head"
	eventTable = "hr_event"
	seenTable  = "hr_event_seen"
)

// Append implements [storage.Journal]. The row of the chain's end is held until the unit ends, so that a chain has no two entries of one number.
func (db *DB) Append(ctx context.Context, a storage.Audit, ev ...storage.Event) error {
	return db.write(ctx, func(c writer) error {
		d := db.engine.Dialect()
		head := storage.AuditHead{Stream: storage.AuditStream(a)}
		q := insert(headTable, 1, "tenant", "stream", "number", "hash") + ` ON CONFLICT ("tenant", "stream") DO UPDATE SET "number" = ` + quote(headTable) +
			`."number" RETURNING "number", "hash"` // which holds the row, and makes it where it is missing
		err := c.Query(ctx, q, []any{db.tenant, head.Stream, int64(0), ""}, func(scan func(...any) error) error { return scan(&head.Number, &head.Hash) })
		if err != nil {
			return err
		}
		link := storage.Chain(head, a, rand.Text())
		if _, err := c.Exec(ctx, `UPDATE `+quote(headTable)+` SET "number" = ?, "hash" = ? WHERE "tenant" = ? AND "stream" = ?`, link.Number, link.Hash, db.tenant, head.Stream); err != nil {
			return err
		}
		sealed := []sealable{sealableLink(&link, nil)}
		if err := db.seal(ctx, c, sealed); err != nil && !errors.Is(err, storage.ErrErased) { // which has taken the texts all the same
			return err
		}
		args := db.links.args([]any{db.tenant}, d, reflect.ValueOf(&link).Elem())
		args = append(args, orNull(sealed[0].blob, sealed[0].blob == nil))
		if _, err := c.Exec(ctx, insert(auditTable, 1, slices.Concat([]string{"tenant"}, db.links.names(), []string{"sealed"})...), args...); err != nil {
			return err
		}
		if len(ev) == 0 {
			return nil
		}
		to := target(eventTable, append([]column{{name: "pending", kind: Boolean}}, db.events.columns...), "id")
		there, err := c.Add(ctx, to, false, len(ev), func(i int) []any {
			return db.events.values([]any{db.tenant, true}, reflect.ValueOf(&ev[i]).Elem())
		})
		if err == nil && len(there) > 0 {
			err = storage.ErrConflict // two events of one id
		}
		return err
	})
}

// AuditHeads implements [storage.AuditTrail].
func (db *DB) AuditHeads(ctx context.Context, after string, limit int) (out []storage.AuditHead, err error) {
	err = db.read(ctx, func(c Conn) error {
		q := `SELECT "stream", "number", "hash" FROM ` + quote(headTable) + ` WHERE "tenant" = ? AND "stream" > ? AND "number" > 0 ORDER BY "stream" LIMIT ?`
		return c.Query(ctx, q, []any{db.tenant, after, int64(max(0, limit))}, func(scan func(...any) error) error {
			var h storage.AuditHead
			err := scan(&h.Stream, &h.Number, &h.Hash)
			out = append(out, h)
			return err
		})
	})
	return out, err
}

// AuditLinks implements [storage.AuditTrail].
func (db *DB) AuditLinks(ctx context.Context, stream string, after int64, limit int) (out []storage.AuditLink, err error) {
	err = db.read(ctx, func(c Conn) error {
		out, err = db.linksWhere(ctx, c, `"tenant" = ? AND "stream" = ? AND "number" > ? ORDER BY "number" LIMIT ?`,
			db.tenant, stream, after, int64(max(0, limit)))
		return err
	})
	return out, err
}

// sealableLink is an audit entry as it is sealed: its texts, and the salt without which its marks say nothing.
func sealableLink(l *storage.AuditLink, blob []byte) sealable {
	field := auditTable + "/" + strconv.FormatInt(l.Number, 10)
	return sealable{subject: personal.SubjectOfStream(l.Stream), field: field, v: reflect.ValueOf(l).Elem(), blob: blob}
}

// linksWhere returns the audit entries of which a condition holds.
func (db *DB) linksWhere(ctx context.Context, c Conn, where string, args ...any) (out []storage.AuditLink, err error) {
	var blobs [][]byte
	q := `SELECT ` + quoted("", db.links.names()) + `, "sealed" FROM ` + quote(auditTable) + ` WHERE ` + where
	err = c.Query(ctx, q, args, func(scan func(...any) error) error {
		var l storage.AuditLink
		var blob []byte
		err := scan(append(db.links.cells(nil, reflect.ValueOf(&l).Elem()), &blob)...)
		out, blobs = append(out, l), append(blobs, blob)
		return err
	})
	if err != nil {
		return nil, err
	}
	var sealed []sealable
	for i, blob := range blobs {
		if blob != nil {
			sealed = append(sealed, sealableLink(&out[i], blob))
		}
	}
	if err := db.open(ctx, c, sealed); err != nil {
		return nil, err
	}
	return out, nil
}

// Pending implements [storage.Outbox]. Events are numbered as they are written. Two units of one stream are serialised by what they write, so the
// later has the higher numbers; a unit of another stream that ends late with lower numbers is found the next time.
func (db *DB) Pending(ctx context.Context, limit int) (out []storage.Event, err error) {
	err = db.read(ctx, func(c Conn) error {
		out, err = listed[storage.Event](ctx, c, eventTable, db.events, `"tenant" = ? AND "pending" ORDER BY "position" LIMIT ?`, db.tenant, int64(max(0, limit)))
		return err
	})
	return out, err
}

// Delivered implements [storage.Outbox].
func (db *DB) Delivered(ctx context.Context, ids ...string) error {
	return db.write(ctx, func(c writer) error {
		for some := range slices.Chunk(ids, db.engine.Dialect().Batch) {
			q := `UPDATE ` + quote(eventTable) + ` SET "pending" = ? WHERE "tenant" = ? AND "pending" AND "id" IN (` + list(len(some)) + `)`
			if _, err := c.Exec(ctx, q, append([]any{false, db.tenant}, anyOf(some)...)...); err != nil {
				return err
			}
		}
		return nil
	})
}

// First implements [storage.Inbox].
func (db *DB) First(ctx context.Context, consumer, event string) (first bool, err error) {
	err = db.write(ctx, func(c writer) error {
		n, err := c.Exec(ctx, insert(seenTable, 1, "tenant", "consumer", "event")+" ON CONFLICT DO NOTHING", db.tenant, consumer, event)
		first = n == 1
		return err
	})
	return first, err
}

// Audits returns the audit so far, oldest first.
func (db *DB) Audits(ctx context.Context) (out []storage.Audit, err error) {
	err = db.read(ctx, func(c Conn) error {
		links, err := db.linksWhere(ctx, c, `"tenant" = ? ORDER BY "position"`, db.tenant)
		for _, l := range links {
			out = append(out, l.Audit)
		}
		return err
	})
	return out, err
}

// Events returns the events so far, oldest first.
func (db *DB) Events(ctx context.Context) (out []storage.Event, err error) {
	err = db.read(ctx, func(c Conn) error {
		out, err = listed[storage.Event](ctx, c, eventTable, db.events, `"tenant" = ? ORDER BY "position"`, db.tenant)
		return err
	})
	return out, err
}

// listed returns the rows of a table of which a condition holds.
func listed[T any](ctx context.Context, c Conn, table string, m mapping, where string, args ...any) (out []T, err error) {
	err = c.Query(ctx, `SELECT `+quoted("", m.names())+` FROM `+quote(table)+` WHERE `+where, args, func(scan func(...any) error) error {
		var v T
		err := at(table, scan(m.cells(nil, reflect.ValueOf(&v).Elem())...))
		out = append(out, v)
		return err
	})
	return out, err
}
