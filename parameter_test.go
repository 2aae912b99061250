package hr_test

import (
	"fmt"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/musterhr/hr"
)

var (
	law      = hr.Source{Title: "An Act", Section: "3(1)"}
	reviewed = hr.MustDate("2026-10-01")
)

func step(since, value string) hr.ParameterStep {
	return hr.ParameterStep{Since: hr.MustDate(since), Value: dec(value), Source: law, Reviewed: reviewed}
}

func ceiling() hr.Parameter {
	ended := step("2030-01-01", "0")
	ended.Ends = true
	return hr.Parameter{Name: "epf.wage_ceiling", Title: "Wage ceiling", Unit: "money", Steps: []hr.ParameterStep{
		step("2026-09-17", "25000"), step("2014-09-01", "15000"), ended,
	}}
}

func TestAParameterHoldsFromADayOn(t *testing.T) {
	p := ceiling()
	require.NoError(t, p.Validate())
	for day, want := range map[string]string{"2014-09-01": "15000", "2026-09-16": "15000", "2026-09-17": "25000", "2029-12-31": "25000"} {
		s, err := p.At(hr.MustDate(day))
		require.NoError(t, err)
		require.Equal(t, want, s.Value.String(), day)
	}
	for _, day := range []hr.Date{hr.MustDate("2014-08-31"), hr.MustDate("2030-01-01"), hr.MustDate("2040-01-01"), {}} {
		_, err := p.At(day)
		require.ErrorIs(t, err, hr.ErrNoValue, "no value is an error, never the latest: %s", day)
		var missing *hr.ParameterError
		require.ErrorAs(t, err, &missing)
		require.Equal(t, &hr.ParameterError{Name: "epf.wage_ceiling", Unit: "money", On: day}, missing)
	}
	_, err := p.At(hr.MustDate("2014-08-31"))
	require.EqualError(t, err, "parameter epf.wage_ceiling has no value on 2014-08-31, in money [hr.parameter.missing]")
	require.Equal(t, []hr.Date{hr.MustDate("2026-09-17"), hr.MustDate("2030-01-01")}, p.Changes(period("2014-09-01..2030-12-31")))
	require.Empty(t, p.Changes(period("2026-09-17..2026-09-30")))
}

func TestParameterReportsEveryFaultAtOnce(t *testing.T) {
	err := hr.Parameter{Name: "EPF ceiling", Basis: "whenever", Steps: []hr.ParameterStep{{}, step("2026-01-01", "1"), step("2026-01-01", "2")}}.Validate()
	require.Equal(t, []string{"name", "basis", "steps[0].since", "steps[0].source", "steps[0].reviewed", "steps[2].since"}, paths(err))
	require.Equal(t, []string{"steps"}, paths(hr.Parameter{Name: "a.b", Basis: hr.ByPayDate}.Validate()))
	for name, fine := range map[string]bool{"a": true, "a.b_c2.d": true, "": false, "A": false, "a.": false, ".a": false, "a..b": false, "2a": false, "a-b": false} {
		require.Equal(t, fine, hr.Parameter{Name: name, Steps: []hr.ParameterStep{step("2026-01-01", "1")}}.Validate() == nil, name)
	}
}

func monthlyTax() hr.Table {
	rows := func(rows ...hr.TableRow) []hr.TableRow { return rows }
	return hr.Table{
		Name: "pt.monthly", Kind: hr.Bands, Key: "money", Value: "money", ByText: true,
		Steps: []hr.TableStep{
			{
				Text: "IN-KA", Since: hr.MustDate("2025-04-01"), Source: law, Reviewed: reviewed,
				Rows: rows(hr.TableRow{Bound: hr.Below, Limit: dec("25000")}, hr.TableRow{Bound: hr.Above, Value: dec("200")}),
			},
			{
				Text: "IN-MH", Since: hr.MustDate("2023-07-01"), Source: law, Reviewed: reviewed,
				Rows: rows(hr.TableRow{Bound: hr.UpTo, Limit: dec("7500")}, hr.TableRow{Bound: hr.UpTo, Limit: dec("10000"), Value: dec("175")}, hr.TableRow{Bound: hr.Above, Value: dec("200")}),
			},
			{Text: "IN-MH", Since: hr.MustDate("2028-01-01"), Ends: true, Source: law, Reviewed: reviewed},
		},
	}
}

