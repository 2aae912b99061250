package leave_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave"
)

func (h *house) settle(t fataler, dues hr.LeaveDues) []hr.Ref {
	t.Helper()
	dues.Employee = "E1"
	for i := range dues.Charges {
		dues.Charges[i].Employee = "E1"
	}
	for i := range dues.Grants {
		dues.Grants[i].Employee = "E1"
	}
	for i := range dues.Returns {
		dues.Returns[i].Employee = "E1"
	}
	short, err := h.Settle(context.Background(), h.cmd(desk), dues)
	require.NoError(t, err)
	return short
}

func charge(on, q, id string) hr.LeaveCharge {
	return hr.LeaveCharge{Type: "casual", Date: hr.MustDate(on), Quantity: dec(q), Ref: hr.Ref{Kind: "late", ID: id}}
}

func grantOf(on, q, id string) hr.LeaveGrant {
	return hr.LeaveGrant{Type: "lieu", Date: hr.MustDate(on), Quantity: dec(q), Ref: hr.Ref{Kind: "time_off", ID: id}}
}

// A month's dues: told twice they are one, a late fact changes them, and what is not asked any more is taken back.
func TestSettle(t *testing.T) {
	h := open(t)
	h.with(t, "lieu", func(p *leave.Policy) { p.Negative = leave.Negative{} })
	h.grant(t, "casual", "1", "2026-01-05..")
	month := hr.LeaveDues{
		Charges: []hr.LeaveCharge{charge("2026-10-07", "0.5", "1"), charge("2026-10-31", "0", "2")},
		Grants:  []hr.LeaveGrant{grantOf("2026-10-04", "1", "4"), grantOf("2026-10-11", "0", "11")},
	}
	require.Empty(t, h.settle(t, month))
	require.Equal(t, "0.5", h.balance(t, "casual", "2026-10-31"))
	require.Equal(t, "1", h.balance(t, "lieu", "2026-10-31"))
	was := len(h.entries(t))
	require.Empty(t, h.settle(t, month))
	require.Len(t, h.entries(t), was, "the same dues post nothing")

	month.Charges[1].Quantity, month.Grants[0].Quantity, month.Grants[1].Quantity = dec("0.5"), dec("0.5"), dec("1")
	require.Empty(t, h.settle(t, month))
	require.Equal(t, "0", h.balance(t, "casual", "2026-10-31"))
	require.Equal(t, "1.5", h.balance(t, "lieu", "2026-10-31"))

	third := charge("2026-10-30", "0.5", "3")
	month.Charges = append(month.Charges, third)
	require.Equal(t, []hr.Ref{third.Ref}, h.settle(t, month), "for the third there is nothing left")
	require.Equal(t, "0", h.balance(t, "casual", "2026-10-31"))

	// The same half day, due two days later now: it is given back where it was taken and taken there.
	month.Charges[0].Date = hr.MustDate("2026-10-09")
	require.Equal(t, []hr.Ref{third.Ref}, h.settle(t, month))
	require.Equal(t, []string{"1", "0.5"}, []string{h.balance(t, "casual", "2026-10-08"), h.balance(t, "casual", "2026-10-09")})
	was = len(h.entries(t))
	h.settle(t, month)
	require.Len(t, h.entries(t), was)

	for i := range month.Charges {
		month.Charges[i].Quantity = dec("0")
	}
	for i := range month.Grants {
		month.Grants[i].Quantity = dec("0")
	}
	require.Empty(t, h.settle(t, month))
	require.Equal(t, "1", h.balance(t, "casual", "2026-10-31"))
	require.Equal(t, "0", h.balance(t, "lieu", "2026-10-31"))
}

