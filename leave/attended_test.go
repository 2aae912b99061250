package leave_test

import (
	"context"
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave"
)

// sheets is what was worked: a stand-in for attendance. Whole days are payable as a whole, halves by half.
type sheets map[string]string

func (s sheets) Timesheets(_ context.Context, _ hr.View, pins []hr.Pin, p hr.Period) ([]hr.Timesheet, error) {
	if s == nil {
		return nil, errors.New("down")
	}
	sheet := hr.Timesheet{Employee: pins[0].Employee, Period: p}
	for d := range p.Days() {
		day := hr.TimesheetDay{Date: d}
		if payable, ok := s[d.String()]; ok {
			day.Payable, day.Bands = dec(payable), []hr.Band{{Name: "regular", Minutes: 200}}
		}
		sheet.Days = append(sheet.Days, day)
	}
	return []hr.Timesheet{sheet}, nil
}

// It is 1 October 2026. Monday the 28th was worked, and of Tuesday the 29th half.
func TestLeaveOverDaysThatWereWorked(t *testing.T) {
	h := open(t)
	h.with(t, "x", func(p *leave.Policy) { p.Attended.Refused = true })
	h.refuses(t, ask("x", "2026-09-28..2026-09-28"), leave.RuleService)
	h.Sheets = sheets{"2026-09-28": "1", "2026-09-29": "0.5", "2026-10-05": "1"}
	h.refuses(t, ask("x", "2026-09-28..2026-09-30"), leave.RuleRequestAttended, leave.RuleRequestAttended)
	half := ask("x", "2026-09-28..2026-09-28")
	half.FromHalf = hr.FirstHalf
	h.refuses(t, half, leave.RuleRequestAttended)
	half.Period = hr.MustPeriod("2026-09-29..2026-09-29")
	h.approved(t, half)
	h.approved(t, ask("x", "2026-10-05..2026-10-05")) // of a day to come nothing is known
	h.approved(t, ask("unpaid", "2026-09-28..2026-09-28"))

	id := h.apply(t, ask("x", "2026-09-30..2026-09-30"))
	h.Sheets = sheets{"2026-09-30": "1"} // and then the punches of that day come in
	err := h.Decide(t.Context(), h.cmd(boss), id, leave.Decision{Agree: true})
	require.Equal(t, []hr.Rule{leave.RuleRequestAttended}, rulesOf(err))
	h.Sheets = sheets(nil)
	require.ErrorContains(t, h.Decide(t.Context(), h.cmd(boss), id, leave.Decision{Agree: true}), "down")
}
