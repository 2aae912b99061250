package relational

import (
	"encoding"
	"fmt"
	"reflect"
	"time"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// cell is one field of a value, seen as a column.
type cell struct {
	v    reflect.Value
	name string
	kind Kind
	part int
}

// valueOf returns what reads the column of a field, of which only the type is known: string, int64, bool, decimal.Decimal, hr.Date, time.Time or
// []byte; nil is null. It is made once for each column, so that what a field is need not be found out for every row.
func valueOf(t reflect.Type, k Kind, part int) func(v reflect.Value) any {
	switch t {
	case reflect.TypeFor[hr.Date]():
		return func(v reflect.Value) any { x := v.Addr().Interface().(*hr.Date); return orNull(*x, x.IsZero()) } // by a pointer, which copies nothing
	case reflect.TypeFor[time.Time]():
		return func(v reflect.Value) any {
			x := v.Addr().Interface().(*time.Time)
			return orNull(x.UTC().Truncate(time.Microsecond), x.IsZero())
		}
	case reflect.TypeFor[decimal.Decimal]():
		return func(v reflect.Value) any { return *v.Addr().Interface().(*decimal.Decimal) }
	case reflect.TypeFor[hr.Secret]():
		return func(v reflect.Value) any { return v.Addr().Interface().(*hr.Secret).Reveal() }
	case reflect.TypeFor[hr.Period]():
		return func(v reflect.Value) any {
			x := v.Addr().Interface().(*hr.Period)
			if part == 0 {
				return orNull(x.From, x.From.IsZero())
			}
			return orNull(x.Through, x.Through.IsZero())
		}
	case reflect.TypeFor[hr.Money]():
		return func(v reflect.Value) any {
			x := v.Addr().Interface().(*hr.Money)
			if part == 0 {
				return x.Amount
			}
			return string(x.Currency)
		}
	case bytesType:
		return func(v reflect.Value) any { return orNull(v.Bytes(), v.IsNil()) }
	}
	if t.Implements(textType) {
		return func(v reflect.Value) any {
			b, err := v.Addr().Interface().(encoding.TextMarshaler).MarshalText()
			if err != nil {
				panic(fmt.Sprintf("relational: %s: %v", t, err))
			}
			return string(b)
		}
	}
	switch k {
	case Text:
		return func(v reflect.Value) any { return v.String() }
	case Integer:
		return func(v reflect.Value) any { return v.Int() }
	case Boolean:
		return func(v reflect.Value) any { return v.Bool() }
	case Document:
		return func(v reflect.Value) any { return encodeDocument(v) }
	}
	panic(fmt.Sprintf("relational: %s is no column", t))
}

func orNull[T any](v T, null bool) any {
	if null {
		return nil
	}
	return v
}

// Scan reads a column into the field. It implements sql.Scanner. An error names the column and not what is in it.
func (c *cell) Scan(src any) error {
	if c.scan(src) != nil {
		return &storage.DamagedError{Column: c.name}
	}
	return nil
}

func (c *cell) scan(src any) error {
	switch p := c.v.Addr().Interface().(type) {
	case *hr.Date:
		return p.Scan(src)
	case *time.Time:
		return scanInstant(p, src)
	case *decimal.Decimal:
		return p.Scan(src)
	case *hr.Secret:
		s, err := textOf(src)
		*p = hr.NewSecret(s)
		return err
	case *hr.Period:
		if c.part == 0 {
			return p.From.Scan(src)
		}
		return p.Through.Scan(src)
	case *hr.Money:
		if c.part == 0 {
			return p.Amount.Scan(src)
		}
		s, err := textOf(src)
		p.Currency = hr.Currency(s)
		return err
	case *[]byte:
		switch x := src.(type) {
		case nil:
			*p = nil
		case []byte:
			*p = append([]byte{}, x...)
		case string:
			*p = []byte(x)
		default:
			return fmt.Errorf("relational: %T is no bytes", src)
		}
		return nil
	case encoding.TextUnmarshaler:
		s, err := textOf(src)
		if err != nil {
			return err
		}
		return p.UnmarshalText([]byte(s))
	}
	switch c.kind {
	case reference:
		c.v.SetString("")
		if src == nil {
			return nil
		}
		fallthrough
	case Text:
		s, err := textOf(src)
		c.v.SetString(s)
		return err
	case Integer:
		n, ok := src.(int64)
		if !ok {
			return fmt.Errorf("relational: %T is no integer", src)
		}
		c.v.SetInt(n)
	case Boolean:
		switch x := src.(type) {
		case bool:
			c.v.SetBool(x)
		case int64:
			if x != 0 && x != 1 {
				return fmt.Errorf("relational: %d is no yes or no", x)
			}
			c.v.SetBool(x == 1)
		default:
			return fmt.Errorf("relational: %T is no yes or no", src)
		}
	case Document:
		s, err := textOf(src)
		if err != nil {
			return err
		}
		return decodeDocument([]byte(s), c.v)
	}
	return nil
}

func textOf(src any) (string, error) {
	switch x := src.(type) {
	case string:
		return x, nil
	case []byte:
		return string(x), nil
	}
	return "", fmt.Errorf("relational: %T is no text", src)
}

// instantForm is how an instant is written where the database has no type for it: as text that sorts.
const instantForm = "2006-01-02T15:04:05.000000Z"

func scanInstant(p *time.Time, src any) error {
	switch x := src.(type) {
	case nil:
		*p = time.Time{}
	case time.Time:
		*p = x.UTC()
	case string:
		t, err := time.Parse(instantForm, x)
		*p = t
		return err
	default:
		return fmt.Errorf("relational: %T is no instant", src)
	}
	return nil
}

// InstantText writes an instant as text that sorts.
func InstantText(t time.Time) string { return t.UTC().Format(instantForm) }
