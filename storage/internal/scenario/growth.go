package scenario

import (
	"context"
	"fmt"
	"time"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
)

const grown = payroll.RunID("grown")

// Grow writes a payroll of so many thousand employees, a thousand in a unit, and reads all of it back as a run and a retro do: page by page, and by pins.
// It returns what each took for one employee.
func Grow(ctx context.Context, db Store, thousands int) (write, read time.Duration, err error) {
	const run = grown
	if err := Begin(ctx, db, run, nil); err != nil {
		return 0, 0, err
	}
	start, making := time.Now(), time.Duration(0)
	for n := range thousands {
		made := time.Now()
		results, postings := chunk(run, 1000*n)
		making += time.Since(made)
		err := db.InTx(ctx, func(ctx context.Context) error {
			ids := make([]hr.EmployeeID, len(results))
			for i := range ids {
				ids[i] = results[i].Employee
			}
			if _, err := db.Take(ctx, time.Now, ids...); err != nil {
				return err
			}
			if err := db.AddMembers(ctx, run, ids...); err != nil {
				return err
			}
			if err := db.PutResults(ctx, run, results...); err != nil {
				return err
			}
			return db.AppendPostings(ctx, postings...)
		})
		if err != nil {
			return 0, 0, err
		}
	}
	write = time.Since(start) - making

	start = time.Now()
	if err := ReadGrown(ctx, db, thousands); err != nil {
		return 0, 0, err
	}
	read = time.Since(start)
	per := time.Duration(1000 * thousands)
	return write / per, read / per, nil
}

// ReadGrown is the half of [Grow] that reads.
func ReadGrown(ctx context.Context, db Store, thousands int) error {
	found := 0
	for last := hr.EmployeeID(""); ; {
		results, err := db.Results(ctx, grown, last, 1000)
		if err != nil {
			return err
		}
		if len(results) == 0 {
			break
		}
		ids := make([]hr.EmployeeID, len(results))
		for i := range ids {
			ids[i] = results[i].Employee
		}
		pins, err := db.Heads(ctx, ids...)
		if err != nil {
			return err
		}
		for i := range pins {
			pins[i].Known = hr.Known{} // the seqs of the chunk are not those of Take
		}
		posted, err := db.PostingsOf(ctx, pins)
		if err != nil {
			return err
		}
		for i := range posted {
			found += len(posted[i])
		}
		last = ids[len(ids)-1]
	}
	if found != 1000*thousands {
		return fmt.Errorf("%d postings were read", found)
	}
	return nil
}
