package payroll

import (
	"context"
	"errors"
	"fmt"
	"slices"

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
	Terms       Terms
	Staff       Staff
	People      People
	Sheets      Sheets             // nil: full pay for every employed day
	Evidence    []Evidence         // nil: explanations name facts by reference only
	Plans       []*Plan            // the plans this program holds; a run uses the one adopted for its period
	Approvers   []hr.ApprovalLevel // who approves a run; the one who calculated it never does
	Chunk       int                // employees in one unit of work; 0 is 1000
}

func (s Service) chunk() int {
	if s.Chunk > 0 {
		return s.Chunk
	}
	return 1000
}

// Adopt decides that plan pays the periods that end in p. The host records it once for each change of rules: a plan that is not
// adopted pays nobody. It returns the definitions number it is known under.
func (s Service) Adopt(ctx context.Context, cmd hr.Command, plan *Plan, p hr.Period) (hr.Seq, error) {
	args := struct {
		Plan   string
		Period hr.Period
	}{plan.Digest(), p}
	return storage.Do(ctx, s.Kit, cmd, "payroll.Adopt", args, func(ctx context.Context, cmd hr.Command) (hr.Seq, []storage.Event, error) {
		if err := p.Validate(); err != nil {
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

// Adjust adds amounts beside the agreed terms, of one employee or of many: a bonus for everybody is one command. A missing employee,
// name or period or a zero amount is a [hr.FieldError] with RuleAdjustment, all together; whether a plan reads the name shows when
// a run is calculated. It returns how many were added.
func (s Service) Adjust(ctx context.Context, cmd hr.Command, adjustments ...Adjustment) (int, error) {
	ids := make([]hr.EmployeeID, len(adjustments))
	for i, a := range adjustments {
		ids[i] = a.Employee
	}
	return storage.Do(ctx, s.Kit, cmd, "payroll.Adjust", storage.About(adjustments, ids...), func(ctx context.Context, cmd hr.Command) (int, []storage.Event, error) {
		var faults hr.Faults
		for i, a := range adjustments {
			at := fmt.Sprintf("adjustments[%d]", i)
			if a.Employee == "" {
				faults.Missing(at+".employee", RuleAdjustment)
			}
			if a.Name == "" {
				faults.Missing(at+".name", RuleAdjustment)
			}
			if a.Period.Validate() != nil || a.Period.Open() {
				faults.Add(at+".period", RuleAdjustment, "must be a pay period with both days")
			}
			if a.Amount.IsZero() {
				faults.Add(at+".amount", RuleAdjustment, "must not be zero")
			}
		}
		if faults.Any() {
			return 0, nil, faults.Err()
		}
		taken, err := s.take(ctx, ids)
		if err != nil {
			return 0, nil, err
		}
		entries := make([]hr.Entry[Adjustment], len(adjustments))
		for i, a := range adjustments {
			a.Ref = hr.Ref{} // set when it is read
			entries[i] = hr.Entry[Adjustment]{
				ID: cmd.NewID("adjustment", fmt.Sprint(i)), Seq: taken[a.Employee].Known.Own, Line: i, Recorded: taken[a.Employee].Recorded,
				Period: a.Period, Value: a, Cause: hr.Ref{Kind: "command", ID: string(cmd.ID)},
			}
		}
		return len(entries), nil, s.Adjustments.AppendAdjustments(ctx, entries...)
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

// Opening is what an earlier system had paid an employee in a tax year before the host moved to Muster, by the lines of the plan.
type Opening struct {
	Employee hr.EmployeeID
	Period   hr.Period // what it covers
	PayDate  hr.Date   // the last pay day in it; it decides the tax year
	Currency hr.Currency
	Lines    []Amount
	Source   hr.Source // the earlier system: required
}

// Open takes over year-to-date figures. All faults come at once ([RuleOpening]), and none or all are taken.
func (s Service) Open(ctx context.Context, cmd hr.Command, openings ...Opening) (int, error) {
	ids := make([]hr.EmployeeID, len(openings))
	for i, o := range openings {
		ids[i] = o.Employee
	}
	return storage.Do(ctx, s.Kit, cmd, "payroll.Open", storage.About(openings, ids...), func(ctx context.Context, cmd hr.Command) (int, []storage.Event, error) {
		var faults hr.Faults
		seen := map[hr.EmployeeID]bool{}
		for i, o := range openings {
			at := fmt.Sprintf("openings[%d]", i)
			if o.Employee == "" || seen[o.Employee] {
				faults.Add(at+".employee", RuleOpening, "must be given, once in a command")
			}
			seen[o.Employee] = true
			if o.Period.Validate() != nil || o.Period.Open() || !o.Period.Contains(o.PayDate) {
				faults.Add(at+".period", RuleOpening, "must have both days and contain the last pay day")
			}
			if !o.Currency.Valid() {
				faults.Add(at+".currency", RuleOpening, "must be an ISO 4217 code")
			}
			if o.Source.Title == "" {
				faults.Missing(at+".source", RuleOpening)
			}
		}
		if faults.Any() {
			return 0, nil, faults.Err()
		}
		taken, err := s.take(ctx, ids)
		if err != nil {
			return 0, nil, err
		}
		entries := make([]hr.Entry[Posting], len(openings))
		for i, o := range openings {
			t := taken[o.Employee]
			entries[i] = hr.Entry[Posting]{
				ID: cmd.NewID("opening", string(o.Employee)), Seq: t.Known.Own, Recorded: t.Recorded, Period: o.Period, Source: o.Source,
				Value: Posting{Employee: o.Employee, Kind: PostingOpening, Period: o.Period, PayDate: o.PayDate, Currency: o.Currency, Lines: o.Lines},
				Cause: hr.Ref{Kind: "command", ID: string(cmd.ID)},
			}
		}
		return len(entries), nil, s.Postings.AppendPostings(ctx, entries...)
	})
}

// CreateRun creates a run in draft. Everybody employed on some day of the period is in it, from now on and for good; nobody is
// a [hr.FieldError] with RuleRunPopulation.
func (s Service) CreateRun(ctx context.Context, cmd hr.Command, spec RunSpec) (RunID, error) {
	const verb = "payroll.CreateRun"
	return storage.Do(ctx, s.Kit, cmd, verb, spec, func(ctx context.Context, cmd hr.Command) (RunID, []storage.Event, error) {
		var faults hr.Faults
		if spec.Kind != RunRegular {
			faults.Add("kind", RuleRunKind, "must be regular")
		}
		if spec.Period.Validate() != nil || spec.Period.Open() {
			faults.Add("period", RuleInputPeriod, "must have a first and a last day")
		}
		if spec.PayDate.IsZero() {
			faults.Missing("pay_date", RuleInputPayDate)
		}
		if faults.Any() {
			return "", nil, faults.Err()
		}
		run := Run{ID: RunID(cmd.NewID("run")), Kind: spec.Kind, Period: spec.Period, PayDate: spec.PayDate, State: RunMachine().Start()}
		view := cmd.View(verb, hr.Known{})
		for after := hr.EmployeeID(""); ; {
			page, err := s.Staff.Employees(ctx, view, spec.Period, after, s.chunk())
			if err != nil {
				return "", nil, err
			}
			if len(page) == 0 {
				break
			}
			if err := s.Runs.AddMembers(ctx, run.ID, page...); err != nil {
				return "", nil, err
			}
			run.Members += len(page)
			after = page[len(page)-1]
		}
		if run.Members == 0 {
			return "", nil, &hr.FieldError{Path: "period", Rule: RuleRunPopulation, Reason: "nobody is employed in it"}
		}
		return run.ID, event(cmd, "payroll.run_created", run), s.Runs.PutRun(ctx, run)
	})
}

func event(cmd hr.Command, kind string, r Run) []storage.Event {
	return []storage.Event{{
		ID: cmd.NewID("event", kind), Stream: "payroll.run/" + string(r.ID), Kind: kind,
		Ref: hr.Ref{Kind: "run", ID: string(r.ID)}, Digest: r.Digest, At: cmd.At(),
	}}
}

// Calculate works out every payslip of a run, in chunks that are each stored whole: a run that was interrupted goes on where it
// stopped when the same command is sent again. An employee whose payslip cannot be calculated is left out with the faults, and
// stops nobody else. Calculating again takes today's facts and drops an approval. It returns the digest of all results, which
// is what [Service.Approve] asks for.
func (s Service) Calculate(ctx context.Context, cmd hr.Command, id RunID) (string, error) {
	const verb = "payroll.Calculate"
	run, err := s.load(ctx, id, EventCalculate)
	if err != nil {
		return "", fmt.Errorf("%s: %w", verb, err)
	}
	plan, err := s.planFor(ctx, run)
	if err != nil {
		return "", fmt.Errorf("%s: %w", verb, err)
	}
	chunks := 0
	for after := hr.EmployeeID(""); ; chunks++ {
		members, err := s.Runs.Members(ctx, id, after, s.chunk())
		if err != nil {
			return "", fmt.Errorf("%s: %w", verb, err)
		}
		if len(members) == 0 {
			break
		}
		after = members[len(members)-1]
		part := cmd
		part.ID = hr.CommandID(fmt.Sprintf("%s/chunk-%d", cmd.ID, chunks))
		args := struct {
			Run   RunID
			Chunk int
		}{id, chunks}
		if _, err := storage.Do(ctx, s.Kit, part, verb, args, func(ctx context.Context, cmd hr.Command) (int, []storage.Event, error) {
			results, err := s.results(ctx, cmd.View(verb, hr.Known{}), plan, run, members)
			if err != nil {
				return 0, nil, err
			}
			return len(results), nil, s.Results.PutResults(ctx, id, results...)
		}); err != nil {
			return "", err
		}
	}
	return storage.Do(ctx, s.Kit, cmd, verb, id, func(ctx context.Context, cmd hr.Command) (string, []storage.Event, error) {
		run, err := s.load(ctx, id, EventCalculate)
		if err != nil {
			return "", nil, err
		}
		var digest resultsDigest
		run.Failed = 0
		if err := s.eachResult(ctx, id, func(r Result) error {
			digest.add(r)
			if r.Failed() {
				run.Failed++
			}
			return nil
		}); err != nil {
			return "", nil, err
		}
		run.State, run.Plan, run.Digest = RunCalculated, plan.Digest(), digest.sum()
		run.Approval, err = hr.NewApproval(hr.ApprovalAsk{Kind: "payroll.run", Preparer: cmd.Actor, On: run.PayDate}, s.Approvers...)
		if err != nil {
			return "", nil, err
		}
		return run.Digest, event(cmd, "payroll.run_calculated", run), s.Runs.PutRun(ctx, run)
	})
}

// load returns a run in which the event is possible.
func (s Service) load(ctx context.Context, id RunID, on RunEvent) (Run, error) {
	run, err := s.Runs.Run(ctx, id)
	if err != nil {
		return Run{}, err
	}
	_, err = RunMachine().Next(run.State, on)
	return run, err
}

// planFor returns the plan adopted for the run's period, of those the program holds.
func (s Service) planFor(ctx context.Context, run Run) (*Plan, error) {
	entries, err := s.Adoptions.Adopted(ctx, 0)
	if err != nil {
		return nil, err
	}
	adopted, err := hr.NewHistory("adoption", entries...)
	if err != nil {
		return nil, err
	}
	a, ok := adopted.AsKnown(0).At(run.Period.Through)
	if !ok {
		return nil, &hr.FieldError{Path: "plan", Rule: RulePlanAdopted, Reason: fmt.Sprintf("no plan is adopted for %s: call Adopt first", run.Period.Through)}
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
// agreed. It refuses a digest that is no longer the run's (RuleRunDigest), a run with faults (RuleRunFaults), and with
// the rules of [hr.Approval] whoever calculated the run or is not asked.
func (s Service) Approve(ctx context.Context, cmd hr.Command, id RunID, digest string) (RunState, error) {
	args := struct {
		Run    RunID
		Digest string
	}{id, digest}
	return storage.Do(ctx, s.Kit, cmd, "payroll.Approve", args, func(ctx context.Context, cmd hr.Command) (RunState, []storage.Event, error) {
		run, err := s.load(ctx, id, EventApprove)
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
		if run.Approval, err = run.Approval.Decide(cmd.Actor, true, cmd.Reason, cmd.At()); err != nil {
			return "", nil, err
		}
		if run.Approval.State() == hr.ApprovalGiven {
			run.State = RunApproved
		}
		return run.State, event(cmd, "payroll.run_approved", run), s.Runs.PutRun(ctx, run)
	})
}

// Pay posts every payslip of an approved run, in chunks like [Service.Calculate]: from then on it counts in every year-to-date.
// An employee for whom something else was posted since the payslip was calculated stops it (RuleRunPosted): calculate again.
func (s Service) Pay(ctx context.Context, cmd hr.Command, id RunID) (RunState, error) {
	const verb = "payroll.Pay"
	if _, err := s.load(ctx, id, EventPay); err != nil {
		return "", fmt.Errorf("%s: %w", verb, err)
	}
	after := hr.EmployeeID("")
	for chunk := 0; ; chunk++ {
		page, err := s.Results.Results(ctx, id, after, s.chunk())
		if err != nil {
			return "", fmt.Errorf("%s: %w", verb, err)
		}
		if len(page) == 0 {
			break
		}
		after = page[len(page)-1].Employee
		part := cmd
		part.ID = hr.CommandID(fmt.Sprintf("%s/chunk-%d", cmd.ID, chunk))
		args := struct {
			Run   RunID
			Chunk int
		}{id, chunk}
		if _, err := storage.Do(ctx, s.Kit, part, verb, args, func(ctx context.Context, cmd hr.Command) (int, []storage.Event, error) {
			return s.post(ctx, cmd, id, page)
		}); err != nil {
			return "", err
		}
	}
	return s.move(ctx, cmd, verb, id, EventPay)
}

// post posts one chunk inside a unit.
func (s Service) post(ctx context.Context, cmd hr.Command, id RunID, page []Result) (int, []storage.Event, error) {
	ids := make([]hr.EmployeeID, len(page))
	pins := make([]hr.Pin, len(page))
	for i, r := range page {
		ids[i], pins[i] = r.Employee, hr.Pin{Employee: r.Employee}
	}
	taken, err := s.take(ctx, ids)
	if err != nil {
		return 0, nil, err
	}
	before, err := s.Postings.PostingsOf(ctx, pins)
	if err != nil {
		return 0, nil, err
	}
	var faults hr.Faults
	var entries []hr.Entry[Posting]
	for i, r := range page {
		posted := false
		for _, e := range before[i] {
			switch {
			case e.Value.Run == id:
				posted = true
			case e.Seq > r.Slip.Known.Own:
				faults.Add(fmt.Sprintf("results[%s]", r.Employee), RuleRunPosted, "something was posted since the payslip was calculated: calculate the run again")
			}
		}
		if posted {
			continue
		}
		entries = append(entries, hr.Entry[Posting]{
			ID: fmt.Sprintf("%s/%s", id, r.Employee), Seq: taken[r.Employee].Known.Own, Recorded: taken[r.Employee].Recorded,
			Period: r.Slip.Period, Value: PostingOf(id, r.Slip), Cause: hr.Ref{Kind: "run", ID: string(id)},
		})
	}
	if faults.Any() {
		return 0, nil, faults.Err()
	}
	return len(entries), nil, s.Postings.AppendPostings(ctx, entries...)
}

// Close ends a paid run: nothing about it can change any more.
func (s Service) Close(ctx context.Context, cmd hr.Command, id RunID) (RunState, error) {
	return s.move(ctx, cmd, "payroll.Close", id, EventClose)
}

// Cancel ends a run that is not approved. It posts nothing.
func (s Service) Cancel(ctx context.Context, cmd hr.Command, id RunID) (RunState, error) {
	return s.move(ctx, cmd, "payroll.Cancel", id, EventCancel)
}

func (s Service) move(ctx context.Context, cmd hr.Command, verb string, id RunID, on RunEvent) (RunState, error) {
	return storage.Do(ctx, s.Kit, cmd, verb, id, func(ctx context.Context, cmd hr.Command) (RunState, []storage.Event, error) {
		run, err := s.load(ctx, id, on)
		if err != nil {
			return "", nil, err
		}
		if run.State, err = RunMachine().Next(run.State, on); err != nil {
			return "", nil, err
		}
		return run.State, event(cmd, "payroll.run_"+string(run.State), run), s.Runs.PutRun(ctx, run)
	})
}

// eachResult walks the results of a run in employee order, a page at a time.
func (s Service) eachResult(ctx context.Context, id RunID, fn func(Result) error) error {
	for after := hr.EmployeeID(""); ; {
		page, err := s.Results.Results(ctx, id, after, s.chunk())
		if err != nil || len(page) == 0 {
			return err
		}
		for _, r := range page {
			if err := fn(r); err != nil {
				return err
			}
		}
		after = page[len(page)-1].Employee
	}
}

// results calculates the payslips of members, in order; faults of one stay with that one.
func (s Service) results(ctx context.Context, v hr.View, plan *Plan, run Run, members []hr.EmployeeID) ([]Result, error) {
	pins, err := s.Kit.Know.Heads(ctx, members...)
	if err != nil {
		return nil, err
	}
	inputs, err := s.inputs(ctx, v, plan, pins, run)
	if err != nil && ctx.Err() == nil && !errors.Is(err, hr.ErrDenied) { // somebody's facts are faulty: find out whose
		inputs, err = nil, nil
	}
	if err != nil {
		return nil, err
	}
	out := make([]Result, len(pins))
	for i, pin := range pins {
		out[i].Employee = pin.Employee
		var in Input
		if inputs != nil {
			in = inputs[i]
		} else {
			one, err := s.inputs(ctx, v, plan, []hr.Pin{pin}, run)
			if err != nil {
				if ctx.Err() != nil {
					return nil, err
				}
				out[i].Failures = failuresOf(err)
				continue
			}
			in = one[0]
		}
		slip, err := plan.Calculate(in)
		if err != nil {
			out[i].Failures = failuresOf(err)
			continue
		}
		out[i].Slip = slip
	}
	return out, nil
}

// inputs gathers what the payslips of a page of pins are calculated from, as known at each pin.
func (s Service) inputs(ctx context.Context, v hr.View, plan *Plan, pins []hr.Pin, run Run) ([]Input, error) {
	terms, err := s.Terms.TermsOf(ctx, v, pins, run.Period)
	if err != nil {
		return nil, err
	}
	sheets := make([]hr.Timesheet, len(pins))
	if s.Sheets != nil {
		if sheets, err = s.Sheets.Timesheets(ctx, v, pins, run.Period); err != nil {
			return nil, err
		}
	}
	posted, err := s.Postings.PostingsOf(ctx, pins)
	if err != nil {
		return nil, err
	}
	adjusted, err := s.Adjustments.AdjustmentsOf(ctx, pins)
	if err != nil {
		return nil, err
	}
	inputs := make([]Input, len(pins))
	for i, pin := range pins {
		in := Input{Employee: pin.Employee, Period: run.Period, PayDate: run.PayDate, Terms: terms[i], Timesheet: sheets[i], Known: pin.Known}
		before, err := hr.NewHistory("posting", posted[i]...)
		if err != nil {
			return nil, err
		}
		beside, err := hr.NewHistory("adjustment", adjusted[i]...)
		if err != nil {
			return nil, err
		}
		postings := slices.DeleteFunc(before.Live(pin.Known.Own), func(e hr.Entry[Posting]) bool { return e.Value.Run == run.ID })
		in.YearToDate = YearToDate(postings, plan.TaxYear(), run.PayDate)
		for _, e := range beside.Live(pin.Known.Own) {
			if e.Value.Period == run.Period {
				a := e.Value
				a.Ref = beside.Ref(e)
				in.Adjustments = append(in.Adjustments, a)
			}
		}
		inputs[i] = in
	}
	return inputs, nil
}
