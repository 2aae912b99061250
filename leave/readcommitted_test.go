package leave_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave"
	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/memory"
)

// readCommitted is the memory store as a database at READ COMMITTED would be: units run at the same time, what one writes shows when it has
// committed, every read sees what others have committed until then, and nothing holds a unit back but the guard rows.
type readCommitted struct {
	*memory.DB
	guard    sync.Mutex // the row of the one employee of the test
	unlocked bool       // the mistake: Take locks nothing
	together *sync.WaitGroup
}

// pending is one unit: what it will write, and whether it holds the guard row.
type pending struct {
	writes []func(context.Context) error
	holds  bool
	took   hr.Seq
}

type pendingKey struct{}

func (c *readCommitted) InTx(ctx context.Context, fn func(context.Context) error) error {
	if ctx.Value(pendingKey{}) != nil {
		return fn(ctx)
	}
	p := &pending{}
	defer func() {
		if p.holds {
			c.guard.Unlock()
		}
	}()
	if err := fn(context.WithValue(ctx, pendingKey{}, p)); err != nil {
		return err
	}
	if c.together != nil { // with the mistake, all have read before the first commits
		c.together.Done()
		c.together.Wait()
	}
	return c.DB.InTx(context.Background(), func(ctx context.Context) error {
		for _, w := range p.writes {
			if err := w(ctx); err != nil {
				return err
			}
		}
		return nil
	})
}

func later(ctx context.Context, w func(context.Context) error) error {
	p := ctx.Value(pendingKey{}).(*pending)
	p.writes = append(p.writes, w)
	return nil
}

func (c *readCommitted) Claim(ctx context.Context, row storage.CommandRow) (storage.CommandRow, bool, error) {
	return storage.CommandRow{}, true, later(ctx, func(ctx context.Context) error {
		_, _, err := c.DB.Claim(ctx, row)
		return err
	})
}

func (c *readCommitted) Finish(ctx context.Context, id hr.CommandID, result []byte) error {
	return later(ctx, func(ctx context.Context) error { return c.DB.Finish(ctx, id, result) })
}

func (c *readCommitted) Append(ctx context.Context, a storage.Audit, ev ...storage.Event) error {
	if ctx.Value(pendingKey{}) == nil {
		return c.DB.Append(ctx, a, ev...)
	}
	return later(ctx, func(ctx context.Context) error { return c.DB.Append(ctx, a, ev...) })
}

func (c *readCommitted) Take(ctx context.Context, clock func() time.Time, ids ...hr.EmployeeID) ([]storage.Taken, error) {
	p := ctx.Value(pendingKey{}).(*pending)
	if !p.holds && !c.unlocked {
		c.guard.Lock()
		p.holds = true
	}
	heads, err := c.DB.Heads(context.Background(), ids...)
	if err != nil {
		return nil, err
	}
	p.took++
	heads[0].Known.Own += p.took
	return []storage.Taken{{Pin: heads[0], Recorded: clock()}}, later(ctx, func(ctx context.Context) error {
		_, err := c.DB.Take(ctx, clock, ids...)
		return err
	})
}

func (c *readCommitted) PutRequest(ctx context.Context, r leave.Request) error {
	return later(ctx, func(ctx context.Context) error { return c.DB.PutRequest(ctx, r) })
}

func (c *readCommitted) AppendMovements(ctx context.Context, emp hr.EmployeeID, entries ...leave.Entry) error {
	return later(ctx, func(ctx context.Context) error { return c.DB.AppendMovements(ctx, emp, entries...) })
}

func (c *readCommitted) AppendAway(ctx context.Context, emp hr.EmployeeID, entries ...leave.AwayEntry) error {
	return later(ctx, func(ctx context.Context) error { return c.DB.AppendAway(ctx, emp, entries...) })
}

// One day is left and eight requests for it are approved at the same time, each by a unit that sees only what others have committed. With
// the guard row exactly one gets the day. Without it, which shows that the test can fail, every one does.
func TestTwoWritersAtReadCommittedCannotOverspend(t *testing.T) {
	const writers = 8
	spend := func(unlocked bool) (won int, left string) {
		h := open(t)
		h.grant(t, "casual", "1", "2026-01-05..")
		var ids []leave.RequestID
		for i := range writers {
			day := hr.MustDate("2026-11-02").Add(7 * (i / 4)).Add(i % 4)
			ids = append(ids, h.apply(t, leave.Application{Employee: "E1", Type: "casual", Period: hr.Period{From: day, Through: day}}))
		}
		weak := &readCommitted{DB: h.db, unlocked: unlocked}
		s := h.Service
		s.Requests, s.Ledger, s.Absent = weak, weak, weak
		s.Kit.Tx, s.Kit.Log, s.Kit.Know, s.Kit.Journal = weak, weak, weak, weak
		if unlocked {
			weak.together = &sync.WaitGroup{}
			weak.together.Add(writers)
		}
		errs := make([]error, writers)
		var all sync.WaitGroup
		for i, id := range ids {
			cmd := hr.Command{ID: hr.CommandID(fmt.Sprint("d", i)), Actor: boss, Purpose: "test"}
			all.Go(func() { errs[i] = s.Decide(context.Background(), cmd, id, leave.Decision{Agree: true}) })
		}
		all.Wait()
		for _, err := range errs {
			if err == nil {
				won++
				continue
			}
			require.Equal(t, []hr.Rule{leave.RuleRequestShort}, rulesOf(err))
		}
		pages, err := h.db.MovementsOf(context.Background(), []hr.Pin{{Employee: "E1"}})
		require.NoError(t, err)
		sum := dec("0")
		for _, e := range pages[0] {
			sum = sum.Add(e.Value.Quantity)
		}
		return won, sum.String()
	}
	won, left := spend(false)
	require.Equal(t, 1, won)
	require.Equal(t, "0", left)
	won, left = spend(true)
	require.Equal(t, writers, won, "without the guard row all of them spend it")
	require.Equal(t, "-7", left)
}