// Five days of leave from a lot of two and one of six; on the second and the third day the employee worked. The third came from the second lot.
func TestLeaveThatWasWorkedGoesBackToItsLots(t *testing.T) {
	h := open(t)
	first := h.grant(t, "casual", "2", "2026-01-05..2026-11-30")
	second := h.grant(t, "casual", "6", "2026-01-05..2026-12-31")
	left := func() (out []string) {
		lots, err := h.Lots(t.Context(), hr.View{Actor: desk}, "E1", hr.MustDate("2026-10-16"))
		require.NoError(t, err)
		for _, id := range []leave.LotID{first, second} {
			for _, l := range lots {
				if l.ID == id {
					out = append(out, l.Left.String())
				}
			}
		}
		return out
	}
	id := h.approved(t, ask("casual", "2026-10-12..2026-10-16"))
	require.Equal(t, []string{"0", "3"}, left())
	back := func(day, share string) hr.LeaveDues {
		return hr.LeaveDues{Returns: []hr.LeaveReturn{{Date: hr.MustDate(day), Share: dec(share), Request: id.Ref()}}}
	}
	h.settle(t, back("2026-10-13", "1"))
	require.Equal(t, []string{"1", "3"}, left())
	h.settle(t, back("2026-10-14", "0.5"))
	require.Equal(t, []string{"1", "3.5"}, left())
	was := len(h.entries(t))
	h.settle(t, back("2026-10-14", "0.5"))
	require.Len(t, h.entries(t), was)
	require.Contains(t, h.away(t, 0), "10-13, 10-14", "the request stays, and attendance says what the days were")
	h.settle(t, back("2026-10-13", "0"))
	require.Equal(t, []string{"0", "3.5"}, left(), "the punches were wrong: the day is leave again")
	h.settle(t, back("2026-10-13", "1"))
	require.NoError(t, h.Cancel(t.Context(), h.cmd(boss), id))
	require.Equal(t, []string{"2", "6"}, left(), "cancelled, nothing comes back twice")
	h.settle(t, back("2026-10-13", "0"))
	require.Equal(t, []string{"2", "6"}, left(), "and nothing is taken for a request that is gone")
}

// What came back has been used since, when the return turns out wrong: it is owed, and no lot gives more than it holds.
func TestAReturnThatIsTakenBackIsOwed(t *testing.T) {
	h := open(t)
	h.grant(t, "casual", "1", "2026-01-05..")
	id := h.approved(t, ask("casual", "2026-10-12..2026-10-12"))
	dues := hr.LeaveDues{Returns: []hr.LeaveReturn{{Date: hr.MustDate("2026-10-12"), Share: dec("1"), Request: id.Ref()}}}
	h.settle(t, dues)
	h.approved(t, ask("casual", "2026-10-13..2026-10-13"))
	require.Equal(t, "0", h.balance(t, "casual", "2026-10-31"))
	dues.Returns[0].Share = dec("0")
	h.settle(t, dues)
	require.Equal(t, "-1", h.balance(t, "casual", "2026-10-31"))
	was := len(h.entries(t))
	h.settle(t, dues)
	require.Len(t, h.entries(t), was)
	dues.Returns[0].Share = dec("1")
	h.settle(t, dues)
	require.Equal(t, "0", h.balance(t, "casual", "2026-10-31"))
	for _, l := range leave.Lots(h.entries(t), hr.MustDate("2026-10-31")) {
		require.False(t, l.Left.IsNegative(), "%s", l.ID)
	}
}

