package storagetest_test

import (
	"context"
	"errors"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/memory"
	"github.com/musterhr/hr/storage/storagetest"
)

// sound opens a store without a bug, for a double to spoil.
func sound() storagetest.Core {
	db := memory.New()
	return storagetest.Core{Tx: db, Log: db, Know: db, Journal: db, Serial: true, Written: func(ctx context.Context) ([]storage.Audit, []storage.Event, error) {
		audits, err := db.Audits(ctx)
		if err != nil {
			return nil, nil, err
		}
		events, err := db.Events(ctx)
		return audits, events, err
	}}
}

func soundCore(t *testing.T) {
	storagetest.Run(t, func(*testing.T) storagetest.Core { return sound() })
}

// spoiled is the double of the core whose bug spoil makes.
func spoiled(bug string, spoil func(c *storagetest.Core), fails ...string) double {
	return double{bug, fails, func(t *testing.T) {
		storagetest.Run(t, func(*testing.T) storagetest.Core {
			c := sound()
			spoil(&c)
			return c
		})
	}}
}

// A harness that lacks a port is told which, and the other suites go on.
func TestAPortThatIsMissing(t *testing.T) {
	without := func(lose func(c *storagetest.Core)) func(t *testing.T) {
		return func(t *testing.T) {
			storagetest.Run(t, func(*testing.T) storagetest.Core { c := sound(); lose(&c); return c })
		}
	}
	harnesses := map[string]func(t *testing.T){
		"Core.Tx": without(func(c *storagetest.Core) { c.Tx = nil }), "Core.Log": without(func(c *storagetest.Core) { c.Log = nil }),
		"Core.Know": without(func(c *storagetest.Core) { c.Know = nil }), "Core.Journal": without(func(c *storagetest.Core) { c.Journal = nil }),
	}
	if os.Getenv(inside) != "" {
		for port, run := range harnesses {
			t.Run(port, run)
		}
		return
	}
	for port := range harnesses {
		t.Run(port, func(t *testing.T) {
			output, err := again(t, port, nil)
			require.Error(t, err)
			require.Contains(t, output, "this suite needs "+port+", which is nil")
			require.False(t, strings.Contains(output, "panic:"), "a panic ends the other suites too")
		})
	}
}

