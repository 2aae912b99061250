package payroll_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math/big"
	"slices"
	"testing"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func sprintf(verb string, v any) string { return fmt.Sprintf(verb, v) }

func timeline(t require.TestingT, steps ...hr.Step[hr.Terms]) hr.Timeline[hr.Terms] {
	tl, err := hr.NewTimeline(steps...)
	require.NoError(t, err)
	return tl
}

func amount(t require.TestingT, s payroll.Payslip, line string) string {
	a, ok := s.Amount(line)
	require.True(t, ok, line)
	return a.StringFixed(2)
}

func TestProration(t *testing.T) {
	plan := office(t)
	step := func(since string, basic string) hr.Step[hr.Terms] {
		return hr.Step[hr.Terms]{Since: hr.MustDate(since), Value: terms(basic, "3100")}
	}
	void := func(since string) hr.Step[hr.Terms] {
		return hr.Step[hr.Terms]{Since: hr.MustDate(since), Void: true}
	}
	type steps []hr.Step[hr.Terms]
	for _, c := range []struct {
		name   string
		steps  steps
		unpaid map[int]string // by day of the month; nil: no timesheet
		basic  string         // by hand: rate x days / 31, the sum rounded once. 31000 is 1000 a day, 62000 is 2000
		hra    string         // 3100 is 100 a day
	}{
		{"a whole month", steps{step("2026-01-01", "31000")}, nil, "31000.00", "3100.00"},
		{"a raise on the 16th: 15 x 1000 + 16 x 2000", steps{step("2026-01-01", "31000"), step("2026-10-16", "62000")}, nil, "47000.00", "3100.00"},
		{"a joiner on the 12th: 20 x 1000", steps{step("2026-10-12", "31000")}, nil, "20000.00", "2000.00"},
		{"a joiner on the last day", steps{step("2026-10-31", "31000")}, nil, "1000.00", "100.00"},
		{"a leaver after the 20th: 20 x 1000", steps{step("2026-01-01", "31000"), void("2026-10-21")}, nil, "20000.00", "2000.00"},
		{"a leaver after the first day", steps{step("2026-01-01", "31000"), void("2026-10-02")}, nil, "1000.00", "100.00"},
		{"away from the 11th to the 20th: 21 x 1000", steps{step("2026-01-01", "31000"), void("2026-10-11"), step("2026-10-21", "31000")}, nil, "21000.00", "2100.00"},
		{"a sum that must be rounded once: 100 x 15/31 + 200 x 16/31 = 151.6129", steps{step("2026-01-01", "100"), step("2026-10-16", "200")}, nil, "151.61", "3100.00"},
		{"a raise takes effect on the first day: nothing of the old rate", steps{step("2026-01-01", "31000"), step("2026-10-01", "62000")}, nil, "62000.00", "3100.00"},
		{"a raise takes effect the day after: nothing of the new rate", steps{step("2026-01-01", "31000"), step("2026-11-01", "62000")}, nil, "31000.00", "3100.00"},
		{"unpaid, one day and a half: 29.5 x 1000", steps{step("2026-01-01", "31000")}, map[int]string{5: "1", 6: "0.5"}, "29500.00", "2950.00"},
		{"a raise, unpaid on both sides: 14 x 1000 + 15.5 x 2000", steps{step("2026-01-01", "31000"), step("2026-10-16", "62000")}, map[int]string{5: "1", 20: "0.5"}, "45000.00", "2950.00"},
		{"a joiner, a raise, an unpaid day: 9 x 1000 + 10 x 2000", steps{step("2026-10-12", "31000"), step("2026-10-22", "62000")}, map[int]string{13: "1"}, "29000.00", "1900.00"},
		{"a leaver, half of the last day unpaid: 19.5 x 1000", steps{step("2026-01-01", "31000"), void("2026-10-21")}, map[int]string{20: "0.5"}, "19500.00", "1950.00"},
		{"joined and left, with a raise between: 5 x 1000 + 5 x 2000", steps{step("2026-10-06", "31000"), step("2026-10-11", "62000"), void("2026-10-16")}, nil, "15000.00", "1000.00"},
		{"back with a raise, one day of it unpaid: 10 x 1000 + 10 x 2000", steps{step("2026-01-01", "31000"), void("2026-10-11"), step("2026-10-21", "62000")}, map[int]string{31: "1"}, "30000.00", "2000.00"},
		{"two raises and a cut: 10 x 1000 + 10 x 2000 + 11 x 500", steps{step("2026-01-01", "31000"), step("2026-10-11", "62000"), step("2026-10-21", "15500")}, nil, "35500.00", "3100.00"},
	} {
		t.Run(c.name, func(t *testing.T) {
			in := full("E1")
			in.Terms = timeline(t, c.steps...)
			if c.unpaid != nil {
				in.Timesheet = sheetOf(in, c.unpaid, nil)
			}
			slip, err := plan.Calculate(in)
			require.NoError(t, err)
			require.Equal(t, c.basic, amount(t, slip, "basic_pay"))
			require.Equal(t, c.hra, amount(t, slip, "hra_pay"))
		})
	}
	in := full("E1")
	in.Terms = hr.Since(hr.MustDate("2026-01-01"), terms("31000", "3100"))
	everyDay := map[int]string{}
	for day := range 31 {
		everyDay[day+1] = "1"
	}
	in.Timesheet = sheetOf(in, everyDay, nil)
	slip, err := plan.Calculate(in)
	require.NoError(t, err)
	require.True(t, slip.Net().Amount.IsZero(), "a month without a paid day pays nothing")

	in.Period, in.Timesheet = hr.MustPeriod("2028-02-01..2028-02-29"), hr.Timesheet{} // a leap year
	in.PayDate, in.Terms = in.Period.Through, hr.Since(hr.MustDate("2028-02-29"), terms("29000", "2900"))
	slip, err = plan.Calculate(in)
	require.NoError(t, err)
	require.Equal(t, "1000.00", amount(t, slip, "basic_pay"), "29000 x 1/29")
}

