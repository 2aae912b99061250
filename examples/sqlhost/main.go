// Command sqlhost is a small application with tables of its own: staff, leave requests, holidays, desks. Of Muster's ports it keeps two in
// them, lifecycle.Employments and leave.Requests, and takes the others from storage/sqlite; one transaction holds what it writes itself and
// what Muster writes. It tells a little story, twice with a failure that leaves nothing behind.
//
//	go -C examples/sqlhost run .
//
// unit.go has the transaction, staff.go and requests.go the two ports, rows.go what both share; suite_test.go proves them.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/storage"
)

// What the company pays: a monthly salary, by the days employed.
const rules = `
input salary: money by piece
input payable_days: days by piece
input period_days: days
line salary_paid "Salary" in earnings = round(pieces(salary * payable_days / period_days), 0.01)
`

func main() {
	if err := run(context.Background(), os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, w io.Writer) (err error) {
	folder, err := os.MkdirTemp("", "sqlhost")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	h, err := Open(ctx, filepath.Join(folder, "host.db"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.Close()) }()
	return story(ctx, w, h)
}

// app is what the host calls of Muster.
type app struct {
	People lifecycle.Service
	Leave  leave.Service
	Pay    payroll.Service
	Plan   *payroll.Plan
}

// wire gives Muster the host's transaction, its staff and its leave requests. Every other port is Muster's own.
func wire(ctx context.Context, h *Host) (app, error) {
	calendar, err := h.calendar(ctx)
	if err != nil {
		return app{}, err
	}
	policies, err := leave.NewPolicies(hr.Step[leave.Policy]{Since: hr.MustDate("2026-01-01"), Value: leave.Policy{
		Type: "annual", Name: "Annual leave", Unit: leave.Days, Paid: decimal.NewFromInt(1),
	}})
	if err != nil {
		return app{}, err
	}
	plan, err := payroll.Compile(payroll.Config{Currency: "EUR", Components: []payroll.Component{{Text: rules}}})
	if err != nil {
		return app{}, err
	}
	kit := storage.Kit{Tx: h, Log: h.muster, Know: h.muster, Journal: h.muster, Authorize: hr.AllowAll, Now: now}
	calendars := map[string]hr.Calendar{calendar.Name(): calendar}
	people := lifecycle.Service{Kit: kit, Employments: h, Facts: h.muster, Record: h.muster, Fallback: []hr.ActorID{"owner"}}
	away := leave.Service{
		Kit: kit, Requests: h, Ledger: h.muster, Absent: h.muster, Terms: people, Router: people, Calendars: calendars, Policies: policies,
	}
	pay := payroll.Service{
		Kit: kit, Runs: h.muster, Results: h.muster, Postings: h.muster, Adjustments: h.muster, Adoptions: h.muster,
		Terms: people, Staff: people, People: people, Changes: []payroll.Changes{people, away},
		Plans: []*payroll.Plan{plan}, Approvers: []hr.ApprovalLevel{{Name: "owner", Approvers: []hr.ActorID{"owner"}}},
	}
	return app{people, away, pay, plan}, nil
}

func now() time.Time { return time.Date(2026, 10, 30, 12, 0, 0, 0, time.UTC) }

// calendar is made of the host's own holidays.
func (h *Host) calendar(ctx context.Context) (hr.Calendar, error) {
	holidays, err := list(ctx, h, `SELECT day, name FROM holiday ORDER BY day`, func(scan func(into ...any) error) (e hr.CalendarEntry, _ error) {
		e.Kind = hr.DayHoliday
		return e, scan(&e.Date, &e.Name)
	})
	if err != nil {
		return hr.Calendar{}, err
	}
	return hr.NewCalendar(hr.CalendarRules{
		Name: "office", Span: hr.MustPeriod("2026-01-01..2026-12-31"), Off: []hr.WeekdayRule{{Weekday: time.Saturday}, {Weekday: time.Sunday}}, Entries: holidays,
	})
}
