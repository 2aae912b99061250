package relational

import (
	"encoding"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage/internal/sets"
)

// Kind is the kind of a column.
type Kind int

const (
	Text     Kind = iota // never null
	Integer              // 64 bits, never null
	Boolean              // never null
	Decimal              // exact, never null
	Day                  // null: no date
	Instant              // to the microsecond; null: none
	Secret               // a text that is seen by whoever must
	Document             // JSON
	Integers             // a list of integers
	Bytes                // null: nil
	kinds
)

// column is one column of a table, and the field that it holds.
type column struct {
	name string
	kind Kind
	path []int    // of the field
	part int      // of a period: 0 its first day, 1 its last; of money: 0 the amount, 1 the currency
	set  []string // the values that a text may have beside the empty one; nil: any
}

// mapping says how the values of a type are spread over columns.
type mapping struct {
	columns []column
	value   []func(reflect.Value) any // of the field of each column
}

var (
	textType  = reflect.TypeFor[encoding.TextMarshaler]()
	bytesType = reflect.TypeFor[[]byte]()
)

// mapOf spreads a type over columns. Those whose name is in taken are called value_NAME; a field in skip, by its Go name, gets none: the
// caller keeps it elsewhere. It panics on a type that has no columns, which is a mistake in code.
func mapOf[T any](taken []string, skip ...string) mapping {
	var m mapping
	m.add(reflect.TypeFor[T](), "", nil, taken, skip)
	return m
}

func (m *mapping) add(t reflect.Type, prefix string, path []int, taken, skip []string) {
	put := func(name string, k Kind, part int) {
		if slices.Contains(taken, name) {
			name = "value_" + name
		}
		if slices.ContainsFunc(m.columns, func(c column) bool { return c.name == name }) {
			panic("relational: two columns " + name)
		}
		m.columns = append(m.columns, column{name, k, path, part, sets.Of(t)})
		m.value = append(m.value, valueOf(t, k, part))
	}
	join := func(name string) string {
		if prefix == "" {
			return name
		}
		return strings.TrimSuffix(prefix+"_"+name, "_")
	}
	switch t {
	case reflect.TypeFor[hr.Date]():
		put(prefix, Day, 0)
		return
	case reflect.TypeFor[time.Time]():
		put(prefix, Instant, 0)
		return
	case reflect.TypeFor[decimal.Decimal]():
		put(prefix, Decimal, 0)
		return
	case reflect.TypeFor[hr.Secret]():
		put(prefix, Secret, 0)
		return
	case reflect.TypeFor[hr.Period]():
		put(join("from"), Day, 0)
		put(join("through"), Day, 1)
		return
	case reflect.TypeFor[hr.Money]():
		put(join("amount"), Decimal, 0)
		put(join("currency"), Text, 1)
		return
	case bytesType:
		put(prefix, Bytes, 0)
		return
	}
	if t.Implements(textType) {
		put(prefix, Text, 0)
		return
	}
	switch t.Kind() {
	case reflect.String:
		put(prefix, Text, 0)
	case reflect.Int, reflect.Int64, reflect.Int32:
		put(prefix, Integer, 0)
	case reflect.Bool:
		put(prefix, Boolean, 0)
	case reflect.Slice, reflect.Map, reflect.Pointer:
		put(prefix, Document, 0)
	case reflect.Struct:
		for i := range t.NumField() {
			f := t.Field(i)
			if !f.IsExported() {
				panic(fmt.Sprintf("relational: %s hides %s", t, f.Name))
			}
			name := snake(f.Name)
			if path == nil && slices.Contains(skip, f.Name) {
				continue
			}
			if f.Anonymous {
				name = ""
			}
			m.add(f.Type, strings.Trim(join(name), "_"), append(slices.Clone(path), i), taken, nil)
		}
	default:
		panic(fmt.Sprintf("relational: a field of type %s has no column", t))
	}
}

// refer makes null, where they are empty, the columns that name a row which must be there if they name any.
func (m *mapping) refer(table string) {
	for _, r := range ties[table] {
		at := slices.IndexFunc(m.columns, func(c column) bool { return c.name == r.columns[len(r.columns)-1] })
		if !r.optional || at < 0 {
			continue
		}
		text := m.value[at]
		m.columns[at].kind = reference
		m.value[at] = func(v reflect.Value) any { s := text(v); return orNull(s, s == "") }
	}
}

// snake writes a Go name as a column: PayDate is pay_date, PlanID is plan_id.
func snake(name string) string {
	var b strings.Builder
	runes := []rune(name)
	for i, r := range runes {
		if unicode.IsUpper(r) && i > 0 && (unicode.IsLower(runes[i-1]) || i+1 < len(runes) && unicode.IsLower(runes[i+1])) {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

// names returns the names of the columns, in order.
func (m mapping) names() []string { return namesIn(m.columns) }

func namesIn(columns []column) []string {
	out := make([]string, len(columns))
	for i, c := range columns {
		out[i] = c.name
	}
	return out
}

// values appends what a value has for each column, as [Adder] takes it.
func (m mapping) values(dst []any, v reflect.Value) []any {
	for i := range m.columns {
		dst = append(dst, m.value[i](v.FieldByIndex(m.columns[i].path)))
	}
	return dst
}

// args appends what a value has for each column, as the driver takes it.
func (m mapping) args(dst []any, d Dialect, v reflect.Value) []any {
	from := len(dst)
	dst = m.values(dst, v)
	for i, c := range m.columns {
		if x := dst[from+i]; x != nil {
			dst[from+i] = d.Value(c.kind, x)
		}
	}
	return dst
}

// cells appends, for each column, what reads it into a value that can be set.
func (m mapping) cells(dst []any, v reflect.Value) []any {
	all := make([]cell, len(m.columns))
	dst = slices.Grow(dst, len(all))
	for i, c := range m.columns {
		all[i] = cell{v.FieldByIndex(c.path), c.name, c.kind, c.part}
		dst = append(dst, &all[i])
	}
	return dst
}

// trim cuts the instants of a value that can be set to what a column keeps of them.
func (m mapping) trim(v reflect.Value) {
	for _, c := range m.columns {
		if c.kind == Instant {
			t := v.FieldByIndex(c.path).Addr().Interface().(*time.Time)
			*t = t.UTC().Truncate(time.Microsecond)
		}
	}
}
