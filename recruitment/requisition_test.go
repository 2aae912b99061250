package recruitment_test

import (
	"context"
	"os"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/recruitment"
	"github.com/musterhr/hr/storage"
)

// drawn compares a drawing with its file.
func drawn(t *testing.T, file, got string) {
	t.Helper()
	file = "testdata/" + file
	if *update {
		require.NoError(t, os.WriteFile(file, []byte(got), 0o644))
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Equal(t, string(want), got)
}

func TestRequisitionDrawing(t *testing.T) {
	drawn(t, "requisition.dot", recruitment.RequisitionMachine().DOT("requisition"))
}

func TestSetPlan(t *testing.T) {
	h := newHouse(hr.AllowAll)
	h.line(t, 2, "3000000")
	before := h.state(t)
	bad := recruitment.PlanLine{Seats: -1, Budget: hr.Money{Amount: terms().Pay[0].Amount.Neg(), Currency: "INR"}}
	_, err := h.SetPlan(h.ctx, h.cmd(), bad, recruitment.PlanLine{ID: "L1", Unit: "Lab", Position: "Cook", Period: hr.MustPeriod("2026-04-01.."), Seats: 1})
	require.Equal(t, []string{
		"lines[0].id recruitment.plan.line", "lines[0].unit recruitment.plan.line", "lines[0].position recruitment.plan.line",
		"lines[0].period recruitment.plan.line", "lines[0].seats recruitment.plan.line", "lines[0].budget recruitment.plan.line",
		"lines[1].period recruitment.plan.line", "lines[1] recruitment.plan.line",
	}, faults(err), "another position than before is among them")
	require.NotContains(t, err.Error(), "717171")
	good := recruitment.PlanLine{ID: "L2", Unit: "Lab", Position: "Cook", Period: hr.MustPeriod("2026-04-01..2027-03-31"), Seats: 1, Committed: 9, Filled: 9, Version: 4}
	_, err = h.SetPlan(h.ctx, h.cmd(), good, good)
	require.Equal(t, []string{"lines[1].id recruitment.plan.line"}, faults(err))
	require.Equal(t, before, h.state(t))
	none := good
	none.Seats = 0
	_, err = h.SetPlan(h.ctx, h.cmd(), none)
	require.NoError(t, err, "a line may be closed before it is opened")
	n, err := h.SetPlan(h.ctx, h.cmd(), good)
	require.NoError(t, err)
	require.Equal(t, 1, n)
	lines, err := h.PlanLinesAfter(h.ctx, view, "L1", 0)
	require.NoError(t, err)
	good.Committed, good.Filled, good.Version = 0, 0, 2
	require.Equal(t, []recruitment.PlanLine{good}, lines)
	require.Equal(t, 1, lines[0].Free())
}

// The seats leave the plan with the approval, and a line is never cut below them.
func TestTheWayOfARequisition(t *testing.T) {
	h := newHouse(hr.AllowAll)
	h.line(t, 3, "3000000")
	asked := requisition(2)
	asked.Cost = hr.MustMoney("1000000", "INR")
	id, err := h.Request(h.ctx, h.cmd(), asked)
	require.NoError(t, err)
	committed := func() (int, string) {
		l, err := h.db.PlanLine(h.ctx, "L1")
		require.NoError(t, err)
		return l.Committed, l.Cost.String()
	}
	n, _ := committed()
	require.Zero(t, n, "what is only asked for takes nothing")
	state, err := h.DecideRequisition(h.ctx, h.by(head), id, true, "grow")
	require.NoError(t, err)
	require.Equal(t, recruitment.Approved, state)
	n, cost := committed()
	require.Equal(t, 2, n)
	require.Equal(t, "INR 2000000.00", cost)

	before := h.state(t)
	_, err = h.SetPlan(h.ctx, h.cmd(), recruitment.PlanLine{
		ID: "L1", Unit: "Lab", Position: "Chemist", Period: hr.MustPeriod("2026-04-01..2027-03-31"), Seats: 1, Budget: hr.MustMoney("1500000", "INR"),
	})
	require.Equal(t, []string{"lines[0].seats recruitment.plan.committed", "lines[0].budget recruitment.plan.committed"}, faults(err))
	_, err = h.Open(h.ctx, h.cmd(), recruitment.Opening{Requisition: id, Seats: 3})
	require.Equal(t, []string{"seats recruitment.opening.requisition"}, faults(err))
	require.ErrorContains(t, err, "only 2 of the requisition are left")
	_, err = h.Request(h.ctx, h.cmd(), asked)
	require.Equal(t, []string{"seats recruitment.headcount", "cost recruitment.plan.budget"}, faults(err))
	require.ErrorContains(t, err, "only 1 of the plan are free")
	_, err = h.DecideRequisition(h.ctx, h.by(chief), id, false, "")
	require.Equal(t, []string{"state recruitment.requisition.transition"}, faults(err))
	var refused *hr.TransitionError[recruitment.RequisitionState, recruitment.RequisitionEvent]
	require.ErrorAs(t, err, &refused)
	require.Equal(t, []recruitment.RequisitionEvent{recruitment.CancelRequisition}, refused.Allowed)
	require.Equal(t, before, h.state(t))

	cut := recruitment.PlanLine{ID: "L1", Unit: "Lab", Position: "Chemist", Period: hr.MustPeriod("2026-04-01..2027-03-31"), Seats: 2, Budget: hr.MustMoney("2000000", "INR")}
	_, err = h.SetPlan(h.ctx, h.cmd(), cut)
	require.NoError(t, err, "down to what is committed")
	l, err := h.db.PlanLine(h.ctx, "L1")
	require.NoError(t, err)
	require.Zero(t, l.Free())

	opening, err := h.Open(h.ctx, h.cmd(), recruitment.Opening{Requisition: id, Seats: 1})
	require.NoError(t, err)
	_, err = h.Open(h.ctx, h.cmd(), recruitment.Opening{Requisition: id, Seats: 2})
	require.ErrorContains(t, err, "only 1 of the requisition are left")
	o, err := h.Opening(h.ctx, view, opening)
	require.NoError(t, err)
	require.Equal(t, recruitment.Opening{
		ID: opening, Requisition: id, Title: "Chemist", Manager: "M1", Seats: 1, Terms: terms(), Opened: day("2026-10-01"), Version: 1,
	}, o, "title, manager and terms are those of the requisition")

	// Cancelled, the seat that no opening has goes back; closed without a hire, the other one too.
	require.NoError(t, h.CancelRequisition(h.ctx, h.cmd(), id, "no money"))
	n, cost = committed()
	require.Equal(t, 1, n)
	require.Equal(t, "INR 1000000.00", cost)
	require.NoError(t, h.CloseOpening(h.ctx, h.cmd(), opening))
	n, cost = committed()
	require.Zero(t, n)
	require.Equal(t, "INR 0.00", cost)
	r, err := h.Requisition(h.ctx, view, id)
	require.NoError(t, err)
	require.Equal(t, recruitment.Cancelled, r.State)
	require.Zero(t, r.Opened)
	err = h.CancelRequisition(h.ctx, h.cmd(), id, "again")
	require.Equal(t, []string{"state recruitment.requisition.transition"}, faults(err))
	list, err := h.RequisitionsAfter(h.ctx, view, "", 0)
	require.NoError(t, err)
	require.Len(t, list, 1)
}

func TestWhatARequisitionIsRefusedFor(t *testing.T) {
	h := newHouse(hr.AllowAll)
	h.line(t, 2, "1500000")
	h.approved(t, func() recruitment.Requisition {
		r := requisition(1)
		r.ID, r.Cost = "Q1", hr.MustMoney("1000000", "INR")
		return r
	}())
	before := h.state(t)
	with := func(change func(*recruitment.Requisition)) recruitment.Requisition {
		r := requisition(1)
		r.Cost = hr.MustMoney("400000", "INR")
		change(&r)
		return r
	}
	for name, c := range map[string]struct {
		r    recruitment.Requisition
		want []string
	}{
		"nothing": {recruitment.Requisition{}, []string{
			"title recruitment.requisition", "manager recruitment.requisition", "start recruitment.requisition", "seats recruitment.requisition",
		}},
		"an id that is taken":       {with(func(r *recruitment.Requisition) { r.ID = "Q1" }), []string{"id recruitment.requisition"}},
		"no such line":              {with(func(r *recruitment.Requisition) { r.Line = "L9" }), []string{"line recruitment.plan.unknown"}},
		"outside the line's period": {with(func(r *recruitment.Requisition) { r.Start = day("2027-04-01") }), []string{"start recruitment.plan.period"}},
		"more seats than are free, beyond the budget": {
			with(func(r *recruitment.Requisition) { r.Seats = 2 }), []string{"seats recruitment.headcount", "cost recruitment.plan.budget"},
		},
		"no seats": {
			with(func(r *recruitment.Requisition) { r.Seats, r.Cost = 0, hr.Money{} }), []string{"seats recruitment.requisition"},
		},
		"a cost that is not known":    {with(func(r *recruitment.Requisition) { r.Cost = hr.Money{} }), []string{"cost recruitment.plan.budget"}},
		"a cost in another currency":  {with(func(r *recruitment.Requisition) { r.Cost = hr.MustMoney("1", "USD") }), []string{"cost recruitment.plan.budget"}},
		"a cost below zero":           {with(func(r *recruitment.Requisition) { r.Cost.Amount = r.Cost.Amount.Neg() }), []string{"cost recruitment.requisition"}},
		"terms that could not be had": {with(func(r *recruitment.Requisition) { r.Terms.Currency = "Rs" }), []string{"terms.currency recruitment.offer.currency"}},
	} {
		_, err := h.Request(h.ctx, h.cmd(), c.r)
		require.Equal(t, c.want, faults(err), name)
	}
	h.Policy.PlanNeeded = true
	_, err := h.Request(h.ctx, h.cmd(), with(func(r *recruitment.Requisition) { r.Line = "" }))
	require.Equal(t, []string{"line recruitment.plan.unknown"}, faults(err))
	h.people.Fallback = []hr.ActorID{"recruiter"} // who asks
	h.Router = h.people
	_, err = h.Request(h.ctx, h.cmd(), with(func(*recruitment.Requisition) {}))
	require.Len(t, hr.FieldErrors(err), 1, "nobody is left to approve")
	require.Equal(t, before, h.state(t))
}

// Neither who asked nor who will lead the new people approves, and the manager of that manager is asked.
func TestWhoApprovesARequisition(t *testing.T) {
	h := newHouse(hr.AllowAll)
	h.line(t, 2, "")
	h.employee(t, "M0", "2020-01-01")
	lead := terms()
	lead.Manager = "M0"
	_, err := h.people.Hire(h.ctx, h.cmd(), hr.Hire{Employee: "M1", Person: hr.Person{Name: "M1"}, Start: day("2020-01-01"), Terms: lead})
	require.NoError(t, err)
	id, err := h.Request(h.ctx, h.by(hr.Actor{ID: "M1", Employee: "M1"}), requisition(1))
	require.NoError(t, err)
	before := h.state(t)
	for _, c := range []struct {
		actor hr.Actor
		want  string
	}{
		{hr.Actor{ID: "M1"}, "approval.by hr.approval.conflict"}, // who asked, under another session too
		{hr.Actor{ID: "head"}, "approval.by hr.approval.actor"},
		{hr.Actor{ID: "x", Employee: "M1"}, "approval.by hr.approval.conflict"},
		{hr.Actor{ID: "M0", Employee: "M1"}, "approval.by hr.approval.conflict"},
	} {
		_, err := h.DecideRequisition(h.ctx, h.by(c.actor), id, true, "")
		require.Equal(t, []string{c.want}, faults(err), c.actor.ID)
	}
	require.Equal(t, before, h.state(t))
	state, err := h.DecideRequisition(h.ctx, h.by(hr.Actor{ID: "M0", Employee: "M0"}), id, false, "not this year")
	require.NoError(t, err)
	require.Equal(t, recruitment.Refused, state)
	_, err = h.Open(h.ctx, h.cmd(), recruitment.Opening{Requisition: id, Seats: 1})
	require.Equal(t, []string{"requisition recruitment.opening.requisition"}, faults(err))
	_, err = h.Open(h.ctx, h.cmd(), recruitment.Opening{Requisition: "Q9", Title: "x", Seats: 1})
	require.Equal(t, []string{"requisition recruitment.requisition.unknown"}, faults(err))
	h.Policy.RequisitionNeeded = true
	_, err = h.Open(h.ctx, h.cmd(), recruitment.Opening{Title: "x", Seats: 1})
	require.Equal(t, []string{"requisition recruitment.opening.requisition"}, faults(err))
}

// Two requisitions that both saw the last seat of the plan meet at its line when they are approved.
func TestTwoApprovalsOfTheLastSeat(t *testing.T) {
	h := newHouse(hr.AllowAll)
	h.line(t, 1, "")
	var ids []recruitment.RequisitionID
	for range 16 {
		id, err := h.Request(h.ctx, h.cmd(), requisition(1))
		require.NoError(t, err)
		ids = append(ids, id)
	}
	errs, cmds := make([]error, len(ids)), make([]hr.Command, len(ids))
	for i := range cmds {
		cmds[i] = h.by(head)
	}
	var wg sync.WaitGroup
	for i := range ids {
		wg.Go(func() { _, errs[i] = h.DecideRequisition(h.ctx, cmds[i], ids[i], true, "") })
	}
	wg.Wait()
	won := 0
	for _, err := range errs {
		if err == nil {
			won++
			continue
		}
		require.Equal(t, []string{"seats recruitment.headcount"}, faults(err))
	}
	require.Equal(t, 1, won)
}

// freeSeats stands in for a personnel system that counts everybody, transfers included: as many seats as are not taken.
type freeSeats struct {
	h     *house
	seats int
}

func (f freeSeats) FreeSeats(ctx context.Context, _ hr.View, unit, position string, _ hr.Date) (int, error) {
	if unit != "Lab" || position != "Chemist" {
		return 0, nil
	}
	ids, err := f.h.db.EmployedIn(ctx, hr.MustPeriod("2026-11-02.."), "", 0)
	return f.seats - len(ids), err
}

// Sixteen openings of one position, each with an offer to accept, and one seat left because others came by transfer: one is hired.
func TestSixteenOpeningsForTheLastSeatOfThePosition(t *testing.T) {
	h := newHouse(hr.AllowAll)
	h.line(t, 16, "")
	requested := h.approved(t, requisition(16))
	var ids []recruitment.ApplicationID
	var cmds []hr.Command
	for range 16 {
		opening, err := h.Open(h.ctx, h.cmd(), recruitment.Opening{Requisition: requested, Seats: 1})
		require.NoError(t, err)
		ids, cmds = append(ids, h.applied(t, opening, toOffer...)), append(cmds, h.cmd())
	}
	h.Headcount = freeSeats{h, 1}
	_, errs := accepts(h, ids, cmds)
	won := 0
	for _, err := range errs {
		if err == nil {
			won++
			continue
		}
		require.Equal(t, []string{"seats recruitment.headcount"}, faults(err))
	}
	require.Equal(t, 1, won)
	require.Len(t, h.staff(t), 1)
	l, err := h.db.PlanLine(h.ctx, "L1")
	require.NoError(t, err)
	require.Equal(t, 1, l.Filled)

	_, err = h.Request(h.ctx, h.cmd(), func() recruitment.Requisition { r := requisition(1); r.Line = ""; return r }())
	require.NoError(t, err, "beside the plan nobody is asked")
	_, err = h.SetPlan(h.ctx, h.cmd(), recruitment.PlanLine{ID: "L2", Unit: "Lab", Position: "Chemist", Period: hr.MustPeriod("2026-04-01..2027-03-31"), Seats: 5})
	require.NoError(t, err)
	more := requisition(1)
	more.Line = "L2"
	_, err = h.Request(h.ctx, h.cmd(), more)
	require.Equal(t, []string{"seats recruitment.headcount"}, faults(err), "planned, and not free")
}

// staleLines answers the plan as it was, as a database does to a second session that read before the first had committed.
type staleLines struct {
	recruitment.Plan
	was recruitment.PlanLine
}

func (s staleLines) PlanLine(context.Context, recruitment.PlanLineID) (recruitment.PlanLine, error) {
	return s.was, nil
}

func TestTwoThatSawTheSameLine(t *testing.T) {
	h := newHouse(hr.AllowAll)
	h.line(t, 2, "")
	requested := h.approved(t, requisition(2))
	var ids []recruitment.ApplicationID
	for range 2 {
		opening, err := h.Open(h.ctx, h.cmd(), recruitment.Opening{Requisition: requested, Seats: 1})
		require.NoError(t, err)
		ids = append(ids, h.applied(t, opening, toOffer...))
	}
	was, err := h.db.PlanLine(h.ctx, "L1")
	require.NoError(t, err)
	_, err = h.Accept(h.ctx, h.cmd(), ids[0], 1)
	require.NoError(t, err)
	before := h.state(t)
	h.Plan = staleLines{h.db, was}
	_, err = h.Accept(h.ctx, h.cmd(), ids[1], 1)
	require.ErrorIs(t, err, storage.ErrConflict)
	require.Equal(t, before, h.state(t))
}

// Seats of open offers stay with a closed opening until the offer ends: declined, dropped one by one or many at once, refused, or past its last day
// when the opening is closed. Then each may be opened again, and no seat is counted twice.
func TestSeatsOfAClosedOpeningComeBack(t *testing.T) {
	h := newHouse(hr.AllowAll)
	h.line(t, 9, "")
	requested := h.approved(t, requisition(6))
	opening, err := h.Open(h.ctx, h.cmd(), recruitment.Opening{Requisition: requested, Seats: 6})
	require.NoError(t, err)
	late := h.applied(t, opening, toOffer[:2]...)
	offer := good()
	offer.Expires = day("2026-10-02")
	require.NoError(t, h.MakeOffer(h.ctx, h.cmd(), late, offer))
	declined, accepted, dropped := h.applied(t, opening, toOffer...), h.applied(t, opening, toOffer...), h.applied(t, opening, toOffer...)
	refused := h.applied(t, opening, toOffer[:2]...)
	h.Policy.OfferApproved = true
	require.NoError(t, h.MakeOffer(h.ctx, h.cmd(), refused, good()))
	h.now = h.now.AddDate(0, 0, 2)
	require.NoError(t, h.CloseOpening(h.ctx, h.cmd(), opening))
	opened := func(want int) {
		t.Helper()
		r, err := h.Requisition(h.ctx, view, requested)
		require.NoError(t, err)
		o, err := h.Opening(h.ctx, view, opening)
		require.NoError(t, err)
		require.Equal(t, []int{want, want}, []int{r.Opened, o.Seats})
	}
	opened(4) // the sixth seat had no offer, and that of the first is past
	require.NoError(t, h.Reject(h.ctx, h.cmd(), late, ""))
	opened(4)
	require.NoError(t, h.Decline(h.ctx, h.cmd(), declined, "too far"))
	opened(3)
	_, err = h.DecideOffer(h.ctx, h.by(head), refused, 1, false, "too dear")
	require.NoError(t, err)
	opened(2)
	_, err = h.Accept(h.ctx, h.cmd(), accepted, 1)
	require.NoError(t, err)
	opened(2)
	_, err = h.RejectAll(h.ctx, h.cmd(), "", dropped, refused)
	require.NoError(t, err)
	opened(1)
}

// Seats come back for each opening whose offers end at once, and for an offer that we drop as for one that they decline.
func TestSeatsOfSeveralClosedOpeningsComeBack(t *testing.T) {
	h := newHouse(hr.AllowAll)
	h.line(t, 9, "")
	requested := h.approved(t, requisition(3))
	var ids []recruitment.ApplicationID
	for range 3 {
		opening, err := h.Open(h.ctx, h.cmd(), recruitment.Opening{Requisition: requested, Seats: 1})
		require.NoError(t, err)
		ids = append(ids, h.applied(t, opening, toOffer...))
		require.NoError(t, h.CloseOpening(h.ctx, h.cmd(), opening))
	}
	opened := func() int {
		r, err := h.Requisition(h.ctx, view, requested)
		require.NoError(t, err)
		return r.Opened
	}
	require.Equal(t, 3, opened())
	require.NoError(t, h.Reject(h.ctx, h.cmd(), ids[0], "no money"))
	require.Equal(t, 2, opened())
	_, err := h.RejectAll(h.ctx, h.cmd(), "no money", ids[1], ids[2])
	require.NoError(t, err)
	require.Zero(t, opened())
}

// An opening that another way has filled the plan for, as by an import, hires nobody more.
func TestNobodyIsHiredBeyondThePlan(t *testing.T) {
	h := newHouse(hr.AllowAll)
	h.line(t, 2, "")
	requested := h.approved(t, requisition(1))
	opening, err := h.Open(h.ctx, h.cmd(), recruitment.Opening{Requisition: requested, Seats: 1})
	require.NoError(t, err)
	id := h.applied(t, opening, toOffer...)
	l, err := h.db.PlanLine(h.ctx, "L1")
	require.NoError(t, err)
	l.Filled = 1
	require.NoError(t, h.db.PutPlanLine(h.ctx, l))
	before := h.state(t)
	_, err = h.Accept(h.ctx, h.cmd(), id, 1)
	require.Equal(t, []string{"seats recruitment.headcount"}, faults(err))
	require.Equal(t, before, h.state(t))
}

// An offer that is made, or ends, while the opening is closed by somebody else meets the close: of the two one is told to try again.
func TestAnOfferMeetsTheClose(t *testing.T) {
	for name, act := range map[string]func(h *house, id recruitment.ApplicationID) error{
		"made":     func(h *house, id recruitment.ApplicationID) error { return h.MakeOffer(h.ctx, h.cmd(), id, good()) },
		"declined": func(h *house, id recruitment.ApplicationID) error { return h.Decline(h.ctx, h.cmd(), id, "no") },
	} {
		h := newHouse(hr.AllowAll)
		opening := h.open(t, 1)
		id := h.applied(t, opening, toOffer...)
		before, err := h.Opening(h.ctx, view, opening)
		require.NoError(t, err)
		require.NoError(t, act(h, id), name)
		require.ErrorIs(t, h.db.PutOpening(h.ctx, before), storage.ErrConflict, name)
	}
}

// A closed opening takes up nobody and offers nothing; an offer that is open keeps its seat and may be accepted.
func TestCloseOpening(t *testing.T) {
	h := newHouse(hr.AllowAll)
	h.line(t, 3, "")
	requested := h.approved(t, requisition(3))
	opening, err := h.Open(h.ctx, h.cmd(), recruitment.Opening{Requisition: requested, Seats: 3})
	require.NoError(t, err)
	offered, interviewed := h.applied(t, opening, toOffer...), h.applied(t, opening, toOffer[:2]...)
	require.NoError(t, h.CloseOpening(h.ctx, h.cmd(), opening))
	who := h.candidate(t)
	_, err = h.Apply(h.ctx, h.cmd(), opening, who, recruitment.Source{})
	require.Equal(t, []string{"opening recruitment.opening.closed"}, faults(err))
	err = h.MakeOffer(h.ctx, h.cmd(), interviewed, good())
	require.Equal(t, []string{"opening recruitment.opening.closed"}, faults(err))
	err = h.CloseOpening(h.ctx, h.cmd(), opening)
	require.Equal(t, []string{"opening recruitment.opening.closed"}, faults(err))
	_, err = h.Accept(h.ctx, h.cmd(), offered, 1)
	require.NoError(t, err)
	r, err := h.Requisition(h.ctx, view, requested)
	require.NoError(t, err)
	require.Equal(t, 1, r.Opened, "two seats may be opened again")
}
