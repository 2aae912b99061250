package reference_test

import (
	"encoding/json"
	"fmt"
	"os"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/payroll/formula"
	"github.com/musterhr/hr/payroll/reference"
)

type payslip struct {
	ID     string
	Given  map[string]any
	Expect map[string]string
}

func payslips(t testing.TB) []payslip {
	t.Helper()
	raw, err := os.ReadFile("testdata/reference.json")
	require.NoError(t, err)
	var file struct{ Cases []payslip }
	require.NoError(t, json.Unmarshal(raw, &file))
	require.Len(t, file.Cases, 120)
	return file.Cases
}

// inputs are the names of what the examples give; the lines have the short names.
var inputs = map[string]string{
	"basic": "basic_rate", "conveyance": "conveyance_rate", "medical": "medical_rate", "lta": "lta_rate", "special": "special_rate", "food": "food_rate",
	"days_in_month": "period_days", "ytd_taxable": "taxable_before", "ytd_tds": "tds_before",
}

func TestReferencePayslips(t *testing.T) {
	var cfg formula.Config
	for _, c := range reference.Components() {
		f, err := formula.Parse(c.Name, c.Text)
		require.NoError(t, err)
		cfg.Files = append(cfg.Files, f)
	}
	p, err := formula.Compile(cfg)
	require.NoError(t, err)
	require.Empty(t, p.Warnings())
	require.Len(t, p.Lines(), 23)
	for _, c := range payslips(t) {
		t.Run(c.ID, func(t *testing.T) {
			values := make([]formula.Value, len(p.Inputs()))
			for name, v := range c.Given {
				if renamed, ok := inputs[name]; ok {
					name = renamed
				}
				i, ok := p.Input(name)
				require.True(t, ok, name)
				switch x := v.(type) {
				case bool:
					values[i] = formula.YesNo(x)
				default:
					values[i] = formula.Number(decimal.RequireFromString(fmt.Sprint(x)))
					if p.Inputs()[i].Unit == formula.Words {
						values[i] = formula.Text(fmt.Sprint(x))
					}
				}
			}
			res, err := p.Run(formula.Request{Period: hr.MustPeriod("2026-04-01..2026-04-30"), Values: values})
			require.NoError(t, err)
			require.Len(t, c.Expect, 23)
			for name, want := range c.Expect {
				i, ok := p.Line(name)
				require.True(t, ok, name)
				require.Equal(t, want, res.Amount(i).StringFixed(2), name)
			}
		})
	}
}

// The same text is a pay plan: the day counts and the months left come from the period and the day of payment.
func TestReferenceIsAPlan(t *testing.T) {
	plan, err := payroll.Compile(payroll.Config{
		Currency: "INR", Components: reference.Components(),
		Packs: []payroll.Pack{{TaxYear: payroll.YearStart{Month: 4, Day: 1}}},
	})
	require.NoError(t, err)
	terms := hr.Terms{Currency: "INR", Answers: []hr.Answer{{Name: "pf_capped", Text: "yes"}, {Name: "pt_table", Text: "1"}, {Name: "taxable_before", Text: "0"}, {Name: "tds_before", Text: "0"}}}
	for _, name := range []string{"basic_rate", "conveyance_rate", "medical_rate", "lta_rate", "special_rate", "food_rate"} {
		terms.Pay = append(terms.Pay, hr.PayTerm{Name: name, Amount: decimal.NewFromInt(20000)})
	}
	slip, err := plan.Calculate(payroll.Input{
		Employee: "E1", Period: hr.MustPeriod("2026-04-01..2026-04-30"), PayDate: hr.MustDate("2026-04-30"),
		Terms: hr.Since(hr.MustDate("2026-04-01"), terms),
	})
	require.NoError(t, err)
	for line, want := range map[string]string{
		"gross": "130000", // six times 20,000, and house rent of half the basic
		"epf":   "1800", "pt": "200", "esi": "0",
		"tds": "8905", // 15,60,000 less 75,000: 60,000 + 15 % of 2,85,000 = 1,02,750; x 1.04 = 1,06,860; over 12 months 8,905
		"net": "119095",
	} {
		got, ok := slip.Amount(line)
		require.True(t, ok, line)
		require.Equal(t, want, got.String(), line)
	}
}
