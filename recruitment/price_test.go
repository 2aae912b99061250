package recruitment_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/recruitment"
)

// payRules are those of the house's payroll: a tax of 10 % on what a tax year's pay is above 8000000, an employer's share of 12 % of the
// basic, at most 1800 a month, and a bonus.
const payRules = `
input basic: money by piece
input payable_days: days by piece
input period_days: days
input referral_bonus: money = 0
input ytd_basic_pay: money
line basic_pay: money in earnings = round(pieces(basic * payable_days / period_days), 0.01)
line bonus_pay: money in earnings = referral_bonus
line tax: money in deductions = round(10% * (max(0, ytd_basic_pay + basic_pay - 8_000_000) - max(0, ytd_basic_pay - 8_000_000)), 1)
line share: money in employer = round(min(12% * basic_pay, 1800), 1)
`

// payroll wires a real payroll to the house, for offers and bonuses.
func (h *house) payroll(t *testing.T) payroll.Service {
	t.Helper()
	april := payroll.Pack{TaxYear: payroll.YearStart{Month: time.April, Day: 1}}
	plan, err := payroll.Compile(payroll.Config{Currency: "INR", Packs: []payroll.Pack{april}, Components: []payroll.Component{{Name: "house", Text: payRules}}})
	require.NoError(t, err)
	pay := payroll.Service{
		Kit: h.Kit, Runs: h.db, Results: h.db, Postings: h.db, Adjustments: h.db, Adoptions: h.db, Terms: h.people, Staff: h.people, People: h.people,
		Plans: []*payroll.Plan{plan}, Approvers: []hr.ApprovalLevel{{Name: "head", Approvers: []hr.ActorID{"head"}}},
	}
	_, err = pay.Adopt(h.ctx, h.cmd(), plan, hr.MustPeriod("2026-04-01.."))
	require.NoError(t, err)
	h.Pricer, h.Bonuses = pay, pay
	return pay
}

// The first whole month of work, and the twelve that begin with it.
func TestMonths(t *testing.T) {
	for start, want := range map[string]string{
		"2026-11-02": "2026-12-01..2026-12-31 2026-12-01..2027-11-30",
		"2026-11-01": "2026-11-01..2026-11-30 2026-11-01..2027-10-31",
		"2028-01-31": "2028-02-01..2028-02-29 2028-02-01..2029-01-31",
	} {
		month, year, err := recruitment.Months(day(start))
		require.NoError(t, err)
		require.Equal(t, want, month.String()+" "+year.String())
	}
}

// An offer is priced by the plan that will pay it. 717171 a month from 2 November: December is paid without tax, and in the twelve months from
// December four lie in one tax year (2868684) and eight in the next (5737368), both below 8000000. Share: 1800 a month.
func TestAnOfferIsPricedByPayroll(t *testing.T) {
	h := newHouse(hr.AllowAll)
	h.payroll(t)
	id := h.applied(t, h.open(t, 1), toOffer...)
	p := h.get(t, id).Offer.Price
	require.Equal(t, "2026-12-01..2026-12-31 INR 717171.00 INR 717171.00 INR 718971.00", p.Month.Over.String()+" "+p.Month.Gross.String()+" "+p.Month.Net.String()+" "+p.Month.Cost.String())
	require.Equal(t, "2026-12-01..2027-11-30 INR 8606052.00 INR 8606052.00 INR 8627652.00", p.Year.Over.String()+" "+p.Year.Gross.String()+" "+p.Year.Net.String()+" "+p.Year.Cost.String())

	// From 1 April it is one tax year: tax 10 % of 8606052 - 8000000 is 60605.20, by the month 10 % of 606052 in March: 60605.
	april := good()
	april.Start = day("2027-04-01")
	require.NoError(t, h.MakeOffer(h.ctx, h.cmd(), id, april))
	require.Equal(t, "INR 8545447.00", h.get(t, id).Offer.Price.Year.Net.String())

	before := h.state(t)
	dollars := good()
	dollars.Terms = terms()
	dollars.Terms.Currency = "USD"
	err := h.MakeOffer(h.ctx, h.cmd(), id, dollars)
	require.Equal(t, []string{"offer.price.terms.currency payroll.price"}, faults(err))
	require.NotContains(t, err.Error(), "717171")
	require.Equal(t, before, h.state(t))
}

