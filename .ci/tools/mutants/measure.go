package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// measure measures the files of one package.
type measure struct {
	tmp, tree, dir, log, commit string
	kept                        map[keptMutant]bool
}

func (m measure) all(files []string) error {
	began := time.Now()
	s, err := buildStandin(m.tree, m.dir, m.tmp)
	if err != nil {
		return err
	}
	fmt.Printf("== %s: %d mutants can be switched, %s to build, %s to test\n", m.dir, len(s.Mutants), time.Since(began).Round(time.Second), s.Took.Round(100*time.Millisecond))
	for _, file := range files {
		s.File = file
		if err := m.file(s, file); err != nil {
			return err
		}
	}
	return nil
}

// found is what gremlins writes of its mutants.
type found struct {
	Files []struct {
		Mutations []struct {
			Line, Column int
			Type, Status string
		}
	}
}

// hurry is how much sooner than the tests would gremlins is told that they ran, once for each file. Its coefficient, which is 20, makes up for that.
const hurry = 10

func (m measure) file(s *standin, file string) error {
	began := time.Now()
	results, self := filepath.Join(m.tmp, "results.json"), filepath.Join(m.tmp, "bin", "go")
	if err := os.Remove(results); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	executable, err := os.Executable()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(self), 0o750); err != nil {
		return err
	}
	if err := os.Symlink(executable, self); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	if err := writeJSON(filepath.Join(m.tmp, "standin.json"), s); err != nil {
		return err
	}
	args := []string{"unleash", "--workers", "1", "--timeout-coefficient", strconv.Itoa(20 * hurry), "--output", results}
	others, err := m.others(file)
	if err != nil {
		return err
	}
	for _, o := range others {
		args = append(args, "--exclude-files", "^"+regexp.QuoteMeta(o)+"$")
	}
	cmd := exec.Command("gremlins", append(args, "./"+m.dir)...)
	var out bytes.Buffer
	cmd.Dir, cmd.Stdout, cmd.Stderr = m.tree, &out, &out
	cmd.Env = append(os.Environ(), "PATH="+filepath.Dir(self)+":"+os.Getenv("PATH"), "MUTANTS_STANDIN="+filepath.Join(m.tmp, "standin.json"))
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("gremlins: %w: %s", err, out.Bytes())
	}
	var got found
	if err := readJSON(results, &got); err != nil && !errors.Is(err, fs.ErrNotExist) { // it writes nothing where it found nothing
		return err
	}
	return m.report(file, got, time.Since(began), out.String())
}

// others are the paths that gremlins would walk as well.
func (m measure) others(file string) (paths []string, err error) {
	root := filepath.Join(m.tree, m.dir)
	err = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		rel, _ := filepath.Rel(root, path)
		if err == nil && rel != file && strings.HasSuffix(rel, ".go") && !strings.HasSuffix(rel, "_test.go") {
			paths = append(paths, rel)
		}
		return err
	})
	return paths, err
}

// report counts the verdicts, prints who lives, and appends the line of the file.
func (m measure) report(file string, got found, took time.Duration, said string) error {
	path := filepath.Join(m.dir, file)
	raw, err := os.ReadFile(filepath.Join(m.tree, path))
	if err != nil {
		return err
	}
	lines := strings.Split(string(raw), "\n")
	counts := map[string]int{}
	for _, f := range got.Files {
		for _, mutation := range f.Mutations {
			status := mutation.Status
			if status == "LIVED" || status == "NOT COVERED" || status == "TIMED OUT" {
				line := lines[mutation.Line-1]
				at := mutation.Column - 1
				k := keptMutant{path, mutation.Type, strings.TrimSpace(line[:at] + "«" + line[at:])}
				if status == "LIVED" && m.kept[k] {
					status = "KEPT"
				}
				fmt.Printf("%s %s:%d | %s | %s\n", status, path, mutation.Line, k.kind, k.line)
			}
			counts[status]++
		}
	}
	if n := strings.Count(said, "failed to"); n > 0 {
		return fmt.Errorf("gremlins failed %d times: %s", n, said)
	}
	efficacy := "-"
	if tried := counts["KILLED"] + counts["LIVED"]; tried > 0 {
		efficacy = fmt.Sprintf("%.1f%%", 100*float64(counts["KILLED"])/float64(tried))
	}
	line := fmt.Sprintf("%s %s %s source=%s killed=%d lived=%d kept=%d timedout=%d notcovered=%d notviable=%d efficacy=%s seconds=%d\n",
		time.Now().UTC().Format(time.DateOnly), m.commit, path, digest(filepath.Join(m.tree, path)), counts["KILLED"], counts["LIVED"], counts["KEPT"], counts["TIMED OUT"], counts["NOT COVERED"], counts["NOT VIABLE"], efficacy, int(took.Seconds()))
	fmt.Print(line)
	f, err := os.OpenFile(m.log, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	_, err = f.WriteString(line)
	return errors.Join(err, f.Close())
}

// keptMutant is a mutant that lives because it changes nothing: a file, a kind, and its line with a mark before the operator.
type keptMutant struct{ file, kind, line string }

// readKept reads the mutants that are justified in writing.
func readKept(path string) (map[keptMutant]bool, error) {
	raw, err := os.ReadFile(path)
	kept := map[keptMutant]bool{}
	for line := range strings.Lines(string(raw)) {
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		cells := strings.Split(line, " | ")
		if len(cells) < 4 {
			return nil, fmt.Errorf("%s: %q", path, line)
		}
		kept[keptMutant{cells[0], cells[1], strings.Join(cells[2:len(cells)-1], " | ")}] = true
	}
	return kept, err
}

// measured is the last line that a log has of a file.
type measured struct {
	source string
	lived  int
}

func readLog(path string) (map[string]measured, error) {
	raw, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	all := map[string]measured{}
	for line := range strings.Lines(string(raw)) {
		words := strings.Fields(line)
		at := slices.IndexFunc(words, func(w string) bool { return strings.HasPrefix(w, "source=") })
		if at < 1 || strings.HasPrefix(line, "#") {
			continue
		}
		var m measured
		m.source = strings.TrimPrefix(words[at], "source=")
		for _, w := range words[at:] {
			if n, ok := strings.CutPrefix(w, "lived="); ok {
				if m.lived, err = strconv.Atoi(n); err != nil {
					return nil, err
				}
			}
		}
		all[words[at-1]] = m
	}
	return all, err
}

// digest tells one version of a file from another.
func digest(path string) string {
	raw, err := os.ReadFile(path)
	if err != nil {
		return ""
	}
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:4])
}
