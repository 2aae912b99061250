// Package us is the federal payroll law of the United States as dated values and formulas, for payments from 2023 to 2026: income tax
// withholding by the percentage method (Publication 15-T, Worksheet 1A) with forms W-4 of 2020 and later and of 2019 and earlier,
// nonresident aliens, supplemental wages, Social Security, Medicare and the additional Medicare tax, and federal unemployment.
//
// A host adds its own pay in components whose lines are in the groups "fit_wages" (after elective deferrals and cafeteria plans), "fica_wages",
// "futa" and, for what is taxed by the flat rate, "supplemental"; and passes pay_frequency and the entries of the form (w4_form, w4_status,
// w4_step2 and so on) with the terms. Everything is read by the day of payment, and periods of the year are the nominal ones, 26 also in a
// year with 27 biweekly payments.
//
// # One rounding
//
// Amounts on the way are exact; each line is rounded once, half up to the cent, or with whole_dollars to the dollar. Programs that round
// between the steps of the worksheet may differ by a cent.
//
// # What it leaves out
//
// State and local taxes, the aggregate method for supplemental wages (give the whole as fit_wages and subtract what regular wages bore),
// lock-in letters, tips, deposits, and the forms 941, 940 and W-2. Deductions for tips and overtime of 2025 to 2028 enter through step 4(b).
//
// # How the schedules are made
//
// Of each year and status the schedules are built from the standard deduction and the brackets, by the rule that gives the printed
// schedules of 2026 cell for cell. Values that were not read in print carry a mark that every explanation shows.
//
// # Sources
//
// IRS Publications 15 and 15-T (2026), the Social Security Administration's contribution and benefit base, the Department of Labor's
// list of credit reductions.
package us
