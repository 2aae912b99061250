package hr_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// unasked are the exported methods of services that take neither a command nor a view and are judged nowhere, each with its reason.
var unasked = map[string]string{
	"lifecycle.Route": "it answers other services inside a command that was judged; what a person asks is ExplainRoute",
}

// stepsOf are the methods that are one step of another, and judged as that: whoever has the whole has each step.
var stepsOf = map[string]string{
	"payroll.BeginCalculate": "payroll.Calculate", "payroll.CalculateChunk": "payroll.Calculate", "payroll.FinishCalculate": "payroll.Calculate",
	"payroll.BeginPay": "payroll.Pay", "payroll.PayChunk": "payroll.Pay", "payroll.FinishPay": "payroll.Pay",
}

// faultsOfVerbs reads the services of a domain and says what is wrong with a verb: a writing one must go through storage.Do, a reading one
// through storage.May or storage.MayCase, under a verb that is its name, before anything else is given the context: before a port can be read.
func faultsOfVerbs(domain string, files []*ast.File) (faults []string) {
	funcs := map[string]*ast.FuncDecl{} // functions, and methods of Service as s.Name
	for _, f := range files {
		for _, d := range f.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok {
				switch {
				case fn.Recv == nil:
					funcs[fn.Name.Name] = fn
				case receiver(fn.Recv.List[0].Type) == "Service":
					funcs["s."+fn.Name.Name] = fn
				}
			}
		}
	}
	for name, fn := range funcs {
		if !strings.HasPrefix(name, "s.") || !fn.Name.IsExported() || !takesContext(fn) {
			continue
		}
		verb := domain + "." + fn.Name.Name
		want := []string{"storage.Do"}
		switch {
		case takes(fn, "Command"):
		case takes(fn, "View"):
			want = []string{"storage.May", "storage.MayCase"}
		case unasked[verb] != "":
			continue
		default:
			faults = append(faults, verb+": takes a context and neither a command nor a view")
			continue
		}
		if first := firstCall(funcs, fn, 0); !slices.Contains(want, first) {
			faults = append(faults, fmt.Sprintf("%s: first calls %s, and not %s", verb, first, strings.Join(want, " or ")))
		}
		judged := verb
		if whole, step := stepsOf[verb]; step {
			judged = whole
		}
		if !names(files, fn, judged) && !slices.Contains(slices.Collect(maps.Values(stepsOf)), verb) { // a whole of steps is judged by each
			faults = append(faults, verb+": is not judged under its own name")
		}
	}
	slices.Sort(faults)
	return faults
}

func takesContext(fn *ast.FuncDecl) bool {
	return slices.ContainsFunc(fn.Type.Params.List, func(f *ast.Field) bool { return len(f.Names) > 0 && f.Names[0].Name == "ctx" })
}

// firstCall returns the first call that is given the context: storage's, or, of one of the domain, the first of that.
func firstCall(funcs map[string]*ast.FuncDecl, fn *ast.FuncDecl, depth int) string {
	first := "nothing"
	ast.Inspect(fn.Body, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if ok && callee(call.Fun) == "storage.AboutCase" { // its function runs inside Do
			return false
		}
		if first != "nothing" || !ok || !givesContext(call) {
			return first == "nothing"
		}
		first = callee(call.Fun)
		return false
	})
	if next, ours := funcs[first]; ours && depth < 5 {
		return firstCall(funcs, next, depth+1)
	}
	return first
}

func givesContext(call *ast.CallExpr) bool {
	return slices.ContainsFunc(call.Args, func(e ast.Expr) bool {
		id, ok := e.(*ast.Ident)
		return ok && id.Name == "ctx"
	})
}

func callee(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return callee(e.X) + "." + e.Sel.Name
	case *ast.IndexExpr:
		return callee(e.X)
	}
	return "something"
}

