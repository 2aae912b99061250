package serve_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr/examples/server/internal/serve"
	"github.com/musterhr/hr/examples/server/internal/servetest"
	"github.com/musterhr/hr/examples/server/internal/webhook"
)

// An approval reaches a receiver once and signed, though the receiver was down for two tries and the server began again in between.
func TestAWebhookOfAnApproval(t *testing.T) {
	s := servetest.Start(t, func(o *serve.Options) { o.Fast = true })
	type letter struct {
		header http.Header
		body   []byte
	}
	var got []letter
	up := false
	receiver := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		got = append(got, letter{r.Header, body})
		if !up {
			w.WriteHeader(http.StatusServiceUnavailable)
		}
	}))
	defer receiver.Close()
	var hook struct{ ID, Secret string }
	status, out := s.As(t, "admin").Post("/v1/admin/webhooks", "hook-0001", map[string]any{"url": receiver.URL, "kinds": []string{"leave.approved"}}, &hook)
	require.Equal(t, http.StatusOK, status, "%s", out)

	var made struct{ ID string }
	status, out = s.As(t, "employee").Post("/v1/leave/requests", "leave-001", map[string]any{"employee": "E045", "type": "casual", "period": "2026-11-12..2026-11-12"}, &made)
	require.Equal(t, http.StatusOK, status, "%s", out)
	decide := func() {
		status, out := s.As(t, "manager").Post("/v1/leave/requests/"+made.ID+"/decision", "decide-01", map[string]any{"agree": true}, nil)
		require.Equal(t, http.StatusOK, status, "%s", out)
	}
	decide()
	send := func(h *webhook.Hooks) int {
		_, err := s.Desk.Records.Exec(t.Context(), "UPDATE srv_delivery SET next_at = 1 WHERE next_at > 0") // the pause is over
		require.NoError(t, err)
		n, err := h.Send(t.Context(), 10)
		require.NoError(t, err)
		return n
	}
	require.Zero(t, send(s.Desk.Hooks))
	require.Zero(t, send(s.Desk.Hooks))
	require.Len(t, got, 2)

	// The server begins again: all that it has is in the records and the stores.
	again := webhook.New(s.Desk.Records, s.Desk.Accounts.Key, s.Desk.Log, true)
	up = true
	decide() // sent again by a program that did not see the answer
	require.NoError(t, s.Desk.Settle(t.Context()))
	require.Equal(t, 1, send(again))
	require.Zero(t, send(again), "once")
	require.Len(t, got, 3)
	for _, l := range got {
		require.NoError(t, webhook.Verify(hook.Secret, l.header, l.body, time.Now()))
		require.Equal(t, got[0].header.Get(webhook.HeaderEvent), l.header.Get(webhook.HeaderEvent))
	}
	require.Contains(t, string(got[2].body), `"kind":"leave.approved"`)
	require.Contains(t, string(got[2].body), made.ID)
}
