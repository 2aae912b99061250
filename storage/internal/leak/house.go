package leak

import (
	"context"
	"fmt"
	"runtime/debug"
	"time"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
	"github.com/musterhr/hr/leave"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/recruitment"
	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/storagetest"
)

const rules = `input basic: money by piece
input payable_days: days by piece
input period_days: days
input notice: money
line basic_pay "Basic" in earnings = round(pieces(basic * payable_days / period_days), 0.01)
line notice_pay "Notice" in earnings = notice
line fund "Fund" in deductions = round(basic_pay * 12%, 1)
`

// Scene is where the story is told. What is nil of it is as it is where nothing fails.
type Scene struct {
	Ports    storagetest.Ports
	Context  func(context.Context) context.Context
	Clock    func(func() time.Time) func() time.Time
	Observer storage.Observer // nil: every call goes to the log of the sink
}

// house is the scene with its services.
type house struct {
	*Sink
	Scene
	now      time.Time
	commands []hr.CommandID
	astray   []string // what failed that was to succeed, and the reverse
	people   lifecycle.Service
	away     leave.Service
	clocks   attendance.Service
	pay      payroll.Service
	hiring   recruitment.Service
	plan     *payroll.Plan
}

var (
	desk     = hr.Actor{ID: "desk"}
	head     = hr.Actor{ID: "head"}
	stranger = hr.Actor{ID: "stranger"}
)

// stated is the route of every approval.
type stated struct{}

func (stated) Route(context.Context, hr.ApprovalAsk) ([]hr.ApprovalLevel, error) {
	return []hr.ApprovalLevel{{Name: "head", Approvers: []hr.ActorID{head.ID}}}, nil
}

func newHouse(s *Sink, scene Scene) (*house, error) {
	h := &house{Sink: s, Scene: scene, now: time.Date(2026, 9, 1, 9, 0, 0, 0, time.UTC)}
	if h.Context == nil {
		h.Context = func(ctx context.Context) context.Context { return ctx }
	}
	clock := func() time.Time { h.now = h.now.Add(time.Second); return h.now }
	if h.Clock != nil {
		clock = h.Clock(clock)
	}
	if h.Observer == nil {
		h.Observer = storage.LogObserver{Logger: s.Log}
	}
	plan, err := payroll.Compile(payroll.Config{Currency: "INR", Packs: []payroll.Pack{{TaxYear: payroll.YearStart{Month: 4, Day: 1}}}, Components: []payroll.Component{{Text: rules}}})
	if err != nil {
		return nil, err
	}
	h.plan = plan
	calendar, err := hr.NewCalendar(hr.CalendarRules{
		Name: "works", Span: hr.MustPeriod("2026-01-01..2027-12-31"), Off: []hr.WeekdayRule{{Weekday: time.Saturday}, {Weekday: time.Sunday}}, Observe: hr.ActualDay,
	})
	if err != nil {
		return nil, err
	}
	calendars := map[string]hr.Calendar{"works": calendar}
	deny := hr.Policy(func(a hr.Ask) hr.Verdict {
		return hr.Verdict{Allow: a.Actor.ID != stranger.ID, Reason: "strangers may not", Classes: hr.FieldClasses()}
	})
	p := h.Ports
	kit := storage.Kit{
		Tx: p.Tx, Log: p.Log, Know: p.Know, Journal: p.Journal, Authorize: deny, Now: clock, Secret: []byte("thirty-two bytes and more of test"), Observer: h.Observer,
	}
	record := hr.Retention{Name: "test.record", Title: "Records", Months: 12, Start: hr.AfterExit, Source: hr.Source{Title: "Act"}, Reviewed: hr.MustDate("2026-01-01")}
	h.people = lifecycle.Service{
		Kit: kit, Employments: p.Employments, Facts: p.Terms, Record: p.Record, Proposals: p.Proposals, Documents: p.Documents, Holds: p.Holds, Keys: p.Keys, Consents: p.Consents,
		Retention: []lifecycle.KeepRule{{Retention: record}},
	}
	h.away = leave.Service{
		Kit: kit, Requests: p.LeaveRequests, Ledger: p.Ledger, Absent: p.Absent, Terms: h.people, Router: stated{}, Calendars: calendars,
		Policies: leave.Policies{"earned": hr.Since(hr.MustDate("2026-01-01"), leave.Policy{Type: "earned", Name: "Earned", Unit: leave.Days, Paid: decimal.NewFromInt(1)})},
	}
	h.clocks = attendance.Service{
		Kit: kit, Punches: p.Punches, Rosters: p.Rosters, Permits: p.Permits, Requests: p.AttendanceRequests, Terms: h.people, Router: stated{}, Calendars: calendars, Absences: h.away,
		Shifts: map[string]attendance.Shift{"day": {ID: "day", Zone: time.UTC, Start: hr.MustTimeOfDay("09:00"), End: hr.MustTimeOfDay("17:00")}},
	}
	h.pay = payroll.Service{
		Kit: kit, Runs: p.Runs, Results: p.Results, Postings: p.Postings, Adjustments: p.Adjustments, Adoptions: p.Adoptions, Debts: p.Debts, Terms: h.people, Staff: h.people,
		People: h.people, Keys: p.Keys, Changes: []payroll.Changes{h.people, h.away}, Plans: []*payroll.Plan{plan}, Approvers: []hr.ApprovalLevel{{Name: "head", Approvers: []hr.ActorID{head.ID}}},
	}
	one := decimal.NewFromInt(1)
	h.hiring = recruitment.Service{
		Kit: kit, Openings: p.Openings, Applications: p.Applications, Candidates: p.Candidates, Plan: p.Plan, Requisitions: p.Requisitions, Interviews: p.Interviews,
		Scorecards: p.Scorecards, Keys: p.Keys, Router: stated{}, Terms: h.people, People: h.people, Hirer: h.people,
		Policy: recruitment.Policy{Criteria: recruitment.MustCriteria(recruitment.Criterion{
			Name: "expectation", Title: "What they expect", Weight: one, Bands: []recruitment.BandShare{{From: decimal.Zero, Share: one}},
		})},
	}
	return h, nil
}

func (h *house) cmd(by hr.Actor) hr.Command {
	id := hr.CommandID(fmt.Sprint("c", len(h.commands)+1))
	h.commands = append(h.commands, id)
	return hr.Command{ID: id, Actor: by, Purpose: "the story", Reason: "due"}
}

func (h *house) view(by hr.Actor) hr.View { return hr.View{Actor: by, Purpose: "the story"} }

// call does something as a host's middleware does, and shows everything of it: a result, an error, or a panic with its stack.
func (h *house) call(what string, must bool, fn func(ctx context.Context) (any, error)) {
	defer func() {
		if p := recover(); p != nil {
			h.astray = append(h.astray, what+" panicked")
			h.See(what+" panicked", p)
			h.printf("%s\n", debug.Stack())
		}
	}()
	result, err := fn(h.Context(context.Background()))
	if err != nil {
		h.See(what+" failed", err)
	}
	if must != (err == nil) {
		h.astray = append(h.astray, fmt.Sprintf("%s: %v", what, err))
	}
	h.See(what, result)
}

// do is something that succeeds where nothing fails, and refuse something that is refused.
func (h *house) do(what string, fn func(ctx context.Context) (any, error)) { h.call(what, true, fn) }

func (h *house) refuse(what string, fn func(ctx context.Context) (any, error)) {
	h.call(what, false, fn)
}

func done(err error) (any, error) { return nil, err }
