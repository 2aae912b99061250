package leave_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave"
)

// with puts one more leave type into the house: without balance, changed as a test wants.
func (h *house) with(t fataler, typ leave.TypeID, change func(p *leave.Policy)) {
	t.Helper()
	p := leave.Policy{Type: typ, Name: string(typ), Unit: leave.Days, Negative: leave.Negative{NoLimit: true}}
	change(&p)
	made, err := leave.NewPolicies(hr.Step[leave.Policy]{Since: hr.MustDate("2025-01-01"), Value: p})
	require.NoError(t, err)
	policies := leave.Policies{}
	for k, v := range h.Policies {
		policies[k] = v
	}
	policies[typ] = made[typ]
	h.Policies = policies
}

func (h *house) refuses(t *testing.T, a leave.Application, want ...hr.Rule) {
	t.Helper()
	before := h.head(t)
	_, err := h.Apply(t.Context(), h.cmd(maya), a)
	require.Equal(t, want, rulesOf(err))
	require.Equal(t, before, h.head(t), "nothing is changed")
}

// Today is Thursday 1 October 2026; Friday is a holiday.
func TestRequestRules(t *testing.T) {
	t.Run("notice of two weeks for three days or more", func(t *testing.T) {
		h := open(t)
		h.with(t, "x", func(p *leave.Policy) { p.Notice = leave.Notice{Days: 14, From: dec("3")} })
		h.refuses(t, ask("x", "2026-10-12..2026-10-14"), leave.RuleRequestNotice)
		h.apply(t, ask("x", "2026-10-12..2026-10-13"))
		h.apply(t, ask("x", "2026-10-15..2026-10-20"))
	})
	t.Run("sick leave is asked for three days later at most", func(t *testing.T) {
		h := open(t)
		h.with(t, "x", func(p *leave.Policy) { p.Notice = leave.Notice{Late: 3} })
		h.refuses(t, ask("x", "2026-09-25..2026-09-25"), leave.RuleRequestNotice)
		h.apply(t, ask("x", "2026-09-28..2026-09-28"))
	})
	t.Run("blackout", func(t *testing.T) {
		h := open(t)
		h.with(t, "x", func(p *leave.Policy) {
			p.Blackout = leave.Blackout{Days: []hr.Period{hr.MustPeriod("2026-11-05..2026-11-12")}}
		})
		h.refuses(t, ask("x", "2026-11-12..2026-11-13"), leave.RuleRequestBlackout)
		h.apply(t, ask("x", "2026-11-13..2026-11-13"))
	})
	t.Run("restricted holidays only", func(t *testing.T) {
		h := open(t)
		h.with(t, "x", func(p *leave.Policy) { p.Restricted.Only = true })
		h.Calendars = map[string]hr.Calendar{"blr": hr.MustCalendar(hr.CalendarRules{
			Span:    hr.MustPeriod("2026-01-01..2026-12-31"),
			Entries: []hr.CalendarEntry{{Date: hr.MustDate("2026-11-24"), Kind: hr.DayRestricted, Name: "Guru Nanak Jayanti"}},
		})}
		h.refuses(t, ask("x", "2026-11-24..2026-11-25"), leave.RuleRequestRestricted)
		h.apply(t, ask("x", "2026-11-24..2026-11-24"))
	})
	t.Run("limits", func(t *testing.T) {
		h := open(t)
		h.with(t, "x", func(p *leave.Policy) {
			p.Limits = leave.Limits{Least: dec("1"), Most: dec("3"), Run: dec("4"), PerYear: dec("6"), Times: 3, Apart: []leave.TypeID{"unpaid"}}
		})
		half := ask("x", "2026-10-06..2026-10-06")
		half.FromHalf = hr.FirstHalf
		h.refuses(t, half, leave.RuleRequestLimit)
		h.refuses(t, ask("x", "2026-10-06..2026-10-09"), leave.RuleRequestLimit)
		h.apply(t, ask("x", "2026-10-07..2026-10-09"))                                                   // to Friday
		h.refuses(t, ask("x", "2026-10-12..2026-10-13"), leave.RuleRequestLimit)                         // over the weekend it is a run of five
		h.apply(t, ask("x", "2026-10-12..2026-10-12"))                                                   // of four
		h.refuses(t, ask("x", "2026-10-06..2026-10-06"), leave.RuleRequestLimit)                         // of five
		h.refuses(t, ask("x", "2026-11-02..2026-11-04"), leave.RuleRequestLimit)                         // seven in the year
		h.apply(t, ask("x", "2026-11-02..2026-11-02"))                                                   // five
		h.refuses(t, ask("x", "2026-11-10..2026-11-10"), leave.RuleRequestLimit)                         // the fourth request
		h.apply(t, ask("unpaid", "2026-12-03..2026-12-04"))                                              //
		h.refuses(t, ask("x", "2026-12-07..2026-12-07"), leave.RuleRequestApart, leave.RuleRequestLimit) // beside Friday, and the fourth
	})
	t.Run("a document before approval", func(t *testing.T) {
		h := open(t)
		h.with(t, "x", func(p *leave.Policy) { p.Documents.MoreThan = dec("2") })
		h.approved(t, ask("x", "2026-11-02..2026-11-03"))
		id := h.apply(t, ask("x", "2026-11-09..2026-11-11"))
		decide := func() error { return h.Decide(t.Context(), h.cmd(boss), id, leave.Decision{Agree: true}) }
		require.Equal(t, []hr.Rule{leave.RuleRequestDocument}, rulesOf(decide()))
		require.Equal(t, []hr.Rule{leave.RuleRequestDocument}, rulesOf(h.Attach(t.Context(), h.cmd(maya), id)))
		require.NoError(t, h.Attach(t.Context(), h.cmd(maya), id, hr.Ref{Kind: "document", ID: "certificate"}))
		require.NoError(t, decide())
	})
	t.Run("the policies themselves", func(t *testing.T) {
		for want, change := range map[hr.Rule]func(p *leave.Policy){
			leave.RulePolicyLimits:    func(p *leave.Policy) { p.Limits = leave.Limits{Least: dec("2"), Most: dec("1")} },
			leave.RulePolicyNotice:    func(p *leave.Policy) { p.Notice.Days = -1 },
			leave.RulePolicyBlackout:  func(p *leave.Policy) { p.Blackout.Days = []hr.Period{hr.MustPeriod("2026-01-01..")} },
			leave.RulePolicyDocuments: func(p *leave.Policy) { p.Documents.MoreThan = dec("-1") },
			leave.RulePolicyCoverage:  func(p *leave.Policy) { p.Coverage.Present = -1 },
			leave.RulePolicyOccasion:  func(p *leave.Policy) { p.Occasion.Times = 1 },
			leave.RulePolicyUnit:      func(p *leave.Policy) { p.Unit = leave.Hours },
			leave.RulePolicyExpiry:    func(p *leave.Policy) { p.Expiry = leave.Expiry{Days: 3, MonthEnd: true} },
			leave.RulePolicyCounting:  func(p *leave.Policy) { p.Counting.Longest = -1 },
		} {
			p := leave.Policy{Type: "x", Name: "X", Unit: leave.Days}
			change(&p)
			require.Equal(t, []hr.Rule{want}, rulesOf(p.Validate()))
		}
	})
}

