package leave_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave"
	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/memory"
)

// staff is who is employed when: a stand-in for lifecycle.
type staff map[hr.EmployeeID]hr.Timeline[hr.Terms]

func (s staff) TermsOf(_ context.Context, _ hr.View, pins []hr.Pin, _ hr.Period) ([]hr.Timeline[hr.Terms], error) {
	out := make([]hr.Timeline[hr.Terms], len(pins))
	for i, p := range pins {
		out[i] = s[p.Employee]
	}
	return out, nil
}

// route is one list of levels for all.
type route []hr.ApprovalLevel

func (r route) Route(context.Context, hr.ApprovalAsk) ([]hr.ApprovalLevel, error) { return r, nil }

var (
	maya = hr.Actor{ID: "maya", Employee: "E1"}
	boss = hr.Actor{ID: "boss", Employee: "B1"}
	desk = hr.Actor{ID: "desk"}
)

// house is leave over memory with one employee, E1, employed from 5 January to 18 December 2026.
type house struct {
	leave.Service
	db *memory.DB
	n  int
}

// fataler is what a test and a property have in common.
type fataler interface {
	require.TestingT
	Helper()
}

func open(t fataler) *house {
	t.Helper()
	db := memory.New()
	terms, err := hr.NewTimeline(
		hr.Step[hr.Terms]{Since: hr.MustDate("2026-01-05"), Value: hr.Terms{Calendar: "blr"}},
		hr.Step[hr.Terms]{Since: hr.MustDate("2026-12-19"), Void: true},
	)
	require.NoError(t, err)
	since := hr.MustDate("2025-01-01")
	casual := leave.Policy{Type: "casual", Name: "Casual leave", Unit: leave.Days, Paid: dec("1")}
	policies, err := leave.NewPolicies(
		hr.Step[leave.Policy]{Since: since, Value: earned(leave.Accrual{Every: leave.Monthly, Days: dec("1.5"), Day: 1}, leave.Expiry{Months: 6})},
		hr.Step[leave.Policy]{Since: since, Value: casual},
		hr.Step[leave.Policy]{Since: since, Value: leave.Policy{
			Type: "unpaid", Name: "Leave without pay", Unit: leave.Days,
			Counting: leave.Counting{Sandwich: leave.SandwichEnclosed}, Negative: leave.Negative{NoLimit: true},
		}},
		hr.Step[leave.Policy]{Since: since, Value: leave.Policy{
			Type: "edgy", Name: "With edges", Unit: leave.Days,
			Counting: leave.Counting{Sandwich: leave.SandwichEdges}, Negative: leave.Negative{NoLimit: true},
		}},
		hr.Step[leave.Policy]{Since: since, Value: leave.Policy{
			Type: "tight", Name: "With edges, and no more than there is", Unit: leave.Days, Counting: leave.Counting{Sandwich: leave.SandwichEdges},
		}},
	)
	require.NoError(t, err)
	calendar := hr.MustCalendar(hr.CalendarRules{
		Name: "blr", Span: hr.MustPeriod("2026-01-01..2026-12-31"),
		Off:     []hr.WeekdayRule{{Weekday: time.Saturday}, {Weekday: time.Sunday}},
		Entries: []hr.CalendarEntry{{Date: hr.MustDate("2026-10-02"), Kind: hr.DayHoliday, Name: "Gandhi Jayanti"}},
	})
	clock := time.Date(2026, 10, 1, 9, 0, 0, 0, time.UTC)
	return &house{db: db, Service: leave.Service{
		Kit:      db.Kit(hr.AllowAll, func() time.Time { return clock }),
		Requests: db, Ledger: db, Absent: db,
		Terms: staff{"E1": terms}, Router: route{{Name: "manager", Approvers: []hr.ActorID{"boss"}}},
		Calendars: map[string]hr.Calendar{"blr": calendar}, Policies: policies,
	}}
}

func (h *house) cmd(by hr.Actor) hr.Command {
	h.n++
	return hr.Command{ID: hr.CommandID(fmt.Sprintf("c%d", h.n)), Actor: by, Purpose: "test"}
}

