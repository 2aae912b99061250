package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"os/signal"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/storage/postgres"
	"github.com/musterhr/hr/storage/riverrun"
)

// workerVariable names the database for a process that this program started to work.
const workerVariable = "MUSTER_CLUSTER_WORKER"

// crewOver is the same in every process. The limits are short because the demonstration is.
func crewOver(pool *pgxpool.Pool, plan *payroll.Plan, chunk int) (*riverrun.Crew, error) {
	return riverrun.New(riverrun.Config{
		Pool: pool, Limit: 30 * time.Second, Idle: 3 * time.Second, Logger: slog.New(slog.DiscardHandler),
		Payroll: func(db *postgres.DB) (payroll.Service, error) {
			_, pay := wire(db, plan, chunk)
			return pay, nil
		},
	})
}

// work is what a worker process does until it is told to end.
func work(dsn string) error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer stop()
	plan, err := compile()
	if err != nil {
		return err
	}
	pool, err := pgxpool.New(ctx, dsn)
	if err != nil {
		return err
	}
	defer pool.Close()
	crew, err := crewOver(pool, plan, 0) // a run knows its chunks
	if err != nil {
		return err
	}
	fmt.Println("ready")
	return crew.Work(ctx)
}

// process is a worker process.
type process struct {
	*exec.Cmd
	frozen bool
}

// crowd is the worker processes that this program has started.
type crowd struct {
	dsn    string
	at     []*process // those that live
	errs   io.Writer
	killed int
}

func (c *crowd) start() (*process, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	p := &process{Cmd: exec.Command(self)}
	p.Env = append(os.Environ(), workerVariable+"="+c.dsn, "GOMAXPROCS=1") // a worker is one processor's: there are as many as it takes
	p.Stderr = c.errs
	out, err := p.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := p.Start(); err != nil {
		return nil, err
	}
	c.at = append(c.at, p)
	if line, err := bufio.NewReader(out).ReadString('\n'); err != nil || line != "ready\n" {
		return nil, fmt.Errorf("a worker does not begin: %w", err)
	}
	return p, nil
}

// kill ends the oldest worker that is not frozen, without a word to it, and starts another, as whatever watches over processes would.
func (c *crowd) kill() (gone, instead int, err error) {
	for i, p := range c.at {
		if p.frozen {
			continue
		}
		c.at = append(c.at[:i:i], c.at[i+1:]...)
		c.killed++
		if err := p.Process.Signal(syscall.SIGKILL); err != nil {
			return 0, 0, err
		}
		_ = p.Wait() // it says that it was killed
		next, err := c.start()
		if err != nil {
			return 0, 0, err
		}
		return p.Process.Pid, next.Process.Pid, nil
	}
	return 0, 0, errors.New("every worker is frozen")
}

// freeze stops the newest worker in the middle of whatever it does.
func (c *crowd) freeze() (int, error) {
	p := c.at[len(c.at)-1]
	p.frozen = true
	return p.Process.Pid, p.Process.Signal(syscall.SIGSTOP)
}

// thaw lets frozen workers go on, with what they knew.
func (c *crowd) thaw() (pids []int, err error) {
	for _, p := range c.at {
		if p.frozen {
			p.frozen = false
			pids = append(pids, p.Process.Pid)
			err = errors.Join(err, p.Process.Signal(syscall.SIGCONT))
		}
	}
	return pids, err
}

// stop ends all workers and waits for them.
func (c *crowd) stop() error {
	_, err := c.thaw()
	for _, p := range c.at {
		err = errors.Join(err, p.Process.Signal(syscall.SIGTERM))
	}
	for _, p := range c.at {
		err = errors.Join(err, p.Wait())
	}
	c.at = nil
	return err
}
