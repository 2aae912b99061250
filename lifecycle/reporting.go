package lifecycle

import (
	"context"
	"maps"
	"slices"
	"time"

	"github.com/musterhr/hr"
)

// Reporting answers how an actor stands to people, from the manager in their terms today and from what managers have lent to others. It implements [storage.Relations] and needs
// the facts only, so that a host builds it before the Kit and puts it there. A chain ends at the top, at somebody who is not employed
// today, and, should the stored terms run in a circle, where it would repeat.
type Reporting struct {
	Facts       Facts
	Delegations Delegations      // nil: nobody stands in for anybody
	Now         func() time.Time // nil: time.Now
	Zone        *time.Location   // where today is; nil: UTC
}

// Relations returns hr.RelationManager for each subject whom the actor manages today, directly or through others, in the order
// given, and hr.RelationDelegate for each to whom the actor stands in today for somebody above, with the kinds of approval that are lent. An actor without an employee id, or not employed today, manages nobody; nobody is their own manager.
func (r Reporting) Relations(ctx context.Context, actor hr.Actor, subjects ...hr.EmployeeID) ([]hr.Relation, error) {
	subjects = slices.DeleteFunc(slices.Clone(subjects), func(s hr.EmployeeID) bool { return s == actor.Employee }) // who looks at themselves, as most do, is asked about nobody
	if actor.Employee == "" || len(subjects) == 0 {
		return nil, nil
	}
	now, zone := time.Now, time.UTC
	if r.Now != nil {
		now = r.Now
	}
	if r.Zone != nil {
		zone = r.Zone
	}
	today := hr.DateOf(now(), zone)
	lines := chart{}
	if err := lines.climb(ctx, r.Facts, today, subjects...); err != nil {
		return nil, err
	}
	lent, err := lent(ctx, r.Delegations, slices.Sorted(maps.Keys(lines)))
	if err != nil {
		return nil, err
	}
	kinds := func(bosses []hr.EmployeeID) (kinds []string) {
		for _, boss := range bosses {
			for _, e := range lent[boss] {
				switch {
				case e.Value.To != actor.Employee || !e.Period.Contains(today):
				case len(e.Value.Kinds) == 0:
					kinds = append(kinds, "*")
				default:
					kinds = append(kinds, e.Value.Kinds...)
				}
			}
		}
		slices.Sort(kinds)
		return slices.Compact(kinds)
	}
	_, employed := lines[actor.Employee].At(today)
	var relations []hr.Relation
	for _, s := range subjects {
		up := lines.above(s, today)
		lends := kinds(up)
		switch {
		case slices.Contains(up, actor.Employee):
			relations = append(relations, hr.Relation{Kind: hr.RelationManager, To: s})
		case len(lends) > 0:
			if !employed { // not above the subjects, so not read yet
				line := chart{}
				if err := line.read(ctx, r.Facts, []hr.EmployeeID{actor.Employee}); err != nil {
					return nil, err
				}
				_, employed = line[actor.Employee].At(today)
			}
			if employed {
				relations = append(relations, hr.Relation{Kind: hr.RelationDelegate, To: s, Lent: lends})
			}
		}
	}
	return relations, nil
}

// chart holds the terms of people by date: who manages whom.
type chart map[hr.EmployeeID]hr.Timeline[hr.Terms]

// climb adds ids and everyone above them on day (no date: on any day). Lines that are in the chart already stay as they are.
func (c chart) climb(ctx context.Context, facts Facts, day hr.Date, ids ...hr.EmployeeID) error {
	visited := map[hr.EmployeeID]bool{}
	for len(ids) > 0 {
		ids = slices.Compact(slices.Sorted(slices.Values(ids))) // a copy: the order of what the caller gave is the caller's
		if err := c.read(ctx, facts, ids); err != nil {
			return err
		}
		var up []hr.EmployeeID
		for _, id := range ids {
			if visited[id] {
				continue
			}
			visited[id] = true
			up = append(up, managers(c[id], day)...)
		}
		ids = up
	}
	return nil
}

