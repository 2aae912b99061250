package in

import (
	"time"

	"github.com/rickar/cal/v2"
)

// National returns India's three national holidays, paid everywhere: Republic Day on 26 January (from 1950), Independence Day on
// 15 August (from 1947) and Gandhi Jayanti on 2 October (from 1948). None of them moves when it falls on a weekend, so actual and
// observed day are the same. Each carries its source in Description.
//
// Every call returns fresh values: what a caller changes, nobody else sees.
func National() []*cal.Holiday {
	return []*cal.Holiday{
		national("Republic Day", time.January, 26, 1950),
		national("Independence Day", time.August, 15, 1947),
		national("Gandhi Jayanti", time.October, 2, 1948),
	}
}

func national(name string, month time.Month, day, since int) *cal.Holiday {
	const source = "compulsory in the DoPT's yearly memorandum on holidays; Karnataka Act 24 of 1963, section 3"
	return &cal.Holiday{Name: name, Description: source, Type: cal.ObservancePublic, Month: month, Day: day, StartYear: since, Func: cal.CalcDayOfMonth}
}
