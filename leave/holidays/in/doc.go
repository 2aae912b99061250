// Package in brings India's national holidays to [hr.Calendar], because rickar/cal has no India.
//
// # What it decides
//
// The three days that are holidays in all of India: 26 January, 15 August and 2 October ([National]).
//
// # What is left to the host
//
// Everything else. Each state fixes days of its own (such as 1 May, or 1 November in Karnataka) and the number of festival
// holidays, under its National and Festival Holidays Act or its shops act; each year's festivals are gazetted, many of them move
// with the moon, and the employer chooses some. A list in code would be wrong within a year. A company enters its list, as it
// hangs on the notice board, as entries of the calendar, and restricted holidays, from which an employee chooses a few, as
// [hr.DayRestricted]:
//
//	calendar, err := hr.NewCalendar(hr.CalendarRules{
//		Name:     "Bengaluru 2026",
//		Span:     hr.MustPeriod("2026-01-01..2026-12-31"),
//		Off:      []hr.WeekdayRule{{Weekday: time.Sunday}},
//		Holidays: in.National(),
//		Observe:  hr.ActualDay,
//		Entries: []hr.CalendarEntry{
//			{Date: hr.MustDate("2026-05-01"), Kind: hr.DayHoliday, Name: "May Day"},
//			{Date: hr.MustDate("2026-11-01"), Kind: hr.DayHoliday, Name: "Kannada Rajyotsava"},
//			{Date: hr.MustDate("2026-10-20"), Kind: hr.DayRestricted, Name: "Dussehra"},
//		},
//	})
//
// Two states are two calendars, named in the terms of who works there ([hr.Terms].Calendar).
//
// # Invariants
//
//   - The list has three holidays for every year from 1950 on, each on its own date.
//   - No call sees what another caller did with its list.
//
// The three days stand in the National and Festival Holidays Act of every state that has one, and are kept in the others. The
// gazettes were not read again for this package: a host checks its own state's list once a year anyway.
package in
