package hr

import (
	"crypto/sha256"
	"encoding"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"hash"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/shopspring/decimal"
)

// Digest returns the SHA-256, in hex, of what v says: equal content gives an equal digest on every machine and in every
// process. Numbers are normalised (5.0 is 5.00), times are instants, map keys are sorted, and a field that has its zero
// value counts as absent, so a field added to a type later leaves old digests alone. kind names what is digested and its
// version ("payslip/1"): two kinds never collide. Secrets are digested by what they reveal.
//
// Digest panics on a type that cannot have a digest (a float, a function, a channel, a struct with hidden fields alone and no
// text form, such as a [Timeline]): that is a mistake in code.
func Digest(kind string, v any) string {
	e := encoder{h: sha256.New(), buf: make([]byte, 0, 1<<9)}
	e.text("muster/2")
	e.text(kind)
	x := reflect.ValueOf(v)
	if x.Kind() == reflect.Struct { // its fields can be pointed at in a copy
		p := reflect.New(x.Type()).Elem()
		p.Set(x)
		x = p
	}
	e.value(x)
	e.h.Write(e.buf)
	return hex.EncodeToString(e.h.Sum(nil))
}

// encoder writes what is digested, some hundred bytes at a time: for each value a letter that says what it is, a length or a count, and the
// value; fields with their names up to a dot. Most of a payroll's time can go into digests, so it makes no copy of a value that it can point at.
type encoder struct {
	h   hash.Hash
	buf []byte
}

// letter writes a letter alone.
func (e *encoder) letter(b byte) {
	if len(e.buf) > 400 { // so that it seldom grows
		e.h.Write(e.buf)
		e.buf = e.buf[:0]
	}
	e.buf = append(e.buf, b)
}

func (e *encoder) mark(b byte, n int) {
	e.letter(b)
	e.buf = binary.AppendUvarint(e.buf, uint64(n))
}

// text writes a name.
func (e *encoder) text(s string) { e.tagged('s', s) }

// tagged writes a text behind a letter that says what it is.
func (e *encoder) tagged(tag byte, s string) {
	e.mark(tag, len(s))
	e.buf = append(e.buf, s...)
}

func (e *encoder) taggedBytes(tag byte, s []byte) {
	e.mark(tag, len(s))
	e.buf = append(e.buf, s...)
}

// says writes a value that has a form of its own, and reports whether it has one.
func (e *encoder) says(x any) bool {
	switch x := x.(type) {
	case decimal.Decimal:
		e.tagged('d', Canonical(x))
	case time.Time:
		e.tagged('t', x.UTC().Format(time.RFC3339Nano))
	case Secret:
		e.tagged('x', x.Reveal())
	case Money:
		e.tagged('M', string(x.Currency)+" "+Canonical(x.Amount))
	case encoding.TextMarshaler:
		b, err := x.MarshalText()
		if err != nil {
			panic(fmt.Sprintf("hr: digest of %T: %v", x, err))
		}
		e.taggedBytes('T', b)
	default:
		return false
	}
	return true
}

// own is says for a value that may be pointed at.
func (e *encoder) own(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Interface:
		return e.says(v.Interface())
	case reflect.Pointer:
		if !layoutOf(v.Type()).text {
			return false
		}
		switch {
		case v.IsNil():
			e.mark('0', 0)
		case layoutOf(v.Type().Elem()).text: // says what it points at
			e.value(v.Elem())
		default:
			return e.says(v.Interface())
		}
		return true
	}
	if v.Type().NumMethod() == 0 {
		return false
	}
	if !v.CanAddr() {
		return e.says(v.Interface())
	}
	switch p := v.Addr().Interface().(type) {
	case *decimal.Decimal:
		e.decimal(p)
	case *time.Time:
		return e.says(*p)
	case *Secret:
		return e.says(*p)
	case *Money:
		return e.says(*p)
	default:
		return layoutOf(v.Type()).text && e.says(p)
	}
	return true
}

func (e *encoder) value(v reflect.Value) {
	if !v.IsValid() {
		e.mark('0', 0)
		return
	}
	if v.CanInterface() && e.own(v) {
		return
	}
	switch v.Kind() {
	case reflect.Bool:
		e.tagged('b', strconv.FormatBool(v.Bool()))
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		e.tagged('i', strconv.FormatInt(v.Int(), 10))
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		e.tagged('i', strconv.FormatUint(v.Uint(), 10))
	case reflect.String:
		e.tagged('S', v.String())
	case reflect.Slice, reflect.Array:
		e.mark('l', v.Len())
		for i := range v.Len() {
			e.value(v.Index(i))
		}
	case reflect.Map:
		keys := v.MapKeys()
		slices.SortFunc(keys, func(a, b reflect.Value) int { return strings.Compare(keyText(a), keyText(b)) })
		e.mark('m', len(keys))
		for _, k := range keys {
			e.value(k)
			e.value(v.MapIndex(k))
		}
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			e.mark('0', 0)
			return
		}
		e.value(v.Elem())
	case reflect.Struct:
		e.fields(v)
	default:
		panic(fmt.Sprintf("hr: a %s has no digest", v.Type()))
	}
}

// keyText orders the keys of a map. Not every type prints what it holds: a secret and a bank account do not.
func keyText(k reflect.Value) string {
	switch x := k.Interface().(type) {
	case Secret:
		return x.Reveal()
	case fmt.Formatter:
		return Digest("key", x)
	default:
		return fmt.Sprint(x)
	}
}

