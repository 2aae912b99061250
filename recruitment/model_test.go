package recruitment_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/recruitment"
)

// walk is a house in which people do things in any order, right or wrong.
type walk struct {
	*house
	actors       []hr.Actor
	requisitions []recruitment.RequisitionID
	openings     []recruitment.OpeningID
	candidates   []recruitment.CandidateID
	applications []recruitment.ApplicationID
}

func pick[T any](t *rapid.T, name string, from []T) (v T, ok bool) {
	if len(from) == 0 {
		return v, false
	}
	return rapid.SampledFrom(from).Draw(t, name), true
}

// do does one thing and returns whether it was refused.
func (w *walk) do(t *rapid.T) error {
	actor := rapid.SampledFrom(w.actors).Draw(t, "actor")
	application, _ := pick(t, "application", w.applications)
	opening, _ := pick(t, "opening", w.openings)
	candidate, _ := pick(t, "candidate", w.candidates)
	requested, _ := pick(t, "requisition", w.requisitions)
	number := rapid.IntRange(1, 3).Draw(t, "number")
	if rapid.IntRange(0, 3).Draw(t, "right number") > 0 {
		number = w.number(application)
	}
	agree := rapid.IntRange(0, 4).Draw(t, "agree") > 0
	switch rapid.IntRange(0, 15).Draw(t, "what") {
	case 0:
		id, err := w.Request(w.ctx, w.by(actor), requisition(rapid.IntRange(1, 2).Draw(t, "seats")))
		if err == nil {
			w.requisitions = append(w.requisitions, id)
		}
		return err
	case 1:
		_, err := w.DecideRequisition(w.ctx, w.by(actor), requested, agree, "")
		return err
	case 2:
		id, err := w.Open(w.ctx, w.by(actor), recruitment.Opening{Requisition: requested, Seats: rapid.IntRange(1, 2).Draw(t, "seats")})
		if err == nil {
			w.openings = append(w.openings, id)
		}
		return err
	case 3:
		if rapid.IntRange(0, 4).Draw(t, "really") > 0 {
			return nil
		}
		return w.CancelRequisition(w.ctx, w.by(actor), requested, "")
	case 4:
		if rapid.IntRange(0, 4).Draw(t, "really") > 0 {
			return nil
		}
		return w.CloseOpening(w.ctx, w.by(actor), opening)
	case 5, 6, 7:
		source := recruitment.Source{}
		if rapid.Bool().Draw(t, "referred") {
			source.Referrer = "E1"
		}
		id, err := w.Apply(w.ctx, w.by(actor), opening, candidate, source)
		if err == nil {
			w.applications = append(w.applications, id)
		}
		return err
	case 8, 9:
		on := rapid.SampledFrom([]recruitment.Event{recruitment.ToScreening, recruitment.ToInterview, recruitment.Accept}).Draw(t, "on")
		if len(w.applications) > 1 && rapid.Bool().Draw(t, "all") {
			_, err := w.AdvanceAll(w.ctx, w.by(actor), on, w.applications[len(w.applications)-2:]...)
			return err
		}
		return w.Advance(w.ctx, w.by(actor), application, on)
	case 10, 11:
		return w.MakeOffer(w.ctx, w.by(actor), application, recruitment.Offer{Start: hr.DateOf(w.now, w.now.Location()).Add(30), Expires: hr.DateOf(w.now, w.now.Location()).Add(7)})
	case 12:
		_, err := w.DecideOffer(w.ctx, w.by(actor), application, number, agree, "")
		return err
	case 13, 14:
		_, err := w.Accept(w.ctx, w.by(actor), application, number)
		return err
	}
	w.now = w.now.AddDate(0, 0, rapid.IntRange(0, 3).Draw(t, "days"))
	end := rapid.SampledFrom([]func() error{
		func() error { return w.Reject(w.ctx, w.by(actor), application, "no") },
		func() error { return w.Withdraw(w.ctx, w.by(actor), application, "no") },
		func() error { return w.Decline(w.ctx, w.by(actor), application, "no") },
		func() error { return nil },
	}).Draw(t, "end")
	return end()
}

