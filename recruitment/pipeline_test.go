package recruitment_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/recruitment"
)

const (
	phone    recruitment.State = "phone"
	exercise recruitment.State = "exercise"
	toPhone  recruitment.Event = "call"
	toTask   recruitment.Event = "give_exercise"
	back     recruitment.Event = "back"
)

// rows is the table of a house that telephones first, gives an exercise, and may go back to the interview after an offer was refused.
func rows() []hr.Transition[recruitment.State, recruitment.Event] {
	type row = hr.Transition[recruitment.State, recruitment.Event]
	table := []row{
		{From: "new", On: toPhone, To: phone},
		{From: phone, On: toTask, To: exercise},
		{From: exercise, On: recruitment.ToInterview, To: recruitment.Interviewing},
		{From: recruitment.Interviewing, On: recruitment.Propose, To: recruitment.Offered},
		{From: recruitment.Offered, On: recruitment.Propose, To: recruitment.Offered},
		{From: recruitment.Offered, On: recruitment.Accept, To: recruitment.Accepted},
		{From: recruitment.Offered, On: recruitment.Decline, To: recruitment.Declined},
		{From: exercise, On: back, To: phone},
	}
	for _, s := range []recruitment.State{"new", phone, exercise, recruitment.Interviewing, recruitment.Offered} {
		table = append(table, row{From: s, On: recruitment.Reject, To: recruitment.Rejected}, row{From: s, On: recruitment.Withdraw, To: recruitment.Withdrawn})
	}
	return table
}

func ownRules() recruitment.PipelineRules {
	return recruitment.PipelineRules{
		Stages: hr.MustMachine("new", rows()...),
		Guards: []recruitment.Guard{
			{On: toPhone, Needs: recruitment.NeedConsent},
			{On: toTask, From: phone, Needs: recruitment.NeedScreening},
			{On: recruitment.Propose, Needs: recruitment.NeedScorecards},
			{On: recruitment.Propose, Needs: recruitment.NeedRequisition},
		},
		Limits:  []recruitment.StageLimit{{Stage: "new", WorkingDays: 3}, {Stage: phone, WorkingDays: 1}},
		Reasons: []recruitment.Reason{{Code: "skills", On: recruitment.Reject, Title: "Other skills"}, {Code: "pay", On: recruitment.Decline, Title: "Pay"}, {Code: "pay", On: recruitment.Withdraw, Title: "Pay"}},
	}
}

func TestPipelineDrawing(t *testing.T) {
	p, err := recruitment.NewPipeline(ownRules())
	require.NoError(t, err)
	drawn(t, "pipeline.dot", p.Stages().DOT("pipeline"))
	require.Equal(t, recruitment.Machine().DOT("x"), recruitment.Pipeline{}.Stages().DOT("x"), "the zero pipeline is the house's own")
	require.Equal(t, []recruitment.Reason{{Code: "pay", On: recruitment.Decline, Title: "Pay"}}, p.Reasons(recruitment.Decline))
	require.False(t, p.Live(recruitment.Accepted))
	require.True(t, p.Live("new"))
	require.False(t, p.Live(""))
}

