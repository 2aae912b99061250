package lifecycle_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/payroll"
)

// confirmed is a house with E1 there since January 2026.
func confirmed(t require.TestingT) *house {
	h := newHouse(hr.AllowAll)
	h.hire(t, joiner("E1", "2026-01-01"))
	require.NoError(t, h.Join(h.ctx, h.cmd(), "E1"))
	require.NoError(t, h.Confirm(h.ctx, h.cmd(), "E1", day("2026-01-01")))
	return h
}

func share(s string) decimal.Decimal { return decimal.RequireFromString(s) }

// stands says how E1 stands on a day as known at k: "suspended 0.5 no", "" for simply at work, "-" where they are not employed.
func (h *house) stands(t require.TestingT, on string, k hr.Seq) string {
	terms, employed := h.terms(t, "E1", k).At(day(on))
	if !employed {
		return "-"
	}
	s, err := lifecycle.StandingOf(terms)
	require.NoError(t, err)
	if s.State == "" {
		require.Equal(t, "1 true", fmt.Sprint(s.Share, " ", s.Accrues))
		return ""
	}
	return fmt.Sprint(s.State, " ", s.Share, " ", map[bool]string{true: "yes", false: "no"}[s.Accrues])
}

// on requires how E1 stands on days, as known today.
func (h *house) on(t *testing.T, want map[string]string) {
	t.Helper()
	for on, stands := range want {
		require.Equal(t, stands, h.stands(t, on, 0), on)
	}
}

// A suspension with a subsistence allowance: half for 90 days, 2 March to 30 May, then three quarters. It goes through a raise that was
// known for April, and a raise that comes later keeps it. It is held to have been wrong, and paid in full afterwards: a change that payroll visits.
func TestSuspensionWithASubsistenceAllowance(t *testing.T) {
	h := confirmed(t)
	h.change(t, "E1", raise("2026-04-01", 50000))
	before := h.head(t, "E1")
	require.NoError(t, h.Suspend(h.ctx, h.cmd(), "E1", lifecycle.AwayTerms{
		From: day("2026-03-02"), Word: "enquiry", Pay: []lifecycle.PayStep{{From: day("2026-03-02"), Share: share("0.5")}, {From: day("2026-05-31"), Share: share("0.75")}},
	}))
	history, err := h.TermsHistory(h.ctx, view, "E1")
	require.NoError(t, err)
	var written []string
	for _, e := range history.Entries()[2:] {
		written = append(written, fmt.Sprint(e.Period, " ", e.Cause.ID))
	}
	require.Equal(t, []string{"2026-03-02..2026-03-31 suspend/1", "2026-04-01..2026-05-30 suspend/1", "2026-05-31.. suspend/2"}, written, "each share is a change of its own")
	allowance := map[string]string{
		"2026-03-01": "", "2026-03-02": "suspended 0.5 no", "2026-05-30": "suspended 0.5 no", "2026-05-31": "suspended 0.75 no", "2030-01-01": "suspended 0.75 no",
	}
	h.on(t, allowance)
	require.Equal(t, []string{"40000", "50000"}, []string{h.basic(t, "E1", "2026-03-31"), h.basic(t, "E1", "2026-04-01")}, "the agreed pay is not touched")
	raised := h.change(t, "E1", raise("2026-07-01", 60000))
	h.on(t, allowance)
	_, err = h.WithdrawTerms(h.ctx, h.cmd(), "E1", raised)
	require.NoError(t, err)
	h.on(t, allowance)
	require.Equal(t, "", h.stands(t, "2026-06-01", before), "as known before, nothing of it")

	paid := h.head(t, "E1")
	require.NoError(t, h.Return(h.ctx, h.cmd(), "E1", lifecycle.Back{On: day("2026-09-01"), Pay: []lifecycle.PayStep{{From: day("2026-03-02"), Share: share("1")}}}))
	h.on(t, map[string]string{"2026-03-01": "", "2026-03-02": "suspended 1 no", "2026-08-31": "suspended 1 no", "2026-09-01": ""})
	require.Equal(t, "suspended 0.75 no", h.stands(t, "2026-08-31", paid), "as known when August was paid")
	changes, err := h.Changes(h.ctx, view, []hr.Pin{{Employee: "E1", Known: hr.Known{Own: paid}}})
	require.NoError(t, err)
	visited := hr.Period{From: changes[0].Period.From, Through: changes[len(changes)-1].Period.Through}
	require.Equal(t, hr.MustPeriod("2026-03-02.."), visited)
	e, err := h.Employment(h.ctx, view, "E1")
	require.NoError(t, err)
	require.Equal(t, lifecycle.Confirmed, e.State)
	require.Zero(t, e.Away)
}