// holds checks what must hold whatever was done.
func (w *walk) holds(t *rapid.T) {
	events, err := w.db.Events(w.ctx)
	require.NoError(t, err)
	folded := map[string]recruitment.State{}
	for _, e := range events {
		kind := strings.TrimPrefix(e.Kind, "recruitment.")
		switch {
		case e.Ref.Kind != "application":
		case kind == "apply":
			folded[e.Ref.ID] = recruitment.Machine().Start()
		case !strings.Contains(kind, "."): // what has a dot of its own moves nothing
			next, err := recruitment.Machine().Next(folded[e.Ref.ID], recruitment.Event(kind))
			require.NoError(t, err, "something led on from where nothing does")
			folded[e.Ref.ID] = next
		}
	}
	staff := w.staff(t)
	hired := []hr.EmployeeID{"E1"} // who was there before
	filled, lined := map[recruitment.OpeningID]int{}, 0
	live := map[[2]string]int{}
	for _, id := range w.applications {
		a := w.get(t, id)
		require.Equal(t, folded[string(id)], a.State, "the stage is the fold of the events")
		require.Equal(t, a.State, a.Trail[len(a.Trail)-1].To)
		require.Equal(t, a.State == recruitment.Accepted, a.HiredAs != "")
		require.Equal(t, a.State == recruitment.Accepted, a.Offer.State == recruitment.OfferAccepted)
		if a.HiredAs != "" {
			hired = append(hired, a.HiredAs)
			filled[a.Opening]++
			lined++
			require.Equal(t, hr.ApprovalGiven, a.Offer.Approval.State(), "only what was approved is accepted")
		}
		if w.Pipeline.Live(a.State) {
			key := [2]string{string(a.Candidate), string(a.Opening)}
			live[key]++
			require.Equal(t, 1, live[key], "two live applications of one candidate")
		}
		w.clean(t, a.Offer.Approval)
		for i, o := range a.Earlier {
			require.Equal(t, i+1, o.Number)
			require.NotEqual(t, recruitment.OfferOpen, o.State, "an earlier offer is open")
			w.clean(t, o.Approval)
		}
	}
	slices.Sort(hired)
	require.Equal(t, hired, staff, "one employee for each accepted offer and no other")
	opened, seats := map[recruitment.RequisitionID]int{}, 0
	for _, id := range w.openings {
		o, err := w.Opening(w.ctx, view, id)
		require.NoError(t, err)
		require.Equal(t, filled[id], o.Filled)
		require.LessOrEqual(t, o.Filled, o.Seats)
		opened[o.Requisition] += o.Seats
	}
	for _, id := range w.requisitions {
		r, err := w.Requisition(w.ctx, view, id)
		require.NoError(t, err)
		require.Equal(t, opened[id], r.Opened)
		require.LessOrEqual(t, r.Opened, r.Seats)
		switch r.State {
		case recruitment.Approved:
			seats += r.Seats
		case recruitment.Cancelled:
			seats += r.Opened
		default:
			require.Zero(t, r.Opened)
		}
		w.clean(t, r.Approval)
	}
	l, err := w.db.PlanLine(w.ctx, "L1")
	require.NoError(t, err)
	require.Equal(t, seats, l.Committed, "the plan knows what was committed")
	require.Equal(t, lined, l.Filled)
	require.LessOrEqual(t, l.Committed, l.Seats)
}

// clean checks that nobody decided who prepared or benefits.
func (w *walk) clean(t *rapid.T, a hr.Approval) {
	for _, d := range a.Decisions {
		require.NotEqual(t, a.Preparer, d.By, "who asked has decided")
		i := slices.IndexFunc(w.actors, func(x hr.Actor) bool { return x.ID == d.By })
		if e := w.actors[i].Employee; e != "" {
			require.NotContains(t, a.Subjects, e, "who benefits has decided")
		}
	}
}

// People do anything in any order. What must hold holds after each step, and what is refused leaves no trace.
func TestRandomWalks(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := newHouse(hr.AllowAll)
		h.employee(t, "E1", "2020-01-01")
		h.line(t, 3, "")
		h.Policy = recruitment.Policy{PlanNeeded: true, RequisitionNeeded: true, OfferApproved: true}
		h.Router = route{{Name: "desk", Approvers: []hr.ActorID{"recruiter", "E1", "M1", "head"}}}
		w := &walk{house: h, actors: []hr.Actor{{ID: "recruiter"}, {ID: "E1", Employee: "E1"}, {ID: "M1", Employee: "M1"}, {ID: "head"}, {ID: "head"}}}
		for range 3 {
			w.candidates = append(w.candidates, h.candidate(t))
		}
		// Most walks begin where something can happen.
		if rapid.IntRange(0, 3).Draw(t, "begin") > 0 {
			requested := h.approved(t, requisition(2))
			w.requisitions = append(w.requisitions, requested)
			opening, err := h.Open(h.ctx, h.cmd(), recruitment.Opening{Requisition: requested, Seats: 1})
			require.NoError(t, err)
			w.openings = append(w.openings, opening)
			for range rapid.IntRange(0, 2).Draw(t, "offered") {
				id := h.applied(t, opening, toOffer...)
				w.applications = append(w.applications, id)
				if rapid.Bool().Draw(t, "approved") {
					_, err := h.DecideOffer(h.ctx, h.by(head), id, 1, true, "")
					require.NoError(t, err)
				}
			}
		}
		for range rapid.IntRange(0, 25).Draw(t, "steps") {
			before := h.state(t)
			if err := w.do(t); err != nil {
				require.NotEmpty(t, hr.FieldErrors(err), "a refusal says which field and which rule: %v", err)
				require.Equal(t, before, h.state(t), "refused, and something has changed: %v", err)
			}
			w.holds(t)
		}
	})
}
