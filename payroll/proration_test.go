package payroll_test

import (
	"fmt"
	"math/big"
	"slices"
	"testing"
	"time"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// prorated is a plan that pays basic by each rule, on a line named for it.
func prorated(t require.TestingT) *payroll.Plan {
	var components []payroll.Component
	for i, rule := range payroll.DayCounts() {
		c, err := payroll.Proration{Rule: rule, Rate: "basic", Line: fmt.Sprintf("line %s in earnings", countLines[i])}.Component()
		require.NoError(t, err)
		components = append(components, c)
	}
	plan, err := payroll.Compile(payroll.Config{Currency: "INR", Components: components})
	require.NoError(t, err)
	require.Empty(t, plan.Warnings())
	return plan
}

var countLines = []string{"by_calendar", "by_working_days", "by_26", "by_30", "by_hours"}

// sixDays is a week of six working days, Saturdays half of one, with a holiday on Friday 2 October 2026. October has 27 days other than
// Sundays, one of them the holiday and five of them half Saturdays (3, 10, 17, 24, 31): 26 - 5 x 0.5 = 23.5 working days.
var sixDays = hr.MustCalendar(hr.CalendarRules{
	Name: "six", Span: hr.MustPeriod("2026-01-01..2028-12-31"),
	Off: []hr.WeekdayRule{{Weekday: time.Sunday}}, Half: []hr.WeekdayRule{{Weekday: time.Saturday}},
	Entries: []hr.CalendarEntry{{Date: hr.MustDate("2026-10-02"), Kind: hr.DayHoliday, Name: "Gandhi Jayanti"}},
})

func basic(amount string) hr.Terms {
	return hr.Terms{Currency: "INR", Pay: []hr.PayTerm{{Name: "basic", Amount: dec(amount)}}}
}

func schedule(t require.TestingT, p hr.Period) []payroll.WorkDay {
	days, err := payroll.ScheduleOf(sixDays, p, 480)
	require.NoError(t, err)
	return days
}

// Each rule in each situation, by hand.
func TestEachDayCountInEachSituation(t *testing.T) {
	type m map[int]string
	since := func(day, amount string) hr.Step[hr.Terms] {
		return hr.Step[hr.Terms]{Since: hr.MustDate(day), Value: basic(amount)}
	}
	gone := func(day string) hr.Step[hr.Terms] { return hr.Step[hr.Terms]{Since: hr.MustDate(day), Void: true} }
	all := m{}
	for day := range 31 {
		all[day+1] = "1"
	}
	plan := prorated(t)
	for _, c := range []struct {
		name   string
		month  string
		steps  []hr.Step[hr.Terms]
		unpaid m
		short  map[int]int // minutes of the band "unpaid"
		want   [5]string   // calendar days, working days, fixed 26, fixed 30, hours
	}{
		{
			"a full month", "2026-10",
			[]hr.Step[hr.Terms]{since("2026-01-01", "30000")},
			nil, nil,
			[5]string{"30000.00", "30000.00", "30000.00", "30000.00", "30000.00"},
		},
		{
			"a full February", "2027-02",
			[]hr.Step[hr.Terms]{since("2026-01-01", "30000")},
			nil, nil,
			[5]string{"30000.00", "30000.00", "30000.00", "30000.00", "30000.00"},
		},
		// 12 to 31 October: 20 of 31 days; working days before: 1, 5 to 9, and half of 3 and of 10 = 7, so 16.5 of 23.5; numbers 12 to 30 of thirty.
		{
			"a joiner on Monday the 12th", "2026-10",
			[]hr.Step[hr.Terms]{since("2026-10-12", "30000")},
			nil, nil,
			[5]string{"19354.84", "21063.83", "19354.84", "19000.00", "21063.83"},
		},
		// The other part of the same month: 11 of 31; 7 of 23.5; numbers 1 to 11. Rounded, both parts are the month.
		{
			"a leaver on Sunday the 11th", "2026-10",
			[]hr.Step[hr.Terms]{since("2026-01-01", "30000"), gone("2026-10-12")},
			nil, nil,
			[5]string{"10645.16", "8936.17", "10645.16", "11000.00", "8936.17"},
		},
		// The 31st is half a Saturday: 1/31; 0.5/23.5; ignored by thirtieths (5 U.S.C. 5505(3)).
		{
			"a joiner on Saturday the 31st", "2026-10",
			[]hr.Step[hr.Terms]{since("2026-10-31", "31000")},
			nil, nil,
			[5]string{"1000.00", "659.57", "1000.00", "0.00", "659.57"},
		},
		{
			"a leaver on Friday the 30th: thirty of thirty would be a full month", "2026-10",
			[]hr.Step[hr.Terms]{since("2026-01-01", "31000"), gone("2026-10-31")},
			nil, nil,
			[5]string{"30000.00", "30340.43", "30000.00", "31000.00", "30340.43"},
		},
		// February 2027 begins on a Monday: 24 days other than Sundays, 4 half: 22 working days, of which the 16th to the 28th are 16 to 19, 20
		// half, 22 to 26, 27 half = 10. Calendar 13/28. Thirtieths: 15 days elapsed before, 15 left.
		{
			"a joiner on Tuesday 16 February", "2027-02",
			[]hr.Step[hr.Terms]{since("2027-02-16", "28000")},
			nil, nil,
			[5]string{"13000.00", "12727.27", "13000.00", "14000.00", "12727.27"},
		},
		{
			"a leaver on 15 February: 15/28, 12/22, 15/30", "2027-02",
			[]hr.Step[hr.Terms]{since("2026-01-01", "28000"), gone("2027-02-16")},
			nil, nil,
			[5]string{"15000.00", "15272.73", "15000.00", "14000.00", "15272.73"},
		},
		// Monday 5 October: 1/31, 1/23.5, 1/26, 1/30.
		{
			"an unpaid Monday", "2026-10",
			[]hr.Step[hr.Terms]{since("2026-01-01", "31000")},
			m{5: "1"},
			nil,
			[5]string{"30000.00", "29680.85", "29807.69", "29966.67", "29680.85"},
		},
		{
			"half an unpaid Monday", "2026-10",
			[]hr.Step[hr.Terms]{since("2026-01-01", "31000")},
			m{5: "0.5"},
			nil,
			[5]string{"30500.00", "30340.43", "30403.85", "30483.33", "30340.43"},
		},
		{
			"an unpaid Sunday, as a sandwich rule may count it", "2026-10",
			[]hr.Step[hr.Terms]{since("2026-01-01", "31000")},
			m{4: "1"},
			nil,
			[5]string{"30000.00", "31000.00", "29807.69", "29966.67", "31000.00"},
		},
		{
			"an unpaid 31st costs a thirtieth, although the day is ignored", "2026-10",
			[]hr.Step[hr.Terms]{since("2026-01-01", "31000")},
			m{31: "1"},
			nil,
			[5]string{"30000.00", "30340.43", "29807.69", "29966.67", "30340.43"},
		},
		// Only hours know minutes: 23.5 days of 480 are 11280 minutes; 31000 x (11280 - 90)/11280.
		{
			"an hour and a half unpaid on Monday the 5th", "2026-10",
			[]hr.Step[hr.Terms]{since("2026-01-01", "31000")},
			nil,
			map[int]int{5: 90},
			[5]string{"31000.00", "31000.00", "31000.00", "31000.00", "30752.66"},
		},
		{
			"a month without a paid day", "2026-10",
			[]hr.Step[hr.Terms]{since("2026-01-01", "31000")},
			all, nil,
			[5]string{"0.00", "0.00", "0.00", "0.00", "0.00"},
		},
		{
			"a February without a paid day: 24/26 and 28/30 would leave something", "2027-02",
			[]hr.Step[hr.Terms]{since("2026-01-01", "31000")},
			all, nil,
			[5]string{"0.00", "0.00", "0.00", "0.00", "0.00"},
		},
		// 30 days unpaid, Sunday the 4th paid: 1/31; none of the working days; 30/26 and 30/30 leave nothing.
		{"one paid Sunday", "2026-10", []hr.Step[hr.Terms]{since("2026-01-01", "31000")}, func() m {
			x := m{}
			for day := range all {
				x[day] = all[day]
			}
			delete(x, 4)
			return x
		}(), nil, [5]string{"1000.00", "0.00", "0.00", "0.00", "0.00"}},
		// A raise on Friday the 16th: 15 and 16 of 31; before it 7 + 12 to 15 = 11 of 23.5, after it 12.5; 15 and 15 thirtieths.
		{
			"a raise on the 16th", "2026-10",
			[]hr.Step[hr.Terms]{since("2026-01-01", "31000"), since("2026-10-16", "62000")},
			nil, nil,
			[5]string{"47000.00", "47489.36", "47000.00", "46500.00", "47489.36"},
		},
		// The same with Monday the 5th and half of Tuesday the 20th unpaid, each at its own rate: less 1000 and 1000; 10 and 12 of 23.5; less
		// 31000/26 and half of 62000/26; 14 and 14.5 thirtieths.
		{
			"a raise, unpaid on both sides", "2026-10",
			[]hr.Step[hr.Terms]{since("2026-01-01", "31000"), since("2026-10-16", "62000")},
			m{5: "1", 20: "0.5"},
			nil,
			[5]string{"45000.00", "44851.06", "44615.38", "44433.33", "44851.06"},
		},
		// Joined on the 12th, raised on the 22nd (Thursday), left after the 28th (Wednesday), Tuesday the 13th unpaid. Calendar: 9 x 1000 + 7 x
		// 2000. Working: 12 to 21 are 12 14 15 16, half of 17, 19 20 21 = 7.5; 22 to 28 are 22 23, half of 24, 26 27 28 = 5.5 of 23.5.
		// 26: 10/31 - 1/26 of 31000, 7/31 of 62000. 30: (10 - 1)/30 of 31000, 7/30 of 62000.
		{
			"joined, raised and left, a day unpaid", "2026-10",
			[]hr.Step[hr.Terms]{since("2026-10-12", "31000"), since("2026-10-22", "62000"), gone("2026-10-29")},
			m{13: "1"},
			nil,
			[5]string{"23000.00", "24404.26", "22807.69", "23766.67", "24404.26"},
		},
		// Away on no terms from the 11th to the 20th: 21 of 31; away 12 to 16, half of 17, 19, 20 = 7.5 of 23.5; 20 of 30.
		{
			"away between two employments", "2026-10",
			[]hr.Step[hr.Terms]{since("2026-01-01", "31000"), gone("2026-10-11"), since("2026-10-21", "31000")},
			nil, nil,
			[5]string{"21000.00", "21106.38", "21000.00", "20666.67", "21106.38"},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			first := hr.MustDate(c.month + "-01")
			in := payroll.Input{Employee: "E1", Period: hr.MonthOf(first), PayDate: first.EndOfMonth(), Terms: timeline(t, c.steps...)}
			in.Schedule = schedule(t, in.Period)
			if c.unpaid != nil || c.short != nil {
				in.Timesheet = shortSheet(in, c.unpaid, c.short)
			}
			slip, err := plan.Calculate(in)
			require.NoError(t, err)
			var got [5]string
			for i, line := range countLines {
				got[i] = amount(t, slip, line)
			}
			require.Equal(t, c.want, got)
		})
	}
}

