package postgres_test

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/internal/crash"
	"github.com/musterhr/hr/storage/internal/leak"
	"github.com/musterhr/hr/storage/internal/scenario"
	"github.com/musterhr/hr/storage/internal/sealtest"
	"github.com/musterhr/hr/storage/internal/testcipher"
	"github.com/musterhr/hr/storage/postgres"
	"github.com/musterhr/hr/storage/storagetest"
)

// A database that is sealed keeps the contract, and forgets, at every isolation level.
func TestSealed(t *testing.T) {
	for _, level := range []pgx.TxIsoLevel{pgx.ReadCommitted, pgx.RepeatableRead, pgx.Serializable} {
		t.Run(string(level), func(t *testing.T) {
			db := opened(t, postgres.Options{Isolation: level, Cipher: testcipher.Cipher("one")})
			var n atomic.Int64
			fresh := func(*testing.T) (*postgres.DB, storagetest.Core) {
				own := db.Tenant(fmt.Sprint("tenant", n.Add(1)))
				return own, storagetest.Core{Tx: own, Log: own, Know: own, Journal: own}
			}
			t.Run("Keys", func(t *testing.T) {
				storagetest.Keys(t, func(t *testing.T) storagetest.KeysStore {
					db, c := fresh(t)
					return storagetest.KeysStore{Core: c, Keys: db, Trail: db, Employments: db, Facts: db, Candidates: db}
				})
			})
			t.Run("Privacy", func(t *testing.T) {
				storagetest.Privacy(t, func(t *testing.T) storagetest.PrivacyStore {
					db, c := fresh(t)
					return storagetest.PrivacyStore{Core: c, Holds: db, Consents: db}
				})
			})
			t.Run("Trail", func(t *testing.T) {
				storagetest.AuditTrail(t, func(t *testing.T) storagetest.JournalStore {
					db, c := fresh(t)
					return storagetest.JournalStore{Core: c, Trail: db}
				})
			})
			t.Run("Attendance", func(t *testing.T) {
				storagetest.Attendance(t, func(t *testing.T) storagetest.AttendanceStore {
					db, c := fresh(t)
					return storagetest.AttendanceStore{Core: c, Punches: db, Rosters: db, Permits: db, Requests: db}
				})
			})
			t.Run("Lifecycle", func(t *testing.T) {
				storagetest.Lifecycle(t, func(t *testing.T) storagetest.LifecycleStore {
					db, c := fresh(t)
					return storagetest.LifecycleStore{Core: c, Employments: db, Facts: db, Record: db, Proposals: db, Documents: db}
				})
			})
		})
	}
}

// Sixteen units that write about the same new person make one key, and what each has written opens.
func TestUnitsThatMakeTheSameKey(t *testing.T) {
	db := opened(t, postgres.Options{Cipher: testcipher.Cipher("one")})
	failed := make(chan error, 16)
	for i := range 16 {
		go func() {
			d := lifecycle.Document{ID: lifecycle.DocumentID(fmt.Sprint("D", i)), Employee: "E1", Kind: "visa", Title: "Planted title"}
			failed <- db.InTx(context.Background(), func(ctx context.Context) error { return db.PutDocument(ctx, d) })
		}()
	}
	for range 16 {
		require.NoError(t, <-failed)
	}
	list, err := db.DocumentsOf(t.Context(), "E1")
	require.NoError(t, err)
	require.Len(t, list, 16)
	for _, d := range list {
		require.Equal(t, "Planted title", d.Title)
	}
}

