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
// and require that the subtest which states the broken sentence fails. A sentence that no double breaks fails the test too.
//
// The suites take a plain *testing.T, for that is what a host has. So a double runs in a process of its own: proves starts
// the test binary again for the same test and reads which subtests failed. A double may then hang, panic or fail as it likes.

// double is a suite on a store with one bug.
type double struct {
	bug   string
	fails []string // the subtests that must fail, among others perhaps: names as given to t.Run, with / between levels
	run   func(t *testing.T)
}

const inside = "STORAGETEST_DOUBLE"

// soundly is the name under which a suite runs on the store without a bug.
const soundly = "on a sound store"

// proves runs the suite on a sound store, and then on each double, and fails unless the suite catches every bug by the right
// subtests and every sentence of the suite under part (empty: all) is broken by some double. The sentences that [RunFacts],
// [RunCases] and [RunList] state for every port are broken by the doubles of [TestFacts], [TestCases] and [TestList], once for all. A test calls it and
// does nothing else.
func proves(t *testing.T, part string, sound func(t *testing.T), doubles ...double) {
	t.Helper()
	if os.Getenv(inside) != "" {
		storagetest.LosePatience()
		t.Run(soundly, sound)
		for _, d := range doubles {
			t.Run(d.bug, d.run)
		}
		return
	}
	var broken []string
	for _, d := range doubles {
		for _, f := range d.fails {
			broken = append(broken, underscored(f))
		}
		t.Run(d.bug, func(t *testing.T) {
			t.Parallel() // a double mostly waits
			output, err := again(t, d.bug, d.fails)
			require.Error(t, err, "the suite passed a store with a bug")
			failed := subtests(t, output, d.bug, "FAIL")
			for _, f := range d.fails {
				if name := underscored(f); !slices.Contains(failed, name) {
					t.Errorf("the suite did not notice the bug by %q.\nFailed: %q\nIt ended:\n%s", name, failed, output[max(0, len(output)-1500):])
				}
			}
		})
	}
	t.Run(soundly, func(t *testing.T) {
		t.Parallel()
		output, err := again(t, soundly, []string{part})
		require.NoError(t, err, "%s", output)
		sentences := subtests(t, output, soundly, "PASS")
		require.NotEmpty(t, sentences)
		for _, s := range sentences {
			group := slices.ContainsFunc(sentences, func(o string) bool { return strings.HasPrefix(o, s+"/") })
			last := s[strings.LastIndex(s, "/")+1:]
			deeper := last != s
			if !group && !slices.Contains(broken, s) && !(deeper && slices.Contains(shared(), last)) {
				t.Errorf("no double breaks the sentence %q", s)
			}
		}
	})
}

// shared lists the sentences of [storagetest.RunFacts], [storagetest.RunCases] and [storagetest.RunList], each broken by a double of its own.
func shared() (out []string) {
	for _, d := range slices.Concat(factsDoubles(), casesDoubles(), listDoubles()) {
		for _, f := range d.fails {
			out = append(out, underscored(f))
		}
	}
	return out
}

// again runs one double of the calling test in a process of its own, no more of its suite than the given subtests need.
func again(t *testing.T, bug string, only []string) (output string, err error) {
	t.Helper()
	test, _, _ := strings.Cut(t.Name(), "/")
	pattern := "^" + test + "$/^" + quote(bug) + "$"
	for level := 0; ; level++ {
		var names []string
		for _, o := range only {
			if levels := strings.Split(o, "/"); level < len(levels) && levels[level] != "" {
				names = append(names, quote(levels[level]))
			}
		}
		if len(names) == 0 {
			break
		}
		pattern += "/^(" + strings.Join(names, "|") + ")$"
	}
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.v", "-test.timeout=60s", "-test.run="+pattern)
	cmd.Env = append(os.Environ(), inside+"=1")
	out, err := cmd.CombinedOutput()
	return string(out), err
}

// subtests lists the subtests below a double that ended with verdict.
func subtests(t *testing.T, output, bug, verdict string) (names []string) {
	t.Helper()
	test, _, _ := strings.Cut(t.Name(), "/")
	prefix := "--- " + verdict + ": " + test + "/" + underscored(bug) + "/"
	for lines := bufio.NewScanner(bytes.NewReader([]byte(output))); lines.Scan(); {
		if name, ok := strings.CutPrefix(strings.TrimSpace(lines.Text()), prefix); ok {
			name, _, _ = strings.Cut(name, " (")
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

func underscored(s string) string { return strings.ReplaceAll(s, " ", "_") }

func quote(s string) string {
	return strings.NewReplacer(" ", "_", ".", `\.`, "(", `\(`, ")", `\)`, "+", `\+`, "*", `\*`, "?", `\?`).Replace(s)
}
