package memory_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/memory"
)

// The suites prove the contract; these tests are about what this store does beyond it.

var errBroken = errors.New("broken")

func claim(ctx context.Context, db *memory.DB, id hr.CommandID) (fresh bool, err error) {
	_, fresh, err = db.Claim(ctx, storage.CommandRow{ID: id})
	return fresh, err
}

func TestAfterAnErrorTheUnitIsDead(t *testing.T) {
	db := memory.New()
	err := db.InTx(t.Context(), func(ctx context.Context) error {
		_, err := claim(ctx, db, "a")
		require.NoError(t, err)
		require.ErrorIs(t, db.InTx(ctx, func(context.Context) error { return errBroken }), errBroken)
		_, err = claim(ctx, db, "b")
		require.ErrorIs(t, err, errBroken, "every later call says why")
		require.ErrorIs(t, db.InTx(ctx, func(context.Context) error { t.Error("ran in a dead unit"); return nil }), errBroken)
		return nil // who swallows the error commits nothing all the same
	})
	require.ErrorIs(t, err, errBroken)
	fresh, err := claim(t.Context(), db, "a")
	require.NoError(t, err)
	require.True(t, fresh)
}

func TestNotFoundOfAnInnerUnitDoesNotEndTheOuter(t *testing.T) {
	db := memory.New()
	require.NoError(t, db.InTx(t.Context(), func(ctx context.Context) error {
		require.ErrorIs(t, db.InTx(ctx, func(ctx context.Context) error { return db.Finish(ctx, "a", nil) }), storage.ErrNotFound)
		_, err := claim(ctx, db, "a")
		return err
	}))
}

func TestACallOutsideTheUnitWaitsForItsDeadline(t *testing.T) {
	db := memory.New()
	require.NoError(t, db.InTx(t.Context(), func(context.Context) error {
		short, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
		defer cancel()
		_, err := claim(short, db, "a") // the mistake: not the unit's context
		require.ErrorIs(t, err, context.DeadlineExceeded)
		return nil
	}))
	other := memory.New()
	require.NoError(t, db.InTx(t.Context(), func(ctx context.Context) error {
		_, err := claim(ctx, other, "a") // the context of one store is no unit of another
		require.NoError(t, err)
		return nil
	}))
}

func TestAPanicLeavesTheStoreWorking(t *testing.T) {
	db := memory.New()
	require.PanicsWithValue(t, "boom", func() {
		_ = db.InTx(t.Context(), func(ctx context.Context) error {
			return db.InTx(ctx, func(ctx context.Context) error { _, _ = claim(ctx, db, "a"); panic("boom") })
		})
	})
	fresh, err := claim(t.Context(), db, "a")
	require.NoError(t, err)
	require.True(t, fresh)
}

func TestKitIsComplete(t *testing.T) {
	k := memory.New().Kit(hr.AllowAll, nil)
	require.NoError(t, k.Validate())
	require.False(t, k.Clock().IsZero())
	require.True(t, k.Authorize.Decide(hr.Ask{}).Allow)
	require.False(t, memory.New().Kit(nil, nil).Authorize.Decide(hr.Ask{}).Allow)
}
