package hr

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"
)

// Money is an exact amount in one currency. The zero Money is nothing at all, and the identity of [Money.Add]. Inside one
// payslip a single currency holds, so lines there are plain decimals; Money stands at the edges.
type Money struct {
	Amount   decimal.Decimal
	Currency Currency
}

// NewMoney reads the amount from its decimal text. It returns [FieldError]s, all together, for an amount that is not a
// plain decimal (RuleMoneyInvalid; an exponent is not accepted), for more places than the currency has (RuleMoneyPlaces)
// and for an unknown currency (RuleCurrencyUnknown).
func NewMoney(amount string, currency Currency) (Money, error) {
	var faults Faults
	d, err := ParseDecimal(amount)
	if err != nil {
		faults.Add("amount", RuleMoneyInvalid, "must be a plain decimal")
	}
	if !currency.Valid() {
		faults.Add("currency", RuleCurrencyUnknown, "must be an ISO 4217 code in capitals")
	} else if err == nil && !FitsPlaces(d, currency.Places()) {
		faults.Add("amount", RuleMoneyPlaces, "has more decimal places than %s", currency)
	}
	if faults.Any() {
		return Money{}, faults.Err()
	}
	return Money{Amount: d, Currency: currency}, nil
}

// MustMoney is [NewMoney] for literals in tests and package-level tables; it panics on a fault.
func MustMoney(amount string, currency Currency) Money {
	m, err := NewMoney(amount, currency)
	if err != nil {
		panic(err)
	}
	return m
}

// ParseDecimal reads a plain decimal such as "-1234.50": digits, one optional minus, one optional point between digits.
// An exponent, blanks, a leading plus and more than 64 characters are refused, so that a hostile text cannot ask for a
// billion digits.
func ParseDecimal(s string) (decimal.Decimal, error) {
	digitsOnly := strings.TrimPrefix(s, "-")
	whole, frac, point := strings.Cut(digitsOnly, ".")
	isDigits := func(t string) bool {
		return t != "" && !strings.ContainsFunc(t, func(r rune) bool { return r < '0' || r > '9' })
	}
	if len(s) > 64 || !isDigits(whole) || point && !isDigits(frac) {
		return decimal.Decimal{}, &FieldError{Rule: RuleMoneyInvalid, Reason: "must be a plain decimal"}
	}
	return decimal.NewFromString(s)
}

// FitsPlaces reports whether d has no digit other than zero past the given number of decimal places.
func FitsPlaces(d decimal.Decimal, places int32) bool { return d.Equal(d.Truncate(places)) }

// Add returns the sum. Two different currencies are a [FieldError] with RuleCurrencyMismatch.
func (m Money) Add(o Money) (Money, error) {
	switch {
	case m.IsNothing():
		return o, nil
	case o.IsNothing():
		return m, nil
	case m.Currency != o.Currency:
		return Money{}, &FieldError{Path: "currency", Rule: RuleCurrencyMismatch, Reason: fmt.Sprintf("%s and %s cannot be added", m.Currency, o.Currency)}
	}
	return Money{m.Amount.Add(o.Amount), m.Currency}, nil
}

// Sub returns the difference, with the same error as [Money.Add].
func (m Money) Sub(o Money) (Money, error) { return m.Add(o.Neg()) }

// Neg returns the amount with the other sign.
func (m Money) Neg() Money { return Money{m.Amount.Neg(), m.Currency} }

// IsNothing reports whether m is the zero Money: no amount and no currency.
func (m Money) IsNothing() bool { return m.Currency == "" && m.Amount.IsZero() }

// Equal reports whether both are the same amount in the same currency; 5.0 equals 5.00.
func (m Money) Equal(o Money) bool { return m.Currency == o.Currency && m.Amount.Equal(o.Amount) }

// Round returns m rounded by r.
func (m Money) Round(r Rounding) Money { return Money{r.Apply(m.Amount), m.Currency} }

// String returns "INR 1234.50": the currency's places, and more only where the amount has more.
func (m Money) String() string {
	return strings.TrimSpace(string(m.Currency) + " " + m.AmountText())
}

// AmountText returns the amount alone with the currency's places, and more only where it has more: "1234.50".
func (m Money) AmountText() string {
	if p := m.Currency.Places(); p >= 0 && FitsPlaces(m.Amount, p) {
		return m.Amount.StringFixed(p)
	}
	return m.Amount.String()
}

