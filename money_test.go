package hr_test

import (
	"encoding/json"
	"fmt"
	"math/big"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/musterhr/hr"
)

func monies() *rapid.Generator[hr.Money] {
	return rapid.Custom(func(t *rapid.T) hr.Money {
		c := rapid.SampledFrom([]hr.Currency{"INR", "JPY", "KWD", "UYW"}).Draw(t, "currency")
		return hr.Money{Amount: decimal.New(rapid.Int64Range(-10_000_000, 10_000_000).Draw(t, "units"), -c.Places()), Currency: c}
	})
}

// ISO 4217 list one, as given in the project's format notes, section 9: the currencies that do not have two places.
func TestCurrencyPlaces(t *testing.T) {
	for places, codes := range map[int32]string{
		0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
		3: "BHD IQD JOD KWD LYD OMR TND",
		4: "CLF UYW",
		2: "INR USD GBP EUR CAD AUD AED SGD CHF MRU MGA", // "others 2"; the last two count fifths but list 2
	} {
		for code := range strings.FieldsSeq(codes) {
			require.Equal(t, places, hr.Currency(code).Places(), code)
		}
	}
	for _, code := range []string{"", "inr", "IN", "INRX", "XXX", "XTS", "XAU", "R U", "BIFC", "D A", " AE", "ÄÖ"} {
		require.Equal(t, int32(-1), hr.Currency(code).Places(), code)
		_, err := hr.ParseCurrency(code)
		require.Equal(t, hr.RuleCurrencyUnknown, hr.FieldErrors(err)[0].Rule, code)
	}
	c, err := hr.ParseCurrency("INR")
	require.NoError(t, err)
	require.Equal(t, hr.Currency("INR"), c)
	known := 0
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			for c := 'A'; c <= 'Z'; c++ {
				if hr.Currency([]rune{a, b, c}).Valid() {
					known++
				}
			}
		}
	}
	require.Equal(t, 17+7+2+strings.Count(two, " ")+1, known)
}

// two is list one without funds codes, metals, test codes and those with other than two places.
const two = "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP " +
	"CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD " +
	"KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN " +
	"QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED " +
	"VES WST XCD XCG YER ZAR ZMW ZWG"

func TestNewMoney(t *testing.T) {
	m, err := hr.NewMoney("1234.5", "INR")
	require.NoError(t, err)
	require.Equal(t, "INR 1234.50", m.String())
	require.Equal(t, "1234.50", m.AmountText())
	require.True(t, m.Equal(hr.MustMoney("1234.50", "INR")))
	require.Equal(t, "JPY -7", hr.MustMoney("-7.000", "JPY").String(), "zeros past the places are no digits")
	for amount, rule := range map[string]hr.Rule{
		"1.005": hr.RuleMoneyPlaces, "1e3": hr.RuleMoneyInvalid, "+5": hr.RuleMoneyInvalid, "": hr.RuleMoneyInvalid, "-": hr.RuleMoneyInvalid,
		".5": hr.RuleMoneyInvalid, "5.": hr.RuleMoneyInvalid, "1,000": hr.RuleMoneyInvalid, " 5": hr.RuleMoneyInvalid, "٥": hr.RuleMoneyInvalid,
		"--5": hr.RuleMoneyInvalid, "1.2.3": hr.RuleMoneyInvalid, "1e999999999": hr.RuleMoneyInvalid, strings.Repeat("9", 65): hr.RuleMoneyInvalid,
	} {
		_, err := hr.NewMoney(amount, "INR")
		require.Equal(t, rule, hr.FieldErrors(err)[0].Rule, amount)
		if len(amount) > 2 {
			require.NotContains(t, err.Error(), amount, "an amount stays out of messages")
		}
	}
	longest := strings.Repeat("9", 64)
	require.Equal(t, longest+".00", hr.MustMoney(longest, "INR").AmountText(), "64 characters are read")
	_, err = hr.NewMoney("x", "RUPEES")
	require.Len(t, hr.FieldErrors(err), 2)
	require.Panics(t, func() { hr.MustMoney("x", "INR") })
}

