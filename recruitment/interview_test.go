package recruitment_test

import (
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/recruitment"
)

func zone(t require.TestingT, name string) *time.Location {
	loc, err := time.LoadLocation(name)
	require.NoError(t, err)
	return loc
}

func at(t require.TestingT, text string) time.Time {
	x, err := time.Parse(time.RFC3339, text)
	require.NoError(t, err)
	return x
}

func span(t require.TestingT, from, until string) recruitment.Span {
	return recruitment.Span{From: at(t, from), Until: at(t, until)}
}

// office is every day from nine to six.
func office(from, until string) (hours []recruitment.WorkHours) {
	for d := time.Sunday; d <= time.Saturday; d++ {
		hours = append(hours, recruitment.WorkHours{Day: d, From: hr.MustTimeOfDay(from), Until: hr.MustTimeOfDay(until)})
	}
	return hours
}

// Bengaluru's nine to six is 03:30 to 12:30 UTC; London's in winter 09:00 to 18:00. They share 09:00 to 12:30, and New York's nine is
// 14:00: nothing with all three.
func TestSlotsAcrossZones(t *testing.T) {
	bengaluru := recruitment.Diary{Employee: "E1", Zone: zone(t, "Asia/Kolkata"), Hours: office("09:00", "18:00"), Busy: []recruitment.Span{span(t, "2026-12-01T09:30:00Z", "2026-12-01T10:00:00Z")}}
	london := recruitment.Diary{Zone: zone(t, "Europe/London"), Hours: office("09:00", "18:00")}
	search := recruitment.SlotSearch{Within: span(t, "2026-12-01T00:00:00Z", "2026-12-02T00:00:00Z"), Length: time.Hour, Step: 30 * time.Minute, Diaries: []recruitment.Diary{bengaluru, london}}
	starts := func(q recruitment.SlotSearch) (list []string) {
		slots, err := recruitment.Slots(q)
		require.NoError(t, err)
		for _, s := range slots {
			require.Equal(t, q.Length, s.Until.Sub(s.From))
			list = append(list, s.From.UTC().Format("15:04"))
		}
		return list
	}
	// 09:00 to 09:30 is too short; from 10:00 the last begins an hour before 12:30.
	require.Equal(t, []string{"10:00", "10:30", "11:00", "11:30"}, starts(search))
	search.Limit = 1
	require.Equal(t, []string{"10:00"}, starts(search))
	search.Limit = 0
	search.Step = 0
	require.Len(t, starts(search), 7, "every quarter of an hour from 10:00 through 11:30")
	off := search
	off.Diaries = append(off.Diaries[:1:1], recruitment.Diary{Zone: london.Zone, Hours: london.Hours, Off: []hr.Date{day("2026-12-01")}})
	require.Empty(t, starts(off))
	search.Diaries = append(search.Diaries, recruitment.Diary{Employee: "E2", Zone: zone(t, "America/New_York"), Hours: office("09:00", "17:00")})
	require.Empty(t, starts(search))
	free := recruitment.SlotSearch{Within: span(t, "2026-12-01T09:07:00Z", "2026-12-01T10:10:00Z"), Length: 30 * time.Minute}
	require.Equal(t, []string{"09:15", "09:30"}, starts(free), "slots begin at full quarters")
	_, err := recruitment.Slots(recruitment.SlotSearch{Step: -1})
	require.Equal(t, []string{"length recruitment.slots", "step recruitment.slots", "within recruitment.slots"}, faults(err))
}

// The night from 22:00 to 06:00 has seven hours when clocks go forward in London (29 March 2026) and nine when they go back (25 October).
func TestSlotsOnTheNightsOfClockChanges(t *testing.T) {
	night := recruitment.Diary{Zone: zone(t, "Europe/London"), Hours: office("22:00", "06:00")}
	for within, want := range map[recruitment.Span]int{
		span(t, "2026-03-28T12:00:00Z", "2026-03-29T12:00:00Z"): 7,
		span(t, "2026-10-24T12:00:00Z", "2026-10-25T12:00:00Z"): 9,
		span(t, "2026-10-20T12:00:00Z", "2026-10-21T12:00:00Z"): 8,
	} {
		slots, err := recruitment.Slots(recruitment.SlotSearch{Within: within, Length: time.Hour, Step: time.Hour, Diaries: []recruitment.Diary{night}})
		require.NoError(t, err)
		require.Len(t, slots, want)
	}
}

