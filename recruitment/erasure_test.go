package recruitment_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/recruitment"
	"github.com/musterhr/hr/storage"
)

// retention is a law that wants records of candidates for six months after the last application ended, and others that are about
// something else or shorter.
func retention() []hr.Retention {
	source := hr.Source{Title: "Specimen Act"}
	return []hr.Retention{
		{Name: "specimen.month", Months: 1, Start: hr.AfterRecord, Source: source},
		{Name: "specimen.candidates", Months: 6, Start: hr.AfterRecord, Source: source},
		{Name: "specimen.wages", Months: 120, Start: hr.AfterExit, Source: source},
	}
}

func (h *house) erasure(t *testing.T, id recruitment.CandidateID) recruitment.Erasure {
	t.Helper()
	plan, err := h.ErasurePlan(h.ctx, view, "", 0)
	require.NoError(t, err)
	for _, e := range plan {
		if e.Candidate == id {
			return e
		}
	}
	return recruitment.Erasure{}
}

// While an application goes on nothing is due; after it the longest period decides; a consent that lasts longer keeps the record longer.
func TestErasurePlan(t *testing.T) {
	h := newHouse(hr.AllowAll)
	h.Policy.Retention = retention()
	who := h.person(t, "C1", hr.Person{Name: "Bo"})
	require.Equal(t, recruitment.Erasure{Candidate: who, Due: day("2026-10-01")}, h.erasure(t, who), "nothing asks for keeping it")
	id, err := h.Apply(h.ctx, h.cmd(), h.open(t, 1), who, recruitment.Source{})
	require.NoError(t, err)
	require.Equal(t, recruitment.Erasure{Candidate: who, Because: []string{"application " + string(id) + " is going on"}}, h.erasure(t, who))
	require.NoError(t, h.Reject(h.ctx, h.cmd(), id, "too late"))
	// Ended on 1 October 2026: kept through 1 April 2027.
	require.Equal(t, recruitment.Erasure{
		Candidate: who, Due: day("2027-04-02"), Because: []string{"specimen.candidates through 2027-04-01", "specimen.month through 2026-11-01"},
	}, h.erasure(t, who))
	require.NoError(t, h.GiveConsent(h.ctx, h.cmd(), who, recruitment.Consent{Purpose: recruitment.PurposeTalentPool, Given: day("2026-10-01"), Expires: day("2027-09-30")}))
	require.Equal(t, day("2027-10-01"), h.erasure(t, who).Due)
	require.Equal(t, "consent for talent_pool through 2027-09-30", h.erasure(t, who).Because[0])
	require.NoError(t, h.WithdrawConsent(h.ctx, h.cmd(), who, recruitment.PurposeTalentPool))
	require.Equal(t, day("2027-04-02"), h.erasure(t, who).Due)
	h.now = h.now.AddDate(1, 0, 0)
	require.Equal(t, day("2027-10-01"), h.erasure(t, who).Due, "it was due long ago, and is due today")
}

// What is erased is gone everywhere, merged records and scorecards included, and figures stay as they were.
func TestErase(t *testing.T) {
	h := newHouse(hr.AllowAll)
	h.Policy.Retention = retention()
	h.Pipeline = recruitment.MustPipeline(recruitment.PipelineRules{Reasons: []recruitment.Reason{{Code: "skills", On: recruitment.Reject, Title: "Other skills"}}})
	opening := h.open(t, 2)
	secret := hr.Person{Name: "Asha Secretname", Email: "secret@x.example", Phone: "717171717", Born: day("1990-02-03")}
	who, twin := h.person(t, "C1", secret), h.person(t, "C0", secret)
	id, err := h.Apply(h.ctx, h.cmd(), opening, who, recruitment.Source{})
	require.NoError(t, err)
	for _, on := range toOffer {
		require.NoError(t, buttons[on](h, id))
	}
	h.Policy.Criteria = criteria()
	require.NoError(t, h.Screen(h.ctx, h.cmd(), id, map[string]string{"degree": "secret"}))
	talk := h.talk(t, id, "E1")
	require.NoError(t, h.MakeOffer(h.ctx, h.cmd(), id, good()))
	i, err := h.Interview(h.ctx, view, talk)
	require.NoError(t, err)
	i.Place = "call 71717 secret"
	require.NoError(t, h.db.PutInterview(h.ctx, i))
	h.after(t, talk)
	h.submit(t, talk, "E1", recruitment.Yes)
	require.NoError(t, h.MergeCandidates(h.ctx, h.cmd(), twin, who))
	ends := h.applied(t, opening, recruitment.Withdraw)
	require.Equal(t, "found another", h.get(t, ends).Reason)
	before := h.state(t)
	err = h.Erase(h.ctx, h.cmd(), who)
	require.Equal(t, []string{"candidate recruitment.erasure.early"}, faults(err))
	require.NoError(t, h.Reject(h.ctx, h.cmd(), id, "skills"))
	err = h.Erase(h.ctx, h.cmd(), who)
	require.Equal(t, []string{"candidate recruitment.erasure.early"}, faults(err))
	require.NotEqual(t, before, h.state(t))

	h.now = h.now.AddDate(0, 7, 0)
	figures := h.figures(t)
	require.NoError(t, h.Erase(h.ctx, h.cmd(), who))
	require.Equal(t, figures, h.figures(t))
	require.Contains(t, h.events(t), "recruitment.candidate.erased")
	require.Equal(t, recruitment.Erasure{}, h.erasure(t, who), "and is planned no more")
	for _, c := range []recruitment.CandidateID{who, twin} {
		row, err := h.Candidate(h.ctx, view, c)
		require.NoError(t, err)
		require.Equal(t, hr.Digest("person/1", hr.Person{}), hr.Digest("person/1", row.Person))
		require.Empty(t, row.Keys)
		require.False(t, row.Erased.IsZero())
	}
	i, err = h.Interview(h.ctx, view, talk)
	require.NoError(t, err)
	require.Empty(t, i.Place)
	a := h.get(t, id)
	require.Empty(t, a.Score.Points)
	require.Equal(t, recruitment.Move{On: recruitment.Reject, Code: "skills"}, recruitment.Move{On: a.Trail[len(a.Trail)-1].On, Reason: a.Reason, Code: a.Trail[len(a.Trail)-1].Code}, "a code is no personal data")
	require.Equal(t, recruitment.Offer{Number: 2, State: recruitment.OfferDropped}, a.Offer)
	require.Equal(t, []recruitment.Offer{{Number: 1, State: recruitment.OfferReplaced}}, a.Earlier)
	cards, err := h.ScorecardsFor(h.ctx, view, id)
	require.NoError(t, err)
	require.Len(t, cards, 1)
	require.Empty(t, cards[0].Note)
	require.Empty(t, cards[0].Opinion)
	require.Empty(t, cards[0].Ratings)
	raw, err := json.Marshal(a)
	require.NoError(t, err)
	require.NotContains(t, strings.ToLower(string(raw)), "secret")
	err = h.Erase(h.ctx, h.cmd(), who)
	require.Equal(t, []string{"candidate recruitment.candidate.closed"}, faults(err))

	// The reason that was a text, of somebody else, goes with them.
	require.NoError(t, h.Erase(h.ctx, h.cmd(), h.get(t, ends).Candidate))
	require.Equal(t, figures, h.figures(t))
	require.Empty(t, h.get(t, ends).Reason)
	require.Empty(t, h.get(t, ends).Trail[1].Reason)
}

