package recruitment_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/recruitment"
)

// Four applications of one opening, published on 1 October 2026:
//
//	board     hired on the 11th: 10 days after both dates
//	board     rejected at screening
//	referral  applied on the 3rd, hired on the 11th (8 days, and 10 since the opening), bonus 25000
//	direct    declines an offer
//
// The board costs 4000 once and 1000 a hire.
func TestMeasure(t *testing.T) {
	h := newHouse(hr.AllowAll)
	h.employee(t, "E1", "2020-01-01")
	h.Pipeline = recruitment.MustPipeline(recruitment.PipelineRules{Reasons: []recruitment.Reason{{Code: "too late", On: recruitment.Reject, Title: "Too late"}}})
	h.Policy.Referral = recruitment.ReferralPolicy{Bonus: hr.MustMoney("25000", "INR"), WaitMonths: 1}
	opening, err := h.Open(h.ctx, h.cmd(), recruitment.Opening{Title: "Chemist", Seats: 2, Terms: terms(), Channels: []recruitment.Channel{
		{Name: "board", Cost: hr.MustMoney("4000", "INR"), PerHire: hr.MustMoney("1000", "INR")}, {Name: "agency", Cost: hr.MustMoney("50", "USD")},
	}})
	require.NoError(t, err)
	come := func(source recruitment.Source, way ...recruitment.Event) recruitment.ApplicationID {
		id, err := h.Apply(h.ctx, h.cmd(), opening, h.candidate(t), source)
		require.NoError(t, err)
		for _, on := range way {
			require.NoError(t, buttons[on](h, id))
		}
		return id
	}
	board := recruitment.Source{Channel: "board"}
	first := come(board, toOffer...)
	come(board, recruitment.ToScreening, recruitment.Reject)
	h.now = h.now.AddDate(0, 0, 2)
	second := come(recruitment.Source{Referrer: "E1"}, toOffer...)
	come(recruitment.Source{}, append(toOffer[:3:3], recruitment.Propose, recruitment.Decline)...)
	h.now = h.now.AddDate(0, 0, 8)
	for _, id := range []recruitment.ApplicationID{first, second} {
		require.NoError(t, buttons[recruitment.Accept](h, id))
	}
	f := h.figures(t)
	require.Equal(t, recruitment.Days{Count: 2, Total: 18, Shortest: 8, Longest: 10}, f.TimeToHire)
	require.Equal(t, recruitment.Days{Count: 2, Total: 20, Shortest: 10, Longest: 10}, f.TimeToFill)
	mean, err := f.TimeToHire.Mean(hr.MustRounding("0.1", hr.HalfUp))
	require.NoError(t, err)
	require.Equal(t, "9", mean.String())
	require.Equal(t, recruitment.Share{Of: 2, In: 3}, f.Acceptance)
	rate, err := f.Acceptance.Rate(hr.MustRounding("0.0001", hr.HalfUp))
	require.NoError(t, err)
	require.Equal(t, "0.6667", rate.String())

	var funnel []string
	for _, s := range f.Funnel {
		funnel = append(funnel, fmt.Sprint(s.Stage, " ", s.Channel, " ", s.Reached, " ", s.Passed, " ", s.Ended))
	}
	require.Equal(t, []string{
		"accepted board 1 0 0", "accepted referral 1 0 0",
		"applied board 2 2 0", "applied direct 1 1 0", "applied referral 1 1 0",
		"declined direct 1 0 0",
		"interview board 1 1 0", "interview direct 1 1 0", "interview referral 1 1 0",
		"offered board 1 1 0", "offered direct 1 0 1", "offered referral 1 1 0",
		"rejected board 1 0 0",
		"screening board 2 1 1", "screening direct 1 1 0", "screening referral 1 1 0",
	}, funnel)
	var sources []string
	for _, s := range f.Sources {
		each, err := s.CostPerHire(hr.MustRounding("0.01", hr.HalfUp))
		require.NoError(t, err)
		sources = append(sources, fmt.Sprint(s.Channel, " ", s.Applied, " ", s.Offered, " ", s.Hired, " ", s.Cost, " ", each))
	}
	require.Equal(t, []string{
		"agency 0 0 0 [USD 50.00] []", "board 2 1 1 [INR 5000.00] [INR 5000.00]", "direct 1 1 0 [] []", "referral 1 1 1 [INR 25000.00] [INR 25000.00]",
	}, sources)
	require.Equal(t, []recruitment.ReasonCount{{On: recruitment.Decline, Count: 1}, {On: recruitment.Reject, Reason: "too late", Count: 1}}, f.Reasons, "a text is not repeated")
	require.NotContains(t, fmt.Sprintf("%+v", f), "candidate_")
	require.NotContains(t, fmt.Sprintf("%+v", f), "application_")

	bad := recruitment.Opening{Title: "x", Seats: 1, Channels: []recruitment.Channel{{Cost: hr.Money{Currency: "Rs"}}, {Name: "a"}, {Name: "a", PerHire: hr.Money{Amount: dec("-1"), Currency: "INR"}}}}
	_, err = h.Open(h.ctx, h.cmd(), bad)
	require.Equal(t, []string{
		"channels[0].name recruitment.channel", "channels[0].cost recruitment.channel", "channels[2].name recruitment.channel", "channels[2].per_hire recruitment.channel",
	}, faults(err))
}