func ask(t leave.TypeID, period string) leave.Application {
	return leave.Application{Employee: "E1", Type: t, Period: hr.MustPeriod(period)}
}

func (h *house) apply(t fataler, a leave.Application) leave.RequestID {
	t.Helper()
	id, err := h.Apply(context.Background(), h.cmd(maya), a)
	require.NoError(t, err)
	return id
}

func (h *house) approved(t fataler, a leave.Application) leave.RequestID {
	t.Helper()
	id := h.apply(t, a)
	require.NoError(t, h.Decide(context.Background(), h.cmd(boss), id, leave.Decision{Agree: true}))
	return id
}

func (h *house) grant(t fataler, typ leave.TypeID, quantity, usable string) leave.LotID {
	t.Helper()
	lot, err := h.Grant(context.Background(), h.cmd(desk), leave.Credit{
		Employee: "E1", Type: typ, Kind: leave.Granted, Quantity: dec(quantity), Usable: hr.MustPeriod(usable),
	})
	require.NoError(t, err)
	return lot
}

func (h *house) balance(t fataler, typ leave.TypeID, on string) string {
	t.Helper()
	b, err := h.Balance(context.Background(), hr.View{Actor: desk}, "E1", typ, hr.MustDate(on))
	require.NoError(t, err)
	return b.String()
}

// away writes the days away as known at k: date, half, type.
func (h *house) away(t fataler, k hr.Seq) string {
	t.Helper()
	got, err := h.Absences(context.Background(), hr.View{Actor: desk}, []hr.Pin{{Employee: "E1", Known: hr.Known{Own: k}}}, hr.MustPeriod("2026-01-01..2026-12-31"))
	require.NoError(t, err)
	var out []string
	for _, a := range got[0] {
		out = append(out, strings.TrimSpace(a.Date.String()[5:]+" "+string(a.Half)))
	}
	return strings.Join(out, ", ")
}

func (h *house) head(t fataler) hr.Seq {
	t.Helper()
	pins, err := h.Kit.Know.Heads(context.Background(), "E1")
	require.NoError(t, err)
	return pins[0].Known.Own
}

func (h *house) total(t fataler, id leave.RequestID) string {
	t.Helper()
	r, err := h.Service.Request(context.Background(), hr.View{Actor: desk}, id)
	require.NoError(t, err)
	return r.Total().String()
}

