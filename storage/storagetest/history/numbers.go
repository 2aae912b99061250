package history

import (
	"context"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage/storagetest"
)

// numbers are those of one employee, that several take and read at once.
var numbers = kind{
	name:    "a number is taken once, and the head is the newest that was taken",
	missing: func(storagetest.Ports) string { return "" },
	run: func(t testing.TB, p storagetest.Ports, seed uint64, writers int) int {
		t.Helper()
		// In asks for a number, or for the head; the answer is either.
		m := model[hr.Seq, bool, hr.Seq]{step: func(head hr.Seq, take bool, out hr.Seq) (hr.Seq, bool) {
			if take {
				return out, out > head
			}
			return head, out == head
		}}
		return history(t, m, seed, writers, func(int) writer[bool, hr.Seq] {
			return func(r *rand.Rand) (bool, func(ctx context.Context) (hr.Seq, error)) {
				if r.IntN(2) == 0 {
					return false, func(ctx context.Context) (hr.Seq, error) {
						pins, err := p.Know.Heads(ctx, employee)
						if err != nil {
							return 0, err
						}
						return pins[0].Known.Own, nil
					}
				}
				return true, func(ctx context.Context) (out hr.Seq, err error) {
					err = p.Tx.InTx(ctx, func(ctx context.Context) error {
						taken, err := p.Know.Take(ctx, time.Now, employee)
						if err != nil {
							return err
						}
						out = taken[0].Known.Own
						return nil
					})
					return out, err
				}
			}
		})
	},
}
