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
// language. The groups earnings, deductions, employer, benefits and information are reserved: they say what a line does to
// pay (see [Kind]); net pay is earnings less deductions. A line in none of them is a step on the way: kept, explained, not shown.
//
// # Who answers what
//
// A formula declares the inputs it needs. [Plan.Needs] lists them all. They are filled by name:
//
//   - pay terms, answers and adjustments by their own names: basic, tax_regime, bonus. An amount that no formula reads is a
//     fault, for it would not be paid. What changes inside a period must be declared "by piece".
//   - period_days (calendar days of the period), employed_days, wage_month (1 to 12, of the period's last day), months_left (of the tax
//     year by the pay date, this one included; 1 for who leaves), period_start, period_end, pay_date, leaving (yes/no).
//   - from the timesheet: payable_days, unpaid_days, piece_days (employed calendar days), and for any band of time
//     overtime_hours (two places, rounded half up on the running total of the period) or overtime_minutes (exact).
//   - ytd_LINE: what was posted for a line in the tax year before this payslip.
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
// first answer. A day is paid once: an employee who was paid for a day of the period by another run is a fault of the run.
//
// # What is left to the host
//
// The host decides its components, its chart of accounts, who approves, and which plan it adopts from when. Retroactive pay,
// loans and reversals are not in this version: a period that was paid stays as it was paid.
//
// # Invariants
//
//   - The same plan and input give the same payslip, byte for byte.
//   - Every paid line fits the currency's smallest unit; where a formula leaves a fraction, the payslip is refused.
//   - A parameter without a value for its date is an error, never the latest value.
//   - One employee's fault stops nobody else's payslip.
//   - Amounts do not reach logs or errors: [Payslip], [Input], [Payment] and the rest print without values.
package payroll
