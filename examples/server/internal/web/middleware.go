// Package web is what every request passes: limits, headers, logs, and the one form of an answer that is a fault.
package web

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strings"
	"time"
	"unicode/utf8"
)

// Limits of a request.
const (
	MaxBody   = 1 << 20  // bytes of an ordinary request
	MaxUpload = 16 << 20 // bytes of a file
	Timeout   = 30 * time.Second
)

// Middleware wraps a handler.
type Middleware func(http.Handler) http.Handler

// Chain wraps a handler; the first middleware is the outermost.
func Chain(h http.Handler, list ...Middleware) http.Handler {
	for i := len(list) - 1; i >= 0; i-- {
		h = list[i](h)
	}
	return h
}

// Headers sets what browsers are told about every answer. Pages bring no script or style of their own in the page: all of it is files of
// this server. secure says that browsers reach it by https only.
func Headers(secure bool) Middleware {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			h := w.Header()
			h.Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
			h.Set("X-Content-Type-Options", "nosniff")
			h.Set("X-Frame-Options", "DENY")
			h.Set("Referrer-Policy", "same-origin")
			h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
			h.Set("Cross-Origin-Opener-Policy", "same-origin")
			h.Set("Cross-Origin-Resource-Policy", "same-origin")
			h.Set("Cache-Control", "no-store") // what people earn stays out of every cache; files of the server itself say otherwise
			if secure {
				h.Set("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
			}
			next.ServeHTTP(w, r)
		})
	}
}

// Limit cuts bodies that are too large. upload says which requests bring files.
func Limit(upload func(*http.Request) bool) Middleware {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			most := int64(MaxBody)
			if upload(r) {
				most = MaxUpload
			}
			if r.ContentLength > most {
				WriteProblem(w, Problem{Status: http.StatusRequestEntityTooLarge, Code: RuleTooLarge, Detail: "The request is too large. Send less at once."})
				return
			}
			r.Body = http.MaxBytesReader(w, r.Body, most)
			next.ServeHTTP(w, r)
		})
	}
}

// Text refuses JSON that is not UTF-8, which a decoder would mend by putting other letters in the place of what it does not know.
func Text(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasPrefix(r.Header.Get("Content-Type"), "application/json") || r.Body == nil || r.Body == http.NoBody {
			next.ServeHTTP(w, r)
			return
		}
		body, err := io.ReadAll(r.Body)
		switch {
		case errors.As(err, new(*http.MaxBytesError)):
			WriteProblem(w, *NewProblem(http.StatusRequestEntityTooLarge, RuleTooLarge, "The request is too large. Send less at once."))
			return
		case err != nil || !utf8.Valid(body):
			WriteProblem(w, *NewProblem(http.StatusBadRequest, RuleBody, "The request cannot be read as JSON in UTF-8."))
			return
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		next.ServeHTTP(w, r)
	})
}

// Longest is how long a request may take that is known to be slow.
const Longest = 4 * time.Minute

// Within ends requests that take too long: what they do is undone, unit of work by unit of work.
func Within(most time.Duration, slow func(*http.Request) bool) Middleware {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			limit := most
			if slow(r) {
				limit = Longest
			}
			ctx, cancel := context.WithTimeout(r.Context(), limit)
			defer cancel()
			next.ServeHTTP(w, r.WithContext(ctx))
		})
	}
}

type requestKey struct{}

// about is what is known of a request while it is under way.
type about struct{ id, route string }

// RequestID returns the name of a request, which its log line and its answer carry.
func RequestID(ctx context.Context) string {
	if a, ok := ctx.Value(requestKey{}).(*about); ok {
		return a.id
	}
	return ""
}

// Routes wraps the mux itself and remembers which route a request fits, without what it fits with: a path may have the id of a person in it.
func Routes(mux http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if a, ok := r.Context().Value(requestKey{}).(*about); ok && r.Pattern != "" {
				a.route = r.Pattern
			}
		}()
		mux.ServeHTTP(w, r)
	})
}

// Log writes one line for each request: what was asked and how it ended, by the pattern of the route. Ids of people, queries and bodies are
// not in it, and who asked is in the audit. A panic becomes an answer, and its stack goes to the log without its value, which may hold anything.
func Log(log *slog.Logger, seen func(ctx context.Context, method, route string, status int, took time.Duration)) Middleware {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			begun, id := time.Now(), rand.Text()[:16]
			known := &about{id: id, route: "none"}
			r = r.WithContext(context.WithValue(r.Context(), requestKey{}, known))
			w.Header().Set("X-Request-Id", id)
			s := &statusWriter{ResponseWriter: w}
			defer func() {
				if broken := recover(); broken != nil {
					if broken == http.ErrAbortHandler {
						panic(broken)
					}
					log.ErrorContext(r.Context(), "a request broke", "request", id, "stack", string(debug.Stack()))
					if s.status == 0 {
						WriteProblem(s, Problem{Status: http.StatusInternalServerError, Code: RuleInternal, Detail: "Something broke in the server. Nothing was changed. Tell whoever runs it the trace of this request."})
					}
				}
				took := time.Since(begun)
				log.InfoContext(r.Context(), "request", "request", id, "method", method(r), "route", known.route, "status", s.code(), "ms", took.Milliseconds())
				seen(r.Context(), method(r), known.route, s.code(), took)
			}()
			next.ServeHTTP(s, r)
		})
	}
}

// method names the method of a request, if it is one: anybody may send any word.
func method(r *http.Request) string {
	switch r.Method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions:
		return r.Method
	}
	return "OTHER"
}

// statusWriter remembers the status.
type statusWriter struct {
	http.ResponseWriter
	status int
}

func (s *statusWriter) WriteHeader(status int) {
	if s.status == 0 {
		s.status = status
	}
	s.ResponseWriter.WriteHeader(status)
}

func (s *statusWriter) Write(b []byte) (int, error) {
	if s.status == 0 {
		s.status = http.StatusOK
	}
	return s.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController reach what is underneath.
func (s *statusWriter) Unwrap() http.ResponseWriter { return s.ResponseWriter }

func (s *statusWriter) code() int {
	if s.status == 0 {
		return http.StatusOK
	}
	return s.status
}
