// Package payrolltest is for the tests of hosts: whoever writes pay rules of their own tests them with it, as this repository tests its
// packs. It needs nothing beyond the standard library, no test framework and no flag of its own.
//
// # Stories
//
// A story is facts in and a payslip out, in a text that a payroll officer can read and agree or object to:
//
//	story A raise on the 16th
//	# 15 of 31 days at 31,000 and 16 at 62,000: 15,000 + 32,000
//	period 2026-10-01..2026-10-31
//	terms 2026-04-01: basic 31000
//	terms 2026-10-16: basic 62000
//	----
//	earning    basic_pay                  47000.00
//	deduction  fund                        3000.00
//	net                                   44000.00
//
// [Stories] plays the stories of files and reports what differs. With update it writes what came out into the files instead: read
// the difference before you keep it, for a story is only worth what somebody checked. [ParseStories] lists the facts that a story may have.
//
//	var update = flag.Bool("update", false, "rewrite what the stories expect")
//
//	func TestStories(t *testing.T) { payrolltest.Stories(t, plan, "testdata/*.story", *update) }
//
// [BackTest] plays stories with another plan and says whose payslip would be another, line by line and why.
//
// # Properties
//
// What holds for every payslip of a sound plan, whatever the figures:
//
//   - [Conserves]: lines make the payslip, payslips make the register, the journal, and payments with holds.
//   - [SplitInvariant]: cutting the period where nothing changes changes no line.
//   - [Monotone]: who is agreed more gets no less, by a measure such as [Gross] or [Net]. Cliffs of the law show up here, and are
//     then a decision and no surprise.
//
// Each returns an error that lists every violation. A test passes them inputs of its own, or those of [Boundaries]: month ends, leap
// days, the ends of tax years and the days on which parameters change, where mistakes live; [JoinersAndLeavers] puts a beginning and an end on each.
//
// The reports hold amounts, so play only people who are made up.
package payrolltest
