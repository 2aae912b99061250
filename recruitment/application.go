package recruitment

import (
	"fmt"
	"log/slog"
	"time"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// ApplicationID names one application.
type ApplicationID string

// State is the stage of an application. The empty State is "not stored" and is in no table. A host may have stages of its own beside
// these; see [Pipeline].
type State string

const (
	Applied      State = "applied"
	Screening    State = "screening"
	Interviewing State = "interview"
	Offered      State = "offered"
	Accepted     State = "accepted"  // hired
	Declined     State = "declined"  // they said no to the offer
	Rejected     State = "rejected"  // we said no
	Withdrawn    State = "withdrawn" // they do not go on
)

// Event moves an application from one [State] to another. A host may have events of its own beside these.
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

// Application is the case of one candidate for one opening. Version 0 is not stored yet.
type Application struct {
	ID        ApplicationID   `json:"id" class:"public"`
	Opening   OpeningID       `json:"opening" class:"public"`
	Candidate CandidateID     `json:"candidate" class:"public"`
	Source    Source          `json:"source,omitzero" class:"private"`
	State     State           `json:"state" class:"private"`
	Trail     []Move          `json:"trail" class:"private"`            // how it came to its stage, oldest first; the first move is the application itself
	Reason    string          `json:"reason,omitempty" class:"private"` // why it was rejected, declined or withdrawn
	Score     Score           `json:"score,omitzero" class:"private"`   // of the screening; empty until there was one
	Offer     Offer           `json:"offer,omitzero" class:"money"`     // the one that counts
	Earlier   []Offer         `json:"earlier,omitempty" class:"money"`  // offers that another has replaced, oldest first
	Referral  Referral        `json:"referral,omitzero" class:"money"`
	HiredAs   hr.EmployeeID   `json:"hired_as,omitempty" class:"public"` // the employee it made; empty until accepted
	Version   storage.Version `json:"version" class:"public"`
}

// Move is one step of an application: On led From one stage To the next. The first has no From and no On.
type Move struct {
	On     Event      `json:"on,omitempty" class:"private"`
	From   State      `json:"from,omitempty" class:"private"`
	To     State      `json:"to" class:"private"`
	At     time.Time  `json:"at" class:"private"`
	By     hr.ActorID `json:"by" class:"public"`
	Reason string     `json:"reason,omitempty" class:"private"`
	Code   string     `json:"code,omitempty" class:"private"` // the reason, where it is a code of the catalogue: what figures count, and stays when the person is erased
}

// Since returns when the application came to the stage it is in. An offer in place of another does not start the time again.
func (a Application) Since() time.Time {
	var at time.Time
	for _, m := range a.Trail {
		if m.To != m.From {
			at = m.At
		}
	}
	return at
}

// Format hides what is about the candidate.
func (a Application) Format(f fmt.State, _ rune) { _, _ = fmt.Fprintf(f, "[application %s]", a.ID) }

// LogValue hides what is about the candidate.
func (a Application) LogValue() slog.Value {
	return slog.StringValue("[application " + string(a.ID) + "]")
}

// hire is what the accepted offer hands to lifecycle.
func (a Application) hire(who hr.Person) hr.Hire {
	return hr.Hire{
		Employee: a.Offer.Employee, Person: who, Start: a.Offer.Start, Terms: a.Offer.Terms,
		Cause: hr.Ref{Kind: "application", ID: string(a.ID)},
	}
}
