package serve

import (
	"net/http"
	"strings"

	"github.com/musterhr/hr/examples/server/internal/pages"
	"github.com/musterhr/hr/examples/server/internal/web"
)

// lost answers what fits no route: a program with a problem, and a person with a page.
func lost(mux *http.ServeMux, p *pages.Pages) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h, pattern := mux.Handler(r)
		if pattern != "" {
			mux.ServeHTTP(w, r)
			return
		}
		said := verdict{header: http.Header{}}
		h.ServeHTTP(&said, r) // whether it is the path or the method, the mux knows
		problem := web.NewProblem(http.StatusNotFound, web.RuleNotFound, "There is nothing at this address.")
		if said.status == http.StatusMethodNotAllowed {
			w.Header().Set("Allow", said.header.Get("Allow"))
			problem = web.NewProblem(http.StatusMethodNotAllowed, web.RuleMethod, "This address takes %s.", said.header.Get("Allow"))
		}
		if strings.HasPrefix(r.URL.Path, "/v1/") || strings.HasPrefix(r.URL.Path, "/debug/") {
			web.WriteProblem(w, *problem)
			return
		}
		p.Fail(w, r, problem)
	})
}

// verdict keeps what a handler would answer.
type verdict struct {
	header http.Header
	status int
}

// Header implements http.ResponseWriter.
func (v *verdict) Header() http.Header { return v.header }

// Write implements http.ResponseWriter.
func (v *verdict) Write(b []byte) (int, error) { return len(b), nil }

// WriteHeader implements http.ResponseWriter.
func (v *verdict) WriteHeader(status int) { v.status = status }
