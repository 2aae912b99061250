package hr_test

import (
	"encoding/json"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var tryMutants = flag.Bool("mutants", false, "build every mutant of storage/DEFENCES.md and see that its test goes red: minutes")

// defence is a row of storage/DEFENCES.md.
type defence struct {
	name, dir, test, double string
	file, was, becomes      string // of a mutant
}

var mutantCell = regexp.MustCompile("^mutant: (\\S+) `(.+)` -> `(.*)`$")

func defences(t *testing.T) (all []defence) {
	t.Helper()
	raw, err := os.ReadFile("storage/DEFENCES.md")
	require.NoError(t, err)
	for line := range strings.Lines(string(raw)) {
		line = strings.TrimSpace(line)
		if !strings.HasPrefix(line, "| ") || strings.HasPrefix(line, "| defence |") {
			continue
		}
		cells := strings.Split(strings.Trim(strings.ReplaceAll(line, `\|`, "\x00"), "| "), " | ")
		require.Len(t, cells, 3, line)
		where := strings.Fields(cells[1])
		require.Len(t, where, 2, line)
		d := defence{name: cells[0], dir: where[0], test: where[1]}
		red := strings.ReplaceAll(cells[2], "\x00", "|")
		if m := mutantCell.FindStringSubmatch(red); m != nil {
			d.file, d.was, d.becomes = m[1], m[2], m[3]
		} else {
			var isDouble bool
			d.double, isDouble = strings.CutPrefix(red, "double: ")
			require.True(t, isDouble, "%s: red with neither a double nor a mutant", d.name)
		}
		all = append(all, d)
	}
	require.Greater(t, len(all), 40)
	return all
}

// Every defence names a test that is there, and a double or a line of the product that is.
func TestDefences(t *testing.T) {
	for _, d := range defences(t) {
		t.Run(d.name, func(t *testing.T) {
			files, err := filepath.Glob(filepath.Join(d.dir, "*_test.go"))
			require.NoError(t, err)
			var tests strings.Builder
			for _, f := range files {
				raw, err := os.ReadFile(f)
				require.NoError(t, err)
				tests.Write(raw)
			}
			require.True(t, strings.Contains(tests.String(), "func "+d.test+"(t *testing.T)"), "%s has no %s", d.dir, d.test)
			if d.double != "" {
				require.True(t, strings.Contains(tests.String(), `"`+d.double), "%s has no double %q", d.dir, d.double)
				return
			}
			raw, err := os.ReadFile(d.file)
			require.NoError(t, err)
			require.Equal(t, 1, strings.Count(string(raw), d.was), "the line is not there once")
			require.NotEqual(t, d.was, d.becomes)
			if *tryMutants {
				d.mutate(t, string(raw))
			}
		})
	}
}

// mutate builds the product with another line, in an overlay, and runs the test, which must fail and not only be built.
func (d defence) mutate(t *testing.T, source string) {
	dir := t.TempDir()
	mutant, overlay := filepath.Join(dir, "mutant.go"), filepath.Join(dir, "overlay.json")
	require.NoError(t, os.WriteFile(mutant, []byte(strings.Replace(source, d.was, d.becomes, 1)), 0o600))
	at, err := filepath.Abs(d.file)
	require.NoError(t, err)
	raw, err := json.Marshal(map[string]any{"Replace": map[string]string{at: mutant}})
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(overlay, raw, 0o600))
	out, err := exec.CommandContext(t.Context(), "go", "test", "-overlay", overlay, "-vet=off", "-run", "^"+d.test+"$", "./"+d.dir).CombinedOutput()
	require.Error(t, err, "the mutant lives: %s", out)
	require.Contains(t, string(out), "--- FAIL: "+d.test, "%s", out)
}
