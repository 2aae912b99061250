package attendance_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
)

// someDay draws a day of work: any shift, calendar, leave, policy and pairs of punches, in a week with or without a clock change.
// Every stretch of work is whole; TestAMissingPunchIsNeverPaidBySilence is about the others.
func someDay(t *rapid.T, zones []*time.Location) attendance.DayInput {
	date := rapid.SampledFrom([]hr.Date{day("2026-10-24"), day("2026-10-25"), day("2026-03-28"), day("2026-03-29"), day("2026-10-31"), day("2026-07-01")}).Draw(t, "date")
	times := rapid.SampledFrom([][2]string{{"09:00", "18:00"}, {"22:00", "06:00"}, {"06:00", "13:15"}, {"18:00", "00:00"}, {"00:00", "24:00"}, {"23:30", "07:31"}}).Draw(t, "shift")
	n := func(label string, of ...int) int { return rapid.SampledFrom(of).Draw(t, label) }
	in := attendance.DayInput{
		Date: date,
		Shift: attendance.Shift{
			ID: "s", Zone: rapid.SampledFrom(zones).Draw(t, "zone"), Start: clock(times[0]), End: clock(times[1]),
			Break: attendance.Break{Minutes: n("break", 0, 30, 60), After: n("after", 0, 240, 300)},
		},
		Calendar: hr.Day{Date: date, Halves: n("halves", 0, 1, 2, 2, 2)},
		Policy: attendance.Policy{
			Grace:      attendance.Grace{Late: n("late", 0, 10), Early: n("early", 0, 10)},
			Thresholds: attendance.Thresholds{HalfDay: n("half day", 0, 200), FullDay: n("full day", 200, 420)},
			Overtime:   attendance.Overtime{Step: n("step", 0, 1, 15, 30), Minimum: n("minimum", 0, 30), EarlyArrival: rapid.Bool().Draw(t, "early arrival")},
		},
	}
	night := rapid.SampledFrom([][2]string{{"00:00", "00:00"}, {"22:00", "06:00"}, {"20:00", "24:00"}, {"00:00", "05:00"}, {"10:00", "10:00"}}).Draw(t, "night")
	in.Policy.Night = attendance.Night{From: clock(night[0]), Until: clock(night[1])}
	for _, half := range rapid.SampledFrom([][]hr.HalfOfDay{nil, nil, nil, {hr.FirstHalf}, {hr.SecondHalf}, {hr.WholeDay}, {hr.SecondHalf, hr.FirstHalf}}).Draw(t, "away") {
		in.Absences = append(in.Absences, hr.Absence{
			Employee: "E1", Date: date, Half: half, Type: "casual", Paid: dec(rapid.SampledFrom([]string{"0", "0.5", "1"}).Draw(t, "paid")), Ref: hr.Ref{Kind: "leave", ID: "L" + string(half)},
		})
	}
	start, _ := in.Shift.Span(date)
	at := start.Add(-4 * time.Hour)
	for i := range 2 * rapid.IntRange(0, 4).Draw(t, "stretches") {
		at = at.Add(time.Duration(rapid.IntRange(0, 4*3600).Draw(t, "seconds")) * time.Second)
		direction := rapid.SampledFrom([]attendance.Direction{attendance.In, ""}).Draw(t, "in")
		if i%2 == 1 {
			direction = rapid.SampledFrom([]attendance.Direction{attendance.Out, ""}).Draw(t, "out")
		}
		in.Punches = append(in.Punches, attendance.Punch{ID: attendance.PunchID(fmt.Sprint("p", i)), Employee: "E1", At: at, Direction: direction})
		at = at.Add(time.Second) // at one instant, going comes before coming
	}
	return in
}

// byTheMinute is the dumb way to read a day: it walks every minute from the first punch to the last and asks what it was.
type byTheMinute struct {
	worked, scheduled, late, early, overtime, night int
	payable, unpaid                                 string
}

