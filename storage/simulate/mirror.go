package simulate

import (
	"context"
	"fmt"
	"slices"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/storage"
)

// consumer is the name under which the player takes events.
const consumer = "mirror"

// mirror is what a consumer of the events has made of them: where each employment is. It is kept like a table of the store: what a unit that is
// rolled back wrote is not in it.
type mirror struct {
	states map[hr.EmployeeID]lifecycle.State
	acted  map[string]int  // how often on each event
	line   []storage.Event // sent and not yet acted on: a queue that outlives its worker
	staged []func()        // what the unit that runs has written
}

func newMirror() mirror {
	return mirror{states: map[hr.EmployeeID]lifecycle.State{}, acted: map[string]int{}}
}

// mirroring commits the mirror with the store.
type mirroring struct {
	storage.Transactor
	m *mirror
}

// InTx implements [storage.Transactor].
func (t mirroring) InTx(ctx context.Context, fn func(ctx context.Context) error) error {
	var staged []func()
	err := t.Transactor.InTx(ctx, func(ctx context.Context) error {
		t.m.staged = nil
		err := fn(ctx)
		staged, t.m.staged = t.m.staged, nil
		return err
	})
	if err != nil {
		return err
	}
	for _, write := range staged {
		write()
	}
	return nil
}

// deliver brings the events that wait to the consumer.
func (c *call) deliver() error {
	const atOnce = 200
	how := c.word(0)
	for {
		var line []storage.Event
		sent, err := storage.Deliver(c.ctx, c.db.Outbox, atOnce, func(_ context.Context, e storage.Event) error { line = append(line, e); return nil })
		c.w.book.mirror.line = append(c.w.book.mirror.line, line...)
		if err != nil || sent == 0 && len(c.w.book.mirror.line) == 0 {
			return err
		}
		line = c.w.book.mirror.line
		switch how {
		case "twice":
			line = slices.Concat(line, line)
		case "backwards":
			line = slices.Clone(line)
			slices.Reverse(line)
		}
		for _, e := range line {
			if err := c.consume(e); err != nil {
				return err
			}
		}
		c.w.book.mirror.line = nil
	}
}

// consume asks what is there now about whom an event is about, and writes it down.
func (c *call) consume(e storage.Event) error {
	m := &c.w.book.mirror
	return storage.Consume(c.ctx, c.services.tx, c.db.Inbox, consumer, e, func(ctx context.Context) error {
		m.staged = append(m.staged, func() { m.acted[e.ID]++ })
		if e.Subject == "" {
			return nil
		}
		rows, err := c.db.Employments.Employments(ctx, e.Subject)
		for _, row := range rows {
			m.staged = append(m.staged, func() { m.states[row.ID] = row.State })
		}
		return err
	})
}

// mirrored compares what the consumer made of the events with what is there, once all have arrived.
func mirrored(ctx context.Context, w *World, s Scope) (out []string, err error) {
	m := &w.book.mirror
	if !slices.ContainsFunc(s.done, func(s Step) bool { return s.Verb == "deliver" }) {
		return nil, nil
	}
	for id, times := range m.acted {
		if times != 1 {
			out = append(out, fmt.Sprintf("event %s is acted on %d times", id, times))
		}
	}
	slices.Sort(out)
	waiting, err := w.Store.Pending(ctx, 1)
	if err != nil || len(waiting) > 0 {
		return out, err
	}
	rows, err := w.Store.Employments(ctx, w.employees()...)
	for _, row := range rows {
		if m.states[row.ID] != row.State {
			out = append(out, fmt.Sprintf("%s is %s, and the events lead to %s", row.ID, row.State, m.states[row.ID]))
		}
	}
	return out, err
}
