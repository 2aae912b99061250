package attendance_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
)

func TestBreakDeduct(t *testing.T) {
	for _, row := range []struct {
		name                string
		rule                attendance.Break
		present, gaps, want int
	}{
		{"off", attendance.Break{}, 540, 0, 0},
		{"all of it", attendance.Break{Minutes: 60}, 540, 0, 60},
		{"what was away in between is break already: 60 - 20", attendance.Break{Minutes: 60}, 520, 20, 40},
		{"away longer than the break", attendance.Break{Minutes: 60}, 450, 90, 0},
		{"no more than there is", attendance.Break{Minutes: 60}, 45, 0, 45},
		{"not before five hours", attendance.Break{Minutes: 60, After: 300}, 300, 0, 0},
		{"and never below them: 330 - 300", attendance.Break{Minutes: 60, After: 300}, 330, 0, 30},
		{"away and five hours: the smaller of 60 - 20 and 330 - 300", attendance.Break{Minutes: 60, After: 300}, 330, 20, 30},
	} {
		require.Equal(t, row.want, row.rule.Deduct(row.present, row.gaps), row.name)
	}
}

func TestOvertimeCount(t *testing.T) {
	for _, row := range []struct {
		name        string
		rule        attendance.Overtime
		extra, want int
	}{
		{"off", attendance.Overtime{}, 120, 0},
		{"off, whatever the minimum", attendance.Overtime{Minimum: 30}, 120, 0},
		{"every minute", attendance.Overtime{Step: 1}, 61, 61},
		{"nothing beyond", attendance.Overtime{Step: 1}, 0, 0},
		{"less than asked for", attendance.Overtime{Step: 1}, -10, 0},
		{"under the minimum", attendance.Overtime{Step: 15, Minimum: 30}, 29, 0},
		{"at the minimum", attendance.Overtime{Step: 15, Minimum: 30}, 30, 30},
		{"cut to whole steps", attendance.Overtime{Step: 15, Minimum: 30}, 44, 30},
		{"a step more", attendance.Overtime{Step: 15, Minimum: 30}, 45, 45},
		{"the minimum is met, a whole step is not", attendance.Overtime{Step: 60, Minimum: 30}, 45, 0},
	} {
		require.Equal(t, row.want, row.rule.Count(row.extra), row.name)
	}
}

func TestThresholdsHalves(t *testing.T) {
	house := attendance.Thresholds{FullDay: 420, HalfDay: 210}
	for _, row := range []struct {
		name              string
		rule              attendance.Thresholds
		worked, due, want int
	}{
		{"a full day", house, 420, 2, 2},
		{"a minute short of it", house, 419, 2, 1},
		{"half a day", house, 210, 2, 1},
		{"a minute short of half", house, 209, 2, 0},
		{"half was due", house, 210, 1, 1},
		{"half was due, a minute short", house, 209, 1, 0},
		{"half was due: a full day is not two", house, 900, 1, 1},
		{"nothing was due", house, 900, 0, 0},
		{"off: any work is what was due", attendance.Thresholds{}, 1, 2, 2},
		{"off: no work is none", attendance.Thresholds{}, 0, 2, 0},
		{"no least for half a day", attendance.Thresholds{FullDay: 420}, 1, 2, 1},
	} {
		require.Equal(t, row.want, row.rule.Halves(row.worked, row.due), row.name)
	}
}

