package relational

import (
	"bytes"
	"encoding"
	"encoding/json"
	"fmt"
	"reflect"

	"github.com/musterhr/hr"
)

// A document is the JSON of what has no column of its own: lists, maps and what pointers point at. Its members are named as columns are.
// Unlike encoding/json it keeps the values of secrets, because a store must; decimals, days and instants are texts.

func encodeDocument(v reflect.Value) string {
	b, err := json.Marshal(treeOf(v))
	if err != nil {
		panic(fmt.Sprintf("relational: %s: %v", v.Type(), err))
	}
	return string(b)
}

// treeOf returns what encoding/json writes for v.
func treeOf(v reflect.Value) any {
	if s, ok := v.Interface().(hr.Secret); ok {
		return s.Reveal()
	}
	if v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return nil
		}
		return treeOf(v.Elem())
	}
	if v.Type() == reflect.TypeFor[hr.Money]() {
		m := v.Interface().(hr.Money)
		return map[string]any{"amount": m.Amount.String(), "currency": string(m.Currency)}
	}
	if t, ok := v.Interface().(encoding.TextMarshaler); ok {
		if v.IsZero() {
			return ""
		}
		b, err := t.MarshalText()
		if err != nil {
			panic(fmt.Sprintf("relational: %s: %v", v.Type(), err))
		}
		return string(b)
	}
	switch v.Kind() {
	case reflect.String:
		return v.String()
	case reflect.Int, reflect.Int64, reflect.Int32:
		return v.Int()
	case reflect.Bool:
		return v.Bool()
	case reflect.Slice:
		if v.Type() == bytesType {
			return v.Bytes()
		}
		out := make([]any, v.Len())
		for i := range out {
			out[i] = treeOf(v.Index(i))
		}
		return out
	case reflect.Map:
		out := make(map[string]any, v.Len())
		for it := v.MapRange(); it.Next(); {
			out[treeOf(it.Key()).(string)] = treeOf(it.Value())
		}
		return out
	case reflect.Struct:
		out := make(map[string]any, v.NumField())
		for i := range v.NumField() {
			if f := v.Field(i); !f.IsZero() {
				out[snake(v.Type().Field(i).Name)] = treeOf(f)
			}
		}
		return out
	}
	panic(fmt.Sprintf("relational: a document cannot hold a %s", v.Type()))
}

// decodeDocument reads into v, which can be set, what encodeDocument wrote of it. What it does not know it leaves out.
func decodeDocument(b []byte, v reflect.Value) error {
	dec := json.NewDecoder(bytes.NewReader(b))
	dec.UseNumber()
	var tree any
	if err := dec.Decode(&tree); err != nil {
		return fmt.Errorf("relational: a stored document is damaged: %w", err)
	}
	v.SetZero()
	return grow(v, tree)
}

func grow(v reflect.Value, tree any) error {
	damaged := func() error { return fmt.Errorf("relational: a stored document has a %T where a %s belongs", tree, v.Type()) }
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
		for i := range v.NumField() {
			if member, ok := members[snake(v.Type().Field(i).Name)]; ok {
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
