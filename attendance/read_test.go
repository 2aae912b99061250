package attendance_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/memory"
)

// October 2026 has 31 days: 21 working days with the 2nd a holiday, 9 Saturdays and Sundays. E1 works the 1st (540 - 60), is an hour late
// on the 5th (480 - 60, of which 420 make a full day), has the second half of the 6th off on leave, and is absent on the other 18.
func TestTimesheets(t *testing.T) {
	o := open(t)
	o.Absences = away{"E1": {{Employee: "E1", Date: day("2026-10-06"), Half: hr.SecondHalf, Type: "casual", Paid: dec("1"), Ref: hr.Ref{Kind: "leave", ID: "L1"}}}}
	o.record(t, of("E1", 1, append(punches(t, "2026-10-01", "i09:00 o18:00"), append(punches(t, "2026-10-05", "i10:00 o18:00"), punches(t, "2026-10-06", "i09:00 o13:30")...)...)))
	// The night of the 30th ends on the 31st, and that of 30 September on the 1st: 480 minutes each.
	o.record(t, of("E2", 101, append(punches(t, "2026-09-30", "i22:00 +o06:00"), punches(t, "2026-10-30", "i22:00 +o06:00")...)))

	sheets, err := o.Timesheets(t.Context(), view, []hr.Pin{{Employee: "E1"}, {Employee: "E2"}, {Employee: "E3"}, {Employee: "X9"}}, october)
	require.NoError(t, err)
	type figures struct {
		payable, unpaid string
		days, regular   int
	}
	var got []figures
	for _, s := range sheets {
		require.NoError(t, s.Validate())
		require.Equal(t, october, s.Period)
		got = append(got, figures{hr.Canonical(s.Payable), hr.Canonical(s.Unpaid), len(s.Days), s.Minutes("regular", hr.Period{})})
	}
	require.Equal(t, []figures{
		{"13", "18", 31, 480 + 420 + 270}, // 9 days off + 1 holiday + 3; 21 - 3 unpaid
		{"10", "20", 30, 480},             // to the 30th: 8 days off + 1 holiday + 1, and 21 - 1 absent
		{"5", "15", 20, 0},                // from the 12th: 5 of its 20 days are off
		{"0", "0", 0, 0},
	}, got)
	require.Equal(t, []hr.EmployeeID{"E1", "E2", "E3", "X9"}, []hr.EmployeeID{sheets[0].Employee, sheets[1].Employee, sheets[2].Employee, sheets[3].Employee})
	require.Equal(t, []hr.Ref{{Kind: "leave", ID: "L1"}, {Kind: "punch", ID: "d:gate-1:5"}, {Kind: "punch", ID: "d:gate-1:6"}},
		sheets[0].RefsIn(october, func(d hr.TimesheetDay) bool { return d.Status == "half_leave" }))
	require.Equal(t, hr.Known{Own: 1}, sheets[0].Known)

	// The days of parts of the month are those of the month, cut wherever one likes.
	for _, parts := range [][]hr.Period{october.Cut(day("2026-10-31")), october.Cut(day("2026-10-02"), day("2026-10-06"), day("2026-10-07"))} {
		var days []attendance.Day
		for _, p := range parts {
			some, err := o.Days(t.Context(), view, "E2", p)
			require.NoError(t, err)
			days = append(days, some...)
		}
		sheet, err := attendance.Summarize("E2", october, days)
		require.NoError(t, err)
		require.Equal(t, sheets[1].Digest(), sheet.Digest())
	}
}

