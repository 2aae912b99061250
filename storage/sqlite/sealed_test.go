package sqlite_test

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

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
	"github.com/musterhr/hr/storage/sqlite"
	"github.com/musterhr/hr/storage/storagetest"
)

// sealedFile returns, for each subtest, the store of a tenant of its own in one file that is sealed.
func sealedFile(t *testing.T) func(*testing.T) (*sqlite.DB, storagetest.Core) {
	db, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "muster.db"), sqlite.Options{Cipher: testcipher.Cipher("one")})
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

func TestKeys(t *testing.T) {
	fresh := sealedFile(t)
	storagetest.Keys(t, func(t *testing.T) storagetest.KeysStore {
		db, c := fresh(t)
		return storagetest.KeysStore{Core: c, Keys: db, Trail: db, Employments: db, Facts: db, Candidates: db}
	})
}

func TestPrivacy(t *testing.T) {
	for name, fresh := range map[string]func(*testing.T) (*sqlite.DB, storagetest.Core){"open": open(t), "sealed": sealedFile(t)} {
		t.Run(name, func(t *testing.T) {
			storagetest.Privacy(t, func(t *testing.T) storagetest.PrivacyStore {
				db, c := fresh(t)
				return storagetest.PrivacyStore{Core: c, Holds: db, Consents: db}
			})
		})
	}
}

// A store that seals keeps every sentence of the contract that one without does.
func TestTheSuitesHoldSealed(t *testing.T) {
	fresh := sealedFile(t)
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
		storagetest.Record(t, cases)
		storagetest.Identities(t, cases)
		storagetest.Proposals(t, cases)
		storagetest.Documents(t, cases)
	})
	t.Run("Recruitment", func(t *testing.T) {
		storagetest.Recruitment(t, func(t *testing.T) storagetest.RecruitmentStore {
			db, c := fresh(t)
			return storagetest.RecruitmentStore{Core: c, Openings: db, Applications: db, Candidates: db, Plan: db, Requisitions: db, Interviews: db, Scorecards: db}
		})
	})
	t.Run("Payroll", func(t *testing.T) {
		storagetest.Payroll(t, func(t *testing.T) storagetest.PayrollStore {
			db, c := fresh(t)
			return storagetest.PayrollStore{Core: c, Runs: db, Results: db, Postings: db, Adjustments: db, Adoptions: db, Debts: db, Requests: db}
		})
	})
}

const (
	plantedName = "Planted Nightingale"
	plantedPAN  = "PLNTD7171Z"
	plantedBank = "771771771771"
)

// planted stores one employee with values that are found if they are anywhere.
func planted(t *testing.T, db *sqlite.DB) lifecycle.Employment {
	t.Helper()
	e := lifecycle.Employment{ID: "E1", State: lifecycle.Confirmed, Start: hr.MustDate("2020-01-01"), Person: hr.Person{
		Name: plantedName, Identities: []hr.Identity{{Kind: "pan_in", Number: hr.NewSecret(plantedPAN)}},
		Bank: hr.BankAccount{Holder: plantedName, Number: hr.NewSecret(plantedBank), Bank: "HDFC0001234"},
	}}
	require.NoError(t, db.PutEmployment(t.Context(), e))
	e.Version = 1
	return e
}

func inFile(t *testing.T, path, text string) bool {
	t.Helper()
	for _, suffix := range []string{"", "-wal"} {
		raw, err := os.ReadFile(path + suffix)
		if os.IsNotExist(err) {
			continue
		}
		require.NoError(t, err)
		if bytes.Contains(raw, []byte(text)) {
			return true
		}
	}
	return false
}

func TestNothingPersonalIsInTheFile(t *testing.T) {
	for _, sealed := range []bool{true, false} { // the second shows that the test would see it
		t.Run(fmt.Sprint("sealed=", sealed), func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "muster.db")
			var o sqlite.Options
			if sealed {
				o.Cipher = testcipher.Cipher("one")
			}
			db, err := sqlite.Open(t.Context(), path, o)
			require.NoError(t, err)
			planted(t, db)
			require.NoError(t, db.Close())
			for _, text := range []string{plantedName, plantedPAN, plantedBank} {
				require.Equal(t, !sealed, inFile(t, path, text), text)
			}
		})
	}
}

