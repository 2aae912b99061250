package lifecycle

import (
	"fmt"
	"slices"
	"strings"

	"github.com/musterhr/hr"
)

// RouteFacts is what a [Routing] decides on. What is missing is not there: somebody without terms is not employed.
type RouteFacts struct {
	Terms        map[hr.EmployeeID]hr.Timeline[hr.Terms] // of the subjects, of everybody above them, of everybody who may be asked
	Organisation Organisation
	Delegations  map[hr.EmployeeID][]hr.Entry[Delegation] // of everybody who may be asked, without what was withdrawn
	Away         map[hr.EmployeeID]bool                   // who is away on the day of Asked, all of it
	Asked        hr.Date                                  // the day on which it is asked: who is there and who stands in go by it
	Fallback     []hr.ActorID                             // who approves where the rules find nobody
}

// about returns the terms that a rule is asked of: those of each subject on the day, with what the ask itself says.
func (f RouteFacts) about(ask hr.ApprovalAsk) (list []hr.Terms) {
	with := func(t hr.Terms) hr.Terms {
		for _, x := range []struct {
			to   *string
			said string
		}{{&t.Department, ask.Unit}, {&t.Grade, ask.Grade}, {&t.Place, ask.Place}} {
			if x.said != "" {
				*x.to = x.said
			}
		}
		return t
	}
	for _, id := range ask.Subjects {
		t, _ := f.Terms[id].At(ask.On)
		list = append(list, with(t))
	}
	if len(list) == 0 {
		list = append(list, with(hr.Terms{}))
	}
	return list
}

func (f RouteFacts) employed(id hr.EmployeeID) bool {
	_, employed := f.Terms[id].At(f.Asked)
	return employed
}

// Route says who approves what is asked, level by level, and why: for each level a trace with a sentence for everybody who was looked at. Who prepared the
// case, is a subject of it or gains by it is never among them, and nobody stands in for them. It is pure. It returns a [hr.FieldError] with
// RuleRouteNobody where no rule fits, or where nobody is found and nobody is set to approve instead.
func (r Routing) Route(ask hr.ApprovalAsk, f RouteFacts) ([]hr.ApprovalLevel, hr.Trace, error) {
	why := hr.Trace{Name: "who approves " + ask.Kind}
	rule, fits := r.rule(ask, f)
	if !fits {
		return nil, why, &hr.FieldError{Path: "rules", Rule: RuleRouteNobody, Reason: "no rule says who approves this"}
	}
	why.Rule = rule.Name
	var levels []hr.ApprovalLevel
	instead := false // the fallback is asked already
	for _, l := range rule.Levels {
		s := search{Routing: r, ask: ask, facts: f}
		level, found := s.level(l)
		switch {
		case found:
		case l.Optional && !s.existed:
			s.say("nobody stands there: the level is left out")
		case instead:
			s.say("whoever approves instead is asked already")
		default:
			if level, found = s.fallback(); !found {
				why.Parts = append(why.Parts, hr.Trace{Name: l.Name, Parts: s.said})
				return nil, why, &hr.FieldError{Path: "approvers", Rule: RuleRouteNobody, Reason: "nobody can approve this, and nobody is set to do it instead"}
			}
			instead = true
		}
		part := hr.Trace{Name: l.Name, Parts: s.said}
		if found {
			part.Value = fmt.Sprintf("%d of %s", max(1, level.Need), strings.Join(texts(level.Approvers), ", "))
			level.With = l.With && len(levels) > 0
			levels = append(levels, level)
		}
		why.Parts = append(why.Parts, part)
	}
	if len(levels) == 0 {
		s := search{Routing: r, ask: ask, facts: f}
		level, found := s.fallback()
		if !found {
			return nil, why, &hr.FieldError{Path: "approvers", Rule: RuleRouteNobody, Reason: "every level is left out, and nobody is set to approve instead"}
		}
		levels = append(levels, level)
	}
	return levels, why, nil
}

func texts(ids []hr.ActorID) (out []string) {
	for _, id := range ids {
		out = append(out, string(id))
	}
	return out
}

// search looks for the approvers of one level.
type search struct {
	Routing
	ask     hr.ApprovalAsk
	facts   RouteFacts
	seats   []hr.Actor
	existed bool       // somebody stands where the level looks, able or not
	said    []hr.Trace // what was found, in sentences
}

