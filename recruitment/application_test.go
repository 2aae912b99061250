package recruitment_test

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/recruitment"
	"github.com/musterhr/hr/storage"
)

var update = flag.Bool("update", false, "rewrite testdata/application.dot")

func TestMachineDrawing(t *testing.T) {
	const file = "testdata/application.dot"
	drawn := recruitment.Machine().DOT("application")
	if *update {
		require.NoError(t, os.WriteFile(file, []byte(drawn), 0o644))
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Equal(t, string(want), drawn)
}

// At every stage each button does what is told here, as a person would tell it, or is refused with what is possible instead and leaves no
// trace.
func TestEveryButtonAtEveryStage(t *testing.T) {
	type can map[recruitment.Event]recruitment.State
	const (
		screen, interview, offer = recruitment.ToScreening, recruitment.ToInterview, recruitment.Propose
		accept, decline          = recruitment.Accept, recruitment.Decline
		reject, withdraw         = recruitment.Reject, recruitment.Withdraw
	)
	for _, c := range []struct {
		way   []recruitment.Event
		state recruitment.State
		offer recruitment.OfferState
		can   can
	}{
		{nil, "applied", "", can{screen: "screening", reject: "rejected", withdraw: "withdrawn"}},
		{toOffer[:1], "screening", "", can{interview: "interview", reject: "rejected", withdraw: "withdrawn"}},
		{toOffer[:2], "interview", "", can{offer: "offered", reject: "rejected", withdraw: "withdrawn"}},
		{toOffer, "offered", "open", can{offer: "offered", accept: "accepted", decline: "declined", reject: "rejected", withdraw: "withdrawn"}},
		{append(slices.Clone(toOffer), offer), "offered", "open", can{offer: "offered", accept: "accepted", decline: "declined", reject: "rejected", withdraw: "withdrawn"}},
		{append(slices.Clone(toOffer), accept), "accepted", "accepted", nil},
		{append(slices.Clone(toOffer), decline), "declined", "declined", nil},
		{append(slices.Clone(toOffer), reject), "rejected", "withdrawn", nil},
		{append(slices.Clone(toOffer), withdraw), "withdrawn", "withdrawn", nil},
		{[]recruitment.Event{reject}, "rejected", "", nil},
		{[]recruitment.Event{screen, withdraw}, "withdrawn", "", nil},
	} {
		for on, press := range buttons {
			h := newHouse(hr.AllowAll)
			id := h.applied(t, h.open(t, 2), c.way...)
			require.Equal(t, c.state, h.get(t, id).State, "after %s", c.way)
			require.Equal(t, c.offer, h.get(t, id).Offer.State, "after %s", c.way)
			before, err := h.state(t), press(h, id)
			if to, possible := c.can[on]; possible {
				require.NoError(t, err, "%s after %s", on, c.way)
				require.Equal(t, to, h.get(t, id).State, "%s after %s", on, c.way)
				continue
			}
			require.Equal(t, []string{"state recruitment.application.transition"}, faults(err), "%s after %s", on, c.way)
			var refused *hr.TransitionError[recruitment.State, recruitment.Event]
			require.ErrorAs(t, err, &refused)
			require.Equal(t, slices.Sorted(maps.Keys(c.can)), refused.Allowed, "%s after %s", on, c.way)
			require.Equal(t, before, h.state(t), "%s after %s has left something", on, c.way)
		}
	}
}

// Advance leads to screening and to the interview and nowhere else, also where the stage would allow it.
func TestAdvanceOnlyGoesForward(t *testing.T) {
	h := newHouse(hr.AllowAll)
	opening := h.open(t, 1)
	offered, applied := h.applied(t, opening, toOffer...), h.applied(t, opening)
	before := h.state(t)
	for _, on := range []recruitment.Event{recruitment.Accept, recruitment.Decline, recruitment.Reject, recruitment.Withdraw, recruitment.Propose} {
		err := h.Advance(h.ctx, h.cmd(), offered, on)
		require.Equal(t, []string{"event recruitment.application.transition"}, faults(err), on)
	}
	err := h.Advance(h.ctx, h.cmd(), applied, "promote")
	require.Equal(t, []string{"state recruitment.application.transition", "event recruitment.application.transition"}, faults(err))
	require.Equal(t, before, h.state(t))
}

func TestWhyAnApplicationEnded(t *testing.T) {
	for on, reason := range map[recruitment.Event]string{recruitment.Decline: "too far", recruitment.Reject: "too late", recruitment.Withdraw: "found another"} {
		h := newHouse(hr.AllowAll)
		a := h.get(t, h.applied(t, h.open(t, 1), append(slices.Clone(toOffer), on)...))
		require.Equal(t, reason, a.Reason)
		require.Empty(t, a.HiredAs)
		require.Empty(t, h.staff(t))
	}
}

func TestOpen(t *testing.T) {
	h := newHouse(hr.AllowAll)
	given := recruitment.Opening{ID: "R-1", Title: "Chemist", Seats: 2, Filled: 2, Version: 7, Terms: terms()}
	cmd := h.cmd()
	for range 2 {
		id, err := h.Open(h.ctx, cmd, given)
		require.NoError(t, err, "also when it is sent again")
		require.Equal(t, recruitment.OpeningID("R-1"), id)
	}
	o, err := h.Opening(h.ctx, view, "R-1")
	require.NoError(t, err)
	require.Equal(t, recruitment.Opening{ID: "R-1", Title: "Chemist", Seats: 2, Opened: day("2026-10-01"), Version: 1, Terms: terms()}, o, "filled and version are not the caller's")
	made := h.open(t, 1)
	require.NotEmpty(t, made)
	other := h.open(t, 1)
	require.NotEqual(t, made, other)

	before := h.state(t)
	bad := recruitment.Opening{ID: "R-1", Terms: terms()}
	bad.Terms.Currency = "Rs"
	bad.Terms.Pay = append(bad.Terms.Pay, hr.PayTerm{Name: "basic", Amount: terms().Pay[0].Amount.Neg()}, hr.PayTerm{})
	_, err = h.Open(h.ctx, h.cmd(), bad)
	require.Equal(t, []string{
		"title recruitment.opening.title", "seats recruitment.opening.seats", "terms.currency recruitment.offer.currency",
		"terms.pay[1].name recruitment.offer.pay", "terms.pay[1].amount recruitment.offer.pay", "terms.pay[2].name recruitment.offer.pay",
		"id recruitment.opening.taken",
	}, faults(err), err)
	require.ErrorIs(t, err, hr.ErrDuplicate)
	require.ErrorIs(t, err, hr.ErrRequired)
	require.NotContains(t, err.Error(), "717171")
	_, err = h.Open(h.ctx, cmd, recruitment.Opening{ID: "R-2", Title: "Chemist", Seats: 1})
	require.ErrorIs(t, err, storage.ErrReused)
	require.Equal(t, before, h.state(t))

	page, err := h.OpeningsAfter(h.ctx, view, "", 0)
	require.NoError(t, err)
	require.Len(t, page, 3)
	page, err = h.OpeningsAfter(h.ctx, view, page[0].ID, 1)
	require.NoError(t, err)
	require.Len(t, page, 1)
	_, err = h.Opening(h.ctx, view, "R-9")
	require.Equal(t, []string{"opening recruitment.opening.unknown"}, faults(err))
	require.ErrorIs(t, err, storage.ErrNotFound)
}

func TestApply(t *testing.T) {
	h := newHouse(hr.AllowAll)
	opening, other, who := h.open(t, 1), h.open(t, 1), h.candidate(t)
	cmd := h.cmd()
	id, err := h.Apply(h.ctx, cmd, opening, who, recruitment.Source{})
	require.NoError(t, err)
	again, err := h.Apply(h.ctx, cmd, opening, who, recruitment.Source{})
	require.NoError(t, err)
	require.Equal(t, id, again)
	require.Equal(t, recruitment.Application{
		ID: id, Opening: opening, Candidate: who, Source: recruitment.Source{Channel: "direct"}, State: recruitment.Applied, Version: 1,
		Trail: []recruitment.Move{{To: recruitment.Applied, At: h.now, By: view.Actor.ID}},
	}, h.get(t, id))
	second := h.applied(t, opening)
	h.applied(t, other)
	list, err := h.ApplicationsFor(h.ctx, view, opening, "", 0)
	require.NoError(t, err)
	ids := []recruitment.ApplicationID{id, second}
	slices.Sort(ids)
	require.Equal(t, ids, []recruitment.ApplicationID{list[0].ID, list[1].ID})
	list, err = h.ApplicationsFor(h.ctx, view, opening, ids[0], 1)
	require.NoError(t, err)
	require.Len(t, list, 1)
	require.Equal(t, ids[1], list[0].ID)
	list, err = h.ApplicationsOf(h.ctx, view, who, "", 0)
	require.NoError(t, err)
	require.Len(t, list, 1)

	before := h.state(t)
	_, err = h.Apply(h.ctx, h.cmd(), "R-9", "nobody", recruitment.Source{})
	require.Equal(t, []string{"candidate recruitment.candidate.unknown", "opening recruitment.opening.unknown"}, faults(err))
	require.ErrorIs(t, err, storage.ErrNotFound)
	_, err = h.Apply(h.ctx, cmd, opening, h.get(t, second).Candidate, recruitment.Source{})
	require.ErrorIs(t, err, storage.ErrReused)
	for _, source := range []recruitment.Source{{Channel: "radio"}, {Channel: "radio", Referrer: "E1"}} {
		_, err = h.Apply(h.ctx, h.cmd(), other, who, source)
		require.Contains(t, faults(err), "source.channel recruitment.channel")
	}
	_, err = h.Apply(h.ctx, h.cmd(), other, who, recruitment.Source{Channel: recruitment.ChannelReferral})
	require.Equal(t, []string{"source.referrer recruitment.referral"}, faults(err))
	require.Equal(t, before, h.state(t))
}

// A candidate has one live application for an opening. After it has ended, they may apply again; for another opening at any time.
func TestOneLiveApplication(t *testing.T) {
	h := newHouse(hr.AllowAll)
	opening, other, who := h.open(t, 1), h.open(t, 1), h.candidate(t)
	first, err := h.Apply(h.ctx, h.cmd(), opening, who, recruitment.Source{})
	require.NoError(t, err)
	before := h.state(t)
	_, err = h.Apply(h.ctx, h.cmd(), opening, who, recruitment.Source{})
	require.Equal(t, []string{"candidate recruitment.application.live"}, faults(err))
	require.Equal(t, before, h.state(t))
	_, err = h.Apply(h.ctx, h.cmd(), other, who, recruitment.Source{})
	require.NoError(t, err)
	require.NoError(t, h.Withdraw(h.ctx, h.cmd(), first, "later"))
	_, err = h.Apply(h.ctx, h.cmd(), opening, who, recruitment.Source{})
	require.NoError(t, err)
}

// Sixteen tries of one candidate at one opening make one application.
func TestSixteenApplicationsOfOneCandidate(t *testing.T) {
	h := newHouse(hr.AllowAll)
	opening, who := h.open(t, 1), h.candidate(t)
	cmds := make([]hr.Command, 16)
	for i := range cmds {
		cmds[i] = h.cmd()
	}
	errs := make([]error, len(cmds))
	var wg sync.WaitGroup
	for i := range cmds {
		wg.Go(func() { _, errs[i] = h.Apply(h.ctx, cmds[i], opening, who, recruitment.Source{}) })
	}
	wg.Wait()
	won := 0
	for _, err := range errs {
		if err == nil {
			won++
			continue
		}
		require.Equal(t, []string{"candidate recruitment.application.live"}, faults(err))
	}
	require.Equal(t, 1, won)
}

func TestAnApplicationThatIsNot(t *testing.T) {
	h := newHouse(hr.AllowAll)
	for on, press := range buttons {
		err := press(h, "nobody")
		require.Equal(t, []string{"application recruitment.application.unknown"}, faults(err), on)
		require.ErrorIs(t, err, storage.ErrNotFound)
	}
	_, err := h.Application(h.ctx, view, "nobody")
	require.Equal(t, []string{"application recruitment.application.unknown"}, faults(err))
}

// The stage is the fold of the events that were announced, over the table.
func TestTheStageIsTheFoldOfTheEvents(t *testing.T) {
	all := slices.Sorted(maps.Keys(buttons))
	rapid.Check(t, func(t *rapid.T) {
		h := newHouse(hr.AllowAll)
		id := h.applied(t, h.open(t, 1))
		before := len(h.events(t))
		for _, on := range rapid.SliceOfN(rapid.SampledFrom(append(slices.Clone(toOffer), all...)), 0, 12).Draw(t, "buttons") {
			_ = buttons[on](h, id)
		}
		state := recruitment.Machine().Start()
		for _, kind := range h.events(t)[before:] {
			if kind == "lifecycle.hire" {
				continue
			}
			next, err := recruitment.Machine().Next(state, recruitment.Event(strings.TrimPrefix(kind, "recruitment.")))
			require.NoError(t, err)
			state = next
		}
		a := h.get(t, id)
		require.Equal(t, state, a.State)
		require.Equal(t, a.State == recruitment.Accepted, a.HiredAs != "")
		require.Equal(t, a.State == recruitment.Accepted, len(h.staff(t)) == 1)
	})
}

func TestPrintedWithoutValues(t *testing.T) {
	h := newHouse(hr.AllowAll)
	a := h.get(t, h.applied(t, h.open(t, 1), toOffer...))
	for _, text := range []string{fmt.Sprintf("%v %+v", a, a), a.LogValue().String(), a.Offer.LogValue().String()} {
		require.NotContains(t, text, "717171")
		require.NotContains(t, text, "Asha")
	}
}