func TestWhatIsSealedNeedsItsCipher(t *testing.T) {
	path := filepath.Join(t.TempDir(), "muster.db")
	db, err := sqlite.Open(t.Context(), path, sqlite.Options{Cipher: testcipher.Cipher("one")})
	require.NoError(t, err)
	planted(t, db)
	require.NoError(t, db.Close())
	for _, o := range []sqlite.Options{{}, {Cipher: testcipher.Cipher("another master key")}} {
		db, err := sqlite.Open(t.Context(), path, o)
		require.NoError(t, err)
		_, err = db.Employment(t.Context(), "E1")
		require.ErrorIs(t, err, storage.ErrSealed)
		require.NotContains(t, err.Error(), "Planted")
		require.NoError(t, db.Close())
	}
	plain, err := sqlite.Open(t.Context(), path)
	require.NoError(t, err)
	require.ErrorIs(t, plain.DestroyKeys(t.Context(), "employee/E1", hr.MustDate("2030-01-01"), hr.ClassContact), storage.ErrNoCipher)
	require.NoError(t, plain.Close())
}

// Who can write to the file cannot give one person's number to another, or put an old account in the place of the new one.
func TestACiphertextThatIsMovedDoesNotOpen(t *testing.T) {
	for name, move := range map[string]string{
		"to another row":      `UPDATE hr_employment SET sealed = (SELECT sealed FROM hr_employment WHERE id = 'E1') WHERE id = 'E2'`,
		"with its key":        `UPDATE hr_key SET wrapped = (SELECT wrapped FROM hr_key AS k WHERE k.subject = 'employee/E1' AND k.class = hr_key.class) WHERE subject = 'employee/E2'`,
		"to another version":  `UPDATE hr_employment SET version = 2 WHERE id = 'E2'`,
		"to another tenant":   `UPDATE hr_key SET tenant = 'other'; UPDATE hr_employment SET tenant = 'other'`,
		"and its key is lost": `DELETE FROM hr_key`,
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "muster.db")
			db, err := sqlite.Open(t.Context(), path, sqlite.Options{Cipher: testcipher.Cipher("one")})
			require.NoError(t, err)
			defer func() { require.NoError(t, db.Close()) }()
			e := planted(t, db)
			e.ID, e.Version = "E2", 0
			require.NoError(t, db.PutEmployment(t.Context(), e))
			raw, err := sql.Open("sqlite", path)
			require.NoError(t, err)
			defer func() { require.NoError(t, raw.Close()) }()
			_, err = raw.ExecContext(t.Context(), move)
			require.NoError(t, err)
			reader := db
			if name == "to another tenant" {
				reader = db.Tenant("other")
			}
			_, err = reader.Employment(t.Context(), "E2")
			require.ErrorIs(t, err, storage.ErrSealed)
		})
	}
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	raw, err := os.ReadFile(from)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(to, raw, 0o600))
}

// A backup has the keys of its day, wrapped. Restored, it knows again whom we have forgotten, until the graves that were kept elsewhere are buried again.
func TestARestoredBackupForgetsAgain(t *testing.T) {
	dir := t.TempDir()
	path, backup := filepath.Join(dir, "muster.db"), filepath.Join(dir, "backup.db")
	o := sqlite.Options{Cipher: testcipher.Cipher("one")}
	db, err := sqlite.Open(t.Context(), path, o)
	require.NoError(t, err)
	planted(t, db)
	require.NoError(t, db.Close()) // which writes everything into the one file
	copyFile(t, path, backup)

	db, err = sqlite.Open(t.Context(), path, o)
	require.NoError(t, err)
	require.NoError(t, db.DestroyKeys(t.Context(), "employee/E1", hr.MustDate("2030-01-01"), hr.ClassContact, hr.ClassGovernmentID))
	graves, err := db.Graves(t.Context(), storage.Grave{}, 0)
	require.NoError(t, err)
	require.NoError(t, db.Close())

	restored, err := sqlite.Open(t.Context(), backup, o)
	require.NoError(t, err)
	defer func() { require.NoError(t, restored.Close()) }()
	e, err := restored.Employment(t.Context(), "E1")
	require.NoError(t, err)
	require.Equal(t, plantedName, e.Person.Name, "the backup brings the key back: that is what graves are for")
	require.NoError(t, storage.Bury(t.Context(), restored, restored, graves))
	e, err = restored.Employment(t.Context(), "E1")
	require.NoError(t, err)
	require.Equal(t, hr.Person{Bank: hr.BankAccount{Bank: "HDFC0001234"}}, e.Person)
	again, err := restored.Graves(t.Context(), storage.Grave{}, 0)
	require.NoError(t, err)
	require.Equal(t, graves, again)
}

