package statutory_test

import (
	"fmt"
	"io"
	"math/big"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/payroll/statutory/internal/law"
	"github.com/musterhr/hr/payroll/statutory/internal/packtest"
)

// Ruritania is a country that is not: a fifth pack, made in the steps of this package's page, to see whether they are true. Its facts:
//
//	income tax     20 % of what is paid in a calendar year above 12,000 crowns; from 2027 above 12,600. Worked out on the year so far, cut to the crown.
//	               With the card of a second employer 30 % of everything. Tax Act s.4 and 9. [read in the Act]
//	sickness fund  3 % each side of a month's pay up to 5,000 crowns, to the heller, half up. Fund Act s.2. [the ceiling is known, not read]
//	number         R and seven digits, the last of which is their sum modulo ten.
//	the list       each month a line for each member, in crowns, and a line with the sum, by the 10th.
//	records        four years after the tax year.
//
// In a package of its own this file would be values.go, pack.go, tax.rules and fund.rules, identifiers.go, retention.go and list.go.
func ruritania() payroll.Pack {
	reviewed := hr.MustDate("2026-11-26")
	book := law.Book{Reviewed: reviewed}
	act := hr.Source{Title: "Tax Act of Ruritania", Section: "s.4 and 9"}
	fund := hr.Source{Title: "Fund Act of Ruritania", Section: "s.2"}
	const from, raised, end = "2026-01-01", "2027-01-01", "2028-01-01"
	rate := hr.Table{Name: "tax.rate", Title: "Rate of the tax card", Kind: hr.Bands, Key: "count", Value: "percent", ByText: true, Basis: hr.ByPayDate}
	for _, card := range [][2]string{{"main", "20"}, {"second", "30"}} {
		rate.Steps = append(rate.Steps, book.Rows(card[0], from, act, law.Above(card[1])), book.RowsEnd(card[0], end, act))
	}
	return payroll.Pack{
		Code: "rt", Name: "Ruritania", Reviewed: reviewed, ReviewMonths: 12,
		Params: []hr.Parameter{
			{Name: "tax.free", Title: "Free of tax, a year", Unit: "money", Basis: hr.ByPayDate, Steps: []hr.ParameterStep{
				book.Since(from, "12000", act), book.Since(raised, "12600", act), book.Ends(end, act),
			}},
			{Name: "fund.ceiling", Title: "Pay up to which the fund is paid, a month", Unit: "money", Steps: []hr.ParameterStep{
				law.Doubtful(book.Since(from, "5000", fund), "known, not read"), book.Ends(end, fund),
			}},
			{Name: "fund.rate", Title: "Sickness fund, each side", Unit: "percent", Steps: []hr.ParameterStep{book.Since(from, "3", fund), book.Ends(end, fund)}},
		},
		Tables: []hr.Table{rate},
		Components: []payroll.Component{
			{Name: "rt/tax.rules", Source: act, Text: `
input tax_card "Tax card: main, or second for a second employer" : text = "main"
input ytd_taxed_pay "Taxed pay this year before" : money
input ytd_income_tax "Income tax this year before" : money
input arrears_taxed "Taxed pay of earlier periods, paid now" : money = 0
group taxed "Pay under income tax"

line taxed_pay "Taxed pay" in when_paid = sum(taxed) + arrears_taxed
line tax_due "Income tax of the year so far" in when_paid law "Tax Act s.4 and 9"
   = if tax_card = "second" then floor((ytd_taxed_pay + taxed_pay) * tax.rate(tax_card, 1), 1)
     else floor(max(0, ytd_taxed_pay + taxed_pay - tax.free) * tax.rate(tax_card, 1), 1)
line income_tax "Income tax" in deductions, when_paid law "Tax Act s.4 and 9" = tax_due - ytd_income_tax
`},
			{Name: "rt/fund.rules", Source: fund, Text: `
group insured "Pay under the sickness fund"
line fund_pay "Pay under the fund, up to its ceiling" = min(sum(insured), fund.ceiling)
line sickness_fund "Sickness fund" in deductions law "Fund Act s.2" = round(fund_pay * fund.rate, 0.01)
line sickness_fund_employer "Sickness fund, employer" in employer law "Fund Act s.2" = round(fund_pay * fund.rate, 0.01)
`},
		},
		Identifiers: []hr.IdentifierRule{{
			Kind: "member_rt", Title: "member's number", Match: regexp.MustCompile(`^R[0-9]{7}$`), Shown: 3, Form: "R and seven digits", Source: fund,
			Check: func(s string) bool {
				sum := 0
				for _, d := range s[1:7] {
					sum += int(d - '0')
				}
				return sum%10 == int(s[7]-'0')
			},
		}},
		Retention: []hr.Retention{{Name: "rt.payroll", Title: "Payslips and lists", Months: 48, Start: hr.AfterTaxYear, Source: act, Reviewed: reviewed}},
		Forms:     []payroll.Form{{Name: "list", Title: "Monthly list of the fund", File: "list.txt", Due: "the 10th of the next month", Source: fund, Write: writeList}},
	}
}