func TestNothingPersonalIsInTheTables(t *testing.T) {
	for _, sealed := range []bool{true, false} { // the second shows that the test would see it
		t.Run(fmt.Sprint("sealed=", sealed), func(t *testing.T) {
			dsn := database(t)
			var o postgres.Options
			if sealed {
				o.Cipher = testcipher.Cipher("one")
			}
			db, err := postgres.Open(t.Context(), dsn, o)
			require.NoError(t, err)
			defer db.Close()
			require.NoError(t, db.Migrate(t.Context()))
			require.NoError(t, db.PutEmployment(t.Context(), lifecycle.Employment{ID: "E1", Person: hr.Person{
				Name: "Planted Nightingale", Identities: []hr.Identity{{Kind: "pan_in", Number: hr.NewSecret("PLNTD7171Z")}},
				Bank: hr.BankAccount{Holder: "Planted Nightingale", Number: hr.NewSecret("771771771771"), Bank: "HDFC0001234"},
			}}))
			c, err := pgx.Connect(t.Context(), dsn)
			require.NoError(t, err)
			defer func() { require.NoError(t, c.Close(context.Background())) }()
			for _, text := range []string{"Planted Nightingale", "PLNTD7171Z", "771771771771"} {
				var n int
				require.NoError(t, c.QueryRow(t.Context(), `SELECT (SELECT count(*) FROM hr_employment AS e WHERE e::text LIKE '%'||$1||'%') + (SELECT count(*) FROM hr_identity AS i WHERE i::text LIKE '%'||$1||'%')`, text).Scan(&n))
				require.Equal(t, sealed, n == 0, text)
			}
		})
	}
}

// Somebody is forgotten, and the payroll that paid them is as it was.
func TestForgetting(t *testing.T) {
	db := opened(t, postgres.Options{Cipher: testcipher.Cipher("one")})
	c := scenario.Company{Employees: 4, Months: 2, Chunk: 3}
	require.NoError(t, c.Work(t.Context(), db, func(string) {}))
	require.NoError(t, c.Forget(t.Context(), db))
	require.NoError(t, c.Verify(t.Context(), db))
}

// A candidate is forgotten, what is counted is as it was, and a row of before that somebody puts back does not open.
func TestForgettingACandidate(t *testing.T) {
	dsn := database(t)
	db, err := postgres.Open(t.Context(), dsn, postgres.Options{Cipher: testcipher.Cipher("one")})
	require.NoError(t, err)
	defer db.Close()
	require.NoError(t, db.Migrate(t.Context()))
	story, err := scenario.TurnDown(t.Context(), db)
	require.NoError(t, err)
	c, err := pgx.Connect(t.Context(), dsn)
	require.NoError(t, err)
	defer func() { require.NoError(t, c.Close(context.Background())) }()
	tables := []string{"hr_candidate", "hr_application", "hr_interview", "hr_scorecard"}
	for _, table := range tables {
		_, err = c.Exec(t.Context(), `CREATE TABLE before_`+table+` AS SELECT * FROM `+table)
		require.NoError(t, err)
	}
	require.NoError(t, story.Forget(t.Context(), db))
	for _, table := range tables {
		done, err := c.Exec(t.Context(), `UPDATE `+table+` AS r SET sealed = b.sealed, version = b.version FROM before_`+table+` AS b WHERE b.id = r.id AND b.sealed IS NOT NULL`)
		require.NoError(t, err)
		require.Positive(t, done.RowsAffected(), table)
	}
	require.NoError(t, story.Forgotten(t.Context(), db), "the ciphertexts of before are there again, and their keys are not")
}

// A person is given what is stored about them, also where it is sealed.
func TestExtracts(t *testing.T) {
	for _, options := range []postgres.Options{{}, {Cipher: testcipher.Cipher("one")}} {
		t.Run(fmt.Sprintf("sealed %v", options.Cipher != nil), func(t *testing.T) {
			db, n := opened(t, options), 0
			storagetest.Extracts(t, func(*testing.T) storagetest.Ports {
				n++
				own := db.Tenant(fmt.Sprint("tenant", n))
				return storagetest.PortsOf(storagetest.Core{Tx: own, Log: own, Know: own, Journal: own}, own)
			})
		})
	}
}

