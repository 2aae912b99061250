package attendance_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
)

// run makes days that follow each other from a date, each with so many minutes of regular time.
func run(from string, minutes ...int) []attendance.Day {
	out := make([]attendance.Day, len(minutes))
	for i, m := range minutes {
		out[i] = attendance.Day{Date: day(from).Add(i), Worked: m, Status: attendance.StatusPresent}
		if m > 0 {
			out[i].Bands = []hr.Band{{Name: "regular", Minutes: m}}
		}
	}
	return out
}

func bandsOf(days []attendance.Day) (out []string) {
	for _, d := range days {
		text := d.Date.String()[5:]
		for _, b := range d.Bands {
			text += fmt.Sprint(" ", b.Name, " ", b.Minutes)
		}
		out = append(out, text)
	}
	return out
}

var fortyHours = attendance.Tiers{Starts: time.Monday, Week: []attendance.Tier{{Beyond: 2400, Band: "overtime"}}}

// 5 October 2026 is a Monday.
func TestTiersByTheWorkweek(t *testing.T) {
	days := run("2026-10-08", 600, 600, 0, 0, 600, 600, 600, 600, 60)
	days[7].Bands = append(days[7].Bands, hr.Band{Name: "night", Minutes: 30})
	got, err := fortyHours.Apply(days)
	require.NoError(t, err)
	// Thursday and Friday are the end of one week; 4 x 600 = 2400 reach the limit on Thursday of the next.
	require.Equal(t, []string{
		"10-08 regular 600", "10-09 regular 600", "10-10", "10-11", "10-12 regular 600", "10-13 regular 600", "10-14 regular 600",
		"10-15 regular 600 night 30", "10-16 overtime 60",
	}, bandsOf(got))
	require.Equal(t, 60, got[8].Overtime)
	require.Equal(t, []string{"10-16 regular 60"}, bandsOf(days[8:]), "the days given stay as they were")
	_, err = fortyHours.Apply([]attendance.Day{days[0], days[2]})
	require.Equal(t, []hr.Rule{attendance.RuleTimesheetDays}, rules(err))

	// A week that begins in the middle: its seventh day is the Sunday, and not all seven were worked that we know of.
	tiers := california
	tiers.Starts = time.Monday
	got, err = tiers.Apply(run("2026-10-06", 60, 60, 60, 60, 60, 60))
	require.NoError(t, err)
	require.Equal(t, "10-11 regular 60", bandsOf(got)[5])
	got, err = tiers.Apply(run("2026-10-05", 60, 60, 60, 60, 60, 60, 60))
	require.NoError(t, err)
	require.Equal(t, "10-11 overtime 60", bandsOf(got)[6])
}

// In whatever pieces a run of days is read, as long as each begins with a workweek, the bands are the same, and no minute is lost.
func TestAWeekMayBeCutWhereItBegins(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tiers := california
		tiers.Starts = rapid.SampledFrom([]time.Weekday{time.Sunday, time.Monday, time.Thursday}).Draw(t, "starts")
		days := run("2026-10-01", rapid.SliceOfN(rapid.SampledFrom([]int{0, 60, 480, 600, 780}), 8, 30).Draw(t, "minutes")...)
		whole, err := tiers.Apply(days)
		require.NoError(t, err)
		cut := rapid.IntRange(1, len(days)-1).Draw(t, "cut")
		for cut > 0 && days[cut].Date.Weekday() != tiers.Starts {
			cut--
		}
		first, err := tiers.Apply(days[:cut])
		require.NoError(t, err)
		second, err := tiers.Apply(days[cut:])
		require.NoError(t, err)
		require.Equal(t, bandsOf(whole), bandsOf(append(first, second...)))
		for i, d := range whole {
			sum := 0
			for _, b := range d.Bands {
				sum += b.Minutes
			}
			require.Equal(t, days[i].Worked, sum)
		}
	})
}

