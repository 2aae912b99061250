package lifecycle_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/storage"
)

var account = hr.BankAccount{Holder: "Asha Rao", Number: hr.NewSecret("000111222333"), Bank: "MUST0000001"}

func TestHire(t *testing.T) {
	h := newHouse(func(a hr.Ask) hr.Verdict {
		require.True(t, a.Verb != "lifecycle.Hire" || len(a.Subjects) == 0, "who has no id yet is nobody one could ask about")
		return hr.Verdict{Allow: true}
	})
	hire := joiner("", "2026-03-01")
	hire.Person.Bank, hire.Cause = account, hr.Ref{Kind: "application", ID: "A1"}
	cmd := h.cmd()
	id, err := h.Hire(h.ctx, cmd, hire)
	require.NoError(t, err)
	require.NotEmpty(t, id)
	again, err := h.Hire(h.ctx, cmd, hire)
	require.NoError(t, err)
	require.Equal(t, id, again, "the same command again is the same employee")
	_, err = h.Hire(h.ctx, cmd, joiner("", "2026-03-02"))
	require.ErrorIs(t, err, storage.ErrReused)

	e, err := h.Employment(h.ctx, view, id)
	require.NoError(t, err)
	require.Equal(t, lifecycle.Employment{
		ID: id, Person: hire.Person, State: lifecycle.Preboarding, Entity: "ACME-IN", Start: day("2026-03-01"), Version: 1,
	}, e)
	require.Empty(t, h.basic(t, id, "2026-02-28"))
	require.Equal(t, "40000", h.basic(t, id, "2026-03-01"))
	require.Equal(t, "40000", h.basic(t, id, "2126-03-01"))
	history, err := h.TermsHistory(h.ctx, view, id)
	require.NoError(t, err)
	require.Len(t, history.Entries(), 1)
	require.Equal(t, hire.Cause, history.Entries()[0].Cause)

	other := h.hire(t, joiner("", "2026-03-01"))
	require.NotEqual(t, id, other)
	require.Equal(t, []string{"lifecycle.hire " + string(id), "lifecycle.hire " + string(other)}, h.events(t))
}

func TestHireReportsEveryFaultAtOnce(t *testing.T) {
	h := newHouse(hr.AllowAll)
	h.hire(t, joiner("E1", "2026-01-01"))
	before := h.state(t)
	hire := hr.Hire{
		Employee: "E1",
		Person: hr.Person{
			Born: day("2026-04-01"), Gender: "F", Bank: hr.BankAccount{Kind: "savings"},
			Identities: []hr.Identity{{Kind: "pan_in", Number: hr.NewSecret("AAAPA1234A")}, {Kind: "pan_in", Number: hr.NewSecret("BBBPB1234B")}, {Kind: "uan_in"}},
		},
		Start: day("2026-03-01"),
		Terms: hr.Terms{
			Currency: "rupee", Manager: "E1",
			Pay:     []hr.PayTerm{{Name: "basic", Amount: rupees(-98765)}, {Amount: rupees(1)}, {Name: "basic"}},
			Answers: []hr.Answer{{Name: "pf_capped", Text: "yes"}, {Name: "pf_capped"}, {}},
		},
	}
	want := []string{
		"person.name lifecycle.person.name",
		"person.gender lifecycle.person.gender",
		"person.identities[1] lifecycle.person.identity",
		"person.identities[2] lifecycle.person.identity",
		"person.bank.number lifecycle.person.bank",
		"person.bank.bank lifecycle.person.bank",
		"person.bank.holder lifecycle.person.bank",
		"person.born lifecycle.person.born",
		"terms.entity lifecycle.terms.entity",
		"terms.currency lifecycle.terms.currency",
		"terms.pay[0].amount lifecycle.terms.pay_amount",
		"terms.pay[1].name lifecycle.terms.pay_name",
		"terms.pay[2].name lifecycle.terms.pay_twice",
		"terms.answers[1].name lifecycle.terms.answer",
		"terms.answers[2].name lifecycle.terms.answer",
		"terms.manager lifecycle.manager.cycle",
		"employee lifecycle.hire.duplicate",
	}
	_, err := h.Hire(h.ctx, h.cmd(), hire)
	require.Equal(t, want, faults(err), err)
	require.ErrorIs(t, err, hr.ErrDuplicate)
	for _, value := range []string{"98765", "AAAPA1234A", "rupee"} {
		require.NotContains(t, err.Error(), value)
	}
	_, err = h.Hire(h.ctx, h.cmd(), hr.Hire{Terms: hr.Terms{Manager: "nobody"}})
	require.Equal(t, []string{
		"person.name lifecycle.person.name", "start lifecycle.hire.start", "terms.entity lifecycle.terms.entity",
		"terms.currency lifecycle.terms.currency", "terms.manager lifecycle.manager.unknown",
	}, faults(err), err)
	require.ErrorIs(t, err, hr.ErrRequired)
	require.ErrorContains(t, err, "terms.currency: is required")
	require.Equal(t, before, h.state(t))
}

