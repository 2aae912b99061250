package payroll

import (
	"context"
	"fmt"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// Service runs payrolls over a host's stores: create, calculate, approve, pay, close, and everything that can be asked about a
// run. Wire it as a literal; every field is needed unless it says otherwise. It holds no state of its own.
type Service struct {
	Kit         storage.Kit
	Runs        Runs
	Results     Results
	Postings    Postings
	Adjustments Adjustments
	Adoptions   Adoptions
	Debts       Debts    // nil: nothing is lent and recovered
	Requests    Requests // with Debts, for loans and expenses that somebody asks for; nil: nobody does
	Router      Router   // who approves them; nil: the Approvers
	Terms       Terms
	Staff       Staff
	People      People
	Keys        storage.Keys           // what says who was erased, so that their payslips are not provable and no mismatch; nil: nobody is
	Sheets      Sheets                 // nil: full pay for every employed day
	Leavers     Leavers                // nil: nothing stands in the way of a settlement
	Changes     []Changes              // who tells what was learnt late: lifecycle, leave, attendance; nil: adjustments and adopted plans alone are asked
	Evidence    []Evidence             // nil: explanations name facts by reference only
	Calendars   map[string]hr.Calendar // by the name that terms give; needed where a plan asks for working days or planned hours
	DayMinutes  int                    // planned minutes of a whole working day, for plans that ask for planned hours
	Plans       []*Plan                // the plans this program holds; a run uses the one adopted for its period
	Approvers   []hr.ApprovalLevel     // who approves a run; the one who calculated it never does
	Checks      Checks                 // what a run is looked at for before it is approved
	Overpaid    string                 // the name of the debt that a payslip below zero becomes (see [Debt]); empty: it is below zero, which is a finding
	Chunk       int                    // employees in one unit of work; 0 is 1000
}

func (s Service) chunk() int {
	if s.Chunk > 0 {
		return s.Chunk
	}
	return 1000
}

// Validate reports, all at once, what a wiring lacks of what every run needs. CreateRun asks it first.
func (s Service) Validate() error {
	var faults hr.Faults
	for _, need := range []struct {
		path string
		ok   bool
	}{
		{"runs", s.Runs != nil},
		{"results", s.Results != nil},
		{"postings", s.Postings != nil},
		{"adjustments", s.Adjustments != nil},
		{"adoptions", s.Adoptions != nil},
		{"terms", s.Terms != nil},
		{"staff", s.Staff != nil},
		{"people", s.People != nil},
		{"plans", len(s.Plans) > 0},
		{"approvers", len(s.Approvers) > 0},
	} {
		if !need.ok {
			faults.Missing("payroll."+need.path, RuleService)
		}
	}
	return faults.Err()
}

// Adopt decides that plan pays the periods that end in p. The host records it once for each change of rules: a plan that is not
// adopted pays nobody. It returns the definitions number it is known under.
func (s Service) Adopt(ctx context.Context, cmd hr.Command, plan *Plan, p hr.Period) (hr.Seq, error) {
	if plan == nil {
		return 0, fmt.Errorf("payroll.Adopt: %w", &hr.FieldError{Path: "plan", Rule: RulePlanAdopted, Reason: "is required", Err: hr.ErrRequired})
	}
	args := struct {
		Plan   string
		Period hr.Period
	}{plan.Digest(), p}
	return storage.Do(ctx, s.Kit, cmd, "payroll.Adopt", args, func(ctx context.Context, cmd hr.Command) (hr.Seq, []storage.Event, error) {
		if err := p.Validate(); err != nil {
			return 0, nil, err
		}
		if _, err := s.planOf(plan.Digest()); err != nil {
			return 0, nil, err
		}
		taken, err := s.Kit.Know.Take(ctx, s.Kit.Clock, hr.Everyone)
		if err != nil {
			return 0, nil, err
		}
		e := hr.Entry[Adoption]{
			ID: cmd.NewID("adoption"), Seq: taken[0].Known.Rules, Recorded: taken[0].Recorded, Period: p,
			Value: Adoption{Plan: plan.Digest()}, Cause: hr.Ref{Kind: "command", ID: string(cmd.ID)},
		}
		return e.Seq, nil, s.Adoptions.AppendAdoptions(ctx, e)
	})
}

func event(cmd hr.Command, kind string, r Run) []storage.Event {
	return []storage.Event{{
		ID: cmd.NewID("event", kind), Stream: "payroll.run/" + string(r.ID), Kind: kind,
		Ref: hr.Ref{Kind: "run", ID: string(r.ID)}, Digest: r.Digest, At: cmd.At(),
	}}
}

// chunkEvent tells of the results of one chunk, by their digest.
func chunkEvent(cmd hr.Command, kind string, r Run, digest string) []storage.Event {
	r.Digest = digest
	return event(cmd, kind, r)
}

// move returns a run in the state that the event leads to; it is not stored yet.
func (s Service) move(ctx context.Context, id RunID, on RunEvent) (Run, error) {
	run, err := s.Runs.Run(ctx, id)
	if err != nil {
		return Run{}, err
	}
	run.State, err = RunMachine().Next(run.State, on)
	return run, err
}

// part is the command of one part of a run: the actor and purpose of the whole, and an id of its own that a retry finds again.
func part(cmd hr.Command, name string) hr.Command {
	cmd.ID = hr.CommandID(string(cmd.ID) + "/" + name)
	return cmd
}

// planFor returns the plan adopted for the run's period, of those the program holds.
func (s Service) planFor(ctx context.Context, run Run) (*Plan, error) {
	return s.planAt(ctx, run.Period, 0)
}

// planAt returns the plan adopted for a period as known at a number of the definitions; zero is today.
func (s Service) planAt(ctx context.Context, p hr.Period, rules hr.Seq) (*Plan, error) {
	entries, err := s.Adoptions.Adopted(ctx, 0)
	if err != nil {
		return nil, err
	}
	adopted, err := hr.NewHistory(adoptionRef, entries...)
	if err != nil {
		return nil, err
	}
	a, ok := adopted.AsKnown(rules).At(p.Through)
	if !ok {
		return nil, &hr.FieldError{Path: "plan", Rule: RulePlanAdopted, Reason: fmt.Sprintf("no plan is adopted for %s: call Adopt first", p.Through)}
	}
	return s.planOf(a.Plan)
}

func (s Service) planOf(digest string) (*Plan, error) {
	for _, p := range s.Plans {
		if p.Digest() == digest {
			return p, nil
		}
	}
	return nil, &hr.FieldError{Path: "plan", Rule: RulePlanAdopted, Reason: "the adopted plan is not among the plans of this program: it holds other rules or another version"}
}

// Approve records the actor's agreement to the results that have the given digest. The run is approved when every level has
// agreed. It refuses a digest that is no longer the run's (RuleRunDigest), a run with faults (RuleRunFaults), findings that are
// neither mended nor overridden (RuleRunFinding; see [Service.Findings]), payslips that would come out differently today (RuleRunStale), and with the rules of [hr.Approval] whoever calculated the run or is not asked.
func (s Service) Approve(ctx context.Context, cmd hr.Command, id RunID, digest string) (RunState, error) {
	const verb = "payroll.Approve"
	args := struct {
		Run    RunID
		Digest string
	}{id, digest}
	return storage.Do(ctx, s.Kit, cmd, verb, args, func(ctx context.Context, cmd hr.Command) (RunState, []storage.Event, error) {
		run, err := s.move(ctx, id, EventApprove)
		if err != nil {
			return "", nil, err
		}
		var faults hr.Faults
		if run.Digest != digest {
			faults.Add("digest", RuleRunDigest, "is not that of the results: the run was calculated again since they were looked at")
		}
		if run.Failed > 0 {
			faults.Add("run", RuleRunFaults, "%d of %d employees have faults: mend them and calculate again", run.Failed, run.Members)
		}
		if faults.Any() {
			return "", nil, faults.Err()
		}
		if err := s.gate(ctx, cmd.View(verb, hr.Known{}), run); err != nil {
			return "", nil, err
		}
		if run.Approval, err = run.Approval.Decide(cmd.Actor, true, cmd.Reason, cmd.At()); err != nil {
			return "", nil, err
		}
		if err := s.fresh(ctx, cmd.View(verb, hr.Known{}), run); err != nil {
			return "", nil, err
		}
		kind := "payroll.run_approved"
		if run.Approval.State() != hr.ApprovalGiven {
			run.State, kind = RunCalculated, "payroll.run_agreed"
		}
		return run.State, event(cmd, kind, run), s.Runs.PutRun(ctx, run)
	})
}

// Close ends a paid run: nothing about it can change any more. It refuses, with RuleRunDigest, results that are no longer those
// that were approved.
func (s Service) Close(ctx context.Context, cmd hr.Command, id RunID) (RunState, error) {
	return s.end(ctx, cmd, "payroll.Close", id, EventClose, s.sameContent)
}

// Cancel ends a run that is not approved. It posts nothing, and refuses a run of which something is posted (RuleRunPosted).
func (s Service) Cancel(ctx context.Context, cmd hr.Command, id RunID) (RunState, error) {
	return s.end(ctx, cmd, "payroll.Cancel", id, EventCancel, func(ctx context.Context, run Run) error {
		posted, err := s.beginAgain(ctx, id) // no chunk that somebody still works on may come behind it
		if err == nil && posted > 0 {
			err = &hr.FieldError{Path: "run", Rule: RuleRunPosted, Reason: fmt.Sprintf("%d of its payslips are posted: calculate it again and pay the rest", posted)}
		}
		return err
	})
}

func (s Service) end(ctx context.Context, cmd hr.Command, verb string, id RunID, on RunEvent, may func(context.Context, Run) error) (RunState, error) {
	return storage.Do(ctx, s.Kit, cmd, verb, id, func(ctx context.Context, cmd hr.Command) (RunState, []storage.Event, error) {
		run, err := s.move(ctx, id, on)
		if err == nil {
			err = may(ctx, run)
		}
		if err != nil {
			return "", nil, err
		}
		return run.State, event(cmd, "payroll.run_"+string(run.State), run), s.Runs.PutRun(ctx, run)
	})
}

// take holds the employees' guard rows and returns what each was given.
func (s Service) take(ctx context.Context, ids []hr.EmployeeID) (map[hr.EmployeeID]storage.Taken, error) {
	taken, err := s.Kit.Know.Take(ctx, s.Kit.Clock, ids...)
	at := make(map[hr.EmployeeID]storage.Taken, len(taken))
	for _, t := range taken {
		at[t.Employee] = t
	}
	return at, err
}
