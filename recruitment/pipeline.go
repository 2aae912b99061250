package recruitment

import (
	"fmt"
	"slices"

	"github.com/musterhr/hr"
)

var machine = hr.MustMachine(Applied,
	hr.Transition[State, Event]{From: Applied, On: ToScreening, To: Screening},
	hr.Transition[State, Event]{From: Applied, On: Reject, To: Rejected},
	hr.Transition[State, Event]{From: Applied, On: Withdraw, To: Withdrawn},
	hr.Transition[State, Event]{From: Screening, On: ToInterview, To: Interviewing},
	hr.Transition[State, Event]{From: Screening, On: Reject, To: Rejected},
	hr.Transition[State, Event]{From: Screening, On: Withdraw, To: Withdrawn},
	hr.Transition[State, Event]{From: Interviewing, On: Propose, To: Offered},
	hr.Transition[State, Event]{From: Interviewing, On: Reject, To: Rejected},
	hr.Transition[State, Event]{From: Interviewing, On: Withdraw, To: Withdrawn},
	hr.Transition[State, Event]{From: Offered, On: Propose, To: Offered},
	hr.Transition[State, Event]{From: Offered, On: Accept, To: Accepted},
	hr.Transition[State, Event]{From: Offered, On: Decline, To: Declined},
	hr.Transition[State, Event]{From: Offered, On: Reject, To: Rejected},
	hr.Transition[State, Event]{From: Offered, On: Withdraw, To: Withdrawn},
)

// Machine returns the stages of a house that has none of its own. Its drawing is testdata/application.dot. To make a table of your
// own, change its rows and give them to [NewPipeline].
func Machine() hr.Machine[State, Event] { return machine }

// Need is what a [Guard] asks for before it lets an application go on.
type Need string

const (
	NeedScreening   Need = "screening"   // a screening score is on record
	NeedScorecard   Need = "scorecard"   // one interviewer at least has submitted a scorecard
	NeedScorecards  Need = "scorecards"  // there was an interview, and everybody who was to hold one has submitted
	NeedRequisition Need = "requisition" // the opening comes from an approved requisition
	NeedConsent     Need = "consent"     // the candidate's consent to be considered ([PurposeHiring]) holds today
)

// Guard keeps an event from happening until what it needs is there. From empty means in every stage.
type Guard struct {
	On    Event `json:"on" class:"public"`
	From  State `json:"from,omitempty" class:"public"`
	Needs Need  `json:"needs" class:"public"`
}

// StageLimit says within how many working days an application should leave a stage. Past that it is due; see [Service.Due].
type StageLimit struct {
	Stage       State `json:"stage" class:"public"`
	WorkingDays int   `json:"working_days" class:"public"`
}

// Reason is one entry of the catalogue of reasons. Once an event has an entry, no other reason is accepted for it.
type Reason struct {
	Code  string `json:"code" class:"public"` // what is kept and counted
	On    Event  `json:"on" class:"public"`
	Title string `json:"title" class:"public"` // what people read
}

// PipelineRules is what a [Pipeline] is built from. The zero rules are those of [Machine], without guards, limits or reasons.
type PipelineRules struct {
	Stages  hr.Machine[State, Event] // zero: [Machine]
	Guards  []Guard
	Limits  []StageLimit
	Reasons []Reason
}

// Pipeline is the way of an application in one house: its stages, what guards them, how long they may take, and why one ends. It is
// immutable. The zero Pipeline is that of [Machine].
type Pipeline struct{ rules PipelineRules }