// A second, dumber method looks at every quarter of an hour and asks each clock: the same slots come out.
func TestSlotsAgainstAClock(t *testing.T) {
	zones := []*time.Location{time.UTC, zone(t, "Asia/Kolkata"), zone(t, "Asia/Kathmandu"), zone(t, "Europe/London"), zone(t, "America/New_York")}
	starts := []time.Time{at(t, "2026-03-28T00:00:00Z"), at(t, "2026-10-24T00:00:00Z"), at(t, "2026-03-07T00:00:00Z"), at(t, "2026-07-01T00:00:00Z")}
	quarter := 15 * time.Minute
	rapid.Check(t, func(t *rapid.T) {
		begin := rapid.SampledFrom(starts).Draw(t, "begin")
		q := recruitment.SlotSearch{
			Within: recruitment.Span{From: begin, Until: begin.Add(time.Duration(rapid.IntRange(1, 60).Draw(t, "hours")) * time.Hour)},
			Length: time.Duration(rapid.IntRange(1, 8).Draw(t, "quarters")) * quarter,
		}
		for range rapid.IntRange(0, 3).Draw(t, "people") {
			d := recruitment.Diary{Zone: rapid.SampledFrom(zones).Draw(t, "zone")}
			from := rapid.IntRange(0, 23).Draw(t, "from")
			until := rapid.IntRange(0, 23).Draw(t, "until")
			f, err := hr.NewTimeOfDay(from, 0, 0)
			require.NoError(t, err)
			u, err := hr.NewTimeOfDay(until, 0, 0)
			require.NoError(t, err)
			for day := time.Sunday; day <= time.Saturday; day++ {
				if rapid.IntRange(0, 3).Draw(t, "works") > 0 {
					d.Hours = append(d.Hours, recruitment.WorkHours{Day: day, From: f, Until: u})
				}
			}
			for range rapid.IntRange(0, 2).Draw(t, "busy") {
				b := begin.Add(time.Duration(rapid.IntRange(0, 200).Draw(t, "busy at")) * quarter)
				d.Busy = append(d.Busy, recruitment.Span{From: b, Until: b.Add(quarter * time.Duration(rapid.IntRange(1, 9).Draw(t, "busy for")))})
			}
			q.Diaries = append(q.Diaries, d)
		}
		// works says whether somebody works at an instant, by the hands of their clock: on a night of a clock change an hour that comes twice is in
		// both times, so that only the day on which the hours began must be found.
		works := func(d recruitment.Diary, x time.Time) bool {
			if len(d.Hours) == 0 {
				return true
			}
			for back := range 2 { // hours that began today or yesterday
				began := hr.DateOf(x, d.Zone).Add(-back)
				for _, h := range d.Hours {
					if h.Day != began.Weekday() {
						continue
					}
					ends := began
					if h.Until.Compare(h.From) <= 0 {
						ends = began.Add(1)
					}
					if !x.Before(began.At(h.From, d.Zone)) && x.Before(ends.At(h.Until, d.Zone)) {
						return true
					}
				}
			}
			return false
		}
		var want []recruitment.Span
		for s := q.Within.From; !s.Add(q.Length).After(q.Within.Until); s = s.Add(quarter) {
			slot, fine := recruitment.Span{From: s, Until: s.Add(q.Length)}, true
			for _, d := range q.Diaries {
				for x := s; x.Before(slot.Until); x = x.Add(quarter) {
					fine = fine && works(d, x)
				}
				for _, b := range d.Busy {
					fine = fine && !(b.From.Before(slot.Until) && s.Before(b.Until))
				}
			}
			if fine {
				want = append(want, slot)
			}
		}
		got, err := recruitment.Slots(q)
		require.NoError(t, err)
		require.Equal(t, want, got)
	})
}

