package payroll

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// tested is what a back-test found for one employee.
type tested struct {
	employee hr.EmployeeID
	runs     []testedRun // in the order in which they were paid
}

// testedRun is one payslip as it was paid and as it would have been, or why it is not known.
type testedRun struct {
	run      int // of the back-test
	was, is  Payslip
	failed   error
	unproven error
}

// playing is one employee on the way through their runs.
type playing struct {
	tested
	entries []hr.Entry[Posting]         // the account of the candidate
	posted  map[int][]hr.Entry[Posting] // what each run posted in truth
	order   []int                       // of the runs
}

// play plays the runs of a page of employees: the first run of everybody, then the second, each together with those who have the same.
func (t *backTest) play(ctx context.Context, page testPage) ([]tested, error) {
	people, err := t.begin(ctx, page)
	if err != nil {
		return nil, err
	}
	shadow := t.shadow(people, page)
	for wave := 0; ; wave++ {
		byRun := make([][]*playing, len(t.runs))
		some := false
		for _, p := range people {
			if wave < len(p.order) {
				byRun[p.order[wave]], some = append(byRun[p.order[wave]], p), true
			}
		}
		if !some {
			break
		}
		for i, group := range byRun {
			if len(group) == 0 {
				continue
			}
			if err := t.playRun(ctx, shadow, i, group, page.slips[i]); err != nil {
				return nil, err
			}
		}
	}
	out := make([]tested, len(people))
	for i, p := range people {
		out[i] = p.tested
	}
	return out, nil
}

// begin reads what was posted in truth, and takes what the runs posted out of it.
func (t *backTest) begin(ctx context.Context, page testPage) ([]*playing, error) {
	pins := make([]hr.Pin, len(page.ids))
	for i, id := range page.ids {
		pins[i].Employee = id
	}
	lists, err := t.Postings.PostingsOf(ctx, pins)
	if err != nil {
		return nil, err
	}
	if len(lists) != len(pins) {
		return nil, fmt.Errorf("payroll: a port gave %d answers for %d pins", len(lists), len(pins))
	}
	out := make([]*playing, len(pins))
	for k, list := range lists {
		p := &playing{tested: tested{employee: page.ids[k]}, posted: map[int][]hr.Entry[Posting]{}}
		for _, e := range list { // by number, so in the order in which they were paid
			i := slices.IndexFunc(t.runs, func(r Run) bool { return r.ID == e.Value.Run })
			if i < 0 {
				p.entries = append(p.entries, e)
				continue
			}
			if p.posted[i] = append(p.posted[i], e); len(p.posted[i]) == 1 {
				p.order = append(p.order, i)
			}
		}
		for i := range t.runs {
			if _, paid := page.slips[i][p.employee]; paid && p.posted[i] == nil {
				p.runs = append(p.runs, testedRun{run: i, unproven: &hr.FieldError{Path: "postings", Rule: RuleRunReproduce, Reason: "hold nothing of the payslip"}})
			}
		}
		out[k] = p
	}
	return out, nil
}

// playRun plays one run for those who have it: first to prove that the facts are those of then, then with the candidate.
func (t *backTest) playRun(ctx context.Context, shadow *shadow, i int, group []*playing, slips map[hr.EmployeeID]Payslip) error {
	run := t.runs[i]
	pins, then := make([]hr.Pin, len(group)), make([]Payslip, len(group))
	for k, p := range group {
		then[k] = slips[p.employee]
		pins[k] = hr.Pin{Employee: p.employee, Known: then[k].Known}
	}
	facts := t.recalling()
	proofs, err := t.prove(ctx, facts, run, pins, then)
	if err != nil {
		return err
	}
	var left []*playing
	var leftPins []hr.Pin
	var leftThen []Payslip
	for k, p := range group {
		if proofs[k] != nil {
			p.runs = append(p.runs, testedRun{run: i, unproven: proofs[k]})
			shadow.keep(p, i, then[k])
			continue
		}
		left, leftPins, leftThen = append(left, p), append(leftPins, pins[k]), append(leftThen, then[k])
	}
	if left == nil {
		return nil
	}
	as := shadow.Service
	as.Terms, as.Sheets, as.Adjustments = facts.Terms, facts.Sheets, facts.Adjustments
	made, err := as.make(ctx, t.view, t.plan, run, leftPins, leftThen)
	if err != nil {
		return err
	}
	for k, p := range left {
		if made[k].err != nil {
			p.runs = append(p.runs, testedRun{run: i, failed: made[k].err})
			shadow.keep(p, i, leftThen[k])
			continue
		}
		p.runs = append(p.runs, testedRun{run: i, was: leftThen[k], is: made[k].slip})
		shadow.post(p, i, made[k].slip)
	}
	return nil
}

