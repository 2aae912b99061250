package main

import (
	"bytes"
	"flag"
	"os"
	"testing"

	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "rewrite testdata/output.txt")

// The README shows the first payslip of this output. Its figures by hand: 52,000 x 20/31 = 33,548.39; provident fund 12% of the
// ceiling of 25,000 = 3,000; professional tax of a woman in Maharashtra above 25,000 = 200.
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
	require.Contains(t, out.String(), "33548.39")
	require.Contains(t, out.String(), "30348.39", "33,548.39 less 3,000 less 200")
}