// E1 works six days of 9 hours less an hour's break from Monday 28 September: 40 hours are reached with Friday 2 October, and Saturday the
// 3rd is overtime of October although most of its week lies in September.
func TestAPayPeriodKnowsTheWeekBeforeIt(t *testing.T) {
	o := open(t)
	terms := o.Terms.(staff)
	terms["E1"] = hr.Since(day("2026-09-01"), hr.Terms{Calendar: "blr", Shift: "general", Region: "US"})
	o.Tiers = map[string]hr.Timeline[attendance.Tiers]{"US": hr.Since(day("2026-01-01"), fortyHours)}
	require.NoError(t, o.Validate())
	var list []attendance.Punch
	for d := day("2026-09-28"); d.Compare(day("2026-10-03")) <= 0; d = d.Add(1) {
		list = append(list, punches(t, d.String(), "i09:00 o18:00")...)
	}
	o.record(t, of("E1", 1, list))
	sheet := o.sheet(t, "E1", 0)
	require.Equal(t, []hr.Band{{Name: "regular", Minutes: 960}, {Name: "overtime", Minutes: 480}}, sheet.Bands) // 1st and 2nd; 3rd
	require.Equal(t, 31, len(sheet.Days))
	known := o.head(t, "E1")

	// A punch of Monday that comes late moves what Saturday is, and Changes says that it can.
	_, err := o.Void(t.Context(), o.cmd(boss), "E1", list[0].Derive())
	require.NoError(t, err)
	changes, err := o.Changes(t.Context(), view, []hr.Pin{{Employee: "E1", Known: hr.Known{Own: known}}})
	require.NoError(t, err)
	require.Len(t, changes, 1)
	require.True(t, changes[0].Period.Contains(day("2026-10-04")))
	require.Equal(t, []hr.Band{{Name: "regular", Minutes: 1440}}, o.sheet(t, "E1", 0).Bands, "32 hours before Saturday leave 8")
	require.Equal(t, sheet.Digest(), o.sheet(t, "E1", known).Digest(), "what was known then does not change")

	saturday := o.day(t, "E1", "2026-10-03", known)
	require.Equal(t, attendance.RestDay, saturday.Kind)
	var names []string
	for _, p := range saturday.Trace.Parts {
		names = append(names, p.Name)
	}
	require.Equal(t, []string{"shift", "worked", "overtime", "payable"}, names, "and it says so")
}

// The calendar begins on 1 January 2026, a Thursday; the week began on Monday 29 December. The first month of a calendar can be asked for.
func TestAWorkweekMayBeginBeforeTheCalendar(t *testing.T) {
	o := open(t)
	o.Terms.(staff)["E1"] = hr.Since(day("2025-01-01"), hr.Terms{Calendar: "blr", Shift: "general", Region: "US"})
	o.Tiers = map[string]hr.Timeline[attendance.Tiers]{"US": hr.Since(day("2025-01-01"), fortyHours)}
	var list []attendance.Punch
	for d := day("2025-12-29"); d.Compare(day("2026-01-03")) <= 0; d = d.Add(1) {
		list = append(list, punches(t, d.String(), "i09:00 o18:00")...)
	}
	o.record(t, of("E1", 1, list))
	days, err := o.Days(t.Context(), view, "E1", hr.MustPeriod("2026-01-01..2026-01-31"))
	require.NoError(t, err)
	require.Len(t, days, 31)
	require.Equal(t, []string{"01-01 regular 480", "01-02 regular 480", "01-03 overtime 480"}, bandsOf(days[:3]))
	_, err = o.Days(t.Context(), view, "E1", hr.MustPeriod("2025-12-31..2026-01-31"))
	require.Equal(t, []hr.Rule{hr.RuleCalendarSpan}, rules(err), "a day that is asked for needs its calendar")
}

