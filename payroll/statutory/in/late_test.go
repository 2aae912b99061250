package in_test

import (
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll/statutory/in"
)

// October 2026 is due on 15 November. 1,00,000 a day late: 12 % x 1/365 is 32.88. Damages for a month or part of one; 500 a day.
func TestLateProvidentFund(t *testing.T) {
	october := hr.MustPeriod("2026-10-01..2026-10-31")
	for _, c := range []struct{ paid, filed, interest, damages, fee string }{
		{"2026-11-15", "2026-11-15", "0", "0", "0"},
		{"2026-11-16", "", "33", "1000", "0"},
		{"2026-12-15", "", "986", "1000", "0"},      // 30 days: 986.30; 16 November to 15 December is one month
		{"2026-12-16", "", "1019", "2000", "0"},     // 31 days: 1,019.18
		{"2027-11-15", "", "12000", "12000", "0"},   // 365 days
		{"2036-11-15", "", "120099", "100000", "0"}, // ten years with three leap days: 120,098.63; damages at most what was late
		{"", "2026-11-17", "0", "0", "1000"},
		{"", "2026-12-31", "0", "0", "4400"}, // 46 days are 23,000; at most the month's administration charges
	} {
		d := in.EPFDelay{Month: october, Contributions: dec(100000), AdminCharges: dec(4400)}
		if c.paid != "" {
			d.Paid = hr.MustDate(c.paid)
		}
		if c.filed != "" {
			d.Filed = hr.MustDate(c.filed)
		}
		late, err := in.EPFLateOf(in.Pack(), d)
		require.NoError(t, err)
		require.Equal(t, "2026-11-15", late.Due.String())
		require.Equal(t, []string{c.interest, c.damages, c.fee}, []string{late.Interest.String(), late.Damages.String(), late.Fee.String()}, "%+v", c)
		require.Equal(t, late.Interest.Add(late.Damages).Add(late.Fee).String(), late.Trace.Value)
	}
	late, err := in.EPFLateOf(in.Pack(), in.EPFDelay{Month: october, Contributions: dec(100000), Paid: hr.MustDate("2026-11-16"), Filed: hr.MustDate("2026-11-16"), AdminCharges: dec(500)})
	require.NoError(t, err)
	var b strings.Builder
	require.NoError(t, late.Trace.Text(&b))
	for _, words := range []string{"S.O. 2698(E)", "G.S.R. 329(E)", "para 29(2)", "contributions * rate * 1 days / 365", "doubtful"} {
		require.Contains(t, b.String(), words)
	}
	// No fee under the Scheme of 1952; and damages by bands of months, which are not here, before 14 June 2024.
	old, err := in.EPFLateOf(in.Pack(), in.EPFDelay{Month: hr.MustPeriod("2025-04-01..2025-04-30"), Filed: hr.MustDate("2025-06-30"), AdminCharges: dec(500)})
	require.NoError(t, err)
	require.True(t, old.Fee.IsZero())
	_, err = in.EPFLateOf(in.Pack(), in.EPFDelay{Month: hr.MustPeriod("2024-04-01..2024-04-30"), Contributions: dec(1), Paid: hr.MustDate("2024-06-30")})
	require.ErrorIs(t, err, hr.ErrNoValue)
	_, err = in.EPFLateOf(in.Pack(), in.EPFDelay{Contributions: dec(-1), AdminCharges: dec(-1)})
	require.Len(t, hr.FieldErrors(err), 4)
}