func TestTx(t *testing.T) {
	proves(
		t, "Tx", soundCore,
		spoiled("commits what failed", func(c *storagetest.Core) {
			inner := c.Tx
			c.Tx = txFunc(func(ctx context.Context, fn func(context.Context) error) (err error) {
				if ended := inner.InTx(ctx, func(ctx context.Context) error { err = fn(ctx); return nil }); ended != nil {
					return ended
				}
				return err
			})
		}, "Tx/rolls back when the function fails and returns its error", "Log/a claim that is rolled back is free again",
			"Knowledge/a number rolled back is not known and numbers go on", "Journal/an entry is undone with its unit"),
		spoiled("commits nothing", func(c *storagetest.Core) {
			inner, undone := c.Tx, errors.New("undone")
			c.Tx = txFunc(func(ctx context.Context, fn func(context.Context) error) error {
				err := inner.InTx(ctx, func(ctx context.Context) error {
					if err := fn(ctx); err != nil {
						return err
					}
					return undone
				})
				if errors.Is(err, undone) {
					return nil
				}
				return err
			})
		}, "Tx/commits when the function returns nil"),
		spoiled("loses the unit after one that failed", func(c *storagetest.Core) {
			inner, undone, failed := c.Tx, errors.New("undone"), false
			c.Tx = txFunc(func(ctx context.Context, fn func(context.Context) error) error {
				lose := failed
				err := inner.InTx(ctx, func(ctx context.Context) error {
					err := fn(ctx)
					if err == nil && lose {
						return undone
					}
					return err
				})
				failed = err != nil
				if errors.Is(err, undone) {
					return nil
				}
				return err
			})
		}, "Tx/units after one that failed are whole"),
		spoiled("a unit does not see the results it wrote", func(c *storagetest.Core) {
			inner := c.Log
			c.Log = logDouble{Log: inner, claim: func(ctx context.Context, row storage.CommandRow) (storage.CommandRow, bool, error) {
				prev, fresh, err := inner.Claim(ctx, row)
				prev.Result = nil
				return prev, fresh, err
			}}
		}, "Tx/a call sees the writes made before it in the same unit"),
		spoiled("swallows a panic", func(c *storagetest.Core) {
			inner := c.Tx
			c.Tx = txFunc(func(ctx context.Context, fn func(context.Context) error) error {
				return inner.InTx(ctx, func(ctx context.Context) error {
					defer func() { _ = recover() }()
					return fn(ctx)
				})
			})
		}, "Tx/rolls back on a panic and passes it on"),
		spoiled("commits after its context ended", func(c *storagetest.Core) {
			inner := c.Tx
			c.Tx = txFunc(func(ctx context.Context, fn func(context.Context) error) error {
				return inner.InTx(context.WithoutCancel(ctx), fn)
			})
		}, "Tx/rolls back when its context ends", "Tx/refuses a context that is done"),
		spoiled("does not join", func(c *storagetest.Core) {
			inner := c.Tx
			c.Tx = txFunc(func(ctx context.Context, fn func(context.Context) error) error {
				ctx, cancel := context.WithTimeout(forgetful{ctx}, time.Second/4)
				defer cancel()
				return inner.InTx(ctx, fn)
			})
		}, "Tx/a call inside another joins it"),
		spoiled("takes every call into the open unit", func(c *storagetest.Core) {
			tx, log := c.Tx, c.Log
			var mu sync.Mutex
			var open context.Context
			become := func(ctx context.Context) (was context.Context) {
				mu.Lock()
				defer mu.Unlock()
				was, open = open, ctx
				return was
			}
			c.Tx = txFunc(func(ctx context.Context, fn func(context.Context) error) error {
				return tx.InTx(ctx, func(ctx context.Context) error {
					was := become(ctx)
					defer become(was)
					return fn(ctx)
				})
			})
			c.Log = logDouble{Log: log, claim: func(ctx context.Context, row storage.CommandRow) (storage.CommandRow, bool, error) {
				mu.Lock()
				if open != nil {
					ctx = open
				}
				mu.Unlock()
				return log.Claim(ctx, row)
			}}
		}, "Tx/a call with the outer context is not part of the unit"),
		spoiled("ends a unit when a record is missing", func(c *storagetest.Core) {
			inner := c.Log
			c.Log = logDouble{Log: inner, finish: func(ctx context.Context, id hr.CommandID, result []byte) error {
				err := inner.Finish(ctx, id, result)
				if err != nil {
					_, _, _ = inner.Claim(cancelled(ctx), storage.CommandRow{ID: "x"}) // kills the unit
				}
				return err
			}}
		}, "Tx/a unit goes on after not found"),
	)
}

