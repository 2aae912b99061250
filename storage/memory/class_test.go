package memory_test

import (
	"context"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
	"github.com/musterhr/hr/leave"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/recruitment"
	"github.com/musterhr/hr/storage"
)

// stored lists every port that keeps data. A new port is added here: TestEveryPortIsListed reads the domains' store.go files.
var stored = []reflect.Type{
	reflect.TypeFor[storage.Log](),
	reflect.TypeFor[storage.Knowledge](),
	reflect.TypeFor[storage.Journal](),
	reflect.TypeFor[storage.AuditTrail](),
	reflect.TypeFor[storage.Outbox](),
	reflect.TypeFor[storage.Inbox](),
	reflect.TypeFor[storage.Keys](),

	reflect.TypeFor[attendance.Punches](),
	reflect.TypeFor[attendance.Rosters](),
	reflect.TypeFor[attendance.Permits](),
	reflect.TypeFor[attendance.Requests](),

	reflect.TypeFor[leave.Requests](),
	reflect.TypeFor[leave.Ledger](),
	reflect.TypeFor[leave.Absent](),

	reflect.TypeFor[lifecycle.Employments](),
	reflect.TypeFor[lifecycle.Facts](),
	reflect.TypeFor[lifecycle.Holders](),
	reflect.TypeFor[lifecycle.Structure](),
	reflect.TypeFor[lifecycle.Delegations](),
	reflect.TypeFor[lifecycle.Checklists](),
	reflect.TypeFor[lifecycle.Record](),
	reflect.TypeFor[lifecycle.Identities](),
	reflect.TypeFor[lifecycle.Proposals](),
	reflect.TypeFor[lifecycle.Documents](),
	reflect.TypeFor[lifecycle.Holds](),
	reflect.TypeFor[lifecycle.Consents](),

	reflect.TypeFor[payroll.Runs](),
	reflect.TypeFor[payroll.RunList](),
	reflect.TypeFor[payroll.Results](),
	reflect.TypeFor[payroll.Postings](),
	reflect.TypeFor[payroll.Adjustments](),
	reflect.TypeFor[payroll.Adoptions](),
	reflect.TypeFor[payroll.Settled](),
	reflect.TypeFor[payroll.ResultHeads](),
	reflect.TypeFor[payroll.Debts](),
	reflect.TypeFor[payroll.Requests](),

	reflect.TypeFor[recruitment.Openings](),
	reflect.TypeFor[recruitment.Applications](),
	reflect.TypeFor[recruitment.Candidates](),
	reflect.TypeFor[recruitment.Plan](),
	reflect.TypeFor[recruitment.Requisitions](),
	reflect.TypeFor[recruitment.Interviews](),
	reflect.TypeFor[recruitment.Scorecards](),
}

// asked lists the interfaces that keep nothing: questions that another service or the host answers.
var asked = []string{
	"attendance.Absences", "attendance.Closings", "attendance.Leave", "attendance.Router", "attendance.TermsOf",
	"leave.Closings", "leave.Router", "leave.Sheets", "leave.Team", "leave.Terms", "leave.Workdays",
	"lifecycle.Absences",
	"payroll.Changes", "payroll.Evidence", "payroll.Leavers", "payroll.People", "payroll.Router", "payroll.Sheets", "payroll.Staff", "payroll.Terms",
	"recruitment.Bonuses", "recruitment.Headcount", "recruitment.Hirer", "recruitment.People", "recruitment.Pricer", "recruitment.Router", "recruitment.Terms",
	"storage.Relations", "storage.Transactor",
}

// leaves are the words of the root that are one value: the class stands on the field that holds one.
var leaves = []reflect.Type{
	reflect.TypeFor[decimal.Decimal](), reflect.TypeFor[time.Time](), reflect.TypeFor[hr.Date](), reflect.TypeFor[hr.Period](),
	reflect.TypeFor[hr.TimeOfDay](), reflect.TypeFor[hr.Money](), reflect.TypeFor[hr.Rounding](), reflect.TypeFor[hr.Secret](),
	reflect.TypeFor[hr.Ref](), reflect.TypeFor[hr.Source](), reflect.TypeFor[hr.Known](), reflect.TypeFor[hr.Pin](),
}

