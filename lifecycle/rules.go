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
	RuleTermsStanding  hr.Rule = "lifecycle.terms.standing" // what an event writes is neither withdrawn nor changed by hand

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

	RuleTableMeaning hr.Rule = "lifecycle.table.meaning" // a state that does not say what it means, or what cannot be
	RuleTableEnd     hr.Rule = "lifecycle.table.end"     // a way out of an end
	RuleTableBack    hr.Rule = "lifecycle.table.back"    // an interruption that never ends
	RuleTableEvent   hr.Rule = "lifecycle.table.event"   // an event that already means something else

	RuleMoveEvent      hr.Rule = "lifecycle.move.event" // an event with a verb of its own
	RuleMoveDay        hr.Rule = "lifecycle.move.day"
	RuleStartMoved     hr.Rule = "lifecycle.start.moved"
	RuleProbationEnd   hr.Rule = "lifecycle.probation.end"
	RuleAwayDates      hr.Rule = "lifecycle.away.dates"
	RuleAwayBack       hr.Rule = "lifecycle.away.back"
	RulePaySteps       hr.Rule = "lifecycle.pay.steps" // shares of pay that do not rise by date, or are none
	RulePayShare       hr.Rule = "lifecycle.pay.share"
	RuleRetireEarly    hr.Rule = "lifecycle.retire.early"
	RuleRetireUnknown  hr.Rule = "lifecycle.retire.unknown" // no rule says when, or no day of birth
	RuleRetireAge      hr.Rule = "lifecycle.retire.age"
	RuleRehireStart    hr.Rule = "lifecycle.rehire.start"
	RuleRehireFormer   hr.Rule = "lifecycle.rehire.former"
	RuleTwin           hr.Rule = "lifecycle.employment.twin" // two employments of one person in one entity at once
	RuleTransferEntity hr.Rule = "lifecycle.transfer.entity"
	RuleTransferNumber hr.Rule = "lifecycle.transfer.identity"
	RuleNoticeRate     hr.Rule = "lifecycle.notice.rate"

	RuleProposalKind    hr.Rule = "lifecycle.proposal.kind" // no kind, or not what belongs to it
	RuleProposalUnknown hr.Rule = "lifecycle.proposal.unknown"
	RuleProposalState   hr.Rule = "lifecycle.proposal.state"
	RuleProposalEarly   hr.Rule = "lifecycle.proposal.early" // before the delay of a bank change is over
	RuleProposalPort    hr.Rule = "lifecycle.proposal.port"
	RuleBankDelay       hr.Rule = "lifecycle.bank.delay"
	RuleBankProposal    hr.Rule = "lifecycle.bank.proposal" // an account changes by proposal only
	RuleDocument        hr.Rule = "lifecycle.document"
	RuleDocumentDates   hr.Rule = "lifecycle.document.dates"
	RuleDocumentUnknown hr.Rule = "lifecycle.document.unknown"
	RuleLetterTemplate  hr.Rule = "lifecycle.letter.template"
	RuleLetterValue     hr.Rule = "lifecycle.letter.value" // a value that the letter needs and nobody gave
	RuleSheetColumn     hr.Rule = "lifecycle.sheet.column" // a file that cannot be read, or a column that is wrong
	RuleSheetCell       hr.Rule = "lifecycle.sheet.cell"
	RuleContractEnd     hr.Rule = "lifecycle.contract.end"
	RuleDuePeriod       hr.Rule = "lifecycle.due.period"

	RuleHold         hr.Rule = "lifecycle.hold"
	RuleHoldUnknown  hr.Rule = "lifecycle.hold.unknown"
	RuleErasureRules hr.Rule = "lifecycle.erasure.rules" // a period of retention that cannot be counted
	RuleErasureHeld  hr.Rule = "lifecycle.erasure.held"  // a legal hold stands
	RuleErasureEarly hr.Rule = "lifecycle.erasure.early" // nothing is due yet
	RuleConsent      hr.Rule = "lifecycle.consent"

	RuleService hr.Rule = "lifecycle.service" // the service was wired without a port
)
