package desk

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/examples/internal/app"
	"github.com/musterhr/hr/storage"
)

// Case names something that somebody has to deal with: a request, a run, an application. What it is now, its service says.
type Case struct {
	Kind    string // "leave_request"
	ID      string
	Subject hr.EmployeeID
	Last    string // the kind of the last event about it: "leave.requested"
	At      time.Time
}

// batch is how many events are taken up at once.
const batch = 500

// takeUp reads the outbox of a company: each event moves its case in the index, and is put down for every webhook that wants it. Both happen in
// one transaction that may run again; then the event is off the list.
func (d *Desk) takeUp(ctx context.Context, tenant string, a *app.App) error {
	for {
		sent, err := storage.Deliver(ctx, a.Store, batch, func(ctx context.Context, e storage.Event) error { return d.put(ctx, tenant, e) })
		if err != nil || sent < batch {
			return err
		}
	}
}

func (d *Desk) put(ctx context.Context, tenant string, e storage.Event) error {
	if e.Ref.Kind != "" && e.Ref.ID != "" {
		if _, err := d.Records.Exec(ctx, `INSERT INTO srv_case (tenant, kind, id, subject, last, at) VALUES (?, ?, ?, ?, ?, ?)
			ON CONFLICT (tenant, kind, id) DO UPDATE SET last = excluded.last, at = excluded.at`,
			tenant, e.Ref.Kind, e.Ref.ID, string(e.Subject), e.Kind, e.At.Unix()); err != nil {
			return err
		}
	}
	return d.forHooks(ctx, tenant, e)
}

// forHooks puts an event down for every webhook that wants it, once.
func (d *Desk) forHooks(ctx context.Context, tenant string, e storage.Event) error {
	var wanting []string
	err := d.Records.Query(ctx, "SELECT id, kinds FROM srv_hook WHERE tenant = ? AND stopped = 0", []any{tenant}, func(scan func(...any) error) error {
		var id, kinds string
		err := scan(&id, &kinds)
		if err == nil && wants(kinds, e.Kind) {
			wanting = append(wanting, id)
		}
		return err
	})
	if err != nil || len(wanting) == 0 {
		return err
	}
	body, err := json.Marshal(map[string]any{
		"id": e.ID, "stream": e.Stream, "kind": e.Kind, "subject": e.Subject, "ref": e.Ref, "digest": e.Digest, "at": e.At.UTC(), "company": tenant,
	})
	if err != nil {
		return err
	}
	for _, hook := range wanting {
		if _, err := d.Records.Exec(ctx, "INSERT INTO srv_delivery (id, tenant, hook, event, kind, body, next_at) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
			hook+"/"+e.ID, tenant, hook, e.ID, e.Kind, body, time.Now().Unix()); err != nil {
			return err
		}
	}
	return nil
}

// wants reports whether a list of kinds has one: by its name, or by its beginning and a star, "leave.*".
func wants(kinds, kind string) bool {
	for _, k := range strings.Fields(kinds) {
		if k == kind || k == "*" || strings.HasSuffix(k, ".*") && strings.HasPrefix(kind, strings.TrimSuffix(k, "*")) {
			return true
		}
	}
	return false
}

// Cases returns cases of a company of a kind, the last touched first: those before a moment (zero: now), at most limit.
func (d *Desk) Cases(ctx context.Context, tenant, kind string, limit int) (list []Case, err error) {
	err = d.Records.Query(ctx, "SELECT kind, id, subject, last, at FROM srv_case WHERE tenant = ? AND kind = ? ORDER BY at DESC, id DESC LIMIT ?",
		[]any{tenant, kind, limit}, func(scan func(...any) error) error {
			var c Case
			var at int64
			err := scan(&c.Kind, &c.ID, &c.Subject, &c.Last, &at)
			c.At = time.Unix(at, 0).UTC()
			list = append(list, c)
			return err
		})
	return list, err
}
