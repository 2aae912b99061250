package storagetest

import (
	"fmt"
	"reflect"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage/internal/sets"
)

// Fill returns a value in which every exported field, at any depth, has a value of its own that is not zero, so that a
// column which a store forgets or mixes up shows when the value comes back. The same seed gives the same value; seeds 1, 2, 3
// ... give values that differ in every field that can differ. Lists and maps have two members.
//
// Texts are "field-0017", amounts have four places, instants whole microseconds in UTC, dates lie in 2026 or later, a period
// has both ends, a currency is a real code, []byte holds a JSON text, and kinds and states have valid values.
// Where a type means more than that, say so in with:
//
//   - func(n int) V makes every value of type V, n being different each time;
//   - func(*T) changes the finished value, such as its version or an id.
//
// Fill panics on a type it cannot fill, such as an interface or a struct that hides its fields: name it in with.
func Fill[T any](seed int, with ...any) T {
	f := filler{n: seed * 1000, make: map[reflect.Type]reflect.Value{}}
	var edits []func(*T)
	for _, w := range with {
		if edit, ok := w.(func(*T)); ok {
			edits = append(edits, edit)
			continue
		}
		fn := reflect.ValueOf(w)
		if t := fn.Type(); t.Kind() != reflect.Func || t.NumIn() != 1 || t.In(0).Kind() != reflect.Int || t.NumOut() != 1 {
			panic(fmt.Sprintf("storagetest: Fill takes func(n int) V and func(*%s), not %T", reflect.TypeFor[T](), w))
		}
		f.make[fn.Type().Out(0)] = fn
	}
	var out T
	f.fill(reflect.ValueOf(&out).Elem(), "value")
	for _, edit := range edits {
		edit(&out)
	}
	return out
}

type filler struct {
	n     int
	make  map[reflect.Type]reflect.Value
	stack []reflect.Type // the types being filled, so that a type that contains itself ends
}

func (f *filler) next() int { f.n++; return f.n }

// known makes values of the types that a walk over fields would get wrong.
func (f *filler) known(t reflect.Type) (any, bool) {
	switch t {
	case reflect.TypeFor[decimal.Decimal]():
		return decimal.New(int64(f.next())*10+1, -4), true
	case reflect.TypeFor[time.Time]():
		n := f.next()
		return time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(n)*(time.Hour+time.Microsecond) + time.Millisecond), true
	case reflect.TypeFor[time.Duration]():
		return time.Duration(f.next()) * (time.Second + time.Microsecond), true
	case reflect.TypeFor[hr.Date]():
		return day(f.next()), true
	case reflect.TypeFor[hr.Period]():
		from := day(f.next())
		return hr.Period{From: from, Through: from.Add(f.next()%300 + 1)}, true
	case reflect.TypeFor[hr.TimeOfDay]():
		n := f.next()
		t, err := hr.NewTimeOfDay(n/3600%23+1, n/60%60, n%60)
		return t, err == nil
	case reflect.TypeFor[hr.Secret]():
		return hr.NewSecret(fmt.Sprintf("secret-%04d", f.next())), true
	case reflect.TypeFor[hr.Money]():
		n := f.next()
		c := currency(n)
		return hr.Money{Amount: decimal.New(int64(n), -c.Places()), Currency: c}, true
	case reflect.TypeFor[hr.Currency]():
		return currency(f.next()), true
	case reflect.TypeFor[hr.Rounding]():
		n := f.next()
		return hr.Rounding{Step: decimal.New(int64(n), -2), Mode: pick(n, hr.RoundingModes()...)}, true
	case reflect.TypeFor[hr.RoundingMode]():
		return pick(f.next(), hr.RoundingModes()...), true
	case reflect.TypeFor[hr.HalfOfDay]():
		return pick(f.next(), hr.FirstHalf, hr.SecondHalf), true
	case reflect.TypeFor[hr.DayKind]():
		return pick(f.next(), hr.DayHoliday, hr.DayRestricted, hr.DayWorking, hr.DayHalf, hr.DayOff), true
	case reflect.TypeFor[hr.ApprovalState]():
		return pick(f.next(), hr.ApprovalPending, hr.ApprovalGiven, hr.ApprovalRefused), true
	case reflect.TypeFor[hr.DateBasis]():
		return pick(f.next(), hr.ByPeriodEnd, hr.ByPayDate), true
	case reflect.TypeFor[hr.TableKind]():
		return pick(f.next(), hr.Bands, hr.Slabs), true
	case reflect.TypeFor[hr.Bound]():
		return pick(f.next(), hr.UpTo, hr.Below, hr.Above), true
	case reflect.TypeFor[hr.MonthRule]():
		return pick(f.next(), hr.MonthClamp, hr.MonthEndSticks, hr.MonthOverflow), true
	case reflect.TypeFor[hr.Observance]():
		return pick(f.next(), hr.ActualDay, hr.ObservedDay, hr.BothDays), true
	case reflect.TypeFor[hr.RelationKind]():
		return pick(f.next(), hr.RelationManager, hr.RelationDelegate), true
	case reflect.TypeFor[hr.FieldClass]():
		return pick(f.next(), hr.FieldClasses()...), true
	}
	if values := sets.Of(t); values != nil {
		return pick(f.next(), values...), true
	}
	if t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.Uint8 {
		return fmt.Appendf(nil, `"bytes-%04d"`, f.next()), true
	}
	return nil, false
}

