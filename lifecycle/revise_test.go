package lifecycle_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/storage"
)

// change makes a change and returns its id.
func (h *house) change(t require.TestingT, emp hr.EmployeeID, c lifecycle.TermsChange) string {
	id, err := h.ChangeTerms(h.ctx, h.cmd(), emp, c)
	require.NoError(t, err)
	return id
}

// employed is a house in which E1 has the terms of a joiner since 1 January 2026.
func employed(t require.TestingT) *house {
	h := newHouse(hr.AllowAll)
	h.hire(t, joiner("E1", "2026-01-01"))
	return h
}

func TestChangeTouchesOnlyWhatItNames(t *testing.T) {
	h := employed(t)
	h.change(t, "E1", lifecycle.TermsChange{From: day("2026-03-01"), Set: hr.Terms{
		Grade: "G5", Pay: []hr.PayTerm{{Name: "bonus", Amount: rupees(500)}}, Answers: []hr.Answer{{Name: "tax_regime", Text: "new"}},
	}})
	at := func(on string) hr.Terms {
		terms, ok := h.terms(t, "E1", 0).At(day(on))
		require.True(t, ok)
		return terms
	}
	require.Equal(t, joiner("", "2026-01-01").Terms, at("2026-02-28"))
	march := at("2026-03-01")
	require.Equal(t, []string{"ACME-IN", "Ops", "G5"}, []string{march.Entity, march.Department, march.Grade})
	basic, _ := march.Amount("basic")
	bonus, _ := march.Amount("bonus")
	require.Equal(t, []string{"40000", "500"}, []string{basic.String(), bonus.String()})

	h.change(t, "E1", lifecycle.TermsChange{From: day("2026-05-01"), Set: hr.Terms{Department: "Lab"}, Clear: []string{"grade", "pay.bonus", "answers.tax_regime"}})
	may := at("2026-05-01")
	require.Equal(t, "Lab", may.Department)
	require.Empty(t, may.Grade)
	_, held := may.Amount("bonus")
	require.False(t, held)
	_, held = may.Answer("tax_regime")
	require.False(t, held)
	require.Equal(t, march, at("2026-04-30"), "what held before goes on holding before")

	for _, c := range []struct {
		from, regime string
		bonus        int64
	}{{"2026-06-01", "new", 500}, {"2026-07-01", "old", 600}} {
		h.change(t, "E1", lifecycle.TermsChange{From: day(c.from), Set: hr.Terms{Pay: []hr.PayTerm{{Name: "bonus", Amount: rupees(c.bonus)}}, Answers: []hr.Answer{{Name: "tax_regime", Text: c.regime}}}})
	}
	july := at("2026-07-01")
	require.Equal(t, []hr.PayTerm{{Name: "basic", Amount: rupees(40000)}, {Name: "bonus", Amount: rupees(600)}}, july.Pay, "what is set again is there once")
	require.Equal(t, []hr.Answer{{Name: "tax_regime", Text: "old"}}, july.Answers)
}

// A raise from March that is entered when a transfer in July is known, in its three forms.
func TestWhereAChangeEnds(t *testing.T) {
	for name, c := range map[string]struct {
		edit  func(*lifecycle.TermsChange)
		basic []string // on 28 February, 1 March, 31 May, 30 June, 1 July, and far behind
	}{
		"until the next step": {func(*lifecycle.TermsChange) {}, []string{"40000", "45000", "45000", "45000", "40000", "40000"}},
		"through May":         {func(c *lifecycle.TermsChange) { c.Through = day("2026-05-31") }, []string{"40000", "45000", "45000", "40000", "40000", "40000"}},
		"through August":      {func(c *lifecycle.TermsChange) { c.Through = day("2026-08-31") }, []string{"40000", "45000", "45000", "45000", "45000", "40000"}},
		"onward":              {func(c *lifecycle.TermsChange) { c.Onward = true }, []string{"40000", "45000", "45000", "45000", "45000", "45000"}},
	} {
		h := employed(t)
		h.change(t, "E1", lifecycle.TermsChange{From: day("2026-07-01"), Set: hr.Terms{Department: "Lab"}})
		change := raise("2026-03-01", 45000)
		c.edit(&change)
		h.change(t, "E1", change)
		var got []string
		for _, on := range []string{"2026-02-28", "2026-03-01", "2026-05-31", "2026-06-30", "2026-07-01", "2036-01-01"} {
			got = append(got, h.basic(t, "E1", on))
		}
		require.Equal(t, c.basic, got, name)
		for on, want := range map[string]string{"2026-06-30": "Ops", "2026-07-01": "Lab", "2036-01-01": "Lab"} {
			terms, _ := h.terms(t, "E1", 0).At(day(on))
			require.Equal(t, want, terms.Department, "%s: the transfer stays", name)
		}
	}
}

