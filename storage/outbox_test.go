package storage_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/memory"
)

// A line that fails now and then delivers every event, each stream in its order, and a consumer acts once on each.
func TestEventsArrive(t *testing.T) {
	db := memory.New()
	ctx := t.Context()
	for n := range 6 {
		e := storage.Event{ID: fmt.Sprint("e", n), Stream: fmt.Sprint("s", n%2), Kind: "test", At: now}
		require.NoError(t, db.Append(ctx, storage.Audit{Verb: "test.Write", At: now}, e))
	}
	broken := errors.New("the line is down")
	tries := map[string]int{}
	acted := map[string][]string{}
	send := func(ctx context.Context, e storage.Event) error {
		if tries[e.ID]++; tries[e.ID] == 1 && (e.ID == "e0" || e.ID == "e3") {
			return broken
		}
		err := storage.Consume(ctx, db, db, "mail", e, func(context.Context) error {
			acted[e.Stream] = append(acted[e.Stream], e.ID)
			return nil
		})
		if tries[e.ID] == 1 && e.ID == "e1" { // it arrived, and the answer was lost
			return broken
		}
		return err
	}
	sent, err := storage.Deliver(ctx, db, 100, send)
	require.ErrorIs(t, err, broken)
	require.Zero(t, sent, "e0 holds up its stream, and e1 the other")
	require.Equal(t, map[string][]string{"s1": {"e1"}}, acted)
	sent, err = storage.Deliver(ctx, db, 100, send)
	require.ErrorIs(t, err, broken)
	require.Equal(t, 4, sent, "e0, e2 and e4 of one stream, e1 of the other")
	sent, err = storage.Deliver(ctx, db, 100, send)
	require.NoError(t, err)
	require.Equal(t, 2, sent)
	require.Equal(t, map[string][]string{"s0": {"e0", "e2", "e4"}, "s1": {"e1", "e3", "e5"}}, acted)
	sent, err = storage.Deliver(ctx, db, 100, send)
	require.NoError(t, err)
	require.Zero(t, sent)
}

// What a consumer could not do is undone with the memory of it, and done when the event comes again.
func TestConsumeFailsAsAWhole(t *testing.T) {
	db := memory.New()
	e := storage.Event{ID: "e1"}
	broken := errors.New("no")
	require.ErrorIs(t, storage.Consume(t.Context(), db, db, "mail", e, func(context.Context) error { return broken }), broken)
	ran := 0
	for range 2 {
		require.NoError(t, storage.Consume(t.Context(), db, db, "mail", e, func(context.Context) error { ran++; return nil }))
	}
	require.Equal(t, 1, ran)
}