func TestLog(t *testing.T) {
	proves(
		t, "Log", soundCore,
		spoiled("claim overwrites", func(c *storagetest.Core) {
			inner, rows := c.Log, map[hr.CommandID]storage.CommandRow{}
			c.Log = logDouble{Log: inner, claim: func(ctx context.Context, row storage.CommandRow) (storage.CommandRow, bool, error) {
				prev, fresh, err := inner.Claim(ctx, row)
				if again, ok := rows[row.ID]; ok && !fresh {
					prev = again
				}
				if !fresh {
					rows[row.ID] = row
				}
				return prev, fresh, err
			}}
		}, "Log/a second claim stores nothing and returns the row that is there"),
		spoiled("a claim outlives its unit", func(c *storagetest.Core) {
			inner, claimed := c.Log, map[hr.CommandID]storage.CommandRow{}
			c.Log = logDouble{Log: inner, claim: func(ctx context.Context, row storage.CommandRow) (storage.CommandRow, bool, error) {
				prev, fresh, err := inner.Claim(ctx, row)
				if had, ok := claimed[row.ID]; ok && fresh {
					return had, false, err
				}
				claimed[row.ID] = row
				return prev, fresh, err
			}}
		}, "Log/a claim that is rolled back is free again"),
		spoiled("claim is always fresh", func(c *storagetest.Core) {
			inner := c.Log
			c.Log = logDouble{Log: inner, claim: func(ctx context.Context, row storage.CommandRow) (storage.CommandRow, bool, error) {
				prev, _, err := inner.Claim(ctx, row)
				return prev, err == nil, err
			}}
		}, "Log/a second claim stores nothing and returns the row that is there", "Log/of sixteen units that claim one id exactly one is fresh",
			"Tx/a call sees the writes made before it in the same unit"),
		spoiled("claim forgets a column", func(c *storagetest.Core) {
			inner := c.Log
			c.Log = logDouble{Log: inner, claim: func(ctx context.Context, row storage.CommandRow) (storage.CommandRow, bool, error) {
				row.Actor = ""
				return inner.Claim(ctx, row)
			}}
		}, "Log/a first claim is fresh and every field comes back"),
		spoiled("ids do not differ in case", func(c *storagetest.Core) {
			inner := c.Log
			c.Log = logDouble{Log: inner, claim: func(ctx context.Context, row storage.CommandRow) (storage.CommandRow, bool, error) {
				row.ID = hr.CommandID(strings.ToLower(string(row.ID)))
				return inner.Claim(ctx, row)
			}}
		}, "Log/texts come back as they went in"),
		spoiled("finish claims", func(c *storagetest.Core) {
			inner := c.Log
			c.Log = logDouble{Log: inner, finish: func(ctx context.Context, id hr.CommandID, result []byte) error {
				if _, _, err := inner.Claim(ctx, storage.CommandRow{ID: id}); err != nil {
					return err
				}
				return inner.Finish(ctx, id, result)
			}}
		}, "Log/finish of an id that was not claimed is not found"),
		spoiled("a null result is no result", func(c *storagetest.Core) {
			inner := c.Log
			c.Log = logDouble{Log: inner, finish: func(ctx context.Context, id hr.CommandID, result []byte) error {
				if string(result) == "null" {
					result = nil
				}
				return inner.Finish(ctx, id, result)
			}}
		}, "Log/finish stores the result"),
		spoiled("the log keeps and gives away its own memory", func(c *storagetest.Core) {
			inner, results := c.Log, map[hr.CommandID][]byte{}
			c.Log = logDouble{
				Log: inner,
				claim: func(ctx context.Context, row storage.CommandRow) (storage.CommandRow, bool, error) {
					prev, fresh, err := inner.Claim(ctx, row)
					prev.Result = results[row.ID]
					return prev, fresh, err
				},
				finish: func(ctx context.Context, id hr.CommandID, result []byte) error {
					results[id] = result
					return inner.Finish(ctx, id, result)
				},
			}
		}, "Log/what a store was given it has copied", "Log/returned values belong to the caller", "Log/a result that is rolled back is not there"),
		spoiled("the log looks before it leaps", func(c *storagetest.Core) {
			c.Tx = txFunc(func(ctx context.Context, fn func(context.Context) error) error { return fn(ctx) })
			c.Log = &racyLog{rows: map[hr.CommandID]storage.CommandRow{}}
		}, "Log/of sixteen units that claim one id exactly one is fresh", "Log/a second unit that claims the same id waits for the first"),
		spoiled("the log does not honour its context", func(c *storagetest.Core) {
			inner := c.Log
			c.Log = logDouble{Log: inner, claim: func(ctx context.Context, row storage.CommandRow) (storage.CommandRow, bool, error) {
				return inner.Claim(context.WithoutCancel(ctx), row)
			}}
		}, "Log/every call honours its context"),
	)
}

