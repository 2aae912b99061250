// Package ca is the payroll law of Canada outside Quebec as dated values and formulas, for payments from 2025 to 2026: federal and
// provincial income tax by option 1 of the CRA's guide T4127, CPP, CPP2 and EI, and tax on bonuses and other pay of no period.
//
// A host adds its own pay in components whose lines are in the groups "regular" (with taxable benefits), "bonus", and where they do
// not count, "not_pensionable" and "not_insurable"; and passes pay_periods, province and the entries of the TD1 forms with the terms.
//
// # Editions
//
// The guide changes on 1 January and often on 1 July, when new rates are prorated over the half year. The day of payment decides which
// edition holds, also inside a pay period.
//
// # Rounding
//
// Each deduction is rounded once, half up to the cent; ratios of rates and annual amounts on the way are exact. The part of the additional
// CPP that belongs to a bonus is rounded to the cent, as the guide prints it.
//
// # When employment ends
//
// [FinalPayDueInOntario] says by which day the last wages are paid.
//
// # What it leaves out
//
// Quebec, option 2 and commission (TD1X), the T4 and the record of employment. Support, zones and labour funds enter as amounts.
//
// # Doubts
//
// The edition of 1 July 2026 was read in transcriptions that agree; Prince Edward Island's printed January figures are probably slips and
// are kept as printed. Every explanation shows such marks.
//
// # Sources
//
// CRA guide T4127, Payroll Deductions Formulas, 120th to 123rd editions; results of the CRA's online calculator.
package ca
