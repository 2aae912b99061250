package lifecycle_test

import (
	"fmt"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/storage"
)

var pan = hr.Identity{Kind: "pan_in", Number: hr.NewSecret("AAAPA1234A")}

// known is a joiner with an identity number.
func knownBy(id hr.Identity, emp hr.EmployeeID, start string) hr.Hire {
	j := joiner(emp, start)
	j.Person.Identities = []hr.Identity{id}
	return j
}

func (h *house) get(t require.TestingT, emp hr.EmployeeID) lifecycle.Employment {
	e, err := h.Employment(h.ctx, view, emp)
	require.NoError(t, err)
	return e
}

// left is somebody who worked from 2020 through June 2026.
func left(t require.TestingT) *house {
	h := newHouse(hr.AllowAll)
	h.hire(t, knownBy(pan, "E1", "2020-01-01"))
	require.NoError(t, h.Join(h.ctx, h.cmd(), "E1"))
	require.NoError(t, h.Confirm(h.ctx, h.cmd(), "E1", day("2020-07-01")))
	require.NoError(t, h.Exit(h.ctx, h.cmd(), "E1", day("2026-06-30"), "resigned"))
	return h
}

func (h *house) since(t require.TestingT, emp hr.EmployeeID, on string) string {
	terms, _ := h.terms(t, emp, 0).At(day(on))
	text, _ := terms.Answer(lifecycle.AnswerServiceSince)
	return text
}

func TestRehireUnderTheSameNumber(t *testing.T) {
	for _, continued := range []bool{false, true} {
		h := left(t)
		again := joiner("", "2026-09-01")
		again.Terms.Answers = []hr.Answer{{Name: "tax_regime", Text: "new"}, {Name: lifecycle.AnswerServiceSince, Text: "1999-01-01"}}
		again.Person = hr.Person{} // nothing has changed
		again.Terms.Pay[0].Amount = rupees(70000)
		id, err := h.Rehire(h.ctx, h.cmd(), lifecycle.Rehiring{Former: "E1", Hire: again, Continued: continued})
		require.NoError(t, err)
		require.Equal(t, hr.EmployeeID("E1"), id)
		e := h.get(t, "E1")
		since := map[bool]string{false: "2026-09-01", true: "2020-01-01"}[continued]
		require.Equal(t, since, e.ServiceFrom().String())
		terms, _ := h.terms(t, "E1", 0).At(day("2026-09-01"))
		require.Equal(t, []hr.Answer{{Name: "tax_regime", Text: "new"}, {Name: lifecycle.AnswerServiceSince, Text: since}}, terms.Answers, "payroll and leave read it in the terms")
		require.Equal(t, []lifecycle.Spell{{Entity: "ACME-IN", Start: day("2020-01-01"), LastDay: day("2026-06-30"), State: lifecycle.Exited, Reason: "resigned"}}, e.Earlier)
		require.Equal(t, lifecycle.Preboarding, e.State)
		require.Zero(t, e.Confirmed)
		require.Equal(t, pan, e.Person.Identities[0])
		require.Equal(t, []string{"40000", "", "", "70000"}, []string{
			h.basic(t, "E1", "2026-06-30"), h.basic(t, "E1", "2026-07-01"), h.basic(t, "E1", "2026-08-31"), h.basic(t, "E1", "2026-09-01"),
		})
		for p, in := range map[string]int{"2026-06-01..2026-06-30": 1, "2026-07-01..2026-08-31": 0, "2026-09-01..2026-09-30": 1} {
			ids, err := h.Employees(h.ctx, view, hr.MustPeriod(p), "", 0)
			require.NoError(t, err)
			require.Len(t, ids, in, p)
		}
		require.NoError(t, h.Join(h.ctx, h.cmd(), "E1"))
		raised := h.change(t, "E1", raise("2026-10-01", 80000))
		_, err = h.WithdrawTerms(h.ctx, h.cmd(), "E1", raised)
		require.NoError(t, err)
		require.Equal(t, "70000", h.basic(t, "E1", "2026-10-01"), "the second spell stands when a change in it is withdrawn")
		require.Empty(t, h.basic(t, "E1", "2026-08-31"))
		history, err := h.TermsHistory(h.ctx, view, "E1")
		require.NoError(t, err)
		_, err = h.WithdrawTerms(h.ctx, h.cmd(), "E1", history.Entries()[2].ID)
		require.Equal(t, []string{"entry lifecycle.terms.first_entry"}, faults(err))
		h.holds(t, h.get(t, "E1"))
	}
}