func TestApproveAndCancel(t *testing.T) {
	h := open(t)
	ctx := t.Context()
	soon := h.grant(t, "casual", "1.5", "2026-01-05..2026-10-31")
	late := h.grant(t, "casual", "5", "2026-01-05..")
	id := h.apply(t, leave.Application{Employee: "E1", Type: "casual", Period: hr.MustPeriod("2026-10-01..2026-10-06"), ThroughHalf: hr.FirstHalf, Reason: "family"})
	require.Equal(t, "2.5", h.total(t, id), "Thursday, Monday and half of Tuesday; Friday is a holiday")
	require.Equal(t, "6.5", h.balance(t, "casual", "2026-10-31"), "a request takes nothing")
	before := h.head(t)
	require.Empty(t, h.away(t, 0))

	require.NoError(t, h.Decide(ctx, h.cmd(boss), id, leave.Decision{Agree: true, Reason: "enjoy"}))
	require.Equal(t, "4", h.balance(t, "casual", "2026-10-31"))
	require.Equal(t, "5.5", h.balance(t, "casual", "2026-10-02"), "one day is taken by then")
	require.Equal(t, "10-01, 10-05, 10-06 first", h.away(t, 0))
	approved := h.head(t)
	r, err := h.Service.Request(ctx, hr.View{Actor: desk}, id)
	require.NoError(t, err)
	var from []string
	for _, d := range r.Days {
		if d.Quantity.Sign() > 0 {
			from = append(from, strings.NewReplacer(string(soon), "soon", string(late), "late").Replace(shares(d)))
		}
	}
	require.Equal(t, []string{"soon 1", "soon 0.5, late 0.5", "late 0.5"}, from, "what lapses first goes first")

	learnt, err := h.Changes(ctx, hr.View{Actor: desk}, []hr.Pin{{Employee: "E1", Known: hr.Known{Own: before}}})
	require.NoError(t, err)
	require.Equal(t, []hr.Change{
		{Employee: "E1", Period: hr.MustPeriod("2026-10-01..2026-10-01"), Cause: id.Ref()},
		{Employee: "E1", Period: hr.MustPeriod("2026-10-05..2026-10-06"), Cause: id.Ref()},
	}, learnt, "a late approval is a change")

	require.NoError(t, h.Cancel(ctx, h.cmd(maya), id))
	for _, on := range []string{"2026-10-01", "2026-10-31"} {
		require.Equal(t, "6.5", h.balance(t, "casual", on))
	}
	require.Equal(t, "5", h.balance(t, "casual", "2026-11-01"), "and what lapses still lapses")
	require.Empty(t, h.away(t, 0))
	require.Equal(t, "10-01, 10-05, 10-06 first", h.away(t, approved), "as it was known then")
	require.Empty(t, h.away(t, before))

	changes, err := h.Changes(ctx, hr.View{Actor: desk}, []hr.Pin{{Employee: "E1", Known: hr.Known{Own: approved}}})
	require.NoError(t, err)
	require.Equal(t, []hr.Change{
		{Employee: "E1", Period: hr.MustPeriod("2026-10-01..2026-10-01"), Cause: id.Ref()},
		{Employee: "E1", Period: hr.MustPeriod("2026-10-05..2026-10-06"), Cause: id.Ref()},
	}, changes)
	view := hr.View{Actor: desk, Known: hr.Known{Own: approved}}
	then, err := h.Balance(ctx, view, "E1", "casual", hr.MustDate("2026-10-31"))
	require.NoError(t, err)
	require.Equal(t, "4", then.String(), "the balance too is as it was known then")
	lots, err := h.Lots(ctx, view, "E1", hr.MustDate("2026-10-31"))
	require.NoError(t, err)
	taken := map[leave.LotID]string{}
	for _, l := range lots {
		taken[l.ID] = l.Taken.String()
	}
	require.Equal(t, map[leave.LotID]string{soon: "1.5", late: "1"}, taken)
	for _, k := range []hr.Seq{before, 0} {
		changes, err = h.Changes(ctx, hr.View{Actor: desk}, []hr.Pin{{Employee: "E1", Known: hr.Known{Own: k}}})
		require.NoError(t, err)
		require.Empty(t, changes, "approved and cancelled since, or asked as of today")
	}
	err = h.Cancel(ctx, h.cmd(maya), id)
	require.ErrorContains(t, err, string(hr.RuleMachineMove))
}

