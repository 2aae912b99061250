package hr_test

import (
	"fmt"
	"go/ast"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
)

var roles = []string{
	hr.RoleHR, hr.RoleHRApprover, hr.RolePayrollPreparer, hr.RolePayrollApprover, hr.RoleAuditor, hr.RoleAdmin, hr.RoleRecruiter, hr.RoleHiring,
	hr.RoleScheduler, hr.RoleImporter,
}

// kinds are the kinds of approval that a manager may lend, and one that no domain has.
var kinds = []string{
	"leave.request", "attendance.correction", "attendance.permit", "attendance.swap", "lifecycle.pay_revision", "lifecycle.promotion", "lifecycle.transfer",
	"payroll.debt", "payroll.expense", "other.kind",
}

// page is testdata/access.md, read by hand: what it says, in the words that it says it in.
type page struct {
	rows   map[string]row // by verb
	inside map[string][]insideRow
	apart  [][2]string
}

type row struct {
	verb     string
	who      map[string]string // role or relation: the letters of the classes
	notSelf  bool
	oneOfTwo []string // the relations for which one of two is enough
}

type insideRow struct {
	inside, only string
}

var letters = map[rune]hr.FieldClass{
	'p': hr.ClassPublic, 'c': hr.ClassContact, 'v': hr.ClassPrivate, 'g': hr.ClassGovernmentID, 'm': hr.ClassMoney, 's': hr.ClassSpecial,
}

func readPage(t *testing.T) page {
	t.Helper()
	raw, err := os.ReadFile("testdata/access.md")
	require.NoError(t, err)
	p := page{rows: map[string]row{}, inside: map[string][]insideRow{}}
	section := ""
	for line := range strings.Lines(string(raw)) {
		if strings.HasPrefix(line, "## ") {
			section = strings.TrimSpace(line[3:])
		}
		if !strings.HasPrefix(line, "| ") || strings.HasPrefix(line, "| verbs") || strings.HasPrefix(line, "| one |") {
			continue
		}
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		switch section {
		case "Two persons":
			for _, other := range strings.Split(cells[1], ", ") {
				p.apart = append(p.apart, [2]string{cells[0], other})
			}
		case "Inside an allowed call":
			for _, verb := range strings.Split(cells[0], ", ") {
				for _, at := range strings.Split(cells[1], ", ") {
					p.inside[verb] = append(p.inside[verb], insideRow{at, cells[2]})
				}
			}
		default:
			for _, verb := range strings.Split(cells[0], ", ") {
				require.NotContains(t, p.rows, verb, "two rows for one verb")
				p.rows[verb] = readRow(t, verb, cells[1], cells[2])
			}
		}
	}
	require.Greater(t, len(p.rows), 150)
	return p
}

func readRow(t *testing.T, verb, who, also string) row {
	r := row{verb: verb, who: map[string]string{}}
	for _, entry := range strings.Split(who, "; ") {
		name, seen, _ := strings.Cut(entry, ": ")
		if seen == "all" {
			seen = "pcvgms"
		}
		known := slices.Contains(roles, name) || name == "self" || name == "manager" || slices.Contains(kinds, strings.TrimPrefix(name, "delegate of "))
		require.True(t, known, "%s: nobody is %q", verb, name)
		require.NotContains(t, r.who, name)
		r.who[name] = seen
	}
	for _, word := range strings.Split(also, "; ") {
		switch word {
		case "":
		case "not about oneself":
			r.notSelf = true
		case "one of two":
			r.oneOfTwo = []string{"self", "manager", "delegate"}
		case "one of two for self":
			r.oneOfTwo = []string{"self"}
		default:
			t.Fatalf("%s: what is %q?", verb, word)
		}
	}
	return r
}

// scene is who asks about whom, in the words of the page.
type scene struct {
	role     string   // one role, or none
	subjects []string // how the actor stands to each: "self", "manager", "delegate of leave.request", "stranger"
}