func TestChangePerson(t *testing.T) {
	h := newHouse(hr.AllowAll)
	h.hire(t, joiner("E1", "2026-03-01"))
	married := hr.Person{Name: "Asha Menon", Bank: account}
	require.NoError(t, h.ChangePerson(h.ctx, h.cmd(), "E1", married))
	people, err := h.People(h.ctx, view, "E1")
	require.NoError(t, err)
	require.Equal(t, []hr.Person{married}, people)
	require.Equal(t, []string{"lifecycle.hire E1", "lifecycle.person E1"}, h.events(t))
	before := h.state(t)
	err = h.ChangePerson(h.ctx, h.cmd(), "E1", hr.Person{Born: day("2026-03-01"), Bank: hr.BankAccount{Number: account.Number}})
	require.Equal(t, []string{
		"person.name lifecycle.person.name", "person.bank.bank lifecycle.person.bank", "person.bank.holder lifecycle.person.bank", "person.born lifecycle.person.born",
		"person.bank lifecycle.bank.proposal",
	}, faults(err), err)
	require.NotContains(t, err.Error(), account.Number.Reveal())
	require.Equal(t, before, h.state(t))
}

// Spouses may share an account: it is found and not refused.
func TestOneBankAccountTwice(t *testing.T) {
	h := newHouse(hr.AllowAll)
	hire := func(id hr.EmployeeID, bank hr.BankAccount) {
		j := joiner(id, "2026-01-01")
		j.Person.Bank = bank
		h.hire(t, j)
		require.NoError(t, h.Join(h.ctx, h.cmd(), id))
	}
	sharing := func(id hr.EmployeeID) []hr.EmployeeID {
		ids, err := h.SharingAccount(h.ctx, view, id)
		require.NoError(t, err)
		return ids
	}
	branch := account
	branch.Bank = "MUST0000002"
	spouse := account
	spouse.Holder, spouse.Kind = "Rahul Rao", "savings"
	hire("E1", account)
	hire("E2", branch)
	require.Empty(t, sharing("E1"), "the same number at another branch is another account")
	hire("E4", spouse)
	hire("E3", account)
	require.Equal(t, []hr.EmployeeID{"E3", "E4"}, sharing("E1"))
	require.Equal(t, []hr.EmployeeID{"E1", "E3"}, sharing("E4"))
	require.NoError(t, h.Exit(h.ctx, h.cmd(), "E3", day("2026-10-31"), "resigned"))
	require.Equal(t, []hr.EmployeeID{"E4"}, sharing("E1"), "who has left is paid into it no longer")
	hire("E5", hr.BankAccount{})
	hire("E6", hr.BankAccount{})
	require.Empty(t, sharing("E5"), "two without an account share none")
	_, err := h.SharingAccount(h.ctx, view, "E9")
	require.Equal(t, []string{"employee lifecycle.employment.unknown"}, faults(err))
}

