package attendance_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
)

// house is the policy of the stories below.
var house = attendance.Policy{
	Duplicates: attendance.Duplicates{Within: 5},
	Grace:      attendance.Grace{Late: 10, Early: 10},
	Thresholds: attendance.Thresholds{FullDay: 420, HalfDay: 210},
	Overtime:   attendance.Overtime{Minimum: 30, Step: 15},
	Night:      attendance.Night{From: clock("22:00"), Until: clock("06:00")},
}

// Each row is a Monday, 5 October 2026, on a shift 09:00 to 18:00 with an hour of unpaid break after five hours: 480 minutes of
// work. Figures by hand, as the note says.
func TestClassifyADay(t *testing.T) {
	type want struct {
		status                        attendance.Status
		payable                       string
		worked, late, early, overtime int
		exceptions                    []attendance.ExceptionCode
	}
	whole := func(typ, paid string) []hr.Absence {
		return []hr.Absence{{Date: hr.MustDate("2026-10-05"), Type: typ, Paid: dec(paid), Ref: hr.Ref{Kind: "leave", ID: "L1"}}}
	}
	halfDay := func(half hr.HalfOfDay, paid string) []hr.Absence {
		a := whole("casual", paid)
		a[0].Half = half
		return a
	}
	off := hr.Day{WeeklyOff: true}
	holiday := hr.Day{WeeklyOff: true, Holiday: "Gandhi Jayanti"}
	for _, row := range []struct {
		name     string
		punches  string // read by the helper punches
		calendar *hr.Day
		absences []hr.Absence
		policy   func(*attendance.Policy)
		want     want
	}{
		{"a plain day: 540 - 60", "i09:00 o18:00", nil, nil, nil, want{attendance.StatusPresent, "1", 480, 0, 0, 0, nil}},
		{"a lunch punched out is the break: 240 + 240, away 60", "i09:00 o13:00 i14:00 o18:00", nil, nil, nil, want{attendance.StatusPresent, "1", 480, 0, 0, 0, nil}},
		{"a short lunch leaves the rest of the break: 540 - 30 - 30", "i09:00 o13:00 i13:30 o18:00", nil, nil, nil, want{attendance.StatusPresent, "1", 480, 0, 0, 0, nil}},
		{"unknown directions alternate", "?09:00 ?13:00 ?14:00 ?18:00", nil, nil, nil, want{attendance.StatusPresent, "1", 480, 0, 0, 0, nil}},
		{"within the grace", "i09:10 o17:50", nil, nil, nil, want{attendance.StatusPresent, "1", 460, 0, 0, 0, nil}},
		{"beyond the grace all minutes count", "i09:11 o17:49", nil, nil, nil, want{attendance.StatusPresent, "1", 458, 11, 11, 0, []attendance.ExceptionCode{attendance.Late, attendance.EarlyExit}}},
		{"late and short: 300 worked, no break before five hours", "i13:00 o18:00", nil, nil, nil, want{attendance.StatusHalfDay, "0.5", 300, 240, 0, 0, []attendance.ExceptionCode{attendance.ShortDay, attendance.Late}}},
		{"too little for half a day", "i09:00 o12:00", nil, nil, nil, want{attendance.StatusAbsent, "0", 180, 0, 360, 0, []attendance.ExceptionCode{attendance.ShortDay, attendance.EarlyExit}}},
		{"nobody", "", nil, nil, nil, want{attendance.StatusAbsent, "0", 0, 0, 0, 0, []attendance.ExceptionCode{attendance.NoShow}}},
		{"overtime in whole steps: 52 beyond 480 is 45", "i09:00 o18:52", nil, nil, nil, want{attendance.StatusPresent, "1", 532, 0, 0, 45, nil}},
		{"less than the minimum", "i09:00 o18:29", nil, nil, nil, want{attendance.StatusPresent, "1", 509, 0, 0, 0, nil}},
		{"an early arrival is no overtime", "i08:00 o18:00", nil, nil, nil, want{attendance.StatusPresent, "1", 540, 0, 0, 0, nil}},
		{"an early arrival where policy says", "i08:00 o18:00", nil, nil, func(p *attendance.Policy) { p.Overtime.EarlyArrival = true }, want{attendance.StatusPresent, "1", 540, 0, 0, 60, nil}},
		{"a badge read twice", "i09:00 i09:03 o18:00 o18:05", nil, nil, nil, want{attendance.StatusPresent, "1", 480, 0, 0, 0, []attendance.ExceptionCode{attendance.RepeatedPunch, attendance.RepeatedPunch}}},
		{"two ins too far apart are a missing out", "i09:00 i09:06 o18:00", nil, nil, nil, want{attendance.StatusMissingPunch, "0", 474, 0, 0, 0, []attendance.ExceptionCode{attendance.MissingOut}}},
		{"no out", "i09:00", nil, nil, nil, want{attendance.StatusMissingPunch, "0", 0, 0, 0, 0, []attendance.ExceptionCode{attendance.MissingOut}}},
		{"no in", "o17:00", nil, nil, nil, want{attendance.StatusMissingPunch, "0", 0, 0, 60, 0, []attendance.ExceptionCode{attendance.MissingIn, attendance.EarlyExit}}},
		{"a policy for a missing punch", "i09:30", nil, nil, func(p *attendance.Policy) { p.MissingPunch.Halves = 1 }, want{attendance.StatusMissingPunch, "0.5", 0, 30, 0, 0, []attendance.ExceptionCode{attendance.MissingOut, attendance.Late}}},
		{"directions not trusted", "o09:00 o18:00", nil, nil, func(p *attendance.Policy) { p.Pairing = attendance.PairAlternate }, want{attendance.StatusPresent, "1", 480, 0, 0, 0, nil}},
		{"a weekly off", "", &off, nil, nil, want{attendance.StatusWeeklyOff, "1", 0, 0, 0, 0, nil}},
		{"work on a weekly off is all overtime: 250 is 240", "i10:00 o14:10", &off, nil, nil, want{attendance.StatusWeeklyOff, "1", 250, 0, 0, 240, []attendance.ExceptionCode{attendance.WorkOnOffDay}}},
		{"a holiday beats a weekly off", "", &holiday, nil, nil, want{attendance.StatusHoliday, "1", 0, 0, 0, 0, nil}},
		{"a missing punch on a holiday stays a holiday", "i10:00", &holiday, nil, nil, want{attendance.StatusHoliday, "1", 0, 0, 0, 0, []attendance.ExceptionCode{attendance.MissingOut}}},
		{"leave", "", nil, whole("earned", "1"), nil, want{attendance.StatusLeave, "1", 0, 0, 0, 0, nil}},
		{"leave at half pay", "", nil, whole("sick", "0.5"), nil, want{attendance.StatusLeave, "0.5", 0, 0, 0, 0, nil}},
		{"unpaid leave", "", nil, whole("unpaid", "0"), nil, want{attendance.StatusUnpaidLeave, "0", 0, 0, 0, 0, nil}},
		{"unpaid leave that counts a weekly off", "", &off, whole("unpaid", "0"), nil, want{attendance.StatusUnpaidLeave, "0", 0, 0, 0, 0, nil}},
		{"work on a day of leave", "i09:00 o11:00", nil, whole("earned", "1"), nil, want{attendance.StatusLeave, "1", 120, 0, 0, 0, []attendance.ExceptionCode{attendance.WorkOnLeave}}},
		{"a first half away, the second worked from 13:30", "i13:30 o18:00", nil, halfDay(hr.FirstHalf, "1"), nil, want{attendance.StatusHalfLeave, "1", 270, 0, 0, 0, nil}},
		{"a first half away, late for the second", "i13:45 o18:00", nil, halfDay(hr.FirstHalf, "1"), nil, want{attendance.StatusHalfLeave, "1", 255, 15, 0, 0, []attendance.ExceptionCode{attendance.Late}}},
		{"a second half away without pay", "i09:00 o13:30", nil, halfDay(hr.SecondHalf, "0"), nil, want{attendance.StatusHalfLeave, "0.5", 270, 0, 0, 0, nil}},
		{"a half away and the other absent", "", nil, halfDay(hr.SecondHalf, "1"), nil, want{attendance.StatusHalfLeave, "0.5", 0, 0, 0, 0, []attendance.ExceptionCode{attendance.NoShow}}},
		{"a half away and a punch missing", "i09:00", nil, halfDay(hr.SecondHalf, "1"), nil, want{attendance.StatusMissingPunch, "0.5", 0, 0, 0, 0, []attendance.ExceptionCode{attendance.MissingOut}}},
		{"a first half away, the second worked too little: 150 of 210", "i13:30 o16:00", nil, halfDay(hr.FirstHalf, "1"), nil, want{attendance.StatusHalfLeave, "0.5", 150, 0, 120, 0, []attendance.ExceptionCode{attendance.ShortDay, attendance.EarlyExit}}},
		{"a second half away, late for the first and short of half", "i10:30 o13:30", nil, halfDay(hr.SecondHalf, "1"), nil, want{attendance.StatusHalfLeave, "0.5", 180, 90, 0, 0, []attendance.ExceptionCode{attendance.ShortDay, attendance.Late}}},
		{"a half away at half pay, the other worked: 0.25 + 0.5", "i09:00 o13:30", nil, halfDay(hr.SecondHalf, "0.5"), nil, want{attendance.StatusHalfLeave, "0.75", 270, 0, 0, 0, nil}},
		{"half away and all day at work: no overtime of it, 480 were asked for", "i09:00 o18:00", nil, halfDay(hr.SecondHalf, "1"), nil, want{attendance.StatusHalfLeave, "1", 480, 0, 0, 0, []attendance.ExceptionCode{attendance.WorkOnLeave}}},
		{"two halves away, one paid", "", nil, append(halfDay(hr.SecondHalf, "0"), halfDay(hr.FirstHalf, "1")...), nil, want{attendance.StatusLeave, "0.5", 0, 0, 0, 0, nil}},
		{"two halves away, neither paid", "", nil, append(halfDay(hr.SecondHalf, "0"), halfDay(hr.FirstHalf, "0")...), nil, want{attendance.StatusUnpaidLeave, "0", 0, 0, 0, 0, nil}},
		{"away for all that a half working day asks: 0.5 off + half of 0.5", "", &hr.Day{Halves: 1}, halfDay(hr.FirstHalf, "0.5"), nil, want{attendance.StatusHalfLeave, "0.75", 0, 0, 0, 0, nil}},
		{"leave on a holiday is leave", "", &holiday, whole("earned", "1"), nil, want{attendance.StatusLeave, "1", 0, 0, 0, 0, nil}},
		{"a policy for a missing punch pays no more than was due", "i09:00", nil, halfDay(hr.SecondHalf, "0"), func(p *attendance.Policy) { p.MissingPunch.Halves = 2 }, want{attendance.StatusMissingPunch, "0.5", 0, 0, 0, 0, []attendance.ExceptionCode{attendance.MissingOut}}},
		{"in and out within a minute", "i09:00:10 o09:00:50", nil, nil, nil, want{attendance.StatusAbsent, "0", 0, 0, 540, 0, []attendance.ExceptionCode{attendance.NothingWorked, attendance.EarlyExit}}},
		{"seconds are cut off: 09:10:59 is within the grace", "i09:10:59 o18:00", nil, nil, nil, want{attendance.StatusPresent, "1", 470, 0, 0, 0, nil}},
		{"work on a holiday that falls on a weekly off", "i10:00 o11:00", &holiday, nil, nil, want{attendance.StatusHoliday, "1", 60, 0, 0, 60, []attendance.ExceptionCode{attendance.WorkOnOffDay}}},
		{"an early arrival and a late end: 60 before do not count, 60 after do", "i08:00 o19:00", nil, nil, nil, want{attendance.StatusPresent, "1", 600, 0, 0, 60, nil}},
		{"after the shift only", "i18:30 o22:00", nil, nil, nil, want{attendance.StatusHalfDay, "0.5", 210, 570, 0, 0, []attendance.ExceptionCode{attendance.ShortDay, attendance.Late}}},
		{"a half working day: due until 13:30", "i09:00 o13:30", &hr.Day{Halves: 1}, nil, nil, want{attendance.StatusPresent, "1", 270, 0, 0, 0, nil}},
		{"a half working day missed", "", &hr.Day{Halves: 1}, nil, nil, want{attendance.StatusAbsent, "0.5", 0, 0, 0, 0, []attendance.ExceptionCode{attendance.NoShow}}},
		{"overtime on a half working day: 540 - 60 - 270", "i09:00 o18:00", &hr.Day{Halves: 1}, nil, nil, want{attendance.StatusPresent, "1", 480, 0, 0, 210, nil}},
	} {
		t.Run(row.name, func(t *testing.T) {
			date := hr.MustDate("2026-10-05")
			s := shift(t, "general", "09:00", "18:00")
			s.Break = attendance.Break{Minutes: 60, After: 300}
			day := workday("2026-10-05")
			if row.calendar != nil {
				day = *row.calendar
				day.Date = date
			}
			policy := house
			if row.policy != nil {
				row.policy(&policy)
			}
			given := punches(t, "2026-10-05", row.punches)
			got, err := attendance.Classify(attendance.DayInput{Date: date, Shift: s, Calendar: day, Absences: row.absences, Punches: given, Policy: policy})
			require.NoError(t, err)
			require.Equal(t, row.want, want{got.Status, hr.Canonical(got.Payable), got.Worked, got.Late, got.Early, got.Overtime, codes(got)})
			require.Equal(t, "1", hr.Canonical(got.Payable.Add(got.Unpaid)))
			require.Len(t, got.Refs, len(given)+len(row.absences), "all evidence is kept, what was set aside too")
		})
	}
}

