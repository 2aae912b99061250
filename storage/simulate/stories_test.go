package simulate_test

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr/storage/memory"
	"github.com/musterhr/hr/storage/simulate"
)

// The stories of testdata are what was found, and what must go on as it went: none breaks an invariant.
func TestStories(t *testing.T) {
	files, err := filepath.Glob("testdata/*.history")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, name := range files {
		t.Run(filepath.Base(name), func(t *testing.T) {
			f, err := os.Open(name)
			require.NoError(t, err)
			defer func() { require.NoError(t, f.Close()) }()
			s, err := simulate.Read(f)
			require.NoError(t, err)
			company := named(t, s.Company)
			out, err := simulate.Play(t.Context(), company, s, memory.New(), simulate.Options{})
			require.NoError(t, err)
			require.Empty(t, out.Violations)
			require.Positive(t, len(out.Lines)-out.Refused, "a story in which nothing happens tells nothing")
		})
	}
}

// The outcome follows from the script, whatever the number of processors and however often it is played.
func TestTheSameEveryTime(t *testing.T) {
	company, err := simulate.Plain()
	require.NoError(t, err)
	p := plan(11)
	p.Employees, p.Months = 10, 3
	var digests []string
	for _, processors := range []int{1, 2, 4} {
		func() {
			defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(processors))
			out, err := simulate.Play(t.Context(), company, simulate.Write(p), memory.New(), simulate.Options{})
			require.NoError(t, err)
			digests = append(digests, out.Digest())
		}()
	}
	require.Equal(t, digests[0], digests[1])
	require.Equal(t, digests[0], digests[2])
}
