package riverrun_test

import (
	"bufio"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/storage/internal/crash"
	"github.com/musterhr/hr/storage/postgres"
	"github.com/musterhr/hr/storage/riverrun"
)

// Two crews, as in two processes, make the run that one process makes.
func TestARunByTwoCrewsIsTheSameRun(t *testing.T) {
	want, err := alone()
	require.NoError(t, err)
	w := newWorld(t, func(c *riverrun.Config) { c.Workers = 2 })
	other, err := riverrun.New(config(w.pool))
	require.NoError(t, err)
	cmd := w.cmd(officer)
	id, err := w.Start(t.Context(), cmd, tenant, month)
	require.NoError(t, err)
	again, err := w.Start(t.Context(), cmd, tenant, month)
	require.NoError(t, err)
	require.Equal(t, id, again)
	chunks := company.Employees / company.Chunk
	require.Equal(t, chunks+1, w.count(t, "SELECT count(*) FROM river_job"), "the same command enqueues nothing twice: a job a chunk, and one for the end")
	p, err := w.Progress(t.Context(), view, tenant, id)
	require.NoError(t, err)
	require.Equal(t, riverrun.Progress{
		RunProgress: payroll.RunProgress{State: payroll.RunCalculating, Members: company.Employees, Chunks: chunks}, Jobs: riverrun.Jobs{Waiting: chunks}, At: p.At,
	}, p)

	w.begin(t)
	(&world{Crew: other}).begin(t)
	last := w.until(t, id, is(payroll.RunCalculated))
	require.Equal(t, company.Employees, last.Calculated)
	require.Positive(t, last.Rate(p))
	require.Zero(t, p.Rate(last), "time does not run backwards")
	run, err := w.pay.Run(t.Context(), view, id)
	require.NoError(t, err)
	require.Equal(t, want, run.Digest)
	w.finish(t, id)
	require.Equal(t, 2*(chunks+1), w.count(t, "SELECT count(*) FROM river_job WHERE state = 'completed'"))
	require.GreaterOrEqual(t, w.count(t, "SELECT count(DISTINCT attempted_by[1]) FROM river_job"), 2, "one crew did everything")
}

// A run whose jobs cannot be enqueued is no run.
func TestARunAndItsJobsAreOneTransaction(t *testing.T) {
	w := newWorld(t)
	_, err := w.pool.Exec(t.Context(), "ALTER TABLE river_job RENAME TO gone")
	require.NoError(t, err)
	_, err = w.Start(t.Context(), w.cmd(officer), tenant, month)
	require.Error(t, err)
	require.Zero(t, w.count(t, "SELECT count(*) FROM hr_run"))
	require.Zero(t, w.count(t, "SELECT count(*) FROM hr_run_chunk"))
	_, err = w.pool.Exec(t.Context(), "ALTER TABLE gone RENAME TO river_job")
	require.NoError(t, err)
	bad := month
	bad.Kind = "weekly"
	_, err = w.Start(t.Context(), w.cmd(officer), tenant, bad)
	require.ErrorIs(t, err, hr.ErrInvalid)
	require.Zero(t, w.count(t, "SELECT count(*) FROM river_job"))
}

// A chunk whose job cannot be completed is not calculated: there is no payslip of which the queue does not know.
func TestAChunkAndItsJobAreOneTransaction(t *testing.T) {
	w := newWorld(t)
	id, err := w.Start(t.Context(), w.cmd(officer), tenant, month)
	require.NoError(t, err)
	_, err = w.pool.Exec(t.Context(), `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'not now'; END $$`)
	require.NoError(t, err)
	_, err = w.pool.Exec(t.Context(), `CREATE TRIGGER refuse BEFORE UPDATE ON river_job FOR EACH ROW WHEN (NEW.state = 'completed') EXECUTE FUNCTION refuse()`)
	require.NoError(t, err)
	end := w.begin(t)
	w.until(t, id, func(riverrun.Progress) bool {
		return w.count(t, "SELECT count(*) FROM river_job WHERE cardinality(errors) > 0") >= 3
	})
	end()
	require.Zero(t, w.count(t, "SELECT count(*) FROM hr_result"))
	_, err = w.pool.Exec(t.Context(), `DROP TRIGGER refuse ON river_job`)
	require.NoError(t, err)
	w.begin(t)
	w.until(t, id, is(payroll.RunCalculated))
}

