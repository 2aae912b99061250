package app

import (
	"context"
	"errors"
	"slices"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/recruitment"
	"github.com/musterhr/hr/storage/schedule"
)

// Automaton is who does what falls due: a program, with no more than that to do.
var Automaton = hr.Actor{ID: "scheduler", Roles: []string{hr.RoleScheduler}}

// Scheduler does by itself what falls due in the company. Several may run over one store. tell is told how each day of each job ended.
func (a *App) Scheduler(tell func(context.Context, schedule.Outcome)) schedule.Scheduler {
	return schedule.Scheduler{Marks: a.Store, Now: a.Kit.Clock, Zone: a.Company.Zone, Actor: Automaton, Jobs: a.Jobs(), Tell: tell}
}

// Jobs are what falls due in a company, each of them once for each day. A host copies the list and changes it.
func (a *App) Jobs() []schedule.Job {
	at := hr.MustTimeOfDay
	return []schedule.Job{
		{Name: "leave accruals", At: at("00:30"), Run: a.accrue},
		{Name: "approved changes", At: at("01:00"), Run: a.applyChanges},
		{Name: "erasures", At: at("02:00"), Run: a.erase},
		{Name: "closing", At: at("03:00"), On: schedule.MonthDay(10), Run: a.closeRuns},
		{Name: "payroll review", At: at("05:00"), Run: a.reviewRuns},
		{Name: "employment reminders", At: at("07:00"), Run: a.remindOfEmployment},
		{Name: "hiring reminders", At: at("07:10"), Run: a.remindOfHiring},
		{Name: "approvals", At: at("07:20"), Run: a.chaseApprovals},
	}
}

// schedulerMay lists what the automaton may do.
func schedulerMay() []string {
	return []string{
		VerbRemind, VerbReview, "leave.AccrueThrough", "leave.Escalate", "attendance.Escalate", "payroll.Escalate", "payroll.Close", "payroll.Run", "payroll.Anomalies",
		"lifecycle.ApplyProposal", "lifecycle.Due", "lifecycle.DueTasks", "lifecycle.DueErasures", "lifecycle.Erase", "recruitment.OpeningsAfter", "recruitment.ErasurePlan", "recruitment.Erase",
		"recruitment.EscalateRequisition", "recruitment.EscalateOffer",
	}
}

// together is how many people accrue leave in one unit of work.
const together = 100

// accrue posts the leave that has accrued and lapsed by the day. Where a page is refused its people go one by one, so that nobody waits for
// somebody else's missing terms; who is left out is caught up with on the next day.
func (a *App) accrue(ctx context.Context, t schedule.Turn) error {
	return a.EachEmployed(ctx, hr.Period{From: t.Day, Through: t.Day}, func(all []hr.EmployeeID) error {
		for ids := range slices.Chunk(all, together) {
			_, err := a.Leave.AccrueThrough(ctx, t.For(hr.Digest("page/1", ids)[:16]), t.Day, ids...)
			for _, id := range ids {
				if err == nil || ctx.Err() != nil {
					break
				}
				_, one := a.Leave.AccrueThrough(ctx, t.For("one", string(id)), t.Day, id)
				t.Left(string(id), one)
			}
			if ctx.Err() != nil {
				return ctx.Err()
			}
		}
		return nil
	})
}

// applyChanges applies what was agreed and had to wait, such as a new bank account.
func (a *App) applyChanges(ctx context.Context, t schedule.Turn) error {
	open, err := a.Store.OpenProposals(ctx, "", 0)
	for _, p := range open {
		if p.State == lifecycle.ProposalApproved && !p.NotBefore.After(t.Day) {
			t.Left(string(p.ID), a.People.ApplyProposal(ctx, t.For(string(p.ID)), p.ID))
		}
	}
	return err
}

