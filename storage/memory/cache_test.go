package memory_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/storage/memory"
)

// cacheKey is the key of the rule in package storage: the digest of the plan, and the pin with both its numbers.
type cacheKey struct {
	plan string
	pin  hr.Pin
}

// pays answers what somebody is paid for April as known at a pin, from the facts.
func pays(t require.TestingT, db *memory.DB, plan *payroll.Plan, pin hr.Pin) string {
	lists, err := db.Terms(context.Background(), []hr.Pin{pin})
	require.NoError(t, err)
	history, err := hr.NewHistory("terms", lists[0]...)
	require.NoError(t, err)
	slip, err := plan.Calculate(payroll.Input{
		Employee: pin.Employee, Period: hr.MustPeriod("2026-04-01..2026-04-30"), PayDate: hr.MustDate("2026-04-30"), Terms: history.AsKnown(pin.Known.Own),
	})
	require.NoError(t, err)
	return slip.Net().String()
}

// raise learns that somebody has other pay from the first of April on.
func raise(t require.TestingT, db *memory.DB, e hr.EmployeeID, amount, n int) {
	require.NoError(t, db.InTx(context.Background(), func(ctx context.Context) error {
		taken, err := db.Take(ctx, time.Now, e)
		if err != nil {
			return err
		}
		terms := hr.Terms{Entity: "IN1", Currency: "INR", Pay: []hr.PayTerm{{Name: "basic", Amount: decimal.NewFromInt(int64(amount))}}}
		return db.AppendTerms(ctx, e, hr.Entry[hr.Terms]{
			ID: fmt.Sprint("t", n), Seq: taken[0].Known.Own, Recorded: taken[0].Recorded, Period: hr.Period{From: hr.MustDate("2026-04-01")}, Value: terms,
		})
	}))
}

func cachePlans(t require.TestingT) []*payroll.Plan {
	var plans []*payroll.Plan
	for _, share := range []string{"10%", "12%"} {
		plan, err := payroll.Compile(payroll.Config{Currency: "INR", Components: []payroll.Component{{Text: `input basic: money by piece
input payable_days: days by piece
input period_days: days
line basic_pay "Basic" in earnings = round(pieces(basic * payable_days / period_days), 0.01)
line fund "Fund" in deductions = round(basic_pay * ` + share + `, 1)
`}}})
		require.NoError(t, err)
		plans = append(plans, plan)
	}
	return plans
}

func head(t require.TestingT, db *memory.DB, e hr.EmployeeID) hr.Pin {
	pins, err := db.Heads(context.Background(), e)
	require.NoError(t, err)
	return pins[0]
}

// Whatever is learnt about whom, in whatever order it is asked, by whichever plan, as of today or of before: an answer that is kept under the plan's digest and the pin
// is the one that the facts give.
func TestACacheByPlanAndKnownIsNeverStale(t *testing.T) {
	plans := cachePlans(t)
	rapid.Check(t, func(t *rapid.T) {
		db, cache := memory.New(), map[cacheKey]string{}
		people := []hr.EmployeeID{"E1", "E2"}
		for i, e := range people {
			raise(t, db, e, 20000, i)
		}
		for n := range rapid.IntRange(1, 12).Draw(t, "steps") {
			e := rapid.SampledFrom(people).Draw(t, "employee")
			if rapid.Bool().Draw(t, "raise") {
				raise(t, db, e, rapid.IntRange(20000, 20010).Draw(t, "amount"), n+10)
				continue
			}
			plan, pin := rapid.SampledFrom(plans).Draw(t, "plan"), head(t, db, e)
			pin.Known.Own -= hr.Seq(rapid.IntRange(0, int(pin.Known.Own)-1).Draw(t, "before"))
			key := cacheKey{plan.Digest(), pin}
			if _, kept := cache[key]; !kept {
				cache[key] = pays(t, db, plan, pin)
			}
			require.Equal(t, pays(t, db, plan, pin), cache[key])
		}
	})
}

// Without the number the cache answers a raise with the old pay, and without the plan new rules with the old ones.
func TestACacheByLessIsStale(t *testing.T) {
	plans, db := cachePlans(t), memory.New()
	raise(t, db, "E1", 20000, 1)
	type less struct {
		plan     string
		employee hr.EmployeeID
	}
	before := head(t, db, "E1")
	withoutKnown := map[less]string{{plans[0].Digest(), "E1"}: pays(t, db, plans[0], before)}
	withoutPlan := map[hr.Pin]string{before: pays(t, db, plans[0], before)}
	require.NotEqual(t, withoutPlan[before], pays(t, db, plans[1], before), "20000 less 12 % is not 20000 less 10 %")
	raise(t, db, "E1", 21000, 2)
	require.NotEqual(t, withoutKnown[less{plans[0].Digest(), "E1"}], pays(t, db, plans[0], head(t, db, "E1")), "the raise is not in the cache")
	require.Equal(t, withoutPlan[before], pays(t, db, plans[0], before), "as known then it is what it was")
}