// Steps that the change makes alike are written as one.
func TestAChangeWritesNoMoreThanItMust(t *testing.T) {
	h := employed(t)
	h.change(t, "E1", lifecycle.TermsChange{From: day("2026-07-01"), Set: hr.Terms{Department: "Lab"}})
	history, err := h.TermsHistory(h.ctx, view, "E1")
	require.NoError(t, err)
	entries, err := lifecycle.Change(history, lifecycle.TermsChange{From: day("2026-03-01"), Onward: true, Set: hr.Terms{Department: "Lab"}})
	require.NoError(t, err)
	require.Len(t, entries, 1)
	require.Equal(t, hr.MustPeriod("2026-03-01.."), entries[0].Period)
}

func TestChangeReportsEveryFaultAtOnce(t *testing.T) {
	h := employed(t)
	require.NoError(t, h.Join(h.ctx, h.cmd(), "E1"))
	require.NoError(t, h.Exit(h.ctx, h.cmd(), "E1", day("2026-12-31"), "resigned"))
	before := h.state(t)
	for name, c := range map[string]struct {
		change lifecycle.TermsChange
		want   []string
	}{
		"nothing": {lifecycle.TermsChange{}, []string{"from lifecycle.terms.from", "set lifecycle.terms.empty"}},
		"everything": {
			lifecycle.TermsChange{
				From: day("2025-12-31"), Through: day("2027-01-01"), Onward: true,
				Set: hr.Terms{
					Currency: "Rs", Pay: []hr.PayTerm{{Name: "basic", Amount: rupees(-7654321)}, {Name: "basic"}, {}},
					Answers: []hr.Answer{{}, {Name: "a"}, {Name: "a"}},
				},
				Clear: []string{"entity", "currency", "salary", "pay.basic", "answers."},
			},
			[]string{
				"through lifecycle.terms.through", "set.currency lifecycle.terms.currency",
				"set.pay[0].amount lifecycle.terms.pay_amount", "set.pay[1].name lifecycle.terms.pay_twice", "set.pay[2].name lifecycle.terms.pay_name",
				"set.answers[0].name lifecycle.terms.answer", "set.answers[2].name lifecycle.terms.answer",
				"clear[0] lifecycle.terms.clear", "clear[1] lifecycle.terms.clear", "clear[2] lifecycle.terms.clear", "clear[3] lifecycle.terms.clear", "clear[4] lifecycle.terms.clear",
				"from lifecycle.terms.outside_employment", "through lifecycle.terms.outside_employment",
			},
		},
		"turned around": {
			lifecycle.TermsChange{From: day("2026-03-01"), Through: day("2026-02-28"), Set: hr.Terms{Grade: "G1"}},
			[]string{"through lifecycle.terms.through"},
		},
		"the day after the last": {
			lifecycle.TermsChange{From: day("2027-01-01"), Set: hr.Terms{Grade: "G1"}},
			[]string{"from lifecycle.terms.outside_employment"},
		},
		"clearing what is not there": {
			lifecycle.TermsChange{From: day("2026-03-01"), Set: hr.Terms{Grade: "G1"}, Clear: []string{"manager", "pay.bonsu", "department", "answers.x"}},
			[]string{"clear[0] lifecycle.terms.clear", "clear[1] lifecycle.terms.clear", "clear[3] lifecycle.terms.clear"},
		},
	} {
		_, err := h.ChangeTerms(h.ctx, h.cmd(), "E1", c.change)
		require.Equal(t, c.want, faults(err), "%s: %v", name, err)
		require.NotContains(t, err.Error(), "7654321")
	}
	require.Equal(t, before, h.state(t))
	h.change(t, "E1", lifecycle.TermsChange{From: day("2026-12-31"), Set: hr.Terms{Grade: "G1"}}) // the last day itself
	_, on := h.terms(t, "E1", 0).At(day("2027-01-01"))
	require.False(t, on)
}

