package hr_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/musterhr/hr"
)

func TestFaultsKeepOrderPathAndCause(t *testing.T) {
	var inner, outer hr.Faults
	require.False(t, outer.Any())
	require.NoError(t, outer.Err())
	inner.Add("amount", "test.amount", "must be above %d", 0)
	inner.Missing("", "test.line")
	inner.Join("rate", &hr.FieldError{Path: "[2]", Rule: "test.rate"})
	outer.Join("lines[0]", inner.Err())
	outer.Join("terms", fmt.Errorf("loading: %w", &hr.FieldError{Path: "pay", Rule: "test.pay", Reason: "is odd", Err: hr.ErrDuplicate}))
	outer.Join("file", errors.New("cannot be opened"))
	outer.Join("value", &hr.ParameterError{Name: "epf.rate", On: hr.MustDate("2026-10-01")})
	outer.Join("nothing", nil)
	err := outer.Err()
	require.Equal(t, []string{"lines[0].amount", "lines[0]", "lines[0].rate[2]", "terms.pay", "file", "value"}, paths(err))
	var rules []hr.Rule
	for _, f := range hr.FieldErrors(err) {
		rules = append(rules, f.Rule)
	}
	require.Equal(t, []hr.Rule{"test.amount", "test.line", "test.rate", "test.pay", hr.RuleInvalid, hr.RuleInvalid}, rules)
	for _, sentinel := range []error{hr.ErrInvalid, hr.ErrRequired, hr.ErrDuplicate, hr.ErrNoValue} {
		require.ErrorIs(t, err, sentinel)
	}
	var missing *hr.ParameterError
	require.ErrorAs(t, err, &missing, "the cause stays reachable")
	require.Equal(t, paths(err), paths(fmt.Errorf("payroll: %w", fmt.Errorf("run: %w", err))), "wrapping hides no fault")
	require.Equal(t, "lines[0].amount: must be above 0 [test.amount]", hr.FieldErrors(err)[0].Error())
	require.Equal(t, "lines[0]: is required [test.line]", hr.FieldErrors(err)[1].Error())
	require.Equal(t, "lines[0].rate[2]: invalid [test.rate]", hr.FieldErrors(err)[2].Error(), "without a reason the sentinel speaks")
	require.Empty(t, hr.FieldErrors(nil))
	require.Empty(t, hr.FieldErrors(errors.New("x")))
	require.Equal(t, "is odd [x]", (&hr.FieldError{Rule: "x", Reason: "is odd"}).Error())
}

func ExampleFaults() {
	var faults hr.Faults
	faults.Missing("name", hr.RuleRequired)
	_, err := hr.ParsePeriod("2026-02-30..2026-02-01")
	faults.Join("employed", err)
	fmt.Println(faults.Err())
	// Output:
	// name: is required [hr.required]
	// employed.from: 2026-02-30 is not a day of the calendar [hr.date.invalid]
}

func TestTimeOfDay(t *testing.T) {
	for text, seconds := range map[string]int{"00:00": 0, "09:30": 34200, "22:00:30": 79230, "24:00": 86400, "24:00:00": 86400, "23:59:59": 86399} {
		c, err := hr.ParseTimeOfDay(text)
		require.NoError(t, err)
		require.Equal(t, seconds, c.Seconds(), text)
	}
	for _, text := range []string{"", "9:30", "24:01", "24:00:01", "25:00", "12:60", "12:00:60", "12-00", "12:00 ", "12:00:0", "aa:bb", "12:0a", "-1:00", "12.00.00", "12:00.00"} {
		_, err := hr.ParseTimeOfDay(text)
		require.Equal(t, hr.RuleTimeOfDayInvalid, hr.FieldErrors(err)[0].Rule, text)
	}
	for _, hms := range [][3]int{{24, 0, 1}, {-1, 0, 0}, {0, 60, 0}, {0, 0, 60}, {1, -1, 0}, {1 << 40, 0, 0}} {
		_, err := hr.NewTimeOfDay(hms[0], hms[1], hms[2])
		require.Error(t, err, hms)
	}
	require.Panics(t, func() { hr.MustTimeOfDay("25:00") })
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.IntRange(0, 86400).Draw(t, "a"), rapid.IntRange(0, 86400).Draw(t, "b")
		ca, cb := must(hr.NewTimeOfDay(a/3600, a/60%60, a%60)), must(hr.NewTimeOfDay(b/3600, b/60%60, b%60))
		if a < 86400 { // package time writes the same
			u := time.Unix(int64(a), 0).UTC()
			require.Contains(t, []string{u.Format("15:04"), u.Format("15:04:05")}, ca.String())
		}
		require.Equal(t, a, ca.Seconds())
		require.Equal(t, a < b, ca.Compare(cb) < 0)
		require.Equal(t, a == b, ca.Compare(cb) == 0)
		column := must(ca.Value())
		for _, c := range []any{column, []byte(column.(string))} {
			var back hr.TimeOfDay
			require.NoError(t, back.Scan(c))
			require.Equal(t, ca, back)
		}
		var back hr.TimeOfDay
		require.NoError(t, json.Unmarshal(must(json.Marshal(ca)), &back))
		require.Equal(t, ca, back)
	})
	c := hr.MustTimeOfDay("09:30")
	require.Error(t, c.Scan(nil))
	require.Error(t, c.UnmarshalText([]byte("x")))
	require.Equal(t, "09:30", c.String())
}

