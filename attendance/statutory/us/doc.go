// Package us is the working-time law of the United States as dated values and rules: overtime under the Fair Labor Standards Act
// (FLSA) with the regular rate it is paid at, breaks that count as time worked, California's overtime, meal and rest periods, and when
// final pay is due.
//
//	pack := us.Pack()
//	tiers, err := us.CaliforniaOvertime(pack, date) // attendance.Tiers: split a workweek, or give it to a service
//	pay, err := us.Overtime(pack, date, []us.Work{{Hours: h, Rate: r}}, bonus, cents)
//
// Law is read for a day, and a day without a value is an [hr.ParameterError]: nothing is assumed. Money is exact until it is rounded
// once, by the rounding that the caller gives.
//
// # What is not here
//
// Who is exempt; waivers of meal periods, alternative workweeks and wage orders by industry; local law. Paid leave is in package leave.
package us
