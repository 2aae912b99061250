package storagetest_test

import (
	"bufio"
	"bytes"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr/storage/storagetest"
)

// A suite that nothing fails is not a suite: the tests of this package run each suite on doubles, stores with one bug each,
// and require that the subtest which states the broken sentence fails.
//
// The suites take a plain *testing.T, for that is what a host has. So a double runs in a process of its own: catches starts
// the test binary again for the same test and reads which subtests failed. A double may then hang, panic or fail as it likes.

// double is a suite on a store with one bug.
type double struct {
	bug   string
	fails []string // the subtests that must fail, among others perhaps: names as given to t.Run, with / between levels
	run   func(t *testing.T)
}

const inside = "STORAGETEST_DOUBLE"

// catches runs each double and fails unless its suite catches the bug by the right subtests. A test calls it and does nothing else.
func catches(t *testing.T, doubles ...double) {
	if os.Getenv(inside) != "" {
		storagetest.LosePatience()
		for _, d := range doubles {
			t.Run(d.bug, d.run)
		}
		return
	}
	for _, d := range doubles {
		t.Run(d.bug, func(t *testing.T) {
			t.Parallel() // a double mostly waits
			failed, output := failures(t, d.bug)
			for _, f := range d.fails {
				if name := strings.ReplaceAll(f, " ", "_"); !slices.Contains(failed, name) {
					t.Errorf("the suite did not notice the bug by %q.\nFailed: %q\nIt ended:\n%s", name, failed, output)
				}
			}
		})
	}
}

// failures lists the subtests that failed below this test and double, in a process of its own.
func failures(t *testing.T, bug string) (failed []string, output string) {
	t.Helper()
	test, _, _ := strings.Cut(t.Name(), "/")
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.v", "-test.timeout=60s", "-test.run=^"+test+"$/^"+quote(bug)+"$")
	cmd.Env = append(os.Environ(), inside+"=1")
	out, err := cmd.CombinedOutput()
	require.Error(t, err, "the suite passed a store with a bug")
	prefix := test + "/" + strings.ReplaceAll(bug, " ", "_") + "/"
	for lines := bufio.NewScanner(bytes.NewReader(out)); lines.Scan(); {
		if name, ok := strings.CutPrefix(strings.TrimSpace(lines.Text()), "--- FAIL: "+prefix); ok {
			name, _, _ = strings.Cut(name, " (")
			failed = append(failed, name)
		}
	}
	slices.Sort(failed)
	return failed, string(out[max(0, len(out)-2000):])
}

func quote(s string) string {
	return strings.NewReplacer(" ", "_", ".", `\.`, "(", `\(`, ")", `\)`, "+", `\+`, "*", `\*`, "?", `\?`).Replace(s)
}
