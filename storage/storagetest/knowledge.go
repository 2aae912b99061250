package storagetest

import (
	"context"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// noon is a moment on which no zone of the suites changes the day.
var noon = time.Date(2026, 10, 31, 12, 0, 0, 0, time.UTC)

func clockAt(at time.Time) func() time.Time { return func() time.Time { return at } }

// Knowledge proves [storage.Knowledge].
func Knowledge(t *testing.T, open func(t *testing.T) Core) {
	run := suite(t, open, "Tx", "Know")

	run("take is refused outside a unit", func(t *testing.T, ctx context.Context, c Core) {
		_, err := c.Know.Take(ctx, clockAt(noon), "E1")
		must(t, err != nil, "Take went through outside a unit")
		Equal(t, []hr.Pin{{Employee: "E1"}}, heads(t, ctx, c, "E1"))
	})
	run("take answers sorted by employee and each once", func(t *testing.T, ctx context.Context, c Core) {
		taken := take(t, ctx, c, clockAt(noon), "E3", "E1", hr.Everyone, "E3", "E2", "E1")
		Equal(t, []hr.EmployeeID{hr.Everyone, "E1", "E2", "E3"}, employees(taken))
		must(t, len(take(t, ctx, c, clockAt(noon))) == 0, "no ids must be no numbers")
	})
	run("an employee is numbered in own and everyone in rules", func(t *testing.T, ctx context.Context, c Core) {
		taken := take(t, ctx, c, clockAt(noon), hr.Everyone, "E1")
		must(t, taken[0].Known.Rules > 0 && taken[0].Known.Own == 0, "Everyone is numbered in Known.Rules alone")
		must(t, taken[1].Known.Own > 0, "an employee is numbered in Known.Own")
	})
	run("numbers rise at every call within a unit and between units", func(t *testing.T, ctx context.Context, c Core) {
		var all []storage.Taken
		for range 3 {
			ok(t, c.Tx.InTx(ctx, func(ctx context.Context) error {
				for range 3 {
					taken, err := c.Know.Take(ctx, clockAt(noon), "E1", hr.Everyone)
					ok(t, err)
					all = append(all, taken...)
				}
				return nil
			}))
		}
		rising(t, all)
	})
	run("each sequence is its own", func(t *testing.T, ctx context.Context, c Core) {
		for range 3 {
			take(t, ctx, c, clockAt(noon), "E1")
		}
		Equal(t, []hr.Pin{{Employee: hr.Everyone}, {Employee: "E2"}}, heads(t, ctx, c, "E2", hr.Everyone))
		two, other := take(t, ctx, c, clockAt(noon), "E2"), take(t, ctx, c, clockAt(noon), "E3")
		must(t, two[0].Known.Own == other[0].Known.Own, "the first numbers of two employees differ: %d and %d", two[0].Known.Own, other[0].Known.Own)
	})
	run("recorded is the clock", func(t *testing.T, ctx context.Context, c Core) {
		taken := take(t, ctx, c, clockAt(noon.Add(3*time.Microsecond)), "E1")
		must(t, taken[0].Recorded.Equal(noon.Add(3*time.Microsecond)), "recorded %s", taken[0].Recorded)
		taken = take(t, ctx, c, clockAt(noon.Add(time.Hour)), "E1")
		must(t, taken[0].Recorded.Equal(noon.Add(time.Hour)), "recorded %s", taken[0].Recorded)
	})
	run("recorded is later than before also when the clock stands still", func(t *testing.T, ctx context.Context, c Core) {
		var all []storage.Taken
		for range 3 {
			ok(t, c.Tx.InTx(ctx, func(ctx context.Context) error {
				for range 2 {
					taken, err := c.Know.Take(ctx, clockAt(noon), "E1", "E2")
					ok(t, err)
					all = append(all, taken...)
				}
				return nil
			}))
		}
		rising(t, all)
	})
	run("recorded is later than before also when the clock goes back", func(t *testing.T, ctx context.Context, c Core) {
		var all []storage.Taken
		for i := range 4 {
			all = append(all, take(t, ctx, c, clockAt(noon.Add(-time.Duration(i)*24*time.Hour)), "E1")...)
		}
		rising(t, all)
	})
	run("the clock is read after the row is held", func(t *testing.T, ctx context.Context, c Core) {
		var ended atomic.Bool
		behind(t, ctx, c, func(ctx context.Context) error {
			_, err := c.Know.Take(ctx, clockAt(noon), "E1")
			time.AfterFunc(pause/2, func() { ended.Store(true) }) // the first unit is open for longer
			return err
		}, nil, func(ctx context.Context) error {
			_, err := c.Know.Take(ctx, func() time.Time {
				if !ended.Load() {
					t.Errorf("the clock was read while another unit held the row")
				}
				return noon
			}, "E1")
			return err
		})
	})
	run("a number rolled back is not known and numbers go on", func(t *testing.T, ctx context.Context, c Core) {
		first := take(t, ctx, c, clockAt(noon), "E1")
		is(t, c.Tx.InTx(ctx, func(ctx context.Context) error {
			_, err := c.Know.Take(ctx, clockAt(noon), "E1", "E2", hr.Everyone)
			ok(t, err)
			return errStop
		}), errStop)
		Equal(t, []hr.Pin{first[0].Pin, {Employee: "E2"}}, heads(t, ctx, c, "E1", "E2"))
		rising(t, append(first, take(t, ctx, c, clockAt(noon), "E1")...))
	})
	run("heads are the newest numbers with those of the definitions", func(t *testing.T, ctx context.Context, c Core) {
		Equal(t, []hr.Pin{{Employee: hr.Everyone}, {Employee: "E1"}, {Employee: "E2"}}, heads(t, ctx, c, "E2", hr.Everyone, "E1", "E2"))
		take(t, ctx, c, clockAt(noon), "E1", hr.Everyone)
		taken := take(t, ctx, c, clockAt(noon), "E1", hr.Everyone)
		rules, own := taken[0].Known.Rules, taken[1].Known.Own
		Equal(t, []hr.Pin{
			{Employee: hr.Everyone, Known: hr.Known{Rules: rules}},
			{Employee: "E1", Known: hr.Known{Own: own, Rules: rules}},
			{Employee: "E2", Known: hr.Known{Rules: rules}},
		}, heads(t, ctx, c, "E2", hr.Everyone, "E1", "E2"))
		must(t, len(heads(t, ctx, c)) == 0, "no ids must be no heads")
	})
	run("heads see what their own unit has taken", func(t *testing.T, ctx context.Context, c Core) {
		ok(t, c.Tx.InTx(ctx, func(ctx context.Context) error {
			taken, err := c.Know.Take(ctx, clockAt(noon), "E1")
			ok(t, err)
			Equal(t, []hr.Pin{taken[0].Pin}, heads(t, ctx, c, "E1"))
			return nil
		}))
	})
	run("heads do not see what another unit has not committed", func(t *testing.T, ctx context.Context, c Core) {
		short, cancel := context.WithTimeout(ctx, 3*pause)
		defer cancel()
		ok(t, c.Tx.InTx(ctx, func(ctx context.Context) error {
			_, err := c.Know.Take(ctx, clockAt(noon), "E1")
			ok(t, err)
			var pins []hr.Pin
			err = answers(t, func() (err error) { pins, err = c.Know.Heads(short, "E1"); return err })
			if err != nil && c.Serial {
				return nil // it waited for this unit, which is right there
			}
			ok(t, err)
			Equal(t, []hr.Pin{{Employee: "E1"}}, pins)
			return nil
		}))
		must(t, heads(t, ctx, c, "E1")[0].Known.Own > 0, "a committed number is not seen")
	})
	run("heads take no lock", func(t *testing.T, ctx context.Context, c Core) {
		if c.Serial {
			t.Log("not offered: by Core.Serial units run one after the other, so there is no second unit to see the lock")
			return
		}
		ok(t, c.Tx.InTx(ctx, func(inner context.Context) error {
			heads(t, inner, c, "E1", hr.Everyone)
			short, cancel := context.WithTimeout(ctx, 20*pause)
			defer cancel()
			take(t, short, c, clockAt(noon), "E1", hr.Everyone)
			return nil
		}))
	})
	run("sixteen writers take distinct rising numbers", func(t *testing.T, ctx context.Context, c Core) {
		all := make([][]storage.Taken, 16)
		writers(t, func(i int) error {
			return c.Tx.InTx(ctx, func(ctx context.Context) (err error) {
				all[i], err = c.Know.Take(ctx, clockAt(noon), "E1")
				return err
			})
		}, nil)
		taken := slices.Concat(all...)
		slices.SortFunc(taken, func(a, b storage.Taken) int { return int(a.Known.Own - b.Known.Own) })
		rising(t, taken)
		must(t, len(taken) == 16, "%d numbers for 16 writers", len(taken))
		Equal(t, taken[15].Pin, heads(t, ctx, c, "E1")[0])
	})
	run("writers that name the same employees in any order do not block each other for ever", func(t *testing.T, ctx context.Context, c Core) {
		writers(t, func(i int) error {
			ids := []hr.EmployeeID{"E1", "E2", "E3", hr.Everyone}
			ids = append(ids[i%4:], ids[:i%4]...)
			return c.Tx.InTx(ctx, func(ctx context.Context) error {
				_, err := c.Know.Take(ctx, clockAt(noon), ids...)
				return err
			})
		}, nil)
	})
	run("every call honours its context", func(t *testing.T, ctx context.Context, c Core) {
		refuses(t, ctx, func(ctx context.Context) error { _, err := c.Know.Heads(ctx, "E1"); return err })
		refuses(t, ctx, func(ctx context.Context) error {
			_, err := c.Know.On(ctx, noon, hr.MustDate("2026-10-01"), time.UTC, "E1")
			return err
		})
		short, cancel := context.WithCancel(ctx)
		defer cancel()
		must(t, c.Tx.InTx(short, func(ctx context.Context) error {
			cancel()
			_, err := c.Know.Take(ctx, clockAt(noon), "E1")
			return err
		}) != nil, "Take with a context that is done went through")
	})
	on(t, open)
}

// on proves Knowledge.On: what was known when a day ended.
func on(t *testing.T, open func(t *testing.T) Core) {
	india, hawaii := time.FixedZone("+05:30", 19800), time.FixedZone("-10:00", -36000)
	last := hr.MustDate("2026-10-31")
	end := time.Date(2026, 10, 31, 18, 30, 0, 0, time.UTC) // of that day in India
	later := end.Add(48 * time.Hour)                       // when it is over everywhere
	run := func(name string, fn func(t *testing.T, ctx context.Context, c Core)) {
		suite(t, open, "Tx", "Know")("on "+name, func(t *testing.T, ctx context.Context, c Core) {
			if c.NoHistory {
				_, err := c.Know.On(ctx, later, last, india, "E1")
				is(t, err, storage.ErrNoHistory)
				t.Log("not offered: by Core.NoHistory the store cannot look back, and it answers so")
				return
			}
			fn(t, ctx, c)
		})
	}
	asked := func(t *testing.T, ctx context.Context, c Core, day hr.Date, zone *time.Location, ids ...hr.EmployeeID) []hr.Pin {
		t.Helper()
		pins, err := c.Know.On(ctx, later, day, zone, ids...)
		ok(t, err)
		return pins
	}
	run("a day returns the last number before it ended in its zone", func(t *testing.T, ctx context.Context, c Core) {
		var taken []storage.Taken
		for _, at := range []time.Time{end.Add(-24 * time.Hour), end.Add(-time.Hour), end.Add(-time.Microsecond), end, end.Add(time.Hour)} {
			taken = append(taken, take(t, ctx, c, clockAt(at), "E1")...)
		}
		Equal(t, []hr.Pin{{Employee: "E1"}}, asked(t, ctx, c, last.Add(-2), india, "E1"))
		Equal(t, []hr.Pin{taken[2].Pin}, asked(t, ctx, c, last, india, "E1")) // its last microsecond, and not the next day's first
		Equal(t, []hr.Pin{taken[4].Pin}, asked(t, ctx, c, last, hawaii, "E1"))
		Equal(t, []hr.Pin{taken[0].Pin}, asked(t, ctx, c, last.Add(-1), hawaii, "E1"))
	})
	run("a day has the number of the definitions too, sorted and each once", func(t *testing.T, ctx context.Context, c Core) {
		rules := take(t, ctx, c, clockAt(end.Add(-2*time.Hour)), hr.Everyone)[0].Known.Rules
		own := take(t, ctx, c, clockAt(end.Add(-time.Hour)), "E2", "E1")[0].Known.Own
		take(t, ctx, c, clockAt(end), "E2", hr.Everyone)
		Equal(t, []hr.Pin{
			{Employee: hr.Everyone, Known: hr.Known{Rules: rules}},
			{Employee: "E1", Known: hr.Known{Own: own, Rules: rules}},
			{Employee: "E2", Known: hr.Known{Own: own, Rules: rules}},
			{Employee: "E3", Known: hr.Known{Rules: rules}},
		}, asked(t, ctx, c, last, india, "E3", "E2", hr.Everyone, "E1", "E2"))
	})
	run("a day that is not over is too early", func(t *testing.T, ctx context.Context, c Core) {
		take(t, ctx, c, clockAt(noon), "E1")
		for _, now := range []time.Time{noon, end.Add(-time.Microsecond)} {
			_, err := c.Know.On(ctx, now, last, india, "E1")
			is(t, err, storage.ErrTooEarly)
		}
		_, err := c.Know.On(ctx, end.Add(time.Hour), last, hawaii, "E1")
		is(t, err, storage.ErrTooEarly)
		_, err = c.Know.On(ctx, end.Add(time.Hour), last, india, "E1")
		ok(t, err)
	})
	run("a day waits for writers in flight", func(t *testing.T, ctx context.Context, c Core) {
		var taken []storage.Taken
		behind(t, ctx, c, func(ctx context.Context) (err error) {
			taken, err = c.Know.Take(ctx, clockAt(noon), "E1")
			return err
		}, nil, func(ctx context.Context) error {
			pins, err := c.Know.On(ctx, later, last, india, "E1")
			if err == nil && (len(pins) != 1 || pins[0] != taken[0].Pin) {
				t.Errorf("the answer leaves out a number that was recorded on the day: %v", pins)
			}
			return err
		})
	})
}

// take takes numbers in a unit of its own.
func take(t *testing.T, ctx context.Context, c Core, clock func() time.Time, ids ...hr.EmployeeID) (taken []storage.Taken) {
	t.Helper()
	ok(t, c.Tx.InTx(ctx, func(ctx context.Context) (err error) {
		taken, err = c.Know.Take(ctx, clock, ids...)
		return err
	}))
	return taken
}

func heads(t *testing.T, ctx context.Context, c Core, ids ...hr.EmployeeID) []hr.Pin {
	t.Helper()
	pins, err := c.Know.Heads(ctx, ids...)
	ok(t, err)
	return pins
}

func employees(taken []storage.Taken) []hr.EmployeeID {
	ids := make([]hr.EmployeeID, len(taken))
	for i := range taken {
		ids[i] = taken[i].Employee
	}
	return ids
}

// rising fails unless, for each employee, numbers and recorded moments rise from one to the next.
func rising(t *testing.T, taken []storage.Taken) {
	t.Helper()
	before := map[hr.EmployeeID]storage.Taken{}
	for _, n := range taken {
		b, again := before[n.Employee]
		if again {
			must(t, n.Known.Own+n.Known.Rules > b.Known.Own+b.Known.Rules, "%q: number %v follows %v", n.Employee, n.Known, b.Known)
			must(t, n.Recorded.After(b.Recorded), "%q: recorded %s follows %s", n.Employee, n.Recorded, b.Recorded)
			must(t, n.Recorded.Sub(b.Recorded) >= time.Microsecond, "%q: two moments closer than a database can tell apart", n.Employee)
		}
		before[n.Employee] = n
	}
}
