package storagetest

import (
	"context"
	"time"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
	"github.com/musterhr/hr/leave"
)

// leaveStory accrues leave, asks for it, agrees to it, and takes it back.
var leaveStory = scenario{name: "leave", needs: []string{"LeaveRequests", "Ledger", "Absent"}, tell: func(h *house) story {
	away := leave.Service{
		Kit: h.kit, Requests: h.LeaveRequests, Ledger: h.Ledger, Absent: h.Absent, Terms: steady{}, Router: steady{}, Calendars: calendar(),
		Policies: leave.Policies{"earned": hr.Since(hr.MustDate("2026-01-01"), leave.Policy{
			Type: "earned", Name: "Earned leave", Unit: leave.Days, Paid: decimal.NewFromInt(1), Accrual: leave.Accrual{Every: leave.Monthly, Days: decimal.New(15, -1), Day: 31},
		})},
	}
	employee := hr.Actor{ID: "employee", Employee: "E1"}
	days, later := hr.MustPeriod("2026-11-09..2026-11-10"), hr.MustPeriod("2026-11-16..2026-11-16")
	var first, second leave.RequestID
	return story{
		steps: []step{
			{name: "accrue", take: func(ctx context.Context) (any, error) {
				return away.AccrueThrough(ctx, by(clerk, "accrue"), hr.MustDate("2026-10-31"), "E1", "E2")
			}},
			{name: "ask", take: func(ctx context.Context) (_ any, err error) {
				first, err = away.Apply(ctx, by(employee, "ask"), leave.Application{Employee: "E1", Type: "earned", Period: days})
				return first, err
			}},
			{name: "agree", take: func(ctx context.Context) (any, error) {
				return nothing(away.Decide(ctx, by(approver, "agree"), first, leave.Decision{Agree: true}))
			}},
			{name: "ask again", take: func(ctx context.Context) (_ any, err error) {
				second, err = away.Apply(ctx, by(employee, "ask again"), leave.Application{Employee: "E1", Type: "earned", Period: later})
				return second, err
			}},
			{name: "agree again", take: func(ctx context.Context) (any, error) {
				return nothing(away.Decide(ctx, by(approver, "agree again"), second, leave.Decision{Agree: true}))
			}},
			{name: "cancel", take: func(ctx context.Context) (any, error) {
				return nothing(away.Cancel(ctx, by(employee, "cancel"), first))
			}},
		},
		look: func(ctx context.Context) ([]any, error) {
			var g gathered
			requests, err := h.LeaveRequests.RequestsIn(ctx, "E1", hr.Period{From: begins})
			gather(&g, requests, err)
			ledger, err := h.Ledger.MovementsOf(ctx, pinsOf("E1", "E2"))
			gather(&g, ledger, err)
			absent, err := h.Absent.AwayOf(ctx, pinsOf("E1"), hr.Period{})
			gather(&g, absent, err)
			return g.result(h.stored(ctx, "E1", "E2"))
		},
	}
}}

// timeStory records punches, and corrects a day by a request that somebody agrees to.
var timeStory = scenario{name: "attendance", needs: []string{"Punches", "Rosters", "Permits", "AttendanceRequests"}, tell: func(h *house) story {
	clocks := attendance.Service{
		Kit: h.kit, Punches: h.Punches, Rosters: h.Rosters, Permits: h.Permits, Requests: h.AttendanceRequests, Terms: steady{}, Router: steady{}, Calendars: calendar(),
		Shifts: map[string]attendance.Shift{"day": {ID: "day", Zone: time.UTC, Start: hr.MustTimeOfDay("09:00"), End: hr.MustTimeOfDay("17:00")}},
	}
	day := hr.MustDate("2026-10-29")
	in := attendance.Punch{Employee: "E1", At: day.At(hr.MustTimeOfDay("08:55"), time.UTC), Direction: attendance.In}
	other := attendance.Punch{Employee: "E2", At: day.At(hr.MustTimeOfDay("09:02"), time.UTC), Direction: attendance.In}
	out := attendance.Correction{Employee: "E1", At: day.At(hr.MustTimeOfDay("17:05"), time.UTC), Direction: attendance.Out}
	var id attendance.RequestID
	return story{
		steps: []step{
			{name: "punch", take: func(ctx context.Context) (any, error) {
				return clocks.Record(ctx, by(clerk, "punch"), in, other)
			}},
			{name: "ask", take: func(ctx context.Context) (_ any, err error) {
				id, err = clocks.Ask(ctx, by(hr.Actor{ID: "employee", Employee: "E1"}, "ask"), attendance.Request{
					Kind: attendance.AskCorrection, Employee: "E1", Reason: "forgot", Corrections: []attendance.Correction{out},
				})
				return id, err
			}},
			{name: "agree", take: func(ctx context.Context) (any, error) {
				return nothing(clocks.Decide(ctx, by(approver, "agree"), id, true))
			}},
			{name: "void", take: func(ctx context.Context) (any, error) {
				return clocks.Void(ctx, by(clerk, "void"), "E2", other.Derive())
			}},
		},
		look: func(ctx context.Context) ([]any, error) {
			var g gathered
			punches, err := h.Punches.PunchesOf(ctx, pinsOf("E1", "E2"), hr.MustPeriod("2026-10-01..2026-10-31"))
			gather(&g, punches, err)
			requests, err := h.AttendanceRequests.AttendanceRequestsIn(ctx, "E1", hr.Period{From: begins})
			gather(&g, requests, err)
			return g.result(h.stored(ctx, "E1", "E2"))
		},
	}
}}