func (e *encoder) fields(v reflect.Value) {
	l := layoutOf(v.Type())
	if !l.open { // what it hides would not be told apart
		panic(fmt.Sprintf("hr: a %s keeps its content to itself and has no digest", v.Type()))
	}
	e.letter('r')
	for i := range l.fields {
		f := &l.fields[i]
		if x := v.Field(f.index); !f.isZero(x) {
			e.text(f.name)
			e.field(f, x)
		}
	}
	e.letter('.') // no name begins so
}

// isZero is isZero of a field of which is known what it is.
func (f *field) isZero(v reflect.Value) bool {
	switch f.is {
	case aText:
		return v.Len() == 0
	case aNumber:
		return v.Int() == 0
	case aDecimal:
		if v.CanAddr() {
			return v.Addr().Interface().(*decimal.Decimal).IsZero()
		}
	case aDate:
		if v.CanAddr() {
			return v.Addr().Interface().(*Date).IsZero()
		}
	}
	return isZero(v)
}

// field writes a field as value does, and is quick about those that most structs have most of.
func (e *encoder) field(f *field, v reflect.Value) {
	switch f.is {
	case aText:
		e.tagged('S', v.String())
		return
	case aNumber:
		var digits [20]byte
		e.taggedBytes('i', strconv.AppendInt(digits[:0], v.Int(), 10))
		return
	case aDecimal:
		if v.CanAddr() {
			e.decimal(v.Addr().Interface().(*decimal.Decimal))
			return
		}
	case aDate:
		if v.CanAddr() {
			var text [16]byte
			e.taggedBytes('T', v.Addr().Interface().(*Date).appendText(text[:0]))
			return
		}
	}
	e.value(v)
}

// decimal writes a decimal in its canonical form, which is made here where its digits fit into an integer.
func (e *encoder) decimal(d *decimal.Decimal) {
	places := -d.Exponent()
	if places < 0 || d.NumDigits() > 18 {
		e.tagged('d', Canonical(*d))
		return
	}
	n := d.CoefficientInt64()
	for ; places > 0 && n%10 == 0; places-- {
		n /= 10
	}
	var digits [20]byte
	text := strconv.AppendInt(digits[:0], max(n, -n), 10)
	var form [48]byte
	out := form[:0]
	if n < 0 {
		out = append(out, '-')
	}
	if whole := len(text) - int(places); whole <= 0 { // 0.05
		out = append(out, '0', '.')
		for range -whole {
			out = append(out, '0')
		}
	} else if places > 0 {
		out = append(append(out, text[:whole]...), '.')
		text = text[whole:]
	}
	e.taggedBytes('d', append(out, text...))
}

// layout is what a type says about itself.
type layout struct {
	text, zero bool    // it is an encoding.TextMarshaler; it says whether it is zero
	open       bool    // a struct that hides not all of its fields
	fields     []field // those that it does not hide
}

type field struct {
	index int
	name  string
	is    form
}

// form says what a field is, of those that most structs have most of.
type form int

const (
	other    form = iota
	aText         // a string without a form or a zero of its own
	aNumber       // likewise a signed integer
	aDecimal      // a decimal.Decimal
	aDate         // a Date
)

func formOf(t reflect.Type) form {
	switch t {
	case reflect.TypeFor[decimal.Decimal]():
		return aDecimal
	case reflect.TypeFor[Date]():
		return aDate
	}
	if t.Implements(reflect.TypeFor[encoding.TextMarshaler]()) || t.Implements(reflect.TypeFor[zeroer]()) || reflect.PointerTo(t).Implements(reflect.TypeFor[zeroer]()) {
		return other
	}
	switch t.Kind() {
	case reflect.String:
		return aText
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return aNumber
	}
	return other
}

// layouts remembers what was asked about a type, which never changes.
var layouts sync.Map // of reflect.Type to *layout

func layoutOf(t reflect.Type) *layout {
	if l, ok := layouts.Load(t); ok {
		return l.(*layout)
	}
	l := &layout{text: t.Implements(reflect.TypeFor[encoding.TextMarshaler]()), zero: t.Implements(reflect.TypeFor[zeroer]())}
	if t.Kind() == reflect.Struct {
		l.open = t.NumField() == 0
		for i := range t.NumField() {
			if f := t.Field(i); f.IsExported() {
				l.open = true
				l.fields = append(l.fields, field{i, f.Name, formOf(f.Type)})
			}
		}
	}
	layouts.Store(t, l)
	return l
}

type zeroer interface{ IsZero() bool }

// isZero reports whether a field counts as absent: its zero value, a zero decimal however written, an empty list.
func isZero(v reflect.Value) bool {
	switch {
	case v.Kind() == reflect.Interface:
		if z, ok := v.Interface().(zeroer); ok {
			return z.IsZero()
		}
	case v.Type().NumMethod() == 0 || !layoutOf(v.Type()).zero || v.Kind() == reflect.Pointer && v.IsNil():
	case v.CanAddr() && v.Kind() != reflect.Pointer:
		return v.Addr().Interface().(zeroer).IsZero()
	default:
		return v.Interface().(zeroer).IsZero()
	}
	if v.Kind() == reflect.Slice || v.Kind() == reflect.Map {
		return v.Len() == 0
	}
	return v.IsZero()
}

// Canonical writes d in the one form that equal decimals share: no exponent, no trailing zeros, no minus zero. "1200.5".
func Canonical(d decimal.Decimal) string {
	s := d.String()
	if strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	if s == "-0" || s == "" {
		return "0"
	}
	return s
}
