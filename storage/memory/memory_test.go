package memory_test

import (
	"context"
	"testing"

	"go.uber.org/goleak"

	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/memory"
	"github.com/musterhr/hr/storage/storagetest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// core opens a fresh memory database as the suites see it.
func core(*testing.T) storagetest.Core { _, c := fresh(); return c }

// fresh is the whole harness: that of a host's own store looks like this.
func fresh() (*memory.DB, storagetest.Core) {
	db := memory.New()
	return db, storagetest.Core{
		Tx: db, Log: db, Know: db, Journal: db, Serial: true,
		Written: func(ctx context.Context) (audits []storage.Audit, events []storage.Event, err error) {
			if audits, err = db.Audits(ctx); err == nil {
				events, err = db.Events(ctx)
			}
			return audits, events, err
		},
	}
}

func TestCore(t *testing.T) { storagetest.Run(t, core) }

func journal(*testing.T) storagetest.JournalStore {
	db, c := fresh()
	return storagetest.JournalStore{Core: c, Trail: db, Outbox: db, Inbox: db}
}

func TestAuditTrail(t *testing.T) { storagetest.AuditTrail(t, journal) }

func TestOutbox(t *testing.T) { storagetest.Outbox(t, journal) }

func TestInbox(t *testing.T) { storagetest.Inbox(t, journal) }

func TestAttendance(t *testing.T) {
	storagetest.Attendance(t, func(*testing.T) storagetest.AttendanceStore {
		db, c := fresh()
		return storagetest.AttendanceStore{Core: c, Punches: db, Rosters: db, Permits: db, Requests: db}
	})
}

func TestLeave(t *testing.T) {
	storagetest.Leave(t, func(*testing.T) storagetest.LeaveStore {
		db, c := fresh()
		return storagetest.LeaveStore{Core: c, Requests: db, Ledger: db, Absent: db}
	})
}

func TestLifecycle(t *testing.T) {
	storagetest.Lifecycle(t, func(*testing.T) storagetest.LifecycleStore {
		db, c := fresh()
		return storagetest.LifecycleStore{Core: c, Employments: db, Facts: db}
	})
	cases := func(*testing.T) storagetest.LifecycleStore {
		db, c := fresh()
		return storagetest.LifecycleStore{Core: c, Employments: db, Facts: db, Record: db, Proposals: db, Documents: db}
	}
	t.Run("Record", func(t *testing.T) { storagetest.Record(t, cases) })
	t.Run("Identities", func(t *testing.T) { storagetest.Identities(t, cases) })
	t.Run("Proposals", func(t *testing.T) { storagetest.Proposals(t, cases) })
	t.Run("Documents", func(t *testing.T) { storagetest.Documents(t, cases) })
}

func TestPayroll(t *testing.T) {
	storagetest.Payroll(t, func(*testing.T) storagetest.PayrollStore {
		db, c := fresh()
		return storagetest.PayrollStore{Core: c, Runs: db, Results: db, Postings: db, Adjustments: db, Adoptions: db, Debts: db, Requests: db}
	})
}

func TestMarks(t *testing.T) {
	storagetest.Marks(t, func(*testing.T) storagetest.ScheduleStore {
		db, c := fresh()
		return storagetest.ScheduleStore{Core: c, Marks: db}
	})
}

func TestKeys(t *testing.T) {
	storagetest.Keys(t, func(*testing.T) storagetest.KeysStore {
		db, c := fresh()
		return storagetest.KeysStore{Core: c, Keys: db, Trail: db, Employments: db, Facts: db, Candidates: db}
	})
}

func TestPrivacy(t *testing.T) {
	storagetest.Privacy(t, func(*testing.T) storagetest.PrivacyStore {
		db, c := fresh()
		return storagetest.PrivacyStore{Core: c, Holds: db, Consents: db}
	})
}

func TestExtracts(t *testing.T) {
	storagetest.Extracts(t, func(*testing.T) storagetest.Ports {
		db := memory.New()
		return storagetest.PortsOf(storagetest.Core{Tx: db, Log: db, Know: db, Journal: db, Serial: true}, db)
	})
}
