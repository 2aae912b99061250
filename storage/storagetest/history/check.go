package history

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/anishathalye/porcupine"

	"github.com/musterhr/hr/storage/storagetest"
)

// Check proves a store by histories of 2, 4, 8 and 16 writers. A kind of history for which the host does not keep the port is logged.
func Check(t *testing.T, open func(t *testing.T) storagetest.Ports) {
	rounds := 1
	if n, err := strconv.Atoi(os.Getenv("MUSTER_HISTORIES")); err == nil {
		rounds = n
	}
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			if missing := k.missing(open(t)); missing != "" {
				t.Log("not offered: there is no such history without " + missing)
				return
			}
			operations := 0
			for round := range rounds {
				for _, writers := range []int{2, 4, 8, 16} {
					operations += k.run(t, open(t), uint64(round), writers)
				}
			}
			t.Logf("%d operations in %d histories of 2 to 16 writers, seeds 0 to %d", operations, 4*rounds, rounds-1)
		})
	}
}

// kind is a kind of history. Its name is what it proves.
type kind struct {
	name    string
	missing func(p storagetest.Ports) string // the port without which there is no such history
	run     func(t testing.TB, p storagetest.Ports, seed uint64, writers int) (operations int)
}

func kinds() []kind { return []kind{balances, cases, claims, numbers} }

const (
	each     = 8                // operations of a writer
	patience = 30 * time.Second // for a history, and as much again to find its order
)

// writer does one operation after the other. It returns what it asks, and a function that asks it.
type writer[In, Out any] func(r *rand.Rand) (In, func(ctx context.Context) (Out, error))

// model is a store without concurrency: what it answers, and what becomes of it.
type model[State comparable, In, Out any] struct {
	first State
	key   func(In) string // operations of different keys have nothing to do with each other; nil where all have one
	step  func(s State, in In, out Out) (after State, so bool)
}

// history lets writers write at once, and fails the test unless some order explains their answers.
func history[State comparable, In, Out any](t testing.TB, m model[State, In, Out], seed uint64, writers int, work func(number int) writer[In, Out]) (operations int) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	var clock atomic.Int64 // says what came before what, more finely than the machine's
	var all []porcupine.Operation
	var mu sync.Mutex
	var wg sync.WaitGroup
	for number := range writers {
		wg.Go(func() {
			r, next := rand.New(rand.NewPCG(seed, uint64(number))), work(number)
			for range each {
				in, ask := next(r)
				begun := clock.Add(1)
				out, err := ask(ctx)
				ended := clock.Add(1)
				mu.Lock()
				if err != nil {
					t.Errorf("writer %d, %+v: %v", number, in, err)
				}
				all = append(all, porcupine.Operation{ClientId: number, Input: in, Call: begun, Output: out, Return: ended})
				mu.Unlock()
				if err != nil {
					return
				}
			}
		})
	}
	wg.Wait()
	if t.Failed() {
		t.FailNow()
	}
	switch porcupine.CheckOperationsTimeout(m.porcupine(), all, patience) {
	case porcupine.Illegal:
		t.Fatalf("no order of %d writers (seed %d) explains these answers:\n%s", writers, seed, told(all))
	case porcupine.Unknown:
		t.Fatalf("no order was found in %s for %d writers (seed %d)", patience, writers, seed)
	}
	return len(all)
}

// porcupine is the model in the words of the checker.
func (m model[State, In, Out]) porcupine() porcupine.Model {
	p := porcupine.Model{
		Init: func() any { return m.first },
		Step: func(s, in, out any) (bool, any) {
			after, so := m.step(s.(State), in.(In), out.(Out))
			return so, after
		},
	}
	if m.key == nil {
		return p
	}
	p.Partition = func(all []porcupine.Operation) (parts [][]porcupine.Operation) {
		at := map[string]int{}
		for _, o := range all {
			k := m.key(o.Input.(In))
			n, known := at[k]
			if !known {
				n = len(parts)
				at[k], parts = n, append(parts, nil)
			}
			parts[n] = append(parts[n], o)
		}
		return parts
	}
	return p
}

// told writes operations down for a person.
func told(all []porcupine.Operation) string {
	var b strings.Builder
	for _, o := range all {
		fmt.Fprintf(&b, "\twriter %2d from %4d to %4d: %+v -> %+v\n", o.ClientId, o.Call, o.Return, o.Input, o.Output)
	}
	return b.String()
}
