package main

import (
	"bytes"
	"context"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/sqlite"
)

var update = flag.Bool("update", false, "rewrite testdata/output.txt")

func TestOutput(t *testing.T) {
	var out bytes.Buffer
	require.NoError(t, run(t.Context(), &out))
	const golden = "testdata/output.txt"
	if *update {
		require.NoError(t, os.WriteFile(golden, out.Bytes(), 0o600))
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	require.Equal(t, string(want), out.String())
}

// What fails on either side leaves nothing on the other: counted in the tables, not asked of the ports.
func TestBothOrNeither(t *testing.T) {
	ctx := t.Context()
	h, _ := open(t)
	a, err := wire(ctx, h)
	require.NoError(t, err)
	rows := func() (out []int) {
		for _, table := range []string{"staff", "desk", "hr_terms", "hr_command", "hr_audit", "hr_event"} {
			var n int
			require.NoError(t, h.db.QueryRowContext(ctx, `SELECT count(*) FROM `+table).Scan(&n))
			out = append(out, n)
		}
		return out
	}
	require.NoError(t, a.join(ctx, h, "E1", "Alma Specimen", 1))
	before := rows()
	require.NotContains(t, before, 0, "the test looks at tables that nobody writes to")

	require.Error(t, a.join(ctx, h, "E2", "Bo Sample", 1), "the desk is taken")
	require.Equal(t, before, rows())
	require.Error(t, a.join(ctx, h, "E1", "Bo Sample", 2), "the number is taken")
	require.Equal(t, before, rows())

	// Also where the host goes on after Muster has refused.
	err = h.InTx(ctx, func(ctx context.Context) error {
		_ = a.join(ctx, h, "E1", "Bo Sample", 2)
		_, err := h.on(ctx).ExecContext(ctx, `INSERT INTO desk VALUES (3, 'E1')`)
		return err
	})
	require.Error(t, err)
	require.Equal(t, before, rows())

	require.NoError(t, a.join(ctx, h, "E2", "Bo Sample", 2), "a command that was rolled back is free again")
}

// The staff table has no account in its JSON, and finds it by its column.
func TestSecretsHaveColumns(t *testing.T) {
	ctx := t.Context()
	h, _ := open(t)
	a, err := wire(ctx, h)
	require.NoError(t, err)
	account := hr.BankAccount{Holder: "ALMA SPECIMEN", Number: hr.NewSecret("000123456789"), Bank: "QWER0001234"}
	_, err = a.People.Hire(ctx, do(clerk, "hire"), hr.Hire{
		Employee: "E1", Start: hr.MustDate("2026-04-01"), Person: hr.Person{Name: "Alma Specimen", Bank: account}, Terms: hr.Terms{Entity: "Example", Currency: "EUR", Calendar: "office"},
	})
	require.NoError(t, err)
	var rest string
	require.NoError(t, h.db.QueryRowContext(ctx, `SELECT rest FROM staff`).Scan(&rest))
	require.Contains(t, rest, "QWER0001234")
	require.NotContains(t, rest, "000123456789")
	paid, err := h.PaidInto(ctx, account)
	require.NoError(t, err)
	require.Equal(t, []hr.EmployeeID{"E1"}, paid)
}

// A file is the host's and Muster's from whoever comes first, and after a restart.
func TestOneFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "host.db")
	h, err := Open(t.Context(), path)
	require.NoError(t, err)
	require.NoError(t, h.Close())
	muster, err := sqlite.Open(t.Context(), path)
	require.NoError(t, err)
	require.NoError(t, muster.Close())
	h, err = Open(t.Context(), path)
	require.NoError(t, err)
	_, err = h.Employment(t.Context(), "nobody")
	require.ErrorIs(t, err, storage.ErrNotFound)
	require.NoError(t, h.Close())
}
