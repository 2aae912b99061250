package postgres_test

import (
	"reflect"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr/storage/memory"
	"github.com/musterhr/hr/storage/postgres"
)

// Whatever storage/memory keeps, this store keeps: it has every method of it, in the same form, so it is every port that memory is. A port
// that memory gains fails here until it has its tables. That they do what the ports say is proved by the suites.
func TestEveryPortOfMemoryIsHere(t *testing.T) {
	ours, theirs := reflect.TypeFor[*postgres.DB](), reflect.TypeFor[*memory.DB]()
	form := func(m reflect.Method) (out []reflect.Type) { // without the receiver
		for i := 1; i < m.Type.NumIn(); i++ {
			out = append(out, m.Type.In(i))
		}
		for i := range m.Type.NumOut() {
			out = append(out, m.Type.Out(i))
		}
		return out
	}
	require.Greater(t, theirs.NumMethod(), 90)
	for i := range theirs.NumMethod() {
		want := theirs.Method(i)
		got, found := ours.MethodByName(want.Name)
		if require.True(t, found, "%s is missing", want.Name); found {
			require.Equal(t, form(want), form(got), want.Name)
		}
	}
}