func TestApplyRefuses(t *testing.T) {
	h := open(t)
	h.grant(t, "casual", "3", "2026-01-05..")
	h.apply(t, leave.Application{Employee: "E1", Type: "casual", Period: hr.MustPeriod("2026-11-09..2026-11-09"), FromHalf: hr.FirstHalf})
	h.apply(t, leave.Application{Employee: "E1", Type: "casual", Period: hr.MustPeriod("2026-11-09..2026-11-09"), FromHalf: hr.SecondHalf})
	for _, c := range []struct {
		name string
		a    leave.Application
		want []hr.Rule
	}{
		{"nothing given", leave.Application{}, []hr.Rule{leave.RuleEmployee, leave.RuleRequestPeriod}},
		{"without an end", ask("casual", "2026-11-02.."), []hr.Rule{leave.RuleRequestPeriod}},
		{"unknown type", ask("sabbatical", "2026-11-02..2026-11-02"), []hr.Rule{leave.RuleTypeUnknown}},
		{"unknown type, and halves that leave a gap", leave.Application{Employee: "E1", Type: "sabbatical", Period: hr.MustPeriod("2026-11-02..2026-11-03"), FromHalf: hr.FirstHalf}, []hr.Rule{leave.RuleRequestHalf, leave.RuleTypeUnknown}},
		{"unknown type, for longer than any lot lasts", ask("sabbatical", "2026-11-16..2026-11-27"), []hr.Rule{leave.RuleTypeUnknown}},
		{"before joining", ask("casual", "2026-01-02..2026-01-05"), []hr.Rule{leave.RuleRequestEmployed}},
		{"after leaving", ask("casual", "2026-12-18..2026-12-21"), []hr.Rule{leave.RuleRequestEmployed}},
		{"nobody we know", leave.Application{Employee: "E9", Type: "casual", Period: hr.MustPeriod("2026-11-02..2026-11-02")}, []hr.Rule{leave.RuleRequestEmployed, leave.RuleRequestEmployed}},
		{"too many days", ask("casual", "2026-11-02..2026-11-05"), []hr.Rule{leave.RuleRequestShort}},
		{"a weekend", ask("casual", "2026-11-07..2026-11-08"), []hr.Rule{leave.RuleRequestNoWork}},
		{"a day over two halves", ask("casual", "2026-11-09..2026-11-09"), []hr.Rule{leave.RuleRequestOverlap, leave.RuleRequestOverlap}},
		{"the same half again", leave.Application{Employee: "E1", Type: "unpaid", Period: hr.MustPeriod("2026-11-09..2026-11-10"), FromHalf: hr.SecondHalf}, []hr.Rule{leave.RuleRequestHalfTwice}},
		{"everything", ask("sabbatical", "2026-11-09..2026-12-20"), []hr.Rule{leave.RuleTypeUnknown, leave.RuleRequestOverlap, leave.RuleRequestOverlap, leave.RuleRequestEmployed}},
	} {
		t.Run(c.name, func(t *testing.T) {
			head := h.head(t)
			_, err := h.Apply(t.Context(), h.cmd(maya), c.a)
			require.Equal(t, c.want, rulesOf(err), err)
			require.Equal(t, head, h.head(t), "nothing changed")
		})
	}
	t.Run("no calendar, and a route through the asker", func(t *testing.T) {
		h.Calendars = nil
		h.Router = route{{Name: "self", Approvers: []hr.ActorID{"maya"}}}
		_, err := h.Apply(t.Context(), h.cmd(maya), ask("casual", "2026-11-02..2026-11-02"))
		require.Equal(t, []hr.Rule{leave.RuleRequestCalendar, hr.RuleApprovalConflict}, rulesOf(err), err)
	})
	t.Run("a service without stores", func(t *testing.T) {
		_, err := leave.Service{}.Apply(t.Context(), h.cmd(maya), ask("casual", "2026-11-02..2026-11-02"))
		require.Equal(t, []hr.Rule{leave.RuleService, leave.RuleService, leave.RuleService, leave.RuleService, leave.RuleService}, rulesOf(err))
	})
}

