package us_test

import (
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
	"github.com/musterhr/hr/attendance/statutory/us"
)

// A workweek in California: ten hours on Monday, eight on four days, five on Saturday.
func ExampleCaliforniaOvertime() {
	tiers, err := us.CaliforniaOvertime(us.Pack(), hr.MustDate("2026-06-01"))
	if err != nil {
		panic(err)
	}
	days := []attendance.DayWork{{Minutes: 600}, {Minutes: 480}, {Minutes: 480}, {Minutes: 480}, {Minutes: 480}, {Minutes: 300}}
	split, err := tiers.Split(days)
	if err != nil {
		panic(err)
	}
	for i, bands := range split {
		fmt.Println("day", i+1, bands)
	}
	// Output:
	// day 1 [{regular 480} {overtime 120}]
	// day 2 [{regular 480}]
	// day 3 [{regular 480}]
	// day 4 [{regular 480}]
	// day 5 [{regular 480}]
	// day 6 [{overtime 300}]
}

// 46 hours at 12 dollars with a bonus of 46: the example of 29 CFR 778.110(b), 637 dollars.
func ExampleOvertime() {
	work := []us.Work{{Hours: decimal.NewFromInt(46), Rate: decimal.NewFromInt(12)}}
	pay, err := us.Overtime(us.Pack(), hr.MustDate("2026-06-01"), work, decimal.NewFromInt(46), hr.MustRounding("0.01", hr.HalfUp))
	if err != nil {
		panic(err)
	}
	fmt.Println("regular rate", pay.RegularRate, "premium", pay.OvertimePremium, "total", pay.Total)
	// Output: regular rate 13 premium 39 total 637
}
