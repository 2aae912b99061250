package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var formatLists = []string{"testdata/formats/identifiers.json", "testdata/formats/files.json"}

// Every identifier and file of a kind that a function answers comes out as the list says; the lists are longer than what is covered.
func TestFormats(t *testing.T) {
	book := topics()
	covered := map[string]int{}
	for _, list := range formatLists {
		all, err := read(list)
		require.NoError(t, err)
		for _, e := range all {
			if _, ok := book[e.Country+":"+e.Topic]; !ok {
				continue
			}
			covered[e.Topic]++
			got, err := book.answer(e)
			require.NoError(t, err, e.ID)
			require.Empty(t, compare(got, e), "%s: %v", e.ID, got["error"])
		}
	}
	for _, topic := range []string{"identifier.iban", "identifier.bic", "identifier.ifsc_in", "identifier.aba_us", "identifier.sort_code_uk", "identifier.account_number_uk"} {
		require.GreaterOrEqual(t, covered[topic], 8, topic)
	}
	for _, topic := range []string{"file.nacha", "file.pain", "file.bacs", "file.cpa005", "file.sif", "file.ics"} {
		require.Positive(t, covered[topic], topic)
	}
}

// Where the workplace's folder lies beside the repository, the copies are the same bytes.
func TestFormatCopiesAreTrue(t *testing.T) {
	const shared = "../../../shared/cases/formats"
	if _, err := os.Stat(shared); err != nil {
		t.Skip("no ../shared/cases beside the repository; .ci/run fails without it")
	}
	files, err := filepath.Glob("testdata/formats/*")
	require.NoError(t, err)
	require.Greater(t, len(files), 10)
	for _, f := range files {
		want, err := os.ReadFile(filepath.Join(shared, filepath.Base(f)))
		require.NoError(t, err)
		got, err := os.ReadFile(f)
		require.NoError(t, err)
		require.Equal(t, string(want), string(got), f)
	}
}

// A file that is wrong is refused with its fault, one that is missing is an error, and totals that differ are shown.
func TestWrongFiles(t *testing.T) {
	dir := t.TempDir()
	good, err := os.ReadFile("testdata/formats/wps_sample.sif")
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "good.sif"), good, 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "bad.sif"), bytes.Replace(good, []byte("6400.75"), []byte("6400.70"), 1), 0o600))
	list := filepath.Join(dir, "files.json")
	require.NoError(t, os.WriteFile(list, []byte(`[
		{"file": "good.sif", "format": "sif", "valid": true, "totals": {"employees": 3}},
		{"file": "bad.sif", "format": "sif", "valid": false},
		{"file": "none.sif", "format": "sif", "valid": false}
	]`), 0o600))
	var out, errs bytes.Buffer
	require.Equal(t, 1, run([]string{list}, &out, &errs))
	require.Regexp(t, `(?s)^good\.sif  totals\.employees: got 2, want 3\nnone\.sif  .*\ncases: 1 passed, 2 failed\n$`, out.String())
	out.Reset()
	run([]string{"-json", list}, &out, &errs)
	require.Contains(t, strings.Split(out.String(), "\n")[1], "line 3.total")
}
