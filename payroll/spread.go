package payroll

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// together is how many employees one processor takes at a time.
const together = 16

// spread calls fn with every number below n, on as many processors as this program may use: for arithmetic, which needs no store, about one employee
// each. What fn does for a number must concern no other. A panic of fn is one of spread.
func spread(n int, fn func(i int)) {
	processors := min(runtime.GOMAXPROCS(0), n/together)
	if processors < 2 {
		for i := range n {
			fn(i)
		}
		return
	}
	var next atomic.Int64
	var all sync.WaitGroup
	var broken atomic.Pointer[any]
	for range processors {
		all.Go(func() {
			defer func() {
				if what := recover(); what != nil {
					broken.Store(&what)
				}
			}()
			for {
				from := int(next.Add(together)) - together
				if from >= n {
					return
				}
				for i := from; i < min(n, from+together); i++ {
					fn(i)
				}
			}
		})
	}
	all.Wait()
	if what := broken.Load(); what != nil {
		panic(*what)
	}
}