// What is to be cleared may hold on a part of the days only.
func TestClearWhatHoldsLater(t *testing.T) {
	h := employed(t)
	h.change(t, "E1", lifecycle.TermsChange{From: day("2026-07-01"), Set: hr.Terms{Grade: "G5"}})
	h.change(t, "E1", lifecycle.TermsChange{From: day("2026-03-01"), Onward: true, Clear: []string{"grade"}})
	terms, _ := h.terms(t, "E1", 0).At(day("2026-07-01"))
	require.Empty(t, terms.Grade)
}

// The example of the package comment: a transfer stays when the raise before it is withdrawn, at the pay before the raise.
func TestWithdraw(t *testing.T) {
	h := employed(t)
	risen := h.change(t, "E1", raise("2026-03-01", 45000))
	h.change(t, "E1", lifecycle.TermsChange{From: day("2026-05-01"), Set: hr.Terms{Department: "Lab"}})
	both := h.head(t, "E1")
	require.Equal(t, "45000", h.basic(t, "E1", "2026-05-01"))

	gone, err := h.WithdrawTerms(h.ctx, h.cmd(), "E1", risen)
	require.NoError(t, err)
	require.Equal(t, "40000", h.basic(t, "E1", "2026-03-01"))
	require.Equal(t, "40000", h.basic(t, "E1", "2026-05-01"))
	may, _ := h.terms(t, "E1", 0).At(day("2026-05-01"))
	require.Equal(t, "Lab", may.Department)
	for on, want := range map[string]string{"2026-02-28": "40000", "2026-03-01": "45000", "2026-05-01": "45000"} {
		terms, _ := h.terms(t, "E1", both).At(day(on))
		basic, _ := terms.Amount("basic")
		require.Equal(t, want, basic.String(), "as known then, on %s", on)
	}
	_, err = h.WithdrawTerms(h.ctx, h.cmd(), "E1", risen)
	require.Equal(t, []string{"entry lifecycle.terms.withdrawn"}, faults(err))

	_, err = h.WithdrawTerms(h.ctx, h.cmd(), "E1", gone)
	require.NoError(t, err, "a withdrawal may be withdrawn")
	require.Equal(t, []string{"40000", "45000", "45000"}, []string{h.basic(t, "E1", "2026-02-28"), h.basic(t, "E1", "2026-03-01"), h.basic(t, "E1", "2026-05-01")})
}

// Pay terms and answers are changed, cleared and given back one by one.
// A house allowance in June, a raise from May and a grade from April, each through what was known for later. Without the allowance June must be
// restated; without the raise too all days from May on are as April is, which one entry says.
func TestAWithdrawalRestatesWhatGoesOnOnce(t *testing.T) {
	h := employed(t)
	allowance := h.change(t, "E1", lifecycle.TermsChange{From: day("2026-06-01"), Through: day("2026-06-30"), Set: hr.Terms{Pay: []hr.PayTerm{{Name: "hra", Amount: rupees(9000)}}}})
	c := raise("2026-05-01", 45000)
	c.Onward = true
	raised := h.change(t, "E1", c)
	h.change(t, "E1", lifecycle.TermsChange{From: day("2026-04-01"), Onward: true, Set: hr.Terms{Grade: "G7"}})
	restated := func(id string) (days []string) {
		gone, err := h.WithdrawTerms(h.ctx, h.cmd(), "E1", id)
		require.NoError(t, err)
		require.NotEmpty(t, gone)
		history, err := h.TermsHistory(h.ctx, view, "E1")
		require.NoError(t, err)
		for _, e := range history.Entries() {
			if e.Seq == history.Head() && e.Withdraws == "" {
				days = append(days, e.Period.String())
			}
		}
		return days
	}
	require.Equal(t, []string{"2026-06-01..2026-06-30"}, restated(allowance))
	require.Equal(t, []string{"2026-05-01.."}, restated(raised))
	for _, on := range []string{"2026-04-01", "2026-05-01", "2026-06-01", "2026-07-01"} {
		terms, _ := h.terms(t, "E1", 0).At(day(on))
		_, has := terms.Amount("hra")
		require.Equal(t, "40000 G7 false", fmt.Sprint(h.basic(t, "E1", on), " ", terms.Grade, " ", has), on)
	}
}

