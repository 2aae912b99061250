package lifecycle_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/lifecycle"
)

// by is a command of somebody, later than noon by days.
func (h *house) by(actor hr.ActorID) hr.Command {
	cmd := h.cmd()
	cmd.Actor = hr.Actor{ID: actor, Employee: hr.EmployeeID(actor)}
	return cmd
}

// at makes the clock of the house stand at noon, so many days later.
func (h *house) at(days int) {
	h.Kit.Now = func() time.Time { return noon.AddDate(0, 0, days) }
}

// desks is a house where boss manages E1, and both are paid into accounts.
func desks(t require.TestingT) *house {
	h := newHouse(hr.AllowAll)
	h.hire(t, joiner("boss", "2020-01-01"))
	j := joiner("E1", "2026-01-01")
	j.Terms.Manager, j.Person.Bank = "boss", account
	h.hire(t, j)
	require.NoError(t, h.Join(h.ctx, h.cmd(), "E1"))
	return h
}

func (h *house) proposal(t require.TestingT, id lifecycle.ProposalID) lifecycle.Proposal {
	p, err := h.db.Proposal(h.ctx, id)
	require.NoError(t, err)
	return p
}

// A raise with a letter: the manager agrees, and only then do the terms change; the record says who, why, and which letter.
func TestPayRevisionWithLetterAndApproval(t *testing.T) {
	h := desks(t)
	letter := hr.Ref{Kind: "letter", ID: "L-7"}
	id, err := h.Propose(h.ctx, h.by("hr-desk"), lifecycle.Proposal{Employee: "E1", Kind: lifecycle.ProposePay, Terms: raise("2026-11-01", 50000), Letter: letter})
	require.NoError(t, err)
	require.Equal(t, "40000", h.basic(t, "E1", "2026-11-01"), "what is proposed is paid to nobody")
	before := h.state(t)
	for actor, rule := range map[hr.ActorID]string{"hr-desk": "hr.approval.conflict", "E1": "hr.approval.conflict", "hr-head": "hr.approval.actor"} {
		require.Contains(t, faultsRules(h.Decide(h.ctx, h.by(actor), id, true)), rule, actor)
	}
	require.Equal(t, before, h.state(t), "neither who prepared it, nor who gains, nor who was not asked")
	agree := h.by("boss")
	agree.Reason = "a good year"
	require.NoError(t, h.Decide(h.ctx, agree, id, true))
	require.NoError(t, h.Decide(h.ctx, agree, id, true), "sent again, it is the same")
	require.Equal(t, []string{"40000", "50000"}, []string{h.basic(t, "E1", "2026-10-31"), h.basic(t, "E1", "2026-11-01")})
	require.Equal(t, lifecycle.ProposalApplied, h.proposal(t, id).State)
	happened, err := h.Happenings(h.ctx, view, "E1")
	require.NoError(t, err)
	require.Equal(t, []string{"lifecycle.propose E1", "lifecycle.proposal_applied E1"}, h.events(t)[3:])
	last := happened[len(happened)-1]
	require.Equal(t, "pay_revision boss a good year", fmt.Sprint(last.Value.Event, " ", last.Value.By, " ", last.Value.Why))
	require.Equal(t, []hr.Ref{letter, {Kind: "proposal", ID: string(id)}}, []hr.Ref{last.Value.Letter, last.Value.Case})
	require.Equal(t, day("2026-11-01"), last.Period.From)
	require.Equal(t, []string{"state lifecycle.proposal.state"}, faults(h.CancelProposal(h.ctx, h.by("hr-desk"), id)))
}

func TestProposalsOfOtherKinds(t *testing.T) {
	h := desks(t)
	propose := func(p lifecycle.Proposal) lifecycle.ProposalID {
		p.Employee = "E1"
		id, err := h.Propose(h.ctx, h.by("hr-desk"), p)
		require.NoError(t, err)
		return id
	}
	promotion := propose(lifecycle.Proposal{Kind: lifecycle.ProposePromotion, Terms: lifecycle.TermsChange{From: day("2026-11-01"), Set: hr.Terms{Grade: "G7", Position: "Lead"}}})
	move := propose(lifecycle.Proposal{Kind: lifecycle.ProposeTransfer, Transfer: lifecycle.Transfer{From: day("2026-12-01"), Set: hr.Terms{Entity: "BETA-IN"}}})
	name := propose(lifecycle.Proposal{Kind: lifecycle.ProposePerson, Person: hr.Person{Name: "Asha Menon"}})
	for _, id := range []lifecycle.ProposalID{promotion, move, name} {
		require.NoError(t, h.Decide(h.ctx, h.by("boss"), id, true))
	}
	terms, _ := h.terms(t, "E1", 0).At(day("2026-12-01"))
	require.Equal(t, "G7 Lead BETA-IN", fmt.Sprint(terms.Grade, " ", terms.Position, " ", terms.Entity))
	e := h.get(t, "E1")
	require.Equal(t, "Asha Menon", e.Person.Name)
	require.Equal(t, account, e.Person.Bank, "the bank account is another proposal")
	happened, err := h.Happenings(h.ctx, view, "E1")
	require.NoError(t, err)
	require.Equal(t, "person boss", fmt.Sprint(happened[len(happened)-1].Value.Event, " ", happened[len(happened)-1].Value.By))
	no := propose(lifecycle.Proposal{Kind: lifecycle.ProposePay, Terms: raise("2027-01-01", 90000)})
	require.NoError(t, h.Decide(h.ctx, h.by("boss"), no, false))
	require.Equal(t, lifecycle.ProposalRefused, h.proposal(t, no).State)
	require.Equal(t, "40000", h.basic(t, "E1", "2027-01-01"))
	list, err := h.ProposalsOf(h.ctx, view, "E1")
	require.NoError(t, err)
	require.Len(t, list, 4)
}

