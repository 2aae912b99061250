// Package need stops a test that does not find what it needs, for tests that several modules share: their packages are no test files, and so may import
// nothing of other people's.
package need

import (
	"errors"
	"reflect"
	"slices"
	"testing"
)

// NoError stops unless err is nil.
func NoError(t testing.TB, err error, about ...any) {
	t.Helper()
	if err != nil {
		stop(t, about, "unexpected error: %v", err)
	}
}

// ErrorIs stops unless target is in err.
func ErrorIs(t testing.TB, err, target error, about ...any) {
	t.Helper()
	if !errors.Is(err, target) {
		stop(t, about, "the error is %v, and %v was needed", err, target)
	}
}

// Equal stops unless got is want.
func Equal(t testing.TB, want, got any, about ...any) {
	t.Helper()
	if !reflect.DeepEqual(want, got) {
		stop(t, about, "it is %v, and %v was needed", got, want)
	}
}

// True stops unless it holds.
func True(t testing.TB, holds bool, about ...any) {
	t.Helper()
	if !holds {
		stop(t, about, "it does not hold")
	}
}

// False stops if it holds.
func False(t testing.TB, holds bool, about ...any) {
	t.Helper()
	True(t, !holds, about...)
}

// Zero stops unless v is the zero value of its type.
func Zero(t testing.TB, v any, about ...any) {
	t.Helper()
	if v != nil && !reflect.ValueOf(v).IsZero() {
		stop(t, about, "it is %v, and nothing was needed", v)
	}
}

// Empty stops if a list, a map or a text has anything, or another value is not zero.
func Empty(t testing.TB, list any, about ...any) {
	t.Helper()
	if length(list) != 0 {
		stop(t, about, "it is %v, and nothing was needed", list)
	}
}

// NotEmpty stops unless a list, a map or a text has something.
func NotEmpty(t testing.TB, list any, about ...any) {
	t.Helper()
	if length(list) == 0 {
		stop(t, about, "it is empty")
	}
}

// Len stops unless a list, a map or a text has so many.
func Len(t testing.TB, list any, n int, about ...any) {
	t.Helper()
	if length(list) != n {
		stop(t, about, "it has %d, and %d were needed: %v", length(list), n, list)
	}
}

// Greater stops unless n is above least.
func Greater(t testing.TB, n, least int, about ...any) {
	t.Helper()
	if n <= least {
		stop(t, about, "it is %d, and more than %d was needed", n, least)
	}
}

// Subset stops unless list has every one of part.
func Subset[T comparable](t testing.TB, list, part []T, about ...any) {
	t.Helper()
	for _, x := range part {
		if !slices.Contains(list, x) {
			stop(t, about, "%v is not in %v", x, list)
		}
	}
}

func length(list any) int {
	switch v := reflect.ValueOf(list); v.Kind() {
	case reflect.Invalid:
		return 0
	case reflect.Slice, reflect.Map, reflect.String, reflect.Array:
		return v.Len()
	default:
		if v.IsZero() {
			return 0
		}
		return 1
	}
}

// stop fails the test, and says what about: a format and what belongs into it, or nothing.
func stop(t testing.TB, about []any, format string, args ...any) {
	t.Helper()
	t.Errorf(format, args...)
	if len(about) > 0 {
		if text, ok := about[0].(string); ok {
			t.Errorf(text, about[1:]...)
		} else {
			t.Error(about...)
		}
	}
	t.FailNow()
}
