package uk_test

import (
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave/statutory/uk"
)

// Three days a week are 16.8 days of holiday a year, and 19 hours in a month earn 2 hours.
func ExampleEntitlement() {
	law, on := uk.Law(), hr.MustDate("2026-06-30")
	h, err := uk.Entitlement(law, on, decimal.NewFromInt(3), decimal.NewFromInt(24))
	if err != nil {
		panic(err)
	}
	hours, err := uk.IrregularAccrual(law, on, []decimal.Decimal{decimal.NewFromInt(19)})
	if err != nil {
		panic(err)
	}
	fmt.Println(h.Days, "days,", h.Hours, "hours;", hours)
	// Output: 16.8 days, 134.4 hours; [2]
}
