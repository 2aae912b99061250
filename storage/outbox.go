package storage

import (
	"context"
	"errors"
	"fmt"
)

// Deliver sends up to limit pending events, and takes each off the list once send has returned nil: so each arrives at least once, and
// again where this program, or the line, fails in between. An event that cannot be sent holds up those behind it in its stream, and no
// others. It returns how many were sent, and what went wrong.
func Deliver(ctx context.Context, o Outbox, limit int, send func(ctx context.Context, e Event) error) (sent int, err error) {
	pending, err := o.Pending(ctx, limit)
	if err != nil {
		return 0, err
	}
	var faults []error
	stuck := map[string]bool{}
	for _, e := range pending {
		if stuck[e.Stream] {
			continue
		}
		if err := ctx.Err(); err != nil {
			faults = append(faults, err)
			break
		}
		err := send(ctx, e)
		if err == nil {
			err = o.Delivered(ctx, e.ID)
		}
		if err != nil {
			stuck[e.Stream] = true
			faults = append(faults, fmt.Errorf("event %s: %w", e.ID, err))
			continue
		}
		sent++
	}
	return sent, errors.Join(faults...)
}

// Consume acts on an event in a unit of work, once for each consumer however often the event arrives. What fn does in the stores is
// committed with the memory of it, so a failure leaves both undone and the event is acted on when it comes again.
func Consume(ctx context.Context, tx Transactor, in Inbox, consumer string, e Event, fn func(ctx context.Context) error) error {
	return tx.InTx(ctx, func(ctx context.Context) error {
		first, err := in.First(ctx, consumer, e.ID)
		if err != nil || !first {
			return err
		}
		return fn(ctx)
	})
}
