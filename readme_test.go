package hr_test

import (
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr/payroll/statutory/ca"
	"github.com/musterhr/hr/payroll/statutory/in"
	"github.com/musterhr/hr/payroll/statutory/uk"
	"github.com/musterhr/hr/payroll/statutory/us"
)

// The README makes promises about files, symbols and programs. These tests hold it to them.

var updateReadme = flag.Bool("update-readme", false, "copy the doors of examples/quickstart into README.md")

const (
	quickstart     = "examples/quickstart/main.go"
	quickstartFile = "examples/quickstart/sqlite/main.go"
)

func readmeText(t *testing.T) string {
	t.Helper()
	raw, err := os.ReadFile("README.md")
	require.NoError(t, err)
	return string(raw)
}

// tableRows returns the cells of the rows of the table under a heading, without the head.
func tableRows(t *testing.T, readme, heading string) [][]string {
	t.Helper()
	_, section, found := strings.Cut(readme, "\n## "+heading+"\n")
	require.True(t, found, "README.md has no section %q", heading)
	section, _, _ = strings.Cut(section, "\n## ")
	var rows [][]string
	for line := range strings.Lines(section) {
		line = strings.TrimSpace(line)
		if !strings.HasPrefix(line, "|") || strings.HasPrefix(line, "|---") {
			continue
		}
		cells := strings.Split(strings.Trim(line, "|"), "|")
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		rows = append(rows, cells)
	}
	require.NotEmpty(t, rows, "README.md has no table under %q", heading)
	return rows[1:]
}

var linkPattern = regexp.MustCompile(`\[([^\]]+)\]\(([^)#]+)[^)]*\)`)

// link returns the text and the target of the one link in a cell.
func link(t *testing.T, cell string) (text, target string) {
	t.Helper()
	m := linkPattern.FindStringSubmatch(cell)
	require.NotNil(t, m, "%q holds no link", cell)
	return m[1], m[2]
}

// declared returns the names that a file declares: functions, types, constants and variables, and methods as Type.Method.
func declared(t *testing.T, file string) map[string]bool {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
	require.NoError(t, err)
	names := map[string]bool{}
	for _, d := range f.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			name := d.Name.Name
			if d.Recv != nil {
				name = receiver(d.Recv.List[0].Type) + "." + name
			}
			names[name] = true
		case *ast.GenDecl:
			for _, s := range d.Specs {
				switch s := s.(type) {
				case *ast.TypeSpec:
					names[s.Name.Name] = true
				case *ast.ValueSpec:
					for _, n := range s.Names {
						names[n.Name] = true
					}
				}
			}
		}
	}
	return names
}

// receiver returns the name of a receiver's type, without its star and type parameters.
func receiver(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.StarExpr:
		return receiver(e.X)
	case *ast.IndexExpr:
		return receiver(e.X)
	case *ast.IndexListExpr:
		return receiver(e.X)
	case *ast.Ident:
		return e.Name
	}
	return ""
}

func TestReadmeWhereIs(t *testing.T) {
	rows := tableRows(t, readmeText(t), "Where is...")
	require.GreaterOrEqual(t, len(rows), 15)
	questions := map[string]bool{}
	for _, row := range rows {
		require.Len(t, row, 3)
		require.Regexp(t, `^Where .+\?$`, row[0])
		require.False(t, questions[row[0]], "asked twice: %s", row[0])
		questions[row[0]] = true
		text, file := link(t, row[1])
		require.Equal(t, file, text)
		symbol := strings.Trim(row[2], "`")
		require.True(t, declared(t, file)[symbol], "%s does not declare %s", file, symbol)
	}
}