// A night shift of 22:00 to 06:00 with half an hour of break: 21:55 to 06:10 is 495 - 30 = 465 worked, 480 - 30 = 450 asked for;
// between 22:00 and 06:00 lie 480 minutes at work, of which no more than those worked count as night.
func TestClassifyANight(t *testing.T) {
	s := shift(t, "night", "22:00", "06:00")
	s.Break = attendance.Break{Minutes: 30}
	day, err := attendance.Classify(attendance.DayInput{
		Date: hr.MustDate("2026-10-31"), Shift: s, Calendar: workday("2026-10-31"), Policy: house,
		Roster: hr.Ref{Kind: "roster", ID: "R1", Seq: 4},
		Punches: []attendance.Punch{
			punch(attendance.In, at(t, "2026-10-31 21:55:40")), punch(attendance.Out, at(t, "2026-11-01 06:10:59")),
		},
	})
	require.NoError(t, err)
	require.Equal(t, 450, day.Scheduled)
	require.Equal(t, []hr.Band{{Name: "regular", Minutes: 465}, {Name: "night", Minutes: 465}}, day.Bands)
	require.Equal(t, hr.Ref{Kind: "roster", ID: "R1", Seq: 4}, day.Refs[0])
}

func TestClassifyRefuses(t *testing.T) {
	date := hr.MustDate("2026-10-05")
	_, err := attendance.Classify(attendance.DayInput{
		Date: date, Calendar: workday("2026-10-06"),
		Punches: []attendance.Punch{{Employee: "E1", Direction: "sideways"}},
		Absences: []hr.Absence{
			{Date: date, Half: hr.FirstHalf, Paid: dec("1.5")},
			{Date: date, Paid: dec("1")},
			{Date: date.Add(1), Half: "third"},
		},
		Policy: attendance.Policy{
			Pairing: "guess", Grace: attendance.Grace{Late: -1}, Thresholds: attendance.Thresholds{HalfDay: 5},
			MissingPunch: attendance.MissingPunch{Halves: 3}, Overtime: attendance.Overtime{Step: -1}, Duplicates: attendance.Duplicates{Within: 999},
		},
	})
	require.Equal(t, []string{
		"punches[0].at", "punches[0].direction", "shift.id", "shift.zone", "shift.end",
		"policy.pairing", "policy.duplicates.within", "policy.grace.late", "policy.thresholds.half_day", "policy.overtime.step", "policy.missing_punch.halves",
		"calendar", "absences[0].paid", "absences[1].half", "absences[2].date", "absences[2].half",
	}, paths(err))
}