// The wrapped key of somebody who is forgotten is not left in a free page of the file.
func TestADestroyedKeyIsNotInTheFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "muster.db")
	db, err := sqlite.Open(t.Context(), path, sqlite.Options{Cipher: testcipher.Cipher("one")})
	require.NoError(t, err)
	planted(t, db)
	raw, err := sql.Open("sqlite", path)
	require.NoError(t, err)
	var key []byte
	require.NoError(t, raw.QueryRowContext(t.Context(), `SELECT wrapped FROM hr_key WHERE class = 'contact'`).Scan(&key))
	require.NoError(t, raw.Close())
	require.NoError(t, db.DestroyKeys(t.Context(), "employee/E1", hr.MustDate("2030-01-01"), hr.ClassContact))
	require.NoError(t, db.Close())
	require.NotEmpty(t, key)
	require.False(t, inFile(t, path, string(key)))
}

// Somebody is forgotten, and the payroll that paid them is as it was. Nothing that was planted is left in the file.
func TestForgetting(t *testing.T) {
	path := filepath.Join(t.TempDir(), "muster.db")
	db, err := sqlite.Open(t.Context(), path, sqlite.Options{Cipher: testcipher.Cipher("one")})
	require.NoError(t, err)
	c := scenario.Company{Employees: 4, Months: 2, Chunk: 3}
	require.NoError(t, c.Work(t.Context(), db, func(string) {}))
	require.NoError(t, c.Forget(t.Context(), db))
	require.NoError(t, c.Verify(t.Context(), db))
	require.NoError(t, db.Close())
	for _, text := range scenario.PlantedTexts() {
		require.False(t, inFile(t, path, text), text)
	}
}

// A person is given what is stored about them, also where it is sealed.
func TestExtracts(t *testing.T) {
	for _, options := range []sqlite.Options{{}, {Cipher: testcipher.Cipher("one")}} {
		t.Run(fmt.Sprintf("sealed %v", options.Cipher != nil), func(t *testing.T) {
			storagetest.Extracts(t, func(t *testing.T) storagetest.Ports {
				db, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "muster.db"), options)
				require.NoError(t, err)
				t.Cleanup(func() { require.NoError(t, db.Close()) })
				return storagetest.PortsOf(storagetest.Core{Tx: db, Log: db, Know: db, Journal: db}, db)
			})
		})
	}
}

// A candidate is forgotten: what is counted is as it was, nothing that was planted is in the file, and a row of before that somebody puts back does not open.
func TestForgettingACandidate(t *testing.T) {
	path := filepath.Join(t.TempDir(), "muster.db")
	db, err := sqlite.Open(t.Context(), path, sqlite.Options{Cipher: testcipher.Cipher("one")})
	require.NoError(t, err)
	story, err := scenario.TurnDown(t.Context(), db)
	require.NoError(t, err)
	raw, err := sql.Open("sqlite", path)
	require.NoError(t, err)
	tables := []string{"hr_candidate", "hr_application", "hr_interview", "hr_scorecard"}
	for _, table := range tables {
		_, err = raw.ExecContext(t.Context(), `CREATE TABLE before_`+table+` AS SELECT * FROM `+table)
		require.NoError(t, err)
		var sealed int
		require.NoError(t, raw.QueryRowContext(t.Context(), `SELECT COUNT(*) FROM `+table+` WHERE sealed IS NOT NULL`).Scan(&sealed))
		require.Positive(t, sealed, table)
	}
	require.NoError(t, story.Forget(t.Context(), db))
	for _, table := range tables {
		_, err = raw.ExecContext(t.Context(), `UPDATE `+table+` SET (sealed, version) = (SELECT b.sealed, b.version FROM before_`+table+` AS b WHERE b.id = `+table+`.id)`)
		require.NoError(t, err)
	}
	require.NoError(t, story.Forgotten(t.Context(), db), "the ciphertexts of before are there again, and their keys are not")
	require.NoError(t, raw.Close())
	require.NoError(t, db.Close())
	for _, text := range scenario.PlantedTexts() {
		require.False(t, inFile(t, path, text), text)
	}
}

// Without a cipher the rows are overwritten, and there is no key to destroy.
func TestForgettingACandidateWithoutACipher(t *testing.T) {
	db, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "muster.db"))
	require.NoError(t, err)
	defer func() { require.NoError(t, db.Close()) }()
	story, err := scenario.TurnDown(t.Context(), db)
	require.NoError(t, err)
	err = story.Forget(t.Context(), db)
	for _, line := range strings.Split(fmt.Sprint(err), "\n") {
		require.Contains(t, line, "0 of the 4 keys", "and that is all")
	}
}

