package lifecycle

import (
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// ChecklistID names a checklist.
type ChecklistID string

// ChecklistKind says what a checklist is for. The empty kind is not one.
type ChecklistKind string

const (
	Joining ChecklistKind = "joining" // its days are counted from the first day of the employment
	Leaving ChecklistKind = "leaving" // its days are counted from the last day, planned or recorded
)

// Gate is what a task holds up while it is open. The empty gate is none.
type Gate string

const (
	GateJoin       Gate = "join"       // no joining without it: see [Service.Join]
	GateExit       Gate = "exit"       // no exit without it: see [Service.Exit]
	GateSettlement Gate = "settlement" // no settlement without it: see [Service.SettlementGates] and [Service.Settle]
)

// kind returns the kind of checklist that may hold a gate up.
func (g Gate) kind() ChecklistKind {
	if g == GateJoin {
		return Joining
	}
	return Leaving
}

// TaskState is where a task stands.
type TaskState string

const (
	TaskOpen    TaskState = "open"
	TaskDone    TaskState = "done"
	TaskWaived  TaskState = "waived"  // it will not be done, for the reason given
	TaskMissing TaskState = "missing" // of an asset: it is not returned, and its value is recovered with the settlement
)

// Asset is something that the employer lent, to be returned.
type Asset struct {
	Name  string   `json:"name" class:"private"`
	Value hr.Money `json:"value,omitzero" class:"money"` // what is recovered where it is not returned
}

// Task is one thing to do on a checklist.
type Task struct {
	ID        string       `json:"id" class:"public"`
	Title     string       `json:"title" class:"public"`
	Owners    []hr.ActorID `json:"owners" class:"public"`              // who may say that it is done; one of them is enough
	Waivers   []hr.ActorID `json:"waivers,omitempty" class:"public"`   // who may waive it; none: it must be done
	After     []string     `json:"after,omitempty" class:"public"`     // the tasks that must not be open any more before this one is done
	Days      int          `json:"days" class:"public"`                // working days from the first or last day; below zero: before it
	Due       hr.Date      `json:"due" class:"private"`                // the day by the end of which it should be done
	Documents []string     `json:"documents,omitempty" class:"public"` // the kinds of document without which it is not done
	Gate      Gate         `json:"gate,omitempty" class:"public"`      // what waits for it
	Asset     Asset        `json:"asset,omitzero" class:"money"`       // of a return: what

	State  TaskState  `json:"state" class:"public"`
	By     hr.ActorID `json:"by,omitempty" class:"public"`      // who ended it
	At     time.Time  `json:"at,omitzero" class:"public"`       // when
	Reason string     `json:"reason,omitempty" class:"private"` // why it is waived or missing
	Given  []hr.Ref   `json:"given,omitempty" class:"private"`  // the documents given
}

// Checklist is what has to be done for somebody to join or leave: a case. Version 0 is not stored yet.
type Checklist struct {
	ID       ChecklistID     `json:"id" class:"public"`
	Employee hr.EmployeeID   `json:"employee" class:"public"`
	Kind     ChecklistKind   `json:"kind" class:"public"`
	Template string          `json:"template" class:"public"`           // the name of the template
	Since    hr.Date         `json:"since" class:"private"`             // the first day of the employment that it belongs to
	Day      hr.Date         `json:"day" class:"private"`               // the first or last day, from which days are counted
	Started  hr.Date         `json:"started" class:"public"`            // no task is due before the first working day from here on
	Dropped  bool            `json:"dropped,omitempty" class:"public"`  // they stay after all
	NextDue  hr.Date         `json:"next_due,omitzero" class:"private"` // the earliest due day of an open task; zero: none is open, or it is dropped
	Tasks    []Task          `json:"tasks" class:"money"`
	Version  storage.Version `json:"version" class:"public"`
}

// LogValue hides what was lent and why things were waived.
func (c Checklist) LogValue() slog.Value { return slog.StringValue("[checklist " + string(c.ID) + "]") }

func (c Checklist) task(id string) int {
	return slices.IndexFunc(c.Tasks, func(t Task) bool { return t.ID == id })
}

// Waiting returns the tasks that are still open and that a task waits for.
func (c Checklist) Waiting(t Task) (ids []string) {
	for _, id := range t.After {
		if i := c.task(id); i >= 0 && c.Tasks[i].State == TaskOpen {
			ids = append(ids, id)
		}
	}
	return ids
}

// Open returns the tasks that hold a gate up, in order; none of a dropped checklist.
func (c Checklist) Open(g Gate) (tasks []Task) {
	for _, t := range c.Tasks {
		if !c.Dropped && t.State == TaskOpen && t.Gate == g {
			tasks = append(tasks, t)
		}
	}
	return tasks
}

// NotReturned returns the assets that are missing: what the settlement recovers.
func (c Checklist) NotReturned() (assets []Asset) {
	for _, t := range c.Tasks {
		if t.State == TaskMissing {
			assets = append(assets, t.Asset)
		}
	}
	return assets
}

// TaskEnd says how a task ended: done, with the documents it asks for; waived, with a reason; missing, of an asset, with a reason.
type TaskEnd struct {
	State  TaskState
	Reason string   `class:"private"`
	Given  []hr.Ref // documents by kind
}

// End returns the checklist with a task ended. Faults come together as [hr.FieldError]s: a task that is not there (RuleTaskUnknown) or not
// open, or of a dropped checklist (RuleTaskState); one that waits for others (RuleTaskAfter); documents that are missing (RuleTaskDocuments); no
// reason (RuleTaskReason); and somebody who may not (RuleTaskActor): an owner says that it is done or missing; who may waive it waives
// it, and nobody waives for themselves.
func (c Checklist) End(task string, by hr.Actor, end TaskEnd, at time.Time) (Checklist, error) {
	i := c.task(task)
	if i < 0 {
		return c, &hr.FieldError{Path: "task", Rule: RuleTaskUnknown, Reason: "is not on the checklist", Err: storage.ErrNotFound}
	}
	t := c.Tasks[i]
	var faults hr.Faults
	if t.State != TaskOpen || c.Dropped {
		faults.Add("task", RuleTaskState, "is not open any more")
	}
	may := t.Owners
	switch end.State {
	case TaskDone:
		for _, kind := range t.Documents {
			if !slices.ContainsFunc(end.Given, func(r hr.Ref) bool { return r.Kind == kind && r.ID != "" }) {
				faults.Add("given", RuleTaskDocuments, "a document of kind %s is needed", kind)
			}
		}
		if waits := c.Waiting(t); len(waits) > 0 {
			faults.Add("task", RuleTaskAfter, "waits for %s", strings.Join(waits, ", "))
		}
	case TaskWaived:
		may = t.Waivers
		if is(by, hr.ActorID(c.Employee)) {
			faults.Add("by", RuleTaskActor, "nobody waives for themselves")
		}
	case TaskMissing:
		if t.Asset.Name == "" {
			faults.Add("state", RuleTaskState, "only an asset can be missing")
		}
	default:
		faults.Add("state", RuleTaskState, "must be done, waived or missing")
	}
	if end.State != TaskDone && strings.TrimSpace(end.Reason) == "" {
		faults.Missing("reason", RuleTaskReason)
	}
	if !slices.ContainsFunc(may, func(id hr.ActorID) bool { return is(by, id) }) {
		faults.Add("by", RuleTaskActor, "is not among those who may")
	}
	if faults.Any() {
		return c, faults.Err()
	}
	t.State, t.By, t.At, t.Reason, t.Given = end.State, by.ID, at, end.Reason, slices.Clone(end.Given)
	c.Tasks = slices.Clone(c.Tasks)
	c.Tasks[i] = t
	c.NextDue = c.nextDue()
	return c, nil
}

// is reports whether an actor is who an id names: the id itself, or the employee of the same text.
func is(by hr.Actor, id hr.ActorID) bool {
	return by.ID == id || by.Employee != "" && hr.ActorID(by.Employee) == id
}

func (c Checklist) nextDue() (day hr.Date) {
	for _, t := range c.Tasks {
		if !c.Dropped && t.State == TaskOpen && (day.IsZero() || t.Due.Before(day)) {
			day = t.Due
		}
	}
	return day
}

// Redate returns the checklist with its days counted from another first or last day: what is open is due by it, but not before today; what
// has ended keeps its day. Days are those of the employee's calendar. It returns the error of [hr.Calendar.Day] where that ends.
func (c Checklist) Redate(day, today hr.Date, calendar hr.Calendar) (Checklist, error) {
	c.Day, c.Tasks = day, slices.Clone(c.Tasks)
	floor, err := calendar.AddWorkingDays(today.Add(-1), 1)
	if err != nil {
		return c, err
	}
	var faults hr.Faults
	for i := range c.Tasks {
		t := &c.Tasks[i]
		if t.State != TaskOpen {
			continue
		}
		due, err := calendar.AddWorkingDays(day, t.Days)
		faults.Join(fmt.Sprintf("tasks[%d].due", i), err)
		if due.Before(floor) {
			due = floor
		}
		t.Due = due
	}
	c.NextDue = c.nextDue()
	return c, faults.Err()
}

// Drop returns the checklist as one that is needed no more: they stay after all.
func (c Checklist) Drop() Checklist {
	c.Dropped, c.NextDue = true, hr.Date{}
	return c
}

// TaskDue is a task that should be done, for a host to act on.
type TaskDue struct {
	Checklist ChecklistID
	Employee  hr.EmployeeID
	Task      string
	Title     string
	Owners    []hr.ActorID // who is reminded
	Due       hr.Date
	Overdue   bool     // the due day is over
	Waits     []string // the open tasks that it waits for; none: it can be done now
}

// TasksDue lists the open tasks of checklists that are due on day or within so many calendar days after it, by due day. It is pure.
func TasksDue(lists []Checklist, day hr.Date, within int) (due []TaskDue) {
	for _, c := range lists {
		for _, t := range c.Tasks {
			if c.Dropped || t.State != TaskOpen || t.Due.After(day.Add(within)) {
				continue
			}
			due = append(due, TaskDue{c.ID, c.Employee, t.ID, t.Title, slices.Clone(t.Owners), t.Due, t.Due.Before(day), c.Waiting(t)})
		}
	}
	slices.SortStableFunc(due, func(a, b TaskDue) int { return a.Due.Compare(b.Due) })
	return due
}
