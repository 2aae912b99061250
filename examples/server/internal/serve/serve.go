// Package serve puts the parts of the server together: who is asking, limits, pages, API and what operators look at.
package serve

import (
	"context"
	"net"
	"net/http"
	"runtime"
	"strings"
	"time"

	"github.com/rs/cors"

	"github.com/musterhr/hr/examples/server/internal/api"
	"github.com/musterhr/hr/examples/server/internal/desk"
	"github.com/musterhr/hr/examples/server/internal/login"
	"github.com/musterhr/hr/examples/server/internal/pages"
	"github.com/musterhr/hr/examples/server/internal/telemetry"
	"github.com/musterhr/hr/examples/server/internal/web"
)

// Options are how the server meets the world.
type Options struct {
	Secure  bool                 // browsers reach it by https
	Origins []string             // sites whose pages may call the API with a token: "https://app.example.com"; none: no other site may
	Proxies []*net.IPNet         // whose X-Real-IP is believed
	OIDC    *login.OIDC          // nil: accounts of this server only
	Fast    bool                 // no limit of rates: for measuring
	Watch   *telemetry.Telemetry // what is told of each request; nil: one that tells nobody
}

// Garbage is how much of what the server keeps in memory may lie beside as garbage before it is looked for, in percent: what is kept is little, and
// looking is work that readers wait for. GOGC in the environment says otherwise.
const Garbage = 300

// Server is the whole of it.
type Server struct {
	http.Handler
	API *api.API
}

// New puts the server together.
func New(d *desk.Desk, o Options) (*Server, error) {
	d.IndexApprovals()
	mux := http.NewServeMux()
	watch := o.Watch
	if watch == nil {
		var err error
		if watch, err = telemetry.New(context.Background(), telemetry.Options{}); err != nil {
			return nil, err
		}
	}
	s, metrics := &Server{API: api.New(d, mux)}, web.NewMetrics(watch.Registry)
	p, err := pages.New(d)
	if err != nil {
		return nil, err
	}
	p.Register(mux)
	operators(mux, d, watch.Registry)
	d.Provider = o.OIDC != nil
	if o.OIDC != nil {
		o.OIDC.Register(mux, d.Sessions, d.Log)
	}
	address := web.Address(o.Proxies)
	layers := []web.Middleware{
		watch.Trace(web.From(o.Proxies)),
		web.Log(d.Log, func(ctx context.Context, method, route string, status int, took time.Duration) {
			metrics.Seen(route, status, took)
			watch.Ended(ctx, method, route, status)
		}),
		web.Headers(o.Secure),
		origins(o.Origins),
		web.Limit(func(r *http.Request) bool { return strings.HasPrefix(r.URL.Path, "/v1/imports/") }),
		web.Within(web.Timeout, slow),
		web.Turns(2*int64(runtime.GOMAXPROCS(0)), quick),
		web.Text,
		d.Sessions.LoadAndSave,
		identify(d),
		sameOrigin,
	}
	if !o.Fast {
		layers = append(layers[:5:5], append([]web.Middleware{
			web.Slow(web.NewRates(0.5, 20), func(r *http.Request) string { // guessing passwords and tokens
				if r.Method == http.MethodPost && r.URL.Path == "/login" {
					return address(r)
				}
				return ""
			}),
			web.Slow(web.NewRates(100, 400), address),
		}, layers[5:]...)...)
		layers = append(layers, web.Slow(web.NewRates(30, 150), func(r *http.Request) string {
			u, _ := login.From(r.Context())
			return u.Login
		}))
	}
	s.Handler = web.Chain(web.Routes(lost(mux, p)), layers...)
	return s, nil
}

// quick says which requests take a few milliseconds: what is read without reckoning over everybody.
func quick(r *http.Request) bool {
	return r.Method == http.MethodGet && (!slow(r) || strings.Contains(r.URL.Path, "/payslips/") && !strings.HasSuffix(r.URL.Path, ".pdf"))
}

// slow says which requests may take longer than others: files, imports, and what looks at everybody's pay.
func slow(r *http.Request) bool {
	return strings.HasPrefix(r.URL.Path, "/v1/imports/") || strings.HasPrefix(r.URL.Path, "/v1/exports/") || strings.HasPrefix(r.URL.Path, "/v1/payroll/") ||
		strings.HasPrefix(r.URL.Path, "/v1/audit/") || strings.HasPrefix(r.URL.Path, "/debug/pprof/") || strings.HasPrefix(r.URL.Path, "/payroll/")
}

