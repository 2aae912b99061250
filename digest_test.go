package hr_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"reflect"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/musterhr/hr"
)

func TestEqualContentHasEqualDigests(t *testing.T) {
	type content struct {
		Amount  decimal.Decimal
		At      time.Time
		Money   hr.Money
		Day     hr.Date
		Secret  hr.Secret
		Map     map[string]int
		Pointer *decimal.Decimal
	}
	five, longer := dec("5"), dec("5.00")
	a := content{five, noon, hr.MustMoney("5", "INR"), hr.MustDate("2026-10-31"), hr.NewSecret("x"), map[string]int{}, &five}
	b := content{longer, noon.In(time.FixedZone("", 3600)), hr.MustMoney("5.00", "INR"), hr.MustDate("2026-10-31"), hr.NewSecret("x"), map[string]int{}, &longer}
	for i := range 50 {
		key := fmt.Sprint(i)
		a.Map[key] = i
		b.Map[fmt.Sprint(49-i)] = 49 - i
	}
	require.Equal(t, hr.Digest("x/1", a), hr.Digest("x/1", b))
	for name, other := range map[string]content{
		"amount": {Amount: dec("5.01")}, "instant": {At: noon.Add(1)}, "money": {Money: hr.MustMoney("5", "USD")}, "day": {Day: hr.MustDate("2026-10-30")},
		"secret": {Secret: hr.NewSecret("y")}, "map": {Map: map[string]int{"0": 1}}, "nothing": {},
	} {
		require.NotEqual(t, hr.Digest("x/1", a), hr.Digest("x/1", other), name)
	}
	require.NotEqual(t, hr.Digest("x/1", a), hr.Digest("x/2", a), "two kinds never collide")
}

func TestDigestOfPointersAndKeys(t *testing.T) {
	type pointers struct {
		Amount *decimal.Decimal
		At     *time.Time
		Secret *hr.Secret
		Money  *hr.Money
		Day    *hr.Date
	}
	amount, at, secret, money, day := dec("5"), noon, hr.NewSecret("x"), hr.MustMoney("5", "INR"), hr.MustDate("2026-10-31")
	other, zoned := dec("5.00"), noon.In(time.FixedZone("", 3600))
	a := hr.Digest("x", pointers{&amount, &at, &secret, &money, &day})
	require.Equal(t, a, hr.Digest("x", pointers{&other, &zoned, &secret, &money, &day}))
	require.Equal(t, a, hr.Digest("x", struct {
		Amount decimal.Decimal
		At     time.Time
		Secret hr.Secret
		Money  hr.Money
		Day    hr.Date
	}{amount, at, secret, money, day}), "a pointer says what it points at")
	require.Equal(t, hr.Digest("x", pointers{}), hr.Digest("x", struct{ Unset *int }{}))
	require.Equal(t, hr.Digest("x", []*hr.Date{nil}), hr.Digest("x", []*time.Time{nil}))
	first := ""
	for range 20 { // maps have no order of their own, and these keys do not print what they hold
		secrets, banks, dates := map[hr.Secret]int{}, map[hr.BankAccount]uint8{}, map[hr.Date]bool{}
		for i := range 9 {
			s := hr.NewSecret(fmt.Sprint("s", i))
			secrets[s], banks[hr.BankAccount{Number: s}], dates[hr.MustDate("2026-10-01").Add(i)] = i, uint8(i), true
		}
		digest := hr.Digest("x", []any{secrets, banks, dates})
		require.True(t, first == "" || first == digest)
		first = digest
	}
	require.Panics(t, func() { hr.Digest("x", refuses{}) })
}

// refuses is a type whose text form cannot be had.
type refuses struct{}

func (refuses) MarshalText() ([]byte, error) { return nil, hr.ErrInvalid }

func TestAFieldAddedLaterLeavesDigestsAlone(t *testing.T) {
	type old struct{ Name string }
	type grown struct {
		Zero  int
		Name  string
		Note  string
		Cut   decimal.Decimal
		List  []int
		Until hr.Date
	}
	require.Equal(t, hr.Digest("x/1", old{"a"}), hr.Digest("x/1", grown{Name: "a", Cut: dec("0.00"), List: []int{}}))
	require.NotEqual(t, hr.Digest("x/1", old{"a"}), hr.Digest("x/1", grown{Name: "a", Note: "b"}))
	require.Equal(t, hr.Digest("x/1", &old{"a"}), hr.Digest("x/1", old{"a"}), "a pointer says what it points at")
}

