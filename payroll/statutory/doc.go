// Package statutory holds no code: it says how the law of a country becomes a pack. Each country is a package below it, such as
// statutory/in, with one function
//
//	func Pack() payroll.Pack
//
// that returns a fresh value at every call. Nothing registers itself: a host passes the packs that it pays by to [payroll.Compile].
//
// # What a pack is made of
//
//	Params, Tables    the numbers of the law, each step with the day it holds from, its source and the day it was last checked
//	Components        formulas that read these numbers, and groups that the host's own lines join
//	Identifiers       how the numbers of its authorities are written, with their check digits
//	Forms             its monthly and yearly files, as writers with control figures; each has a strict reader in a package of its own
//	Retention         how long records are kept
//	Reviewed          the day all of it was checked last, and in ReviewMonths how long after that it answers
//
// Rules that a formula cannot say are functions of the package, pure, over the pack that is passed in, so that a value that the host
// put on top counts there too (in.AdminCharges, in.ESICovered).
//
// # How to write one
//
//  1. Write the facts down first: one page with each value, the day it holds from, the source, and how sure it is. What nobody is sure
//     of is data with the doubt in Uncertain, a default, and a switch: a parameter of 1 or 0 that a formula reads, so that another
//     answer is a step and no release.
//  2. Turn each value into a step of an [hr.Parameter] or [hr.Table]. Name it by who asks for it: epf.wage_ceiling. Its Basis is the date
//     that the law goes by: the last day of the period (the default) or the day of payment. A period with two values is cut where the
//     formula reads it inside pieces(...); elsewhere the value of its last day counts. Where a value ended and nothing follows, write a
//     step with Ends: a payslip is then refused, and never paid by last year's rate.
//  3. Write the formulas in .rules files, embedded, one a subject. Declare each input with a title that a payroll clerk would say; give it
//     a default only where leaving it out is harmless. Put every result that a person may ask about on a line with its law. Round once,
//     where the law does; [hr.NamedRounding] has the usual ones. Lines that later periods read are read as ytd_NAME.
//  4. Collect everything in pack.go, and sources in one place.
//  5. Write an [hr.IdentifierRule] for each number, and a package below for each file: Write, and a Read that refuses what does not add
//     up, with Totals on both sides. A file's writer becomes a [payroll.Form].
//  6. Write doc.go in the order of statutory/in: what a host writes, the lines, which date decides, what is doubtful and how to decide
//     otherwise, what is left out, known deviations, sources, invariants.
//
// # How to prove it
//
// A test walks every step and asks for source, day and review, and every number is written down a second time in the tests, from the
// facts and not from the code. Published figures are worked examples; where there is none, show the arithmetic or calculate a second
// way: best a whole payslip, by somebody who has only the facts page, over random people and months (in/second_way_test.go). Add
// properties: parts sum to the whole, more pay is never less tax, the year comes out. Call [payroll.Pack.Lint]: it finds gaps between
// steps, steps out of order, units that are none, and what runs out. Add the country's topics to examples/cases, their counts to
// .ci/cases, and a row to the README's jurisdictions.
//
// # How a host lives with it
//
// A new notification that no release has yet is laid over the pack, and every explanation says so:
//
//	pack, err := in.Pack().Overlay(payroll.Overlay{Name: "epf.wage_ceiling", Steps: []hr.ParameterStep{{
//		Since: hr.MustDate("2027-04-01"), Value: decimal.NewFromInt(30000),
//		Source: hr.Source{Title: "S.O. 123(E)", Dated: hr.MustDate("2027-03-20")}, Reviewed: hr.MustDate("2027-03-21"),
//	}}})
//
// Past the review plans refuse to calculate, because a law that nobody has looked at for a year is a guess. Take a newer version, or
// decide on record that the old one is used longer: [payroll.Config].Extensions names who decided, until when and why; the decision is
// part of the plan's digest, which is adopted by command and stands on every payslip.
package statutory