// A workweek goes by the law of its first day; somebody who moves is read by the law of where they are.
func TestTiersOfTheirDayAndRegion(t *testing.T) {
	o := open(t)
	hours := func(n int) attendance.Tiers {
		return attendance.Tiers{Starts: time.Monday, Day: []attendance.Tier{{Beyond: n, Band: "overtime"}}}
	}
	law, err := hr.NewTimeline(hr.Step[attendance.Tiers]{Since: day("2026-01-01"), Value: hours(480)}, hr.Step[attendance.Tiers]{Since: day("2026-10-07"), Value: hours(420)})
	require.NoError(t, err)
	line, err := hr.NewTimeline(
		hr.Step[hr.Terms]{Since: day("2026-09-01"), Value: hr.Terms{Calendar: "blr", Shift: "general", Region: "X"}},
		hr.Step[hr.Terms]{Since: day("2026-10-14"), Value: hr.Terms{Calendar: "blr", Shift: "general", Region: "Y"}})
	require.NoError(t, err)
	o.Terms.(staff)["E1"] = line
	o.Tiers = map[string]hr.Timeline[attendance.Tiers]{"X": law}
	for _, d := range []string{"2026-10-08", "2026-10-12", "2026-10-14"} {
		o.record(t, of("E1", int64(day(d).Day())*10, punches(t, d, "i09:00 o19:00"))) // 600 less 60
	}
	require.Equal(t, 60, o.day(t, "E1", "2026-10-08", 0).Overtime, "the week of the 5th began under 8 hours")
	require.Equal(t, 120, o.day(t, "E1", "2026-10-12", 0).Overtime, "the next one under 7")
	require.Equal(t, 60, o.day(t, "E1", "2026-10-14", 0).Overtime, "in Y there are no tiers: beyond the shift")
	o.Tiers["X"] = hr.Since(day("2026-01-01"), attendance.Tiers{Day: []attendance.Tier{{Beyond: -1, Band: "overtime"}}})
	require.Equal(t, []string{"tiers[X].2026-01-01.day[0].beyond"}, paths(o.Validate()))
}

func TestOvertimeApproval(t *testing.T) {
	days := run("2026-10-05", 780)
	days[0].Sessions = []attendance.Session{{In: attendance.Punch{At: at(t, "2026-10-05 09:00")}}}
	days, err := attendance.Tiers{Day: []attendance.Tier{{480, "overtime"}, {720, "double"}}}.Apply(days)
	require.NoError(t, err)
	require.Equal(t, "10-05 regular 480 overtime 240 double 60", bandsOf(days)[0])
	allow := func(minutes int, when string) attendance.Allowance {
		return attendance.Allowance{Employee: "E1", Date: day(monday), Minutes: minutes, At: at(t, when), Ref: hr.Ref{Kind: "permit", ID: "A"}}
	}
	for _, row := range []struct {
		rule     attendance.OvertimeApproval
		allowed  []attendance.Allowance
		want     string
		overtime int
	}{
		{attendance.OvertimeFree, nil, "10-05 regular 480 overtime 240 double 60", 300},
		{attendance.ApprovedAnyOrder, nil, "10-05 regular 480 unapproved 300", 0},
		{attendance.ApprovedAnyOrder, []attendance.Allowance{allow(0, "2026-10-06 10:00")}, "10-05 regular 480 unapproved 300", 0},
		{attendance.ApprovedAnyOrder, []attendance.Allowance{allow(300, "2026-10-06 10:00")}, "10-05 regular 480 overtime 240 double 60", 300},
		{attendance.ApprovedAnyOrder, []attendance.Allowance{allow(200, "2026-10-06 10:00")}, "10-05 regular 480 overtime 200 unapproved 100", 200}, // the double hour first, then 40
		{attendance.ApprovedAnyOrder, []attendance.Allowance{allow(200, "2026-10-06 10:00"), allow(90, "2026-10-04 10:00")}, "10-05 regular 480 overtime 240 double 50 unapproved 10", 290},
		{attendance.ApprovedBefore, []attendance.Allowance{allow(200, "2026-10-06 10:00"), allow(90, "2026-10-05 09:00")}, "10-05 regular 480 overtime 90 unapproved 210", 90},
		{attendance.ApprovedBefore, []attendance.Allowance{allow(900, "2026-10-04 10:00")}, "10-05 regular 480 overtime 240 double 60", 300},
	} {
		got, err := row.rule.Apply(days, row.allowed)
		require.NoError(t, err)
		require.Equal(t, row.want, bandsOf(got)[0])
		require.Equal(t, row.overtime, got[0].Overtime)
		require.Equal(t, row.overtime < 300, got[0].Has(attendance.UnapprovedOvertime))
	}
	_, err = attendance.OvertimeApproval("maybe").Apply(days, []attendance.Allowance{{Minutes: -1}})
	require.Equal(t, []hr.Rule{attendance.RuleOvertimeApproval, attendance.RuleAllowance}, rules(err))
}

