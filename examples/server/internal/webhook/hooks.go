package webhook

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/examples/server/internal/login"
	"github.com/musterhr/hr/examples/server/internal/records"
	"github.com/musterhr/hr/storage"
)

// Hook is where events are sent.
type Hook struct {
	ID      string    `json:"id"`
	URL     string    `json:"url"`
	Kinds   []string  `json:"kinds" doc:"the kinds of event that it wants: leave.approved, leave.*, or * for all"`
	Created time.Time `json:"created"`
	Stopped bool      `json:"stopped" doc:"nothing new is sent"`
}

// Delivery is one event on its way to one hook.
type Delivery struct {
	ID       string    `json:"id"`
	Hook     string    `json:"hook"`
	Event    string    `json:"event"`
	Kind     string    `json:"kind"`
	Attempts int64     `json:"attempts"`
	Next     time.Time `json:"next,omitzero" doc:"when it is tried again; missing: it has arrived, or was given up"`
	Done     time.Time `json:"done,omitzero"`
	Failure  string    `json:"failure,omitempty" doc:"what went wrong the last time"`
}

// Hooks keeps hooks and sends to them.
type Hooks struct {
	DB      *records.DB
	Key     login.Key // what the secrets of hooks are kept under
	Log     *slog.Logger
	Private bool // also addresses of this machine and of private networks may be sent to

	client *http.Client
	now    func() time.Time
}

// New returns hooks over records.
func New(db *records.DB, key login.Key, log *slog.Logger, private bool) *Hooks {
	return &Hooks{DB: db, Key: key, Log: log, Private: private, client: client(private), now: time.Now}
}

var kindForm = regexp.MustCompile(`^(\*|[a-z_]+(\.[a-z_]+)*(\.\*)?)$`)

// ErrHookMade says that the key has made a hook already, whose secret was shown then and is not shown again.
var ErrHookMade = &hr.FieldError{Path: "idempotency_key", Rule: RuleURL, Reason: "has made a webhook already, whose secret is not shown again; delete that one and use another key", Err: storage.ErrConflict}

// Add makes a hook of a tenant and returns the secret by which its receiver knows that we sent it.
func (h *Hooks) Add(ctx context.Context, tenant, key, url string, kinds []string) (made Hook, secret string, err error) {
	var faults hr.Faults
	faults.Join("", checkURL(url, h.Private))
	if len(kinds) == 0 {
		faults.Add("kinds", RuleKinds, "must name at least one kind, or * for all")
	}
	for i, k := range kinds {
		if !kindForm.MatchString(k) || len(k) > 100 {
			faults.Add(fmt.Sprintf("kinds[%d]", i), RuleKinds, "must be a kind such as leave.approved, leave.* or *")
		}
	}
	if err := faults.Err(); err != nil {
		return Hook{}, "", err
	}
	made = Hook{ID: hr.Digest("webhook/1", key)[:24], URL: url, Kinds: kinds, Created: h.now().UTC().Truncate(time.Second)}
	secret = "whsec_" + rand.Text() + rand.Text()
	sealed, err := h.Key.Seal("webhook", made.ID, []byte(secret))
	if err != nil {
		return Hook{}, "", err
	}
	n, err := h.DB.Exec(ctx, "INSERT INTO srv_hook (id, tenant, url, secret, kinds, created) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
		made.ID, tenant, url, sealed, strings.Join(kinds, " "), made.Created.Unix())
	if err == nil && n == 0 {
		err = ErrHookMade
	}
	if err != nil {
		return Hook{}, "", err
	}
	return made, secret, nil
}

// Stop ends a hook of a tenant: nothing new is put down for it, and what waits is given up.
func (h *Hooks) Stop(ctx context.Context, tenant, id string) (bool, error) {
	n, err := h.DB.Exec(ctx, "UPDATE srv_hook SET stopped = 1 WHERE id = ? AND tenant = ?", id, tenant)
	if err != nil || n == 0 {
		return false, err
	}
	_, err = h.DB.Exec(ctx, "UPDATE srv_delivery SET next_at = 0, failure = 'the webhook was stopped' WHERE hook = ? AND done_at = 0", id)
	return true, err
}

