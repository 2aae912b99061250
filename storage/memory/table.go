package memory

import (
	"maps"
	"reflect"
	"slices"
	"sync"
)

// table keeps one value a key. What goes in and what comes out is a copy. The zero table is empty.
type table[K comparable, V any] struct {
	rows map[K]V
}

func (t *table[K, V]) get(k K) (V, bool) {
	v, ok := t.rows[k]
	return clone(v), ok
}

func (t *table[K, V]) put(u *unit, k K, v V) {
	if t.rows == nil {
		t.rows = map[K]V{}
	}
	old, had := t.rows[k]
	t.rows[k] = clone(v)
	if !had {
		u.undo = append(u.undo, func() { delete(t.rows, k) })
		return
	}
	kept := old // only what was there is kept: a value can be large
	u.undo = append(u.undo, func() { t.rows[k] = kept })
}

// keys returns every key in the order of compare.
func (t *table[K, V]) keys(compare func(a, b K) int) []K {
	return slices.SortedFunc(maps.Keys(t.rows), compare)
}

// bag keeps a sorted list of values a key. What goes in and what comes out is a copy. The zero bag is empty.
type bag[K comparable, V any] struct {
	rows map[K][]V
}

// add inserts v into the list of k, after those that compare does not put behind it. A nil compare appends.
func (b *bag[K, V]) add(u *unit, k K, v V, compare func(a, b V) int) {
	if b.rows == nil {
		b.rows = map[K][]V{}
	}
	old := b.rows[k]
	at := len(old)
	for compare != nil && at > 0 && compare(old[at-1], v) > 0 {
		at--
	}
	if at == len(old) {
		b.rows[k] = append(old, clone(v))
	} else {
		b.rows[k] = slices.Insert(slices.Clone(old), at, clone(v))
	}
	u.undo = append(u.undo, func() { b.rows[k] = old })
}

// set puts other values in the place of those of k.
func (b *bag[K, V]) set(u *unit, k K, values []V) {
	old := b.rows[k]
	if len(old) == 0 && len(values) == 0 {
		return
	}
	b.rows[k] = values
	u.undo = append(u.undo, func() { b.rows[k] = old })
}

// list returns a copy of the values of k that keep accepts; a nil keep accepts all.
func (b *bag[K, V]) list(k K, keep func(*V) bool) []V {
	rows := b.rows[k]
	return b.pick(k, func(i int) bool { return keep == nil || keep(&rows[i]) })
}

// pick returns a copy of the values of k whose place in their list keep accepts.
func (b *bag[K, V]) pick(k K, keep func(i int) bool) []V {
	rows := b.rows[k]
	first, end, n := len(rows), 0, 0 // where those that are kept lie, and how many they are
	for i := range rows {
		if keep(i) {
			first, end, n = min(first, i), i+1, n+1
		}
	}
	if n == 0 {
		return nil
	}
	if n == end-first {
		return copied(rows[first:end])
	}
	out := make([]V, 0, n)
	for i := first; i < end; i++ {
		if keep(i) {
			out = append(out, rows[i])
		}
	}
	detachAll(out)
	return out
}

// peek returns the stored values of k themselves, for reading inside one call only.
func (b *bag[K, V]) peek(k K) []V { return b.rows[k] }

// copied returns a copy of values as the caller may have them: nil for none.
func copied[V any](values []V) []V {
	if len(values) == 0 {
		return nil
	}
	out := make([]V, len(values))
	copy(out, values)
	detachAll(out)
	return out
}

// detachAll replaces in place all that values, themselves copies, share with their originals.
func detachAll[V any](values []V) {
	if detach := detacher(reflect.TypeFor[V]()); detach != nil {
		for i := range values {
			detach(reflect.ValueOf(&values[i]).Elem())
		}
	}
}

// clone copies v so that nothing reachable through exported fields is shared. Types that keep their insides to themselves
// (decimals, dates, instants) are values already.
func clone[T any](v T) T {
	detach := detacher(reflect.TypeFor[T]())
	if detach == nil {
		return v
	}
	own := v
	detach(reflect.ValueOf(&own).Elem())
	return own
}

// detachers remembers [detacher] of each type.
var detachers sync.Map // of reflect.Type to func(reflect.Value)

// detacher returns what replaces in place all that a value of a type, itself a copy, shares with its original; nil for a type that shares nothing that
// exported fields reach.
func detacher(t reflect.Type) func(reflect.Value) {
	if known, ok := detachers.Load(t); ok {
		return known.(func(reflect.Value))
	}
	made := makeDetacher(t)
	detachers.Store(t, made)
	return made
}

// later is the [detacher] of a type when it is first asked for: a type may hold lists of itself.
func later(t reflect.Type) func() func(reflect.Value) {
	return sync.OnceValue(func() func(reflect.Value) { return detacher(t) })
}

func makeDetacher(t reflect.Type) func(reflect.Value) {
	switch t.Kind() {
	case reflect.Slice:
		elem := later(t.Elem())
		return func(v reflect.Value) {
			if v.IsNil() {
				return
			}
			out := reflect.MakeSlice(t, v.Len(), v.Len())
			reflect.Copy(out, v)
			v.Set(out)
			if each := elem(); each != nil {
				for i := range out.Len() {
					each(out.Index(i))
				}
			}
		}
	case reflect.Map:
		elem := later(t.Elem())
		return func(v reflect.Value) {
			if v.IsNil() {
				return
			}
			out := reflect.MakeMapWithSize(t, v.Len())
			each := elem()
			for it := v.MapRange(); it.Next(); {
				value := reflect.New(t.Elem()).Elem()
				value.Set(it.Value())
				if each != nil {
					each(value)
				}
				out.SetMapIndex(it.Key(), value)
			}
			v.Set(out)
		}
	case reflect.Pointer:
		elem := later(t.Elem())
		return func(v reflect.Value) {
			if v.IsNil() {
				return
			}
			out := reflect.New(t.Elem())
			out.Elem().Set(v.Elem())
			if it := elem(); it != nil {
				it(out.Elem())
			}
			v.Set(out)
		}
	case reflect.Array:
		each := detacher(t.Elem())
		if each == nil {
			return nil
		}
		return func(v reflect.Value) {
			for i := range v.Len() {
				each(v.Index(i))
			}
		}
	case reflect.Struct:
		var fields []int
		var each []func(reflect.Value)
		for i := range t.NumField() {
			if f := t.Field(i); f.IsExported() {
				if detach := detacher(f.Type); detach != nil {
					fields, each = append(fields, i), append(each, detach)
				}
			}
		}
		if fields == nil {
			return nil
		}
		return func(v reflect.Value) {
			for n, i := range fields {
				each[n](v.Field(i))
			}
		}
	}
	return nil
}
