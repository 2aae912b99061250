package lifecycle

import (
	"log/slog"
	"slices"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// State is where an employment stands. The empty State is "not stored" and is in no table.
type State string

// The states of [Standard]. What each means for pay, leave and attendance is its [Meaning].
const (
	Preboarding State = "preboarding"   // hired, not there yet
	Probation   State = "probation"     // joined, on trial
	Confirmed   State = "confirmed"     // the trial is passed
	Suspended   State = "suspended"     // kept from work by the employer
	OnLongLeave State = "on_long_leave" // away for long by agreement: a sabbatical, study, care
	Seconded    State = "seconded"      // lent to another employer
	OnNotice    State = "on_notice"     // one side has ended it, the last day is still open
	Exited      State = "exited"        // the exit is recorded; the last day itself may still lie ahead
	Retired     State = "retired"       // ended by age
	Deceased    State = "deceased"      // died in service
	NeverCame   State = "never_came"    // did not appear on the first day
	Withdrawn   State = "withdrawn"     // called off by either side before the first day
)

// Event moves an employment from one [State] to another.
type Event string

// The events of [Standard].
const (
	Join             Event = "join"              // they came
	Postpone         Event = "postpone"          // the first day is another one
	NoShow           Event = "no_show"           // they did not come
	CallOff          Event = "call_off"          // either side called it off before the first day
	ExtendProbation  Event = "extend_probation"  // the trial goes on for longer
	Confirm          Event = "confirm"           // the probation is passed
	Suspend          Event = "suspend"           // kept from work
	StartLongLeave   Event = "start_long_leave"  // away for long
	Second           Event = "second"            // lent to another employer
	Revise           Event = "revise"            // what was agreed for the time away changes
	Reinstate        Event = "reinstate"         // a suspended employee is back, confirmed
	Return           Event = "return"            // back from long leave or secondment, confirmed
	Notice           Event = "give_notice"       // either side gives notice
	NoticeWithdrawn  Event = "withdraw_notice"   // a confirmed employee stays after all
	ResumeProbation  Event = "resume_probation"  // back to a trial that is not passed yet
	ResumeLongLeave  Event = "resume_long_leave" // the notice is withdrawn, the leave goes on
	ResumeSecondment Event = "resume_secondment" // the notice is withdrawn, the secondment goes on
	ResumeNotice     Event = "resume_notice"     // the suspension has ended, the notice goes on
	Exit             Event = "exit"              // the last day is settled
	Retire           Event = "retire"            // the last day by age is settled
	Die              Event = "die"               // death in service
	Rehire           Event = "rehire"            // they come again
)

// Employment is the case of one employee: who they are and where their employment stands now. What they are paid and where they
// work is not here: that changes by date and is kept as facts, see [Facts]. Version 0 is not stored yet.
type Employment struct {
	ID           hr.EmployeeID   `json:"id" class:"public"`
	Person       hr.Person       `json:"person" class:"government_id"`
	State        State           `json:"state" class:"private"`
	Behind       []State         `json:"behind,omitempty" class:"private"`       // the states that an interruption leads back to, the last one first to return to
	Entity       string          `json:"entity" class:"public"`                  // the legal entity they joined; the one that pays on a day is in the terms
	Start        hr.Date         `json:"start" class:"private"`                  // the first day of this spell
	ServiceSince hr.Date         `json:"service_since,omitzero" class:"private"` // since when service counts, where that is not Start: see [Rehiring]
	ProbationEnd hr.Date         `json:"probation_end,omitzero" class:"private"` // the last day of the trial as planned; zero: none was agreed
	Confirmed    hr.Date         `json:"confirmed,omitzero" class:"private"`     // since when confirmed; zero: never
	ContractEnd  hr.Date         `json:"contract_end,omitzero" class:"private"`  // the last day of a contract for a term; zero: for good
	RetireOn     hr.Date         `json:"retire_on,omitzero" class:"private"`     // the last day by age where it was extended; zero: by rule
	Away         AwayDates       `json:"away,omitzero" class:"private"`          // of a suspension, long leave or secondment; zero: there
	Notice       NoticeDates     `json:"notice,omitzero" class:"private"`        // zero: no notice stands
	LastDay      hr.Date         `json:"last_day,omitzero" class:"private"`      // the last day, itself employed; zero: no exit is recorded; the day before Start: they never came
	ExitReason   string          `json:"exit_reason,omitempty" class:"private"`  // in the host's words: "resigned"
	Earlier      []Spell         `json:"earlier,omitempty" class:"private"`      // spells before this one under the same number, oldest first
	Former       hr.EmployeeID   `json:"former,omitempty" class:"public"`        // the number they had before they were hired again under this one
	Settled      Settled         `json:"settled,omitzero" class:"private"`       // zero: what is owed at the end of this spell is not paid yet; see [Service.Settle]
	Erased       []Erasing       `json:"erased,omitempty" class:"public"`        // the classes that were erased; their fields, here and wherever else this employee is, are empty; see [Service.Erase]
	Version      storage.Version `json:"version" class:"public"`
}

// Spell is one stretch of employment that has ended.
type Spell struct {
	Entity  string  `json:"entity" class:"public"`
	Start   hr.Date `json:"start" class:"private"`
	LastDay hr.Date `json:"last_day" class:"private"` // the day before Start: they never came
	State   State   `json:"state" class:"private"`    // how it ended
	Reason  string  `json:"reason,omitempty" class:"private"`
}

// NoticeDates are the days of a notice.
type NoticeDates struct {
	Given      hr.Date `json:"given" class:"private"`                 // the day it was given
	LastDay    hr.Date `json:"last_day,omitzero" class:"private"`     // the last day it plans; zero: not agreed yet. Terms end by Exit only.
	ByEmployer bool    `json:"by_employer,omitempty" class:"private"` // who gave it: false is a resignation
}

// AwayDates are the days of a suspension, a long leave or a secondment.
type AwayDates struct {
	From    hr.Date `json:"from" class:"private"`
	Through hr.Date `json:"through,omitzero" class:"private"` // the last day as agreed; zero: until the return is recorded
	At      string  `json:"at,omitempty" class:"private"`     // where to: the host employer of a secondment
}

// Period returns the days of the employment: from Start through LastDay, open while no exit is recorded. It is the zero Period for who
// never came.
func (e Employment) Period() hr.Period { return spellPeriod(e.Start, e.LastDay) }

// Period returns the days of the spell; the zero Period for who never came.
func (s Spell) Period() hr.Period { return spellPeriod(s.Start, s.LastDay) }

func spellPeriod(start, last hr.Date) hr.Period {
	if !last.IsZero() && last.Before(start) {
		return hr.Period{}
	}
	return hr.Period{From: start, Through: last}
}

// EmployedIn reports whether they were employed on some day of p, in this spell or an earlier one.
func (e Employment) EmployedIn(p hr.Period) bool {
	return e.Period().Overlaps(p) || slices.ContainsFunc(e.Earlier, func(s Spell) bool { return s.Period().Overlaps(p) })
}

// ServiceFrom returns the day from which their service counts: ServiceSince, or else Start.
func (e Employment) ServiceFrom() hr.Date {
	if e.ServiceSince.IsZero() {
		return e.Start
	}
	return e.ServiceSince
}

// LogValue hides the person.
func (e Employment) LogValue() slog.Value {
	return slog.StringValue("[employment " + string(e.ID) + "]")
}
