package hr_test

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
)

const module = "github.com/musterhr/hr"

// rootFiles lists the files of the root package with the reason why each is there: two domains exchange what it holds, or three
// need it. A file without such a reason belongs into the domain that wants it.
var rootFiles = map[string]string{
	"access.go":         "every service asks it through storage: a policy as data",
	"approval.go":       "leave, payroll and recruitment keep approvals; lifecycle answers routes",
	"authorize.go":      "every service asks a policy, through storage",
	"calendar.go":       "attendance and leave read the same days; lifecycle counts due dates",
	"command.go":        "the shape of every call of every service",
	"currency.go":       "terms, pay and bank files name currencies",
	"date.go":           "all domains",
	"digest.go":         "storage, attendance and payroll tell contents apart",
	"doc.go":            "the package comment",
	"extract.go":        "the domains answer their parts of what is stored about a person in it",
	"errors.go":         "all domains report faults alike",
	"handover.go":       "what recruitment, lifecycle, leave, attendance and payroll give each other",
	"history.go":        "attendance, leave, lifecycle and payroll keep facts",
	"identifier.go":     "packs of law give identifier rules; lifecycle, recruitment and payroll files read them",
	"ids.go":            "all domains",
	"machine.go":        "leave, lifecycle, payroll and recruitment have states",
	"money.go":          "recruitment offers, lifecycle keeps and payroll pays",
	"parameter.go":      "payroll, leave and attendance read dated law",
	"period.go":         "all domains",
	"retention.go":      "packs of law give retention periods; erasure reads them over every domain",
	"rounding.go":       "attendance, leave and payroll round by rule",
	"secret.go":         "lifecycle, payroll and recruitment hold what must not be seen",
	"show.go":           "whatever leaves a process, of every domain, is blanked by class",
	"source.go":         "parameters, facts and traces say where they come from",
	"standard.go":       "who may do what in every domain",
	"standard_verbs.go": "the verbs of every domain, spelt out for it",
	"table.go":          "payroll and leave read dated schedules of law",
	"timeline.go":       "attendance, leave and payroll read dated terms",
	"timeofday.go":      "attendance shifts, leave by the hour",
	"trace.go":          "attendance, leave and payroll explain themselves",
}

// topLevel lists what else may lie at the top of the repository, beside Go files and names that begin with a dot.
var topLevel = []string{
	"attendance", "examples", "internal", "leave", "lifecycle", "payroll", "recruitment", "storage", "testdata",
	"CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "README.md", "go.mod", "go.sum", "go.work", "go.work.sum",
}

var domains = []string{"attendance", "leave", "lifecycle", "payroll", "recruitment"}

func TestEveryRootFileHasAReason(t *testing.T) {
	found, err := filepath.Glob("*.go")
	require.NoError(t, err)
	found = slices.DeleteFunc(found, func(f string) bool { return strings.HasSuffix(f, "_test.go") })
	require.Equal(t, slices.Sorted(maps.Keys(rootFiles)), found, "a new root file needs its reason in rootFiles")
}

func TestNothingElseLiesAtTheTop(t *testing.T) {
	entries, err := os.ReadDir(".")
	require.NoError(t, err)
	for _, e := range entries {
		name := e.Name()
		if strings.HasPrefix(name, ".") || filepath.Ext(name) == ".go" && !e.IsDir() || name == "out" { // out is what monthend writes, and git ignores it
			continue
		}
		require.Contains(t, topLevel, name)
	}
}

// listed is what go list says of a package.
type listed struct {
	ImportPath string
	Imports    []string
}

// path is the package's path inside the module, "" for the root.
func (l listed) path() string {
	return strings.TrimPrefix(strings.TrimPrefix(l.ImportPath, module), "/")
}

func packages(t *testing.T) (out []listed) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", "list", "-e", "-json=ImportPath,Imports", "./...")
	raw, err := cmd.Output()
	require.NoError(t, err)
	for dec := json.NewDecoder(strings.NewReader(string(raw))); dec.More(); {
		var l listed
		require.NoError(t, dec.Decode(&l))
		out = append(out, l)
	}
	require.Greater(t, len(out), 3)
	return out
}

