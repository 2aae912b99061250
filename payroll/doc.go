// Package payroll turns agreed terms and payable time into exact payslips, a balanced journal and payments, and can say why
// every figure is what it is.
//
// # What is written down as rules
//
// Pay rules are formulas, kept as text: a payroll officer writes
//
//	input basic: money by piece
//	input payable_days: days by piece
//	input period_days: days
//
//	line basic_pay "Basic" in earnings = round(pieces(basic * payable_days / period_days), 0.01)
//
// and [Compile] checks the whole set once, together with the law of a jurisdiction (a [Pack]). Package formula teaches the
// language. The groups earnings, deductions, employer, benefits, information and when_paid are reserved: they say what a line does
// to pay (see [Kind]), and when it counts; net pay is earnings less deductions. A line in none of them is a step on the way: kept, explained, not shown.
//
// # Who answers what
//
// A formula declares the inputs it needs. [Plan.Needs] lists them all. They are filled by name:
//
//   - pay terms, answers and adjustments by their own names: basic, tax_regime, bonus. An amount that no formula reads is a
//     fault, for it would not be paid. What changes inside a period must be declared "by piece".
//   - period_days (calendar days of the period), employed_days, wage_month (1 to 12, of the period's last day), months_left (of the tax
//     year by the pay date, this one included; 1 for who leaves), period_start, period_end, pay_date, leaving (yes/no), tax_month and
//     tax_week (of the tax year by the pay date, the first is 1).
//   - from the timesheet: payable_days, unpaid_days, piece_days (employed calendar days), and for any band of time
//     overtime_hours (two places, rounded half up on the running total of the period) or overtime_minutes (exact).
//   - ytd_LINE: what was posted for a line in the tax year before this payslip.
//   - arrears_LINE and arrears_GROUP: what this payslip pays of earlier periods.
//
// # Pieces
//
// A period is cut where terms change (a raise, a transfer) and where a parameter read by piece changes (a new ceiling). Days
// without terms are not employed and belong to no piece, so a joiner, a leaver and a raise are one case. Cutting a period anywhere
// else changes no total.
//
// # One, many, a million
//
// [Plan.Calculate] is one payslip from one [Input]: start there. A [Batch] calculates the payslips of a period together, many times as
// fast, and [Plan.Stream] any number of them in the memory of a few batches. All give the same bytes. PERFORMANCE.md has the figures.
//
// # From payslip to bank
//
// [Post] makes a journal in which debits equal credits for each employee; [NewPaymentBatch] pays net pay and holds what cannot be
// paid; packages under bankfile write files and read them back with control totals. Lines = payslip, payslips = journal =
// payments + holds.
//
// # Runs
//
// [Service] keeps runs over a host's stores: draft, calculated, approved by somebody else, paid, closed; [RunMachine] is the table. A
// payslip records the plan, what was known, and a digest of its inputs; [Service.Explain] calculates it again from the facts as known
// then, and refuses to explain a payslip that does not come out the same. Year-to-date is a fold over postings; nothing is edited.
//
// What is paid is what was approved. An approval is bound to the digest of the results, and is gone before a calculation replaces the
// first of them. [Service.Pay] proves that the stored results have that digest and would still come out the same today: a raise, a
// bonus or a punch that was recorded meanwhile, if it changes a payslip, makes the approval stale (RuleRunStale). A run works in
// chunks that are each stored whole; after a crash the same command goes on with what is left, and any command sent again gives its
// first answer. A day is paid once: an employee who was paid for a day of the period by another run is a fault of the run, or gets the
// difference.
//
// A run is of a kind ([RunKind]): regular; off-cycle, which pays beside it the difference to what is posted for the period; correction,
// which pays a period again; reversal; settlement; provisional, which repeats the last month until the month is calculated. Before it is
// approved, [Service.Findings] says what a person must see ([Checks]); each finding is mended, or overridden with a reason that stays on
// record. [Service.Preview] shows a run that does not exist, and [Service.Replay] proves that one that does comes out the same today.
//
// # What is learnt late
//
// A period that was paid is never edited. What was learnt about it since (a raise, a punch, an approved leave, an adjustment, another
// adopted plan) is paid with the next regular run, as arrears: what the period comes to by today's knowledge, less what was posted for
// it. They may be negative, go back any number of periods, and be corrected again: posted + arrears = what would have been paid by who
// knew everything from the start, and to look a second time finds nothing. Each [Arrear] names the facts behind it with an amount each:
// the period is calculated as it was known after each of them. A figure that no fact explains is a finding.
//
// A line belongs to the period in which it was earned, unless it is in the group when_paid, like income tax: then a paid period is left
// alone, and the line may read what is paid now of earlier periods as arrears_LINE or arrears_GROUP. Year-to-date follows: ytd_LINE
// counts an earned line by the day its period was due, and a line of when_paid by the day it was paid. A running total for information
// belongs in when_paid.
//
// [Service.Changes] tells whom to look at, and nobody else is. Each payslip says through where it compared (Settled) and which periods
// it calculated again (Looked). A reversed period is closed to this until a correction run pays it.
//
// # What is left to the host
//
// The host decides its components, its chart of accounts, who approves, and which plan it adopts from when. A host that keeps no
// history answers only today, so nothing can be compared. An adjustment of a paid period for a line of when_paid is paid by nothing:
// give it to the period that is still open.
//
// # Invariants
//
//   - The same plan and input give the same payslip, byte for byte.
//   - Every paid line fits the currency's smallest unit; where a formula leaves a fraction, the payslip is refused.
//   - A parameter without a value for its date is an error, never the latest value.
//   - One employee's fault stops nobody else's payslip.
//   - Amounts do not reach logs or errors: [Payslip], [Input], [Payment] and the rest print without values.
package payroll