func TestKnowledge(t *testing.T) {
	taking := func(bug string, take func(ctx context.Context, inner storage.Knowledge, clock func() time.Time, ids ...hr.EmployeeID) ([]storage.Taken, error), fails ...string) double {
		return spoiled(bug, func(c *storagetest.Core) {
			inner := c.Know
			c.Know = knowDouble{Knowledge: inner, take: func(ctx context.Context, clock func() time.Time, ids ...hr.EmployeeID) ([]storage.Taken, error) {
				return take(ctx, inner, clock, ids...)
			}}
		}, fails...)
	}
	asking := func(bug string, on func(ctx context.Context, inner storage.Knowledge, now time.Time, day hr.Date, zone *time.Location, ids ...hr.EmployeeID) ([]hr.Pin, error), fails ...string) double {
		return spoiled(bug, func(c *storagetest.Core) {
			inner := c.Know
			c.Know = knowDouble{Knowledge: inner, on: func(ctx context.Context, now time.Time, day hr.Date, zone *time.Location, ids ...hr.EmployeeID) ([]hr.Pin, error) {
				return on(ctx, inner, now, day, zone, ids...)
			}}
		}, fails...)
	}
	proves(
		t, "Knowledge", soundCore,
		spoiled("take opens a unit of its own", func(c *storagetest.Core) {
			inner, tx := c.Know, c.Tx
			c.Know = knowDouble{Knowledge: inner, take: func(ctx context.Context, clock func() time.Time, ids ...hr.EmployeeID) (taken []storage.Taken, err error) {
				err = tx.InTx(ctx, func(ctx context.Context) error { taken, err = inner.Take(ctx, clock, ids...); return err })
				return taken, err
			}}
		}, "Knowledge/take is refused outside a unit"),
		taking("everyone is numbered as an employee", func(ctx context.Context, inner storage.Knowledge, clock func() time.Time, ids ...hr.EmployeeID) ([]storage.Taken, error) {
			taken, err := inner.Take(ctx, clock, ids...)
			for i := range taken {
				taken[i].Known = hr.Known{Own: taken[i].Known.Own + taken[i].Known.Rules}
			}
			return taken, err
		}, "Knowledge/an employee is numbered in own and everyone in rules"),
		taking("recorded is an hour ahead", func(ctx context.Context, inner storage.Knowledge, clock func() time.Time, ids ...hr.EmployeeID) ([]storage.Taken, error) {
			taken, err := inner.Take(ctx, clock, ids...)
			for i := range taken {
				taken[i].Recorded = taken[i].Recorded.Add(time.Hour)
			}
			return taken, err
		}, "Knowledge/recorded is the clock"),
		spoiled("take locks no row", func(c *storagetest.Core) {
			var mu sync.Mutex
			heads := map[hr.EmployeeID]hr.Seq{}
			c.Tx = txFunc(func(ctx context.Context, fn func(context.Context) error) error { return fn(ctx) })
			c.Know = knowDouble{Knowledge: c.Know, take: func(_ context.Context, clock func() time.Time, ids ...hr.EmployeeID) (taken []storage.Taken, _ error) {
				for _, id := range ids {
					mu.Lock()
					next := heads[id] + 1
					mu.Unlock()
					time.Sleep(5 * time.Millisecond)
					mu.Lock()
					heads[id] = next
					mu.Unlock()
					taken = append(taken, storage.Taken{Pin: hr.Pin{Employee: id, Known: hr.Known{Own: next}}, Recorded: clock()})
				}
				return taken, nil
			}}
		}, "Knowledge/sixteen writers take distinct rising numbers"),
		spoiled("take locks rows in the order asked", func(c *storagetest.Core) {
			// A unit here locks nothing but the rows it takes, as in a database with row locks.
			rows := map[hr.EmployeeID]chan struct{}{}
			for _, id := range []hr.EmployeeID{"E1", "E2", "E3", hr.Everyone} {
				rows[id] = make(chan struct{}, 1)
			}
			c.Tx = txFunc(func(ctx context.Context, fn func(context.Context) error) error {
				var held []hr.EmployeeID
				defer func() {
					for _, id := range held {
						<-rows[id]
					}
				}()
				return fn(context.WithValue(ctx, heldKey{}, &held))
			})
			c.Know = knowDouble{Knowledge: c.Know, take: func(ctx context.Context, _ func() time.Time, ids ...hr.EmployeeID) ([]storage.Taken, error) {
				held := ctx.Value(heldKey{}).(*[]hr.EmployeeID)
				for _, id := range ids {
					select {
					case rows[id] <- struct{}{}:
						*held = append(*held, id)
						time.Sleep(time.Millisecond)
					case <-ctx.Done():
						return nil, ctx.Err()
					}
				}
				return nil, nil
			}}
		}, "Knowledge/writers that name the same employees in any order do not block each other for ever"),
		spoiled("heads see only what was there when the unit began", func(c *storagetest.Core) {
			tx, know := c.Tx, c.Know
			inUnit := false
			c.Tx = txFunc(func(ctx context.Context, fn func(context.Context) error) error {
				return tx.InTx(ctx, func(ctx context.Context) error {
					inUnit = true
					defer func() { inUnit = false }()
					return fn(ctx)
				})
			})
			c.Know = knowDouble{Knowledge: know, heads: func(ctx context.Context, ids ...hr.EmployeeID) ([]hr.Pin, error) {
				pins, err := know.Heads(ctx, ids...)
				for i := range pins {
					if inUnit {
						pins[i].Known = hr.Known{}
					}
				}
				return pins, err
			}}
		}, "Knowledge/heads see what their own unit has taken"),
		asking("a day leaves out the definitions", func(ctx context.Context, inner storage.Knowledge, now time.Time, day hr.Date, zone *time.Location, ids ...hr.EmployeeID) ([]hr.Pin, error) {
			pins, err := inner.On(ctx, now, day, zone, ids...)
			for i := range pins {
				pins[i].Known.Rules = 0
			}
			return pins, err
		}, "Knowledge/on a day has the number of the definitions too, sorted and each once"),
		taking("take answers in the order asked", func(ctx context.Context, inner storage.Knowledge, clock func() time.Time, ids ...hr.EmployeeID) ([]storage.Taken, error) {
			taken, err := inner.Take(ctx, clock, ids...)
			slices.Reverse(taken)
			return taken, err
		}, "Knowledge/take answers sorted by employee and each once"),
		spoiled("take gives one number a unit", func(c *storagetest.Core) {
			inner, tx := c.Know, c.Tx
			var given map[hr.EmployeeID]storage.Taken
			c.Tx = txFunc(func(ctx context.Context, fn func(context.Context) error) error {
				return tx.InTx(ctx, func(ctx context.Context) error { given = map[hr.EmployeeID]storage.Taken{}; return fn(ctx) })
			})
			c.Know = knowDouble{Knowledge: inner, take: func(ctx context.Context, clock func() time.Time, ids ...hr.EmployeeID) ([]storage.Taken, error) {
				taken, err := inner.Take(ctx, clock, ids...)
				for i, n := range taken {
					if before, ok := given[n.Employee]; ok {
						taken[i] = before
					}
					given[n.Employee] = taken[i]
				}
				return taken, err
			}}
		}, "Knowledge/numbers rise at every call within a unit and between units"),
		spoiled("one sequence for all", func(c *storagetest.Core) {
			inner := c.Know
			c.Know = knowDouble{Knowledge: inner, take: func(ctx context.Context, clock func() time.Time, ids ...hr.EmployeeID) ([]storage.Taken, error) {
				taken, err := inner.Take(ctx, clock, "all")
				if err != nil {
					return nil, err
				}
				var out []storage.Taken
				for _, id := range slices.Compact(slices.Sorted(slices.Values(ids))) {
					n := taken[0]
					n.Employee = id
					out = append(out, n)
				}
				return out, err
			}}
		}, "Knowledge/each sequence is its own"),
		taking("recorded is the bare clock", func(ctx context.Context, inner storage.Knowledge, clock func() time.Time, ids ...hr.EmployeeID) ([]storage.Taken, error) {
			taken, err := inner.Take(ctx, clock, ids...)
			for i := range taken {
				taken[i].Recorded = clock()
			}
			return taken, err
		}, "Knowledge/recorded is later than before also when the clock stands still", "Knowledge/recorded is later than before also when the clock goes back"),
		taking("recorded moves by less than a database keeps", func() func(ctx context.Context, inner storage.Knowledge, clock func() time.Time, ids ...hr.EmployeeID) ([]storage.Taken, error) {
			last := map[hr.EmployeeID]time.Time{}
			return func(ctx context.Context, inner storage.Knowledge, clock func() time.Time, ids ...hr.EmployeeID) ([]storage.Taken, error) {
				taken, err := inner.Take(ctx, clock, ids...)
				for i, n := range taken {
					taken[i].Recorded = clock()
					if before := last[n.Employee]; !taken[i].Recorded.After(before) {
						taken[i].Recorded = before.Add(time.Nanosecond)
					}
					last[n.Employee] = taken[i].Recorded
				}
				return taken, err
			}
		}(), "Knowledge/recorded is later than before also when the clock stands still"),
		spoiled("the clock is read before the row is held", func(c *storagetest.Core) {
			// A unit here locks nothing until it takes a number, as in a database with row locks.
			tx, know := c.Tx, c.Know
			row := make(chan struct{}, 1)
			c.Tx = txFunc(func(ctx context.Context, fn func(context.Context) error) error {
				held := false
				defer func() {
					if held {
						<-row
					}
				}()
				return fn(context.WithValue(ctx, heldKey{}, &held))
			})
			c.Know = knowDouble{Knowledge: know, take: func(ctx context.Context, clock func() time.Time, ids ...hr.EmployeeID) (taken []storage.Taken, err error) {
				at := clock()
				if held, ok := ctx.Value(heldKey{}).(*bool); ok && !*held {
					row <- struct{}{}
					*held = true
				}
				err = tx.InTx(ctx, func(ctx context.Context) error {
					taken, err = know.Take(ctx, func() time.Time { return at }, ids...)
					return err
				})
				return taken, err
			}}
		}, "Knowledge/the clock is read after the row is held"),
		spoiled("heads see what is not committed", func(c *storagetest.Core) {
			inner := c.Know
			var mu sync.Mutex
			newest := map[hr.EmployeeID]hr.Pin{}
			c.Know = knowDouble{
				Knowledge: inner,
				take: func(ctx context.Context, clock func() time.Time, ids ...hr.EmployeeID) ([]storage.Taken, error) {
					taken, err := inner.Take(ctx, clock, ids...)
					mu.Lock()
					defer mu.Unlock()
					for _, n := range taken {
						newest[n.Employee] = n.Pin
					}
					return taken, err
				},
				heads: func(_ context.Context, ids ...hr.EmployeeID) (pins []hr.Pin, err error) {
					mu.Lock()
					defer mu.Unlock()
					for _, id := range slices.Compact(slices.Sorted(slices.Values(ids))) {
						pin := newest[id]
						pin.Employee, pin.Known.Rules = id, newest[hr.Everyone].Known.Rules
						pins = append(pins, pin)
					}
					return pins, nil
				},
			}
		}, "Knowledge/heads do not see what another unit has not committed", "Knowledge/a number rolled back is not known and numbers go on",
			"Tx/a call with the outer context is not part of the unit"),
		spoiled("heads wait for a lock", func(c *storagetest.Core) { c.Serial = false }, "Knowledge/heads take no lock",
			"Knowledge/heads do not see what another unit has not committed"),
		spoiled("heads leave out the definitions", func(c *storagetest.Core) {
			inner := c.Know
			c.Know = knowDouble{Knowledge: inner, heads: func(ctx context.Context, ids ...hr.EmployeeID) ([]hr.Pin, error) {
				pins, err := inner.Heads(ctx, ids...)
				for i := range pins {
					if pins[i].Employee != hr.Everyone {
						pins[i].Known.Rules = 0
					}
				}
				return pins, err
			}}
		}, "Knowledge/heads are the newest numbers with those of the definitions"),
		asking("a day takes in the first moment of the next", func(ctx context.Context, inner storage.Knowledge, now time.Time, day hr.Date, zone *time.Location, ids ...hr.EmployeeID) ([]hr.Pin, error) {
			_, offset := now.In(zone).Zone()
			return inner.On(ctx, now, day, time.FixedZone("one microsecond west would need a fraction", offset-1), ids...)
		}, "Knowledge/on a day returns the last number before it ended in its zone"),
		asking("a day ends in UTC", func(ctx context.Context, inner storage.Knowledge, now time.Time, day hr.Date, _ *time.Location, ids ...hr.EmployeeID) ([]hr.Pin, error) {
			return inner.On(ctx, now, day, time.UTC, ids...)
		}, "Knowledge/on a day returns the last number before it ended in its zone"),
		asking("no day is too early", func(ctx context.Context, inner storage.Knowledge, _ time.Time, day hr.Date, zone *time.Location, ids ...hr.EmployeeID) ([]hr.Pin, error) {
			return inner.On(ctx, day.Add(9).At(hr.TimeOfDay{}, zone), day, zone, ids...)
		}, "Knowledge/on a day that is not over is too early"),
		asking("history is kept and not declared missing", func(context.Context, storage.Knowledge, time.Time, hr.Date, *time.Location, ...hr.EmployeeID) ([]hr.Pin, error) {
			return nil, storage.ErrNoHistory
		}, "Knowledge/on a day returns the last number before it ended in its zone"),
		spoiled("a day does not wait for writers", func(c *storagetest.Core) {
			inner := c.Know
			c.Know = knowDouble{Knowledge: inner, on: func(_ context.Context, _ time.Time, _ hr.Date, _ *time.Location, ids ...hr.EmployeeID) (pins []hr.Pin, err error) {
				for _, id := range ids {
					pins = append(pins, hr.Pin{Employee: id})
				}
				return pins, nil
			}}
		}, "Knowledge/on a day waits for writers in flight"),
	)
}