func TestEveryStoredFieldHasItsClass(t *testing.T) {
	w := walker{seen: map[reflect.Type]bool{}}
	for _, port := range stored {
		for i := range port.NumMethod() {
			m := port.Method(i)
			for j := range m.Type.NumIn() {
				w.walk(m.Type.In(j))
			}
			for j := range m.Type.NumOut() {
				w.walk(m.Type.Out(j))
			}
		}
	}
	require.Empty(t, w.faults)
	for _, must := range []reflect.Type{reflect.TypeFor[storage.Audit](), reflect.TypeFor[storage.Taken](), reflect.TypeFor[hr.Terms](), reflect.TypeFor[hr.BankAccount]()} {
		require.True(t, w.seen[must], "the walk has not come to %s", must)
	}
}

func TestEveryPortIsListed(t *testing.T) {
	var listed []string
	for _, port := range stored {
		listed = append(listed, port.String())
	}
	listed = append(listed, asked...)
	files, err := filepath.Glob("../../*/store.go")
	require.NoError(t, err)
	require.Len(t, files, 5, "every domain declares its ports in store.go")
	for _, file := range append(files, "../ports.go") {
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
		require.NoError(t, err)
		ast.Inspect(parsed, func(n ast.Node) bool {
			if spec, ok := n.(*ast.TypeSpec); ok {
				if _, port := spec.Type.(*ast.InterfaceType); port && spec.Name.IsExported() {
					require.Contains(t, listed, parsed.Name.Name+"."+spec.Name.Name, "add the port to stored, or to asked if it keeps nothing")
				}
			}
			return true
		})
	}
}

// walker goes from type to type along fields, lists, maps and pointers, and notes the fields of ours without a class.
type walker struct {
	seen   map[reflect.Type]bool
	faults []string
}

func (w *walker) walk(t reflect.Type) {
	if w.seen[t] || slices.Contains(leaves, t) || t == reflect.TypeFor[context.Context]() || t == reflect.TypeFor[error]() {
		return
	}
	w.seen[t] = true
	switch t.Kind() {
	case reflect.Slice, reflect.Array, reflect.Pointer, reflect.Chan:
		w.walk(t.Elem())
	case reflect.Interface:
		w.faults = append(w.faults, fmt.Sprintf("%s: what it holds has no class", t))
	case reflect.Map:
		w.walk(t.Key())
		w.walk(t.Elem())
	case reflect.Struct:
		if !strings.HasPrefix(t.PkgPath(), "github.com/musterhr/hr") {
			return
		}
		if t.PkgPath() == "github.com/musterhr/hr" && strings.HasPrefix(t.Name(), "Entry[") {
			value, _ := t.FieldByName("Value") // the rest of an entry is about knowledge, and public
			w.walk(value.Type)
			return
		}
		for i := range t.NumField() {
			w.field(t, t.Field(i))
		}
	}
}

func (w *walker) field(t reflect.Type, f reflect.StructField) {
	if !f.IsExported() {
		return
	}
	class := hr.FieldClass(f.Tag.Get("class"))
	switch {
	case !slices.Contains(hr.FieldClasses(), class):
		w.faults = append(w.faults, fmt.Sprintf("%s.%s has class %q", t, f.Name, class))
	case f.Type == reflect.TypeFor[hr.Secret]() && class != hr.ClassGovernmentID:
		w.faults = append(w.faults, fmt.Sprintf("%s.%s is a secret of class %q", t, f.Name, class))
	case f.Type == reflect.TypeFor[hr.BankAccount]() && class != hr.ClassGovernmentID:
		w.faults = append(w.faults, fmt.Sprintf("%s.%s is a bank account of class %q", t, f.Name, class))
	}
	w.walk(f.Type)
}

func TestTheWalkFindsWhatIsMissing(t *testing.T) {
	type inner struct {
		Named   string `class:"contact"`
		Missing string
		Odd     int       `class:"important"`
		Secret  hr.Secret `class:"public"`
		hidden  string
	}
	type row struct {
		List []map[string]*inner `class:"private"`
		At   time.Time           `class:"public"`
		Any  any                 `class:"public"`
		Fact hr.Entry[inner]     `class:"private"`
	}
	w := walker{seen: map[reflect.Type]bool{}}
	w.walk(reflect.TypeFor[[]row]())
	require.Equal(t, []string{
		`memory_test.inner.Missing has class ""`, `memory_test.inner.Odd has class "important"`, `memory_test.inner.Secret is a secret of class "public"`,
		`interface {}: what it holds has no class`,
	}, w.faults)
	_ = inner{}.hidden
}