// shortSheet is sheetOf with minutes that are not paid.
func shortSheet(in payroll.Input, unpaid map[int]string, short map[int]int) hr.Timesheet {
	ts := sheetOf(in, unpaid, nil)
	for i, d := range ts.Days {
		if m := short[d.Date.Day()]; m > 0 {
			ts.Days[i].Bands = append(ts.Days[i].Bands, hr.Band{Name: payroll.BandUnpaid, Minutes: m})
		}
	}
	return ts
}

// Days planned unevenly: a long Monday weighs more than a short Friday.
func TestHoursWeighLongDaysMore(t *testing.T) {
	week := hr.MustPeriod("2026-10-05..2026-10-11") // a weekly period of 40 hours: 10, 10, 10, 10 from Monday, none on Friday
	in := payroll.Input{Employee: "E1", Period: week, PayDate: week.Through, Terms: hr.Since(hr.MustDate("2026-10-07"), basic("4000"))}
	for d := range week.Days() {
		day := payroll.WorkDay{Date: d}
		if d.Since(week.From) < 4 {
			day.Part, day.Minutes = dec("1"), 600
		}
		in.Schedule = append(in.Schedule, day)
	}
	in.Schedule[0].Minutes, in.Schedule[1].Minutes = 900, 300
	_, err := prorated(t).Calculate(in)
	require.Equal(t, []string{"period payroll.input.period"}, faultsOf(err), "a week has no thirtieths")
	var list []payroll.Component
	for _, x := range []payroll.Proration{{Rule: payroll.ScheduledHours, Rate: "basic", Line: "line by_hours in earnings"}, {Rule: payroll.WorkingDays, Rate: "basic", Line: "line by_working_days in earnings"}} {
		c, err := x.Component()
		require.NoError(t, err)
		list = append(list, c)
	}
	plan, err := payroll.Compile(payroll.Config{Currency: "INR", Components: list})
	require.NoError(t, err)
	slip, err := plan.Calculate(in)
	require.NoError(t, err)
	require.Equal(t, "2000.00", amount(t, slip, "by_hours"), "20 of 40 hours from Wednesday on")
	require.Equal(t, "2000.00", amount(t, slip, "by_working_days"), "2 of 4 days")
}

