package in_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/payroll/statutory/in"
)

// The page that a payroll clerk reads: October, six months of pay behind, the old regime, worked by hand.
//
//	salary       6 x 1,58,000 before, 1,58,000 now, 5 x 1,58,000 to come: 18,96,000
//	rent         12 x 27,000 (6 of them posted)                           3,24,000
//	fund         6 x 3,000 from October on (nothing is posted before it here), and 90,000: 1,08,000
//	tax          18,96,000 - 3,24,000 - 50,000 - 2,400 - 2,00,000 - 1,08,000 - 50,000 - 96,000 - 25,000 = 10,40,600
//	             1,12,500 + 30 % of 40,600 is 1,24,680, cess 4,987.20: 1,29,670; less 60,000, over six months
func TestTaxSheetReadsWell(t *testing.T) {
	x := declaring("old")
	x.YearToDate = []payroll.Amount{
		{Name: "taxable", Amount: dec(948000)},
		{Name: "hra_exempt", Amount: dec(162000)},
		{Name: "basic_da_paid", Amount: dec(480000)},
		{Name: "employer_nps_paid", Amount: dec(48000)},
		{Name: "pt", Amount: dec(1200)},
		{Name: "tds", Amount: dec(60000)},
	}
	slip, err := salaried(t).Calculate(x)
	require.NoError(t, err)
	sheet, err := in.NewTaxSheet(slip)
	require.NoError(t, err)
	var b strings.Builder
	require.NoError(t, sheet.Text(&b))
	require.Equal(t, strings.TrimLeft(`
Income tax of E1, tax year 2026-04-01..2027-03-31, paid 2026-10-31, Income-tax Act 2025
Salary of the year, as it stands            s.15 to 17                          1896000.00
Exempt pay                                  s.11 and Schedule III               -324000.00
Standard deduction                          s.19(1) Sl. 2                        -50000.00
Professional tax                            s.19(1) Sl. 1                         -2400.00
Income from houses                          s.22(1)(b)                          -200000.00
Provident fund, savings, own NPS            s.123                               -108000.00
Own NPS beyond them                         s.124(3)                             -50000.00
Employer's NPS                              s.124(1), (2)                        -96000.00
Health insurance                            s.126                                -25000.00
Total income                                                                    1040600.00
Rounded to ten                              s.516                               1040600.00
Tax by slabs                                s.202(1) or Finance Act              124680.00
Health and education cess                   Finance Act                            4987.20
Tax of the year, rounded to ten             s.516                                129670.00
To deduct in the year                       s.392(1), 397(2)                     129670.00
Deducted before, credits and relief         s.392, 157                           -60000.00
To deduct this month, with 5 to come        s.392(1)                              11612.00
`, "\n"), b.String())
	require.Equal(t, "[tax sheet E1]", fmt.Sprint(sheet))
	require.Equal(t, "[tax row tds]", fmt.Sprint(sheet.Rows[len(sheet.Rows)-1]))

	// A payment of March 2026 is under the other Act.
	x.Terms = hr.Since(hr.MustDate("2025-04-01"), x.Terms.Steps()[0].Value)
	x.Period, x.PayDate = hr.MustPeriod("2026-03-01..2026-03-31"), hr.MustDate("2026-03-31")
	slip, err = salaried(t).Calculate(x)
	require.NoError(t, err)
	sheet, err = in.NewTaxSheet(slip)
	require.NoError(t, err)
	b.Reset()
	require.NoError(t, sheet.Text(&b))
	require.Contains(t, b.String(), "Income-tax Act 1961")
	require.Contains(t, b.String(), "s.80CCD(1B)")
	require.NotContains(t, b.String(), "s.123")

	_, err = in.NewTaxSheet(payroll.Payslip{Employee: "E1", PayDate: x.PayDate})
	require.Equal(t, in.RuleNoIncomeTax, hr.FieldErrors(err)[0].Rule)
}

// The full explanation of the same figure: every step is named in words, and leads to the section and the declared figure behind it.
func TestExplanationOfTheOldRegime(t *testing.T) {
	text := explained(t, salaried(t), declaring("old"), "tds")
	for _, words := range []string{
		"tds (Income tax (TDS))", "Tax by slabs", "old, up to the slab", "s.87A of the 1961 Act", "Exempt house rent allowance",
		"the least of 40000, 35000 - 0.1 x 80000, 0.5 x 80000 is 27000", "Bengaluru, row: 50%", "r.279(1)(c)", "Rent paid for the home, a month",
		"Investments and payments that count beside the provident fund", "s.80CCD(1B)", "Interest this year on the loan for the home lived in",
		"neither section rounds; to the rupee is practice",
	} {
		require.True(t, strings.Contains(text, words), words)
	}
	// What does not concern this employee is named once and goes no deeper.
	for _, words := range []string{"Free meal in working hours, up to", "Gifts of a year, up to", "Loans that are ignored, up to", "Education allowance that is exempt"} {
		require.False(t, strings.Contains(text, words), words)
	}
}
