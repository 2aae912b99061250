package recruitment_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/recruitment"
	"github.com/musterhr/hr/storage"
)

func TestAcceptHiresExactlyOne(t *testing.T) {
	h := newHouse(hr.AllowAll)
	opening := h.open(t, 2)
	id := h.applied(t, opening, toOffer...)
	cmd := h.cmd()
	hired, err := h.Accept(h.ctx, cmd, id, 1)
	require.NoError(t, err)
	require.NotEmpty(t, hired)
	a := h.get(t, id)
	require.Equal(t, recruitment.Accepted, a.State)
	require.Equal(t, recruitment.OfferAccepted, a.Offer.State)
	require.Equal(t, hired, a.HiredAs)
	require.Equal(t, 1, h.filled(t, opening))

	// The employee is who applied, on the terms and from the day that were offered, and their terms say why.
	e, err := h.people.Employment(h.ctx, view, hired)
	require.NoError(t, err)
	require.Equal(t, candidate, e.Person)
	require.Equal(t, lifecycle.Preboarding, e.State)
	require.Equal(t, day("2026-11-02"), e.Start)
	history, err := h.people.TermsHistory(h.ctx, view, hired)
	require.NoError(t, err)
	require.Len(t, history.Entries(), 1)
	require.Equal(t, terms(), history.Entries()[0].Value)
	require.Equal(t, hr.Ref{Kind: "application", ID: string(id)}, history.Entries()[0].Cause)

	// Sent again it is the same acceptance, however late; another acceptance is refused.
	h.now = h.now.AddDate(1, 0, 0)
	other := h.applied(t, opening)
	before := h.state(t)
	again, err := h.Accept(h.ctx, cmd, id, 1)
	require.NoError(t, err)
	require.Equal(t, hired, again)
	_, err = h.Accept(h.ctx, h.cmd(), id, 1)
	require.Equal(t, []string{"state recruitment.application.transition"}, faults(err), err)
	_, err = h.Accept(h.ctx, cmd, other, 1)
	require.ErrorIs(t, err, storage.ErrReused, "the command of one acceptance is none for another")
	require.Equal(t, before, h.state(t))
	require.Equal(t, []hr.EmployeeID{hired}, h.staff(t))
}

// A person with offers for two openings becomes one employee of the entity, also when both are accepted at once. Once they have left, another
// application may hire them again; another entity may at any time.
func TestOnePersonIsHiredOnce(t *testing.T) {
	h := newHouse(hr.AllowAll)
	person := h.candidate(t)
	offered := func(entity string, o recruitment.Offer) recruitment.ApplicationID {
		id, err := h.Apply(h.ctx, h.cmd(), h.open(t, 1), person, recruitment.Source{})
		require.NoError(t, err)
		for _, on := range toOffer[:2] {
			require.NoError(t, buttons[on](h, id))
		}
		o.Terms = terms()
		o.Terms.Entity = entity
		require.NoError(t, h.MakeOffer(h.ctx, h.cmd(), id, o))
		return id
	}
	var ids []recruitment.ApplicationID
	for range 4 {
		ids = append(ids, offered("ACME-IN", good()))
	}
	abroad := offered("ACME-UK", good())
	errs := make([]error, len(ids))
	cmds := make([]hr.Command, len(ids))
	for i := range ids {
		cmds[i] = h.cmd()
	}
	var group sync.WaitGroup
	for i, id := range ids {
		group.Go(func() {
			for _, errs[i] = h.Accept(h.ctx, cmds[i], id, 1); errors.Is(errs[i], storage.ErrConflict); {
				_, errs[i] = h.Accept(h.ctx, cmds[i], id, 1)
			}
		})
	}
	group.Wait()
	hired := 0
	for _, err := range errs {
		if err == nil {
			hired++
			continue
		}
		require.Equal(t, []string{"candidate recruitment.candidate.hired"}, faults(err))
	}
	require.Equal(t, 1, hired)
	one := h.staff(t)
	require.Len(t, one, 1)
	_, err := h.Accept(h.ctx, h.cmd(), abroad, 1)
	require.NoError(t, err)

	require.NoError(t, h.people.Join(h.ctx, h.cmd(), one[0]))
	require.NoError(t, h.people.Exit(h.ctx, h.cmd(), one[0], day("2026-11-30"), ""))
	again := good()
	again.Start = day("2026-12-01")
	_, err = h.Accept(h.ctx, h.cmd(), offered("ACME-IN", again), 1)
	require.NoError(t, err)
	require.Len(t, h.staff(t), 3)
}

