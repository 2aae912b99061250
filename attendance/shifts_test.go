package attendance_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
)

const monday = "2026-10-05"

// classified reads a Monday in Kolkata.
func classified(t fataler, s attendance.Shift, p attendance.Policy, text string, more ...func(*attendance.DayInput)) attendance.Day {
	t.Helper()
	input := attendance.DayInput{Date: day(monday), Shift: s, Calendar: workday(monday), Policy: p, Punches: punches(t, monday, text)}
	for _, f := range more {
		f(&input)
	}
	got, err := attendance.Classify(input)
	require.NoError(t, err)
	return got
}

// A flexible shift of 8 hours from 08:00, up to two hours later; an open one of 7 hours between 06:00 and 22:00; a split one of 4 and 4 hours.
func TestKindsOfShift(t *testing.T) {
	flexible := shift(t, "flex", "08:00", "16:00")
	flexible.Kind, flexible.Flex = attendance.FlexibleShift, 120
	open := shift(t, "open", "06:00", "22:00")
	open.Kind, open.Asks = attendance.OpenShift, 420
	split := shift(t, "split", "06:00", "20:00")
	split.Pause = attendance.Pause{From: clock("10:00"), Until: clock("16:00")}
	night := shift(t, "night", "20:00", "08:00")
	night.Pause = attendance.Pause{From: clock("23:00"), Until: clock("05:00")}
	for _, row := range []struct {
		name                                     string
		shift                                    attendance.Shift
		punches                                  string
		scheduled, worked, late, early, overtime int
	}{
		{"flexible: on its start", flexible, "i08:00 o16:00", 480, 480, 0, 0, 0},
		{"flexible: later, and as much longer", flexible, "i09:30 o17:30", 480, 480, 0, 0, 0},
		{"flexible: too late by 15 minutes, and the end stands at 18:00", flexible, "i10:15 o18:00", 480, 465, 15, 0, 0},
		{"flexible: later, and gone before the end moved along", flexible, "i09:30 o17:00", 480, 450, 0, 30, 0},
		{"flexible: before its start is early arrival, no overtime", flexible, "i07:00 o16:00", 480, 540, 0, 0, 0},
		{"flexible: longer", flexible, "i08:30 o17:00", 480, 510, 0, 0, 30},
		{"open: any seven hours", open, "i13:10 o20:10", 420, 420, 0, 0, 0},
		{"open: and an hour more", open, "i06:00 o14:00", 420, 480, 0, 0, 60},
		{"open: in pieces", open, "i06:00 o09:00 i18:00 o22:00", 420, 420, 0, 0, 0},
		{"split: both parts, the pause is neither work nor break", split, "i06:00 o10:00 i16:00 o20:00", 480, 480, 0, 0, 0},
		{"split: work in the pause is work", split, "i06:00 o11:00 i16:00 o20:00", 480, 540, 0, 0, 60},
		{"split: early out of the second part", split, "i06:10 o10:00 i16:00 o19:30", 480, 440, 10, 30, 0},
		{"split over midnight: 3 and 3 hours", night, "i20:00 o23:00 +i05:00 +o08:00", 360, 360, 0, 0, 0},
	} {
		t.Run(row.name, func(t *testing.T) {
			require.NoError(t, row.shift.Validate())
			got := classified(t, row.shift, attendance.Policy{Overtime: attendance.Overtime{Step: 1}}, row.punches)
			require.Equal(t, [5]int{row.scheduled, row.worked, row.late, row.early, row.overtime}, [5]int{got.Scheduled, got.Worked, got.Late, got.Early, got.Overtime})
			require.Equal(t, attendance.StatusPresent, got.Status)
		})
	}
	// The unpaid break comes out of the parts; being away in the pause is no break.
	split.Break.Minutes = 30
	require.Equal(t, 450, classified(t, split, attendance.Policy{}, "i06:00 o10:00 i16:00 o20:00").Worked)
	// The second half of a split day is its second part.
	half := classified(t, split, attendance.Policy{}, "i16:00 o20:00", func(in *attendance.DayInput) {
		in.Absences = []hr.Absence{{Date: day(monday), Half: hr.FirstHalf, Type: "casual", Paid: dec("1")}}
	})
	require.Equal(t, 0, half.Late)
	require.Equal(t, "1", half.Payable.String())
}

