package hr_test

import (
	"fmt"
	"os"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/musterhr/hr"
)

type (
	doorState string
	doorEvent string
)

func door() hr.Machine[doorState, doorEvent] {
	return hr.MustMachine("closed",
		hr.Transition[doorState, doorEvent]{From: "open", On: "close", To: "closed"},
		hr.Transition[doorState, doorEvent]{From: "closed", On: "open", To: "open"},
		hr.Transition[doorState, doorEvent]{From: "closed", On: "lock", To: "locked"},
		hr.Transition[doorState, doorEvent]{From: "locked", On: "unlock", To: "closed"},
		hr.Transition[doorState, doorEvent]{From: "open", On: "remove", To: "gone"},
	)
}

func TestMachineMoves(t *testing.T) {
	m := door()
	require.Equal(t, doorState("closed"), m.Start())
	next, err := m.Next("closed", "lock")
	require.NoError(t, err)
	require.Equal(t, doorState("locked"), next)
	require.Equal(t, []doorEvent{"lock", "open"}, m.Allowed("closed"), "sorted: the buttons of a page")
	require.Equal(t, []doorState{"closed", "gone", "locked", "open"}, m.States())
	require.True(t, m.Terminal("gone") && !m.Terminal("open"))
	_, err = m.Next("locked", "open")
	require.EqualError(t, err, "open is not possible in state locked; allowed: unlock [hr.machine.transition]")
	require.ErrorIs(t, err, hr.ErrInvalid)
	var refused *hr.TransitionError[doorState, doorEvent]
	require.ErrorAs(t, err, &refused)
	require.Equal(t, []doorEvent{"unlock"}, refused.Allowed)
	_, err = m.Next("gone", "open")
	require.EqualError(t, err, "open is not possible in state gone, which is final [hr.machine.transition]")
	found := hr.FieldErrors(fmt.Errorf("leave.Decide: %w", err))
	require.Len(t, found, 1, "a host that knows rules only finds it by its rule")
	require.Equal(t, hr.RuleMachineMove, found[0].Rule)
	require.Equal(t, "open is not possible in state gone, which is final", found[0].Reason)
	rows := m.Rows()
	rows[0].To = "nowhere"
	require.Equal(t, []doorState{"closed", "gone", "locked", "open"}, m.States(), "the machine is immutable")
	bigger, err := hr.NewMachine(m.Start(), append(m.Rows(), hr.Transition[doorState, doorEvent]{From: "gone", On: "hang", To: "closed"})...)
	require.NoError(t, err)
	require.False(t, bigger.Terminal("gone"))
}

func TestMachineReportsEveryFaultAtOnce(t *testing.T) {
	type row = hr.Transition[doorState, doorEvent]
	_, err := hr.NewMachine("", row{"a", "x", "b"}, row{"a", "x", "c"}, row{"", "y", "b"}, row{"island", "swim", "island"})
	rules := map[hr.Rule]int{}
	for _, f := range hr.FieldErrors(err) {
		rules[f.Rule]++
	}
	require.Equal(t, 3, rules[hr.RuleMachineRow], err) // no start, a second row, a row without a state
	require.NotZero(t, rules[hr.RuleMachineReach], err)
	_, err = hr.NewMachine("a", row{"a", "x", "b"}, row{"b", "y", "a"}, row{"c", "z", "a"})
	require.EqualError(t, err, "rows: no way leads from a to c [hr.machine.unreachable]")
	require.Panics(t, func() { hr.MustMachine[doorState, doorEvent]("") })
}

const doorDOT = `digraph "door" {
	rankdir=LR;
	node [shape=box, style=rounded];
	start [shape=point];
	"closed";
	"gone" [peripheries=2];
	"locked";
	"open";
	start -> "closed";
	"closed" -> "locked" [label="lock"];
	"closed" -> "open" [label="open"];
	"locked" -> "closed" [label="unlock"];
	"open" -> "closed" [label="close"];
	"open" -> "gone" [label="remove"];
}
`

func TestMachineDrawsTheSamePictureWhateverTheOrderOfRows(t *testing.T) {
	require.Equal(t, doorDOT, door().DOT("door"))
	rapid.Check(t, func(t *rapid.T) {
		m, err := hr.NewMachine("closed", rapid.Permutation(door().Rows()).Draw(t, "rows")...)
		require.NoError(t, err)
		require.Equal(t, doorDOT, m.DOT("door"))
	})
}

// A walk of any length stays inside the table: it only ever moves along a row, and a refusal names what is allowed.
func TestMachineWalks(t *testing.T) {
	m := door()
	rapid.Check(t, func(t *rapid.T) {
		at := m.Start()
		for range rapid.IntRange(0, 30).Draw(t, "steps") {
			on := rapid.SampledFrom([]doorEvent{"open", "close", "lock", "unlock", "remove", "kick"}).Draw(t, "on")
			next, err := m.Next(at, on)
			allowed := false
			for _, r := range m.Rows() {
				if r.From == at && r.On == on {
					allowed = true
					require.Equal(t, r.To, next)
				}
			}
			require.Equal(t, allowed, err == nil)
			if err == nil {
				at = next
			}
		}
	})
}

func ExampleMachine() {
	m := hr.MustMachine("draft",
		hr.Transition[string, string]{From: "draft", On: "submit", To: "pending"},
		hr.Transition[string, string]{From: "pending", On: "approve", To: "approved"},
		hr.Transition[string, string]{From: "pending", On: "refuse", To: "refused"},
	)
	fmt.Println(m.Next("draft", "submit"))
	fmt.Println(m.Allowed("pending"))
	_, err := m.Next("approved", "submit")
	fmt.Println(err)
	// Output:
	// pending <nil>
	// [approve refuse]
	// submit is not possible in state approved, which is final [hr.machine.transition]
}

// A state may be called start: the point that the machine begins at is then another node.
func TestDOTOfAStateNamedStart(t *testing.T) {
	drawn := hr.MustMachine("start", hr.Transition[string, string]{From: "start", On: "go", To: "start_"}).DOT("m")
	require.Contains(t, drawn, "\n\tstart__ [shape=point];\n")
	require.Contains(t, drawn, "\n\tstart__ -> \"start\";\n")
	require.Contains(t, drawn, "\n\t\"start\";\n")
}

func ExampleMachine_DOT() {
	m := hr.MustMachine("on", hr.Transition[string, string]{From: "on", On: "switch", To: "off"}, hr.Transition[string, string]{From: "off", On: "switch", To: "on"})
	_, _ = os.Stdout.WriteString(m.DOT("lamp"))
	// Output:
	// digraph "lamp" {
	// 	rankdir=LR;
	// 	node [shape=box, style=rounded];
	// 	start [shape=point];
	// 	"off";
	// 	"on";
	// 	start -> "on";
	// 	"off" -> "on" [label="switch"];
	// 	"on" -> "off" [label="switch"];
	// }
}
