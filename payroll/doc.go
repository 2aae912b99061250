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
//     year by the pay date, this one included, up to the month of a last day that is known already; 1 for who leaves), period_start, period_end, pay_date, leaving (yes/no), tax_month and
//     tax_week (of the tax year by the pay date, the first is 1).
//   - from the timesheet: payable_days, unpaid_days, piece_days (employed calendar days), and for any band of time
//     overtime_hours (two places, rounded half up on the running total of the period) or overtime_minutes (exact); and
//     piece_days_of_30, the days of a piece in a month of thirty ([Fixed30]).
//   - from [Input.Schedule], and for those named payable or unpaid from the timesheet too: working_days and scheduled_minutes of the
//     whole period; piece_working_days, payable_working_days, unpaid_working_days, piece_minutes and payable_minutes by piece. In a row
//     of a [Batch] that is filled field by field the host gives them.
//   - ytd_LINE: what was posted for a line in the tax year before this payslip; calendar_ytd_LINE: in the calendar year.
//   - arrears_LINE and arrears_GROUP: what this payslip pays of earlier periods.
//   - lent_NAME and repaid_NAME: what it pays out and takes back of debts of a name.
//   - spread_NAME: what of the adjustments of a name is to be taxed over the rest of the tax year; now_LINE: what adjustments that are taxed
//     at once make of a line, such as the tax of the year ([Adjustment].Tax).
//
// # Law
//
// A [Pack] is a jurisdiction's law as a value: dated numbers with their sources, formulas, the form of its identity numbers, its files
// ([Pack.WriteForm]), how long records are kept. Package statutory says how one is written. A host lays its own values over it
// ([Pack.Overlay]) and looks it over when it loads it ([Pack.Lint]); explanations mark what the host has laid over, and what is doubtful. For
// days past the review of a pack a plan refuses, unless [Config].Extensions says who decided otherwise.
//
// # Pieces
//
// A period is cut where terms change (a raise, a transfer) and where a parameter read by piece changes (a new ceiling). Days
// without terms are not employed and belong to no piece, so a joiner, a leaver and a raise are one case. Cutting a period anywhere
// else changes no total.
//
// # What may be cached
//
// A [Plan] and what it binds to a date are immutable: compile once and keep it under [Plan.Digest]. A payslip that is calculated but not stored may be kept under the
// digest of the plan, the employee, the period, the day of payment and the [hr.Known] that it was calculated as known at; without the last it would be the payslip of
// before a raise. Of a run, the digest of its results is the key. Package storage says the rule for every answer.
//
// # One, many, a million
//
// [Plan.Calculate] is one payslip from one [Input]: start there. A [Batch] calculates the payslips of a period together, many times as
// fast, and [Plan.Stream] any number of them in the memory of a few batches. All give the same bytes. PERFORMANCE.md has the figures.
//
// # Part of a month
//
// How part of a month is paid is said by the formula. [DayCount] has five rules by name, calendar days, working days, fixed 26, fixed 30
// and hours, with what each pays a joiner, a leaver, for a raise and for an unpaid day, and where that comes from; [Proration] makes
// the component of one:
//
//	payroll.Proration{Rule: payroll.Fixed30, Rate: "basic", Line: `line basic_pay "Basic" in earnings`}
//
// is the text
//
//	input basic: money by piece
//	input payable_days: days by piece
//	input unpaid_days: days by piece
//	input piece_days_of_30: days by piece
//
//	line basic_pay "Basic" in earnings
//	   = round(if pieces(payable_days) = 0 days then 0 else max(0, pieces(basic * (piece_days_of_30 - unpaid_days) / 30 days)), 0.01)
//
// # Year to date
//
// Figures of the year are never kept: [YearToDate] adds up what was posted, line by line, in the tax year or the calendar year up to the
// day of payment. Who arrives with figures from elsewhere, an earlier system or an earlier employer, has them posted as [Opening]s,
// each with its source; one that could belong to two years is refused, because it cannot be taken apart.
//
// # Why, and what changed
//
// [Plan.Explain] gives the reasoning behind a line as a tree, and [Paragraph] the same in sentences to read aloud. [Compare] says which
// lines of two payslips differ, and which part of each difference came from the formula, the law, pay terms and other inputs, the year
// to date, facts of the period, and days: one cause after another is let change, in that order, so that the parts add up exactly.
//
// # From payslip to bank
//
// [Post] makes a journal in which debits equal credits for each employee. [Journal.SplitCosts] spreads its costs over cost centres,
// [Journal.Accrue] puts into the books what was earned by a day, [Journal.Reverse] undoes what was posted, [SettlePayments] and
// [Journal.SettleAccount] book what was paid; each of these balances too. [NewPaymentBatch] pays net pay and holds what cannot be
// paid; packages under bankfile write files and read them back with control totals. Lines = payslip, payslips = journal =
// payments + holds.
//
// [NewRegister] and [NewVariance] are what a payroll officer looks at before anything is paid: everybody's lines, and what differs from
// last time. [Payslip.Statement] is what the employee reads, in a [Language]: words are data, amounts are grouped as the country does.
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
// # When somebody leaves
//
// [Service.Settle] makes the settlement run of one leaver: the last pay, and with it what other domains know, each item by the input that
// the plan reads and with its reason: days of leave that are paid out, years of gratuity, notice paid or recovered, a loan that is
// left, what was lent and is missing. Income tax trues itself up, for no month is left. What lifecycle says must be done first ([Leavers])
// holds it up. [Service.Settlement] is what was paid, line by line with its reason, for lifecycle to record. By when it is due is said by a pack, as
// a [FinalDue]. What is learnt after is paid by the next regular run.
//
// # What is owed
//
// A [Debt] is a loan or an advance, an overpayment, or what a court orders: a fact, asked for and agreed to ([Service.Ask], [Service.Decide]) or
// recorded ([Service.Attach]). A payslip is calculated without debts first. From what that comes to, the arrears of earlier periods
// included, debts are served by priority ([Waterfall]): a loan asks its instalment, or all that is left of who leaves; an order its
// amount or its share; a debt gets no more once all that is taken reaches the lines of the group recoverable, the line it names itself
// (Within), or net pay that it leaves (Keeps). What finds no room is asked again, of an order where it carries over. Then the payslip is
// calculated with what is lent and taken. A company writes
//
//	input lent_loan: money
//	input repaid_loan: money
//	line loan_paid_out "Loan, paid out" in earnings, when_paid = lent_loan
//	line loan "Loan" in deductions, when_paid = repaid_loan
//	line room in recoverable, when_paid = round(50% * sum(wages), 0.01) - sum(deductions)
//
// What was lent and repaid stands in the postings, and a balance is the sum of them ([Service.Owing]): a reversal gives back, a cancelled run took
// nothing, a correction asks for its period once, and retro leaves it alone. A payslip, or a correction, that would pay less than nothing lends the rest
// where [Service].Overpaid names a debt for it; nobody's net pay is then below zero. What is written off is Forgiven, and [WriteOff] books it.
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
// # What would be
//
// Questions that pay nothing and write nothing, each as a pure function and as a read of the [Service]:
//
//   - Which amount brings a payslip to a net pay, an employer's cost, a cost to company or a line of the host's own? [Plan.GrossUp] looks for it
//     through the components themselves. Where a cliff lets no amount reach it, or several, it says which line jumps, where and by how much.
//   - What would a raise, another law or other components cost, whom and why? [WhatIf.Of], [Service.WhatIf] for a run that does not exist.
//   - Who would have been paid otherwise in months that are closed? [Service.BackTest] plays them again with a candidate plan, on accounts of the
//     candidate's own; a payslip counts only if the facts are proven to be still those of then.
//   - What about this month's payslips is unusual, and what should be looked at first? [Anomalies], [Service.Anomalies]: points by declared rules, each
//     with its reason. [Checks] say what must be seen before approval; these rank what else is worth a look.
//
// # What is left to the host
//
// The host decides its components, its chart of accounts, who approves, and which plan it adopts from when. A host that keeps no
// history answers only today, so nothing can be compared, and nothing of a back-test is proven. An adjustment of a paid period for a line of when_paid is paid by nothing:
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
