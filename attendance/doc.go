// Package attendance turns punches into days and days into a timesheet: who was at work when, by which shift, and how much of
// the day is payable.
//
// # What it decides
//
//   - Which work day owns a punch: [Assign]. A work day owns its shift, also over midnight and over a clock change, and the
//     time between two shifts is cut in the middle, so that no window takes a neighbour's punch. A [Shift] is fixed, flexible, open,
//     split, or unclocked for those who come to no clock; a [Rotation] is a round of them.
//   - What a day was: [Classify], from the shift, the calendar, the absences, the duties, the punches and a [Policy] of small rules,
//     one in each file: [Pairing], [PunchRounding], [Geofence], [Duplicates], [Grace], [Thresholds], [Overtime], [MissingPunch], [Night],
//     [Weekend], and [WorkedLeave] for leave on which somebody worked; a [Shift] brings its [Break] and [Window]. The zero value of a rule is off.
//   - What a workweek makes of the time worked: [Tiers], by day, week, rest day and holiday, an hour counted once; then
//     [OvertimeApproval], [Cap] and [TimeOff], and [LatePenalty] for what was not worked. What leave must do about them comes back as
//     [hr.LeaveGrant], [hr.LeaveCharge] and [hr.LeaveReturn], and [Service.SettleLeave] applies it: again after a late fact, to what holds then.
//   - What a pay period adds up to: [Summarize], for any run of days, such as the 26th to the 25th, and [Muster] for a person to read.
//   - What needs somebody: [Pending], by a [Catalogue] of exceptions with severity, grace and who should act.
//
// These are pure functions, useful without any store:
//
//	day, err := attendance.Classify(attendance.DayInput{
//		Date: date, Shift: shift, Calendar: calendarDay, Policy: policy,
//		Punches: []attendance.Punch{
//			{Employee: "E7", At: nine, Direction: attendance.In},
//			{Employee: "E7", At: six, Direction: attendance.Out},
//		},
//	})
//
// [Service] adds the keeping: [Service.Record] takes punches in any order and any number of times, [Service.Correct] adds a
// missing one that somebody else vouches for, [Service.Void] takes a wrong one out, [Service.Roster] puts people on shifts.
// [Service.Ask] and [Service.Decide] do the same by request, with a colleague's consent to a swap, levels of approval, and
// [Service.Diff] to show what a correction would change. [Service.Days], [Service.Timesheets] and [Service.Changes] answer, today or as known at any knowledge number.
//
// # What always holds
//
//   - Every punch belongs to exactly one day. The order in which punches arrive, and how often, changes nothing.
//   - Minutes are real minutes between instants, each punch counted from the start of its minute: a night on which the clock is
//     put back has an hour more. Splitting a period or a stretch of work loses no minute and counts none twice.
//   - Regular time, overtime of every tier, and overtime that was banked or not allowed make the time worked. What the rule [Overtime] cuts
//     off stays regular time. The bands "night" and "weekend" count time once more.
//   - Payable + unpaid = 1 on every day employed, so their sums are the days employed. Both are 0 on other days.
//   - Leave that is worked stands and is shown, or becomes work and goes back to its lots, as the policy says; never both.
//   - A missing punch is never paid by silence: the day shows an exception, and is worth nothing until a correction or a policy
//     says otherwise. On an [UnclockedShift] there is nothing to miss: what is planned and not on leave counts as worked, and says so.
//   - A punch is never edited. A void is another entry, and what was known before it still shows the punch.
//   - Nothing here reads a clock or the machine's zone: a shift names its zone, and only a command knows the time.
//
// # Units
//
// Time is whole minutes; [hr.Timesheet.Hours] is the one place where minutes become hours. Days are exact decimals: a half is
// 0.5, and half a day of leave paid at 0.75 is 0.375. Nothing is rounded but overtime, downward, by its own step, what counts between
// punches where [PunchRounding] says so, and the part of a day that leave by the hour is, to four decimals.
//
// # What is left to the host
//
// Reading devices; which shift or calendar a name in the terms means (the maps of [Service]); closing the period before asking:
// a day that is not over yet counts as it stands, and without punches it is an absence; settling the exceptions of severity
// [Problem] before payroll. Stores implement [Punches] and [Rosters], and [Permits] and [Requests] where people may ask. Who is employed comes from lifecycle ([TermsOf]), who is
// on leave from leave ([Absences]), which also takes what is settled with it ([Leave]): interfaces declared here, so that the packages do not know
// each other. Leave in turn may ask what was worked and which days are ([Service.Timesheets], [Service.Workdays]): give it a Service
// without Absences.
//
// Working-time law is in attendance/statutory: [Tiers] to give to a service by region, and rules of pay and rest as functions.
package attendance