// Evidence that could mean either of two punches is none.
func TestOneIDIsOnePunch(t *testing.T) {
	given := punches(t, "2026-10-05", "i09:00 o18:00 i09:00")
	for i := range given {
		given[i].ID = "p"
	}
	in := attendance.DayInput{
		Date: day("2026-10-05"), Shift: shift(t, "general", "09:00", "18:00"), Calendar: workday("2026-10-05"),
		Punches: given, Outside: given[1:2],
	}
	_, err := attendance.Classify(in)
	require.Equal(t, []string{"punches[1].id", "outside[0].id"}, paths(err))
	require.Equal(t, []hr.Rule{attendance.RulePunchID, attendance.RulePunchID}, rules(err))
	in.Punches, in.Outside = given[:1], given[2:]
	_, err = attendance.Classify(in)
	require.NoError(t, err, "the same punch twice is one punch")
	in.Punches, in.Outside = []attendance.Punch{given[0], given[0]}, nil
	got, err := attendance.Classify(in)
	require.NoError(t, err)
	require.Len(t, got.Refs, 1, "and one piece of evidence")
}

// However many punches there are, the last may not have the id of the first.
func TestOneIDIsOnePunchAmongMany(t *testing.T) {
	for _, n := range []int{2, 3, 11, 12, 13, 14, 40} {
		given := make([]attendance.Punch, n)
		for i := range given {
			given[i] = punch("", at(t, "2026-10-05 09:00").Add(time.Duration(i)*time.Minute))
			given[i].ID = attendance.PunchID(fmt.Sprint(i))
		}
		in := attendance.DayInput{Date: day(monday), Shift: shift(t, "general", "09:00", "18:00"), Calendar: workday(monday), Punches: given}
		_, err := attendance.Classify(in)
		require.NoError(t, err)
		given[n-1].ID = "0"
		_, err = attendance.Classify(in)
		require.Equal(t, []string{fmt.Sprintf("punches[%d].id", n-1)}, paths(err))
	}
}