// What is out of range is refused under the name of its field, and the limit itself is not.
func TestRulesOutOfRange(t *testing.T) {
	valid := attendance.Policy{
		Duplicates: attendance.Duplicates{Within: 120}, Grace: attendance.Grace{Late: 1440, Early: 1440},
		Thresholds: attendance.Thresholds{FullDay: 1440, HalfDay: 1440}, Overtime: attendance.Overtime{Step: 480, Minimum: 1440},
		MissingPunch: attendance.MissingPunch{Halves: 2}, Pairing: attendance.PairAlternate,
	}
	require.NoError(t, valid.Validate())
	require.NoError(t, attendance.Policy{}.Validate())
	for _, row := range []struct {
		spoil func(*attendance.Policy)
		path  string
		rule  hr.Rule
	}{
		{func(p *attendance.Policy) { p.Duplicates.Within = 121 }, "duplicates.within", attendance.RulePolicyMinutes},
		{func(p *attendance.Policy) { p.Grace.Late = 1441 }, "grace.late", attendance.RulePolicyMinutes},
		{func(p *attendance.Policy) { p.Grace.Early = -1 }, "grace.early", attendance.RulePolicyMinutes},
		{func(p *attendance.Policy) { p.Thresholds.FullDay = 1441 }, "thresholds.full_day", attendance.RulePolicyMinutes},
		{func(p *attendance.Policy) { p.Thresholds.HalfDay = -1 }, "thresholds.half_day", attendance.RulePolicyMinutes},
		{func(p *attendance.Policy) { p.Thresholds.FullDay = 1439 }, "thresholds.half_day", attendance.RulePolicyOrder},
		{func(p *attendance.Policy) { p.Overtime.Step = 481 }, "overtime.step", attendance.RulePolicyMinutes},
		{func(p *attendance.Policy) { p.Overtime.Minimum = -1 }, "overtime.minimum", attendance.RulePolicyMinutes},
		{func(p *attendance.Policy) { p.Overtime.Approval = "maybe" }, "overtime.approval", attendance.RuleOvertimeApproval},
		{func(p *attendance.Policy) { p.MissingPunch.Halves = 3 }, "missing_punch.halves", attendance.RulePolicyHalves},
		{func(p *attendance.Policy) { p.Pairing = "typed" }, "pairing", attendance.RulePolicyPairing},
	} {
		p := valid
		row.spoil(&p)
		err := p.Validate()
		require.Equal(t, []string{row.path}, paths(err))
		require.Equal(t, []hr.Rule{row.rule}, rules(err))
		require.ErrorIs(t, err, hr.ErrInvalid)
	}
}

func TestShiftOutOfRange(t *testing.T) {
	s := shift(t, "s", "22:00", "24:00")
	s.Break, s.Window = attendance.Break{Minutes: 720, After: 1440}, attendance.Window{Before: 720, After: 720}
	require.NoError(t, s.Validate())
	s.Break, s.Window = attendance.Break{Minutes: 721, After: -1}, attendance.Window{Before: -1, After: 721}
	s.Start, s.End = clock("24:00"), clock("06:00")
	err := s.Validate()
	require.Equal(t, []string{"end", "break.minutes", "break.after", "window.before", "window.after"}, paths(err))
	require.Equal(t, []hr.Rule{
		attendance.RuleShiftLength, attendance.RuleShiftBreak, attendance.RuleShiftBreak, attendance.RuleShiftWindow, attendance.RuleShiftWindow,
	}, rules(err))
	require.Equal(t, []string{"id", "zone", "end"}, paths(attendance.Shift{}.Validate()))
	require.Equal(t, "s", s.Label())
	s.Name = "Night"
	require.Equal(t, "Night", s.Label())
}

// The last that is in range is, and the first beyond it is not.
func TestTheEdgesOfRanges(t *testing.T) {
	flexible := shift(t, "s", "06:00", "20:00")
	flexible.Kind, flexible.Flex = attendance.FlexibleShift, 720
	round := func(days int) attendance.Rotation {
		return attendance.Rotation{ID: "r", Begins: day(monday), Days: slices.Repeat([]attendance.RotationDay{{Shift: "s"}}, days)}
	}
	overtime := func(minutes int) attendance.Permit {
		return attendance.Permit{Kind: attendance.PermitOvertime, Minutes: minutes}
	}
	asks := func(days int) attendance.Request {
		return attendance.Request{
			Kind: attendance.AskPermit, Employee: "E1", Reason: "r", Period: hr.Period{From: day(monday), Through: day(monday).Add(days - 1)}, Permit: attendance.Permit{Kind: attendance.PermitHome},
		}
	}
	place := attendance.Place{Latitude: 10e6, Longitude: 20e6}
	for name, err := range map[string]error{
		"flex": flexible.Validate(), "rotation": round(3660).Validate(), "permit": errors.Join(overtime(1).Validate(), overtime(1440).Validate()), "request": asks(366).Validate(),
		"site":          errors.Join(attendance.Site{ID: "x"}.Validate(), attendance.Site{ID: "x", Place: place, Radius: 100000}.Validate()),
		"work on leave": attendance.WorkedLeave{HalfDay: 420, FullDay: 420}.Validate(),
	} {
		require.NoError(t, err, name)
	}
	for path, err := range map[string]error{
		"days": round(3661).Validate(), "minutes": overtime(1441).Validate(), "period": asks(367).Validate(), "radius": attendance.Site{ID: "x", Place: place, Radius: 100001}.Validate(),
	} {
		require.Equal(t, []string{path}, paths(err))
	}
}
