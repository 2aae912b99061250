package scenario

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/storage"
)

// Planted is an amount that no message of an error may show.
const Planted = "98765.43"

// Write writes in one unit what a payroll writes: a command and its audit, an adjustment of a planted amount, and fifty payslips of a run with their postings.
func Write(ctx context.Context, db Store, id string) error {
	return db.InTx(ctx, func(ctx context.Context) error {
		cmd := hr.CommandID(id)
		if _, _, err := db.Claim(ctx, storage.CommandRow{ID: cmd, Verb: "probe", Actor: preparer.ID, Content: id}); err != nil {
			return err
		}
		err := db.AppendAdjustments(ctx, hr.Entry[payroll.Adjustment]{
			ID: id, Seq: 1, Recorded: time.Date(2026, 10, 31, 12, 0, 0, 0, time.UTC), Period: hr.MustPeriod("2026-10-01..2026-10-31"),
			Value: payroll.Adjustment{Employee: employee(0), Name: "bonus", Period: hr.MustPeriod("2026-10-01..2026-10-31"), Amount: decimal.RequireFromString(Planted)},
		})
		if err != nil {
			return err
		}
		results, postings := payslips(payroll.RunID(id))
		if err := Begin(ctx, db, payroll.RunID(id), results); err != nil {
			return err
		}
		if err := db.PutResults(ctx, payroll.RunID(id), results...); err != nil {
			return err
		}
		if err := db.AppendPostings(ctx, postings...); err != nil {
			return err
		}
		if err := db.Append(ctx, storage.Audit{Command: cmd, Verb: "probe", Actor: preparer.ID}); err != nil {
			return err
		}
		return db.Finish(ctx, cmd, []byte(`"done"`))
	})
}

// payslips are enough of a chunk to be written in bulk.
func payslips(run payroll.RunID) ([]payroll.Result, []hr.Entry[payroll.Posting]) {
	results, postings := Chunk(run)
	return results[:50], postings[:50]
}

var errUndo = errors.New("undone on purpose")

// Written says how much of [Write] is there: all of it, or nothing; anything between is an error.
func Written(ctx context.Context, db Store, id string) (all bool, err error) {
	var parts []bool
	err = db.InTx(ctx, func(ctx context.Context) error {
		_, fresh, err := db.Claim(ctx, storage.CommandRow{ID: hr.CommandID(id), Verb: "probe", Content: id})
		if err != nil {
			return err
		}
		results, postings := payslips(payroll.RunID(id))
		found, err := db.Results(ctx, payroll.RunID(id), "", len(results)+1)
		if err != nil {
			return err
		}
		pins := make([]hr.Pin, len(postings))
		for i := range pins {
			pins[i].Employee = postings[i].Value.Employee
		}
		posted, err := db.PostingsOf(ctx, pins)
		if err != nil {
			return err
		}
		n := 0
		for _, of := range posted {
			for _, e := range of {
				if strings.HasPrefix(e.ID, id+"/") {
					n++
				}
			}
		}
		adjusted, err := db.AdjustmentsOf(ctx, []hr.Pin{{Employee: employee(0)}})
		if err != nil {
			return err
		}
		there := false
		for _, e := range adjusted[0] {
			there = there || e.ID == id
		}
		parts = []bool{!fresh, len(found) == len(results), n == len(postings), there}
		if len(found)+n > 0 && (len(found) != len(results) || n != len(postings)) {
			return fmt.Errorf("%d payslips and %d postings of %s are there", len(found), n, id)
		}
		return errUndo
	})
	if !errors.Is(err, errUndo) {
		return false, err
	}
	for _, p := range parts {
		if p != parts[0] {
			return false, fmt.Errorf("%s is torn: command, payslips, postings, adjustment: %v", id, parts)
		}
	}
	return parts[0], nil
}

// Read reads back what the company and [Write] have written: every kind of row of a payroll.
func (c Company) Read(ctx context.Context, db Store, ids ...string) error {
	if err := c.Verify(ctx, db); err != nil {
		return err
	}
	for _, id := range ids {
		if _, err := Written(ctx, db, id); err != nil {
			return err
		}
	}
	for i := range c.Employees {
		if _, err := db.Employment(ctx, employee(i)); err != nil {
			return err
		}
	}
	people, _, _, err := c.Services(db)
	if err != nil {
		return err
	}
	_, err = people.TermsOf(ctx, hr.View{Actor: preparer, Purpose: "verification"}, []hr.Pin{{Employee: employee(0)}}, hr.MonthOf(begins))
	if err == nil {
		_, err = db.Adopted(ctx, 0)
	}
	return err
}

// State is what two stores that did the same work agree in.
type State struct {
	Digests []string // of the run of each month that was calculated
	Heads   []hr.Pin
}

// State reads it. A month without a run has no digest.
func (c Company) State(ctx context.Context, db Store) (s State, err error) {
	_, pay, _, err := c.Services(db)
	if err != nil {
		return s, err
	}
	for n := range c.Months {
		_, name := c.month(n)
		var row storage.CommandRow
		err := db.InTx(ctx, func(ctx context.Context) (err error) {
			var fresh bool
			if row, fresh, err = db.Claim(ctx, storage.CommandRow{ID: hr.CommandID(name + "/create")}); err == nil && fresh {
				err = errUndo
			}
			return err
		})
		if errors.Is(err, errUndo) {
			s.Digests = append(s.Digests, "")
			continue
		}
		if err != nil {
			return s, err
		}
		run, err := pay.Run(ctx, hr.View{Actor: preparer, Purpose: "verification"}, payroll.RunID(string(row.Result[1:len(row.Result)-1])))
		if err != nil {
			return s, err
		}
		s.Digests = append(s.Digests, run.Digest)
	}
	ids := make([]hr.EmployeeID, c.Employees)
	for i := range ids {
		ids[i] = employee(i)
	}
	s.Heads, err = db.Heads(ctx, ids...)
	return s, err
}
