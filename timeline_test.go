package hr_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/musterhr/hr"
)

func TestTimelineRefusesWhatHasNoAnswer(t *testing.T) {
	d := hr.MustDate("2026-10-01")
	_, err := hr.NewTimeline(hr.Step[int]{Since: d, Value: 1}, hr.Step[int]{Value: 2}, hr.Step[int]{Since: d, Value: 3})
	require.Len(t, hr.FieldErrors(err), 2)
	for _, f := range hr.FieldErrors(err) {
		require.Equal(t, hr.RuleTimelineOrder, f.Rule)
	}
	require.Contains(t, err.Error(), "two steps on 2026-10-01")
	var none hr.Timeline[int]
	_, ok := none.At(d)
	require.False(t, ok)
	require.True(t, none.IsZero())
	require.Empty(t, none.Steps())
}

func TestBeforeTheFirstStepThereIsNoValue(t *testing.T) {
	tl, err := hr.NewTimeline(
		hr.Step[int]{Since: hr.MustDate("2027-01-01"), Void: true, Value: 99},
		hr.Step[int]{Since: hr.MustDate("2026-01-01"), Value: 1, Source: hr.Source{Title: "letter"}},
		hr.Step[int]{Since: hr.MustDate("2026-07-01"), Value: 2})
	require.NoError(t, err)
	for day, want := range map[string]int{"2025-12-31": 0, "2026-01-01": 1, "2026-06-30": 1, "2026-07-01": 2, "2026-12-31": 2, "2027-01-01": 0, "2030-01-01": 0} {
		got, ok := tl.At(hr.MustDate(day))
		require.Equal(t, want, got, day)
		require.Equal(t, want != 0, ok, day)
	}
	_, ok := tl.At(hr.Date{})
	require.False(t, ok)
	step, ok := tl.StepAt(hr.MustDate("2026-03-01"))
	require.True(t, ok)
	require.Equal(t, "letter", step.Source.Title)
	require.Equal(t, hr.MustDate("2026-01-01"), step.Since)
	require.Equal(t, []hr.Date{hr.MustDate("2026-07-01"), hr.MustDate("2027-01-01")}, tl.Changes(period("2026-01-01..2027-01-01")))
	require.Empty(t, tl.Changes(period("2026-07-01..2026-12-31")), "the first day of a period is no change inside it")
	steps := tl.Steps()
	steps[0].Value = 7
	got, _ := tl.At(hr.MustDate("2026-01-01"))
	require.Equal(t, 1, got, "the timeline is immutable")
}

func TestSinceHoldsForEver(t *testing.T) {
	tl := hr.Since(hr.MustDate("2026-10-01"), "day shift")
	_, ok := tl.At(hr.MustDate("2026-09-30"))
	require.False(t, ok)
	for _, d := range []string{"2026-10-01", "9999-12-31"} {
		v, ok := tl.At(hr.MustDate(d))
		require.True(t, ok)
		require.Equal(t, "day shift", v)
	}
}

// Looking at every day is the second method.
func TestPiecesOfATimelineSayWhatEachDaySays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		at := rapid.SliceOfNDistinct(recent(), 0, 8, func(d hr.Date) hr.Date { return d }).Draw(t, "at")
		var steps []hr.Step[int]
		for i, d := range at {
			steps = append(steps, hr.Step[int]{Since: d, Value: i + 1, Void: rapid.Bool().Draw(t, "void")})
		}
		tl, err := hr.NewTimeline(steps...)
		require.NoError(t, err)
		p := hr.Period{From: recent().Draw(t, "from")}
		p.Through = p.From.Add(rapid.IntRange(0, 400).Draw(t, "days"))
		held := map[hr.Date]int{}
		before := hr.Date{}
		for piece, v := range tl.Over(p) {
			require.True(t, p.Covers(piece))
			require.True(t, piece.From.After(before), "pieces come in order and do not meet")
			before = piece.Through
			for d := range piece.Days() {
				held[d] = v
			}
		}
		for d := range p.Days() {
			newest := hr.Step[int]{}
			for _, s := range steps {
				if !s.Since.After(d) && !s.Since.Before(newest.Since) {
					newest = s
				}
			}
			want := newest.Value
			if newest.Void {
				want = 0
			}
			got, ok := tl.At(d)
			require.Equal(t, want, got)
			require.Equal(t, want != 0, ok)
			require.Equal(t, want, held[d])
		}
		for range tl.Over(p) {
			break // a walk may stop
		}
	})
}

func ExampleTimeline_Over() {
	salary, _ := hr.NewTimeline(
		hr.Step[int]{Since: hr.MustDate("2025-04-01"), Value: 40000},
		hr.Step[int]{Since: hr.MustDate("2026-10-16"), Value: 45000},
	)
	for piece, amount := range salary.Over(hr.MustPeriod("2026-10-01..2026-10-31")) {
		fmt.Println(piece, amount)
	}
	_, ok := salary.At(hr.MustDate("2025-03-31"))
	fmt.Println("before the first step:", ok)
	// Output:
	// 2026-10-01..2026-10-15 40000
	// 2026-10-16..2026-10-31 45000
	// before the first step: false
}