// mates is one team for all.
type mates []hr.EmployeeID

func (m mates) TeamOf(context.Context, hr.View, hr.EmployeeID, hr.Period) ([]hr.EmployeeID, error) {
	return m, nil
}

func TestCoverage(t *testing.T) {
	h := open(t)
	h.with(t, "x", func(p *leave.Policy) { p.Coverage.Present = 2 })
	h.refuses(t, ask("x", "2026-11-09..2026-11-10"), leave.RuleService)
	h.Team = mates{"E1", "E2", "E3"}
	for _, e := range []hr.EmployeeID{"E2", "E3"} {
		h.Terms.(staff)[e] = h.Terms.(staff)["E1"]
	}
	of := func(e hr.EmployeeID, period string) leave.Application {
		a := ask("x", period)
		a.Employee = e
		return a
	}
	first, second := h.apply(t, of("E2", "2026-11-09..2026-11-10")), h.apply(t, of("E3", "2026-11-10..2026-11-11"))
	errs := make(chan error, 2)
	for _, id := range []leave.RequestID{first, second} { // both are decided at the same time, and one of them leaves too few
		cmd := h.cmd(boss)
		go func() { errs <- h.Decide(t.Context(), cmd, id, leave.Decision{Agree: true}) }()
	}
	a, b := <-errs, <-errs
	require.True(t, (a == nil) != (b == nil), "one of two: %v, %v", a, b)
	if a == nil {
		a = b
	}
	require.Equal(t, []hr.Rule{leave.RuleRequestCoverage}, rulesOf(a))
	h.refuses(t, of("E1", "2026-11-10..2026-11-10"), leave.RuleRequestCoverage)
	h.apply(t, of("E1", "2026-11-12..2026-11-12"))
}

