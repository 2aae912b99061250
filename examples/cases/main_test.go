package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// runText writes a file, runs the command on it and returns what it printed and its exit code.
func runText(t *testing.T, text string, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	name := filepath.Join(t.TempDir(), "cases.json")
	require.NoError(t, os.WriteFile(name, []byte(text), 0o600))
	var out, errs bytes.Buffer
	code = run(append(args, name), &out, &errs)
	return out.String(), errs.String(), code
}

// one is a file with one worked example of the elapsed time of a night shift.
func one(expect string) string {
	return `{"cases": [{"id": "night", "country": "generic", "topic": "generic.dst_elapsed",
		"given": {"zone": "Europe/London", "start": "2026-10-24T22:00", "end": "2026-10-25T06:00"}, "expect": ` + expect + `}]}`
}

// The copies in testdata are those of the workplace's worked examples whose rules are covered, so a fresh clone alone tests
// them; they come from sources named in each.
func TestWorkedExamples(t *testing.T) {
	files, err := filepath.Glob("testdata/*.json")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	var out, errs bytes.Buffer
	require.Zero(t, run(files, &out, &errs), "%s%s", errs.String(), out.String())
	require.Regexp(t, `^cases: \d+ passed, 0 failed\n$`, out.String())
}

// Where the workplace's folder lies beside the repository, the copies must still say the same.
func TestCopiesAreTrue(t *testing.T) {
	const shared = "../../../shared/cases"
	if _, err := os.Stat(shared); err != nil {
		t.Skip("no ../shared/cases beside the repository; .ci/run fails without it")
	}
	files, err := filepath.Glob("testdata/*.json")
	require.NoError(t, err)
	for _, f := range files {
		originals := map[string]example{}
		all, err := read(filepath.Join(shared, filepath.Base(f)))
		require.NoError(t, err)
		for _, e := range all {
			originals[e.ID] = e
		}
		copies, err := read(f)
		require.NoError(t, err)
		for _, e := range copies {
			require.Equal(t, originals[e.ID], e, "%s in %s", e.ID, f)
		}
	}
}

func TestPasses(t *testing.T) {
	for _, expect := range []string{`{"minutes": 540}`, `{"minutes": "540.00"}`, `{"minutes": 5.4e2}`} {
		out, errs, code := runText(t, one(expect))
		require.Equal(t, "cases: 1 passed, 0 failed\n", out, errs)
		require.Zero(t, code)
	}
}

func TestDiffers(t *testing.T) {
	out, _, code := runText(t, one(`{"minutes": 540.01}`))
	require.Equal(t, "night  minutes: got 540, want 540.01\ncases: 0 passed, 1 failed\n", out)
	require.Equal(t, 1, code)

	out, _, code = runText(t, one(`{"minutes": 541, "hours": 9}`))
	require.Equal(t, "night  hours: got null, want 9 (and 1 more)\ncases: 0 passed, 1 failed\n", out)
	require.Equal(t, 1, code)
}

func TestTolerance(t *testing.T) {
	within := strings.Replace(one(`{"minutes": "539.99"}`), `"id"`, `"tolerance": 0.01, "id"`, 1)
	_, _, code := runText(t, within)
	require.Zero(t, code)
	_, _, code = runText(t, strings.Replace(within, "539.99", "539.98", 1))
	require.Equal(t, 1, code)
}

func TestUnknownTopicFails(t *testing.T) {
	out, _, code := runText(t, strings.ReplaceAll(one(`{"minutes": 540}`), "dst_elapsed", "moon_phase"))
	require.Equal(t, "night  topic: generic.moon_phase is not covered\ncases: 0 passed, 1 failed\n", out)
	require.Equal(t, 1, code)
}

func TestGivenFaultsAllAtOnce(t *testing.T) {
	text := strings.NewReplacer(`22:00"`, `25:00"`, `"2026-10-25T06:00"`, `7`).Replace(one(`{"minutes": 540}`))
	out, _, code := runText(t, text)
	require.Equal(t, 1, code)
	require.Contains(t, out, "start: ")
	require.Contains(t, out, "end: ")
	require.Equal(t, 2, strings.Count(out, "\n"), "one line for the case, one for the totals: %s", out)
}

func TestJSON(t *testing.T) {
	out, _, code := runText(t, one(`{"minutes": 1}`), "-json")
	require.Equal(t, "{\"id\":\"night\",\"got\":{\"minutes\":540}}\ncases: 0 passed, 1 failed\n", out)
	require.Equal(t, 1, code)
}

func TestTopicChooses(t *testing.T) {
	out, _, code := runText(t, one(`{"minutes": 540}`), "-topic", "generic.sandwich, generic.dst_elapsed")
	require.Equal(t, "cases: 1 passed, 0 failed\n", out)
	require.Zero(t, code)
	_, errs, code := runText(t, one(`{"minutes": 540}`), "-topic", "generic.sandwich")
	require.Equal(t, "cases: no case to run\n", errs)
	require.Equal(t, 2, code, "nothing run is not success")
}

