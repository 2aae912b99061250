// Package simulate lives years of HR through the public services of Muster, over any store, under faults, and looks after every step
// whether something that must always hold still does.
//
// One seed writes one [Script]: a history of plain lines, one step each, that a payroll officer can read. [Play] runs a script over a
// store. Whatever a script does is decided by its text alone: ids, clocks, faults and the order of those who act at once follow from it,
// so that the same script gives the same outcome on every store, whoever runs it and however often.
//
//	history 1 company=plain seed=7 employees=2 from=2025-01-01
//	1 2025-01-01 hr import 2
//	2 2025-01-01 payroll adopt 0 2025-01-01
//	7 2025-03-04 E0002 leave casual 2025-03-10..2025-03-11
//	8 2025-03-05 boss decide 7 yes ! lost 1
//	9 2025-03-31 payroll create 2025-03 regular 2025-03-01..2025-03-31
//	& 10 2025-03-31 E0001 punches 2025-03-31 early
//
// A step has a number, which it keeps when others are left out, its day, who acts, a verb of [Verbs] and its arguments. What stands behind
// "!" goes wrong: see [Fault]. A step that begins with "&" happens at the same time as the one before it.
//
// A step may be refused, by the law, by the policy or by what is there: that is an outcome and no fault. What may never be is the business of
// [Invariants]: money appears or vanishes, leave is overspent, a minute is lost, somebody is paid twice, an answer that was given changes.
//
// A script that breaks an invariant is made small by [Shrink]: what is left is the story of the fault, and stays as a test.
//
// The simulator knows no store's insides and no service's: hosts run it over their own store, with their own [Company].
package simulate