func TestWithdrawAnswers(t *testing.T) {
	h := employed(t)
	answers := func(list ...string) (out []hr.Answer) {
		for i := 0; i < len(list); i += 2 {
			out = append(out, hr.Answer{Name: list[i], Text: list[i+1]})
		}
		return out
	}
	at := func(on string) []hr.Answer {
		terms, _ := h.terms(t, "E1", 0).At(day(on))
		return terms.Answers
	}
	h.change(t, "E1", lifecycle.TermsChange{From: day("2026-02-01"), Set: hr.Terms{Answers: answers("regime", "old", "pf", "yes")}})
	regime := h.change(t, "E1", lifecycle.TermsChange{From: day("2026-03-01"), Set: hr.Terms{Answers: answers("regime", "new")}})
	cleared := h.change(t, "E1", lifecycle.TermsChange{From: day("2026-04-01"), Set: hr.Terms{Answers: answers("club", "no")}, Clear: []string{"answers.pf"}})
	require.Equal(t, answers("regime", "new", "pf", "yes"), at("2026-03-31"))
	require.Equal(t, answers("regime", "new", "club", "no"), at("2026-04-01"))
	_, err := h.WithdrawTerms(h.ctx, h.cmd(), "E1", regime)
	require.NoError(t, err)
	require.Equal(t, answers("regime", "old", "pf", "yes"), at("2026-03-31"))
	require.Equal(t, answers("regime", "old", "club", "no"), at("2026-04-01"), "what was cleared in April stays so")
	_, err = h.WithdrawTerms(h.ctx, h.cmd(), "E1", cleared)
	require.NoError(t, err)
	require.Equal(t, answers("regime", "old", "pf", "yes"), at("2026-04-01"))
}

// A change over several steps is withdrawn as a whole, by any entry of it.
func TestWithdrawByAnyEntry(t *testing.T) {
	for n := range 2 {
		h := employed(t)
		h.change(t, "E1", lifecycle.TermsChange{From: day("2026-07-01"), Set: hr.Terms{Department: "Lab"}})
		c := raise("2026-03-01", 45000)
		c.Onward = true
		h.change(t, "E1", c)
		history, err := h.TermsHistory(h.ctx, view, "E1")
		require.NoError(t, err)
		entries := history.Entries()
		require.Len(t, entries, 4, "the hire, the transfer, and the raise before and after it")
		_, err = h.WithdrawTerms(h.ctx, h.cmd(), "E1", entries[2+n].ID)
		require.NoError(t, err)
		require.Equal(t, []string{"40000", "40000"}, []string{h.basic(t, "E1", "2026-03-01"), h.basic(t, "E1", "2026-07-01")})
	}
}

// An entry that a withdrawal wrote to restate a later change stands for that change.
func TestWithdrawByAnEntryThatRestates(t *testing.T) {
	h := employed(t)
	risen := h.change(t, "E1", raise("2026-03-01", 45000))
	transfer := h.change(t, "E1", lifecycle.TermsChange{From: day("2026-05-01"), Set: hr.Terms{Department: "Lab"}})
	_, err := h.WithdrawTerms(h.ctx, h.cmd(), "E1", risen)
	require.NoError(t, err)
	history, err := h.TermsHistory(h.ctx, view, "E1")
	require.NoError(t, err)
	last := history.Entries()[len(history.Entries())-1]
	require.Equal(t, hr.Ref{Kind: "terms.restated", ID: transfer}, last.Cause)
	require.Equal(t, hr.MustPeriod("2026-05-01.."), last.Period)
	_, err = h.WithdrawTerms(h.ctx, h.cmd(), "E1", last.ID)
	require.NoError(t, err)
	may, _ := h.terms(t, "E1", 0).At(day("2026-05-01"))
	require.Equal(t, joiner("", "2026-01-01").Terms, may)
	_, err = h.WithdrawTerms(h.ctx, h.cmd(), "E1", transfer)
	require.Equal(t, []string{"entry lifecycle.terms.withdrawn"}, faults(err))
}

