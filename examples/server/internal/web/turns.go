package web

import (
	"net/http"

	"golang.org/x/sync/semaphore"
)

// Turns answers at most so many of the quick requests at once, and the others in the order in which they came: when more is asked than the machine
// can answer, everybody waits for a little and nobody for long, where a hundred at once would take the processor from each other. What takes longer
// is not quick, and waits for nobody.
func Turns(most int64, quick func(*http.Request) bool) Middleware {
	turns := semaphore.NewWeighted(most)
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !quick(r) {
				next.ServeHTTP(w, r)
				return
			}
			if err := turns.Acquire(r.Context(), 1); err != nil { // whoever asked has gone, or has waited for as long as a request may take
				WriteProblem(w, *NewProblem(http.StatusServiceUnavailable, RuleTimeout, "More is asked than can be answered. Try again in a moment."))
				return
			}
			defer turns.Release(1)
			next.ServeHTTP(w, r)
		})
	}
}