// A late punch, a void and a roster do not change what was answered before. An answer as of today names the numbers it used, and asked
// for under them it is the same for ever.
func TestTimesheetsAsKnown(t *testing.T) {
	o := open(t)
	var answers []hr.Timesheet
	answer := func() {
		s := o.sheet(t, "E1", 0)
		require.Equal(t, hr.Seq(len(answers)+1), s.Known.Own)
		answers = append(answers, s)
	}
	ids := o.record(t, of("E1", 1, punches(t, "2026-10-05", "i09:00 o18:00")))
	answer()
	o.record(t, of("E1", 3, punches(t, "2026-10-06", "i09:00")))
	answer()
	_, err := o.Correct(t.Context(), o.cmd(boss), attendance.Correction{Employee: "E1", At: at(t, "2026-10-06 19:00"), Direction: attendance.Out})
	require.NoError(t, err)
	answer()
	_, err = o.Void(t.Context(), o.cmd(boss), "E1", ids[1])
	require.NoError(t, err)
	answer()
	_, err = o.Roster(t.Context(), o.cmd(boss), attendance.Assignment{Employee: "E1", Shift: "night", Period: october})
	require.NoError(t, err)
	answer()
	var pins []hr.Pin
	for _, a := range answers {
		pins = append(pins, hr.Pin{Employee: "E1", Known: a.Known})
	}
	again, err := o.Timesheets(t.Context(), view, pins, october)
	require.NoError(t, err)
	require.Equal(t, bytesOf(t, answers), bytesOf(t, again))
	seen := map[string]bool{}
	for _, a := range answers {
		require.False(t, seen[a.Digest()], "each of these facts changes the sheet")
		seen[a.Digest()] = true
	}
}

// An answer is as known at both numbers of its pin, each today's where it is zero.
func TestAnAnswerNamesBothNumbers(t *testing.T) {
	o := open(t)
	o.record(t, of("E1", 1, punches(t, monday, "i09:00 o18:00")))
	require.NoError(t, o.db.InTx(t.Context(), func(ctx context.Context) error {
		_, err := o.db.Take(ctx, o.Kit.Clock, hr.Everyone)
		return err
	}))
	sheets, err := o.Timesheets(t.Context(), view, []hr.Pin{{Employee: "E1"}, {Employee: "E1", Known: hr.Known{Own: 7}}, {Employee: "E1", Known: hr.Known{Rules: 9}}}, october)
	require.NoError(t, err)
	require.Equal(t, []hr.Known{{Own: 1, Rules: 1}, {Own: 7, Rules: 1}, {Own: 1, Rules: 9}}, []hr.Known{sheets[0].Known, sheets[1].Known, sheets[2].Known})
}

// A question about October is not refused for what was wrong in September.
func TestOnlyTheDaysAskedForMustBeRight(t *testing.T) {
	o := open(t)
	line, err := hr.NewTimeline(
		hr.Step[hr.Terms]{Since: day("2026-09-01"), Value: hr.Terms{Calendar: "blr", Shift: "gone"}}, hr.Step[hr.Terms]{Since: day("2026-10-01"), Value: hr.Terms{Calendar: "blr", Shift: "general"}})
	require.NoError(t, err)
	o.Terms.(staff)["E1"] = line
	_, err = o.Days(t.Context(), view, "E1", october)
	require.NoError(t, err)
	_, err = o.Days(t.Context(), view, "E1", hr.MustPeriod("2026-09-30..2026-10-31"))
	require.Equal(t, []hr.Rule{attendance.RuleShiftUnknown}, rules(err))
	// Nor for what is wrong in the policy of a shift that nobody is on.
	o.Policies["london"] = attendance.Policy{Grace: attendance.Grace{Late: -1}}
	_, err = o.Days(t.Context(), view, "E1", october)
	require.NoError(t, err)
	_, err = o.Roster(t.Context(), o.cmd(boss), attendance.Assignment{Employee: "E1", Shift: "london", Period: hr.MustPeriod("2026-10-05..2026-10-05")})
	require.NoError(t, err)
	_, err = o.Days(t.Context(), view, "E1", october)
	require.Equal(t, []string{"pins[0].2026-10-05.policy.grace.late"}, paths(err))
}

// latecomer is a store to which somebody else writes between the reading of the heads and that of the facts.
type latecomer struct {
	attendance.Rosters
	attendance.Punches
	write func()
}

func (l *latecomer) once() {
	if write := l.write; write != nil {
		l.write = nil
		write()
	}
}

func (l *latecomer) RostersOf(ctx context.Context, pins []hr.Pin, p hr.Period) ([][]hr.Entry[attendance.Rostered], error) {
	l.once()
	return l.Rosters.RostersOf(ctx, pins, p)
}

func (l *latecomer) PunchesOf(ctx context.Context, pins []hr.Pin, p hr.Period) ([][]hr.Entry[attendance.Punch], error) {
	l.once()
	return l.Punches.PunchesOf(ctx, pins, p)
}