// A host's own days may have no sessions: then nothing was allowed too late.
func TestOvertimeApprovalWithoutSessions(t *testing.T) {
	days := run(monday, 300)
	days[0].Bands, days[0].Overtime = []hr.Band{{Name: "overtime", Minutes: 300}}, 300
	days[0].Exceptions = []attendance.Exception{{Code: attendance.Late}, {Code: attendance.WorkOnOffDay}}
	allowed := []attendance.Allowance{{Date: day(monday), Minutes: 200, At: at(t, "2026-10-05 23:00")}}
	got, err := attendance.ApprovedBefore.Apply(days, allowed)
	require.NoError(t, err)
	require.Equal(t, []string{"10-05 overtime 200 unapproved 100"}, bandsOf(got))
	require.Equal(t, []attendance.ExceptionCode{attendance.Late, attendance.UnapprovedOvertime, attendance.WorkOnOffDay}, codes(got[0]), "in the order of the codes")
	// What is refused later joins what was refused before, and where nothing else is left it is all there is.
	allowed[0].Minutes = 50
	got, err = attendance.ApprovedBefore.Apply(got, allowed)
	require.NoError(t, err)
	require.Equal(t, []string{"10-05 overtime 50 unapproved 250"}, bandsOf(got))
	got, err = attendance.ApprovedBefore.Apply(got, nil)
	require.NoError(t, err)
	require.Equal(t, []string{"10-05 unapproved 300"}, bandsOf(got))
}

func TestTimeOff(t *testing.T) {
	days := run("2026-10-05", 600, 480, 250, 540)
	days[2].Kind = attendance.RestDay
	days, err := attendance.Tiers{Starts: time.Monday, Day: []attendance.Tier{{480, "overtime"}}, RestDay: []attendance.Tier{{0, "rest_day"}}}.Apply(days)
	require.NoError(t, err)
	// Half an hour more for each hour: 120 minutes are 3 hours, 60 are 1.5. Usable from the day after, for 30 days.
	byHours := attendance.TimeOff{Type: "toil", Bands: []string{"overtime"}, Multiple: dec("1.5"), Valid: 30}
	banked, grants, err := byHours.Bank("E1", days)
	require.NoError(t, err)
	require.Equal(t, []string{"10-05 regular 480 banked 120", "10-06 regular 480", "10-07 rest_day 250", "10-08 regular 480 banked 60"}, bandsOf(banked))
	require.Len(t, grants, 2)
	require.Equal(t, hr.LeaveGrant{
		Ref: hr.Ref{Kind: "time_off", ID: "E1:toil:2026-10-05"}, Date: day("2026-10-05"), Employee: "E1", Type: "toil", Unit: "hours", Quantity: grants[0].Quantity, Usable: hr.MustPeriod("2026-10-06..2026-11-04"),
	}, grants[0])
	require.Equal(t, "3 1.5", hr.Canonical(grants[0].Quantity)+" "+hr.Canonical(grants[1].Quantity))
	require.Equal(t, 0, banked[0].Overtime)
	// Compensatory leave: half a day from 4 hours, a day from 8; an hour or two of a working day give nothing and stay overtime.
	compOff := attendance.TimeOff{Type: "comp_off", HalfDay: 240, FullDay: 480}
	banked, grants, err = compOff.Bank("E1", days)
	require.NoError(t, err)
	require.Equal(t, []string{"10-05 regular 480 overtime 120", "10-06 regular 480", "10-07 banked 250", "10-08 regular 480 overtime 60"}, bandsOf(banked))
	require.Len(t, grants, 1)
	require.Equal(t, "0.5 days 2026-10-08..", grants[0].Quantity.String()+" "+grants[0].Unit+" "+grants[0].Usable.String())
	exact := run(monday, 240, 239)
	for i := range exact {
		exact[i].Bands[0].Name, exact[i].Overtime = "overtime", exact[i].Worked
	}
	banked, _, err = compOff.Bank("E1", exact)
	require.NoError(t, err)
	require.Equal(t, []string{"10-05 banked 240", "10-06 overtime 239"}, bandsOf(banked), "four hours to the minute")
	banked, _, err = attendance.TimeOff{Type: "comp_off", FullDay: 240}.Bank("E1", exact)
	require.NoError(t, err)
	require.Equal(t, []string{"10-05 banked 240", "10-06 overtime 239"}, bandsOf(banked), "no half days")
	require.NoError(t, attendance.TimeOff{Type: "comp_off", HalfDay: 1440, FullDay: 1440, Valid: 3660}.Validate())
	require.Equal(t, []string{"half_day", "valid"}, paths(attendance.TimeOff{Type: "comp_off", FullDay: 1441, Valid: 3661}.Validate()))
	_, grants, err = attendance.TimeOff{}.Bank("E1", days)
	require.NoError(t, err)
	require.Empty(t, grants)
	_, _, err = attendance.TimeOff{Multiple: dec("-1"), HalfDay: 9, Valid: -1}.Bank("E1", days)
	require.Equal(t, []string{"type", "multiple", "half_day", "valid"}, paths(err))
}