// A second way, day by day and month by month.
func TestLateProvidentFundAgreesWithTheSecondWay(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		month := hr.MonthOf(hr.MustDate("2025-12-15").Add(rapid.IntRange(0, 400).Draw(rt, "month")))
		amount := rapid.Int64Range(0, 10_000_000).Draw(rt, "amount")
		days := rapid.IntRange(0, 900).Draw(rt, "late")
		due := month.Through.Add(15)
		late, err := in.EPFLateOf(in.Pack(), in.EPFDelay{Month: month, Contributions: dec(amount), Paid: due.Add(days)})
		require.NoError(rt, err)
		months, day := int64(0), due
		for i := range days {
			if i == 0 || day.Add(1).Day() == due.Add(1).Day() {
				months++
			}
			day = day.Add(1)
		}
		interest := (amount*12*int64(days)*2 + 36500) / (2 * 36500) // half up
		damages := min((amount*months*2+100)/200, amount)
		if got := []string{late.Interest.String(), late.Damages.String()}; got[0] != dec(interest).String() || got[1] != dec(damages).String() {
			rt.Fatalf("%v, want %d %d", got, interest, damages)
		}
	})
}

// 1 % a month from the day it was deductible, 1.5 % from the day it was deducted, on the tax down to a hundred.
func TestLateTax(t *testing.T) {
	for _, c := range []struct{ deductible, deducted, deposited, not1, not2, fromDayToDay string }{
		{"2026-10-31", "2026-10-31", "2026-11-07", "0", "0", "0"},
		{"2026-10-31", "2026-10-31", "2026-11-08", "0", "309", "154.5"}, // October and November; 9 days
		{"2026-10-31", "2026-11-01", "2026-12-07", "206", "0", "103"},   // two calendar months; two days
		{"2026-03-31", "2026-03-31", "2026-04-30", "0", "0", "0"},       // March until 30 April
		{"2026-11-30", "2027-01-15", "2027-02-07", "309", "0", "206"},   // November to January; a month and 17 days
		{"2026-03-31", "2026-03-31", "2026-05-01", "0", "463.5", "309"}, // March to May; a month and a day
	} {
		d := in.TaxDelay{Tax: dec(10399), Deductible: hr.MustDate(c.deductible), Deducted: hr.MustDate(c.deducted), Deposited: hr.MustDate(c.deposited)}
		late, err := in.TaxLateOf(in.Pack(), d)
		require.NoError(t, err)
		require.Equal(t, []string{c.not1, c.not2}, []string{late.NotDeducted.String(), late.NotPaid.String()}, "%+v", c)
		pack := in.Pack()
		for i := range pack.Params {
			if pack.Params[i].Name == "tds.late_by_calendar_month" {
				pack.Params[i].Steps[0].Value, pack.Params[i].Steps[1].Value = decimal.Zero, decimal.Zero
			}
		}
		late, err = in.TaxLateOf(pack, d)
		require.NoError(t, err)
		require.Equal(t, c.fromDayToDay, late.NotDeducted.Add(late.NotPaid).String(), "%+v", c)
	}
	_, err := in.TaxLateOf(in.Pack(), in.TaxDelay{Tax: dec(-1), Deducted: hr.MustDate("2026-10-02"), Deposited: hr.MustDate("2026-10-01")})
	require.Len(t, hr.FieldErrors(err), 3)
	_, err = in.TaxLateOf(in.Pack(), in.TaxDelay{Deductible: hr.MustDate("2020-03-31"), Deducted: hr.MustDate("2020-04-01"), Deposited: hr.MustDate("2020-04-01")})
	require.ErrorIs(t, err, hr.ErrNoValue)

	for filed, want := range map[string]string{"2027-01-31": "0", "2027-02-01": "200", "2027-02-10": "2000", "2027-12-31": "5000"} {
		fee, err := in.StatementFee(in.Pack(), hr.MustDate("2026-11-15"), hr.MustDate(filed), dec(5000))
		require.NoError(t, err)
		require.Equal(t, want, fee.String(), filed)
	}
	_, err = in.StatementFee(in.Pack(), hr.Date{}, hr.Date{}, dec(-1))
	require.Len(t, hr.FieldErrors(err), 3)
}

