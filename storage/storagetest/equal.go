package storagetest

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
)

// Equal fails the test with one line a difference unless got says what want says. Decimals are compared as numbers (5.0 is
// 5.00), instants as instants whatever their zone, money and dates by what they mean, and an empty list is no list. A secret is
// compared and never printed.
func Equal[T any](t testing.TB, want, got T) {
	t.Helper()
	if diff := Diff(want, got); diff != "" {
		t.Fatalf("what came back is not what went in:\n%s", diff)
	}
}

// Diff returns the differences that [Equal] reports, one a line, and "" where there is none.
func Diff[T any](want, got T) string {
	var d differ
	name := reflect.TypeFor[T]().Name()
	if name == "" || strings.Contains(name, "[") {
		name = "value"
	}
	d.compare(name, reflect.ValueOf(&want).Elem(), reflect.ValueOf(&got).Elem())
	return strings.Join(d.lines, "\n")
}

type differ struct {
	lines    []string
	anyClock bool // instants are not compared
}

func (d *differ) say(path, want, got string) {
	d.lines = append(d.lines, fmt.Sprintf("\t%s: want %s, got %s", path, want, got))
}

// leaf reports whether t is one value although it may be made as a struct.
func leaf(t reflect.Type) bool {
	switch t {
	case reflect.TypeFor[decimal.Decimal](), reflect.TypeFor[time.Time](), reflect.TypeFor[hr.Money](), reflect.TypeFor[hr.Date](),
		reflect.TypeFor[hr.Period](), reflect.TypeFor[hr.TimeOfDay](), reflect.TypeFor[hr.Secret]():
		return true
	}
	return false
}

func (d *differ) compare(path string, want, got reflect.Value) {
	switch w := want.Interface().(type) {
	case decimal.Decimal:
		if g := got.Interface().(decimal.Decimal); !w.Equal(g) {
			d.say(path, w.String(), g.String())
		}
		return
	case time.Time:
		if g := got.Interface().(time.Time); !w.Equal(g) && !d.anyClock {
			d.say(path, w.UTC().Format(time.RFC3339Nano), g.UTC().Format(time.RFC3339Nano))
		}
		return
	case hr.Money:
		if g := got.Interface().(hr.Money); !w.Equal(g) {
			d.say(path, w.String(), g.String())
		}
		return
	case hr.Secret:
		if g := got.Interface().(hr.Secret); !w.Equal(g) {
			d.lines = append(d.lines, fmt.Sprintf("\t%s: another secret came back", path))
		}
		return
	}
	switch want.Kind() {
	case reflect.Slice, reflect.Array:
		for i := range max(want.Len(), got.Len()) {
			at := fmt.Sprintf("%s[%d]", path, i)
			switch {
			case i >= want.Len():
				d.say(at, "nothing", show(got.Index(i)))
			case i >= got.Len():
				d.say(at, show(want.Index(i)), "nothing")
			default:
				d.compare(at, want.Index(i), got.Index(i))
			}
		}
	case reflect.Map:
		keys := want.MapKeys()
		for _, k := range got.MapKeys() {
			if !want.MapIndex(k).IsValid() {
				keys = append(keys, k)
			}
		}
		slices.SortFunc(keys, func(a, b reflect.Value) int { return strings.Compare(show(a), show(b)) })
		for _, k := range keys {
			at := fmt.Sprintf("%s[%s]", path, show(k))
			w, g := want.MapIndex(k), got.MapIndex(k)
			switch {
			case !w.IsValid():
				d.say(at, "nothing", show(g))
			case !g.IsValid():
				d.say(at, show(w), "nothing")
			default:
				d.compare(at, w, g)
			}
		}
	case reflect.Pointer, reflect.Interface:
		switch {
		case want.IsNil() && got.IsNil():
		case want.IsNil():
			d.say(path, "nothing", show(got))
		case got.IsNil():
			d.say(path, show(want), "nothing")
		case want.Kind() == reflect.Interface && want.Elem().Type() != got.Elem().Type():
			d.say(path, "a "+want.Elem().Type().String(), "a "+got.Elem().Type().String())
		default:
			d.compare(path, want.Elem(), got.Elem())
		}
	case reflect.Struct:
		d.fields(path, want, got)
	default:
		if !reflect.DeepEqual(want.Interface(), got.Interface()) {
			d.say(path, show(want), show(got))
		}
	}
}

func (d *differ) fields(path string, want, got reflect.Value) {
	t := want.Type()
	open := false
	for i := range t.NumField() {
		if f := t.Field(i); f.IsExported() {
			open = true
			d.compare(path+"."+f.Name, want.Field(i), got.Field(i))
		}
	}
	// A type that keeps its insides to itself (a date, a timeline) is compared whole.
	if !open && !reflect.DeepEqual(want.Interface(), got.Interface()) {
		d.say(path, show(want), show(got))
	}
}

// show prints a value for a person. It walks the fields itself: fmt would hide the containers of pay, which hold made-up
// values here, and a secret stays hidden because it is printed by its own method.
func show(v reflect.Value) string {
	if leaf(v.Type()) {
		return fmt.Sprint(v.Interface())
	}
	switch v.Kind() {
	case reflect.String:
		return fmt.Sprintf("%q", v.String())
	case reflect.Slice, reflect.Array:
		parts := make([]string, v.Len())
		for i := range parts {
			parts[i] = show(v.Index(i))
		}
		return "[" + strings.Join(parts, " ") + "]"
	case reflect.Map:
		parts := make([]string, 0, v.Len())
		for _, k := range v.MapKeys() {
			parts = append(parts, show(k)+":"+show(v.MapIndex(k)))
		}
		slices.Sort(parts)
		return "map[" + strings.Join(parts, " ") + "]"
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			return "nothing"
		}
		return show(v.Elem())
	case reflect.Struct:
		var parts []string
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() {
				parts = append(parts, f.Name+":"+show(v.Field(i)))
			}
		}
		if parts == nil {
			return "another " + v.Type().String()
		}
		return "{" + strings.Join(parts, " ") + "}"
	}
	return fmt.Sprint(v.Interface())
}