func TestWithdrawRefuses(t *testing.T) {
	h := employed(t)
	require.NoError(t, h.Join(h.ctx, h.cmd(), "E1"))
	require.NoError(t, h.Exit(h.ctx, h.cmd(), "E1", day("2026-12-31"), "resigned"))
	history, err := h.TermsHistory(h.ctx, view, "E1")
	require.NoError(t, err)
	entries := history.Entries()
	before := h.state(t)
	for entry, want := range map[string]string{
		entries[0].ID: "entry lifecycle.terms.first_entry",
		entries[1].ID: "entry lifecycle.terms.end_entry",
		"nothing":     "entry lifecycle.terms.unknown_entry",
	} {
		_, err := h.WithdrawTerms(h.ctx, h.cmd(), "E1", entry)
		require.Equal(t, []string{want}, faults(err), err)
	}
	require.Equal(t, before, h.state(t))
}

func TestManagers(t *testing.T) {
	h := newHouse(hr.AllowAll)
	for _, id := range []hr.EmployeeID{"top", "mid", "low"} {
		h.hire(t, joiner(id, "2026-01-01"))
	}
	under := func(emp, manager hr.EmployeeID, from string) (string, error) {
		return h.ChangeTerms(h.ctx, h.cmd(), emp, lifecycle.TermsChange{From: day(from), Set: hr.Terms{Manager: manager}})
	}
	_, err := under("low", "mid", "2026-01-01")
	require.NoError(t, err)
	first, err := under("mid", "top", "2026-01-01")
	require.NoError(t, err)
	before := h.state(t)
	for emp, c := range map[hr.EmployeeID]struct {
		manager hr.EmployeeID
		want    string
	}{
		"top": {"low", "set.manager lifecycle.manager.cycle"},
		"low": {"low", "set.manager lifecycle.manager.cycle"},
		"mid": {"nobody", "set.manager lifecycle.manager.unknown"},
	} {
		_, err := under(emp, c.manager, "2026-04-01")
		require.Equal(t, []string{c.want}, faults(err), err)
	}
	require.Equal(t, before, h.state(t))

	// From July on mid has nobody above, so that top may stand under low then, and not a day earlier.
	clear := h.change(t, "mid", lifecycle.TermsChange{From: day("2026-07-01"), Clear: []string{"manager"}})
	_, err = under("top", "low", "2026-06-30")
	require.ErrorContains(t, err, "on 2026-06-30 they would stand above themselves")
	_, err = under("top", "low", "2026-07-01")
	require.NoError(t, err)
	// And what would open the circle again by a withdrawal is refused too.
	_, err = h.WithdrawTerms(h.ctx, h.cmd(), "mid", clear)
	require.Equal(t, []string{"entry lifecycle.manager.cycle"}, faults(err), err)
	_, err = h.WithdrawTerms(h.ctx, h.cmd(), "mid", first)
	require.NoError(t, err)
}

// Two who are put under each other at once: one of the two is refused.
func TestNoCircleByTwoAtOnce(t *testing.T) {
	h := newHouse(hr.AllowAll)
	h.hire(t, joiner("E1", "2026-01-01"))
	h.hire(t, joiner("E2", "2026-01-01"))
	var wg sync.WaitGroup
	var errs [2]error
	for i, pair := range [][2]hr.EmployeeID{{"E1", "E2"}, {"E2", "E1"}} {
		cmd := h.cmd()
		wg.Go(func() {
			_, errs[i] = h.ChangeTerms(h.ctx, cmd, pair[0], lifecycle.TermsChange{From: day("2026-02-01"), Set: hr.Terms{Manager: pair[1]}})
		})
	}
	wg.Wait()
	lost := errs[0]
	if lost == nil {
		lost = errs[1]
	} else {
		require.NoError(t, errs[1])
	}
	require.Equal(t, []string{"set.manager lifecycle.manager.cycle"}, faults(lost))
}