// Two lists that read the same when joined are not the same.
func TestDigestsDoNotRunTogether(t *testing.T) {
	texts := rapid.SliceOfN(rapid.StringMatching(`[ab]{0,3}`), 0, 4)
	rapid.Check(t, func(t *rapid.T) {
		a, b := texts.Draw(t, "a"), texts.Draw(t, "b")
		require.Equal(t, fmt.Sprintf("%q", a) == fmt.Sprintf("%q", b), hr.Digest("x", a) == hr.Digest("x", b))
	})
	require.NotEqual(t, hr.Digest("x", "1"), hr.Digest("x", 1))
	require.NotEqual(t, hr.Digest("x", "true"), hr.Digest("x", true))
	require.NotEqual(t, hr.Digest("x", "5"), hr.Digest("x", dec("5")))
	require.NotEqual(t, hr.Digest("x", nil), hr.Digest("x", ""))
	require.NotEqual(t, hr.Digest("x", []any{nil}), hr.Digest("x", []any{}))
}

func TestDigestPanicsOnWhatHasNone(t *testing.T) {
	timeline := must(hr.NewTimeline(hr.Step[int]{Since: hr.MustDate("2026-01-01")}))
	for _, v := range []any{1.5, float32(1), []any{2.5}, func() {}, make(chan int), struct{ F float64 }{1}, complex(1, 1), timeline, struct{ T hr.Timeline[int] }{timeline}} {
		require.Panics(t, func() { hr.Digest("x", v) }, "%T", v)
	}
	require.NotPanics(t, func() { hr.Digest("x", struct{}{}) })
}

// The encoding is a promise: stored digests are compared for years. One is worked out here by hand.
func TestDigestEncoding(t *testing.T) {
	text := func(s string) string { return "s" + string(rune(len(s))) + s }
	record := "r" + text("Days") + "d\x0421.5" + text("Name") + "S\x01a" + "."
	sum := sha256.Sum256([]byte(text("muster/2") + text("x/1") + record))
	require.Equal(t, hex.EncodeToString(sum[:]), hr.Digest("x/1", struct {
		Days decimal.Decimal
		None string
		Name string
	}{dec("21.50"), "", "a"}))
}

// 2^64+1 is 1 in an integer of 64 bits. Amounts that fit into none are told apart too, as are those of more than 18 places.
func TestDigestsOfNumbersThatFitIntoNoInteger(t *testing.T) {
	of := func(amounts ...string) string {
		var list []decimal.Decimal
		for _, a := range amounts {
			list = append(list, dec(a))
		}
		require.Equal(t, plainDigest("x", list), hr.Digest("x", list), amounts)
		return hr.Digest("x", list)
	}
	require.NotEqual(t, of("1"), of("18446744073709551617"))
	require.NotEqual(t, of("0.01"), of("184467440737095516.17"))
	require.NotEqual(t, of("0.0000000000000000005"), of("0.00000000000000000005"), "19 and 20 places")
	require.Equal(t, of("-0.50", "0", "7"), of("-0.5000000000000000000000", "0.0000000000000000000000", "7.00"))
}

// A type with more fields than most is digested as any other, each field by its name.
func TestDigestOfAWideType(t *testing.T) {
	for _, n := range []int{64, 65, 200} {
		var fields []reflect.StructField
		for i := range n {
			fields = append(fields, reflect.StructField{Name: fmt.Sprint("F", i), Type: reflect.TypeFor[int]()})
		}
		wide := reflect.New(reflect.StructOf(fields)).Elem()
		require.Equal(t, hr.Digest("x", struct{}{}), hr.Digest("x", wide.Interface()), "what is zero counts as absent")
		wide.Field(n - 1).SetInt(7)
		last := reflect.New(reflect.StructOf(fields[n-1:])).Elem()
		last.Field(0).SetInt(7)
		require.Equal(t, hr.Digest("x", last.Interface()), hr.Digest("x", wide.Interface()), "the last of %d fields alone", n)
	}
}

func TestCanonical(t *testing.T) {
	for in, want := range map[string]string{"1200.50": "1200.5", "100": "100", "0.00": "0", "-0.0": "0", "-5.10": "-5.1", "0.001": "0.001", "1e3": "1000", "1e-3": "0.001"} {
		require.Equal(t, want, hr.Canonical(dec(in)), in)
	}
	rapid.Check(t, func(t *rapid.T) {
		a, b := decimals().Draw(t, "a"), decimals().Draw(t, "b")
		require.Equal(t, a.Equal(b), hr.Canonical(a) == hr.Canonical(b))
		require.True(t, dec(hr.Canonical(a)).Equal(a))
		moved := decimal.NewFromBigInt(a.Shift(3).BigInt(), -3) // the same number, written with other digits, where it has at most three places
		if moved.Equal(a) {
			require.Equal(t, hr.Canonical(a), hr.Canonical(moved))
		}
	})
}
