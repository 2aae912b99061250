// Package uk brings the bank holidays of the three parts of the United Kingdom to [hr.Calendar], from the rules of rickar/cal.
//
// # What it decides
//
// [EnglandWales], [Scotland] and [NorthernIreland] are three lists: Scotland has 2 January and St Andrew's Day and its summer holiday on
// the first Monday of August, and has no Easter Monday; Northern Ireland has St Patrick's Day and 12 July. One that falls on a
// weekend has its substitute on the next weekday that is none, so a calendar takes them with [hr.ObservedDay], or [hr.BothDays] where
// work is done on weekends too. Days that a proclamation gave once, such as 19 September 2022, are in the lists.
//
//	calendar, err := hr.NewCalendar(hr.CalendarRules{
//		Name: "Edinburgh", Span: hr.MustPeriod("2026-01-01..2026-12-31"),
//		Off:      []hr.WeekdayRule{{Weekday: time.Saturday}, {Weekday: time.Sunday}},
//		Holidays: uk.Scotland(), Observe: hr.ObservedDay,
//	})
//
// # What is left to the host
//
// Nobody has a right to a bank holiday as such: the contract says which days are given, and local holidays of Scottish towns are entries of
// the calendar, as is a day that will be proclaimed.
//
// # Sources
//
// Banking and Financial Dealings Act 1971, Schedule 1 with the yearly proclamations; St Andrew's Day Bank Holiday (Scotland) Act 2007. Last
// checked on 26 November 2026 against rickar/cal and the public list of vacanza/holidays, which agree for 2015 to 2026; the
// proclamations themselves were not at hand.
package uk