// origins lets pages of other sites call the API, if they are on the list. They send a token: our cookie does not go with them.
func origins(list []string) web.Middleware {
	if len(list) == 0 {
		return func(next http.Handler) http.Handler { return next }
	}
	c := cors.New(cors.Options{
		AllowedOrigins: list, AllowedMethods: []string{http.MethodGet, http.MethodPost}, AllowedHeaders: []string{"Authorization", "Content-Type", "Idempotency-Key", "If-Match"},
		ExposedHeaders: []string{"ETag", "Retry-After", "X-Request-Id", web.TraceHeader}, MaxAge: 600,
	})
	return func(next http.Handler) http.Handler {
		shared := c.Handler(next)
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if strings.HasPrefix(r.URL.Path, "/v1/") {
				shared.ServeHTTP(w, r)
				return
			}
			next.ServeHTTP(w, r)
		})
	}
}

// identify finds out who is asking: by the token of the request or by the cookie. A token that does not work is refused, and does not fall
// back to the cookie.
func identify(d *desk.Desk) web.Middleware {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			var u login.User
			var ok bool
			var err error
			if secret, given := r.Header["Authorization"]; given {
				bearer, is := strings.CutPrefix(secret[0], "Bearer ")
				u, ok, err = d.Accounts.Bearer(r.Context(), bearer)
				if err == nil && (!is || !ok || !d.Knows(u)) {
					w.Header().Set("WWW-Authenticate", "Bearer")
					web.WriteProblem(w, *web.NewProblem(http.StatusUnauthorized, web.RuleLogin, "The token does not work: it is unknown, expired or revoked. Make a new one under /v1/tokens."))
					return
				}
			} else {
				u, ok, err = d.Sessions.User(r.Context())
				ok = ok && d.Knows(u)
			}
			if err != nil {
				web.WriteProblem(w, *web.ProblemOf(r.Context(), d.Log, err))
				return
			}
			if ok {
				r = r.WithContext(login.With(r.Context(), u))
				if p := scope(u, r); p != nil {
					web.WriteProblem(w, *p)
					return
				}
			}
			if !ok && strings.HasPrefix(r.URL.Path, "/v1/") && !strings.HasPrefix(r.URL.Path, "/v1/openapi") {
				w.Header().Set("WWW-Authenticate", "Bearer")
				web.WriteProblem(w, *web.NewProblem(http.StatusUnauthorized, web.RuleLogin, "Log in first, or send an API token: Authorization: Bearer muster_..."))
				return
			}
			next.ServeHTTP(w, r)
		})
	}
}

// scope says why a token may not be used for a request; nil: it may.
func scope(u login.User, r *http.Request) *web.Problem {
	if u.Token == "" {
		return nil
	}
	need := []string{login.ScopeWrite, login.ScopeAdmin}
	switch {
	case strings.HasPrefix(r.URL.Path, "/v1/admin/") || strings.HasPrefix(r.URL.Path, "/v1/tokens"):
		need = []string{login.ScopeAdmin}
	case r.Method == http.MethodGet || r.Method == http.MethodHead:
		need = append(need, login.ScopeRead)
	}
	for _, have := range u.Scopes {
		for _, n := range need {
			if have == n {
				return nil
			}
		}
	}
	return web.NewProblem(http.StatusForbidden, web.RuleScope, "This token may not be used for this. Make one with the scope %s.", need[0])
}

// sameOrigin refuses writing requests that a page of somebody else makes a browser send with our cookie.
func sameOrigin(next http.Handler) http.Handler {
	guard := http.NewCrossOriginProtection()
	guard.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		web.WriteProblem(w, *web.NewProblem(http.StatusForbidden, web.RuleCrossOrigin, "The request comes from a page of another site."))
	}))
	guarded := guard.Handler(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if u, ok := login.From(r.Context()); ok && u.Token != "" { // no browser sends a token by itself
			next.ServeHTTP(w, r)
			return
		}
		guarded.ServeHTTP(w, r)
	})
}