func TestATableIsReadByTextDayAndBound(t *testing.T) {
	table := monthlyTax()
	require.NoError(t, table.Validate())
	for _, c := range []struct {
		text, key, want string
		row             int
	}{
		{"IN-KA", "24999.99", "0", 0},
		{"IN-KA", "25000", "200", 1}, // below 25,000: the limit belongs to the next row
		{"IN-MH", "7500", "0", 0},    // up to 7,500: the limit belongs to this row
		{"IN-MH", "7500.01", "175", 1},
		{"IN-MH", "10000.00", "175", 1},
		{"IN-MH", "10000.01", "200", 2},
		{"IN-MH", "-5", "0", 0},
	} {
		s, err := table.At(c.text, hr.MustDate("2026-10-31"))
		require.NoError(t, err)
		row, value := s.Lookup(dec(c.key))
		require.Equal(t, c.row, row, c)
		require.True(t, value.Equal(dec(c.want)), c)
	}
	_, err := table.At("IN-KA", hr.MustDate("2025-03-31"))
	require.ErrorIs(t, err, hr.ErrNoValue)
	_, err = table.At("IN-MH", hr.MustDate("2028-01-01"))
	require.ErrorIs(t, err, hr.ErrNoValue)
	_, err = table.At("IN-KA", hr.Date{})
	require.ErrorIs(t, err, hr.ErrNoValue)
	_, err = table.At("IN-GJ", hr.MustDate("2026-10-31"))
	require.Equal(t, hr.RuleTableText, hr.FieldErrors(err)[0].Rule)
	require.Equal(t, []string{"IN-KA", "IN-MH"}, table.Texts())
	require.Equal(t, []hr.Date{hr.MustDate("2025-04-01"), hr.MustDate("2028-01-01")}, table.Changes(period("2023-07-01..2028-12-31")))
	row, _ := hr.TableStep{}.Lookup(dec("1"))
	require.Equal(t, -1, row)
}

func TestTableReportsEveryFaultAtOnce(t *testing.T) {
	err := hr.Table{Name: "X", Kind: "list", Steps: []hr.TableStep{
		{Text: "IN-KA", Rows: []hr.TableRow{{Bound: hr.Above}, {Bound: hr.UpTo, Limit: dec("5")}, {Bound: hr.UpTo, Limit: dec("5")}, {Bound: "over"}}},
		{Since: hr.MustDate("2026-01-01"), Source: law, Reviewed: reviewed, Rows: []hr.TableRow{{Bound: hr.Above}}},
		{Since: hr.MustDate("2026-01-01"), Source: law, Reviewed: reviewed, Rows: []hr.TableRow{{Bound: hr.Above}}},
	}}.Validate()
	require.Equal(t, []string{
		"name", "kind", "key", "steps[0].since", "steps[0].text", "steps[0].source", "steps[0].reviewed",
		"steps[0].rows", "steps[0].rows[0].bound", "steps[0].rows[2].limit", "steps[0].rows[3].bound", "steps[2].since",
	}, paths(err), err)
	slabs := hr.Table{Name: "it.slabs", Kind: hr.Slabs, Key: "money", Value: "percent", Steps: []hr.TableStep{{
		Since: hr.MustDate("2026-04-01"), Source: law, Reviewed: reviewed,
		Rows: []hr.TableRow{{Bound: hr.Below, Limit: dec("400000")}, {Bound: hr.Above, Value: dec("5")}},
	}}}
	require.Equal(t, []string{"steps[0].rows[0].bound"}, paths(slabs.Validate()))
	slabs.Steps[0].Rows[0].Bound = hr.UpTo
	require.NoError(t, slabs.Validate())
	require.Equal(t, []string{"steps"}, paths(hr.Table{Name: "x", Kind: hr.Bands, Key: "money", Value: "money"}.Validate()))
}