// The first 90 days are paid in full afterwards, and the days since then stay at three quarters.
func TestAnAllowanceIsCorrectedInPart(t *testing.T) {
	h := confirmed(t)
	require.NoError(t, h.Suspend(h.ctx, h.cmd(), "E1", lifecycle.AwayTerms{
		From: day("2026-03-02"), Pay: []lifecycle.PayStep{{From: day("2026-03-02"), Share: share("0.5")}, {From: day("2026-05-31"), Share: share("0.75")}},
	}))
	require.NoError(t, h.Return(h.ctx, h.cmd(), "E1", lifecycle.Back{
		On: day("2026-09-01"), Pay: []lifecycle.PayStep{{From: day("2026-03-02"), Share: share("1")}, {From: day("2026-05-31"), Share: share("0.75")}},
	}))
	h.on(t, map[string]string{
		"2026-03-02": "suspended 1 no", "2026-05-30": "suspended 1 no", "2026-05-31": "suspended 0.75 no", "2026-08-31": "suspended 0.75 no", "2026-09-01": "",
	})
}

func TestAShareIsANumber(t *testing.T) {
	_, err := lifecycle.StandingOf(hr.Terms{Answers: []hr.Answer{{Name: lifecycle.AnswerStanding, Text: "suspended"}, {Name: lifecycle.AnswerPayShare, Text: "half"}}})
	require.Equal(t, []string{"answers.pay_share lifecycle.pay.share"}, faults(err))
}

// What an event wrote is not withdrawn or changed by hand: its end is recorded, from the first day where it should never have been.
func TestStandingIsOfEvents(t *testing.T) {
	h := confirmed(t)
	require.NoError(t, h.Suspend(h.ctx, h.cmd(), "E1", lifecycle.AwayTerms{From: day("2026-03-01")}))
	before := h.state(t)
	history, err := h.TermsHistory(h.ctx, view, "E1")
	require.NoError(t, err)
	entries := history.Entries()
	_, err = h.WithdrawTerms(h.ctx, h.cmd(), "E1", entries[len(entries)-1].ID)
	require.Equal(t, []string{"entry lifecycle.terms.standing"}, faults(err))
	for _, c := range []lifecycle.TermsChange{
		{From: day("2026-04-01"), Clear: []string{"answers.standing"}},
		{From: day("2026-04-01"), Set: hr.Terms{Answers: []hr.Answer{{Name: lifecycle.AnswerPayShare, Text: "1"}}}},
	} {
		_, err = h.ChangeTerms(h.ctx, h.cmd(), "E1", c)
		require.Contains(t, fmt.Sprint(faults(err)), "lifecycle.terms.standing")
	}
	paid := joiner("E2", "2026-01-01")
	paid.Terms.Answers = []hr.Answer{{Name: lifecycle.AnswerStanding, Text: "suspended"}}
	_, err = h.Hire(h.ctx, h.cmd(), paid)
	require.Equal(t, []string{"terms.answers[0].name lifecycle.terms.standing"}, faults(err))
	require.Equal(t, before, h.state(t))
	require.NoError(t, h.Return(h.ctx, h.cmd(), "E1", lifecycle.Back{On: day("2026-03-01")}))
	h.on(t, map[string]string{"2026-02-28": "", "2026-03-01": "", "2026-12-01": ""})
}

