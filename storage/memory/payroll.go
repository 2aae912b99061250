package memory

import (
	"context"
	"slices"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/storage"
)

type payrollTables struct {
	runs        table[payroll.RunID, payroll.Run]
	members     table[memberKey, bool]
	order       bag[payroll.RunID, hr.EmployeeID]
	chunks      table[chunkKey, payroll.RunChunk]
	results     table[memberKey, payroll.Result]
	resultOrder bag[payroll.RunID, hr.EmployeeID]
	postings    facts[hr.EmployeeID, payroll.Posting]
	paid        bag[string, hr.EmployeeID] // who has a posting
	adjustments facts[hr.EmployeeID, payroll.Adjustment]
	debts       facts[hr.EmployeeID, payroll.Debt]
	requests    table[payroll.RequestID, payroll.Request]
	requested   bag[hr.EmployeeID, payroll.RequestID]  // the requests about an employee
	adoptions   facts[hr.EmployeeID, payroll.Adoption] // under hr.Everyone
}

type memberKey struct {
	run      payroll.RunID
	employee hr.EmployeeID
}

type chunkKey struct {
	run    payroll.RunID
	number int
}

// Run implements [payroll.Runs].
func (db *DB) Run(ctx context.Context, id payroll.RunID) (r payroll.Run, err error) {
	err = db.in(ctx, func(*unit) error {
		var ok bool
		if r, ok = db.payroll.runs.get(id); !ok {
			return storage.ErrNotFound
		}
		return nil
	})
	return r, err
}

// PutRun implements [payroll.Runs].
func (db *DB) PutRun(ctx context.Context, r payroll.Run) error {
	return db.in(ctx, func(u *unit) error {
		return putCase(u, &db.payroll.runs, r.ID, r, func(r *payroll.Run) *storage.Version { return &r.Version })
	})
}

// RunsAfter implements [payroll.RunList].
func (db *DB) RunsAfter(ctx context.Context, after payroll.RunID, limit int) ([]payroll.Run, error) {
	return rowsAfter(ctx, db, &db.payroll.runs, after, limit, nil)
}

// AddMembers implements [payroll.Runs].
func (db *DB) AddMembers(ctx context.Context, id payroll.RunID, ids ...hr.EmployeeID) error {
	return db.in(ctx, func(u *unit) error {
		for _, e := range ids {
			if _, in := db.payroll.members.get(memberKey{id, e}); !in {
				db.payroll.members.put(u, memberKey{id, e}, true)
				db.payroll.order.add(u, id, e, byText)
			}
		}
		return nil
	})
}

// Members implements [payroll.Runs].
func (db *DB) Members(ctx context.Context, id payroll.RunID, after hr.EmployeeID, limit int) (out []hr.EmployeeID, err error) {
	err = db.in(ctx, func(*unit) error {
		out = page(db.payroll.order.peek(id), after, limit)
		return nil
	})
	return out, err
}

// PutChunks implements [payroll.Runs].
func (db *DB) PutChunks(ctx context.Context, cs ...payroll.RunChunk) error {
	return db.in(ctx, func(u *unit) error {
		for _, c := range cs {
			if err := putCase(u, &db.payroll.chunks, chunkKey{c.Run, c.Number}, c, func(c *payroll.RunChunk) *storage.Version { return &c.Version }); err != nil {
				return err
			}
		}
		return nil
	})
}

// Chunks implements [payroll.Runs]. The numbers of a run have no gaps.
func (db *DB) Chunks(ctx context.Context, id payroll.RunID, from, limit int) (out []payroll.RunChunk, err error) {
	err = db.in(ctx, func(*unit) error {
		for n := from; n < from+limit; n++ {
			c, ok := db.payroll.chunks.get(chunkKey{id, n})
			if !ok {
				break
			}
			out = append(out, c)
		}
		return nil
	})
	return out, err
}