// below reports whether path is a package or lies under it.
func below(path, parent string) bool { return path == parent || strings.HasPrefix(path, parent+"/") }

// mayImport holds the arrows between our own packages: hr knows nobody, storage knows hr, so does icalendar (a file format that two domains
// write), a domain knows these and its own parts and never another domain, the stores know the domains, the examples know everything but the suites.
func mayImport(from, to string) bool {
	switch {
	case from == "":
		return false
	case to == "":
		return true
	case from == "storage" || from == "internal/icalendar":
		return false
	case below(to, "examples"):
		return below(from, "examples")
	case to == "storage/storagetest":
		return from == "storage/simulate" || from == "storage/internal/leak" // suites over suites
	case to == "payroll/payrolltest":
		return false
	case below(from, "examples"):
		return true
	case to == "storage/memory":
		return false
	case from == "storage/memory" && to == "storage/internal/personal": // all stores forget the same
		return true
	case from == "storage/storagetest" && to == "storage/internal/sets": // a suite fills kinds and states with what there is
		return true
	case below(to, "storage/internal"):
		return below(from, "storage/internal")
	case from == "storage/memory" || from == "storage/storagetest" || from == "storage/simulate" || below(from, "storage/internal"): // stores of every port, and what proves them
		return true
	}
	home, _, _ := strings.Cut(from, "/")
	return to == "storage" || to == "internal/icalendar" || below(to, home) && slices.Contains(domains, home)
}

func TestImportArrowsPointOneWay(t *testing.T) {
	allowed := []string{"github.com/shopspring/decimal", "github.com/rickar/cal/v2"}
	for _, p := range packages(t) {
		for _, imported := range p.Imports {
			ours := imported == module || strings.HasPrefix(imported, module+"/")
			first, _, _ := strings.Cut(imported, "/")
			switch {
			case ours:
				to := strings.TrimPrefix(strings.TrimPrefix(imported, module), "/")
				require.True(t, mayImport(p.path(), to), "%s must not import %s", p.ImportPath, imported)
			case strings.Contains(first, "."):
				require.True(t, slices.ContainsFunc(allowed, func(a string) bool { return below(imported, a) }), "%s must not import %s", p.ImportPath, imported)
			case imported == "testing":
				require.Contains(t, []string{
					"storage/storagetest", "storage/internal/leak", "storage/internal/sealtest", "storage/internal/need", "payroll/statutory/internal/packtest",
				}, p.path(), "only the suites import testing")
			case imported == "os" && p.path() == "payroll/payrolltest": // it reads and rewrites the story files of a host's tests
			case p.path() == "" || p.path() == "internal/icalendar" || slices.Contains(domains, strings.Split(p.path(), "/")[0]):
				require.NotContains(t, []string{"os", "os/exec", "net", "net/http", "log", "database/sql", "math/rand", "math/rand/v2", "crypto/rand"}, imported, "%s is pure or works through ports", p.ImportPath)
			}
			if p.path() == "" {
				require.NotEqual(t, "context", imported, "the root exports nothing that takes a context")
			}
		}
	}
}

func TestTheArrowsOfTheTestItself(t *testing.T) {
	for _, c := range []struct {
		from, to string
		may      bool
	}{
		{"", "storage", false},
		{"storage", "", true},
		{"storage", "leave", false},
		{"leave", "", true},
		{"leave", "storage", true},
		{"leave", "payroll", false},
		{"leave", "payroll/formula", false},
		{"leave", "leave/holidays/in", true},
		{"leave", "storage/memory", false},
		{"leave", "examples/monthend", false},
		{"leave/holidays/in", "", true},
		{"leave/ical", "internal/icalendar", true},
		{"recruitment/ical", "internal/icalendar", true},
		{"recruitment/ical", "leave/ical", false},
		{"internal/icalendar", "", true},
		{"internal/icalendar", "recruitment", false},
		{"internal/icalendar", "storage", false},
		{"storage", "internal/icalendar", false},
		{"payroll/statutory/in", "payroll", true},
		{"payroll", "payroll/formula", true},
		{"payroll", "payroll/payrolltest", false},
		{"payroll/payrolltest", "payroll", true},
		{"storage/memory", "leave", true},
		{"storage/memory", "storage/storagetest", false},
		{"storage/storagetest", "storage/memory", false},
		{"storage/storagetest", "payroll", true},
		{"storage/internal/relational", "leave", true},
		{"storage/internal/crash", "storage/internal/scenario", true},
		{"storage/memory", "storage/internal/relational", false},
		{"storage/memory", "storage/internal/personal", true},
		{"examples/monthend", "storage/memory", true},
		{"examples/monthend", "storage/storagetest", false},
		{"examples/monthend", "examples/internal/company", true},
	} {
		require.Equal(t, c.may, mayImport(c.from, c.to), "%q imports %q", c.from, c.to)
	}
}