func TestScheduleRefuses(t *testing.T) {
	h := newHouse(hr.AllowAll)
	opening := h.open(t, 2)
	id, other := h.applied(t, opening), h.applied(t, opening)
	ended := h.applied(t, opening, recruitment.Withdraw)
	ten := span(t, "2026-10-02T10:00:00Z", "2026-10-02T11:00:00Z")
	fixed, err := h.Schedule(h.ctx, h.cmd(), recruitment.Interview{ID: "I1", Application: id, Interviewers: []hr.EmployeeID{"E1", "E2"}, Time: ten, Sequence: 5, Cancelled: true})
	require.NoError(t, err)
	i, err := h.Interview(h.ctx, view, fixed)
	require.NoError(t, err)
	require.Equal(t, recruitment.Interview{ID: "I1", Application: id, Candidate: h.get(t, id).Candidate, Interviewers: []hr.EmployeeID{"E1", "E2"}, Time: ten, Version: 1}, i)

	before := h.state(t)
	india := recruitment.Diary{Employee: "E3", Zone: zone(t, "Asia/Kolkata"), Hours: office("09:00", "18:00")}
	busy := recruitment.Diary{Busy: []recruitment.Span{span(t, "2026-10-02T12:30:00Z", "2026-10-02T13:00:00Z")}}
	for name, c := range map[string]struct {
		i       recruitment.Interview
		diaries []recruitment.Diary
		want    []string
	}{
		"nothing":           {recruitment.Interview{Application: other}, nil, []string{"time recruitment.interview", "interviewers recruitment.interview"}},
		"no application":    {recruitment.Interview{Application: "A9", Time: ten, Interviewers: []hr.EmployeeID{"E9"}}, nil, []string{"application recruitment.application.unknown"}},
		"one that ended":    {recruitment.Interview{Application: ended, Time: ten, Interviewers: []hr.EmployeeID{"E9"}}, nil, []string{"application recruitment.application.transition"}},
		"the id of another": {recruitment.Interview{ID: "I1", Application: other, Time: ten, Interviewers: []hr.EmployeeID{"E9"}}, nil, []string{"id recruitment.interview"}},
		"yesterday":         {recruitment.Interview{Application: other, Time: span(t, "2026-09-30T10:00:00Z", "2026-09-30T11:00:00Z"), Interviewers: []hr.EmployeeID{"E9", "", "E9"}}, nil, []string{"time recruitment.interview", "interviewers[1] recruitment.interview", "interviewers[2] recruitment.interview"}},
		"an overbooked interviewer": {
			recruitment.Interview{Application: other, Time: span(t, "2026-10-02T10:59:00Z", "2026-10-02T11:30:00Z"), Interviewers: []hr.EmployeeID{"E3", "E2"}},
			nil,
			[]string{"interviewers[1] recruitment.interview.clash"},
		},
		"an overbooked candidate": {
			recruitment.Interview{Application: id, Time: span(t, "2026-10-02T09:30:00Z", "2026-10-02T10:01:00Z"), Interviewers: []hr.EmployeeID{"E3"}},
			nil,
			[]string{"candidate recruitment.interview.clash"},
		},
		"outside an interviewer's hours, in the candidate's lunch": { // 12:45 UTC is 18:15 in India
			recruitment.Interview{Application: other, Time: span(t, "2026-10-02T12:15:00Z", "2026-10-02T12:45:00Z"), Interviewers: []hr.EmployeeID{"E3"}},
			[]recruitment.Diary{india, busy},
			[]string{"interviewers[0] recruitment.interview.hours", "candidate recruitment.interview.clash"},
		},
	} {
		_, err := h.Schedule(h.ctx, h.cmd(), c.i, c.diaries...)
		require.Equal(t, c.want, faults(err), name)
		require.Equal(t, before, h.state(t), name)
	}

	// What touches does not clash, and what is within the hours to the minute is fine.
	_, err = h.Schedule(h.ctx, h.cmd(), recruitment.Interview{Application: other, Time: span(t, "2026-10-02T11:00:00Z", "2026-10-02T12:30:00Z"), Interviewers: []hr.EmployeeID{"E1", "E3"}}, india, busy)
	require.NoError(t, err)
}

