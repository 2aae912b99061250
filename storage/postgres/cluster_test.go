package postgres_test

import (
	"os"
	"testing"

	"github.com/musterhr/hr/storage/internal/cluster"
	"github.com/musterhr/hr/storage/internal/crash"
)

// dsn is the database of these tests: MUSTER_POSTGRES_DSN, or that of a throwaway cluster. Empty: neither is to be had, and tests skip.
var dsn string

// TestMain finds a database for the tests. Goroutines are not checked: the pools' own outlive the tests.
func TestMain(m *testing.M) {
	crash.Worker(work)
	os.Exit(cluster.Run(os.Stderr, func(found string) int {
		dsn = found
		return m.Run()
	}))
}