func writeList(w io.Writer, _ payroll.Pack, of payroll.FormInput) (payroll.FormTotals, error) {
	var sum decimal.Decimal
	var text strings.Builder
	for _, s := range of.Slips {
		mine, _ := s.Amount("sickness_fund")
		both, _ := s.Amount("sickness_fund_employer")
		sum = sum.Add(mine).Add(both)
		text.WriteString(string(s.Employee) + " " + mine.Add(both).StringFixed(2) + "\n")
	}
	if len(of.Slips) == 0 {
		return nil, nil
	}
	_, err := io.WriteString(w, text.String()+"SUM "+sum.StringFixed(2)+"\n")
	return payroll.FormTotals{{Name: "both_sides", Amount: sum}}, err
}

// ruritanian is what a host writes.
const ruritanian = `
input salary "Salary" : money
line salary_pay "Salary" in earnings, taxed, insured = salary
`

func ruritanianPay(salary decimal.Decimal, paid string, before ...payroll.Amount) payroll.Input {
	on := hr.MustDate(paid)
	month := hr.MonthOf(on)
	return payroll.Input{
		Employee: "E1", Period: month, PayDate: on, YearToDate: before,
		Terms: hr.Since(month.From, hr.Terms{Currency: "CZK", Pay: []hr.PayTerm{{Name: "salary", Amount: salary}}}),
	}
}

// A fifth country, from the facts to a payslip and its list.
func Example() {
	plan, err := payroll.Compile(payroll.Config{Currency: "CZK", Packs: []payroll.Pack{ruritania()}, Components: []payroll.Component{{Name: "host.rules", Text: ruritanian}}})
	if err != nil {
		fmt.Println(err)
		return
	}
	in := ruritanianPay(decimal.NewFromInt(6200), "2026-03-31",
		payroll.Amount{Name: "taxed_pay", Amount: decimal.NewFromInt(12400)}, payroll.Amount{Name: "income_tax", Amount: decimal.NewFromInt(80)})
	slip, err := plan.Calculate(in)
	if err != nil {
		fmt.Println(err)
		return
	}
	_ = slip.Text(os.Stdout)
	fmt.Println()
	totals, err := ruritania().WriteForm(os.Stdout, "list", payroll.FormInput{Period: in.Period, Slips: []payroll.Payslip{slip}})
	fmt.Println(totals[0].Name, totals[0].Amount, err)
	// Output:
	// Payslip E1   2026-03-01..2026-03-31   paid 2026-03-31   CZK
	// ----------------------------------------------------------------
	// Earnings
	//   Salary                                                 6200.00
	// Gross pay                                                6200.00
	// Deductions
	//   Income tax                                             1240.00
	//   Sickness fund                                           150.00
	// Total deductions                                         1390.00
	// NET PAY                                                  4810.00
	// Paid by the employer
	//   Sickness fund, employer                                 150.00
	// Total                                                     150.00
	//
	// E1 300.00
	// SUM 300.00
	// both_sides 300 <nil>
}