// databaseOf is one file, for tests that look past the store.
func databaseOf(t *testing.T) sealtest.Database {
	path := filepath.Join(t.TempDir(), "muster.db")
	return sealtest.Database{
		Open: func(t *testing.T, c storage.Cipher) sealtest.Store {
			db, err := sqlite.Open(t.Context(), path, sqlite.Options{Cipher: c})
			require.NoError(t, err)
			t.Cleanup(func() { require.NoError(t, db.Close()) })
			return db
		},
		Raw: func(t *testing.T, query string) (out [][]byte) {
			raw, err := sql.Open("sqlite", path)
			require.NoError(t, err)
			defer func() { require.NoError(t, raw.Close()) }()
			rows, err := raw.QueryContext(t.Context(), query)
			require.NoError(t, err)
			defer func() { require.NoError(t, rows.Close()) }()
			for rows.Next() {
				var b []byte
				require.NoError(t, rows.Scan(&b))
				out = append(out, b)
			}
			require.NoError(t, rows.Err())
			return out
		},
	}
}

func TestKeysAreRenewed(t *testing.T)         { sealtest.Renewal(t, databaseOf(t)) }
func TestTheMasterKeyIsRotated(t *testing.T)  { sealtest.Rotation(t, databaseOf(t)) }
func TestADatabaseIsSealedLater(t *testing.T) { sealtest.Sealing(t, databaseOf(t)) }

// late is a store without a cipher until somebody is first read. Then everything is sealed, and it goes on with one.
type late struct {
	*sqlite.DB
	switched func() *sqlite.DB
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
		open := func(c storage.Cipher) *sqlite.DB { return database.Open(t, c).(*sqlite.DB).Tenant(tenant) }
		db := &late{DB: open(nil)}
		db.switched = func() *sqlite.DB {
			sealed := open(testcipher.Cipher("one"))
			done, err := storage.SealAll(context.Background(), sealed, "", 7, nil)
			require.NoError(t, err)
			require.Equal(t, 32, done.Sealed, "of two people, in sixteen tables")
			tables := database.Raw(t, `SELECT m.name FROM sqlite_master AS m JOIN pragma_table_info(m.name) AS c WHERE m.type = 'table' AND c.name = 'sealed'`)
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
	db, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "muster.db"), sqlite.Options{Cipher: testcipher.Cipher("one")})
	require.NoError(t, err)
	defer func() { require.NoError(t, db.Close()) }()
	require.NoError(t, scenario.Unprovable(t.Context(), db, payroll.Books{Runs: db, Results: db, Postings: db}))
}

// A kit over a store that seals needs a secret: the log of commands would tell who tries what is sealed beside it.
func TestAKitOverASealedStoreNeedsASecret(t *testing.T) {
	for _, options := range []sqlite.Options{{}, {Cipher: testcipher.Cipher("one")}} {
		db, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "muster.db"), options)
		require.NoError(t, err)
		people := lifecycle.Service{Kit: db.Kit(hr.AllowAll, nil), Employments: db, Facts: db}
		hire := func(id string) error {
			h := hr.Hire{Employee: hr.EmployeeID(id), Start: hr.MustDate("2026-01-01"), Person: hr.Person{Name: "Asha"}, Terms: hr.Terms{Entity: "IN1", Currency: "INR"}}
			_, err := people.Hire(t.Context(), hr.Command{ID: hr.CommandID(id), Actor: hr.Actor{ID: "desk"}, Purpose: "hiring"}, h)
			return err
		}
		refused := func(id string) {
			t.Helper()
			found := hr.FieldErrors(hire(id))
			require.Len(t, found, 1)
			require.Equal(t, []string{"kit.secret", string(storage.RuleKit)}, []string{found[0].Path, string(found[0].Rule)})
		}
		if options.Cipher == nil {
			require.NoError(t, hire("E1"))
		} else {
			refused("E1")
		}
		people.Kit.Secret = []byte("thirty-one bytes is one too few")
		refused("E2")
		people.Kit.Secret = append(people.Kit.Secret, '!')
		require.NoError(t, hire("E2"))
		require.NoError(t, db.Close())
	}
}

// The story of a person over a file that is sealed: see the test of the same name of storage/memory.
func TestNothingThatIsPrintedShowsPayOrNumbers(t *testing.T) {
	crash.Alone(t)
	fresh := sealedFile(t)
	leak.Prove(t, 1, func(t *testing.T) storagetest.Ports {
		db, c := fresh(t)
		return storagetest.PortsOf(c, db)
	})
}
