package app

import (
	"github.com/musterhr/hr/attendance"
	"github.com/musterhr/hr/leave"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/recruitment"
	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/schedule"
)

// Store is every port of every package. storage/memory, storage/sqlite and storage/postgres are such stores.
type Store interface {
	storage.Transactor
	storage.Log
	storage.Knowledge
	storage.Journal
	storage.Outbox
	storage.AuditTrail
	storage.Keys
	schedule.Marks

	lifecycle.Employments
	lifecycle.Facts
	lifecycle.Structure
	lifecycle.Delegations
	lifecycle.Checklists
	lifecycle.Record
	lifecycle.Proposals
	lifecycle.Documents
	lifecycle.Holds
	lifecycle.Consents
	lifecycle.Identities
	lifecycle.Holders

	leave.Requests
	leave.Ledger
	leave.Absent

	attendance.Punches
	attendance.Rosters
	attendance.Permits
	attendance.Requests

	payroll.Runs
	payroll.Results
	payroll.ResultHeads
	payroll.Postings
	payroll.Adjustments
	payroll.Adoptions
	payroll.Debts
	payroll.Requests

	recruitment.Openings
	recruitment.Applications
	recruitment.Candidates
	recruitment.Plan
	recruitment.Requisitions
	recruitment.Interviews
	recruitment.Scorecards
}