// sheetOf is a timesheet of the employed days of in.
func sheetOf(in payroll.Input, unpaid map[int]string, overtime map[int]int) hr.Timesheet {
	ts := hr.Timesheet{Employee: in.Employee, Period: in.Period}
	for stretch := range in.Terms.StepsOver(in.Period) {
		part := sheet(in.Employee, in.Period, stretch, unpaid, overtime)
		ts.Days = append(ts.Days, part.Days...)
		ts.Payable, ts.Unpaid = ts.Payable.Add(part.Payable), ts.Unpaid.Add(part.Unpaid)
	}
	return ts
}

// sheet builds a timesheet of the employed days with the given unpaid days and overtime minutes by day of the month.
func sheet(employee hr.EmployeeID, p, employed hr.Period, unpaid map[int]string, overtime map[int]int) hr.Timesheet {
	ts := hr.Timesheet{Employee: employee, Period: p}
	for d := range employed.Days() {
		day := hr.TimesheetDay{Date: d, Status: "present", Payable: dec("1"), Refs: []hr.Ref{{Kind: "punch", ID: d.String()}}}
		if u, ok := unpaid[d.Day()]; ok {
			day.Unpaid = dec(u)
			day.Payable = day.Payable.Sub(day.Unpaid)
		}
		if m := overtime[d.Day()]; m > 0 {
			day.Bands = []hr.Band{{Name: "overtime", Minutes: m}}
		}
		ts.Days = append(ts.Days, day)
		ts.Payable, ts.Unpaid = ts.Payable.Add(day.Payable), ts.Unpaid.Add(day.Unpaid)
	}
	return ts
}

