package attendance_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
)

// A missing out pays nothing until somebody else vouches for it; what was known before still shows the day unpaid.
func TestCorrect(t *testing.T) {
	o := open(t)
	o.record(t, of("E1", 1, punches(t, "2026-10-05", "i09:00")))
	known := o.head(t, "E1")
	require.Equal(t, attendance.StatusMissingPunch, o.day(t, "E1", "2026-10-05", 0).Status)

	cmd := o.cmd(boss)
	six := at(t, "2026-10-05 18:00")
	ids, err := o.Correct(t.Context(), cmd, attendance.Correction{Employee: "E1", At: six, Direction: attendance.Out, Site: "blr-2", Cause: hr.Ref{Kind: "request", ID: "R9"}})
	require.NoError(t, err)
	require.Len(t, ids, 1)
	got := o.day(t, "E1", "2026-10-05", 0)
	require.Equal(t, attendance.StatusPresent, got.Status)
	require.Equal(t, "1", got.Payable.String())
	require.Equal(t, []attendance.ExceptionCode{attendance.CorrectedPunch}, codes(got))
	require.Equal(t, "0", o.day(t, "E1", "2026-10-05", known).Payable.String())

	entries, err := o.db.PunchesByID(t.Context(), ids...)
	require.NoError(t, err)
	require.Equal(t, attendance.Punch{
		ID: ids[0], Employee: "E1", At: six.UTC(), Direction: attendance.Out, Site: "blr-2", Source: attendance.FromCorrection, ApprovedBy: "boss",
	}, entries[0].Value)
	require.Equal(t, hr.Ref{Kind: "request", ID: "R9"}, entries[0].Cause)

	before := o.state(t)
	again, err := o.Correct(t.Context(), cmd, attendance.Correction{Employee: "E1", At: six.UTC(), Direction: attendance.Out, Site: "blr-2", Cause: hr.Ref{Kind: "request", ID: "R9"}})
	require.NoError(t, err)
	require.Equal(t, ids, again)
	require.Equal(t, before, o.state(t))
}

func TestCorrectRefusesAllAtOnce(t *testing.T) {
	o := open(t)
	before := o.state(t)
	cmd := o.cmd(asha)
	cmd.Reason = ""
	six := at(t, "2026-10-05 18:00")
	_, err := o.Correct(t.Context(), cmd,
		attendance.Correction{Employee: "E1", At: six, Direction: attendance.Out}, // Asha herself
		attendance.Correction{Employee: "E2", At: six},
		attendance.Correction{Direction: "sideways"},
		attendance.Correction{Employee: "E2", At: o.now.Add(time.Minute), Direction: attendance.In},
		attendance.Correction{Employee: "X9", At: six, Direction: attendance.In},
		attendance.Correction{Employee: "E3", At: at(t, "2026-10-08 09:00"), Direction: attendance.In},
	)
	require.Equal(t, []string{
		"command.reason", "corrections[0].employee", "corrections[1].direction",
		"corrections[2].employee", "corrections[2].at", "corrections[2].direction", "corrections[3].at", "corrections[4].employee", "corrections[5].at",
	}, paths(err))
	require.Equal(t, []hr.Rule{
		attendance.RuleReason, attendance.RuleCorrectionSelf, attendance.RulePunchDirection,
		attendance.RulePunchEmployee, attendance.RulePunchAt, attendance.RulePunchDirection, attendance.RulePunchFuture, attendance.RulePunchEmployeeUnknown, attendance.RulePunchNotEmployed,
	}, rules(err))
	require.NotContains(t, err.Error(), "E1", "a message names no person")
	require.Equal(t, before, o.state(t))
	_, err = o.Correct(t.Context(), o.cmd(boss))
	require.Equal(t, []string{"corrections"}, paths(err))
}

