package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
)

// example is one worked example: the facts given and the figures expected.
type example struct {
	ID        string
	Country   string
	Topic     string
	Given     map[string]any
	Expect    map[string]any
	Tolerance decimal.Decimal // how far a number may be off; usually 0
}

// read reads one file of any of the three kinds. Numbers stay as they are written (json.Number): no figure passes through a float.
func read(name string) ([]example, error) {
	raw, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()
	var content any
	if err := dec.Decode(&content); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%s: something follows the JSON value", name)
	}
	list, row := content, worked
	switch c := content.(type) {
	case map[string]any:
		list = c["cases"]
	case []any:
		row = listed(name)
	}
	rows, ok := list.([]any)
	if !ok {
		return nil, fmt.Errorf("%s: neither {\"cases\": [...]} nor a list of identifiers or files", name)
	}
	out := make([]example, len(rows))
	for i, r := range rows {
		object, ok := r.(map[string]any)
		if !ok {
			return nil, fmt.Errorf("%s: row %d is not an object", name, i+1)
		}
		if out[i], err = row(i, object); err != nil {
			return nil, fmt.Errorf("%s: row %d: %w", name, i+1, err)
		}
	}
	return out, nil
}

// worked reads a row of {"cases": [...]}.
func worked(_ int, row map[string]any) (example, error) {
	var e example
	for key, field := range map[string]*string{"id": &e.ID, "country": &e.Country, "topic": &e.Topic} {
		s, ok := row[key].(string)
		if !ok || s == "" {
			return example{}, fmt.Errorf("%s must be a text", key)
		}
		*field = s
	}
	for key, field := range map[string]*map[string]any{"given": &e.Given, "expect": &e.Expect} {
		object, ok := row[key].(map[string]any)
		if !ok {
			return example{}, fmt.Errorf("%s must be an object", key)
		}
		*field = object
	}
	if len(e.Expect) == 0 {
		return example{}, errors.New("expect is empty, so nothing could differ")
	}
	if v, given := row["tolerance"]; given {
		t, ok := number(v)
		if !ok || t.IsNegative() {
			return example{}, errors.New("tolerance must be a number that is not negative")
		}
		e.Tolerance = t
	}
	return e, nil
}

// listed reads a row of identifiers.json or files.json as an example of the topic identifier.KIND or file.FORMAT. Paths are
// relative to the list.
func listed(list string) func(int, map[string]any) (example, error) {
	return func(i int, row map[string]any) (example, error) {
		kind, isIdentifier := row["kind"].(string)
		format, isFile := row["format"].(string)
		if _, ok := row["valid"].(bool); !ok || isIdentifier == isFile {
			return example{}, errors.New("neither an identifier (kind, value, valid) nor a file (file, format, valid)")
		}
		e := example{Country: "formats", Given: map[string]any{}, Expect: map[string]any{"valid": row["valid"]}}
		take := func(into map[string]any, key string) {
			if v, ok := row[key]; ok {
				into[key] = v
			}
		}
		if isIdentifier {
			e.ID, e.Topic = fmt.Sprintf("%s-%d", kind, i+1), "identifier."+kind
			take(e.Given, "value")
			take(e.Expect, "canonical")
			return e, nil
		}
		file, _ := row["file"].(string)
		if !filepath.IsLocal(file) {
			return example{}, errors.New("file must be a name beside the list")
		}
		e.ID, e.Topic = file, "file."+format
		e.Given["path"] = filepath.Join(filepath.Dir(list), file)
		take(e.Expect, "totals")
		return e, nil
	}
}

// number reads a JSON number, or a text that is one, exactly.
func number(v any) (decimal.Decimal, bool) {
	var s string
	switch v := v.(type) {
	case json.Number:
		s = v.String()
	case string:
		s = v
	default:
		return decimal.Decimal{}, false
	}
	if d, err := hr.ParseDecimal(s); err == nil {
		return d, true
	}
	if _, isNumber := v.(json.Number); !isNumber {
		return decimal.Decimal{}, false
	}
	d, err := decimal.NewFromString(s) // 1e5, which JSON allows and a person would not write
	return d, err == nil
}
