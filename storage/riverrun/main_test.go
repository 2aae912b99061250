package riverrun_test

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/storage/internal/cluster"
	"github.com/musterhr/hr/storage/internal/scenario"
	"github.com/musterhr/hr/storage/memory"
	"github.com/musterhr/hr/storage/postgres"
	"github.com/musterhr/hr/storage/riverrun"
)

// dsn is the database of these tests. Empty: there is none, and tests skip.
var dsn string

// worker names the database for a process that is there to work, and to be killed.
const worker = "MUSTER_RIVERRUN_WORKER"

func TestMain(m *testing.M) {
	if database := os.Getenv(worker); database != "" {
		if err := workAt(database); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(cluster.Run(os.Stderr, func(found string) int {
		dsn = found
		return m.Run()
	}))
}

// workAt works until it is told to end.
func workAt(database string) error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	pool, err := pgxpool.New(ctx, database)
	if err != nil {
		return err
	}
	defer pool.Close()
	crew, err := riverrun.New(config(pool))
	if err != nil {
		return err
	}
	fmt.Println("ready")
	return crew.Work(ctx)
}

// company has chunks enough to be interrupted in the middle of.
var company = scenario.Company{Employees: 400, Chunk: 10}

func config(pool *pgxpool.Pool) riverrun.Config {
	return riverrun.Config{
		Pool: pool, Idle: time.Second, Limit: 5 * time.Second,
		Logger: slog.New(slog.DiscardHandler),
		Payroll: func(db *postgres.DB) (payroll.Service, error) {
			_, pay, _, err := company.Services(db)
			return pay, err
		},
	}
}

var databases atomic.Int64

// database makes an empty database and returns its DSN, or skips.
func database(t testing.TB) string {
	t.Helper()
	if dsn == "" {
		t.Skip("no PostgreSQL: install its server, or set MUSTER_POSTGRES_DSN")
	}
	name := fmt.Sprintf("riverrun%d", databases.Add(1))
	admin := func(q string) {
		c, err := pgx.Connect(context.Background(), dsn)
		require.NoError(t, err)
		defer func() { require.NoError(t, c.Close(context.Background())) }()
		_, err = c.Exec(context.Background(), q)
		require.NoError(t, err)
	}
	admin("CREATE DATABASE " + name)
	t.Cleanup(func() { admin("DROP DATABASE " + name + " WITH (FORCE)") })
	c, err := pgx.ParseConfig(dsn)
	require.NoError(t, err)
	return fmt.Sprintf("host=%s port=%d user=%s dbname=%s pool_max_conns=16", c.Host, c.Port, c.User, name)
}

// world is a company with employees and an adopted plan, and a crew that does not work yet.
type world struct {
	*riverrun.Crew
	dsn  string
	pool *pgxpool.Pool
	db   *postgres.DB // of the tenant
	pay  payroll.Service
	n    int
}

const tenant = "acme"

var (
	officer = hr.Actor{ID: "preparer"}
	chief   = hr.Actor{ID: "approver"}
	view    = hr.View{Actor: officer, Purpose: "monthly payroll"}
	month   = payroll.RunSpec{Kind: payroll.RunRegular, Period: hr.MustPeriod("2020-04-01..2020-04-30"), PayDate: hr.MustDate("2020-04-30")}
)

func newWorld(t *testing.T, change ...func(*riverrun.Config)) *world {
	t.Helper()
	w := &world{dsn: database(t)}
	var err error
	w.pool, err = pgxpool.New(t.Context(), w.dsn)
	require.NoError(t, err)
	t.Cleanup(w.pool.Close)
	c := config(w.pool)
	for _, f := range change {
		f(&c)
	}
	w.Crew, err = riverrun.New(c)
	require.NoError(t, err)
	require.NoError(t, w.Migrate(t.Context()))
	w.db = postgres.New(w.pool).Tenant(tenant)
	require.NoError(t, company.Work(t.Context(), w.db, func(string) {}))
	_, w.pay, _, err = company.Services(w.db)
	require.NoError(t, err)
	return w
}

