package sets_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr/storage/internal/sets"
)

// Every constant of a type that is a closed set is in it: a kind or state that a domain adds fails here, and not in somebody's database.
func TestEveryConstantIsInItsSet(t *testing.T) {
	for _, typ := range sets.Types() {
		t.Run(typ.String(), func(t *testing.T) {
			folder := filepath.Join("..", "..", "..", strings.TrimPrefix(typ.PkgPath(), "github.com/musterhr/hr"))
			want := constants(t, folder, typ.Name())
			require.NotEmpty(t, want)
			got := slices.Clone(sets.Of(typ))
			slices.Sort(got)
			require.Equal(t, want, got)
		})
	}
}

// constants reads the values of the constants of a type in a folder, sorted, the empty one left out.
func constants(t *testing.T, folder, name string) (out []string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*.go"))
	require.NoError(t, err)
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		tree, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		require.NoError(t, err)
		ast.Inspect(tree, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if !ok {
				return true
			}
			if typ, ok := spec.Type.(*ast.Ident); !ok || typ.Name != name {
				return true
			}
			for _, v := range spec.Values {
				if lit, ok := v.(*ast.BasicLit); ok {
					text, err := strconv.Unquote(lit.Value)
					require.NoError(t, err)
					if text != "" {
						out = append(out, text)
					}
				}
			}
			return true
		})
	}
	slices.Sort(out)
	return out
}
