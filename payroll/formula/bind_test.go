package formula

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
)

// What the law holds on a day is kept for so many days, and worked out anew for those beyond.
func TestBindingsAreKeptUpToALimit(t *testing.T) {
	f, err := Parse("days.rules", "param p : money = 1, 2 from 2026-01-01\nline x = p\n")
	require.NoError(t, err)
	p, err := Compile(Config{Files: []*File{f}})
	require.NoError(t, err)
	kept := func() (n int) {
		p.bound.Range(func(any, any) bool { n++; return true })
		return n
	}
	first := hr.MustDate("2020-01-01")
	require.Same(t, p.at(first), p.at(first))
	for i := range maxBindings + 5 {
		day := first.Add(i)
		want := "1"
		if !day.Before(hr.MustDate("2026-01-01")) {
			want = "2"
		}
		require.Equal(t, want, p.at(day).params[0].value.String())
		require.Equal(t, min(i+1, maxBindings), kept())
	}
	beyond := first.Add(maxBindings + 1)
	require.NotSame(t, p.at(beyond), p.at(beyond))
}
