// Package uk is Great Britain's law of holiday and of statutory sick and maternity pay, as dated numbers and pure functions.
//
// # For a payroll person
//
// [Entitlement] is the 5.6 weeks of the Working Time Regulations 1998, [StartedInYear] the share of a starter, [FirstYear] what
// of it may be taken so far, [Leaver] what is owed at the end, [PartTime] the pro-rata share with bank holidays, and [CarryOver]
// what goes on to the next leave year and until when. Irregular-hours and part-year workers have [IrregularAccrual],
// [AverageHours] with [AbsenceAccrual] for sickness and family leave, and [RolledUp] pay. [WeekPay] is the average of 52 paid
// weeks. [SickPay] and [MaternityPay] are SSP and SMP, [Links] and [SickWeeksLeft] which periods of sickness
// are one and how long they are paid. [FamilyPolicies] are the other family leaves, by event.
//
// Rounding is where the law has it. An entitlement is exact until it is shown; pay is rounded once, to the penny: half up for
// holiday, up for SSP and SMP.
//
// # For a Go person
//
// [Law] returns the numbers as a [leave.Law] value; every function takes it and a day, so an overlay of the host reaches all. A
// day before the first step of a number is an error.
//
// What is not here: Northern Ireland, statutory pay for the other family leaves, and the SSP of absences that began before 6 April 2026:
// the host gives the average earnings of the first of linked periods.
package uk