// An approver who stands in since the request was made may decide: the route is asked again.
func TestDelegation(t *testing.T) {
	h := open(t)
	id := h.apply(t, ask("unpaid", "2026-11-09..2026-11-10"))
	deputy := hr.Actor{ID: "deputy"}
	decide := func(by hr.Actor) error { return h.Decide(t.Context(), h.cmd(by), id, leave.Decision{Agree: true}) }
	require.Equal(t, []hr.Rule{hr.RuleApprovalActor}, rulesOf(decide(deputy)))
	h.Router = route{{Name: "manager", Approvers: []hr.ActorID{"boss", "deputy", "maya"}}}
	require.Equal(t, []hr.Rule{hr.RuleApprovalConflict}, rulesOf(decide(maya)), "a delegation to who asks changes nothing")
	require.NoError(t, decide(deputy))
	r, err := h.Service.Request(t.Context(), hr.View{Actor: desk}, id)
	require.NoError(t, err)
	require.Equal(t, leave.Approved, r.State)
	require.Equal(t, hr.ActorID("deputy"), r.Approval.Decisions[0].By)
}

// Monday 5 to Friday 9 October; the weekend counts between leave and leave.
func TestGiveBack(t *testing.T) {
	h := open(t)
	id := h.approved(t, ask("unpaid", "2026-10-05..2026-10-13"))
	require.Equal(t, "9", h.total(t, id), "seven working days and the weekend")
	give := func(days string) error {
		return h.GiveBack(t.Context(), h.cmd(maya), id, hr.MustPeriod(days))
	}
	for _, days := range []string{"2026-10-13..2026-10-14", "2026-10-05..2026-10-13", "2026-10-13.."} {
		require.Equal(t, []hr.Rule{leave.RuleRequestPart}, rulesOf(give(days)), days)
	}
	require.NoError(t, give("2026-10-12..2026-10-13"), "back on Monday: the weekend is not enclosed any more")
	require.Equal(t, "5", h.total(t, id))
	require.Equal(t, "2026-10-05..2026-10-11", h.period(t, id))
	require.Equal(t, "10-05, 10-06, 10-07, 10-08, 10-09", h.away(t, 0))
	require.Equal(t, "-5", h.balance(t, "unpaid", "2026-12-18"))

	// An extension is a request of its own that goes on from it: together they count what one request would.
	more := ask("unpaid", "2026-10-12..2026-10-12")
	more.Extends = id
	require.Equal(t, "3", h.total(t, h.approved(t, more)))
	require.Equal(t, "-8", h.balance(t, "unpaid", "2026-12-18"))
	require.NoError(t, give("2026-10-05..2026-10-06"), "a late start")
	require.Equal(t, "-6", h.balance(t, "unpaid", "2026-12-18"))
}