func TestAnAnswerUsesNoMoreThanItSays(t *testing.T) {
	for name, write := range map[string]func(attendance.Service, hr.Command) error{
		"a roster": func(s attendance.Service, cmd hr.Command) error {
			return second(s.Roster(context.Background(), cmd, attendance.Assignment{Employee: "E1", Shift: "night", Period: october}))
		},
		"a punch": func(s attendance.Service, cmd hr.Command) error {
			return second(s.Record(context.Background(), cmd, punch(attendance.In, at(t, "2026-10-06 09:00"))))
		},
	} {
		t.Run(name, func(t *testing.T) {
			o := open(t)
			o.record(t, of("E1", 1, punches(t, "2026-10-05", "i09:00 o18:00")))
			plain := o.Service
			late := &latecomer{o.db, o.db, func() { require.NoError(t, write(plain, o.cmd(boss))) }}
			o.Rosters, o.Punches = late, late
			sheet := o.sheet(t, "E1", 0)
			require.Equal(t, hr.Seq(2), o.head(t, "E1"))
			require.Equal(t, hr.Known{Own: 1}, sheet.Known)
			require.Equal(t, sheet.Digest(), o.sheet(t, "E1", 1).Digest())
		})
	}
}

// What is wrong with the wiring of any of the people asked about comes together, each fault once and not for every day.
func TestDaysRefuse(t *testing.T) {
	o := open(t)
	_, err := o.Roster(t.Context(), o.cmd(boss), attendance.Assignment{Employee: "E3", Shift: "night", Period: october})
	require.NoError(t, err)
	o.Terms = staff{
		"E1": hr.Since(day("2026-10-05"), hr.Terms{Calendar: "nowhere", Shift: "general"}),
		"E2": hr.Since(day("2026-10-05"), hr.Terms{Calendar: "blr"}),
		"E3": hr.Since(day("2026-10-05"), hr.Terms{Calendar: "blr", Shift: "general"}),
	}
	delete(o.Shifts, "night")
	_, err = o.Timesheets(t.Context(), view, []hr.Pin{{Employee: "E1"}, {Employee: "E2"}, {Employee: "E3"}}, october)
	require.Equal(t, []string{"pins[0].terms.calendar", "pins[1].terms.shift", "pins[2].roster.shift"}, paths(err))
	require.Equal(t, []hr.Rule{attendance.RuleCalendarUnknown, attendance.RuleShiftUnknown, attendance.RuleShiftUnknown}, rules(err))
	require.ErrorContains(t, err, "(on 2026-10-05)", "the first day at fault")

	o.Terms = staff{"E1": hr.Since(day("2026-10-05"), hr.Terms{Calendar: "blr", Shift: "general"})}
	_, err = o.Days(t.Context(), view, "E1", hr.MustPeriod("2026-12-30..2027-01-02"))
	require.Equal(t, []hr.Rule{hr.RuleCalendarSpan}, rules(err))
	_, err = o.Days(t.Context(), view, "E1", hr.MustPeriod("2026-10-05.."))
	require.Equal(t, []hr.Rule{attendance.RulePeriodOpen}, rules(err))
	o.Absences = away{"E1": {{Date: day("2026-10-05"), Paid: dec("1")}, {Date: day("2026-10-05"), Half: hr.FirstHalf, Paid: dec("1")}}}
	_, err = o.Days(t.Context(), view, "E1", october)
	require.Equal(t, []string{"pins[0].2026-10-05.absences[1].half"}, paths(err))
	o.Shifts["general"] = attendance.Shift{ID: "other"}
	_, err = o.Days(t.Context(), view, "E1", october)
	require.Equal(t, []hr.Rule{attendance.RuleShiftID}, rules(err))
}

