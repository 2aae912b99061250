package attendance_test

import (
	"context"
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
)

// lots is leave that notes what is asked of it, and has too little for the charges it is told of.
type lots struct {
	dues    []hr.LeaveDues
	short   []hr.Ref
	refuses error
}

func (l *lots) Settle(_ context.Context, _ hr.Command, dues hr.LeaveDues) ([]hr.Ref, error) {
	l.dues = append(l.dues, dues)
	return l.short, l.refuses
}

// words writes what is asked, an item a line: "charge E1 2026-10-07 0.5 E1:casual:2026-10-05:1".
func (l *lots) words() (out []string) {
	line := func(kind string, who hr.EmployeeID, d hr.Date, quantity, ref string) {
		out = append(out, kind+" "+string(who)+" "+d.String()[5:]+" "+quantity+" "+ref)
	}
	for _, dues := range l.dues {
		for _, c := range dues.Charges {
			line("charge", c.Employee, c.Date, hr.Canonical(c.Quantity), c.Ref.ID)
		}
		for _, g := range dues.Grants {
			line("grant", g.Employee, g.Date, hr.Canonical(g.Quantity), g.Ref.ID)
		}
		for _, r := range dues.Returns {
			line("return", r.Employee, r.Date, hr.Canonical(r.Share), r.Request.ID+" "+string(r.Half))
		}
	}
	return out
}

// Monday 5 to Saturday 10 October: six days, of which every three could be late marks and each could have banked overtime. E1 is late on three
// and works the Saturday; E3 has not joined.
func TestSettleLeaveAsksForAllThatCouldBe(t *testing.T) {
	o, leave := open(t), &lots{short: []hr.Ref{{Kind: "late", ID: "x"}}}
	o.Leave = leave
	o.Penalty = attendance.LatePenalty{Every: 3, Days: dec("0.5"), Type: "casual"}
	o.TimeOff = attendance.TimeOff{Type: "off", HalfDay: 240, FullDay: 480}
	var list []attendance.Punch
	for _, d := range []string{"2026-10-05", "2026-10-06", "2026-10-07"} {
		list = append(list, punches(t, d, "i09:20 o18:00")...)
	}
	o.record(t, of("E1", 1, append(list, punches(t, "2026-10-10", "i09:00 o18:00")...)))
	got, err := o.SettleLeave(t.Context(), o.cmd(boss), hr.MustPeriod("2026-10-05..2026-10-10"), "E3", "E1", "E3")
	require.NoError(t, err)
	require.Equal(t, []string{
		"charge E1 10-07 0.5 E1:casual:2026-10-05:1", "charge E1 10-10 0 E1:casual:2026-10-05:2",
		"grant E1 10-10 1 E1:off:2026-10-10",
		"grant E1 10-05 0 E1:off:2026-10-05", "grant E1 10-06 0 E1:off:2026-10-06", "grant E1 10-07 0 E1:off:2026-10-07", "grant E1 10-08 0 E1:off:2026-10-08", "grant E1 10-09 0 E1:off:2026-10-09",
		"charge E3 10-10 0 E3:casual:2026-10-05:1", "charge E3 10-10 0 E3:casual:2026-10-05:2",
		"grant E3 10-05 0 E3:off:2026-10-05", "grant E3 10-06 0 E3:off:2026-10-06", "grant E3 10-07 0 E3:off:2026-10-07", "grant E3 10-08 0 E3:off:2026-10-08", "grant E3 10-09 0 E3:off:2026-10-09",
		"grant E3 10-10 0 E3:off:2026-10-10",
	}, leave.words())
	require.Equal(t, []attendance.Settled{
		{Employee: "E1", Known: hr.Known{Own: 2}, Short: leave.short}, {Employee: "E3", Known: hr.Known{Own: 1}, Short: leave.short},
	}, got, "the numbers are those that the settlement took")
}

// One day on which E1 is on leave and late: a charge, a grant and a return, as far as there are rules for them.
func TestSettleLeaveAsksForWhatHasARule(t *testing.T) {
	charge := func(o *office) { o.Penalty = attendance.LatePenalty{Every: 1, Days: dec("0.5"), Type: "casual"} }
	grant := func(o *office) { o.TimeOff = attendance.TimeOff{Type: "off", HalfDay: 240, FullDay: 480} }
	back := func(o *office) { o.Policy.WorkedLeave = attendance.WorkedLeave{HalfDay: 240, FullDay: 420} }
	for _, row := range []struct {
		name  string
		rules []func(*office)
		want  []string
	}{
		{"none", nil, nil},
		{"a charge", []func(*office){charge}, []string{"charge E1 10-05 0.5 E1:casual:2026-10-05:1"}},
		{"a charge and a grant", []func(*office){charge, grant}, []string{"charge E1 10-05 0.5 E1:casual:2026-10-05:1", "grant E1 10-05 0 E1:off:2026-10-05"}},
		{"a charge and a return", []func(*office){charge, back}, []string{"charge E1 10-05 0.5 E1:casual:2026-10-05:1", "return E1 10-05 0 L1 second"}},
		{"a grant and a return", []func(*office){grant, back}, []string{"grant E1 10-05 0 E1:off:2026-10-05", "return E1 10-05 0 L1 second"}},
		{"a return", []func(*office){back}, []string{"return E1 10-05 0 L1 second"}},
	} {
		t.Run(row.name, func(t *testing.T) {
			o, leave := open(t), &lots{}
			o.Leave = leave
			o.Absences = away{"E1": {{Employee: "E1", Date: day(monday), Half: hr.SecondHalf, Type: "casual", Paid: dec("1"), Ref: hr.Ref{Kind: "leave", ID: "L1"}}}}
			for _, rule := range row.rules {
				rule(o)
			}
			o.record(t, of("E1", 1, punches(t, monday, "i09:20 o13:30")))
			got, err := o.SettleLeave(t.Context(), o.cmd(boss), hr.Period{From: day(monday), Through: day(monday)}, "E1")
			require.NoError(t, err)
			require.Len(t, got, 1)
			require.Equal(t, row.want, leave.words())
		})
	}
}

