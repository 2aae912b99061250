package attendance_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
	"github.com/musterhr/hr/storage"
)

func TestRecord(t *testing.T) {
	o := open(t)
	ids := o.record(t, of("E1", 1, punches(t, "2026-10-05", "i09:00 o18:00")))
	require.Equal(t, []attendance.PunchID{"d:gate-1:1", "d:gate-1:2"}, ids)
	got := o.day(t, "E1", "2026-10-05", 0)
	require.Equal(t, attendance.StatusPresent, got.Status)
	require.Equal(t, []hr.Ref{{Kind: "punch", ID: "d:gate-1:1"}, {Kind: "punch", ID: "d:gate-1:2"}}, got.Refs)
	events, err := o.db.Events(t.Context())
	require.NoError(t, err)
	require.Len(t, events, 1)
	require.Equal(t, "attendance.punched", events[0].Kind)
	require.Equal(t, hr.Ref{Kind: "command", ID: "c1", Seq: 1}, events[0].Ref)
}

// In one batch the punches of each employee are counted from nothing, in the order of their instants.
func TestTheLinesOfABatch(t *testing.T) {
	o := open(t)
	o.record(t, append(of("E2", 11, punches(t, monday, "i22:00 +o06:00")), of("E1", 1, punches(t, monday, "o18:00 i09:00 o13:00 i14:00"))...))
	lists, err := o.db.PunchesSince(t.Context(), []hr.Pin{{Employee: "E1"}, {Employee: "E2"}})
	require.NoError(t, err)
	for i, want := range [][]string{{"d:gate-1:2", "d:gate-1:3", "d:gate-1:4", "d:gate-1:1"}, {"d:gate-1:11", "d:gate-1:12"}} {
		require.Len(t, lists[i], len(want))
		for n, e := range lists[i] {
			require.Equal(t, want[n], e.ID)
			require.Equal(t, n, e.Line)
		}
	}
}

// A device sends what it sent before, and a little more: what is there is skipped, without a new knowledge number where nothing is
// new, however the batch is cut and in whatever zone the instant is written.
func TestRecordIsIdempotent(t *testing.T) {
	o := open(t)
	list := of("E1", 1, punches(t, "2026-10-05", "i09:00 o13:00 i14:00 o18:00"))
	o.record(t, list[:2])
	before := o.state(t)
	again := []attendance.Punch{list[1], list[0], list[1]}
	again[0].At = again[0].At.UTC()
	require.Equal(t, []attendance.PunchID{"d:gate-1:2", "d:gate-1:1", "d:gate-1:2"}, o.record(t, again))
	require.Equal(t, before, o.state(t))
	require.Equal(t, hr.Seq(1), o.head(t, "E1"))
	o.record(t, list)
	require.Equal(t, hr.Seq(2), o.head(t, "E1"))
	require.Equal(t, 480, o.day(t, "E1", "2026-10-05", 0).Worked)

	// A reading without a number is the same by employee, instant and direction, to the microsecond.
	bare := attendance.Punch{Employee: "E1", At: at(t, "2026-10-06 09:00").Add(1234567), Direction: attendance.In}
	first := o.record(t, []attendance.Punch{bare})
	require.Equal(t, []attendance.PunchID{"e:E1:2026-10-06T03:30:00.001234Z:in"}, first)
	bare.At = bare.At.Add(400)
	require.Equal(t, first, o.record(t, []attendance.Punch{bare}))
	require.Equal(t, hr.Seq(3), o.head(t, "E1"))
}

// The number of a device under which something else was said before: the whole batch is refused, and nothing of it is kept.
func TestRecordRefusesAnIDThatIsTaken(t *testing.T) {
	o := open(t)
	list := of("E1", 1, punches(t, "2026-10-05", "i09:00 o18:00 i18:01"))
	o.record(t, list[:1])
	before := o.state(t)
	other := list[0]
	other.At = other.At.Add(time.Minute)
	twice := list[2]
	twice.DeviceSeq, twice.Direction = 2, attendance.Out
	_, err := o.Record(t.Context(), o.cmd(gate), list[1], other, twice)
	require.Equal(t, []string{"punches[2].id", "punches[1].id"}, paths(err)) // within the batch first, then against what is stored
	require.Equal(t, []hr.Rule{attendance.RulePunchID, attendance.RulePunchID}, rules(err))
	require.ErrorIs(t, err, storage.ErrConflict)
	require.Equal(t, before, o.state(t))
}