// Long leave with an agreed end: pay goes on the day after by itself. They may come early, and they may come late.
func TestLongLeave(t *testing.T) {
	begin := func() *house {
		h := confirmed(t)
		require.NoError(t, h.StartLongLeave(h.ctx, h.cmd(), "E1", lifecycle.AwayTerms{From: day("2026-03-01"), Through: day("2026-06-30"), Pay: []lifecycle.PayStep{{From: day("2026-03-01"), Share: share("0.25")}}}))
		h.on(t, map[string]string{"2026-02-28": "", "2026-03-01": "on_long_leave 0.25 no", "2026-06-30": "on_long_leave 0.25 no", "2026-07-01": ""})
		return h
	}
	h := begin()
	require.NoError(t, h.Return(h.ctx, h.cmd(), "E1", lifecycle.Back{On: day("2026-05-01")}))
	h.on(t, map[string]string{"2026-04-30": "on_long_leave 0.25 no", "2026-05-01": "", "2026-07-01": ""})
	h = begin()
	require.NoError(t, h.Return(h.ctx, h.cmd(), "E1", lifecycle.Back{On: day("2026-07-11")}))
	h.on(t, map[string]string{"2026-07-01": "on_long_leave 0.25 no", "2026-07-10": "on_long_leave 0.25 no", "2026-07-11": ""})
	h = begin() // back on the day that was planned changes no term
	require.NoError(t, h.Return(h.ctx, h.cmd(), "E1", lifecycle.Back{On: day("2026-07-01")}))
	h.on(t, map[string]string{"2026-06-30": "on_long_leave 0.25 no", "2026-07-01": ""})
	h = begin() // longer, and then for nothing
	require.NoError(t, h.Revise(h.ctx, h.cmd(), "E1", lifecycle.AwayTerms{From: day("2026-07-01"), Through: day("2026-08-31")}))
	h.on(t, map[string]string{"2026-06-30": "on_long_leave 0.25 no", "2026-07-01": "on_long_leave 0 no", "2026-08-31": "on_long_leave 0 no", "2026-09-01": ""})
	require.NoError(t, h.Revise(h.ctx, h.cmd(), "E1", lifecycle.AwayTerms{From: day("2026-05-01"), Through: day("2026-05-31")}))
	h.on(t, map[string]string{"2026-04-30": "on_long_leave 0.25 no", "2026-05-31": "on_long_leave 0 no", "2026-06-01": "", "2026-08-31": ""})
}

// The agreed end of a leave stays where it is when a raise that began the day after is withdrawn.
func TestTheEndOfALeaveIsItsOwn(t *testing.T) {
	h := confirmed(t)
	raised := h.change(t, "E1", raise("2026-07-01", 50000))
	require.NoError(t, h.StartLongLeave(h.ctx, h.cmd(), "E1", lifecycle.AwayTerms{From: day("2026-03-01"), Through: day("2026-06-30")}))
	_, err := h.WithdrawTerms(h.ctx, h.cmd(), "E1", raised)
	require.NoError(t, err)
	h.on(t, map[string]string{"2026-06-30": "on_long_leave 0 no", "2026-07-01": ""})
	require.Equal(t, "40000", h.basic(t, "E1", "2026-07-01"))
}

