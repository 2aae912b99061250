package history_test

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/memory"
	"github.com/musterhr/hr/storage/storagetest"
	"github.com/musterhr/hr/storage/storagetest/history"
)

func sound() storagetest.Ports {
	db := memory.New()
	return storagetest.PortsOf(storagetest.Core{Tx: db, Log: db, Know: db, Journal: db, Serial: true}, db)
}

func TestMemory(t *testing.T) {
	history.Check(t, func(*testing.T) storagetest.Ports { return sound() })
}

// A store with one bug each; the history that states the broken sentence must find no order.
func TestDoubles(t *testing.T) {
	const (
		floor   = "a leave balance never goes below its floor"
		version = "a case is put only upon the version that is there"
		once    = "a command is claimed once, and all others get its result"
		number  = "a number is taken once, and the head is the newest that was taken"
	)
	doubles := []struct {
		bug, sentence string
		spoil         func(p *storagetest.Ports)
	}{
		{"the guard row is not held", floor, func(p *storagetest.Ports) {
			p.Tx, p.Know, p.Ledger = noUnit{}, &noLock{Knowledge: p.Know}, slow{p.Ledger}
		}},
		{"a balance is read before it is committed", floor, func(p *storagetest.Ports) { p.Ledger = &dirty{Ledger: p.Ledger} }},
		{"the version is not compared", version, func(p *storagetest.Ports) { p.Employments = &lastWins{employments: p.Employments} }},
		{"the log looks before it leaps", once, func(p *storagetest.Ports) { p.Tx, p.Log = noUnit{}, &racy{rows: map[hr.CommandID]storage.CommandRow{}} }},
		{"a claim that is rolled back is remembered", once, func(p *storagetest.Ports) {
			p.Tx, p.Log = noUnit{}, &careful{racy: racy{rows: map[hr.CommandID]storage.CommandRow{}}}
		}},
		{"numbers are counted without a lock", number, func(p *storagetest.Ports) { p.Tx, p.Know = noUnit{}, &noLock{Knowledge: p.Know} }},
		{"heads are those of a moment ago", number, func(p *storagetest.Ports) { p.Know = &stale{Knowledge: p.Know} }},
	}
	for _, sentence := range history.Sentences() {
		caught := false
		for _, d := range doubles {
			caught = caught || d.sentence == sentence
		}
		if !caught {
			t.Errorf("no double breaks %q", sentence)
		}
	}
	for _, d := range doubles {
		t.Run(d.bug, func(t *testing.T) {
			for seed := range uint64(100) { // a race may be lost without anybody noticing
				p := sound()
				d.spoil(&p)
				failure := fails(t, func(t testing.TB) { history.Run(t, d.sentence, p, seed) })
				if failure != "" {
					t.Logf("seed %d: %.200s", seed, failure)
					return
				}
			}
			t.Errorf("%q was proven for a store with this bug", d.sentence)
		})
	}
}

// failing is a test that may fail.
type failing struct {
	testing.TB
	mu   sync.Mutex
	said string
}

func (f *failing) Errorf(format string, args ...any) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.said += fmt.Sprintf(format, args...)
}

func (f *failing) Failed() bool { f.mu.Lock(); defer f.mu.Unlock(); return f.said != "" }

func (f *failing) FailNow() { runtime.Goexit() }

func (f *failing) Fatalf(format string, args ...any) { f.Errorf(format, args...); f.FailNow() }

func (f *failing) Fatal(args ...any) { f.Errorf("%s", fmt.Sprint(args...)); f.FailNow() }

// fails runs a test that may fail, and returns what it said then.
func fails(t *testing.T, run func(t testing.TB)) string {
	f := &failing{TB: t}
	done := make(chan struct{})
	go func() { defer close(done); run(f) }()
	<-done
	return f.said
}

// noUnit is a transactor without transactions.
type noUnit struct{}

func (noUnit) InTx(ctx context.Context, fn func(context.Context) error) error { return fn(ctx) }

// noLock numbers without holding anything.
type noLock struct {
	storage.Knowledge
	mu   sync.Mutex
	head hr.Seq
}