// All returns the hooks of a tenant, the newest first.
func (h *Hooks) All(ctx context.Context, tenant string) (all []Hook, err error) {
	err = h.DB.Query(ctx, "SELECT id, url, kinds, created, stopped FROM srv_hook WHERE tenant = ? ORDER BY created DESC, id", []any{tenant}, func(scan func(...any) error) error {
		var one Hook
		var kinds string
		var created, stopped int64
		err := scan(&one.ID, &one.URL, &kinds, &created, &stopped)
		one.Kinds, one.Created, one.Stopped = strings.Fields(kinds), time.Unix(created, 0).UTC(), stopped != 0
		all = append(all, one)
		return err
	})
	return all, err
}

// Deliveries returns what was sent to a hook of a tenant or waits to be, the newest first.
func (h *Hooks) Deliveries(ctx context.Context, tenant, hook string, limit int) (all []Delivery, err error) {
	err = h.DB.Query(ctx, "SELECT id, hook, event, kind, attempts, next_at, done_at, failure FROM srv_delivery WHERE tenant = ? AND hook = ? ORDER BY next_at DESC, id LIMIT ?",
		[]any{tenant, hook, limit}, func(scan func(...any) error) error {
			var d Delivery
			var next, ended int64
			err := scan(&d.ID, &d.Hook, &d.Event, &d.Kind, &d.Attempts, &next, &ended, &d.Failure)
			if ended > 0 {
				d.Done = time.Unix(ended, 0).UTC()
			} else if next > 0 {
				d.Next = time.Unix(next, 0).UTC()
			}
			all = append(all, d)
			return err
		})
	return all, err
}

// waits are the pauses between tries: together a little over two days. Then a delivery is given up, and stands in the list.
var waits = []time.Duration{
	10 * time.Second, 30 * time.Second, 2 * time.Minute, 10 * time.Minute, 30 * time.Minute, 2 * time.Hour, 6 * time.Hour, 12 * time.Hour, 24 * time.Hour,
}

// pending is a delivery that is to be tried.
type pending struct {
	id, hook, url, event, kind string
	secret, body               []byte
	attempts                   int64
}

// Send tries what is due, at most limit of it, and returns how much arrived.
func (h *Hooks) Send(ctx context.Context, limit int) (arrived int, err error) {
	now := h.now()
	var due []pending
	err = h.DB.Query(ctx, `SELECT d.id, d.hook, h.url, d.event, d.kind, h.secret, d.body, d.attempts FROM srv_delivery d JOIN srv_hook h ON h.id = d.hook
		WHERE d.done_at = 0 AND d.next_at > 0 AND d.next_at <= ? AND h.stopped = 0 ORDER BY d.next_at, d.id LIMIT ?`, []any{now.Unix(), limit}, func(scan func(...any) error) error {
		var p pending
		err := scan(&p.id, &p.hook, &p.url, &p.event, &p.kind, &p.secret, &p.body, &p.attempts)
		due = append(due, p)
		return err
	})
	if err != nil {
		return 0, err
	}
	for _, p := range due {
		if ctx.Err() != nil {
			return arrived, ctx.Err()
		}
		// Taken before it is sent: of two servers on one database one sends, and a try that ends with the program counts.
		next := int64(0)
		if int(p.attempts) < len(waits) {
			next = now.Add(waits[p.attempts]).Unix()
		}
		taken, err := h.DB.Exec(ctx, "UPDATE srv_delivery SET attempts = attempts + 1, next_at = ?, failure = 'no answer' WHERE id = ? AND attempts = ? AND done_at = 0", next, p.id, p.attempts)
		if err != nil {
			return arrived, err
		}
		if taken == 0 {
			continue
		}
		if failure := h.send(ctx, p); failure != "" {
			h.Log.WarnContext(ctx, "a webhook did not arrive", "hook", p.hook, "kind", p.kind, "attempt", p.attempts+1, "failure", failure)
			if _, err := h.DB.Exec(ctx, "UPDATE srv_delivery SET failure = ? WHERE id = ?", failure, p.id); err != nil {
				return arrived, err
			}
			continue
		}
		if _, err := h.DB.Exec(ctx, "UPDATE srv_delivery SET done_at = ?, next_at = 0, failure = '' WHERE id = ?", h.now().Unix(), p.id); err != nil {
			return arrived, err
		}
		arrived++
	}
	return arrived, nil
}