// NewPipeline returns the pipeline, or every fault at once (RulePipeline): accept must lead from offered to accepted, offer to offered
// and decline to declined, and to no other place from anywhere; reject leads to rejected and withdraw to withdrawn; nothing leads on from
// accepted, declined, rejected and withdrawn; from every other stage they can be reached by reject and withdraw, so that nobody is stuck.
// A guard, a limit or a reason must name what is in the table, and a limit is one working day or more.
func NewPipeline(r PipelineRules) (Pipeline, error) {
	r.Guards, r.Limits, r.Reasons = slices.Clone(r.Guards), slices.Clone(r.Limits), slices.Clone(r.Reasons)
	p := Pipeline{r}
	var faults hr.Faults
	stages := p.Stages()
	to := map[Event]State{Propose: Offered, Accept: Accepted, Decline: Declined, Reject: Rejected, Withdraw: Withdrawn}
	ends := []State{Accepted, Declined, Rejected, Withdrawn}
	events := map[Event]bool{}
	for _, row := range stages.Rows() {
		events[row.On] = true
		at := fmt.Sprintf("stages.%s.%s", row.From, row.On)
		fixed, own := to[row.On]
		switch {
		case slices.Contains(ends, row.From):
			faults.Add(at, RulePipeline, "nothing may lead on from %s", row.From)
		case own && row.To != fixed:
			faults.Add(at, RulePipeline, "must lead to %s", fixed)
		case !own && (slices.Contains(ends, row.To) || row.To == Offered):
			faults.Add(at, RulePipeline, "must not lead to %s, which has an event of its own", row.To)
		case (row.On == Accept || row.On == Decline) && row.From != Offered:
			faults.Add(at, RulePipeline, "is possible from %s only", Offered)
		}
	}
	for _, on := range []Event{Propose, Accept, Decline} {
		if !events[on] {
			faults.Missing("stages."+string(on), RulePipeline)
		}
	}
	for _, s := range stages.States() {
		if slices.Contains(ends, s) {
			continue
		}
		if stages.Terminal(s) {
			faults.Add("stages."+string(s), RulePipeline, "is an end and no outcome")
			continue
		}
		for _, on := range []Event{Reject, Withdraw} {
			if !slices.Contains(stages.Allowed(s), on) {
				faults.Add("stages."+string(s), RulePipeline, "must be left by %s too", on)
			}
		}
	}
	for i, g := range r.Guards {
		at := fmt.Sprintf("guards[%d]", i)
		if !events[g.On] || g.From != "" && !slices.Contains(stages.Allowed(g.From), g.On) {
			faults.Add(at, RulePipeline, "guards what is not in the table")
		}
		if !slices.Contains([]Need{NeedScreening, NeedScorecard, NeedScorecards, NeedRequisition, NeedConsent}, g.Needs) {
			faults.Add(at+".needs", RulePipeline, "is not known")
		}
	}
	limited := map[State]bool{}
	for i, l := range r.Limits {
		at := fmt.Sprintf("limits[%d]", i)
		if stages.Terminal(l.Stage) || limited[l.Stage] {
			faults.Add(at+".stage", RulePipeline, "must be a stage that can be left, each once")
		}
		if l.WorkingDays < 1 {
			faults.Add(at+".working_days", RulePipeline, "must be one or more")
		}
		limited[l.Stage] = true
	}
	coded := map[Reason]bool{}
	for i, x := range r.Reasons {
		at := fmt.Sprintf("reasons[%d]", i)
		if x.Code == "" || coded[Reason{Code: x.Code, On: x.On}] {
			faults.Add(at+".code", RulePipeline, "must be given, each once for an event")
		}
		coded[Reason{Code: x.Code, On: x.On}] = true
		if x.On != Reject && x.On != Withdraw && x.On != Decline {
			faults.Add(at+".on", RulePipeline, "must be %s, %s or %s", Reject, Withdraw, Decline)
		}
	}
	if faults.Any() {
		return Pipeline{}, faults.Err()
	}
	return p, nil
}

// MustPipeline is [NewPipeline] for literals in tests and examples; it panics on a fault.
func MustPipeline(r PipelineRules) Pipeline {
	p, err := NewPipeline(r)
	if err != nil {
		panic(err)
	}
	return p
}

// Stages returns the table.
func (p Pipeline) Stages() hr.Machine[State, Event] {
	if p.rules.Stages.Start() == "" {
		return machine
	}
	return p.rules.Stages
}

// Reasons lists the catalogue for an event.
func (p Pipeline) Reasons(on Event) (list []Reason) {
	for _, r := range p.rules.Reasons {
		if r.On == on {
			list = append(list, r)
		}
	}
	return list
}

// Live reports whether something leads on from a stage.
func (p Pipeline) Live(s State) bool { return s != "" && !p.Stages().Terminal(s) }

// advances reports whether an event is one that only moves an application, without a verb of its own.
func (p Pipeline) advances(on Event) bool {
	switch on {
	case Propose, Accept, Decline, Reject, Withdraw:
		return false
	}
	return slices.ContainsFunc(p.Stages().Rows(), func(r hr.Transition[State, Event]) bool { return r.On == on })
}

// checkReason adds a fault for a reason that the catalogue does not have.
func (p Pipeline) checkReason(f *hr.Faults, on Event, reason string) {
	list := p.Reasons(on)
	if len(list) > 0 && !slices.ContainsFunc(list, func(r Reason) bool { return r.Code == reason }) {
		f.Add("reason", RuleApplicationReason, "must be the code of a reason for %s", on)
	}
}

// code returns a reason that is a code of the catalogue, and nothing for a text, which may say more than it should.
func (p Pipeline) code(on Event, reason string) string {
	if slices.ContainsFunc(p.Reasons(on), func(r Reason) bool { return r.Code == reason }) {
		return reason
	}
	return ""
}

// needs lists what the guards ask for before on happens in a stage.
func (p Pipeline) needs(from State, on Event) (list []Need) {
	for _, g := range p.rules.Guards {
		if g.On == on && (g.From == "" || g.From == from) && !slices.Contains(list, g.Needs) {
			list = append(list, g.Needs)
		}
	}
	return list
}
