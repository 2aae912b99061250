package lifecycle

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// ChecklistStart is what a checklist is started from.
type ChecklistStart struct {
	Kind ChecklistKind `class:"public"`
	// Day is the last day, where no notice or exit says it. Of a joining, and where it is known, it must be empty or that day.
	Day    hr.Date `class:"private"`
	Assets []Asset `class:"money"` // what was lent, to be returned: of a leaving
}

// StartChecklist starts the checklist of somebody who joins or leaves, from the template that fits their place and grade on that day, and
// names its owners. Started late, nothing is due before the first working day from now on. Faults come together: nobody of the
// id (RuleEmploymentUnknown), a kind that is none or for which no template fits (RuleChecklistTemplate), a day that is not known, or another
// one than is known (RuleChecklistDay), one that runs already (RuleChecklistTwice), and a calendar that is missing (RuleChecklistCalendar).
func (s Service) StartChecklist(ctx context.Context, cmd hr.Command, emp hr.EmployeeID, start ChecklistStart) (ChecklistID, error) {
	args := struct {
		Employee hr.EmployeeID
		Start    ChecklistStart
	}{emp, start}
	return do(ctx, s, cmd, "lifecycle.StartChecklist", storage.About(args, emp), func(ctx context.Context, cmd hr.Command) (ChecklistID, []storage.Event, error) {
		if s.Checklists == nil {
			return "", nil, unwired("checklists")
		}
		if _, err := s.Kit.Know.Take(ctx, s.Kit.Clock, emp); err != nil { // two starts wait for each other
			return "", nil, err
		}
		e, err := s.employment(ctx, emp)
		if err != nil {
			return "", nil, err
		}
		lists, err := s.running(ctx, e)
		if err != nil {
			return "", nil, err
		}
		var faults hr.Faults
		if slices.ContainsFunc(lists, func(c Checklist) bool { return c.Kind == start.Kind }) {
			faults.Add("kind", RuleChecklistTwice, "a checklist of this kind runs already")
		}
		day := e.turning(start.Kind)
		switch {
		case day.IsZero():
			if day = start.Day; day.IsZero() || day.Before(e.Start) {
				faults.Add("day", RuleChecklistDay, "must be given: no last day is planned or recorded")
			}
		case !start.Day.IsZero() && start.Day != day:
			faults.Add("day", RuleChecklistDay, "is another one than is known")
		}
		if faults.Any() {
			return "", nil, faults.Err()
		}
		terms, template, found, err := s.template(ctx, emp, start.Kind, day)
		if err != nil {
			return "", nil, err
		}
		if !found {
			return "", nil, &hr.FieldError{Path: "kind", Rule: RuleChecklistTemplate, Reason: "no template fits"}
		}
		if len(start.Assets) > 0 && template.Returns.Kind == "" {
			return "", nil, &hr.FieldError{Path: "assets", Rule: RuleChecklistTemplate, Reason: "the template says nobody who takes them back"}
		}
		owners, err := s.owners(ctx, emp, day, s.day(cmd), template)
		if err != nil {
			return "", nil, err
		}
		today := s.day(cmd)
		c := Checklist{
			ID: ChecklistID(cmd.NewID("checklist")), Employee: emp, Kind: start.Kind, Template: template.Name, Since: e.Start, Started: today,
			Tasks: template.make(start.Assets, owners),
		}
		if c, err = s.redated(c, day, today, terms.Calendar); err != nil {
			return "", nil, err
		}
		return c.ID, []storage.Event{event(cmd, "checklist_started", emp, c.ref())}, s.Checklists.PutChecklist(ctx, c)
	})
}

func (c Checklist) ref() hr.Ref { return hr.Ref{Kind: "checklist", ID: string(c.ID)} }

// turning returns the day from which the tasks of a kind are counted; no date where it is not known.
func (e Employment) turning(kind ChecklistKind) hr.Date {
	switch {
	case kind == Joining:
		return e.Start
	case !e.LastDay.IsZero():
		return e.LastDay
	}
	return e.Notice.LastDay
}

// running returns the checklists of this employment that are not dropped; none where no port keeps any.
func (s Service) running(ctx context.Context, e Employment) ([]Checklist, error) {
	if s.Checklists == nil {
		return nil, nil
	}
	lists, err := s.Checklists.ChecklistsOf(ctx, e.ID)
	return slices.DeleteFunc(lists, func(c Checklist) bool { return c.Dropped || c.Since != e.Start }), err
}

