package web_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr/examples/server/internal/web"
)

// While one request is answered three wait, and are answered in the order in which they came; what is not quick goes past them, and who does not
// wait for an answer any more gets none.
func TestTurns(t *testing.T) {
	var mu sync.Mutex
	var order []string
	begun, goOn := make(chan struct{}), make(chan struct{})
	h := web.Turns(1, func(r *http.Request) bool { return r.URL.Path != "/slow" })(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/first" {
			close(begun)
			<-goOn
		}
		mu.Lock()
		order = append(order, r.URL.Path)
		mu.Unlock()
	}))
	var all sync.WaitGroup
	ask := func(ctx context.Context, path string) *httptest.ResponseRecorder {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequestWithContext(ctx, http.MethodGet, path, http.NoBody))
		return w
	}
	all.Go(func() { ask(t.Context(), "/first") })
	<-begun
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	require.Equal(t, http.StatusServiceUnavailable, ask(gone, "/gone").Code)
	for i := range 3 {
		all.Go(func() { ask(t.Context(), "/"+strconv.Itoa(i)) })
		time.Sleep(20 * time.Millisecond) // until it waits
	}
	require.Equal(t, http.StatusOK, ask(t.Context(), "/slow").Code)
	close(goOn)
	all.Wait()
	require.Equal(t, []string{"/slow", "/first", "/0", "/1", "/2"}, order)
}
