package main

import (
	"time"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
	"github.com/musterhr/hr/leave"
	holiday "github.com/musterhr/hr/leave/holidays/in"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/payroll"
	law "github.com/musterhr/hr/payroll/statutory/in"
	"github.com/musterhr/hr/recruitment"
	"github.com/musterhr/hr/storage/memory"
)

// payRules are the house's own pay: three lines by the days that are paid, and a bonus for naming somebody who is hired. The law and the settlement come from the pack of India.
const payRules = `
input basic "Basic, a month" : money by piece
input hra "House rent allowance, a month" : money by piece
input special "Special allowance, a month" : money by piece
input referral_bonus "Bonus for a referral" : money = 0
input payable_days : days by piece
input period_days : days
line basic_pay "Basic" in earnings, wages, gross, taxable = round(pieces(basic * payable_days / period_days), 0.01)
line hra_pay "House rent allowance" in earnings, wages_excluded, gross, taxable = round(pieces(hra * payable_days / period_days), 0.01)
line special_pay "Special allowance" in earnings, wages_excluded, gross, taxable = round(pieces(special * payable_days / period_days), 0.01)
line referral "Bonus for a referral" in earnings, wages_excluded, gross, taxable = round(referral_bonus, 0.01)
line basic_full in full_month_wages, full_month_gross, full_month_taxable = last(basic)
line hra_full in full_month_gross, full_month_taxable = last(hra)
line special_full in full_month_gross, full_month_taxable = last(special)
`

// Who acts. A host has its own people, and its own policy in the place of hr.AllowAll.
var (
	recruiter = hr.Actor{ID: "recruiter"}
	hrDesk    = hr.Actor{ID: "hr desk"}
	director  = hr.Actor{ID: "director"}
	officer   = hr.Actor{ID: "payroll"}
	stores    = hr.Actor{ID: "stores"}
	kavita    = hr.Actor{ID: "kavita", Employee: "E-0100"}
	suresh    = hr.Actor{ID: "suresh", Employee: "E-0017"}
)

// house is every service of the company, over one store and one clock.
type house struct {
	db     *memory.DB
	now    time.Time
	zone   *time.Location
	days   hr.Calendar
	shift  attendance.Shift
	pack   payroll.Pack
	plan   *payroll.Plan
	people lifecycle.Service
	away   leave.Service
	clocks attendance.Service
	pay    payroll.Service
	hiring recruitment.Service
}

func open() (*house, error) {
	zone := time.FixedZone("IST", 5*3600+1800) // India has no other time, and needs no zone data
	h := &house{db: memory.New(), zone: zone, pack: law.Pack()}
	var err error
	h.plan, err = payroll.Compile(payroll.Config{
		Currency: "INR", Packs: []payroll.Pack{h.pack}, Components: append(law.Settlement(), payroll.Component{Name: "house", Text: payRules}),
	})
	if err != nil {
		return nil, err
	}
	h.days, err = hr.NewCalendar(hr.CalendarRules{
		Name: "works", Span: hr.MustPeriod("1990-01-01..2027-12-31"), Off: []hr.WeekdayRule{{Weekday: time.Saturday}, {Weekday: time.Sunday}},
		Holidays: holiday.National(), Observe: hr.ActualDay,
	})
	if err != nil {
		return nil, err
	}
	h.shift = attendance.Shift{ID: "day", Zone: zone, Start: hr.MustTimeOfDay("09:00"), End: hr.MustTimeOfDay("17:30"), Break: attendance.Break{Minutes: 30}}
	h.wire()
	return h, nil
}

