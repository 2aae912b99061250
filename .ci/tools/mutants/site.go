package main

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"path/filepath"
	"slices"
	"strings"
)

// becomes says what gremlins makes of a token with the kinds of mutants that it has on by default.
var becomes = map[token.Token][]token.Token{
	token.ADD: {token.SUB}, token.SUB: {token.ADD}, token.MUL: {token.QUO}, token.QUO: {token.MUL}, token.REM: {token.MUL},
	token.EQL: {token.NEQ}, token.NEQ: {token.EQL},
	token.GEQ: {token.GTR, token.LSS}, token.GTR: {token.GEQ, token.LEQ}, token.LEQ: {token.LSS, token.GTR}, token.LSS: {token.LEQ, token.GEQ},
	token.INC: {token.DEC}, token.DEC: {token.INC},
}

// operator gives the token of a node that may be changed, and where it stands.
func operator(n ast.Node) (token.Token, token.Pos) {
	switch n := n.(type) {
	case *ast.BinaryExpr:
		return n.Op, n.OpPos
	case *ast.UnaryExpr:
		return n.Op, n.OpPos
	case *ast.IncDecStmt:
		return n.Tok, n.TokPos
	}
	return token.ILLEGAL, token.NoPos
}

// site is a node with the mutants that a switch can choose: each has its number.
type site struct {
	node  ast.Node
	kind  string // the type of an expression, as its file writes it
	ids   []int
	becom []token.Token
}

// sites finds in a file what can be switched. Number gives each mutant its number, refused says which were tried and do not compile, invalid is told of mutants
// that no compiler takes.
func sites(fset *token.FileSet, file *ast.File, pkg *types.Package, info *types.Info, number func(key string) int, refused, invalid map[string]bool) (found []site) {
	qualify := importNames(file, pkg)
	constant := map[ast.Node]bool{}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GenDecl:
			if n.Tok == token.CONST {
				return mark(n, constant)
			}
		case *ast.ArrayType:
			if n.Len != nil {
				mark(n.Len, constant)
			}
		}
		return true
	})
	ast.Inspect(file, func(n ast.Node) bool {
		op, at := operator(n)
		if len(becomes[op]) == 0 {
			return true
		}
		s := site{node: n}
		expr, isExpr := n.(ast.Expr)
		if isExpr {
			kind := info.TypeOf(expr)
			if basic, ok := kind.Underlying().(*types.Basic); ok && basic.Info()&types.IsString != 0 && op == token.ADD {
				invalid[key(fset, at, token.SUB)] = true
				return true
			}
			if constant[n] {
				return true
			}
			if basic, ok := kind.(*types.Basic); ok && basic.Info()&types.IsUntyped != 0 {
				if basic.Kind() != types.UntypedBool {
					return true
				}
				kind = types.Typ[types.Bool]
			}
			foreign := false
			s.kind = types.TypeString(kind, func(p *types.Package) string {
				name, ok := qualify[p]
				foreign = foreign || !ok
				return name
			})
			if foreign {
				return true
			}
		}
		for _, to := range becomes[op] {
			if k := key(fset, at, to); !refused[k] {
				s.ids = append(s.ids, number(k))
				s.becom = append(s.becom, to)
			}
		}
		if len(s.ids) > 0 {
			found = append(found, s)
		}
		return true
	})
	return found
}

func mark(n ast.Node, marked map[ast.Node]bool) bool {
	ast.Inspect(n, func(n ast.Node) bool {
		marked[n] = true
		return true
	})
	return false
}

// importNames says how a file writes the packages that it imports.
func importNames(file *ast.File, pkg *types.Package) map[*types.Package]string {
	names := map[*types.Package]string{pkg: ""}
	for _, p := range pkg.Imports() {
		for _, i := range file.Imports {
			if strings.Trim(i.Path.Value, `"`) != p.Path() {
				continue
			}
			if names[p] = p.Name(); i.Name != nil {
				names[p] = i.Name.Name
			}
		}
	}
	return names
}

// key names a mutant within its package: file, line, column and the new token.
func key(fset *token.FileSet, at token.Pos, to token.Token) string {
	p := fset.Position(at)
	return fmt.Sprintf("%s:%d:%d %s", filepath.Base(p.Filename), p.Line, p.Column, to)
}

// switched writes a file with its switches.
func switched(fset *token.FileSet, file *ast.File, source []byte, all []site) []byte {
	slices.SortStableFunc(all, func(a, b site) int {
		if a.node.Pos() != b.node.Pos() {
			return int(a.node.Pos() - b.node.Pos())
		}
		return int(b.node.End() - a.node.End()) // the outer one first
	})
	w := writer{fset: fset, source: source, sites: all}
	return w.text(file.FileStart, file.FileEnd, -1)
}

type writer struct {
	fset   *token.FileSet
	source []byte
	sites  []site
}

// text is the source of a range, with the sites in it switched, except one: that is being written.
func (w *writer) text(from, through token.Pos, but int) []byte {
	var out bytes.Buffer
	at := from
	for i, s := range w.sites {
		if i <= but || s.node.Pos() < at || s.node.End() > through {
			continue
		}
		out.Write(w.raw(at, s.node.Pos()))
		out.Write(w.site(i))
		at = s.node.End()
	}
	out.Write(w.raw(at, through))
	return out.Bytes()
}

func (w *writer) raw(from, through token.Pos) []byte {
	return w.source[w.fset.Position(from).Offset:w.fset.Position(through).Offset]
}

func (w *writer) site(i int) []byte {
	s := w.sites[i]
	var out bytes.Buffer
	choose := func(form func(token.Token) string, was token.Token) {
		out.WriteString("switch mutantOn { ")
		for j, id := range s.ids {
			fmt.Fprintf(&out, "case %d: %s; ", id, form(s.becom[j]))
		}
		fmt.Fprintf(&out, "}; %s", form(was))
	}
	switch n := s.node.(type) {
	case *ast.BinaryExpr:
		x, y := w.text(n.X.Pos(), n.X.End(), i), w.text(n.Y.Pos(), n.Y.End(), i)
		fmt.Fprintf(&out, "(func() %s { ", s.kind)
		choose(func(op token.Token) string { return fmt.Sprintf("return %s %s %s", x, op, y) }, n.Op)
		out.WriteString(" }())")
	case *ast.UnaryExpr:
		x := w.text(n.X.Pos(), n.X.End(), i)
		fmt.Fprintf(&out, "(func() %s { ", s.kind)
		choose(func(op token.Token) string { return fmt.Sprintf("return %s%s", op, x) }, n.Op)
		out.WriteString(" }())")
	case *ast.IncDecStmt:
		x := w.text(n.X.Pos(), n.X.End(), i)
		out.WriteString("func() { ")
		choose(func(op token.Token) string {
			return fmt.Sprintf("%s%s", x, op) + map[bool]string{true: "; return"}[op != n.Tok]
		}, n.Tok)
		out.WriteString(" }()")
	}
	return out.Bytes()
}
