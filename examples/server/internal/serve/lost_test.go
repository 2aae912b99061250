package serve_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr/examples/server/internal/servetest"
	"github.com/musterhr/hr/examples/server/internal/web"
)

// What fits no route is told to a program as a problem, and to a person as a page.
func nothingThere(t *testing.T, s *servetest.Server) {
	e := s.As(t, "employee")
	answer, body := e.Do(http.MethodGet, "/v1/nothing", nil)
	require.Equal(t, http.StatusNotFound, answer.StatusCode)
	require.Equal(t, web.RuleNotFound, problem(t, answer, body).Code)
	answer, body = e.Do(http.MethodDelete, "/v1/me", nil)
	require.Equal(t, http.StatusMethodNotAllowed, answer.StatusCode)
	require.Equal(t, web.RuleMethod, problem(t, answer, body).Code)
	require.Equal(t, "GET, HEAD", answer.Header.Get("Allow"))
	answer, body = e.Do(http.MethodGet, "/nothing", nil)
	require.Equal(t, http.StatusNotFound, answer.StatusCode)
	require.Contains(t, string(body), "<h1>That did not work</h1>")
	answer, body = e.Do(http.MethodPut, "/people", nil)
	require.Equal(t, http.StatusMethodNotAllowed, answer.StatusCode)
	require.Contains(t, string(body), "<h1>That did not work</h1>")
	answer, _ = s.Anonymous(t).Do(http.MethodGet, "/nothing", nil)
	require.Equal(t, http.StatusNotFound, answer.StatusCode)
}
