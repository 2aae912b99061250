package desk

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
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
		sent, err := storage.Deliver(ctx, a.Store, batch, func(ctx context.Context, e storage.Event) error { return d.put(ctx, tenant, a, e) })
		if err != nil || sent < batch {
			return err
		}
	}
}

func (d *Desk) put(ctx context.Context, tenant string, a *app.App, e storage.Event) error {
	if e.Ref.Kind != "" && e.Ref.ID != "" {
		if _, err := d.Records.Exec(ctx, `INSERT INTO srv_case (tenant, kind, id, subject, last, at) VALUES (?, ?, ?, ?, ?, ?)
			ON CONFLICT (tenant, kind, id) DO UPDATE SET last = excluded.last, at = excluded.at`,
			tenant, e.Ref.Kind, e.Ref.ID, string(e.Subject), e.Kind, e.At.Unix()); err != nil {
			return err
		}
		if err := d.mark(ctx, tenant, a, e.Ref); err != nil {
			return err
		}
	}
	return d.forHooks(ctx, tenant, e)
}

// mark puts down whether a case waits for somebody now. What waits is so much less than what ever did that pages can look at all of it.
func (d *Desk) mark(ctx context.Context, tenant string, a *app.App, ref hr.Ref) error {
	i := slices.IndexFunc(open, func(o kindOpen) bool { return o.kind == ref.Kind })
	if i < 0 {
		return nil
	}
	who, _, err := open[i].ask(ctx, a, ref.ID)
	if err != nil && !errors.Is(err, storage.ErrNotFound) { // erased since
		return err
	}
	statement := "DELETE FROM srv_waiting WHERE tenant = ? AND kind = ? AND id = ?"
	if len(who) > 0 {
		statement = "INSERT INTO srv_waiting (tenant, kind, id) VALUES (?, ?, ?) ON CONFLICT (tenant, kind, id) DO NOTHING"
	}
	_, err = d.Records.Exec(ctx, statement, tenant, ref.Kind, ref.ID)
	return err
}

// Waits returns the cases of a company that wait for somebody, as of the events that were taken up.
func (d *Desk) Waits(ctx context.Context, tenant string) (list []Case, err error) {
	err = d.Records.Query(ctx, `SELECT c.kind, c.id, c.subject, c.last, c.at FROM srv_waiting w JOIN srv_case c ON c.tenant = w.tenant AND c.kind = w.kind AND c.id = w.id
		WHERE w.tenant = ? ORDER BY c.at, c.kind, c.id`, []any{tenant}, func(scan func(...any) error) error {
		c, err := scanCase(scan)
		list = append(list, c)
		return err
	})
	return list, err
}

func scanCase(scan func(...any) error) (c Case, err error) {
	var at int64
	err = scan(&c.Kind, &c.ID, &c.Subject, &c.Last, &at)
	c.At = time.Unix(at, 0).UTC()
	return c, err
}

// IndexApprovals tells every company which approvals are open, so that nobody has to walk everybody to find them.
func (d *Desk) IndexApprovals() {
	for tenant, a := range d.Companies {
		a.Open = func(ctx context.Context) (refs []hr.Ref, err error) {
			list, err := d.Waits(ctx, tenant)
			for _, c := range list {
				refs = append(refs, hr.Ref{Kind: c.Kind, ID: c.ID})
			}
			return refs, err
		}
	}
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
			c, err := scanCase(scan)
			list = append(list, c)
			return err
		})
	return list, err
}
