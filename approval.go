package hr

import (
	"fmt"
	"slices"
	"time"

	"github.com/shopspring/decimal"
)

// ApprovalAsk is what must be approved, as far as a route depends on it.
type ApprovalAsk struct {
	Kind          string          // "leave.request", "payroll.run"
	Subjects      []EmployeeID    // whom it is about; they never approve
	Beneficiaries []EmployeeID    // who gains by it beside the subjects, such as who referred a candidate; they never approve
	Preparer      Actor           // who asks; they never approve
	Amount        Money           // nothing where no money is at stake
	On            Date            // the day it is about
	At            time.Time       // when it is asked: who is there, who stands in and what falls due go by it; zero: as on the day On, and nothing falls due
	Type          string          // what kind of it is asked for, where there are several: the leave type
	Quantity      decimal.Decimal // how much of it, where it is no money: the days or hours of leave
	// Unit, Grade and Place are those of what is asked for, where it is not about somebody yet: a position to fill. Where they are
	// empty, those of the subjects count.
	Unit, Grade, Place string
}

// Bars reports whether somebody prepared what is asked, is a subject of it or gains by it, whatever id they act under. An actor id of the
// same text as an employee id is that employee.
func (a ApprovalAsk) Bars(by Actor) bool {
	return Approval{Preparer: a.Preparer.ID, PreparerEmployee: a.Preparer.Employee, Subjects: a.Subjects, Beneficiaries: a.Beneficiaries}.bars(by) != ""
}

// ApprovalLevel is one step of a route: Need of the Approvers must agree before the next level is asked. Need 0 is 1.
type ApprovalLevel struct {
	Name      string            `json:"name" class:"public"`
	Approvers []ActorID         `json:"approvers" class:"public"`
	Need      int               `json:"need,omitempty" class:"public"`
	With      bool              `json:"with,omitempty" class:"public"`      // asked together with the level before it, not after
	StandIns  []ApprovalStandIn `json:"stand_ins,omitempty" class:"public"` // who may decide in the place of an approver
	Within    int               `json:"within,omitempty" class:"public"`    // the working days that it has before it is overdue; 0: no limit
	Calendar  string            `json:"calendar,omitempty" class:"public"`  // whose working days
	Escalate  []ActorID         `json:"escalate,omitempty" class:"public"`  // who is asked beside the approvers once it is overdue; see [Approval.Escalate]
}

// ApprovalStandIn lets By decide in the place of the approver For, on the days of Period, both included; days are those of UTC.
type ApprovalStandIn struct {
	By          ActorID    `json:"by" class:"public"`
	For         ActorID    `json:"for" class:"public"`
	ForEmployee EmployeeID `json:"for_employee,omitempty" class:"public"` // who For is as an employee: nobody stands in for who may not decide
	Period      Period     `json:"period,omitzero" class:"public"`        // zero: as long as the approval is open
}

// ApprovalDecision is what one approver said.
type ApprovalDecision struct {
	By       ActorID    `json:"by" class:"public"`
	Employee EmployeeID `json:"employee,omitempty" class:"public"` // who they are as an employee: under two ids somebody is one person
	For      ActorID    `json:"for,omitempty" class:"public"`      // in whose place; empty: their own
	Level    int        `json:"level" class:"public"`
	Agree    bool       `json:"agree" class:"public"`
	Reason   string     `json:"reason,omitempty" class:"private"`
	At       time.Time  `json:"at" class:"public"`
}

// seat is the approver whose decision it is.
func (d ApprovalDecision) seat() ActorID {
	if d.For != "" {
		return d.For
	}
	return d.By
}

// ApprovalEscalation says that a level was overdue and who is asked beside its approvers since.
type ApprovalEscalation struct {
	Level int       `json:"level" class:"public"`
	To    []ActorID `json:"to" class:"public"`
	At    time.Time `json:"at" class:"public"`
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
	Levels           []ApprovalLevel      `json:"levels,omitempty" class:"public"`
	Preparer         ActorID              `json:"preparer,omitempty" class:"public"`
	PreparerEmployee EmployeeID           `json:"preparer_employee,omitempty" class:"public"` // who the preparer is as an employee
	Subjects         []EmployeeID         `json:"subjects,omitempty" class:"public"`
	Beneficiaries    []EmployeeID         `json:"beneficiaries,omitempty" class:"public"`
	Asked            time.Time            `json:"asked,omitzero" class:"public"` // when the first level was asked; zero: not known, so that it is never due
	Decisions        []ApprovalDecision   `json:"decisions,omitempty" class:"private"`
	Escalations      []ApprovalEscalation `json:"escalations,omitempty" class:"public"`
}