// Everything that is wrong with a batch comes at once, and changes nothing; the command may be sent again, mended.
func TestRecordRefusesAllAtOnce(t *testing.T) {
	o := open(t)
	before := o.state(t)
	good := of("E1", 1, punches(t, "2026-10-05", "i09:00"))[0]
	bad := func(spoil func(*attendance.Punch)) attendance.Punch {
		p := good
		p.DeviceSeq = 0
		spoil(&p)
		return p
	}
	cmd := o.cmd(gate)
	_, err := o.Record(t.Context(), cmd,
		good,
		bad(func(p *attendance.Punch) { p.Employee = "" }),
		bad(func(p *attendance.Punch) { p.At = time.Time{} }),
		bad(func(p *attendance.Punch) { p.Direction = "sideways" }),
		bad(func(p *attendance.Punch) { p.Device, p.DeviceSeq = "", 7 }),
		bad(func(p *attendance.Punch) { p.DeviceSeq = -1 }),
		bad(func(p *attendance.Punch) { p.Source = "guess" }),
		bad(func(p *attendance.Punch) { p.Source, p.ApprovedBy = attendance.FromCorrection, "boss" }),
		bad(func(p *attendance.Punch) { p.At = o.now.Add(time.Microsecond) }),
		bad(func(p *attendance.Punch) { p.Employee = "X9" }),
		bad(func(p *attendance.Punch) { p.Employee, p.At = "E3", at(t, "2026-10-11 09:00") }),
		bad(func(p *attendance.Punch) { p.Employee, p.At = "E2", at(t, "2026-10-31 22:00") }),
	)
	require.Equal(t, []string{
		"punches[7].source", "punches[7].approved_by",
		"punches[1].employee", "punches[2].at", "punches[3].direction", "punches[4].device", "punches[5].device_seq", "punches[6].source", "punches[8].at",
		"punches[9].employee", "punches[10].at", "punches[11].at",
	}, paths(err))
	require.Equal(t, []hr.Rule{
		attendance.RulePunchSource, attendance.RulePunchSource,
		attendance.RulePunchEmployee, attendance.RulePunchAt, attendance.RulePunchDirection, attendance.RulePunchDevice, attendance.RulePunchDevice, attendance.RulePunchSource, attendance.RulePunchFuture,
		attendance.RulePunchEmployeeUnknown, attendance.RulePunchNotEmployed, attendance.RulePunchNotEmployed,
	}, rules(err))
	require.Equal(t, before, o.state(t))
	_, err = o.Record(t.Context(), cmd)
	require.Equal(t, []hr.Rule{attendance.RuleEmpty}, rules(err))
	_, err = o.Record(t.Context(), cmd, good)
	require.NoError(t, err)
}

// A night belongs to the day on which it began: the leaver's last night ends the day after their last day, and may be punched. What is
// not any more of a day of theirs is refused: 12 hours from 06:00 on.
func TestPunchesAroundJoiningAndLeaving(t *testing.T) {
	for _, row := range []struct {
		name     string
		employee hr.EmployeeID
		at       string
		refused  bool
	}{
		{"the last night begins", "E2", "2026-10-30 22:00", false},
		{"and ends after the last day", "E2", "2026-10-31 06:00", false},
		{"to the last minute that is theirs", "E2", "2026-10-31 17:59", false},
		{"after that they have left", "E2", "2026-10-31 18:00", true},
		{"a night later", "E2", "2026-10-31 22:00", true},
		{"the evening before joining", "E3", "2026-10-11 20:59", true},
		{"in the night before the first day, within its 12 hours", "E3", "2026-10-11 21:00", false},
		{"the first day", "E3", "2026-10-12 09:00", false},
		{"a Sunday is a day employed too", "E1", "2026-10-04 11:00", false},
	} {
		t.Run(row.name, func(t *testing.T) {
			o := open(t)
			before := o.state(t)
			_, err := o.Record(t.Context(), o.cmd(gate), attendance.Punch{Employee: row.employee, At: at(t, row.at)})
			if !row.refused {
				require.NoError(t, err)
				return
			}
			require.Equal(t, []hr.Rule{attendance.RulePunchNotEmployed}, rules(err))
			require.Equal(t, before, o.state(t))
		})
	}
}

// The instant of the command itself is not the future; what is shorter than a microsecond is cut off first.
func TestNow(t *testing.T) {
	o := open(t)
	o.record(t, []attendance.Punch{{Employee: "E1", At: o.now.Add(999 * time.Nanosecond)}})
	_, err := o.Record(t.Context(), o.cmd(gate), attendance.Punch{Employee: "E1", At: o.now.Add(time.Microsecond)})
	require.Equal(t, []hr.Rule{attendance.RulePunchFuture}, rules(err))
}

