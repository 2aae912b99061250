package simulate

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"github.com/musterhr/hr/storage"
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

// FaultKinds lists every kind.
func FaultKinds() []FaultKind {
	return []FaultKind{Refused, Undone, Lost, Killed, Stopped, Frozen, Repeat, Ahead, Behind}
}

// Fault is what goes wrong in a step, once: the command is then sent again, as it was, the way a host does.
type Fault struct {
	Kind FaultKind
	At   int // in which unit of work of the step, from 1; of a clock, by how many minutes
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
	turn  func() // waits until it is this actor's turn again
	fault *Fault // what is still to go wrong
	units *int   // how many units have begun
	fired *int   // how many faults have happened, over the whole
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
		*f.fired++
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