// What was approved for a seat binds its offers: 8627652 a year is the cost of the terms from 2 November (see above).
func TestAnOfferBeyondTheBudget(t *testing.T) {
	for approved, want := range map[string][]string{"8627652": nil, "8627651.99": {"offer.price recruitment.plan.budget"}} {
		h := newHouse(hr.AllowAll)
		h.payroll(t)
		h.line(t, 1, "")
		asked := requisition(1)
		asked.Cost = hr.MustMoney(approved, "INR")
		opening, err := h.Open(h.ctx, h.cmd(), recruitment.Opening{Requisition: h.approved(t, asked), Seats: 1})
		require.NoError(t, err)
		id := h.applied(t, opening, toOffer[:2]...)
		err = buttons[recruitment.Propose](h, id)
		require.Equal(t, want, faults(err))
		if err != nil {
			require.NotContains(t, err.Error(), "86276")
		}
	}
}

func TestAPricerThatFails(t *testing.T) {
	h := newHouse(hr.AllowAll)
	pay := h.payroll(t)
	id := h.applied(t, h.open(t, 1), toOffer[:2]...)
	before := h.state(t)
	pay.Kit.Authorize = nil
	h.Pricer = pay
	err := buttons[recruitment.Propose](h, id)
	require.ErrorIs(t, err, hr.ErrDenied, "who may not see pay makes no priced offer")
	require.Equal(t, before, h.state(t))
}

// An offer that must be approved cannot be accepted before, is approved by neither who made it nor who gets something from it, and a revision
// asks again.
func TestOfferApproval(t *testing.T) {
	h := newHouse(hr.AllowAll)
	h.Policy.OfferApproved = true
	h.Router = route{{Name: "desk", Approvers: []hr.ActorID{"recruiter", "head", "friend", "self"}}, {Name: "chief", Approvers: []hr.ActorID{"chief"}}}
	inside, err := h.AddCandidate(h.ctx, h.cmd(), recruitment.Candidate{Person: candidate, Employee: "E5"})
	require.NoError(t, err)
	id, err := h.Apply(h.ctx, h.cmd(), h.open(t, 1), inside, recruitment.Source{Referrer: "E4"})
	require.NoError(t, err)
	for _, on := range toOffer {
		require.NoError(t, buttons[on](h, id))
	}
	require.Equal(t, recruitment.OfferWaiting, h.get(t, id).Offer.State)
	before := h.state(t)
	_, err = h.Accept(h.ctx, h.cmd(), id, 1)
	require.Equal(t, []string{"offer.state recruitment.offer.state"}, faults(err))
	decide := func(a hr.Actor, number int, agree bool) (recruitment.OfferState, []string) {
		state, err := h.DecideOffer(h.ctx, h.by(a), id, number, agree, "")
		return state, faults(err)
	}
	for _, c := range []struct {
		actor hr.Actor
		rule  string
	}{
		{hr.Actor{ID: "recruiter"}, "conflict"},
		{hr.Actor{ID: "friend", Employee: "E4"}, "conflict"},
		{hr.Actor{ID: "self", Employee: "E5"}, "conflict"},
		{hr.Actor{ID: "chief"}, "actor"}, // not yet
	} {
		_, got := decide(c.actor, 1, true)
		require.Equal(t, []string{"offer.approval.by hr.approval." + c.rule}, got, c.actor.ID)
	}
	_, got := decide(head, 2, true)
	require.Equal(t, []string{"number recruitment.offer.number"}, got)
	require.Equal(t, before, h.state(t))
	state, got := decide(head, 1, true)
	require.Empty(t, got)
	require.Equal(t, recruitment.OfferWaiting, state, "one more level")

	require.NoError(t, buttons[recruitment.Propose](h, id))
	require.Equal(t, recruitment.OfferReplaced, h.get(t, id).Earlier[0].State)
	state, _ = decide(head, 2, false)
	require.Equal(t, recruitment.OfferRefused, state)
	before = h.state(t)
	_, err = h.Accept(h.ctx, h.cmd(), id, 2)
	require.Equal(t, []string{"offer.state recruitment.offer.state"}, faults(err))
	_, got = decide(chief, 2, true)
	require.Equal(t, []string{"offer.state recruitment.offer.state"}, got)
	require.Equal(t, before, h.state(t))

	require.NoError(t, buttons[recruitment.Propose](h, id))
	require.Equal(t, recruitment.OfferRefused, h.get(t, id).Earlier[1].State, "what was refused stays refused on record")
	for _, a := range []hr.Actor{head, chief} {
		_, got := decide(a, 3, true)
		require.Empty(t, got)
	}
	hired, err := h.Accept(h.ctx, h.cmd(), id, 3)
	require.NoError(t, err)
	require.Equal(t, []hr.EmployeeID{hired}, h.staff(t))

	h.Router = nil
	other := h.applied(t, h.open(t, 1), toOffer[:2]...)
	require.Equal(t, []string{"recruitment.router recruitment.service"}, faults(buttons[recruitment.Propose](h, other)))
}