func TestLatePenalty(t *testing.T) {
	days := run("2026-10-01", make([]int, 31)...)
	for _, n := range []int{1, 5, 6, 9, 12, 20, 27} { // seven late days
		days[n].Late = 15
		days[n].Refs = []hr.Ref{{Kind: "punch", ID: fmt.Sprint(n)}}
	}
	days[28].Early = 20
	rule := attendance.LatePenalty{Every: 3, Days: dec("0.5"), Type: "casual"}
	got, err := rule.Charge("E1", october, days)
	require.NoError(t, err)
	refs := func(ids ...string) (out []hr.Ref) {
		for _, id := range ids {
			out = append(out, hr.Ref{Kind: "punch", ID: id})
		}
		return out
	}
	require.Equal(t, []hr.LeaveCharge{ // the third and the sixth; the seventh is left over
		{Ref: hr.Ref{Kind: "late", ID: "E1:casual:2026-10-01:1"}, Employee: "E1", Date: day("2026-10-07"), Type: "casual", Quantity: dec("0.5"), Refs: refs("1", "5", "6")},
		{Ref: hr.Ref{Kind: "late", ID: "E1:casual:2026-10-01:2"}, Employee: "E1", Date: day("2026-10-21"), Type: "casual", Quantity: dec("0.5"), Refs: refs("9", "12", "20")},
	}, got)
	count := func(p attendance.LatePenalty, pay hr.Period) int {
		got, err := p.Charge("E1", pay, days)
		require.NoError(t, err)
		return len(got)
	}
	rule.Free = 2
	require.Equal(t, 1, count(rule, october)) // 5 marks beyond 2
	rule.Early = true
	require.Equal(t, 2, count(rule, october)) // the early day is a sixth
	rule.Free, rule.Early = 0, false
	require.Equal(t, 1, count(rule, hr.MustPeriod("2026-10-01..2026-10-15")), "marks are of a pay period")
	require.Equal(t, 0, count(attendance.LatePenalty{}, october))
	for _, good := range []attendance.LatePenalty{{Every: 1, Days: dec("1"), Type: "casual"}, {Every: 3, Days: dec("3"), Type: "casual"}} {
		require.NoError(t, good.Validate())
	}
	for _, bad := range []attendance.LatePenalty{{Every: 3, Type: "casual"}, {Every: 3, Days: dec("3.1"), Type: "casual"}, {Every: 3, Days: dec("1")}} {
		require.Equal(t, []hr.Rule{attendance.RulePenalty}, rules(bad.Validate()))
	}
	_, err = attendance.LatePenalty{Free: -1, Days: dec("2")}.Charge("E1", october, days)
	require.Equal(t, []string{"every", "days", "type"}, paths(err))
}