// Changes says what was learnt since, two days wide to either side, of the people whose pins ask.
func TestChanges(t *testing.T) {
	o := open(t)
	ids := o.record(t, of("E1", 1, punches(t, "2026-10-05", "i09:00 o18:00")))
	o.record(t, of("E2", 3, punches(t, "2026-10-05", "i22:00")))
	voids, err := o.Void(t.Context(), o.cmd(boss), "E1", ids[0])
	require.NoError(t, err)
	rosters, err := o.Roster(t.Context(), o.cmd(boss), attendance.Assignment{Employee: "E1", Shift: "night", Period: hr.MustPeriod("2026-10-10..")})
	require.NoError(t, err)
	changes := func(pins ...hr.Pin) []hr.Change {
		got, err := o.Changes(t.Context(), view, pins)
		require.NoError(t, err)
		return got
	}
	around := hr.MustPeriod("2026-10-03..2026-10-07")
	require.Equal(t, []hr.Change{
		{Employee: "E1", Period: around, Cause: voids[0]},
		{Employee: "E1", Period: hr.MustPeriod("2026-10-08.."), Cause: rosters[0]},
	}, changes(hr.Pin{Employee: "E1", Known: hr.Known{Own: 1}}, hr.Pin{Employee: "E2", Known: hr.Known{Own: 1}}))
	require.Equal(t, []hr.Change{{Employee: "E1", Period: hr.MustPeriod("2026-10-08.."), Cause: rosters[0]}}, changes(hr.Pin{Employee: "E1", Known: hr.Known{Own: 2}}))
	require.Empty(t, changes(hr.Pin{Employee: "E1", Known: hr.Known{Own: 3}}))
	require.Empty(t, changes(hr.Pin{Employee: "E1"}, hr.Pin{Employee: "E2"}), "zero is today")
	late := o.record(t, of("E2", 9, punches(t, "2026-10-30", "+i06:00"))) // 00:30 UTC of the 31st
	require.Equal(t, []hr.Change{{Employee: "E2", Period: hr.MustPeriod("2026-10-29..2026-11-02"), Cause: hr.Ref{Kind: "punch", ID: string(late[0]), Seq: 2}}},
		changes(hr.Pin{Employee: "E2", Known: hr.Known{Own: 1}}))
}

// Whatever is learnt, the days outside of what Changes names are what they were: Changes is never too narrow.
func TestChangesNameEveryDayThatChanged(t *testing.T) {
	for _, row := range []struct {
		name  string
		learn func(t *testing.T, o *office)
	}{
		{"a punch in the night", func(t *testing.T, o *office) { o.record(t, of("E2", 50, punches(t, "2026-10-14", "+o07:30"))) }},
		{"a roster from nights to days", func(t *testing.T, o *office) {
			_, err := o.Roster(t.Context(), o.cmd(boss), attendance.Assignment{Employee: "E2", Shift: "general", Period: hr.MustPeriod("2026-10-13..2026-10-14")})
			require.NoError(t, err)
		}},
		{"a roster in London", func(t *testing.T, o *office) {
			_, err := o.Roster(t.Context(), o.cmd(boss), attendance.Assignment{Employee: "E2", Shift: "london", Period: hr.MustPeriod("2026-10-14..2026-10-14")})
			require.NoError(t, err)
		}},
		{"a void", func(t *testing.T, o *office) {
			_, err := o.Void(t.Context(), o.cmd(boss), "E2", "d:gate-1:13")
			require.NoError(t, err)
		}},
	} {
		t.Run(row.name, func(t *testing.T) {
			o := open(t)
			var list []attendance.Punch
			for d := range hr.MustPeriod("2026-10-05..2026-10-23").Days() {
				list = append(list, punches(t, d.String(), "i21:50 +o06:10")...)
			}
			o.record(t, of("E2", 1, list))
			old := o.sheet(t, "E2", 0)
			row.learn(t, o)
			now := o.sheet(t, "E2", 0)
			changes, err := o.Changes(t.Context(), view, []hr.Pin{{Employee: "E2", Known: old.Known}})
			require.NoError(t, err)
			changed := 0
			for i := range old.Days {
				if bytesOf(t, old.Days[i]) == bytesOf(t, now.Days[i]) {
					continue
				}
				changed++
				named := false
				for _, c := range changes {
					named = named || c.Period.Contains(old.Days[i].Date)
				}
				require.True(t, named, "%s changed and is not named", old.Days[i].Date)
			}
			require.Positive(t, changed)
		})
	}
}