// A table that would break a promise is refused, with every fault at once.
func TestNewPipelineRefuses(t *testing.T) {
	type row = hr.Transition[recruitment.State, recruitment.Event]
	without := func(drop ...row) []row {
		return slices.DeleteFunc(rows(), func(r row) bool { return slices.Contains(drop, r) })
	}
	for name, c := range map[string]struct {
		rows []row
		want []string
	}{
		"a way out of an end": {append(rows(), row{From: recruitment.Rejected, On: back, To: phone}), []string{"stages.rejected.back"}},
		"a hire without an offer": {
			append(rows(), row{From: phone, On: recruitment.Accept, To: recruitment.Accepted}), []string{"stages.phone.accept"},
		},
		"an event that hires under another name": {append(rows(), row{From: phone, On: "wave", To: recruitment.Accepted}), []string{"stages.phone.wave"}},
		"an offer that leads elsewhere":          {append(rows(), row{From: phone, On: recruitment.Propose, To: exercise}), []string{"stages.phone.offer"}},
		"a stage that leads to an offer by itself": {
			append(rows(), row{From: phone, On: "wave", To: recruitment.Offered}), []string{"stages.phone.wave"},
		},
		"a stage nobody can be rejected in": {without(row{From: phone, On: recruitment.Reject, To: recruitment.Rejected}), []string{"stages.phone"}},
		"an end that is no outcome":         {append(rows(), row{From: phone, On: "park", To: "parked"}), []string{"stages.parked"}},
		"no acceptance":                     {without(row{From: recruitment.Offered, On: recruitment.Accept, To: recruitment.Accepted}), []string{"stages.accept"}},
	} {
		_, err := recruitment.NewPipeline(recruitment.PipelineRules{Stages: hr.MustMachine("new", c.rows...)})
		var paths []string
		for _, f := range hr.FieldErrors(err) {
			require.Equal(t, recruitment.RulePipeline, f.Rule)
			paths = append(paths, f.Path)
		}
		require.Equal(t, c.want, paths, name)
	}
	bad := ownRules()
	bad.Guards = []recruitment.Guard{{On: "wave", Needs: recruitment.NeedConsent}, {On: toTask, From: "new", Needs: recruitment.NeedConsent}, {On: toTask, Needs: "luck"}}
	bad.Limits = []recruitment.StageLimit{{Stage: recruitment.Accepted, WorkingDays: 1}, {Stage: "new"}, {Stage: "new", WorkingDays: 1}}
	bad.Reasons = []recruitment.Reason{{On: recruitment.Reject}, {Code: "x", On: toPhone}, {Code: "y", On: recruitment.Reject}, {Code: "y", On: recruitment.Reject}}
	_, err := recruitment.NewPipeline(bad)
	var paths []string
	for _, f := range hr.FieldErrors(err) {
		paths = append(paths, f.Path)
	}
	require.Equal(t, []string{
		"guards[0]", "guards[1]", "guards[2].needs", "limits[0].stage", "limits[1].working_days", "limits[2].stage",
		"reasons[0].code", "reasons[1].on", "reasons[3].code",
	}, paths)
	require.Panics(t, func() { recruitment.MustPipeline(bad) })
}