// byDay pays each day on its own, in exact fractions: a second and dumber method. It knows nothing of pieces.
func byDay(in payroll.Input, unpaid map[int]string, short map[int]int) [5]string {
	sums := [5]*big.Rat{}
	for i := range sums {
		sums[i] = new(big.Rat)
	}
	rat := func(d decimal.Decimal) *big.Rat { return d.Rat() }
	n := func(i int) *big.Rat { return big.NewRat(int64(i), 1) }
	working, minutes, paidDays := new(big.Rat), 0, new(big.Rat)
	for _, d := range in.Schedule {
		working.Add(working, rat(d.Part))
		minutes += d.Minutes
	}
	for i, d := range in.Schedule {
		terms, employed := in.Terms.At(d.Date)
		if !employed {
			continue
		}
		lost := new(big.Rat)
		if u, ok := unpaid[d.Date.Day()]; ok {
			lost = rat(dec(u))
		}
		paid := new(big.Rat).Sub(n(1), lost)
		paidDays.Add(paidDays, paid)
		thirtieths := 1 // what this day is of a month of thirty
		switch last := i == len(in.Schedule)-1; {
		case i+1 == 31:
			thirtieths = 0
		case last:
			thirtieths = 30 - i
		}
		full, _ := terms.Amount("basic")
		short := big.NewRat(int64(short[d.Date.Day()]), 1)
		for rule, share := range [5]*big.Rat{
			new(big.Rat).Quo(paid, n(in.Period.Len())),
			new(big.Rat).Quo(new(big.Rat).Mul(paid, rat(d.Part)), working),
			new(big.Rat).Sub(big.NewRat(1, int64(in.Period.Len())), new(big.Rat).Quo(lost, n(26))),
			new(big.Rat).Quo(new(big.Rat).Sub(n(thirtieths), lost), n(30)),
			new(big.Rat).Quo(new(big.Rat).Sub(new(big.Rat).Mul(paid, n(d.Minutes)), short), n(minutes)),
		} {
			sums[rule].Add(sums[rule], new(big.Rat).Mul(share, rat(full)))
		}
	}
	var out [5]string
	for i, sum := range sums {
		if sum.Sign() < 0 || paidDays.Sign() == 0 {
			sum = new(big.Rat)
		}
		out[i] = sum.FloatString(2) // rounds a half away from zero
	}
	return out
}

