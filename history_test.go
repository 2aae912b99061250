package hr_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/musterhr/hr"
)

func entry(id string, seq hr.Seq, p string, value int) hr.Entry[int] {
	return hr.Entry[int]{ID: id, Seq: seq, Period: period(p), Value: value}
}

func withdraw(id string, seq hr.Seq, names string) hr.Entry[int] {
	return hr.Entry[int]{ID: id, Seq: seq, Withdraws: names}
}

func TestHistoryReportsEveryFaultAtOnce(t *testing.T) {
	_, err := hr.NewHistory("terms",
		hr.Entry[int]{Seq: 1, Period: period("2026-01-01..")},
		entry("a", 2, "2026-01-01..", 1),
		entry("a", 3, "2026-01-01..", 1),
		entry("b", 3, "2026-01-01..", 1),
		hr.Entry[int]{ID: "c", Seq: 4},
		withdraw("d", 5, "nobody"),
		withdraw("e", 6, "f"), // written later
		entry("f", 7, "2026-01-01..", 1),
		entry("g", 0, "2026-01-01..", 1))
	rules := map[hr.Rule]int{}
	for _, f := range hr.FieldErrors(err) {
		rules[f.Rule]++
	}
	require.Equal(t, map[hr.Rule]int{hr.RuleHistoryID: 2, hr.RuleHistoryOrder: 2, hr.RuleHistoryPeriod: 1, hr.RuleHistoryWithdraws: 2}, rules, err)
}

func TestHistoryMendsByAddingEntries(t *testing.T) {
	h, err := hr.NewHistory("terms",
		entry("hired", 1, "2026-01-01..", 100),
		entry("raise", 2, "2026-07-01..", 120),
		withdraw("no raise", 3, "raise"),
		withdraw("raise after all", 4, "no raise"),
		hr.Entry[int]{ID: "unpaid", Seq: 5, Period: period("2026-08-01..2026-08-31"), Void: true, Value: 7},
		entry("bonus day", 6, "2026-08-15..2026-08-15", 130))
	require.NoError(t, err)
	at := func(k hr.Seq, day string) int {
		v, _ := h.AsKnown(k).At(hr.MustDate(day))
		return v
	}
	require.Equal(t, []int{100, 120, 100, 120, 120, 120, 120}, []int{
		at(1, "2026-09-01"), at(2, "2026-09-01"), at(3, "2026-09-01"), at(4, "2026-09-01"), at(5, "2026-09-01"), at(6, "2026-09-01"), at(0, "2026-09-01"),
	})
	require.Equal(t, []int{120, 0, 0}, []int{at(4, "2026-08-15"), at(5, "2026-08-15"), at(5, "2026-08-31")}, "void: nothing holds")
	require.Equal(t, []int{130, 0, 120}, []int{at(6, "2026-08-15"), at(6, "2026-08-16"), at(6, "2026-09-01")})
	step, ok := h.AsKnown(0).StepAt(hr.MustDate("2026-08-15"))
	require.True(t, ok)
	require.Equal(t, hr.Ref{Kind: "terms", ID: "bonus day", Seq: 6}, step.Ref)
	require.Equal(t, hr.Seq(6), h.Head())
	require.Zero(t, hr.History[int]{}.Head())
	require.Len(t, h.Entries(), 6)
	ids := func(k hr.Seq) (ids []string) {
		for _, e := range h.Live(k) {
			ids = append(ids, e.ID)
		}
		return ids
	}
	require.Equal(t, []string{"hired", "raise"}, ids(2))
	require.Equal(t, []string{"hired"}, ids(3))
	require.Equal(t, []string{"hired", "raise", "unpaid", "bonus day"}, ids(0), "withdrawals themselves are not among them")
	for _, s := range h.AsKnown(5).Steps() {
		require.True(t, !s.Void || s.Value == 0, "a step that is void has no value")
	}
	forever, err := hr.NewHistory("terms", entry("to the end", 1, "2026-01-01..9999-12-31", 1))
	require.NoError(t, err)
	require.Len(t, forever.AsKnown(0).Steps(), 1, "no step begins after the end of the calendar")
	anew, err := hr.NewHistory("terms",
		entry("hired", 1, "2026-01-01..", 100), entry("raise", 2, "2026-07-01..", 120), entry("anew", 3, "2026-01-01..", 110))
	require.NoError(t, err)
	require.Equal(t, []hr.Step[int]{{Since: hr.MustDate("2026-01-01"), Value: 110, Ref: hr.Ref{Kind: "terms", ID: "anew", Seq: 3}}}, anew.AsKnown(0).Steps(),
		"what goes on over the day of a raise that no longer counts is one step")
	h.Entries()[0].Value = 1
	require.Equal(t, 100, at(1, "2026-01-01"), "the history is immutable")
}

// entries draws a history with everything a history may have: values, voids, withdrawals, withdrawals of withdrawals.
func entries(t *rapid.T) []hr.Entry[int] {
	var out []hr.Entry[int]
	seq, line := hr.Seq(1), 0
	for i := range rapid.IntRange(0, 12).Draw(t, "entries") {
		if rapid.Bool().Draw(t, "next number") {
			seq, line = seq+hr.Seq(rapid.IntRange(1, 3).Draw(t, "step")), 0
		} else {
			line++
		}
		e := hr.Entry[int]{ID: fmt.Sprint("e", i), Seq: seq, Line: line, Value: i + 1}
		switch kind := rapid.IntRange(0, 5).Draw(t, "kind"); {
		case kind == 0 && i > 0:
			e.Withdraws = out[rapid.IntRange(0, i-1).Draw(t, "which")].ID
		case kind == 1:
			e.Void = true
			fallthrough
		default:
			e.Period = hr.Period{From: hr.MustDate("2026-01-01").Add(rapid.IntRange(0, 60).Draw(t, "from"))}
			if rapid.Bool().Draw(t, "ends") {
				e.Period.Through = e.Period.From.Add(rapid.IntRange(0, 30).Draw(t, "length"))
			}
		}
		out = append(out, e)
	}
	return out
}