func TestADayThatIsNotEmployed(t *testing.T) {
	day, err := attendance.Classify(attendance.DayInput{
		Date: hr.MustDate("2026-10-05"), NotEmployed: true, Outside: []attendance.Punch{punch(attendance.In, at(t, "2026-10-05 09:00"))},
	})
	require.NoError(t, err)
	require.Equal(t, attendance.StatusNotEmployed, day.Status)
	require.True(t, day.Payable.IsZero() && day.Unpaid.IsZero())
	require.Equal(t, []attendance.ExceptionCode{attendance.NotEmployedPunch}, codes(day))
}

func TestEveryExceptionHasASeverity(t *testing.T) {
	for _, c := range attendance.ExceptionCodes() {
		require.NotEmpty(t, c.Severity(), c)
	}
	require.Empty(t, attendance.ExceptionCode("other").Severity())
}

// What counts for nothing still is evidence, and every exception says what it is about in the words of the shift's clock.
func TestWhatExceptionsSay(t *testing.T) {
	s := shift(t, "general", "09:00", "18:00")
	s.Break.Minutes = 60
	classify := func(inside, outside string) attendance.Day {
		got, err := attendance.Classify(attendance.DayInput{
			Date: day("2026-10-05"), Shift: s, Calendar: workday("2026-10-05"), Policy: house,
			Punches: punches(t, "2026-10-05", inside), Outside: punches(t, "2026-10-05", outside),
		})
		require.NoError(t, err)
		return got
	}
	words := func(d attendance.Day) []string {
		var out []string
		for _, e := range d.Exceptions {
			require.Equal(t, e.Code.Severity(), e.Severity)
			line := string(e.Severity) + " " + string(e.Code) + ": " + e.Detail
			if !e.Ref.IsZero() {
				require.Contains(t, d.Refs, e.Ref)
				line += " <" + e.Ref.ID + ">"
			}
			out = append(out, line)
		}
		return out
	}
	require.Equal(t, []string{
		"problem outside_window: a punch at 03:00 does not count: it is too far from the shift <e:E1:2026-10-04T21:30:00Z:in>",
		"problem missing_in: went at 09:30, and no punch says when they came <e:E1:2026-10-05T04:00:00Z:out>",
		"problem missing_out: came at 10:00, and no punch says when they went <e:E1:2026-10-05T04:30:00Z:in>",
		"info repeated_punch: the punch at 10:05 repeats the one before it <e:E1:2026-10-05T04:35:00Z:in>",
	}, words(classify("o09:30 i10:00 i10:05", "i03:00")))
	require.Equal(t, []string{
		"warning short_day: worked 250 minutes: too little for a full day", // 310 - 60
		"warning late: came at 09:20, 20 minutes after 09:00 <e:E1:2026-10-05T03:50:00Z:in>",
		"warning early_exit: went at 14:30, 210 minutes before 18:00 <e:E1:2026-10-05T09:00:00Z:out>",
	}, words(classify("i09:20 o14:30", "")))
	require.Equal(t, []string{"problem no_show: neither at work nor on leave"}, words(classify("", "")))
	require.Equal(t, []string{
		"problem nothing_worked: at work for 45 minutes, all of them unpaid break",
		"warning early_exit: went at 09:45, 495 minutes before 18:00 <e:E1:2026-10-05T04:15:00Z:out>",
	}, words(classify("i09:00 o09:45", "")))
	require.Equal(t, []string{
		"problem nothing_worked: came and went within the same minute",
		"warning early_exit: went at 09:00, 540 minutes before 18:00 <e:E1:2026-10-05T03:30:40Z:out>",
	}, words(classify("i09:00 o09:00:40", "")))
}