func TestTheNumberInTheOffer(t *testing.T) {
	h := newHouse(hr.AllowAll)
	opening := h.open(t, 2)
	first, second := h.applied(t, opening, toOffer...), h.applied(t, opening, toOffer...)
	numbered := good()
	numbered.Employee = "E-77"
	for _, id := range []recruitment.ApplicationID{first, second} {
		require.NoError(t, h.MakeOffer(h.ctx, h.cmd(), id, numbered))
	}
	hired, err := h.Accept(h.ctx, h.cmd(), first, h.number(first))
	require.NoError(t, err)
	require.Equal(t, hr.EmployeeID("E-77"), hired)
	before := h.state(t)
	_, err = h.Accept(h.ctx, h.cmd(), second, h.number(second))
	require.Equal(t, []string{"employee lifecycle.hire.duplicate"}, faults(err), "what the hire refuses, the acceptance refuses")
	require.Equal(t, before, h.state(t))
}

func TestAcceptIsRefused(t *testing.T) {
	h := newHouse(hr.AllowAll)
	opening := h.open(t, 1)
	seated, late := h.applied(t, opening, toOffer...), h.applied(t, opening, toOffer...)
	without := h.applied(t, opening, toOffer[:2]...)
	_, err := h.Accept(h.ctx, h.cmd(), without, 1)
	require.Equal(t, []string{"state recruitment.application.transition"}, faults(err), "there is no offer")
	_, err = h.Accept(h.ctx, h.cmd(), seated, 1)
	require.NoError(t, err)
	before := h.state(t)
	_, err = h.Accept(h.ctx, h.cmd(), late, 1)
	require.Equal(t, []string{"opening recruitment.opening.full"}, faults(err))
	for _, none := range []recruitment.ApplicationID{without, seated} {
		_, err = h.Accept(h.ctx, h.cmd(), none, 1)
		require.Equal(t, []string{"state recruitment.application.transition"}, faults(err), "who has no open offer needs no seat")
	}
	h.now = h.now.AddDate(0, 1, 0)
	_, err = h.Accept(h.ctx, h.cmd(), late, 1)
	require.Equal(t, []string{"offer.expires recruitment.offer.expired", "opening recruitment.opening.full"}, faults(err), "both at once")
	require.Equal(t, before, h.state(t))
}

func TestSixteenForTheLastSeat(t *testing.T) {
	h := newHouse(hr.AllowAll)
	opening := h.open(t, 3)
	for range 2 {
		_, err := h.Accept(h.ctx, h.cmd(), h.applied(t, opening, toOffer...), 1)
		require.NoError(t, err)
	}
	var ids []recruitment.ApplicationID
	var cmds []hr.Command
	for range 16 {
		ids, cmds = append(ids, h.applied(t, opening, toOffer...)), append(cmds, h.cmd())
	}
	hired, errs := accepts(h, ids, cmds)
	won := -1
	for i, err := range errs {
		if err == nil {
			require.Equal(t, -1, won, "two have won")
			won = i
			continue
		}
		require.Equal(t, []string{"opening recruitment.opening.full"}, faults(err))
		require.Empty(t, hired[i])
		require.Equal(t, recruitment.Offered, h.get(t, ids[i]).State)
	}
	require.NotEqual(t, -1, won, "nobody has won")
	require.Len(t, h.staff(t), 3)
	require.Contains(t, h.staff(t), hired[won])
	require.Equal(t, 3, h.filled(t, opening))
}

