package sqlite_test

import (
	"flag"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr/storage/internal/scenario"
	"github.com/musterhr/hr/storage/sqlite"
)

var grown = flag.Bool("grown", false, "BenchmarkGrowth also with 100,000 employees")

// BenchmarkGrowth writes a payroll of 1,000, 10,000 and, with -grown, 100,000 employees and reads it back. What it takes for one employee does not grow
// with their number.
func BenchmarkGrowth(b *testing.B) {
	sizes := []int{1, 10}
	if *grown {
		sizes = append(sizes, 100)
	}
	for _, thousands := range sizes {
		b.Run(fmt.Sprint(thousands, "000"), func(b *testing.B) {
			db, err := sqlite.Open(b.Context(), filepath.Join(b.TempDir(), "grown.db"))
			require.NoError(b, err)
			defer func() { require.NoError(b, db.Close()) }()
			var write, read time.Duration
			for n := 0; b.Loop(); n++ {
				w, r, err := scenario.Grow(b.Context(), db.Tenant(fmt.Sprint(n)), thousands)
				require.NoError(b, err)
				write, read = write+w, read+r
			}
			b.ReportMetric(float64(write.Nanoseconds())/float64(b.N), "write-ns/employee")
			b.ReportMetric(float64(read.Nanoseconds())/float64(b.N), "read-ns/employee")
		})
	}
}