func TestACorrectionIsSaid(t *testing.T) {
	given := punches(t, "2026-10-05", "i09:00 o18:00")
	given[1].Source, given[1].ApprovedBy = attendance.FromCorrection, "boss"
	got, err := attendance.Classify(attendance.DayInput{
		Date: day("2026-10-05"), Shift: shift(t, "general", "09:00", "18:00"), Calendar: workday("2026-10-05"), Punches: given,
	})
	require.NoError(t, err)
	require.Equal(t, attendance.StatusPresent, got.Status)
	require.Equal(t, []attendance.ExceptionCode{attendance.CorrectedPunch}, codes(got))
	require.True(t, got.Has(attendance.CorrectedPunch))
	require.False(t, got.Has(attendance.MissingOut))
}

// The trace must lead to every fact and every rule that made the figure.
func TestTheTraceOfADay(t *testing.T) {
	s := shift(t, "general", "09:00", "18:00")
	s.Break = attendance.Break{Minutes: 60, After: 300}
	day, err := attendance.Classify(attendance.DayInput{
		Date: hr.MustDate("2026-10-05"), Shift: s, Calendar: workday("2026-10-05"), Policy: house,
		Punches: []attendance.Punch{
			{ID: "d:gate:1", At: at(t, "2026-10-05 09:20"), Direction: attendance.In}, {ID: "d:gate:2", At: at(t, "2026-10-05 19:30"), Direction: attendance.Out},
		},
	})
	require.NoError(t, err)
	var b strings.Builder
	require.NoError(t, day.Trace.Text(&b))
	require.Equal(t, `2026-10-05 = present
   facts: punch d:gate:1; punch d:gate:2
   shift = general
      = 09:00 to 18:00, Asia/Kolkata
   worked = 550 minutes
      = time between punches, less the unpaid break
      session = 610 minutes
         09:20 to 19:30
         facts: punch d:gate:1; punch d:gate:2
      break = -60 minutes
         = 60 minutes are unpaid, of what was worked beyond 300
   late = 20 minutes
      = beyond a grace of 10
   overtime = 60 minutes
      = what was worked beyond 480 minutes, in whole steps of 15, from 30 on
      beyond = 70 minutes
   payable = 1 days
      = 2 of 2 halves due were worked: a full day is 420 minutes, half a day 210
`, b.String())
}