// NewApproval starts the approval of ask along levels. It returns [FieldError]s with RuleApprovalRoute for a route without
// levels, a level whose Need its approvers cannot meet, and with RuleApprovalConflict for a level that could be met only by who
// prepared the case or gains by it.
func NewApproval(ask ApprovalAsk, levels ...ApprovalLevel) (Approval, error) {
	a := Approval{
		Preparer: ask.Preparer.ID, PreparerEmployee: ask.Preparer.Employee, Asked: ask.At,
		Subjects: slices.Clone(ask.Subjects), Beneficiaries: slices.Clone(ask.Beneficiaries), Levels: cloneLevels(levels),
	}
	var faults Faults
	if len(levels) == 0 {
		faults.Missing("levels", RuleApprovalRoute)
	}
	for i, l := range levels {
		at := fmt.Sprintf("levels[%d].approvers", i)
		named := slices.Compact(slices.Sorted(slices.Values(l.Approvers)))
		able := slices.DeleteFunc(slices.Clone(named), func(id ActorID) bool { return a.bars(Actor{ID: id}) != "" })
		switch {
		case len(able) >= max(1, l.Need):
		case len(named) >= max(1, l.Need):
			faults.Add(at, RuleApprovalConflict, "who prepared the case or gains by it may not approve, and without them too few are left")
		default:
			faults.Add(at, RuleApprovalRoute, "too few for the level: it needs %d", max(1, l.Need))
		}
	}
	if faults.Any() {
		return Approval{}, faults.Err()
	}
	return a, nil
}

func cloneLevels(levels []ApprovalLevel) []ApprovalLevel {
	levels = slices.Clone(levels)
	for i := range levels {
		l := &levels[i]
		l.Approvers, l.StandIns, l.Escalate = slices.Clone(l.Approvers), slices.Clone(l.StandIns), slices.Clone(l.Escalate)
	}
	return levels
}

