// Package app is a whole company over a store that is passed in: every service of Muster wired once, with who may do what, so that a server,
// an assistant and a payroll over many machines start from the same. It opens no database and no port.
//
// [New] wires; [App.Seed] fills an empty store with the specimen company up to the evening of 31 October 2026: August and September are paid, everything
// that happened in October is recorded, and October's payroll is there to be run.
package app

import (
	"context"
	"sync"
	"time"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
	"github.com/musterhr/hr/examples/internal/company"
	"github.com/musterhr/hr/examples/internal/office"
	specimen "github.com/musterhr/hr/examples/monthend/company"
	"github.com/musterhr/hr/leave"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/recruitment"
	"github.com/musterhr/hr/storage"
)

// App is a company and its services.
type App struct {
	Company company.Company
	Store   Store
	Kit     storage.Kit

	People lifecycle.Service
	Leave  leave.Service
	Time   attendance.Service
	Pay    payroll.Service
	Hiring recruitment.Service

	// Open names the cases that wait for somebody, such as an index that a host keeps from the outbox: it may name more, which are looked at and left
	// out, and must not name fewer. nil: there is no index, and [App.OpenApprovals] walks everybody.
	Open func(ctx context.Context) ([]hr.Ref, error)

	progress *progress
	paid     sync.Map // of payroll.RunID to payroll.Run, see RunOf
}

// Specimen reads the specimen company.
func Specimen() (company.Company, error) { return company.Read(specimen.Files) }

// New wires every service over a store. now is the clock of all of them, and policy says who may do what; [Policy] is that of the specimen.
func New(c company.Company, db Store, policy hr.Policy, now func() time.Time) *App {
	return Observed(c, db, policy, now, nil)
}

// Observed is [New] with an observer who is told of every call of the services.
func Observed(c company.Company, db Store, policy hr.Policy, now func() time.Time, observer storage.Observer) *App {
	a := &App{Company: c, Store: db, progress: &progress{of: db}}
	a.Kit = storage.Kit{
		Tx: db, Log: db, Know: db, Journal: db, Authorize: policy, Now: now, Observer: observer,
		Relations: lifecycle.Reporting{Facts: db, Delegations: db, Now: now, Zone: c.Zone},
	}
	top := []hr.ActorID{c.ApprovedBy.ID} // over everybody who has no manager
	a.People = lifecycle.Service{
		Kit: a.Kit, Employments: db, Facts: db, Record: db, Proposals: db, Documents: db, Structure: db, Delegations: db, Checklists: db,
		Templates: checklists(), Calendars: c.Calendars, Fallback: top, Zone: c.Zone,
		Holds: db, Consents: db, Keys: db, Retention: Retention(company.InCountry(c.Country).Law),
	}
	a.Leave = leave.Service{
		Kit: a.Kit, Requests: db, Ledger: db, Absent: db, Terms: a.People, Router: a.People, Calendars: c.Calendars, Policies: c.LeaveTypes,
	}
	a.Time = attendance.Service{
		Kit: a.Kit, Punches: db, Rosters: db, Permits: db, Requests: db, Router: a.People, Terms: a.People,
		Absences: lifecycle.Away{People: a.People, Leave: a.Leave}, Leave: a.Leave,
		Calendars: c.Calendars, Shifts: c.Shifts, Policy: c.Attendance, Penalty: c.Late,
	}
	a.Pay = payroll.Service{
		Kit: a.Kit, Runs: db, Results: a.progress, Postings: db, Adjustments: db, Adoptions: db, Debts: db, Requests: db,
		Terms: a.People, Staff: a.People, People: a.People, Keys: db, Leavers: a.People, Sheets: office.Clocked{Service: a.Time, Since: c.Period.From},
		Evidence: []payroll.Evidence{a.People, a.Time, a.Leave}, Changes: []payroll.Changes{a.People, a.Time, a.Leave},
		Calendars: c.Calendars, Plans: []*payroll.Plan{c.Plan}, Approvers: []hr.ApprovalLevel{{Name: "finance", Approvers: top}}, Checks: c.Checks(),
	}
	if _, reads := c.Plan.Field("lent_overpaid"); reads { // what was paid too much is lent, and comes back
		a.Pay.Overpaid = "overpaid"
	}
	a.Hiring = recruitment.Service{
		Kit: a.Kit, Openings: db, Applications: db, Candidates: db, Plan: db, Requisitions: db, Interviews: db, Scorecards: db,
		Keys: db, Hirer: a.People, Router: a.People, Terms: a.People, People: a.People, Bonuses: a.Pay, Zone: c.Zone,
	}
	return a
}

// Today is the day on the clock of the company.
func (a *App) Today() hr.Date { return hr.DateOf(a.Kit.Clock(), a.Company.Zone) }
