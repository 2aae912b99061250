package leave_test

import (
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave"
)

var update = flag.Bool("update", false, "rewrite testdata/request.dot")

func TestMachineDrawing(t *testing.T) {
	const file = "testdata/request.dot"
	drawn := leave.Machine().DOT("leave request")
	if *update {
		require.NoError(t, os.WriteFile(file, []byte(drawn), 0o644))
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Equal(t, string(want), drawn)
}

func TestMachine(t *testing.T) {
	m := leave.Machine()
	require.Equal(t, []leave.Event{leave.Approve, leave.Refuse, leave.Withdraw}, m.Allowed(leave.Requested))
	require.Equal(t, []leave.Event{leave.Cancel, leave.Shorten}, m.Allowed(leave.Approved))
	for _, s := range []leave.State{leave.Refused, leave.Withdrawn, leave.Cancelled} {
		require.True(t, m.Terminal(s))
		require.False(t, leave.Request{State: s}.Live())
	}
}

// Every exported field that travels through a port has its class.
func TestClasses(t *testing.T) {
	var walk func(reflect.Type, string)
	walk = func(typ reflect.Type, path string) {
		for typ.Kind() == reflect.Slice || typ.Kind() == reflect.Pointer {
			typ = typ.Elem()
		}
		if typ.Kind() != reflect.Struct || typ == reflect.TypeFor[decimal.Decimal]() {
			return
		}
		for i := range typ.NumField() {
			f := typ.Field(i)
			if !f.IsExported() {
				continue
			}
			class := hr.FieldClass(f.Tag.Get("class"))
			require.True(t, slices.Contains(hr.FieldClasses(), class), "%s.%s has class %q", path, f.Name, class)
			if strings.HasSuffix(f.Type.PkgPath(), "/leave") || f.Type.Kind() == reflect.Slice && f.Type.Elem() != reflect.TypeFor[hr.Period]() {
				walk(f.Type, path+"."+f.Name)
			}
		}
	}
	for _, typ := range []reflect.Type{reflect.TypeFor[leave.Request](), reflect.TypeFor[leave.Movement](), reflect.TypeFor[leave.Away](), reflect.TypeFor[leave.Policy]()} {
		if typ != reflect.TypeFor[leave.Request]() {
			walk(typ, typ.Name())
			continue
		}
		for i := range typ.NumField() {
			require.NotEmpty(t, typ.Field(i).Tag.Get("class"), typ.Field(i).Name)
		}
		walk(reflect.TypeFor[leave.Day](), "Day")
	}
}

// Every rule has an id of its own that begins with the package, and each is raised by some test of this package.
func TestRules(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "rules.go", nil, 0)
	require.NoError(t, err)
	seen := map[string]string{}
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		id := spec.Values[0].(*ast.BasicLit).Value
		require.True(t, strings.HasPrefix(id, `"leave.`), id)
		require.Empty(t, seen[id], "%s and %s", seen[id], spec.Names[0].Name)
		seen[id] = spec.Names[0].Name
		return true
	})
	require.NotEmpty(t, seen)
	var tests strings.Builder
	files, err := filepath.Glob("*_test.go")
	require.NoError(t, err)
	for _, name := range files {
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		tests.Write(text)
	}
	for _, name := range seen {
		require.True(t, strings.Contains(tests.String(), "leave."+name), "no test raises %s", name)
	}
}