func walk(in attendance.DayInput) byTheMinute {
	var r byTheMinute
	start, end := in.Shift.Span(in.Date)
	count := func(from, until time.Time) (n int) {
		for ; !from.Add(time.Minute).After(until); from = from.Add(time.Minute) {
			n++
		}
		return n
	}
	deduct := func(present, gaps int) (off int) { // one minute of break after another, as long as there is one to take
		for off+gaps < in.Shift.Break.Minutes && present-off > in.Shift.Break.After {
			off++
		}
		return off
	}

	length := count(start, end)
	middle := start.Add(time.Duration(length/2) * time.Minute)
	var away [2]bool
	quarters := 0 // of a day payable
	for _, a := range in.Absences {
		for h, half := range []hr.HalfOfDay{hr.FirstHalf, hr.SecondHalf} {
			if a.Half == half || a.Half == hr.WholeDay {
				away[h] = true
				quarters += int(a.Paid.Mul(dec("2")).IntPart()) // 0, 0.5 or 1 of a half is 0, 1 or 2 quarters
			}
		}
	}
	due := 0
	for h := range away {
		switch {
		case away[h]:
		case h >= in.Calendar.Halves:
			quarters += 2
		default:
			due++
		}
	}
	asked := length * in.Calendar.Halves / 2
	r.scheduled = asked - deduct(asked, 0)

	var present, gaps, before, night int
	if n := len(in.Punches); n > 0 {
		minute := func(p attendance.Punch) time.Time { return p.At.UTC().Truncate(time.Minute) }
		for m := minute(in.Punches[0]); m.Before(minute(in.Punches[n-1])); m = m.Add(time.Minute) {
			inside := false
			for i := 0; i < n; i += 2 {
				inside = inside || !m.Before(minute(in.Punches[i])) && m.Before(minute(in.Punches[i+1]))
			}
			if !inside {
				gaps++
				continue
			}
			present++
			if m.Before(start) {
				before++
			}
			from, until := in.Policy.Night.From.Seconds()/60, in.Policy.Night.Until.Seconds()/60
			local := m.In(in.Shift.Zone)
			now := local.Hour()*60 + local.Minute()
			if !in.Policy.Night.IsZero() && (from < until && from <= now && now < until || from >= until && (now >= from || now < until)) {
				night++
			}
		}
		askedFrom, askedUntil := start, end
		if away[0] {
			askedFrom = middle
		}
		if away[1] || in.Calendar.Halves == 1 {
			askedUntil = middle
		}
		if due > 0 {
			if late := count(askedFrom, minute(in.Punches[0])); late > in.Policy.Grace.Late {
				r.late = late
			}
			if early := count(minute(in.Punches[n-1]), askedUntil); early > in.Policy.Grace.Early {
				r.early = early
			}
		}
	}
	r.worked = present - deduct(present, gaps)
	r.night = min(night, r.worked)
	extra := r.worked - r.scheduled
	if r.scheduled > 0 && !in.Policy.Overtime.EarlyArrival {
		extra -= before
	}
	if step := in.Policy.Overtime.Step; step > 0 && extra >= in.Policy.Overtime.Minimum {
		for r.overtime+step <= extra {
			r.overtime += step
		}
	}
	th := in.Policy.Thresholds
	switch {
	case r.worked == 0 || r.worked < th.HalfDay:
	case due == 2 && r.worked < th.FullDay:
		quarters += 2
	default:
		quarters += 2 * due
	}
	r.payable, r.unpaid = fmt.Sprint(quarters), fmt.Sprint(4-quarters)
	return r
}

func TestEveryMinuteIsCountedOnce(t *testing.T) {
	zones := []*time.Location{zone(t, "Asia/Kolkata"), zone(t, "Europe/London"), zone(t, "America/New_York"), zone(t, "Pacific/Kiritimati")}
	rapid.Check(t, func(t *rapid.T) {
		in := someDay(t, zones)
		got, err := attendance.Classify(in)
		require.NoError(t, err)
		four := dec("4")
		require.Equal(t, walk(in), byTheMinute{
			got.Worked, got.Scheduled, got.Late, got.Early, got.Overtime, got.Night,
			got.Payable.Mul(four).String(), got.Unpaid.Mul(four).String(),
		})
		bands := map[string]int{}
		for _, b := range got.Bands {
			require.Positive(t, b.Minutes)
			bands[b.Name] += b.Minutes
		}
		require.Equal(t, got.Worked, bands["regular"]+bands["overtime"], "regular and overtime make what was worked")
		require.Equal(t, got.Night, bands["night"])
		require.Equal(t, got.Overtime, bands["overtime"])
	})
}

// The order in which anything arrives, and how often a punch does, changes no byte of a day: not its trace, not its evidence.
func TestOrderAndRepetitionChangeNoByteOfADay(t *testing.T) {
	zones := []*time.Location{zone(t, "Asia/Kolkata"), zone(t, "Europe/London")}
	rapid.Check(t, func(rt *rapid.T) {
		given := someDay(rt, zones)
		given.Policy.Duplicates.Within = rapid.SampledFrom([]int{0, 5, 60}).Draw(rt, "within")
		given.Policy.Pairing = rapid.SampledFrom([]attendance.Pairing{attendance.PairTyped, attendance.PairAlternate, attendance.PairFirstLast}).Draw(rt, "pairing")
		given.Policy.Rounding.Step = rapid.SampledFrom([]int{0, 5, 15}).Draw(rt, "rounding")
		given.Shift.Break.PaidUpTo = rapid.SampledFrom([]int{0, 20}).Draw(rt, "rests")
		given.Policy.Weekend.Days[time.Sunday] = true
		if rapid.Bool().Draw(rt, "worked leave") {
			given.Policy.WorkedLeave = attendance.WorkedLeave{HalfDay: 100, FullDay: 300}
		}
		if minutes := rapid.SampledFrom([]int{0, 45, 200}).Draw(rt, "by the hour"); minutes > 0 && len(given.Absences) == 0 {
			for _, id := range []string{"H1", "H2"} {
				given.Absences = append(given.Absences, hr.Absence{Employee: "E1", Date: given.Date, Minutes: minutes, Type: "short", Paid: dec("0.3"), Ref: hr.Ref{Kind: "leave", ID: id}})
			}
		}
		if n := len(given.Punches); n > 0 { // some outside, some missing, one by correction
			cut := rapid.IntRange(0, n).Draw(rt, "cut")
			given.Outside = slices.Clone(given.Punches[cut:])
			given.Punches = given.Punches[:cut]
			if cut > 0 {
				given.Punches[rapid.IntRange(0, cut-1).Draw(rt, "corrected")].Source = attendance.FromCorrection
			}
		}
		want, err := attendance.Classify(given)
		require.NoError(rt, err)
		other := given
		other.Punches = rapid.Permutation(append(slices.Clone(given.Punches), given.Punches...)).Draw(rt, "order of punches")
		other.Outside = rapid.Permutation(given.Outside).Draw(rt, "order outside")
		other.Absences = rapid.Permutation(given.Absences).Draw(rt, "order of absences")
		got, err := attendance.Classify(other)
		require.NoError(rt, err)
		require.Equal(rt, bytesOf(t, want), bytesOf(t, got))
	})
}