// A punch of somebody whose shift the service does not know is kept: it is evidence, and the day is refused until that is mended.
func TestAPunchWithoutAShiftIsKept(t *testing.T) {
	o := open(t)
	o.Terms = staff{"E1": hr.Since(day("2026-09-01"), hr.Terms{Calendar: "blr", Shift: "gone"})}
	o.record(t, of("E1", 1, punches(t, "2026-10-05", "i09:00")))
	_, err := o.Days(t.Context(), view, "E1", october)
	require.Equal(t, []string{"pins[0].terms.shift"}, paths(err))
	require.Equal(t, []hr.Rule{attendance.RuleShiftUnknown}, rules(err))
}

// Two devices deliver one batch at the same time under two commands: each punch is kept once.
func TestRecordAtOnce(t *testing.T) {
	o := open(t)
	list := of("E1", 1, punches(t, "2026-10-05", "i09:00 o13:00 i14:00 o18:00"))
	var wg sync.WaitGroup
	for range 8 {
		cmd := o.cmd(gate)
		wg.Add(1)
		go func() {
			defer wg.Done()
			_, err := o.Record(context.Background(), cmd, list...)
			if err != nil {
				t.Error(err)
			}
		}()
	}
	wg.Wait()
	entries, err := o.db.PunchesSince(t.Context(), []hr.Pin{{Employee: "E1"}})
	require.NoError(t, err)
	require.Len(t, entries[0], 4)
	require.Equal(t, hr.Seq(1), o.head(t, "E1"))
}

// overtaken is knowledge whose guard row somebody else held first, and wrote under.
type overtaken struct {
	storage.Knowledge
	write func(context.Context)
}

func (o *overtaken) Take(ctx context.Context, clock func() time.Time, ids ...hr.EmployeeID) ([]storage.Taken, error) {
	if write := o.write; write != nil {
		o.write = nil
		write(ctx)
	}
	return o.Knowledge.Take(ctx, clock, ids...)
}

// A punch that somebody else recorded after it was looked up and before the guard row was held is skipped, and the rest is kept.
func TestRecordLooksAgainUnderTheGuardRow(t *testing.T) {
	o := open(t)
	list := of("E1", 1, punches(t, "2026-10-05", "i09:00 o18:00"))
	o.Kit.Know = &overtaken{o.db, func(ctx context.Context) {
		taken, err := o.db.Take(ctx, o.Kit.Clock, "E1")
		require.NoError(t, err)
		p := list[0]
		p.ID, p.At = p.Derive(), p.At.UTC()
		require.NoError(t, o.db.AppendPunches(ctx, hr.Entry[attendance.Punch]{
			ID: string(p.ID), Seq: taken[0].Known.Own, Recorded: taken[0].Recorded, Period: hr.MustPeriod("2026-10-05..2026-10-05"), Value: p,
		}))
	}}
	require.Equal(t, []attendance.PunchID{"d:gate-1:1", "d:gate-1:2"}, o.record(t, list))
	entries, err := o.db.PunchesSince(t.Context(), []hr.Pin{{Employee: "E1"}})
	require.NoError(t, err)
	require.Len(t, entries[0], 2)
	require.Equal(t, []hr.Seq{1, 2}, []hr.Seq{entries[0][0].Seq, entries[0][1].Seq})
}

// The same command again does nothing and answers the same; the same id for something else is refused.
func TestACommandRunsOnce(t *testing.T) {
	o := open(t)
	list := of("E1", 1, punches(t, "2026-10-05", "i09:00 o18:00"))
	cmd := o.cmd(gate)
	ids, err := o.Record(t.Context(), cmd, list...)
	require.NoError(t, err)
	before := o.state(t)
	again, err := o.Record(t.Context(), cmd, list...)
	require.NoError(t, err)
	require.Equal(t, ids, again)
	for name, call := range map[string]func() error{
		"other punches":  func() error { _, err := o.Record(t.Context(), cmd, list[0]); return err },
		"another verb":   func() error { _, err := o.Void(t.Context(), cmd, "E1", ids...); return err },
		"another person": func() error { c := cmd; c.Actor = boss; _, err := o.Record(t.Context(), c, list...); return err },
		"a correction": func() error {
			_, err := o.Correct(t.Context(), cmd, attendance.Correction{Employee: "E1", At: list[0].At, Direction: attendance.In})
			return err
		},
		"a roster": func() error {
			_, err := o.Roster(t.Context(), cmd, attendance.Assignment{Employee: "E1", Shift: "night", Period: october})
			return err
		},
	} {
		require.ErrorIs(t, call(), storage.ErrReused, name)
		require.Equal(t, before, o.state(t), name)
	}
}

