package serve_test

import (
	"fmt"
	"net/http"
	"net/url"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr/examples/server/internal/servetest"
)

// A list that is read a page at a time has everybody once, whatever is the size of a page, and what cannot be a page is refused.
func pagesOfAList(t *testing.T, s *servetest.Server) {
	type page struct {
		Items []struct{ ID string }
		Next  string
	}
	c := s.As(t, "HR")
	read := func(limit int) (ids []string) {
		for after, n := "", 0; ; n++ {
			require.Less(t, n, 100)
			var p page
			require.Equal(t, http.StatusOK, c.Get(fmt.Sprintf("/v1/people?limit=%d&after=%s", limit, url.QueryEscape(after)), &p))
			for _, x := range p.Items {
				ids = append(ids, x.ID)
			}
			require.LessOrEqual(t, len(p.Items), limit)
			if after = p.Next; after == "" {
				return ids
			}
		}
	}
	whole := read(500)
	require.Len(t, whole, 65, "66, of whom one has left")
	require.Equal(t, whole, read(7))
	require.Equal(t, whole, read(65), "a last page that is full")
	for _, query := range []string{"limit=0", "limit=501", "limit=-1", "limit=many", "offset=3"} {
		answer, body := c.Do(http.MethodGet, "/v1/people?"+query, nil)
		require.Equal(t, http.StatusUnprocessableEntity, answer.StatusCode, query)
		require.Equal(t, 422, problem(t, answer, body).Status)
	}
}
