package webhook_test

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/examples/server/internal/login"
	"github.com/musterhr/hr/examples/server/internal/records"
	"github.com/musterhr/hr/examples/server/internal/webhook"
)

func open(t *testing.T, private bool) *webhook.Hooks {
	t.Helper()
	db, err := records.OpenFile(t.Context(), filepath.Join(t.TempDir(), "server.db"))
	require.NoError(t, err)
	t.Cleanup(func() { _ = db.Close() })
	return webhook.New(db, login.NewKey(), slog.New(slog.DiscardHandler), private)
}

// put puts a delivery down, as the desk does for an event.
func put(t *testing.T, h *webhook.Hooks, hook, event string) {
	t.Helper()
	_, err := h.DB.Exec(t.Context(), "INSERT INTO srv_delivery (id, tenant, hook, event, kind, body, next_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
		hook+"/"+event, "t", hook, event, "leave.approved", []byte(`{"id":"`+event+`"}`), time.Now().Unix()-1)
	require.NoError(t, err)
}

func TestHooksAreSignedAndTriedAgain(t *testing.T) {
	var headers []http.Header
	var bodies [][]byte
	status := http.StatusServiceUnavailable
	receiver := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		headers, bodies = append(headers, r.Header), append(bodies, body)
		w.WriteHeader(status)
	}))
	defer receiver.Close()
	h := open(t, true)
	hook, secret, err := h.Add(t.Context(), "t", "key", receiver.URL, []string{"leave.*"})
	require.NoError(t, err)
	put(t, h, hook.ID, "e1")

	n, err := h.Send(t.Context(), 10)
	require.NoError(t, err)
	require.Zero(t, n, "the receiver was busy")
	n, err = h.Send(t.Context(), 10)
	require.NoError(t, err)
	require.Zero(t, n)
	require.Len(t, bodies, 1, "it rests before the next try")
	list, err := h.Deliveries(t.Context(), "t", hook.ID, 10)
	require.NoError(t, err)
	require.Equal(t, "answered 503", list[0].Failure)
	require.WithinDuration(t, time.Now().Add(10*time.Second), list[0].Next, 3*time.Second)

	status = http.StatusNoContent
	_, err = h.DB.Exec(t.Context(), "UPDATE srv_delivery SET next_at = 1")
	require.NoError(t, err)
	n, err = h.Send(t.Context(), 10)
	require.NoError(t, err)
	require.Equal(t, 1, n)
	n, err = h.Send(t.Context(), 10)
	require.NoError(t, err)
	require.Zero(t, n, "what has arrived is not sent again")
	require.Len(t, bodies, 2)

	require.Equal(t, "e1", headers[1].Get(webhook.HeaderEvent), "the same at each try, so that a receiver acts on it once")
	require.NoError(t, webhook.Verify(secret, headers[1], bodies[1], time.Now()))
	require.Error(t, webhook.Verify("whsec_other", headers[1], bodies[1], time.Now()), "somebody else's secret")
	require.Error(t, webhook.Verify(secret, headers[1], append(bodies[1], ' '), time.Now()), "another body")
	require.Error(t, webhook.Verify(secret, headers[1], bodies[1], time.Now().Add(6*time.Minute)), "recorded and sent again")
	other := headers[1].Clone()
	other.Set(webhook.HeaderEvent, "e2")
	require.Error(t, webhook.Verify(secret, other, bodies[1], time.Now()), "under the name of another event")

	_, _, err = h.Add(t.Context(), "t", "key", receiver.URL, []string{"*"})
	require.ErrorIs(t, err, webhook.ErrHookMade, "the same key again")
	ok, err := h.Stop(t.Context(), "elsewhere", hook.ID)
	require.NoError(t, err)
	require.False(t, ok, "of another company")
}

func TestGivenUpInTheEnd(t *testing.T) {
	calls := 0
	receiver := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { calls++; w.WriteHeader(500) }))
	defer receiver.Close()
	h := open(t, true)
	hook, _, err := h.Add(t.Context(), "t", "key", receiver.URL, []string{"*"})
	require.NoError(t, err)
	put(t, h, hook.ID, "e1")
	for range 12 {
		_, err := h.Send(t.Context(), 10)
		require.NoError(t, err)
		_, err = h.DB.Exec(t.Context(), "UPDATE srv_delivery SET next_at = 1 WHERE next_at > 0")
		require.NoError(t, err)
	}
	require.Equal(t, 10, calls, "the first try and nine more, and then none")
}

// A webhook must not be a way into the network of the server.
func TestNoPrivateAddress(t *testing.T) {
	h := open(t, false)
	for _, bad := range []string{
		"http://example.com/", "https://127.0.0.1/", "https://10.0.0.1/", "https://192.168.1.1/", "https://169.254.169.254/latest/meta-data/", "https://[::1]/",
		"https://[::ffff:127.0.0.1]/", "https://[fd00::1]/", "https://0.0.0.0/", "https://100.64.0.1/", "https://user:pw@example.com/", "ftp://example.com", "example.com", "", "https://",
	} {
		_, _, err := h.Add(t.Context(), "t", bad, bad, []string{"*"})
		found := hr.FieldErrors(err)
		require.Len(t, found, 1, bad)
		require.Equal(t, webhook.RuleURL, found[0].Rule, bad)
	}
	// A name that leads to this machine passes as a text, and is stopped when the connection is made.
	called := false
	receiver := httptest.NewTLSServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { called = true }))
	defer receiver.Close()
	hook, _, err := h.Add(t.Context(), "t", "name", "https://localhost:"+receiver.URL[len("https://127.0.0.1:"):]+"/", []string{"*"})
	require.NoError(t, err)
	put(t, h, hook.ID, "e1")
	n, err := h.Send(t.Context(), 10)
	require.NoError(t, err)
	require.Zero(t, n)
	require.False(t, called)
	list, err := h.Deliveries(t.Context(), "t", hook.ID, 10)
	require.NoError(t, err)
	require.Contains(t, list[0].Failure, "private network")
}
