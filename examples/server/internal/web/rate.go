package web

import (
	"net"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Rates limit how often each of many may ask. Whoever has not asked for a while is forgotten.
type Rates struct {
	every rate.Limit
	burst int

	mu    sync.Mutex
	of    map[string]*asker
	swept time.Time
}

type asker struct {
	*rate.Limiter
	seen time.Time
}

// forgetAfter is when somebody who asks nothing is forgotten.
const forgetAfter = 10 * time.Minute

// NewRates returns rates of so many requests a second, and so many at once.
func NewRates(perSecond float64, burst int) *Rates {
	return &Rates{every: rate.Limit(perSecond), burst: burst, of: map[string]*asker{}}
}

// Allow reports whether one of a name may ask now, and if not when.
func (r *Rates) Allow(name string, now time.Time) (ok bool, after time.Duration) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if now.Sub(r.swept) > time.Minute {
		for key, a := range r.of {
			if now.Sub(a.seen) > forgetAfter {
				delete(r.of, key)
			}
		}
		r.swept = now
	}
	a, known := r.of[name]
	if !known {
		a = &asker{Limiter: rate.NewLimiter(r.every, r.burst)}
		r.of[name] = a
	}
	a.seen = now
	if a.AllowN(now, 1) {
		return true, 0
	}
	return false, time.Duration(float64(time.Second) / float64(r.every))
}

// Slow answers 429 to whoever asks too often; name says who asks, and empty is not limited.
func Slow(r *Rates, name func(*http.Request) string) Middleware {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
			who := name(q)
			if who == "" {
				next.ServeHTTP(w, q)
				return
			}
			if ok, after := r.Allow(who, time.Now()); !ok {
				w.Header().Set("Retry-After", strconv.Itoa(int(after/time.Second)+1))
				WriteProblem(w, *NewProblem(http.StatusTooManyRequests, RuleTooMany, "Too many requests. Wait as long as Retry-After says."))
				return
			}
			next.ServeHTTP(w, q)
		})
	}
}

// Address is where a request comes from: the other end of the connection or, behind a proxy that is named, what that says.
func Address(proxies []*net.IPNet) func(*http.Request) string {
	return func(r *http.Request) string {
		host, _, err := net.SplitHostPort(r.RemoteAddr)
		if err != nil {
			host = r.RemoteAddr
		}
		if real := net.ParseIP(r.Header.Get("X-Real-IP")); real != nil && From(proxies)(r) {
			return real.String()
		}
		return host
	}
}

// From reports whether a request comes from one of the proxies that are named.
func From(proxies []*net.IPNet) func(*http.Request) bool {
	return func(r *http.Request) bool {
		host, _, err := net.SplitHostPort(r.RemoteAddr)
		from := net.ParseIP(host)
		return err == nil && from != nil && slices.ContainsFunc(proxies, func(p *net.IPNet) bool { return p.Contains(from) })
	}
}