func TestDecide(t *testing.T) {
	h := open(t)
	ctx := t.Context()
	h.Router = route{{Name: "manager", Approvers: []hr.ActorID{"boss", "self"}}, {Name: "hr", Approvers: []hr.ActorID{"hr"}}}
	h.grant(t, "casual", "3", "2026-01-05..")
	id := h.apply(t, ask("casual", "2026-11-02..2026-11-04"))
	yes := leave.Decision{Agree: true}

	for by, want := range map[string]hr.Rule{"maya": hr.RuleApprovalConflict, "self": hr.RuleApprovalConflict, "hr": hr.RuleApprovalActor} {
		actor := hr.Actor{ID: hr.ActorID(by)}
		if by == "self" {
			actor.Employee = "E1" // her other login
		}
		err := h.Decide(ctx, h.cmd(actor), id, yes)
		require.Equal(t, []hr.Rule{want}, rulesOf(err), by)
	}
	require.NoError(t, h.Decide(ctx, h.cmd(boss), id, yes))
	require.Equal(t, "3", h.balance(t, "casual", "2026-11-30"), "another level is asked")

	// Meanwhile two of the three days go elsewhere: the approval is refused and the request waits.
	h.Router = route{{Name: "manager", Approvers: []hr.ActorID{"boss"}}}
	other := h.approved(t, ask("casual", "2026-11-16..2026-11-17"))
	err := h.Decide(ctx, h.cmd(hr.Actor{ID: "hr"}), id, yes)
	require.Equal(t, []hr.Rule{leave.RuleRequestShort}, rulesOf(err))
	r, err := h.Service.Request(ctx, hr.View{Actor: desk}, id)
	require.NoError(t, err)
	require.Equal(t, leave.Requested, r.State)
	require.Equal(t, "1", h.balance(t, "casual", "2026-11-30"))

	require.NoError(t, h.Cancel(ctx, h.cmd(maya), other))
	cmd := h.cmd(hr.Actor{ID: "hr"})
	require.NoError(t, h.Decide(ctx, cmd, id, yes))
	require.NoError(t, h.Decide(ctx, cmd, id, yes), "the same command again")
	require.Equal(t, "0", h.balance(t, "casual", "2026-11-30"))

	refused := h.apply(t, ask("unpaid", "2026-11-23..2026-11-23"))
	require.NoError(t, h.Decide(ctx, h.cmd(boss), refused, leave.Decision{Reason: "busy"}))
	withdrawn := h.apply(t, ask("unpaid", "2026-11-23..2026-11-23"))
	require.NoError(t, h.Withdraw(ctx, h.cmd(maya), withdrawn))
	require.Error(t, h.Decide(ctx, h.cmd(boss), withdrawn, yes))
	require.ErrorIs(t, h.Withdraw(ctx, h.cmd(maya), "nobody's"), storage.ErrNotFound)
	requests, err := h.Service.RequestsIn(ctx, hr.View{Actor: desk}, "E1", hr.MustPeriod("2026-11-23..2026-11-23"))
	require.NoError(t, err)
	states := map[leave.RequestID]leave.State{}
	for _, r := range requests {
		states[r.ID] = r.State
	}
	require.Equal(t, map[leave.RequestID]leave.State{refused: leave.Refused, withdrawn: leave.Withdrawn}, states)
	require.Equal(t, "0", h.balance(t, "unpaid", "2026-11-30"))
}

// A weekend between two requests belongs to the one approved last, and falls away with either.
func TestCancelRecountsTheNeighbour(t *testing.T) {
	for _, typ := range []leave.TypeID{"unpaid", "edgy"} {
		for _, cancelFirst := range []bool{true, false} {
			t.Run(fmt.Sprintf("%s, the first is cancelled: %t", typ, cancelFirst), func(t *testing.T) {
				h := open(t)
				monday := h.approved(t, ask(typ, "2026-10-12..2026-10-12"))
				friday := h.approved(t, ask(typ, "2026-10-09..2026-10-09"))
				require.Equal(t, "-4", h.balance(t, typ, "2026-10-31"))
				require.Equal(t, "10-09, 10-10, 10-11, 10-12", h.away(t, 0))
				first, second := monday, friday
				if !cancelFirst {
					first, second = friday, monday
				}
				require.NoError(t, h.Cancel(t.Context(), h.cmd(maya), first))
				// What is left alone: one day, and with edges the weekend beside it.
				left, days := "1", "10-09"
				if first == friday {
					days = "10-12"
				}
				if typ == "edgy" {
					left, days = "3", map[bool]string{true: "10-10, 10-11, 10-12", false: "10-09, 10-10, 10-11"}[first == friday]
				}
				require.Equal(t, left, h.total(t, second))
				require.Equal(t, "-"+left, h.balance(t, typ, "2026-10-31"))
				require.Equal(t, days, h.away(t, 0))

				third := h.approved(t, ask(typ, h.period(t, first)))
				require.Equal(t, "-4", h.balance(t, typ, "2026-10-31"))
				require.Equal(t, "10-09, 10-10, 10-11, 10-12", h.away(t, 0))
				require.NoError(t, h.Cancel(t.Context(), h.cmd(maya), second))
				require.NoError(t, h.Cancel(t.Context(), h.cmd(maya), third))
				require.Equal(t, "0", h.balance(t, typ, "2026-10-31"))
				require.Empty(t, h.away(t, 0))
			})
		}
	}
}

// A weekend lies between two requests only if both are approved: one that waits may never come to be.
func TestARequestThatWaitsEnclosesNothing(t *testing.T) {
	h := open(t)
	friday := h.apply(t, ask("unpaid", "2026-10-09..2026-10-09"))
	monday := h.approved(t, ask("unpaid", "2026-10-12..2026-10-12"))
	require.Equal(t, "1", h.total(t, monday))
	require.NoError(t, h.Decide(t.Context(), h.cmd(boss), friday, leave.Decision{Agree: true}))
	require.Equal(t, "3", h.total(t, friday), "counted again on approval: the weekend is between them now")
	require.Equal(t, "-4", h.balance(t, "unpaid", "2026-10-31"))
}