// A job that was done is handed out again, as the queue does with one that it thinks lost: nothing is done twice.
func TestARescuedDuplicateDoesNothing(t *testing.T) {
	w := newWorld(t)
	id, err := w.Start(t.Context(), w.cmd(officer), tenant, month)
	require.NoError(t, err)
	w.begin(t)
	w.until(t, id, is(payroll.RunCalculated))
	again := func() {
		_, err := w.pool.Exec(t.Context(), "UPDATE river_job SET state = 'available', finalized_at = NULL, attempt = 0")
		require.NoError(t, err)
		w.until(t, id, func(p riverrun.Progress) bool {
			return p.Waiting+p.Running == 0 && w.count(t, "SELECT count(*) FROM river_job WHERE state <> 'completed'") == 0
		})
	}
	events := w.count(t, "SELECT count(*) FROM hr_event")
	again()
	require.Equal(t, events, w.count(t, "SELECT count(*) FROM hr_event"))
	w.finish(t, id)
	events = w.count(t, "SELECT count(*) FROM hr_event")
	again()
	require.Equal(t, events, w.count(t, "SELECT count(*) FROM hr_event"))
	w.once(t, id)
}

// A run that is stopped has whole chunks, and goes on from there; both while it is calculated and while it is paid.
func TestAStoppedRunIsResumed(t *testing.T) {
	want, err := alone()
	require.NoError(t, err)
	w := newWorld(t)
	id, err := w.Start(t.Context(), w.cmd(officer), tenant, month)
	require.NoError(t, err)
	w.begin(t)
	stopped := func(done func(riverrun.Progress) int) {
		w.until(t, id, func(p riverrun.Progress) bool { return done(p) > 2*company.Chunk })
		require.NoError(t, w.Stop(t.Context(), w.cmd(officer), tenant, id))
		p := w.until(t, id, func(p riverrun.Progress) bool { return p.Waiting+p.Running == 0 })
		require.Less(t, done(p), company.Employees, "it was stopped too late to see anything")
		require.Zero(t, done(p)%company.Chunk, "half a chunk is left")
		require.Positive(t, p.Stopped)
		require.Zero(t, p.GivenUp, p.Reason)
		time.Sleep(700 * time.Millisecond) // a job that nobody stopped would go on
		later, err := w.Progress(t.Context(), view, tenant, id)
		require.NoError(t, err)
		require.Equal(t, done(p), done(later))
		require.NoError(t, w.Resume(t.Context(), w.cmd(officer), tenant, id))
	}
	stopped(func(p riverrun.Progress) int {
		require.Equal(t, p.Calculated, p.Done*company.Chunk)
		return w.count(t, "SELECT count(*) FROM hr_result")
	})
	w.until(t, id, is(payroll.RunCalculated))
	run, err := w.pay.Run(t.Context(), view, id)
	require.NoError(t, err)
	require.Equal(t, want, run.Digest)
	var field *hr.FieldError
	require.ErrorAs(t, w.Resume(t.Context(), w.cmd(officer), tenant, id), &field)
	require.Equal(t, riverrun.RuleResume, field.Rule, "there is nothing to go on with")

	_, err = w.pay.Approve(t.Context(), w.cmd(chief), id, want)
	require.NoError(t, err)
	require.NoError(t, w.Pay(t.Context(), w.cmd(officer), tenant, id))
	stopped(func(riverrun.Progress) int { return w.count(t, "SELECT count(*) FROM hr_posting") })
	w.until(t, id, is(payroll.RunPaid))
	w.once(t, id)
}

