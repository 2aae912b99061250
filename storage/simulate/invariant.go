package simulate

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave"
)

// Invariant is something that must hold after every step, whatever has gone wrong.
type Invariant struct {
	Name  string
	Means string // the sentence, for a person
	check func(ctx context.Context, w *World, s Scope) (violations []string, err error)
}

// Scope is what may have changed since the last look. An invariant may look at more, and at the end of a month looks at everything.
type Scope struct {
	Employees []hr.EmployeeID
	Whole     bool            // the end of a month, or of the history
	End       bool            // the end of the history
	moved     []hr.EmployeeID // of Employees those of whom another fact is known than at the last look, and everybody when a month ends
	done      []Step          // the steps that were not refused
	runs      []*run
	requests  []leave.RequestID
}

// did reports whether a step with a verb was done.
func (s Scope) did(verb string) bool {
	return slices.ContainsFunc(s.done, func(s Step) bool { return s.Verb == verb })
}

// Invariants returns all of them.
func Invariants() []Invariant {
	return []Invariant{
		{"money", "the lines of a payslip are its net pay, the payslips of a run are its journal, and that is its payments and what is held", money},
		{"posted", "of each run there is one payslip and one posting for each person, of the same amounts", posted},
		{"figures", "everybody's payslip can be calculated: no rule of the law or of the house fails for anybody", figures},
		{"retro", "after a regular run nothing is owed, and what was posted for a period is what today's knowledge makes of it", retro},
		{"balance", "the balance of leave is the sum of its ledger", balance},
		{"floor", "leave is never below its floor", floor},
		{"time", "what is paid and what is not is the time employed, and the minutes worked are those between punches", minutes},
		{"employed", "nobody is paid for a day on which they are not employed, and nobody who was not hired", employed},
		{"states", "an employment is where its happenings lead", states},
		{"approval", "who approves is neither who calculated nor whom it is about", approval},
		{"agreed", "what is paid is what was approved, and leave that was not agreed to takes no day", agreed},
		{"debts", "what is owed is what payslips lent less what they took back, and no more is taken", debts},
		{"erased", "who is erased is gone, and the audit holds without them", erased},
		{"work", "nobody does what is not their work", work},
		{"account", "pay goes where the person last said, with the consent of who may say so", toldAccount},
		{"audit", "the audit chain holds", audit},
		{"seats", "an opening hires no more than it has seats, and who accepts is one employee", seats},
		{"events", "a consumer acts once on each event, however often and in whatever order they arrive, and what it made of them is what is there", mirrored},
		{"memory", "what was answered as known then is answered again", remembered},
	}
}

// leaks looks for what may never be said in an error, however it is printed.
func (w *World) leaks(step Step, err error) {
	text := fmt.Sprintf("%v %+v %#v", err, err, err)
	for _, word := range []string{"PLANTED", "Planted"} {
		if strings.Contains(text, word) {
			w.violate(step, "secrets", "an error says what it may not")
			return
		}
	}
}
