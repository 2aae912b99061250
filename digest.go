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
	"strings"
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
	e := encoder{h: sha256.New()}
	e.text("muster/1")
	e.text(kind)
	e.value(reflect.ValueOf(v))
	return hex.EncodeToString(e.h.Sum(nil))
}

type encoder struct{ h hash.Hash }

func (e encoder) mark(b byte, n int) {
	var buf [9]byte
	buf[0] = b
	binary.BigEndian.PutUint64(buf[1:], uint64(n))
	e.h.Write(buf[:])
}

func (e encoder) text(s string) {
	e.mark('s', len(s))
	e.h.Write([]byte(s))
}

func (e encoder) value(v reflect.Value) {
	if !v.IsValid() {
		e.mark('0', 0)
		return
	}
	if v.CanInterface() {
		switch x := v.Interface().(type) {
		case decimal.Decimal:
			e.text("d" + Canonical(x))
			return
		case time.Time:
			e.text("t" + x.UTC().Format(time.RFC3339Nano))
			return
		case Secret:
			e.text("x" + x.Reveal())
			return
		case Money:
			e.text("m" + string(x.Currency) + " " + Canonical(x.Amount))
			return
		case encoding.TextMarshaler:
			if v.Kind() == reflect.Pointer {
				if v.IsNil() {
					e.mark('0', 0)
					return
				}
				if _, ok := v.Elem().Interface().(encoding.TextMarshaler); ok { // says what it points at
					e.value(v.Elem())
					return
				}
			}
			b, err := x.MarshalText()
			if err != nil {
				panic(fmt.Sprintf("hr: digest of %s: %v", v.Type(), err))
			}
			e.text("T" + string(b))
			return
		}
	}
	switch v.Kind() {
	case reflect.Bool:
		e.text(fmt.Sprintf("b%t", v.Bool()))
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		e.text(fmt.Sprintf("i%d", v.Int()))
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		e.text(fmt.Sprintf("i%d", v.Uint()))
	case reflect.String:
		e.text("S" + v.String())
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

func (e encoder) fields(v reflect.Value) {
	var set []int
	open := v.NumField() == 0
	for i := range v.NumField() {
		if !v.Type().Field(i).IsExported() {
			continue
		}
		open = true
		if !isZero(v.Field(i)) {
			set = append(set, i)
		}
	}
	if !open { // what it hides would not be told apart
		panic(fmt.Sprintf("hr: a %s keeps its content to itself and has no digest", v.Type()))
	}
	e.mark('r', len(set))
	for _, i := range set {
		e.text(v.Type().Field(i).Name)
		e.value(v.Field(i))
	}
}

// isZero reports whether a field counts as absent: its zero value, a zero decimal however written, an empty list.
func isZero(v reflect.Value) bool {
	if z, ok := v.Interface().(interface{ IsZero() bool }); ok && (v.Kind() != reflect.Pointer || !v.IsNil()) {
		return z.IsZero()
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