// A cancellation touches what it must and nothing else.
func TestCancelLeavesTheRestAlone(t *testing.T) {
	t.Run("a request beside it that only waits takes nothing", func(t *testing.T) {
		h := open(t)
		monday := h.approved(t, ask("edgy", "2026-10-12..2026-10-12"))
		h.apply(t, ask("edgy", "2026-10-09..2026-10-09"))
		require.NoError(t, h.Cancel(t.Context(), h.cmd(maya), monday))
		require.Equal(t, "0", h.balance(t, "edgy", "2026-10-31"))
		require.Empty(t, h.away(t, 0))
	})
	t.Run("a request on which nothing depends is not written", func(t *testing.T) {
		h := open(t)
		friday := h.approved(t, ask("unpaid", "2026-10-09..2026-10-09"))
		tuesday := h.approved(t, ask("unpaid", "2026-10-13..2026-10-13"))
		far := h.approved(t, ask("unpaid", "2026-11-10..2026-11-10"))
		version := func(id leave.RequestID) storage.Version {
			r, err := h.Service.Request(t.Context(), hr.View{Actor: desk}, id)
			require.NoError(t, err)
			return r.Version
		}
		was := []storage.Version{version(friday), version(far)}
		require.NoError(t, h.Cancel(t.Context(), h.cmd(maya), tuesday))
		require.Equal(t, was, []storage.Version{version(friday), version(far)})
	})
	t.Run("a neighbour of another type that could not pay for the weekend refuses it", func(t *testing.T) {
		h := open(t)
		h.grant(t, "tight", "1", "2026-01-05..")
		monday := h.approved(t, ask("edgy", "2026-10-12..2026-10-12")) // and the weekend before it
		h.approved(t, ask("tight", "2026-10-09..2026-10-09"))
		before := h.everything(t)
		require.Equal(t, []hr.Rule{leave.RuleRequestShort}, rulesOf(h.Cancel(t.Context(), h.cmd(maya), monday)))
		require.Equal(t, before, h.everything(t))
	})
	t.Run("the calendar is not asked about days that no leave lies beyond", func(t *testing.T) {
		h := open(t)
		terms, err := hr.NewTimeline(hr.Step[hr.Terms]{Since: hr.MustDate("2025-01-05"), Value: hr.Terms{Calendar: "blr"}})
		require.NoError(t, err)
		h.Terms = staff{"E1": terms}
		for _, day := range []string{"2026-12-31", "2026-01-01"} { // the ends of what the calendar knows
			id := h.approved(t, ask("unpaid", day+".."+day))
			require.NoError(t, h.Cancel(t.Context(), h.cmd(maya), id))
		}
	})
}

func (h *house) period(t fataler, id leave.RequestID) string {
	t.Helper()
	r, err := h.Service.Request(context.Background(), hr.View{Actor: desk}, id)
	require.NoError(t, err)
	return r.Period.String()
}

