package memory

import (
	"cmp"
	"slices"
	"sort"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/internal/personal"
)

// facts keeps the append-only entries of one kind, by employee (or under another key), oldest knowledge first. The zero facts is
// empty.
type facts[K comparable, T any] struct {
	rows bag[K, hr.Entry[T]]
	ids  table[factID[K], bool] // of all entries, by owner
}

type factID[K comparable] struct {
	owner K
	id    string
}

// add appends e: an id that exists with equal content is skipped, with other content it is [storage.ErrConflict].
func (f *facts[K, T]) add(u *unit, owner K, e hr.Entry[T]) error {
	if id, ok := any(owner).(hr.EmployeeID); ok {
		if err := u.takes(personal.SubjectOfFacts(id), e.Value); err != nil {
			return err
		}
	}
	if f.ids.rows[factID[K]{owner, e.ID}] {
		stored := f.rows.peek(owner)
		at := slices.IndexFunc(stored, func(have hr.Entry[T]) bool { return have.ID == e.ID })
		if hr.Digest("entry/1", stored[at]) != hr.Digest("entry/1", e) {
			return storage.ErrConflict
		}
		return nil
	}
	f.ids.put(u, factID[K]{owner, e.ID}, true)
	f.rows.add(u, owner, e, func(a, b hr.Entry[T]) int {
		return cmp.Or(cmp.Compare(a.Seq, b.Seq), cmp.Compare(a.Line, b.Line))
	})
	return nil
}

// known answers a page of pins: for each, in the order given, the entries of that employee up to Known.Own (0: all).
func known[T any](f *facts[hr.EmployeeID, T], pins []hr.Pin) [][]hr.Entry[T] {
	out := make([][]hr.Entry[T], len(pins))
	for i, pin := range pins {
		out[i] = f.asKnown(pin.Employee, pin.Known.Own)
	}
	return out
}

// asKnown returns a copy of the entries of owner up to a number (0: all).
func (f *facts[K, T]) asKnown(owner K, own hr.Seq) []hr.Entry[T] {
	rows := f.rows.peek(owner)
	for own > 0 && len(rows) > 0 && rows[len(rows)-1].Seq > own {
		rows = rows[:len(rows)-1]
	}
	return copied(rows)
}

// putCase stores the next version of a case if the stored version is the given one, and otherwise answers
// [storage.ErrConflict].
func putCase[K comparable, V any](u *unit, t *table[K, V], k K, v V, version func(*V) *storage.Version) error {
	if err := u.takes(personal.Subject(v), v); err != nil {
		return err
	}
	var stored storage.Version
	if old, ok := t.rows[k]; ok {
		stored = *version(&old)
	}
	if stored != *version(&v) {
		return storage.ErrConflict
	}
	*version(&v)++
	t.put(u, k, v)
	return nil
}

// page returns up to limit ids after one, of a sorted list.
func page[S ~string](sorted []S, after S, limit int) []S {
	from := sort.Search(len(sorted), func(i int) bool { return sorted[i] > after })
	if after == "" {
		from = 0
	}
	through := min(len(sorted), from+max(0, limit))
	return append([]S(nil), sorted[from:through]...)
}
