package attendance_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
)

// names writes the names of the parts of a trace and, in brackets, of their parts.
func names(parts []hr.Trace) string {
	var out []string
	for _, p := range parts {
		if len(p.Parts) > 0 {
			p.Name += "(" + names(p.Parts) + ")"
		}
		out = append(out, p.Name)
	}
	return strings.Join(out, " ")
}

// A trace names what made the day, and nothing that did not happen. The shift asks for 480 minutes, 09:00 to 18:00 less an hour.
func TestATraceNamesWhatHappened(t *testing.T) {
	unclocked := general(t)
	unclocked.Kind = attendance.UnclockedShift
	long := general(t)
	long.Break = attendance.Break{}
	off := func(in *attendance.DayInput) { in.Calendar.Halves = 0 }
	duties := func(list ...attendance.Duty) func(*attendance.DayInput) {
		for i := range list {
			list[i].Date, list[i].Kind, list[i].Ref = day(monday), attendance.OnDuty, hr.Ref{Kind: "permit", ID: "P" + string(list[i].Half)}
		}
		return func(in *attendance.DayInput) { in.Duties = list }
	}
	for _, row := range []struct {
		name, punches string
		shift         attendance.Shift
		step          int
		more          func(*attendance.DayInput)
		want          string
	}{
		{"nobody came", "", general(t), 1, nil, "shift payable"},
		{"a plain day", "i09:00 o18:00", general(t), 1, nil, "shift worked(session break) payable"},
		{"without a break", "i09:00 o18:00", long, 1, nil, "shift worked(session) payable"},
		{"an hour longer, and overtime counts", "i09:00 o19:00", general(t), 1, nil, "shift worked(session break) overtime(beyond) payable"},
		{"an hour longer, and it does not", "i09:00 o19:00", general(t), 0, nil, "shift worked(session break) payable"},
		{"a punch without another", "i09:00", general(t), 1, nil, "shift worked payable"},
		{"nobody clocks", "", unclocked, 1, nil, "shift worked(planned) payable"},
		{"nobody clocks, and nothing is asked", "", unclocked, 1, off, "shift payable"},
		{"on duty all day", "", general(t), 1, duties(attendance.Duty{}), "shift duty payable"},
		{"on duty twice", "", general(t), 1, duties(attendance.Duty{Half: hr.FirstHalf}, attendance.Duty{Half: hr.SecondHalf}), "shift duty duty payable"},
	} {
		t.Run(row.name, func(t *testing.T) {
			more := row.more
			if more == nil {
				more = func(*attendance.DayInput) {}
			}
			got := classified(t, row.shift, attendance.Policy{Overtime: attendance.Overtime{Step: row.step}}, row.punches, more)
			require.Equal(t, row.want, names(got.Trace.Parts))
		})
	}
}

// 09:00 to 19:00 less an hour are 540: 60 beyond the shift, and 120 beyond the seven hours of the law, which the trace says instead.
func TestTheTraceOfTiers(t *testing.T) {
	days := []attendance.Day{classified(t, general(t), attendance.Policy{Overtime: attendance.Overtime{Step: 1}}, "i09:00 o19:00")}
	require.Equal(t, 60, days[0].Overtime)
	got, err := attendance.Tiers{Day: []attendance.Tier{{420, "overtime"}}}.Apply(days)
	require.NoError(t, err)
	parts := got[0].Trace.Parts
	require.Equal(t, "shift worked(session break) overtime(regular overtime) payable", names(parts))
	require.Equal(t, []string{"120", "420", "120"}, []string{parts[2].Value, parts[2].Parts[0].Value, parts[2].Parts[1].Value})
	require.Equal(t, "60", days[0].Trace.Parts[2].Value, "the days given stay as they were")
}
