package in_test

import (
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/payroll/statutory/in"
	"github.com/musterhr/hr/payroll/statutory/internal/packtest"
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
	period := hr.MustPeriod("2026-10-01..2026-10-31")
	n := decimal.NewFromInt
	packtest.Cost(b, salaried(b), payroll.Input{
		Period: period, PayDate: period.Through,
		Terms: hr.Since(period.From, hr.Terms{
			Currency: "INR",
			Pay:      []hr.PayTerm{{Name: "basic", Amount: n(80000)}, {Name: "house_rent", Amount: n(40000)}, {Name: "special", Amount: n(30000)}, {Name: "nps_paid", Amount: n(8000)}},
			Answers: []hr.Answer{
				{Name: "pf_capped", Text: "yes"},
				{Name: "eps_member", Text: "yes"},
				{Name: "esi_covered", Text: "no"},
				{Name: "pt_state", Text: "KA"},
				{Name: "tax_regime", Text: "new"},
			},
		}),
	})
}