// Whoever joins, leaves, is raised and is away, in months of every length: each rule pays what paying each day on its own comes to;
// cutting the month anywhere changes nothing; who is paid in full gets no more than the highest rate, and unpaid days only ever take away.
func TestDayCountsAgreeWithPayingEachDay(t *testing.T) {
	plan := prorated(t)
	rapid.Check(t, func(t *rapid.T) {
		first := hr.MustDate(rapid.SampledFrom([]string{"2026-10-01", "2026-11-01", "2027-02-01", "2028-02-01", "2026-12-26"}).Draw(t, "month"))
		last, err := first.AddMonths(1, hr.MonthClamp)
		require.NoError(t, err)
		in := payroll.Input{Employee: "E1", Period: hr.Period{From: first, Through: last.Add(-1)}, PayDate: last.Add(-1)}
		days := in.Period.Len()
		in.Schedule = schedule(t, in.Period)
		rate := func() hr.Terms {
			return basic(decimal.New(rapid.Int64Range(0, 30_000_000).Draw(t, "rate"), -2).String())
		}
		steps := []hr.Step[hr.Terms]{{Since: first.Add(rapid.IntRange(-1, days-1).Draw(t, "joins")), Value: rate()}}
		for _, after := range rapid.SliceOfNDistinct(rapid.IntRange(1, days), 0, 3, rapid.ID).Draw(t, "changes") {
			s := hr.Step[hr.Terms]{Since: steps[0].Since.Add(after), Void: rapid.Bool().Draw(t, "gone")}
			if !s.Void {
				s.Value = rate()
			}
			steps = append(steps, s)
		}
		in.Terms = timeline(t, steps...)
		employed := 0
		for stretch := range in.Terms.Over(in.Period) {
			employed += stretch.Len()
		}
		if employed == 0 {
			t.Skip("employed on no day")
		}
		unpaid, short := map[int]string{}, map[int]int{}
		for range rapid.IntRange(0, 31).Draw(t, "irregular days") {
			unpaid[rapid.IntRange(1, 31).Draw(t, "day")] = rapid.SampledFrom([]string{"0.25", "0.5", "1"}).Draw(t, "unpaid")
		}
		for range rapid.IntRange(0, 3).Draw(t, "late days") {
			d := in.Schedule[rapid.IntRange(0, days-1).Draw(t, "late")]
			if _, away := unpaid[d.Date.Day()]; !away && d.Minutes > 0 { // something is planned and paid
				short[d.Date.Day()] = rapid.IntRange(1, d.Minutes).Draw(t, "minutes")
			}
		}
		in.Timesheet = shortSheet(in, unpaid, short)

		figures := func(in payroll.Input) [5]string {
			slip, err := plan.Calculate(in)
			require.NoError(t, err)
			var out [5]string
			for i, line := range countLines {
				out[i] = amount(t, slip, line)
			}
			return out
		}
		got := figures(in)
		require.Equal(t, byDay(in, unpaid, short), got)

		cut := in
		pieces := slices.Clone(steps)
		for _, at := range rapid.SliceOfNDistinct(rapid.IntRange(0, days-1), 0, 6, rapid.ID).Draw(t, "cuts") {
			since := first.Add(at)
			if held, employed := in.Terms.At(since); employed && !slices.ContainsFunc(steps, func(s hr.Step[hr.Terms]) bool { return s.Since == since }) {
				pieces = append(pieces, hr.Step[hr.Terms]{Since: since, Value: held})
			}
		}
		cut.Terms = timeline(t, pieces...)
		require.Equal(t, got, figures(cut))

		paid := in
		paid.Timesheet = hr.Timesheet{}
		whole := figures(paid)
		for i := range got {
			require.True(t, dec(got[i]).Cmp(dec(whole[i])) <= 0, "unpaid days take away: %s", countLines[i])
		}
		var highest decimal.Decimal
		for _, s := range steps {
			if a, ok := s.Value.Amount("basic"); ok {
				highest = decimal.Max(highest, a)
			}
		}
		for i := range whole {
			require.True(t, dec(whole[i]).Cmp(highest) <= 0, "no more than a month: %s", countLines[i])
		}
	})
}

