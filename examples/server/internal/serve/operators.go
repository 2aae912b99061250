package serve

import (
	"context"
	"net/http"
	"net/http/pprof"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/examples/internal/app"
	"github.com/musterhr/hr/examples/server/internal/desk"
	"github.com/musterhr/hr/examples/server/internal/login"
	"github.com/musterhr/hr/examples/server/internal/web"
	"github.com/musterhr/hr/storage"
)

// operators adds what those look at who keep the server running. /livez says that the program runs, /readyz that it can work; both tell nobody
// anything else. Metrics and profiles are an admin's.
func operators(mux *http.ServeMux, d *desk.Desk, metrics *prometheus.Registry) {
	mux.HandleFunc("GET /livez", func(w http.ResponseWriter, _ *http.Request) { plain(w, http.StatusOK, "alive\n") })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), 2*time.Second)
		defer cancel()
		if err := ready(ctx, d); err != nil {
			d.Log.WarnContext(ctx, "not ready", "err", err)
			plain(w, http.StatusServiceUnavailable, "not ready\n")
			return
		}
		plain(w, http.StatusOK, "ready\n")
	})
	admin := func(h http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			u, ok := login.From(r.Context())
			if !ok {
				w.Header().Set("WWW-Authenticate", "Bearer")
				web.WriteProblem(w, *web.NewProblem(http.StatusUnauthorized, web.RuleLogin, "Log in as an admin, or send a token of one with the scope admin."))
				return
			}
			if err := storage.May(r.Context(), d.Of(u).Kit, u.View("operate"), app.VerbOperate); err != nil {
				web.WriteProblem(w, *web.ProblemOf(r.Context(), d.Log, err))
				return
			}
			h.ServeHTTP(w, r)
		})
	}
	mux.Handle("GET /metrics", admin(promhttp.HandlerFor(metrics, promhttp.HandlerOpts{})))
	mux.Handle("GET /debug/pprof/", admin(http.HandlerFunc(pprof.Index)))
	mux.Handle("GET /debug/pprof/profile", admin(http.HandlerFunc(pprof.Profile)))
	mux.Handle("GET /debug/pprof/trace", admin(http.HandlerFunc(pprof.Trace)))
}

// ready reports whether everything that the server works with answers.
func ready(ctx context.Context, d *desk.Desk) error {
	if err := d.Records.Ping(ctx); err != nil {
		return err
	}
	for _, a := range d.Companies {
		if _, err := a.Kit.Know.Heads(ctx, hr.Everyone); err != nil {
			return err
		}
	}
	return nil
}

func plain(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(text))
}