func TestCaps(t *testing.T) {
	days := run("2026-03-30", make([]int, 95)...) // Monday 30 March to 2 July
	for i := range days {
		if i%7 < 5 {
			days[i].Bands = []hr.Band{{Name: "regular", Minutes: 480}, {Name: "overtime", Minutes: 60}, {Name: "night", Minutes: 300}}
		}
	}
	// Working days of the second quarter of 2026: 65, an hour each. 50 hours are passed with the 51st. The 1st of April is a Wednesday:
	// 3 in that week, and 48 in 9 weeks and 3 days: Wednesday 10 June.
	got, err := attendance.Cap{Span: attendance.CapQuarter, Minutes: 3000}.Over(days)
	require.NoError(t, err)
	require.Len(t, got, 1)
	require.Equal(t, "2026-04-01..2026-06-30", got[0].Period.String())
	require.Equal(t, 65*60, got[0].Minutes)
	require.Equal(t, "2026-06-10", got[0].Since.String())
	for span, want := range map[attendance.CapSpan]int{attendance.CapWeek: 13, attendance.CapMonth: 3, attendance.CapYear: 1, attendance.CapDay: 0} {
		got, err := attendance.Cap{Span: span, Minutes: 299 + map[attendance.CapSpan]int{attendance.CapMonth: 180, attendance.CapWeek: 0}[span], Starts: time.Monday}.Over(days)
		require.NoError(t, err)
		require.Len(t, got, want, span)
	}
	none, err := attendance.Cap{Span: attendance.CapDay}.Over(days)
	require.NoError(t, err)
	require.Len(t, none, 69, "a cap of nothing: 2 working days of March, 65 of the quarter, 2 of July")
	_, err = attendance.Cap{Span: "decade", Minutes: -1, Starts: 8}.Over(days)
	require.Equal(t, []string{"span", "minutes", "starts"}, paths(err))
}

// October 2026 begins on a Thursday. A span is the whole of it, also where the days that are given are a part.
func TestTheSpanOfACap(t *testing.T) {
	for _, row := range []struct {
		span      attendance.CapSpan
		starts    time.Weekday
		day, want string
	}{
		{attendance.CapDay, 0, "2026-10-07", "2026-10-07..2026-10-07"},
		{attendance.CapWeek, time.Monday, "2026-10-05", "2026-10-05..2026-10-11"}, // Monday
		{attendance.CapWeek, time.Monday, "2026-10-11", "2026-10-05..2026-10-11"}, // Sunday
		{attendance.CapWeek, time.Sunday, "2026-10-11", "2026-10-11..2026-10-17"},
		{attendance.CapWeek, time.Saturday, "2026-10-09", "2026-10-03..2026-10-09"}, // Friday
		{attendance.CapWeek, time.Saturday, "2026-10-10", "2026-10-10..2026-10-16"},
		{attendance.CapWeek, time.Thursday, "2026-10-06", "2026-10-01..2026-10-07"}, // Tuesday
		{attendance.CapMonth, 0, "2026-10-31", "2026-10-01..2026-10-31"},
		{attendance.CapQuarter, 0, "2026-12-31", "2026-10-01..2026-12-31"},
		{attendance.CapYear, 0, "2026-10-07", "2026-01-01..2026-12-31"},
	} {
		days := run(row.day, 60)
		days[0].Bands = []hr.Band{{Name: "overtime", Minutes: 60}}
		got, err := attendance.Cap{Span: row.span, Starts: row.starts}.Over(days)
		require.NoError(t, err)
		require.Len(t, got, 1)
		require.Equal(t, row.want, got[0].Period.String(), "%s from %s around %s", row.span, row.starts, row.day)
	}
}

// Friday 20:00 to Saturday 08:00 is 8 hours of Saturday; London's Sunday of 25 October 2026 has an hour more.
func TestWeekend(t *testing.T) {
	weekend := attendance.Weekend{}
	weekend.Days[time.Saturday], weekend.Days[time.Sunday] = true, true
	s := shift(t, "night", "20:00", "08:00")
	got, err := attendance.Classify(attendance.DayInput{
		Date: day("2026-10-09"), Shift: s, Calendar: workday("2026-10-09"), Policy: attendance.Policy{Weekend: weekend}, Punches: punches(t, "2026-10-09", "i20:00 +o08:00"),
	})
	require.NoError(t, err)
	require.Equal(t, []string{"10-09 regular 720 weekend 480"}, bandsOf([]attendance.Day{got}))
	london := shiftIn(t, "Europe/London", "day", "00:00", "24:00")
	got, err = attendance.Classify(attendance.DayInput{
		Date: day("2026-10-25"), Shift: london, Calendar: workday("2026-10-25"), Policy: attendance.Policy{Weekend: weekend},
		Punches: []attendance.Punch{punch(attendance.In, in(t, "UTC", "2026-10-24 23:00")), punch(attendance.Out, in(t, "UTC", "2026-10-26 00:00"))},
	})
	require.NoError(t, err)
	require.Equal(t, []string{"10-25 regular 1500 weekend 1500"}, bandsOf([]attendance.Day{got}))
}