// Whatever is approved and cancelled, in whatever order: the days away are those that one count of all approved leave gives,
// the ledger says the same number, and when all is cancelled every lot has back what it gave.
func TestApproveThenCancelRestores(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := open(t)
		if rapid.Bool().Draw(t, "half Saturdays") {
			h.Calendars = map[string]hr.Calendar{"blr": hr.MustCalendar(hr.CalendarRules{
				Span: hr.MustPeriod("2026-01-01..2026-12-31"), Off: []hr.WeekdayRule{{Weekday: time.Sunday}, {Weekday: time.Wednesday, Nth: []int{2}}},
				Half: []hr.WeekdayRule{{Weekday: time.Saturday}},
			})}
		}
		typ := rapid.SampledFrom([]leave.TypeID{"unpaid", "edgy", "casual"}).Draw(t, "type")
		h.grant(t, "casual", "6", "2026-01-05..2026-10-15")
		h.grant(t, "casual", "40", "2026-01-05..")
		lots := h.lots(t)
		rule := map[leave.TypeID]leave.Sandwich{"unpaid": leave.SandwichEnclosed, "edgy": leave.SandwichEdges}[typ]
		calendar := h.Calendars["blr"]
		var live []leave.RequestID
		spans := map[leave.RequestID]halfDays{}
		check := func() {
			marks := map[hr.Date][2]bool{}
			for _, id := range live {
				spans[id].mark(marks)
			}
			want := slots{calendar, marks}.total(rule)
			entries, err := h.Ledger.MovementsOf(context.Background(), []hr.Pin{{Employee: "E1"}})
			require.NoError(t, err)
			took := dec("0")
			for _, e := range entries[0] {
				if e.Value.Kind == leave.Used || e.Value.Kind == leave.Returned {
					took = took.Sub(e.Value.Quantity)
				}
			}
			require.Equal(t, want.String(), took.String(), "ledger")
			got, err := h.Absences(context.Background(), hr.View{Actor: desk}, []hr.Pin{{Employee: "E1"}}, hr.MustPeriod("2026-01-01..2026-12-31"))
			require.NoError(t, err)
			gone := dec("0")
			for _, a := range got[0] {
				gone = gone.Add(a.Portion())
			}
			require.Equal(t, want.String(), gone.String(), "absences")
			sum := dec("0")
			for _, id := range live {
				sum = sum.Add(dec(h.total(t, id)))
				h.agrees(t, id, entries[0])
			}
			require.Equal(t, want.String(), sum.String(), "requests")
		}
		for range rapid.IntRange(1, 8).Draw(t, "steps") {
			if len(live) > 0 && rapid.IntRange(0, 2).Draw(t, "cancel") == 0 {
				i := rapid.IntRange(0, len(live)-1).Draw(t, "which")
				require.NoError(t, h.Cancel(context.Background(), h.cmd(maya), live[i]))
				live = append(live[:i:i], live[i+1:]...)
			} else {
				from := rapid.IntRange(0, 50).Draw(t, "from")
				s := halfDays{from, from + rapid.IntRange(0, 6).Draw(t, "length")}
				in := s.input(calendar, "", nil)
				id, err := h.Apply(context.Background(), h.cmd(maya), leave.Application{
					Employee: "E1", Type: typ, Period: in.Period, FromHalf: in.FromHalf, ThroughHalf: in.ThroughHalf,
				})
				if err != nil { // over another, or nothing but days off
					require.NotEmpty(t, rulesOf(err))
					continue
				}
				require.NoError(t, h.Decide(context.Background(), h.cmd(boss), id, leave.Decision{Agree: true}))
				live, spans[id] = append(live, id), s
			}
			check()
		}
		for _, id := range live {
			require.NoError(t, h.Cancel(context.Background(), h.cmd(maya), id))
		}
		live = nil
		check()
		require.Equal(t, lots, h.lots(t), "every lot is as it was")
	})
}

// agrees requires that the days of a request name the lots that the ledger has for it, day by day and share by share.
func (h *house) agrees(t fataler, id leave.RequestID, entries []leave.Entry) {
	t.Helper()
	r, err := h.Service.Request(context.Background(), hr.View{Actor: desk}, id)
	require.NoError(t, err)
	said, held := map[string]string{}, map[string]string{}
	add := func(m map[string]string, d hr.Date, half hr.HalfOfDay, lot leave.LotID, q decimal.Decimal) {
		key := fmt.Sprint(d, half, lot)
		if sum := dec("0" + m[key]).Add(q); sum.IsZero() {
			delete(m, key)
		} else {
			m[key] = sum.String()
		}
	}
	for _, d := range r.Days {
		whole := d.Quantity
		for _, s := range d.Lots {
			add(said, d.Date, d.Half, s.Lot, s.Quantity)
			whole = whole.Sub(s.Quantity)
		}
		require.True(t, whole.IsZero(), "the lots of %s make up its quantity", d.Date)
	}
	for _, e := range entries {
		if e.Value.Request == id {
			add(held, e.Period.From, e.Value.Half, e.Value.Lot, e.Value.Quantity.Neg())
		}
	}
	require.Equal(t, held, said)
}