// E1 is on leave from Monday to Thursday and works the Monday. On the shift of Tuesday and Wednesday leave stands whatever is worked: it is
// asked for with nothing, as the roster may have changed since it went back. Leave by the hour and leave without a reference go nowhere.
func TestLeaveOfAShiftWithoutTheRuleStands(t *testing.T) {
	o, leave := open(t), &lots{}
	o.Leave = leave
	o.Policy.WorkedLeave = attendance.WorkedLeave{HalfDay: 240, FullDay: 420} // of "general"; that of "london" has none
	on := func(date string, half hr.HalfOfDay, minutes int, id string) hr.Absence {
		a := hr.Absence{Employee: "E1", Date: day(date), Half: half, Minutes: minutes, Type: "earned", Paid: dec("1")}
		if id != "" {
			a.Ref = hr.Ref{Kind: "leave", ID: id}
		}
		return a
	}
	o.Absences = away{"E1": {
		on("2026-10-05", "", 0, "L1"), on("2026-10-06", "", 0, "L1"), on("2026-10-07", hr.FirstHalf, 0, "L1"), on("2026-10-07", "", 30, "L2"), on("2026-10-08", "", 0, ""), on("2026-10-09", "", 60, "L3"),
	}}
	_, err := o.Roster(t.Context(), o.cmd(boss), attendance.Assignment{Employee: "E1", Shift: "london", Period: hr.MustPeriod("2026-10-06..2026-10-07")})
	require.NoError(t, err)
	o.record(t, of("E1", 1, punches(t, monday, "i09:00 o18:00")))
	week := hr.MustPeriod("2026-10-05..2026-10-09")
	_, err = o.SettleLeave(t.Context(), o.cmd(boss), week, "E1")
	require.NoError(t, err)
	require.Equal(t, []string{"return E1 10-05 1 L1 ", "return E1 10-06 0 L1 ", "return E1 10-07 0 L1 first"}, leave.words())
	asked, err := o.ForLeave(t.Context(), view, []hr.Pin{{Employee: "E1"}}, week)
	require.NoError(t, err)
	require.Len(t, asked[0].Returns, 1, "what stands is not asked for")
	require.Equal(t, day(monday), asked[0].Returns[0].Date)

	// The rule may be that of a shift, and of no other.
	leave.dues = nil
	o.Policy.WorkedLeave, o.Policies = attendance.WorkedLeave{}, map[string]attendance.Policy{"london": {WorkedLeave: attendance.WorkedLeave{HalfDay: 240, FullDay: 420}}}
	_, err = o.SettleLeave(t.Context(), o.cmd(boss), week, "E1")
	require.NoError(t, err)
	require.Equal(t, []string{"return E1 10-06 0 L1 ", "return E1 10-07 0 L1 first", "return E1 10-05 0 L1 "}, leave.words())
	o.Absences = nil
	_, err = o.ForLeave(t.Context(), view, []hr.Pin{{Employee: "E1"}}, week)
	require.NoError(t, err, "nobody is ever on leave")
}

func TestSettleLeaveRefuses(t *testing.T) {
	o := open(t)
	_, err := o.SettleLeave(t.Context(), o.cmd(boss), hr.MustPeriod("2026-10-05.."))
	require.Equal(t, []string{"leave", "ids", "period"}, paths(err))
	require.Equal(t, []hr.Rule{attendance.RuleService, attendance.RuleEmpty, attendance.RulePeriodOpen}, rules(err))
	o.Leave = &lots{}
	_, err = o.SettleLeave(t.Context(), o.cmd(boss), october, "E1", "")
	require.Equal(t, []string{"ids[1]"}, paths(err))

	o.TimeOff.Valid = 5
	_, err = o.SettleLeave(t.Context(), o.cmd(boss), october, "E1")
	require.Equal(t, []hr.Rule{attendance.RuleTimeOff, attendance.RuleTimeOff}, rules(err))
	o.TimeOff, o.Penalty.Free = attendance.TimeOff{}, 5
	_, err = o.ForLeave(t.Context(), view, []hr.Pin{{Employee: "E1"}}, october)
	require.Equal(t, []hr.Rule{attendance.RulePenalty, attendance.RulePenalty, attendance.RulePenalty}, rules(err))

	o.Penalty = attendance.LatePenalty{Every: 3, Days: dec("1"), Type: "casual"}
	refused := errors.New("no such type")
	o.Leave = &lots{refuses: refused}
	before := o.state(t)
	_, err = o.SettleLeave(t.Context(), o.cmd(boss), october, "E1")
	require.ErrorIs(t, err, refused)
	require.Equal(t, before, o.state(t), "no number was taken")
}
