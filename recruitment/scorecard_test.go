package recruitment_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/recruitment"
)

func employee(id hr.EmployeeID) hr.Actor { return hr.Actor{ID: hr.ActorID(id), Employee: id} }

func viewOf(a hr.Actor) hr.View { return hr.View{Actor: a, Purpose: "test"} }

func TestSubmitScorecard(t *testing.T) {
	h := newHouse(hr.AllowAll)
	id := h.applied(t, h.open(t, 1))
	talk := h.talk(t, id, "E1", "E2")
	before := h.state(t)
	_, err := h.SubmitScorecard(h.ctx, h.by(employee("E1")), card(talk, recruitment.Yes))
	require.Equal(t, []string{"interview recruitment.scorecard.early"}, faults(err))
	h.after(t, talk)
	for name, c := range map[string]struct {
		by   hr.Actor
		card recruitment.Scorecard
		want []string
	}{
		"somebody else": {employee("E3"), card(talk, recruitment.Yes), []string{"by recruitment.scorecard.actor"}},
		"nobody":        {view.Actor, card(talk, recruitment.Yes), []string{"by recruitment.scorecard.actor"}},
		"nothing":       {employee("E1"), recruitment.Scorecard{Interview: talk}, []string{"opinion recruitment.scorecard", "ratings recruitment.scorecard"}},
		"of what must not count": {
			employee("E1"),
			recruitment.Scorecard{Interview: talk, Opinion: recruitment.No, Ratings: []recruitment.Rating{{Of: "age", Points: 6}, {Points: 1}, {Of: "age", Points: 1}}},
			[]string{
				"ratings[0].points recruitment.scorecard", "ratings[0].of recruitment.protected", "ratings[1].of recruitment.scorecard",
				"ratings[2].of recruitment.scorecard", "ratings[2].of recruitment.protected",
			},
		},
		"one thing twice": {
			employee("E1"),
			recruitment.Scorecard{Interview: talk, Opinion: recruitment.No, Ratings: []recruitment.Rating{{Of: "clarity", Points: 1}, {Of: "chemistry", Points: 1}, {Of: "clarity", Points: 5}}},
			[]string{"ratings[2].of recruitment.scorecard"},
		},
		"no interview": {employee("E1"), card("I9", recruitment.Yes), []string{"interview recruitment.interview.unknown"}},
	} {
		_, err := h.SubmitScorecard(h.ctx, h.by(c.by), c.card)
		require.Equal(t, c.want, faults(err), name)
	}
	require.Equal(t, before, h.state(t))
	given := card(talk, recruitment.StrongYes)
	given.Ratings = append(given.Ratings, recruitment.Rating{Of: "clarity", Points: 5})
	given.By, given.Application, given.ID, given.Submitted = "E2", "forged", "forged", time.Time{}
	made, err := h.SubmitScorecard(h.ctx, h.by(employee("E1")), given)
	require.NoError(t, err)
	cards, err := h.ScorecardsFor(h.ctx, viewOf(employee("E1")), id)
	require.NoError(t, err)
	want := card(talk, recruitment.StrongYes)
	want.Ratings = given.Ratings
	want.ID, want.Application, want.By, want.Submitted, want.Version = made, id, "E1", h.now, 1
	require.Equal(t, []recruitment.Scorecard{want}, cards)
	before = h.state(t)
	_, err = h.SubmitScorecard(h.ctx, h.by(employee("E1")), card(talk, recruitment.No))
	require.Equal(t, []string{"by recruitment.scorecard.twice"}, faults(err))
	require.Equal(t, before, h.state(t))
	require.NotContains(t, fmt.Sprintf("%v %+v", want, cards), "secret")
	require.NoError(t, h.CancelInterview(h.ctx, h.cmd(), talk, "recorded by mistake"))
	_, err = h.SubmitScorecard(h.ctx, h.by(employee("E2")), card(talk, recruitment.No))
	require.Equal(t, []string{"interview recruitment.scorecard.early"}, faults(err))
}

