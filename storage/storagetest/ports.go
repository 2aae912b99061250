package storagetest

import (
	"reflect"

	"github.com/musterhr/hr/attendance"
	"github.com/musterhr/hr/leave"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/recruitment"
	"github.com/musterhr/hr/storage"
)

// Ports is everything that a host may keep, as [Faults] and [Faulty] see it. A port that the host does not keep is nil.
type Ports struct {
	Core

	// Again says how the host's database reports that a unit failed because of others and may run again, by [FaultSerialization],
	// [FaultDeadlock] and [FaultBusy]: errors that its Transactor knows, and answers by running the unit again. A kind that is not there
	// never comes from that database: then [Faulty] itself runs the unit again, and the suite says so.
	Again map[FaultKind]error

	Trail     storage.AuditTrail
	Outbox    storage.Outbox
	Inbox     storage.Inbox
	Relations storage.Relations
	Keys      storage.Keys

	Employments lifecycle.Employments
	Terms       lifecycle.Facts
	Record      lifecycle.Record
	Proposals   lifecycle.Proposals
	Documents   lifecycle.Documents
	Holds       lifecycle.Holds
	Consents    lifecycle.Consents
	Structure   lifecycle.Structure
	Delegations lifecycle.Delegations
	Checklists  lifecycle.Checklists

	LeaveRequests leave.Requests
	Ledger        leave.Ledger
	Absent        leave.Absent

	Punches            attendance.Punches
	Rosters            attendance.Rosters
	Permits            attendance.Permits
	AttendanceRequests attendance.Requests

	Runs            payroll.Runs
	Results         payroll.Results
	Postings        payroll.Postings
	Adjustments     payroll.Adjustments
	Adoptions       payroll.Adoptions
	Debts           payroll.Debts
	PayrollRequests payroll.Requests

	Openings     recruitment.Openings
	Applications recruitment.Applications
	Candidates   recruitment.Candidates
	Plan         recruitment.Plan
	Requisitions recruitment.Requisitions
	Interviews   recruitment.Interviews
	Scorecards   recruitment.Scorecards
}

// PortsOf returns core with every other port that db is. A host that keeps a port in a value of its own sets it afterwards.
func PortsOf(core Core, db any) Ports {
	p := Ports{Core: core}
	store, ports := reflect.ValueOf(db), reflect.ValueOf(&p).Elem()
	for i := range ports.NumField() {
		if f := ports.Field(i); f.Kind() == reflect.Interface && store.Type().Implements(f.Type()) {
			f.Set(store)
		}
	}
	return p
}