// Every port that a host may meet is in the table, and the table names no other.
func TestReadmePorts(t *testing.T) {
	stores, err := filepath.Glob("*/store.go")
	require.NoError(t, err)
	var want []string
	for _, file := range append(stores, "storage/ports.go", "storage/schedule/store.go") {
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
		require.NoError(t, err)
		ast.Inspect(f, func(n ast.Node) bool {
			if s, ok := n.(*ast.TypeSpec); ok {
				if _, ok := s.Type.(*ast.InterfaceType); ok && s.Name.IsExported() {
					want = append(want, fmt.Sprintf("[%s.%s](%s)", f.Name.Name, s.Name.Name, file))
				}
			}
			return true
		})
	}
	require.NotEmpty(t, want)
	var got []string
	for _, row := range tableRows(t, readmeText(t), "What a host implements") {
		got = append(got, row[0])
	}
	slices.Sort(want)
	slices.Sort(got)
	require.Equal(t, want, got)
}

// Every package that can be imported is in the table.
func TestReadmePackages(t *testing.T) {
	want := map[string]bool{".": true}
	err := filepath.WalkDir(".", func(path string, d os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := d.Name()
		if d.IsDir() && path != "." && (strings.HasPrefix(name, ".") || name == "testdata" || name == "internal" || name == "examples") {
			return filepath.SkipDir
		}
		if strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go") {
			want[filepath.Dir(path)] = true
		}
		return nil
	})
	require.NoError(t, err)
	got := map[string]bool{}
	for _, row := range tableRows(t, readmeText(t), "Packages") {
		text, target := link(t, row[0])
		if strings.HasSuffix(target, ".go") {
			target = filepath.Dir(target)
		}
		if text != "hr" {
			require.Equal(t, target, text)
		}
		require.False(t, got[target], "twice in the table: %s", target)
		got[target] = true
	}
	require.Equal(t, want, got)
}

var anyLink = regexp.MustCompile(`\]\(([^)#]+)`)

func TestReadmeLinks(t *testing.T) {
	for _, page := range []string{"README.md", "CONTRIBUTING.md", "CHANGELOG.md", "examples/README.md"} {
		raw, err := os.ReadFile(page)
		require.NoError(t, err)
		for _, m := range anyLink.FindAllStringSubmatch(string(raw), -1) {
			if strings.Contains(m[1], "://") {
				continue
			}
			_, err := os.Stat(filepath.Join(filepath.Dir(page), m[1]))
			require.NoError(t, err, "%s links to %s", page, m[1])
		}
	}
}

// The doors in the README are the code of examples/quickstart, which compiles and runs. -update-readme copies them.
func TestReadmeDoors(t *testing.T) {
	source, err := os.ReadFile(quickstart)
	require.NoError(t, err)
	onFile, err := os.ReadFile(quickstartFile)
	require.NoError(t, err)
	readme := readmeText(t)
	for name, code := range map[string]string{
		"door1": region(t, string(source), "// door 1", "// end door 1"),
		"door2": region(t, string(source), "// door 2", "// end door 2"),

		"door2file": region(t, string(onFile), "// door 2 over a file", "// end door 2 over a file"),
	} {
		start := "<!-- quickstart:" + name + " -->\n```go\n"
		end := "```\n<!-- /quickstart:" + name + " -->\n"
		before, rest, found := strings.Cut(readme, start)
		require.True(t, found, "README.md has no %q", start)
		shown, after, found := strings.Cut(rest, end)
		require.True(t, found, "README.md has no %q", end)
		if *updateReadme {
			readme = before + start + code + end + after
			continue
		}
		require.Equal(t, code, shown, "go test . -run TestReadmeDoors -update-readme copies it")
	}
	if *updateReadme {
		require.NoError(t, os.WriteFile("README.md", []byte(readme), 0o644))
	}
}

// Over a file it is another db and nothing else: from its kit on, the wiring of both quickstarts is the same text.
func TestBothQuickstartsAreWiredAlike(t *testing.T) {
	wiring := func(file string) string {
		source, err := os.ReadFile(file)
		require.NoError(t, err)
		_, wired, found := strings.Cut(string(source), "\tkit := db.Kit(")
		require.True(t, found, "%s makes no kit", file)
		wired, _, found = strings.Cut(wired, "\n}\n")
		require.True(t, found)
		return wired
	}
	require.Contains(t, wiring(quickstart), "payroll.Service{")
	require.Equal(t, wiring(quickstart), wiring(quickstartFile))
}

