package hr

import (
	"fmt"
	"slices"
	"time"

	"github.com/shopspring/decimal"
)

// ApprovalAsk is what must be approved, as far as a route depends on it.
type ApprovalAsk struct {
	Kind     string       // "leave.request", "payroll.run"
	Subjects []EmployeeID // who benefits; they never approve
	Preparer Actor        // who asks; they never approve
	Amount   Money        // nothing where no money is at stake
	On       Date
	Type     string          // what kind of it is asked for, where there are several: the leave type
	Quantity decimal.Decimal // how much of it, where it is no money: the days or hours of leave
}

// ApprovalLevel is one step of a route: Need of the Approvers must agree before the next level is asked. Need 0 is 1.
type ApprovalLevel struct {
	Name      string    `json:"name" class:"public"`
	Approvers []ActorID `json:"approvers" class:"public"`
	Need      int       `json:"need,omitempty" class:"public"`
}

// ApprovalDecision is what one approver said.
type ApprovalDecision struct {
	By     ActorID   `json:"by" class:"public"`
	Level  int       `json:"level" class:"public"`
	Agree  bool      `json:"agree" class:"public"`
	Reason string    `json:"reason,omitempty" class:"private"`
	At     time.Time `json:"at" class:"public"`
}

// ApprovalState is where an [Approval] stands.
type ApprovalState string

const (
	ApprovalPending ApprovalState = "pending"
	ApprovalGiven   ApprovalState = "approved"
	ApprovalRefused ApprovalState = "refused"
)

// Approval is the approval of one case, kept as a field of it. It is a value: [Approval.Decide] returns the next one. The
// zero Approval has no levels and is pending for ever; build one with [NewApproval].
type Approval struct {
	Levels    []ApprovalLevel    `json:"levels,omitempty" class:"public"`
	Preparer  ActorID            `json:"preparer,omitempty" class:"public"`
	Subjects  []EmployeeID       `json:"subjects,omitempty" class:"public"`
	Decisions []ApprovalDecision `json:"decisions,omitempty" class:"private"`
}

// NewApproval starts the approval of ask along levels. It returns [FieldError]s with RuleApprovalRoute for a route without
// levels, a level whose Need its approvers cannot meet, and with RuleApprovalConflict for a level that the preparer would
// have to approve alone.
func NewApproval(ask ApprovalAsk, levels ...ApprovalLevel) (Approval, error) {
	var faults Faults
	if len(levels) == 0 {
		faults.Missing("levels", RuleApprovalRoute)
	}
	for i, l := range levels {
		at := fmt.Sprintf("levels[%d].approvers", i)
		named := slices.Compact(slices.Sorted(slices.Values(l.Approvers)))
		able := slices.DeleteFunc(slices.Clone(named), func(a ActorID) bool { return a == ask.Preparer.ID })
		switch {
		case len(able) >= max(1, l.Need):
		case len(named) >= max(1, l.Need):
			faults.Add(at, RuleApprovalConflict, "the preparer may not approve, and without them too few are left")
		default:
			faults.Add(at, RuleApprovalRoute, "too few for the level: it needs %d", max(1, l.Need))
		}
	}
	if faults.Any() {
		return Approval{}, faults.Err()
	}
	levels = slices.Clone(levels)
	for i := range levels {
		levels[i].Approvers = slices.Clone(levels[i].Approvers)
	}
	return Approval{Levels: levels, Preparer: ask.Preparer.ID, Subjects: slices.Clone(ask.Subjects)}, nil
}

// State returns pending until every level has agreed or one approver has refused.
func (a Approval) State() ApprovalState {
	for _, d := range a.Decisions {
		if !d.Agree {
			return ApprovalRefused
		}
	}
	if len(a.Levels) > 0 && a.Level() == len(a.Levels) {
		return ApprovalGiven
	}
	return ApprovalPending
}

// Level returns the index of the level that is asked now; len(Levels) when all have agreed.
func (a Approval) Level() int {
	for i, l := range a.Levels {
		agreed := 0
		for _, d := range a.Decisions {
			if d.Level == i && d.Agree {
				agreed++
			}
		}
		if agreed < max(1, l.Need) {
			return i
		}
	}
	return len(a.Levels)
}

// Decide returns the approval with by's decision added. It returns a [FieldError]: RuleApprovalDone when nothing is
// pending, RuleApprovalConflict when by prepared the case or benefits from it, RuleApprovalActor when by is not asked at
// this level or has decided on it already.
func (a Approval) Decide(by Actor, agree bool, reason string, at time.Time) (Approval, error) {
	level := a.Level()
	switch {
	case a.State() != ApprovalPending || len(a.Levels) == 0:
		return a, &FieldError{Path: "approval", Rule: RuleApprovalDone, Reason: "nothing is waiting for a decision"}
	case by.ID == a.Preparer:
		return a, &FieldError{Path: "approval.by", Rule: RuleApprovalConflict, Reason: "who prepared a case may not decide on it"}
	case by.Employee != "" && slices.Contains(a.Subjects, by.Employee):
		return a, &FieldError{Path: "approval.by", Rule: RuleApprovalConflict, Reason: "who benefits from a case may not decide on it"}
	case !slices.Contains(a.Levels[level].Approvers, by.ID):
		return a, &FieldError{Path: "approval.by", Rule: RuleApprovalActor, Reason: fmt.Sprintf("is not asked at level %q", a.Levels[level].Name)}
	}
	for _, d := range a.Decisions {
		if d.Level == level && d.By == by.ID {
			return a, &FieldError{Path: "approval.by", Rule: RuleApprovalActor, Reason: "has decided on this level already"}
		}
	}
	a.Decisions = append(slices.Clone(a.Decisions), ApprovalDecision{By: by.ID, Level: level, Agree: agree, Reason: reason, At: at})
	return a, nil
}