// Days of the middle come back: the last days become a request of their own, every day that stays keeps its lot, and a half day at the end is one still.
func TestGiveBackOfTheMiddle(t *testing.T) {
	h := open(t)
	h.grant(t, "casual", "20", "2026-01-05..")
	a := ask("casual", "2026-10-05..2026-10-16")
	a.ThroughHalf = hr.FirstHalf
	id := h.approved(t, a)
	h.approved(t, ask("casual", "2026-10-20..2026-10-20"))
	require.Equal(t, "9.5", h.total(t, id))
	was := len(h.entries(t))
	require.NoError(t, h.GiveBack(t.Context(), h.cmd(maya), id, hr.MustPeriod("2026-10-08..2026-10-09")))
	require.Equal(t, "2026-10-05..2026-10-07", h.period(t, id))
	require.Equal(t, "3", h.total(t, id))
	require.Equal(t, "10-05, 10-06, 10-07, 10-12, 10-13, 10-14, 10-15, 10-16 first, 10-20", h.away(t, 0))
	require.Equal(t, "11.5", h.balance(t, "casual", "2026-12-18"), "20 less 3, 4.5 and 1")
	require.Len(t, h.entries(t), was+7+5, "seven days go back, and the five of the last week are taken again by a request of their own")
	require.NoError(t, h.GiveBack(t.Context(), h.cmd(maya), id, hr.MustPeriod("2026-10-07..2026-10-07")))
	require.Len(t, h.entries(t), was+7+5+1, "one day goes back, and no other moves")
	events, err := h.db.Events(t.Context())
	require.NoError(t, err)
	shortened := 0
	for _, e := range events {
		if e.Kind == "leave.shortened" {
			shortened++
		}
	}
	require.Equal(t, 2, shortened)
	half := ask("casual", "2026-11-02..2026-11-03")
	half.ThroughHalf = hr.FirstHalf
	id = h.approved(t, half)
	require.NoError(t, h.GiveBack(t.Context(), h.cmd(maya), id, hr.MustPeriod("2026-11-02..2026-11-02")))
	require.Equal(t, "0.5", h.total(t, id), "the half of the second day is left")
}

// Runs of days: one for each person, request and stretch of whole days; a half day stands alone.
func TestSpellsOfATeam(t *testing.T) {
	day := func(on string, e hr.EmployeeID, r leave.RequestID, half hr.HalfOfDay) leave.AwayDay {
		return leave.AwayDay{Date: hr.MustDate(on), Employee: e, Request: r, Half: half}
	}
	var got []string
	for _, s := range (leave.TeamCalendar{
		day("2026-10-05", "E1", "r1", hr.WholeDay), day("2026-10-05", "E2", "r1", hr.WholeDay), day("2026-10-06", "E1", "r1", hr.WholeDay),
		day("2026-10-06", "E2", "r2", hr.WholeDay), day("2026-10-07", "E1", "r2", hr.WholeDay), day("2026-10-08", "E1", "r2", hr.FirstHalf),
		day("2026-10-09", "E1", "r2", hr.WholeDay), day("2026-10-12", "E1", "r2", hr.WholeDay),
	}).Spells() {
		got = append(got, fmt.Sprint(s.Employee, " ", s.Request, " ", s.Days, " ", s.Half))
	}
	require.Equal(t, []string{
		"E1 r1 2026-10-05..2026-10-06 ", "E2 r1 2026-10-05..2026-10-05 ", "E2 r2 2026-10-06..2026-10-06 ", "E1 r2 2026-10-07..2026-10-07 ",
		"E1 r2 2026-10-08..2026-10-08 first", "E1 r2 2026-10-09..2026-10-09 ", "E1 r2 2026-10-12..2026-10-12 ",
	}, got)
}

