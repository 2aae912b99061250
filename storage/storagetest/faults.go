package storagetest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

//go:generate go test -run TestFaultyPortsAreCurrent . -update

// FaultKind is a way in which a store fails.
type FaultKind string

// The kinds.
const (
	FaultError         FaultKind = "error"                          // the call fails: before it did anything, or after
	FaultPanic         FaultKind = "panic"                          // the call panics
	FaultUnreported    FaultKind = "committed, and reported failed" // the answer to the commit is lost
	FaultLost          FaultKind = "reported committed, and not"    // what the database said was written is not there
	FaultSerialization FaultKind = "serialization failure"          // the unit must run again
	FaultDeadlock      FaultKind = "deadlock"                       // likewise
	FaultBusy          FaultKind = "busy"                           // likewise
	FaultCancel        FaultKind = "cancel"                         // the caller's context is cancelled just before the call
	FaultDeadline      FaultKind = "deadline"                       // the caller's deadline passes just before the call
	FaultClock         FaultKind = "clock step"                     // the clock jumps by ninety minutes, forward or back
	FaultSlow          FaultKind = "slow store"                     // the call takes a few milliseconds longer
)

// FaultKinds returns every kind.
func FaultKinds() []FaultKind {
	return []FaultKind{
		FaultError, FaultPanic, FaultUnreported, FaultLost, FaultSerialization, FaultDeadlock, FaultBusy, FaultCancel, FaultDeadline, FaultClock, FaultSlow,
	}
}

// commits reports whether the kind is about a commit and means nothing at another call.
func (k FaultKind) commits() bool { return k == FaultUnreported || k == FaultLost }

// again reports whether the outermost unit answers the kind by running again.
func (k FaultKind) again() bool {
	return k == FaultSerialization || k == FaultDeadlock || k == FaultBusy
}

// harmless reports whether nothing fails.
func (k FaultKind) harmless() bool { return k == FaultClock || k == FaultSlow }

// Fault is one fault: the same one always fails in the same way.
type Fault struct {
	Call int // the number of the call that it strikes, from 1; see [Faulty.Calls]
	Kind FaultKind
	Seed int // what the kind leaves open: odd fails after the call and even before it, odd puts the clock back and even forward, and the longer is slower
}

// Error says which fault it is. The faults that a store reports wrap it, those of [Ports.Again] apart.
func (f *Fault) Error() string { return fmt.Sprintf("storagetest: %s at call %d", f.Kind, f.Call) }

// after reports whether the call is made before it fails.
func (f *Fault) after() bool { return f.Seed%2 == 1 }

// Faulty is a store that fails on purpose. It stands between a host's store and whoever uses it, for a suite of the host's own as it does for
// [Faults]: it counts every call of every port, the beginning and the commit of every unit among them, and fails at those it is told to.
//
//	count := storagetest.NewFaulty(ports)
//	scenario(count)                                        // how many calls are there?
//	for n := range count.Calls() {
//		f := storagetest.NewFaulty(ports, storagetest.Fault{Call: n + 1, Kind: storagetest.FaultError})
//		scenario(f)                                        // uses f.Ports(), f.Context(ctx), f.Clock(now)
//	}
//
// After a fault that is an error the unit is dead, whatever whoever got the error does with it.
type Faulty struct {
	inner, outer Ports

	mu         sync.Mutex
	calls      []string
	faults     map[int]Fault
	struck     []Fault
	outside    bool // the last of them came outside a unit
	complaints []string
	end        func(error) // ends the context that [Faulty.Context] gave last
	skew       time.Duration
	units      int                       // that were committed
	ended      func(units int, hit bool) // is called after each outermost unit, if it is not nil
}

// NewFaulty returns a store over ports that fails with these faults, each once.
func NewFaulty(ports Ports, faults ...Fault) *Faulty {
	f := &Faulty{inner: ports, faults: map[int]Fault{}, end: func(error) {}}
	for _, fault := range faults {
		f.faults[fault.Call] = fault
	}
	f.outer = ports
	f.outer.Tx = faultyTx{f}
	for _, wrap := range []func(*Ports){f.storage, f.lifecycle, f.leave, f.attendance, f.payroll, f.recruitment} {
		wrap(&f.outer)
	}
	return f
}

// Ports are the ports to use: those of the host's store, each behind the faults.
func (f *Faulty) Ports() Ports { return f.outer }

// Calls names every call so far, in order: "payroll.Runs.PutRun". The begin of a unit is "storage.Transactor.InTx", and so is a unit that joins
// another; the commit is "commit".
func (f *Faulty) Calls() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([]string(nil), f.calls...)
}