// More than 50000 a month is for the board, and more than 1000 dollars for the office abroad: by the sum of the new pay terms, in their currency. What
// changes no pay is for the manager.
func TestAProposalIsRoutedByItsAmount(t *testing.T) {
	h := desks(t)
	asks := func(id hr.ActorID) []lifecycle.RouteLevel {
		return []lifecycle.RouteLevel{{Name: "one", Ask: []lifecycle.Approver{{Kind: lifecycle.AskPerson, Person: hr.Actor{ID: id}}}}}
	}
	h.Routing.Rules = []lifecycle.RouteRule{
		{Name: "dear", Above: hr.MustMoney("50000.00", "INR"), Levels: asks("board")},
		{Name: "dear abroad", Above: hr.MustMoney("1000.00", "USD"), Levels: asks("abroad")},
		{Name: "other", Levels: asks("boss")},
	}
	pay := func(basic, hra int64) hr.Terms {
		return hr.Terms{Pay: []hr.PayTerm{{Name: "basic", Amount: rupees(basic)}, {Name: "hra", Amount: rupees(hra)}}}
	}
	dollars := pay(1000, 1)
	dollars.Currency = "USD"
	from := day("2026-11-01")
	for name, c := range map[string]struct {
		p    lifecycle.Proposal
		want hr.ActorID
	}{
		"just as much":        {lifecycle.Proposal{Kind: lifecycle.ProposePay, Terms: lifecycle.TermsChange{From: from, Set: pay(40000, 10000)}}, "boss"},
		"a rupee more":        {lifecycle.Proposal{Kind: lifecycle.ProposePay, Terms: lifecycle.TermsChange{From: from, Set: pay(40000, 10001)}}, "board"},
		"a dollar more":       {lifecycle.Proposal{Kind: lifecycle.ProposePay, Terms: lifecycle.TermsChange{From: from, Set: dollars}}, "abroad"},
		"a grade":             {lifecycle.Proposal{Kind: lifecycle.ProposePromotion, Terms: lifecycle.TermsChange{From: from, Set: hr.Terms{Grade: "G7"}}}, "boss"},
		"a transfer":          {lifecycle.Proposal{Kind: lifecycle.ProposeTransfer, Transfer: lifecycle.Transfer{From: from, Set: hr.Terms{Place: "Goa"}}}, "boss"},
		"a transfer for more": {lifecycle.Proposal{Kind: lifecycle.ProposeTransfer, Transfer: lifecycle.Transfer{From: from, Set: pay(60000, 0)}}, "board"},
	} {
		c.p.Employee = "E1"
		id, err := h.Propose(h.ctx, h.by("hr-desk"), c.p)
		require.NoError(t, err, name)
		require.Equal(t, []hr.ActorID{c.want}, h.proposal(t, id).Approval.Levels[0].Approvers, name)
	}
}

