package recruitment_test

import (
	"context"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/recruitment"
)

// route is a router that always says the same.
type route []hr.ApprovalLevel

func (r route) Route(context.Context, hr.ApprovalAsk) ([]hr.ApprovalLevel, error) { return r, nil }

// Nobody refers themself; whoever leads the new person or approves the hiring may be barred.
func TestWhoMayRefer(t *testing.T) {
	h := newHouse(hr.AllowAll)
	h.line(t, 1, "")
	h.Router = route{{Name: "head", Approvers: []hr.ActorID{"head", "E7"}}}
	opening, err := h.Open(h.ctx, h.cmd(), recruitment.Opening{Requisition: h.approved(t, requisition(1)), Seats: 1})
	require.NoError(t, err)
	inside, err := h.AddCandidate(h.ctx, h.cmd(), recruitment.Candidate{Person: candidate, Employee: "E1"})
	require.NoError(t, err)
	refer := func(by hr.EmployeeID) []string {
		_, err := h.Apply(h.ctx, h.cmd(), opening, inside, recruitment.Source{Channel: recruitment.ChannelReferral, Referrer: by})
		return faults(err)
	}
	before := h.state(t)
	require.Equal(t, []string{"source.referrer recruitment.referral.self"}, refer("E1"))
	h.Policy.Referral = recruitment.ReferralPolicy{NotManager: true, NotApprove: true}
	require.Equal(t, []string{"source.referrer recruitment.referral.barred"}, refer("M1"))
	require.Equal(t, []string{"source.referrer recruitment.referral.barred"}, refer("E7"))
	require.Equal(t, before, h.state(t))
	require.Empty(t, refer("E2"))
}

// Where the service knows who employees are, a referrer must be one, and somebody who takes themself up as an outsider is found out by what
// makes two records duplicates.
func TestReferringOneselfUnderAnotherName(t *testing.T) {
	h := newHouse(hr.AllowAll)
	h.People = h.people
	_, err := h.people.Hire(h.ctx, h.cmd(), hr.Hire{Employee: "E1", Person: hr.Person{Name: "Bo", Email: "bo@x.example"}, Start: day("2020-01-01"), Terms: terms()})
	require.NoError(t, err)
	opening := h.open(t, 2)
	friend, self := h.person(t, "C1", hr.Person{Name: "Cy", Email: "cy@x.example"}), h.person(t, "C2", hr.Person{Name: "B. O.", Email: "Bo+new@x.example"})
	refer := func(by hr.EmployeeID, c recruitment.CandidateID) []string {
		_, err := h.Apply(h.ctx, h.cmd(), opening, c, recruitment.Source{Referrer: by})
		return faults(err)
	}
	before := h.state(t)
	require.Equal(t, []string{"source.referrer recruitment.referral"}, refer("E9", friend))
	require.Equal(t, []string{"source.referrer recruitment.referral.self"}, refer("E1", self))
	require.Equal(t, before, h.state(t))
	require.Empty(t, refer("E1", friend))
}

