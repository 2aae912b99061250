package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// standin is what the program that takes go's place must know of the package that is measured.
type standin struct {
	Go       string          // the real go
	Dir      string          // the folder of the package, unchanged: tests run here
	Program  string          // the tests with every mutant in them
	Mutants  map[string]int  // by key, the number that switches one on
	Invalid  map[string]bool // the keys that no compiler takes
	Profile  string          // what the tests cover
	Skip     string          // a pattern of the tests that are not run
	Draws    []string        // the flags of a package that draws at random: what killed one mutant is made no smaller, and not kept for the next
	Slow     string          // a pattern of the tests that take most of the time, which are run where the others find nothing
	Took     time.Duration   // by the tests with -short
	File     string          // that gremlins changes now
	Notes    string          // a folder to keep verdicts in
	Killers  string          // a file: the tests that last killed a mutant
	RealRuns string          // a file: a line for each mutant that the real go tried
}

// buildStandin compiles the package with its mutants.
func buildStandin(tree, dir, tmp string) (*standin, error) {
	real, err := exec.LookPath("go")
	if err != nil {
		return nil, err
	}
	s := &standin{
		Go: real, Dir: filepath.Join(tree, dir), Program: filepath.Join(tmp, "standin.test"), Mutants: map[string]int{}, Invalid: map[string]bool{},
		Profile: filepath.Join(tmp, "profile"), Notes: filepath.Join(tmp, "notes"), Killers: filepath.Join(tmp, "killers"), RealRuns: filepath.Join(tmp, "real"),
	}
	if s.Skip, err = notTried(s.Dir); err != nil {
		return nil, err
	}
	if err := errors.Join(os.RemoveAll(s.Notes), os.MkdirAll(s.Notes, 0o750), os.WriteFile(s.Killers, nil, 0o600), os.WriteFile(s.RealRuns, nil, 0o600)); err != nil {
		return nil, err
	}
	c := checker{dir: s.Dir, fset: token.NewFileSet()}
	if err := c.load(); err != nil {
		return nil, err
	}
	overlay, err := c.write(s, tmp)
	if err != nil {
		return nil, err
	}
	if err := goTest(s.Dir, s.Go, "test", "-c", "-trimpath", "-vet=off", "-overlay", overlay, "-o", s.Program, "."); err != nil {
		return nil, err
	}
	if help, _ := exec.Command(s.Program, "-h").CombinedOutput(); bytes.Contains(help, []byte("rapid.nofailfile")) {
		s.Draws = []string{"-rapid.nofailfile", "-rapid.shrinktime=1ms"}
	}
	// What is covered is asked of the untouched package. The time is that of the stand-in, after it was read from the disk once.
	if err := goTest(s.Dir, s.Go, "test", "-trimpath", "-vet=off", "-short", "-skip", s.Skip, "-coverprofile", s.Profile, "."); err != nil {
		return nil, err
	}
	if err := c.cover(s.Profile); err != nil {
		return nil, err
	}
	began := time.Now()
	printed, err := output(s.Dir, s.Program, "-test.v", "-test.short", "-test.skip", s.Skip)
	if err != nil {
		return nil, fmt.Errorf("the stand-in fails with no mutant on: %w: %s", err, printed)
	}
	s.Took = min(max(time.Since(began), time.Second), 2*time.Second) // a mutant that never ends is waited for twenty times as long
	s.Slow = slow(printed)
	return s, nil
}

// slow finds the tests that take more than a thirtieth of the time each.
func slow(printed string) string {
	took, sum := map[string]float64{}, 0.0
	for _, m := range regexp.MustCompile(`(?m)^--- PASS: (\S+) \(([0-9.]+)s\)`).FindAllStringSubmatch(printed, -1) {
		took[m[1]], _ = strconv.ParseFloat(m[2], 64)
		sum += took[m[1]]
	}
	var names []string
	for name, t := range took {
		if t > sum/30 && t > 0.1 {
			names = append(names, name)
		}
	}
	return pattern(names)
}

// pattern matches the names, and nothing where there are none.
func pattern(names []string) string {
	return "^(" + strings.Join(append(names, "nothing else"), "|") + ")$"
}

// notTried is a pattern of the tests that read the repository rather than try the code: a changed line is no fault of theirs to find.
func notTried(dir string) (string, error) {
	var names []string
	for _, file := range []string{"arch_test.go", "readme_test.go", "defences_test.go", "guard_test.go"} {
		raw, err := os.ReadFile(filepath.Join(dir, file))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return "", err
		}
		for _, m := range regexp.MustCompile(`(?m)^func (Test\w+)\(`).FindAllSubmatch(raw, -1) {
			names = append(names, string(m[1]))
		}
	}
	return pattern(names), nil
}

func goTest(dir, name string, args ...string) error {
	var out bytes.Buffer
	cmd := exec.Command(name, args...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = dir, &out, &out
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("%s %s: %w: %s", name, strings.Join(args, " "), err, out.Bytes())
	}
	return nil
}

// checker reads and checks the files of a package.
type checker struct {
	dir    string
	fset   *token.FileSet
	files  []*ast.File
	names  []string
	source map[string][]byte
	pkg    *types.Package
	info   *types.Info
	from   types.Importer
	path   string
}