func TestListsOfIdentifiersAndFiles(t *testing.T) {
	out, _, code := runText(t, `[{"kind": "pan_xx", "value": "A", "valid": true}, {"kind": "pan_xx", "value": "B", "valid": false}]`)
	require.Equal(t, "pan_xx-1  topic: identifier.pan_xx is not covered\npan_xx-2  topic: identifier.pan_xx is not covered\n"+
		"cases: 0 passed, 2 failed\n", out)
	require.Equal(t, 1, code)

	out, _, code = runText(t, `[{"file": "x.bin", "format": "tape", "valid": true, "totals": {"lines": 2}}]`)
	require.Equal(t, "x.bin  topic: file.tape is not covered\ncases: 0 passed, 1 failed\n", out)
	require.Equal(t, 1, code)
}

// A list says which numbers and files are wrong; the rule and the reader must find out by themselves, and name the fault.
func TestWhatIsNotValidIsRefused(t *testing.T) {
	out, errs, code := runText(t, `[{"kind": "uan_in", "value": "101000000017", "valid": true, "canonical": "101000000017"},
		{"kind": "uan_in", "value": "10100000001", "valid": false}, {"kind": "uan_in", "value": "10100000001", "valid": true}]`)
	require.Equal(t, 1, code, errs)
	require.Equal(t, "uan_in-3  valid: got false, want true\ncases: 2 passed, 1 failed\n", out)

	dir := t.TempDir()
	sample, err := os.ReadFile("testdata/formats/ecr_sample.txt")
	require.NoError(t, err)
	wrong := strings.Replace(string(sample), "#~#917#~#0#~#0", "#~#919#~#0#~#0", 1)
	require.NotEqual(t, string(sample), wrong)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "wrong.txt"), []byte(wrong), 0o600))
	list := filepath.Join(dir, "files.json")
	require.NoError(t, os.WriteFile(list, []byte(`[{"file": "wrong.txt", "format": "ecr", "valid": false}]`), 0o600))
	var stdout, stderr bytes.Buffer
	require.Zero(t, run([]string{list}, &stdout, &stderr), stdout.String())
	stdout.Reset()
	require.Zero(t, run([]string{"-json", list}, &stdout, &stderr))
	require.Contains(t, stdout.String(), "line 1.difference: must make, with the EPS contribution, 12 or 10 per cent of EPF wages")
}

func TestBadFiles(t *testing.T) {
	for name, text := range map[string]string{
		"not JSON":             `{"cases": [`,
		"two values":           one(`{"minutes": 540}`) + `{}`,
		"no list":              `{"cases": 7}`,
		"another list":         `[["a", "b"]]`,
		"neither kind":         `[{"colour": "red", "valid": true}]`,
		"empty expect":         one(`{}`),
		"no topic":             strings.Replace(one(`{"minutes": 540}`), `"topic"`, `"topik"`, 1),
		"tolerance below zero": strings.Replace(one(`{"minutes": 540}`), `"id"`, `"tolerance": -1, "id"`, 1),
		"a file elsewhere":     `[{"file": "../x", "format": "tape", "valid": true}]`,
	} {
		t.Run(name, func(t *testing.T) {
			out, errs, code := runText(t, text)
			require.Equal(t, 2, code, out)
			require.Contains(t, errs, "cases.json: ")
			require.Empty(t, out)
		})
	}
}

// compare is what every worked example hangs on, so its own corners are tried without any topic.
func TestCompare(t *testing.T) {
	text := func(expect string) example {
		name := filepath.Join(t.TempDir(), "cases.json")
		require.NoError(t, os.WriteFile(name, []byte(one(expect)), 0o600))
		all, err := read(name)
		require.NoError(t, err)
		return all[0]
	}
	got := map[string]any{
		"n": 3, "yes": true, "word": "adult", "none": nil,
		"rows": []any{map[string]any{"month": 4, "tds": 10}, map[string]any{"month": 5, "tds": 20}},
		"by":   map[string]any{"a": 1, "b": 2}, "nothing": map[string]any{},
	}
	for expect, want := range map[string]string{
		`{"n": 3, "yes": true, "word": "adult", "none": null}`: "",
		`{"yes": "true"}`:                        `yes: got true, want "true"`,
		`{"yes": 1}`:                             `yes: got true, want 1`,
		`{"word": "Adult"}`:                      `word: got "adult", want "Adult"`,
		`{"n": true}`:                            `n: got 3, want true`,
		`{"rows": [{"tds": 10}, {"tds": "20"}]}`: "",
		`{"rows": [{"tds": 10}, {"tds": 21}]}`:   `rows[1].tds: got 20, want 21`,
		`{"rows": [{"tds": 10}]}`:                `rows: got [{"month":4,"tds":10},{"month":5,"tds":20}], want [{"tds":10}]`,
		`{"by": {"b": 2}}`:                       "",
		`{"by": {"c": 2}}`:                       `by.c: got null, want 2`,
		`{"by": {}}`:                             `by: got {"a":1,"b":2}, want {}`,
		`{"nothing": {}}`:                        "",
		`{"missing": {"a": 1}}`:                  `missing: got null, want {"a":1}`,
		`{"n": {"a": 1}}`:                        `n: got 3, want {"a":1}`,
		`{"rows": {"month": 4}}`:                 `rows: got [{"month":4,"tds":10},{"month":5,"tds":20}], want {"month":4}`,
	} {
		diffs := compare(got, text(expect))
		if want == "" {
			require.Empty(t, diffs, expect)
			continue
		}
		require.Len(t, diffs, 1, expect)
		require.Equal(t, want, diffs[0].String())
	}
}
