package attendance_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
)

// sections writes what is exported: each section with the ids of its records.
func sections(e hr.Extract) map[string][]string {
	out := map[string][]string{}
	for _, s := range e.Sections {
		for _, r := range s.Records {
			out[s.Title] = append(out[s.Title], r.ID)
		}
	}
	return out
}

// What is stored about Asha is exported, and nothing that is about Ravi: not his punch, nor his part of a request about both.
func TestExport(t *testing.T) {
	o := open(t)
	o.record(t, of("E1", 1, punches(t, monday, "i09:00 o18:00")))
	o.record(t, of("E2", 3, punches(t, monday, "i22:00")))
	rosters, err := o.Roster(t.Context(), o.cmd(boss), attendance.Assignment{Employee: "E1", Shift: "london", Period: october})
	require.NoError(t, err)
	require.NoError(t, o.db.AppendPermits(t.Context(), hr.Entry[attendance.Permit]{
		ID: "P1", Seq: 90, Period: october, Value: attendance.Permit{Employee: "E1", Kind: attendance.PermitHome},
	}))
	home := attendance.Permit{Kind: attendance.PermitHome}
	theirs, mine := home, home
	theirs.Employee, mine.Employee = "E2", "E1"
	corrections := []attendance.Correction{
		{Employee: "E2", At: at(t, "2026-10-05 10:00")}, {Employee: "E1", At: at(t, "2026-10-05 11:00")}, {At: at(t, "2026-10-05 12:00")},
	}
	for id, permit := range map[attendance.RequestID]attendance.Permit{"R1": theirs, "R2": mine, "R3": home} {
		require.NoError(t, o.db.PutAttendanceRequest(t.Context(), attendance.Request{
			ID: id, Kind: attendance.AskSwap, Employee: "E1", With: "E2", Period: october, Corrections: corrections, Permit: permit,
		}))
	}
	want := map[string][]string{"Punches": {"d:gate-1:1", "d:gate-1:2"}, "Shifts": {rosters[0].ID}}
	got, err := o.Export(t.Context(), view, "E1")
	require.NoError(t, err)
	require.Equal(t, want, sections(got), "without permits and requests there are none")
	require.Equal(t, "2026-11-02", got.On.String())

	o.Permits, o.Requests = o.db, o.db
	want["What was allowed"], want["Requests about attendance"] = []string{"P1"}, []string{"R1", "R2", "R3"}
	got, err = o.Export(t.Context(), view, "E1")
	require.NoError(t, err)
	require.Equal(t, want, sections(got))
	items := map[string]string{}
	for _, r := range got.Sections[3].Records {
		for _, i := range r.Items {
			items[r.ID+" "+i.Path] = i.Value.Reveal() + i.Withheld
		}
	}
	for _, id := range []string{"R1 ", "R2 ", "R3 "} {
		require.Equal(t, "2026-10-05T11:00:00+05:30", items[id+"corrections[0].at"], "their own")
		require.Equal(t, "2026-10-05T12:00:00+05:30", items[id+"corrections[1].at"], "whose it is the request says")
		require.NotContains(t, items, id+"corrections[2].at")
		require.Equal(t, hr.WithheldPerson, items[id+"with"])
	}
	require.Equal(t, []string{"", "work_from_home", "work_from_home"}, []string{items["R1 permit.kind"], items["R2 permit.kind"], items["R3 permit.kind"]})

	o.Kit.Authorize = func(hr.Ask) hr.Verdict { return hr.Verdict{} }
	_, err = o.Export(t.Context(), view, "E1")
	require.ErrorIs(t, err, hr.ErrDenied)
}
