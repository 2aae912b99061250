// Package in is India's law of leave as dated numbers and pure functions, and the leave types that private employers commonly
// have, as policies to start from.
//
// # For a payroll person
//
// [AnnualLeave] is the leave with wages of the OSH Code 2020 from 21 November 2025 and of the Factories Act before that day;
// [ShopsMaharashtra] that of the Maharashtra Act,
// and [StateShops] what tables say of eight other States, every figure marked uncertain. [Maternity] gives the weeks and the days of maternity leave by event.
// [LossOfPay] is what unpaid days cost by the four bases in use. [PrivateSector] is earned, casual and sick leave, leave without
// pay, restricted holidays and time off in lieu as many employers have them: practice and not law, for a host to change.
//
// Which law binds an employer is for the employer to say. The Central Rules of 8 May 2026 bind only the Central Government's
// sphere; most private employers wait for the Rules of their State, and State shops Acts go on. A holiday inside annual leave
// under the Code or the Maharashtra Act is not leave, so a sandwich rule is not possible there.
//
// # For a Go person
//
// [Law] returns the numbers as a [leave.Law] value; every function takes it and a day, so an overlay of the host reaches all.
// A day before the first step of a number is an error, never the oldest value.
//
// What is not here: the other States, leave during an inquiry into sexual harassment and on election day, which are for a host to grant,
// and the amount of maternity benefit, which is pay.
package in