// Who pays for a secondment is a share: all of it here, or nothing. Leave goes on accruing either way, and a notice ends neither.
func TestSecondment(t *testing.T) {
	h := confirmed(t)
	require.NoError(t, h.Second(h.ctx, h.cmd(), "E1", lifecycle.AwayTerms{From: day("2026-03-01"), At: "Beta Ltd"}))
	h.on(t, map[string]string{"2026-02-28": "", "2026-03-01": "seconded 1 yes"})
	require.NoError(t, h.Revise(h.ctx, h.cmd(), "E1", lifecycle.AwayTerms{From: day("2026-06-01"), Pay: []lifecycle.PayStep{{From: day("2026-06-01"), Share: share("0")}}}))
	h.on(t, map[string]string{"2026-05-31": "seconded 1 yes", "2026-06-01": "seconded 0 yes"})
	require.NoError(t, h.GiveNotice(h.ctx, h.cmd(), "E1", lifecycle.NoticeDates{Given: day("2026-07-01")}))
	require.NoError(t, h.WithdrawNotice(h.ctx, h.cmd(), "E1"))
	e, err := h.Employment(h.ctx, view, "E1")
	require.NoError(t, err)
	require.Equal(t, lifecycle.Seconded, e.State)
	require.Equal(t, lifecycle.AwayDates{From: day("2026-03-01"), At: "Beta Ltd"}, e.Away, "where they are is known still")
	h.on(t, map[string]string{"2026-08-01": "seconded 0 yes"})
	require.NoError(t, h.Return(h.ctx, h.cmd(), "E1", lifecycle.Back{On: day("2026-09-01")}))
	h.on(t, map[string]string{"2026-08-31": "seconded 0 yes", "2026-09-01": ""})
}

// Suspended while away for long and on notice: back from the suspension, the leave goes on.
func TestASuspensionInsideALeave(t *testing.T) {
	h := confirmed(t)
	require.NoError(t, h.StartLongLeave(h.ctx, h.cmd(), "E1", lifecycle.AwayTerms{From: day("2026-03-01")}))
	require.NoError(t, h.GiveNotice(h.ctx, h.cmd(), "E1", lifecycle.NoticeDates{Given: day("2026-04-01")}))
	h.on(t, map[string]string{"2026-05-01": "on_long_leave 0 no"})
	require.NoError(t, h.Suspend(h.ctx, h.cmd(), "E1", lifecycle.AwayTerms{From: day("2026-05-01"), Pay: []lifecycle.PayStep{{From: day("2026-05-01"), Share: share("0.5")}}}))
	require.NoError(t, h.Return(h.ctx, h.cmd(), "E1", lifecycle.Back{On: day("2026-05-16")}))
	h.on(t, map[string]string{"2026-04-30": "on_long_leave 0 no", "2026-05-15": "suspended 0.5 no", "2026-05-16": "on_long_leave 0 no"})
}

