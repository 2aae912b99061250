package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

func main() {
	if filepath.Base(os.Args[0]) == "go" {
		os.Exit(insteadOfGo(os.Args[1:]))
	}
	again := flag.Bool("again", false, "measure the files with survivors once more")
	flag.Parse()
	if flag.NArg() < 2 {
		fmt.Fprintln(os.Stderr, "usage: mutants [-again] LOG PACKAGE...")
		os.Exit(2)
	}
	if err := run(flag.Arg(0), flag.Args()[1:], *again); err != nil {
		fmt.Fprintln(os.Stderr, "mutants:", err)
		os.Exit(1)
	}
}

// run measures packages, each named by its folder or, in part, by its files.
func run(log string, packages []string, again bool) error {
	tmp, err := os.MkdirTemp("", "mutants-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	tree := filepath.Join(tmp, "tree")
	if err := copyTree(tree); err != nil {
		return err
	}
	kept, err := readKept(filepath.Join(".ci", "mutants.kept"))
	if err != nil {
		return err
	}
	done, err := readLog(log)
	if err != nil {
		return err
	}
	commit, err := commit()
	if err != nil {
		return err
	}
	dirs, filesIn, err := filesOf(tree, packages)
	if err != nil {
		return err
	}
	var failed error
	for _, dir := range dirs {
		files := slices.DeleteFunc(filesIn[dir], func(file string) bool {
			line, ok := done[filepath.Join(dir, file)]
			return ok && line.source == digest(filepath.Join(tree, dir, file)) && !(again && line.lived > 0)
		})
		if len(files) == 0 {
			continue
		}
		m := measure{tmp: tmp, tree: tree, dir: dir, log: log, commit: commit, kept: kept}
		if err := m.all(files); err != nil {
			fmt.Fprintln(os.Stderr, "mutants:", dir, err)
			failed = errors.Join(failed, err)
		}
	}
	return failed
}

// commit names what is measured, with a plus where it is not committed yet.
func commit() (string, error) {
	at, err := output(".", "git", "rev-parse", "--short", "HEAD")
	if err != nil {
		return "", err
	}
	changes, err := output(".", "git", "status", "--porcelain", "--", ".", ":(exclude).ci")
	if changes != "" {
		at += "+"
	}
	return at, err
}

// filesOf are the files to measure, by their folders, in the order in which folders and files were named.
func filesOf(tree string, named []string) (dirs []string, files map[string][]string, err error) {
	files = map[string][]string{}
	for _, p := range named {
		p = filepath.Clean(p)
		dir, found := filepath.Dir(p), []string{p}
		if !strings.HasSuffix(p, ".go") {
			if dir, found = p, nil; err == nil {
				found, err = filepath.Glob(filepath.Join(tree, p, "*.go"))
			}
		}
		if !slices.Contains(dirs, dir) {
			dirs = append(dirs, dir)
		}
		for _, f := range found {
			if f = filepath.Base(f); !strings.HasSuffix(f, "_test.go") && !slices.Contains(files[dir], f) {
				files[dir] = append(files[dir], f)
			}
		}
		if err == nil && len(files[dir]) == 0 {
			err = fmt.Errorf("no Go files in %s", p)
		}
	}
	return dirs, files, err
}

// copyTree copies the root module as it stands, less its nested modules: gremlins copies it once more for every file.
func copyTree(to string) error {
	listed, err := output(".", "git", "ls-files", "-co", "--exclude-standard")
	if err != nil {
		return err
	}
	nested := []string{".ci/", ".github/"}
	files := strings.Split(listed, "\n")
	for _, f := range files {
		if filepath.Base(f) == "go.mod" && f != "go.mod" {
			nested = append(nested, filepath.Dir(f)+"/")
		}
	}
	for _, f := range files {
		within := func(dir string) bool { return strings.HasPrefix(f, dir) }
		if slices.ContainsFunc(nested, within) || strings.HasPrefix(f, "go.work") {
			continue
		}
		raw, err := os.ReadFile(f)
		if errors.Is(err, os.ErrNotExist) {
			continue // deleted, and not yet committed
		}
		if err != nil {
			return err
		}
		if err := os.MkdirAll(filepath.Join(to, filepath.Dir(f)), 0o750); err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(to, f), raw, 0o600); err != nil {
			return err
		}
	}
	return nil
}

func output(dir, name string, args ...string) (string, error) {
	cmd := exec.Command(name, args...)
	cmd.Dir, cmd.Stderr = dir, os.Stderr
	out, err := cmd.Output()
	return strings.TrimSpace(string(out)), err
}

func writeJSON(path string, v any) error {
	raw, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return os.WriteFile(path, raw, 0o600)
}

func readJSON(path string, v any) error {
	raw, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	return json.Unmarshal(raw, v)
}
