package memory

import (
	"context"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/storage"
)

type payrollTables struct {
	runs        table[payroll.RunID, payroll.Run]
	members     table[memberKey, bool]
	order       bag[payroll.RunID, hr.EmployeeID]
	results     table[memberKey, payroll.Result]
	resultOrder bag[payroll.RunID, hr.EmployeeID]
	postings    facts[hr.EmployeeID, payroll.Posting]
	adjustments facts[hr.EmployeeID, payroll.Adjustment]
	adoptions   facts[string, payroll.Adoption]
}

type memberKey struct {
	run      payroll.RunID
	employee hr.EmployeeID
}

// Payroll implements every port of package payroll.
type Payroll struct{ db *DB }

// Payroll returns the payroll ports of db.
func (db *DB) Payroll() Payroll { return Payroll{db} }

// Run implements [payroll.Runs].
func (p Payroll) Run(ctx context.Context, id payroll.RunID) (r payroll.Run, err error) {
	err = p.db.in(ctx, func(*unit) error {
		var ok bool
		if r, ok = p.db.payroll.runs.get(id); !ok {
			return storage.ErrNotFound
		}
		return nil
	})
	return r, err
}

// PutRun implements [payroll.Runs].
func (p Payroll) PutRun(ctx context.Context, r payroll.Run) error {
	return p.db.in(ctx, func(u *unit) error {
		return putCase(u, &p.db.payroll.runs, r.ID, r, func(r *payroll.Run) *storage.Version { return &r.Version })
	})
}

// AddMembers implements [payroll.Runs].
func (p Payroll) AddMembers(ctx context.Context, id payroll.RunID, ids ...hr.EmployeeID) error {
	return p.db.in(ctx, func(u *unit) error {
		for _, e := range ids {
			if _, in := p.db.payroll.members.get(memberKey{id, e}); !in {
				p.db.payroll.members.put(u, memberKey{id, e}, true)
				p.db.payroll.order.add(u, id, e, byText)
			}
		}
		return nil
	})
}

// Members implements [payroll.Runs].
func (p Payroll) Members(ctx context.Context, id payroll.RunID, after hr.EmployeeID, limit int) (out []hr.EmployeeID, err error) {
	err = p.db.in(ctx, func(*unit) error {
		out = page(p.db.payroll.order.peek(id), after, limit)
		return nil
	})
	return out, err
}

// PutResults implements [payroll.Results].
func (p Payroll) PutResults(ctx context.Context, run payroll.RunID, rs ...payroll.Result) error {
	return p.db.in(ctx, func(u *unit) error {
		for _, r := range rs {
			key := memberKey{run, r.Employee}
			if _, had := p.db.payroll.results.get(key); !had {
				p.db.payroll.resultOrder.add(u, run, r.Employee, byText)
			}
			p.db.payroll.results.put(u, key, r)
		}
		return nil
	})
}

// Result implements [payroll.Results].
func (p Payroll) Result(ctx context.Context, run payroll.RunID, employee hr.EmployeeID) (r payroll.Result, err error) {
	err = p.db.in(ctx, func(*unit) error {
		var ok bool
		if r, ok = p.db.payroll.results.get(memberKey{run, employee}); !ok {
			return storage.ErrNotFound
		}
		return nil
	})
	return r, err
}

// Results implements [payroll.Results].
func (p Payroll) Results(ctx context.Context, run payroll.RunID, after hr.EmployeeID, limit int) (out []payroll.Result, err error) {
	err = p.db.in(ctx, func(*unit) error {
		for _, e := range page(p.db.payroll.resultOrder.peek(run), after, limit) {
			r, _ := p.db.payroll.results.get(memberKey{run, e})
			out = append(out, r)
		}
		return nil
	})
	return out, err
}

// AppendPostings implements [payroll.Postings].
func (p Payroll) AppendPostings(ctx context.Context, facts ...payroll.PostingFact) error {
	return p.db.in(ctx, func(u *unit) error {
		for _, f := range facts {
			if err := p.db.payroll.postings.add(u, f.Employee, f.Entry); err != nil {
				return err
			}
		}
		return nil
	})
}

// PostingsOf implements [payroll.Postings].
func (p Payroll) PostingsOf(ctx context.Context, pins []hr.Pin) (out []hr.History[payroll.Posting], err error) {
	err = p.db.in(ctx, func(*unit) error {
		out, err = histories("posting", &p.db.payroll.postings, pins)
		return err
	})
	return out, err
}

// AppendAdjustments implements [payroll.Adjustments].
func (p Payroll) AppendAdjustments(ctx context.Context, facts ...payroll.AdjustmentFact) error {
	return p.db.in(ctx, func(u *unit) error {
		for _, f := range facts {
			if err := p.db.payroll.adjustments.add(u, f.Employee, f.Entry); err != nil {
				return err
			}
		}
		return nil
	})
}

// AdjustmentsOf implements [payroll.Adjustments].
func (p Payroll) AdjustmentsOf(ctx context.Context, pins []hr.Pin) (out []hr.History[payroll.Adjustment], err error) {
	err = p.db.in(ctx, func(*unit) error {
		out, err = histories("adjustment", &p.db.payroll.adjustments, pins)
		return err
	})
	return out, err
}

// AppendAdoption implements [payroll.Adoptions].
func (p Payroll) AppendAdoption(ctx context.Context, e hr.Entry[payroll.Adoption]) error {
	return p.db.in(ctx, func(u *unit) error { return p.db.payroll.adoptions.add(u, "", e) })
}

// Adopted implements [payroll.Adoptions].
func (p Payroll) Adopted(ctx context.Context, rules hr.Seq) (out hr.History[payroll.Adoption], err error) {
	err = p.db.in(ctx, func(*unit) error {
		out, err = p.db.payroll.adoptions.upTo("adoption", "", rules)
		return err
	})
	return out, err
}
