// Package leave counts leave and keeps its ledger: how many days a request takes and why, what an employee has left on any
// day as known on any day, who is away, and where every day that was taken came from.
//
// # For a payroll person
//
// A leave type has a [Policy]: a name, the share of pay that goes on, and a few small rules, each off until it is set.
// Policies are dated: a changed rule holds from its day, and a day without a policy is an error. The rules, each in its file:
//
//   - What comes in: [Accrual] in front of a year, monthly, quarterly, half-yearly, yearly or on the anniversary of joining;
//     [Tiers] by length of service; [Earning] by days or hours worked; [Occasion] for a birth or a bereavement; [Proration] for who
//     joins or leaves, [Rounded] so that a year's parts add up to the year, [Waiting] before the first use, [Cap] on the account.
//   - What goes out unused: [Expiry] of a lot, and at the end of the leave [Year] [CarryOver] and [Encashment]; the rest lapses.
//   - What may be asked for: [Notice], [Limits] per request, run and year, [Blackout], [Coverage] of a team, [Documents],
//     [Restricted] holidays, [Attended] days, and [Negative], how much may be owed.
//   - What it pays: the policy's share, or [PaidSteps]: so many days in full, the next by half.
//   - How it counts: [Counting] says whether a weekend or a holiday beside leave counts (the sandwich rule), also across types, only up
//     to a length, or every calendar day; [Consumption] which lot goes first.
//
// What comes in together is a [Lot], and a lot lapses together. Each day taken names the lots it came from, so an employee can
// be shown which days of April were used in October. Nothing in the ledger is edited: a cancellation returns to each lot what
// it gave, and a correction is an adjustment.
//
// Full and half days are counted, and hours where the type is counted in hours. A day of leave counts as much as it is worked: on a Saturday with half a working day, of which
// the first half is worked, leave takes half a day. Leave without pay is a type with Paid zero and a Negative without limit: it
// needs no balance, and its balance is minus the days taken.
//
// # For a Go person
//
// [Count], [Draw], [Lots], [Balance], [Project], [Accrue], [Earned], [YearEnd] and [Lapse] are pure: values in, values out, and they need no store:
//
//	counted, err := leave.Count(leave.CountInput{
//		Period:   hr.MustPeriod("2026-10-09..2026-10-12"),
//		Calendar: calendar, // an hr.Calendar
//		Counting: leave.Counting{Sandwich: leave.SandwichEnclosed},
//	})
//	// counted.Total, counted.Days, counted.Trace
//
// [Service] runs them over the ports of store.go: it loads, decides and saves, in the call shape of package storage. A request is
// a case with a machine ([Machine], drawn in testdata/request.dot); the ledger and the days away are facts with two times.
//
// # What always holds
//
//   - Granted = taken + carried + paid + lapsed + left, for every lot on every day.
//   - A year's credits add up to the year, whatever their rounding and number and whenever a last day became known.
//   - Leave of a closed year does its end again: the entries are the difference, and what was known before stays answerable.
//   - A balance is a fold of the ledger; the order of entries does not matter; with lapses posted it is their plain sum.
//   - No lot gives more than it holds, and no balance falls below its limit by a request, whatever runs at the same time:
//     approvals of one employee meet at the guard row of storage.Knowledge.
//   - Approve and cancel, and every lot is as before.
//   - Requests that touch count what they count as one request, in whatever order they are approved or cancelled.
//   - A day off is counted by one request at most, also between requests of different types.
//   - What attendance asks for ([Service.Settle]) is there once, whatever is told twice or corrected; leave that was worked goes back to the
//     lots it came from.
//   - Accrual runs that were missed are caught up with, and none posts twice.
//   - A refused input names every fault and changes nothing.
//
// # Which choices were made
//
// A run of days off counts by the half days next to it that are worked: leave on the afternoon before and the morning after,
// or, where Saturday morning is the last work of the week, on that morning. Requests of one type are joined before counting.
// Two requests of different types are only where the policy counts across types; but a day off that one has counted the other does not count again. The weekend
// between two requests belongs to the one that was approved last; when one of the two is cancelled the other is counted again.
//
// A request waits without holding days. They are taken, and counted again, when the last level approves; too few days left then
// refuses the approval and not the request. A day taken keeps its lot, also when leave of an earlier day is approved later.
//
// What the end of a leave year carries are new lots, one for each lot that it is left of. A day of the old year that becomes known later
// first takes what the year's end let lapse, and then what it carried and nobody has used since; what was paid is taken back last, as
// a payout below zero. What a lot no longer holds when a credit turns out too large is owed ([Advance]).
//
// Days are given back from an approved request; what lies after days given back from its middle becomes a request of its own under the
// same approval. An extension is a request of its own. Somebody who stands in for an approver since the request was made may decide, because the route is asked again. Leave by
// the hour reaches attendance as minutes of [hr.Absence], half a minute upward; what part of the day it is depends on the shift.
//
// # What is left to the host
//
// The calendars (leave/holidays has lists to start from), the policies, who approves ([Router]), who is employed when ([Terms]), who works in turns
// ([Workdays]), which days are closed ([Closings]),
// who may call what (storage.Kit), when to run [Service.AccrueThrough] and [Service.EarnFrom], and telling people (events
// leave.requested, leave.agreed, leave.approved, leave.refused, leave.withdrawn, leave.cancelled, leave.shortened, leave.attached,
// leave.credited, leave.accrued, leave.encashed). Policies to start from are in leave/statutory/<cc>; leave/ical writes a calendar feed.
package leave
