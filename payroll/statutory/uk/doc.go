// Package uk is the law of the United Kingdom for payroll as dated values and formulas: income tax under PAYE for England and Northern
// Ireland, Wales and Scotland, Class 1 National Insurance, student and postgraduate loans, and the figures of statutory pay and of the
// employer's own payments. It covers payments from 6 April 2024 to 5 April 2027.
//
// A host adds its own pay in components whose lines are in the groups "taxable" (taxable pay: gross less net-pay pension contributions
// and salary sacrifice, with payrolled benefits) and "nicable" (pay for National Insurance), reads each tax code once with [ReadTaxCode],
// and passes its [TaxCode.Answers], pay_frequency and nic_category with the terms. Tax month and week follow from the day of payment.
//
// # What is particular
//
//   - Every value is read by the day of payment, never by the days worked.
//   - Free pay, thresholds and tax at thresholds are cut off, not rounded; the band is found with the pence, which are dropped after.
//   - National Insurance looks at the third decimal alone: 0 to 5 is dropped, 6 to 9 goes up.
//   - Payments in week 53 stand alone, as on a week 1 code.
//
// # What it leaves out
//
// Real Time Information files, attachment of earnings, pension schemes, P11D benefits, and the printed tables of student loans for two and
// four weeks, which can differ by pounds from the exact method here.
//
// # Known deviations
//
// Six Scottish monthly figures of HMRC's test data for 2025-26 are one penny below exact arithmetic, which this package keeps: S1257L in
// months 4 and 8, S45L twice, SK585 in months 1 and 2.
//
// # Sources
//
// HMRC, Specification for PAYE tax table routines v23 (2025-26) and v24.0 (2026-27); HMRC test data for income tax, National Insurance and
// directors, 2025-26; HMRC, Rates and thresholds for employers. Values that were not read again carry a mark that every explanation shows.
//
// A new value can be had before a release of this package: add a step to a parameter of the [payroll.Pack] that [Pack] returns, with
// Overlay set, and every explanation says so.
package uk