// source is one Go file of the repository that is not a test.
type source struct {
	pkg  string // the package's path inside the module
	file string
	ast  *ast.File
}

func sources(t *testing.T) (out []source) {
	t.Helper()
	set := token.NewFileSet()
	require.NoError(t, filepath.WalkDir(".", func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if e.IsDir() && path != "." && (strings.HasPrefix(e.Name(), ".") || e.Name() == "testdata") {
			return filepath.SkipDir
		}
		if e.IsDir() || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		parsed, err := parser.ParseFile(set, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		dir := filepath.ToSlash(filepath.Dir(path))
		out = append(out, source{strings.TrimPrefix(dir, "."), path, parsed})
		return nil
	}))
	return out
}

func TestNoPackageRunsCodeBeforeItIsAsked(t *testing.T) {
	for _, s := range sources(t) {
		for _, d := range s.ast.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv == nil {
				require.NotEqual(t, "init", fn.Name.Name, s.file)
			}
		}
	}
}

// A host implements ports, so each stays under eight methods.
func TestPortsAreSmall(t *testing.T) {
	for _, s := range sources(t) {
		if below(s.pkg, "examples") || below(s.pkg, "storage/internal") { // which no host implements
			continue
		}
		ast.Inspect(s.ast, func(n ast.Node) bool {
			if spec, ok := n.(*ast.TypeSpec); ok && spec.Name.IsExported() {
				port, ok := spec.Type.(*ast.InterfaceType)
				if ok && !slices.ContainsFunc(port.Methods.List, func(f *ast.Field) bool { return len(f.Names) > 0 }) {
					return true // a set of ports, each of which is looked at where it is declared
				}
				if ok {
					require.Less(t, port.Methods.NumFields(), 8, "%s: %s", s.file, spec.Name)
				}
			}
			return true
		})
	}
}

var ruleID = regexp.MustCompile(`^[a-z0-9_]+(\.[a-z0-9_]+)+$`)

// Rule ids are part of the API: each is named after its package, and no two are the same.
func TestRuleIDs(t *testing.T) {
	where := map[string]string{}
	rules := 0
	for _, s := range sources(t) {
		prefix := strings.ReplaceAll(strings.TrimPrefix(s.pkg, "internal/"), "/", ".") + "."
		switch {
		case s.pkg == "":
			prefix = "hr."
		case below(s.pkg, "examples"): // programs, named after themselves, with their parts
			prefix = strings.ReplaceAll(strings.TrimPrefix(s.pkg[strings.LastIndex(s.pkg, "/")+1:], "examples/"), "/", ".") + "."
			if program, _, inside := strings.Cut(strings.TrimPrefix(s.pkg, "examples/"), "/internal/"); inside {
				prefix = program + "."
			}
		}
		for name, id := range ruleConstants(t, s.ast) {
			rules++
			at := s.file + ": " + name
			require.Regexp(t, ruleID, id, at)
			require.True(t, strings.HasPrefix(id, prefix), "%s is %q and must begin with %q", at, id, prefix)
			require.Empty(t, where[id], "%s and %s are both %q", at, where[id], id)
			where[id] = at
		}
	}
	require.Greater(t, rules, 40)
	require.Equal(t, "errors.go: RuleDateInvalid", where[string(hr.RuleDateInvalid)])
	require.Equal(t, "storage/errors.go: RuleDenied", where["storage.denied"])
}

