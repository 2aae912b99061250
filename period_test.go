package hr_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/musterhr/hr"
)

// periods draws a period of up to two years within the days of recent; every fifth is open.
func periods() *rapid.Generator[hr.Period] {
	return rapid.Custom(func(t *rapid.T) hr.Period {
		p := hr.Period{From: recent().Draw(t, "from")}
		if rapid.IntRange(0, 4).Draw(t, "open") > 0 {
			p.Through = p.From.Add(rapid.IntRange(0, 400).Draw(t, "days"))
		}
		return p
	})
}

func period(s string) hr.Period { return hr.MustPeriod(s) }

func TestPeriodEnds(t *testing.T) {
	october := period("2026-10-01..2026-10-31")
	require.Equal(t, october, hr.MonthOf(hr.MustDate("2026-10-17")))
	month, err := hr.Month(2026, 10)
	require.NoError(t, err)
	require.Equal(t, october, month)
	_, err = hr.Month(2026, 13)
	require.Error(t, err)
	require.Equal(t, 31, october.Len())
	require.True(t, october.Contains(october.From) && october.Contains(october.Through), "both ends are included")
	require.False(t, october.Contains(hr.MustDate("2026-09-30")) || october.Contains(hr.MustDate("2026-11-01")))
	require.Equal(t, 1, period("2026-10-31..2026-10-31").Len())
	open := period("2026-10-31..")
	require.True(t, open.Open() && open.Contains(hr.MustDate("9999-12-31")))
	require.Equal(t, hr.MustDate("9999-12-31").Since(open.From)+1, open.Len())
	var none hr.Period
	require.True(t, none.IsZero())
	require.False(t, none.Open() || none.Contains(hr.MustDate("2026-10-31")) || none.Contains(hr.Date{}))
	require.Zero(t, none.Len())
	require.Empty(t, slices.Collect(none.Days()))
	require.Empty(t, none.Cut(hr.MustDate("2026-10-31")))
	require.False(t, none.Overlaps(open) || open.Overlaps(none) || open.Covers(none) || none.Covers(open))
}

func TestPeriodValidate(t *testing.T) {
	_, err := hr.NewPeriod(hr.Date{}, hr.MustDate("2026-10-31"))
	require.ErrorIs(t, err, hr.ErrRequired)
	require.Equal(t, "from", hr.FieldErrors(err)[0].Path)
	_, err = hr.NewPeriod(hr.MustDate("2026-10-31"), hr.MustDate("2026-10-30"))
	require.Equal(t, hr.RulePeriodOrder, hr.FieldErrors(err)[0].Rule)
	require.Equal(t, "through", hr.FieldErrors(err)[0].Path)
	_, err = hr.NewPeriod(hr.MustDate("2026-10-31"), hr.MustDate("2026-10-31"))
	require.NoError(t, err)
	_, err = hr.ParsePeriod("2026-02-30..2026-13-01")
	require.Len(t, hr.FieldErrors(err), 2, "both faults at once: %v", err)
	for _, text := range []string{"2026-10-31", "..", "..2026-10-31", "2026-10-31..2026-10-30"} {
		_, err = hr.ParsePeriod(text)
		require.Error(t, err, text)
	}
	require.Panics(t, func() { hr.MustPeriod("x") })
}

// A set of days is the second method for everything a period does with another.
func TestPeriodsAreSetsOfDays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, o := periods().Draw(t, "p"), periods().Draw(t, "o")
		d := recent().Draw(t, "d")
		both, ok := p.Intersect(o)
		back, okBack := o.Intersect(p)
		require.Equal(t, ok, okBack)
		require.Equal(t, both, back, "intersect does not depend on the order")
		require.Equal(t, p.Contains(d) && o.Contains(d), ok && both.Contains(d))
		require.Equal(t, ok, p.Overlaps(o))
		require.True(t, !ok || p.Covers(both) && o.Covers(both))
		covers := true
		for _, edge := range []hr.Date{o.From, last(o)} {
			covers = covers && p.Contains(edge)
		}
		require.Equal(t, covers, p.Covers(o))
		self, _ := p.Intersect(p)
		require.Equal(t, p, self)
	})
}

func last(p hr.Period) hr.Date {
	if p.Open() {
		return hr.MustDate("9999-12-31")
	}
	return p.Through
}

func TestCutPiecesAreTheWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := periods().Draw(t, "p")
		cuts := rapid.SliceOf(rapid.OneOf(recent(), rapid.Just(hr.Date{}))).Draw(t, "cuts")
		given := slices.Clone(cuts)
		pieces := p.Cut(cuts...)
		require.Equal(t, given, cuts, "the caller's list is left alone")
		require.Equal(t, p.From, pieces[0].From)
		require.Equal(t, p.Through, pieces[len(pieces)-1].Through)
		for i, piece := range pieces {
			require.NoError(t, piece.Validate())
			if i > 0 {
				require.Equal(t, pieces[i-1].Through.Add(1), piece.From, "no day between two pieces and none in both")
				require.Contains(t, cuts, piece.From)
			}
			for _, c := range cuts {
				require.False(t, piece.Contains(c) && c != piece.From, "%s lies inside the piece %s", c, piece)
			}
		}
	})
}

func TestDaysOfAPeriod(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := periods().Draw(t, "p")
		want := p.From
		n := 0
		for d := range p.Days() {
			require.Equal(t, want, d)
			want = want.Add(1)
			if n++; n == 1000 {
				break // an open period ends with the calendar
			}
		}
		require.Equal(t, min(p.Len(), 1000), n)
	})
	require.Equal(t, []hr.Date{hr.MustDate("9999-12-30"), hr.MustDate("9999-12-31")}, slices.Collect(period("9999-12-30..").Days()))
}

func TestPeriodText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := rapid.OneOf(periods(), rapid.Just(hr.Period{})).Draw(t, "p")
		b, err := json.Marshal(p)
		require.NoError(t, err)
		var back hr.Period
		require.NoError(t, json.Unmarshal(b, &back))
		require.Equal(t, p, back)
	})
	p := period("2026-10-01..")
	require.Error(t, p.UnmarshalText([]byte("2026-10-05..2026-10-01")))
	require.Equal(t, "2026-10-01..", p.String(), "what cannot be read changes nothing")
}

func ExamplePeriod_Cut() {
	october := hr.MustPeriod("2026-10-01..2026-10-31")
	raise := hr.MustDate("2026-10-16")
	for _, piece := range october.Cut(raise) {
		fmt.Println(piece, piece.Len(), "days")
	}
	// Output:
	// 2026-10-01..2026-10-15 15 days
	// 2026-10-16..2026-10-31 16 days
}