// Whoever may not, leaves nothing behind but an entry in the audit; the command's id is free for when they may.
func TestWhoMayNotLeavesNoTrace(t *testing.T) {
	o := open(t)
	ids := o.record(t, of("E1", 1, punches(t, "2026-10-05", "i09:00")))
	before := o.state(t)
	allowed := o.Kit.Authorize
	var asked []hr.Ask
	o.Kit.Authorize = func(a hr.Ask) hr.Verdict {
		asked = append(asked, a)
		return hr.Verdict{Reason: "not on this floor"}
	}
	cmd := o.cmd(asha)
	list := of("E1", 2, punches(t, "2026-10-05", "o18:00"))
	correction := attendance.Correction{Employee: "E2", At: at(t, "2026-10-05 22:00"), Direction: attendance.In}
	for verb, call := range map[string]func() error{
		"attendance.Record":  func() error { _, err := o.Record(t.Context(), cmd, list...); return err },
		"attendance.Void":    func() error { _, err := o.Void(t.Context(), cmd, "E1", ids...); return err },
		"attendance.Correct": func() error { _, err := o.Correct(t.Context(), cmd, correction); return err },
		"attendance.Roster": func() error {
			_, err := o.Roster(t.Context(), cmd, attendance.Assignment{Employee: "E3", Shift: "night", Period: october})
			return err
		},
		"attendance.Days": func() error { _, err := o.Days(t.Context(), view, "E1", october); return err },
		"attendance.Timesheets": func() error {
			_, err := o.Timesheets(t.Context(), view, []hr.Pin{{Employee: "E1"}, {Employee: "E2"}}, october)
			return err
		},
		"attendance.Changes": func() error {
			_, err := o.Changes(t.Context(), view, []hr.Pin{{Employee: "E1", Known: hr.Known{Own: 1}}})
			return err
		},
		"attendance.Describe": func() error {
			_, err := o.Describe(t.Context(), view, "E1", []hr.Ref{{Kind: "punch", ID: string(ids[0])}})
			return err
		},
	} {
		asked = nil
		refusals := len(o.refusals(t))
		err := call()
		require.ErrorIs(t, err, hr.ErrDenied, verb)
		require.Len(t, asked, 1, verb)
		require.Equal(t, verb, asked[0].Verb)
		require.NotEmpty(t, asked[0].Subjects, verb)
		require.Equal(t, before, o.state(t), verb)
		list := o.refusals(t)
		require.Len(t, list, refusals+1, verb)
		require.Equal(t, verb, list[refusals].Verb)
		require.Equal(t, asked[0].Subjects, list[refusals].Subjects)
	}
	o.Kit.Authorize = allowed
	_, err := o.Record(t.Context(), cmd, list...)
	require.NoError(t, err)
	o.Kit.Authorize = nil
	_, err = o.Record(t.Context(), o.cmd(gate), list...)
	require.ErrorIs(t, err, hr.ErrDenied, "without a policy nothing is allowed")
}

// In whatever order and in however many batches punches arrive, the sheet is the same to the last byte.
func TestTheOrderOfPunchesChangesNoSheet(t *testing.T) {
	list := of("E1", 1, append(punches(t, "2026-10-05", "i09:00 o13:00 i14:00 o18:00"), append(punches(t, "2026-10-06", "i09:20 i09:22 o19:07"), punches(t, "2026-10-07", "i08:50")...)...))
	sheetOf := func(batches ...[]attendance.Punch) hr.Timesheet {
		o := open(t)
		for _, b := range batches {
			o.record(t, b)
		}
		s := o.sheet(t, "E1", 0)
		s.Known = hr.Known{} // what was learnt is the same, in how many steps is not
		return s
	}
	want := sheetOf(list)
	backwards := make([]attendance.Punch, 0, len(list))
	for i := range list {
		backwards = append(backwards, list[len(list)-1-i])
	}
	for _, got := range []hr.Timesheet{sheetOf(backwards), sheetOf(list[5:], list[:5]), sheetOf(list[:3], list[1:6], list[6:], list)} {
		require.Equal(t, bytesOf(t, want), bytesOf(t, got))
		require.Equal(t, want.Digest(), got.Digest())
	}
	// One batch in another order stores the same entries too.
	a, b := open(t), open(t)
	a.record(t, list)
	b.record(t, backwards)
	require.Equal(t, a.state(t), b.state(t))
}
