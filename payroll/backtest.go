package payroll

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// BackTest says which closed payrolls are played again, and by which plan.
type BackTest struct {
	Plan *Plan     // the candidate: another set of components, or the same with other values
	Over hr.Period // whose pay periods: those that lie in it with both ends, of every run that was paid
	Runs []RunID   // these runs instead; each must be paid or closed
	// Workers is how many pages of employees (see [Service].Chunk) are calculated at once; below 1 is 1. The answer is the same, byte for byte.
	// The stores are then read by several goroutines, so ask outside of a unit of work.
	Workers int
}

// BackTest plays runs that were paid again with another plan, from the facts as they were known then, and says who would have been paid
// otherwise. It writes nothing.
//
// Every employee's runs are played in the order in which they were paid, on an account of their own in which each posting of these runs
// is the candidate's: its year-to-date, its arrears for late facts, its differences of off-cycle and correction runs, and its reversals
// follow from what it would have posted itself, and what was posted before these runs stays as it was. The candidate counts as adopted for the
// periods of these runs, and for no others, through all that was known.
//
// A payslip counts only if it is proven that the facts are still those of then: the plan that paid it must give it again, byte for byte.
// Those that do not come out again (a store that keeps only today, a plan that the program holds no more, another version) are listed
// as Unproven, count in no sum, and stay in the year to date as they were posted. Those that the candidate cannot calculate are listed as Failed
// in the same way.
//
// It returns [hr.FieldError]s with RuleBackTest, all together: no candidate, no runs to play, a run that is not paid, another currency; and
// runs that must be named because the store of postings does not offer [Settled].
func (s Service) BackTest(ctx context.Context, v hr.View, b BackTest) (BackTested, error) {
	const verb = "payroll.BackTest"
	if err := storage.May(ctx, s.Kit, v, verb); err != nil {
		return BackTested{}, err
	}
	runs, err := s.testedRuns(ctx, b)
	if err != nil {
		return BackTested{}, fmt.Errorf("%s: %w", verb, err)
	}
	t := &backTest{Service: s, view: v.Inside(verb), plan: b.Plan, runs: runs}
	out := newBackTested(b.Plan, runs)
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	type answer struct {
		people []tested
		err    error
	}
	var waiting []chan answer // oldest first
	take := func() error {
		got := <-waiting[0]
		waiting = waiting[1:]
		for _, p := range got.people {
			out.add(p)
		}
		return got.err
	}
	err = t.eachPage(ctx, func(page testPage) error {
		done := make(chan answer, 1)
		waiting = append(waiting, done)
		go func() {
			people, err := t.play(ctx, page)
			done <- answer{people, err}
		}()
		if len(waiting) < max(1, b.Workers) {
			return nil
		}
		return take()
	})
	for len(waiting) > 0 {
		if err != nil {
			stop()
		}
		if last := take(); err == nil {
			err = last
		}
	}
	if err != nil {
		return BackTested{}, fmt.Errorf("%s: %w", verb, err)
	}
	return out.done(), nil
}

