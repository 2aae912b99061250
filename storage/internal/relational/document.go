package relational

import (
	"bytes"
	"encoding"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
)

// A document is the JSON of what has no column of its own: lists, maps and what pointers point at. Its members are named as columns are.
// Unlike encoding/json it keeps the values of secrets, because a store must; decimals, days and instants are texts.

// members has the names of the fields of a struct, by type, so that they are made once.
var members sync.Map

func membersOf(t reflect.Type) []string {
	if known, ok := members.Load(t); ok {
		return known.([]string)
	}
	names := make([]string, t.NumField())
	for i := range names {
		names[i] = snake(t.Field(i).Name)
	}
	members.Store(t, names)
	return names
}

// encodeDocument writes v as JSON.
func encodeDocument(v reflect.Value) string {
	if v.Kind() == reflect.Slice && v.Len() == 0 && v.Type() != bytesType { // as most are
		return "[]"
	}
	return string(appendDocument(nil, v))
}

func appendDocument(dst []byte, v reflect.Value) []byte {
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			return append(dst, "null"...)
		}
		return appendDocument(dst, v.Elem())
	case reflect.Slice:
		if v.Type() == bytesType {
			return append(base64.StdEncoding.AppendEncode(append(dst, '"'), v.Bytes()), '"')
		}
		dst = append(dst, '[')
		for i := range v.Len() {
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = appendDocument(dst, v.Index(i))
		}
		return append(dst, ']')
	case reflect.Map:
		dst = append(dst, '{')
		members := v.MapKeys()
		slices.SortFunc(members, func(a, b reflect.Value) int { return strings.Compare(textIn(a), textIn(b)) })
		for i, key := range members {
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = appendDocument(append(appendText(dst, textIn(key)), ':'), v.MapIndex(key))
		}
		return append(dst, '}')
	case reflect.Int, reflect.Int64, reflect.Int32:
		if !v.Type().Implements(textType) {
			return strconv.AppendInt(dst, v.Int(), 10)
		}
	case reflect.Bool:
		return strconv.AppendBool(dst, v.Bool())
	case reflect.Struct:
		if text, ok := singleText(v); ok {
			return appendText(dst, text)
		}
		dst = append(dst, '{')
		names := membersOf(v.Type())
		first := true
		for i := range v.NumField() {
			f := v.Field(i)
			if f.IsZero() {
				continue
			}
			if !first {
				dst = append(dst, ',')
			}
			first = false
			dst = appendDocument(append(appendText(dst, names[i]), ':'), f)
		}
		return append(dst, '}')
	case reflect.String:
	default:
		panic(fmt.Sprintf("relational: a document cannot hold a %s", v.Type()))
	}
	return appendText(dst, textIn(v))
}

// singleText returns the text of a struct that is one value: a day, a decimal, an instant, a secret. Money is two.
func singleText(v reflect.Value) (text string, ok bool) {
	switch x := v.Interface().(type) {
	case hr.Money:
		return "", false
	case hr.Secret:
		return x.Reveal(), true
	case decimal.Decimal:
		return x.String(), true
	case encoding.TextMarshaler:
		if v.IsZero() {
			return "", true
		}
		b, err := x.MarshalText()
		if err != nil {
			panic(fmt.Sprintf("relational: %s: %v", v.Type(), err))
		}
		return string(b), true
	}
	return "", false
}

// textIn returns the text of a value that is one.
func textIn(v reflect.Value) string {
	if v.Kind() == reflect.String && !v.Type().Implements(textType) {
		return v.String()
	}
	text, ok := singleText(v)
	if !ok {
		panic(fmt.Sprintf("relational: a %s is no text", v.Type()))
	}
	return text
}

// appendText appends a text as JSON.
func appendText(dst []byte, s string) []byte {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c >= utf8.RuneSelf || c == '"' || c == '\\' {
			b, err := json.Marshal(s)
			if err != nil {
				panic(fmt.Sprintf("relational: %v", err)) // a string always has a JSON form
			}
			return append(dst, b...)
		}
	}
	return append(append(append(dst, '"'), s...), '"')
}