func TestProrationRefuses(t *testing.T) {
	_, err := payroll.Proration{Rule: "fixed 31"}.Component()
	require.ElementsMatch(t, []string{"rule payroll.day_count", "rate payroll.day_count", "line payroll.day_count"}, faultsOf(err))
	require.ErrorContains(t, err, "calendar days, working days, fixed 26, fixed 30, hours")
	_, err = payroll.Proration{Rule: payroll.Fixed30, Rate: "basic", Line: " \t"}.Component()
	require.Equal(t, []string{"line payroll.day_count"}, faultsOf(err))
	c, err := payroll.Proration{Rule: payroll.Fixed30, Rate: "basic", Line: "line"}.Component()
	require.NoError(t, err, "what is badly written shows when it is compiled")
	require.Equal(t, "line", c.Name)
}

func TestAScheduleIsTheWholePeriod(t *testing.T) {
	plan := prorated(t)
	in := payroll.Input{Employee: "E1", Period: october, PayDate: october.Through, Terms: hr.Since(october.From, basic("987654"))}
	refused := func(want ...string) {
		t.Helper()
		_, err := plan.Calculate(in)
		require.ElementsMatch(t, want, faultsOf(err))
		require.NotContains(t, err.Error(), "987654")
	}
	refused("schedule payroll.input.schedule")
	in.Schedule = schedule(t, hr.MustPeriod("2026-09-01..2026-09-30"))
	refused("schedule payroll.input.schedule")
	in.Schedule = schedule(t, october)
	in.Schedule[3].Date = in.Schedule[2].Date
	in.Schedule[4].Part = dec("1.5")
	in.Schedule[5].Minutes = -1
	in.Schedule[6].Minutes, in.Schedule[7].Minutes = 24*60, 24*60+1 // a day has 1,440
	refused("schedule[3].date payroll.input.schedule", "schedule[4].part payroll.input.schedule", "schedule[5].minutes payroll.input.schedule", "schedule[7].minutes payroll.input.schedule")
	in.Schedule = schedule(t, october)
	in.Timesheet = shortSheet(in, map[int]string{5: "0.5"}, map[int]int{5: 241})
	refused("timesheet.days payroll.input.timesheet")
	in.Timesheet = shortSheet(in, map[int]string{5: "0.5"}, map[int]int{5: 240})
	_, err := plan.Calculate(in)
	require.NoError(t, err)

	_, err = payroll.ScheduleOf(sixDays, hr.MustPeriod("2025-12-01..2025-12-31"), 480)
	require.ErrorIs(t, err, hr.ErrNoValue)

	in.Timesheet, in.Schedule = hr.Timesheet{}, nil
	_, err = office(t).Calculate(full("E1"))
	require.NoError(t, err, "a plan that asks for no schedule needs none")
}

