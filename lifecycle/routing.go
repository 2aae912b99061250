package lifecycle

import (
	"fmt"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
)

// Routing says who approves what, as data. The zero Routing asks the direct manager of each subject, and Service.Fallback where they cannot.
type Routing struct {
	Rules []RouteRule  // the first that fits is used; where there are rules and none fits, nobody approves
	Roles []RoleHolder // who holds the roles that rules name
}

// RouteRule is one row: what it is for, and the levels it asks. A condition that is empty fits everything. Of several subjects it is enough that
// one fits, so stricter rules come first.
type RouteRule struct {
	Name     string
	Kinds    []string // "payroll.run", or "leave.*" for all of leave
	Types    []string // of what is asked: leave types
	Grades   []string
	Places   []string
	Entities []string
	Units    []string // a unit stands for those below it too
	// Above and UpTo are a band of the amount: more than the one, at most the other. A band fits only amounts of its currency.
	Above, UpTo hr.Money
	// MoreThan fits a larger quantity only, such as leave of more than ten days; zero fits every one.
	MoreThan decimal.Decimal
	Levels   []RouteLevel
}

// RouteLevel is one level of approval before it is known who that is.
type RouteLevel struct {
	Name     string
	Ask      []Approver
	Need     int  // how many must agree; 0 is 1
	All      bool // everybody who is found must agree, whatever Need is
	With     bool // asked together with the level before it
	Climb    bool // where the one above cannot decide, the next above is asked, and at the end the heads of the units above
	Optional bool // left out where nobody is found; otherwise Service.Fallback approves then
	// Within is how many working days the level has before it is overdue, by the calendar of the first subject; 0: no limit. Escalate
	// says who is asked beside it then.
	Within   int
	Escalate []Approver
}

// ApproverKind says how an approver is found. The empty kind is not one.
type ApproverKind string

const (
	AskManager ApproverKind = "manager"      // of the subject
	AskHead    ApproverKind = "head_of_unit" // of the unit of the subject
	AskDotted  ApproverKind = "dotted_line"  // to whom the subject also answers
	AskRole    ApproverKind = "role"         // who holds a role
	AskPerson  ApproverKind = "person"       // somebody by name
)

// Approver is one way to find who approves.
type Approver struct {
	Kind   ApproverKind
	Up     int      // of a manager or a head: how many steps further up; 1 is the manager's manager
	Role   string   // of AskRole
	Person hr.Actor // of AskPerson; with their employee id where they have one
}

// RoleHolder says who holds a role on the days of Period (zero: always). With a place it is for subjects there, before those without one:
// HR of a place.
type RoleHolder struct {
	Role   string
	Place  string
	Holder hr.Actor // with their employee id where they have one
	Period hr.Period
}

// Validate returns every fault of r as [hr.FieldError]s with RuleRouting.
func (r Routing) Validate() error {
	var faults hr.Faults
	approvers := func(at string, list []Approver) {
		for i, a := range list {
			at := fmt.Sprintf("%s[%d]", at, i)
			switch {
			case a.Kind == AskManager || a.Kind == AskHead || a.Kind == AskDotted:
			case a.Kind == AskRole && a.Role != "", a.Kind == AskPerson && a.Person.ID != "":
			default:
				faults.Add(at, RuleRouting, "must be a manager, a head of unit, a dotted line, a role with its name or a person with their actor id")
			}
			if a.Up < 0 {
				faults.Add(at+".up", RuleRouting, "must not be negative")
			}
			if a.Kind == AskRole && a.Role != "" && !slices.ContainsFunc(r.Roles, func(h RoleHolder) bool { return h.Role == a.Role }) {
				faults.Add(at+".role", RuleRouting, "nobody ever holds the role %s", a.Role)
			}
		}
	}
	for i, rule := range r.Rules {
		at := fmt.Sprintf("rules[%d]", i)
		if len(rule.Levels) == 0 {
			faults.Missing(at+".levels", RuleRouting)
		}
		if !rule.Above.IsNothing() && !rule.UpTo.IsNothing() && (rule.Above.Currency != rule.UpTo.Currency || !rule.UpTo.Amount.GreaterThan(rule.Above.Amount)) {
			faults.Add(at+".up_to", RuleRouting, "must be more than above, in its currency")
		}
		for j, l := range rule.Levels {
			at := fmt.Sprintf("%s.levels[%d]", at, j)
			if l.Name == "" || slices.ContainsFunc(rule.Levels[:j], func(o RouteLevel) bool { return o.Name == l.Name }) {
				faults.Add(at+".name", RuleRouting, "must be given, once in a rule")
			}
			if len(l.Ask) == 0 {
				faults.Missing(at+".ask", RuleRouting)
			}
			if l.Need < 0 || l.Within < 0 {
				faults.Add(at, RuleRouting, "need and within must not be negative")
			}
			if len(l.Escalate) > 0 && l.Within == 0 {
				faults.Add(at+".escalate", RuleRouting, "needs a time within which the level is asked")
			}
			approvers(at+".ask", l.Ask)
			approvers(at+".escalate", l.Escalate)
		}
	}
	for i, h := range r.Roles {
		if h.Role == "" || h.Holder.ID == "" || !h.Period.IsZero() && h.Period.Validate() != nil {
			faults.Add(fmt.Sprintf("roles[%d]", i), RuleRouting, "must have a role, a holder and days in order")
		}
	}
	return faults.Err()
}

// direct is the zero Routing, written out.
var direct = RouteRule{Name: "the direct manager", Levels: []RouteLevel{{Name: "manager", Ask: []Approver{{Kind: AskManager}}, All: true}}}

// rule returns the first rule that fits what is asked.
func (r Routing) rule(ask hr.ApprovalAsk, f RouteFacts) (RouteRule, bool) {
	if len(r.Rules) == 0 {
		return direct, true
	}
	for _, rule := range r.Rules {
		if rule.fits(ask, f) {
			return rule, true
		}
	}
	return RouteRule{}, false
}

func (r RouteRule) fits(ask hr.ApprovalAsk, f RouteFacts) bool {
	if len(r.Kinds) > 0 && !matchesKind(r.Kinds, ask.Kind) {
		return false
	}
	if len(r.Types) > 0 && !slices.Contains(r.Types, ask.Type) || !r.MoreThan.IsZero() && !ask.Quantity.GreaterThan(r.MoreThan) {
		return false
	}
	for _, bound := range []hr.Money{r.Above, r.UpTo} {
		if !bound.IsNothing() && bound.Currency != ask.Amount.Currency {
			return false
		}
	}
	if !r.Above.IsNothing() && !ask.Amount.Amount.GreaterThan(r.Above.Amount) || !r.UpTo.IsNothing() && ask.Amount.Amount.GreaterThan(r.UpTo.Amount) {
		return false
	}
	return slices.ContainsFunc(f.about(ask), func(t hr.Terms) bool {
		of := func(list []string, value string) bool { return len(list) == 0 || slices.Contains(list, value) }
		inUnit := len(r.Units) == 0 || slices.Contains(r.Units, t.Department) ||
			slices.ContainsFunc(f.Organisation.Above(t.Department, ask.On), func(u Unit) bool { return slices.Contains(r.Units, u.ID) })
		return of(r.Grades, t.Grade) && of(r.Places, t.Place) && of(r.Entities, t.Entity) && inUnit
	})
}