func TestNobody(t *testing.T) {
	h := newHouse(hr.AllowAll)
	_, change := h.ChangeTerms(h.ctx, h.cmd(), "E9", raise("2026-01-01", 1))
	_, withdraw := h.WithdrawTerms(h.ctx, h.cmd(), "E9", "x")
	_, employment := h.Employment(h.ctx, view, "E9")
	_, history := h.TermsHistory(h.ctx, view, "E9")
	for name, err := range map[string]error{
		"ChangeTerms": change, "WithdrawTerms": withdraw, "Employment": employment, "TermsHistory": history,
		"ChangePerson": h.ChangePerson(h.ctx, h.cmd(), "E9", hr.Person{Name: "Nobody"}),
		"Join":         moves[lifecycle.Join](h, "E9"), "Exit": moves[lifecycle.Exit](h, "E9"),
	} {
		require.Equal(t, []string{"employee lifecycle.employment.unknown"}, faults(err), name)
		require.ErrorIs(t, err, storage.ErrNotFound, name)
	}
	h.hire(t, joiner("E1", "2026-01-01"))
	_, err := h.People(h.ctx, view, "E9", "E1", "E8")
	require.Equal(t, []string{"ids[0] lifecycle.employment.unknown", "ids[2] lifecycle.employment.unknown"}, faults(err))
}

func TestAServiceWithoutPorts(t *testing.T) {
	h := newHouse(hr.AllowAll)
	h.Service = lifecycle.Service{Kit: h.Kit}
	want := []string{"lifecycle.employments lifecycle.service", "lifecycle.facts lifecycle.service"}
	for on, move := range moves {
		require.Equal(t, want, faults(move(h, "E1")), on)
	}
	_, err := h.Hire(h.ctx, h.cmd(), joiner("E1", "2026-01-01"))
	require.Equal(t, want, faults(err))
	require.ErrorIs(t, err, hr.ErrRequired)
}

var errBroken = errors.New("the disk is full")

// fullDisk fails to write terms, after the case was written.
type fullDisk struct{ lifecycle.Facts }

func (fullDisk) AppendTerms(context.Context, hr.EmployeeID, ...hr.Entry[hr.Terms]) error {
	return errBroken
}

func TestAFailureLeavesNothingBehind(t *testing.T) {
	h := newHouse(hr.AllowAll)
	h.hire(t, joiner("E1", "2026-01-01"))
	require.NoError(t, h.Join(h.ctx, h.cmd(), "E1"))
	before := h.state(t)
	sound := h.Service.Facts
	h.Service.Facts = fullDisk{sound}
	hire, exit := h.cmd(), h.cmd()
	_, err := h.Hire(h.ctx, hire, joiner("E2", "2026-01-01"))
	require.ErrorIs(t, err, errBroken)
	require.ErrorIs(t, h.Exit(h.ctx, exit, "E1", day("2026-12-31"), ""), errBroken)
	_, err = h.Import(h.ctx, h.cmd(), arrivals()[2:])
	require.ErrorIs(t, err, errBroken)
	require.Equal(t, before, h.state(t))
	h.Service.Facts = sound
	id, err := h.Hire(h.ctx, hire, joiner("E2", "2026-01-01"))
	require.NoError(t, err, "the same command, once the disk has room")
	require.Equal(t, hr.EmployeeID("E2"), id)
	require.NoError(t, h.Exit(h.ctx, exit, "E1", day("2026-12-31"), ""))
}