// A new bank account waits for a second person and for three days. Meanwhile the old one is paid or, where the host says so, none.
func TestABankChangeWaits(t *testing.T) {
	other := hr.BankAccount{Holder: "Asha Rao", Number: hr.NewSecret("999888777"), Bank: "MUST0000009"}
	for _, hold := range []bool{false, true} {
		h := desks(t)
		h.BankChange.Hold = hold
		paidInto := func() string {
			people, err := h.People(h.ctx, view, "E1", "boss")
			require.NoError(t, err)
			return people[0].Bank.Bank
		}
		meanwhile := map[bool]string{false: account.Bank, true: ""}[hold]
		id, err := h.Propose(h.ctx, h.by("E1"), lifecycle.Proposal{Employee: "E1", Kind: lifecycle.ProposeBank, Person: hr.Person{Bank: other}})
		require.NoError(t, err)
		require.Equal(t, meanwhile, paidInto())
		require.Equal(t, []string{"state lifecycle.proposal.state"}, faults(h.ApplyProposal(h.ctx, h.by("hr-desk"), id)), "nobody has agreed")
		require.Equal(t, []string{"approval.by hr.approval.conflict"}, faults(h.Decide(h.ctx, h.by("E1"), id, true)))
		require.NoError(t, h.Decide(h.ctx, h.by("boss"), id, true))
		require.Equal(t, day("2026-11-03"), h.proposal(t, id).NotBefore)
		h.at(2)
		before := h.state(t)
		require.Equal(t, []string{"not_before lifecycle.proposal.early"}, faults(h.ApplyProposal(h.ctx, h.by("hr-desk"), id)))
		require.Equal(t, before, h.state(t))
		require.Equal(t, meanwhile, paidInto())
		h.at(3)
		due, err := h.Due(h.ctx, view, nil, hr.MustPeriod("2026-11-03..2026-11-03"))
		require.NoError(t, err)
		require.Equal(t, []lifecycle.Due{{Employee: "E1", Kind: lifecycle.DueBankChange, On: day("2026-11-03"), Day: day("2026-11-03"), Ref: hr.Ref{Kind: "proposal", ID: string(id)}}}, due)
		require.NoError(t, h.ApplyProposal(h.ctx, h.by("hr-desk"), id))
		require.Equal(t, other.Bank, paidInto())
		require.Equal(t, []string{"state lifecycle.proposal.state"}, faults(h.ApplyProposal(h.ctx, h.by("hr-desk"), id)))
		require.NotContains(t, fmt.Sprint(h.events(t)), "999888777")

		// Called off in time, the old account stays.
		id, err = h.Propose(h.ctx, h.by("E1"), lifecycle.Proposal{Employee: "E1", Kind: lifecycle.ProposeBank, Person: hr.Person{Bank: account}})
		require.NoError(t, err)
		require.NoError(t, h.Decide(h.ctx, h.by("boss"), id, true))
		require.NoError(t, h.CancelProposal(h.ctx, h.by("E1"), id))
		require.Equal(t, other.Bank, paidInto())
	}
}

func TestProposalsRefuse(t *testing.T) {
	h := desks(t)
	before := h.state(t)
	propose := func(p lifecycle.Proposal) []string {
		p.Employee = "E1"
		_, err := h.Propose(h.ctx, h.by("hr-desk"), p)
		return faults(err)
	}
	require.Equal(t, []string{"terms lifecycle.proposal.kind", "kind lifecycle.proposal.kind"}, propose(lifecycle.Proposal{Terms: raise("2026-11-01", 1)}))
	require.Equal(t, []string{"terms lifecycle.proposal.kind", "transfer lifecycle.proposal.kind", "transfer.from lifecycle.terms.from", "transfer.set lifecycle.terms.empty"},
		propose(lifecycle.Proposal{Kind: lifecycle.ProposeTransfer, Terms: raise("2026-11-01", 1)}))
	require.Equal(t, []string{"terms.from lifecycle.terms.outside_employment"}, propose(lifecycle.Proposal{Kind: lifecycle.ProposePay, Terms: raise("2025-11-01", 1)}))
	require.Equal(t, []string{"person.bank.bank lifecycle.person.bank", "person.bank.holder lifecycle.person.bank"},
		propose(lifecycle.Proposal{Kind: lifecycle.ProposeBank, Person: hr.Person{Bank: hr.BankAccount{Number: account.Number}}}))
	h.BankChange = lifecycle.BankChange{}
	require.Equal(t, []string{"bank_change.days lifecycle.bank.delay"}, propose(lifecycle.Proposal{Kind: lifecycle.ProposeBank, Person: hr.Person{Bank: account}}))
	require.Equal(t, []string{"proposal lifecycle.proposal.unknown"}, faults(h.Decide(h.ctx, h.by("boss"), "P9", true)))
	require.Equal(t, before, h.state(t))
	h.BankChange.Days = 1
	require.Empty(t, propose(lifecycle.Proposal{Kind: lifecycle.ProposeBank, Person: hr.Person{Bank: account}}), "a day is enough")
	h.Service.Proposals = nil
	require.Equal(t, []string{"lifecycle.proposals lifecycle.proposal.port"}, propose(lifecycle.Proposal{Kind: lifecycle.ProposePay, Terms: raise("2026-11-01", 1)}))
}

// What was true when it was proposed may be so no more when it is agreed: then nothing changes, and it stays to be decided.
func TestAProposalIsCheckedAgain(t *testing.T) {
	h := desks(t)
	id, err := h.Propose(h.ctx, h.by("hr-desk"), lifecycle.Proposal{Employee: "E1", Kind: lifecycle.ProposePay, Terms: raise("2026-12-01", 50000)})
	require.NoError(t, err)
	require.NoError(t, h.Exit(h.ctx, h.cmd(), "E1", day("2026-11-30"), "resigned"))
	before := h.state(t)
	require.Contains(t, faults(h.Decide(h.ctx, h.by("boss"), id, true)), "from lifecycle.terms.outside_employment")
	require.Equal(t, before, h.state(t))
	require.Equal(t, lifecycle.ProposalPending, h.proposal(t, id).State)
}