func TestJournal(t *testing.T) {
	journal := func(bug string, appends func(ctx context.Context, inner storage.Journal, a storage.Audit, ev ...storage.Event) error, fails ...string) double {
		return spoiled(bug, func(c *storagetest.Core) {
			inner := c.Journal
			c.Journal = journalFunc(func(ctx context.Context, a storage.Audit, ev ...storage.Event) error {
				return appends(ctx, inner, a, ev...)
			})
		}, fails...)
	}
	proves(
		t, "Journal", soundCore,
		journal("events lose their order", func(ctx context.Context, inner storage.Journal, a storage.Audit, ev ...storage.Event) error {
			slices.Reverse(ev)
			return inner.Append(ctx, a, ev...)
		}, "Journal/audit and events keep their order and every field"),
		journal("audit forgets a column", func(ctx context.Context, inner storage.Journal, a storage.Audit, ev ...storage.Event) error {
			a.Via = nil
			return inner.Append(ctx, a, ev...)
		}, "Journal/audit and events keep their order and every field"),
		spoiled("audit is unique by command", func(c *storagetest.Core) {
			inner, seen := c.Journal, map[hr.CommandID]bool{}
			c.Journal = journalFunc(func(ctx context.Context, a storage.Audit, ev ...storage.Event) error {
				if seen[a.Command] {
					return storage.ErrConflict
				}
				seen[a.Command] = true
				return inner.Append(ctx, a, ev...)
			})
		}, "Journal/a refusal has no events and may come twice for one command"),
		spoiled("the journal is not part of the unit and keeps what it was given", func(c *storagetest.Core) {
			var audits []storage.Audit
			var events []storage.Event
			c.Journal = journalFunc(func(_ context.Context, a storage.Audit, ev ...storage.Event) error {
				audits, events = append(audits, a), append(events, ev...)
				return nil
			})
			c.Written = func(context.Context) ([]storage.Audit, []storage.Event, error) { return audits, events, nil }
		}, "Journal/an entry is undone with its unit", "Journal/what a store was given it has copied", "Journal/every call honours its context"),
	)
}