func (s *search) say(text string, args ...any) {
	s.said = append(s.said, hr.Trace{Name: fmt.Sprintf(text, args...)})
}

// asPerson is the actor of an employee: the one whose id is the same text.
func asPerson(id hr.EmployeeID) hr.Actor { return hr.Actor{ID: hr.ActorID(id), Employee: id} }

func (s *search) level(l RouteLevel) (hr.ApprovalLevel, bool) {
	whole, every := false, true
	for _, a := range l.Ask {
		complete := s.approver(a, l.Climb)
		whole, every = whole || complete, every && complete
	}
	need := max(1, l.Need)
	if l.All {
		whole, need = every, len(s.seats)
	}
	if !whole || len(s.seats) == 0 || len(s.seats) < need {
		return hr.ApprovalLevel{}, false
	}
	level := hr.ApprovalLevel{Name: l.Name, Need: need, Within: l.Within}
	for _, p := range s.seats {
		level.Approvers = append(level.Approvers, p.ID)
		level.StandIns = append(level.StandIns, s.standIns(p)...)
	}
	slices.Sort(level.Approvers)
	if l.Within > 0 {
		level.Calendar = s.facts.about(s.ask)[0].Calendar
	}
	up := search{Routing: s.Routing, ask: s.ask, facts: s.facts}
	for _, a := range l.Escalate {
		up.approver(a, true)
	}
	for _, p := range up.seats {
		if !slices.Contains(level.Approvers, p.ID) && !s.seated(p) {
			level.Escalate = append(level.Escalate, p.ID)
			s.say("after %d working days %s is asked too", l.Within, p.ID)
		}
	}
	return level, true
}

// fallback is the level that is asked where a rule finds nobody.
func (s *search) fallback() (hr.ApprovalLevel, bool) {
	able := slices.DeleteFunc(slices.Clone(s.facts.Fallback), func(id hr.ActorID) bool { return s.ask.Bars(hr.Actor{ID: id}) })
	if len(able) > 0 {
		s.say("asked instead: %s", strings.Join(texts(able), ", "))
	}
	return hr.ApprovalLevel{Name: "fallback", Approvers: able, Need: 1}, len(able) > 0
}

// approver adds the seats of one way to find approvers, and reports whether there is one for each subject.
func (s *search) approver(a Approver, climb bool) bool {
	switch a.Kind {
	case AskPerson:
		return s.first("the person named", false, a.Person)
	case AskRole:
		return s.role(a.Role)
	}
	complete := true
	subjects := s.ask.Subjects
	if len(subjects) == 0 {
		subjects = []hr.EmployeeID{""} // the unit alone is asked
	}
	for _, subject := range subjects {
		complete = s.related(a, subject, climb) && complete
	}
	return complete
}

// related adds the seat of somebody who stands to the subject as a says.
func (s *search) related(a Approver, subject hr.EmployeeID, climb bool) bool {
	var up []hr.Actor
	what := "manager of " + string(subject)
	switch a.Kind {
	case AskManager:
		up = s.managers(subject)
	case AskHead:
		what = "head of the unit of " + string(subject)
		if subject == "" {
			what = "head of unit " + s.ask.Unit
		}
		up = s.heads(subject)
	case AskDotted:
		what = "dotted line of " + string(subject)
		for _, d := range s.facts.Organisation.DottedLines(subject, s.ask.On) {
			up = append(up, asPerson(d.To))
		}
	}
	up = up[min(a.Up, len(up)):]
	if a.Up > 0 {
		what += fmt.Sprintf(", %d further up", a.Up)
	}
	if climb && a.Kind == AskManager {
		up = append(up, s.heads(subject)...)
	}
	return s.first(what, climb, up...)
}

// managers lists who stands above somebody on the day, nearest first, through to the first who is not employed.
func (s *search) managers(subject hr.EmployeeID) (up []hr.Actor) {
	seen := map[hr.EmployeeID]bool{}
	for at := subject; ; {
		t, employed := s.facts.Terms[at].At(s.ask.On)
		if !employed || t.Manager == "" || seen[t.Manager] {
			return up
		}
		seen[t.Manager] = true
		up = append(up, asPerson(t.Manager))
		at = t.Manager
	}
}