func TestRehireUnderANewNumber(t *testing.T) {
	h := left(t)
	again := joiner("E2", "2026-09-01")
	again.Person = hr.Person{}
	id, err := h.Rehire(h.ctx, h.cmd(), lifecycle.Rehiring{Former: "E1", Hire: again, Continued: true})
	require.NoError(t, err)
	require.Equal(t, hr.EmployeeID("E2"), id)
	e := h.get(t, "E2")
	require.Equal(t, "E1 2020-01-01 Asha Rao", fmt.Sprint(e.Former, " ", e.ServiceFrom(), " ", e.Person.Name))
	require.Equal(t, "2020-01-01", h.since(t, "E2", "2026-09-01"))
	require.Equal(t, lifecycle.Exited, h.get(t, "E1").State, "the former employment stays as it ended")
	before := h.state(t)
	_, err = h.Rehire(h.ctx, h.cmd(), lifecycle.Rehiring{Former: "E1", Hire: joiner("", "2026-10-01")})
	require.NoError(t, err, "by number nobody can tell that this is the same person: the joiner has no identity")
	require.NotEqual(t, before, h.state(t))
}

func TestRehireRefuses(t *testing.T) {
	h := left(t)
	h.hire(t, joiner("E5", "2026-01-01"))
	h.hire(t, joiner("E6", "2026-01-01"))
	require.NoError(t, h.Join(h.ctx, h.cmd(), "E6"))
	require.NoError(t, h.RecordDeath(h.ctx, h.cmd(), "E6", day("2026-02-01")))
	before := h.state(t)
	rehire := func(former, number hr.EmployeeID, start string) []string {
		j := joiner(number, start)
		_, err := h.Rehire(h.ctx, h.cmd(), lifecycle.Rehiring{Former: former, Hire: j})
		return faults(err)
	}
	require.Equal(t, []string{"hire.start lifecycle.rehire.start"}, rehire("E1", "", "2026-06-30"))
	require.Equal(t, []string{"hire.start lifecycle.rehire.start"}, rehire("E1", "E2", "2026-06-30"))
	require.Equal(t, []string{"employee lifecycle.employment.unknown"}, rehire("E9", "", "2026-09-01"))
	require.Equal(t, []string{"employee lifecycle.employment.unknown"}, rehire("E9", "E2", "2026-09-01"))
	require.Contains(t, rehire("E5", "", "2026-09-01"), "state lifecycle.employment.transition", "who is employed")
	require.Contains(t, rehire("E5", "E2", "2026-09-01"), "state lifecycle.employment.transition")
	require.Contains(t, rehire("E6", "", "2026-09-01"), "state lifecycle.employment.transition", "who has died")
	require.Contains(t, rehire("E6", "E2", "2026-09-01"), "state lifecycle.employment.transition")
	require.Equal(t, []string{"employee lifecycle.hire.duplicate"}, rehire("E1", "E5", "2026-09-01"))
	managed := joiner("", "2026-09-01")
	managed.Terms.Manager = "nobody"
	_, err := h.Rehire(h.ctx, h.cmd(), lifecycle.Rehiring{Former: "E1", Hire: managed})
	require.Equal(t, []string{"hire.terms.manager lifecycle.manager.unknown"}, faults(err))
	require.Equal(t, before, h.state(t))
}

