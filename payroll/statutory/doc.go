// Package statutory holds no code: it says how the law of a country becomes a pack. Each country is a package below it, such as
// statutory/in or statutory/uk, with one function
//
//	func Pack() payroll.Pack
//
// that returns a fresh value at every call. Nothing registers itself: a host passes the packs that it pays by to [payroll.Compile].
//
// The example of this package is a fifth country, made in the steps below in one file of some hundred lines (fifth_test.go). Copy it to begin.
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
// What a formula cannot say of one payslip is a function of the package, pure, over the pack that is passed in, so that a value that the
// host put on top counts there too. Three kinds of such functions came up in every country:
//
//	a code taken apart     into the answers that the formulas ask for (uk.ReadTaxCode)
//	what an authority      is owed of a month or a quarter, and by which day, from the postings of everybody (uk.DueToHMRC, us.Deposits,
//	                       ca.Remittances). It sums what was posted and works nothing out again; a calendar of the host gives the due day
//	the year's statement   of an employee from their postings (uk.P60, us.FormW2, ca.T4)
//
// # How to write one, a week's work
//
// Day one, the facts. Write them down on one page, before any code: each value, the day it holds from, the source, and how sure it is. Which
// date does the law go by, the end of the period or the day of payment? Does it look at one payment, at the earnings period, or at
// the year so far? Where is it cut or rounded, and what is left exact until then? Collect the authority's own examples.
//
// Day two, the values.
//
//  1. Each value is a step of an [hr.Parameter] or [hr.Table], named by who asks for it: nic.pt_monthly. Its Basis is that date: the last day of
//     the period (the default) or [hr.ByPayDate]. A period with two values is cut where the formula reads it inside pieces(...); elsewhere
//     the value of its last day counts. internal/law has a step in one line.
//  2. What nobody is sure of is data with the doubt in Uncertain, which every explanation shows; where two readings are held, a switch of 1
//     or 0 that a formula reads, so that another answer is a step and no release. A constant in Go or in a formula that the law gives is a defect.
//  3. Where a value ended and nothing follows, write a step with Ends: a payslip is then refused, and never paid by last year's rate.
//  4. Tables that follow from one another are built, and the built ones are compared with the printed ones in a test.
//
// Day three, the formulas, in .rules files, embedded, one a subject.
//
//  1. A group for each amount the law looks at (taxable pay, insurable pay), which the host's lines join; never a list of the host's lines.
//  2. An input for each fact about the employee, with a title that a payroll clerk would say, for it is read aloud in explanations. A default
//     only where leaving it out is harmless.
//  3. Every word that an input may hold (a frequency, a filing status, a province) is a text of a table: another word is then an error. An
//     if that ends in "else the usual" pays somebody wrongly and says nothing. Look the word up where it is always reached: a branch that
//     is not taken is not asked.
//  4. Put every result that a person may ask about on a line with its law. Explanations read a line out with what is one step behind it,
//     so a line is the formula with the numbers in it, not the name of another.
//  5. Round once, where the law does ([hr.NamedRounding] has the usual ones). A ratio of two rates stays a ratio; divide last.
//  6. A law by the day of payment has its lines in when_paid; it reads the year so far as ytd_LINE, what late knowledge pays now as
//     arrears_GROUP, and a second payment of one period as an input of its own.
//  7. One law on several amounts (tax with a bonus and without) is one text that is filled in twice, as ca and us do.
//
// Day four: pack.go collects everything, sources stand in one place, identifiers.go has an [hr.IdentifierRule] for each number, retention.go the
// periods. For each file there is a package below: Write, and a Read that refuses what does not add up, with Totals on both sides; its
// writer becomes a [payroll.Form]. A layout that was not read is left out and named in the doc, never guessed.
//
// Day five, the proof, below, and doc.go in the order of statutory/uk: what it covers and until when, what a host writes, what is particular,
// what is doubtful and how to decide otherwise, what is left out and why, known deviations, sources, last review, how to put a value on top.
//
// # How to prove it
//
//   - packtest.Walk asks every step for source, day, review and end, and the plan for warnings and an integer form.
//   - A second calculator in the test: duller, in whole cents or fractions, with every number written down again from the facts, over random
//     pay, codes and days; best a whole payslip, by somebody who has only the page of facts (in/second_way_test.go). Draw amounts evenly:
//     rapid by itself stays at the low end, and high brackets are never met. Change a number in it and see it fail.
//   - The authority's examples go to examples/cases as topics with their counts in .ci/cases; a figure that deviates is named in doc.go.
//   - Properties: parts sum to the whole, more pay is never less tax, months sum to the year, what is withheld is what is remitted.
//   - Each word and each period that the law does not know is refused, by the line that asks, and no message holds pay.
//   - packtest.Cost: a payslip costs at most 5 times the reference payslip.
//   - [payroll.Pack.Lint] finds gaps between steps, steps out of order, units that are none, and what runs out.
//
// Then a small company for examples/monthend with people who show the law, holidays in leave/holidays/<cc>, a row in the README's
// jurisdictions.
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
