// Package uk is Great Britain's law of holiday and of statutory sick and maternity pay, as dated numbers and pure functions.
//
// # For a payroll person
//
// [Entitlement] is the 5.6 weeks of the Working Time Regulations 1998, [StartedInYear] the share of a starter, [FirstYear] what
// of it may be taken so far, [Leaver] what is owed at the end, [PartTime] the pro-rata share with bank holidays, and [CarryOver]
// what goes on to the next leave year and until when. Irregular-hours and part-year workers have [IrregularAccrual],
// [AverageHours] with [AbsenceAccrual] for sickness and family leave, and [RolledUp] pay. [WeekPay] is the average of 52 paid
// weeks. [SickPay] and [MaternityPay] are SSP and SMP.
//
// Rounding is where the law has it. An entitlement is exact until it is shown; pay is rounded once, to the penny: half up for
// holiday, up for SSP and SMP.
//
// # For a Go person
//
// [Law] returns the numbers as a [leave.Law] value; every function takes it and a day, so an overlay of the host reaches all. A
// day before the first step of a number is an error.
//
// What is not here: Northern Ireland, the other family leaves, and the linking of periods of incapacity: the host gives the days
// of one period, with the average earnings of its first.
package uk