// testedRuns returns the runs that are played, by pay date and then by id.
func (s Service) testedRuns(ctx context.Context, b BackTest) ([]Run, error) {
	var faults hr.Faults
	if b.Plan == nil {
		faults.Missing("plan", RuleBackTest)
	}
	ids := slices.Clone(b.Runs)
	if len(ids) == 0 {
		switch _, offers := s.Postings.(Settled); {
		case b.Over.Validate() != nil || b.Over.Open():
			faults.Add("over", RuleBackTest, "must have a first and a last day, or runs must be named")
		case !offers:
			faults.Add("runs", RuleBackTest, "must be named: the store of postings does not tell who was ever paid")
		}
	}
	if faults.Any() {
		return nil, faults.Err()
	}
	if len(ids) == 0 {
		var err error
		if ids, err = s.runsPaid(ctx, b.Over); err != nil {
			return nil, err
		}
	}
	var runs []Run
	for i, id := range ids {
		run, err := s.Runs.Run(ctx, id)
		switch {
		case len(b.Runs) == 0 && errors.Is(err, storage.ErrNotFound):
			continue // posted by a host itself
		case err != nil:
			return nil, err
		case run.State != RunPaid && run.State != RunClosed:
			faults.Add(fmt.Sprintf("runs[%d]", i), RuleBackTest, "is %s, and only what was paid can be played again", run.State)
		case slices.ContainsFunc(runs, func(r Run) bool { return r.ID == id }):
			faults.Add(fmt.Sprintf("runs[%d]", i), RuleBackTest, "is named twice")
		}
		runs = append(runs, run)
	}
	if len(runs) == 0 {
		faults.Add("over", RuleBackTest, "holds no pay period of a run that was paid")
	}
	for i, run := range runs {
		if paid, err := s.planOf(run.Plan); err == nil && paid.currency != b.Plan.currency {
			faults.Add(fmt.Sprintf("runs[%d]", i), RuleBackTest, "was paid in %s, and the candidate pays in %s", paid.currency, b.Plan.currency)
		}
	}
	slices.SortFunc(runs, func(x, y Run) int { return cmp.Or(x.PayDate.Compare(y.PayDate), cmp.Compare(x.ID, y.ID)) })
	return runs, faults.Err()
}

// runsPaid finds the runs that posted for pay periods within over, from the postings of everybody who was ever paid.
func (s Service) runsPaid(ctx context.Context, over hr.Period) ([]RunID, error) {
	store := s.Postings.(Settled)
	found := map[RunID]bool{}
	var out []RunID
	for after := hr.EmployeeID(""); ; {
		page, err := store.SettledAfter(ctx, after, s.chunk())
		if err != nil || len(page) == 0 {
			return out, err
		}
		after = page[len(page)-1].Employee
		pins := make([]hr.Pin, len(page))
		for i, p := range page {
			pins[i].Employee = p.Employee
		}
		lists, err := s.Postings.PostingsOf(ctx, pins)
		if err != nil {
			return nil, err
		}
		for _, list := range lists {
			for _, e := range list {
				p := e.Value
				if p.Run != "" && p.Kind != PostingArrears && over.Covers(p.Period) && !found[p.Run] {
					found[p.Run] = true
					out = append(out, p.Run)
				}
			}
		}
	}
}

// backTest is a [BackTest] on its way.
type backTest struct {
	Service
	view hr.View
	plan *Plan
	runs []Run
}

// testPage is the payslips of a page of employees, by run.
type testPage struct {
	ids   []hr.EmployeeID // rising
	slips []map[hr.EmployeeID]Payslip
}

// eachPage walks everybody who is in one of the runs, by employee, with all their payslips.
func (t *backTest) eachPage(ctx context.Context, fn func(testPage) error) error {
	size := t.chunk()
	for after := hr.EmployeeID(""); ; {
		lists := make([][]Result, len(t.runs))
		var last hr.EmployeeID // of whom all runs have told
		full, any := false, false
		for i, run := range t.runs {
			var err error
			if lists[i], err = t.Results.Results(ctx, run.ID, after, size); err != nil {
				return err
			}
			n := len(lists[i])
			any = any || n > 0
			if n >= size && (!full || lists[i][n-1].Employee < last) {
				full, last = true, lists[i][n-1].Employee
			}
		}
		if !any {
			return ctx.Err()
		}
		page := testPage{slips: make([]map[hr.EmployeeID]Payslip, len(t.runs))}
		seen := map[hr.EmployeeID]bool{}
		for i, list := range lists {
			page.slips[i] = map[hr.EmployeeID]Payslip{}
			for _, r := range list {
				if full && r.Employee > last {
					break
				}
				page.slips[i][r.Employee] = r.Slip
				if !seen[r.Employee] {
					seen[r.Employee] = true
					page.ids = append(page.ids, r.Employee)
				}
			}
		}
		slices.Sort(page.ids)
		after = page.ids[len(page.ids)-1]
		if err := fn(page); err != nil {
			return err
		}
	}
}