// Giving back days at an end comes to the same as having asked for the rest from the start, for every rule and whatever lies beside it,
// and cancelling everything restores every lot.
func TestGiveBackIsAskingForLess(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h, fresh := open(t), open(t)
		typ := rapid.SampledFrom([]leave.TypeID{"unpaid", "edgy", "casual"}).Draw(t, "type")
		for _, x := range []*house{h, fresh} {
			x.grant(t, "casual", "3", "2026-01-05..2026-10-20")
			x.grant(t, "casual", "40", "2026-01-05..")
		}
		lots := h.lots(t)
		from := hr.MustDate("2026-10-12").Add(rapid.IntRange(0, 10).Draw(t, "from"))
		p := hr.Period{From: from, Through: from.Add(rapid.IntRange(1, 12).Draw(t, "length"))}
		rest, days := p, p
		if cut := rapid.IntRange(1, p.Len()-1).Draw(t, "cut"); rapid.Bool().Draw(t, "early") {
			rest.Through, days.From = p.Through.Add(-cut), p.Through.Add(1-cut)
		} else {
			rest.From, days.Through = p.From.Add(cut), p.From.Add(cut-1)
		}
		var beside []leave.RequestID
		for _, x := range []*house{h, fresh} {
			for _, o := range []hr.Period{{From: p.From.Add(-6), Through: p.From.Add(-3)}, {From: p.Through.Add(3), Through: p.Through.Add(4)}} {
				if id, err := x.Apply(context.Background(), x.cmd(maya), leave.Application{Employee: "E1", Type: typ, Period: o}); err == nil {
					require.NoError(t, x.Decide(context.Background(), x.cmd(boss), id, leave.Decision{Agree: true}))
					if x == h {
						beside = append(beside, id)
					}
				}
			}
		}
		asked, err := fresh.Apply(context.Background(), fresh.cmd(maya), leave.Application{Employee: "E1", Type: typ, Period: rest})
		if err != nil {
			t.Skip("nothing but days off is left")
		}
		require.NoError(t, fresh.Decide(context.Background(), fresh.cmd(boss), asked, leave.Decision{Agree: true}))
		id := h.approved(t, leave.Application{Employee: "E1", Type: typ, Period: p})
		require.NoError(t, h.GiveBack(context.Background(), h.cmd(maya), id, days))
		require.Equal(t, fresh.away(t, 0), h.away(t, 0))
		require.Equal(t, fresh.total(t, asked), h.total(t, id))
		entries, err := h.Ledger.MovementsOf(context.Background(), []hr.Pin{{Employee: "E1"}})
		require.NoError(t, err)
		for _, id := range append(beside, id) {
			h.agrees(t, id, entries[0])
		}
		for _, id := range append(beside, id) {
			require.NoError(t, h.Cancel(context.Background(), h.cmd(maya), id))
		}
		require.Equal(t, lots, h.lots(t))
	})
}

func TestSandwichByLengthAcrossTypesAndCalendarDays(t *testing.T) {
	long := leave.Counting{Sandwich: leave.SandwichEnclosed, Longest: 2}
	count := func(period string, c leave.Counting) string {
		counted, err := leave.Count(leave.CountInput{Period: hr.MustPeriod(period), Calendar: october, Counting: c})
		require.NoError(t, err)
		return counted.Total.String()
	}
	// Sunday 11 October is one day off. In the second, Sunday 18 is one, and Tuesday 20 is a holiday.
	require.Equal(t, "2.5", count("2026-10-09..2026-10-12", leave.Counting{Longest: 1}), "no sandwich at all")
	require.Equal(t, "3.5", count("2026-10-09..2026-10-12", long))
	three := hr.MustCalendar(hr.CalendarRules{Span: october.Span(), Off: []hr.WeekdayRule{{Weekday: time.Saturday}, {Weekday: time.Sunday}}, Entries: []hr.CalendarEntry{
		{Date: hr.MustDate("2026-10-02"), Kind: hr.DayHoliday, Name: "Gandhi Jayanti"},
	}})
	for longest, want := range map[int]string{0: "5", 2: "2", 3: "5"} { // Thursday to Monday over three days off
		counted, err := leave.Count(leave.CountInput{Period: hr.MustPeriod("2026-10-01..2026-10-05"), Calendar: three, Counting: leave.Counting{Sandwich: leave.SandwichEnclosed, Longest: longest}})
		require.NoError(t, err)
		require.Equal(t, want, counted.Total.String(), longest)
	}
	// Maternity leave: every calendar day, the half working Saturday too.
	require.Equal(t, "14", count("2026-10-01..2026-10-14", leave.Counting{Sandwich: leave.SandwichCalendar}))

	h := open(t)
	h.with(t, "own", func(p *leave.Policy) { p.Counting.Sandwich = leave.SandwichEnclosed })
	h.with(t, "across", func(p *leave.Policy) { p.Counting = leave.Counting{Sandwich: leave.SandwichEnclosed, Across: true} })
	h.with(t, "plain", func(*leave.Policy) {})
	friday := h.approved(t, ask("plain", "2026-10-09..2026-10-09"))
	alone := h.approved(t, ask("own", "2026-10-12..2026-10-12"))
	require.Equal(t, "1", h.total(t, alone), "the Friday is of another type")
	require.NoError(t, h.Cancel(t.Context(), h.cmd(maya), alone))
	monday := h.approved(t, ask("across", "2026-10-12..2026-10-12"))
	require.Equal(t, "3", h.total(t, monday), "with the weekend")
	require.NoError(t, h.Cancel(t.Context(), h.cmd(maya), friday))
	require.Equal(t, "1", h.total(t, monday), "and without it when the Friday is cancelled")
}

