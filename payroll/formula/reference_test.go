package formula_test

import (
	"encoding/json"
	"fmt"
	"os"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll/formula"
)

// compile parses and compiles one text.
func compile(t testing.TB, text string) *formula.Program {
	t.Helper()
	f, err := formula.Parse("test.rules", text)
	require.NoError(t, err)
	p, err := formula.Compile(formula.Config{Files: []*formula.File{f}})
	require.NoError(t, err)
	return p
}

// amounts reads values by name: decimals, yes, no, days, and texts with a leading quote.
func amounts(t testing.TB, p *formula.Program, given map[string]string) []formula.Value {
	t.Helper()
	values := make([]formula.Value, len(p.Inputs()))
	for i, in := range p.Inputs() {
		s, ok := given[in.Name]
		if !ok {
			continue
		}
		switch in.Unit {
		case formula.Words:
			values[i] = formula.Text(s)
		case formula.Flag:
			values[i] = formula.YesNo(s == "yes")
		case formula.Date:
			values[i] = formula.Day(hr.MustDate(s))
		default:
			values[i] = formula.Number(decimal.RequireFromString(s))
		}
	}
	return values
}

// The 120 payslips of testdata/reference.json were worked out by a separate program from the text of the reference.
func TestReferencePayslip(t *testing.T) {
	text, err := os.ReadFile("testdata/reference.rules")
	require.NoError(t, err)
	p := compile(t, string(text))
	require.Empty(t, p.Warnings())
	raw, err := os.ReadFile("testdata/reference.json")
	require.NoError(t, err)
	var file struct {
		Cases []struct {
			ID     string            `json:"id"`
			Given  map[string]any    `json:"given"`
			Expect map[string]string `json:"expect"`
		} `json:"cases"`
	}
	require.NoError(t, json.Unmarshal(raw, &file))
	require.Len(t, file.Cases, 120)
	for _, c := range file.Cases {
		t.Run(c.ID, func(t *testing.T) {
			given := map[string]string{}
			for name, v := range c.Given {
				switch name {
				case "basic", "conveyance", "medical", "lta", "special", "food":
					name += "_rate"
				case "pf_capped":
					v = map[bool]string{true: "yes", false: "no"}[v.(bool)]
				}
				given[name] = fmt.Sprint(v)
			}
			res, err := p.Run(formula.Request{Period: hr.MustPeriod("2026-04-01..2026-04-30"), Values: amounts(t, p, given), Trace: true})
			require.NoError(t, err)
			require.Len(t, c.Expect, len(p.Lines()))
			for name, want := range c.Expect {
				i, ok := p.Line(name)
				require.True(t, ok, name)
				require.Equal(t, want, res.Amount(i).StringFixed(2), name)
				tr, err := res.Trace(i)
				require.NoError(t, err)
				if got, err := decimal.NewFromString(tr.Value); err != nil || !got.Equal(res.Amount(i)) {
					t.Errorf("the trace of %s says %q", name, tr.Value)
				}
			}
		})
	}
}
