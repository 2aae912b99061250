package recruitment

import "github.com/musterhr/hr"

// Rules that an input to this package can break. Ids are stable; sentences may change.
const (
	RuleOpeningTitle   hr.Rule = "recruitment.opening.title"
	RuleOpeningSeats   hr.Rule = "recruitment.opening.seats" // fewer than one
	RuleOpeningTaken   hr.Rule = "recruitment.opening.taken" // the id is taken
	RuleOpeningUnknown hr.Rule = "recruitment.opening.unknown"
	RuleOpeningFull    hr.Rule = "recruitment.opening.full" // no seat is left

	RuleApplicationName    hr.Rule = "recruitment.application.name"
	RuleApplicationUnknown hr.Rule = "recruitment.application.unknown"
	RuleApplicationStage   hr.Rule = "recruitment.application.transition"

	RuleOfferStart    hr.Rule = "recruitment.offer.start"
	RuleOfferExpires  hr.Rule = "recruitment.offer.expires" // missing, past, or after the first day
	RuleOfferExpired  hr.Rule = "recruitment.offer.expired" // accepted too late
	RuleOfferEntity   hr.Rule = "recruitment.offer.entity"
	RuleOfferCurrency hr.Rule = "recruitment.offer.currency" // missing, or no code; also in the terms of an opening
	RuleOfferPay      hr.Rule = "recruitment.offer.pay"      // a pay term without a name, two of one name, a negative amount; also in the terms of an opening

	RuleService hr.Rule = "recruitment.service" // the service was wired without a port
)