func TestSixteenTimesTheSameAcceptance(t *testing.T) {
	h := newHouse(hr.AllowAll)
	opening := h.open(t, 16)
	id := h.applied(t, opening, toOffer...)
	one := h.cmd()
	hired, errs := accepts(h, slices.Repeat([]recruitment.ApplicationID{id}, 16), slices.Repeat([]hr.Command{one}, 16))
	for i := range errs {
		require.NoError(t, errs[i])
		require.Equal(t, hired[0], hired[i])
	}
	require.Equal(t, []hr.EmployeeID{hired[0]}, h.staff(t))
	require.Equal(t, 1, h.filled(t, opening))
}

func TestSixteenAcceptancesOfOneOffer(t *testing.T) {
	h := newHouse(hr.AllowAll)
	opening := h.open(t, 16)
	id := h.applied(t, opening, toOffer...)
	var cmds []hr.Command
	for range 16 {
		cmds = append(cmds, h.cmd())
	}
	_, errs := accepts(h, slices.Repeat([]recruitment.ApplicationID{id}, 16), cmds)
	won := 0
	for _, err := range errs {
		if err == nil {
			won++
			continue
		}
		require.Equal(t, []string{"state recruitment.application.transition"}, faults(err))
	}
	require.Equal(t, 1, won)
	require.Len(t, h.staff(t), 1)
	require.Equal(t, 1, h.filled(t, opening))
}

// accepts sends all acceptances at once.
func accepts(h *house, ids []recruitment.ApplicationID, cmds []hr.Command) ([]hr.EmployeeID, []error) {
	hired, errs := make([]hr.EmployeeID, len(ids)), make([]error, len(ids))
	var wg sync.WaitGroup
	for i := range ids {
		wg.Go(func() { hired[i], errs[i] = h.Accept(h.ctx, cmds[i], ids[i], 1) })
	}
	wg.Wait()
	return hired, errs
}

// stale answers openings as they were, as a database does to a second session that read before the first had committed.
type stale struct {
	recruitment.Openings
	was map[recruitment.OpeningID]recruitment.Opening
}

func (s stale) Opening(ctx context.Context, id recruitment.OpeningID) (recruitment.Opening, error) {
	if o, ok := s.was[id]; ok {
		return o, nil
	}
	return s.Openings.Opening(ctx, id)
}

// Two that both saw the last seat free meet at the version of the opening: one gets a conflict before anybody is hired, and is told the
// truth when it sends the same command again.
func TestTwoThatSawTheSameSeat(t *testing.T) {
	h := newHouse(hr.AllowAll)
	opening := h.open(t, 1)
	first, second := h.applied(t, opening, toOffer...), h.applied(t, opening, toOffer...)
	was, err := h.Opening(h.ctx, view, opening)
	require.NoError(t, err)
	_, err = h.Accept(h.ctx, h.cmd(), first, 1)
	require.NoError(t, err)
	before, cmd, sound := h.state(t), h.cmd(), h.Openings
	h.Openings = stale{sound, map[recruitment.OpeningID]recruitment.Opening{opening: was}}
	_, err = h.Accept(h.ctx, cmd, second, 1)
	require.ErrorIs(t, err, storage.ErrConflict)
	require.Equal(t, before, h.state(t))
	h.Openings = sound
	_, err = h.Accept(h.ctx, cmd, second, 1)
	require.Equal(t, []string{"opening recruitment.opening.full"}, faults(err))
	require.Equal(t, before, h.state(t))
}