// decodeDocument reads into v, which can be set, what encodeDocument wrote of it. What it does not know it leaves out.
func decodeDocument(b []byte, v reflect.Value) error {
	if len(b) == 2 && string(b) == "[]" && v.Kind() == reflect.Slice && v.Type() != bytesType { // as most are
		v.SetZero()
		return nil
	}
	dec := json.NewDecoder(bytes.NewReader(b))
	dec.UseNumber()
	var tree any
	if err := dec.Decode(&tree); err != nil {
		return fmt.Errorf("relational: a stored document is damaged: %w", err)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return errors.New("relational: a stored document goes on behind its end")
	}
	v.SetZero()
	return grow(v, tree)
}

func grow(v reflect.Value, tree any) error {
	damaged := func() error {
		return fmt.Errorf("relational: a stored document has a %T where a %s belongs", tree, v.Type())
	}
	if tree == nil {
		return nil
	}
	if v.Kind() == reflect.Pointer {
		v.Set(reflect.New(v.Type().Elem()))
		return grow(v.Elem(), tree)
	}
	if v.Type() == reflect.TypeFor[hr.Money]() {
		m, ok := tree.(map[string]any)
		if !ok {
			return damaged()
		}
		for name, field := range map[string]reflect.Value{"amount": v.FieldByName("Amount"), "currency": v.FieldByName("Currency")} {
			if err := grow(field, m[name]); err != nil {
				return err
			}
		}
		return nil
	}
	switch p := v.Addr().Interface().(type) {
	case *hr.Secret:
		s, ok := tree.(string)
		if !ok {
			return damaged()
		}
		*p = hr.NewSecret(s)
		return nil
	case encoding.TextUnmarshaler:
		s, ok := tree.(string)
		if !ok {
			return damaged()
		}
		if s == "" {
			return nil
		}
		return p.UnmarshalText([]byte(s))
	}
	switch v.Kind() {
	case reflect.String:
		s, ok := tree.(string)
		if !ok {
			return damaged()
		}
		v.SetString(s)
	case reflect.Int, reflect.Int64, reflect.Int32:
		n, ok := tree.(json.Number)
		if !ok {
			return damaged()
		}
		i, err := n.Int64()
		if err != nil {
			return damaged()
		}
		v.SetInt(i)
	case reflect.Bool:
		b, ok := tree.(bool)
		if !ok {
			return damaged()
		}
		v.SetBool(b)
	case reflect.Slice:
		if v.Type() == bytesType {
			s, ok := tree.(string)
			if !ok {
				return damaged()
			}
			raw, err := json.Marshal(s)
			if err != nil {
				return err
			}
			return json.Unmarshal(raw, v.Addr().Interface())
		}
		list, ok := tree.([]any)
		if !ok {
			return damaged()
		}
		if len(list) == 0 {
			return nil
		}
		v.Set(reflect.MakeSlice(v.Type(), len(list), len(list)))
		for i := range list {
			if err := grow(v.Index(i), list[i]); err != nil {
				return err
			}
		}
	case reflect.Map:
		members, ok := tree.(map[string]any)
		if !ok {
			return damaged()
		}
		v.Set(reflect.MakeMapWithSize(v.Type(), len(members)))
		for name, member := range members {
			key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
			if err := grow(key, name); err != nil {
				return err
			}
			if err := grow(value, member); err != nil {
				return err
			}
			v.SetMapIndex(key, value)
		}
	case reflect.Struct:
		members, ok := tree.(map[string]any)
		if !ok {
			return damaged()
		}
		for i, name := range membersOf(v.Type()) {
			if member, ok := members[name]; ok {
				if err := grow(v.Field(i), member); err != nil {
					return err
				}
			}
		}
	default:
		return damaged()
	}
	return nil
}