// names reports whether a method speaks of a verb: as a text, or as a constant of the package.
func names(files []*ast.File, fn *ast.FuncDecl, verb string) (found bool) {
	words := map[string]bool{}
	for _, f := range files {
		for _, d := range f.Decls {
			decl, ok := d.(*ast.GenDecl)
			if !ok || decl.Tok != token.CONST {
				continue
			}
			for _, s := range decl.Specs {
				if spec := s.(*ast.ValueSpec); len(spec.Values) == 1 {
					lit, ok := spec.Values[0].(*ast.BasicLit)
					words[spec.Names[0].Name] = ok && lit.Value == `"`+verb+`"`
				}
			}
		}
	}
	ast.Inspect(fn.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BasicLit:
			found = found || n.Value == `"`+verb+`"`
		case *ast.Ident:
			found = found || words[n.Name]
		}
		return !found
	})
	return found
}

func TestEveryVerbIsJudgedBeforeAnythingIsRead(t *testing.T) {
	for _, domain := range domains {
		var files []*ast.File
		for _, s := range sources(t) {
			if s.pkg == domain {
				files = append(files, s.ast)
			}
		}
		require.NotEmpty(t, files)
		require.Empty(t, faultsOfVerbs(domain, files))
	}
}

// The test above finds what it is for.
func TestAVerbThatIsNotJudgedIsFound(t *testing.T) {
	for want, body := range map[string]string{
		"": `func (s Service) Read(ctx context.Context, v hr.View) error {
				if err := storage.May(ctx, s.Kit, v, "x.Read"); err != nil { return err }
				return s.Port.Read(ctx)
			}
			func (s Service) Case(ctx context.Context, v hr.View) error {
				const verb = "x.Case"
				return storage.MayCase(ctx, s.Kit, v, verb, func(ctx context.Context) error { return s.Port.Read(ctx) })
			}
			func (s Service) Write(ctx context.Context, cmd hr.Command) error { return s.act(ctx, cmd, "x.Write") }
			func (s Service) Step(ctx context.Context, cmd hr.Command) error {
				about := storage.AboutCase(nil, func(ctx context.Context) error { return s.Port.Read(ctx) })
				return storage.Do(ctx, s.Kit, cmd, "x.Step", about)
			}
			func (s Service) act(ctx context.Context, cmd hr.Command, verb string) error { return do[int](ctx, s, cmd, verb) }
			func do[R any](ctx context.Context, s Service, cmd hr.Command, verb string) error { return storage.Do(ctx, s.Kit, cmd, verb) }`,
		"x.Read: first calls s.Port.Read, and not storage.May or storage.MayCase": `func (s Service) Read(ctx context.Context, v hr.View) error {
				r, err := s.Port.Read(ctx)
				if err != nil { return err }
				return storage.May(ctx, s.Kit, v, "x.Read", r.Employee)
			}`,
		"x.Write: first calls s.Port.Put, and not storage.Do": `func (s Service) Write(ctx context.Context, cmd hr.Command) error {
				_ = "x.Write"
				return s.put(ctx)
			}
			func (s Service) put(ctx context.Context) error { return s.Port.Put(ctx) }`,
		"x.Write: first calls storage.May, and not storage.Do": `func (s Service) Write(ctx context.Context, cmd hr.Command) error {
				return storage.May(ctx, s.Kit, cmd.View("x.Write"), "x.Write")
			}`,
		"x.Read: first calls nothing, and not storage.May or storage.MayCase": `func (s Service) Read(ctx context.Context, v hr.View) string { return "x.Read" }`,
		"x.Read: is not judged under its own name": `func (s Service) Read(ctx context.Context, v hr.View) error {
				return storage.May(ctx, s.Kit, v, "x.Other")
			}`,
		"x.Look: takes a context and neither a command nor a view": `func (s Service) Look(ctx context.Context) error { return s.Port.Read(ctx) }`,
	} {
		file, err := parser.ParseFile(token.NewFileSet(), "x.go", "package x\n"+body, parser.SkipObjectResolution)
		require.NoError(t, err)
		require.Equal(t, want, strings.Join(faultsOfVerbs("x", []*ast.File{file}), "; "))
	}
}
