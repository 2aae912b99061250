package payroll

import (
	"runtime"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"
)

// However many numbers there are and however many processors, each number is taken once, and a panic of one of them reaches who asked.
func TestSpreadTakesEachNumberOnce(t *testing.T) {
	before := runtime.GOMAXPROCS(0)
	defer runtime.GOMAXPROCS(before)
	for _, processors := range []int{1, 2, 4} {
		runtime.GOMAXPROCS(processors)
		for _, n := range []int{0, 1, 15, 16, 17, 32, 33, 100, 1000} {
			taken := make([]atomic.Int32, n)
			spread(n, func(i int) { taken[i].Add(1) })
			for i := range taken {
				require.EqualValues(t, 1, taken[i].Load(), "%d of %d on %d", i, n, processors)
			}
		}
		require.PanicsWithValue(t, "the 77th", func() {
			spread(100, func(i int) {
				if i == 77 {
					panic("the 77th")
				}
			})
		})
	}
}