// PutResults implements [payroll.Results].
func (db *DB) PutResults(ctx context.Context, run payroll.RunID, rs ...payroll.Result) error {
	return db.in(ctx, func(u *unit) error {
		for _, r := range rs {
			key := memberKey{run, r.Employee}
			if _, had := db.payroll.results.rows[key]; !had {
				db.payroll.resultOrder.add(u, run, r.Employee, byText)
			}
			db.payroll.results.put(u, key, r)
		}
		return nil
	})
}

// Result implements [payroll.Results].
func (db *DB) Result(ctx context.Context, run payroll.RunID, employee hr.EmployeeID) (r payroll.Result, err error) {
	err = db.in(ctx, func(*unit) error {
		var ok bool
		if r, ok = db.payroll.results.get(memberKey{run, employee}); !ok {
			return storage.ErrNotFound
		}
		return nil
	})
	return r, err
}

// Results implements [payroll.Results].
func (db *DB) Results(ctx context.Context, run payroll.RunID, after hr.EmployeeID, limit int) (out []payroll.Result, err error) {
	err = db.in(ctx, func(*unit) error {
		members := page(db.payroll.resultOrder.peek(run), after, limit)
		out = slices.Grow(out, len(members))
		for _, e := range members {
			r, _ := db.payroll.results.get(memberKey{run, e})
			out = append(out, r)
		}
		return nil
	})
	return out, err
}

// ResultHeads implements [payroll.ResultHeads].
func (db *DB) ResultHeads(ctx context.Context, run payroll.RunID, after hr.EmployeeID, limit int) (out []payroll.ResultHead, err error) {
	err = db.in(ctx, func(*unit) error {
		for _, e := range page(db.payroll.resultOrder.peek(run), after, limit) {
			out = append(out, db.payroll.results.rows[memberKey{run, e}].Head())
		}
		return nil
	})
	return out, err
}

// AppendPostings implements [payroll.Postings].
func (db *DB) AppendPostings(ctx context.Context, entries ...hr.Entry[payroll.Posting]) error {
	return db.in(ctx, func(u *unit) error {
		for _, e := range entries {
			db.markPaid(u, e.Value.Employee)
			if err := db.payroll.postings.add(u, e.Value.Employee, e); err != nil {
				return err
			}
		}
		return nil
	})
}

// PostingsOf implements [payroll.Postings].
func (db *DB) PostingsOf(ctx context.Context, pins []hr.Pin) (out [][]hr.Entry[payroll.Posting], err error) {
	err = db.in(ctx, func(*unit) error { out = known(&db.payroll.postings, pins); return nil })
	return out, err
}

// AppendAdjustments implements [payroll.Adjustments].
func (db *DB) AppendAdjustments(ctx context.Context, entries ...hr.Entry[payroll.Adjustment]) error {
	return db.in(ctx, func(u *unit) error {
		for _, e := range entries {
			if err := db.payroll.adjustments.add(u, e.Value.Employee, e); err != nil {
				return err
			}
		}
		return nil
	})
}

// AdjustmentsOf implements [payroll.Adjustments].
func (db *DB) AdjustmentsOf(ctx context.Context, pins []hr.Pin) (out [][]hr.Entry[payroll.Adjustment], err error) {
	err = db.in(ctx, func(*unit) error { out = known(&db.payroll.adjustments, pins); return nil })
	return out, err
}

// AppendAdoptions implements [payroll.Adoptions].
func (db *DB) AppendAdoptions(ctx context.Context, entries ...hr.Entry[payroll.Adoption]) error {
	return db.in(ctx, func(u *unit) error {
		for _, e := range entries {
			if err := db.payroll.adoptions.add(u, hr.Everyone, e); err != nil {
				return err
			}
		}
		return nil
	})
}

// Adopted implements [payroll.Adoptions].
func (db *DB) Adopted(ctx context.Context, rules hr.Seq) (out []hr.Entry[payroll.Adoption], err error) {
	err = db.in(ctx, func(*unit) error {
		out = known(&db.payroll.adoptions, []hr.Pin{{Employee: hr.Everyone, Known: hr.Known{Own: rules}}})[0]
		return nil
	})
	return out, err
}