// What a day counts with rests and rounding: never more than from its first instant to its last, bands that make it, and no session over another.
func TestRoundingAndRestsLoseNothing(t *testing.T) {
	some := []*time.Location{zone(t, "Asia/Kolkata"), zone(t, "Europe/London"), zone(t, "Asia/Kathmandu")}
	rapid.Check(t, func(t *rapid.T) {
		in := someDay(t, some)
		in.Policy.Rounding = attendance.PunchRounding{
			Step: rapid.SampledFrom([]int{0, 5, 15, 30}).Draw(t, "step"),
			Mode: rapid.SampledFrom([]attendance.PunchRoundingMode{"", attendance.FavourEmployee, attendance.FavourEmployer}).Draw(t, "mode"),
		}
		in.Shift.Break.PaidUpTo = rapid.SampledFrom([]int{0, 10, 60}).Draw(t, "rests")
		got, err := attendance.Classify(in)
		require.NoError(t, err)
		sum, sessions := 0, 0
		for _, b := range got.Bands {
			if b.Name != "night" {
				sum += b.Minutes
			}
		}
		require.Equal(t, got.Worked, sum)
		for i, s := range got.Sessions {
			require.GreaterOrEqual(t, s.Minutes(), 0)
			sessions += s.Minutes()
			if i > 0 && in.Policy.Rounding.Step > 0 {
				require.False(t, s.From.Before(got.Sessions[i-1].Until), "no minute twice")
			}
		}
		if n := len(got.Sessions); n > 0 {
			first, last := got.Sessions[0], got.Sessions[n-1]
			whole := attendance.Session{In: first.In, Out: last.Out, From: first.From, Until: last.Until}.Minutes()
			require.LessOrEqual(t, sessions, whole)
			require.LessOrEqual(t, got.Worked, whole)
		} else {
			require.Zero(t, got.Worked)
		}
	})
}

// What a month asks of leave: two charges of half a day for six late marks, and a day off for a Saturday; asked again it is the same.
func TestForLeave(t *testing.T) {
	o := open(t)
	o.Penalty = attendance.LatePenalty{Every: 3, Days: dec("0.5"), Type: "casual"}
	o.TimeOff = attendance.TimeOff{Type: "comp_off", HalfDay: 240, FullDay: 480, Valid: 60}
	require.NoError(t, o.Validate())
	var list []attendance.Punch
	for _, d := range []string{"2026-10-05", "2026-10-06", "2026-10-07", "2026-10-08", "2026-10-09", "2026-10-12", "2026-10-13"} {
		list = append(list, punches(t, d, "i09:20 o18:00")...)
	}
	list = append(list, punches(t, "2026-10-10", "i09:00 o18:00")...) // 540 less 60
	o.record(t, of("E1", 1, list))
	got, err := o.ForLeave(t.Context(), view, []hr.Pin{{Employee: "E1"}, {Employee: "E3"}}, october)
	require.NoError(t, err)
	require.Len(t, got, 2)
	var days []string
	for _, c := range got[0].Charges {
		days = append(days, c.Date.String()+" "+c.Quantity.String())
	}
	require.Equal(t, []string{"2026-10-07 0.5", "2026-10-12 0.5"}, days)
	require.Len(t, got[0].Grants, 1)
	require.Equal(t, "1 days 2026-10-11..2026-12-09", got[0].Grants[0].Quantity.String()+" "+got[0].Grants[0].Unit+" "+got[0].Grants[0].Usable.String())
	require.Empty(t, got[1].Charges)
	require.Equal(t, 480, o.sheet(t, "E1", 0).Minutes("banked", hr.Period{}), "and the sheet does not pay it as overtime as well")
	require.Equal(t, 0, o.sheet(t, "E1", 0).Minutes("overtime", hr.Period{}))
	again, err := o.ForLeave(t.Context(), view, []hr.Pin{{Employee: "E1", Known: got[0].Known}}, october)
	require.NoError(t, err)
	require.Equal(t, bytesOf(t, got[0]), bytesOf(t, again[0]))
	o.TimeOff.Type, o.Penalty.Every = "", 0
	require.Equal(t, []string{"time_off.type", "penalty.every", "penalty.days"}, paths(o.Validate()))
}