// Two who hire one person into one entity wait at the row of the entity: who names an identity number, and who leaves the person as they were, for then
// the numbers are those of before. A person without numbers has no twin, and a hire without an entity is refused anyhow.
func TestTwoWhoHireOnePersonMeet(t *testing.T) {
	h := left(t)
	var rows []hr.EmployeeID
	h.Kit.Know = taken{h.Kit.Know, &rows}
	h.hire(t, knownBy(hr.Identity{Kind: "pan_in", Number: hr.NewSecret("BBBPB1234B")}, "E2", "2026-01-01"))
	h.hire(t, joiner("E3", "2026-01-01"))
	nowhere := knownBy(pan, "E4", "2026-09-01")
	nowhere.Terms.Entity = ""
	_, err := h.Hire(h.ctx, h.cmd(), nowhere)
	require.Equal(t, []string{"terms.entity lifecycle.terms.entity"}, faults(err))
	again := joiner("", "2026-09-01")
	again.Person = hr.Person{}
	_, err = h.Rehire(h.ctx, h.cmd(), lifecycle.Rehiring{Former: "E1", Hire: again})
	require.NoError(t, err)
	require.Equal(t, []hr.EmployeeID{"entity/ACME-IN", "E2", "E3", "E4", "entity/ACME-IN", "E1"}, rows)
}

// Nobody is employed twice in one entity at once, by identity number: not by a hire, a rehire, a transfer or an import, and not by two
// hires at the same moment. In another entity, or one after the other, they may be.
func TestTwoEmploymentsInOneEntity(t *testing.T) {
	h := newHouse(hr.AllowAll)
	h.hire(t, knownBy(pan, "E1", "2026-01-01"))
	beta := knownBy(pan, "E2", "2026-05-01")
	beta.Terms.Entity = "BETA-IN"
	h.hire(t, beta)
	before := h.state(t)
	_, err := h.Hire(h.ctx, h.cmd(), knownBy(pan, "E3", "2026-05-01"))
	require.Equal(t, []string{"person.identities[0] lifecycle.employment.twin"}, faults(err))
	require.ErrorIs(t, err, hr.ErrDuplicate)
	require.NotContains(t, err.Error(), "AAAPA")
	_, err = h.Transfer(h.ctx, h.cmd(), "E2", lifecycle.Transfer{From: day("2026-06-01"), Set: hr.Terms{Entity: "ACME-IN"}})
	require.Equal(t, []string{"person.identities[0] lifecycle.employment.twin"}, faults(err))
	_, err = h.Import(h.ctx, h.cmd(), []lifecycle.Arrival{
		{Hire: knownBy(pan, "E3", "2026-05-01")},
		{Hire: knownBy(hr.Identity{Kind: "pan_in", Number: hr.NewSecret("BBBPB1234B")}, "E4", "2026-05-01")},
		{Hire: knownBy(hr.Identity{Kind: "pan_in", Number: hr.NewSecret("BBBPB1234B")}, "E5", "2026-05-01")},
	})
	require.Equal(t, []string{"rows[0].person.identities[0] lifecycle.employment.twin", "rows[2].hire.person.identities[0] lifecycle.employment.twin"}, faults(err))
	require.Equal(t, before, h.state(t))
	h.hire(t, joiner("E4", "2026-01-01")) // who says only later that they are the same person
	before = h.state(t)
	claims := knownBy(pan, "E4", "2026-01-01").Person
	require.Equal(t, []string{"person.identities[0] lifecycle.employment.twin"}, faults(h.ChangePerson(h.ctx, h.cmd(), "E4", claims)))
	require.Equal(t, before, h.state(t))
	id, err := h.Propose(h.ctx, h.cmd(), lifecycle.Proposal{Employee: "E4", Kind: lifecycle.ProposePerson, Person: claims})
	require.NoError(t, err)
	require.Equal(t, []string{"person.identities[0] lifecycle.employment.twin"}, faults(h.Decide(h.ctx, h.by("hr-head"), id, true)))
	require.NoError(t, h.Join(h.ctx, h.cmd(), "E1"))
	require.NoError(t, h.Exit(h.ctx, h.cmd(), "E1", day("2026-06-30"), ""))
	_, err = h.Hire(h.ctx, h.cmd(), knownBy(pan, "E3", "2026-06-30"))
	require.Equal(t, []string{"person.identities[0] lifecycle.employment.twin"}, faults(err), "the last day is a day employed")
	h.hire(t, knownBy(pan, "E3", "2026-07-01"))

	var wg sync.WaitGroup
	hired := make([]error, 16)
	for i := range hired {
		cmd := h.cmd()
		j := knownBy(hr.Identity{Kind: "pan_in", Number: hr.NewSecret("CCCPC1234C")}, hr.EmployeeID(fmt.Sprint("N", i)), "2026-05-01")
		wg.Go(func() { _, hired[i] = h.Hire(h.ctx, cmd, j) })
	}
	wg.Wait()
	in := 0
	for _, err := range hired {
		if err == nil {
			in++
		}
	}
	require.Equal(t, 1, in, "of sixteen at once one is hired")
}

