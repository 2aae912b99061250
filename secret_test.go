package hr_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
)

// planted are values that must never leave by accident.
var planted = []string{"ABCDE1234F", "918020012345678", "87654.32", "Asha Rao", "asha@example.com"}

func person() hr.Person {
	return hr.Person{
		Name: "Asha Rao", Email: "asha@example.com",
		Identities: []hr.Identity{{Kind: "pan_in", Number: hr.NewSecret("ABCDE1234F")}},
		Bank:       hr.BankAccount{Holder: "Asha Rao", Number: hr.NewSecret("918020012345678"), Bank: "UTIB0000001"},
	}
}

func terms() hr.Terms {
	return hr.Terms{Entity: "Acme", Pay: []hr.PayTerm{{Name: "basic", Amount: dec("87654.32")}}}
}

func TestSecretsAndContainersHide(t *testing.T) {
	type row struct {
		N int
		S hr.Secret
		P hr.Person
		T *hr.Terms
		A []hr.PayTerm
	}
	p, pay := person(), terms()
	values := []any{
		hr.NewSecret("ABCDE1234F"), p.Identities[0], p, &p, p.Bank, pay, &pay, pay.Pay[0], pay.Pay,
		[]hr.Terms{pay},
		map[string]hr.Person{"E1": p},
		hr.Hire{Employee: "E1", Person: p, Terms: pay},
		row{1, hr.NewSecret("ABCDE1234F"), p, &pay, pay.Pay},
		hr.Entry[hr.Terms]{ID: "t1", Value: pay},
		hr.Step[hr.Terms]{Value: pay},
		hr.Trace{Name: "basic", Value: "87654.32"},
	}
	for _, v := range values {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
			hides(t, fmt.Sprintf(verb, v), "%T with %s", v, verb)
		}
		hides(t, fmt.Sprint(v)+fmt.Sprintln(v), "%T", v)
		hides(t, fmt.Errorf("wrapped: %w %v", errors.New("x"), v).Error(), "%T in an error", v)
		hides(t, logged(func(w *bytes.Buffer) slog.Handler { return slog.NewTextHandler(w, nil) }, v), "%T logged as text", v)
	}
	// JSON is for storing, so a container inside another value is written out there; on its own, slog asks it first.
	for _, v := range values[:8] {
		hides(t, logged(func(w *bytes.Buffer) slog.Handler { return slog.NewJSONHandler(w, nil) }, v), "%T logged as JSON", v)
	}
	// fmt prints an unexported field without asking its type.
	type private struct{ s hr.Secret }
	hides(t, fmt.Sprintf("%v %+v %#v", private{hr.NewSecret("ABCDE1234F")}, private{hr.NewSecret("ABCDE1234F")}, private{hr.NewSecret("ABCDE1234F")}), "unexported")
}

func hides(t *testing.T, text, what string, args ...any) {
	t.Helper()
	for _, p := range planted {
		require.NotContains(t, text, p, append([]any{what}, args...)...)
		require.NotContains(t, text, fmt.Sprintf("%x", p), append([]any{what}, args...)...)
	}
}

func logged(handler func(*bytes.Buffer) slog.Handler, v any) string {
	var b bytes.Buffer
	l := slog.New(handler(&b))
	l.Info("x", "v", v)
	l.With("v", v).WithGroup("g").Info("x", slog.Group("h", "v", v))
	return b.String()
}

func TestASecretLeavesOnlyThroughReveal(t *testing.T) {
	s := hr.NewSecret("ABCDE1234F")
	require.Equal(t, "ABCDE1234F", s.Reveal())
	require.Equal(t, "[hidden]", s.String())
	require.Equal(t, "••••234F", s.Tail())
	require.Equal(t, "••••", hr.NewSecret("1234567").Tail())
	require.Equal(t, "••••5678", hr.NewSecret("12345678").Tail(), "eight are long enough")
	require.True(t, s.Equal(hr.NewSecret("ABCDE1234F")))
	require.False(t, s.Equal(hr.NewSecret("ABCDE1234G")) || s.Equal(hr.Secret{}))
	_, err := json.Marshal(person())
	require.Error(t, err)
	hides(t, err.Error(), "the refusal")
	var none hr.Secret
	require.True(t, none.IsZero() && none == hr.NewSecret("") && none.Equal(hr.NewSecret("")))
	require.Empty(t, none.String()+none.Reveal())
	b, err := json.Marshal(map[string]hr.Secret{"x": none})
	require.NoError(t, err)
	require.JSONEq(t, `{"x":""}`, string(b))
	var account hr.BankAccount // what arrives as JSON is read, and a container without a value comes back
	require.NoError(t, json.Unmarshal([]byte(`{"holder":"A. Person","number":"ABCDE1234F"}`), &account))
	require.Equal(t, "ABCDE1234F", account.Number.Reveal())
	_, err = json.Marshal(account)
	require.Error(t, err)
	account.Number = hr.Secret{}
	b, err = json.Marshal(account)
	require.NoError(t, err)
	var back hr.BankAccount
	require.NoError(t, json.Unmarshal(b, &back))
	require.Equal(t, account, back)
	one, other := person().Bank, person().Bank
	require.True(t, one == other, "containers compare by value")
	require.True(t, hr.BankAccount{}.IsZero())
	require.Equal(t, "ABCDE1234F", person().Identity("pan_in").Reveal())
	require.True(t, person().Identity("uan_in").IsZero())
}

func TestFieldClasses(t *testing.T) {
	require.Equal(t, []hr.FieldClass{"public", "contact", "private", "government_id", "money", "special"}, hr.FieldClasses())
}

func ExampleSecret() {
	pan := hr.NewSecret("ABCDE1234F")
	fmt.Println(pan, pan.Tail(), pan.Reveal())
	// Output: [hidden] ••••234F ABCDE1234F
}
