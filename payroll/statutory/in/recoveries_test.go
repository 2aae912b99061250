package in_test

import (
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/payroll/statutory/in"
)

// Deductions are at most half of the wages (Code on Wages, s.18(3)). Wages are 30,000: 15,000. Provident fund, with the ceiling of 25,000, takes 3,000 and
// professional tax of Maharashtra 200; 11,800 are left for a loan of which 20,000 are asked, and 8,200 wait. [in.CapDeductions] says the same.
func TestWhatIsRecoveredIsCapped(t *testing.T) {
	pack := in.Pack()
	host := payroll.Component{Name: "host", Text: `
input basic: money by piece
input payable_days: days by piece
input period_days: days
input repaid_loan: money
line basic_pay in earnings, wages, gross, taxable = round(pieces(basic * payable_days / period_days), 0.01)
line basic_full in full_month_wages, full_month_gross, full_month_taxable = last(basic)
line loan in deductions, when_paid = repaid_loan
`}
	plan, err := payroll.Compile(payroll.Config{Currency: "INR", Packs: []payroll.Pack{pack}, Components: []payroll.Component{in.PaymentWages(), in.Recoveries(), host}})
	require.NoError(t, err)
	october := hr.MustPeriod("2026-10-01..2026-10-31")
	terms := hr.Terms{Currency: "INR", Pay: []hr.PayTerm{{Name: "basic", Amount: decimal.NewFromInt(30_000)}}, Answers: []hr.Answer{
		{Name: "pf_capped", Text: "yes"}, {Name: "eps_member", Text: "yes"}, {Name: "esi_covered", Text: "no"}, {Name: "pt_state", Text: "MH"}, {Name: "gender", Text: "male"},
	}}
	loan := payroll.Loan{Principal: decimal.NewFromInt(20_000), Instalment: decimal.NewFromInt(20_000), First: october.From}
	slip, err := plan.Calculate(payroll.Input{
		Employee: "E1", Period: october, PayDate: october.Through, Terms: hr.Since(hr.MustDate("2020-01-01"), terms),
		Debts: []payroll.Outstanding{{Debt: payroll.Debt{ID: "L1", Employee: "E1", Kind: payroll.DebtLoan, Name: "loan", Loan: loan}}},
	})
	require.NoError(t, err)
	taken, _ := slip.Amount("loan")
	require.Equal(t, "11800", taken.String())
	require.Equal(t, "8200", slip.Debts[0].Left.String())

	var others []payroll.Amount
	for _, name := range []string{"epf", "pt", "loan"} {
		amount, _ := slip.Amount(name)
		if name == "loan" {
			amount = loan.Principal
		}
		others = append(others, payroll.Amount{Name: name, Amount: amount})
	}
	wages, _ := slip.Amount("payment_wages")
	capped, err := in.CapDeductions(pack, october, wages, others)
	require.NoError(t, err)
	require.Equal(t, taken.String(), capped.Taken[2].Amount.String())
}

// 2,00,000 a month and a bonus of 1,00,000 in October, new regime of 2026-27. Without it the year is 24,00,000 less 75,000: 23,25,000, taxed 20,000 + 40,000 +
// 60,000 + 80,000 + 25 % of 3,25,000 = 2,81,250, with cess 2,92,500, 24,375 a month; with it 24,25,000: 3,06,250 + 4 % + 30 % of 25,000... that is
// 20,000 + 40,000 + 60,000 + 80,000 + 1,00,000 + 30 % of 25,000 = 3,07,500, with cess 3,19,800: 27,300 more. At once: 24,375 + 27,300 = 51,675; spread over
// six months: 24,375 + 4,550 = 28,925.
func TestTaxOnABonusAtOnceOrSpread(t *testing.T) {
	host := payroll.Component{Name: "host", Text: `
input basic: money by piece
input payable_days: days by piece
input period_days: days
input bonus: money = 0
line basic_pay in earnings, wages, gross, taxable = round(pieces(basic * payable_days / period_days), 0.01)
line bonus_pay in earnings, wages_excluded, gross, taxable = bonus
line basic_full in full_month_wages, full_month_gross, full_month_taxable = last(basic)
`}
	plan, err := payroll.Compile(payroll.Config{Currency: "INR", Packs: []payroll.Pack{in.Pack()}, Components: []payroll.Component{host}})
	require.NoError(t, err)
	october := hr.MustPeriod("2026-10-01..2026-10-31")
	terms := hr.Terms{Currency: "INR", Pay: []hr.PayTerm{{Name: "basic", Amount: decimal.NewFromInt(200_000)}}, Answers: []hr.Answer{
		{Name: "pf_capped", Text: "yes"}, {Name: "eps_member", Text: "yes"}, {Name: "esi_covered", Text: "no"}, {Name: "pt_state", Text: "MH"}, {Name: "gender", Text: "male"},
	}}
	tds := func(month hr.Period, taxable, before int64, bonus ...payroll.Adjustment) string {
		slip, err := plan.Calculate(payroll.Input{
			Employee: "E1", Period: month, PayDate: month.Through, Terms: hr.Since(hr.MustDate("2020-01-01"), terms), Adjustments: bonus,
			YearToDate: []payroll.Amount{{Name: "taxable", Amount: decimal.NewFromInt(taxable)}, {Name: "tds", Amount: decimal.NewFromInt(before)}},
		})
		require.NoError(t, err)
		amount, _ := slip.Amount("tds")
		return amount.String()
	}
	bonus := payroll.Adjustment{Employee: "E1", Name: "bonus", Amount: decimal.NewFromInt(100_000)}
	require.Equal(t, "24375", tds(october, 1_200_000, 146_250))
	require.Equal(t, "28925", tds(october, 1_200_000, 146_250, bonus))
	bonus.Tax = payroll.TaxNow
	require.Equal(t, "51675", tds(october, 1_200_000, 146_250, bonus))
	require.Equal(t, "24375", tds(hr.MustPeriod("2026-11-01..2026-11-30"), 1_500_000, 197_925), "nothing is left of it in November")
}
