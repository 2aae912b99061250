package app

import (
	"context"
	"sync"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
)

// progress counts the results that are stored while runs are calculated in this program.
type progress struct {
	of   Store
	mu   sync.Mutex
	done map[payroll.RunID]map[string]bool
}

// PutResults implements payroll.Results. A chunk that is stored again counts once.
func (p *progress) PutResults(ctx context.Context, run payroll.RunID, results ...payroll.Result) error {
	if err := p.of.PutResults(ctx, run, results...); err != nil {
		return err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.done == nil {
		p.done = map[payroll.RunID]map[string]bool{}
	}
	if p.done[run] == nil {
		p.done[run] = map[string]bool{}
	}
	for _, r := range results {
		p.done[run][string(r.Employee)] = true
	}
	return nil
}

// Calculated is how many members of a run have a result that this program has stored. It is for showing progress: the run itself says when it is
// calculated.
func (a *App) Calculated(run payroll.RunID) int {
	a.progress.mu.Lock()
	defer a.progress.mu.Unlock()
	return len(a.progress.done[run])
}

// Forget begins the count of a run again, before it is calculated.
func (a *App) Forget(run payroll.RunID) {
	a.progress.mu.Lock()
	defer a.progress.mu.Unlock()
	delete(a.progress.done, run)
}

// Result implements payroll.Results.
func (p *progress) Result(ctx context.Context, run payroll.RunID, employee hr.EmployeeID) (payroll.Result, error) {
	return p.of.Result(ctx, run, employee)
}

// Results implements payroll.Results.
func (p *progress) Results(ctx context.Context, run payroll.RunID, after hr.EmployeeID, limit int) ([]payroll.Result, error) {
	return p.of.Results(ctx, run, after, limit)
}

// ResultHeads implements payroll.ResultHeads.
func (p *progress) ResultHeads(ctx context.Context, run payroll.RunID, after hr.EmployeeID, limit int) ([]payroll.ResultHead, error) {
	return p.of.ResultHeads(ctx, run, after, limit)
}