// destroyed is a store of keys that notes whose were destroyed.
type destroyed struct {
	storage.Keys
	subjects *[]string
	err      error
}

func (d destroyed) DestroyKeys(_ context.Context, subject string, on hr.Date, classes ...hr.FieldClass) error {
	*d.subjects = append(*d.subjects, fmt.Sprint(subject, " ", on, " ", classes))
	return d.err
}

// Two applications, each with two interviews of two people: all of what they wrote and where they met goes, and with it every key, that of the
// record and those of the applications. A store without a cipher has no keys; where keys cannot be destroyed nothing is erased.
func TestErasingReachesEveryInterview(t *testing.T) {
	for name, c := range map[string]struct {
		keys error
		want error
		of   int
	}{"with keys": {nil, nil, 3}, "without a cipher": {storage.ErrNoCipher, nil, 1}, "with keys that stay": {storage.ErrConflict, storage.ErrConflict, 1}} {
		h := newHouse(hr.AllowAll)
		var subjects []string
		h.Keys = destroyed{subjects: &subjects, err: c.keys}
		who := h.person(t, "C1", hr.Person{Name: "Bo"})
		var ids []recruitment.ApplicationID
		for range 2 {
			id, err := h.Apply(h.ctx, h.cmd(), h.open(t, 1), who, recruitment.Source{})
			require.NoError(t, err)
			ids = append(ids, id)
			for range 2 {
				talk := h.talk(t, id, "E1", "E2")
				i, err := h.Interview(h.ctx, view, talk)
				require.NoError(t, err)
				i.Place = "call 71717"
				require.NoError(t, h.db.PutInterview(h.ctx, i))
			}
		}
		talks, err := h.InterviewsWith(h.ctx, view, who, "", 0)
		require.NoError(t, err)
		h.now = h.now.AddDate(0, 1, 0)
		for _, i := range talks {
			h.submit(t, i.ID, "E1", recruitment.Yes)
			h.submit(t, i.ID, "E2", recruitment.No)
		}
		for _, id := range ids {
			require.NoError(t, h.Reject(h.ctx, h.cmd(), id, "too late"))
		}
		before := h.state(t)
		require.ErrorIs(t, h.Erase(h.ctx, h.cmd(), who), c.want, name)
		all := []string{"candidate/C1", "application/" + string(ids[0]), "application/" + string(ids[1])}
		require.Len(t, subjects, c.of, name)
		for i, s := range subjects {
			require.Equal(t, all[i]+" 2026-11-01 [contact government_id private special]", s, name)
		}
		if c.want != nil {
			require.Equal(t, before, h.state(t), name)
			continue
		}
		talks, err = h.InterviewsWith(h.ctx, view, who, "", 0)
		require.NoError(t, err)
		require.Len(t, talks, 4)
		for _, i := range talks {
			require.Empty(t, i.Place, name)
		}
		for _, id := range ids {
			cards, err := h.ScorecardsFor(h.ctx, view, id)
			require.NoError(t, err)
			require.Len(t, cards, 4)
			for _, card := range cards {
				require.Empty(t, fmt.Sprint(card.Note, card.Opinion), name)
				require.Empty(t, card.Ratings, name)
			}
		}
	}
}