// lots writes what is left in every lot that ever held something.
func (h *house) lots(t fataler) string {
	t.Helper()
	var out []string
	for _, on := range []string{"2026-10-01", "2026-12-18"} {
		lots, err := h.Lots(context.Background(), hr.View{Actor: desk}, "E1", hr.MustDate(on))
		require.NoError(t, err)
		for _, l := range lots {
			if l.ID != leave.Advance || l.Left.Sign() != 0 {
				out = append(out, fmt.Sprintf("%s %s: %s taken, %s lapsed, %s left", on, l.ID, l.Taken, l.Lapsed, l.Left))
			}
		}
	}
	return strings.Join(out, "\n")
}

func TestOneLastDay(t *testing.T) {
	h := open(t)
	h.grant(t, "casual", "1", "2026-01-05..")
	var ids []leave.RequestID
	day := hr.MustDate("2026-11-02")
	for len(ids) < 16 {
		if w := day.Weekday(); w != time.Saturday && w != time.Sunday {
			ids = append(ids, h.apply(t, leave.Application{Employee: "E1", Type: "casual", Period: hr.Period{From: day, Through: day}}))
		}
		day = day.Add(1)
	}
	errs := make([]error, len(ids))
	var wg sync.WaitGroup
	for i, id := range ids {
		cmd := h.cmd(boss)
		wg.Go(func() { errs[i] = h.Decide(t.Context(), cmd, id, leave.Decision{Agree: true}) })
	}
	wg.Wait()
	won := 0
	for _, err := range errs {
		if err == nil {
			won++
			continue
		}
		require.Equal(t, []hr.Rule{leave.RuleRequestShort}, rulesOf(err))
	}
	require.Equal(t, 1, won)
	require.Equal(t, "0", h.balance(t, "casual", "2026-12-18"))
}

func TestReadsAreJudged(t *testing.T) {
	h := open(t)
	id := h.apply(t, ask("unpaid", "2026-11-02..2026-11-02"))
	h.Kit.Authorize = func(a hr.Ask) hr.Verdict {
		require.Equal(t, []hr.EmployeeID{"E1"}, a.Subjects)
		return hr.Verdict{}
	}
	ctx, v := t.Context(), hr.View{Actor: boss}
	pins := []hr.Pin{{Employee: "E1", Known: hr.Known{Own: 1}}}
	for verb, call := range map[string]func() error{
		"Balance":    func() error { _, err := h.Balance(ctx, v, "E1", "casual", hr.MustDate("2026-11-02")); return err },
		"Lots":       func() error { _, err := h.Lots(ctx, v, "E1", hr.MustDate("2026-11-02")); return err },
		"Request":    func() error { _, err := h.Service.Request(ctx, v, id); return err },
		"RequestsIn": func() error { _, err := h.Service.RequestsIn(ctx, v, "E1", hr.MustPeriod("2026-11-02..")); return err },
		"Absences":   func() error { _, err := h.Absences(ctx, v, pins, hr.MustPeriod("2026-11-02..")); return err },
		"Changes":    func() error { _, err := h.Changes(ctx, v, pins); return err },
		"Describe":   func() error { _, err := h.Describe(ctx, v, "E1", []hr.Ref{id.Ref()}); return err },
		"Decide":     func() error { return h.Decide(ctx, h.cmd(boss), id, leave.Decision{Agree: true}) },
		"Cancel":     func() error { return h.Cancel(ctx, h.cmd(boss), id) },
		"Withdraw":   func() error { return h.Withdraw(ctx, h.cmd(boss), id) },
		"Apply":      func() error { _, err := h.Apply(ctx, h.cmd(boss), ask("unpaid", "2026-11-03..2026-11-03")); return err },
		"Grant":      func() error { _, err := h.Grant(ctx, h.cmd(boss), leave.Credit{Employee: "E1"}); return err },
		"Accrue":     func() error { _, err := h.AccrueThrough(ctx, h.cmd(boss), hr.MustDate("2026-11-03"), "E1"); return err },
	} {
		require.ErrorIs(t, call(), hr.ErrDenied, verb)
	}
}