func TestShiftsRefuse(t *testing.T) {
	s := shift(t, "s", "06:00", "20:00")
	for _, row := range []struct {
		change func(*attendance.Shift)
		paths  []string
	}{
		{func(s *attendance.Shift) { s.Kind = "loose" }, []string{"kind"}},
		{func(s *attendance.Shift) { s.Kind = attendance.FlexibleShift }, []string{"flex"}},
		{func(s *attendance.Shift) { s.Flex = 30 }, []string{"flex"}},
		{func(s *attendance.Shift) { s.Kind, s.Flex = attendance.FlexibleShift, 721 }, []string{"flex"}},
		{func(s *attendance.Shift) { s.Kind = attendance.OpenShift }, []string{"asks"}},
		{func(s *attendance.Shift) { s.Kind, s.Asks = attendance.OpenShift, 841 }, []string{"asks"}},
		{func(s *attendance.Shift) { s.Asks = 5 }, []string{"asks"}},
		{func(s *attendance.Shift) { s.Kind, s.Asks, s.End = attendance.OpenShift, 5, s.Start }, []string{"end", "asks"}},
		{func(s *attendance.Shift) { s.Pause = attendance.Pause{From: clock("06:00"), Until: clock("10:00")} }, []string{"pause"}},
		{func(s *attendance.Shift) { s.Pause = attendance.Pause{From: clock("05:00"), Until: clock("10:00")} }, []string{"pause"}},
		{func(s *attendance.Shift) { s.Pause = attendance.Pause{From: clock("10:00"), Until: clock("10:00")} }, []string{"pause"}},
		{func(s *attendance.Shift) { s.Pause = attendance.Pause{From: clock("10:00"), Until: clock("20:00")} }, []string{"pause"}},
		{func(s *attendance.Shift) { s.Pause = attendance.Pause{From: clock("06:00"), Until: clock("20:00")} }, []string{"pause"}},
		{func(s *attendance.Shift) {
			s.Kind, s.Asks, s.Pause = attendance.OpenShift, 60, attendance.Pause{From: clock("10:00"), Until: clock("11:00")}
		}, []string{"pause"}},
		{func(s *attendance.Shift) { s.Break.PaidUpTo = 61 }, []string{"break.paid_up_to"}},
	} {
		bad := s
		row.change(&bad)
		require.Equal(t, row.paths, paths(bad.Validate()))
	}
}

func TestPairingFirstLast(t *testing.T) {
	s, p := shift(t, "s", "09:00", "18:00"), attendance.Policy{Pairing: attendance.PairFirstLast}
	require.Equal(t, 540, classified(t, s, p, "i09:00 o12:00 i13:00 o18:00").Worked)
	require.Equal(t, 540, classified(t, s, p, "o09:00 ?12:00 i18:00").Worked, "what the reader said does not matter")
	one := classified(t, s, p, "i09:00")
	require.Equal(t, []attendance.ExceptionCode{attendance.MissingOut}, codes(one))
	require.Equal(t, "0", one.Payable.String())
	require.Len(t, classified(t, s, p, "i09:00 o12:00 i13:00 o18:00").Refs, 4, "the punches between stay as evidence")
}

func TestRoundedDays(t *testing.T) {
	s := shift(t, "s", "09:00", "17:00")
	nearest := attendance.Policy{Rounding: attendance.PunchRounding{Step: 15}}
	got := classified(t, s, nearest, "i08:53 o17:07")
	require.Equal(t, 480, got.Worked) // 09:00 to 17:00
	require.Equal(t, "08:53", got.Sessions[0].In.At.In(s.Zone).Format("15:04"), "the punch itself stays")
	late := classified(t, s, nearest, "i09:07 o17:00")
	require.Equal(t, 480, late.Worked)
	require.Equal(t, 7, late.Late, "who came late came late")
	favour := attendance.Policy{Rounding: attendance.PunchRounding{Step: 15, Mode: attendance.FavourEmployee}}
	// 09:00 to 12:15, and from 12:00: the quarter that both would count is counted once, 09:00 to 17:15.
	require.Equal(t, 495, classified(t, s, favour, "i09:05 o12:03 i12:10 o17:01").Worked)
	employer := attendance.Policy{Rounding: attendance.PunchRounding{Step: 15, Mode: attendance.FavourEmployer}}
	require.Equal(t, 0, classified(t, s, employer, "i09:01 o09:14").Worked, "never below nothing")
	require.Equal(t, 480, classified(t, s, employer, "i09:00 o17:00").Worked, "a quarter itself stays")
}