func (s scene) ask(verb string) hr.Ask {
	a := hr.Ask{Verb: verb, Actor: hr.Actor{ID: "me", Employee: "E1"}}
	if s.role != "" {
		a.Actor.Roles = []string{"somebody", s.role}
	}
	for i, stands := range s.subjects {
		id := hr.EmployeeID(fmt.Sprint("X", i))
		relation := hr.Relation{Kind: hr.RelationKind(stands), To: id}
		switch {
		case stands == "stranger":
			a.Subjects = append(a.Subjects, id)
			continue
		case stands == "self":
			id, relation.To = "E1", "E1"
		case strings.HasPrefix(stands, "delegate of "):
			relation.Kind, relation.Lent = hr.RelationDelegate, []string{strings.TrimPrefix(stands, "delegate of ")}
		}
		a.Subjects, a.Relations = append(a.Subjects, id), append(a.Relations, relation)
	}
	return a
}

// says works out what the page says: whether the actor of the scene has the verb, and the letters of what they see.
func (r row) says(s scene) (allowed bool, seen string) {
	if r.notSelf && slices.Contains(s.subjects, "self") {
		return false, ""
	}
	about := s.subjects
	if len(about) == 0 {
		about = []string{"nobody"}
	}
	seen = "pcvgms"
	for _, stands := range about {
		var reasons []string
		if by, has := r.who[s.role]; has {
			reasons = append(reasons, by)
		}
		for _, standing := range append(s.subjects, stands) {
			relation, _, _ := strings.Cut(standing, " ")
			if standing != stands && !slices.Contains(r.oneOfTwo, relation) {
				continue
			}
			if by, has := r.who[standing]; has && standing != "stranger" {
				reasons = append(reasons, by)
			}
		}
		if len(reasons) == 0 {
			return false, ""
		}
		kept := ""
		for _, letter := range seen {
			if strings.ContainsRune(strings.Join(reasons, ""), letter) {
				kept += string(letter)
			}
		}
		seen = kept
	}
	return true, seen
}

func scenes() (all []scene) {
	one := []string{"self", "manager", "stranger"}
	for _, k := range kinds {
		one = append(one, "delegate of "+k)
	}
	for _, role := range append([]string{"", "unknown"}, roles...) {
		all = append(all, scene{role: role})
		for i, a := range one {
			all = append(all, scene{role, []string{a}})
			for _, b := range one[i:] {
				if a != "self" || b != "self" {
					all = append(all, scene{role, []string{a, b}})
				}
			}
		}
	}
	return all
}

// Every verb, for every role, in every relation to one and to two people, with every class of field.
func TestStandardAccessDoesWhatItsPageSays(t *testing.T) {
	access := hr.StandardAccess()
	require.NoError(t, access.Validate())
	p := readPage(t)
	asked := 0
	for _, verb := range slices.Sorted(maps.Keys(p.rows)) {
		r := p.rows[verb]
		for _, s := range scenes() {
			want, seen := r.says(s)
			verdict := access.Decide(s.ask(verb))
			if verdict.Allow != want || verdict.Reason == "" {
				t.Fatalf("%s for role %q about %q: the page says %v: %q", verb, s.role, s.subjects, want, verdict.Reason)
			}
			for letter, class := range letters {
				asked++
				see := want && strings.ContainsRune(seen, letter)
				if verdict.Sees(class) != see {
					t.Fatalf("%s for role %q about %q: sees %s: %v, the page says %v", verb, s.role, s.subjects, class, verdict.Sees(class), see)
				}
			}
		}
	}
	require.Greater(t, asked, 1_000_000)
}