func TestSettleRefusesAllAtOnce(t *testing.T) {
	h := open(t)
	before := h.head(t)
	_, err := h.Settle(t.Context(), h.cmd(desk), hr.LeaveDues{
		Employee: "E1",
		Charges:  []hr.LeaveCharge{{Employee: "E2", Type: "none", Quantity: dec("-1")}},
		Grants:   []hr.LeaveGrant{{Employee: "E1", Type: "none", Date: hr.MustDate("2026-10-01"), Quantity: dec("1"), Ref: hr.Ref{Kind: "x", ID: "1"}}},
		Returns:  []hr.LeaveReturn{{Employee: "E1", Share: dec("2")}},
	})
	got := map[string]hr.Rule{}
	for _, f := range hr.FieldErrors(err) {
		got[f.Path] = f.Rule
	}
	require.Equal(t, map[string]hr.Rule{
		"charges[0].employee": leave.RuleEmployee, "charges[0].date": leave.RuleCreditPeriod, "charges[0].quantity": leave.RuleCreditQuantity,
		"charges[0].ref": leave.RuleCreditSource, "charges[0].type": leave.RuleTypeUnknown, "grants[0].type": leave.RuleTypeUnknown,
		"returns[0].share": leave.RuleReturn, "returns[0].date": leave.RuleCreditPeriod,
	}, got)
	_, err = h.Settle(t.Context(), h.cmd(desk), hr.LeaveDues{Employee: "E1", Returns: []hr.LeaveReturn{{Employee: "E1", Date: hr.MustDate("2026-10-01"), Share: dec("1"), Request: hr.Ref{Kind: "leave", ID: "none"}}}})
	require.Equal(t, []hr.Rule{leave.RuleReturn}, rulesOf(err))
	require.Equal(t, before, h.head(t))
	theirs := h.approved(t, ask("unpaid", "2026-10-12..2026-10-12"))
	h.Terms.(staff)["E2"] = h.Terms.(staff)["E1"]
	_, err = h.Settle(t.Context(), h.cmd(desk), hr.LeaveDues{Employee: "E2", Returns: []hr.LeaveReturn{{Employee: "E2", Date: hr.MustDate("2026-10-12"), Share: dec("1"), Request: theirs.Ref()}}})
	require.Equal(t, []hr.Rule{leave.RuleReturn}, rulesOf(err), "of somebody else's request")
	before = h.head(t)
	_, err = h.Settle(t.Context(), h.cmd(desk), hr.LeaveDues{})
	require.Equal(t, []hr.Rule{leave.RuleEmployee}, rulesOf(err))
	require.Equal(t, before, h.head(t))
}

// Whatever dues come one after the other, the ledger holds what the last of them say: the same as if they had been the only ones.
func TestTheLastDuesHold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		some := func() hr.LeaveDues {
			q := func(label string) string { return rapid.SampledFrom([]string{"0", "0.5", "1"}).Draw(t, label) }
			return hr.LeaveDues{
				Charges: []hr.LeaveCharge{charge("2026-10-07", q("first"), "1"), charge("2026-10-09", q("second"), "2")},
				Grants:  []hr.LeaveGrant{grantOf("2026-10-04", q("grant"), "4")},
			}
		}
		house := func() *house {
			h := open(t)
			h.with(t, "lieu", func(p *leave.Policy) { p.Negative = leave.Negative{} })
			h.grant(t, "casual", "3", "2026-01-05..")
			return h
		}
		a, b := house(), house()
		var last hr.LeaveDues
		for range rapid.IntRange(1, 5).Draw(t, "times") {
			last = some()
			a.settle(t, last)
		}
		b.settle(t, last)
		for _, typ := range []leave.TypeID{"casual", "lieu"} {
			require.Equal(t, b.balance(t, typ, "2026-10-31"), a.balance(t, typ, "2026-10-31"))
		}
		for _, l := range leave.Lots(a.entries(t), hr.MustDate("2026-10-31")) {
			require.True(t, l.Granted.Equal(l.Taken.Add(l.Carried).Add(l.Paid).Add(l.Lapsed).Add(l.Left)))
		}
	})
}

func (h *house) entries(t fataler) []leave.Entry {
	t.Helper()
	pages, err := h.db.MovementsOf(context.Background(), []hr.Pin{{Employee: "E1"}})
	require.NoError(t, err)
	history, err := leave.History(pages[0]...)
	require.NoError(t, err)
	return history.Live(0)
}