// A void takes the punch out from now on. It is not there again when the device sends it again, and is when the void is voided.
func TestVoid(t *testing.T) {
	o := open(t)
	list := of("E1", 1, punches(t, "2026-10-05", "i09:00 o13:00 o18:00"))
	ids := o.record(t, list)
	asKnown := o.head(t, "E1")
	require.Equal(t, attendance.StatusMissingPunch, o.day(t, "E1", "2026-10-05", 0).Status) // out twice

	refs, err := o.Void(t.Context(), o.cmd(boss), "E1", ids[1])
	require.NoError(t, err)
	require.Equal(t, []hr.Ref{{Kind: "punch", ID: refs[0].ID, Seq: 2}}, refs)
	got := o.day(t, "E1", "2026-10-05", 0)
	require.Equal(t, attendance.StatusPresent, got.Status)
	require.Equal(t, 480, got.Worked)
	require.NotContains(t, got.Refs, hr.Ref{Kind: "punch", ID: string(ids[1])})
	require.Equal(t, attendance.StatusMissingPunch, o.day(t, "E1", "2026-10-05", asKnown).Status, "as known before")

	before := o.state(t)
	o.record(t, list)
	require.Equal(t, before, o.state(t), "a device that repeats itself brings nothing back")

	void := attendance.PunchID(refs[0].ID)
	_, err = o.Void(t.Context(), o.cmd(boss), "E1", void)
	require.NoError(t, err)
	require.Equal(t, attendance.StatusMissingPunch, o.day(t, "E1", "2026-10-05", 0).Status)
	require.Equal(t, attendance.StatusPresent, o.day(t, "E1", "2026-10-05", 2).Status)
	_, err = o.Void(t.Context(), o.cmd(boss), "E1", ids[1])
	require.NoError(t, err, "it stands again, and may be voided again")
	require.Equal(t, attendance.StatusPresent, o.day(t, "E1", "2026-10-05", 0).Status)
}

func TestVoidRefusesAllAtOnce(t *testing.T) {
	o := open(t)
	mine := o.record(t, of("E1", 1, punches(t, "2026-10-05", "i09:00 o18:00")))
	theirs := o.record(t, of("E2", 3, punches(t, "2026-10-05", "i22:00")))
	refs, err := o.Void(t.Context(), o.cmd(boss), "E1", mine[0])
	require.NoError(t, err)
	before := o.state(t)
	_, err = o.Void(t.Context(), o.cmd(boss), "E1", mine[0], theirs[0], "none", mine[1], mine[1], attendance.PunchID(refs[0].ID), attendance.PunchID(refs[0].ID))
	require.Equal(t, []string{"ids[0]", "ids[1]", "ids[2]", "ids[4]", "ids[6]"}, paths(err))
	require.Equal(t, []hr.Rule{
		attendance.RulePunchVoided, attendance.RulePunchUnknown, attendance.RulePunchUnknown, attendance.RulePunchVoided, attendance.RulePunchVoided,
	}, rules(err))
	require.Equal(t, before, o.state(t))
	cmd := o.cmd(boss)
	cmd.Reason = ""
	_, err = o.Void(t.Context(), cmd, "")
	require.Equal(t, []string{"command.reason", "employee", "ids"}, paths(err))
	require.Equal(t, []hr.Rule{attendance.RuleReason, attendance.RulePunchEmployee, attendance.RuleEmpty}, rules(err))
	require.Equal(t, before, o.state(t))
}

// An id that a void has cannot become a punch.
func TestTheIDOfAVoidIsTaken(t *testing.T) {
	o := open(t)
	list := of("E1", 1, punches(t, "2026-10-05", "i09:00"))
	ids := o.record(t, list)
	refs, err := o.Void(t.Context(), o.cmd(boss), "E1", ids...)
	require.NoError(t, err)
	list[0].ID = attendance.PunchID(refs[0].ID)
	_, err = o.Record(t.Context(), o.cmd(gate), list...)
	require.Equal(t, []hr.Rule{attendance.RulePunchID}, rules(err))
}
