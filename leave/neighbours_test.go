package leave_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave"
)

func (h *house) request(t fataler, id leave.RequestID) leave.Request {
	t.Helper()
	r, err := h.Requests.Request(context.Background(), id)
	require.NoError(t, err)
	return r
}

// A weekend that a request does not count is at stake when the Monday beside it is cancelled, and stays as it was.
func TestARequestThatCountsAsBeforeIsNotWritten(t *testing.T) {
	h := open(t)
	h.grant(t, "casual", "10", "2026-01-05..")
	thursday := h.approved(t, ask("casual", "2026-10-08..2026-10-11"))
	monday := h.approved(t, ask("casual", "2026-10-12..2026-10-12"))
	was := h.request(t, thursday)
	require.NoError(t, h.Cancel(t.Context(), h.cmd(maya), monday))
	require.Equal(t, was, h.request(t, thursday))
}

// Half a day stays half a day when the whole day before it is given back.
func TestTheHalfStaysWithItsDay(t *testing.T) {
	for _, c := range []struct {
		name, asked, back string
		from, through     hr.HalfOfDay
		total             string
	}{
		{"one day is left, which has one half", "2026-10-05..2026-10-06", "2026-10-05..2026-10-05", hr.FirstHalf, "", "0.5"},
		{"two are left, which end at noon", "2026-10-05..2026-10-07", "2026-10-05..2026-10-05", "", hr.FirstHalf, "1.5"},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := open(t)
			a := ask("unpaid", c.asked)
			a.ThroughHalf = hr.FirstHalf
			id := h.approved(t, a)
			require.NoError(t, h.GiveBack(t.Context(), h.cmd(maya), id, hr.MustPeriod(c.back)))
			r := h.request(t, id)
			require.Equal(t, []hr.HalfOfDay{c.from, c.through}, []hr.HalfOfDay{r.FromHalf, r.ThroughHalf})
			require.Equal(t, c.total, r.Total().String())
		})
	}
}

// dates writes the days of a request with what each counts.
func dates(r leave.Request) (out []string) {
	for _, d := range r.Days {
		out = append(out, d.Date.String()[5:]+" "+d.Quantity.String())
	}
	return out
}

// Thursday to Tuesday with the weekend between them. Without the Friday the weekend is after it no more between leave and leave, nor is it
// without the Monday.
func TestAWeekendOutsideLeaveCountsNoMore(t *testing.T) {
	for _, c := range []struct {
		back        string
		first, rest []string
		balance     string
	}{
		{"2026-10-09..2026-10-09", []string{"10-08 1"}, []string{"10-10 0", "10-11 0", "10-12 1", "10-13 1"}, "-3"},
		{"2026-10-12..2026-10-12", []string{"10-08 1", "10-09 1", "10-10 0", "10-11 0"}, []string{"10-13 1"}, "-3"},
	} {
		h := open(t)
		id := h.approved(t, ask("unpaid", "2026-10-08..2026-10-13"))
		require.Equal(t, "-6", h.balance(t, "unpaid", "2026-10-31"))
		require.NoError(t, h.GiveBack(t.Context(), h.cmd(maya), id, hr.MustPeriod(c.back)))
		require.Equal(t, c.first, dates(h.request(t, id)))
		requests, err := h.Service.RequestsIn(t.Context(), hr.View{Actor: desk}, "E1", hr.MustPeriod("2026-10-13..2026-10-13"))
		require.NoError(t, err)
		require.Len(t, requests, 1)
		require.Equal(t, c.rest, dates(requests[0]))
		require.Equal(t, id, requests[0].Extends)
		require.Equal(t, c.balance, h.balance(t, "unpaid", "2026-10-31"))
		h.agrees(t, requests[0].ID, h.entries(t))
	}
}

// Of a Saturday only the first half is worked: leave of the second takes nothing, and nobody lacks then.
func TestTheHalfThatIsNotWorkedTakesNobodyAway(t *testing.T) {
	h := open(t)
	h.Calendars = map[string]hr.Calendar{"blr": hr.MustCalendar(hr.CalendarRules{
		Span: hr.MustPeriod("2026-01-01..2026-12-31"), Off: []hr.WeekdayRule{{Weekday: time.Sunday}}, Half: []hr.WeekdayRule{{Weekday: time.Saturday}},
	})}
	h.with(t, "x", func(p *leave.Policy) { p.Coverage.Present = 1 })
	h.Team = mates{"E1", "E2"}
	h.Terms.(staff)["E2"] = h.Terms.(staff)["E1"]
	theirs := ask("unpaid", "2026-10-10..2026-10-10")
	theirs.Employee = "E2"
	h.approved(t, theirs)
	afternoon := ask("x", "2026-10-10..2026-10-10")
	afternoon.FromHalf = hr.SecondHalf
	h.refuses(t, afternoon, leave.RuleRequestNoWork)
	afternoon.Period = hr.MustPeriod("2026-10-10..2026-10-12")
	h.apply(t, afternoon)
	h.refuses(t, ask("x", "2026-10-10..2026-10-12"), leave.RuleRequestOverlap, leave.RuleRequestCoverage)
}

// Days that cannot be counted are not asked how long before they were asked for: how many they are decides about that.
func TestNoticeIsOfDaysThatCount(t *testing.T) {
	h := open(t)
	h.with(t, "x", func(p *leave.Policy) { p.Notice = leave.Notice{Late: 3} })
	h.refuses(t, ask("x", "2026-01-02..2026-01-05"), leave.RuleRequestEmployed)
	h.refuses(t, ask("x", "2026-01-05..2026-01-05"), leave.RuleRequestNotice)
}

// Saturday to Monday, of a type that counts days off beside leave. Without the Sunday the Monday is a request of its own, beside which the weekend counts: each day
// counts as before and keeps its lot, although another lapses sooner by now.
func TestADayThatCountsTheSameKeepsItsLot(t *testing.T) {
	h := open(t)
	lot := h.grant(t, "edgy", "9", "2026-01-05..")
	id := h.approved(t, ask("edgy", "2026-10-10..2026-10-12"))
	h.grant(t, "edgy", "9", "2026-01-05..2026-11-30")
	require.NoError(t, h.GiveBack(t.Context(), h.cmd(maya), id, hr.MustPeriod("2026-10-11..2026-10-11")))
	requests, err := h.Service.RequestsIn(t.Context(), hr.View{Actor: desk}, "E1", hr.MustPeriod("2026-10-12..2026-10-12"))
	require.NoError(t, err)
	require.Len(t, requests, 1)
	require.Equal(t, []string{"10-10 1", "10-11 1", "10-12 1"}, dates(requests[0]))
	for _, d := range requests[0].Days {
		require.Equal(t, string(lot)+" 1", shares(d), d.Date)
	}
	require.Equal(t, "15", h.balance(t, "edgy", "2026-10-31"))
}
