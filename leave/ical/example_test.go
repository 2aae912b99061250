package ical_test

import (
	"fmt"
	"strings"
	"time"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave/ical"
)

// From 23 December to 1 January, both included: the event ends on the 2nd, as the format has it.
func ExampleFeed_Write() {
	feed := ical.Feed{Producer: "-//Example HR//Leave 1.0//EN", Events: []ical.Event{{
		UID: "leave-0001@hr.example", Stamp: time.Date(2026, 11, 24, 9, 5, 0, 0, time.UTC),
		Days: hr.MustPeriod("2026-12-23..2027-01-01"), Summary: "Alma Specimen: away",
	}}}
	var out strings.Builder
	if err := feed.Write(&out); err != nil {
		panic(err)
	}
	fmt.Print(strings.ReplaceAll(out.String(), "\r", ""))
	// Output:
	// BEGIN:VCALENDAR
	// VERSION:2.0
	// PRODID:-//Example HR//Leave 1.0//EN
	// CALSCALE:GREGORIAN
	// METHOD:PUBLISH
	// BEGIN:VEVENT
	// UID:leave-0001@hr.example
	// DTSTAMP:20261124T090500Z
	// SEQUENCE:0
	// DTSTART;VALUE=DATE:20261223
	// DTEND;VALUE=DATE:20270102
	// SUMMARY:Alma Specimen: away
	// STATUS:CONFIRMED
	// TRANSP:TRANSPARENT
	// CLASS:PRIVATE
	// END:VEVENT
	// END:VCALENDAR
}