func TestAServiceWithoutPorts(t *testing.T) {
	h := newHouse(hr.AllowAll)
	h.Service = recruitment.Service{Kit: h.Kit}
	want := []string{"recruitment.openings recruitment.service", "recruitment.applications recruitment.service", "recruitment.candidates recruitment.service", "recruitment.hirer recruitment.service"}
	for on, press := range buttons {
		require.Equal(t, want, faults(press(h, "A1")), on)
	}
	_, err := h.Open(h.ctx, h.cmd(), recruitment.Opening{Title: "Chemist", Seats: 1})
	require.Equal(t, want, faults(err))
	require.ErrorIs(t, err, hr.ErrRequired)
}

var errBroken = errors.New("the personnel system is down")

// down hires and then fails: the worst moment.
type down struct{ recruitment.Hirer }

func (d down) Hire(ctx context.Context, cmd hr.Command, h hr.Hire) (hr.EmployeeID, error) {
	if id, err := d.Hirer.Hire(ctx, cmd, h); err != nil {
		return id, err
	}
	return "half hired", errBroken
}

// unwritable fails to store an application that is accepted, after the seat is taken and the employee made.
type unwritable struct{ recruitment.Applications }

func (unwritable) PutApplication(context.Context, recruitment.Application) error { return errBroken }

// unreadable fails to read an opening.
type unreadable struct{ recruitment.Openings }

func (unreadable) Opening(context.Context, recruitment.OpeningID) (recruitment.Opening, error) {
	return recruitment.Opening{}, errBroken
}

// A store that fails is no opening that is missing: the failure comes through as it is.
func TestAFailingStoreIsNoFaultOfTheInput(t *testing.T) {
	h := newHouse(hr.AllowAll)
	opening, who := h.open(t, 1), h.candidate(t)
	interviewed, offered := h.applied(t, opening, toOffer[:2]...), h.applied(t, opening, toOffer...)
	before, sound := h.state(t), h.Openings
	h.Openings = unreadable{sound}
	_, open := h.Open(h.ctx, h.cmd(), recruitment.Opening{Title: "Chemist", Seats: 1})
	_, apply := h.Apply(h.ctx, h.cmd(), opening, who, recruitment.Source{})
	for verb, err := range map[string]error{
		"Open": open, "Apply": apply,
		"MakeOffer": buttons[recruitment.Propose](h, interviewed), "Accept": buttons[recruitment.Accept](h, offered),
	} {
		require.ErrorIs(t, err, errBroken, verb)
		require.Empty(t, faults(err), verb)
	}
	h.Openings = sound
	require.Equal(t, before, h.state(t))
}

func TestAFailingHireLeavesNothingBehind(t *testing.T) {
	for name, spoil := range map[string]func(h *house){
		"the hirer":       func(h *house) { h.Hirer = down{h.Hirer} },
		"the application": func(h *house) { h.Applications = unwritable{h.Applications} },
	} {
		h := newHouse(hr.AllowAll)
		opening := h.open(t, 1)
		id := h.applied(t, opening, toOffer...)
		before, cmd, sound := h.state(t), h.cmd(), h.Service
		spoil(h)
		hired, err := h.Accept(h.ctx, cmd, id, 1)
		require.ErrorIs(t, err, errBroken, name)
		require.Empty(t, hired, name)
		h.Service = sound
		require.Equal(t, before, h.state(t), name)
		require.Equal(t, recruitment.Offered, h.get(t, id).State, name)
		require.Zero(t, h.filled(t, opening), name)
		require.Empty(t, h.staff(t), name)
		_, err = h.Accept(h.ctx, cmd, id, 1)
		require.NoError(t, err, "%s works again, and so does the same command", name)
		require.Len(t, h.staff(t), 1)
	}
}

