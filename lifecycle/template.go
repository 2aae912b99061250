package lifecycle

import (
	"fmt"
	"slices"

	"github.com/musterhr/hr"
)

// AskEmployee is, of a task, the employee whom the checklist is about. It approves nothing.
const AskEmployee ApproverKind = "employee"

// ChecklistTemplate is what a checklist is made from: the first template of a kind that fits the place and the grade on the first or last day.
type ChecklistTemplate struct {
	Name   string
	Kind   ChecklistKind
	Places []string // empty: everywhere
	Grades []string // empty: all
	Tasks  []TaskTemplate
	// Returns says who takes back what was lent, and who may waive it. Each asset that a checklist is started with is a task of theirs, due
	// on the last day, without which there is no settlement.
	Returns        Approver
	ReturnsWaivers []Approver
}

// TaskTemplate is one task of a template.
type TaskTemplate struct {
	ID        string
	Title     string
	Owner     Approver
	Waivers   []Approver // none: it must be done
	After     []string
	Days      int // working days from the first or last day: -5 is the fifth before it, 0 the day itself
	Documents []string
	Gate      Gate
}

// Validate returns every fault of a template as [hr.FieldError]s with RuleChecklistTemplate: names that are missing or used twice, a kind
// or a gate that is none or belongs to the other kind, owners that cannot be found, tasks that wait for what is not there or, in a
// circle, for themselves.
func (t ChecklistTemplate) Validate() error {
	var faults hr.Faults
	bad := func(at, reason string, args ...any) { faults.Add(at, RuleChecklistTemplate, reason, args...) }
	if t.Name == "" {
		faults.Missing("name", RuleChecklistTemplate)
	}
	if t.Kind != Joining && t.Kind != Leaving {
		bad("kind", "must be joining or leaving")
	}
	if t.Returns.Kind != "" && !t.Returns.owns() {
		bad("returns", "must be somebody who can be found")
	}
	for i, task := range t.Tasks {
		at := fmt.Sprintf("tasks[%d]", i)
		if task.ID == "" || task.Title == "" || slices.ContainsFunc(t.Tasks[:i], func(o TaskTemplate) bool { return o.ID == task.ID }) {
			bad(at+".id", "needs an id of its own and a title")
		}
		if !task.Owner.owns() {
			bad(at+".owner", "must be the employee, or somebody who can be found")
		}
		for j, w := range task.Waivers {
			if !w.owns() || w.Kind == AskEmployee {
				bad(fmt.Sprintf("%s.waivers[%d]", at, j), "must be somebody who can be found, and not the employee")
			}
		}
		if task.Gate != "" && (task.Gate != GateJoin && task.Gate != GateExit && task.Gate != GateSettlement || task.Gate.kind() != t.Kind) {
			bad(at+".gate", "is no gate of this kind of checklist")
		}
		for _, id := range task.After {
			if !slices.ContainsFunc(t.Tasks, func(o TaskTemplate) bool { return o.ID == id }) {
				bad(at+".after", "waits for %s, which is not there", id)
			}
		}
		if t.waitsFor(task.ID, task.ID, map[string]bool{}) {
			bad(at+".after", "waits for itself")
		}
	}
	return faults.Err()
}

// owns reports whether a names somebody who may have a task.
func (a Approver) owns() bool {
	switch a.Kind {
	case AskManager, AskHead, AskDotted, AskEmployee:
		return a.Up >= 0
	case AskRole:
		return a.Role != ""
	case AskPerson:
		return a.Person.ID != ""
	}
	return false
}

// waitsFor reports whether a task waits for another, directly or through others.
func (t ChecklistTemplate) waitsFor(task, other string, seen map[string]bool) bool {
	if seen[task] {
		return false
	}
	seen[task] = true
	for _, x := range t.Tasks {
		if x.ID != task {
			continue
		}
		for _, id := range x.After {
			if id == other || t.waitsFor(id, other, seen) {
				return true
			}
		}
	}
	return false
}

// fits reports whether a template is for somebody with these terms.
func (t ChecklistTemplate) fits(kind ChecklistKind, terms hr.Terms) bool {
	of := func(list []string, value string) bool { return len(list) == 0 || slices.Contains(list, value) }
	return t.Kind == kind && of(t.Places, terms.Place) && of(t.Grades, terms.Grade)
}

// holds reports whether a checklist of the template may hold a gate up.
func (t ChecklistTemplate) holds(g Gate) bool {
	return slices.ContainsFunc(t.Tasks, func(x TaskTemplate) bool { return x.Gate == g })
}

// make returns the tasks of a template, all open and without a day, for somebody whom owners finds.
func (t ChecklistTemplate) make(assets []Asset, owners func(...Approver) []hr.ActorID) (tasks []Task) {
	for _, x := range t.Tasks {
		tasks = append(tasks, Task{
			ID: x.ID, Title: x.Title, Owners: owners(x.Owner), Waivers: owners(x.Waivers...), After: slices.Clone(x.After),
			Days: x.Days, Documents: slices.Clone(x.Documents), Gate: x.Gate, State: TaskOpen,
		})
	}
	for i, a := range assets {
		task := Task{ID: fmt.Sprintf("return/%d", i+1), Title: "Return " + a.Name, Owners: owners(t.Returns), Waivers: owners(t.ReturnsWaivers...), Asset: a, State: TaskOpen}
		if t.Kind == Leaving {
			task.Gate = GateSettlement
		}
		tasks = append(tasks, task)
	}
	return tasks
}