// The bonus is due three months after the first day if both are employed on that day, and is paid by payroll once.
func TestReferralBonus(t *testing.T) {
	for name, c := range map[string]struct {
		leaves hr.EmployeeID // before the day
		state  recruitment.ReferralState
		paid   string
	}{
		"both stay":           {"", recruitment.ReferralPaid, "25000"},
		"the referrer leaves": {"E1", recruitment.ReferralLost, "0"},
		"the new one leaves":  {"NEW", recruitment.ReferralLost, "0"},
	} {
		h := newHouse(hr.AllowAll)
		pay := h.payroll(t)
		h.employee(t, "E1", "2020-01-01")
		h.Policy.Referral = recruitment.ReferralPolicy{Bonus: hr.MustMoney("25000", "INR"), WaitMonths: 3, Name: "referral_bonus"}
		id, err := h.Apply(h.ctx, h.cmd(), h.open(t, 1), h.candidate(t), recruitment.Source{Referrer: "E1"})
		require.NoError(t, err)
		for _, on := range toOffer[:2] {
			require.NoError(t, buttons[on](h, id))
		}
		offer := good()
		offer.Employee = "NEW"
		require.NoError(t, h.MakeOffer(h.ctx, h.cmd(), id, offer))
		february := hr.MustPeriod("2027-02-01..2027-02-28")
		_, err = h.SettleReferral(h.ctx, h.cmd(), id, february)
		require.Equal(t, []string{"referral recruitment.referral.state"}, faults(err), "nobody is hired yet")
		_, err = h.Accept(h.ctx, h.cmd(), id, 1)
		require.NoError(t, err)
		require.Equal(t, recruitment.Referral{Bonus: hr.MustMoney("25000", "INR"), Due: day("2027-02-02"), State: recruitment.ReferralWaiting}, h.get(t, id).Referral)
		h.now = day("2027-02-01").At(hr.MustTimeOfDay("12:00"), h.now.Location())
		before := h.state(t)
		_, err = h.SettleReferral(h.ctx, h.cmd(), id, february)
		require.Equal(t, []string{"referral recruitment.referral.early"}, faults(err))
		require.NotContains(t, err.Error(), "25000")
		require.Equal(t, before, h.state(t))
		for _, e := range []hr.EmployeeID{"E1", "NEW"} {
			require.NoError(t, h.people.Join(h.ctx, h.cmd(), e))
		}
		if c.leaves != "" {
			require.NoError(t, h.people.Exit(h.ctx, h.cmd(), c.leaves, day("2027-02-01"), "left"))
		}
		h.now = h.now.AddDate(0, 0, 1)
		cmd := h.cmd()
		for range 2 {
			state, err := h.SettleReferral(h.ctx, cmd, id, february)
			require.NoError(t, err, name)
			require.Equal(t, c.state, state, name)
		}
		_, err = h.SettleReferral(h.ctx, h.cmd(), id, february)
		require.Equal(t, []string{"referral recruitment.referral.state"}, faults(err), "paid or lost, it is settled once")
		require.Equal(t, c.state, h.get(t, id).Referral.State)
		slips, err := pay.Preview(h.ctx, view, payroll.RunSpec{Kind: payroll.RunRegular, Period: february, PayDate: february.Through})
		require.NoError(t, err)
		i := slices.IndexFunc(slips, func(r payroll.Result) bool { return r.Employee == "E1" && !r.Failed() })
		require.NotEqual(t, -1, i, "%s: %v", name, slips)
		got, _ := slips[i].Slip.Amount("bonus_pay")
		require.Equal(t, c.paid, hr.Canonical(got), name)
	}
}

// A policy that pays nothing promises nothing, and a candidate whom nobody named brings nobody a bonus.
func TestNoBonusOfNothing(t *testing.T) {
	for name, c := range map[string]struct {
		by    hr.EmployeeID
		bonus hr.Money
	}{"no bonus": {"E1", hr.Money{}}, "a bonus of nothing": {"E1", hr.MustMoney("0", "INR")}, "nobody": {"", hr.MustMoney("25000", "INR")}} {
		h := newHouse(hr.AllowAll)
		h.employee(t, "E1", "2020-01-01")
		h.Policy.Referral = recruitment.ReferralPolicy{Bonus: c.bonus}
		id, err := h.Apply(h.ctx, h.cmd(), h.open(t, 1), h.candidate(t), recruitment.Source{Referrer: c.by})
		require.NoError(t, err)
		for _, on := range append(toOffer[:3:3], recruitment.Accept) {
			require.NoError(t, buttons[on](h, id))
		}
		require.Zero(t, h.get(t, id).Referral, name)
	}
}

// The policy is asked about who gets the bonus; where nobody does, about nobody.
func TestABonusIsAboutItsReferrer(t *testing.T) {
	var about []hr.EmployeeID
	h := newHouse(func(a hr.Ask) hr.Verdict {
		if a.Verb == "recruitment.SettleReferral" {
			about = a.Subjects
		}
		return hr.Verdict{Allow: true}
	})
	h.payroll(t)
	opening := h.open(t, 2)
	for _, by := range []hr.EmployeeID{"E1", ""} {
		id, err := h.Apply(h.ctx, h.cmd(), opening, h.candidate(t), recruitment.Source{Referrer: by})
		require.NoError(t, err)
		_, err = h.SettleReferral(h.ctx, h.cmd(), id, hr.MustPeriod("2027-02-01..2027-02-28"))
		require.Equal(t, []string{"referral recruitment.referral.state"}, faults(err))
		require.Equal(t, by != "", slices.Equal(about, []hr.EmployeeID{"E1"}), about)
		require.Equal(t, by == "", len(about) == 0, about)
	}
}
