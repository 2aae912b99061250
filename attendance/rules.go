package attendance

import "github.com/musterhr/hr"

// Rules of this package. Each names what an input breaks; the sentence beside it may change, the id does not.
const (
	RulePunchEmployee        hr.Rule = "attendance.punch.employee"         // whose punch it is must be given
	RulePunchEmployeeUnknown hr.Rule = "attendance.punch.employee_unknown" // nobody was ever employed under that id
	RulePunchAt              hr.Rule = "attendance.punch.at"               // the instant must be given
	RulePunchFuture          hr.Rule = "attendance.punch.future"           // later than the command that records it
	RulePunchDirection       hr.Rule = "attendance.punch.direction"        // in, out, or empty for unknown
	RulePunchDevice          hr.Rule = "attendance.punch.device"           // a sequence number needs a device, and is not negative
	RulePunchDeviceUnknown   hr.Rule = "attendance.punch.device_unknown"   // no device of that name
	RulePunchDeviceOwner     hr.Rule = "attendance.punch.device_owner"     // the device is somebody else's
	RulePunchSource          hr.Rule = "attendance.punch.source"           // device, web or import; corrections go through Correct
	RulePunchID              hr.Rule = "attendance.punch.id"               // the id is taken by another punch
	RulePunchNotEmployed     hr.Rule = "attendance.punch.not_employed"     // no employed work day owns the instant
	RulePunchUnknown         hr.Rule = "attendance.punch.unknown"          // the employee has no punch of that id
	RulePunchVoided          hr.Rule = "attendance.punch.voided"           // it is voided already

	RuleReason         hr.Rule = "attendance.reason"          // a void and a correction say why
	RuleCorrectionSelf hr.Rule = "attendance.correction.self" // nobody regularises their own punches

	RuleShiftUnknown hr.Rule = "attendance.shift.unknown" // no shift of that id, or none for the day
	RuleShiftID      hr.Rule = "attendance.shift.id"
	RuleShiftZone    hr.Rule = "attendance.shift.zone"
	RuleShiftLength  hr.Rule = "attendance.shift.length" // start and end are the same
	RuleShiftBreak   hr.Rule = "attendance.shift.break"
	RuleShiftWindow  hr.Rule = "attendance.shift.window"
	RuleShiftKind    hr.Rule = "attendance.shift.kind"  // not a kind of shift, or minutes that its kind does not have
	RuleShiftPause   hr.Rule = "attendance.shift.pause" // a pause that is not inside the shift

	RuleSiteID     hr.Rule = "attendance.site.id"
	RuleSiteRadius hr.Rule = "attendance.site.radius"
	RulePlace      hr.Rule = "attendance.place" // not a point on the map

	RuleDutyDate    hr.Rule = "attendance.duty.date"    // a duty of another day
	RuleDutyKind    hr.Rule = "attendance.duty.kind"    // not a kind of duty
	RuleDutyOverlap hr.Rule = "attendance.duty.overlap" // a half of the day on duty twice, or on duty and on leave

	RuleRosterEmployee    hr.Rule = "attendance.roster.employee"
	RuleRosterPeriod      hr.Rule = "attendance.roster.period"
	RuleRosterOverlap     hr.Rule = "attendance.roster.overlap"      // one command gives a day two shifts
	RuleRosterNotEmployed hr.Rule = "attendance.roster.not_employed" // on no day of the period

	RuleRequest   hr.Rule = "attendance.request"          // not a kind of request, or what its kind does not have
	RuleConsent   hr.Rule = "attendance.request.consent"  // not who is asked, or who asked
	RuleSwapOff   hr.Rule = "attendance.request.swap_off" // a day off in the turns of one of the two
	RulePermit    hr.Rule = "attendance.permit"           // not something that can be allowed
	RuleCatalogue hr.Rule = "attendance.catalogue"        // not a line of the catalogue of exceptions
	RuleRotation  hr.Rule = "attendance.rotation"         // not a round of shifts

	RuleCalendarUnknown hr.Rule = "attendance.calendar.unknown"
	RulePeriodClosed    hr.Rule = "attendance.period.closed" // the day may not be changed any more
	RulePeriodOpen      hr.Rule = "attendance.period.open"
	RuleService         hr.Rule = "attendance.service" // a port is not wired
	RuleEmpty           hr.Rule = "attendance.empty"   // a command without anything to do

	RuleDayDate          hr.Rule = "attendance.day.date"
	RuleDayCalendar      hr.Rule = "attendance.day.calendar"       // what the calendar says is about another day
	RuleDayTwice         hr.Rule = "attendance.day.twice"          // one day given twice
	RuleAbsenceDate      hr.Rule = "attendance.absence.date"       // an absence of another day
	RuleAbsenceHalf      hr.Rule = "attendance.absence.half"       // not a half of a day
	RuleAbsencePaid      hr.Rule = "attendance.absence.paid"       // the paid share lies outside 0 to 1
	RuleAbsenceOverlap   hr.Rule = "attendance.absence.overlap"    // a half of a day is away twice
	RuleAbsenceMinutes   hr.Rule = "attendance.absence.minutes"    // leave by the hour that is no part of a day
	RuleTimesheetDays    hr.Rule = "attendance.timesheet.days"     // a day of the pay period missing, twice or foreign
	RulePolicyMinutes    hr.Rule = "attendance.policy.minutes"     // a number of minutes out of range
	RulePolicyOrder      hr.Rule = "attendance.policy.order"       // a half day that needs more than a full one
	RulePolicyPairing    hr.Rule = "attendance.policy.pairing"     // not a way to pair punches
	RuleTierOrder        hr.Rule = "attendance.tier.order"         // limits of overtime that do not rise
	RuleTierBand         hr.Rule = "attendance.tier.band"          // not a band that overtime can have
	RuleTierWeek         hr.Rule = "attendance.tier.week"          // more than a workweek, or no first day of it
	RuleTierKind         hr.Rule = "attendance.tier.kind"          // not a kind of day
	RuleOvertimeApproval hr.Rule = "attendance.overtime.approval"  // not a way to approve overtime
	RuleAllowance        hr.Rule = "attendance.overtime.allowance" // overtime allowed on no day, or below zero
	RuleCap              hr.Rule = "attendance.overtime.cap"       // not a cap of overtime
	RuleTimeOff          hr.Rule = "attendance.time_off"           // a way to bank overtime that cannot be
	RulePenalty          hr.Rule = "attendance.penalty"            // a price of lateness that cannot be
	RulePackTwice        hr.Rule = "attendance.pack.twice"         // two parameters of one name
	RulePunchStep        hr.Rule = "attendance.rounding.step"      // minutes that do not divide an hour
	RulePunchMode        hr.Rule = "attendance.rounding.mode"      // not a way to round punches
	RuleAttribution      hr.Rule = "attendance.attribution"        // not a way to give a shift its day
	RuleSpanOrder        hr.Rule = "attendance.span.order"         // ends before it begins
	RulePolicyHalves     hr.Rule = "attendance.policy.halves"      // more halves than a day has
)
