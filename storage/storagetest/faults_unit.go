package storagetest

import (
	"context"
	"errors"
)

// commit is the name of the call that ends an outermost unit.
const commit = "commit"

// faultyUnit is one run of an outermost unit: whether a fault struck in it, and the error that has ended it.
type faultyUnit struct {
	hit  bool
	dead error
}

type faultyKey struct{ f *Faulty }

func unitOf(ctx context.Context, f *Faulty) *faultyUnit {
	u, _ := ctx.Value(faultyKey{f}).(*faultyUnit)
	return u
}

// errLost has the store roll back what [FaultLost] then reports as committed.
var errLost = errors.New("storagetest: this commit is lost")

// faultyTx is the Transactor of a [Faulty].
type faultyTx struct{ f *Faulty }

const begin = "storage.Transactor.InTx"

// InTx implements [storage.Transactor].
func (t faultyTx) InTx(ctx context.Context, fn func(ctx context.Context) error) error {
	f := t.f
	if u := unitOf(ctx, f); u != nil {
		return f.call(ctx, begin, func(ctx context.Context) error { return f.inner.Tx.InTx(ctx, fn) })
	}
	hit := false // in any run of the unit
	defer func() {
		if f.ended != nil {
			f.ended(f.units, hit)
		}
	}()
	for {
		var end *Fault // the fault at the commit
		err := f.inner.Tx.InTx(ctx, func(ctx context.Context) (err error) {
			u := &faultyUnit{}
			ctx = context.WithValue(ctx, faultyKey{f}, u)
			defer func() { hit = hit || u.hit }()
			end, err = f.run(ctx, u, fn)
			return err
		})
		switch {
		case end != nil && end.Kind == FaultLost && errors.Is(err, errLost):
			return nil
		case end != nil && end.Kind == FaultUnreported && err == nil:
			f.committed()
			return f.error(end)
		case err == nil:
			f.committed()
			return nil
		}
		var fault *Fault
		if errors.As(err, &fault) && fault.Kind.again() {
			continue // the host's store knows no such error, so it is this one that runs the unit again
		}
		return err
	}
}

func (f *Faulty) committed() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.units++
}

// run runs the function of an outermost unit between its begin and its commit, and returns the fault that strikes the commit.
func (f *Faulty) run(ctx context.Context, u *faultyUnit, fn func(ctx context.Context) error) (end *Fault, err error) {
	if err := f.call(ctx, begin, func(ctx context.Context) error { return ctx.Err() }); err != nil {
		return nil, err
	}
	err = fn(ctx)
	if u.dead != nil {
		if err == nil {
			f.complain("the unit went on after a call had failed, and would have committed")
			err = u.dead
		}
		return nil, err
	}
	if err != nil {
		return nil, err
	}
	end = f.next(commit)
	if end == nil {
		return nil, nil
	}
	u.hit = true
	switch end.Kind {
	case FaultUnreported:
		return end, nil
	case FaultLost:
		return end, errLost
	case FaultCancel, FaultDeadline:
		f.endContext(ctx, end, commit)
		return end, nil
	}
	return end, f.strike(ctx, end, commit, func(context.Context) error { return nil })
}
