package api

import (
	"context"
	"errors"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/storage"
)

// Due is something that is due about somebody: the end of a trial, a contract, a document that expires.
type Due struct {
	Employee hr.EmployeeID     `json:"employee"`
	Kind     lifecycle.DueKind `json:"kind"`
	On       hr.Date           `json:"on" doc:"when to look at it"`
	Day      hr.Date           `json:"day" doc:"the day itself"`
	What     string            `json:"what,omitempty" doc:"which document, or why the day cannot be told"`
}

// TaskDue is a task of a checklist that should be done.
type TaskDue struct {
	Checklist lifecycle.ChecklistID `json:"checklist"`
	Employee  hr.EmployeeID         `json:"employee"`
	Task      string                `json:"task"`
	Title     string                `json:"title"`
	Owners    []hr.ActorID          `json:"owners"`
	Due       hr.Date               `json:"due"`
	Overdue   bool                  `json:"overdue"`
	Waits     []string              `json:"waits_for,omitempty"`
}

type endIn struct {
	Writing
	ID   lifecycle.ChecklistID `path:"id" maxLength:"200"`
	Task string                `path:"task" maxLength:"200"`
	Body struct {
		State  lifecycle.TaskState `json:"state" enum:"done,waived,missing"`
		Reason string              `json:"reason,omitempty" maxLength:"500"`
	}
}

type startIn struct {
	Writing
	Employee hr.EmployeeID `path:"employee" maxLength:"64"`
	Body     struct {
		Kind lifecycle.ChecklistKind `json:"kind" enum:"joining,leaving"`
		Day  hr.Date                 `json:"day,omitzero" doc:"the last day, where no notice or exit says it"`
	}
}

func (a *API) tasks() {
	get(a, "/v1/people/{employee}/checklists", "tasks", "The checklists of somebody who joins or leaves", func(ctx context.Context, r Request, in *Employee) (List[lifecycle.Checklist], error) {
		lists, err := r.App.People.ChecklistsOf(ctx, r.View(), in.Employee)
		if err == nil {
			lists, err = shown(ctx, r, "lifecycle.ChecklistsOf", lists, in.Employee)
		}
		return whole(lists), err
	})
	post(a, "/v1/people/{employee}/checklists", "tasks", "Start the checklist of somebody who joins or leaves", func(ctx context.Context, r Request, cmd hr.Command, in startIn) (Made, error) {
		id, err := r.App.People.StartChecklist(ctx, cmd, in.Employee, lifecycle.ChecklistStart{Kind: in.Body.Kind, Day: in.Body.Day})
		return Made{string(id)}, err
	})
	post(a, "/v1/checklists/{id}/tasks/{task}", "tasks", "Say that a task is done, waived or missing", func(ctx context.Context, r Request, cmd hr.Command, in endIn) (Done, error) {
		return done(r.App.People.EndTask(ctx, cmd, in.ID, in.Task, lifecycle.TaskEnd{State: in.Body.State, Reason: in.Body.Reason}))
	})
	type tasksIn struct {
		Paging
		On     hr.Date `query:"on"`
		Within int     `query:"within" minimum:"0" maximum:"366" default:"14" doc:"also what is due in so many days"`
	}
	get(a, "/v1/tasks", "tasks", "Tasks of all checklists that are due", func(ctx context.Context, r Request, in *tasksIn) (List[TaskDue], error) {
		due, err := r.App.People.DueTasks(ctx, r.View(), r.day(in.On), in.Within, lifecycle.ChecklistID(in.After), in.Limit)
		out := make([]TaskDue, len(due))
		for i, d := range due {
			out[i] = TaskDue{d.Checklist, d.Employee, d.Task, d.Title, d.Owners, d.Due, d.Overdue, d.Waits}
		}
		l := whole(out)
		if len(out) >= in.Limit { // whole checklists come, so the page may be longer
			l.Next = string(out[len(out)-1].Checklist)
		}
		return l, err
	})
	type dueIn struct {
		Period hr.Period `query:"period" required:"true" example:"2026-11-01..2026-11-30"`
	}
	get(a, "/v1/due", "tasks", "What is due about people: trials, contracts, documents, anniversaries", func(ctx context.Context, r Request, in *dueIn) (List[Due], error) {
		due, err := r.App.People.Due(ctx, r.View(), lifecycle.Leads{}, in.Period)
		out := make([]Due, len(due))
		for i, d := range due {
			out[i] = Due{d.Employee, d.Kind, d.On, d.Day, d.What}
		}
		var of lifecycle.DueFaults
		if errors.As(err, &of) { // what cannot be told of one person keeps nothing back about the others
			for _, f := range of {
				out = append(out, Due{Employee: f.Employee, Kind: lifecycle.DueRetirement, On: in.Period.From, What: f.Err.Error()})
			}
			err = nil
		}
		return whole(out), err
	})
	get(a, "/v1/movements", "tasks", "Who joins and who leaves in a period", func(ctx context.Context, r Request, in *dueIn) (Movements, error) {
		out := Movements{Joining: []Person{}, Leaving: []Person{}}
		if err := storage.May(ctx, r.App.Kit, r.View(), "lifecycle.Employees"); err != nil {
			return out, err
		}
		err := r.App.EachEmployed(ctx, in.Period, func(ids []hr.EmployeeID) error {
			rows, err := r.App.Store.Employments(ctx, ids...)
			if err != nil {
				return err
			}
			for _, e := range rows {
				last := e.LastDay
				if last.IsZero() {
					last = e.Notice.LastDay
				}
				joins, leaves := in.Period.Contains(e.Start), !last.IsZero() && in.Period.Contains(last)
				if !joins && !leaves {
					continue
				}
				if _, err := r.App.People.Employment(ctx, r.View(), e.ID); err != nil { // whether it may be read
					return err
				}
				people, err := r.people(ctx, r.App.Today(), e.ID)
				if err != nil {
					return err
				}
				p := people[0]
				p.State, p.Start, p.LastDay = e.State, e.Start, last
				if joins {
					out.Joining = append(out.Joining, p)
				}
				if leaves {
					out.Leaving = append(out.Leaving, p)
				}
			}
			return nil
		})
		return out, err
	})
}

// Movements are who joins and who leaves.
type Movements struct {
	Joining []Person `json:"joining"`
	Leaving []Person `json:"leaving"`
}