func TestTimesheetDecidesPayableDaysAndHours(t *testing.T) {
	in := full("E1")
	in.Terms = hr.Since(hr.MustDate("2026-01-01"), terms("31000", "3100"))
	in.Timesheet = sheet("E1", october, october, map[int]string{5: "1", 6: "0.5"}, map[int]int{7: 60, 8: 70})
	slip, err := office(t).Calculate(in)
	require.NoError(t, err)
	require.Equal(t, "29500.00", amount(t, slip, "basic_pay"), "31000 x 29.5/31")
	// 130 minutes are 2.1666... hours, 2.17 half up; 31000 x 2.17 x 2 / 208 = 646.8269...
	require.Equal(t, "646.83", amount(t, slip, "overtime"))

	raised := in // 31000 x 1.00 x 2 / 208 + 62000 x 1.17 x 2 / 208 = 298.0769 + 697.5, rounded once
	raised.Terms = timeline(t, hr.Step[hr.Terms]{Since: hr.MustDate("2026-01-01"), Value: terms("31000", "3100")}, hr.Step[hr.Terms]{Since: hr.MustDate("2026-10-08"), Value: terms("62000", "3100")})
	slip, err = office(t).Calculate(raised)
	require.NoError(t, err)
	require.Equal(t, "995.58", amount(t, slip, "overtime"))

	trace, err := office(t).Explain(in, "overtime")
	require.NoError(t, err)
	var punches []string
	collect(trace, func(r hr.Ref) { punches = append(punches, r.ID) })
	require.Equal(t, []string{"2026-10-07", "2026-10-08"}, punches, "overtime rests on the punches of its two days")
}

// Hours say which day gave how many minutes, and where no day gave any, there is nothing to say.
func TestHoursOfNoMinutesHaveNoNote(t *testing.T) {
	in := full("E1")
	for overtime, want := range map[int]string{0: "", 30: "minutes: 2026-10-07 30"} {
		in.Timesheet = sheet("E1", october, october, nil, map[int]int{7: overtime})
		trace, err := office(t).Explain(in, "overtime")
		require.NoError(t, err)
		notes := map[string]string{}
		var look func(hr.Trace)
		look = func(x hr.Trace) {
			notes[x.Name] = x.Note
			for _, p := range x.Parts {
				look(p)
			}
		}
		look(trace)
		require.Contains(t, notes, "overtime_hours")
		require.Equal(t, want, notes["overtime_hours"])
	}
}

func collect(t hr.Trace, fn func(hr.Ref)) {
	for _, r := range t.Refs {
		fn(r)
	}
	for _, p := range t.Parts {
		collect(p, fn)
	}
}

// A line may be called like an input of the timesheet that its plan does not read. It is explained by what it is, and not by the days.
func TestALineThatIsCalledLikeDaysIsExplainedByItsRule(t *testing.T) {
	plan := grossPlan(t, "input basic: money\nline payable_minutes = if basic > 3 then basic else 0\nline pay in earnings = payable_minutes\n")
	in := paidBasic("5")
	for _, in.Timesheet = range []hr.Timesheet{{}, sheet("E1", october, october, nil, nil)} {
		trace, err := plan.Explain(in, "pay")
		require.NoError(t, err)
		require.Equal(t, "basic > 3: yes", trace.Parts[0].Note)
	}
}

func TestFractionOfAPaisaIsRefused(t *testing.T) {
	plan, err := payroll.Compile(payroll.Config{Currency: "INR", Components: []payroll.Component{{Name: "x", Text: "input basic: money\nline share in earnings = 12.5% * basic\n"}}})
	require.NoError(t, err)
	in := full("E1")
	in.Terms = hr.Since(hr.MustDate("2026-01-01"), hr.Terms{Pay: []hr.PayTerm{{Name: "basic", Amount: dec("100.01")}}})
	_, err = plan.Calculate(in)
	require.Equal(t, []hr.Rule{payroll.RuleLinePlaces}, rules(err))
}

func TestYearToDateReachesTheFormula(t *testing.T) {
	in := full("E1")
	in.YearToDate = []payroll.Amount{{Name: "fund", Amount: dec("12000")}}
	slip, err := office(t).Calculate(in)
	require.NoError(t, err)
	require.Equal(t, "14400.00", amount(t, slip, "fund_this_year"))
}

