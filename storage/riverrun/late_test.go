package riverrun_test

import (
	"context"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/storage/postgres"
)

// pause waits, in the middle of a unit, until it may go on.
type pause struct{ reached, over chan bool }

func newPause() pause { return pause{make(chan bool, 99), make(chan bool)} }

func (p pause) wait() {
	p.reached <- true
	<-p.over
}

// slowRuns waits before it tells the members of a chunk, and slowResults before it tells its results: in both cases the unit has read its chunk and
// its run.
type slowRuns struct {
	payroll.Runs
	pause
}

func (s slowRuns) Members(ctx context.Context, id payroll.RunID, after hr.EmployeeID, limit int) ([]hr.EmployeeID, error) {
	s.wait()
	return s.Runs.Members(ctx, id, after, limit)
}

type stored = payroll.Results

type slowResults struct {
	stored
	pause
}

func (s slowResults) Results(ctx context.Context, id payroll.RunID, after hr.EmployeeID, limit int) ([]payroll.Result, error) {
	s.wait()
	return s.stored.Results(ctx, id, after, limit)
}

// A worker that is in the middle of a chunk while the run is calculated again, approved, or cancelled by others comes too late, at every isolation level:
// it must not change what was approved, nor pay a run that was cancelled.
func TestAWorkerThatComesTooLate(t *testing.T) {
	for _, level := range []pgx.TxIsoLevel{pgx.ReadCommitted, pgx.RepeatableRead, pgx.Serializable} {
		t.Run(string(level), func(t *testing.T) {
			w, ctx := newWorld(t), t.Context()
			db := postgres.New(w.pool, postgres.Options{Isolation: level}).Tenant(tenant)
			_, pay, _, err := company.Services(db)
			require.NoError(t, err)
			late, s := pay, newPause()

			id, err := pay.CreateRun(ctx, w.cmd(officer), month)
			require.NoError(t, err)
			first := w.cmd(officer)
			_, err = pay.BeginCalculate(ctx, first, id)
			require.NoError(t, err)
			late.Runs = slowRuns{db, s}
			ended := make(chan error, 1)
			go func() { ended <- late.CalculateChunk(ctx, first, id, 3) }()
			<-s.reached
			digest, err := pay.Calculate(ctx, w.cmd(officer), id)
			require.NoError(t, err)
			_, err = pay.Approve(ctx, w.cmd(chief), id, digest)
			require.NoError(t, err)
			events := w.count(t, "SELECT count(*) FROM hr_event")
			close(s.over)
			require.Error(t, <-ended, "it has calculated what is approved")
			require.Equal(t, events, w.count(t, "SELECT count(*) FROM hr_event"))

			paying := w.cmd(officer)
			_, err = pay.BeginPay(ctx, paying, id)
			require.NoError(t, err)
			late, s = pay, newPause()
			late.Results = slowResults{db, s}
			go func() { ended <- late.PayChunk(ctx, paying, id, 3) }()
			<-s.reached
			_, err = pay.BeginCalculate(ctx, w.cmd(officer), id)
			require.NoError(t, err)
			_, err = pay.Cancel(ctx, w.cmd(officer), id)
			require.NoError(t, err)
			close(s.over)
			require.Error(t, <-ended, "it has paid a run that was cancelled")
			require.Zero(t, w.count(t, "SELECT count(*) FROM hr_posting"))
		})
	}
}
