package leave

import "github.com/musterhr/hr"

// Rules that an input of this package can break. They are part of the API and never change their meaning.
const (
	RulePolicyType        hr.Rule = "leave.policy.type"            // a policy without a type or name, or two for one type and day
	RulePolicyUnit        hr.Rule = "leave.policy.unit"            // a unit that is none, or hours of no length
	RulePolicyPaid        hr.Rule = "leave.policy.paid"            // a paid share outside 0 to 1
	RulePolicyPaidSteps   hr.Rule = "leave.policy.paid_steps"      // steps of pay that cannot be followed
	RulePolicyAccrual     hr.Rule = "leave.policy.accrual"         // an accrual rule that cannot be followed
	RulePolicyCounting    hr.Rule = "leave.policy.counting"        // an unknown sandwich rule
	RulePolicyNegative    hr.Rule = "leave.policy.negative"        // a negative limit below zero, or beside "no limit"
	RulePolicyOrder       hr.Rule = "leave.policy.consumption"     // an unknown consumption order
	RulePolicyExpiry      hr.Rule = "leave.policy.expiry"          // an expiry below zero months
	RulePolicyRounding    hr.Rule = "leave.policy.rounding"        // a step or mode that is none, or a fraction that nothing rounds
	RulePolicyProration   hr.Rule = "leave.policy.proration"       // an unknown method of proration
	RulePolicyTiers       hr.Rule = "leave.policy.tiers"           // tiers of service that do not rise
	RulePolicyEarning     hr.Rule = "leave.policy.earning"         // leave for work done by a rule that cannot be followed
	RulePolicyYear        hr.Rule = "leave.policy.year"            // a leave year that is not twelve months
	RulePolicyWaiting     hr.Rule = "leave.policy.waiting"         // a time of waiting below zero
	RulePolicyCap         hr.Rule = "leave.policy.cap"             // a cap below zero
	RulePolicyCarryOver   hr.Rule = "leave.policy.carry_over"      // a carry-over below zero, or of a year that is not closed
	RulePolicyEncashment  hr.Rule = "leave.policy.encashment"      // an encashment below zero, or of what is not paid out
	RulePolicyOccasion    hr.Rule = "leave.policy.occasion"        // leave for an event by a rule that cannot be followed, or too often
	RulePolicyLimits      hr.Rule = "leave.policy.limits"          // a limit below zero, or a least above the most
	RulePolicyNotice      hr.Rule = "leave.policy.notice"          // a notice below zero
	RulePolicyBlackout    hr.Rule = "leave.policy.blackout"        // a blackout without a first or last day
	RulePolicyDocuments   hr.Rule = "leave.policy.documents"       // documents from less than nothing on
	RulePolicyCoverage    hr.Rule = "leave.policy.coverage"        // fewer than nobody present
	RuleRequestLimit      hr.Rule = "leave.request.limit"          // more or less than a request, a run or a leave year may take
	RuleRequestApart      hr.Rule = "leave.request.apart"          // touches leave of a type that it may not touch
	RuleRequestNotice     hr.Rule = "leave.request.notice"         // asked for too late
	RuleRequestBlackout   hr.Rule = "leave.request.blackout"       // on days on which no leave is taken
	RuleRequestRestricted hr.Rule = "leave.request.restricted"     // a day that is no restricted holiday
	RuleRequestDocument   hr.Rule = "leave.request.document"       // a document is missing
	RuleRequestCoverage   hr.Rule = "leave.request.coverage"       // too few of the team would be there
	RuleRequestAttended   hr.Rule = "leave.request.attended"       // a day that was worked
	RulePeriodClosed      hr.Rule = "leave.period.closed"          // a day that may not be changed any more
	RuleRequestPart       hr.Rule = "leave.request.part"           // days to give back that are not one end of the request
	RuleRequestHours      hr.Rule = "leave.request.hours"          // hours that are none, more than a day has, or of a type counted in days
	RuleWorked            hr.Rule = "leave.worked"                 // work done that is none: below zero, or the timesheet of nobody
	RuleTypeUnknown       hr.Rule = "leave.type.unknown"           // no policy for the type on the day
	RuleEmployee          hr.Rule = "leave.employee"               // nobody named
	RuleRequestPeriod     hr.Rule = "leave.request.period"         // days missing, open, or the last before the first
	RuleRequestHalf       hr.Rule = "leave.request.half"           // halves that do not make one run of time
	RuleRequestOverlap    hr.Rule = "leave.request.overlap"        // shares time with another live request
	RuleRequestHalfTwice  hr.Rule = "leave.request.half_twice"     // the same half of a day is asked for twice
	RuleRequestEmployed   hr.Rule = "leave.request.not_employed"   // before joining or after leaving
	RuleRequestCalendar   hr.Rule = "leave.request.calendar"       // the employee's calendar is not known
	RuleRequestNoWork     hr.Rule = "leave.request.no_working_day" // nothing would be counted
	RuleRequestShort      hr.Rule = "leave.request.short"          // more days than the lots and the negative limit give
	RuleCreditKind        hr.Rule = "leave.credit.kind"            // not an opening, a grant or an adjustment
	RuleCreditQuantity    hr.Rule = "leave.credit.quantity"        // nothing, the wrong sign, or more than the lot holds
	RuleCreditPeriod      hr.Rule = "leave.credit.period"          // no first usable day, or the last before it
	RuleCreditLot         hr.Rule = "leave.credit.lot"             // the lot to adjust is not named, or not there
	RuleCreditSource      hr.Rule = "leave.credit.source"          // an opening balance that does not say where it comes from
	RuleCreditEmployed    hr.Rule = "leave.credit.not_employed"    // nobody is employed on any day the lot could be used
	RuleReturn            hr.Rule = "leave.return"                 // leave worked after all that is no share of a request of the employee
	RuleAccrualThrough    hr.Rule = "leave.accrual.through"        // accrual through no day, or more than a year ahead
	RuleService           hr.Rule = "leave.service"                // the service was wired without something it needs
)
