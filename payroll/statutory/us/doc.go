// Package us is the federal payroll law of the United States as dated values and formulas, for payments from 2023 to 2026: income tax
// withholding by the percentage method (Publication 15-T, Worksheet 1A) with forms W-4 of 2020 and later and of 2019 and earlier,
// nonresident aliens, supplemental wages by the flat rate and by the aggregate method, Social Security, Medicare and the additional Medicare
// tax, federal unemployment; what is deposited and by when, and the figures of forms 941 and W-2. Last review: 26 November 2026.
//
//	plan, err := payroll.Compile(payroll.Config{Currency: "USD", Packs: []payroll.Pack{us.Pack()}, Components: yours})
//
// # What a host writes
//
// Its own pay, in components whose lines join groups; what a plan exempts is a line below zero in the group:
//
//	fit_wages      wages under income tax withholding: after elective deferrals (401(k)) and cafeteria plans (s.125)
//	fica_wages     wages under Social Security and Medicare: after cafeteria plans, before elective deferrals; tips count
//	futa           wages under federal unemployment
//	supplemental   bonuses, commissions and the like, which are then not in fit_wages
//
// These stand in the terms:
//
//	pay_frequency                            = monthly; annual, semiannual, quarterly, semimonthly, biweekly, weekly, daily
//	w4_form, w4_status                       = 2020, S; 2019 for any older form; M married jointly or surviving spouse, H head of household
//	w4_step2, w4_step3, w4_step4a, w4_step4b, w4_extra, w4_allowances, w4_exempt
//	nonresident_alien, nra_table1            = no
//	supplemental_aggregate, whole_dollars    = no
//	last_regular_wages, last_income_tax      = 0; for the aggregate method where supplemental wages are paid by themselves
//	futa_state                               the state of unemployment contributions; empty: no credit reduction
//
// Without a valid form the defaults are what the IRS asks for: single, nothing in steps 2 to 4. An exemption lapses on 15 February of the next year
// unless it is claimed again; a lock-in letter stands in the place of the form: both are the host's to enter. A nonresident alien files as single and
// claims no exemption. Periods of the year are the nominal ones, 26 also in a year with 27 biweekly payments. Who takes over a business passes
// the year so far as an opening.
//
// # The lines
//
//	income tax        fit_wages; federal_income_tax, supplemental_wages, supplemental_income_tax (deductions)
//	FICA              social_security_wages, social_security_taxed (below the base), medicare_wages, additional_medicare_wages;
//	                  social_security, medicare, additional_medicare (deductions); social_security_employer, medicare_employer (employer)
//	unemployment      futa_wages; futa_employer (employer), of it futa_reduction
//
// [Liabilities] says what each day of payment owes, [ScheduleFor] and [Deposits] when it is deposited, [FUTADeposits] the same of unemployment tax,
// [Form941] and [FormW2] the figures of a quarter and of an employee's year.
//
// # One rounding
//
// The worksheet is worked through for the year, exactly, and divided by the payments of the year once: each line is rounded once, half up to
// the cent, or with whole_dollars to the dollar. Programs that round between the steps of the worksheet may differ by a cent; the
// fractions of the year are line 7 of form 941.
//
// # How the schedules are made
//
// Of each year and status the schedules are built from the standard deduction and the brackets, by the rule that gives the printed
// schedules of 2026 cell for cell.
//
// # Doubts
//
// They stand on the values, and every explanation shows them: schedules of 2023 to 2025 were not read in print but for those of single
// persons in 2025; credit reductions of states of 2023, 2024 and 2026 (California was expected at 1.5 %); days of deposits; periods of retention.
//
// # What it leaves out
//
// State and local taxes and contributions: AK, FL, NV, NH, SD, TN, TX, WA and WY have no income tax on wages, and of them Washington and Alaska
// contributions of their own. The wage bracket tables, which come to the same within their rows. Deductions for tips and overtime of 2025 to
// 2028, which enter through step 4(b). The file EFW2 of forms W-2, whose layout is issued anew each year and was not at hand.
//
// # Sources
//
// IRS Publications 15 and 15-T (2026), the Social Security Administration's contribution and benefit base, the Department of Labor's
// list of credit reductions.
//
// # A new value
//
// It can be had before a release of this package, by [payroll.Pack.Overlay]; every explanation says that the host set it. A credit reduction of 2026,
// once it is published in November, is rows of the table futa.credit_reduction for the state.
package us
