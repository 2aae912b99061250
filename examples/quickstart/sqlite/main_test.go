package main

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "rewrite testdata/output.txt")

// The figures by hand: of 31 days of October one is not paid: 52,000 x 30/31 = 50,322.58; provident fund 12% of the ceiling of 25,000 =
// 3,000; professional tax of a woman in Maharashtra above 25,000 = 200; 50,322.58 - 3,200 = 47,122.58.
func TestOutput(t *testing.T) {
	path := filepath.Join(t.TempDir(), "company.db")
	var first, again, temporary bytes.Buffer
	require.NoError(t, run(t.Context(), &first, path))
	const golden = "testdata/output.txt"
	if *update {
		require.NoError(t, os.WriteFile(golden, first.Bytes(), 0o600))
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	require.Equal(t, string(want), first.String())
	require.Contains(t, first.String(), " 50322.58\n")
	require.Regexp(t, `\nNET PAY +47122.58\n`, first.String())

	require.NoError(t, run(t.Context(), &again, path))
	require.Equal(t, first.String(), again.String(), "nothing happens twice")
	require.NoError(t, run(t.Context(), &temporary))
	require.Equal(t, first.String(), temporary.String())
}