type txFunc func(ctx context.Context, fn func(context.Context) error) error

func (f txFunc) InTx(ctx context.Context, fn func(context.Context) error) error { return f(ctx, fn) }

type journalFunc func(ctx context.Context, a storage.Audit, ev ...storage.Event) error

func (f journalFunc) Append(ctx context.Context, a storage.Audit, ev ...storage.Event) error {
	return f(ctx, a, ev...)
}

type heldKey struct{}

// racyLog looks whether an id is free and writes later, in no unit.
type racyLog struct {
	mu   sync.Mutex
	rows map[hr.CommandID]storage.CommandRow
}

func (l *racyLog) Claim(_ context.Context, row storage.CommandRow) (storage.CommandRow, bool, error) {
	l.mu.Lock()
	prev, taken := l.rows[row.ID]
	l.mu.Unlock()
	if taken {
		return prev, false, nil
	}
	time.Sleep(5 * time.Millisecond)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.rows[row.ID] = row
	return storage.CommandRow{}, true, nil
}

func (l *racyLog) Finish(_ context.Context, id hr.CommandID, result []byte) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	row, ok := l.rows[id]
	if !ok {
		return storage.ErrNotFound
	}
	row.Result = slices.Clone(result)
	l.rows[id] = row
	return nil
}

// forgetful is a context that has lost its values, and with them the unit.
type forgetful struct{ context.Context }