// From one entity to another they stay the same employee: service goes on or begins again, the old entity's member number ends, the
// person's own stays, and what was known for later goes along.
func TestTransferBetweenEntities(t *testing.T) {
	for _, fresh := range []bool{false, true} {
		h := newHouse(hr.AllowAll)
		hire := knownBy(pan, "E1", "2020-01-01")
		hire.Person.Identities = append(hire.Person.Identities, hr.Identity{Kind: "esi_in", Number: hr.NewSecret("3100000001")}, hr.Identity{Kind: "trust", Number: hr.NewSecret("T-1")})
		h.hire(t, hire)
		h.change(t, "E1", raise("2026-09-01", 50000))
		id, err := h.Transfer(h.ctx, h.cmd(), "E1", lifecycle.Transfer{
			From: day("2026-07-01"), Fresh: fresh,
			Set: hr.Terms{
				Entity: "BETA-IN", Department: "Lab", CostCentre: "B-7",
				Answers: []hr.Answer{{Name: "tax_regime", Text: "new"}, {Name: lifecycle.AnswerServiceSince, Text: "1999-01-01"}},
			},
			EndKinds: []string{"trust"}, Identities: []hr.Identity{{Kind: "esi_in", Number: hr.NewSecret("3100000099")}},
		})
		require.NoError(t, err)
		since := map[bool]string{false: "2020-01-01", true: "2026-07-01"}[fresh]
		e := h.get(t, "E1")
		require.Equal(t, since, e.ServiceFrom().String())
		require.Equal(t, []string{"", since, since}, []string{h.since(t, "E1", "2026-06-30"), h.since(t, "E1", "2026-07-01"), h.since(t, "E1", "2026-10-01")})
		there, _ := h.terms(t, "E1", 0).At(day("2026-07-01"))
		require.Equal(t, []hr.Answer{{Name: "tax_regime", Text: "new"}, {Name: lifecycle.AnswerServiceSince, Text: since}}, there.Answers, "since when is not theirs to say")
		require.Equal(t, []string{"AAAPA1234A", "3100000099", ""}, []string{e.Person.Identity("pan_in").Reveal(), e.Person.Identity("esi_in").Reveal(), e.Person.Identity("trust").Reveal()})
		for on, want := range map[string]string{"2026-06-30": "ACME-IN Ops  40000", "2026-07-01": "BETA-IN Lab B-7 40000", "2026-09-01": "BETA-IN Lab B-7 50000"} {
			terms, _ := h.terms(t, "E1", 0).At(day(on))
			amount, _ := terms.Amount("basic")
			require.Equal(t, want, fmt.Sprint(terms.Entity, " ", terms.Department, " ", terms.CostCentre, " ", amount), on)
		}
		require.Equal(t, lifecycle.Preboarding, e.State)
		_, err = h.WithdrawTerms(h.ctx, h.cmd(), "E1", id)
		require.NoError(t, err)
		require.Empty(t, h.since(t, "E1", "2026-10-01"))
	}
}