// erase takes away the people whom nothing asks to keep any more: leavers and candidates. Whoever is under a legal hold is left out, and the outcome of each day says
// so, because a hold needs a look; so is everybody where the store was opened without a cipher, because then nothing can be forgotten.
func (a *App) erase(ctx context.Context, t schedule.Turn) error {
	due, err := a.People.DueErasures(ctx, t.View(), hr.Period{From: t.Day, Through: t.Day})
	if err != nil {
		return err
	}
	asked := map[hr.EmployeeID]bool{}
	for _, d := range due { // one for each class
		if !asked[d.Employee] {
			asked[d.Employee] = true
			_, err := a.People.Erase(ctx, t.For("employee", string(d.Employee)), d.Employee)
			t.Left(string(d.Employee), err)
		}
	}
	for after := recruitment.CandidateID(""); ; {
		rows, err := a.Store.CandidatesAfter(ctx, after, page)
		if err != nil || len(rows) == 0 {
			return err
		}
		plan, err := a.Hiring.ErasurePlan(ctx, t.View(), after, page)
		if err != nil {
			return err
		}
		for _, e := range plan {
			if !e.Due.IsZero() && !e.Due.After(t.Day) {
				t.Left(string(e.Candidate), a.Hiring.Erase(ctx, t.For(string(e.Candidate)), e.Candidate))
			}
		}
		after = rows[len(rows)-1].ID
	}
}

// eachRun calls fn with every payroll run.
func (a *App) eachRun(ctx context.Context, fn func(payroll.Run)) error {
	list, offers := a.Store.(payroll.RunList)
	if !offers {
		return errors.New("app: this store cannot list payroll runs")
	}
	for after := payroll.RunID(""); ; {
		runs, err := list.RunsAfter(ctx, after, page)
		if err != nil || len(runs) == 0 {
			return err
		}
		for _, r := range runs {
			fn(r)
		}
		after = runs[len(runs)-1].ID
	}
}

// closeRuns closes what was paid for the months before: nothing about it can change any more, and what comes later is arrears.
func (a *App) closeRuns(ctx context.Context, t schedule.Turn) error {
	return a.eachRun(ctx, func(r payroll.Run) {
		if r.State == payroll.RunPaid && r.Period.Through.Before(t.Day.FirstOfMonth()) {
			_, err := a.Pay.Close(ctx, t.For(string(r.ID)), r.ID)
			t.Left(string(r.ID), err)
		}
	})
}

// reviewRuns looks for what is unusual in every run that waits for its approval.
func (a *App) reviewRuns(ctx context.Context, t schedule.Turn) error {
	return a.eachRun(ctx, func(r payroll.Run) {
		if r.State == payroll.RunCalculated {
			_, err := a.Review(ctx, t.For(string(r.ID)), r.ID)
			t.Left(string(r.ID), err)
		}
	})
}

// chaseApprovals reminds of approvals on the day they are due, and each week after; those that are overdue go to whom their level names beside.
func (a *App) chaseApprovals(ctx context.Context, t schedule.Turn) error {
	open, about, err := a.OpenApprovals(ctx, t.Day)
	if err != nil {
		return err
	}
	for _, o := range open { // one by one: a calendar that ends concerns those who count by it
		acts, err := lifecycle.DueApprovals([]lifecycle.OpenApproval{o}, t.Day, 0, a.Company.Zone, a.Company.Calendars)
		t.Left(o.Case.ID, err)
		for _, act := range acts {
			cmd := t.For(act.Case.Kind, act.Case.ID, act.Name)
			escalated := false
			if act.Do == lifecycle.Escalate {
				escalated, err = a.escalate(ctx, cmd, act)
				t.Left(o.Case.ID, err)
			}
			if late := t.Day.Since(act.Due); !escalated && late%7 == 0 {
				t.Left(o.Case.ID, a.remind(ctx, cmd, Reminder{"approval", about[act.Case], act.Case, act.Due}))
			}
		}
	}
	return nil
}

// escalate lets those decide whom the level names beside; false where the domain has no way to.
func (a *App) escalate(ctx context.Context, cmd hr.Command, act lifecycle.DueAction) (bool, error) {
	for _, k := range approvalKinds(a) {
		if k.kind == act.Case.Kind {
			return true, k.escalate(ctx, cmd, act.Case.ID, act.Level)
		}
	}
	return false, nil
}