// A day of time off in lieu of which half was taken off by hand, and another of which the year's end carried all: the same dues again leave
// both as they are, and a correction to half a day takes half a day.
func TestSettleLeavesTheRestOfALotAlone(t *testing.T) {
	h := open(t)
	h.with(t, "lieu", func(p *leave.Policy) {
		p.Negative, p.Year = leave.Negative{}, leave.Year{Month: 7, Day: 1}
		p.CarryOver = leave.CarryOver{Closes: true, NoLimit: true}
	})
	dues := hr.LeaveDues{Grants: []hr.LeaveGrant{grantOf("2026-05-04", "1", "4"), grantOf("2026-10-04", "1", "5")}}
	require.Empty(t, h.settle(t, dues))
	_, err := h.Grant(t.Context(), h.cmd(desk), leave.Credit{Employee: "E1", Type: "lieu", Kind: leave.Adjusted, Quantity: dec("-0.5"), Lot: "lieu/lieu/time_off/5"})
	require.NoError(t, err)
	_, err = h.AccrueThrough(t.Context(), h.cmd(desk), hr.MustDate("2026-07-31"), "E1")
	require.NoError(t, err)
	require.Equal(t, []string{"1", "1.5"}, []string{h.balance(t, "lieu", "2026-07-01"), h.balance(t, "lieu", "2026-10-31")})
	was := len(h.entries(t))
	require.Empty(t, h.settle(t, dues))
	require.Len(t, h.entries(t), was)
	dues.Grants[0].Quantity = dec("0.5")
	require.Empty(t, h.settle(t, dues))
	require.Equal(t, []string{"0.5", "1"}, []string{h.balance(t, "lieu", "2026-07-01"), h.balance(t, "lieu", "2026-10-31")})
}

// Of five days of leave Thursday and Friday were worked and went back, and other leave took them. When Tuesday is given back, Wednesday to
// Friday become a request of their own, which holds Wednesday only; told of it, attendance asks for nothing more.
func TestDaysThatWereWorkedStayBackInTheSecondRequest(t *testing.T) {
	h := open(t)
	lot := h.grant(t, "casual", "5", "2026-01-05..")
	id := h.approved(t, ask("casual", "2026-10-12..2026-10-16"))
	back := func(id leave.RequestID, thursday string) hr.LeaveDues {
		return hr.LeaveDues{Returns: []hr.LeaveReturn{
			{Date: hr.MustDate("2026-10-15"), Share: dec(thursday), Request: id.Ref()}, {Date: hr.MustDate("2026-10-16"), Share: dec("1"), Request: id.Ref()},
		}}
	}
	h.settle(t, back(id, "1"))
	h.approved(t, ask("casual", "2026-10-20..2026-10-21"))
	require.NoError(t, h.GiveBack(t.Context(), h.cmd(maya), id, hr.MustPeriod("2026-10-13..2026-10-13")))
	require.Equal(t, "1", h.balance(t, "casual", "2026-12-18"), "5 less Monday, Wednesday and the two of the week after")
	all, err := h.RequestsIn(t.Context(), hr.View{Actor: desk}, "E1", hr.MustPeriod("2026-10-14..2026-10-16"))
	require.NoError(t, err)
	second := all[0].ID
	was := len(h.entries(t))
	h.settle(t, back(second, "1"))
	require.Len(t, h.entries(t), was)
	h.settle(t, back(second, "0"))
	require.Equal(t, "0", h.balance(t, "casual", "2026-12-18"), "Thursday is leave after all")
	h.settle(t, back(second, "1"))
	require.NoError(t, h.Cancel(t.Context(), h.cmd(boss), second))
	require.Equal(t, "2", h.balance(t, "casual", "2026-12-18"))
	lots, err := h.Lots(t.Context(), hr.View{Actor: desk}, "E1", hr.MustDate("2026-12-18"))
	require.NoError(t, err)
	for _, l := range lots {
		require.True(t, l.ID == lot && l.Left.String() == "2" || l.Left.IsZero(), "%s %s", l.ID, l.Left)
	}
}

// A day of leave from two lots by half, of which a quarter was worked then all, then half, then all: what goes back is what was said last.
func TestWhatGoesBackOfADayGrows(t *testing.T) {
	h := open(t)
	h.grant(t, "casual", "0.5", "2026-01-05..2026-11-30")
	h.grant(t, "casual", "0.5", "2026-01-05..2026-12-31")
	id := h.approved(t, ask("casual", "2026-10-12..2026-10-12"))
	for _, share := range []string{"0.25", "1", "0.5", "1"} {
		h.settle(t, hr.LeaveDues{Returns: []hr.LeaveReturn{{Date: hr.MustDate("2026-10-12"), Share: dec(share), Request: id.Ref()}}})
		require.Equal(t, share, h.balance(t, "casual", "2026-10-31"))
	}
}
