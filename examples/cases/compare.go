package main

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
)

// difference is one key of expect that came out otherwise.
type difference struct {
	Key  string // "schedule[3].tds"
	Got  any    // nil: nothing came out
	Want any
}

func (d difference) String() string {
	return fmt.Sprintf("%s: got %s, want %s", d.Key, inline(d.Got), inline(d.Want))
}

func inline(v any) string {
	text, err := json.Marshal(printable(v))
	if err != nil {
		return fmt.Sprint(v)
	}
	return string(text)
}

// compare returns the keys of expect that differ, in order of their names. Keys that only got has do not matter, inside nested
// objects either; a list must have exactly the wanted elements.
func compare(got map[string]any, e example) []difference {
	var out []difference
	objects(&out, "", got, e.Expect, e.Tolerance)
	return out
}

func objects(out *[]difference, path string, got, want map[string]any, tolerance decimal.Decimal) {
	keys := make([]string, 0, len(want))
	for key := range want {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	for _, key := range keys {
		at := key
		if path != "" {
			at = path + "." + key
		}
		values(out, at, got[key], want[key], tolerance)
	}
}

func values(out *[]difference, path string, got, want any, tolerance decimal.Decimal) {
	same := false
	switch w := want.(type) {
	case map[string]any:
		if g, ok := got.(map[string]any); ok {
			// An empty object is wanted empty, not just unlooked at: "taken": {} says that nothing was taken.
			if len(w) > 0 || len(g) == 0 {
				objects(out, path, g, w, tolerance)
				return
			}
		}
	case []any:
		if g, ok := got.([]any); ok && len(g) == len(w) {
			for i := range w {
				values(out, fmt.Sprintf("%s[%d]", path, i), g[i], w[i], tolerance)
			}
			return
		}
	case bool, nil:
		same = got == want
	default:
		same = scalars(got, want, tolerance)
	}
	if !same {
		*out = append(*out, difference{path, got, want})
	}
}

// scalars compares numbers as exact decimals, whichever way they are written, and anything else as text.
func scalars(got, want any, tolerance decimal.Decimal) bool {
	w, isNumber := number(want)
	g, computed := figure(got)
	if isNumber && computed {
		return !g.Sub(w).Abs().GreaterThan(tolerance)
	}
	switch got := got.(type) {
	case string:
		return got == want
	case hr.Date:
		return got.String() == want
	}
	return false
}

// figure returns a computed number.
func figure(v any) (decimal.Decimal, bool) {
	switch v := v.(type) {
	case decimal.Decimal:
		return v, true
	case int:
		return decimal.NewFromInt(int64(v)), true
	}
	return number(v)
}

// printable turns a computed value into what JSON prints: numbers as numbers with all their digits, days as texts.
func printable(v any) any {
	switch v := v.(type) {
	case decimal.Decimal:
		return json.Number(hr.Canonical(v))
	case hr.Date:
		return v.String()
	case map[string]any:
		out := make(map[string]any, len(v))
		for key, x := range v {
			out[key] = printable(x)
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, x := range v {
			out[i] = printable(x)
		}
		return out
	}
	return v
}
