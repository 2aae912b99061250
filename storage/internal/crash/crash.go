// Package crash kills and freezes processes that run package scenario's payroll over a SQL store, and verifies what they leave.
package crash

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"syscall"
	"time"

	"github.com/musterhr/hr/storage/internal/scenario"
)

// variable names the database for a process that is there to be killed.
const variable = "MUSTER_CRASH_DATABASE"

// Company is the one whose payroll is run: months enough that a process which is killed a hundred times has not come to the end.
func Company(months int) scenario.Company {
	return scenario.Company{Employees: 60, Months: months, Chunk: 20}
}

// Worker runs in the TestMain of a package, before its tests: in a process that was started to be killed it opens the database, does the work, and
// ends the process. In any other it returns.
func Worker(open func(ctx context.Context, database string) (db scenario.Store, stop func(), err error)) {
	database := os.Getenv(variable)
	if database == "" {
		return
	}
	var months int
	if _, err := fmt.Sscan(os.Getenv(variable+"_MONTHS"), &months); err != nil {
		panic(err)
	}
	db, stop, err := open(context.Background(), database)
	if err == nil {
		fmt.Println("ready")
		err = Company(months).Work(context.Background(), db, func(step string) { fmt.Println(step) })
		stop()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

// process is a worker that was started.
type process struct {
	*exec.Cmd
	steps *bufio.Scanner // its steps, as it does them
	errs  io.Reader
}

func start(ctx context.Context, database string, months int) (process, error) {
	cmd := exec.CommandContext(ctx, os.Args[0], "-test.run=^$")
	cmd.Env = append(os.Environ(), variable+"="+database, fmt.Sprint(variable, "_MONTHS=", months))
	out, err := cmd.StdoutPipe()
	if err != nil {
		return process{}, err
	}
	errs, err := cmd.StderrPipe()
	if err != nil {
		return process{}, err
	}
	return process{cmd, bufio.NewScanner(out), errs}, cmd.Start()
}

// finish waits until the worker has done everything.
func (p process) finish() error {
	for p.steps.Scan() {
	}
	said, _ := io.ReadAll(p.errs)
	if err := p.Wait(); err != nil {
		return fmt.Errorf("the worker: %w: %s", err, said)
	}
	return nil
}

// Kill starts the worker and kills it with SIGKILL at a random moment of its work, a number of times, and then lets it finish. It returns how
// often a step was done, or found done, before the last time: kills that came in the middle of the work, and not before or behind it.
func Kill(ctx context.Context, database string, months, times int, seed uint64) (steps int, err error) {
	random := rand.New(rand.NewPCG(seed, 1)) //nolint:gosec // repeatable on purpose
	slow := time.Duration(1)                 // a machine, or a race detector, on which no step is done in the time: it is doubled until one is
	furthest := 0                            // how many steps were told in one round
	for range times {
		p, err := start(ctx, database, months)
		if err != nil {
			return steps, err
		}
		// Most of the work is found done, and told at once; what is left begins with the first step that takes its time. Wait for some steps
		// and then for a moment, so that the kill falls into the work: from a millisecond to more than it takes, so that some get through the longest step.
		wait, before := slow*time.Millisecond<<random.IntN(6), steps
		lines := make(chan bool)
		go func() {
			defer close(lines)
			for p.steps.Scan() {
				select {
				case lines <- true:
				case <-ctx.Done():
					return
				}
			}
		}()
		_, more := <-lines // it is ready
		done := !more
		told, enough := 0, furthest+1+random.IntN(5) // on a fast machine no step takes long: a month has five
		for quiet := false; !quiet && !done && told < enough; {
			select {
			case _, more := <-lines:
				done = !more
				steps++
				told++
			case <-time.After(wait + time.Duration(random.Int64N(int64(wait)))):
				quiet = true
			}
		}
		furthest = max(furthest, told)
		if slow *= 2; steps > before || slow > 64 {
			slow = 1
		}
		_ = p.Process.Signal(syscall.SIGKILL)
		for range lines {
		}
		_ = p.Wait()
		if done {
			return steps, errors.New("the work was done before it was killed often enough: give it more months")
		}
	}
	p, err := start(ctx, database, months)
	if err != nil {
		return steps, err
	}
	return steps, p.finish()
}

// Freeze starts a worker and stops it with SIGSTOP in the middle of its work, lets another do all of it, and then thaws the first, which goes on with
// what it knew. Both end; the first may be told that it was overtaken, and goes on all the same.
func Freeze(ctx context.Context, database string, months int, seed uint64) error {
	random := rand.New(rand.NewPCG(seed, 2)) //nolint:gosec // repeatable on purpose
	first, err := start(ctx, database, months)
	if err != nil {
		return err
	}
	for range 3 + random.IntN(4*months) {
		first.steps.Scan()
	}
	time.Sleep(time.Duration(random.Int64N(int64(3 * time.Millisecond))))
	if err := first.Process.Signal(syscall.SIGSTOP); err != nil {
		return err
	}
	second, err := start(ctx, database, months)
	if err != nil {
		return err
	}
	// A frozen process that holds what the second needs must not keep it for ever: the store's limits end its transaction, or it is thawed.
	ended := make(chan error, 1)
	go func() { ended <- second.finish() }()
	select {
	case err = <-ended:
		ended <- err
	case <-time.After(4 * time.Second):
	}
	if err := first.Process.Signal(syscall.SIGCONT); err != nil {
		return err
	}
	return errors.Join(first.finish(), <-ended)
}