// The walk over every value is the test that each pack begins with.
func TestFifthCountryHasASourceForEveryValue(t *testing.T) {
	packtest.Walk(t, ruritania(), "CZK", ruritanian)
	plan := packtest.Plan(t, ruritania(), "CZK", ruritanian)
	// Before the first value a payslip is refused, and so is one past the review. An unknown card is a fault of its line.
	_, err := plan.Calculate(ruritanianPay(decimal.NewFromInt(100), "2027-02-28"))
	require.NoError(t, err)
	_, err = plan.Calculate(ruritanianPay(decimal.NewFromInt(100), "2025-12-31"))
	require.ErrorIs(t, err, hr.ErrNoValue)
	_, err = plan.Calculate(ruritanianPay(decimal.NewFromInt(100), "2028-01-31"))
	require.ErrorContains(t, err, "last checked on 2026-11-26")
	in := ruritanianPay(decimal.NewFromInt(100), "2026-01-31")
	in.Answers = []hr.Answer{{Name: "tax_card", Text: "third"}}
	_, err = plan.Calculate(in)
	require.ErrorContains(t, err, "tax_card")

	rule, ok := ruritania().Identifier("member_rt")
	require.True(t, ok)
	_, err = rule.Parse("R1234561")
	require.NoError(t, err) // 1 + 2 + 3 + 4 + 5 + 6 = 21
	_, err = rule.Parse("R1234567")
	require.Error(t, err)
}

// A host knows a new value before any release: the overlay counts, and its explanation says so.
func TestFifthCountryTakesAnOverlay(t *testing.T) {
	pack, err := ruritania().Overlay(payroll.Overlay{Name: "fund.ceiling", Steps: []hr.ParameterStep{{
		Since: hr.MustDate("2026-10-01"), Value: decimal.NewFromInt(6000), Source: hr.Source{Title: "Decree 77"}, Reviewed: hr.MustDate("2026-11-27"),
	}}})
	require.NoError(t, err)
	plan := packtest.Plan(t, pack, "CZK", ruritanian)
	in := ruritanianPay(decimal.NewFromInt(9000), "2026-10-31")
	slip, err := plan.Calculate(in)
	require.NoError(t, err)
	got, _ := slip.Amount("sickness_fund")
	require.Equal(t, "180", hr.Canonical(got))
	trace, err := plan.Explain(in, "sickness_fund")
	require.NoError(t, err)
	words := payroll.Paragraph(trace)
	require.Contains(t, words, "Sickness fund is 180, by Fund Act s.2")
	require.Contains(t, words, "was set by the host")
}

// The second calculator: a year in fractions, without a pack. The months sum to the year's tax.
func TestFifthCountryASecondTime(t *testing.T) {
	plan := packtest.Plan(t, ruritania(), "CZK", ruritanian)
	rapid.Check(t, func(t *rapid.T) {
		var paid, tax int64 // hellers, crowns
		for month := 1; month <= 12; month++ {
			pay := rapid.Int64Range(0, 900_000).Draw(t, "pay")
			on := hr.MustDate(fmt.Sprintf("2026-%02d-15", month))
			slip, err := plan.Calculate(ruritanianPay(decimal.New(pay, -2), on.String(),
				payroll.Amount{Name: "taxed_pay", Amount: decimal.New(paid, -2)}, payroll.Amount{Name: "income_tax", Amount: decimal.NewFromInt(tax)}))
			require.NoError(t, err)
			got, _ := slip.Amount("income_tax")
			paid, tax = paid+pay, tax+got.IntPart()
			fund, _ := slip.Amount("sickness_fund")
			share := new(big.Rat).Mul(big.NewRat(min(pay, 500_000), 100), big.NewRat(3, 100))
			require.Equal(t, share.FloatString(2), fund.StringFixed(2)) // FloatString rounds half away from zero too
		}
		require.Equal(t, max(0, paid-1_200_000)/500, tax) // a fifth of hellers, in whole crowns
	})
}
