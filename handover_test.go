package hr_test

import (
	"fmt"
	"log/slog"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/musterhr/hr"
)

// timesheets draws a timesheet that is right.
func timesheets() *rapid.Generator[hr.Timesheet] {
	return rapid.Custom(func(t *rapid.T) hr.Timesheet {
		sheet := hr.Timesheet{Employee: "E1", Period: period("2026-10-01..2026-10-31")}
		for d := range sheet.Period.Days() {
			if rapid.IntRange(0, 9).Draw(t, "employed") == 0 {
				continue
			}
			halves := rapid.Int64Range(0, 2).Draw(t, "halves")
			day := hr.TimesheetDay{Date: d, Status: "present", Payable: decimal.New(halves*5, -1), Unpaid: decimal.New((2-halves)*5, -1)}
			day.Bands = []hr.Band{{Name: "regular", Minutes: rapid.IntRange(0, 600).Draw(t, "minutes")}, {Name: "overtime", Minutes: rapid.IntRange(0, 90).Draw(t, "overtime")}}
			day.Refs = []hr.Ref{{Kind: "punch", ID: d.String()}}
			sheet.Days = append(sheet.Days, day)
			sheet.Payable, sheet.Unpaid = sheet.Payable.Add(day.Payable), sheet.Unpaid.Add(day.Unpaid)
		}
		return sheet
	})
}

func TestTimesheetPartsAreTheWhole(t *testing.T) {
	minute := hr.Rounding{Step: decimal.New(1, -9), Mode: hr.Down}
	rapid.Check(t, func(t *rapid.T) {
		sheet := timesheets().Draw(t, "sheet")
		require.NoError(t, sheet.Validate())
		require.True(t, sheet.Payable.Add(sheet.Unpaid).Equal(decimal.NewFromInt(int64(len(sheet.Days)))))
		cut := recent().Draw(t, "cut")
		var payable decimal.Decimal
		minutes, refs := 0, 0
		for _, piece := range sheet.Period.Cut(cut) {
			payable = payable.Add(sheet.PayableIn(piece))
			refs += len(sheet.RefsIn(piece, func(hr.TimesheetDay) bool { return true }))
			for _, d := range sheet.Days {
				if piece.Contains(d.Date) {
					minutes += d.Bands[1].Minutes
				}
			}
		}
		require.True(t, payable.Equal(sheet.Payable))
		require.Equal(t, len(sheet.Days), refs)
		hours, err := sheet.Hours("overtime", hr.Period{}, minute)
		require.NoError(t, err)
		want, err := minute.Ratio(decimal.NewFromInt(int64(minutes)), decimal.NewFromInt(60))
		require.NoError(t, err)
		require.True(t, want.Equal(hours))
	})
}

func TestTimesheetHours(t *testing.T) {
	sheet := hr.Timesheet{Period: period("2026-10-01..2026-10-31"), Days: []hr.TimesheetDay{
		{Date: hr.MustDate("2026-10-01"), Bands: []hr.Band{{Name: "overtime", Minutes: 20}, {Name: "night", Minutes: 100}}},
		{Date: hr.MustDate("2026-10-02"), Bands: []hr.Band{{Name: "overtime", Minutes: 20}}},
	}}
	hundredth := hr.MustRounding("0.01", hr.HalfUp)
	hours := func(band string, p hr.Period) string { return must(sheet.Hours(band, p, hundredth)).String() }
	require.Equal(t, "0.67", hours("overtime", hr.Period{}), "40 minutes once, and not 0.33 twice")
	require.Equal(t, "0.33", hours("overtime", period("2026-10-01..2026-10-01")))
	require.Equal(t, "1.67", hours("night", hr.Period{}))
	require.Equal(t, "0", hours("holiday", hr.Period{}))
	_, err := sheet.Hours("overtime", hr.Period{}, hr.Rounding{})
	require.Error(t, err, "hours are rounded by somebody's rule")
}