func (forgetful) Value(any) any { return nil }

func cancelled(ctx context.Context) context.Context {
	ctx, cancel := context.WithCancel(ctx)
	cancel()
	return ctx
}

type logDouble struct {
	storage.Log
	claim  func(ctx context.Context, row storage.CommandRow) (storage.CommandRow, bool, error)
	finish func(ctx context.Context, id hr.CommandID, result []byte) error
}

func (l logDouble) Claim(ctx context.Context, row storage.CommandRow) (storage.CommandRow, bool, error) {
	if l.claim == nil {
		return l.Log.Claim(ctx, row)
	}
	return l.claim(ctx, row)
}

func (l logDouble) Finish(ctx context.Context, id hr.CommandID, result []byte) error {
	if l.finish == nil {
		return l.Log.Finish(ctx, id, result)
	}
	return l.finish(ctx, id, result)
}

type knowDouble struct {
	storage.Knowledge
	take  func(ctx context.Context, clock func() time.Time, ids ...hr.EmployeeID) ([]storage.Taken, error)
	heads func(ctx context.Context, ids ...hr.EmployeeID) ([]hr.Pin, error)
	on    func(ctx context.Context, now time.Time, day hr.Date, zone *time.Location, ids ...hr.EmployeeID) ([]hr.Pin, error)
}

func (k knowDouble) Take(ctx context.Context, clock func() time.Time, ids ...hr.EmployeeID) ([]storage.Taken, error) {
	if k.take == nil {
		return k.Knowledge.Take(ctx, clock, ids...)
	}
	return k.take(ctx, clock, ids...)
}

func (k knowDouble) Heads(ctx context.Context, ids ...hr.EmployeeID) ([]hr.Pin, error) {
	if k.heads == nil {
		return k.Knowledge.Heads(ctx, ids...)
	}
	return k.heads(ctx, ids...)
}

func (k knowDouble) On(ctx context.Context, now time.Time, day hr.Date, zone *time.Location, ids ...hr.EmployeeID) ([]hr.Pin, error) {
	if k.on == nil {
		return k.Knowledge.On(ctx, now, day, zone, ids...)
	}
	return k.on(ctx, now, day, zone, ids...)
}