func TestAwayRefusesDatesThatCannotBe(t *testing.T) {
	h := confirmed(t)
	before := h.state(t)
	suspend := func(a lifecycle.AwayTerms) error { return h.Suspend(h.ctx, h.cmd(), "E1", a) }
	step := func(from, s string) lifecycle.PayStep { return lifecycle.PayStep{From: day(from), Share: share(s)} }
	march := lifecycle.AwayTerms{From: day("2026-03-01"), Through: day("2026-03-31")}
	paid := func(steps ...lifecycle.PayStep) lifecycle.AwayTerms {
		a := march
		a.Pay = steps
		return a
	}
	for name, c := range map[string]struct {
		err  error
		want []string
	}{
		"no day":               {suspend(lifecycle.AwayTerms{}), []string{"from lifecycle.away.dates"}},
		"before the first day": {suspend(lifecycle.AwayTerms{From: day("2025-12-31")}), []string{"from lifecycle.away.dates"}},
		"turned around":        {suspend(lifecycle.AwayTerms{From: day("2026-03-02"), Through: day("2026-03-01")}), []string{"through lifecycle.away.dates"}},
		"pay from another day": {suspend(paid(step("2026-03-02", "0.5"))), []string{"pay[0].from lifecycle.pay.steps"}},
		"pay that falls back":  {suspend(paid(step("2026-03-01", "0.5"), step("2026-03-01", "1"))), []string{"pay[1].from lifecycle.pay.steps"}},
		"pay from no day":      {suspend(paid(lifecycle.PayStep{Share: share("0.5")})), []string{"pay[0].from lifecycle.pay.steps"}},
		"pay behind the end":   {suspend(paid(step("2026-03-01", "0.5"), step("2026-04-01", "1"))), []string{"pay[1].from lifecycle.pay.steps"}},
		"more than all":        {suspend(paid(step("2026-03-01", "1.01"))), []string{"pay[0].share lifecycle.pay.steps"}},
		"less than nothing":    {suspend(paid(step("2026-03-01", "-0.5"))), []string{"pay[0].share lifecycle.pay.steps"}},
		"lent to nobody":       {h.Second(h.ctx, h.cmd(), "E1", march), []string{"at lifecycle.away.dates"}},
		"back from nowhere":    {h.Return(h.ctx, h.cmd(), "E1", lifecycle.Back{On: day("2026-03-01")}), []string{"state lifecycle.employment.transition"}},
	} {
		require.Equal(t, c.want, faults(c.err), name)
	}
	require.Equal(t, before, h.state(t))
	require.NoError(t, suspend(march))
	before = h.state(t)
	for name, c := range map[string]struct {
		err  error
		want []string
	}{
		"back before they went":   {h.Return(h.ctx, h.cmd(), "E1", lifecycle.Back{On: day("2026-02-28")}), []string{"on lifecycle.away.back"}},
		"back on no day":          {h.Return(h.ctx, h.cmd(), "E1", lifecycle.Back{}), []string{"on lifecycle.away.back"}},
		"pay for no day":          {h.Return(h.ctx, h.cmd(), "E1", lifecycle.Back{On: day("2026-03-01"), Pay: []lifecycle.PayStep{step("2026-03-01", "1")}}), []string{"pay lifecycle.pay.steps"}},
		"pay for days before it":  {h.Return(h.ctx, h.cmd(), "E1", lifecycle.Back{On: day("2026-03-11"), Pay: []lifecycle.PayStep{step("2026-02-28", "1")}}), []string{"pay[0].from lifecycle.pay.steps"}},
		"revised before it began": {h.Revise(h.ctx, h.cmd(), "E1", lifecycle.AwayTerms{From: day("2026-02-01")}), []string{"from lifecycle.away.dates"}},
		"revised after it ended":  {h.Revise(h.ctx, h.cmd(), "E1", lifecycle.AwayTerms{From: day("2026-04-02")}), []string{"from lifecycle.away.dates"}},
	} {
		require.Equal(t, c.want, faults(c.err), name)
	}
	require.Equal(t, before, h.state(t))
}

// A host's own state says what it means for pay, and its own end ends the terms.
func TestAHostsOwnStates(t *testing.T) {
	h := confirmed(t)
	h.Service.Table = sabbatical(t)
	move := func(m lifecycle.HostMove) error { return h.Move(h.ctx, h.cmd(), "E1", m) }
	require.NoError(t, move(lifecycle.HostMove{Event: "go_on_sabbatical", On: day("2026-03-01"), Through: day("2026-05-31")}))
	h.on(t, map[string]string{"2026-02-28": "", "2026-03-01": "sabbatical 0.25 yes", "2026-05-31": "sabbatical 0.25 yes", "2026-06-01": ""})
	err := move(lifecycle.HostMove{Event: "abscond", On: day("2026-04-01")})
	require.Equal(t, []string{"state lifecycle.employment.transition"}, faults(err))
	require.ErrorContains(t, err, "allowed: exit, return")
	require.NoError(t, h.Return(h.ctx, h.cmd(), "E1", lifecycle.Back{On: day("2026-05-01")}))
	h.on(t, map[string]string{"2026-04-30": "sabbatical 0.25 yes", "2026-05-01": ""})
	require.Equal(t, []string{"event lifecycle.move.event"}, faults(move(lifecycle.HostMove{Event: lifecycle.Suspend, On: day("2026-06-01")})))
	require.Equal(t, []string{"on lifecycle.exit.last_day"}, faults(move(lifecycle.HostMove{Event: "abscond"})))
	require.NoError(t, move(lifecycle.HostMove{Event: "abscond", On: day("2026-06-15"), Word: "not seen since"}))
	h.on(t, map[string]string{"2026-06-15": "", "2026-06-16": "-"})
	e, err := h.Employment(h.ctx, view, "E1")
	require.NoError(t, err)
	require.Equal(t, "absconded 2026-01-01..2026-06-15 not seen since", fmt.Sprint(e.State, " ", e.Period(), " ", e.ExitReason))
	h.Service.Table = lifecycle.Table{} // without the host's table, nobody knows the state, and nobody is employed in it
	require.Contains(t, faults(h.Join(h.ctx, h.cmd(), "E1")), "state lifecycle.employment.transition")
}