func TestPaidRests(t *testing.T) {
	s := shift(t, "s", "09:00", "18:00")
	s.Break = attendance.Break{Minutes: 30, PaidUpTo: 20}
	// 9 hours, of which a rest of 15 minutes is paid and 45 minutes of lunch are not: 540 - 45; the lunch is the break already.
	require.Equal(t, 495, classified(t, s, attendance.Policy{}, "i09:00 o11:00 i11:15 o13:00 i13:45 o18:00").Worked)
	// Only the rest: the half hour comes off.
	require.Equal(t, 510, classified(t, s, attendance.Policy{}, "i09:00 o11:00 i11:20 o18:00").Worked)
	require.Equal(t, 540-30, classified(t, s, attendance.Policy{}, "i09:00 o11:00 i11:21 o18:00").Worked) // 21 away, and 9 more off
	s.Break.Minutes = 0
	require.Equal(t, 540, classified(t, s, attendance.Policy{}, "i09:00 o11:00 i11:20 o18:00").Worked, "20 minutes are a rest")
	require.Equal(t, 540-21, classified(t, s, attendance.Policy{}, "i09:00 o11:00 i11:21 o18:00").Worked, "21 are none")
}

func TestDuties(t *testing.T) {
	s, p := shift(t, "s", "09:00", "17:00"), attendance.Policy{Thresholds: attendance.Thresholds{FullDay: 420, HalfDay: 200}}
	duty := func(kind attendance.DutyKind, half hr.HalfOfDay) func(*attendance.DayInput) {
		return func(in *attendance.DayInput) {
			in.Duties = append(in.Duties, attendance.Duty{Date: day(monday), Half: half, Kind: kind, Ref: hr.Ref{Kind: "permit", ID: string(kind)}})
		}
	}
	for _, row := range []struct {
		name, punches string
		duties        []func(*attendance.DayInput)
		status        attendance.Status
		payable       string
		codes         []attendance.ExceptionCode
	}{
		{"a day on duty", "", []func(*attendance.DayInput){duty(attendance.OnDuty, "")}, attendance.StatusOnDuty, "1", nil},
		{"a day at home", "", []func(*attendance.DayInput){duty(attendance.WorkFromHome, "")}, attendance.StatusHome, "1", nil},
		{"a morning at home and an afternoon in the office", "i13:00 o17:00", []func(*attendance.DayInput){duty(attendance.WorkFromHome, hr.FirstHalf)}, attendance.StatusHome, "1", nil},
		{"both, on duty says more", "", []func(*attendance.DayInput){duty(attendance.WorkFromHome, hr.FirstHalf), duty(attendance.OnDuty, hr.SecondHalf)}, attendance.StatusOnDuty, "1", nil},
		{"a morning on duty and nobody in the afternoon", "", []func(*attendance.DayInput){duty(attendance.OnDuty, hr.FirstHalf)}, attendance.StatusHalfDay, "0.5", []attendance.ExceptionCode{attendance.NoShow}},
		{"a morning on duty, late back", "i13:20 o17:00", []func(*attendance.DayInput){duty(attendance.OnDuty, hr.FirstHalf)}, attendance.StatusOnDuty, "1", []attendance.ExceptionCode{attendance.Late}},
		{"a morning on duty, and no punch out", "i13:00", []func(*attendance.DayInput){duty(attendance.OnDuty, hr.FirstHalf)}, attendance.StatusMissingPunch, "0.5", []attendance.ExceptionCode{attendance.MissingOut}},
		{
			"leave in the morning, on duty in the afternoon", "", []func(*attendance.DayInput){duty(attendance.OnDuty, hr.SecondHalf), func(in *attendance.DayInput) {
				in.Absences = []hr.Absence{{Date: day(monday), Half: hr.FirstHalf, Type: "casual", Paid: dec("0")}}
			}}, attendance.StatusHalfLeave, "0.5", nil,
		},
	} {
		t.Run(row.name, func(t *testing.T) {
			got := classified(t, s, p, row.punches, row.duties...)
			require.Equal(t, row.status, got.Status)
			require.Equal(t, row.payable, got.Payable.String())
			require.Equal(t, row.codes, codes(got))
			require.Equal(t, "1", got.Payable.Add(got.Unpaid).String())
			require.Contains(t, got.Refs, hr.Ref{Kind: "permit", ID: string(map[bool]attendance.DutyKind{true: attendance.WorkFromHome, false: attendance.OnDuty}[row.status == attendance.StatusHome])})
		})
	}
	_, err := attendance.Classify(attendance.DayInput{
		Date: day(monday), Shift: s, Calendar: workday(monday),
		Absences: []hr.Absence{{Date: day(monday), Half: hr.FirstHalf, Type: "casual"}},
		Duties: []attendance.Duty{
			{Date: day(monday), Kind: attendance.OnDuty}, {Date: day("2026-10-06"), Kind: "holiday"}, {Date: day(monday), Half: "third", Kind: attendance.OnDuty},
		},
	})
	require.Equal(t, []hr.Rule{
		attendance.RuleDutyOverlap, attendance.RuleDutyDate, attendance.RuleDutyKind, attendance.RuleDutyOverlap, attendance.RuleDutyOverlap, attendance.RuleAbsenceHalf,
	}, rules(err))
}