// Each guard holds an application until what it needs is there: consent, screening, everybody's scorecard, an approved requisition.
func TestGuards(t *testing.T) {
	h := newHouse(hr.AllowAll)
	h.Pipeline = recruitment.MustPipeline(ownRules())
	h.Policy.Criteria = criteria()
	h.line(t, 1, "")
	opening, err := h.Open(h.ctx, h.cmd(), recruitment.Opening{Requisition: h.approved(t, requisition(1)), Seats: 1})
	require.NoError(t, err)
	bare := h.open(t, 1)
	who := h.candidate(t)
	id, err := h.Apply(h.ctx, h.cmd(), opening, who, recruitment.Source{})
	require.NoError(t, err)
	elsewhere, err := h.Apply(h.ctx, h.cmd(), bare, who, recruitment.Source{})
	require.NoError(t, err)
	require.Equal(t, recruitment.State("new"), h.get(t, id).State)
	waits := func(on recruitment.Event, want ...string) {
		t.Helper()
		before := h.state(t)
		var err error
		if on == recruitment.Propose {
			err = h.MakeOffer(h.ctx, h.cmd(), id, good())
		} else {
			err = h.Advance(h.ctx, h.cmd(), id, on)
		}
		for i, need := range want {
			want[i] = "needs." + need + " recruitment.application.guard"
		}
		require.Equal(t, want, faults(err))
		require.Equal(t, before, h.state(t))
	}
	waits(toPhone, "consent")
	require.NoError(t, h.GiveConsent(h.ctx, h.cmd(), who, recruitment.Consent{Purpose: recruitment.PurposeHiring, Given: day("2026-10-01"), Expires: day("2026-12-31")}))
	require.NoError(t, h.Advance(h.ctx, h.cmd(), id, toPhone))
	waits(toTask, "screening")
	require.NoError(t, h.Screen(h.ctx, h.cmd(), id, map[string]string{"years": "5"}))
	require.NoError(t, h.Advance(h.ctx, h.cmd(), id, toTask))
	require.NoError(t, h.Advance(h.ctx, h.cmd(), id, back), "the host's own events lead where its table says")
	require.NoError(t, h.Advance(h.ctx, h.cmd(), id, toTask))
	require.NoError(t, h.Advance(h.ctx, h.cmd(), id, recruitment.ToInterview))
	waits(recruitment.Propose, "scorecards")
	talk := h.talk(t, id, "E1", "E2")
	h.after(t, talk)
	h.submit(t, talk, "E1", recruitment.Yes)
	waits(recruitment.Propose, "scorecards")
	h.submit(t, talk, "E2", recruitment.No)
	require.NoError(t, h.MakeOffer(h.ctx, h.cmd(), id, good()))

	for _, on := range []recruitment.Event{toPhone, toTask, recruitment.ToInterview} {
		require.NoError(t, func() error {
			if on == toTask {
				if err := h.Screen(h.ctx, h.cmd(), elsewhere, nil); err != nil {
					return err
				}
			}
			return h.Advance(h.ctx, h.cmd(), elsewhere, on)
		}(), on)
	}
	err = h.MakeOffer(h.ctx, h.cmd(), elsewhere, good())
	require.Equal(t, []string{"needs.scorecards recruitment.application.guard", "needs.requisition recruitment.application.guard"}, faults(err), "another application's interview does not count")
}

// One scorecard is enough where the guard says so.
func TestOneScorecard(t *testing.T) {
	h := newHouse(hr.AllowAll)
	h.Pipeline = recruitment.MustPipeline(recruitment.PipelineRules{Guards: []recruitment.Guard{{On: recruitment.Propose, Needs: recruitment.NeedScorecard}}})
	id := h.applied(t, h.open(t, 1), toOffer[:2]...)
	talk := h.talk(t, id, "E1", "E2")
	require.Equal(t, []string{"needs.scorecard recruitment.application.guard"}, faults(buttons[recruitment.Propose](h, id)))
	h.after(t, talk)
	h.submit(t, talk, "E2", recruitment.Yes)
	require.NoError(t, buttons[recruitment.Propose](h, id))
}

// Where there is a catalogue, only its codes are reasons.
func TestReasons(t *testing.T) {
	h := newHouse(hr.AllowAll)
	h.Pipeline = recruitment.MustPipeline(ownRules())
	opening := h.open(t, 1)
	id := h.applied(t, opening)
	before := h.state(t)
	for _, err := range []error{
		h.Reject(h.ctx, h.cmd(), id, "hair"), h.Reject(h.ctx, h.cmd(), id, "pay"), h.Withdraw(h.ctx, h.cmd(), id, ""),
	} {
		require.Equal(t, []string{"reason recruitment.application.reason"}, faults(err))
	}
	require.Equal(t, before, h.state(t))
	require.NoError(t, h.Reject(h.ctx, h.cmd(), id, "skills"))
	require.Equal(t, "skills", h.get(t, id).Trail[1].Reason)
}