// serviceVerbs finds the verbs of the five services in their sources: every exported method of a Service that takes a command or a view.
func serviceVerbs(t *testing.T) (reads, writes []string) {
	t.Helper()
	for _, s := range sources(t) {
		if !slices.Contains(domains, s.pkg) {
			continue
		}
		for _, d := range s.ast.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok || fn.Recv == nil || !fn.Name.IsExported() || receiver(fn.Recv.List[0].Type) != "Service" {
				continue
			}
			verb := s.pkg + "." + fn.Name.Name
			switch {
			case stepsOf[verb] != "": // judged as the whole
			case takes(fn, "Command"):
				writes = append(writes, verb)
			case takes(fn, "View"):
				reads = append(reads, verb)
			}
		}
	}
	require.Greater(t, len(reads), 60)
	require.Greater(t, len(writes), 90)
	return reads, writes
}

// takes reports whether a function has a parameter of a type of the root.
func takes(fn *ast.FuncDecl, name string) bool {
	return slices.ContainsFunc(fn.Type.Params.List, func(f *ast.Field) bool {
		sel, ok := f.Type.(*ast.SelectorExpr)
		return ok && sel.Sel.Name == name
	})
}

func TestEveryVerbOfAServiceHasItsRow(t *testing.T) {
	reads, writes := serviceVerbs(t)
	p := readPage(t)
	require.Equal(t, slices.Sorted(slices.Values(append(slices.Concat(reads, writes), hr.VerbAudit))), slices.Sorted(maps.Keys(p.rows)),
		"testdata/access.md and the services name the same verbs")
	for verb, r := range p.rows {
		for who, seen := range r.who {
			require.Equal(t, slices.Contains(reads, verb) || verb == hr.VerbAudit, seen != "", "%s for %s: who reads sees something, who writes sees nothing", verb, who)
		}
	}
	for _, g := range hr.StandardAccess().Grants {
		for _, verb := range g.Verbs {
			require.Contains(t, p.rows, verb, "%q grants a verb that no service has", g.Name)
		}
	}
}

// A call inside another: for every verb and every verb that it could be inside.
func TestStandardAccessInsideAnAllowedCall(t *testing.T) {
	access := hr.StandardAccess()
	p := readPage(t)
	outer := append(slices.Collect(maps.Keys(p.rows)), "leave.PaidShares", "leave.YearEnd", "lifecycle.Route")
	for verb := range p.rows {
		for _, at := range outer {
			for _, role := range []string{"", hr.RoleRecruiter, hr.RolePayrollPreparer} {
				ask := scene{role, []string{"stranger"}}.ask(verb)
				direct := access.Decide(ask).Allow
				ask.Via = []string{"somewhere.Else", at}
				domain, _, _ := strings.Cut(at, ".")
				want := direct || slices.ContainsFunc(p.inside[verb], func(in insideRow) bool {
					return (in.inside == at || in.inside == "any of "+domain && at != "lifecycle.Route") && (in.only == "" || in.only == role)
				})
				if access.Decide(ask).Allow != want {
					t.Fatalf("%s inside %s for role %q: the page says %v", verb, at, role, want)
				}
			}
		}
	}
	require.False(t, access.Decide(hr.Ask{Verb: "lifecycle.Hire", Actor: hr.Actor{ID: "r", Roles: []string{hr.RoleRecruiter}}}).Allow)
}