// databaseOf is one database, for tests that look past the store.
func databaseOf(t *testing.T) sealtest.Database {
	dsn := database(t)
	db, err := postgres.Open(t.Context(), dsn)
	require.NoError(t, err)
	require.NoError(t, db.Migrate(t.Context()))
	db.Close()
	return sealtest.Database{
		Open: func(t *testing.T, c storage.Cipher) sealtest.Store {
			db, err := postgres.Open(t.Context(), dsn, postgres.Options{Cipher: c})
			require.NoError(t, err)
			t.Cleanup(db.Close)
			return db
		},
		Raw: func(t *testing.T, query string) [][]byte {
			c, err := pgx.Connect(t.Context(), dsn)
			require.NoError(t, err)
			defer func() { require.NoError(t, c.Close(context.Background())) }()
			rows, err := c.Query(t.Context(), query)
			require.NoError(t, err)
			out, err := pgx.CollectRows(rows, pgx.RowTo[[]byte])
			require.NoError(t, err)
			return out
		},
	}
}

func TestKeysAreRenewed(t *testing.T)         { sealtest.Renewal(t, databaseOf(t)) }
func TestTheMasterKeyIsRotated(t *testing.T)  { sealtest.Rotation(t, databaseOf(t)) }
func TestADatabaseIsSealedLater(t *testing.T) { sealtest.Sealing(t, databaseOf(t)) }

// late is a store without a cipher until somebody is first read. Then everything is sealed, and it goes on with one.
type late struct {
	*postgres.DB
	switched func() *postgres.DB
}

func (l *late) Employment(ctx context.Context, id hr.EmployeeID) (lifecycle.Employment, error) {
	if l.switched != nil {
		l.DB, l.switched = l.switched(), nil
	}
	return l.DB.Employment(ctx, id)
}

// Everything that is kept about people, in every field of every port, is sealed later, and a person is given all of it as before.
func TestEveryPortIsSealedLater(t *testing.T) {
	database, n := databaseOf(t), 0
	storagetest.Extracts(t, func(t *testing.T) storagetest.Ports {
		n++
		tenant := fmt.Sprint("tenant", n)
		open := func(c storage.Cipher) *postgres.DB { return database.Open(t, c).(*postgres.DB).Tenant(tenant) }
		db := &late{DB: open(nil)}
		db.switched = func() *postgres.DB {
			sealed := open(testcipher.Cipher("one"))
			done, err := storage.SealAll(context.Background(), sealed, "", 7, nil)
			require.NoError(t, err)
			require.Equal(t, 32, done.Sealed, "of two people, in sixteen tables")
			tables := database.Raw(t, `SELECT table_name::text FROM information_schema.columns WHERE column_name = 'sealed'`)
			require.Len(t, tables, 17, "with the audit")
			for _, table := range tables {
				if name := string(table); name != "hr_audit" {
					require.Empty(t, database.Raw(t, `SELECT 'left' FROM `+name+` WHERE sealed IS NULL`), name)
				}
			}
			return sealed
		}
		return storagetest.PortsOf(storagetest.Core{Tx: db, Log: db, Know: db, Journal: db}, db)
	})
}

// Whose answers were erased cannot be calculated again, which is no mismatch.
func TestAnErasedPayslipIsNotProvable(t *testing.T) {
	db := opened(t, postgres.Options{Cipher: testcipher.Cipher("one")})
	require.NoError(t, scenario.Unprovable(t.Context(), db, payroll.Books{Runs: db, Results: db, Postings: db}))
}

// The story of a person over a database that is sealed: see the test of the same name of storage/memory.
func TestNothingThatIsPrintedShowsPayOrNumbers(t *testing.T) {
	crash.Alone(t)
	db := opened(t, postgres.Options{Cipher: testcipher.Cipher("one")})
	var n atomic.Int64
	leak.Prove(t, 1, func(*testing.T) storagetest.Ports {
		own := db.Tenant(fmt.Sprint("tenant", n.Add(1)))
		return storagetest.PortsOf(storagetest.Core{
			Tx: own, Log: own, Know: own, Journal: own,
			Written: func(ctx context.Context) (audits []storage.Audit, events []storage.Event, err error) {
				if audits, err = own.Audits(ctx); err == nil {
					events, err = own.Events(ctx)
				}
				return audits, events, err
			},
		}, own)
	})
}