// The headers of a webhook.
const (
	HeaderEvent     = "Muster-Event"     // the id of the event: the same at each try, so that a receiver acts on it once
	HeaderTime      = "Muster-Timestamp" // when this try was made, in seconds since 1970
	HeaderSignature = "Muster-Signature" // see Sign
)

// send sends one delivery and says what went wrong, without anything of the answer.
func (h *Hooks) send(ctx context.Context, p pending) string {
	secret, err := h.Key.Open("webhook", p.hook, p.secret)
	if err != nil {
		return "the secret cannot be read: the server runs with another key"
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, p.url, bytes.NewReader(p.body))
	if err != nil {
		return "the address is not understood"
	}
	at := h.now().Unix()
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("User-Agent", "Muster-Webhook/1")
	r.Header.Set(HeaderEvent, p.event)
	r.Header.Set(HeaderTime, strconv.FormatInt(at, 10))
	r.Header.Set(HeaderSignature, Sign(string(secret), p.event, at, p.body))
	answer, err := h.client.Do(r)
	switch {
	case errors.Is(err, errPrivate):
		return errPrivate.Error()
	case err != nil:
		return "nobody answered in time"
	}
	_, _ = io.CopyN(io.Discard, answer.Body, 4<<10)
	_ = answer.Body.Close()
	if answer.StatusCode < 200 || answer.StatusCode > 299 {
		return "answered " + strconv.Itoa(answer.StatusCode)
	}
	return ""
}

// Sign returns the signature of a webhook: "v1=" and the HMAC-SHA256, in hexadecimal, of event, timestamp and body with a full stop between
// them. The time is in it, so what somebody has recorded is known by its age when they send it again.
func Sign(secret, event string, at int64, body []byte) string {
	mac := hmac.New(sha256.New, []byte(secret))
	_, _ = fmt.Fprintf(mac, "%s.%d.", event, at)
	_, _ = mac.Write(body)
	return "v1=" + hex.EncodeToString(mac.Sum(nil))
}

// Oldest is how old a webhook may be for [Verify].
const Oldest = 5 * time.Minute

// Verify is what a receiver does with a webhook: it says whether we sent it, now and not long ago. A receiver in another language does the
// same, and remembers the ids of events it has acted on.
func Verify(secret string, header http.Header, body []byte, now time.Time) error {
	at, err := strconv.ParseInt(header.Get(HeaderTime), 10, 64)
	if err != nil {
		return errors.New("no timestamp")
	}
	if age := now.Sub(time.Unix(at, 0)).Abs(); age > Oldest {
		return errors.New("too old, or from the future: it may have been recorded and sent again")
	}
	if !hmac.Equal([]byte(header.Get(HeaderSignature)), []byte(Sign(secret, header.Get(HeaderEvent), at, body))) {
		return errors.New("the signature does not fit")
	}
	return nil
}

// Run sends what is due until ctx is done.
func (h *Hooks) Run(ctx context.Context, every time.Duration) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		for n := 1; n > 0; {
			var err error
			if n, err = h.Send(ctx, 50); err != nil && ctx.Err() == nil {
				h.Log.ErrorContext(ctx, "webhooks could not be sent", "err", err)
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}