func TestWhoHoldsTwoRolesThatExcludeEachOtherHasNeither(t *testing.T) {
	access := hr.StandardAccess()
	p := readPage(t)
	for _, x := range p.apart {
		both := hr.Actor{ID: "me", Roles: []string{x[0], x[1]}}
		require.Equal(t, []string{"actors[0].roles"}, paths(access.Check(both)), "%s and %s", x[0], x[1])
		for verb := range p.rows {
			require.False(t, access.Decide(hr.Ask{Verb: verb, Actor: both, Subjects: []hr.EmployeeID{"E2"}}).Allow, "%s as %s and %s", verb, x[0], x[1])
		}
	}
	apart := 0
	for i, one := range roles {
		for _, other := range roles[:i] {
			if access.Check(hr.Actor{ID: "me", Roles: []string{one, other}}) != nil {
				apart++
			}
		}
	}
	require.Equal(t, len(p.apart), apart, "no pair but those of the page")

	preparer := hr.Actor{ID: "asha", Employee: "E7", Roles: []string{hr.RolePayrollPreparer}}
	approver := []string{hr.RolePayrollApprover}
	require.NoError(t, access.Check(preparer, hr.Actor{ID: "ravi", Employee: "E2", Roles: approver}, hr.Actor{ID: "bank", Roles: approver}))
	for _, same := range []hr.Actor{{ID: "asha2", Employee: "E7", Roles: approver}, {ID: "E7", Roles: approver}, {ID: "asha", Roles: approver}} {
		require.Equal(t, []string{"actors[1].roles"}, paths(access.Check(preparer, same)), "%v is the same person", same)
	}
}

// Whatever is lent, a delegate has nothing that the manager has not, and sees no more.
func TestADelegateHasNoMoreThanTheManager(t *testing.T) {
	access := hr.StandardAccess()
	had := 0
	for verb := range readPage(t).rows {
		manager := access.Decide(scene{"", []string{"manager"}}.ask(verb))
		everything := scene{"", []string{"delegate of *"}}.ask(verb)
		for _, lent := range append(kinds, "*", "leave.*", "lifecycle.*") {
			delegate := access.Decide(scene{"", []string{"delegate of " + lent}}.ask(verb))
			if delegate.Allow {
				had++
				require.True(t, manager.Allow, "%s with %s", verb, lent)
				require.True(t, access.Decide(everything).Allow, "%s with %s and not with all", verb, lent)
			}
			require.Subset(t, append(manager.Classes, ""), append(delegate.Classes, ""), "%s with %s", verb, lent)
		}
		for _, lent := range []string{"", "leave", "le*", "leave.req*", "*.request"} {
			require.False(t, access.Decide(scene{"", []string{"delegate of " + lent}}.ask(verb)).Allow, "%s with %q, which is no kind", verb, lent)
		}
		mine := everything
		mine.Subjects, mine.Relations = []hr.EmployeeID{"E1"}, []hr.Relation{{Kind: hr.RelationDelegate, To: "E1", Lent: []string{"*"}}, {Kind: hr.RelationManager, To: "E1"}}
		require.False(t, access.Decide(mine).Allow, "%s: nobody is their own manager or delegate", verb)
	}
	require.Greater(t, had, 20)
}

func TestAccessIsChecked(t *testing.T) {
	require.NoError(t, hr.Access{}.Validate())
	require.False(t, hr.Access{}.Decide(hr.Ask{Verb: "leave.Apply"}).Allow, "the zero Access denies")
	bad := hr.Access{
		Grants: []hr.Grant{
			{Role: "hr", Verbs: []string{"leave.Grant"}},
			{Name: "nothing", Role: "hr"},
			{Name: "to all", Verbs: []string{"leave.Grant"}},
			{Name: "a delegate of what", Relation: hr.RelationDelegate, Verbs: []string{"leave.Decide"}},
			{Name: "a manager of what", Relation: hr.RelationManager, Lent: "leave.request", Verbs: []string{"leave.Decide"}},
			{Name: "a class", Role: "hr", Verbs: []string{"leave.Request"}, Classes: []hr.FieldClass{hr.ClassPublic, "secret"}},
			{Name: "oneself", Relation: hr.RelationSelf, Verbs: []string{"leave.Apply", "leave.Grant"}},
		},
		NotAboutSelf: []string{"leave.Grant"},
		Exclusive:    []hr.Exclusion{{One: "hr", Other: "hr"}},
	}
	require.Equal(t, []string{
		"grants[0]", "grants[1]", "grants[2]", "grants[3].lent", "grants[4].lent", "grants[5].classes[1]", "grants[6].verbs", "exclusive[0]",
	}, paths(bad.Validate()))
}
