package serve_test

import (
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr/examples/internal/app"
	"github.com/musterhr/hr/examples/server/internal/desk"
	"github.com/musterhr/hr/examples/server/internal/records"
	"github.com/musterhr/hr/examples/server/internal/serve"
	"github.com/musterhr/hr/examples/server/internal/servetest"
	"github.com/musterhr/hr/storage/memory"
)

// A server whose records cannot be read lives and is not ready, and says nobody why.
func notReady(t *testing.T, s *servetest.Server) {
	gone, err := records.OpenFile(t.Context(), filepath.Join(t.TempDir(), "gone.db"))
	require.NoError(t, err)
	require.NoError(t, gone.Close())
	d := s.Desk
	a := app.New(s.App().Company, memory.New(), app.Policy(), s.App().Kit.Now)
	whole, err := serve.New(&desk.Desk{Companies: map[string]*app.App{"another": a}, Accounts: d.Accounts, Sessions: d.Sessions, Records: gone, Log: d.Log, Jobs: d.Jobs, Hooks: d.Hooks}, serve.Options{Fast: true})
	require.NoError(t, err)
	for path, want := range map[string]int{"/livez": http.StatusOK, "/readyz": http.StatusServiceUnavailable} {
		w := httptest.NewRecorder()
		whole.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil))
		require.Equal(t, want, w.Code, path)
		require.NotContains(t, w.Body.String(), "closed")
	}
}