func (c *checker) load() error {
	listed, err := output(c.dir, "go", "list", "-trimpath", "-export", "-deps", "-json=ImportPath,Export,GoFiles,DepOnly", ".")
	if err != nil {
		return err
	}
	exports := map[string]string{}
	for d := json.NewDecoder(strings.NewReader(listed)); ; {
		var p struct {
			ImportPath, Export string
			GoFiles            []string
			DepOnly            bool
		}
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return err
		}
		if exports[p.ImportPath] = p.Export; !p.DepOnly {
			c.path, c.names = p.ImportPath, p.GoFiles
		}
	}
	c.from = importer.ForCompiler(c.fset, "gc", func(path string) (io.ReadCloser, error) { return os.Open(exports[path]) })
	c.source = map[string][]byte{}
	for _, name := range c.names {
		raw, err := os.ReadFile(filepath.Join(c.dir, name))
		if err != nil {
			return err
		}
		file, err := parser.ParseFile(c.fset, name, raw, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		c.source[name], c.files = raw, append(c.files, file)
	}
	c.info = &types.Info{Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{}}
	c.pkg, err = (&types.Config{Importer: c.from}).Check(c.path, c.fset, c.files, c.info)
	return err
}

// cover adds to a profile what go counts in none of its blocks, so that gremlins would try no mutant of it: the conditions of cases, those behind a function in
// their line, and variables of the package.
func (c *checker) cover(profile string) error {
	f, err := os.OpenFile(profile, os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	add := func(n ast.Node) {
		from, through := c.fset.Position(n.Pos()), c.fset.Position(n.End())
		fmt.Fprintf(f, "%s/%s:%d.%d,%d.%d 1 1\n", c.path, from.Filename, from.Line, from.Column, through.Line, through.Column)
	}
	for _, file := range c.files {
		for _, d := range file.Decls {
			if _, ok := d.(*ast.GenDecl); ok {
				add(d)
			}
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CaseClause:
				for _, e := range n.List {
					add(e)
				}
			case *ast.IfStmt:
				if hasFunction(n.Init) {
					add(n.Cond)
				}
			}
			return true
		})
	}
	return f.Close()
}

// hasFunction reports whether there is a function in a statement: what stands behind that in its line is in no block of a profile.
func hasFunction(s ast.Stmt) (found bool) {
	if s == nil {
		return false
	}
	ast.Inspect(s, func(n ast.Node) bool {
		if _, ok := n.(*ast.FuncLit); ok {
			found = true
		}
		return !found
	})
	return found
}

// declared is the switch of a package.
const declared = `package %s

import (
	"os"
	"strconv"
)

var mutantOn = func() int {
	n, _ := strconv.Atoi(os.Getenv("MUTANT"))
	return n
}()
`

// write writes the package with its switches beside it, and an overlay that puts them in its place. A mutant that does not compile among others is taken out, and
// left to the real go.
func (c *checker) write(s *standin, tmp string) (overlay string, err error) {
	refused := map[string]bool{}
	declaredText := fmt.Appendf(nil, declared, c.pkg.Name())
	for range 100 {
		clear(s.Mutants)
		keys := []string{""}
		number := func(key string) int {
			s.Mutants[key] = len(keys)
			keys = append(keys, key)
			return s.Mutants[key]
		}
		texts := map[string][]byte{"mutant_on.go": declaredText}
		for i, file := range c.files {
			name := c.names[i]
			texts[name] = switched(c.fset, file, c.source[name], sites(c.fset, file, c.pkg, c.info, number, refused, s.Invalid))
		}
		wrong, err := c.faults(texts)
		if err != nil {
			return "", err
		}
		if len(wrong) == 0 {
			return putOver(c.dir, tmp, texts)
		}
		for _, id := range wrong {
			refused[keys[id]] = true
		}
	}
	return "", errors.New("the stand-in does not compile")
}

// faults are the mutants nearest before the places that the type checker complains of.
func (c *checker) faults(texts map[string][]byte) (wrong []int, err error) {
	fset := token.NewFileSet()
	var files []*ast.File
	for name, text := range texts {
		file, err := parser.ParseFile(fset, name, text, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		files = append(files, file)
	}
	config := types.Config{Importer: c.from, Error: func(err error) {
		var fault types.Error
		if !errors.As(err, &fault) || fault.Soft {
			return
		}
		at := fset.Position(fault.Pos)
		before := texts[at.Filename][:at.Offset]
		found := regexp.MustCompile(`case (\d+): `).FindAllSubmatch(before, -1)
		if len(found) == 0 {
			return
		}
		id, _ := strconv.Atoi(string(found[len(found)-1][1]))
		wrong = append(wrong, id)
	}}
	_, err = config.Check(c.path, fset, files, nil)
	if err != nil && len(wrong) == 0 {
		return nil, err
	}
	return wrong, nil
}

func putOver(dir, tmp string, texts map[string][]byte) (overlay string, err error) {
	replace := map[string]string{}
	for name, text := range texts {
		to := filepath.Join(tmp, "switched_"+name)
		if err := os.WriteFile(to, text, 0o600); err != nil {
			return "", err
		}
		replace[filepath.Join(dir, name)] = to
	}
	overlay = filepath.Join(tmp, "overlay.json")
	return overlay, writeJSON(overlay, map[string]any{"Replace": replace})
}
