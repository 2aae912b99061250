package payroll_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math/big"
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
	for _, c := range []struct {
		name  string
		steps []hr.Step[hr.Terms]
		basic string // by hand: rate x days / 31, the sum rounded once
		hra   string
	}{
		{"a whole month", []hr.Step[hr.Terms]{step("2026-01-01", "31000")}, "31000.00", "3100.00"},
		{"a raise on the 16th: 31000 x 15/31 + 62000 x 16/31", []hr.Step[hr.Terms]{step("2026-01-01", "31000"), step("2026-10-16", "62000")}, "47000.00", "3100.00"},
		{"a joiner on the 12th: 31000 x 20/31", []hr.Step[hr.Terms]{step("2026-10-12", "31000")}, "20000.00", "2000.00"},
		{"a leaver after the 20th: 31000 x 20/31", []hr.Step[hr.Terms]{step("2026-01-01", "31000"), void("2026-10-21")}, "20000.00", "2000.00"},
		{"away from the 11th to the 20th: 31000 x 21/31", []hr.Step[hr.Terms]{step("2026-01-01", "31000"), void("2026-10-11"), step("2026-10-21", "31000")}, "21000.00", "2100.00"},
		{"a sum that must be rounded once: 100 x 15/31 + 200 x 16/31 = 151.6129", []hr.Step[hr.Terms]{step("2026-01-01", "100"), step("2026-10-16", "200")}, "151.61", "3100.00"},
	} {
		t.Run(c.name, func(t *testing.T) {
			in := full("E1")
			in.Terms = timeline(t, c.steps...)
			slip, err := plan.Calculate(in)
			require.NoError(t, err)
			require.Equal(t, c.basic, amount(t, slip, "basic_pay"))
			require.Equal(t, c.hra, amount(t, slip, "hra_pay"))
		})
	}
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

	trace, err := office(t).Explain(in, "overtime")
	require.NoError(t, err)
	var punches []string
	collect(trace, func(r hr.Ref) { punches = append(punches, r.ID) })
	require.Equal(t, []string{"2026-10-07", "2026-10-08"}, punches, "overtime rests on the punches of its two days")
}

func collect(t hr.Trace, fn func(hr.Ref)) {
	for _, r := range t.Refs {
		fn(r)
	}
	for _, p := range t.Parts {
		collect(p, fn)
	}
}

func TestCalculateFaultsComeTogetherAndChangeNothing(t *testing.T) {
	plan := office(t)
	_, err := plan.Calculate(payroll.Input{})
	require.ElementsMatch(t, []hr.Rule{payroll.RuleInputEmployee, payroll.RuleInputPeriod, payroll.RuleInputPayDate}, rules(err))

	in := full("E1")
	in.Terms = hr.Timeline[hr.Terms]{}
	_, err = plan.Calculate(in)
	require.Equal(t, []hr.Rule{payroll.RuleNotEmployed}, rules(err))

	in = full("E1")
	bad := terms("20000", "8000")
	bad.Currency = "USD"
	bad.Pay = append(bad.Pay[:1:1], hr.PayTerm{Name: "house", Amount: dec("987654")}) // hra is missing, house is unknown
	in.Terms = hr.Since(hr.MustDate("2026-01-01"), bad)
	in.Adjustments = []payroll.Adjustment{{Employee: "E1", Name: "basic", Amount: dec("5")}, {Employee: "E2", Name: "gift", Amount: dec("5")}}
	in.Answers = []hr.Answer{{Name: "bonus", Text: "lots"}}
	_, err = plan.Calculate(in)
	require.ElementsMatch(t, []hr.Rule{
		payroll.RuleInputCurrency, // USD terms in an INR plan
		payroll.RuleInputUnused,   // house
		payroll.RuleInputTwice,    // basic, by terms and adjustment
		payroll.RuleInputUnused,   // gift
		payroll.RuleInputMissing,  // hra
		payroll.RuleAdjustment,    // of another employee
		payroll.RuleInputChanges,  // an adjustment cannot fill an input by piece
		payroll.RuleInputText,     // bonus is no number
	}, rules(err))
	require.NotContains(t, err.Error(), "987654")

	in = full("E1")
	in.Timesheet = sheet("E2", october, october, nil, nil)
	_, err = plan.Calculate(in)
	require.Equal(t, []hr.Rule{payroll.RuleInputTimesheet}, rules(err))
	in.Timesheet = sheet("E1", october, hr.MustPeriod("2026-10-01..2026-10-30"), nil, nil)
	_, err = plan.Calculate(in)
	require.Equal(t, []hr.Rule{payroll.RuleInputTimesheet}, rules(err), "a day employed and not in the timesheet")
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

// Cutting a period where nothing changes, or writing pay terms in another order, changes no byte of the payslip.
func TestCuttingAPeriodChangesNothing(t *testing.T) {
	plan := office(t)
	rapid.Check(t, func(t *rapid.T) {
		rate := func(label string) decimal.Decimal {
			return decimal.New(rapid.Int64Range(0, 30_000_000).Draw(t, label), -2)
		}
		a := hr.Terms{Currency: "INR", Pay: []hr.PayTerm{{Name: "basic", Amount: rate("basic")}, {Name: "hra", Amount: rate("hra")}}}
		b := a.Clone()
		b.Pay[0], b.Pay[1] = b.Pay[1], b.Pay[0]
		unpaid, overtime := map[int]string{}, map[int]int{}
		for range rapid.IntRange(0, 5).Draw(t, "irregular days") {
			unpaid[rapid.IntRange(1, 31).Draw(t, "day")] = rapid.SampledFrom([]string{"0.5", "1"}).Draw(t, "unpaid")
			overtime[rapid.IntRange(1, 31).Draw(t, "day")] = rapid.IntRange(1, 300).Draw(t, "minutes")
		}
		whole := full("E1")
		whole.Timesheet = sheet("E1", october, october, unpaid, overtime)
		whole.Terms = hr.Since(hr.MustDate("2026-01-01"), a)
		cut := whole
		steps := []hr.Step[hr.Terms]{{Since: hr.MustDate("2026-01-01"), Value: a}}
		for _, day := range rapid.SliceOfNDistinct(rapid.IntRange(1, 31), 0, 6, rapid.ID).Draw(t, "cuts") {
			steps = append(steps, hr.Step[hr.Terms]{Since: october.From.Add(day - 1), Value: b})
		}
		cut.Terms = timeline(t, steps...)
		want, err := plan.Calculate(whole)
		require.NoError(t, err)
		got, err := plan.Calculate(cut)
		require.NoError(t, err)
		require.Equal(t, amounts(want), amounts(got))

		// The second, dumber method: basic day by day in exact fractions, rounded once.
		sum := new(big.Rat)
		for _, d := range whole.Timesheet.Days {
			share := new(big.Rat).Mul(a.Pay[0].Amount.Rat(), d.Payable.Rat())
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
