package attendance

import (
	"fmt"
	"slices"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// RequestID names one request for ever.
type RequestID string

// RequestKind says what is asked for.
type RequestKind string

// The kinds of request.
const (
	AskCorrection RequestKind = "correction" // punches that are missing, and punches that are wrong
	AskSwap       RequestKind = "swap"       // to exchange shifts with a colleague, who must consent
	AskPermit     RequestKind = "permit"     // work away from the clock, or overtime
)

// RequestState is where a request stands.
type RequestState string

// The states of a request.
const (
	RequestConsenting RequestState = "consenting" // waits for the colleague
	RequestPending    RequestState = "pending"    // waits for its approvers
	RequestApproved   RequestState = "approved"   // and what it asked for has been done
	RequestRefused    RequestState = "refused"
	RequestWithdrawn  RequestState = "withdrawn"
)

// RequestEvent moves a request.
type RequestEvent string

// The events.
const (
	RequestConsent  RequestEvent = "consent"
	RequestDecline  RequestEvent = "decline"
	RequestAgree    RequestEvent = "agree" // the last of its approvers
	RequestRefuse   RequestEvent = "refuse"
	RequestWithdraw RequestEvent = "withdraw"
)

var requestStates = hr.MustMachine(
	RequestConsenting,
	hr.Transition[RequestState, RequestEvent]{From: RequestConsenting, On: RequestConsent, To: RequestPending},
	hr.Transition[RequestState, RequestEvent]{From: RequestConsenting, On: RequestDecline, To: RequestRefused},
	hr.Transition[RequestState, RequestEvent]{From: RequestConsenting, On: RequestWithdraw, To: RequestWithdrawn},
	hr.Transition[RequestState, RequestEvent]{From: RequestPending, On: RequestAgree, To: RequestApproved},
	hr.Transition[RequestState, RequestEvent]{From: RequestPending, On: RequestRefuse, To: RequestRefused},
	hr.Transition[RequestState, RequestEvent]{From: RequestPending, On: RequestWithdraw, To: RequestWithdrawn},
)

// Machine returns the states of a request and the events between them. Only a swap begins by asking for consent; the others are pending from
// the start.
func Machine() hr.Machine[RequestState, RequestEvent] { return requestStates }

// Request asks for something that changes what days are, and is done when its approvers have agreed. It is a case: one current row, whose
// past is the audit. Its fields are those of its kind; the others are empty.
type Request struct {
	ID          RequestID     `json:"id" class:"public"` // empty before it is asked: one is made
	Kind        RequestKind   `json:"kind" class:"public"`
	Employee    hr.EmployeeID `json:"employee" class:"public"`
	Period      hr.Period     `json:"period" class:"private"`                // the days of a swap or a permit; of a correction those its punches touch
	Corrections []Correction  `json:"corrections,omitempty" class:"private"` // missing punches; whose they are is the request's to say
	Voids       []PunchID     `json:"voids,omitempty" class:"private"`       // wrong punches
	With        hr.EmployeeID `json:"with,omitempty" class:"public"`         // the colleague of a swap
	Permit      Permit        `json:"permit,omitzero" class:"private"`
	Reason      string        `json:"reason" class:"private"`
	State       RequestState  `json:"state" class:"public"`
	Approval    hr.Approval   `json:"approval,omitzero" class:"private"`

	Version storage.Version `json:"version" class:"public"`
}

// Ref returns the reference to the request.
func (r Request) Ref() hr.Ref { return hr.Ref{Kind: "attendance_request", ID: string(r.ID)} }

// subjects are those whose days it changes.
func (r Request) subjects() []hr.EmployeeID {
	return distinct([]hr.EmployeeID{r.Employee, r.With})
}

// clean returns the request as it begins: what only the service writes is empty, and the days of a correction are those of its punches.
func (r Request) clean(punches []Punch) Request {
	r.State, r.Approval, r.Version = "", hr.Approval{}, 0
	r.Corrections, r.Voids = slices.Clone(r.Corrections), slices.Clone(r.Voids)
	for i := range r.Corrections {
		r.Corrections[i].Employee = r.Employee
	}
	r.Permit.Employee = ""
	if r.Kind == AskPermit {
		r.Permit.Employee = r.Employee
	}
	if r.Kind == AskCorrection {
		r.Period = padded(span(punches), 1)
	}
	return r
}

// Validate returns every fault of a request by itself: an unknown kind, nobody who asks, no reason, what its kind needs missing, and what it
// does not have given.
func (r Request) Validate() error {
	var faults hr.Faults
	if r.Employee == "" {
		faults.Missing("employee", RulePunchEmployee)
	}
	if r.Reason == "" {
		faults.Missing("reason", RuleReason)
	}
	switch r.Kind {
	case AskCorrection:
		if len(r.Corrections)+len(r.Voids) == 0 {
			faults.Missing("corrections", RuleEmpty)
		}
		for i, c := range r.Corrections {
			at := fmt.Sprintf("corrections[%d]", i)
			if c.At.IsZero() {
				faults.Missing(at+".at", RulePunchAt)
			}
			if c.Direction != In && c.Direction != Out {
				faults.Add(at+".direction", RulePunchDirection, "must be in or out")
			}
			if c.Employee != "" && c.Employee != r.Employee {
				faults.Add(at+".employee", RuleRequest, "must be empty, or who asks")
			}
		}
	case AskSwap:
		if r.With == "" || r.With == r.Employee {
			faults.Add("with", RuleRequest, "must be a colleague")
		}
	case AskPermit:
		faults.Join("permit", r.Permit.Validate())
	default:
		faults.Add("kind", RuleRequest, "must be correction, swap or permit")
	}
	if r.Kind != AskCorrection {
		if r.Period.Validate() != nil || r.Period.Open() || r.Period.Len() > 366 {
			faults.Add("period", RuleRosterPeriod, "must have a first and a last day, at most a year apart")
		}
		if len(r.Corrections)+len(r.Voids) > 0 {
			faults.Add("corrections", RuleRequest, "must be empty in a request of another kind")
		}
	}
	if r.Kind != AskSwap && r.With != "" {
		faults.Add("with", RuleRequest, "must be empty where nothing is swapped")
	}
	if r.Kind != AskPermit && r.Permit != (Permit{}) {
		faults.Add("permit", RuleRequest, "must be empty in a request of another kind")
	}
	return faults.Err()
}
