package in_test

import (
	"fmt"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/payroll/reference"
	"github.com/musterhr/hr/payroll/statutory/in"
)

// salariedRules are the pay of a salaried employee, in every group that income tax reads.
const salariedRules = `
input basic "Basic, a month" : money by piece
input house_rent "House rent allowance, a month" : money by piece
input special "Special allowance, a month" : money by piece
input nps_paid "Employer's NPS, a month" : money by piece = 0
input payable_days : days by piece
input period_days : days
line basic_pay "Basic" in earnings, wages, gross, taxable, basic_da = round(pieces(basic * payable_days / period_days), 0.01)
line hra_pay "House rent allowance" in earnings, wages_excluded, gross, taxable, hra = round(pieces(house_rent * payable_days / period_days), 0.01)
line special_pay "Special allowance" in earnings, wages, gross, taxable = round(pieces(special * payable_days / period_days), 0.01)
line nps_pay "Employer's NPS" in employer, taxable, employer_nps = round(pieces(nps_paid * payable_days / period_days), 0.01)
line basic_full in full_month_wages, full_month_gross, full_month_taxable, full_month_basic_da = last(basic)
line hra_full in full_month_gross, full_month_taxable, full_month_hra = last(house_rent)
line special_full in full_month_wages, full_month_gross, full_month_taxable = last(special)
line nps_full in full_month_taxable, full_month_employer_nps = last(nps_paid)
`

func salaried(t testing.TB) *payroll.Plan {
	t.Helper()
	plan, err := payroll.Compile(payroll.Config{Currency: "INR", Packs: []payroll.Pack{in.Pack()}, Components: []payroll.Component{{Name: "salaried", Text: salariedRules}}})
	require.NoError(t, err)
	return plan
}

// declaring is october's employee of [salaried], who chose a regime and declares what the old one looks at.
func declaring(regime string) payroll.Input {
	x := october()
	x.Terms = hr.Since(hr.MustDate("2026-04-01"), hr.Terms{
		Currency: "INR",
		Pay: []hr.PayTerm{
			{Name: "basic", Amount: decimal.NewFromInt(80000)},
			{Name: "house_rent", Amount: decimal.NewFromInt(40000)},
			{Name: "special", Amount: decimal.NewFromInt(30000)},
			{Name: "nps_paid", Amount: decimal.NewFromInt(8000)},
		},
		Answers: []hr.Answer{
			{Name: "pf_capped", Text: "yes"},
			{Name: "eps_member", Text: "yes"},
			{Name: "esi_covered", Text: "no"},
			{Name: "pt_state", Text: "KA"},
			{Name: "tax_regime", Text: regime},
			{Name: "rent_paid", Text: "35000"},
			{Name: "rent_city", Text: in.HRACity("Bangalore")},
			{Name: "savings", Text: "90000"},
			{Name: "nps_extra", Text: "60000"},
			{Name: "health_self", Text: "22000"},
			{Name: "health_checkup", Text: "6000"},
			{Name: "home_loan_interest", Text: "240000"},
		},
	})
	x.YearToDate = nil
	return x
}

// BenchmarkPayslip is a salaried employee with every line of the pack beside the reference payslip, both in the batch: the pack may
// cost three times as much.
func BenchmarkPayslip(b *testing.B) {
	plain, err := payroll.Compile(payroll.Config{Currency: "INR", Components: reference.Components()})
	require.NoError(b, err)
	const rows = 1000
	period := hr.MustPeriod("2026-10-01..2026-10-31")
	for _, c := range []struct {
		name  string
		plan  *payroll.Plan
		units map[string]int64
		texts map[string]string
	}{
		{
			"reference", plain,
			map[string]int64{"basic_rate": 40_000_00, "special_rate": 90_000_00, "payable_days": 31_00, "period_days": 31_00, "pf_capped": 1, "taxable_before": 9_00_000_00, "months_left": 6, "tds_before": 0, "overtime_hours": 0, "conveyance_rate": 0, "medical_rate": 0, "lta_rate": 0, "food_rate": 0},
			map[string]string{"pt_table": "1"},
		},
		{
			"india", salaried(b),
			map[string]int64{"basic": 80_000_00, "house_rent": 40_000_00, "special": 30_000_00, "nps_paid": 8_000_00, "pf_capped": 1, "eps_member": 1, "esi_covered": 0, "ytd_taxable": 9_00_000_00},
			map[string]string{"pt_state": "KA", "tax_regime": "new"},
		},
	} {
		b.Run(c.name, func(b *testing.B) {
			batch := c.plan.NewBatch(rows)
			fields := map[string]int{}
			for name := range c.units {
				fields[name], _ = c.plan.Field(name)
			}
			for name := range c.texts {
				fields[name], _ = c.plan.Field(name)
			}
			for b.Loop() {
				require.NoError(b, batch.Begin(period, period.Through))
				for range rows {
					row, err := batch.NewRow("E")
					require.NoError(b, err)
					for name, v := range c.units {
						batch.SetUnits(row, fields[name], v)
					}
					for name, v := range c.texts {
						batch.SetText(row, fields[name], v)
					}
				}
				batch.Calculate()
			}
			require.Zero(b, batch.Slow(), "the integer form holds all")
			for row := range rows {
				require.NoError(b, batch.Err(row))
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*rows), "ns/payslip")
			b.ReportMetric(float64(len(c.plan.Lines())), "lines")
		})
	}
	fmt.Print()
}