// Leave by the hour: eight hours a day, 26 October a Monday.
func TestHours(t *testing.T) {
	h := open(t)
	h.with(t, "x", func(p *leave.Policy) {
		p.Unit, p.Counting = leave.Hours, leave.Counting{Hours: dec("8"), Sandwich: leave.SandwichEnclosed}
	})
	two := ask("x", "2026-10-26..2026-10-26")
	two.Hours = dec("2.5")
	id := h.approved(t, two)
	require.Equal(t, "2.5", h.total(t, id))
	require.Equal(t, "-2.5", h.balance(t, "x", "2026-10-26"))
	given, err := h.Absences(t.Context(), hr.View{Actor: desk}, []hr.Pin{{Employee: "E1"}}, hr.MustPeriod("2026-10-26..2026-10-26"))
	require.NoError(t, err)
	require.Equal(t, 150, given[0][0].Minutes, "attendance is given two and a half hours")
	require.Equal(t, hr.WholeDay, given[0][0].Half)
	whole := h.approved(t, leave.Application{Employee: "E1", Type: "x", Period: hr.MustPeriod("2026-10-27..2026-10-28"), ThroughHalf: hr.FirstHalf})
	require.Equal(t, "12", h.total(t, whole))
	team, err := h.TeamCalendar(t.Context(), hr.View{Actor: desk}, []hr.Pin{{Employee: "E1"}}, hr.MustPeriod("2026-10-01..2026-10-31"))
	require.NoError(t, err)
	require.Equal(t, "2.5", team.On(hr.MustDate("2026-10-26"))[0].Hours.String())
	require.Len(t, team.Spells(), 3, "an hour, a day, a half")
	require.Len(t, team.On(hr.MustDate("2026-10-28")), 1, "the last day of the calendar")
	require.Empty(t, team.On(hr.MustDate("2026-10-29")))
	for _, hours := range []string{"-1", "9"} {
		a := ask("x", "2026-10-30..2026-10-30")
		a.Hours = dec(hours)
		h.refuses(t, a, leave.RuleRequestHours)
	}
	eight := ask("x", "2026-10-29..2026-10-29")
	eight.Hours = dec("8")
	h.approved(t, eight)
	given, err = h.Absences(t.Context(), hr.View{Actor: desk}, []hr.Pin{{Employee: "E1"}}, hr.MustPeriod("2026-10-29..2026-10-29"))
	require.NoError(t, err)
	require.Equal(t, 0, given[0][0].Minutes, "all the hours of a day are the day")
	days := ask("unpaid", "2026-10-30..2026-10-30")
	days.Hours = dec("2")
	h.refuses(t, days, leave.RuleRequestHours)
}

// Leave from Monday to Friday of the week after, of which Wednesday to Monday is worked: the request keeps two days, and the last four are a
// request of their own, which the same people approved. The weekend between is enclosed no more.
func TestGiveBackFromTheMiddle(t *testing.T) {
	h := open(t)
	id := h.approved(t, ask("unpaid", "2026-10-05..2026-10-16"))
	require.Equal(t, "12", h.total(t, id))
	require.NoError(t, h.GiveBack(t.Context(), h.cmd(maya), id, hr.MustPeriod("2026-10-07..2026-10-12")))
	require.Equal(t, "10-05, 10-06, 10-13, 10-14, 10-15, 10-16", h.away(t, 0))
	require.Equal(t, "2026-10-05..2026-10-06", h.period(t, id))
	require.Equal(t, "-6", h.balance(t, "unpaid", "2026-12-18"))
	all, err := h.RequestsIn(t.Context(), hr.View{Actor: desk}, "E1", hr.MustPeriod("2026-10-01..2026-10-31"))
	require.NoError(t, err)
	require.Len(t, all, 2)
	second := all[1]
	require.Equal(t, hr.MustPeriod("2026-10-13..2026-10-16"), second.Period)
	require.Equal(t, id, second.Extends)
	require.Equal(t, leave.Approved, second.State)
	require.Equal(t, all[0].Approval, second.Approval)
	require.NoError(t, h.Cancel(t.Context(), h.cmd(boss), second.ID))
	require.Equal(t, "10-05, 10-06", h.away(t, 0))
	require.NoError(t, h.Cancel(t.Context(), h.cmd(boss), id))
	require.Equal(t, "0", h.balance(t, "unpaid", "2026-12-18"))
}

