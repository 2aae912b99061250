package sqlite_test

import (
	"context"
	"fmt"
	"path/filepath"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/sqlite"
	"github.com/musterhr/hr/storage/storagetest"
)

// open returns, for each subtest, the store of a tenant of its own in one file.
func open(t *testing.T) func(*testing.T) (*sqlite.DB, storagetest.Core) {
	db, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "muster.db"))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	var n atomic.Int64
	return func(*testing.T) (*sqlite.DB, storagetest.Core) {
		own := db.Tenant(fmt.Sprint("tenant", n.Add(1)))
		return own, storagetest.Core{
			Tx: own, Log: own, Know: own, Journal: own, Serial: true,
			Written: func(ctx context.Context) (audits []storage.Audit, events []storage.Event, err error) {
				if audits, err = own.Audits(ctx); err == nil {
					events, err = own.Events(ctx)
				}
				return audits, events, err
			},
		}
	}
}

func TestCore(t *testing.T) {
	fresh := open(t)
	storagetest.Run(t, func(t *testing.T) storagetest.Core { _, c := fresh(t); return c })
}

func TestJournal(t *testing.T) {
	fresh := open(t)
	journal := func(t *testing.T) storagetest.JournalStore {
		db, c := fresh(t)
		return storagetest.JournalStore{Core: c, Trail: db, Outbox: db, Inbox: db}
	}
	t.Run("Trail", func(t *testing.T) { storagetest.AuditTrail(t, journal) })
	t.Run("Outbox", func(t *testing.T) { storagetest.Outbox(t, journal) })
	t.Run("Inbox", func(t *testing.T) { storagetest.Inbox(t, journal) })
}

func TestAttendance(t *testing.T) {
	fresh := open(t)
	storagetest.Attendance(t, func(t *testing.T) storagetest.AttendanceStore {
		db, c := fresh(t)
		return storagetest.AttendanceStore{Core: c, Punches: db, Rosters: db, Permits: db, Requests: db}
	})
}

func TestLeave(t *testing.T) {
	fresh := open(t)
	storagetest.Leave(t, func(t *testing.T) storagetest.LeaveStore {
		db, c := fresh(t)
		return storagetest.LeaveStore{Core: c, Requests: db, Ledger: db, Absent: db}
	})
}

func TestLifecycle(t *testing.T) {
	fresh := open(t)
	cases := func(t *testing.T) storagetest.LifecycleStore {
		db, c := fresh(t)
		return storagetest.LifecycleStore{Core: c, Employments: db, Facts: db, Record: db, Proposals: db, Documents: db}
	}
	storagetest.Lifecycle(t, cases)
	t.Run("Record", func(t *testing.T) { storagetest.Record(t, cases) })
	t.Run("Identities", func(t *testing.T) { storagetest.Identities(t, cases) })
	t.Run("Proposals", func(t *testing.T) { storagetest.Proposals(t, cases) })
	t.Run("Documents", func(t *testing.T) { storagetest.Documents(t, cases) })
}

func TestOrganisation(t *testing.T) {
	fresh := open(t)
	storagetest.Organisation(t, func(t *testing.T) storagetest.OrganisationStore {
		db, c := fresh(t)
		return storagetest.OrganisationStore{Core: c, Structure: db, Delegations: db, Facts: db, Checklists: db}
	})
}

func TestPayroll(t *testing.T) {
	fresh := open(t)
	storagetest.Payroll(t, func(t *testing.T) storagetest.PayrollStore {
		db, c := fresh(t)
		return storagetest.PayrollStore{Core: c, Runs: db, Results: db, Postings: db, Adjustments: db, Adoptions: db, Debts: db, Requests: db}
	})
}

func TestRecruitment(t *testing.T) {
	fresh := open(t)
	storagetest.Recruitment(t, func(t *testing.T) storagetest.RecruitmentStore {
		db, c := fresh(t)
		return storagetest.RecruitmentStore{Core: c, Openings: db, Applications: db, Candidates: db, Plan: db, Requisitions: db, Interviews: db, Scorecards: db}
	})
}

func TestMarks(t *testing.T) {
	fresh := open(t)
	storagetest.Marks(t, func(t *testing.T) storagetest.ScheduleStore {
		db, c := fresh(t)
		return storagetest.ScheduleStore{Core: c, Marks: db}
	})
}