// An interview that is moved leaves its old time free and counts one up; one that is cancelled is over.
func TestRescheduleAndCancel(t *testing.T) {
	h := newHouse(hr.AllowAll)
	opening := h.open(t, 2)
	id, other := h.applied(t, opening), h.applied(t, opening)
	ten, noon := span(t, "2026-10-02T10:00:00Z", "2026-10-02T11:00:00Z"), span(t, "2026-10-02T10:30:00Z", "2026-10-02T12:00:00Z")
	talk, err := h.Schedule(h.ctx, h.cmd(), recruitment.Interview{Application: id, Interviewers: []hr.EmployeeID{"E1"}, Time: ten})
	require.NoError(t, err)
	require.NoError(t, h.Reschedule(h.ctx, h.cmd(), talk, noon), "it does not clash with itself")
	i, err := h.Interview(h.ctx, view, talk)
	require.NoError(t, err)
	require.Equal(t, noon, i.Time)
	require.Equal(t, 1, i.Sequence)
	_, err = h.Schedule(h.ctx, h.cmd(), recruitment.Interview{Application: other, Interviewers: []hr.EmployeeID{"E1"}, Time: span(t, "2026-10-02T10:00:00Z", "2026-10-02T10:30:00Z")})
	require.NoError(t, err, "the old time is free")
	before := h.state(t)
	err = h.Reschedule(h.ctx, h.cmd(), talk, ten)
	require.Equal(t, []string{"interviewers[0] recruitment.interview.clash"}, faults(err))
	require.Equal(t, before, h.state(t))
	require.NoError(t, h.CancelInterview(h.ctx, h.cmd(), talk, "ill"))
	i, err = h.Interview(h.ctx, view, talk)
	require.NoError(t, err)
	require.True(t, i.Cancelled)
	require.Equal(t, 2, i.Sequence)
	before = h.state(t)
	for _, err := range []error{h.CancelInterview(h.ctx, h.cmd(), talk, "ill"), h.Reschedule(h.ctx, h.cmd(), talk, ten)} {
		require.Equal(t, []string{"interview recruitment.interview"}, faults(err))
	}
	require.Equal(t, before, h.state(t))
	_, err = h.Schedule(h.ctx, h.cmd(), recruitment.Interview{Application: other, Interviewers: []hr.EmployeeID{"E1"}, Time: noon})
	require.NoError(t, err, "who is not met is free")
	_, err = h.Interview(h.ctx, view, "I9")
	require.Equal(t, []string{"interview recruitment.interview.unknown"}, faults(err))
}

// Sixteen recruiters book one interviewer for the same hour, each with a candidate of their own, and the same for one candidate with
// sixteen interviewers: one of each gets it.
func TestSixteenBookings(t *testing.T) {
	for name, shared := range map[string]bool{"one interviewer": true, "one candidate": false} {
		h := newHouse(hr.AllowAll)
		opening := h.open(t, 16)
		ten := span(t, "2026-10-02T10:00:00Z", "2026-10-02T11:00:00Z")
		one := h.applied(t, opening)
		plans, cmds, errs := make([]recruitment.Interview, 16), make([]hr.Command, 16), make([]error, 16)
		for i := range plans {
			plans[i] = recruitment.Interview{Application: one, Interviewers: []hr.EmployeeID{hr.EmployeeID("E" + string(rune('A'+i)))}, Time: ten}
			if shared {
				plans[i].Application, plans[i].Interviewers = h.applied(t, opening), []hr.EmployeeID{"E1"}
			}
			cmds[i] = h.cmd()
		}
		var wg sync.WaitGroup
		for i := range plans {
			wg.Go(func() { _, errs[i] = h.Schedule(h.ctx, cmds[i], plans[i]) })
		}
		wg.Wait()
		won := 0
		for _, err := range errs {
			if err == nil {
				won++
				continue
			}
			require.Len(t, hr.FieldErrors(err), 1, name)
			require.Equal(t, recruitment.RuleInterviewClash, hr.FieldErrors(err)[0].Rule, name)
		}
		require.Equal(t, 1, won, name)
	}
}
