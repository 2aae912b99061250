package app

import (
	"context"
	"errors"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/recruitment"
	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/schedule"
)

// VerbRemind is the verb of a reminder.
const VerbRemind = "app.Remind"

// Reminder says that somebody should look at something. It goes out as an event, "reminder.probation", with a reference and without values:
// whoever delivers it asks the services what they may show to whom.
type Reminder struct {
	What    string
	Subject hr.EmployeeID
	Ref     hr.Ref
	Day     hr.Date // the day that it is about
}

// remind puts a reminder into the outbox: once, for its command is the same whenever it is sent.
func (a *App) remind(ctx context.Context, cmd hr.Command, r Reminder) error {
	var subjects []hr.EmployeeID
	if r.Subject != "" {
		subjects = append(subjects, r.Subject)
	}
	_, err := storage.Do(ctx, a.Kit, cmd, VerbRemind, storage.About(r, subjects...), func(_ context.Context, cmd hr.Command) (hr.Ref, []storage.Event, error) {
		return r.Ref, []storage.Event{{
			ID: cmd.NewID("event"), Stream: "reminder/" + string(r.Subject), Kind: "reminder." + r.What, Subject: r.Subject, Ref: r.Ref, At: cmd.At(),
		}}, nil
	})
	return err
}

// leads are how many days ahead somebody is reminded.
func leads() lifecycle.Leads {
	return lifecycle.Leads{
		lifecycle.DueProbation: 14, lifecycle.DueContract: 30, lifecycle.DueRetirement: 180, lifecycle.DueDocument: 30, lifecycle.DueLastDay: 7, lifecycle.DueReturn: 3,
	}
}

// owed is for how many days after a last day a settlement is asked about, once a week.
const owed = 90

// remindOfEmployment reminds of trials, documents, contracts, returns, anniversaries and tasks, and of leavers who are not settled.
func (a *App) remindOfEmployment(ctx context.Context, t schedule.Turn) error {
	due, err := a.People.Due(ctx, t.View(), leads(), hr.Period{From: t.Day, Through: t.Day})
	var faults lifecycle.DueFaults
	if errors.As(err, &faults) { // of one, and not of the others
		for _, f := range faults {
			t.Left(string(f.Employee), f.Err)
		}
	} else if err != nil {
		return err
	}
	for _, d := range due {
		ref := d.Ref
		if ref == (hr.Ref{}) {
			ref = hr.Ref{Kind: "employment", ID: string(d.Employee)}
		}
		t.Left(string(d.Employee), a.remind(ctx, t.For(string(d.Kind), string(d.Employee), ref.ID), Reminder{string(d.Kind), d.Employee, ref, d.Day}))
	}
	tasks, err := a.People.DueTasks(ctx, t.View(), t.Day, 0, "", 0)
	if err != nil {
		return err
	}
	for _, d := range tasks {
		if d.Due == t.Day {
			ref := hr.Ref{Kind: "checklist", ID: string(d.Checklist)}
			t.Left(string(d.Employee), a.remind(ctx, t.For("task", ref.ID, d.Task), Reminder{"task", d.Employee, ref, d.Due}))
		}
	}
	return a.EachEmployed(ctx, hr.Period{From: t.Day.Add(-owed), Through: t.Day}, func(ids []hr.EmployeeID) error {
		rows, err := a.Store.Employments(ctx, ids...)
		for _, e := range rows {
			if gone := t.Day.Since(e.LastDay); !e.LastDay.IsZero() && e.Settled.PaidOn.IsZero() && gone > 0 && gone%7 == 1 {
				t.Left(string(e.ID), a.remind(ctx, t.For("settlement", string(e.ID)), Reminder{"settlement", e.ID, hr.Ref{Kind: "employment", ID: string(e.ID)}, e.LastDay}))
			}
		}
		return err
	})
}

// beforeConsent is how many days before a consent ends somebody is reminded to ask for another.
const beforeConsent = 14

// remindOfHiring reminds of applications that wait too long, offers whose time is over, bonuses, and consents that end.
func (a *App) remindOfHiring(ctx context.Context, t schedule.Turn) error {
	dayOf := func(m recruitment.Move) hr.Date { return hr.DateOf(m.At, a.Company.Zone) }
	for after := recruitment.OpeningID(""); ; {
		openings, err := a.Hiring.OpeningsAfter(ctx, t.View(), after, page)
		if err != nil {
			return err
		}
		if len(openings) == 0 {
			break
		}
		for _, o := range openings {
			list, err := a.Store.ApplicationsFor(ctx, o.ID, "", 0)
			if err != nil {
				return err
			}
			for _, x := range list {
				due, err := a.Hiring.Pipeline.DueOf(x, a.Hiring.Calendar, t.Day, dayOf)
				t.Left(string(x.ID), err)
				for _, d := range due {
					if late := t.Day.Since(d.On); late%7 == 0 {
						t.Left(string(x.ID), a.remind(ctx, t.For(string(d.Kind), string(x.ID)), Reminder{"hiring_" + string(d.Kind), "", hr.Ref{Kind: "application", ID: string(x.ID)}, d.On}))
					}
				}
			}
		}
		after = openings[len(openings)-1].ID
	}
	for after := recruitment.CandidateID(""); ; {
		rows, err := a.Store.CandidatesAfter(ctx, after, page)
		if err != nil || len(rows) == 0 {
			return err
		}
		for _, c := range rows {
			for _, consent := range c.Consents {
				if c.Erased.IsZero() && consent.Withdrawn.IsZero() && consent.Expires == t.Day.Add(beforeConsent) {
					t.Left(string(c.ID), a.remind(ctx, t.For("consent", string(c.ID), consent.Purpose), Reminder{"consent", "", hr.Ref{Kind: "candidate", ID: string(c.ID)}, consent.Expires}))
				}
			}
		}
		after = rows[len(rows)-1].ID
	}
}