// wire is what a host does once, over its own tables.
func (h *house) wire() {
	db, calendars := h.db, map[string]hr.Calendar{h.days.Name(): h.days}
	kit := db.Kit(hr.AllowAll, func() time.Time { return h.now })
	kit.NewID = func() string { return "a working life" } // the same ids each time; a host leaves this nil
	role := func(name string) lifecycle.Approver { return lifecycle.Approver{Kind: lifecycle.AskRole, Role: name} }
	top := []hr.ActorID{director.ID}
	h.people = lifecycle.Service{
		Kit: kit, Employments: db, Facts: db, Record: db, Proposals: db, Documents: db, Checklists: db, Structure: db, Delegations: db,
		Zone: h.zone, Calendars: calendars, Fallback: top, BankChange: lifecycle.BankChange{Days: 3},
		Probations:  []lifecycle.ProbationRule{{Months: 6}},
		Retirements: []lifecycle.RetirementRule{{Ages: hr.Since(hr.MustDate("1990-01-01"), lifecycle.RetirementAge{Years: 58, Day: lifecycle.EndOfMonth})}},
		Routing:     lifecycle.Routing{Roles: []lifecycle.RoleHolder{{Role: "stores", Holder: stores}, {Role: "hr", Holder: hrDesk}}},
		Templates: []lifecycle.ChecklistTemplate{{
			Name: "joining", Kind: lifecycle.Joining, Places: []string{"Pune"},
			Tasks: []lifecycle.TaskTemplate{{ID: "degree", Title: "Degree certificate seen", Owner: role("hr"), Documents: []string{"degree"}, Gate: lifecycle.GateJoin}},
		}, {
			Name: "leaving", Kind: lifecycle.Leaving, Places: []string{"Pune"}, Returns: role("stores"),
			Tasks: []lifecycle.TaskTemplate{
				{ID: "handover", Title: "Handover", Owner: role("hr"), Days: -2, Gate: lifecycle.GateSettlement},
				{ID: "no dues", Title: "No dues", Owner: role("hr"), After: []string{"handover"}, Gate: lifecycle.GateSettlement},
			},
		}},
	}
	h.away = leave.Service{
		Kit: kit, Requests: db, Ledger: db, Absent: db, Terms: h.people, Router: h.people, Calendars: calendars, Policies: leaveTypes(),
	}
	h.clocks = attendance.Service{
		Kit: kit, Punches: db, Rosters: db, Terms: h.people, Absences: lifecycle.Away{People: h.people, Leave: h.away}, Leave: h.away,
		Calendars: calendars, Shifts: map[string]attendance.Shift{h.shift.ID: h.shift},
	}
	h.pay = payroll.Service{
		Kit: kit, Runs: db, Results: db, Postings: db, Adjustments: db, Adoptions: db,
		Terms: h.people, Staff: h.people, People: h.people, Leavers: h.people, Sheets: h.clocks,
		Changes: []payroll.Changes{h.people, h.away, h.clocks}, Evidence: []payroll.Evidence{h.people, h.away, h.clocks},
		Plans: []*payroll.Plan{h.plan}, Approvers: []hr.ApprovalLevel{{Name: "director", Approvers: top}},
	}
	h.hiring = recruitment.Service{
		Kit: kit, Openings: db, Applications: db, Candidates: db, Plan: db, Requisitions: db, Interviews: db, Scorecards: db, Zone: h.zone,
		Hirer: h.people, Router: h.people, Terms: h.people, People: h.people,
		Bonuses: h.pay, Policy: recruitment.Policy{
			PlanNeeded: true, RequisitionNeeded: true, OfferApproved: true,
			Referral: recruitment.ReferralPolicy{Bonus: hr.MustMoney("2000", "INR"), WaitMonths: 6, Name: "referral_bonus"},
		},
	}
}

// leaveTypes are the house's own: fifteen days of earned leave a year of which 45 may be carried and all are paid on leaving, seven of
// casual leave which lapse, and maternity leave, which is counted in days of the calendar.
func leaveTypes() leave.Policies {
	one := decimal.NewFromInt(1)
	since := func(p leave.Policy) hr.Timeline[leave.Policy] { return hr.Since(hr.MustDate("1990-01-01"), p) }
	return leave.Policies{
		"earned": since(leave.Policy{
			Type: "earned", Name: "Earned leave", Unit: leave.Days, Paid: one,
			Accrual:   leave.Accrual{Every: leave.Yearly, Days: decimal.NewFromInt(15), Day: 1, Month: time.January},
			CarryOver: leave.CarryOver{Closes: true, Limit: decimal.NewFromInt(45)}, Encashment: leave.Encashment{Exit: true},
		}),
		"casual": since(leave.Policy{
			Type: "casual", Name: "Casual leave", Unit: leave.Days, Paid: one,
			Accrual: leave.Accrual{Every: leave.Yearly, Days: decimal.NewFromInt(7), Day: 1, Month: time.January}, CarryOver: leave.CarryOver{Closes: true},
		}),
		"maternity": since(leave.Policy{
			Type: "maternity", Name: "Maternity leave", Unit: leave.Days, Paid: one, Counting: leave.Counting{Sandwich: leave.SandwichCalendar},
		}),
	}
}
