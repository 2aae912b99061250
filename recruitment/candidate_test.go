package recruitment_test

import (
	"fmt"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/recruitment"
)

// person adds somebody.
func (h *house) person(t require.TestingT, id recruitment.CandidateID, p hr.Person) recruitment.CandidateID {
	id, err := h.AddCandidate(h.ctx, h.cmd(), recruitment.Candidate{ID: id, Person: p})
	require.NoError(t, err)
	return id
}

func TestAddCandidate(t *testing.T) {
	h := newHouse(hr.AllowAll)
	cmd := h.cmd()
	given := recruitment.Candidate{ID: "C1", Person: hr.Person{Name: "Bo"}, Keys: []string{"forged"}, Tags: []string{"forged"}, MergedInto: "C9", Erased: day("2020-01-01"), Version: 7}
	for range 2 {
		id, err := h.AddCandidate(h.ctx, cmd, given)
		require.NoError(t, err)
		require.Equal(t, recruitment.CandidateID("C1"), id)
	}
	c, err := h.Candidate(h.ctx, view, "C1")
	require.NoError(t, err)
	require.Equal(t, recruitment.Candidate{ID: "C1", Person: hr.Person{Name: "Bo"}, Version: 1}, c)
	before := h.state(t)
	_, err = h.AddCandidate(h.ctx, h.cmd(), recruitment.Candidate{ID: "C1", Consents: []recruitment.Consent{{}, {Purpose: "p", Given: day("2026-10-02"), Expires: day("2026-10-01"), Withdrawn: day("2026-10-01")}}})
	require.Equal(t, []string{
		"person.name recruitment.candidate.name", "consents[0].purpose recruitment.consent", "consents[0].given recruitment.consent",
		"consents[0].expires recruitment.consent", "consents[1].given recruitment.consent", "consents[1].expires recruitment.consent",
		"consents[1].withdrawn recruitment.consent", "id recruitment.candidate.taken",
	}, faults(err))
	err = h.CorrectCandidate(h.ctx, h.cmd(), "C1", hr.Person{})
	require.Equal(t, []string{"person.name recruitment.candidate.name"}, faults(err))
	_, err = h.Candidate(h.ctx, view, "C9")
	require.Equal(t, []string{"candidate recruitment.candidate.unknown"}, faults(err))
	require.Equal(t, before, h.state(t))
	require.NoError(t, h.CorrectCandidate(h.ctx, h.cmd(), "C1", hr.Person{Name: "Bo", Email: "bo@x.example"}))
	list, err := h.CandidatesAfter(h.ctx, view, "", 1)
	require.NoError(t, err)
	require.Equal(t, []string{"email:bo@x.example"}, list[0].Keys)
	require.NotContains(t, fmt.Sprintf("%v %+v %s", list, list[0], list[0].LogValue()), "Bo")
}

func TestMatchKeys(t *testing.T) {
	for name, c := range map[string]struct {
		p    hr.Person
		want []string
	}{
		"nothing":                       {hr.Person{Name: "Bo"}, nil},
		"an address as people write it": {hr.Person{Email: " Asha.Rao+jobs@Mail.Example "}, []string{"email:asha.rao@mail.example"}},
		"no address":                    {hr.Person{Email: "asha"}, nil},
		"a number with its country":     {hr.Person{Phone: "+91 98450-12345"}, []string{"phone:845012345"}},
		"the same without":              {hr.Person{Phone: "098450 12345"}, []string{"phone:845012345"}},
		"half a number":                 {hr.Person{Phone: "12345678"}, nil},
		"just nine digits":              {hr.Person{Phone: "909-876-543"}, []string{"phone:909876543"}},
		"no letters":                    {hr.Person{Name: "-", Born: day("1990-02-03")}, nil},
		"a name with the birth date":    {hr.Person{Name: "Rao, Asha", Born: day("1990-02-03")}, []string{"name and birth date:asha rao 1990-02-03"}},
		"the name in its other order":   {hr.Person{Name: "asha  RAO", Born: day("1990-02-03")}, []string{"name and birth date:asha rao 1990-02-03"}},
		"letters of any script":         {hr.Person{Name: "आशा राव", Born: day("1990-02-03")}, []string{"name and birth date:आशा राव 1990-02-03"}},
	} {
		require.Equal(t, c.want, recruitment.MatchKeys(c.p), name)
	}
}