// prove returns, for each payslip, why it does not come out again from what was known then; nil where it does.
func (t *backTest) prove(ctx context.Context, facts Service, run Run, pins []hr.Pin, then []Payslip) ([]error, error) {
	out := make([]error, len(pins))
	byPlan := map[string][]int{}
	var plans []string
	for k, s := range then {
		if byPlan[s.Plan] == nil {
			plans = append(plans, s.Plan)
		}
		byPlan[s.Plan] = append(byPlan[s.Plan], k)
	}
	for _, digest := range plans {
		some := byPlan[digest]
		plan, err := t.planOf(digest)
		if err != nil {
			for _, k := range some {
				out[k] = err
			}
			continue
		}
		if err := t.proveBy(ctx, facts, plan, run, pins, then, some, out); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (t *backTest) proveBy(ctx context.Context, facts Service, plan *Plan, run Run, pins []hr.Pin, then []Payslip, some []int, out []error) error {
	of := make([]hr.Pin, len(some))
	slips := make([]Payslip, len(some))
	for j, k := range some {
		of[j], slips[j] = pins[k], then[k]
	}
	made, err := facts.make(ctx, t.view, plan, run, of, slips)
	switch {
	case errors.Is(err, storage.ErrNoHistory) && len(some) > 1: // perhaps of some only
		for _, k := range some {
			if err := t.proveBy(ctx, facts, plan, run, pins, then, []int{k}, out); err != nil {
				return err
			}
		}
		return nil
	case errors.Is(err, storage.ErrNoHistory):
		out[some[0]] = &hr.FieldError{Path: "known", Rule: RuleRunReproduce, Reason: "what was known then cannot be asked any more: a store keeps only what holds today", Err: err}
		return nil
	case err != nil:
		return err
	}
	for j, k := range some {
		if made[j].err != nil || !made[j].slip.same(then[k]) {
			if out[k] = facts.differs(ctx, "payslip", pins[k].Employee); !aboutFacts(out[k]) {
				return out[k]
			}
		}
	}
	return nil
}

// same reports whether two payslips say the same: whether their digests are equal, mostly without working those out.
func (s Payslip) same(o Payslip) bool {
	if len(s.Arrears)+len(o.Arrears)+len(s.Debts)+len(o.Debts)+len(s.Looked)+len(o.Looked) > 0 {
		return s.Digest() == o.Digest()
	}
	if !slices.EqualFunc(s.Lines, o.Lines, func(a, b Line) bool {
		return a.Name == b.Name && a.Title == b.Title && a.Kind == b.Kind && a.Unit == b.Unit && a.Amount.Equal(b.Amount)
	}) {
		return false
	}
	return s.Employee == o.Employee && s.Period == o.Period && s.PayDate == o.PayDate && s.Currency == o.Currency && s.Entity == o.Entity &&
		s.CostCentre == o.CostCentre && s.Plan == o.Plan && s.Inputs == o.Inputs && s.Known == o.Known && s.Due == o.Due && s.Settled == o.Settled
}

// shadow is the service as it would have been: the same facts, the candidate adopted, and the accounts that follow from it.
type shadow struct {
	Service
	runs   []Run
	people map[hr.EmployeeID]*playing
	slips  []map[hr.EmployeeID]Payslip // the candidate's, by run
}

func (t *backTest) shadow(people []*playing, page testPage) *shadow {
	s := &shadow{Service: t.Service, runs: t.runs, people: map[hr.EmployeeID]*playing{}}
	for _, p := range people {
		s.people[p.employee] = p
	}
	for range t.runs {
		s.slips = append(s.slips, make(map[hr.EmployeeID]Payslip, len(page.ids)))
	}
	s.Plans = slices.Clone(s.Plans)
	if !slices.ContainsFunc(s.Plans, func(p *Plan) bool { return p.digest == t.plan.digest }) {
		s.Plans = append(s.Plans, t.plan)
	}
	s.Postings, s.Results, s.Adoptions = shadowPostings{s}, shadowResults{t.Results, s}, shadowAdoptions{t.Adoptions, t}
	return s
}

// keep leaves what a run posted in truth in the account.
func (s *shadow) keep(p *playing, i int, was Payslip) {
	p.entries = append(p.entries, p.posted[i]...)
	s.slips[i][p.employee] = was
}

// post puts what the candidate would have posted into the account, under the number of what was posted in truth.
func (s *shadow) post(p *playing, i int, slip Payslip) {
	own := p.posted[i][0]
	for line, posting := range postingsOf(s.runs[i], slip, own.Value.Slip) {
		posting.Settled = own.Value.Settled
		p.entries = append(p.entries, hr.Entry[Posting]{
			ID: fmt.Sprintf("%s/%d", own.ID, line), Seq: own.Seq, Line: line, Recorded: own.Recorded, Period: posting.Period, Value: posting, Cause: own.Cause,
		})
	}
	s.slips[i][p.employee] = slip
}

var errShadow = errors.New("payroll: a back-test writes nothing")

// shadowPostings answers from the accounts of the candidate.
type shadowPostings struct{ *shadow }

func (shadowPostings) AppendPostings(context.Context, ...hr.Entry[Posting]) error { return errShadow }

func (s shadowPostings) PostingsOf(_ context.Context, pins []hr.Pin) ([][]hr.Entry[Posting], error) {
	out := make([][]hr.Entry[Posting], len(pins))
	for i, pin := range pins {
		out[i] = s.people[pin.Employee].entries // an account leaves out what is not known at its pin
	}
	return out, nil
}

// shadowResults answers for the runs of the back-test with the candidate's payslips: what a reversal takes back, and what a provisional run repeats.
type shadowResults struct {
	real Results
	of   *shadow
}

func (shadowResults) PutResults(context.Context, RunID, ...Result) error { return errShadow }

func (s shadowResults) Result(ctx context.Context, run RunID, employee hr.EmployeeID) (Result, error) {
	if i := slices.IndexFunc(s.of.runs, func(r Run) bool { return r.ID == run }); i >= 0 {
		slip, has := s.of.slips[i][employee]
		if !has {
			return Result{}, storage.ErrNotFound
		}
		return Result{Employee: employee, Slip: slip}, nil
	}
	return s.real.Result(ctx, run, employee)
}

func (s shadowResults) Results(ctx context.Context, run RunID, after hr.EmployeeID, limit int) ([]Result, error) {
	return s.real.Results(ctx, run, after, limit)
}

// shadowAdoptions says that the candidate was adopted for the periods of the runs whatever was adopted, at each moment.
type shadowAdoptions struct {
	Adoptions
	of *backTest
}

func (shadowAdoptions) AppendAdoptions(context.Context, ...hr.Entry[Adoption]) error {
	return errShadow
}

func (s shadowAdoptions) Adopted(ctx context.Context, rules hr.Seq) ([]hr.Entry[Adoption], error) {
	entries, err := s.Adoptions.Adopted(ctx, rules)
	if err != nil {
		return nil, err
	}
	last := map[hr.Seq]int{}
	for _, e := range entries {
		last[e.Seq] = max(last[e.Seq], e.Line)
	}
	out := slices.Clone(entries)
	done := map[hr.Seq]bool{}
	for _, e := range entries {
		if done[e.Seq] {
			continue
		}
		done[e.Seq] = true
		for i, run := range s.of.runs {
			out = append(out, hr.Entry[Adoption]{
				ID: fmt.Sprintf("backtest/%d/%d", e.Seq, i), Seq: e.Seq, Line: last[e.Seq] + 1 + i, Recorded: e.Recorded, Period: run.Period, Value: Adoption{Plan: s.of.plan.digest},
			})
		}
	}
	return out, nil
}