// What a figure leaves out is said where it is: 600 worked are 120 beyond 480, of which 60 lie before the shift; leave and a roster
// are evidence too.
func TestTheTraceOfAnEarlyArrival(t *testing.T) {
	s := shift(t, "general", "09:00", "18:00")
	s.Name, s.Break = "General shift", attendance.Break{Minutes: 60}
	day, err := attendance.Classify(attendance.DayInput{
		Date: day("2026-10-05"), Shift: s, Calendar: hr.Day{Date: day("2026-10-05"), Halves: 2, Holiday: "Founder's day"}, Policy: house,
		Roster:   hr.Ref{Kind: "roster", ID: "R1", Seq: 3},
		Absences: []hr.Absence{{Date: day("2026-10-05"), Half: hr.SecondHalf, Type: "casual", Paid: dec("0.5"), Ref: hr.Ref{Kind: "leave", ID: "L1"}}},
		Punches:  punches(t, "2026-10-05", "i08:00 o13:00 i13:10 o19:00"),
	})
	require.NoError(t, err)
	var b strings.Builder
	require.NoError(t, day.Trace.Text(&b))
	require.Equal(t, `2026-10-05 = half_leave
   facts: roster R1 #3; leave L1; punch e:E1:2026-10-05T02:30:00Z:in; punch e:E1:2026-10-05T07:30:00Z:out; punch e:E1:2026-10-05T07:40:00Z:in; punch e:E1:2026-10-05T13:30:00Z:out
   shift = General shift
      = 09:00 to 18:00, Asia/Kolkata
      facts: roster R1 #3
   holiday = Founder's day
   leave = casual
      = payable by 0.5 of the second half
      facts: leave L1
   worked = 600 minutes
      = time between punches, less the unpaid break
      session = 300 minutes
         08:00 to 13:00
         facts: punch e:E1:2026-10-05T02:30:00Z:in; punch e:E1:2026-10-05T07:30:00Z:out
      session = 350 minutes
         13:10 to 19:00
         facts: punch e:E1:2026-10-05T07:40:00Z:in; punch e:E1:2026-10-05T13:30:00Z:out
      break = -50 minutes
         = 60 minutes are unpaid, of what was worked beyond 0
         10 minutes away in between are break already
   overtime = 60 minutes
      = what was worked beyond 480 minutes, in whole steps of 15, from 30 on
      beyond = 60 minutes
         60 minutes before the shift are left out
   payable = 0.75 days
      = 1 of 1 halves due were worked: a full day is 420 minutes, half a day 210
      the leave adds its paid share
`, b.String())
}
