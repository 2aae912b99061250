package riverrun

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivermigrate"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/storage/postgres"
)

// Config is what a crew is made of. The zero value of each limit is right for chunks of 1,000 employees.
type Config struct {
	// Pool connects to the database of both Muster and River. Required. A process that works needs Workers + 4 connections.
	Pool *pgxpool.Pool
	// Payroll wires the service of a tenant over the store it is given. Required. It must use that store for everything: then it is all one
	// transaction.
	Payroll func(db *postgres.DB) (payroll.Service, error)
	// Workers is how many chunks this process works on at the same time; 0 is 1.
	Workers int
	// Limit is how long one statement and how long one chunk may take; 0 is a minute. A chunk that takes longer is given up and tried again.
	Limit time.Duration
	// Idle is how long a worker may hold a transaction without a word to the server, which then takes it away; 0 is ten seconds. It must be more than
	// it takes to calculate a chunk.
	Idle time.Duration
	// Last is how long the last step of a calculation or of a payment may take, which reads the digest of every result; 0 is fifteen minutes.
	Last time.Duration
	// Logger is where River tells what fails; nil: slog.Default.
	Logger *slog.Logger
}

// RuleConfig is the rule of a [Config] without what it needs.
const RuleConfig hr.Rule = "storage.riverrun.config"

// Crew starts payrolls and works on them. It is safe for concurrent use.
type Crew struct {
	config Config
	db     *postgres.DB
	driver *riverpgxv5.Driver
	client *river.Client[pgx.Tx]
}

// queue is where all jobs are.
const queue = "muster_payroll"

// New makes a crew. It changes nothing in the database and starts nothing.
func New(c Config) (*Crew, error) {
	var faults hr.Faults
	if c.Pool == nil {
		faults.Missing("pool", RuleConfig)
	}
	if c.Payroll == nil {
		faults.Missing("payroll", RuleConfig)
	}
	for _, d := range []struct {
		path string
		at   *time.Duration
		zero time.Duration
	}{{"limit", &c.Limit, time.Minute}, {"idle", &c.Idle, 10 * time.Second}, {"last", &c.Last, 15 * time.Minute}} {
		if *d.at < 0 {
			faults.Add(d.path, RuleConfig, "is negative: a worker that has no limit is never rescued")
		}
		if *d.at == 0 {
			*d.at = d.zero
		}
	}
	if c.Workers < 0 {
		faults.Add("workers", RuleConfig, "is negative")
	}
	if faults.Any() {
		return nil, fmt.Errorf("riverrun: %w", faults.Err())
	}
	c.Workers = max(c.Workers, 1)
	if c.Logger == nil {
		c.Logger = slog.Default()
	}
	crew := &Crew{config: c, driver: riverpgxv5.New(c.Pool), db: postgres.New(c.Pool, postgres.Options{Statement: c.Limit, Idle: c.Idle})}
	workers := river.NewWorkers()
	river.AddWorker(workers, &chunkWorker{crew: crew})
	river.AddWorker(workers, &lastWorker{crew: crew})
	var err error
	crew.client, err = river.NewClient(crew.driver, &river.Config{
		Queues:               map[string]river.QueueConfig{queue: {MaxWorkers: c.Workers}},
		Workers:              workers,
		FetchCooldown:        20 * time.Millisecond,
		FetchPollInterval:    500 * time.Millisecond,
		JobTimeout:           c.Limit,
		RescueStuckJobsAfter: 2 * c.Limit,
		RetryPolicy:          soon{},
		Logger:               c.Logger,
	})
	if err != nil {
		return nil, fmt.Errorf("riverrun: %w", err)
	}
	return crew, nil
}

// Migrate brings the tables of River and of Muster up to date. Several processes may call it at once: one does the work and the others wait.
func (c *Crew) Migrate(ctx context.Context) error {
	if err := c.db.Migrate(ctx); err != nil {
		return fmt.Errorf("riverrun: %w", err)
	}
	migrator, err := rivermigrate.New(c.driver, &rivermigrate.Config{Logger: c.config.Logger})
	if err != nil {
		return fmt.Errorf("riverrun: %w", err)
	}
	conn, err := c.config.Pool.Acquire(ctx)
	if err != nil {
		return fmt.Errorf("riverrun: %w", err)
	}
	defer conn.Release()
	const lock = 0x6d757374657272 // a number of our own: River's migrations take no lock
	if _, err := conn.Exec(ctx, "SELECT pg_advisory_lock($1)", int64(lock)); err != nil {
		return fmt.Errorf("riverrun: %w", err)
	}
	_, err = migrator.Migrate(ctx, rivermigrate.DirectionUp, nil)
	_, unlock := conn.Exec(context.WithoutCancel(ctx), "SELECT pg_advisory_unlock($1)", int64(lock))
	if err := errors.Join(err, unlock); err != nil {
		return fmt.Errorf("riverrun: %w", err)
	}
	return nil
}

// endFrozen ends, until ctx is done, what workers hold that froze while they were read to: no limit of time does. See [postgres.DB.EndFrozen].
func (c *Crew) endFrozen(ctx context.Context) {
	every := time.NewTicker(c.config.Idle)
	defer every.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-every.C:
			switch ended, err := c.db.EndFrozen(ctx, c.config.Limit); {
			case err != nil && ctx.Err() == nil:
				c.config.Logger.WarnContext(ctx, "riverrun: frozen workers are not looked for", "error", err)
			case ended > 0:
				c.config.Logger.WarnContext(ctx, "riverrun: units of frozen workers were ended", "units", ended)
			}
		}
	}
}

// Work does chunks until ctx is done, then gives what it is in the middle of a moment to end, and returns nil. Call it in as many processes as
// there are processors for, and again after it returned an error.
func (c *Crew) Work(ctx context.Context) error {
	if err := c.client.Start(context.WithoutCancel(ctx)); err != nil {
		return fmt.Errorf("riverrun: %w", err)
	}
	c.endFrozen(ctx)
	soft, cancel := context.WithTimeout(context.WithoutCancel(ctx), c.config.Idle)
	defer cancel()
	if err := c.client.Stop(soft); err == nil {
		return nil
	}
	hard, cancelHard := context.WithTimeout(context.WithoutCancel(ctx), c.config.Idle)
	defer cancelHard()
	if err := c.client.StopAndCancel(hard); err != nil {
		return fmt.Errorf("riverrun: %w", err)
	}
	return nil
}

// service returns the store of a tenant and the service over it.
func (c *Crew) service(tenant string) (*postgres.DB, payroll.Service, error) {
	db := c.db.Tenant(tenant)
	pay, err := c.config.Payroll(db)
	return db, pay, err
}
