package sqlite_test

import (
	"context"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/sqlite"
)

// units writes down how units end.
type units struct {
	mu    sync.Mutex
	store string
	ended []storage.UnitEnd
}

func (*units) Call(ctx context.Context, _ storage.Call) (context.Context, func(storage.CallEnd)) {
	return ctx, nil
}

func (u *units) Unit(ctx context.Context, store string) (context.Context, func(storage.UnitEnd)) {
	return ctx, func(e storage.UnitEnd) {
		u.mu.Lock()
		defer u.mu.Unlock()
		u.store, u.ended = store, append(u.ended, e)
	}
}

func TestUnitsAreToldWithTheirRows(t *testing.T) {
	fresh := open(t)
	db, _ := fresh(t)
	seen := &units{}
	ctx := storage.Watch(t.Context(), seen)
	take := func(ctx context.Context) error {
		_, err := db.Take(ctx, time.Now, "E1", "E2")
		return err
	}
	require.NoError(t, db.InTx(ctx, func(ctx context.Context) error {
		return db.InTx(ctx, take) // which joins, and is no unit of its own
	}))
	require.ErrorIs(t, db.InTx(ctx, func(ctx context.Context) error {
		require.NoError(t, take(ctx))
		return storage.ErrConflict
	}), storage.ErrConflict)
	require.Equal(t, "sqlite", seen.store)
	require.Equal(t, []storage.UnitEnd{{Committed: true, Rows: 4}, {}}, seen.ended, "for each of two employees a guard and a number; nothing of what is rolled back")
}

// To wait for the right to write, as long as it may, is no second run of the unit.
func TestWaitingForAnotherProcessIsNoRetry(t *testing.T) {
	path := filepath.Join(t.TempDir(), "busy.db")
	opened := func() *sqlite.DB {
		db, err := sqlite.Open(t.Context(), path, sqlite.Options{Wait: time.Minute})
		require.NoError(t, err)
		t.Cleanup(func() { require.NoError(t, db.Close()) })
		return db
	}
	ours, theirs := opened(), opened()
	seen := &units{}
	began, ended := make(chan bool), make(chan error)
	go func() {
		ended <- theirs.InTx(t.Context(), func(context.Context) error {
			close(began)
			time.Sleep(30 * time.Millisecond)
			return nil
		})
	}()
	<-began
	_, err := ours.First(storage.Watch(t.Context(), seen), "mail", "e1")
	require.NoError(t, err)
	require.NoError(t, <-ended)
	require.Len(t, seen.ended, 1)
	e := seen.ended[0]
	require.True(t, e.Committed)
	require.Empty(t, e.Retries)
}
