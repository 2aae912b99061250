package fixed_test

import (
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll/bankfile/internal/fixed"
)

var rules = fixed.Rules{Layout: "t.layout", Field: "t.field", Amount: "t.amount", Total: "t.total"}

func upper(c byte) bool { return c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' }

// both writes a value by a description and reads it back by the same.
func both(t require.TestingT, describe func(*fixed.Record)) string {
	var faults hr.Faults
	w := fixed.Writing(&faults, "w", rules, upper)
	describe(w)
	r := fixed.Reading(&faults, "r", rules, upper, w.Line())
	describe(r)
	require.NoError(t, faults.Err())
	return w.Line()
}

// Every day of the century is written and read as itself: 2024 and 2000 are leap years, 31 December is day 366 of them.
func TestDays(t *testing.T) {
	for d := hr.MustDate("2000-01-01"); d.Year() < 2100; d = d.Add(1) {
		for _, layout := range []fixed.Layout{fixed.YYMMDD, fixed.YYDDD} {
			got := d
			both(t, func(r *fixed.Record) { r.Day("day", &got, layout) })
			require.Equal(t, d, got)
		}
	}
	for day, want := range map[string]string{"2026-11-24": "26328", "2024-12-31": "24366", "2026-01-01": "26001"} {
		d := hr.MustDate(day)
		require.Equal(t, want, both(t, func(r *fixed.Record) { r.Day("day", &d, fixed.YYDDD) }))
	}
	for _, bad := range []string{"26000", "26366", "2636 ", "2A001"} {
		var faults hr.Faults
		var d hr.Date
		fixed.Reading(&faults, "r", rules, upper, bad).Day("day", &d, fixed.YYDDD)
		require.True(t, faults.Any(), bad)
	}
	for _, outside := range []hr.Date{{}, hr.MustDate("1999-12-31"), hr.MustDate("2100-01-01")} {
		var faults hr.Faults
		fixed.Writing(&faults, "w", rules, upper).Day("day", &outside, fixed.YYMMDD)
		require.Len(t, hr.FieldErrors(faults.Err()), 1)
	}
}

func TestFieldsAreReadAsTheyAreWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`([A-Z0-9]([A-Z0-9 ]{0,7}[A-Z0-9])?)?`).Draw(t, "text")
		number := rapid.IntRange(0, 99999).Draw(t, "number")
		cents := decimal.New(rapid.Int64Range(0, 9_999_999).Draw(t, "cents"), -2)
		gotText, gotNumber, gotCents := text, number, cents
		line := both(t, func(r *fixed.Record) {
			r.Literal("l", "7")
			r.Text("text", &gotText, 9, false)
			r.Number("number", &gotNumber, 5)
			r.Blank("blank", 2)
			r.Cents("cents", &gotCents, 7)
			r.Count("count", "042")
			r.Total("total", cents, 7)
		})
		require.Len(t, line, 1+9+5+2+7+3+7)
		require.Equal(t, text, gotText)
		require.Equal(t, number, gotNumber)
		require.True(t, cents.Equal(gotCents))
	})
}

// A fault of a total says neither figure; one of a count says both.
func TestTotalsAndCounts(t *testing.T) {
	var faults hr.Faults
	r := fixed.Reading(&faults, "line 4", rules, upper, "0001234042")
	r.Total("total", decimal.RequireFromString("12.35"), 7)
	r.Count("count", "041")
	require.EqualError(t, faults.Err(), "line 4.total: is not the sum of the payments before it [t.total]\nline 4.count: is 042, and the lines before it come to 041 [t.total]")
}

func TestToldIsNoAccount(t *testing.T) {
	require.Equal(t, "0000042", fixed.Told("0000042"))
	for _, claim := range []string{"12345678", "0001234567", "4A", "", "-3"} {
		require.Equal(t, "something else", fixed.Told(claim))
	}
}

func TestFit(t *testing.T) {
	require.Equal(t, "ALMA SPECI", fixed.Fit("  Alma Specimen ", 10))
	require.Equal(t, "ALMA", fixed.Fit("Alma Specimen", 5), "no blank at the end")
}

func TestLines(t *testing.T) {
	for text, fault := range map[string]string{
		"ab\ncd":     "",
		"ab\r\ncd":   "",
		"ab\r\ncd\n": "line 2: holds a character",
		"ab\ncde\n":  "line 2: has 3 characters and must have 2",
		"ab\n\ncd":   "line 2: has 0 characters",
		"a\tb":       "line 1: holds a character",
		"":           "file: is empty",
	} {
		var faults hr.Faults
		lines, lf, err := fixed.Lines(&faults, strings.NewReader(text), "t.layout", 2)
		require.NoError(t, err)
		if fault == "" {
			require.Equal(t, []string{"ab", "cd"}, lines)
			require.Equal(t, !strings.Contains(text, "\r"), lf)
			continue
		}
		require.ErrorContains(t, faults.Err(), fault, text)
		require.Empty(t, lines)
	}
}