// What speaks for one person is named point by point and adds up: 60 for the address, 30 for the telephone, 50 for name and birth date.
func TestDuplicates(t *testing.T) {
	h := newHouse(hr.AllowAll)
	asha := hr.Person{Name: "Asha Rao", Email: "asha@x.example", Phone: "9845012345", Born: day("1990-02-03")}
	h.person(t, "C1", asha)
	h.person(t, "C2", hr.Person{Name: "RAO Asha", Born: asha.Born, Email: "Asha+2@X.example"})
	h.person(t, "C3", hr.Person{Name: "Ravi Rao", Phone: "+91 9845012345"})
	h.person(t, "C4", hr.Person{Name: "Asha Rao", Phone: "1112223334"})
	h.person(t, "C5", hr.Person{Name: "Asha Rao", Phone: asha.Phone, Email: asha.Email, Born: asha.Born})
	got, err := h.Duplicates(h.ctx, view, "C1")
	require.NoError(t, err)
	var said []string
	for _, m := range got {
		said = append(said, fmt.Sprint(m.Candidate, " ", m.Score, " ", m.Points))
	}
	require.Equal(t, []string{
		"C5 140 [{email 60} {phone 30} {name and birth date 50}]", "C2 110 [{email 60} {name and birth date 50}]", "C3 30 [{phone 30}]",
	}, said, "the likeliest first; a name alone says nothing")
	require.NotContains(t, fmt.Sprint(said), "asha@")

	h.Policy.Match = recruitment.DefaultMatchWeights()
	h.Policy.Match.From = decimal.NewFromInt(31)
	got, err = h.Duplicates(h.ctx, view, "C1")
	require.NoError(t, err)
	require.Len(t, got, 2)
	_, err = h.Duplicates(h.ctx, view, "C9")
	require.Equal(t, []string{"candidate recruitment.candidate.unknown"}, faults(err))
}

// Who is like whom does not depend on who is asked about.
func TestComparingIsTheSameBothWays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string) recruitment.Candidate {
			p := hr.Person{
				Name:  rapid.SampledFrom([]string{"Asha Rao", "rao asha", "Bo"}).Draw(t, name+" name"),
				Email: rapid.SampledFrom([]string{"", "a@x", "A+1@x", "b@x"}).Draw(t, name+" email"),
				Phone: rapid.SampledFrom([]string{"", "123456789", "+1 123456789", "987654321"}).Draw(t, name+" phone"),
			}
			if rapid.Bool().Draw(t, name+" born") {
				p.Born = day("1990-02-03")
			}
			return recruitment.Candidate{Person: p, Keys: recruitment.MatchKeys(p)}
		}
		a, b := draw("a"), draw("b")
		var w recruitment.MatchWeights
		ab, isAB := w.Compare(a, b)
		ba, isBA := w.Compare(b, a)
		require.Equal(t, isAB, isBA)
		require.True(t, ab.Score.Equal(ba.Score))
		same, is := w.Compare(a, a)
		require.Equal(t, len(a.Keys) > 0, is)
		require.Len(t, same.Points, len(a.Keys))
	})
}