func TestTimesheetReportsEveryFaultAtOnce(t *testing.T) {
	half := dec("0.5")
	err := hr.Timesheet{Period: period("2026-10-01..2026-10-31"), Payable: dec("2"), Days: []hr.TimesheetDay{
		{Date: hr.MustDate("2026-10-02"), Payable: dec("1")},
		{Date: hr.MustDate("2026-10-02"), Payable: half},
		{Date: hr.MustDate("2026-10-03"), Payable: dec("2"), Unpaid: dec("-1")},
		{Date: hr.MustDate("2026-11-01"), Payable: half, Unpaid: half, Bands: []hr.Band{{Name: "regular", Minutes: -1}}},
	}}.Validate()
	require.Equal(t, []string{"days[1].date", "days[1]", "days[2]", "days[3].date", "days[3].bands", "payable"}, paths(err), err)
	for _, f := range hr.FieldErrors(err) {
		require.Equal(t, hr.RuleTimesheetBalance, f.Rule)
	}
}

// A settlement holds pay: whatever the verb, its text says whose it is and which line it is, and no more.
func TestASettlementHidesItsFigures(t *testing.T) {
	line := hr.SettlementLine{Name: "gratuity", Title: "Gratuity", Amount: dec("123456.78"), Why: "15 days of 87654.32 a year"}
	whole := hr.Settlement{Employee: "E1", Net: hr.MustMoney("123456.78", "INR"), Lines: []hr.SettlementLine{line}}
	for want, v := range map[string]slog.LogValuer{"[settlement of E1]": whole, "[settlement line gratuity]": line, "[pay price]": hr.PayPrice{}} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
			require.Equal(t, want, fmt.Sprintf(verb, v))
		}
		require.Equal(t, want, v.LogValue().String())
	}
}

// Late is who was paid after the day by which the law wants it; without such a day nobody is.
func TestALateSettlement(t *testing.T) {
	due := hr.MustDate("2026-10-02")
	require.False(t, hr.Settlement{PaidOn: due}.Late())
	require.False(t, hr.Settlement{PaidOn: due, Due: due}.Late())
	require.True(t, hr.Settlement{PaidOn: due.Add(1), Due: due}.Late())
}

func TestTimesheetDigestIsWhatItSays(t *testing.T) {
	sheet := hr.Timesheet{Employee: "E1", Period: period("2026-10-01..2026-10-31"), Payable: dec("1"), Days: []hr.TimesheetDay{{Date: hr.MustDate("2026-10-01"), Payable: dec("1.0")}}}
	later := sheet
	later.Known, later.Revision, later.Payable = hr.Known{Own: 7}, 2, dec("1.00")
	require.Equal(t, sheet.Digest(), later.Digest())
	later.Days = []hr.TimesheetDay{{Date: hr.MustDate("2026-10-01"), Unpaid: dec("1")}}
	require.NotEqual(t, sheet.Digest(), later.Digest())
}

func TestTermsAndAbsences(t *testing.T) {
	terms := hr.Terms{Pay: []hr.PayTerm{{Name: "basic", Amount: dec("40000")}}, Answers: []hr.Answer{{Name: "pf_capped", Text: "yes"}}}
	amount, ok := terms.Amount("basic")
	require.True(t, ok)
	require.Equal(t, "40000", amount.String())
	_, ok = terms.Amount("hra")
	require.False(t, ok)
	text, ok := terms.Answer("pf_capped")
	require.True(t, ok)
	require.Equal(t, "yes", text)
	_, ok = terms.Answer("tax_regime")
	require.False(t, ok)
	clone := terms.Clone()
	clone.Pay[0].Amount, clone.Answers[0].Text = dec("1"), "no"
	amount, _ = terms.Amount("basic")
	require.Equal(t, "40000", amount.String())
	text, _ = terms.Answer("pf_capped")
	require.Equal(t, "yes", text)
	require.Equal(t, "1", hr.Absence{}.Portion().String())
	require.Equal(t, "0.5", hr.Absence{Half: hr.FirstHalf}.Portion().String())
	require.Equal(t, "0.5", hr.Absence{Half: hr.SecondHalf}.Portion().String())
}

func ExampleTimesheet_Hours() {
	sheet := hr.Timesheet{Days: []hr.TimesheetDay{
		{Date: hr.MustDate("2026-10-01"), Bands: []hr.Band{{Name: "overtime", Minutes: 20}}},
		{Date: hr.MustDate("2026-10-02"), Bands: []hr.Band{{Name: "overtime", Minutes: 20}}},
	}}
	hours, _ := sheet.Hours("overtime", hr.Period{}, hr.MustRounding("0.01", hr.HalfUp))
	fmt.Println(hours)
	// Output: 0.67
}