// Evidence is put into words on the clock of the shift that owns the punch.
func TestDescribe(t *testing.T) {
	o := open(t)
	o.record(t, of("E1", 1, punches(t, "2026-10-05", "i09:03")))
	o.record(t, []attendance.Punch{{Employee: "E1", At: in(t, "UTC", "2026-10-07 08:00"), Source: attendance.FromWeb}})
	fixed, err := o.Correct(t.Context(), o.cmd(boss), attendance.Correction{Employee: "E1", At: at(t, "2026-10-05 18:00"), Direction: attendance.Out})
	require.NoError(t, err)
	voids, err := o.Void(t.Context(), o.cmd(boss), "E1", "d:gate-1:1")
	require.NoError(t, err)
	_, err = o.Roster(t.Context(), o.cmd(boss), attendance.Assignment{Employee: "E1", Shift: "london", Period: hr.MustPeriod("2026-10-07..2026-10-07")})
	require.NoError(t, err)
	refs := []hr.Ref{
		{Kind: "punch", ID: "d:gate-1:1"},
		{Kind: "leave", ID: "d:gate-1:1"},
		{Kind: "punch", ID: string(fixed[0])},
		{Kind: "punch", ID: "none"},
		voids[0],
		{Kind: "punch", ID: "e:E1:2026-10-07T08:00:00Z"},
	}
	texts, err := o.Describe(t.Context(), view, "E1", refs)
	require.NoError(t, err)
	require.Equal(t, []string{
		"in 2026-10-05 09:03 +05:30, device gate-1",
		"",
		"out 2026-10-05 18:00 +05:30, a correction approved by boss",
		"",
		"void of in 2026-10-05 09:03 +05:30, device gate-1",
		"at 2026-10-07 09:00 +01:00",
	}, texts)
	texts, err = o.Describe(t.Context(), view.At(hr.Known{Own: 2}), "E1", refs[5:])
	require.NoError(t, err)
	require.Equal(t, []string{"at 2026-10-07 13:30 +05:30"}, texts, "as known before the roster")
	texts, err = o.Describe(t.Context(), view, "E2", refs)
	require.NoError(t, err)
	require.Equal(t, make([]string, 6), texts, "another's punches")
	entries, err := o.db.RostersOf(t.Context(), []hr.Pin{{Employee: "E1"}}, october)
	require.NoError(t, err)
	_, err = o.Roster(t.Context(), o.cmd(boss), attendance.Assignment{Employee: "E1", Team: "packing", Shift: "night", Period: hr.MustPeriod("2026-10-12..2026-10-18")},
		attendance.Assignment{Employee: "E1", Clear: true, Period: hr.MustPeriod("2026-10-08..2026-10-08")})
	require.NoError(t, err)
	more, err := o.db.RostersSince(t.Context(), []hr.Pin{{Employee: "E1", Known: hr.Known{Own: entries[0][0].Seq}}})
	require.NoError(t, err)
	require.NoError(t, o.db.AppendPermits(t.Context(),
		hr.Entry[attendance.Permit]{ID: "P1", Seq: 90, Period: hr.MustPeriod("2026-10-08..2026-10-08"), Value: attendance.Permit{Employee: "E1", Kind: attendance.PermitOnDuty, Half: hr.FirstHalf}},
		hr.Entry[attendance.Permit]{ID: "P2", Seq: 91, Period: hr.MustPeriod("2026-10-08..2026-10-09"), Value: attendance.Permit{Employee: "E1", Kind: attendance.PermitOvertime, Minutes: 120}}))
	o.Permits = o.db
	facts := []hr.Ref{{Kind: "roster", ID: entries[0][0].ID}, {Kind: "roster", ID: more[0][0].ID}, {Kind: "roster", ID: more[0][1].ID}, {Kind: "permit", ID: "P1"}, {Kind: "permit", ID: "P2"}, {Kind: "roster", ID: "P1"}}
	texts, err = o.Describe(t.Context(), view, "E1", facts)
	require.NoError(t, err)
	require.Equal(t, []string{
		"on shift london 2026-10-07..2026-10-07", "on shift night 2026-10-12..2026-10-18, through team packing", "off the roster 2026-10-08..2026-10-08",
		"on duty in the first half allowed 2026-10-08..2026-10-08", "overtime of up to 120 minutes a day allowed 2026-10-08..2026-10-09", "",
	}, texts)
	texts, err = o.Describe(t.Context(), view, "E2", facts)
	require.NoError(t, err)
	require.Equal(t, make([]string, 6), texts, "another's")
	o.Terms = staff{}
	texts, err = o.Describe(t.Context(), view, "E1", refs[:1])
	require.NoError(t, err)
	require.Equal(t, []string{"in 2026-10-05 03:33 +00:00, device gate-1"}, texts, "nobody's shift: UTC")
}