// What is refused is not tried again for ever: the jobs are given up, say why, and go on when it is mended.
func TestARefusalIsGivenUpAndSaysWhy(t *testing.T) {
	denied := true
	w := newWorld(t, func(c *riverrun.Config) {
		c.Payroll = func(db *postgres.DB) (payroll.Service, error) {
			_, pay, _, err := company.Services(db)
			pay.Kit.Authorize = func(a hr.Ask) hr.Verdict {
				if denied && a.Verb == "payroll.Calculate" {
					return hr.Verdict{Reason: "the office is closed"}
				}
				return hr.AllowAll(a)
			}
			return pay, err
		}
	})
	_, err := w.Start(t.Context(), w.cmd(officer), tenant, month)
	require.ErrorIs(t, err, hr.ErrDenied)
	require.Zero(t, w.count(t, "SELECT count(*) FROM hr_run"), "who may create a run and not calculate it starts nothing")
	denied = false
	id, err := w.Start(t.Context(), w.cmd(officer), tenant, month)
	require.NoError(t, err)
	denied = true
	end := w.begin(t)
	p := w.until(t, id, func(p riverrun.Progress) bool { return p.Waiting+p.Running == 0 })
	require.Equal(t, p.Chunks+1, p.GivenUp)
	require.Contains(t, p.Reason, "the office is closed")
	end()
	denied = false
	require.NoError(t, w.Resume(t.Context(), w.cmd(officer), tenant, id))
	w.begin(t)
	w.until(t, id, is(payroll.RunCalculated))
	w.finish(t, id)
}

// kill -9 of a worker process, and SIGSTOP of another, in the middle of a run: whoever is left does the rest, and who was thawed does no harm.
func TestKilledAndFrozenWorkers(t *testing.T) {
	if crash.Detector {
		t.Skip("the race detector has nothing to see in processes that are killed; the plain run kills them")
	}
	want, err := alone()
	require.NoError(t, err)
	w := newWorld(t)
	id, err := w.Start(t.Context(), w.cmd(officer), tenant, month)
	require.NoError(t, err)
	hurt := func(done func(riverrun.Progress) int) func() {
		killed, frozen := start(t, w.dsn), start(t, w.dsn)
		w.until(t, id, func(p riverrun.Progress) bool { return done(p) > 4*company.Chunk })
		require.NoError(t, killed.Process.Signal(syscall.SIGKILL))
		require.NoError(t, frozen.Process.Signal(syscall.SIGSTOP))
		p, err := w.Progress(t.Context(), view, tenant, id)
		require.NoError(t, err)
		require.Less(t, done(p), company.Employees, "they were hurt too late to see anything")
		return func() {
			require.NoError(t, frozen.Process.Signal(syscall.SIGCONT))
			require.NoError(t, frozen.Process.Signal(syscall.SIGTERM))
			require.NoError(t, frozen.Wait())
			require.Error(t, killed.Wait())
		}
	}
	thaw := hurt(func(p riverrun.Progress) int { return p.Calculated })
	w.begin(t)
	w.until(t, id, is(payroll.RunCalculated))
	thaw()
	run, err := w.pay.Run(t.Context(), view, id)
	require.NoError(t, err)
	require.Equal(t, want, run.Digest)
	w.finish(t, id)
}

// start starts a worker process.
func start(t *testing.T, database string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^$")
	cmd.Env = append(os.Environ(), worker+"="+database)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	t.Cleanup(func() { _ = cmd.Process.Kill() })
	line, err := bufio.NewReader(out).ReadString('\n')
	require.NoError(t, err)
	require.Equal(t, "ready", strings.TrimSpace(line))
	return cmd
}

// A crew without what it needs says all of it at once.
func TestAConfigThatIsNotWhole(t *testing.T) {
	_, err := riverrun.New(riverrun.Config{Limit: -1, Idle: -time.Second, Last: -1, Workers: -1})
	var paths []string
	for _, f := range hr.FieldErrors(err) {
		require.Equal(t, riverrun.RuleConfig, f.Rule)
		paths = append(paths, f.Path)
	}
	require.ElementsMatch(t, []string{"pool", "payroll", "limit", "idle", "last", "workers"}, paths)
}