// Any punches at all, in any directions: each is part of a stretch of work, or alone and said to be, or set aside as repeated. Where
// one is alone on a day that was due, the day is worth what the policy for missing punches says and not a minute's work more.
func TestAMissingPunchIsNeverPaidBySilence(t *testing.T) {
	s := shift(t, "general", "09:00", "18:00")
	from := at(t, "2026-10-05 08:00")
	alones := 0
	rapid.Check(t, func(t *rapid.T) {
		policy := attendance.Policy{
			MissingPunch: attendance.MissingPunch{Halves: rapid.IntRange(0, 2).Draw(t, "policy")},
			Pairing:      rapid.SampledFrom([]attendance.Pairing{attendance.PairTyped, attendance.PairAlternate}).Draw(t, "pairing"),
			Duplicates:   attendance.Duplicates{Within: rapid.SampledFrom([]int{0, 5}).Draw(t, "within")},
		}
		var given []attendance.Punch
		for i := range rapid.IntRange(1, 7).Draw(t, "punches") {
			given = append(given, attendance.Punch{
				ID: attendance.PunchID(fmt.Sprint(i)), Employee: "E1", At: from.Add(time.Duration(rapid.IntRange(0, 600).Draw(t, "minute")) * time.Minute),
				Direction: rapid.SampledFrom([]attendance.Direction{"", attendance.In, attendance.Out}).Draw(t, "direction"),
			})
		}
		halves := rapid.IntRange(0, 2).Draw(t, "halves")
		got, err := attendance.Classify(attendance.DayInput{
			Date: day("2026-10-05"), Shift: s, Calendar: hr.Day{Date: day("2026-10-05"), Halves: halves}, Punches: given, Policy: policy,
		})
		require.NoError(t, err)
		alone, repeated, worked := 0, 0, 0
		for _, e := range got.Exceptions {
			switch e.Code {
			case attendance.MissingIn, attendance.MissingOut:
				require.Equal(t, attendance.Problem, e.Severity)
				alone++
			case attendance.RepeatedPunch:
				repeated++
			}
		}
		for _, x := range got.Sessions {
			require.GreaterOrEqual(t, x.Minutes(), 0)
			worked += x.Minutes()
		}
		require.Equal(t, len(given), 2*len(got.Sessions)+alone+repeated, "no punch is lost")
		require.Equal(t, worked, got.Worked, "nothing but the time between two punches is worked")
		if alone > 0 {
			alones++
			paid := 2 - halves + min(halves, policy.MissingPunch.Halves)
			require.Equal(t, fmt.Sprint(paid), got.Payable.Mul(dec("2")).String())
			require.Equal(t, halves > 0, got.Status == attendance.StatusMissingPunch)
		}
	})
	require.Positive(t, alones)
}

// A minute more at work is never a minute less paid, and never less overtime; the policies that cut do so monotonously.
func TestStayingLongerNeverPaysLess(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := attendance.Break{Minutes: rapid.IntRange(0, 120).Draw(t, "break"), After: rapid.IntRange(0, 600).Draw(t, "after")}
		o := attendance.Overtime{Step: rapid.IntRange(0, 60).Draw(t, "step"), Minimum: rapid.IntRange(0, 120).Draw(t, "minimum")}
		full := rapid.IntRange(0, 600).Draw(t, "full")
		th := attendance.Thresholds{FullDay: full, HalfDay: rapid.IntRange(0, full).Draw(t, "half")}
		gaps := rapid.IntRange(0, 150).Draw(t, "gaps")
		present := rapid.IntRange(0, 900).Draw(t, "present")
		worked, more := present-b.Deduct(present, gaps), present+1-b.Deduct(present+1, gaps)
		require.Contains(t, []int{0, 1}, more-worked)
		require.LessOrEqual(t, worked, present)
		require.GreaterOrEqual(t, present-worked, 0)
		require.LessOrEqual(t, o.Count(worked), o.Count(more))
		require.LessOrEqual(t, o.Count(worked), worked)
		for due := range 3 {
			require.LessOrEqual(t, th.Halves(worked, due), th.Halves(more, due))
			require.LessOrEqual(t, th.Halves(more, due), due)
		}
	})
}