// The payslip below the first door, as a comment, is the one that it prints, to net pay.
func TestReadmeOutput(t *testing.T) {
	source, err := os.ReadFile(quickstart)
	require.NoError(t, err)
	printed, err := os.ReadFile("examples/quickstart/testdata/output.txt")
	require.NoError(t, err)
	var shown strings.Builder
	for line := range strings.Lines(region(t, string(source), "// door 1", "// end door 1")) {
		if text, comment := strings.CutPrefix(line, "// "); comment {
			shown.WriteString(text)
		}
	}
	require.True(t, strings.HasPrefix(string(printed), shown.String()), "%s shows\n%s\nand prints\n%s", quickstart, shown.String(), printed)
	require.Regexp(t, `\nNET PAY +[0-9.]+\n$`, shown.String())
}

// region returns the lines between two comment lines, less the indentation that all share.
func region(t *testing.T, source, start, end string) string {
	t.Helper()
	lines := strings.Split(source, "\n")
	marks := func(mark string) int {
		at := slices.IndexFunc(lines, func(l string) bool { return strings.TrimSpace(l) == mark })
		require.GreaterOrEqual(t, at, 0, "%s has no line %q", quickstart, mark)
		return at
	}
	inside := lines[marks(start)+1 : marks(end)]
	require.NotEmpty(t, inside)
	indent := strings.Repeat("\t", 8)
	for _, l := range inside {
		if l != "" {
			own := l[:len(l)-len(strings.TrimLeft(l, "\t"))]
			indent = indent[:min(len(indent), len(own))]
		}
	}
	var out strings.Builder
	for _, l := range inside {
		out.WriteString(strings.TrimPrefix(l, indent) + "\n")
	}
	return strings.Trim(out.String(), "\n") + "\n"
}

// The first 30 lines are all that many read: the name, one sentence, a program with the payslip it prints, how to get it, what it is not.
func TestReadmeFirstLines(t *testing.T) {
	lines := strings.Split(readmeText(t), "\n")
	require.Equal(t, "# Muster", lines[0])
	require.Regexp(t, `^[A-Z][^.]*\.$`, lines[2], "one sentence")
	at := 0
	for _, begins := range []string{"```go", "// Payslip ", "// NET PAY ", "```", "    go get github.com/musterhr/hr", "It is not "} {
		next := slices.IndexFunc(lines[at:30], func(l string) bool { return strings.HasPrefix(l, begins) })
		require.GreaterOrEqual(t, next, 0, "%q is not within the first 30 lines, or not in its place", begins)
		at += next + 1
	}
}

// A jurisdiction's day of the last check is the one its pack says.
func TestReadmeJurisdictions(t *testing.T) {
	reviewed := map[string]string{
		"payroll/statutory/in": in.Pack().Reviewed.String(), "payroll/statutory/uk": uk.Pack().Reviewed.String(),
		"payroll/statutory/us": us.Pack().Reviewed.String(), "payroll/statutory/ca": ca.Pack().Reviewed.String(),
	}
	for _, row := range tableRows(t, readmeText(t), "Jurisdictions") {
		require.Len(t, row, 4)
		_, target := link(t, row[1])
		require.Equal(t, reviewed[target], row[3], "last checked, of %s", row[0])
		delete(reviewed, target)
	}
	require.Empty(t, reviewed, "packs without a row")
	packs, err := filepath.Glob("payroll/statutory/*/pack.go")
	require.NoError(t, err)
	require.Len(t, packs, 4, "a new pack needs a line in this test and a row in the README")
}

// The README names the two commands as they are typed.
func TestReadmeCommands(t *testing.T) {
	for _, command := range []string{"    go run ./examples/monthend\n", "    go test work\n"} {
		require.Contains(t, readmeText(t), command)
	}
}