func TestTransferRefuses(t *testing.T) {
	h := left(t)
	h.hire(t, joiner("E2", "2026-01-01"))
	before := h.state(t)
	transfer := func(emp hr.EmployeeID, tr lifecycle.Transfer) []string {
		_, err := h.Transfer(h.ctx, h.cmd(), emp, tr)
		return faults(err)
	}
	lab := lifecycle.Transfer{From: day("2026-05-01"), Set: hr.Terms{Department: "Lab"}}
	fresh, twice, empty := lab, lab, lab
	fresh.Fresh = true
	twice.Set.Entity, twice.Identities = "BETA-IN", []hr.Identity{pan, pan}
	empty.Set = hr.Terms{}
	require.Equal(t, []string{"set.entity lifecycle.transfer.entity"}, transfer("E2", fresh))
	require.Equal(t, []string{"identities[1] lifecycle.transfer.identity"}, transfer("E2", twice))
	require.Equal(t, []string{"set lifecycle.terms.empty"}, transfer("E2", empty))
	require.Equal(t, []string{"state lifecycle.employment.transition"}, transfer("E1", lab), "who has left")
	require.Equal(t, []string{"employee lifecycle.employment.unknown"}, transfer("E9", lab))
	require.Equal(t, before, h.state(t))
}

// Before the first day it may be moved, called off, or simply pass: the days with terms follow.
func TestTheFirstDayMoves(t *testing.T) {
	h := newHouse(hr.AllowAll)
	h.Probations = []lifecycle.ProbationRule{{Scope: lifecycle.Scope{Grade: "G9"}}, {Months: 6}}
	h.hire(t, joiner("E1", "2026-03-01"))
	require.Equal(t, day("2026-08-31"), h.get(t, "E1").ProbationEnd)
	h.change(t, "E1", raise("2026-05-01", 45000))
	days := func(want ...string) {
		t.Helper()
		var got []string
		for _, on := range []string{"2026-01-31", "2026-02-01", "2026-02-28", "2026-03-01", "2026-04-14", "2026-04-15", "2026-05-01"} {
			got = append(got, h.basic(t, "E1", on))
		}
		require.Equal(t, want, got)
	}
	require.NoError(t, h.Postpone(h.ctx, h.cmd(), "E1", day("2026-04-15")))
	days("", "", "", "", "", "40000", "45000")
	require.Equal(t, "2026-04-15 2026-10-14", fmt.Sprint(h.get(t, "E1").Start, " ", h.get(t, "E1").ProbationEnd))
	require.NoError(t, h.Postpone(h.ctx, h.cmd(), "E1", day("2026-02-01")))
	days("", "40000", "40000", "40000", "40000", "40000", "45000")
	raised := h.change(t, "E1", raise("2026-02-01", 41000))
	_, err := h.WithdrawTerms(h.ctx, h.cmd(), "E1", raised)
	require.NoError(t, err)
	days("", "40000", "40000", "40000", "40000", "40000", "45000")
	before := h.state(t)
	require.Equal(t, []string{"start lifecycle.start.moved"}, faults(h.Postpone(h.ctx, h.cmd(), "E1", day("2026-02-01"))))
	require.Equal(t, []string{"start lifecycle.start.moved"}, faults(h.Postpone(h.ctx, h.cmd(), "E1", hr.Date{})))
	require.Equal(t, before, h.state(t))
	require.NoError(t, h.NoShow(h.ctx, h.cmd(), "E1"))
	days("", "", "", "", "", "", "")
	ids, err := h.Employees(h.ctx, view, hr.MustPeriod("2026-01-01..2026-12-31"), "", 0)
	require.NoError(t, err)
	require.Empty(t, ids, "who never came is in no payroll")
	grade := joiner("E2", "2026-03-01")
	grade.Terms.Grade = "G9"
	h.hire(t, grade)
	require.Zero(t, h.get(t, "E2").ProbationEnd, "the first rule that fits says that there is no trial")
	require.NoError(t, h.CallOff(h.ctx, h.cmd(), "E2", "visa refused"))
	require.Equal(t, "withdrawn visa refused", fmt.Sprint(h.get(t, "E2").State, " ", h.get(t, "E2").ExitReason))
	// The days before the first one that was planned are as that one; what was known for the next day stays.
	h.hire(t, joiner("E3", "2026-03-01"))
	h.change(t, "E3", raise("2026-03-02", 45000))
	require.NoError(t, h.Postpone(h.ctx, h.cmd(), "E3", day("2026-02-27")))
	require.Equal(t, []string{"", "40000", "40000", "40000", "45000"}, []string{
		h.basic(t, "E3", "2026-02-26"), h.basic(t, "E3", "2026-02-27"), h.basic(t, "E3", "2026-02-28"), h.basic(t, "E3", "2026-03-01"), h.basic(t, "E3", "2026-03-02"),
	})
}

