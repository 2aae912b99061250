// Command cluster runs a payroll in several processes, kills some of them and freezes one in the middle, and shows that it comes to what one process
// that nobody disturbs comes to: everybody once, one payment each, the same digest.
//
//	go run ./examples/cluster                          a small one
//	go run ./examples/cluster -employees 100000        the real thing
//	go run ./examples/cluster -measure -employees 20000   what one, two and more workers do in a second, and what a payslip takes on disk
//
// It starts a PostgreSQL of its own from the binaries that are installed, and removes it; -postgres names a database to use instead.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/storage/postgres"
	"github.com/musterhr/hr/storage/postgres/throwaway"
	"github.com/musterhr/hr/storage/riverrun"
)

type settings struct {
	employees, workers, chunk, kills, rounds int
	postgres                                 string
	measure                                  bool
}

func main() {
	if dsn := os.Getenv(workerVariable); dsn != "" {
		if err := work(dsn); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	var s settings
	flag.IntVar(&s.employees, "employees", 2000, "how many employees are paid")
	flag.IntVar(&s.workers, "workers", 3, "how many worker processes there are")
	flag.IntVar(&s.chunk, "chunk", 0, "employees in one unit of work; 0 is a hundredth of them, from 20 to 1,000")
	flag.IntVar(&s.kills, "kills", 2, "how many workers are killed while the run is calculated, and again while it is paid")
	flag.StringVar(&s.postgres, "postgres", "", "DSN of a database to use, empty or not; none: a throwaway server")
	flag.BoolVar(&s.measure, "measure", false, "measure, and disturb nobody")
	flag.IntVar(&s.rounds, "rounds", 2, "with -measure: months that each number of workers pays, of which the median counts")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, s, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "cluster:", err)
		stop()
		os.Exit(1)
	}
}

// show is what the demonstration holds.
type show struct {
	settings
	out  io.Writer
	dsn  string
	pool *pgxpool.Pool
	plan *payroll.Plan
	crew *riverrun.Crew
}

func run(ctx context.Context, s settings, out io.Writer) (err error) {
	if s.employees < 1 || s.workers < 2 || s.kills < 0 || s.chunk < 0 || s.rounds < 1 {
		return errors.New("there must be somebody to pay, two workers or more, and nothing below zero")
	}
	if s.chunk == 0 {
		s.chunk = max(20, min(1000, s.employees/100))
	}
	d := show{settings: s, out: out, dsn: s.postgres}
	if d.dsn == "" {
		var stop func()
		if d.dsn, stop, err = throwaway.Start("shared_buffers=512MB", "max_wal_size=4GB"); err != nil {
			return err
		}
		defer stop()
		d.say("PostgreSQL", "a throwaway server")
	}
	if d.plan, err = compile(); err != nil {
		return err
	}
	if d.pool, err = pgxpool.New(ctx, d.dsn); err != nil {
		return err
	}
	defer d.pool.Close()
	if d.crew, err = crewOver(d.pool, d.plan, d.chunk); err != nil {
		return err
	}
	if err := d.crew.Migrate(ctx); err != nil {
		return err
	}
	if s.measure {
		return d.measureAll(ctx)
	}
	return d.disturb(ctx)
}

// say prints one line.
func (d *show) say(what, format string, args ...any) {
	_, _ = fmt.Fprintf(d.out, "%-12s %s\n", what, fmt.Sprintf(format, args...))
}

// tenant returns the services of a tenant.
func (d *show) tenant(name string) (*postgres.DB, lifecycle.Service, payroll.Service) {
	db := postgres.New(d.pool).Tenant(name)
	people, pay := wire(db, d.plan, d.chunk)
	return db, people, pay
}

// hire fills a tenant.
func (d *show) hire(ctx context.Context, name string) error {
	_, people, pay := d.tenant(name)
	begun := time.Now()
	told := begun
	if err := hire(ctx, people, pay, d.plan, d.employees, func(done int) {
		if time.Since(told) > 2*time.Second {
			told = time.Now()
			d.say(name, "%d of %d employees hired", done, d.employees)
		}
	}); err != nil {
		return err
	}
	d.say(name, "%d employees hired in %s", d.employees, since1(begun))
	return nil
}

// since1 is how long ago something was, to a tenth of a second.
func since1(t time.Time) time.Duration { return time.Since(t).Round(100 * time.Millisecond) }

// alone pays a month by the calls of one process, and returns the digest of its result.
func (d *show) alone(ctx context.Context, name string, n int) (digest string, err error) {
	_, _, pay := d.tenant(name)
	spec, err := month(n)
	if err != nil {
		return "", err
	}
	begun := time.Now()
	id, err := pay.CreateRun(ctx, command(officer, fmt.Sprint(n, "/create")), spec)
	if err != nil {
		return "", err
	}
	if digest, err = pay.Calculate(ctx, command(officer, fmt.Sprint(n, "/calculate")), id); err != nil {
		return "", err
	}
	d.say(name, "one process calculated %d employees in %s", d.employees, since1(begun))
	begun = time.Now()
	if _, err := pay.Approve(ctx, command(head, fmt.Sprint(n, "/approve")), id, digest); err != nil {
		return "", err
	}
	if _, err := pay.Pay(ctx, command(officer, fmt.Sprint(n, "/pay")), id); err != nil {
		return "", err
	}
	d.say(name, "and paid them in %s", since1(begun))
	return digest, nil
}
