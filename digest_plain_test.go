package hr_test

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
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/musterhr/hr"
)

// plainDigest is Digest as it was first written: one value after the other, each copied, straight into the hash.
func plainDigest(kind string, v any) string {
	e := plainEncoder{h: sha256.New()}
	e.text("muster/2")
	e.text(kind)
	e.value(reflect.ValueOf(v))
	return hex.EncodeToString(e.h.Sum(nil))
}

type plainEncoder struct{ h hash.Hash }

func (e plainEncoder) mark(b byte, n int) {
	e.h.Write(binary.AppendUvarint([]byte{b}, uint64(n)))
}

func (e plainEncoder) text(s string) { e.tagged("s" + s) }

// tagged writes a text behind its letter, which is the first of it.
func (e plainEncoder) tagged(s string) {
	e.mark(s[0], len(s)-1)
	e.h.Write([]byte(s[1:]))
}

func (e plainEncoder) value(v reflect.Value) {
	if !v.IsValid() {
		e.mark('0', 0)
		return
	}
	if v.CanInterface() {
		switch x := v.Interface().(type) {
		case decimal.Decimal:
			e.tagged("d" + hr.Canonical(x))
			return
		case time.Time:
			e.tagged("t" + x.UTC().Format(time.RFC3339Nano))
			return
		case hr.Secret:
			e.tagged("x" + x.Reveal())
			return
		case hr.Money:
			e.tagged("M" + string(x.Currency) + " " + hr.Canonical(x.Amount))
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
			e.tagged("T" + string(b))
			return
		}
	}
	switch v.Kind() {
	case reflect.Bool:
		e.tagged(fmt.Sprintf("b%t", v.Bool()))
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		e.tagged(fmt.Sprintf("i%d", v.Int()))
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		e.tagged(fmt.Sprintf("i%d", v.Uint()))
	case reflect.String:
		e.tagged("S" + v.String())
	case reflect.Slice, reflect.Array:
		e.mark('l', v.Len())
		for i := range v.Len() {
			e.value(v.Index(i))
		}
	case reflect.Map:
		keys := v.MapKeys()
		slices.SortFunc(keys, func(a, b reflect.Value) int { return strings.Compare(plainKey(a), plainKey(b)) })
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

// plainKey orders the keys of a map. Not every type prints what it holds: a secret and a bank account do not.
func plainKey(k reflect.Value) string {
	switch x := k.Interface().(type) {
	case hr.Secret:
		return x.Reveal()
	case fmt.Formatter:
		return plainDigest("key", x)
	default:
		return fmt.Sprint(x)
	}
}

func (e plainEncoder) fields(v reflect.Value) {
	var set []int
	open := v.NumField() == 0
	for i := range v.NumField() {
		if !v.Type().Field(i).IsExported() {
			continue
		}
		open = true
		if !plainZero(v.Field(i)) {
			set = append(set, i)
		}
	}
	if !open { // what it hides would not be told apart
		panic(fmt.Sprintf("hr: a %s keeps its content to itself and has no digest", v.Type()))
	}
	e.h.Write([]byte("r"))
	for _, i := range set {
		e.text(v.Type().Field(i).Name)
		e.value(v.Field(i))
	}
	e.h.Write([]byte("."))
}

// plainZero reports whether a field counts as absent: its zero value, a zero decimal however written, an empty list.
func plainZero(v reflect.Value) bool {
	if z, ok := v.Interface().(interface{ IsZero() bool }); ok && (v.Kind() != reflect.Pointer || !v.IsNil()) {
		return z.IsZero()
	}
	if v.Kind() == reflect.Slice || v.Kind() == reflect.Map {
		return v.Len() == 0
	}
	return v.IsZero()
}

// shape has a field of every form that a digest knows, and of the forms that it could mistake.
type shape struct {
	Text, Empty string
	Number      int64
	Small       uint8
	Yes         bool
	Amount      decimal.Decimal
	At          time.Time
	Secret      hr.Secret
	Money       hr.Money
	Day         hr.Date
	Period      hr.Period
	Clock       hr.TimeOfDay
	Named       named
	Pointer     *shape
	PAmount     *decimal.Decimal
	PDay        *hr.Date
	PSecret     *hr.Secret
	Any         any
	List        []shape
	Amounts     []decimal.Decimal
	Array       [2]hr.Date
	Map         map[string]decimal.Decimal
	Days        map[hr.Date]hr.Money
	Secrets     map[hr.Secret]int
	ByPointer   byPointer
	hidden      int
}

// named has a method and no form of its own; byPointer has one on its pointer alone, so the value has none.
type named string

func (n named) String() string { return "named " + string(n) }

type byPointer struct{ N int }

func (b *byPointer) MarshalText() ([]byte, error) { return []byte("pointer"), nil }
func (b *byPointer) IsZero() bool                 { return b.N == 7 }

func drawShape(t *rapid.T, depth int) shape {
	day := rapid.Custom(func(t *rapid.T) hr.Date {
		return hr.MustDate("2026-01-01").Add(rapid.IntRange(0, 400).Draw(t, "day"))
	})
	amount := rapid.Custom(func(t *rapid.T) decimal.Decimal {
		return decimal.New(rapid.Int64Range(-100000, 100000).Draw(t, "units"), -rapid.Int32Range(-2, 6).Draw(t, "places"))
	})
	some := func(name string) bool { return rapid.Bool().Draw(t, name) }
	s := shape{hidden: 1, Number: rapid.Int64().Draw(t, "number"), Small: rapid.Uint8().Draw(t, "small"), Yes: some("yes"), Amount: amount.Draw(t, "amount")}
	s.Text, s.Named = rapid.String().Draw(t, "text"), named(rapid.SampledFrom([]string{"", "x"}).Draw(t, "named"))
	s.ByPointer.N = rapid.SampledFrom([]int{0, 3, 7}).Draw(t, "by pointer")
	if some("time") {
		s.At = time.Unix(rapid.Int64Range(0, 1<<32).Draw(t, "second"), 5).In(time.FixedZone("", 3600))
		s.Day, s.Clock = day.Draw(t, "day"), hr.MustTimeOfDay("09:30")
		s.Period = hr.Period{From: s.Day, Through: s.Day.Add(3)}
		s.Array[1] = s.Day
	}
	if some("secret") {
		s.Secret, s.Money = hr.NewSecret(s.Text), hr.Money{Amount: s.Amount, Currency: "INR"}
	}
	if some("pointers") {
		a, d, x := amount.Draw(t, "amount"), day.Draw(t, "day"), hr.NewSecret("y")
		s.PAmount, s.PDay, s.PSecret = &a, &d, &x
	}
	s.Amounts = rapid.SliceOfN(amount, 0, 3).Draw(t, "amounts")
	if some("maps") {
		s.Map = rapid.MapOfN(rapid.StringN(0, 3, -1), amount, 0, 3).Draw(t, "map")
		s.Days = map[hr.Date]hr.Money{day.Draw(t, "key"): s.Money}
		s.Secrets = map[hr.Secret]int{hr.NewSecret("k"): 1, hr.NewSecret("l"): 0}
	}
	p := amount.Draw(t, "pointer")
	s.Any = rapid.SampledFrom([]any{nil, 5, "text", p, &p, s.Day, s.Secret, s.Money, s.At, s.Named, s.ByPointer, &s.ByPointer, []any{p, nil, s.Day}}).Draw(t, "any")
	if depth > 0 && some("deeper") {
		inner := drawShape(t, depth-1)
		s.Pointer, s.List = &inner, []shape{inner, {}}
	}
	return s
}

// The encoder that points and remembers writes what the one writes that copies and asks.
func TestDigestIsThePlainOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawShape(t, 2)
		want := plainDigest("shape/1", s)
		require.Equal(t, want, hr.Digest("shape/1", s))
		require.Equal(t, want, hr.Digest("shape/1", &s), "a pointer says what it points at")
		require.Equal(t, plainDigest("shapes/1", []shape{s, {}, s}), hr.Digest("shapes/1", []shape{s, {}, s}))
		require.Equal(t, plainDigest("any/1", s.Any), hr.Digest("any/1", s.Any))
	})
	long := slices.Repeat([]string{"a text of some length", ""}, 4000)
	require.Equal(t, plainDigest("long/1", long), hr.Digest("long/1", long), "more than is written at once")
}

func BenchmarkDigest(b *testing.B) {
	type line struct {
		Name, Title, Unit string
		Amount            decimal.Decimal
		Full              decimal.Decimal
	}
	v := struct {
		Employee hr.EmployeeID
		Period   hr.Period
		Lines    []line
	}{"E1", hr.MustPeriod("2026-10-01..2026-10-31"), slices.Repeat([]line{{"basic_pay", "Basic", "money", dec("52000.00"), dec("52000")}}, 23)}
	for name, digest := range map[string]func(string, any) string{"points": hr.Digest, "plain": plainDigest} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				digest("payslip/1", v)
			}
		})
	}
}