// A merge keeps what happened to both, under one record; the other one says where it went.
func TestMergeCandidates(t *testing.T) {
	h := newHouse(hr.AllowAll)
	opening, other := h.open(t, 2), h.open(t, 2)
	a, b := h.person(t, "A", hr.Person{Name: "Asha", Email: "old@x"}), h.person(t, "B", hr.Person{Name: "Asha Rao", Email: "new@x"})
	consent := recruitment.Consent{Purpose: recruitment.PurposeTalentPool, Given: day("2026-10-01"), Expires: day("2027-09-30")}
	require.NoError(t, h.GiveConsent(h.ctx, h.cmd(), a, consent))
	require.NoError(t, h.Pool(h.ctx, h.cmd(), a, "chemist"))
	first, err := h.Apply(h.ctx, h.cmd(), opening, a, recruitment.Source{})
	require.NoError(t, err)
	clash, err := h.Apply(h.ctx, h.cmd(), opening, b, recruitment.Source{})
	require.NoError(t, err)
	_, err = h.Apply(h.ctx, h.cmd(), other, b, recruitment.Source{})
	require.NoError(t, err)
	before := h.state(t)
	err = h.MergeCandidates(h.ctx, h.cmd(), a, b)
	require.Equal(t, []string{"from recruitment.application.live"}, faults(err), "one of the two must end first")
	err = h.MergeCandidates(h.ctx, h.cmd(), a, a)
	require.Contains(t, faults(err), "into recruitment.candidate.merge")
	require.Equal(t, before, h.state(t))

	require.NoError(t, h.Withdraw(h.ctx, h.cmd(), clash, "twice"))
	held := []recruitment.InterviewID{h.talk(t, first, "E1"), h.talk(t, first, "E2")}
	require.NoError(t, h.MergeCandidates(h.ctx, h.cmd(), a, b))
	talks, err := h.InterviewsWith(h.ctx, view, b, "", 0)
	require.NoError(t, err)
	require.Len(t, talks, 2)
	require.ElementsMatch(t, held, []recruitment.InterviewID{talks[0].ID, talks[1].ID})
	was, err := h.Candidate(h.ctx, view, a)
	require.NoError(t, err)
	require.Equal(t, b, was.MergedInto)
	require.Empty(t, was.Tags, "nobody is in the pool twice")
	now, err := h.Candidate(h.ctx, view, b)
	require.NoError(t, err)
	require.Equal(t, []recruitment.Merge{{From: a, At: h.now, By: view.Actor.ID}}, now.Merged)
	require.Equal(t, []recruitment.Consent{consent}, now.Consents)
	require.Equal(t, []string{"email:new@x", "email:old@x"}, now.Keys)
	require.Equal(t, "Asha Rao", now.Person.Name)
	list, err := h.ApplicationsOf(h.ctx, view, b, "", 0)
	require.NoError(t, err)
	require.Len(t, list, 3)
	require.Equal(t, b, h.get(t, first).Candidate)

	require.NoError(t, h.CorrectCandidate(h.ctx, h.cmd(), b, hr.Person{Name: "Asha Rao", Email: "newer@x"}))
	now, err = h.Candidate(h.ctx, view, b)
	require.NoError(t, err)
	require.Equal(t, []string{"email:newer@x", "email:old@x"}, now.Keys, "what the other was found by stays")

	before = h.state(t)
	for _, err := range []error{
		h.MergeCandidates(h.ctx, h.cmd(), a, b), h.GiveConsent(h.ctx, h.cmd(), a, consent), h.CorrectCandidate(h.ctx, h.cmd(), a, candidate),
		h.Erase(h.ctx, h.cmd(), a),
	} {
		require.Equal(t, []string{"candidate recruitment.candidate.closed"}, faults(err))
	}
	_, err = h.Apply(h.ctx, h.cmd(), other, a, recruitment.Source{})
	require.Equal(t, []string{"candidate recruitment.candidate.closed"}, faults(err))
	require.Equal(t, before, h.state(t))
	found, err := h.Duplicates(h.ctx, view, b)
	require.NoError(t, err)
	require.Empty(t, found, "what is merged is no duplicate any more")
}

// Who they are in the house already is that of the record that stays, and where it does not say, that of the other.
func TestAMergeKnowsTheEmployee(t *testing.T) {
	for name, c := range map[string]struct{ from, into, want hr.EmployeeID }{
		"only the one that goes":   {"E1", "", "E1"},
		"only the one that stays":  {"", "E2", "E2"},
		"both: the one that stays": {"E1", "E2", "E2"},
	} {
		h := newHouse(hr.AllowAll)
		for id, e := range map[recruitment.CandidateID]hr.EmployeeID{"A": c.from, "B": c.into} {
			_, err := h.AddCandidate(h.ctx, h.cmd(), recruitment.Candidate{ID: id, Person: candidate, Employee: e})
			require.NoError(t, err)
		}
		require.NoError(t, h.MergeCandidates(h.ctx, h.cmd(), "A", "B"))
		now, err := h.Candidate(h.ctx, view, "B")
		require.NoError(t, err)
		require.Equal(t, c.want, now.Employee, name)
	}
}

// Who withdraws a consent withdraws it for good, also where there is a second record of them that still has one. What they give after that holds.
func TestAMergeBringsNoConsentBack(t *testing.T) {
	for name, turned := range map[string]bool{"withdrawn in the record that stays": false, "withdrawn in the record that goes": true} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(hr.AllowAll)
			said, unsaid := h.person(t, "A", hr.Person{Name: "Asha"}), h.person(t, "B", hr.Person{Name: "Asha Rao"})
			for _, id := range []recruitment.CandidateID{said, unsaid} {
				for _, purpose := range []string{recruitment.PurposeTalentPool, recruitment.PurposeHiring} {
					require.NoError(t, h.GiveConsent(h.ctx, h.cmd(), id, recruitment.Consent{Purpose: purpose, Given: day("2026-09-01"), Expires: day("2027-08-31")}))
				}
			}
			require.NoError(t, h.WithdrawConsent(h.ctx, h.cmd(), said, recruitment.PurposeTalentPool)) // on 1 October
			from, into := unsaid, said
			if turned {
				from, into = said, unsaid
			}
			require.NoError(t, h.MergeCandidates(h.ctx, h.cmd(), from, into))
			c, err := h.Candidate(h.ctx, view, into)
			require.NoError(t, err)
			require.Len(t, c.Consents, 4)
			require.True(t, c.Consented(recruitment.PurposeTalentPool, day("2026-09-30")))
			require.False(t, c.Consented(recruitment.PurposeTalentPool, day("2026-10-01")))
			require.True(t, c.Consented(recruitment.PurposeHiring, day("2026-10-01")))
			h.now = h.now.AddDate(0, 0, 1)
			require.NoError(t, h.GiveConsent(h.ctx, h.cmd(), into, recruitment.Consent{Purpose: recruitment.PurposeTalentPool, Given: day("2026-10-02"), Expires: day("2027-08-31")}))
			c, err = h.Candidate(h.ctx, view, into)
			require.NoError(t, err)
			require.True(t, c.Consented(recruitment.PurposeTalentPool, day("2026-10-02")))
		})
	}
}

