package lifecycle

import (
	"log/slog"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// State is where an employment stands. The empty State is "not stored" and is in no table.
type State string

const (
	Preboarding State = "preboarding" // hired, not there yet
	Probation   State = "probation"   // joined, on trial
	Confirmed   State = "confirmed"   // the trial is passed
	OnNotice    State = "on_notice"   // one side has ended it, the last day is still open
	Exited      State = "exited"      // the exit is recorded; the last day itself may still lie ahead
)

// Event moves an employment from one [State] to another.
type Event string

const (
	Join            Event = "join"             // they came
	Confirm         Event = "confirm"          // the probation is passed
	Notice          Event = "give_notice"      // either side gives notice
	NoticeWithdrawn Event = "withdraw_notice"  // a confirmed employee stays after all
	ResumeProbation Event = "resume_probation" // an employee who was never confirmed stays after all
	Exit            Event = "exit"             // the last day is settled
)

var machine = hr.MustMachine(Preboarding,
	hr.Transition[State, Event]{From: Preboarding, On: Join, To: Probation},
	hr.Transition[State, Event]{From: Probation, On: Confirm, To: Confirmed},
	hr.Transition[State, Event]{From: Probation, On: Notice, To: OnNotice},
	hr.Transition[State, Event]{From: Probation, On: Exit, To: Exited},
	hr.Transition[State, Event]{From: Confirmed, On: Notice, To: OnNotice},
	hr.Transition[State, Event]{From: Confirmed, On: Exit, To: Exited},
	hr.Transition[State, Event]{From: OnNotice, On: NoticeWithdrawn, To: Confirmed},
	hr.Transition[State, Event]{From: OnNotice, On: ResumeProbation, To: Probation},
	hr.Transition[State, Event]{From: OnNotice, On: Exit, To: Exited},
)

// Machine returns the states of an employment and what leads from one to another. Its drawing is testdata/employment.dot.
func Machine() hr.Machine[State, Event] { return machine }

// Employment is the case of one employee: who they are and where their employment stands now. What they are paid and where they
// work is not here: that changes by date and is kept as facts, see [Facts]. Version 0 is not stored yet.
type Employment struct {
	ID         hr.EmployeeID   `json:"id" class:"public"`
	Person     hr.Person       `json:"person" class:"government_id"`
	State      State           `json:"state" class:"private"`
	Entity     string          `json:"entity" class:"public"`                 // the legal entity they joined; the one that pays on a day is in the terms
	Start      hr.Date         `json:"start" class:"private"`                 // the first day
	Confirmed  hr.Date         `json:"confirmed,omitzero" class:"private"`    // since when confirmed; zero: never
	Notice     NoticeDates     `json:"notice,omitzero" class:"private"`       // zero: no notice stands
	LastDay    hr.Date         `json:"last_day,omitzero" class:"private"`     // the last day, itself employed; zero: no exit is recorded
	ExitReason string          `json:"exit_reason,omitempty" class:"private"` // in the host's words: "resigned"
	Settled    Settled         `json:"settled,omitzero" class:"private"`      // zero: what is owed at the end is not paid yet; see [Service.Settle]
	Version    storage.Version `json:"version" class:"public"`
}

// NoticeDates are the days of a notice.
type NoticeDates struct {
	Given   hr.Date `json:"given" class:"private"`             // the day it was given
	LastDay hr.Date `json:"last_day,omitzero" class:"private"` // the last day it plans; zero: not agreed yet. Terms end by Exit only.
}

// Period returns the days of the employment: from Start through LastDay, open while no exit is recorded.
func (e Employment) Period() hr.Period { return hr.Period{From: e.Start, Through: e.LastDay} }

// LogValue hides the person.
func (e Employment) LogValue() slog.Value {
	return slog.StringValue("[employment " + string(e.ID) + "]")
}
