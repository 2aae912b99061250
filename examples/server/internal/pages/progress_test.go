package pages_test

import (
	"context"
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr/examples/server/internal/sample"
	"github.com/musterhr/hr/examples/server/internal/servetest"
)

// A run that something goes on about shows how far it is, has no buttons, and is loaded again by a browser without script.
func TestARunShowsHowFarItIs(t *testing.T) {
	s := servetest.Start(t)
	pay := s.As(t, "payroll, prepares")
	var made struct{ ID string }
	status, out := pay.Post("/v1/payroll/runs", "progress-run", map[string]any{"kind": "regular", "period": "2026-10-01..2026-10-31", "pay_date": "2026-10-31"}, &made)
	require.Equal(t, http.StatusOK, status, "%s", out)
	page := func() string {
		_, body := pay.Do(http.MethodGet, "/payroll/runs/"+made.ID, nil)
		return string(body)
	}
	require.Contains(t, page(), "/calculation")
	require.NotContains(t, page(), "data-under-way")

	finish := make(chan struct{})
	ended := s.Desk.Jobs.Begin(t.Context(), sample.Tenant, made.ID, "Calculating", func(context.Context) error { <-finish; return nil })
	during := page()
	require.Contains(t, during, "Calculating: 0 of 66")
	require.Contains(t, during, `<noscript><meta http-equiv="refresh" content="2"></noscript>`)
	require.NotContains(t, during, "/calculation")
	close(finish)
	require.NoError(t, <-ended)
	require.NotContains(t, page(), "data-under-way")
}