// A consent holds from the day it was given through its last day, and until the day before it was withdrawn.
func TestConsentHolds(t *testing.T) {
	c := recruitment.Consent{Purpose: "p", Given: day("2026-10-01"), Expires: day("2026-10-31")}
	for on, want := range map[string]bool{"2026-09-30": false, "2026-10-01": true, "2026-10-31": true, "2026-11-01": false} {
		require.Equal(t, want, c.Holds(day(on)), on)
	}
	c.Withdrawn = day("2026-10-15")
	require.True(t, c.Holds(day("2026-10-14")))
	require.False(t, c.Holds(day("2026-10-15")))
}

func TestTalentPool(t *testing.T) {
	h := newHouse(hr.AllowAll)
	id := h.person(t, "C1", hr.Person{Name: "Bo"})
	require.NoError(t, h.Pool(h.ctx, h.cmd(), id), "to be taken out needs no consent")
	before := h.state(t)
	err := h.Pool(h.ctx, h.cmd(), id, "chemist", "")
	require.Equal(t, []string{"consent recruitment.consent.none", "tags recruitment.candidate.tag"}, faults(err))
	err = h.WithdrawConsent(h.ctx, h.cmd(), id, recruitment.PurposeTalentPool)
	require.Equal(t, []string{"purpose recruitment.consent.none"}, faults(err))
	err = h.GiveConsent(h.ctx, h.cmd(), id, recruitment.Consent{Purpose: "talent_pool", Given: day("2026-10-01")})
	require.Equal(t, []string{"consent.expires recruitment.consent"}, faults(err), "no consent is for ever")
	require.Equal(t, before, h.state(t))

	pooled := func(tag string) int {
		list, _, err := h.Pooled(h.ctx, view, tag, "", 0)
		require.NoError(t, err)
		return len(list)
	}
	consent := recruitment.Consent{Purpose: recruitment.PurposeTalentPool, Given: day("2026-10-01"), Expires: day("2026-12-31")}
	require.NoError(t, h.GiveConsent(h.ctx, h.cmd(), id, consent))
	require.NoError(t, h.Pool(h.ctx, h.cmd(), id, "lab", "chemist", "lab"))
	c, err := h.Candidate(h.ctx, view, id)
	require.NoError(t, err)
	require.Equal(t, []string{"chemist", "lab"}, c.Tags)
	require.Equal(t, 1, pooled("lab"))
	require.Zero(t, pooled("cook"))
	h.now = h.now.AddDate(0, 3, 0) // 1 January: the consent is over
	require.Zero(t, pooled("lab"))
	h.now = h.now.AddDate(0, 0, -1)
	require.Equal(t, 1, pooled("lab"))
	require.NoError(t, h.WithdrawConsent(h.ctx, h.cmd(), id, recruitment.PurposeTalentPool))
	require.Zero(t, pooled("lab"))
	c, err = h.Candidate(h.ctx, view, id)
	require.NoError(t, err)
	require.Empty(t, c.Tags)
	require.Equal(t, day("2026-12-31"), c.Consents[0].Withdrawn, "that it was given stays on record")
}

// A page of the pool names where the next begins although some of it are not shown.
func TestPagesOfTheTalentPool(t *testing.T) {
	h := newHouse(hr.AllowAll)
	for i, until := range []string{"2026-12-31", "2026-10-02", "2026-12-31"} {
		id := h.person(t, recruitment.CandidateID(fmt.Sprint("C", i)), hr.Person{Name: "Bo"})
		require.NoError(t, h.GiveConsent(h.ctx, h.cmd(), id, recruitment.Consent{Purpose: recruitment.PurposeTalentPool, Given: day("2026-10-01"), Expires: day(until)}))
		require.NoError(t, h.Pool(h.ctx, h.cmd(), id, "lab"))
	}
	h.now = h.now.AddDate(0, 1, 0)
	list, next, err := h.Pooled(h.ctx, view, "lab", "", 2)
	require.NoError(t, err)
	require.Len(t, list, 1)
	require.Equal(t, recruitment.CandidateID("C1"), next)
	list, next, err = h.Pooled(h.ctx, view, "lab", next, 2)
	require.NoError(t, err)
	require.Equal(t, recruitment.CandidateID("C2"), list[0].ID)
	require.Empty(t, next)
}