// A message says which step it is about: its day, its text where the table has them, and the unit of its answers.
func TestATableNamesTheStepAtFault(t *testing.T) {
	table := monthlyTax()
	table.Steps[0].Rows = []hr.TableRow{{Bound: hr.Below, Limit: dec("25000")}, {Bound: hr.Below, Limit: dec("20000")}, {Bound: hr.Above}}
	table.Steps[1].Rows = []hr.TableRow{{Bound: hr.UpTo, Limit: dec("7500")}, {Bound: hr.UpTo, Limit: dec("7500")}}
	table.Steps = append(table.Steps, table.Steps[2])
	reasons := func(err error) (out []string) {
		for _, f := range hr.FieldErrors(err) {
			out = append(out, f.Path+": "+f.Reason)
		}
		return out
	}
	require.Equal(t, []string{
		`steps[0].rows[1].limit: the step of 2025-04-01 for "IN-KA", in money must rise: this limit is not above that of the row before`,
		`steps[1].rows: the step of 2023-07-01 for "IN-MH", in money must end with a row for everything above`,
		`steps[1].rows[1].limit: the step of 2023-07-01 for "IN-MH", in money must rise: this limit is not above that of the row before`,
		`steps[3].since: two steps on 2028-01-01 for "IN-MH", in money`,
	}, reasons(table.Validate()))
	for i := range table.Steps {
		table.Steps[i].Text = ""
	}
	table.ByText, table.Steps = false, table.Steps[2:]
	require.Equal(t, []string{"steps[1].since: two steps on 2028-01-01, in money"}, reasons(table.Validate()))
}

// Reading the rows as words is the second method: the first row whose words are true.
func TestLookupReadsTheRowsAsWords(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var rows []hr.TableRow
		limit := int64(0)
		for range rapid.IntRange(0, 5).Draw(t, "rows") {
			limit += rapid.Int64Range(1, 20).Draw(t, "step")
			rows = append(rows, hr.TableRow{Bound: rapid.SampledFrom([]hr.Bound{hr.UpTo, hr.Below}).Draw(t, "bound"), Limit: decimal.NewFromInt(limit), Value: decimal.NewFromInt(int64(len(rows)))})
		}
		rows = append(rows, hr.TableRow{Bound: hr.Above, Value: decimal.NewFromInt(int64(len(rows)))})
		key := decimal.New(rapid.Int64Range(-20, 1100).Draw(t, "key"), -1)
		want := -1
		for i, r := range rows {
			if r.Bound == hr.UpTo && key.LessThanOrEqual(r.Limit) || r.Bound == hr.Below && key.LessThan(r.Limit) || r.Bound == hr.Above {
				want = i
				break
			}
		}
		got, value := hr.TableStep{Rows: rows}.Lookup(key)
		require.Equal(t, want, got)
		require.True(t, value.Equal(decimal.NewFromInt(int64(want))))
	})
}

func ExampleParameter_At() {
	p := hr.Parameter{Name: "epf.wage_ceiling", Unit: "money", Steps: []hr.ParameterStep{
		{Since: hr.MustDate("2014-09-01"), Value: decimal.NewFromInt(15000), Source: hr.Source{Title: "G.S.R. 609(E)"}, Reviewed: hr.MustDate("2026-10-01")},
	}}
	s, _ := p.At(hr.MustDate("2020-03-31"))
	fmt.Println(s.Value, s.Source)
	_, err := p.At(hr.MustDate("2014-08-31"))
	fmt.Println(err)
	// Output:
	// 15000 G.S.R. 609(E)
	// parameter epf.wage_ceiling has no value on 2014-08-31, in money [hr.parameter.missing]
}
