package storagetest

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/musterhr/hr/storage"
)

// Core is a store as the core suites see it. The suites open a fresh one, with nothing in it, for each subtest.
//
// Whoever keeps the ports of one domain only, and takes the rest from a store that is proven, gives Tx alone: the suites of the domains
// need no more of it.
type Core struct {
	Tx      storage.Transactor // every suite
	Log     storage.Log        // Tx and Log
	Know    storage.Knowledge  // Tx and Knowledge
	Journal storage.Journal    // Journal, AuditTrail and Outbox

	// Written reads back what Journal has, oldest first. No port does that, for hosts read their journal in their own way:
	// where it is nil, the suites log what only it could prove.
	Written func(ctx context.Context) ([]storage.Audit, []storage.Event, error)
	// Serial says that units run one after the other: a second one waits until the first has ended, whatever it wants. A call outside of a
	// unit may wait as well.
	Serial bool
	// NoHistory says that the store keeps only what holds today: Knowledge.On answers storage.ErrNoHistory, and so does a list of
	// facts that is asked as known at a number.
	NoHistory bool
}

// Run runs every suite of the core. A host runs it first, and then the suite of each domain whose ports it keeps.
func Run(t *testing.T, open func(t *testing.T) Core) {
	t.Run("Tx", func(t *testing.T) { Tx(t, open) })
	t.Run("Log", func(t *testing.T) { Log(t, open) })
	t.Run("Knowledge", func(t *testing.T) { Knowledge(t, open) })
	t.Run("Journal", func(t *testing.T) { Journal(t, open) })
}

// suite returns the function that runs one subtest on a store that has the ports which the suite needs: name is the sentence that fn proves.
func suite(t *testing.T, open func(t *testing.T) Core, ports ...string) func(name string, fn func(t *testing.T, ctx context.Context, c Core)) {
	return func(name string, fn func(t *testing.T, ctx context.Context, c Core)) {
		t.Run(name, func(t *testing.T) {
			c := open(t)
			c.needs(t, ports...)
			fn(t, deadline(t), c)
		})
	}
}

// needs fails the test in words, where a port that is not there would end the whole program.
func (c Core) needs(t *testing.T, ports ...string) {
	t.Helper()
	has := map[string]bool{"Tx": c.Tx != nil, "Log": c.Log != nil, "Know": c.Know != nil, "Journal": c.Journal != nil}
	for _, port := range ports {
		must(t, has[port], "this suite needs Core.%s, which is nil", port)
	}
}

// offered says whether a store offers what it may leave out, and logs it if not: what was not proven is then in the output of a test that passes.
func offered(t testing.TB, port any, name string) bool {
	t.Helper()
	if port == nil {
		t.Logf("not offered: %s is nil, so nothing is proven of it", name)
	}
	return port != nil
}

// Only the tests of this package change these, for the processes that run broken stores.
var (
	pause    = 100 * time.Millisecond // for how long a call that should wait is watched
	patience = 20 * time.Second       // how long a subtest may take before it counts as hanging
)

// errStop is what a subtest returns to have its unit rolled back.
var errStop = errors.New("storagetest: the unit ends here")

// deadline returns a context that ends with the test or when patience does, so that a store that hangs fails.
func deadline(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	t.Cleanup(cancel)
	return ctx
}

func ok(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("unexpected error: %v", err)
	}
}

func is(t testing.TB, err, target error) {
	t.Helper()
	if !errors.Is(err, target) {
		t.Fatalf("want the error %q, got %v", target, err)
	}
}

func must(t testing.TB, holds bool, otherwise string, args ...any) {
	t.Helper()
	if !holds {
		t.Fatalf(otherwise, args...)
	}
}

// refuses fails unless call returns an error with a context that is done.
func refuses(t testing.TB, ctx context.Context, call func(ctx context.Context) error) {
	t.Helper()
	done, cancel := context.WithCancel(ctx)
	cancel()
	if err := call(done); err == nil {
		t.Fatalf("a call with a context that is done went through")
	}
}

// behind runs first in a unit and second in another that starts while the first is open: second must wait. The first unit ends
// with end, nil to commit.
func behind(t *testing.T, ctx context.Context, c Core, first func(ctx context.Context) error, end error, second func(ctx context.Context) error) {
	t.Helper()
	done := make(chan error, 1)
	start := sync.OnceFunc(func() {
		go func() { done <- c.Tx.InTx(ctx, second) }()
	})
	err := c.Tx.InTx(ctx, func(ctx context.Context) error {
		if err := first(ctx); err != nil {
			return err
		}
		start()
		select {
		case err := <-done:
			done <- err
			t.Errorf("the second unit did not wait for the first")
		case <-time.After(pause):
		}
		return end
	})
	if !errors.Is(err, end) {
		t.Fatalf("the first unit: %v", err)
	}
	ok(t, <-done)
	if t.Failed() {
		t.FailNow()
	}
}

// answers runs a call that has a deadline of its own and may wait for the unit that is open here. If the store ignores the
// deadline it hangs for ever, so the call runs beside the test.
func answers(t *testing.T, call func() error) error {
	t.Helper()
	done := make(chan error, 1)
	go func() { done <- call() }()
	select {
	case err := <-done:
		return err
	case <-time.After(patience):
		t.Fatalf("a call went on waiting after its context had ended")
		return nil
	}
}
