package hr_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/musterhr/hr"
)

var noon = time.Date(2026, 10, 31, 12, 0, 0, 0, time.UTC)

func TestCommandNeedsAnIDAndAnActor(t *testing.T) {
	err := hr.Command{}.Validate()
	require.ErrorIs(t, err, hr.ErrRequired)
	require.Equal(t, []string{"command.id", "command.actor"}, paths(err))
	require.NoError(t, hr.Command{ID: "c1", Actor: hr.Actor{ID: "ann"}}.Validate())
}

func paths(err error) (paths []string) {
	for _, f := range hr.FieldErrors(err) {
		paths = append(paths, f.Path)
	}
	return paths
}

func TestChildInheritsAndHasAnIDOfItsOwn(t *testing.T) {
	c := hr.Command{ID: "c1", Actor: hr.Actor{ID: "ann"}, Purpose: "hiring", Reason: "accepted"}
	require.False(t, c.Stamped())
	c = c.Stamp(noon, "seed")
	child := c.Child("recruitment.Accept", "hire", "E1")
	require.True(t, child.Stamped())
	require.Equal(t, []any{c.Actor, c.Purpose, c.Reason, c.At()}, []any{child.Actor, child.Purpose, child.Reason, child.At()})
	require.Equal(t, hr.CommandID("c1/recruitment.Accept/hire/E1"), child.ID)
	require.Equal(t, []string{"recruitment.Accept"}, child.Via())
	grandchild := child.Child("lifecycle.Hire")
	require.Equal(t, []string{"recruitment.Accept", "lifecycle.Hire"}, grandchild.Via())
	require.Equal(t, []string{"recruitment.Accept"}, child.Via(), "a child does not reach into its parent")
	require.Empty(t, c.Via())
	child.Via()[0] = "x"
	require.Equal(t, []string{"recruitment.Accept"}, child.Via())
	view := child.View("lifecycle.Hire", hr.Known{Own: 3})
	require.Equal(t, []string{"recruitment.Accept", "lifecycle.Hire"}, view.Via())
	require.Equal(t, hr.Known{Own: 3}, view.Known)
	require.Equal(t, c.Actor, view.Actor)
	require.Equal(t, []string{"recruitment.Accept", "lifecycle.Hire", "leave.Balance"}, view.Inside("leave.Balance").Via())
	require.Equal(t, hr.Known{Own: 9}, view.At(hr.Known{Own: 9}).Known)
	require.Equal(t, hr.Known{Own: 3}, view.Known)
}

// Two siblings grown from one parent share no memory, whatever room its list of verbs had left.
func TestSiblingsDoNotOverwriteEachOther(t *testing.T) {
	parent := hr.Command{ID: "c"}.Child("a").Child("b").Child("c")
	one, two := parent.Child("one"), parent.Child("two")
	require.Equal(t, []string{"a", "b", "c", "one"}, one.Via())
	require.Equal(t, []string{"a", "b", "c", "two"}, two.Via())
}

// Children are told apart by their keys, wherever a separator stands inside one.
func TestChildIDsDiffer(t *testing.T) {
	text := rapid.StringMatching(`[a/%.]{0,4}`)
	rapid.Check(t, func(t *rapid.T) {
		keys, others := rapid.SliceOfN(text, 0, 3).Draw(t, "keys"), rapid.SliceOfN(text, 0, 3).Draw(t, "others")
		c := hr.Command{ID: "c1"}
		same := fmt.Sprintf("%q", keys) == fmt.Sprintf("%q", others)
		require.Equal(t, same, c.Child("v", keys...).ID == c.Child("v", others...).ID, "%q %q", keys, others)
		require.Equal(t, same, c.NewID("v", keys...) == c.NewID("v", others...))
	})
}

// The ids that a command makes are part of what is stored: they never change. The expected ones were worked out with
// another program (Python's hashlib and base64 over the same length-prefixed parts).
func TestNewIDIsStable(t *testing.T) {
	c := hr.Command{ID: "c1"}.Stamp(noon, "seed")
	require.Equal(t, "punch_nu532q6ystucbwtmc2wlzhbomm", c.NewID("punch"))
	require.Equal(t, "punch_xhsjdjvm6wheswnpscagu2ftre", c.NewID("punch", "1"))
	require.Equal(t, c.NewID("punch"), c.Stamp(noon.Add(time.Hour), "seed").NewID("punch"), "the clock is no part of an id")
	for _, other := range []hr.Command{c.Stamp(noon, "other seed"), c.Child("v"), {ID: "c1"}} {
		require.NotEqual(t, c.NewID("punch"), other.NewID("punch"))
	}
	require.NotEqual(t, strings.TrimPrefix(c.NewID("punch"), "punch"), strings.TrimPrefix(c.NewID("leave"), "leave"))
}

func ExampleCommand_Child() {
	cmd := hr.Command{ID: "offer-7-accepted", Actor: hr.Actor{ID: "recruiter"}}
	hire := cmd.Child("recruitment.Accept", "hire")
	fmt.Println(hire.ID, hire.Via())
	// Output: offer-7-accepted/recruitment.Accept/hire [recruitment.Accept]
}
