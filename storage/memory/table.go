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
	u.undo = append(u.undo, func() {
		if had {
			t.rows[k] = old
		} else {
			delete(t.rows, k)
		}
	})
}

// drop removes the value of k.
func (t *table[K, V]) drop(u *unit, k K) {
	old, had := t.rows[k]
	delete(t.rows, k)
	u.undo = append(u.undo, func() {
		if had {
			t.rows[k] = old
		}
	})
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
func (b *bag[K, V]) list(k K, keep func(V) bool) []V {
	var out []V
	for _, v := range b.rows[k] {
		if keep == nil || keep(v) {
			out = append(out, clone(v))
		}
	}
	return out
}

// peek returns the stored values of k themselves, for reading inside one call only.
func (b *bag[K, V]) peek(k K) []V { return b.rows[k] }

// clone copies v so that nothing reachable through exported fields is shared. Types that keep their insides to themselves
// (decimals, dates, instants) are values already.
func clone[T any](v T) T {
	if at := reflect.ValueOf(&v).Elem(); shares(at.Type()) {
		detach(at)
	}
	return v
}

// shared remembers of a type whether a copy of it shares anything with its original.
var shared sync.Map // of reflect.Type to bool

// shares reports whether a copy of a type shares anything with its original that exported fields reach.
func shares(t reflect.Type) (yes bool) {
	if known, ok := shared.Load(t); ok {
		return known.(bool)
	}
	switch t.Kind() {
	case reflect.Slice, reflect.Map, reflect.Pointer:
		yes = true
	case reflect.Array:
		yes = shares(t.Elem())
	case reflect.Struct:
		for i := range t.NumField() {
			yes = yes || t.Field(i).IsExported() && shares(t.Field(i).Type)
		}
	}
	shared.Store(t, yes)
	return yes
}

// detach replaces in place what v, itself a copy, shares with its original.
func detach(v reflect.Value) {
	switch v.Kind() {
	case reflect.Slice:
		if v.IsNil() {
			return
		}
		out := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		reflect.Copy(out, v)
		v.Set(out)
		if v.Type().Elem().Kind() == reflect.Uint8 {
			return
		}
		for i := range out.Len() {
			detach(out.Index(i))
		}
	case reflect.Map:
		if v.IsNil() {
			return
		}
		out := reflect.MakeMapWithSize(v.Type(), v.Len())
		for it := v.MapRange(); it.Next(); {
			value := reflect.New(v.Type().Elem()).Elem()
			value.Set(it.Value())
			detach(value)
			out.SetMapIndex(it.Key(), value)
		}
		v.Set(out)
	case reflect.Pointer:
		if v.IsNil() {
			return
		}
		out := reflect.New(v.Type().Elem())
		out.Elem().Set(v.Elem())
		detach(out.Elem())
		v.Set(out)
	case reflect.Array:
		for i := range v.Len() {
			detach(v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if field := v.Field(i); field.CanSet() && shares(field.Type()) {
				detach(field)
			}
		}
	}
}
