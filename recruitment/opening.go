package recruitment

import (
	"fmt"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// OpeningID names one opening.
type OpeningID string

// Opening is a place to be filled, once or several times. Its version is what two acceptances of the last seat meet at. Version 0 is
// not stored yet.
type Opening struct {
	ID      OpeningID       `json:"id" class:"public"`
	Title   string          `json:"title" class:"public"`
	Seats   int             `json:"seats" class:"public"`
	Filled  int             `json:"filled" class:"public"`        // seats taken by an accepted offer; never above Seats
	Terms   hr.Terms        `json:"terms,omitzero" class:"money"` // what an offer says where it says nothing of its own
	Version storage.Version `json:"version" class:"public"`
}

// offer fills an offer without terms from the opening.
func (o Opening) offer(made Offer) Offer {
	if hr.Digest("terms/1", made.Terms) == hr.Digest("terms/1", hr.Terms{}) {
		made.Terms = o.Terms
	}
	made.State = OfferOpen
	return made
}

// check adds everything that is wrong with an offer made today. The hire checks the terms once more, and more strictly.
func (o Offer) check(f *hr.Faults, today hr.Date) {
	if o.Start.IsZero() {
		f.Missing("offer.start", RuleOfferStart)
	}
	switch {
	case o.Expires.IsZero():
		f.Missing("offer.expires", RuleOfferExpires)
	case o.Expires.Before(today):
		f.Add("offer.expires", RuleOfferExpires, "is past already")
	case !o.Start.IsZero() && o.Expires.After(o.Start):
		f.Add("offer.expires", RuleOfferExpires, "must not be after the first day of work")
	}
	if o.Terms.Entity == "" {
		f.Missing("offer.terms.entity", RuleOfferEntity)
	}
	if o.Terms.Currency == "" {
		f.Missing("offer.terms.currency", RuleOfferCurrency)
	}
	checkGiven(f, "offer.terms", o.Terms)
}

// checkGiven adds what is wrong with the currency and the pay terms that are given.
func checkGiven(f *hr.Faults, path string, t hr.Terms) {
	if t.Currency != "" && !t.Currency.Valid() {
		f.Add(path+".currency", RuleOfferCurrency, "must be an ISO 4217 code in capitals")
	}
	seen := map[string]bool{}
	for i, p := range t.Pay {
		at := fmt.Sprintf("%s.pay[%d]", path, i)
		switch {
		case p.Name == "":
			f.Missing(at+".name", RuleOfferPay)
		case seen[p.Name]:
			f.Add(at+".name", RuleOfferPay, "is the second pay term named %s", p.Name)
		}
		if p.Amount.Sign() < 0 {
			f.Add(at+".amount", RuleOfferPay, "must not be negative")
		}
		seen[p.Name] = true
	}
}