// To give days back from the middle is to have asked for what lies before and after them, and to cancel both parts restores every lot.
func TestGiveBackFromTheMiddleIsAskingTwice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h, fresh := open(t), open(t)
		typ := rapid.SampledFrom([]leave.TypeID{"unpaid", "edgy", "casual"}).Draw(t, "type")
		for _, x := range []*house{h, fresh} {
			x.grant(t, "casual", "3", "2026-01-05..2026-10-20")
			x.grant(t, "casual", "40", "2026-01-05..")
		}
		lots := h.lots(t)
		from := hr.MustDate("2026-10-05").Add(rapid.IntRange(0, 6).Draw(t, "from"))
		before, middle, after := rapid.IntRange(1, 8).Draw(t, "before"), rapid.IntRange(1, 8).Draw(t, "middle"), rapid.IntRange(1, 8).Draw(t, "after")
		run := func(at, n int) hr.Period { return hr.Period{From: from.Add(at), Through: from.Add(at + n - 1)} }
		for _, p := range []hr.Period{run(0, before), run(before+middle, after)} {
			id, err := fresh.Apply(context.Background(), fresh.cmd(maya), leave.Application{Employee: "E1", Type: typ, Period: p})
			if err != nil {
				t.Skip("nothing but days off is left")
			}
			require.NoError(t, fresh.Decide(context.Background(), fresh.cmd(boss), id, leave.Decision{Agree: true}))
		}
		id := h.approved(t, leave.Application{Employee: "E1", Type: typ, Period: run(0, before+middle+after)})
		require.NoError(t, h.GiveBack(context.Background(), h.cmd(maya), id, run(before, middle)))
		require.Equal(t, fresh.away(t, 0), h.away(t, 0))
		require.Equal(t, fresh.balance(t, typ, "2026-10-20"), h.balance(t, typ, "2026-10-20"), "while no lot has lapsed: days keep their lots")
		all, err := h.RequestsIn(context.Background(), hr.View{Actor: desk}, "E1", hr.MustPeriod("2026-10-01..2026-12-31"))
		require.NoError(t, err)
		require.Len(t, all, 2)
		for _, r := range all {
			h.agrees(t, r.ID, h.entries(t))
		}
		for _, r := range all {
			require.NoError(t, h.Cancel(context.Background(), h.cmd(maya), r.ID))
		}
		require.Equal(t, lots, h.lots(t))
	})
}

// byLength asks the manager, and for more than three days of a type also the office.
type byLength struct{ managers []hr.ActorID }

func (r byLength) Route(_ context.Context, ask hr.ApprovalAsk) ([]hr.ApprovalLevel, error) {
	levels := []hr.ApprovalLevel{{Name: "manager", Approvers: r.managers}}
	if ask.Type == "unpaid" && ask.Quantity.GreaterThan(dec("3")) {
		levels = append(levels, hr.ApprovalLevel{Name: "office", Approvers: []hr.ActorID{"desk"}})
	}
	return levels, nil
}