// A recruiter may accept offers and may not hire: the hire is allowed through the acceptance alone.
func TestTheHireIsAllowedThroughTheAcceptance(t *testing.T) {
	var asked []hr.Ask
	recruiters := func(a hr.Ask) hr.Verdict {
		asked = append(asked, a)
		through := slices.Equal(a.Via, []string{"recruitment.Accept"})
		return hr.Verdict{Allow: a.Verb != "lifecycle.Hire" || through, Reason: "recruiters hire by offers"}
	}
	h := newHouse(recruiters)
	_, err := h.people.Hire(h.ctx, h.cmd(), hr.Hire{Person: candidate, Start: day("2026-11-02"), Terms: terms()})
	require.ErrorIs(t, err, hr.ErrDenied)
	id := h.applied(t, h.open(t, 1), toOffer...)
	asked = nil
	hired, err := h.Accept(h.ctx, h.cmd(), id, 1)
	require.NoError(t, err)
	require.Equal(t, []hr.EmployeeID{hired}, h.staff(t))
	require.Equal(t, []string{"recruitment.Accept", "lifecycle.Hire"}, []string{asked[0].Verb, asked[1].Verb})
	require.Empty(t, asked[0].Via)
	require.Equal(t, view.Actor, asked[1].Actor, "the actor stays the same")
}

// A policy that forbids the hire even so leaves nothing behind, and the refusal is on record with the way it came.
func TestTheHireIsDenied(t *testing.T) {
	h := newHouse(func(a hr.Ask) hr.Verdict {
		return hr.Verdict{Allow: a.Verb != "lifecycle.Hire", Reason: "no hires this year"}
	})
	id := h.applied(t, h.open(t, 1), toOffer...)
	before := h.state(t)
	_, err := h.Accept(h.ctx, h.cmd(), id, 1)
	require.ErrorIs(t, err, hr.ErrDenied)
	require.Equal(t, before, h.state(t))
	audits, err := h.db.Audits(h.ctx)
	require.NoError(t, err)
	last := audits[len(audits)-1]
	require.Equal(t, "lifecycle.Hire", last.Verb)
	require.Equal(t, []string{"recruitment.Accept"}, last.Via)
	require.Equal(t, "no hires this year", last.Refused)
}

// What is announced and what is on record names things and never their values.
func TestWhatIsAnnounced(t *testing.T) {
	h := newHouse(hr.AllowAll)
	opening := h.open(t, 1)
	id := h.applied(t, opening, toOffer...)
	cmd := h.cmd()
	cmd.Reason = "signed on paper"
	hired, err := h.Accept(h.ctx, cmd, id, 1)
	require.NoError(t, err)
	require.Equal(t, []string{
		"recruitment.open", "recruitment.candidate.added", "recruitment.apply", "recruitment.screen", "recruitment.interview", "recruitment.offer",
		"lifecycle.hire", "recruitment.accept",
	}, h.events(t))
	events, err := h.db.Events(h.ctx)
	require.NoError(t, err)
	ids := map[string]bool{}
	for _, e := range events {
		require.False(t, ids[e.ID], "two events have one id")
		ids[e.ID] = true
		require.True(t, e.At.Equal(h.now))
	}
	require.Equal(t, "recruitment/"+string(opening), events[0].Stream)
	require.Equal(t, hr.Ref{Kind: "opening", ID: string(opening)}, events[0].Ref)
	last := events[len(events)-1]
	last.ID = ""
	require.Equal(t, storage.Event{
		Stream: "recruitment/" + string(id), Kind: "recruitment.accept", Subject: hired, Ref: hr.Ref{Kind: "application", ID: string(id)}, At: h.now,
	}, last)

	audits, err := h.db.Audits(h.ctx)
	require.NoError(t, err)
	hire, acceptance := audits[len(audits)-2], audits[len(audits)-1]
	require.Equal(t, "lifecycle.Hire", hire.Verb)
	require.Equal(t, []string{"recruitment.Accept"}, hire.Via)
	require.Equal(t, "recruitment.Accept", acceptance.Verb)
	for _, a := range []storage.Audit{hire, acceptance} {
		require.Equal(t, "signed on paper", a.Reason)
		require.Empty(t, a.Refused)
	}
	for _, value := range []string{"717171", "Asha", "000111222333"} {
		require.NotContains(t, fmt.Sprintf("%+v %+v", events, audits), value)
	}
}
