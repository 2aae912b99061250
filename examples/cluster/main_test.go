package main

import (
	"bytes"
	"fmt"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr/storage/postgres/throwaway"
)

// TestMain lets this test be the program that it starts as its own workers.
func TestMain(m *testing.M) {
	if dsn := os.Getenv(workerVariable); dsn != "" {
		if err := work(dsn); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// server starts a PostgreSQL, or skips.
func server(t *testing.T) string {
	t.Helper()
	dsn, stop, err := throwaway.Start()
	if err != nil && os.Getenv("MUSTER_POSTGRES_REQUIRED") == "" {
		t.Skip("no PostgreSQL: install its server:", err)
	}
	require.NoError(t, err)
	t.Cleanup(stop)
	return dsn
}

// The whole demonstration, small: three workers, of which one is killed and one frozen in each half.
func TestKilledAndFrozen(t *testing.T) {
	var out bytes.Buffer
	err := run(t.Context(), settings{employees: 1000, workers: 3, kills: 1, chunk: 20, rounds: 1, postgres: server(t)}, &out)
	t.Log(out.String())
	require.NoError(t, err)
	require.Contains(t, out.String(), "1000 employees have 1000 payslips and 1000 payments, 0 of them not exactly one of their own; 2 workers were killed")
	require.Contains(t, out.String(), "everybody once, one payment each, the same digest")
}

// The measuring goes through, whatever it measures on a machine that does other things.
func TestMeasures(t *testing.T) {
	var out bytes.Buffer
	require.NoError(t, run(t.Context(), settings{employees: 100, workers: 2, chunk: 20, rounds: 1, measure: true, postgres: server(t)}, &out))
	for _, line := range []string{"one process, no queue", "1 worker", "2 workers", "WAL", "hr_terms"} {
		require.Contains(t, out.String(), line)
	}
}

func TestWhatMakesNoSense(t *testing.T) {
	require.Error(t, run(t.Context(), settings{employees: 0, workers: 3, rounds: 1}, &bytes.Buffer{}))
	require.Error(t, run(t.Context(), settings{employees: 10, workers: 1, rounds: 1}, &bytes.Buffer{}))
}
