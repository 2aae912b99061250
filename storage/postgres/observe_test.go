package postgres_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/postgres"
)

// units writes down how units end.
type units struct {
	mu    sync.Mutex
	ended []storage.UnitEnd
}

func (*units) Call(ctx context.Context, _ storage.Call) (context.Context, func(storage.CallEnd)) {
	return ctx, nil
}

func (u *units) Unit(ctx context.Context, store string) (context.Context, func(storage.UnitEnd)) {
	return ctx, func(e storage.UnitEnd) {
		u.mu.Lock()
		defer u.mu.Unlock()
		u.ended = append(u.ended, e)
	}
}

func (u *units) retries() (all []storage.RetryReason) {
	for _, e := range u.ended {
		all = append(all, e.Retries...)
	}
	return all
}

// Two units that read before either writes: at REPEATABLE READ the second must run again, and says why.
func TestRetriesBecauseOfSerializationAreTold(t *testing.T) {
	db := opened(t, postgres.Options{Isolation: pgx.RepeatableRead})
	require.NoError(t, db.InTx(t.Context(), func(ctx context.Context) error { return take(ctx, db, "E1") }))
	seen := &units{}
	tries := 0
	err := db.InTx(storage.Watch(t.Context(), seen), func(ctx context.Context) error {
		if _, err := db.Heads(ctx, "E1"); err != nil {
			return err
		}
		if tries++; tries == 1 {
			if err := db.InTx(t.Context(), func(ctx context.Context) error { return take(ctx, db, "E1") }); err != nil {
				return err
			}
		}
		return take(ctx, db, "E1")
	})
	require.NoError(t, err)
	require.Equal(t, []storage.UnitEnd{{Committed: true, Rows: 2, Retries: []storage.RetryReason{storage.RetrySerialization}}}, seen.ended)
}

// Two units that take two guard rows in opposite order, in two calls: one of them runs again.
func TestRetriesBecauseOfDeadlocksAreTold(t *testing.T) {
	db := opened(t)
	seen := &units{}
	ctx := storage.Watch(t.Context(), seen)
	var both sync.WaitGroup
	both.Add(2)
	meet := func() func() { // both hold their first row before either asks for its second, the first time that each runs
		return sync.OnceFunc(func() { both.Done(); both.Wait() })
	}
	ended := make(chan error, 2)
	for _, order := range [][]string{{"E1", "E2"}, {"E2", "E1"}} {
		meet := meet()
		go func() {
			ended <- db.InTx(ctx, func(ctx context.Context) error {
				if err := take(ctx, db, order[0]); err != nil {
					return err
				}
				meet()
				return take(ctx, db, order[1])
			})
		}()
	}
	require.NoError(t, errors.Join(<-ended, <-ended))
	require.Len(t, seen.ended, 2)
	require.Contains(t, seen.retries(), storage.RetryDeadlock)
}

func take(ctx context.Context, db *postgres.DB, id string) error {
	_, err := db.Take(ctx, time.Now, hr.EmployeeID(id))
	return err
}
