package leave

import (
	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// RequestID names one leave request.
type RequestID string

// Ref returns the reference to the request that absences and ledger entries carry as evidence.
func (id RequestID) Ref() hr.Ref { return hr.Ref{Kind: "leave", ID: string(id)} }

// State is where a request stands. The empty state is none.
type State string

const (
	Requested State = "requested" // waits for approval; takes nothing from the ledger yet
	Approved  State = "approved"  // its days are taken and the employee is away
	Refused   State = "refused"
	Withdrawn State = "withdrawn" // taken back before it was decided
	Cancelled State = "cancelled" // taken back after approval; every lot has back what it gave
)

// Event is what moves a request from state to state.
type Event string

const (
	Approve  Event = "approve"
	Refuse   Event = "refuse"
	Withdraw Event = "withdraw"
	Cancel   Event = "cancel"
	Shorten  Event = "shorten" // days at one end are given back
)

var states = hr.MustMachine(
	Requested,
	hr.Transition[State, Event]{From: Requested, On: Approve, To: Approved},
	hr.Transition[State, Event]{From: Requested, On: Refuse, To: Refused},
	hr.Transition[State, Event]{From: Requested, On: Withdraw, To: Withdrawn},
	hr.Transition[State, Event]{From: Approved, On: Cancel, To: Cancelled},
	hr.Transition[State, Event]{From: Approved, On: Shorten, To: Approved},
)

// Machine returns the states of a request and the events between them; testdata/request.dot draws it.
func Machine() hr.Machine[State, Event] { return states }

// Application is what somebody asks for.
type Application struct {
	Employee              hr.EmployeeID
	Type                  TypeID
	Period                hr.Period       // both days included; it must have an end
	FromHalf, ThroughHalf hr.HalfOfDay    // see [CountInput]
	Hours                 decimal.Decimal // of leave by the hour, on one day
	Reason                string          // for whoever decides
	Documents             []hr.Ref        // what the host keeps as evidence, such as a certificate
	// Extends is the request that this one goes on from. It is a request of its own that touches the other, and counts what both
	// would as one; the reference is for whoever decides.
	Extends RequestID
}

func (a Application) span() span { return span{a.Period, a.FromHalf, a.ThroughHalf, a.Hours} }

// Request is a leave request: a case. Its past is the audit; what it took is in the ledger.
type Request struct {
	ID          RequestID       `json:"id" class:"public"`
	Employee    hr.EmployeeID   `json:"employee" class:"public"`
	Type        TypeID          `json:"type" class:"private"`
	Period      hr.Period       `json:"period" class:"private"`
	FromHalf    hr.HalfOfDay    `json:"from_half,omitempty" class:"private"`
	ThroughHalf hr.HalfOfDay    `json:"through_half,omitempty" class:"private"`
	Hours       decimal.Decimal `json:"hours,omitzero" class:"private"`
	Reason      string          `json:"reason,omitempty" class:"special"` // may speak of health
	Documents   []hr.Ref        `json:"documents,omitempty" class:"special"`
	Extends     RequestID       `json:"extends,omitempty" class:"public"`
	State       State           `json:"state" class:"private"`
	Approval    hr.Approval     `json:"approval" class:"private"`
	Days        []Day           `json:"days,omitempty" class:"private"` // as counted last; with lots from approval on
	Version     storage.Version `json:"version" class:"public"`
}

// Live reports whether the request holds its days: it waits or is approved.
func (r Request) Live() bool { return r.State == Requested || r.State == Approved }

// Total returns the days counted.
func (r Request) Total() decimal.Decimal { return total(r.Days) }

func total(days []Day) (sum decimal.Decimal) {
	for _, d := range days {
		sum = sum.Add(d.Quantity)
	}
	return sum
}

func (r Request) span() span { return span{r.Period, r.FromHalf, r.ThroughHalf, r.Hours} }

// joined returns the days of other approved requests that a request by policy p is counted together with: of the same type all, of
// another type only the days off, which it may have counted already, or all where the policy counts across types.
func joined(others []Request, p Policy) []Day {
	var out []Day
	for _, o := range others {
		if o.State != Approved {
			continue
		}
		for _, d := range o.Days {
			if o.Type == p.Type || p.Counting.Across || d.off() {
				out = append(out, d)
			}
		}
	}
	return out
}