// ruleConstants finds the constants of type hr.Rule: name Rule = "..." and name = hr.Rule("...").
func ruleConstants(t *testing.T, file *ast.File) map[string]string {
	t.Helper()
	isRule := func(e ast.Expr) bool {
		switch x := e.(type) {
		case *ast.Ident:
			return file.Name.Name == "hr" && x.Name == "Rule"
		case *ast.SelectorExpr:
			pkg, ok := x.X.(*ast.Ident)
			return ok && pkg.Name == "hr" && x.Sel.Name == "Rule"
		}
		return false
	}
	found := map[string]string{}
	for _, d := range file.Decls {
		decl, ok := d.(*ast.GenDecl)
		if !ok || decl.Tok != token.CONST {
			continue
		}
		for _, s := range decl.Specs {
			spec := s.(*ast.ValueSpec)
			for i, value := range spec.Values {
				call, converted := value.(*ast.CallExpr)
				if converted = converted && len(call.Args) == 1 && isRule(call.Fun); converted {
					value = call.Args[0]
				}
				if !converted && !isRule(spec.Type) {
					continue
				}
				literal, ok := value.(*ast.BasicLit)
				require.True(t, ok, "%s: a rule id is written as a literal", spec.Names[i])
				found[spec.Names[i].Name] = strings.Trim(literal.Value, "`\"")
			}
		}
	}
	return found
}

// .ci/fuzz runs the fuzz targets of a list: it has every target that there is, and none that is not.
func TestEveryFuzzTargetIsListed(t *testing.T) {
	target := regexp.MustCompile(`(?m)^func (Fuzz\w+)\(`)
	var found []string
	require.NoError(t, filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		text, err := os.ReadFile(path)
		for _, m := range target.FindAllStringSubmatch(string(text), -1) {
			at := strings.TrimSuffix(module+"/"+filepath.ToSlash(filepath.Dir(path)), "/.")
			found = append(found, at+" "+m[1])
		}
		return err
	}))
	slices.Sort(found)
	text, err := os.ReadFile(filepath.Join(".ci", "fuzztargets"))
	require.NoError(t, err)
	listed := strings.Split(strings.TrimSpace(string(text)), "\n")
	require.Equal(t, found, listed[1:], "the first line is a comment, the others are every target, sorted")
}

// A mutant that may live is named by its line, with « before the operator: the line is still there, and a reason stands beside it.
func TestKeptMutants(t *testing.T) {
	raw, err := os.ReadFile(filepath.Join(".ci", "mutants.kept"))
	require.NoError(t, err)
	kind := regexp.MustCompile(`^(ARITHMETIC_BASE|CONDITIONALS_BOUNDARY|CONDITIONALS_NEGATION|INCREMENT_DECREMENT|INVERT_NEGATIVES)$`)
	seen := map[string]bool{}
	for row := range strings.Lines(string(raw)) {
		row = strings.TrimSpace(row)
		if row == "" || strings.HasPrefix(row, "#") {
			continue
		}
		cells := strings.Split(row, " | ")
		require.GreaterOrEqual(t, len(cells), 4, row)
		file, line, why := cells[0], strings.Join(cells[2:len(cells)-1], " | "), cells[len(cells)-1]
		require.Regexp(t, kind, cells[1], row)
		require.Greater(t, len(why), 20, "%s: a reason is a sentence", row)
		mutant := strings.TrimSuffix(row, " | "+why)
		require.False(t, seen[mutant], "twice: %s", row)
		seen[mutant] = true
		require.Equal(t, 1, strings.Count(line, "«"), row)
		source, err := os.ReadFile(filepath.FromSlash(file))
		require.NoError(t, err, row)
		there := false
		for l := range strings.Lines(string(source)) {
			there = there || strings.TrimSpace(l) == strings.Replace(line, "«", "", 1)
		}
		require.True(t, there, "the line is no longer there: %s", row)
	}
}