func day(n int) hr.Date { return hr.MustDate("2026-01-01").Add(n) }

func currency(n int) hr.Currency {
	return pick[hr.Currency](n, "INR", "USD", "GBP", "EUR", "JPY", "KWD")
}

func pick[T any](n int, from ...T) T { return from[n%len(from)] }

func (f *filler) fill(v reflect.Value, name string) {
	t := v.Type()
	if fn, ok := f.make[t]; ok {
		v.Set(fn.Call([]reflect.Value{reflect.ValueOf(f.next())})[0])
		return
	}
	if x, ok := f.known(t); ok {
		v.Set(reflect.ValueOf(x).Convert(t))
		return
	}
	switch t.Kind() {
	case reflect.String:
		v.SetString(fmt.Sprintf("%s-%04d", strings.ToLower(name), f.next()))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int8:
		v.SetInt(int64(f.next()%127) + 1)
	case reflect.Int, reflect.Int16, reflect.Int32, reflect.Int64:
		v.SetInt(int64(f.next()))
	case reflect.Uint8:
		v.SetUint(uint64(f.next()%255) + 1)
	case reflect.Uint, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		v.SetUint(uint64(f.next()))
	case reflect.Slice:
		if f.inside(t.Elem()) {
			return
		}
		v.Set(reflect.MakeSlice(t, 2, 2))
		for i := range 2 {
			f.fill(v.Index(i), name)
		}
	case reflect.Array:
		for i := range v.Len() {
			f.fill(v.Index(i), name)
		}
	case reflect.Map:
		if f.inside(t.Elem()) {
			return
		}
		v.Set(reflect.MakeMap(t))
		for range 2 {
			key, value := reflect.New(t.Key()).Elem(), reflect.New(t.Elem()).Elem()
			f.fill(key, name+"-key")
			f.fill(value, name)
			v.SetMapIndex(key, value)
		}
	case reflect.Pointer:
		if f.inside(t.Elem()) {
			return
		}
		v.Set(reflect.New(t.Elem()))
		f.fill(v.Elem(), name)
	case reflect.Struct:
		f.stack = append(f.stack, t)
		open := t.NumField() == 0
		for i := range t.NumField() {
			if field := t.Field(i); field.IsExported() {
				open = true
				f.fill(v.Field(i), field.Name)
			}
		}
		f.stack = f.stack[:len(f.stack)-1]
		if !open {
			panic(fmt.Sprintf("storagetest: Fill cannot fill %s, field %s: pass func(n int) %s", t, name, t))
		}
	default:
		panic(fmt.Sprintf("storagetest: Fill cannot fill %s, field %s: pass func(n int) %s", t, name, t))
	}
}

func (f *filler) inside(t reflect.Type) bool {
	for _, s := range f.stack {
		if s == t {
			return true
		}
	}
	return false
}

// Spoil overwrites everything that v shares with other holders of it: members of lists and maps, and what pointers point at.
// A store that kept or gave away its own memory shows the damage at the next read.
func Spoil[T any](v T) { spoil(reflect.ValueOf(&v).Elem()) }

func spoil(v reflect.Value) {
	switch v.Kind() {
	case reflect.Slice:
		for i := range v.Len() {
			spoil(v.Index(i))
			v.Index(i).SetZero()
		}
	case reflect.Map:
		for _, k := range v.MapKeys() {
			value := reflect.New(v.Type().Elem()).Elem()
			value.Set(v.MapIndex(k))
			spoil(value)
			v.SetMapIndex(k, reflect.Value{})
		}
	case reflect.Pointer:
		if !v.IsNil() && v.Elem().CanSet() {
			spoil(v.Elem())
			v.Elem().SetZero()
		}
	case reflect.Array:
		for i := range v.Len() {
			spoil(v.Index(i))
		}
	case reflect.Struct:
		if leaf(v.Type()) {
			return
		}
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				spoil(v.Field(i))
			}
		}
	}
}
