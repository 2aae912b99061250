package hr

import (
	"fmt"
	"slices"
	"strings"
)

// Transition is one row of a [Machine]: in state From, event On leads to state To.
type Transition[S, E ~string] struct {
	From S
	On   E
	To   S
}

// Machine is a state machine as data: a table of who may go where on what. It is immutable and safe for concurrent use.
// It runs nothing: the caller does what a transition means after it has the new state. The zero Machine has no state.
type Machine[S, E ~string] struct {
	start S
	rows  []Transition[S, E] // by From, then On
}

// NewMachine returns the machine that starts in start. All faults come together as [FieldError]s: a row without a state
// or event and two rows for one state and event (RuleMachineRow), a state that cannot be reached from start
// (RuleMachineReach).
func NewMachine[S, E ~string](start S, rows ...Transition[S, E]) (Machine[S, E], error) {
	var faults Faults
	if start == "" {
		faults.Missing("start", RuleMachineRow)
	}
	type key struct {
		from S
		on   E
	}
	seen := map[key]bool{}
	for i, r := range rows {
		at := fmt.Sprintf("rows[%d]", i)
		if r.From == "" || r.On == "" || r.To == "" {
			faults.Add(at, RuleMachineRow, "needs a state, an event and a state")
		}
		if seen[key{r.From, r.On}] {
			faults.Add(at, RuleMachineRow, "is the second row for %s on %s", r.From, r.On)
		}
		seen[key{r.From, r.On}] = true
	}
	m := Machine[S, E]{start: start, rows: slices.Clone(rows)}
	slices.SortStableFunc(m.rows, func(a, b Transition[S, E]) int {
		return strings.Compare(string(a.From)+"\x00"+string(a.On), string(b.From)+"\x00"+string(b.On))
	})
	reached := map[S]bool{start: true}
	for grew := true; grew; {
		grew = false
		for _, r := range rows {
			if reached[r.From] && !reached[r.To] {
				reached[r.To], grew = true, true
			}
		}
	}
	for _, s := range m.States() {
		if !reached[s] {
			faults.Add("rows", RuleMachineReach, "no way leads from %s to %s", start, s)
		}
	}
	if faults.Any() {
		return Machine[S, E]{}, faults.Err()
	}
	return m, nil
}

// MustMachine is [NewMachine] for package-level tables; it panics on a fault.
func MustMachine[S, E ~string](start S, rows ...Transition[S, E]) Machine[S, E] {
	m, err := NewMachine(start, rows...)
	if err != nil {
		panic(err)
	}
	return m
}

// Start returns the state in which everything begins.
func (m Machine[S, E]) Start() S { return m.start }

// Next returns the state that on leads to from from, or a [TransitionError] that names what is allowed there.
func (m Machine[S, E]) Next(from S, on E) (S, error) {
	for _, r := range m.rows {
		if r.From == from && r.On == on {
			return r.To, nil
		}
	}
	return "", &TransitionError[S, E]{From: from, On: on, Allowed: m.Allowed(from)}
}

// Allowed lists the events that lead on from a state, sorted: the buttons of a page.
func (m Machine[S, E]) Allowed(from S) []E {
	var events []E
	for _, r := range m.rows {
		if r.From == from {
			events = append(events, r.On)
		}
	}
	return events
}

// States lists every state, sorted.
func (m Machine[S, E]) States() []S {
	states := []S{m.start}
	for _, r := range m.rows {
		states = append(states, r.From, r.To)
	}
	slices.Sort(states)
	return slices.Compact(states)
}

// Terminal reports whether nothing leads on from a state.
func (m Machine[S, E]) Terminal(s S) bool { return len(m.Allowed(s)) == 0 }

// Rows returns a copy of the table, sorted by state and event: to extend it, append to the copy and call [NewMachine].
func (m Machine[S, E]) Rows() []Transition[S, E] { return slices.Clone(m.rows) }

// DOT draws the machine in Graphviz's language, the same text every time. Terminal states have a double border. The point that the
// machine begins at is the node start, or start_ where a state has that name.
func (m Machine[S, E]) DOT(name string) string {
	var b strings.Builder
	point := "start"
	for slices.Contains(m.States(), S(point)) {
		point += "_"
	}
	fmt.Fprintf(&b, "digraph %q {\n\trankdir=LR;\n\tnode [shape=box, style=rounded];\n\t%s [shape=point];\n", name, point)
	for _, s := range m.States() {
		if m.Terminal(s) {
			fmt.Fprintf(&b, "\t%q [peripheries=2];\n", s)
		} else {
			fmt.Fprintf(&b, "\t%q;\n", s)
		}
	}
	fmt.Fprintf(&b, "\t%s -> %q;\n", point, m.start)
	for _, r := range m.rows {
		fmt.Fprintf(&b, "\t%q -> %q [label=%q];\n", r.From, r.To, r.On)
	}
	b.WriteString("}\n")
	return b.String()
}

// TransitionError says that an event is not possible in a state. errors.Is finds [ErrInvalid].
type TransitionError[S, E ~string] struct {
	From    S
	On      E
	Allowed []E // what is possible instead, sorted; empty in a terminal state
}

// Error names the event, the state and what is allowed there.
func (e *TransitionError[S, E]) Error() string {
	return fmt.Sprintf("%s [%s]", e.reason(), RuleMachineMove)
}

func (e *TransitionError[S, E]) reason() string {
	if len(e.Allowed) == 0 {
		return fmt.Sprintf("%s is not possible in state %s, which is final", e.On, e.From)
	}
	return fmt.Sprintf("%s is not possible in state %s; allowed: %s", e.On, e.From, joinWords(e.Allowed))
}

// As lets errors.As, and with it [FieldErrors], find it as a [FieldError] with RuleMachineMove, whatever its states are.
func (e *TransitionError[S, E]) As(target any) bool {
	fe, ok := target.(**FieldError)
	if ok {
		*fe = &FieldError{Rule: RuleMachineMove, Reason: e.reason(), Err: e}
	}
	return ok
}

// Unwrap returns [ErrInvalid].
func (e *TransitionError[S, E]) Unwrap() error { return ErrInvalid }

func joinWords[E ~string](words []E) string {
	parts := make([]string, len(words))
	for i, w := range words {
		parts[i] = string(w)
	}
	return strings.Join(parts, ", ")
}