// One degree of latitude is a 360th of the globe's circle: 2 pi x 6,371,009 m / 360 = 111,195 m. A degree of longitude at 60 degrees
// north is half as long: 55,597 m along the parallel, two metres less straight over the globe.
func TestPlaces(t *testing.T) {
	place := func(lat, lon int64) attendance.Place {
		return attendance.Place{Latitude: lat * 1e6, Longitude: lon * 1e6}
	}
	require.Equal(t, 111195, place(10, 20).Metres(place(11, 20)))
	require.Equal(t, 111195, place(11, 20).Metres(place(10, 20)))
	require.InDelta(t, 55597, place(60, 20).Metres(place(60, 21)), 3)
	require.Equal(t, 0, place(60, 20).Metres(place(60, 20)))
	require.InDelta(t, 2*111195, place(1, 179).Metres(place(1, -179)), 50, "over the date line")
	for _, edge := range []attendance.Place{place(90, 180), place(-90, -180)} {
		require.NoError(t, edge.Validate())
	}
	for _, off := range []attendance.Place{{Latitude: 90e6 + 1}, {Latitude: -90e6 - 1}, {Longitude: 180e6 + 1}, {Longitude: -180e6 - 1}} {
		require.Equal(t, []hr.Rule{attendance.RulePlace}, rules(off.Validate()))
	}
	site := attendance.Site{ID: "works", Place: place(10, 20), Radius: 200}
	require.NoError(t, site.Validate())
	near, far := attendance.Place{Latitude: 10e6 + 1700, Longitude: 20e6}, attendance.Place{Latitude: 10e6 + 1900, Longitude: 20e6} // 189 m and 211 m
	require.True(t, site.Has(near))
	require.False(t, site.Has(far))
	site.Radius = 189
	require.True(t, site.Has(near), "the fence itself is inside")
	site.Radius = 188
	require.False(t, site.Has(near))
	site.Radius = 200
	require.True(t, site.Has(attendance.Place{}))
	require.True(t, attendance.Site{ID: "open"}.Has(far))
	require.Equal(t, []string{"id", "place", "radius"}, paths(attendance.Site{Place: place(91, 0), Radius: -1}.Validate()))
	require.Equal(t, []string{"radius"}, paths(attendance.Site{ID: "x", Radius: 5}.Validate()))

	s := shift(t, "s", "09:00", "17:00")
	fenced := func(in *attendance.DayInput) {
		in.Sites = map[string]attendance.Site{"works": site}
		for i := range in.Punches {
			in.Punches[i].Site, in.Punches[i].Place = "works", near
		}
		in.Punches[1].Place = far
	}
	got := classified(t, s, attendance.Policy{}, "i09:00 o17:00", fenced)
	require.Equal(t, []attendance.ExceptionCode{attendance.OffSite}, codes(got))
	require.Equal(t, 480, got.Worked)
	require.Equal(t, attendance.Warning, got.Exceptions[0].Severity)
	got = classified(t, s, attendance.Policy{Geofence: attendance.Geofence{Discard: true}}, "i09:00 o17:00", fenced)
	require.Equal(t, []attendance.ExceptionCode{attendance.MissingOut, attendance.OffSite}, codes(got))
	require.Equal(t, attendance.Problem, got.Exceptions[1].Severity)
	require.Len(t, got.Refs, 2, "it stays as evidence")
}
