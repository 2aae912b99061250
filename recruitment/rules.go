package recruitment

import "github.com/musterhr/hr"

// Rules that an input to this package can break. Ids are stable; sentences may change.
const (
	RulePlanLine      hr.Rule = "recruitment.plan.line"      // not complete, twice, or about something else than before
	RulePlanCommitted hr.Rule = "recruitment.plan.committed" // would hold less than is committed
	RulePlanUnknown   hr.Rule = "recruitment.plan.unknown"
	RulePlanPeriod    hr.Rule = "recruitment.plan.period" // the start lies outside the line
	RuleHeadcount     hr.Rule = "recruitment.headcount"   // not so many seats are free
	RuleBudget        hr.Rule = "recruitment.plan.budget" // costs more than planned, or its cost is not known

	RuleRequisition        hr.Rule = "recruitment.requisition" // not complete, or its id is taken
	RuleRequisitionUnknown hr.Rule = "recruitment.requisition.unknown"
	RuleRequisitionState   hr.Rule = "recruitment.requisition.transition"

	RuleOpeningTitle       hr.Rule = "recruitment.opening.title"
	RuleOpeningSeats       hr.Rule = "recruitment.opening.seats" // fewer than one
	RuleOpeningTaken       hr.Rule = "recruitment.opening.taken" // the id is taken
	RuleOpeningUnknown     hr.Rule = "recruitment.opening.unknown"
	RuleOpeningRequisition hr.Rule = "recruitment.opening.requisition" // missing, not approved, or without the seats
	RuleOpeningClosed      hr.Rule = "recruitment.opening.closed"
	RuleOpeningFull        hr.Rule = "recruitment.opening.full" // no seat is left
	RuleChannel            hr.Rule = "recruitment.channel"      // not one of the opening; without a name; below zero

	RuleReferral       hr.Rule = "recruitment.referral" // a referrer without the channel, or the channel without a referrer
	RuleReferralSelf   hr.Rule = "recruitment.referral.self"
	RuleReferralBarred hr.Rule = "recruitment.referral.barred" // by the policy
	RuleReferralState  hr.Rule = "recruitment.referral.state"  // no bonus waits
	RuleReferralEarly  hr.Rule = "recruitment.referral.early"

	RuleCandidateName    hr.Rule = "recruitment.candidate.name"
	RuleCandidateTaken   hr.Rule = "recruitment.candidate.taken" // the id is taken
	RuleCandidateUnknown hr.Rule = "recruitment.candidate.unknown"
	RuleCandidateClosed  hr.Rule = "recruitment.candidate.closed" // merged or erased
	RuleCandidateMerge   hr.Rule = "recruitment.candidate.merge"  // with itself
	RuleCandidateHired   hr.Rule = "recruitment.candidate.hired"  // who is hired already, by another application, is not hired into the entity again
	RuleCandidateTag     hr.Rule = "recruitment.candidate.tag"    // an empty one
	RuleConsent          hr.Rule = "recruitment.consent"          // not complete, or from the future
	RuleConsentNone      hr.Rule = "recruitment.consent.none"     // none holds today
	RuleErasureEarly     hr.Rule = "recruitment.erasure.early"
	RuleErasureHeld      hr.Rule = "recruitment.erasure.held" // a legal hold stands
	RuleHold             hr.Rule = "recruitment.hold"         // without a matter, or none that stands

	RulePipeline           hr.Rule = "recruitment.pipeline" // a table, guard, limit or reason that could not work
	RuleApplicationUnknown hr.Rule = "recruitment.application.unknown"
	RuleApplicationLive    hr.Rule = "recruitment.application.live" // one for this opening is going on
	RuleApplicationStage   hr.Rule = "recruitment.application.transition"
	RuleApplicationGuard   hr.Rule = "recruitment.application.guard"  // something must be there first
	RuleApplicationReason  hr.Rule = "recruitment.application.reason" // not in the catalogue
	RuleApplicationTwice   hr.Rule = "recruitment.application.twice"  // named twice in one command

	RuleSlots            hr.Rule = "recruitment.slots"     // a search without length or end
	RuleInterview        hr.Rule = "recruitment.interview" // not complete, past, cancelled, or its id is taken
	RuleInterviewUnknown hr.Rule = "recruitment.interview.unknown"
	RuleInterviewHours   hr.Rule = "recruitment.interview.hours" // outside somebody's hours
	RuleInterviewClash   hr.Rule = "recruitment.interview.clash" // somebody has something else then
	RuleScorecard        hr.Rule = "recruitment.scorecard"       // not complete
	RuleScorecardActor   hr.Rule = "recruitment.scorecard.actor" // not an interviewer
	RuleScorecardTwice   hr.Rule = "recruitment.scorecard.twice"
	RuleScorecardEarly   hr.Rule = "recruitment.scorecard.early" // before the interview
	RuleScorecardBlind   hr.Rule = "recruitment.scorecard.blind" // read before one's own is submitted
	RuleCriteria         hr.Rule = "recruitment.criteria"        // a criterion or an answer that can not be judged
	RuleProtected        hr.Rule = "recruitment.protected"       // about what must not count
	RuleImpact           hr.Rule = "recruitment.impact"          // counts that can not be

	RuleOfferStart    hr.Rule = "recruitment.offer.start"
	RuleOfferExpires  hr.Rule = "recruitment.offer.expires" // missing, past, or after the first day
	RuleOfferExpired  hr.Rule = "recruitment.offer.expired" // accepted too late
	RuleOfferEntity   hr.Rule = "recruitment.offer.entity"
	RuleOfferCurrency hr.Rule = "recruitment.offer.currency" // missing, or no code; also in the terms of an opening
	RuleOfferPay      hr.Rule = "recruitment.offer.pay"      // a pay term without a name, two of one name, a negative amount; also in the terms of an opening
	RuleOfferNumber   hr.Rule = "recruitment.offer.number"   // another has taken its place
	RuleOfferState    hr.Rule = "recruitment.offer.state"    // not approved, or nothing waits for approval

	RuleService hr.Rule = "recruitment.service" // the service was wired without a port
)