// Cutting a period anywhere, or writing pay terms in another order, changes no amount: whoever joins, leaves, comes back, gets raises
// or is away unpaid.
func TestCuttingAPeriodChangesNothing(t *testing.T) {
	plan := office(t)
	rapid.Check(t, func(t *rapid.T) {
		rate := func(label string) decimal.Decimal {
			return decimal.New(rapid.Int64Range(0, 30_000_000).Draw(t, label), -2)
		}
		began := october.From.Add(-rapid.IntRange(0, 2).Draw(t, "days before"))
		steps := []hr.Step[hr.Terms]{{Since: began, Value: terms(rate("basic").String(), rate("hra").String())}}
		hra := steps[0].Value.Pay[1]
		for _, day := range rapid.SliceOfNDistinct(rapid.IntRange(1, 31), 0, 4, rapid.ID).Draw(t, "changes") {
			next := hr.Step[hr.Terms]{Since: october.From.Add(day), Value: terms(rate("raise").String(), "0"), Void: rapid.Bool().Draw(t, "away")}
			next.Value.Pay[1] = hra
			if next.Void {
				next.Value = hr.Terms{}
			}
			steps = append(steps, next)
		}
		whole := full("E1")
		whole.Terms = timeline(t, steps...)
		unpaid, overtime := map[int]string{}, map[int]int{}
		for range rapid.IntRange(0, 5).Draw(t, "irregular days") {
			unpaid[rapid.IntRange(1, 31).Draw(t, "day")] = rapid.SampledFrom([]string{"0.5", "1"}).Draw(t, "unpaid")
			overtime[rapid.IntRange(1, 31).Draw(t, "day")] = rapid.IntRange(1, 300).Draw(t, "minutes")
		}
		whole.Timesheet = sheetOf(whole, unpaid, overtime)
		cut := whole
		pieces := steps
		for _, day := range rapid.SliceOfNDistinct(rapid.IntRange(1, 31), 0, 6, rapid.ID).Draw(t, "cuts") {
			since := october.From.Add(day - 1)
			held, employed := whole.Terms.At(since)
			taken := slices.ContainsFunc(steps, func(s hr.Step[hr.Terms]) bool { return s.Since == since })
			if employed && !taken {
				held = held.Clone()
				slices.Reverse(held.Pay)
				pieces = append(pieces[:len(pieces):len(pieces)], hr.Step[hr.Terms]{Since: since, Value: held})
			}
		}
		cut.Terms = timeline(t, pieces...)
		want, err := plan.Calculate(whole)
		require.NoError(t, err)
		got, err := plan.Calculate(cut)
		require.NoError(t, err)
		require.Equal(t, amounts(want), amounts(got))

		// The second, dumber method: basic day by day in exact fractions, rounded once.
		sum := new(big.Rat)
		for _, d := range whole.Timesheet.Days {
			held, _ := whole.Terms.At(d.Date)
			basic, _ := held.Amount("basic")
			share := new(big.Rat).Mul(basic.Rat(), d.Payable.Rat())
			sum.Add(sum, share.Quo(share, big.NewRat(31, 1)))
		}
		require.Equal(t, halfUp(sum), amount(t, want, "basic_pay"))
	})
}

func amounts(s payroll.Payslip) []string {
	var out []string
	for _, l := range s.Lines {
		out = append(out, l.Name+" "+hr.Canonical(l.Amount))
	}
	return out
}

// halfUp writes a fraction that is not negative with two decimals.
func halfUp(r *big.Rat) string {
	cents := new(big.Rat).Mul(r, big.NewRat(100, 1))
	twice := new(big.Int).Add(new(big.Int).Mul(cents.Num(), big.NewInt(2)), cents.Denom())
	n := twice.Quo(twice, new(big.Int).Mul(cents.Denom(), big.NewInt(2)))
	return decimal.NewFromBigInt(n, -2).StringFixed(2)
}

func TestPayslipJSONHasAmountsAsText(t *testing.T) {
	slip, err := office(t).Calculate(full("E1"))
	require.NoError(t, err)
	raw, err := json.Marshal(slip)
	require.NoError(t, err)
	var back struct {
		Lines []struct{ Name, Amount string }
	}
	require.NoError(t, json.Unmarshal(raw, &back))
	require.Equal(t, "basic_pay", back.Lines[0].Name)
	require.Equal(t, "20000.00", back.Lines[0].Amount)
	var again payroll.Payslip
	require.NoError(t, json.Unmarshal(raw, &again))
	require.Equal(t, slip.Digest(), again.Digest(), "nothing is lost on the way through JSON")
}