// Whatever the policy allows, an interviewer reads nothing of others before their own scorecards are in: not the cards, and not what
// explains the decision from them. That holds for every interview of the application, and for nobody else.
func TestBlindUntilSubmitted(t *testing.T) {
	h := newHouse(hr.AllowAll)
	id := h.applied(t, h.open(t, 1), recruitment.ToScreening)
	first := h.talk(t, id, "E1", "E2")
	second := h.talk(t, id, "E3")
	off := h.talk(t, id, "E4")
	require.NoError(t, h.CancelInterview(h.ctx, h.cmd(), off, "not needed"))
	elsewhere, err := h.Apply(h.ctx, h.cmd(), h.open(t, 1), h.get(t, id).Candidate, recruitment.Source{})
	require.NoError(t, err)
	h.talk(t, elsewhere, "E9") // has to submit for another application
	h.after(t, second)
	reads := func(a hr.Actor) (int, error) {
		cards, err := h.ScorecardsFor(h.ctx, viewOf(a), id)
		if _, explained := h.Explain(h.ctx, viewOf(a), id); (explained == nil) != (err == nil) {
			t.Errorf("%s reads one and not the other: %v, %v", a.ID, err, explained)
		}
		return len(cards), err
	}
	blind := func(a hr.Actor) {
		t.Helper()
		n, err := reads(a)
		require.Equal(t, []string{"scorecards recruitment.scorecard.blind"}, faults(err), a.ID)
		require.ErrorIs(t, err, hr.ErrDenied)
		require.Zero(t, n)
	}
	h.submit(t, first, "E1", recruitment.Yes)
	blind(employee("E2"))
	blind(employee("E3"))
	for _, a := range []hr.Actor{employee("E1"), employee("E4"), employee("E9"), view.Actor} {
		n, err := reads(a)
		require.NoError(t, err, a.ID)
		require.Equal(t, 1, n)
	}
	h.submit(t, first, "E2", recruitment.No)
	n, err := reads(employee("E2"))
	require.NoError(t, err)
	require.Equal(t, 2, n)
	blind(employee("E3"))

	// Who may read at all is the policy's word, before anything is looked up.
	h.Kit.Authorize = func(a hr.Ask) hr.Verdict { return hr.Verdict{Allow: a.Actor.ID != "E1", Reason: "not yours"} }
	_, err = h.ScorecardsFor(h.ctx, viewOf(employee("E1")), id)
	require.ErrorContains(t, err, "recruitment.ScorecardsFor is not allowed")
	_, err = h.Explain(h.ctx, viewOf(employee("E1")), id)
	require.ErrorContains(t, err, "recruitment.Explain is not allowed")
}

// The decision in words: each move, the points of the screening, each interviewer's opinion.
func TestExplain(t *testing.T) {
	h := newHouse(hr.AllowAll)
	h.Policy.Criteria = criteria()
	id := h.applied(t, h.open(t, 1), toOffer[:2]...)
	require.NoError(t, h.Screen(h.ctx, h.cmd(), id, map[string]string{"years": "2"}))
	talk := h.talk(t, id, "E1")
	h.after(t, talk)
	h.submit(t, talk, "E1", recruitment.No)
	require.NoError(t, h.Reject(h.ctx, h.by(head), id, "skills"))
	trace, err := h.Explain(h.ctx, view, id)
	require.NoError(t, err)
	var out strings.Builder
	require.NoError(t, trace.Text(&out))
	for _, line := range []string{
		"= rejected", "2026-10-01 = applied", "2026-10-02 = rejected", "by head: skills", "screening = 15", "years = 15", "30 x 0.5", "2 from 1 on",
		"degree = 0", "no answer", "scorecard of E1 = no", "chemistry = 4", "interview " + string(talk),
	} {
		require.Contains(t, out.String(), line)
	}
	var rules []string
	for _, part := range trace.Parts[:4] {
		rules = append(rules, part.Rule)
	}
	require.Equal(t, []string{"applied", "screen from applied", "interview from screening", "reject from interview"}, rules)
	trace, err = h.Explain(h.ctx, view, h.applied(t, h.open(t, 1)))
	require.NoError(t, err)
	require.Len(t, trace.Parts, 1, "who only applied was not screened")
}
