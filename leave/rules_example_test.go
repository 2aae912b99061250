package leave_test

import (
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave"
)

// Somebody who joins on 17 March gets the rest of a year's 24 days by the method of the policy.
func ExampleProrate() {
	year, employed := hr.MustPeriod("2026-01-01..2026-12-31"), hr.MustPeriod("2026-03-17..")
	for _, m := range []leave.Method{leave.ByDays, leave.ByMonthsTouched, leave.ByFifteenth, leave.ByHalfMonths} {
		days, err := leave.Prorate(decimal.NewFromInt(24), year, employed, m, leave.Rounded{Step: decimal.New(1, -2), Mode: hr.HalfUp})
		if err != nil {
			panic(err)
		}
		fmt.Println(m, days)
	}
	// Output:
	// days 19.07
	// months_touched 20
	// by_15th 18
	// half_months 19
}

// Twelve monthly credits of a year's 20 days, to half a day, come to 20.
func ExampleSpread() {
	credits, err := leave.Spread(decimal.NewFromInt(20), 12, leave.Rounded{Step: decimal.New(5, -1), Mode: hr.HalfUp})
	if err != nil {
		panic(err)
	}
	fmt.Println(credits)
	// Output: [1.5 2 1.5 1.5 2 1.5 1.5 2 1.5 1.5 2 1.5]
}

// A year of twelve days ends: five are carried to the end of March, two are paid and the rest lapses.
func ExampleYearEnd() {
	since := hr.MustDate("2025-01-01")
	policies := hr.Since(since, leave.Policy{
		Type: "earned", Name: "Earned leave", Unit: leave.Days,
		CarryOver:  leave.CarryOver{Closes: true, Limit: decimal.NewFromInt(5), Months: 3},
		Encashment: leave.Encashment{YearEnd: decimal.NewFromInt(2)},
	})
	ledger := []leave.Entry{{ID: "l1", Period: hr.Period{From: since}, Value: leave.Movement{Type: "earned", Lot: "l1", Kind: leave.Granted, Quantity: decimal.NewFromInt(12)}}}
	entries, err := leave.YearEnd("earned", policies, []hr.Period{{From: since}}, ledger, hr.MustDate("2026-01-01"))
	if err != nil {
		panic(err)
	}
	for _, e := range entries {
		fmt.Println(e.Value.Lot, e.Value.Kind, e.Value.Quantity, e.Period)
	}
	// Output:
	// l1 carry_out -5 2026-01-01..2026-01-01
	// carry/2026-01-01/l1 carry_in 5 2026-01-01..2026-03-31
	// l1 encash -2 2026-01-01..2026-01-01
	// l1 forfeit -5 2026-01-01..2026-01-01
}

// Sick leave is paid in full for two days of the year and by half for the next two. Four days in a row, and what it pays of each.
func ExamplePaidShares() {
	since := hr.MustDate("2026-01-01")
	step := func(days, paid string) leave.PaidStep {
		return leave.PaidStep{Quantity: decimal.RequireFromString(days), Paid: decimal.RequireFromString(paid)}
	}
	policies := hr.Since(since, leave.Policy{
		Type: "sick", Name: "Sick leave", Unit: leave.Days, Negative: leave.Negative{NoLimit: true},
		PaidSteps: leave.PaidSteps{Steps: []leave.PaidStep{step("2", "1"), step("1.5", "0.5")}, Per: leave.PerYear},
	})
	run := hr.MustPeriod("2026-03-02..2026-03-05")
	var ledger []leave.Entry
	for d := range run.Days() {
		ledger = append(ledger, leave.Entry{
			ID: d.String(), Period: hr.Period{From: d, Through: d},
			Value: leave.Movement{Type: "sick", Lot: leave.Advance, Kind: leave.Used, Quantity: decimal.NewFromInt(-1), Request: "r1"},
		})
	}
	paid := leave.PaidShares("sick", policies, []hr.Period{{From: since}}, ledger)
	for d := range run.Days() {
		fmt.Println(d, paid["r1"][d])
	}
	// Output:
	// 2026-03-02 1
	// 2026-03-03 1
	// 2026-03-04 0.5
	// 2026-03-05 0.25
}