// Many applications move together or not at all, and what is wrong with any is told for all.
func TestBulkMoves(t *testing.T) {
	h := newHouse(hr.AllowAll)
	opening := h.open(t, 3)
	a, b, c := h.applied(t, opening), h.applied(t, opening), h.applied(t, opening, recruitment.ToScreening)
	gone := h.applied(t, opening, recruitment.Withdraw)
	before := h.state(t)
	_, err := h.AdvanceAll(h.ctx, h.cmd(), recruitment.ToScreening, a, c, "nobody", gone, a, b)
	require.Equal(t, []string{
		"applications[1].state recruitment.application.transition", "applications[2].application recruitment.application.unknown",
		"applications[3].state recruitment.application.transition", "applications[4] recruitment.application.twice",
	}, faults(err))
	_, err = h.AdvanceAll(h.ctx, h.cmd(), recruitment.Accept, a)
	require.Contains(t, faults(err), "applications[0].event recruitment.application.transition")
	_, err = h.RejectAll(h.ctx, h.cmd(), "many applied", a, gone)
	require.Equal(t, []string{"applications[1].state recruitment.application.transition"}, faults(err))
	require.Equal(t, before, h.state(t))

	cmd := h.cmd()
	for range 2 { // the button was pressed twice
		moved, err := h.AdvanceAll(h.ctx, cmd, recruitment.ToScreening, a, b)
		require.NoError(t, err)
		require.Equal(t, []recruitment.Moved{{Application: a, State: "screening"}, {Application: b, State: "screening"}}, moved)
	}
	moved, err := h.RejectAll(h.ctx, h.cmd(), "many applied", a, b, c)
	require.NoError(t, err)
	require.Len(t, moved, 3)
	require.Equal(t, "many applied", h.get(t, c).Reason)
	ids := map[string]bool{}
	events, err := h.db.Events(h.ctx)
	require.NoError(t, err)
	for _, e := range events {
		require.False(t, ids[e.ID], "two events have one id")
		ids[e.ID] = true
	}
}

// What is due counts working days from the day after an application came to its stage: new on Thursday 1 October 2026 with three working
// days may stay through Tuesday 6 October and is due on the 7th.
func TestDue(t *testing.T) {
	h := newHouse(hr.AllowAll)
	h.Pipeline = recruitment.MustPipeline(func() recruitment.PipelineRules {
		r := ownRules()
		r.Guards = nil
		return r
	}())
	h.Calendar = hr.MustCalendar(hr.CalendarRules{Name: "office", Span: hr.MustPeriod("2026-01-01..2027-12-31"), Off: []hr.WeekdayRule{{Weekday: time.Saturday}, {Weekday: time.Sunday}}})
	opening := h.open(t, 2)
	id := h.applied(t, opening)
	due := func(on string) []recruitment.Due {
		h.now = day(on).At(hr.MustTimeOfDay("12:00"), h.now.Location())
		list, err := h.Due(h.ctx, view, opening)
		require.NoError(t, err)
		return list
	}
	require.Empty(t, due("2026-10-06"))
	want := recruitment.Due{Kind: recruitment.DueStage, Application: id, Stage: "new", On: day("2026-10-07")}
	require.Equal(t, []recruitment.Due{want}, due("2026-10-07"))
	require.Equal(t, []recruitment.Due{want}, due("2026-10-20"), "it stays due since then")
	require.NoError(t, h.Advance(h.ctx, h.cmd(), id, toPhone))
	require.Empty(t, due("2026-10-20"))
	require.Len(t, due("2026-10-22"), 1)
	for _, on := range []recruitment.Event{toTask, recruitment.ToInterview} {
		require.NoError(t, h.Advance(h.ctx, h.cmd(), id, on))
	}
	require.Empty(t, due("2026-12-31"), "a stage without a limit")
	late := good()
	late.Start, late.Expires = day("2027-03-01"), day("2027-01-15")
	require.NoError(t, h.MakeOffer(h.ctx, h.cmd(), id, late))
	require.Empty(t, due("2027-01-15"), "the last day")
	require.Equal(t, []recruitment.Due{{Kind: recruitment.DueAnswer, Application: id, Stage: "offered", On: day("2027-01-16")}}, due("2027-01-20"))
	h.Calendar = hr.Calendar{}
	h.applied(t, opening)
	_, err := h.Due(h.ctx, view, opening)
	require.ErrorIs(t, err, hr.ErrNoValue, "a calendar that does not know the days")
}