// template returns the terms of somebody on a day and the template that fits them.
func (s Service) template(ctx context.Context, emp hr.EmployeeID, kind ChecklistKind, day hr.Date) (hr.Terms, ChecklistTemplate, bool, error) {
	lines, err := timelines(ctx, s.Facts, []hr.Pin{{Employee: emp}})
	if err != nil {
		return hr.Terms{}, ChecklistTemplate{}, false, err
	}
	terms, _ := lines[0].At(day)
	for i, t := range s.Templates {
		if t.fits(kind, terms) {
			var faults hr.Faults
			faults.Join(fmt.Sprintf("templates[%d]", i), t.Validate())
			return terms, t, true, faults.Err()
		}
	}
	return terms, ChecklistTemplate{}, false, nil
}

// owners returns a way to find the owners of tasks of somebody. Where nobody is found, Service.Fallback owns them.
func (s Service) owners(ctx context.Context, emp hr.EmployeeID, day, today hr.Date, t ChecklistTemplate) (func(...Approver) []hr.ActorID, error) {
	ask := hr.ApprovalAsk{Kind: "checklist." + string(t.Kind), Subjects: []hr.EmployeeID{emp}, On: day}
	var also []hr.EmployeeID
	for _, x := range t.Tasks {
		for _, a := range append(slices.Clone(x.Waivers), x.Owner, t.Returns) {
			also = append(also, a.Person.Employee)
		}
	}
	facts, err := s.routeFacts(ctx, ask, also...)
	if err != nil {
		return nil, err
	}
	facts.Asked, facts.Away = today, nil // a task waits for who is away
	return func(list ...Approver) (ids []hr.ActorID) {
		for _, a := range list {
			if a.Kind == AskEmployee {
				ids = append(ids, hr.ActorID(emp))
				continue
			}
			found := search{Routing: s.Routing, ask: ask, facts: facts}
			found.approver(a, true)
			for _, p := range found.seats {
				ids = append(ids, p.ID)
				for _, in := range found.standIns(p) {
					ids = append(ids, in.By)
				}
			}
			if len(found.seats) == 0 {
				level, _ := found.fallback()
				ids = append(ids, level.Approvers...)
			}
		}
		slices.Sort(ids)
		return slices.Compact(ids)
	}, nil
}

// redated returns a checklist counted from day, by a calendar of the service.
func (s Service) redated(c Checklist, day, today hr.Date, calendar string) (Checklist, error) {
	cal, known := s.Calendars[calendar]
	if !known {
		return c, &hr.FieldError{Path: "terms.calendar", Rule: RuleChecklistCalendar, Reason: fmt.Sprintf("calendar %q is missing: days are counted by it", calendar), Err: hr.ErrNoValue}
	}
	return c.Redate(day, today, cal)
}

// EndTask ends a task of a checklist, as [Checklist.End] decides it: done, waived or, of an asset, missing. A checklist that is not there is
// RuleChecklistUnknown.
func (s Service) EndTask(ctx context.Context, cmd hr.Command, id ChecklistID, task string, end TaskEnd) error {
	args := struct {
		Checklist ChecklistID
		Task      string
		End       TaskEnd
	}{id, task, end}
	about := storage.AboutCase(args, func(ctx context.Context) ([]hr.EmployeeID, error) {
		c, err := s.checklist(ctx, id)
		return []hr.EmployeeID{c.Employee}, err
	})
	_, err := do(ctx, s, cmd, "lifecycle.EndTask", about, func(ctx context.Context, cmd hr.Command) (ChecklistID, []storage.Event, error) {
		c, err := s.checklist(ctx, id)
		if err != nil {
			return "", nil, err
		}
		if c, err = c.End(task, cmd.Actor, end, cmd.At()); err != nil {
			return "", nil, err
		}
		return id, []storage.Event{event(cmd, "task_"+string(end.State), c.Employee, c.ref())}, s.Checklists.PutChecklist(ctx, c)
	})
	return err
}

func (s Service) checklist(ctx context.Context, id ChecklistID) (Checklist, error) {
	if s.Checklists == nil {
		return Checklist{}, unwired("checklists")
	}
	c, err := s.Checklists.Checklist(ctx, id)
	if errors.Is(err, storage.ErrNotFound) {
		return Checklist{}, &hr.FieldError{Path: "checklist", Rule: RuleChecklistUnknown, Reason: "is not there", Err: storage.ErrNotFound}
	}
	return c, err
}