func FuzzParseTimeOfDay(f *testing.F) {
	for _, s := range []string{"09:30", "22:00:30", "24:00", "24:01", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		c, err := hr.ParseTimeOfDay(s)
		if err != nil {
			return
		}
		back, err := hr.ParseTimeOfDay(c.String())
		require.NoError(t, err)
		require.Equal(t, c, back)
		require.LessOrEqual(t, c.Seconds(), 86400)
	})
}

func TestTraceText(t *testing.T) {
	tr := hr.Trace{
		Name: "epf", Value: "1800", Unit: "money", Rule: "round(wages * rate, 1)", Note: "rounded half_up to 1", Period: period("2026-10-01..2026-10-31"),
		Source: hr.Source{Title: "EPF Scheme 2026", Section: "para 18(2)", Dated: hr.MustDate("2026-09-01"), Note: "checked"},
		Parts: []hr.Trace{
			{Name: "wages", Value: "15000", Unit: "money", Parts: []hr.Trace{{Name: "payable days", Value: "31", Unit: "days", Refs: []hr.Ref{{Kind: "punch", ID: "p1", Seq: 7}, {Kind: "leave", ID: "l1"}}}}},
			{Name: "rate", Value: "12 percent"},
		},
	}
	var b bytes.Buffer
	require.NoError(t, tr.Text(&b))
	require.Equal(t, `epf = 1800 money  [2026-10-01..2026-10-31]
   = round(wages * rate, 1)
   rounded half_up to 1
   source: EPF Scheme 2026, para 18(2), 2026-09-01, (checked)
   wages = 15000 money
      payable days = 31 days
         facts: punch p1 #7; leave l1
   rate = 12 percent
`, b.String())
	b.Reset()
	facts := []hr.Ref{{Kind: "punch", ID: "p1"}}
	require.NoError(t, hr.Trace{Name: "why", Refs: facts, Parts: []hr.Trace{
		{Name: "a punch in words", Refs: facts}, {Name: "worked", Rule: "between punches", Refs: facts}, {Name: "rounded", Note: "down", Refs: facts},
	}}.Text(&b))
	require.Equal(t, `why
   facts: punch p1
   a punch in words
   worked
      = between punches
      facts: punch p1
   rounded
      down
`, b.String(), "the facts are left out where the name says them")
	var leaves []string
	tr.Leaves(func(l hr.Trace) bool { leaves = append(leaves, l.Name); return true })
	require.Equal(t, []string{"payable days", "rate"}, leaves)
	first := ""
	require.False(t, tr.Leaves(func(l hr.Trace) bool { first += l.Name; return false }))
	require.Equal(t, "payable days", first)
	require.Error(t, tr.Text(new(broken)))
	full := broken(1)
	require.Error(t, tr.Text(&full), "a writer that is full before the parts are written")
	require.Equal(t, []string{"trace of epf", "trace of epf", "hr.Trace{epf}"}, []string{tr.String(), fmt.Sprintf("%+v", tr), tr.GoString()})
	require.True(t, hr.Ref{}.IsZero() && hr.Source{}.IsZero())
	require.Empty(t, hr.Ref{}.String()+hr.Source{}.String())
}

// broken is a writer that is full after so many writes.
type broken int

func (b *broken) Write(p []byte) (int, error) {
	if *b--; *b < 0 {
		return 0, errors.New("full")
	}
	return len(p), nil
}
