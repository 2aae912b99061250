package main

import (
	"bytes"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// The exit codes that gremlins reads.
const (
	lives     = 0
	killed    = 1
	notViable = 2
)

// insteadOfGo answers what gremlins asks of go.
func insteadOfGo(args []string) int {
	var s standin
	if err := readJSON(os.Getenv("MUTANTS_STANDIN"), &s); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return notViable
	}
	switch {
	case slices.Equal(args, []string{"mod", "download"}):
		return 0
	case slices.Contains(args, "-coverprofile"):
		raw, err := os.ReadFile(s.Profile)
		if err == nil {
			err = os.WriteFile(args[slices.Index(args, "-coverprofile")+1], raw, 0o600)
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		time.Sleep(s.Took / hurry) // gremlins multiplies it by its timeout coefficient
		return 0
	case slices.Contains(args, "-failfast"):
		return s.try()
	}
	fmt.Fprintln(os.Stderr, "not expected of gremlins: go", strings.Join(args, " "))
	return 1
}

// try says what becomes of the mutant that stands in the working folder.
func (s *standin) try() int {
	mutant, err := changed(filepath.Join(s.Dir, s.File), s.File)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return notViable
	}
	note := filepath.Join(s.Notes, strings.ReplaceAll(mutant, "/", "÷"))
	if raw, err := os.ReadFile(note); err == nil { // a minus is a mutant of two kinds
		verdict, _ := strconv.Atoi(string(raw))
		return verdict
	}
	verdict := notViable
	id, known := s.Mutants[mutant]
	switch {
	case s.Invalid[mutant]:
	case known:
		os.Setenv("MUTANT", strconv.Itoa(id))
		verdict = s.first(s.Dir, s.Program,
			[]string{"-test.short", "-test.failfast", "-test.skip", s.Skip, "-test.run", pattern(s.killers())},
			[]string{"-test.short", "-test.failfast", "-test.skip", s.Skip + "|" + s.Slow},
			[]string{"-test.short", "-test.failfast", "-test.skip", s.Skip, "-test.run", s.Slow},
			[]string{"-test.failfast", "-test.skip", s.Skip})
	default:
		s.note(mutant)
		if built, _ := child(".", s.Go, "build", "-trimpath", "."); built == lives {
			verdict = s.first(".", s.Go, []string{"test", "-trimpath", "-vet=off", "-short", "-failfast", "-skip", s.Skip, "."})
		}
	}
	if err := os.WriteFile(note, []byte(strconv.Itoa(verdict)), 0o600); err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	return verdict
}

func (s *standin) note(mutant string) {
	f, err := os.OpenFile(s.RealRuns, os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return
	}
	defer f.Close()
	fmt.Fprintln(f, mutant)
}

// first runs one after the other, until one fails.
func (s *standin) first(dir, name string, runs ...[]string) int {
	for _, args := range runs {
		verdict, printed := child(dir, name, append(args, s.Draws...)...)
		if verdict != lives {
			if failed := regexp.MustCompile(`(?m)^--- FAIL: (\w+)`).FindStringSubmatch(printed); failed != nil {
				s.killedBy(failed[1])
			}
			return killed
		}
	}
	return lives
}

// killers are the tests that last killed mutants of the package. They are asked first, because the mutants of a file mostly die of a few tests.
func (s *standin) killers() []string {
	raw, err := os.ReadFile(s.Killers)
	if err != nil {
		return nil
	}
	return strings.Fields(string(raw))
}

func (s *standin) killedBy(test string) {
	const most = 8
	names := slices.DeleteFunc(s.killers(), func(name string) bool { return name == test })
	names = append([]string{test}, names[:min(len(names), most-1)]...)
	if err := os.WriteFile(s.Killers, []byte(strings.Join(names, "\n")), 0o600); err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
}

// child runs a program that dies with this one, which gremlins stops when it takes too long, and that may not eat the memory of the machine.
func child(dir, name string, args ...string) (verdict int, printed string) {
	const most = 8 << 30
	_ = syscall.Setrlimit(syscall.RLIMIT_AS, &syscall.Rlimit{Cur: most, Max: most})
	var out bytes.Buffer
	cmd := exec.Command(name, args...)
	cmd.Dir, cmd.Stdout = dir, &out
	cmd.Env = withRealGo(os.Environ())
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if cmd.Run() != nil {
		return killed, out.String()
	}
	return lives, out.String()
}

// withRealGo takes the folder of this program off the path: a test that asks go something is answered by go, and does not kill the mutant by failing.
func withRealGo(env []string) []string {
	own := filepath.Join(filepath.Dir(os.Getenv("MUTANTS_STANDIN")), "bin")
	out := slices.Clone(env)
	for i, line := range out {
		if path, ok := strings.CutPrefix(line, "PATH="); ok {
			dirs := slices.DeleteFunc(filepath.SplitList(path), func(dir string) bool { return dir == own })
			out[i] = "PATH=" + strings.Join(dirs, string(filepath.ListSeparator))
		}
	}
	return out
}

// changed compares two files token by token and names the mutant: they differ in one operator, and in how they are laid out.
func changed(original, mutated string) (string, error) {
	fset := token.NewFileSet()
	operators := func(path string) (all []ast.Node, err error) {
		file, err := parser.ParseFile(fset, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if op, _ := operator(n); op != token.ILLEGAL {
				all = append(all, n)
			}
			return true
		})
		return all, nil
	}
	was, err := operators(original)
	if err != nil {
		return "", err
	}
	is, err := operators(mutated)
	if err != nil {
		return "", err
	}
	if len(was) != len(is) {
		return "", errors.New("the files differ in more than one operator")
	}
	for i := range was {
		before, at := operator(was[i])
		if after, _ := operator(is[i]); before != after {
			return key(fset, at, after), nil
		}
	}
	return "", errors.New("the files do not differ")
}
