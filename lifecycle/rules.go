package lifecycle

import "github.com/musterhr/hr"

// Rules that an input to this package can break. Ids are stable; sentences may change.
const (
	RulePersonName     hr.Rule = "lifecycle.person.name"
	RulePersonBorn     hr.Rule = "lifecycle.person.born"
	RulePersonGender   hr.Rule = "lifecycle.person.gender"
	RulePersonIdentity hr.Rule = "lifecycle.person.identity" // without kind or number, or two of one kind
	RulePersonBank     hr.Rule = "lifecycle.person.bank"     // an account without number, bank or holder

	RuleHireStart     hr.Rule = "lifecycle.hire.start"
	RuleHireDuplicate hr.Rule = "lifecycle.hire.duplicate" // the employee id is taken

	RuleTermsEntity    hr.Rule = "lifecycle.terms.entity"
	RuleTermsCurrency  hr.Rule = "lifecycle.terms.currency"
	RuleTermsPayName   hr.Rule = "lifecycle.terms.pay_name"
	RuleTermsPayTwice  hr.Rule = "lifecycle.terms.pay_twice"
	RuleTermsPayAmount hr.Rule = "lifecycle.terms.pay_amount" // a negative amount
	RuleTermsAnswer    hr.Rule = "lifecycle.terms.answer"     // without a name, or two of one name
	RuleTermsFrom      hr.Rule = "lifecycle.terms.from"
	RuleTermsThrough   hr.Rule = "lifecycle.terms.through"
	RuleTermsEmpty     hr.Rule = "lifecycle.terms.empty" // a change that names nothing
	RuleTermsClear     hr.Rule = "lifecycle.terms.clear" // clearing what does not exist or must be there
	RuleTermsOutside   hr.Rule = "lifecycle.terms.outside_employment"
	RuleTermsUnknown   hr.Rule = "lifecycle.terms.unknown_entry"
	RuleTermsFirst     hr.Rule = "lifecycle.terms.first_entry" // the terms of the hire cannot be withdrawn
	RuleTermsEnd       hr.Rule = "lifecycle.terms.end_entry"   // neither can their end
	RuleTermsWithdrawn hr.Rule = "lifecycle.terms.withdrawn"

	RuleManagerUnknown hr.Rule = "lifecycle.manager.unknown"
	RuleManagerCycle   hr.Rule = "lifecycle.manager.cycle"

	RuleEmploymentUnknown hr.Rule = "lifecycle.employment.unknown"
	RuleEmploymentMove    hr.Rule = "lifecycle.employment.transition"
	RuleEmploymentConfirm hr.Rule = "lifecycle.employment.confirm"
	RuleNoticeDates       hr.Rule = "lifecycle.notice.dates"
	RuleExitLastDay       hr.Rule = "lifecycle.exit.last_day" // missing, or before the first day

	RuleRouteNobody   hr.Rule = "lifecycle.route.nobody"
	RuleRouting       hr.Rule = "lifecycle.routing"        // a rule of routing that cannot be followed
	RuleRouteCalendar hr.Rule = "lifecycle.route.calendar" // a level counts days of a calendar that is not given

	RuleOrgPart    hr.Rule = "lifecycle.organisation.part"
	RuleOrgPeriod  hr.Rule = "lifecycle.organisation.period"
	RuleOrgUnknown hr.Rule = "lifecycle.organisation.unknown" // an entity, unit or position that is not there on the day
	RuleOrgCycle   hr.Rule = "lifecycle.organisation.cycle"
	RuleOrgSeats   hr.Rule = "lifecycle.organisation.seats"
	RuleOrgDotted  hr.Rule = "lifecycle.organisation.dotted_line"
	RuleHeadcount  hr.Rule = "lifecycle.headcount" // more people in a position than it has seats
	RuleDelegation hr.Rule = "lifecycle.delegation"

	RuleChecklistUnknown  hr.Rule = "lifecycle.checklist.unknown"
	RuleChecklistTemplate hr.Rule = "lifecycle.checklist.template" // a template that cannot be followed, or none that fits
	RuleChecklistTwice    hr.Rule = "lifecycle.checklist.twice"
	RuleChecklistDay      hr.Rule = "lifecycle.checklist.day"
	RuleChecklistCalendar hr.Rule = "lifecycle.checklist.calendar"
	RuleTaskUnknown       hr.Rule = "lifecycle.task.unknown"
	RuleTaskState         hr.Rule = "lifecycle.task.state"
	RuleTaskAfter         hr.Rule = "lifecycle.task.after" // what it waits for is open
	RuleTaskDocuments     hr.Rule = "lifecycle.task.documents"
	RuleTaskReason        hr.Rule = "lifecycle.task.reason"
	RuleTaskActor         hr.Rule = "lifecycle.task.actor"
	RuleGate              hr.Rule = "lifecycle.gate" // a task that joining, exit or settlement waits for is open

	RuleSettlement hr.Rule = "lifecycle.settlement"
	RuleSettled    hr.Rule = "lifecycle.settlement.settled"

	RuleService hr.Rule = "lifecycle.service" // the service was wired without a port
)
