package attendance_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
)

func TestDerive(t *testing.T) {
	nine := in(t, "Asia/Kolkata", "2026-10-05 09:00:30").Add(1234)
	for want, p := range map[attendance.PunchID]attendance.Punch{
		"d:gate-1:7":                                   {Employee: "E1", At: nine, Device: "gate-1", DeviceSeq: 7, Direction: attendance.In},
		"d:gate%2F1%3A7:8":                             {Employee: "E1", At: nine, Device: "gate/1:7", DeviceSeq: 8},
		"e:E1:2026-10-05T03:30:30.000001234Z":          {Employee: "E1", At: nine},
		"e:E1:2026-10-05T03:30:30.000001234Z:out":      {Employee: "E1", At: nine.UTC(), Device: "gate-1", Direction: attendance.Out},
		"e:E%3A1%25:2026-10-05T03:30:30.000001234Z":    {Employee: "E:1%", At: nine},
		"e::0001-01-01T00:00:00Z":                      {},
		"e:E1:2026-10-05T03:30:30.000001234Z:a%3A%2Fb": {Employee: "E1", At: nine, Direction: "a:/b"},
	} {
		require.Equal(t, want, p.Derive())
		p.ID = "given"
		require.Equal(t, want, p.Derive(), "the id does not depend on the one there is")
	}
}

func TestPunchEqual(t *testing.T) {
	p := attendance.Punch{ID: "p", Employee: "E1", At: at(t, "2026-10-05 09:00"), Direction: attendance.In}
	same := p
	same.At = p.At.UTC()
	require.True(t, p.Equal(same))
	for _, spoil := range []func(*attendance.Punch){
		func(p *attendance.Punch) { p.ID = "q" }, func(p *attendance.Punch) { p.Employee = "E2" }, func(p *attendance.Punch) { p.At = p.At.Add(1) },
		func(p *attendance.Punch) { p.Direction = "" }, func(p *attendance.Punch) { p.Device = "d" }, func(p *attendance.Punch) { p.DeviceSeq = 1 },
		func(p *attendance.Punch) { p.Site = "s" }, func(p *attendance.Punch) { p.Source = attendance.FromWeb }, func(p *attendance.Punch) { p.ApprovedBy = "b" },
	} {
		other := p
		spoil(&other)
		require.False(t, p.Equal(other))
		require.False(t, other.Equal(p))
	}
}

// Two readings share an id exactly where what makes the id is the same, whatever a device or an employee is called; and what is written
// of a punch reads back as it was.
func FuzzPunchID(f *testing.F) {
	f.Add("E1", "gate", int64(1), "in", int64(0), "E1", "gate", int64(1), "in", int64(0))
	f.Add("E1", "a:1", int64(2), "", int64(1), "E1", "a", int64(12), "", int64(1))
	f.Add("E1:2026-10-05T03:30:00Z", "", int64(0), "in", int64(1759635000), "E1", "", int64(0), "", int64(1759635000))
	f.Add("%3A", "", int64(0), "out", int64(5), ":", "", int64(0), "out", int64(5))
	f.Add("", "d", int64(-1), "x:in", int64(5), "", "d", int64(1), "x", int64(5))
	f.Fuzz(func(t *testing.T, employee1, device1 string, seq1 int64, direction1 string, at1 int64, employee2, device2 string, seq2 int64, direction2 string, at2 int64) {
		reading := func(employee, device string, seq int64, direction string, sec int64) attendance.Punch {
			const year9999 = 253370764800
			return attendance.Punch{
				Employee: hr.EmployeeID(employee), Device: device, DeviceSeq: seq, Direction: attendance.Direction(direction), At: time.Unix(sec%year9999, 0).UTC(),
			}
		}
		a, b := reading(employee1, device1, seq1, direction1, at1), reading(employee2, device2, seq2, direction2, at2)
		numbered := func(p attendance.Punch) bool { return p.Device != "" && p.DeviceSeq != 0 }
		same := numbered(a) == numbered(b)
		if numbered(a) {
			same = same && a.Device == b.Device && a.DeviceSeq == b.DeviceSeq
		} else {
			same = same && a.Employee == b.Employee && a.At.Equal(b.At) && a.Direction == b.Direction
		}
		require.Equal(t, same, a.Derive() == b.Derive(), "%s and %s", a.Derive(), b.Derive())
		require.NotContains(t, string(a.Derive()), "\n", "an id is one line")
		require.Equal(t, a.Validate() == nil, a.Employee != "" && !a.At.IsZero() && (direction1 == "" || direction1 == "in" || direction1 == "out") && (seq1 == 0 || seq1 > 0 && device1 != ""))
		read := func(p attendance.Punch) (back attendance.Punch) {
			text, err := json.Marshal(p)
			require.NoError(t, err)
			require.NoError(t, json.Unmarshal(text, &back))
			return back
		}
		once := read(a) // text that is no UTF-8 is mended on the way, and then it stays
		require.True(t, once.Equal(read(once)))
		require.True(t, a.At.Equal(once.At))
	})
}