// A notice that a store has without the state before it, as of an earlier system, is withdrawn to where its row leads.
func TestANoticeWithoutAStateBeforeItIsWithdrawn(t *testing.T) {
	h := confirmed(t)
	require.NoError(t, h.GiveNotice(h.ctx, h.cmd(), "E1", lifecycle.NoticeDates{Given: day("2026-07-01")}))
	e := h.get(t, "E1")
	e.Behind = nil
	require.NoError(t, h.db.PutEmployment(h.ctx, e))
	require.NoError(t, h.WithdrawNotice(h.ctx, h.cmd(), "E1"))
	require.Equal(t, lifecycle.Confirmed, h.get(t, "E1").State)
}

func TestProbationIsExtended(t *testing.T) {
	h := newHouse(hr.AllowAll)
	h.Probations = []lifecycle.ProbationRule{{Months: 6}}
	h.hire(t, joiner("E1", "2026-01-01"))
	require.NoError(t, h.Join(h.ctx, h.cmd(), "E1"))
	require.NoError(t, h.ExtendProbation(h.ctx, h.cmd(), "E1", day("2026-09-30")))
	require.Equal(t, day("2026-09-30"), h.get(t, "E1").ProbationEnd)
	before := h.state(t)
	require.Equal(t, []string{"through lifecycle.probation.end"}, faults(h.ExtendProbation(h.ctx, h.cmd(), "E1", day("2026-09-30"))))
	require.Equal(t, []string{"through lifecycle.probation.end"}, faults(h.ExtendProbation(h.ctx, h.cmd(), "E1", hr.Date{})))
	require.Equal(t, before, h.state(t))
}

// Death in service ends the terms with the day; what was known for later, such as the end of a leave, holds no more.
func TestDeathInService(t *testing.T) {
	h := confirmed(t)
	require.NoError(t, h.StartLongLeave(h.ctx, h.cmd(), "E1", lifecycle.AwayTerms{From: day("2026-03-01"), Through: day("2026-12-31")}))
	require.NoError(t, h.RecordDeath(h.ctx, h.cmd(), "E1", day("2026-05-17")))
	h.on(t, map[string]string{"2026-05-17": "on_long_leave 0 no", "2026-05-18": "-", "2027-01-01": "-"})
	e := h.get(t, "E1")
	require.Equal(t, "deceased 2026-01-01..2026-05-17", fmt.Sprint(e.State, " ", e.Period()))
	before := h.state(t)
	for on, move := range moves {
		require.Contains(t, faults(move(h, "E1")), "state lifecycle.employment.transition", on)
	}
	require.Equal(t, before, h.state(t))
	require.ErrorIs(t, h.Join(h.ctx, h.cmd(), "E8"), storage.ErrNotFound)
}