// between is a store in which somebody else commits a change between the first look and the guard rows.
type between struct {
	storage.Knowledge
	commit func(ctx context.Context)
}

func (b between) Take(ctx context.Context, clock func() time.Time, ids ...hr.EmployeeID) ([]storage.Taken, error) {
	b.commit(ctx)
	return b.Knowledge.Take(ctx, clock, ids...)
}

// A change of manager holds the rows of everyone above, and a raise holds none but its own. If somebody comes to stand above in
// between, whose row is not held, the change must be decided again.
func TestWhoseRowsAChangeHolds(t *testing.T) {
	h := newHouse(hr.AllowAll)
	line(t, h, "mid", "top")
	h.hire(t, joiner("low", "2026-01-01"))
	h.hire(t, joiner("far", "2026-01-01"))
	heads := func() (out [4]hr.Seq) {
		for i, id := range []hr.EmployeeID{"low", "mid", "top", "far"} {
			out[i] = h.head(t, id)
		}
		return out
	}
	require.Equal(t, [4]hr.Seq{1, 1, 1, 1}, heads())
	under := lifecycle.TermsChange{From: day("2026-02-01"), Set: hr.Terms{Manager: "mid"}}
	h.change(t, "low", under)
	require.Equal(t, [4]hr.Seq{2, 2, 2, 1}, heads())
	h.change(t, "low", raise("2026-03-01", 45000))
	require.Equal(t, [4]hr.Seq{3, 2, 2, 1}, heads())

	before, sound, cmd := h.state(t), h.Kit.Know, h.cmd()
	h.Kit.Know = between{sound, func(ctx context.Context) {
		require.NoError(t, h.db.AppendTerms(ctx, "top", hr.Entry[hr.Terms]{ID: "other", Seq: 3, Recorded: noon, Period: hr.MustPeriod("2026-01-01.."), Value: hr.Terms{Manager: "far"}}))
	}}
	_, err := h.ChangeTerms(h.ctx, cmd, "low", lifecycle.TermsChange{From: day("2026-04-01"), Set: hr.Terms{Manager: "top"}})
	require.ErrorIs(t, err, storage.ErrConflict)
	require.Equal(t, before, h.state(t))
	h.Kit.Know = sound
	_, err = h.ChangeTerms(h.ctx, cmd, "low", lifecycle.TermsChange{From: day("2026-04-01"), Set: hr.Terms{Manager: "top"}})
	require.NoError(t, err, "sent again")
}

func TestAChangeSentTwiceIsOne(t *testing.T) {
	h := employed(t)
	cmd := h.cmd()
	id, err := h.ChangeTerms(h.ctx, cmd, "E1", raise("2026-03-01", 45000))
	require.NoError(t, err)
	before := h.state(t)
	history, err := h.TermsHistory(h.ctx, view, "E1")
	require.NoError(t, err)
	require.Equal(t, id, history.Entries()[1].ID)
	require.Equal(t, hr.Ref{Kind: "command", ID: string(cmd.ID)}, history.Entries()[1].Cause)
	again, err := h.ChangeTerms(h.ctx, cmd, "E1", raise("2026-03-01", 45000))
	require.NoError(t, err)
	require.Equal(t, id, again)
	_, err = h.ChangeTerms(h.ctx, cmd, "E1", raise("2026-03-01", 46000))
	require.ErrorIs(t, err, storage.ErrReused)
	require.NotContains(t, err.Error(), "46000")
	require.Equal(t, before, h.state(t))
}

// head returns the newest number of an employee.
func (h *house) head(t require.TestingT, emp hr.EmployeeID) hr.Seq {
	pins, err := h.db.Heads(h.ctx, emp)
	require.NoError(t, err)
	return pins[0].Known.Own
}