// What an offer came to is counted where it was accepted, declined, or dropped by who had one: not where the house dropped it, and not where they went
// at another stage, to which a house of its own stages may have brought them back. A bonus costs while it waits and once it is paid, not when it is lost.
func TestWhatAnOfferCameTo(t *testing.T) {
	way := func(referral recruitment.ReferralState, moves ...recruitment.Move) recruitment.Application {
		a := recruitment.Application{Opening: "R1", State: moves[len(moves)-1].To, Trail: append([]recruitment.Move{{To: recruitment.Applied}}, moves...)}
		a.Referral = recruitment.Referral{Bonus: hr.MustMoney("100", "INR"), State: referral}
		return a
	}
	offered := recruitment.Move{On: recruitment.Propose, From: recruitment.Interviewing, To: recruitment.Offered}
	end := func(on recruitment.Event, from, to recruitment.State) recruitment.Move {
		return recruitment.Move{On: on, From: from, To: to}
	}
	accepted := end(recruitment.Accept, recruitment.Offered, recruitment.Accepted)
	for name, c := range map[string]struct {
		a    recruitment.Application
		want recruitment.Share
		cost string
	}{
		"declined":              {way("", offered, end(recruitment.Decline, recruitment.Offered, recruitment.Declined)), recruitment.Share{In: 1}, "[]"},
		"dropped by them":       {way("", offered, end(recruitment.Withdraw, recruitment.Offered, recruitment.Withdrawn)), recruitment.Share{In: 1}, "[]"},
		"dropped by the house":  {way("", offered, end(recruitment.Reject, recruitment.Offered, recruitment.Rejected)), recruitment.Share{}, "[]"},
		"still open":            {way("", offered), recruitment.Share{}, "[]"},
		"they went, without":    {way("", end(recruitment.Withdraw, recruitment.Applied, recruitment.Withdrawn)), recruitment.Share{}, "[]"},
		"brought back, and out": {way("", offered, end("again", recruitment.Offered, recruitment.Interviewing), end(recruitment.Withdraw, recruitment.Interviewing, recruitment.Withdrawn)), recruitment.Share{}, "[]"},
		"hired":                 {way("", offered, accepted), recruitment.Share{Of: 1, In: 1}, "[]"},
		"hired, a bonus waits":  {way(recruitment.ReferralWaiting, offered, accepted), recruitment.Share{Of: 1, In: 1}, "[INR 100.00]"},
		"hired, and it is paid": {way(recruitment.ReferralPaid, offered, accepted), recruitment.Share{Of: 1, In: 1}, "[INR 100.00]"},
		"hired, and it is lost": {way(recruitment.ReferralLost, offered, accepted), recruitment.Share{Of: 1, In: 1}, "[]"},
	} {
		f := recruitment.Pipeline{}.Measure([]recruitment.Opening{{ID: "R1"}}, []recruitment.Application{c.a}, func(recruitment.Move) hr.Date { return day("2026-10-01") })
		require.Equal(t, c.want, f.Acceptance, name)
		require.Equal(t, c.cost, fmt.Sprint(f.Sources[0].Cost), name)
	}
}

// Of nobody there are no figures, and an application of another opening is not counted.
func TestMeasureOfNothing(t *testing.T) {
	var p recruitment.Pipeline
	stray := recruitment.Application{Opening: "R9", State: recruitment.Applied, Trail: []recruitment.Move{{To: recruitment.Applied}}}
	f := p.Measure([]recruitment.Opening{{ID: "R1"}}, []recruitment.Application{stray}, func(recruitment.Move) hr.Date { return hr.Date{} })
	require.Equal(t, recruitment.Figures{}, f)
	_, err := f.Acceptance.Rate(hr.MustRounding("0.01", hr.HalfUp))
	require.Error(t, err)
}

