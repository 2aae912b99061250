package memory

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// Claim implements [storage.Log].
func (db *DB) Claim(ctx context.Context, row storage.CommandRow) (prev storage.CommandRow, fresh bool, err error) {
	err = db.in(ctx, func(u *unit) error {
		var taken bool
		if prev, taken = db.commands.get(row.ID); taken {
			return nil
		}
		fresh = true
		db.commands.put(u, row.ID, row)
		return nil
	})
	return prev, fresh, err
}

// Finish implements [storage.Log].
func (db *DB) Finish(ctx context.Context, id hr.CommandID, result []byte) error {
	return db.in(ctx, func(u *unit) error {
		row, ok := db.commands.get(id)
		if !ok {
			return storage.ErrNotFound
		}
		row.Result = result
		db.commands.put(u, id, row)
		return nil
	})
}

// Take implements [storage.Knowledge]. The one turn of the database is every guard row at once.
func (db *DB) Take(ctx context.Context, clock func() time.Time, ids ...hr.EmployeeID) ([]storage.Taken, error) {
	if db.unitOf(ctx) == nil {
		return nil, errNoUnit
	}
	var out []storage.Taken
	err := db.in(ctx, func(u *unit) error {
		for _, id := range distinct(ids) {
			t := storage.Taken{Pin: hr.Pin{Employee: id}, Recorded: clock()}
			seq := hr.Seq(1)
			if before := db.knowledge.peek(id); len(before) > 0 {
				last := before[len(before)-1]
				seq = number(last.Pin) + 1
				if !t.Recorded.After(last.Recorded) {
					t.Recorded = last.Recorded.Add(time.Microsecond)
				}
			}
			if id == hr.Everyone {
				t.Known.Rules = seq
			} else {
				t.Known.Own = seq
			}
			db.knowledge.add(u, id, t, nil)
			out = append(out, t)
		}
		return nil
	})
	return out, err
}

// Heads implements [storage.Knowledge].
func (db *DB) Heads(ctx context.Context, ids ...hr.EmployeeID) ([]hr.Pin, error) {
	return db.pins(ctx, ids, func(storage.Taken) bool { return true })
}

// On implements [storage.Knowledge].
func (db *DB) On(ctx context.Context, now time.Time, day hr.Date, zone *time.Location, ids ...hr.EmployeeID) ([]hr.Pin, error) {
	end := day.At(hr.MustTimeOfDay("24:00"), zone)
	if now.Before(end) {
		return nil, storage.ErrTooEarly
	}
	return db.pins(ctx, ids, func(t storage.Taken) bool { return t.Recorded.Before(end) })
}

func (db *DB) pins(ctx context.Context, ids []hr.EmployeeID, known func(storage.Taken) bool) ([]hr.Pin, error) {
	var out []hr.Pin
	err := db.in(ctx, func(*unit) error {
		last := func(id hr.EmployeeID) hr.Seq {
			rows := db.knowledge.peek(id)
			for i := len(rows) - 1; i >= 0; i-- {
				if known(rows[i]) {
					return number(rows[i].Pin)
				}
			}
			return 0
		}
		rules := last(hr.Everyone)
		for _, id := range distinct(ids) {
			pin := hr.Pin{Employee: id, Known: hr.Known{Rules: rules}}
			if id != hr.Everyone {
				pin.Known.Own = last(id)
			}
			out = append(out, pin)
		}
		return nil
	})
	return out, err
}

func number(p hr.Pin) hr.Seq {
	if p.Employee == hr.Everyone {
		return p.Known.Rules
	}
	return p.Known.Own
}

func distinct(ids []hr.EmployeeID) []hr.EmployeeID {
	return slices.Compact(slices.Sorted(slices.Values(ids)))
}

// byText orders ids of any kind.
func byText[S ~string](a, b S) int { return strings.Compare(string(a), string(b)) }