func TestMoneyAddsWithinACurrency(t *testing.T) {
	_, err := hr.MustMoney("1", "INR").Add(hr.MustMoney("1", "USD"))
	require.Equal(t, hr.RuleCurrencyMismatch, hr.FieldErrors(err)[0].Rule)
	_, err = hr.MustMoney("1", "INR").Sub(hr.MustMoney("1", "USD"))
	require.Error(t, err)
	// No currency and an amount is no money at all, so it adds to nothing else.
	_, err = hr.MustMoney("1", "INR").Add(hr.Money{Amount: dec("1")})
	require.Error(t, err)
	rapid.Check(t, func(t *rapid.T) {
		a, b := monies().Draw(t, "a"), monies().Draw(t, "b")
		b.Currency = a.Currency
		sum, err := a.Add(b)
		require.NoError(t, err)
		other, err := b.Add(a)
		require.NoError(t, err)
		require.True(t, sum.Equal(other))
		back, err := sum.Sub(b)
		require.NoError(t, err)
		require.True(t, back.Equal(a))
		for _, same := range []hr.Money{must(a.Add(hr.Money{})), must(hr.Money{}.Add(a)), must(a.Sub(hr.Money{}))} {
			require.True(t, same.Equal(a), "the zero Money is the identity")
		}
		require.True(t, a.Neg().Neg().Equal(a))
	})
	require.Equal(t, "INR 417.00", hr.MustMoney("416.50", "INR").Round(hr.MustRounding("1", hr.HalfUp)).String())
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func TestMoneyTextAndColumns(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := rapid.OneOf(monies(), rapid.Just(hr.Money{})).Draw(t, "m")
		b, err := json.Marshal(m)
		require.NoError(t, err)
		text, err := m.MarshalText()
		require.NoError(t, err)
		column, err := m.Value()
		require.NoError(t, err)
		var fromJSON, fromText, fromColumn, fromBytes hr.Money
		require.NoError(t, json.Unmarshal(b, &fromJSON))
		require.NoError(t, fromText.UnmarshalText(text))
		require.NoError(t, fromColumn.Scan(column))
		require.NoError(t, fromBytes.Scan([]byte(column.(string))))
		for _, back := range []hr.Money{fromJSON, fromText, fromColumn, fromBytes} {
			require.True(t, m.Equal(back), "%s: %s", m, back)
		}
	})
	require.JSONEq(t, `{"amount":"100.00","currency":"INR"}`, string(must(json.Marshal(hr.MustMoney("100", "INR")))))
	m := hr.MustMoney("1", "INR")
	for _, bad := range []string{`{"amount":100,"currency":"INR"}`, `{"amount":"1e9","currency":"INR"}`, `{"amount":"1","currency":"XXX"}`, `{"amount":"5"}`, `{"amount":"5","currency":""}`, `"INR 5"`, `7`} {
		require.Error(t, json.Unmarshal([]byte(bad), &m), bad)
	}
	require.Error(t, m.Scan(1.5), "a float column is refused")
	require.Error(t, m.Scan(nil))
	require.Equal(t, "INR 1.00", m.String(), "what cannot be read changes nothing")
	for _, nothing := range []string{`{}`, `{"amount":"","currency":""}`, `{"amount":"0"}`} {
		m = hr.MustMoney("1", "INR")
		require.NoError(t, json.Unmarshal([]byte(nothing), &m), nothing)
		require.True(t, m.IsNothing(), nothing)
	}
}

func TestAllocateSumsToTheWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		total := monies().Draw(t, "total")
		weights := rapid.SliceOfN(rapid.Map(decimals(), decimal.Decimal.Abs), 1, 9).Draw(t, "weights")
		var sum decimal.Decimal
		for _, w := range weights {
			sum = sum.Add(w)
		}
		parts, err := hr.Allocate(total, weights...)
		if sum.IsZero() {
			require.Equal(t, hr.RuleAllocateWeights, hr.FieldErrors(err)[0].Rule)
			return
		}
		require.NoError(t, err)
		require.Len(t, parts, len(weights))
		back := decimal.Zero
		unit := decimal.New(1, -total.Currency.Places())
		for i, p := range parts {
			back = back.Add(p.Amount)
			require.Equal(t, total.Currency, p.Currency)
			require.True(t, hr.FitsPlaces(p.Amount, total.Currency.Places()))
			// |part - total*weight/sum| < unit, multiplied out so that nothing is divided
			off := p.Amount.Mul(sum).Sub(total.Amount.Mul(weights[i])).Abs()
			require.True(t, off.LessThan(unit.Mul(sum)), "part %d is a whole unit off", i)
			if weights[i].IsZero() {
				require.True(t, p.Amount.IsZero(), "no weight, no money")
			}
		}
		require.True(t, back.Equal(total.Amount), "want %s, got %s", total.Amount, back)
		opposite, err := hr.Allocate(total.Neg(), weights...)
		require.NoError(t, err)
		for i := range parts {
			require.True(t, opposite[i].Equal(parts[i].Neg()))
		}
	})
}

