package in_test

import (
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave/statutory/in"
)

// 260 days worked earn 13 days of annual leave; with 22 from before, 30 are carried and 5 are paid.
func ExampleAnnualLeave() {
	a, err := in.AnnualLeave(in.Law(), hr.MustDate("2026-12-31"), in.AnnualYear{Worked: decimal.NewFromInt(260), Before: decimal.NewFromInt(22)})
	if err != nil {
		panic(err)
	}
	fmt.Println(a.Earned, a.Balance, a.Carry, a.Encash)
	// Output: 13 35 30 5
}
