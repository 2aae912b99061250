package history

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave"
	"github.com/musterhr/hr/storage/storagetest"
)

const (
	employee hr.EmployeeID = "E1"
	opening  int64         = 6 // days that there are in the beginning
)

// booking asks for a balance, or changes it by Days.
type booking struct {
	Read bool
	Days int64
}

// booked is the balance that was read, or whether the change was made.
type booked struct {
	Balance int64
	Done    bool
}

// balances are days of leave that several spend at once: each holds the employee's guard row, reads the ledger and takes what is left.
var balances = kind{
	name: "a leave balance never goes below its floor",
	missing: func(p storagetest.Ports) string {
		if p.Ledger == nil {
			return "Ports.Ledger"
		}
		return ""
	},
	run: func(t testing.TB, p storagetest.Ports, seed uint64, writers int) int {
		t.Helper()
		noon := func() time.Time { return time.Date(2026, 10, 31, 12, 0, 0, 0, time.UTC) }
		balance := func(ctx context.Context) (days int64, err error) {
			lists, err := p.Ledger.MovementsOf(ctx, []hr.Pin{{Employee: employee}})
			if err != nil {
				return 0, err
			}
			for _, e := range lists[0] {
				days += e.Value.Quantity.IntPart()
			}
			return days, nil
		}
		book := func(ctx context.Context, id string, days int64) (done bool, err error) {
			err = p.Tx.InTx(ctx, func(ctx context.Context) error {
				done = false
				taken, err := p.Know.Take(ctx, noon, employee)
				if err != nil {
					return err
				}
				left, err := balance(ctx)
				if err != nil || left+days < 0 {
					return err
				}
				done = true
				return p.Ledger.AppendMovements(ctx, employee, storagetest.Fill[leave.Entry](1, func(e *leave.Entry) {
					e.ID, e.Seq, e.Line, e.Value.Quantity = id, taken[0].Known.Own, 0, decimal.NewFromInt(days)
				}))
			})
			return done, err
		}
		if _, err := book(t.Context(), "opening", opening); err != nil {
			t.Fatal(err)
		}
		m := model[int64, booking, booked]{first: opening, step: func(left int64, in booking, out booked) (int64, bool) {
			switch {
			case in.Read:
				return left, out.Balance == left
			case out.Done:
				return left + in.Days, left+in.Days >= 0
			}
			return left, left+in.Days < 0
		}}
		return history(t, m, seed, writers, func(number int) writer[booking, booked] {
			n := 0
			return func(r *rand.Rand) (booking, func(ctx context.Context) (booked, error)) {
				n++
				id := fmt.Sprintf("%d/%d", number, n)
				in := booking{Days: -1 - r.Int64N(2)}
				switch r.IntN(4) {
				case 0:
					in = booking{Read: true}
				case 1:
					in = booking{Days: 1}
				}
				return in, func(ctx context.Context) (out booked, err error) {
					if in.Read {
						out.Balance, err = balance(ctx)
					} else {
						out.Done, err = book(ctx, id, in.Days)
					}
					return out, err
				}
			}
		})
	},
}