func TestDaysOfPayment(t *testing.T) {
	pack, october := in.Pack(), hr.MustDate("2026-10-31")
	epf, err := in.EPFDue(pack, october)
	require.NoError(t, err)
	esi, err := in.ESIDue(pack, october)
	require.NoError(t, err)
	require.Equal(t, "2026-11-15 2026-11-15", epf.Day.String()+" "+esi.Day.String())
	for _, c := range []struct{ state, month, want string }{
		{"AP", "2026-10-31", "2026-11-10"},
		{"KA", "2026-12-31", "2027-01-20"},
		{"MH", "2026-10-31", "2026-11-15"},
		{"WB", "2026-10-31", "2026-11-21"},
		{"KL", "2026-04-30", "2026-08-31"},
		{"KL", "2026-09-30", "2026-08-31"}, // that of its half-year
		{"KL", "2026-10-31", "2027-02-28"},
		{"TN-CHENNAI", "2026-09-30", "2026-09-30"},
		{"TN-CHENNAI", "2027-01-31", "2027-03-31"},
		{"BR", "2026-04-30", "2026-11-30"},
		{"BR", "2027-01-31", "2026-11-30"},
		{"NL", "2027-03-31", "2027-04-30"},
	} {
		due, err := in.PTDue(pack, c.state, hr.MustDate(c.month))
		require.NoError(t, err)
		require.Equal(t, c.want, due.Day.String(), "%+v", c)
	}
	for _, c := range []struct{ state, month, want string }{{"DL", "2026-06-30", "2026-07-15"}, {"MH", "2026-12-31", "2027-01-15"}, {"TN", "2026-12-31", "2027-01-31"}, {"KA", "2026-12-31", "2027-01-15"}} {
		due, err := in.LWFDue(pack, c.state, hr.MustDate(c.month))
		require.NoError(t, err)
		require.Equal(t, c.want, due.Day.String(), "%+v", c)
	}
	_, err = in.PTDue(pack, "MH", hr.MustDate("2026-02-28"))
	require.ErrorIs(t, err, hr.ErrNoValue)
	_, err = in.PTDue(pack, "ZZ", october)
	require.Equal(t, hr.RuleTableText, hr.FieldErrors(err)[0].Rule)
	_, err = in.LWFDue(pack, "GA", october)
	require.Equal(t, hr.RuleTableText, hr.FieldErrors(err)[0].Rule)
	_, err = in.PTDue(pack, "KA", hr.Date{})
	require.Equal(t, in.RuleDay, hr.FieldErrors(err)[0].Rule)
}

// A state of its own: up to 31 is a day of the next month, above it a day of the year. What the facts do not know for certain is said, and only that.
func TestDaysOfPaymentAtTheirEnds(t *testing.T) {
	step := func(state, day, doubt string) hr.TableStep {
		return hr.TableStep{
			Text: state, Since: hr.MustDate("2026-01-01"), Rows: []hr.TableRow{{Bound: hr.Above, Value: num(day)}}, Uncertain: doubt,
			Source: hr.Source{Title: "An Act"}, Reviewed: hr.MustDate("2026-11-01"),
		}
	}
	pack := in.Pack()
	pack.Tables = []hr.Table{{Name: "pt.paid_by", Kind: hr.Bands, Key: "count", Value: "count", ByText: true, Steps: []hr.TableStep{
		step("LAST", "31", ""), step("YEARLY", "101", "the Act is silent"),
	}}}
	november := hr.MustDate("2026-11-30")
	last, err := in.PTDue(pack, "LAST", november)
	require.NoError(t, err)
	require.Equal(t, "2026-12-31", last.Day.String())
	require.Empty(t, last.Trace.Note)
	yearly, err := in.PTDue(pack, "YEARLY", november) // of the tax year from April 2026
	require.NoError(t, err)
	require.Equal(t, "2027-01-01", yearly.Day.String())
	require.Equal(t, "doubtful: the Act is silent", yearly.Trace.Note)
	_, err = in.LWFDue(pack, "LAST", november)
	require.ErrorIs(t, err, hr.ErrNoValue, "there is no such table")
}
