package recruitment

import (
	"log/slog"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// ApplicationID names one application.
type ApplicationID string

// State is the stage of an application. The empty State is "not stored" and is in no table.
type State string

const (
	Applied   State = "applied"
	Screening State = "screening"
	Interview State = "interview"
	Offered   State = "offered"
	Accepted  State = "accepted"  // hired
	Declined  State = "declined"  // they said no to the offer
	Rejected  State = "rejected"  // we said no
	Withdrawn State = "withdrawn" // they do not go on
)

// Event moves an application from one [State] to another.
type Event string

const (
	ToScreening Event = "screen"
	ToInterview Event = "interview"
	Propose     Event = "offer" // also a new offer in place of the one before
	Accept      Event = "accept"
	Decline     Event = "decline"
	Reject      Event = "reject"
	Withdraw    Event = "withdraw"
)

var machine = hr.MustMachine(Applied,
	hr.Transition[State, Event]{From: Applied, On: ToScreening, To: Screening},
	hr.Transition[State, Event]{From: Applied, On: Reject, To: Rejected},
	hr.Transition[State, Event]{From: Applied, On: Withdraw, To: Withdrawn},
	hr.Transition[State, Event]{From: Screening, On: ToInterview, To: Interview},
	hr.Transition[State, Event]{From: Screening, On: Reject, To: Rejected},
	hr.Transition[State, Event]{From: Screening, On: Withdraw, To: Withdrawn},
	hr.Transition[State, Event]{From: Interview, On: Propose, To: Offered},
	hr.Transition[State, Event]{From: Interview, On: Reject, To: Rejected},
	hr.Transition[State, Event]{From: Interview, On: Withdraw, To: Withdrawn},
	hr.Transition[State, Event]{From: Offered, On: Propose, To: Offered},
	hr.Transition[State, Event]{From: Offered, On: Accept, To: Accepted},
	hr.Transition[State, Event]{From: Offered, On: Decline, To: Declined},
	hr.Transition[State, Event]{From: Offered, On: Reject, To: Rejected},
	hr.Transition[State, Event]{From: Offered, On: Withdraw, To: Withdrawn},
)

// Machine returns the stages of an application and what leads from one to another. Its drawing is testdata/application.dot.
func Machine() hr.Machine[State, Event] { return machine }

// Application is the case of one candidate for one opening. Version 0 is not stored yet.
type Application struct {
	ID      ApplicationID   `json:"id" class:"public"`
	Opening OpeningID       `json:"opening" class:"public"`
	Person  hr.Person       `json:"person" class:"government_id"`
	State   State           `json:"state" class:"private"`
	Reason  string          `json:"reason,omitempty" class:"private"` // why it was rejected, declined or withdrawn
	Offer   Offer           `json:"offer,omitzero" class:"money"`
	HiredAs hr.EmployeeID   `json:"hired_as,omitempty" class:"public"` // the employee it made; empty until accepted
	Version storage.Version `json:"version" class:"public"`
}

// LogValue hides the candidate.
func (a Application) LogValue() slog.Value {
	return slog.StringValue("[application " + string(a.ID) + "]")
}

// OfferState is where an [Offer] stands.
type OfferState string

const (
	NoOffer       OfferState = ""          // none was made
	OfferOpen     OfferState = "open"      // may be accepted through its last day
	OfferAccepted OfferState = "accepted"  // and the employee exists
	OfferDeclined OfferState = "declined"  // the candidate said no
	OfferDropped  OfferState = "withdrawn" // the application ended before an answer
)

// Offer is what a candidate may accept. The zero Offer is none.
type Offer struct {
	Employee hr.EmployeeID `json:"employee,omitempty" class:"public"` // the number they will have; empty: one is made at the hire
	Terms    hr.Terms      `json:"terms" class:"money"`
	Start    hr.Date       `json:"start" class:"private"`   // the first day
	Expires  hr.Date       `json:"expires" class:"private"` // the last day on which it may be accepted, in Service.Zone
	State    OfferState    `json:"state" class:"private"`
}

// LogValue hides the values.
func (Offer) LogValue() slog.Value { return slog.StringValue("[offer]") }

// hire is what the accepted offer hands to lifecycle.
func (a Application) hire() hr.Hire {
	return hr.Hire{
		Employee: a.Offer.Employee, Person: a.Person, Start: a.Offer.Start, Terms: a.Offer.Terms,
		Cause: hr.Ref{Kind: "application", ID: string(a.ID)},
	}
}