func (k *noLock) Take(_ context.Context, clock func() time.Time, ids ...hr.EmployeeID) ([]storage.Taken, error) {
	k.mu.Lock()
	next := k.head + 1
	k.mu.Unlock()
	time.Sleep(time.Millisecond)
	k.mu.Lock()
	defer k.mu.Unlock()
	k.head = next
	return []storage.Taken{{Pin: hr.Pin{Employee: ids[0], Known: hr.Known{Own: next}}, Recorded: clock()}}, nil
}

func (k *noLock) Heads(_ context.Context, ids ...hr.EmployeeID) ([]hr.Pin, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	return []hr.Pin{{Employee: ids[0], Known: hr.Known{Own: k.head}}}, nil
}

// slow is a ledger that takes its time between the reading and the writing.
type slow struct{ leave.Ledger }

func (s slow) AppendMovements(ctx context.Context, emp hr.EmployeeID, entries ...leave.Entry) error {
	time.Sleep(time.Millisecond)
	return s.Ledger.AppendMovements(ctx, emp, entries...)
}

// dirty shows entries to everybody before their unit has ended, and hides each again for a moment.
type dirty struct {
	leave.Ledger
	mu   sync.Mutex
	open []leave.Entry
}

func (d *dirty) AppendMovements(ctx context.Context, emp hr.EmployeeID, entries ...leave.Entry) error {
	d.mu.Lock()
	d.open = entries
	d.mu.Unlock()
	time.Sleep(time.Millisecond)
	d.mu.Lock()
	d.open = nil
	d.mu.Unlock()
	time.Sleep(time.Millisecond)
	return d.Ledger.AppendMovements(ctx, emp, entries...)
}

func (d *dirty) MovementsOf(ctx context.Context, pins []hr.Pin) ([][]leave.Entry, error) {
	d.mu.Lock()
	open := slices.Clone(d.open)
	d.mu.Unlock()
	lists, err := d.Ledger.MovementsOf(ctx, pins)
	if err == nil && open != nil {
		lists[0] = append(lists[0], open...)
	}
	return lists, err
}

type employments = lifecycle.Employments // embedded under another name than that of its method

// lastWins puts upon whatever is there.
type lastWins struct{ employments }

func (l *lastWins) PutEmployment(ctx context.Context, e lifecycle.Employment) error {
	if have, err := l.Employment(ctx, e.ID); err == nil {
		e.Version = have.Version
	} else {
		e.Version = 0
	}
	return l.employments.PutEmployment(ctx, e)
}

// racy looks whether an id is free and writes later, in no unit.
type racy struct {
	mu   sync.Mutex
	rows map[hr.CommandID]storage.CommandRow
}

func (l *racy) Claim(_ context.Context, row storage.CommandRow) (storage.CommandRow, bool, error) {
	l.mu.Lock()
	prev, taken := l.rows[row.ID]
	l.mu.Unlock()
	if taken {
		return prev, false, nil
	}
	time.Sleep(time.Millisecond)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.rows[row.ID] = row
	return storage.CommandRow{}, true, nil
}

func (l *racy) Finish(_ context.Context, id hr.CommandID, result []byte) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	row := l.rows[id]
	row.Result = slices.Clone(result)
	l.rows[id] = row
	return nil
}

// careful looks and leaps at once, and does not undo it.
type careful struct{ racy }

func (l *careful) Claim(_ context.Context, row storage.CommandRow) (storage.CommandRow, bool, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if prev, taken := l.rows[row.ID]; taken {
		return prev, false, nil
	}
	row.Result = []byte(`"` + row.Content + `"`)
	l.rows[row.ID] = row
	return storage.CommandRow{}, true, nil
}

// stale answers with the heads that were asked for the time before.
type stale struct {
	storage.Knowledge
	mu   sync.Mutex
	last []hr.Pin
}

func (k *stale) Heads(ctx context.Context, ids ...hr.EmployeeID) ([]hr.Pin, error) {
	pins, err := k.Knowledge.Heads(ctx, ids...)
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.last == nil {
		k.last = pins
	}
	pins, k.last = k.last, pins
	return pins, err
}