// The ready component is an ordinary text: the host's own statements may declare its inputs too.
func TestAProrationIsATextLikeAnyOther(t *testing.T) {
	c, err := payroll.Proration{Rule: payroll.Fixed30, Rate: "basic", Line: `line basic_pay "Basic" in earnings`, Step: "1"}.Component()
	require.NoError(t, err)
	require.Equal(t, "basic_pay", c.Name)
	own := payroll.Component{Name: "own", Text: "input basic \"Basic, a month\": money by piece = 0\n"}
	plan, err := payroll.Compile(payroll.Config{Currency: "INR", Components: []payroll.Component{own, c}})
	require.NoError(t, err)
	in := payroll.Input{Employee: "E1", Period: october, PayDate: october.Through, Terms: hr.Since(hr.MustDate("2026-10-12"), basic("1000"))}
	slip, err := plan.Calculate(in)
	require.NoError(t, err)
	require.Equal(t, "633.00", amount(t, slip, "basic_pay"), "1000 x 19/30 = 633.33, to the rupee")

	in.Timesheet = sheetOf(in, map[int]string{13: "1"}, nil)
	trace, err := plan.Explain(in, "basic_pay")
	require.NoError(t, err)
	var punches []string
	collect(trace, func(r hr.Ref) { punches = append(punches, r.ID) })
	require.Contains(t, punches, "2026-10-13", "the unpaid day is the evidence")
}