// heads lists the heads of the unit of somebody and of those above, nearest first; of the unit that is asked about where there is nobody.
func (s *search) heads(subject hr.EmployeeID) (up []hr.Actor) {
	t, _ := s.facts.Terms[subject].At(s.ask.On)
	unit := t.Department
	if s.ask.Unit != "" {
		unit = s.ask.Unit
	}
	for _, u := range s.facts.Organisation.Above(unit, s.ask.On) {
		if u.Head != "" {
			up = append(up, asPerson(u.Head))
		} else {
			s.say("unit %s has no head", u.ID)
		}
	}
	return up
}

// role adds everybody who holds a role for the places that are asked about, and reports whether there is one for each place.
func (s *search) role(role string) bool {
	complete := true
	for _, t := range s.facts.about(s.ask) {
		var here, anywhere []hr.Actor
		for _, h := range s.Roles {
			if h.Role != role || !h.Period.IsZero() && !h.Period.Contains(s.facts.Asked) {
				continue
			}
			switch h.Place {
			case "":
				anywhere = append(anywhere, h.Holder)
			case t.Place:
				here = append(here, h.Holder)
			}
		}
		if len(here) == 0 {
			here = anywhere
		}
		able := false
		for _, holder := range here {
			able = s.first("holder of the role "+role, false, holder) || able
		}
		if len(here) == 0 {
			s.say("nobody holds the role %s", role)
		}
		complete = complete && able
	}
	return complete
}

// first adds the first of candidates who may be asked, or, unless it climbs, the first only if they may; and says of each why or why not.
func (s *search) first(what string, climb bool, candidates ...hr.Actor) bool {
	if len(candidates) == 0 {
		s.say("there is no %s", what)
	}
	for _, c := range candidates {
		s.existed = true
		if why := s.against(c); why != "" {
			s.say("%s, %s, is not asked: %s", c.ID, what, why)
			if climb {
				what = "next above"
				continue
			}
			return false
		}
		if !s.seated(c) {
			s.seats = append(s.seats, c)
		}
		s.say("%s is the %s", c.ID, what)
		for _, in := range s.standIns(c) {
			s.say("%s stands in for %s, %s", in.By, c.ID, in.Period)
		}
		return true
	}
	return false
}

// seated reports whether a person has a seat, under whatever id.
func (s *search) seated(p hr.Actor) bool {
	return slices.ContainsFunc(s.seats, func(o hr.Actor) bool {
		return o.ID == p.ID || p.Employee != "" && (o.Employee == p.Employee || hr.EmployeeID(o.ID) == p.Employee) || o.Employee != "" && o.Employee == hr.EmployeeID(p.ID)
	})
}

// against says why somebody is not asked; empty: they are.
func (s *search) against(p hr.Actor) string {
	switch {
	case p.ID == s.ask.Preparer.ID, p.Employee != "" && p.Employee == s.ask.Preparer.Employee:
		return "they prepared it"
	case s.ask.Bars(p):
		return "it is about them, or they gain by it"
	case p.Employee == "":
		return "" // a program or an outsider is not employed and never away
	case !s.facts.employed(p.Employee):
		return fmt.Sprintf("they are not employed on %s", s.facts.Asked)
	}
	if _, employed := s.facts.Terms[p.Employee].At(s.ask.On); !employed {
		return fmt.Sprintf("they are not employed on %s", s.ask.On)
	}
	if s.facts.Away[p.Employee] && len(s.standIns(p)) == 0 {
		return fmt.Sprintf("they are away on %s, and nobody stands in", s.facts.Asked)
	}
	return ""
}

// standIns returns who may decide in the place of p: to whom they have lent that, who is there and whom nothing is against.
func (s *search) standIns(p hr.Actor) (list []hr.ApprovalStandIn) {
	if p.Employee == "" {
		return nil
	}
	for _, e := range s.facts.Delegations[p.Employee] {
		to := asPerson(e.Value.To)
		if e.Period.Contains(s.facts.Asked) && e.Value.covers(s.ask.Kind) && !s.ask.Bars(to) && s.facts.employed(e.Value.To) && !s.facts.Away[e.Value.To] {
			list = append(list, hr.ApprovalStandIn{By: to.ID, For: p.ID, ForEmployee: p.Employee, Period: e.Period})
		}
	}
	return list
}