// school is a table in which somebody may train others, and decline before the first day.
func school(t require.TestingT) lifecycle.Table {
	atWork := lifecycle.Meaning{Employed: true, Works: true, Paid: decimal.NewFromInt(1), Accrues: true}
	table, err := lifecycle.Standard().Extend(map[lifecycle.State]lifecycle.Meaning{"declined": {}, "trainer": atWork},
		row{From: lifecycle.Preboarding, On: "decline", To: "declined"}, row{From: lifecycle.Confirmed, On: "train", To: "trainer"})
	require.NoError(t, err)
	return table
}

// A host's state that means what being at work means leaves nothing in the terms, unless a share of pay was agreed.
func TestAHostsStateAtWork(t *testing.T) {
	for want, pay := range map[string][]lifecycle.PayStep{"": nil, "trainer 0.8 yes": {{From: day("2026-03-01"), Share: share("0.8")}}} {
		h := confirmed(t)
		h.Service.Table = school(t)
		require.NoError(t, h.Move(h.ctx, h.cmd(), "E1", lifecycle.HostMove{Event: "train", On: day("2026-03-01"), Pay: pay}))
		h.on(t, map[string]string{"2026-02-28": "", "2026-03-01": want})
		require.Equal(t, lifecycle.State("trainer"), h.get(t, "E1").State)
		require.Equal(t, want == "", h.get(t, "E1").Away == lifecycle.AwayDates{}, want)
	}
}

// Who declines before the first day was never employed, by a host's own event too.
func TestAHostsOwnEndBeforeTheFirstDay(t *testing.T) {
	h := newHouse(hr.AllowAll)
	h.Service.Table = school(t)
	h.hire(t, joiner("E1", "2026-03-01"))
	require.NoError(t, h.Move(h.ctx, h.cmd(), "E1", lifecycle.HostMove{Event: "decline", On: day("2026-02-10"), Word: "another offer"}))
	e := h.get(t, "E1")
	require.Equal(t, "declined 2026-02-28 another offer", fmt.Sprint(e.State, " ", e.LastDay, " ", e.ExitReason))
	require.True(t, e.Period().IsZero())
	h.on(t, map[string]string{"2026-02-28": "-", "2026-03-01": "-"})
}

// onLeave is what a leave service answers.
type onLeave map[hr.EmployeeID][]hr.Absence

func (l onLeave) Absences(_ context.Context, _ hr.View, pins []hr.Pin, p hr.Period) ([][]hr.Absence, error) {
	out := make([][]hr.Absence, len(pins))
	for i, pin := range pins {
		for _, a := range l[pin.Employee] {
			if p.Contains(a.Date) {
				out[i] = append(out[i], a)
			}
		}
	}
	return out, nil
}