// MarshalText returns the form of [Money.String].
func (m Money) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// UnmarshalText reads the form of [Money.String]; "0" and the empty text are the zero Money.
func (m *Money) UnmarshalText(b []byte) error {
	text := string(b)
	if text == "" || text == "0" {
		*m = Money{}
		return nil
	}
	code, amount, _ := strings.Cut(text, " ")
	d, err := ParseDecimal(amount)
	c, cerr := ParseCurrency(code)
	if err != nil || cerr != nil {
		return &FieldError{Rule: RuleMoneyInvalid, Reason: "must be written CURRENCY AMOUNT"}
	}
	*m = Money{Amount: d, Currency: c}
	return nil
}

type moneyJSON struct {
	Amount   string   `json:"amount"`
	Currency Currency `json:"currency"`
}

// MarshalJSON writes {"amount":"1234.50","currency":"INR"}: the amount is a text, for many readers take a JSON number as
// a binary double.
func (m Money) MarshalJSON() ([]byte, error) {
	return json.Marshal(moneyJSON{m.AmountText(), m.Currency})
}

// UnmarshalJSON reads what [Money.MarshalJSON] wrote. An amount that is not a text is refused.
func (m *Money) UnmarshalJSON(b []byte) error {
	var j moneyJSON
	if err := json.Unmarshal(b, &j); err != nil {
		return &FieldError{Rule: RuleMoneyInvalid, Reason: "must be an object of amount, as text, and currency"}
	}
	if j.Currency == "" && (j.Amount == "" || j.Amount == "0") {
		*m = Money{}
		return nil
	}
	return m.UnmarshalText([]byte(string(j.Currency) + " " + j.Amount))
}

// Value stores the text form.
func (m Money) Value() (driver.Value, error) { return m.String(), nil }

// Scan reads what [Money.Value] stored. A floating-point column is refused.
func (m *Money) Scan(src any) error {
	switch v := src.(type) {
	case string:
		return m.UnmarshalText([]byte(v))
	case []byte:
		return m.UnmarshalText(v)
	}
	return &FieldError{Rule: RuleMoneyInvalid, Reason: fmt.Sprintf("cannot be read from a column of type %T", src)}
}

// Allocate splits total by weights so that the parts sum to the whole: each part is cut to the currency's places, and what
// is left goes, one smallest unit at a time, to the largest remainders (the earlier part where two are equal). A negative
// total is split as its opposite. It returns a [FieldError] with RuleAllocateWeights if a weight is negative or none is
// above zero, and with RuleMoneyPlaces or RuleCurrencyUnknown if total has no such smallest unit.
func Allocate(total Money, weights ...decimal.Decimal) ([]Money, error) {
	places := total.Currency.Places()
	if places < 0 {
		return nil, &FieldError{Path: "total.currency", Rule: RuleCurrencyUnknown, Reason: "must be an ISO 4217 code in capitals"}
	}
	if !FitsPlaces(total.Amount, places) {
		return nil, &FieldError{Path: "total.amount", Rule: RuleMoneyPlaces, Reason: fmt.Sprintf("has more decimal places than %s", total.Currency)}
	}
	var sum decimal.Decimal
	for i, w := range weights {
		if w.Sign() < 0 {
			return nil, &FieldError{Path: fmt.Sprintf("weights[%d]", i), Rule: RuleAllocateWeights, Reason: "must not be negative"}
		}
		sum = sum.Add(w)
	}
	if sum.Sign() == 0 {
		return nil, &FieldError{Path: "weights", Rule: RuleAllocateWeights, Reason: "at least one must be above zero"}
	}
	units := total.Amount.Abs().Shift(places)
	parts := make([]decimal.Decimal, len(weights))
	rests := make([]decimal.Decimal, len(weights))
	order := make([]int, len(weights))
	left := units
	for i, w := range weights {
		parts[i], rests[i] = units.Mul(w).QuoRem(sum, 0)
		left = left.Sub(parts[i])
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return rests[b].Cmp(rests[a]) })
	for i := int64(0); i < left.IntPart(); i++ { // fewer than len(weights): each rest is below one unit
		parts[order[i]] = parts[order[i]].Add(decimal.NewFromInt(1))
	}
	out := make([]Money, len(weights))
	for i, p := range parts {
		if total.Amount.Sign() < 0 {
			p = p.Neg()
		}
		out[i] = Money{p.Shift(-places), total.Currency}
	}
	return out, nil
}
