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
