package in_test

import (
	"fmt"
	"os"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/payroll/statutory/in"
)

// Which regime is better for a total income of 15,00,000 in 2026-27, if the old one would let 3,00,000 be deducted from it?
func ExampleIncomeTax_Of() {
	tax, err := in.NewIncomeTax(in.Pack())
	if err != nil {
		fmt.Println(err)
		return
	}
	for regime, income := range map[string]int64{in.NewRegime: 1500000, in.OldRegime: 1200000} {
		bill, err := tax.Of(in.TaxQuestion{On: hr.MustDate("2026-10-31"), Regime: regime, Income: decimal.NewFromInt(income)})
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(regime, bill.SlabTax, bill.Cess, bill.Total)
	}
	// Unordered output:
	// new 105000 4200 109200
	// old 172500 6900 179400
}

// Arrears of 3,00,000 for 2024-25, received in 2025-26.
func ExampleIncomeTax_Relief() {
	tax, err := in.NewIncomeTax(in.Pack())
	if err != nil {
		fmt.Println(err)
		return
	}
	relief, err := tax.Relief(
		in.TaxQuestion{On: hr.MustDate("2025-12-31"), Regime: in.NewRegime, Income: decimal.NewFromInt(2500000)},
		in.EarlierYear{Year: in.TaxQuestion{On: hr.MustDate("2024-12-31"), Regime: in.NewRegime, Income: decimal.NewFromInt(900000)}, Arrears: decimal.NewFromInt(300000)},
	)
	fmt.Println(relief.ExtraInReceipt, relief.ExtraInEarlier, relief.Relief, err)
	// Output: 83200 41600 41600 <nil>
}

// Why 12,566 is deducted from the pay of October, on one page.
func ExampleNewTaxSheet() {
	plan, err := payroll.Compile(payroll.Config{
		Currency: "INR", Packs: []payroll.Pack{in.Pack()},
		Components: []payroll.Component{{Name: "office", Text: officeRules}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	slip, err := plan.Calculate(october())
	if err != nil {
		fmt.Println(err)
		return
	}
	sheet, err := in.NewTaxSheet(slip)
	if err != nil {
		fmt.Println(err)
		return
	}
	if err := sheet.Text(os.Stdout); err != nil {
		fmt.Println(err)
	}
	// Output:
	// Income tax of E1, tax year 2026-04-01..2027-03-31, paid 2026-10-31, Income-tax Act 2025
	// Salary of the year, as it stands            s.15 to 17                          1800000.00
	// Standard deduction                          s.19(1) Sl. 2                        -75000.00
	// Total income                                                                    1725000.00
	// Rounded to ten                              s.516                               1725000.00
	// Tax by slabs                                s.202(1) or Finance Act              145000.00
	// Health and education cess                   Finance Act                            5800.00
	// Tax of the year, rounded to ten             s.516                                150800.00
	// To deduct in the year                       s.392(1), 397(2)                     150800.00
	// Deducted before, credits and relief         s.392, 157                           -75402.00
	// To deduct this month, with 5 to come        s.392(1)                              12566.00
}
