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
// # Sources
//
//   - The Government of India's yearly memorandum on holidays (Department of Personnel and Training) lets central industrial,
//     commercial and trading establishments choose up to 16 holidays, of which three are compulsory: Republic Day, Independence
//     Day and Mahatma Gandhi's birthday.
//   - Where a state has a law of its own it names the same days, such as the Karnataka Industrial Establishments (National and
//     Festival Holidays) Act 1963 (Act 24 of 1963), section 3: 26 January and 15 August, and 2 October since Act 1 of 1975.
//
// Last checked on 26 November 2026, against the text of the Karnataka Act and against reprints of the memorandum; the gazettes
// themselves were not at hand. A host checks its own state's list once a year anyway.
package in