func TestPayslipJSONHasThePlacesOfItsCurrency(t *testing.T) {
	for currency, want := range map[hr.Currency]string{"JPY": `"amount":"100"`, "INR": `"amount":"100.00"`, "KWD": `"amount":"100.000"`} {
		raw, err := json.Marshal(payroll.Payslip{Currency: currency, Lines: []payroll.Line{{Name: "x", Unit: "money", Amount: dec("100")}}})
		require.NoError(t, err)
		require.Contains(t, string(raw), want)
	}
}

func TestRegisterAddsUp(t *testing.T) {
	plan := office(t)
	var slips []payroll.Payslip
	for _, e := range []hr.EmployeeID{"E2", "E1"} {
		slip, err := plan.Calculate(full(e))
		require.NoError(t, err)
		slips = append(slips, slip)
	}
	var out bytes.Buffer
	require.NoError(t, payroll.WriteRegister(&out, slips))
	rows, err := csv.NewReader(&out).ReadAll()
	require.NoError(t, err)
	require.Len(t, rows, 4)
	require.Equal(t, "E1", rows[1][0])
	for col := 5; col < len(rows[0]); col++ {
		require.True(t, dec(rows[1][col]).Add(dec(rows[2][col])).Equal(dec(rows[3][col])), rows[0][col])
	}
	net := len(rows[0]) - 2
	require.Equal(t, []string{"net", "25600.00", "51200.00"}, []string{rows[0][net], rows[1][net], rows[3][net]})
}

// Minutes are exact where hours are rounded: 61 and 64 minutes are 125. Each piece rests on the punches of its own days, and unpaid days on theirs.
func TestTheFactsBehindAPiece(t *testing.T) {
	plan, err := payroll.Compile(payroll.Config{Currency: "INR", Components: []payroll.Component{{Name: "x", Text: `
input basic: money by piece
input overtime_minutes: count by piece
input unpaid_days: days by piece
line minutes: count in information = pieces(overtime_minutes)
line unpaid: days in information = pieces(unpaid_days)
line rates in earnings = pieces(basic)
`}}})
	require.NoError(t, err)
	in := full("E1")
	in.Terms = timeline(t,
		hr.Step[hr.Terms]{Since: hr.MustDate("2026-01-01"), Value: basic("100"), Ref: hr.Ref{Kind: "terms", ID: "hired"}},
		hr.Step[hr.Terms]{Since: hr.MustDate("2026-10-16"), Value: basic("200"), Ref: hr.Ref{Kind: "terms", ID: "raised"}})
	in.Timesheet = sheet("E1", october, october, map[int]string{5: "1", 21: "0.5"}, map[int]int{7: 61, 20: 64})
	for _, day := range []int{8, 22} { // a band of no minutes is nothing that the minutes rest on
		in.Timesheet.Days[day-1].Bands = []hr.Band{{Name: "overtime"}}
	}
	slip, err := plan.Calculate(in)
	require.NoError(t, err)
	require.Equal(t, "125", hr.Canonical(dec(amount(t, slip, "minutes"))))
	for line, want := range map[string][]string{"minutes": {"2026-10-07", "2026-10-20"}, "unpaid": {"2026-10-05", "2026-10-21"}, "rates": {"hired", "raised"}} {
		trace, err := plan.Explain(in, line)
		require.NoError(t, err)
		got := map[hr.Date][]string{}
		for _, piece := range trace.Parts {
			collect(piece, func(r hr.Ref) { got[piece.Period.From] = append(got[piece.Period.From], r.ID) })
		}
		require.Equal(t, map[hr.Date][]string{hr.MustDate("2026-10-01"): want[:1], hr.MustDate("2026-10-16"): want[1:]}, got, line)
	}
}
