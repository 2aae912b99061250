package storagetest_test

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/storagetest"
)

// everything has a field of every kind that Fill knows.
type everything struct {
	Text     string
	ID       hr.EmployeeID
	Yes      bool
	Int      int
	Small    int8
	Count    uint8
	Big      uint64
	Version  storage.Version
	Amount   decimal.Decimal
	At       time.Time
	Took     time.Duration
	Day      hr.Date
	Period   hr.Period
	Clock    hr.TimeOfDay
	Secret   hr.Secret
	Money    hr.Money
	Currency hr.Currency
	Rounding hr.Rounding
	Half     hr.HalfOfDay
	Kind     hr.DayKind
	Approval hr.Approval
	State    hr.ApprovalState
	Basis    hr.DateBasis
	Table    hr.Table
	Month    hr.MonthRule
	Observe  hr.Observance
	Relation hr.Relation
	Class    hr.FieldClass
	Entry    hr.Entry[hr.Terms]
	Person   hr.Person
	Hire     hr.Hire
	Sheet    hr.Timesheet
	Absence  hr.Absence
	Trace    hr.Trace
	Bytes    []byte
	Map      map[string]int
	Pointer  *int
	Pair     [2]string
	Row      storage.CommandRow
	Audit    storage.Audit
	Event    storage.Event
}

func TestFillLeavesNoFieldEmpty(t *testing.T) {
	for seed := 1; seed <= 20; seed++ {
		v := storagetest.Fill[everything](seed)
		noZero(t, "value", reflect.ValueOf(v), false)
		require.NoError(t, v.Period.Validate())
		require.True(t, v.Currency.Valid() && v.Money.Currency.Valid())
		require.NotPanics(t, func() { v.Rounding.Apply(decimal.New(1, 0)) })
		require.Equal(t, v.At, v.At.Truncate(time.Microsecond).UTC(), "what a database keeps of an instant")
	}
}

// noZero allows a zero only inside a type that contains itself.
func noZero(t *testing.T, path string, v reflect.Value, nested bool) {
	t.Helper()
	if v.Type() == reflect.TypeFor[hr.Trace]() {
		if nested {
			return
		}
		nested = true
	}
	switch v.Kind() {
	case reflect.Struct:
		exported := 0
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() {
				exported++
				if f.Type != reflect.TypeFor[[]hr.Trace]() {
					noZero(t, path+"."+f.Name, v.Field(i), nested)
				}
			}
		}
		if exported == 0 {
			require.False(t, v.IsZero(), path)
		}
	case reflect.Slice, reflect.Map:
		require.NotZero(t, v.Len(), path)
		if v.Kind() == reflect.Slice {
			noZero(t, path+"[]", v.Index(0), nested)
		}
	default:
		require.False(t, v.IsZero(), path)
	}
}

func TestFillIsTheSameForASeedAndOtherForAnother(t *testing.T) {
	require.Empty(t, storagetest.Diff(storagetest.Fill[everything](3), storagetest.Fill[everything](3)))
	diff := storagetest.Diff(storagetest.Fill[everything](3), storagetest.Fill[everything](4))
	for _, field := range []string{"Text", "ID", "Int", "Amount", "At", "Day", "Period", "Secret", "Money", "Row.Content", "Sheet.Days[1].Payable"} {
		require.Contains(t, diff, "everything."+field)
	}
}

func TestFillTakesMakersAndEdits(t *testing.T) {
	v := storagetest.Fill[everything](1,
		func(n int) hr.EmployeeID { return hr.EmployeeID(rune('A' + n%26)) },
		func(v *everything) { v.Version = 0 })
	require.Len(t, string(v.ID), 1)
	require.Len(t, string(v.Absence.Employee), 1)
	require.Zero(t, v.Version)
	require.Panics(t, func() { storagetest.Fill[everything](1, func() {}) })
	require.PanicsWithValue(t,
		"storagetest: Fill cannot fill hr.Timeline[int], field value: pass func(n int) hr.Timeline[int]",
		func() { storagetest.Fill[hr.Timeline[int]](1) })
	require.Panics(t, func() { storagetest.Fill[struct{ X any }](1) })
}

func TestSpoilReachesEverythingShared(t *testing.T) {
	v := storagetest.Fill[everything](1)
	storagetest.Spoil(v)
	require.Equal(t, everythingShared(storagetest.Fill[everything](1)), everythingShared(v), "what is not shared stays")
	require.Zero(t, *v.Pointer)
	require.Empty(t, v.Map)
	require.Equal(t, make([]byte, len(v.Bytes)), v.Bytes)
	require.Zero(t, v.Sheet.Days[1])
	require.Zero(t, v.Approval.Levels[0])
}

func everythingShared(v everything) []any {
	return []any{v.Text, v.Amount, v.At, v.Entry.Period, v.Pair}
}

func TestEqualComparesWhatValuesMean(t *testing.T) {
	type row struct {
		Amount decimal.Decimal
		At     time.Time
		Money  hr.Money
		Secret hr.Secret
		Days   []hr.Date
		Line   hr.Timeline[int]
		By     map[string]int
		Any    any
		To     *int
	}
	at := time.Date(2026, 10, 31, 12, 0, 0, 0, time.UTC)
	timeline, err := hr.NewTimeline(hr.Step[int]{Since: hr.MustDate("2026-10-01"), Value: 1})
	require.NoError(t, err)
	one := 1
	a := row{Amount: decimal.New(50, -1), At: at, Money: hr.MustMoney("5.0", "INR"), Secret: hr.NewSecret("planted-1"), Days: []hr.Date{}, Line: timeline}
	b := row{Amount: decimal.New(500, -2), At: at.In(time.FixedZone("x", 3600)), Money: hr.MustMoney("5.00", "INR"), Secret: hr.NewSecret("planted-1"), Line: timeline}
	require.Empty(t, storagetest.Diff(a, b))
	storagetest.Equal(t, a, b)

	b = row{Amount: decimal.New(51, -1), At: at.Add(time.Second), Money: hr.MustMoney("5.00", "USD"), Secret: hr.NewSecret("planted-2"), Days: []hr.Date{hr.MustDate("2026-10-31")}, By: map[string]int{"x": 1}, Any: 1, To: &one}
	diff := storagetest.Diff(a, b)
	require.NotContains(t, diff, "planted")
	require.Equal(t, `	row.Amount: want 5, got 5.1
	row.At: want 2026-10-31T12:00:00Z, got 2026-10-31T12:00:01Z
	row.Money: want INR 5.00, got USD 5.00
	row.Secret: another secret came back
	row.Days[0]: want nothing, got 2026-10-31
	row.Line: want another hr.Timeline[int], got another hr.Timeline[int]
	row.By["x"]: want nothing, got 1
	row.Any: want nothing, got 1
	row.To: want nothing, got 1`, diff)
	back := storagetest.Diff(b, a)
	require.Equal(t, 9, strings.Count(back, "want"+" ")+1, back)
	require.Equal(t, "\tvalue[1].Since: want 2026-01-02, got 2026-01-03", storagetest.Diff(
		[]hr.Step[int]{{}, {Since: hr.MustDate("2026-01-02")}}, []hr.Step[int]{{}, {Since: hr.MustDate("2026-01-03")}}))
	require.NotContains(t, storagetest.Diff([]hr.Person{storagetest.Fill[hr.Person](1)}, nil), "secret-")
	require.Equal(t, "\tvalue: want a int, got a string", storagetest.Diff[any](1, "1"))
}