// The dumb second method, over whole units and fractions of package big: everybody gets the floor of their share; then, while a
// unit is left, it goes to whoever is furthest below their exact share, the first of them where two are equal.
func TestAllocateAgreesWithFractions(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		total := monies().Draw(t, "total")
		weights := rapid.SliceOfN(rapid.OneOf(
			rapid.Map(rapid.IntRange(0, 4), func(n int) decimal.Decimal { return decimal.NewFromInt(int64(n)) }), // so that many are equal
			rapid.Map(decimals(), decimal.Decimal.Abs),
		), 1, 7).Draw(t, "weights")
		sum := new(big.Rat)
		for _, w := range weights {
			sum.Add(sum, w.Rat())
		}
		if sum.Sign() == 0 {
			return
		}
		units := total.Amount.Abs().Shift(total.Currency.Places()).BigInt()
		left := new(big.Int).Set(units)
		exact, given := make([]*big.Rat, len(weights)), make([]*big.Int, len(weights))
		for i, w := range weights {
			exact[i] = new(big.Rat).Quo(new(big.Rat).Mul(new(big.Rat).SetInt(units), w.Rat()), sum)
			given[i] = new(big.Int).Quo(exact[i].Num(), exact[i].Denom())
			left.Sub(left, given[i])
		}
		for ; left.Sign() > 0; left.Sub(left, big.NewInt(1)) {
			poorest, most := 0, big.NewRat(-1, 1)
			for i := range exact {
				if below := new(big.Rat).Sub(exact[i], new(big.Rat).SetInt(given[i])); below.Cmp(most) > 0 {
					poorest, most = i, below
				}
			}
			given[poorest].Add(given[poorest], big.NewInt(1))
		}
		parts, err := hr.Allocate(total, weights...)
		require.NoError(t, err)
		for i, p := range parts {
			want := decimal.NewFromBigInt(given[i], -total.Currency.Places())
			if total.Amount.Sign() < 0 {
				want = want.Neg()
			}
			require.True(t, want.Equal(p.Amount), "part %d: want %s, got %s", i, want, p)
		}
	})
}

func TestAllocateByHand(t *testing.T) {
	// 100.00 in three: 33.33 each leaves one paisa, and of equal remainders the earlier part gets it.
	split := func(total string, c hr.Currency, weights ...string) string {
		var ws []decimal.Decimal
		for _, w := range weights {
			ws = append(ws, dec(w))
		}
		parts, err := hr.Allocate(hr.MustMoney(total, c), ws...)
		require.NoError(t, err)
		var out []string
		for _, p := range parts {
			out = append(out, p.AmountText())
		}
		return strings.Join(out, " ")
	}
	require.Equal(t, "33.34 33.33 33.33", split("100", "INR", "1", "1", "1"))
	require.Equal(t, "-33.34 -33.33 -33.33", split("-100", "INR", "1", "1", "1"))
	require.Equal(t, "14 29 57", split("100", "JPY", "1", "2", "4"))            // 14.28, 28.57, 57.14: the unit left goes to .57
	require.Equal(t, "0.00 0.01 0.00", split("0.01", "INR", "0.5", "0.6", "0")) // .4545 and .5454 of a paisa
	require.Equal(t, "0.000", split("0", "KWD", "3"))
	for rule, call := range map[hr.Rule]func() ([]hr.Money, error){
		hr.RuleAllocateWeights: func() ([]hr.Money, error) { return hr.Allocate(hr.MustMoney("1", "INR"), dec("1"), dec("-1")) },
		hr.RuleMoneyPlaces: func() ([]hr.Money, error) {
			return hr.Allocate(hr.Money{Amount: dec("0.001"), Currency: "INR"}, dec("1"))
		},
		hr.RuleCurrencyUnknown: func() ([]hr.Money, error) { return hr.Allocate(hr.Money{Amount: dec("1")}, dec("1")) },
	} {
		_, err := call()
		require.Equal(t, rule, hr.FieldErrors(err)[0].Rule)
	}
	_, err := hr.Allocate(hr.MustMoney("1", "INR"))
	require.Error(t, err, "no weights at all")
}

func FuzzMoneyText(f *testing.F) {
	for _, s := range []string{"INR 1234.50", "JPY -7", "0", "", "INR", "INR 1e9", "KWD 0.001"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var m, back hr.Money
		if m.UnmarshalText([]byte(s)) != nil {
			return
		}
		require.NoError(t, back.UnmarshalText([]byte(m.String())))
		require.True(t, m.Equal(back), s)
	})
}

func ExampleAllocate() {
	parts, _ := hr.Allocate(hr.MustMoney("100.00", "INR"), decimal.NewFromInt(1), decimal.NewFromInt(1), decimal.NewFromInt(1))
	fmt.Println(parts[0], parts[1], parts[2])
	// Output: INR 33.34 INR 33.33 INR 33.33
}

func ExampleNewMoney() {
	_, err := hr.NewMoney("12.345", "RUPEE")
	for _, fault := range hr.FieldErrors(err) {
		fmt.Println(fault)
	}
	_, err = hr.NewMoney("12.345", "INR")
	fmt.Println(err)
	// Output:
	// currency: must be an ISO 4217 code in capitals [hr.currency.unknown]
	// amount: has more decimal places than INR [hr.money.places]
}
