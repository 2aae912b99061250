package storagetest_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/memory"
	"github.com/musterhr/hr/storage/storagetest"
)

// What a store declares absent is logged: the suite passes, skips nothing, and says what is not proven.
func TestWhatIsAbsentIsLogged(t *testing.T) {
	bare := func() (*memory.DB, storagetest.Core) {
		db := memory.New()
		return db, storagetest.Core{Tx: db, Log: db, Know: db, Journal: db, Serial: true}
	}
	absences := []struct {
		name string
		says []string
		run  func(t *testing.T)
	}{
		{"core", []string{"without Core.Written", "by Core.Serial", "by Core.NoHistory"}, func(t *testing.T) {
			storagetest.Run(t, func(*testing.T) storagetest.Core {
				_, c := bare()
				c.NoHistory, c.Know = true, noHistory{c.Know}
				return c
			})
		}},
		{"leave", []string{"LeaveStore.Requests is nil", "LeaveStore.Absent is nil", "by Core.NoHistory"}, func(t *testing.T) {
			storagetest.Leave(t, func(*testing.T) storagetest.LeaveStore {
				db, c := bare()
				c.NoHistory = true
				return storagetest.LeaveStore{Core: c, Ledger: noPast{db}}
			})
		}},
		{"attendance", []string{"AttendanceStore.Rosters is nil", "AttendanceStore.Permits is nil", "AttendanceStore.Requests is nil"}, func(t *testing.T) {
			storagetest.Attendance(t, func(*testing.T) storagetest.AttendanceStore {
				db, c := bare()
				return storagetest.AttendanceStore{Core: c, Punches: db}
			})
		}},
		{"lifecycle", []string{
			"LifecycleStore.Facts is nil", "LifecycleStore.Record is nil", "LifecycleStore.Proposals is nil", "LifecycleStore.Documents is nil", "no lifecycle.Identities",
		}, func(t *testing.T) {
			open := func(*testing.T) storagetest.LifecycleStore {
				db, c := bare()
				return storagetest.LifecycleStore{Core: c, Employments: plainEmployments{db}}
			}
			storagetest.Lifecycle(t, open)
			storagetest.Record(t, open)
			storagetest.Identities(t, open)
			storagetest.Proposals(t, open)
			storagetest.Documents(t, open)
		}},
		{"organisation", []string{
			"OrganisationStore.Structure is nil", "OrganisationStore.Delegations is nil", "OrganisationStore.Checklists is nil", "no lifecycle.Holders",
		}, func(t *testing.T) {
			storagetest.Organisation(t, func(*testing.T) storagetest.OrganisationStore {
				_, c := bare()
				return storagetest.OrganisationStore{Core: c}
			})
		}},
		{"payroll", []string{"PayrollStore.Debts is nil", "PayrollStore.Requests is nil", "no payroll.Settled", "no payroll.RunList", "no payroll.ResultHeads"}, func(t *testing.T) {
			storagetest.Payroll(t, func(*testing.T) storagetest.PayrollStore {
				db, c := bare()
				return storagetest.PayrollStore{Core: c, Runs: plainRuns{db}, Results: plainResults{db}, Postings: plainPostings{db}, Adjustments: db, Adoptions: db}
			})
		}},
		{"recruitment", []string{
			"RecruitmentStore.Openings is nil", "RecruitmentStore.Applications is nil", "RecruitmentStore.Candidates is nil", "RecruitmentStore.Plan is nil",
			"RecruitmentStore.Requisitions is nil", "RecruitmentStore.Interviews is nil", "RecruitmentStore.Scorecards is nil",
		}, func(t *testing.T) {
			storagetest.Recruitment(t, func(*testing.T) storagetest.RecruitmentStore { return storagetest.RecruitmentStore{} })
		}},
		{"journal", []string{"JournalStore.Trail is nil", "JournalStore.Outbox is nil", "JournalStore.Inbox is nil"}, func(t *testing.T) {
			open := func(*testing.T) storagetest.JournalStore { return storagetest.JournalStore{} }
			storagetest.AuditTrail(t, open)
			storagetest.Outbox(t, open)
			storagetest.Inbox(t, open)
		}},
		{"faults", []string{"without Ports.Punches, Ports.Rosters", "without Ports.Outbox, Ports.Inbox", `never reports "deadlock"`}, func(t *testing.T) {
			storagetest.Faults(t, func(*testing.T) storagetest.Ports {
				db, c := bare()
				return storagetest.Ports{Core: c, LeaveRequests: db, Ledger: db, Absent: db}
			})
		}},
	}
	if os.Getenv(inside) != "" {
		for _, a := range absences {
			t.Run(a.name, a.run)
		}
		return
	}
	for _, a := range absences {
		t.Run(a.name, func(t *testing.T) {
			t.Parallel()
			output, err := again(t, a.name, nil)
			require.NoError(t, err, "%s", output)
			require.NotContains(t, output, "--- SKIP")
			for _, line := range a.says {
				require.Regexp(t, "(?m)not offered: .*"+line, output)
			}
		})
	}
}

// No suite skips: in the output of a test that passes, what was skipped looks as if it were proven.
func TestNoSuiteSkips(t *testing.T) {
	files, err := filepath.Glob("*.go")
	require.NoError(t, err)
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		require.NotRegexp(t, `\.Skip(f|Now)?\(`, string(text), "%s: log what the store does not offer", file)
	}
}

// noHistory cannot look back.
type noHistory struct{ storage.Knowledge }

func (noHistory) On(context.Context, time.Time, hr.Date, *time.Location, ...hr.EmployeeID) ([]hr.Pin, error) {
	return nil, storage.ErrNoHistory
}

// noPast answers for today alone.
type noPast struct{ leave.Ledger }

func (n noPast) MovementsOf(ctx context.Context, pins []hr.Pin) ([][]leave.Entry, error) {
	for _, p := range pins {
		if p.Known.Own != 0 {
			return nil, storage.ErrNoHistory
		}
	}
	return n.Ledger.MovementsOf(ctx, pins)
}

// plainEmployments is a store of employments, and nothing beside.
type plainEmployments struct{ justEmployments }

type justEmployments = lifecycle.Employments // embedded under another name than that of its method

// plainPostings is a store of postings, and nothing beside.
type plainPostings struct{ payroll.Postings }

// plainResults is a store of results, and nothing beside.
type plainResults struct{ innerResults }

// plainRuns is a store of runs, and nothing beside.
type plainRuns struct{ payroll.Runs }