// How a suspension at half pay from 16 October reaches the payslip of October, by the two ways a host may choose: the timesheet, which
// counts half of each day away as payable, or the answer pay_share, which the rule multiplies by. Both pay
// 31000 x (15 + 16 x 1/2) / 31 = 23000.
func TestASuspensionReachesPay(t *testing.T) {
	h := newHouse(hr.AllowAll)
	hire := joiner("E1", "2026-01-01")
	hire.Terms.Pay[0].Amount, hire.Terms.Calendar, hire.Terms.Shift = rupees(31000), "pune", "general"
	h.hire(t, hire)
	require.NoError(t, h.Join(h.ctx, h.cmd(), "E1"))
	require.NoError(t, h.Suspend(h.ctx, h.cmd(), "E1", lifecycle.AwayTerms{From: day("2026-10-16"), Pay: []lifecycle.PayStep{{From: day("2026-10-16"), Share: share("0.5")}}}))

	october := hr.MustPeriod("2026-10-01..2026-10-31")
	calendar := hr.MustCalendar(hr.CalendarRules{Name: "pune", Span: hr.MustPeriod("2026-01-01..2026-12-31"), Observe: hr.ActualDay})
	shift := attendance.Shift{ID: "general", Zone: time.UTC, Start: hr.MustTimeOfDay("09:00"), End: hr.MustTimeOfDay("17:00")}
	holiday := onLeave{"E1": nil}
	for d := range hr.MustPeriod("2026-10-01..2026-10-20").Days() { // paid leave, granted before the suspension was known
		holiday["E1"] = append(holiday["E1"], hr.Absence{Employee: "E1", Date: d, Type: "earned", Paid: decimal.NewFromInt(1)})
	}
	clocks := attendance.Service{
		Kit: h.Kit, Punches: h.db, Rosters: h.db, Terms: h.Service, Absences: lifecycle.Away{People: h.Service, Leave: holiday},
		Calendars: map[string]hr.Calendar{"pune": calendar}, Shifts: map[string]attendance.Shift{"general": shift},
	}
	sheets, err := clocks.Timesheets(h.ctx, view, []hr.Pin{{Employee: "E1"}}, october)
	require.NoError(t, err)
	require.Equal(t, "23", sheets[0].Payable.String(), "15 days of leave in full, 16 at half")
	require.Equal(t, []string{"leave", "leave"}, []string{sheets[0].Days[14].Status, sheets[0].Days[15].Status})

	lines, err := h.TermsOf(h.ctx, view, []hr.Pin{{Employee: "E1"}}, october)
	require.NoError(t, err)
	basic := func(in payroll.Input, text string) string {
		plan, err := payroll.Compile(payroll.Config{Currency: "INR", Components: []payroll.Component{{Name: "basic", Text: text}}})
		require.NoError(t, err)
		in.Employee, in.Period, in.PayDate, in.Terms = "E1", october, october.Through, lines[0]
		slip, err := plan.Calculate(in)
		require.NoError(t, err)
		amount, paid := slip.Amount("basic_pay")
		require.True(t, paid)
		return amount.StringFixed(2)
	}
	byDays, err := payroll.Proration{Rule: payroll.CalendarDays, Rate: "basic", Line: "line basic_pay in earnings"}.Component()
	require.NoError(t, err)
	require.Equal(t, "23000.00", basic(payroll.Input{Timesheet: sheets[0]}, byDays.Text))
	byAnswer := `input basic: money by piece
input pay_share: number by piece = 1
input piece_days: days by piece
input period_days: days
line basic_pay in earnings
   = round(pieces(basic * pay_share * piece_days / period_days), 0.01)
`
	require.Equal(t, "23000.00", basic(payroll.Input{}, byAnswer))

	// As known before the suspension, all of it is payable.
	sheets, err = clocks.Timesheets(h.ctx, view, []hr.Pin{{Employee: "E1", Known: hr.Known{Own: 2}}}, october)
	require.NoError(t, err)
	require.NotEqual(t, "leave", sheets[0].Days[25].Status, "26 October is then a day at work, without leave")
}