func (w *world) cmd(by hr.Actor) hr.Command {
	w.n++
	return hr.Command{ID: hr.CommandID(fmt.Sprintf("cmd-%d", w.n)), Actor: by, Purpose: "monthly payroll", Reason: "the month is over"}
}

// begin lets the crew work until the function that it returns is called.
func (w *world) begin(t *testing.T) (end func()) {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- w.Work(ctx) }()
	done := false
	end = func() {
		if !done {
			done = true
			stop()
			require.NoError(t, <-ended)
		}
	}
	t.Cleanup(end)
	return end
}

// until waits until the progress of a run is as wanted.
func (w *world) until(t *testing.T, id payroll.RunID, wanted func(riverrun.Progress) bool) riverrun.Progress {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(10 * time.Millisecond) {
		p, err := w.Progress(t.Context(), view, tenant, id)
		require.NoError(t, err)
		if wanted(p) {
			return p
		}
		require.True(t, time.Now().Before(deadline), "not in a minute: %+v", p)
	}
}

func is(s payroll.RunState) func(riverrun.Progress) bool {
	return func(p riverrun.Progress) bool { return p.State == s }
}

// alone is the digest of the same run by one process and one call, over a store in memory.
var alone = sync.OnceValues(func() (string, error) {
	ctx, db := context.Background(), memory.New()
	if err := company.Work(ctx, db, func(string) {}); err != nil {
		return "", err
	}
	_, pay, _, err := company.Services(db)
	if err != nil {
		return "", err
	}
	id, err := pay.CreateRun(ctx, hr.Command{ID: "create", Actor: officer}, month)
	if err != nil {
		return "", err
	}
	return pay.Calculate(ctx, hr.Command{ID: "calculate", Actor: officer}, id)
})

// finish approves, pays and verifies a calculated run.
func (w *world) finish(t *testing.T, id payroll.RunID) {
	t.Helper()
	ctx := t.Context()
	run, err := w.pay.Run(ctx, view, id)
	require.NoError(t, err)
	_, err = w.pay.Approve(ctx, w.cmd(chief), id, run.Digest)
	require.NoError(t, err)
	require.NoError(t, w.Pay(ctx, w.cmd(officer), tenant, id))
	w.until(t, id, is(payroll.RunPaid))
	w.once(t, id)
}

// once verifies that everybody is paid by the run, once, and that nobody was posted in a way that no event tells of.
func (w *world) once(t *testing.T, id payroll.RunID) {
	t.Helper()
	ctx := t.Context()
	members, err := w.db.Members(ctx, id, "", company.Employees+1)
	require.NoError(t, err)
	require.Len(t, members, company.Employees)
	pins := make([]hr.Pin, len(members))
	for i, m := range members {
		pins[i].Employee = m
	}
	posted, err := w.db.PostingsOf(ctx, pins)
	require.NoError(t, err)
	for i, entries := range posted {
		require.Len(t, entries, 1, members[i])
		require.Equal(t, id, entries[0].Value.Run)
	}
	run, err := w.pay.Run(ctx, view, id)
	require.NoError(t, err)
	require.Equal(t, company.Employees, run.Posted)
	chunks := company.Employees / company.Chunk
	require.Equal(t, chunks, w.count(t, `SELECT count(*) FROM hr_event WHERE kind = 'payroll.payslips_posted'`), "one event for each chunk")
	require.Equal(t, chunks, w.count(t, `SELECT count(DISTINCT digest) FROM hr_event WHERE kind = 'payroll.payslips_posted'`))
}

func (w *world) count(t *testing.T, query string, args ...any) (n int) {
	t.Helper()
	require.NoError(t, w.pool.QueryRow(t.Context(), query, args...).Scan(&n))
	return n
}
