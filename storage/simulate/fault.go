package simulate

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/storagetest"
)

// FaultKind is what goes wrong. The empty kind is nothing.
type FaultKind string

const (
	Refused FaultKind = "refused" // the unit does not begin: the store is not there
	Undone  FaultKind = "undone"  // the unit runs and is rolled back: a failure at commit
	Lost    FaultKind = "lost"    // the unit is committed, and the answer is lost
	Killed  FaultKind = "killed"  // the process ends inside the unit, before the commit
	Stopped FaultKind = "stopped" // the process ends after the commit, before it hears of it
	Frozen  FaultKind = "frozen"  // the worker stands still until all the others who act at once are done
	Repeat  FaultKind = "repeat"  // the command arrives twice
	Ahead   FaultKind = "ahead"   // the clock of this one goes minutes ahead
	Behind  FaultKind = "behind"  // the clock of this one goes minutes behind
)

// What goes wrong at a single call of the store, by the kinds of [storagetest.Faulty]: At is the number of the call in the step, the begin and the commit of
// a unit among them. A step that makes fewer calls has no fault. What a database says that it committed and did not is not among them: no program can
// bear that, and storagetest finds such a store by name.
const (
	CallFails      FaultKind = "fails"      // the call fails, before it did anything or after
	CallDies       FaultKind = "dies"       // the process ends at the call, and begins anew with nothing but the store
	CallUnreported FaultKind = "unreported" // of a commit: it is done, and reported as failed
	CallSerial     FaultKind = "serial"     // the database wants the unit to run again
	CallDeadlock   FaultKind = "deadlock"   // likewise
	CallBusy       FaultKind = "busy"       // likewise
	CallCancelled  FaultKind = "cancelled"  // the caller has gone
	CallTooLate    FaultKind = "toolate"    // the time of the caller is over
	CallSteps      FaultKind = "steps"      // the clock jumps by ninety minutes at the call
	CallSlow       FaultKind = "slow"       // the call takes longer
)

// atCalls says what the kinds of single calls are in storagetest.
var atCalls = map[FaultKind]storagetest.FaultKind{
	CallFails: storagetest.FaultError, CallDies: storagetest.FaultPanic, CallUnreported: storagetest.FaultUnreported, CallSerial: storagetest.FaultSerialization,
	CallDeadlock: storagetest.FaultDeadlock, CallBusy: storagetest.FaultBusy, CallCancelled: storagetest.FaultCancel, CallTooLate: storagetest.FaultDeadline,
	CallSteps: storagetest.FaultClock, CallSlow: storagetest.FaultSlow,
}

// FaultKinds lists every kind.
func FaultKinds() []FaultKind {
	return []FaultKind{
		Refused, Undone, Lost, Killed, Stopped, Frozen, Repeat, Ahead, Behind,
		CallFails, CallDies, CallUnreported, CallSerial, CallDeadlock, CallBusy, CallCancelled, CallTooLate, CallSteps, CallSlow,
	}
}

// Fault is what goes wrong in a step, once: the command is then sent again, as it was, the way a host does.
type Fault struct {
	Kind FaultKind
	At   int // in which unit of work of the step, or at which call, from 1; of a clock that goes wrong, by how many minutes
}

// IsZero reports whether nothing goes wrong.
func (f Fault) IsZero() bool { return f.Kind == "" }

// String is the fault as a script writes it: "lost 2".
func (f Fault) String() string { return fmt.Sprintf("%s %d", f.Kind, f.At) }

func readFault(words []string) (Fault, error) {
	if len(words) == 2 {
		for _, k := range FaultKinds() {
			at, err := strconv.Atoi(words[1])
			if string(k) == words[0] && err == nil && at > 0 {
				return Fault{k, at}, nil
			}
		}
	}
	return Fault{}, fmt.Errorf("behind ! stand a kind of fault and a number from 1 on")
}

// errFault is what a store says that something went wrong with. It is no fault of the store that is tried.
var errFault = errors.New("simulate: a fault of the script")

// crash is what a killed process leaves: a panic that the player catches where a host's process would end.
type crash struct{}

// outermost is the key under which a unit's context says that it is inside one.
type outermost struct{}

// faulty is the transactor of one actor in one step: it lets the others act between units, and goes wrong where the step says.
type faulty struct {
	storage.Transactor
	turn  func()          // waits until it is this actor's turn again
	fault *Fault          // what is still to go wrong
	units *int            // how many units have begun
	fired func(FaultKind) // told of each that happens
}

// InTx runs a unit. Everything goes wrong in the outermost only: what is inside joins it.
func (f faulty) InTx(ctx context.Context, fn func(ctx context.Context) error) error {
	if ctx.Value(outermost{}) != nil {
		return f.Transactor.InTx(ctx, fn)
	}
	f.turn()
	defer f.turn()
	*f.units++
	kind := FaultKind("")
	if f.fault.At == *f.units {
		kind = f.fault.Kind
	}
	switch kind {
	case Refused, Undone, Lost, Killed, Stopped:
		*f.fault = Fault{}
		f.fired(kind)
	default:
		kind = ""
	}
	if kind == Refused {
		return errFault
	}
	ctx = context.WithValue(ctx, outermost{}, true)
	err := f.Transactor.InTx(ctx, func(ctx context.Context) error {
		if err := fn(ctx); err != nil {
			return err
		}
		switch kind {
		case Undone:
			return errFault
		case Killed:
			panic(crash{})
		}
		return nil
	})
	if err != nil {
		return err
	}
	switch kind {
	case Lost:
		return errFault
	case Stopped:
		panic(crash{})
	}
	return nil
}