// The published example: rates of 60, 45, 48 and 51 % give ratios of 75, 80 and 85 %, and only the first is below four fifths. Questions
// and Answers on the Uniform Guidelines (44 FR 11996), question 11; the counts behind the rates are ours.
func TestImpactRatios(t *testing.T) {
	got, err := recruitment.ImpactRatios(
		recruitment.Group{Name: "W", Applied: 1000, Selected: 600}, recruitment.Group{Name: "A", Applied: 1000, Selected: 450},
		recruitment.Group{Name: "H", Applied: 1000, Selected: 480}, recruitment.Group{Name: "B", Applied: 1000, Selected: 510},
	)
	require.NoError(t, err)
	var said []string
	for _, i := range got {
		ratio, err := i.Ratio(hr.MustRounding("0.01", hr.HalfUp))
		require.NoError(t, err)
		said = append(said, fmt.Sprint(i.Group.Name, " ", ratio, " ", i.Adverse, " ", i.Small))
	}
	require.Equal(t, []string{"W 1 false false", "A 0.75 true false", "H 0.8 false false", "B 0.85 false false"}, said)
	require.Contains(t, recruitment.ImpactSource().Section, "1607.4(D)")

	// Of 2 men both and of 3 women one: a third against all is far below four fifths, and with five people it says nothing. By hand: of the 10 ways
	// to choose 3 of 5, C(2,2)*C(3,1) = 3 are no likelier than this one, and C(2,0)*C(3,3) = 1 is less likely: 4 in 10.
	got, err = recruitment.ImpactRatios(recruitment.Group{Name: "men", Applied: 2, Selected: 2}, recruitment.Group{Name: "women", Applied: 3, Selected: 1})
	require.NoError(t, err)
	require.Equal(t, []bool{false, false, true, true}, []bool{got[0].Adverse, got[0].Small, got[1].Adverse, got[1].Small})

	// One man alone, chosen, and none of 19 women: of the 20 ways to choose one of 20 only this one is as unlikely, 1 in 20, which is 5 % and not above it.
	// With 18 women it is 1 in 19.
	for women, small := range map[int]bool{19: false, 18: true} {
		got, err = recruitment.ImpactRatios(recruitment.Group{Name: "men", Applied: 1, Selected: 1}, recruitment.Group{Name: "women", Applied: women})
		require.NoError(t, err)
		require.Equal(t, small, got[1].Small, women)
	}

	got, err = recruitment.ImpactRatios(recruitment.Group{Name: "men", Applied: 2}, recruitment.Group{Name: "women", Applied: 3})
	require.NoError(t, err)
	require.Empty(t, got, "of nobody selected there is no highest rate")
	_, err = recruitment.ImpactRatios(recruitment.Group{Applied: 1, Selected: 2}, recruitment.Group{Name: "a"}, recruitment.Group{Name: "a", Applied: 1, Selected: -1})
	require.Equal(t, []string{
		"groups[0].name recruitment.impact", "groups[0] recruitment.impact", "groups[1] recruitment.impact", "groups[2].name recruitment.impact", "groups[2] recruitment.impact",
	}, faults(err))
}

// Fisher's test against a dumber method: every way of choosing the selected among all is written out and counted.
func TestSmallNumbersByCounting(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := recruitment.Group{Name: "a", Applied: rapid.IntRange(1, 6).Draw(t, "a")}
		b := recruitment.Group{Name: "b", Applied: rapid.IntRange(1, 6).Draw(t, "b")}
		a.Selected, b.Selected = rapid.IntRange(0, a.Applied).Draw(t, "of a"), rapid.IntRange(0, b.Applied).Draw(t, "of b")
		got, err := recruitment.ImpactRatios(a, b)
		require.NoError(t, err)
		if len(got) == 0 {
			return
		}
		ways, all := map[int]int{}, 0
		for set := range 1 << (a.Applied + b.Applied) {
			chosen, ofA := 0, 0
			for i := range a.Applied + b.Applied {
				if set>>i&1 == 1 {
					chosen++
					if i < a.Applied {
						ofA++
					}
				}
			}
			if chosen == a.Selected+b.Selected {
				ways[ofA]++
				all++
			}
		}
		extreme := 0
		for _, n := range ways {
			if n <= ways[a.Selected] {
				extreme += n
			}
		}
		small := extreme*20 > all
		worse := 1 // the group with the lower rate; of two alike the second
		if a.Selected*b.Applied < b.Selected*a.Applied {
			worse = 0
		}
		require.Equal(t, small, got[worse].Small)
		require.False(t, got[1-worse].Small, "the highest is compared with itself")
	})
}

// Whatever the stages, nobody is lost: who reached a stage that can be left has passed it, ended there, or is in it.
func TestTheFunnelLosesNobody(t *testing.T) {
	all := []recruitment.Event{recruitment.ToScreening, recruitment.ToInterview, recruitment.Propose, recruitment.Accept, recruitment.Decline, recruitment.Reject, recruitment.Withdraw}
	rapid.Check(t, func(t *rapid.T) {
		var applications []recruitment.Application
		now := map[recruitment.State]int{}
		for range rapid.IntRange(0, 12).Draw(t, "applications") {
			a := recruitment.Application{Opening: "R1", State: recruitment.Applied, Trail: []recruitment.Move{{To: recruitment.Applied}}}
			for range rapid.IntRange(0, 8).Draw(t, "moves") {
				on := rapid.SampledFrom(all).Draw(t, "on")
				if to, err := recruitment.Machine().Next(a.State, on); err == nil {
					a.Trail = append(a.Trail, recruitment.Move{On: on, From: a.State, To: to})
					a.State = to
				}
			}
			now[a.State]++
			applications = append(applications, a)
		}
		f := recruitment.Pipeline{}.Measure([]recruitment.Opening{{ID: "R1"}}, applications, func(m recruitment.Move) hr.Date { return hr.DateOf(time.Unix(0, 0), time.UTC) })
		for _, s := range f.Funnel {
			if recruitment.Machine().Terminal(s.Stage) {
				require.Equal(t, now[s.Stage], s.Reached)
				continue
			}
			require.Equal(t, s.Reached, s.Passed+s.Ended+now[s.Stage], "%+v", s)
		}
	})
}