// bars says why somebody may not decide; empty: nothing is against it.
func (a Approval) bars(by Actor) string {
	for _, id := range []EmployeeID{by.Employee, EmployeeID(by.ID)} {
		switch {
		case by.ID == a.Preparer, id != "" && (id == a.PreparerEmployee || id == EmployeeID(a.Preparer)):
			return "who prepared a case may not decide on it"
		case id != "" && (slices.Contains(a.Subjects, id) || slices.Contains(a.Beneficiaries, id)):
			return "who benefits from a case may not decide on it"
		}
	}
	return ""
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

// Level returns the index of the first level that has not agreed; len(Levels) when all have.
func (a Approval) Level() int {
	for i := range a.Levels {
		if !a.agreed(i) {
			return i
		}
	}
	return len(a.Levels)
}

func (a Approval) agreed(level int) bool {
	agreed := 0
	for _, d := range a.Decisions {
		if d.Level == level && d.Agree {
			agreed++
		}
	}
	return agreed >= max(1, a.Levels[level].Need)
}

// Open returns the levels that are asked now: the first that has not agreed, and those asked together with it that have not either.
// Nothing is asked once somebody has refused.
func (a Approval) Open() (levels []int) {
	if a.State() != ApprovalPending {
		return nil
	}
	for i := a.Level(); i < len(a.Levels) && (len(levels) == 0 || a.Levels[i].With); i++ {
		if !a.agreed(i) {
			levels = append(levels, i)
		}
	}
	return levels
}

// Opened returns when a level was first asked; zero where that is not known or has not come.
func (a Approval) Opened(level int) time.Time {
	first := level
	for first > 0 && a.Levels[first].With {
		first--
	}
	if first == 0 {
		return a.Asked
	}
	var at time.Time
	for i := range first {
		if !a.agreed(i) {
			return time.Time{}
		}
	}
	for _, d := range a.Decisions {
		if d.Level < first && d.At.After(at) {
			at = d.At
		}
	}
	return at
}

// Due returns the day by the end of which a level should have agreed: its Within-th working day after the one on which it was asked, in
// zone. It is no date for a level without a limit or that is not asked yet, and the error of [Calendar.Day] where the calendar ends.
func (a Approval) Due(level int, c Calendar, zone *time.Location) (Date, error) {
	opened := a.Opened(level)
	if a.Levels[level].Within <= 0 || opened.IsZero() {
		return Date{}, nil
	}
	return c.AddWorkingDays(DateOf(opened, zone), a.Levels[level].Within)
}

// Decide returns the approval with by's decision added, in their own place or in that of whom they stand in for. It returns a
// [FieldError]: RuleApprovalDone when nothing is pending, RuleApprovalConflict when by prepared the case or gains by it, under
// whatever id, RuleApprovalActor when by is not asked at this level or has decided on it already. Nobody stands in for who may not decide.
func (a Approval) Decide(by Actor, agree bool, reason string, at time.Time) (Approval, error) {
	open := a.Open()
	if len(open) == 0 {
		return a, &FieldError{Path: "approval", Rule: RuleApprovalDone, Reason: "nothing is waiting for a decision"}
	}
	if why := a.bars(by); why != "" {
		return a, &FieldError{Path: "approval.by", Rule: RuleApprovalConflict, Reason: why}
	}
	why := fmt.Sprintf("is not asked at level %q", a.Levels[open[0]].Name)
	for _, level := range open {
		if a.decided(level, by) {
			why = "has decided on this level already"
			continue
		}
		seat, asked := a.seat(level, by, DateOf(at, time.UTC))
		if !asked {
			continue
		}
		d := ApprovalDecision{By: by.ID, Employee: by.Employee, Level: level, Agree: agree, Reason: reason, At: at}
		if seat != by.ID {
			d.For = seat
		}
		a.Decisions = append(slices.Clone(a.Decisions), d)
		return a, nil
	}
	return a, &FieldError{Path: "approval.by", Rule: RuleApprovalActor, Reason: why}
}

// decided reports whether somebody has decided on a level, under whatever id.
func (a Approval) decided(level int, by Actor) bool {
	return slices.ContainsFunc(a.Decisions, func(d ApprovalDecision) bool {
		return d.Level == level && (d.By == by.ID || by.Employee != "" && (d.Employee == by.Employee || EmployeeID(d.By) == by.Employee) || d.Employee != "" && d.Employee == EmployeeID(by.ID))
	})
}

// seat finds in whose place somebody decides on a level: their own first, else that of the first approver they stand in for who has not
// decided and might.
func (a Approval) seat(level int, by Actor, on Date) (ActorID, bool) {
	l := a.Levels[level]
	taken := func(seat ActorID) bool {
		return slices.ContainsFunc(a.Decisions, func(d ApprovalDecision) bool { return d.Level == level && d.seat() == seat })
	}
	if slices.Contains(l.Approvers, by.ID) && !taken(by.ID) {
		return by.ID, true
	}
	for _, s := range l.StandIns {
		if s.By == by.ID && (s.Period.IsZero() || s.Period.Contains(on)) && slices.Contains(l.Approvers, s.For) && !taken(s.For) && a.bars(Actor{ID: s.For, Employee: s.ForEmployee}) == "" {
			return s.For, true
		}
	}
	return "", false
}

// Escalate returns the approval with those whom an open level names for it asked beside its approvers. That the level is overdue is for
// the caller to find; see [Approval.Due]. It returns a [FieldError]: RuleApprovalDone for a level that is not asked now, and
// RuleApprovalEscalation for one that was escalated or names nobody who may decide.
func (a Approval) Escalate(level int, at time.Time) (Approval, error) {
	if !slices.Contains(a.Open(), level) {
		return a, &FieldError{Path: "approval.level", Rule: RuleApprovalDone, Reason: "is not waiting for a decision"}
	}
	l := a.Levels[level]
	to := slices.DeleteFunc(slices.Clone(l.Escalate), func(id ActorID) bool { return a.bars(Actor{ID: id}) != "" || slices.Contains(l.Approvers, id) })
	if a.Escalated(level) || len(to) == 0 {
		return a, &FieldError{Path: "approval.level", Rule: RuleApprovalEscalation, Reason: "was escalated already, or names nobody else who may decide"}
	}
	a.Levels = cloneLevels(a.Levels)
	a.Levels[level].Approvers = append(a.Levels[level].Approvers, to...)
	a.Escalations = append(slices.Clone(a.Escalations), ApprovalEscalation{Level: level, To: to, At: at})
	return a, nil
}

// Escalated reports whether a level was escalated.
func (a Approval) Escalated(level int) bool {
	return slices.ContainsFunc(a.Escalations, func(e ApprovalEscalation) bool { return e.Level == level })
}

// Rerouted returns the approval with what a route that is asked again says of the levels that have not agreed: whoever it names is
// asked too, and who stands in is who stands in now. A route of other levels than the first is a [FieldError] with RuleApprovalRoute.
func (a Approval) Rerouted(levels ...ApprovalLevel) (Approval, error) {
	if !slices.EqualFunc(a.Levels, levels, func(x, y ApprovalLevel) bool { return x.Name == y.Name }) {
		return a, &FieldError{Path: "levels", Rule: RuleApprovalRoute, Reason: "are others than those that were asked first"}
	}
	now := cloneLevels(a.Levels)
	for i, l := range cloneLevels(levels) {
		if a.agreed(i) {
			continue
		}
		for _, id := range l.Approvers {
			if !slices.Contains(now[i].Approvers, id) {
				now[i].Approvers = append(now[i].Approvers, id)
			}
		}
		now[i].StandIns = l.StandIns
	}
	a.Levels = now
	return a, nil
}
