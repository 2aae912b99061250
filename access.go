package hr

import (
	"fmt"
	"slices"
	"strings"
)

// Access is a policy written as data, so that a host can print it, change it and test it. [Access.Decide] is the [Policy]. What no grant
// allows is denied; the zero Access denies everything. [StandardAccess] is one to start from.
type Access struct {
	Grants []Grant
	// NotAboutSelf lists the verbs that nobody has about themselves, whatever grants it: giving, deciding, changing pay.
	NotAboutSelf []string
	// Exclusive lists pairs of roles that one person must not hold. Who holds both has neither; see [Access.Check].
	Exclusive []Exclusion
}

// Grant allows verbs to those who hold a role, who stand in a relation to whom it is about, or both. About several subjects a verb needs a
// grant for each of them, if not the same; about nobody in particular a relation grants nothing.
type Grant struct {
	Name     string       // what it is for, in words: the reason of the verdict
	Role     string       // who must hold it; empty: any role, or none
	Relation RelationKind // how the actor must stand to the subject; empty: in any way, or none
	Lent     string       // of RelationDelegate, and required there: the kind of approval that must be lent: "leave.request"
	// OneIs counts for a relation that holds to one of the subjects: two who exchange their shifts are asked about both.
	OneIs bool
	// Via counts only for calls made inside one of these verbs, see [Ask.Via]; none: for any call. It alone may do without role and relation.
	Via     []string
	Verbs   []string     // exact: a verb that is not named is not granted
	Classes []FieldClass // what is seen of the subjects in what the verbs answer; none: nothing
}

// Exclusion is two roles that one person must not hold.
type Exclusion struct {
	One, Other string
	Why        string
}

// Validate returns [FieldError]s with RuleAccessGrant for a grant to nobody in particular, one without name or verbs, one to a delegate that
// does not say of which approval or to another that does, a class that is none, and a verb that is granted about oneself and is in
// NotAboutSelf; with RuleAccessExclusive for a pair that is not two roles.
func (a Access) Validate() error {
	var faults Faults
	for i, g := range a.Grants {
		at := fmt.Sprintf("grants[%d]", i)
		if g.Name == "" || len(g.Verbs) == 0 || slices.Contains(g.Verbs, "") {
			faults.Add(at, RuleAccessGrant, "needs a name and verbs")
		}
		if g.Role == "" && g.Relation == "" && len(g.Via) == 0 {
			faults.Add(at, RuleAccessGrant, "needs a role, a relation or the verbs inside which it counts")
		}
		if (g.Relation == RelationDelegate) != (g.Lent != "") {
			faults.Add(at+".lent", RuleAccessGrant, "a grant to delegates, and no other, names the kind of approval that must be lent")
		}
		for j, c := range g.Classes {
			if !slices.Contains(FieldClasses(), c) {
				faults.Add(fmt.Sprintf("%s.classes[%d]", at, j), RuleAccessGrant, "is no class of a field")
			}
		}
		if g.Relation == RelationSelf && slices.ContainsFunc(g.Verbs, func(v string) bool { return slices.Contains(a.NotAboutSelf, v) }) {
			faults.Add(at+".verbs", RuleAccessGrant, "grants about oneself what nobody has about themselves")
		}
	}
	for i, x := range a.Exclusive {
		if x.One == "" || x.Other == "" || x.One == x.Other {
			faults.Add(fmt.Sprintf("exclusive[%d]", i), RuleAccessExclusive, "must be two roles")
		}
	}
	return faults.Err()
}

// Check returns a [FieldError] with RuleAccessExclusive for everybody who holds two roles that exclude each other: one person under two actor
// ids is one person if they are one employee. A host checks all its actors whenever it gives a role to one.
func (a Access) Check(actors ...Actor) error {
	var faults Faults
	for i, one := range actors {
		for _, x := range a.Exclusive {
			for j, other := range actors[:i+1] {
				if (i == j || samePerson(one, other)) && (one.holds(x.One) && other.holds(x.Other) || one.holds(x.Other) && other.holds(x.One)) {
					faults.Add(fmt.Sprintf("actors[%d].roles", i), RuleAccessExclusive, "one person must not be both %s and %s: %s", x.One, x.Other, x.Why)
				}
			}
		}
	}
	return faults.Err()
}

func samePerson(a, b Actor) bool { return a.ID == b.ID || a.is(b.Employee) || b.is(a.Employee) }

func (a Actor) holds(role string) bool { return slices.Contains(a.Roles, role) }

// Decide answers ask: a [Policy]. The verdict shows those classes that are granted of every subject; its reason names the grants.
func (a Access) Decide(ask Ask) Verdict {
	if ask.about() && slices.Contains(a.NotAboutSelf, ask.Verb) {
		return Verdict{Reason: "nobody does this about themselves"}
	}
	var grants []Grant // those that may count, whoever it is about
	for _, g := range a.Grants {
		if slices.Contains(g.Verbs, ask.Verb) && (g.Role == "" || a.counts(ask.Actor, g.Role)) &&
			(len(g.Via) == 0 || slices.ContainsFunc(ask.Via, func(v string) bool { return slices.Contains(g.Via, v) })) {
			grants = append(grants, g)
		}
	}
	subjects := ask.Subjects
	if len(subjects) == 0 {
		subjects = []EmployeeID{""} // nobody in particular: no relation holds
	}
	var names []string
	classes := FieldClasses()
	for _, s := range subjects {
		var seen []FieldClass
		granted := false
		for _, g := range grants {
			if g.reaches(ask, s) {
				granted = true
				seen = append(seen, g.Classes...)
				names = append(names, g.Name)
			}
		}
		if !granted {
			return Verdict{Reason: "nothing grants it"}
		}
		classes = slices.DeleteFunc(classes, func(c FieldClass) bool { return !slices.Contains(seen, c) })
	}
	slices.Sort(names)
	return Verdict{Allow: true, Reason: strings.Join(slices.Compact(names), ", "), Classes: classes}
}

// counts reports whether somebody holds a role and none that excludes it.
func (a Access) counts(who Actor, role string) bool {
	return who.holds(role) && !slices.ContainsFunc(a.Exclusive, func(x Exclusion) bool {
		return x.One == role && who.holds(x.Other) || x.Other == role && who.holds(x.One)
	})
}

// reaches reports whether g counts about s. Nobody is their own manager or delegate.
func (g Grant) reaches(ask Ask, s EmployeeID) bool {
	return g.Relation == "" || slices.ContainsFunc(ask.Relations, func(r Relation) bool {
		if r.Kind != g.Relation || !slices.Contains(ask.Subjects, r.To) || !g.OneIs && r.To != s {
			return false
		}
		return r.Kind == RelationSelf || !ask.Actor.is(r.To) && (r.Kind != RelationDelegate || r.lends(g.Lent))
	})
}

// lends reports whether a kind of approval is among those lent.
func (r Relation) lends(kind string) bool {
	return slices.ContainsFunc(r.Lent, func(lent string) bool {
		prefix, all := strings.CutSuffix(lent, "*")
		return lent == kind || all && (prefix == "" || strings.HasSuffix(prefix, ".")) && strings.HasPrefix(kind, prefix)
	})
}