// Every verb is judged, about the people it concerns, and a refusal changes nothing and is on record.
func TestEveryVerbIsJudged(t *testing.T) {
	var asked []hr.EmployeeID
	allow := true
	h := newHouse(func(a hr.Ask) hr.Verdict {
		asked = a.Subjects
		return hr.Verdict{Allow: allow, Reason: "not yours"}
	})
	h.hire(t, joiner("E1", "2026-01-01"))
	h.hire(t, joiner("E2", "2026-01-01"))
	proposed, err := h.Propose(h.ctx, h.cmd(), lifecycle.Proposal{Employee: "E1", Kind: lifecycle.ProposePay, Terms: raise("2026-02-01", 1)})
	require.NoError(t, err)
	shown, err := h.KeepDocument(h.ctx, h.cmd(), lifecycle.Document{Employee: "E2", Kind: "visa"}, "")
	require.NoError(t, err)
	allow = false
	before := h.state(t)
	pins := []hr.Pin{{Employee: "E1"}, {Employee: "E2"}}
	calls := []struct {
		verb     string
		call     func() error
		subjects []hr.EmployeeID
	}{
		{"Hire", func() error { _, err := h.Hire(h.ctx, h.cmd(), joiner("E3", "2026-01-01")); return err }, []hr.EmployeeID{"E3"}},
		{"Import", func() error { _, err := h.Import(h.ctx, h.cmd(), arrivals()); return err }, []hr.EmployeeID{"E9", "E1", "E5"}},
		{"ChangePerson", func() error { return h.ChangePerson(h.ctx, h.cmd(), "E1", hr.Person{Name: "A"}) }, []hr.EmployeeID{"E1"}},
		{"ChangeTerms", func() error { _, err := h.ChangeTerms(h.ctx, h.cmd(), "E1", raise("2026-02-01", 1)); return err }, []hr.EmployeeID{"E1"}},
		{"WithdrawTerms", func() error { _, err := h.WithdrawTerms(h.ctx, h.cmd(), "E1", "x"); return err }, []hr.EmployeeID{"E1"}},
		{"Join", func() error { return moves[lifecycle.Join](h, "E1") }, []hr.EmployeeID{"E1"}},
		{"Confirm", func() error { return moves[lifecycle.Confirm](h, "E1") }, []hr.EmployeeID{"E1"}},
		{"GiveNotice", func() error { return moves[lifecycle.Notice](h, "E1") }, []hr.EmployeeID{"E1"}},
		{"WithdrawNotice", func() error { return moves[lifecycle.NoticeWithdrawn](h, "E1") }, []hr.EmployeeID{"E1"}},
		{"Exit", func() error { return moves[lifecycle.Exit](h, "E1") }, []hr.EmployeeID{"E1"}},
		{"Postpone", func() error { return moves[lifecycle.Postpone](h, "E1") }, []hr.EmployeeID{"E1"}},
		{"NoShow", func() error { return moves[lifecycle.NoShow](h, "E1") }, []hr.EmployeeID{"E1"}},
		{"CallOff", func() error { return moves[lifecycle.CallOff](h, "E1") }, []hr.EmployeeID{"E1"}},
		{"ExtendProbation", func() error { return moves[lifecycle.ExtendProbation](h, "E1") }, []hr.EmployeeID{"E1"}},
		{"Suspend", func() error { return moves[lifecycle.Suspend](h, "E1") }, []hr.EmployeeID{"E1"}},
		{"StartLongLeave", func() error { return moves[lifecycle.StartLongLeave](h, "E1") }, []hr.EmployeeID{"E1"}},
		{"Second", func() error { return moves[lifecycle.Second](h, "E1") }, []hr.EmployeeID{"E1"}},
		{"Revise", func() error { return moves[lifecycle.Revise](h, "E1") }, []hr.EmployeeID{"E1"}},
		{"Return", func() error { return moves[lifecycle.Return](h, "E1") }, []hr.EmployeeID{"E1"}},
		{"Retire", func() error { return moves[lifecycle.Retire](h, "E1") }, []hr.EmployeeID{"E1"}},
		{"ExtendService", func() error { return h.ExtendService(h.ctx, h.cmd(), "E1", day("2030-01-01")) }, []hr.EmployeeID{"E1"}},
		{"ContractThrough", func() error { return h.ContractThrough(h.ctx, h.cmd(), "E1", day("2030-01-01")) }, []hr.EmployeeID{"E1"}},
		{"RecordDeath", func() error { return moves[lifecycle.Die](h, "E1") }, []hr.EmployeeID{"E1"}},
		{"Rehire", func() error { return moves[lifecycle.Rehire](h, "E1") }, []hr.EmployeeID{"E1"}},
		{"Rehire", func() error {
			_, err := h.Rehire(h.ctx, h.cmd(), lifecycle.Rehiring{Former: "E1", Hire: joiner("E7", "2030-01-01")})
			return err
		}, []hr.EmployeeID{"E7", "E1"}},
		{"Move", func() error { return h.Move(h.ctx, h.cmd(), "E1", lifecycle.HostMove{Event: "x"}) }, []hr.EmployeeID{"E1"}},
		{"Transfer", func() error { _, err := h.Transfer(h.ctx, h.cmd(), "E1", lifecycle.Transfer{}); return err }, []hr.EmployeeID{"E1"}},
		{"Propose", func() error { _, err := h.Propose(h.ctx, h.cmd(), lifecycle.Proposal{Employee: "E1"}); return err }, []hr.EmployeeID{"E1"}},
		{"Decide", func() error { return h.Decide(h.ctx, h.cmd(), proposed, true) }, []hr.EmployeeID{"E1"}},
		{"ApplyProposal", func() error { return h.ApplyProposal(h.ctx, h.cmd(), proposed) }, []hr.EmployeeID{"E1"}},
		{"CancelProposal", func() error { return h.CancelProposal(h.ctx, h.cmd(), proposed) }, []hr.EmployeeID{"E1"}},
		{"ProposalsOf", func() error { _, err := h.ProposalsOf(h.ctx, view, "E1"); return err }, []hr.EmployeeID{"E1"}},
		{"KeepDocument", func() error {
			_, err := h.KeepDocument(h.ctx, h.cmd(), lifecycle.Document{Employee: "E1"}, "")
			return err
		}, []hr.EmployeeID{"E1"}},
		{"VoidDocument", func() error { return h.VoidDocument(h.ctx, h.cmd(), shown) }, []hr.EmployeeID{"E2"}},
		{"DocumentsOf", func() error { _, err := h.DocumentsOf(h.ctx, view, "E1"); return err }, []hr.EmployeeID{"E1"}},
		{"Due", func() error { _, err := h.Due(h.ctx, view, nil, hr.MustPeriod("2026-01-01..2026-01-31")); return err }, nil},
		{"Happenings", func() error { _, err := h.Happenings(h.ctx, view, "E1"); return err }, []hr.EmployeeID{"E1"}},
		{"TermsOf", func() error { _, err := h.TermsOf(h.ctx, view, pins, hr.Period{}); return err }, []hr.EmployeeID{"E1", "E2"}},
		{"TermsHistory", func() error { _, err := h.TermsHistory(h.ctx, view, "E1"); return err }, []hr.EmployeeID{"E1"}},
		{"Changes", func() error { _, err := h.Changes(h.ctx, view, pins); return err }, []hr.EmployeeID{"E1", "E2"}},
		{"People", func() error { _, err := h.People(h.ctx, view, "E2", "E1"); return err }, []hr.EmployeeID{"E2", "E1"}},
		{"Employees", func() error { _, err := h.Employees(h.ctx, view, hr.MustPeriod("2026-01-01.."), "", 0); return err }, nil},
		{"Employment", func() error { _, err := h.Employment(h.ctx, view, "E1"); return err }, []hr.EmployeeID{"E1"}},
		{"SharingAccount", func() error { _, err := h.SharingAccount(h.ctx, view, "E1"); return err }, []hr.EmployeeID{"E1"}},
		{"Describe", func() error { _, err := h.Describe(h.ctx, view, "E1", nil); return err }, []hr.EmployeeID{"E1"}},
	}
	for _, c := range calls {
		err := c.call()
		require.ErrorIs(t, err, hr.ErrDenied, c.verb)
		require.ErrorContains(t, err, "lifecycle."+c.verb)
		require.Equal(t, c.subjects, asked, c.verb)
	}
	require.Equal(t, before, h.state(t))
	audits, err := h.db.Audits(h.ctx)
	require.NoError(t, err)
	refused := audits[4:] // after two hires, a proposal and a document
	require.Len(t, refused, len(calls))
	for i, c := range calls {
		require.Equal(t, "lifecycle."+c.verb, refused[i].Verb)
		require.Equal(t, "not yours", refused[i].Refused)
	}
	require.NotContains(t, fmt.Sprint(audits), "40000")
}
