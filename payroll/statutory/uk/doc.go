// Package uk is the law of the United Kingdom for payroll as dated values and formulas: income tax under PAYE for England and Northern
// Ireland, Wales and Scotland, Class 1 National Insurance, student and postgraduate loans, statutory sick and family pay, and what the
// employer owes HMRC of a tax month. It covers payments from 6 April 2024 to 5 April 2027. Last review: 26 November 2026.
//
//	plan, err := payroll.Compile(payroll.Config{Currency: "GBP", Packs: []payroll.Pack{uk.Pack()}, Components: yours})
//
// # What a host writes
//
// Its own pay, in components whose lines join groups:
//
//	taxable      taxable pay: gross, less what a net pay arrangement or a salary sacrifice takes, with payrolled benefits
//	nicable      pay for National Insurance and loans: gross, less what a salary sacrifice takes
//	qualifying   pay for automatic enrolment, if the host's pension lines go by qualifying_earnings
//
// A contribution to a net pay arrangement is a deduction and a line of the same amount below zero in taxable; relief at source is a
// deduction of 80 % alone; a salary sacrifice lowers the earning itself.
//
// Each tax code is read once with [ReadTaxCode], and its [TaxCode.Answers] stand in the terms beside these:
//
//	nic_category              text     a letter from A to Z that there is
//	pay_frequency             text     = monthly; weekly, fortnightly, fourweekly
//	director, director_weeks           = no, 52; weeks of the tax year left on appointment, that week included
//	student_loan              text     = none; plan1, plan2, plan4, plan5 of the start notice
//	postgraduate_loan         yes/no   = no
//	previous_pay, previous_tax money   = 0; of form P45
//	payrolled_benefits        money    = 0; contained in taxable, lowers the limit of 50 % only
//	earlier_nicable_pay, earlier_employee_nic, earlier_employer_nic, earlier_student_loan, earlier_postgraduate_loan
//	                          money    = 0; of an earlier payment in the same earnings period
//	average_weekly_earnings, ssp_days, qualifying_days, smp_first_weeks, smp_later_weeks, sap_first_weeks, sap_later_weeks, spp_weeks,
//	shpp_weeks, spbp_weeks, small_employer   statutory pay; see below
//
// Tax month and week follow from the day of payment.
//
// # The lines
//
//	income tax           taxable_pay; paye_due; paye (deduction); paye_to_date
//	National Insurance   nicable_pay; employee_nic (deduction); employer_nic (employer); earnings_at_lel, earnings_lel_to_pt, earnings_pt_to_uel
//	loans                student_loan_deduction, postgraduate_loan_deduction (deductions)
//	statutory pay        ssp, smp, sap, spp, shpp, spbp (earnings); family_pay_paid, family_pay_recovered, family_pay_compensation
//	pension              qualifying_earnings
//	Apprenticeship Levy  levy_pay
//
// [DueToHMRC] makes of the postings of a PAYE scheme what is due for each tax month, with Employment Allowance and levy; [P60] the figures of
// a year.
//
// # What is particular
//
//   - Every value is read by the day of payment, never by the days worked.
//   - Free pay, thresholds and tax at thresholds are cut off, not rounded; the band is found with the pence, which are dropped after.
//   - National Insurance looks at the third decimal alone: 0 to 5 is dropped, 6 to 9 goes up.
//   - Payments in week 53 (54 and 56 for two and four weeks) stand alone, as on a week 1 code.
//   - A director is paid by the annual method where director is yes. For the alternative method it is no until the last payment of the
//     year, and yes in that: the year is then trued up.
//   - Statutory pay is for weeks and days to which there is a right, which is decided before: [EarnsEnough] tests the earnings of the relevant
//     week. Weeks are paid at the rate of the day of payment, so weeks before a change of rate are paid before it. Before 6 April 2026
//     ssp_days are without the three waiting days. Most weeks (28, 39) are for the host to count.
//
// # Doubts
//
// Values that were not read again carry a mark that every explanation shows: minimum wage of 2024, flat rates of statutory pay of 2024 and
// 2025, that the limit of 50 % holds for every code, the day of payment to HMRC, periods of retention. That recovered family pay is rounded
// half up, and the levy too, is not published. That adoption pay has
// six weeks at 90 % as maternity pay has is known and was not read.
//
// # What it leaves out
//
// The XML of Real Time Information (FPS, EPS), whose schema was not at hand: the lines above are its figures. Attachment of earnings
// orders, which are claims of the payroll's waterfall. P11D benefits and Class 1A beyond its rate. Northern Ireland's own family pay. Neonatal care
// pay. The printed tables of student loans for two and four weeks, which can differ by pounds from the exact method here.
//
// # Known deviations
//
// Six Scottish monthly figures of HMRC's test data for 2025-26 are one penny below exact arithmetic, which this package keeps: S1257L in
// months 4 and 8, S45L twice, SK585 in months 1 and 2.
//
// # Sources
//
// HMRC, Specification for PAYE tax table routines v23 (2025-26) and v24.0 (2026-27); HMRC test data for income tax, National Insurance and
// directors, 2025-26; HMRC, Rates and thresholds for employers; The Pensions Regulator's earnings thresholds.
//
// # A new value
//
// It can be had before a release of this package, by [payroll.Pack.Overlay]; every explanation says that the host set it:
//
//	pack, err := uk.Pack().Overlay(payroll.Overlay{Name: "nic.pt_monthly", Steps: []hr.ParameterStep{{
//		Since: hr.MustDate("2027-04-06"), Value: decimal.NewFromInt(1100),
//		Source: hr.Source{Title: "Social Security (Contributions) Regulations 2027"}, Reviewed: hr.MustDate("2027-03-01"),
//	}}})
package uk