// Columns answer as one payslip does, and a row filled field by field states what a schedule would.
func TestDayCountsInABatch(t *testing.T) {
	plan := prorated(t)
	b := plan.NewBatch(2)
	require.NoError(t, b.Begin(october, october.Through))
	in := payroll.Input{Employee: "E1", Period: october, PayDate: october.Through, Terms: hr.Since(hr.MustDate("2026-10-12"), basic("30000")), Schedule: schedule(t, october)}
	in.Timesheet = shortSheet(in, map[int]string{13: "1"}, map[int]int{14: 7})
	row, err := b.Add(in)
	require.NoError(t, err)
	b.Calculate()
	require.Zero(t, b.Slow(), "every rule has its integer form")
	got, err := b.Payslip(row)
	require.NoError(t, err)
	want, err := plan.Calculate(in)
	require.NoError(t, err)
	require.Equal(t, want.Digest(), got.Digest())
}

// A run plans each day by the calendar of the terms on it; who has no known calendar has a fault, and stops nobody else.
func TestARunPlansDaysByTheCalendarOfTheTerms(t *testing.T) {
	c, err := payroll.Proration{Rule: payroll.WorkingDays, Rate: "basic", Line: "line basic_pay in earnings"}.Component()
	require.NoError(t, err)
	h, err := payroll.Proration{Rule: payroll.ScheduledHours, Rate: "basic", Line: "line by_hours in information"}.Component()
	require.NoError(t, err)
	plan, err := payroll.Compile(payroll.Config{Currency: "INR", Components: []payroll.Component{c, h}})
	require.NoError(t, err)
	w := newWorld(t, 3)
	w.Plans, w.DayMinutes = []*payroll.Plan{plan}, 480
	everyDay := hr.MustCalendar(hr.CalendarRules{Name: "every", Span: hr.MustPeriod("2026-01-01..2026-12-31")})
	w.Calendars = map[string]hr.Calendar{"six": sixDays, "every": everyDay}
	_, err = w.Adopt(t.Context(), w.cmd(officer), plan, hr.MustPeriod("2026-04-01.."))
	require.NoError(t, err)
	on := func(calendar string) hr.Terms {
		x := basic("23500")
		x.Calendar = calendar
		return x
	}
	w.staff.terms["E001"] = hr.Since(hr.MustDate("2026-10-12"), on("six"))
	w.staff.terms["E002"] = timeline(t, hr.Step[hr.Terms]{Since: hr.MustDate("2026-01-01"), Value: on("six")}, hr.Step[hr.Terms]{Since: hr.MustDate("2026-10-12"), Value: on("every")})
	w.staff.terms["E003"] = hr.Since(hr.MustDate("2026-01-01"), on("nowhere"))
	id := w.create(t)
	w.calculate(t, id)
	slip, err := w.Payslip(t.Context(), asOfficer, id, "E001")
	require.NoError(t, err)
	require.Equal(t, "16500.00", amount(t, slip, "basic_pay"), "16.5 of 23.5 days of 1000")
	require.Equal(t, "16500.00", amount(t, slip, "by_hours"))
	slip, err = w.Payslip(t.Context(), asOfficer, id, "E002")
	require.NoError(t, err)
	require.Equal(t, "23500.00", amount(t, slip, "basic_pay"), "7 days by one calendar and 20 by the other are the whole month")
	_, err = w.Payslip(t.Context(), asOfficer, id, "E003")
	require.Equal(t, []string{"terms.calendar payroll.input.schedule"}, faultsOf(err))
	_, err = w.Explain(t.Context(), asOfficer, id, "E001", "basic_pay")
	require.NoError(t, err, "it comes out the same again")
}