// Struck returns the faults that came to pass.
func (f *Faulty) Struck() []Fault {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([]Fault(nil), f.struck...)
}

// Complaints says what whoever used the store did wrong when it failed: going on in a unit after an error, or not handing on the context.
func (f *Faulty) Complaints() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([]string(nil), f.complaints...)
}

// Context returns a context for whoever calls next. [FaultCancel] and [FaultDeadline] end it; a later one is not ended by an earlier fault.
func (f *Faulty) Context(parent context.Context) context.Context {
	c := &ending{Context: parent, done: make(chan struct{})}
	context.AfterFunc(parent, func() { c.end(parent.Err()) })
	f.mu.Lock()
	defer f.mu.Unlock()
	f.end = c.end
	return c
}

// Clock returns a clock for the kit, which is now, or beside it once [FaultClock] has struck.
func (f *Faulty) Clock(now func() time.Time) func() time.Time {
	return func() time.Time {
		f.mu.Lock()
		defer f.mu.Unlock()
		return now().Add(f.skew)
	}
}

// ending is a context that ends when and as it is told to.
type ending struct {
	context.Context
	done chan struct{}
	mu   sync.Mutex
	err  error
}

func (c *ending) Done() <-chan struct{} { return c.done }

func (c *ending) Err() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.err
}

func (c *ending) end(err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.err == nil {
		c.err = err
		close(c.done)
	}
}

// next counts a call and returns the fault that strikes it, if one does. The kinds that are about commits strike those only.
func (f *Faulty) next(name string) *Fault {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.calls = append(f.calls, name)
	fault, due := f.faults[len(f.calls)]
	if !due || fault.Kind.commits() && name != commit {
		return nil
	}
	f.struck = append(f.struck, fault)
	return &fault
}

func (f *Faulty) complain(format string, args ...any) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.complaints = append(f.complaints, fmt.Sprintf(format, args...))
}

// error is what the store answers when fault strikes: the host's own error where a unit is to run again and the host has one.
func (f *Faulty) error(fault *Fault) error {
	if err := f.inner.Again[fault.Kind]; err != nil {
		return err
	}
	return fault
}

// call makes one call of a port, or does what the fault of its number wants. Every generated method is one call of it.
func (f *Faulty) call(ctx context.Context, name string, do func(ctx context.Context) error) error {
	u := unitOf(ctx, f)
	if u != nil && u.dead != nil {
		return u.dead
	}
	fault := f.next(name)
	if fault == nil {
		return do(ctx)
	}
	if f.outside = u == nil; u != nil {
		u.hit = true
	}
	err := f.strike(ctx, fault, name, do)
	if u != nil && err != nil && !fault.Kind.harmless() {
		u.dead = err
	}
	return err
}

func (f *Faulty) strike(ctx context.Context, fault *Fault, name string, do func(ctx context.Context) error) error {
	switch fault.Kind {
	case FaultCancel, FaultDeadline:
		f.endContext(ctx, fault, name)
		err := do(ctx)
		if err == nil && ctx.Err() != nil {
			f.complain("%s went through with a context that was done", name)
		}
		return err
	case FaultClock:
		f.mu.Lock()
		f.skew += jump(fault.Seed)
		f.mu.Unlock()
		return do(ctx)
	case FaultSlow:
		select {
		case <-time.After(time.Duration(1+fault.Seed%3) * time.Millisecond):
		case <-ctx.Done():
		}
		return do(ctx)
	}
	if fault.after() {
		_ = do(ctx) // whatever it answers, its caller hears of the fault
	}
	if fault.Kind == FaultPanic {
		panic(fault)
	}
	return f.error(fault)
}

// endContext ends the caller's context, and looks whether the call has it.
func (f *Faulty) endContext(ctx context.Context, fault *Fault, name string) {
	why := context.Canceled
	if fault.Kind == FaultDeadline {
		why = context.DeadlineExceeded
	}
	f.mu.Lock()
	end := f.end
	f.mu.Unlock()
	end(why)
	select {
	case <-ctx.Done():
	case <-time.After(pause): // a context that was made of the caller's ends a moment later
	}
	if !errors.Is(ctx.Err(), why) {
		f.complain("%s does not have the caller's context", name)
	}
}

// jump is by how much the clock steps: not over midnight where it was noon.
func jump(seed int) time.Duration {
	if seed%2 == 1 {
		return -90 * time.Minute
	}
	return 90 * time.Minute
}