// Three days need the manager, four the office too, in that order, and who stands in for the manager since is found again for either.
func TestApprovalByLengthAndType(t *testing.T) {
	h := open(t)
	h.Router = byLength{[]hr.ActorID{"boss"}}
	decide := func(by hr.Actor, id leave.RequestID) error {
		return h.Decide(t.Context(), h.cmd(by), id, leave.Decision{Agree: true})
	}
	state := func(id leave.RequestID) leave.State {
		r, err := h.Request(t.Context(), hr.View{Actor: desk}, id)
		require.NoError(t, err)
		return r.State
	}
	three, four := h.apply(t, ask("unpaid", "2026-10-05..2026-10-07")), h.apply(t, ask("unpaid", "2026-10-12..2026-10-15"))
	require.NoError(t, decide(boss, three))
	require.Equal(t, leave.Approved, state(three))
	require.Error(t, decide(desk, four), "the office comes after the manager")
	h.Router = byLength{[]hr.ActorID{"boss", "deputy"}}
	require.NoError(t, decide(hr.Actor{ID: "deputy"}, four))
	require.Equal(t, leave.Requested, state(four))
	require.NoError(t, decide(desk, four))
	require.Equal(t, leave.Approved, state(four))
}

// books are closed through a day for everybody.
type books hr.Date

func (b books) ClosedThrough(_ context.Context, _ hr.View, pins []hr.Pin) ([]hr.Date, error) {
	out := make([]hr.Date, len(pins))
	for i := range out {
		out[i] = hr.Date(b)
	}
	return out, nil
}

// September is closed. Leave of it is neither asked for, approved, cancelled nor given back, and nothing changes; that of October is.
func TestClosedDays(t *testing.T) {
	h := open(t)
	before := h.approved(t, ask("unpaid", "2026-09-29..2026-10-01"))
	waits := h.apply(t, ask("unpaid", "2026-09-24..2026-09-24"))
	head := h.head(t)
	h.Closings = books(hr.MustDate("2026-09-30"))
	h.refuses(t, ask("unpaid", "2026-09-28..2026-09-28"), leave.RulePeriodClosed)
	for _, err := range []error{
		h.Decide(t.Context(), h.cmd(boss), waits, leave.Decision{Agree: true}),
		h.Cancel(t.Context(), h.cmd(boss), before),
		h.GiveBack(t.Context(), h.cmd(boss), before, hr.MustPeriod("2026-09-29..2026-09-29")),
	} {
		require.Equal(t, []hr.Rule{leave.RulePeriodClosed}, rulesOf(err))
	}
	require.Equal(t, head, h.head(t), "nothing was learnt")
	require.NoError(t, h.GiveBack(t.Context(), h.cmd(boss), before, hr.MustPeriod("2026-10-01..2026-10-01")), "an early return of a day that is open")
	h.approved(t, ask("unpaid", "2026-10-05..2026-10-05"))
}

// Two hours in the morning, three in the afternoon, and of the eight of a day three are left: four more, or the day, are too many; a half is
// 4 of 8. On Tuesday half a day is away, and four hours of the rest may be.
func TestHoursBesideOtherLeave(t *testing.T) {
	h := open(t)
	h.with(t, "x", func(p *leave.Policy) { p.Unit, p.Counting = leave.Hours, leave.Counting{Hours: dec("8")} })
	hours := func(day, q string) leave.Application {
		a := ask("x", day+".."+day)
		a.Hours = dec(q)
		return a
	}
	h.approved(t, hours("2026-10-26", "2"))
	h.approved(t, hours("2026-10-26", "3"))
	h.refuses(t, hours("2026-10-26", "4"), leave.RuleRequestOverlap)
	h.refuses(t, ask("unpaid", "2026-10-26..2026-10-27"), leave.RuleRequestOverlap)
	half := ask("unpaid", "2026-10-26..2026-10-26")
	half.FromHalf = hr.SecondHalf
	h.refuses(t, half, leave.RuleRequestOverlap)
	h.approved(t, hours("2026-10-26", "3"))
	half.Period = hr.MustPeriod("2026-10-27..2026-10-27")
	h.approved(t, half)
	h.refuses(t, hours("2026-10-27", "4.5"), leave.RuleRequestOverlap)
	h.approved(t, hours("2026-10-27", "4"))
	given, err := h.Absences(t.Context(), hr.View{Actor: desk}, []hr.Pin{{Employee: "E1"}}, hr.MustPeriod("2026-10-26..2026-10-26"))
	require.NoError(t, err)
	require.Len(t, given[0], 3)
}