// read adds the lines of ids that are not in the chart yet.
func (c chart) read(ctx context.Context, facts Facts, ids []hr.EmployeeID) error {
	var pins []hr.Pin
	for _, id := range ids {
		if _, have := c[id]; !have {
			pins = append(pins, hr.Pin{Employee: id})
		}
	}
	if len(pins) == 0 {
		return nil
	}
	lines, err := timelines(ctx, facts, pins)
	if err != nil {
		return err
	}
	for i, p := range pins {
		c[p.Employee] = lines[i]
	}
	return nil
}

// managers returns the managers in line on day, or on any day where day is no date.
func managers(line hr.Timeline[hr.Terms], day hr.Date) (ids []hr.EmployeeID) {
	if !day.IsZero() {
		if t, ok := line.At(day); ok && t.Manager != "" {
			ids = append(ids, t.Manager)
		}
		return ids
	}
	for _, s := range line.Steps() {
		if s.Value.Manager != "" {
			ids = append(ids, s.Value.Manager)
		}
	}
	return ids
}

// above returns the managers of id on day, nearest first, each once. If id stands above itself it is among them.
func (c chart) above(id hr.EmployeeID, day hr.Date) (up []hr.EmployeeID) {
	at := id
	for {
		t, employed := c[at].At(day)
		if !employed || t.Manager == "" || slices.Contains(up, t.Manager) {
			return up
		}
		if _, employed := c[t.Manager].At(day); !employed {
			return up
		}
		up = append(up, t.Manager)
		at = t.Manager
	}
}

// circle returns the first day on which id stands above itself.
func (c chart) circle(id hr.EmployeeID) (day hr.Date, found bool) {
	reached := map[hr.EmployeeID]bool{id: true}
	var days []hr.Date
	for ids := []hr.EmployeeID{id}; len(ids) > 0; {
		at := ids[0]
		ids = ids[1:]
		for _, s := range c[at].Steps() {
			days = append(days, s.Since)
		}
		for _, m := range managers(c[at], hr.Date{}) {
			if !reached[m] {
				reached[m] = true
				ids = append(ids, m)
			}
		}
	}
	slices.SortFunc(days, hr.Date.Compare)
	for _, day := range slices.Compact(days) {
		if slices.Contains(c.above(id, day), id) {
			return day, true
		}
	}
	return hr.Date{}, false
}

// check adds what is wrong with the managers of id, whose line is in the chart with everyone above.
func (c chart) check(f *hr.Faults, path string, id hr.EmployeeID) {
	for _, m := range managers(c[id], hr.Date{}) {
		if c[m].IsZero() {
			f.Add(path, RuleManagerUnknown, "must be an employee")
			return
		}
	}
	if day, found := c.circle(id); found {
		f.Add(path, RuleManagerCycle, "on %s they would stand above themselves", day)
	}
}

// sameManagers reports whether a and b have the same manager on every day.
func sameManagers(a, b hr.Timeline[hr.Terms]) bool {
	for _, s := range slices.Concat(a.Steps(), b.Steps()) {
		x, _ := a.At(s.Since)
		y, _ := b.At(s.Since)
		if x.Manager != y.Manager {
			return false
		}
	}
	return true
}

// timelines reads the terms as known at each pin, in pin order.
func timelines(ctx context.Context, facts Facts, pins []hr.Pin) ([]hr.Timeline[hr.Terms], error) {
	all, err := histories(ctx, facts, pins)
	if err != nil {
		return nil, err
	}
	lines := make([]hr.Timeline[hr.Terms], len(all))
	for i, h := range all {
		lines[i] = h.AsKnown(pins[i].Known.Own)
	}
	return lines, nil
}

// histories reads what is known about terms up to each pin, in pin order.
func histories(ctx context.Context, facts Facts, pins []hr.Pin) ([]hr.History[hr.Terms], error) {
	rows, err := facts.Terms(ctx, pins)
	if err != nil {
		return nil, err
	}
	all := make([]hr.History[hr.Terms], len(rows))
	for i, entries := range rows {
		if all[i], err = hr.NewHistory(kindTerms, entries...); err != nil {
			return nil, err
		}
	}
	return all, nil
}
