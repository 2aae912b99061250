package hr

import "slices"

// Ask is the question whether an actor may do something. A [Policy] answers it from these values alone.
type Ask struct {
	Verb      string // "leave.Approve", "payroll.Payslip"
	Actor     Actor
	Purpose   string
	Via       []string     // the verbs that led here, outermost first
	Subjects  []EmployeeID // whom it concerns; empty where it concerns nobody in particular
	Relations []Relation   // how the actor stands to the subjects
}

// RelationKind says how an actor stands to an employee. The empty kind is no relation.
type RelationKind string

const (
	RelationSelf     RelationKind = "self"     // the actor is the employee
	RelationManager  RelationKind = "manager"  // the actor manages the employee, directly or through others
	RelationDelegate RelationKind = "delegate" // a manager of the employee has lent the actor some of their rights for now
)

// Relation is one tie between the actor of an [Ask] and one of its subjects.
type Relation struct {
	Kind RelationKind
	To   EmployeeID
	Lent []string // of a delegate: the kinds of approval lent: "leave.request", "leave.*" for all of leave, "*" for all; none: nothing
}

// Verdict answers an [Ask]. The zero Verdict denies.
type Verdict struct {
	Allow   bool
	Reason  string       // why, for the audit; no value of a field
	Classes []FieldClass // of what is read, what the actor may see of every subject, in the order of [FieldClasses]; none: nothing. [Show] hides the rest.
}

// Sees reports whether the actor may do it and may see fields of a class in what it answers.
func (v Verdict) Sees(c FieldClass) bool { return v.Allow && slices.Contains(v.Classes, c) }

// Policy decides what actors may do. It is pure: the same Ask has the same Verdict. A nil Policy denies everything.
type Policy func(Ask) Verdict

// Sees reports whether p lets the actor of a see fields of a class in what a asks for.
func (p Policy) Sees(a Ask, c FieldClass) bool { return p.Decide(a).Sees(c) }

// Decide asks p; a nil p denies.
func (p Policy) Decide(a Ask) Verdict {
	if p == nil {
		return Verdict{Reason: "no policy is set, and without one nothing is allowed"}
	}
	return p(a)
}

// AllowAll allows everything. It is for tests, examples and programs that decide elsewhere, and it must be named to be had.
func AllowAll(Ask) Verdict {
	return Verdict{Allow: true, Reason: "everything is allowed", Classes: FieldClasses()}
}

// Stands reports whether the actor stands in relation kind to every subject, and there is at least one.
func (a Ask) Stands(kind RelationKind) bool {
	for _, s := range a.Subjects {
		found := false
		for _, r := range a.Relations {
			found = found || r.Kind == kind && r.To == s
		}
		if !found {
			return false
		}
	}
	return len(a.Subjects) > 0
}

// about reports whether the actor is among the subjects, under the id of their employment or an actor id of the same text.
func (a Ask) about() bool {
	return slices.ContainsFunc(a.Subjects, a.Actor.is) || slices.ContainsFunc(a.Relations, func(r Relation) bool { return r.Kind == RelationSelf })
}

// is reports whether somebody is the employee, as [Approval] tells them: an actor id of the same text as an employee id is that employee.
func (a Actor) is(id EmployeeID) bool {
	return id != "" && (id == a.Employee || id == EmployeeID(a.ID))
}