// short answers one item too few.
type short struct {
	staff
	attendance.Punches
	attendance.Rosters
	away
}

func (s short) TermsOf(ctx context.Context, v hr.View, pins []hr.Pin, p hr.Period) ([]hr.Timeline[hr.Terms], error) {
	return s.staff.TermsOf(ctx, v, pins[1:], p)
}

func (s short) RostersOf(ctx context.Context, pins []hr.Pin, p hr.Period) ([][]hr.Entry[attendance.Rostered], error) {
	return s.Rosters.RostersOf(ctx, pins[1:], p)
}

func (s short) PunchesOf(ctx context.Context, pins []hr.Pin, p hr.Period) ([][]hr.Entry[attendance.Punch], error) {
	return s.Punches.PunchesOf(ctx, pins[1:], p)
}

func (s short) Absences(ctx context.Context, v hr.View, pins []hr.Pin, p hr.Period) ([][]hr.Absence, error) {
	return s.away.Absences(ctx, v, pins[1:], p)
}

// A port that forgets somebody would shift everybody behind them by one: it is found out.
func TestAPortThatForgetsSomebodyIsFoundOut(t *testing.T) {
	for name, spoil := range map[string]func(*office, short){
		"terms":    func(o *office, s short) { o.Terms = s },
		"rosters":  func(o *office, s short) { o.Rosters = s },
		"punches":  func(o *office, s short) { o.Punches = s },
		"absences": func(o *office, s short) { o.Absences = s },
	} {
		o := open(t)
		spoil(o, short{o.Terms.(staff), o.db, o.db, away{}})
		_, err := o.Timesheets(t.Context(), view, []hr.Pin{{Employee: "E1"}, {Employee: "E2"}}, october)
		require.ErrorContains(t, err, name)
		require.ErrorContains(t, err, "1 ")
	}
}

func TestServiceValidate(t *testing.T) {
	s := attendance.Service{
		Kit:      storage.Kit{},
		Shifts:   map[string]attendance.Shift{"a": shift(t, "a", "09:00", "18:00"), "b": shift(t, "a", "09:00", "09:00")},
		Policy:   attendance.Policy{Grace: attendance.Grace{Late: -1}},
		Policies: map[string]attendance.Policy{"a": {Pairing: "guess"}, "c": {}},
		Sites:    map[string]attendance.Site{"works": {ID: "works"}, "yard": {ID: "works", Radius: -1}},
	}
	require.Equal(t, []string{
		"kit.tx", "kit.log", "kit.know", "kit.journal", "punches", "rosters", "terms", "shifts[b].end", "shifts[b].id", "sites[yard].radius", "sites[yard].id",
		"policy.grace.late", "policies[a].pairing", "policies[c]",
	}, paths(s.Validate()))
	db := memory.New()
	s = attendance.Service{Kit: db.Kit(hr.AllowAll, func() time.Time { return at(t, "2026-11-01 00:00") })}
	for name, err := range map[string]error{
		"record": second(s.Record(t.Context(), hr.Command{ID: "1", Actor: gate}, punch(attendance.In, at(t, "2026-10-05 09:00")))),
		"void":   second(s.Void(t.Context(), hr.Command{ID: "2", Actor: gate, Reason: "r"}, "E1", "x")),
		"roster": second(s.Roster(t.Context(), hr.Command{ID: "3", Actor: gate}, attendance.Assignment{Employee: "E1", Clear: true, Period: october})),
		"days":   second(s.Days(t.Context(), view, "E1", october)),
		"sheets": second(s.Timesheets(t.Context(), view, nil, october)),
		"change": second(s.Changes(t.Context(), view, []hr.Pin{{Employee: "E1", Known: hr.Known{Own: 1}}})),
		"words":  second(s.Describe(t.Context(), view, "E1", []hr.Ref{{Kind: "punch", ID: "x"}})),
	} {
		require.Equal(t, []string{"punches", "rosters", "terms"}, paths(err), name)
		require.Equal(t, []hr.Rule{attendance.RuleService, attendance.RuleService, attendance.RuleService}, rules(err), name)
	}
}

func second[T any](_ T, err error) error { return err }
