package storagetest_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/memory"
	"github.com/musterhr/hr/storage/storagetest"
)

// soundPorts opens a store that keeps everything.
func soundPorts(*testing.T) storagetest.Ports {
	c := sound()
	return storagetest.PortsOf(c, c.Tx)
}

func TestFaults(t *testing.T) {
	spoiled := func(bug string, spoil func(p *storagetest.Ports), fails ...string) double {
		return double{bug, fails, func(t *testing.T) {
			storagetest.Faults(t, func(t *testing.T) storagetest.Ports { p := soundPorts(t); spoil(&p); return p })
		}}
	}
	proves(
		t, "", func(t *testing.T) { storagetest.Faults(t, soundPorts) },
		spoiled("commits what failed", func(p *storagetest.Ports) { p.Tx = commitsAll{p.Tx} },
			"delivery", "hire", "bank change", "leave", "attendance", "offer", "pay rules", "payroll"),
		spoiled("does not run a unit again", func(p *storagetest.Ports) {
			p.Again = map[storagetest.FaultKind]error{storagetest.FaultDeadlock: errors.New("deadlock"), storagetest.FaultSerialization: errors.New("not serialized")}
		}, "leave", "payroll"),
		spoiled("does not hear that its context has ended", func(p *storagetest.Ports) { p.Tx = deaf{p.Tx} }, "leave", "payroll"),
		spoiled("remembers a claim that was rolled back", func(p *storagetest.Ports) {
			p.Log = remembers{p.Log, map[hr.CommandID]storage.CommandRow{}}
		}, "hire", "pay rules"),
		spoiled("the log forgets", func(p *storagetest.Ports) { p.Log = forgets{p.Log, new(int)} }, "pay rules", "payroll"),
	)
}

// remembers has a claim for ever.
type remembers struct {
	storage.Log
	rows map[hr.CommandID]storage.CommandRow
}

func (l remembers) Claim(ctx context.Context, row storage.CommandRow) (storage.CommandRow, bool, error) {
	prev, fresh, err := l.Log.Claim(ctx, row)
	if had, ok := l.rows[row.ID]; ok && fresh {
		return had, false, err
	}
	l.rows[row.ID] = row
	return prev, fresh, err
}

// forgets knows no command when it comes again.
type forgets struct {
	storage.Log
	n *int
}

func (l forgets) Claim(ctx context.Context, row storage.CommandRow) (storage.CommandRow, bool, error) {
	*l.n++
	row.ID += hr.CommandID(time.Unix(int64(*l.n), 0).UTC().String())
	return l.Log.Claim(ctx, row)
}

func (l forgets) Finish(context.Context, hr.CommandID, []byte) error { return nil }

// twoClaims is a unit of two claims: four calls, the begin and the commit among them.
func twoClaims(ctx context.Context, p storagetest.Ports) error {
	return p.Tx.InTx(ctx, func(ctx context.Context) error {
		for _, id := range []hr.CommandID{"a", "b"} {
			if _, _, err := p.Log.Claim(ctx, storage.CommandRow{ID: id}); err != nil {
				return err
			}
		}
		return nil
	})
}

// there says whether the two claims were committed.
func there(t *testing.T, db *memory.DB) bool {
	t.Helper()
	_, fresh, err := db.Claim(t.Context(), storage.CommandRow{ID: "b"})
	require.NoError(t, err)
	return !fresh
}

func faultyMemory(faults ...storagetest.Fault) (*memory.DB, *storagetest.Faulty) {
	db := memory.New()
	return db, storagetest.NewFaulty(storagetest.PortsOf(storagetest.Core{Tx: db, Log: db, Know: db, Journal: db}, db), faults...)
}

func TestFaultyCounts(t *testing.T) {
	db, f := faultyMemory()
	require.NoError(t, twoClaims(t.Context(), f.Ports()))
	require.Equal(t, []string{"storage.Transactor.InTx", "storage.Log.Claim", "storage.Log.Claim", "commit"}, f.Calls())
	require.Empty(t, f.Struck())
	require.True(t, there(t, db))
}

// Each kind at each call, by what the caller gets and what is stored afterwards.
func TestFaultyFails(t *testing.T) {
	for _, kind := range storagetest.FaultKinds() {
		for call := 1; call <= 4; call++ {
			for seed := range 2 {
				fault := storagetest.Fault{Call: call, Kind: kind, Seed: seed}
				db, f := faultyMemory(fault)
				var thrown any
				err := func() (err error) {
					defer func() { thrown = recover() }()
					return twoClaims(f.Context(t.Context()), f.Ports())
				}()
				strikes, committed := true, false
				var ours *storagetest.Fault
				switch kind {
				case storagetest.FaultError:
					require.ErrorAs(t, err, &ours)
				case storagetest.FaultPanic:
					require.Equal(t, &fault, thrown)
				case storagetest.FaultUnreported:
					strikes, committed = call == 4, true
					require.Equal(t, strikes, errors.As(err, &ours))
				case storagetest.FaultLost:
					strikes, committed = call == 4, call != 4
					require.NoError(t, err)
				case storagetest.FaultCancel:
					require.ErrorIs(t, err, context.Canceled)
				case storagetest.FaultDeadline:
					require.ErrorIs(t, err, context.DeadlineExceeded)
				default: // the unit ran again, or nothing failed
					require.NoError(t, err)
					committed = true
				}
				require.Equal(t, committed, there(t, db), "%+v", fault)
				require.Equal(t, strikes, len(f.Struck()) == 1, "%+v", fault)
				require.Empty(t, f.Complaints(), "%+v", fault)
			}
		}
	}
}

func TestFaultyClock(t *testing.T) {
	noon := time.Date(2026, 10, 31, 12, 0, 0, 0, time.UTC)
	for seed, want := range []time.Time{noon.Add(90 * time.Minute), noon.Add(-90 * time.Minute)} {
		_, f := faultyMemory(storagetest.Fault{Call: 2, Kind: storagetest.FaultClock, Seed: seed})
		now := f.Clock(func() time.Time { return noon })
		require.Equal(t, noon, now())
		require.NoError(t, twoClaims(t.Context(), f.Ports()))
		require.Equal(t, want, now())
	}
}

// Whoever goes on after an error, or does not hand on the context, is told so, and nothing is committed.
func TestFaultyComplains(t *testing.T) {
	db, f := faultyMemory(storagetest.Fault{Call: 2, Kind: storagetest.FaultError})
	err := f.Ports().Tx.InTx(t.Context(), func(ctx context.Context) error {
		_, _, first := f.Ports().Log.Claim(ctx, storage.CommandRow{ID: "a"})
		require.Error(t, first)
		_, _, second := f.Ports().Log.Claim(ctx, storage.CommandRow{ID: "b"})
		require.Equal(t, first, second, "a dead unit answers with what has ended it")
		return nil
	})
	require.Error(t, err)
	require.Len(t, f.Complaints(), 1)
	require.False(t, there(t, db))

	_, f = faultyMemory(storagetest.Fault{Call: 2, Kind: storagetest.FaultCancel})
	require.NoError(t, twoClaims(context.WithoutCancel(f.Context(t.Context())), f.Ports()))
	require.Equal(t, []string{"storage.Log.Claim does not have the caller's context"}, f.Complaints())
}