// paint is the dumb second method: forget everything learnt after k, ask of each entry whether anything that counts withdraws
// it, and paint what is left day by day, oldest knowledge first. A zero is an empty day.
func paint(all []hr.Entry[int], k hr.Seq, days hr.Period) map[hr.Date]int {
	var known []hr.Entry[int]
	for _, e := range all {
		if k == 0 || e.Seq <= k {
			known = append(known, e)
		}
	}
	var counts func(id string) bool
	counts = func(id string) bool {
		for _, e := range known {
			if e.Withdraws == id && counts(e.ID) {
				return false
			}
		}
		return true
	}
	painted := map[hr.Date]int{}
	for _, e := range known {
		if e.Withdraws != "" || !counts(e.ID) {
			continue
		}
		for d := range days.Days() {
			if e.Period.Contains(d) {
				painted[d] = e.Value
				if e.Void {
					painted[d] = 0
				}
			}
		}
	}
	return painted
}

// What stands is what is live and not void, in whatever order the entries come; the list that was given stays as it is.
func TestStandingAgreesWithLive(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var entries []hr.Entry[int]
		for i := range rapid.IntRange(0, 12).Draw(t, "entries") {
			e := entry(fmt.Sprint("e", i), hr.Seq(i+1), "2026-01-01..", i)
			switch rapid.IntRange(0, 3).Draw(t, "kind") {
			case 0:
				e.Void = true
			case 1:
				if i > 0 {
					e = withdraw(e.ID, e.Seq, fmt.Sprint("e", rapid.IntRange(0, i-1).Draw(t, "withdraws")))
				}
			}
			entries = append(entries, e)
		}
		known := hr.Seq(rapid.IntRange(0, len(entries)).Draw(t, "known"))
		h, err := hr.NewHistory("count", entries...)
		require.NoError(t, err)
		want := []int{}
		for _, e := range h.Live(known) {
			if !e.Void {
				want = append(want, e.Value)
			}
		}
		shuffled := rapid.Permutation(entries).Draw(t, "order")
		given := fmt.Sprint(shuffled)
		for _, list := range [][]hr.Entry[int]{entries, shuffled} {
			h, err := hr.NewHistory("count", list...)
			require.NoError(t, err)
			require.Equal(t, want, append([]int{}, h.Standing(known)...))
		}
		require.Equal(t, given, fmt.Sprint(shuffled), "the list that was given stays as it is")
	})
}

func TestAsKnownAgreesWithPaintingDayByDay(t *testing.T) {
	span := period("2025-12-25..2026-05-15")
	rapid.Check(t, func(t *rapid.T) {
		all := entries(t)
		h, err := hr.NewHistory("x", rapid.Permutation(all).Draw(t, "order")...)
		require.NoError(t, err)
		for k := hr.Seq(0); k <= h.Head()+1; k++ {
			timeline := h.AsKnown(k)
			painted := paint(all, k, span)
			for d := range span.Days() {
				got, ok := timeline.At(d)
				require.Equal(t, painted[d], got, "as known at %d on %s", k, d)
				require.Equal(t, painted[d] != 0, ok)
			}
			days := 0
			for piece := range timeline.Over(span) {
				days += piece.Len()
			}
			set := 0
			for _, v := range painted {
				if v != 0 {
					set++
				}
			}
			require.Equal(t, set, days)
		}
	})
}

// What was answered once is answered again, whatever is learnt later.
func TestLaterKnowledgeChangesNoEarlierAnswer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := entries(t)
		h, err := hr.NewHistory("x", all...)
		require.NoError(t, err)
		k := hr.Seq(rapid.IntRange(1, int(h.Head())+1).Draw(t, "k"))
		var then []hr.Entry[int]
		for _, e := range all {
			if e.Seq <= k {
				then = append(then, e)
			}
		}
		before, err := hr.NewHistory("x", then...)
		require.NoError(t, err)
		require.Equal(t, before.AsKnown(0).Steps(), h.AsKnown(k).Steps())
		require.Equal(t, before.Live(0), h.Live(k))
	})
}

func ExampleHistory_AsKnown() {
	terms, _ := hr.NewHistory(
		"terms",
		hr.Entry[string]{ID: "t1", Seq: 1, Period: hr.MustPeriod("2026-01-01.."), Value: "40000"},
		hr.Entry[string]{ID: "t2", Seq: 7, Period: hr.MustPeriod("2026-08-01.."), Value: "45000"}, // learnt in October: a late raise
	)
	september := hr.MustDate("2026-09-30")
	then, _ := terms.AsKnown(6).At(september)
	now, _ := terms.AsKnown(0).At(september)
	fmt.Println("as known when September was paid:", then)
	fmt.Println("as known today:", now)
	// Output:
	// as known when September was paid: 40000
	// as known today: 45000
}
