package lifecycle

import (
	"context"
	"maps"
	"slices"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// Route says who approves what ask is about, as [Routing.Route] decides it on the terms, the organisation, the delegations and the
// absences of the day on which it is asked. Without rules it is one level, at which the direct manager of each subject on ask.On must
// agree, or one of Service.Fallback where one of them cannot. A manager acts under the actor id of the same text as their employee id. If nobody
// is left, or ask.On is missing, it is a [hr.FieldError] with RuleRouteNobody.
func (s Service) Route(ctx context.Context, ask hr.ApprovalAsk) ([]hr.ApprovalLevel, error) {
	levels, _, err := s.route(ctx, ask)
	return levels, err
}

// ExplainRoute says who would approve what ask is about and why: a part for each level, with a sentence for everybody who was looked at.
// Its errors are those of [Service.Route], with as much of the reasoning as there is.
func (s Service) ExplainRoute(ctx context.Context, v hr.View, ask hr.ApprovalAsk) (hr.Trace, error) {
	if err := storage.May(ctx, s.Kit, v, "lifecycle.ExplainRoute", ask.Subjects...); err != nil {
		return hr.Trace{}, err
	}
	_, why, err := s.route(ctx, ask)
	return why, err
}

func (s Service) route(ctx context.Context, ask hr.ApprovalAsk) ([]hr.ApprovalLevel, hr.Trace, error) {
	if ask.On.IsZero() {
		return nil, hr.Trace{}, &hr.FieldError{Path: "on", Rule: RuleRouteNobody, Reason: "is required: managers change by date", Err: hr.ErrRequired}
	}
	facts, err := s.routeFacts(ctx, ask)
	if err != nil {
		return nil, hr.Trace{}, err
	}
	return s.Routing.Route(ask, facts)
}

// routeFacts reads what a route for ask can depend on, if also those others may be asked.
func (s Service) routeFacts(ctx context.Context, ask hr.ApprovalAsk, also ...hr.EmployeeID) (RouteFacts, error) {
	f := RouteFacts{Asked: ask.On, Fallback: s.Fallback}
	if !ask.At.IsZero() {
		f.Asked = hr.DateOf(ask.At, s.zone())
	}
	lines := chart{}
	if err := lines.climb(ctx, s.Facts, ask.On, ask.Subjects...); err != nil {
		return f, err
	}
	f.Terms = lines
	var err error
	if f.Organisation, err = s.organisation(ctx, 0); err != nil {
		return f, err
	}
	asked := map[hr.EmployeeID]bool{} // who may be asked
	for id := range lines {
		asked[id] = true
	}
	for _, id := range also {
		asked[id] = true
	}
	for _, t := range f.about(ask) {
		for _, u := range f.Organisation.Above(t.Department, ask.On) {
			asked[u.Head] = true
		}
	}
	for _, id := range ask.Subjects {
		for _, d := range f.Organisation.DottedLines(id, ask.On) {
			asked[d.To] = true
		}
	}
	for _, h := range s.Routing.Roles {
		asked[h.Holder.Employee] = true
	}
	for _, rule := range s.Routing.Rules {
		for _, l := range rule.Levels {
			for _, a := range slices.Concat(l.Ask, l.Escalate) {
				asked[a.Person.Employee] = true
			}
		}
	}
	delete(asked, "")
	people := slices.Sorted(maps.Keys(asked))
	if f.Delegations, err = s.lent(ctx, people); err != nil {
		return f, err
	}
	for _, list := range f.Delegations {
		for _, e := range list {
			if e.Period.Contains(f.Asked) {
				asked[e.Value.To] = true
			}
		}
	}
	people = slices.Sorted(maps.Keys(asked))
	if err := lines.read(ctx, s.Facts, people); err != nil {
		return f, err
	}
	if f.Away, err = s.away(ctx, ask, f.Asked, people); err != nil {
		return f, err
	}
	for _, id := range people { // who is suspended, on long leave or lent out is not there either
		t, _ := lines[id].At(f.Asked)
		standing, err := StandingOf(t)
		if err != nil {
			return f, err
		}
		f.Away[id] = f.Away[id] || standing.State != "" && !s.Table.Meaning(standing.State).Works
	}
	return f, nil
}

// away returns which of people are away on a day, all of it; nobody where no port says so.
func (s Service) away(ctx context.Context, ask hr.ApprovalAsk, day hr.Date, people []hr.EmployeeID) (map[hr.EmployeeID]bool, error) {
	out := map[hr.EmployeeID]bool{}
	if s.Absences == nil || len(people) == 0 {
		return out, nil
	}
	pins := make([]hr.Pin, len(people))
	for i, id := range people {
		pins[i].Employee = id
	}
	v := hr.View{Actor: ask.Preparer, Purpose: "approval"}.Inside("lifecycle.Route")
	lists, err := s.Absences.Absences(ctx, v, pins, hr.Period{From: day, Through: day})
	if err != nil {
		return nil, err
	}
	for i, list := range lists {
		halves := map[hr.HalfOfDay]bool{}
		for _, a := range list {
			if a.Date == day {
				halves[a.Half] = true
			}
		}
		out[people[i]] = halves[hr.WholeDay] || halves[hr.FirstHalf] && halves[hr.SecondHalf]
	}
	return out, nil
}