// ChecklistsOf returns the checklists of somebody, of earlier employments and dropped ones too, by id.
func (s Service) ChecklistsOf(ctx context.Context, v hr.View, emp hr.EmployeeID) ([]Checklist, error) {
	if err := storage.May(ctx, s.Kit, v, "lifecycle.ChecklistsOf", emp); err != nil {
		return nil, err
	}
	if s.Checklists == nil {
		return nil, nil
	}
	return s.Checklists.ChecklistsOf(ctx, emp)
}

// DueTasks lists the open tasks due on a day or within so many calendar days after it, of up to limit checklists behind after (below 1: all), by due
// day. A host polls it and reminds.
func (s Service) DueTasks(ctx context.Context, v hr.View, day hr.Date, within int, after ChecklistID, limit int) ([]TaskDue, error) {
	if err := storage.May(ctx, s.Kit, v, "lifecycle.DueTasks"); err != nil {
		return nil, err
	}
	if s.Checklists == nil {
		return nil, nil
	}
	lists, err := s.Checklists.ChecklistsDue(ctx, day.Add(within), after, limit)
	return TasksDue(lists, day, within), err
}

// follow makes the checklists of somebody follow their employment: what is open is dated again where the first or last day has moved, and what is not
// needed any more is dropped: a leaving of who stays, everything of who never came. A new spell has nothing of those before.
func (s Service) follow(ctx context.Context, cmd hr.Command, before, e Employment) error {
	if len(e.Earlier) != len(before.Earlier) {
		return nil
	}
	lists, err := s.running(ctx, before)
	if err != nil {
		return err
	}
	for _, c := range lists {
		day := e.turning(c.Kind)
		stays := c.Kind == Leaving && day.IsZero() && !before.Notice.Given.IsZero() && e.Notice.Given.IsZero()
		never := !e.LastDay.IsZero() && e.LastDay.Before(e.Start)
		switch {
		case stays, never:
			c = c.Drop()
		case day.IsZero() || day == c.Day:
			continue
		default:
			c.Since = e.Start
			terms, _, _, err := s.template(ctx, c.Employee, c.Kind, day)
			if err == nil {
				c, err = s.redated(c, day, s.day(cmd), terms.Calendar)
			}
			if err != nil {
				return err
			}
		}
		if err := s.Checklists.PutChecklist(ctx, c); err != nil {
			return err
		}
	}
	return nil
}

// gateDeed adds what holds up what a deed is about to do: joining, and leaving in whatever way but by death, which waits for nobody.
func (s Service) gateDeed(ctx context.Context, d *deed, before Employment) error {
	leaves := d.table.meanings[before.State].Employed && !d.table.meanings[d.e.State].Employed && !d.e.LastDay.Before(d.e.Start)
	switch {
	case d.happened.Event == Join:
		return s.gate(ctx, &d.faults, d.e, GateJoin, d.e.Start)
	case leaves && d.happened.Event != Die && before.State != d.table.machine.Start():
		return s.gate(ctx, &d.faults, d.e, GateExit, d.e.LastDay)
	}
	return nil
}

// gate adds what holds a gate up: open tasks, and a checklist that was not started although a template has tasks at the gate.
func (s Service) gate(ctx context.Context, f *hr.Faults, e Employment, g Gate, day hr.Date) error {
	if s.Checklists == nil {
		return nil
	}
	open, err := s.gates(ctx, e, g, day)
	for _, why := range open {
		f.Add("gate."+string(g), RuleGate, "%s", why)
	}
	return err
}

// gates says what holds a gate up, in words.
func (s Service) gates(ctx context.Context, e Employment, g Gate, day hr.Date) (open []string, err error) {
	lists, err := s.running(ctx, e)
	if err != nil {
		return nil, err
	}
	started := false
	for _, c := range lists {
		started = started || c.Kind == g.kind()
		for _, t := range c.Open(g) {
			open = append(open, "open: "+t.Title)
		}
	}
	if !started {
		if day.IsZero() {
			day = e.Start
		}
		_, t, found, err := s.template(ctx, e.ID, g.kind(), day)
		if err != nil {
			return nil, err
		}
		if found && t.holds(g) {
			open = append(open, fmt.Sprintf("the checklist %s is not started", t.Name))
		}
	}
	return open, nil
}
