package postgres_test

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/postgres"
	"github.com/musterhr/hr/storage/storagetest"
)

var databases atomic.Int64

// database makes an empty database and returns its DSN, or skips.
func database(t testing.TB) string { return databaseLike(t, "template1") }

// databaseLike makes a database that is a copy of another.
func databaseLike(t testing.TB, template string) string {
	t.Helper()
	if dsn == "" {
		t.Skip("no PostgreSQL: install its server, or set MUSTER_POSTGRES_DSN")
	}
	name := fmt.Sprintf("t%d", databases.Add(1))
	admin := func(q string) {
		c, err := pgx.Connect(context.Background(), dsn)
		require.NoError(t, err)
		defer func() { require.NoError(t, c.Close(context.Background())) }()
		_, err = c.Exec(context.Background(), q)
		require.NoError(t, err)
	}
	admin("CREATE DATABASE " + name + " TEMPLATE " + template)
	t.Cleanup(func() { admin("DROP DATABASE " + name + " WITH (FORCE)") })
	return named(name)
}

// named is the DSN of a database of the server.
func named(database string) string {
	c, err := pgx.ParseConfig(dsn)
	must(err)
	return fmt.Sprintf("host=%s port=%d user=%s dbname=%s", c.Host, c.Port, c.User, database)
}

func opened(t testing.TB, options ...postgres.Options) *postgres.DB {
	t.Helper()
	db, _ := openedAt(t, options...)
	return db
}

// openedAt returns the DSN too.
func openedAt(t testing.TB, options ...postgres.Options) (*postgres.DB, string) {
	t.Helper()
	path := database(t)
	db, err := postgres.Open(t.Context(), path+" pool_max_conns=24", options...)
	require.NoError(t, err)
	t.Cleanup(db.Close)
	require.NoError(t, db.Migrate(t.Context()))
	return db, path
}

// The suites hold at every isolation level that the server offers.
func TestSuites(t *testing.T) {
	for _, level := range []pgx.TxIsoLevel{pgx.ReadCommitted, pgx.RepeatableRead, pgx.Serializable} {
		t.Run(string(level), func(t *testing.T) {
			db := opened(t, postgres.Options{Isolation: level})
			var n atomic.Int64
			fresh := func(*testing.T) (*postgres.DB, storagetest.Core) {
				own := db.Tenant(fmt.Sprint("tenant", n.Add(1)))
				return own, storagetest.Core{
					Tx: own, Log: own, Know: own, Journal: own,
					Written: func(ctx context.Context) (audits []storage.Audit, events []storage.Event, err error) {
						if audits, err = own.Audits(ctx); err == nil {
							events, err = own.Events(ctx)
						}
						return audits, events, err
					},
				}
			}
			t.Run("Core", func(t *testing.T) {
				storagetest.Run(t, func(t *testing.T) storagetest.Core { _, c := fresh(t); return c })
			})
			journal := func(t *testing.T) storagetest.JournalStore {
				db, c := fresh(t)
				return storagetest.JournalStore{Core: c, Trail: db, Outbox: db, Inbox: db}
			}
			t.Run("Trail", func(t *testing.T) { storagetest.AuditTrail(t, journal) })
			t.Run("Outbox", func(t *testing.T) { storagetest.Outbox(t, journal) })
			t.Run("Inbox", func(t *testing.T) { storagetest.Inbox(t, journal) })
			t.Run("Attendance", func(t *testing.T) {
				storagetest.Attendance(t, func(t *testing.T) storagetest.AttendanceStore {
					db, c := fresh(t)
					return storagetest.AttendanceStore{Core: c, Punches: db, Rosters: db, Permits: db, Requests: db}
				})
			})
			t.Run("Leave", func(t *testing.T) {
				storagetest.Leave(t, func(t *testing.T) storagetest.LeaveStore {
					db, c := fresh(t)
					return storagetest.LeaveStore{Core: c, Requests: db, Ledger: db, Absent: db}
				})
			})
			t.Run("Lifecycle", func(t *testing.T) {
				cases := func(t *testing.T) storagetest.LifecycleStore {
					db, c := fresh(t)
					return storagetest.LifecycleStore{Core: c, Employments: db, Facts: db, Record: db, Proposals: db, Documents: db}
				}
				storagetest.Lifecycle(t, cases)
				t.Run("Record", func(t *testing.T) { storagetest.Record(t, cases) })
				t.Run("Identities", func(t *testing.T) { storagetest.Identities(t, cases) })
				t.Run("Proposals", func(t *testing.T) { storagetest.Proposals(t, cases) })
				t.Run("Documents", func(t *testing.T) { storagetest.Documents(t, cases) })
			})
			t.Run("Organisation", func(t *testing.T) {
				storagetest.Organisation(t, func(t *testing.T) storagetest.OrganisationStore {
					db, c := fresh(t)
					return storagetest.OrganisationStore{Core: c, Structure: db, Delegations: db, Facts: db, Checklists: db}
				})
			})
			t.Run("Payroll", func(t *testing.T) {
				storagetest.Payroll(t, func(t *testing.T) storagetest.PayrollStore {
					db, c := fresh(t)
					return storagetest.PayrollStore{Core: c, Runs: db, Results: db, Postings: db, Adjustments: db, Adoptions: db, Debts: db, Requests: db}
				})
			})
			t.Run("Recruitment", func(t *testing.T) {
				storagetest.Recruitment(t, func(t *testing.T) storagetest.RecruitmentStore {
					db, c := fresh(t)
					return storagetest.RecruitmentStore{Core: c, Openings: db, Applications: db, Candidates: db, Plan: db, Requisitions: db, Interviews: db, Scorecards: db}
				})
			})
		})
	}
}
