package in_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/payroll/statutory/in"
)

// The last month of a year in the new regime: 18,00,000 with benefits in kind is 17,25,000 taxable and 1,50,800 of tax.
func TestTaxThatTheEmployerBears(t *testing.T) {
	l := taxed(t)
	for _, c := range []struct {
		name             string
		given            map[string]string
		year, month, tds string
	}{
		{"not at all", nil, "0", "0", "150800"},
		{"all of it: 1,50,800 x 3,00,000 / 17,25,000 is 26,226.09", map[string]string{"perquisite_tax_share": "100"}, "26226", "26226", "124574"},
		{"half of it: 13,113.04", map[string]string{"perquisite_tax_share": "50"}, "13113", "13113", "137687"},
		{"what was paid stays paid", map[string]string{"perquisite_tax_share": "100", "ytd_perquisite_tax": "30000", "ytd_tds": "100000"}, "30000", "0", "20800"},
		{"the rest of it", map[string]string{"perquisite_tax_share": "100", "ytd_perquisite_tax": "24000", "ytd_tds": "114000"}, "26226", "2226", "10574"},
		{"no tax, nothing to bear", map[string]string{"perquisite_tax_share": "100", "ytd_taxable": "900000"}, "0", "0", "0"},
		// Without a PAN a fifth of taxable income: 3,45,000 x 3,00,000 / 17,25,000.
		{"without a PAN", map[string]string{"perquisite_tax_share": "100", "has_pan": "no"}, "60000", "60000", "285000"},
	} {
		t.Run(c.name, func(t *testing.T) {
			given := map[string]string{"months_left": "1", "ytd_taxable": "1800000", "ytd_benefits_paid": "300000"}
			for k, v := range c.given {
				given[k] = v
			}
			r := l.run(t, "2027-03", given)
			r.is("perquisite_tax_year", c.year)
			r.is("perquisite_tax", c.month)
			r.is("tds", c.tds)
		})
	}
	// CBDT's circulars on salary have 50,000 of benefits in 4,50,000 with a tax of 20,600 (2014-15): at the rate of 4.57 per cent that is
	// 2,285; the rate is not rounded here, so 20,600 / 9 is 2,288.89. The same nine parts, of 12,50,000 with 52,000 of tax in 2026-27.
	r := l.run(t, "2027-03", map[string]string{"months_left": "1", "ytd_taxable": "1325000", "ytd_benefits_paid": "138888.89", "perquisite_tax_share": "100"})
	r.is("annual_tax", "52000")
	r.is("perquisite_tax", "5778") // 52,000 / 9 is 5,777.78
}

// However benefits and shares fall, what is deducted and what the employer pays are the tax of the year together, the employer's part is
// his share of it, and a payslip in the middle of the year has both.
func TestDeductedAndBorneAreTheTaxOfTheYear(t *testing.T) {
	plan := salaried(t)
	rapid.Check(t, func(rt *rapid.T) {
		share := rapid.SampledFrom([]int64{1, 25, 50, 100}).Draw(rt, "share")
		benefit := rapid.Int64Range(1, 40_000).Draw(rt, "furniture")
		year := map[string]decimal.Decimal{}
		var last payroll.Payslip
		for i := range 12 {
			x := declaring("new")
			x.Answers = []hr.Answer{
				{Name: "perquisite_tax_share", Text: fmt.Sprint(share)},
				{Name: "car_litres", Text: "2"},
				{Name: "housing", Text: "hired"},
				{Name: "housing_charges", Text: fmt.Sprint(benefit)},
				{Name: "furniture_hire", Text: fmt.Sprint(benefit)},
			}
			x.Period = hr.MonthOf(hr.MustDate(monthOf(i) + "-01"))
			x.PayDate = x.Period.Through
			for name, amount := range year {
				x.YearToDate = append(x.YearToDate, payroll.Amount{Name: name, Amount: amount})
			}
			slip, err := plan.Calculate(x)
			require.NoError(t, err)
			for _, line := range slip.Lines {
				year[line.Name] = year[line.Name].Add(line.Amount)
			}
			last = slip
		}
		tax, income := must(last.Amount("annual_tax")), must(last.Amount("taxable_income"))
		if got := year["tds"].Add(year["perquisite_tax"]); !got.Equal(tax) {
			rt.Fatalf("deducted and borne %s, due %s", got, tax)
		}
		// A car of 7,000 and the hired furniture: the pay that a house goes by is in no line of this plan, so the house itself is nothing.
		worth := decimal.NewFromInt(12 * (7_000 + benefit))
		want := tax.Mul(worth).Mul(dec(share)).Sub(year["perquisite_tax"].Mul(income).Mul(dec(100))).Abs()
		if want.GreaterThan(income.Mul(dec(50))) { // half a rupee
			rt.Fatalf("borne %s of %s on %s", year["perquisite_tax"], tax, worth)
		}
		if !year["benefits_paid"].Equal(worth) {
			rt.Fatalf("benefits %s, want %s", year["benefits_paid"], worth)
		}
	})
}

// Three months with a car of 7,000, a house that is worth 12,000 and rented at 2,000, and a gift of the host's own.
func TestPerquisiteStatement(t *testing.T) {
	plan, err := payroll.Compile(payroll.Config{Currency: "INR", Packs: []payroll.Pack{in.Pack()}, Components: []payroll.Component{
		{Name: "salaried", Text: salariedRules},
		{Name: "own", Text: "line club \"Club\" in benefits, taxable = 500\nline yoga \"Yoga\" in benefits, taxable = 300\nline housed in housing_salary = basic_pay + special_pay + 10000"},
	}})
	require.NoError(t, err)
	year := map[string]decimal.Decimal{}
	var slips []payroll.Payslip
	for i := 9; i < 12; i++ {
		x := declaring("new")
		x.Answers = []hr.Answer{
			{Name: "car_litres", Text: "2"},
			{Name: "housing", Text: "large"},
			{Name: "housing_rent", Text: "2000"},
			{Name: "perquisite_tax_share", Text: "100"},
			{Name: "retirement_growth", Text: "1234.5"},
			{Name: "previous_salary", Text: "1500000"},
		}
		x.Period = hr.MonthOf(hr.MustDate(monthOf(i) + "-01"))
		x.PayDate = x.Period.Through
		for name, amount := range year {
			x.YearToDate = append(x.YearToDate, payroll.Amount{Name: name, Amount: amount})
		}
		slip, err := plan.Calculate(x)
		require.NoError(t, err)
		for _, line := range slip.Lines {
			year[line.Name] = year[line.Name].Add(line.Amount)
		}
		slips = append(slips, slip)
	}
	from := in.Certified{Name: "A B", PAN: hr.NewSecret("ABCPK1234L"), Slips: slips}
	s, err := in.NewPerquisiteStatement(from, map[string]in.PerquisiteItem{"club": in.ItemClub})
	require.NoError(t, err)
	require.Equal(t, "Form 123", s.Form)
	require.Equal(t, "Form 12BA", in.PerquisiteForm(hr.MustDate("2026-03-31")))
	require.Len(t, s.Rows, 20)
	got := map[in.PerquisiteItem]string{}
	for i, r := range s.Rows {
		require.Equal(t, i+1, int(r.Item))
		require.NotEmpty(t, r.Title)
		require.True(t, r.Value.Sub(r.Recovered).Equal(r.Taxed))
		if !r.Value.IsZero() {
			got[r.Item] = fmt.Sprintf("%s %s %s", r.Value, r.Recovered, r.Taxed)
		}
	}
	require.Equal(t, map[in.PerquisiteItem]string{
		in.ItemAccommodation: "36000 6000 30000", in.ItemCar: "21000 0 21000", in.ItemClub: "1500 0 1500", in.ItemOther: "900 0 900", in.ItemFundGrowth: "1234.5 0 1234.5",
	}, got)
	require.Equal(t, "54634.5", s.Total.String())
	require.Equal(t, "474000", s.Salary.String())
	require.Equal(t, year["tds"].String(), s.Deducted.String())
	require.True(t, s.Borne.IsPositive())

	// The certificate has the same benefits and the same taxes.
	c, err := in.NewCertificate(from)
	require.NoError(t, err)
	for _, r := range c.Rows {
		switch r.Key {
		case "perquisites":
			require.True(t, r.Allowed.Equal(s.Total))
		case "tax_borne":
			require.True(t, r.Allowed.Equal(s.Borne))
		case "shortfall":
			require.True(t, r.Allowed.IsZero())
		}
	}
	// So does the quarterly statement: what the employer bears counts as deducted.
	q, err := in.NewStatement(in.Pack(), hr.MustDate("2027-03-31"), []in.StatementEntry{{Section: "92B", Slip: slips[2]}})
	require.NoError(t, err)
	require.True(t, q.Total.Equal(must(slips[2].Amount("tds")).Add(must(slips[2].Amount("perquisite_tax")))))

	var b strings.Builder
	require.NoError(t, in.WritePerquisiteStatements(&b, []in.PerquisiteStatement{s}))
	require.Contains(t, b.String(), "Form 123,E1,A B,ABCPK1234L,2026-04-01..2027-03-31,1,Accommodation,36000.00,6000.00,30000.00\n")
	require.Contains(t, b.String(), "total,Benefits in kind,60634.50,6000.00,54634.50\n")
	require.Equal(t, 1+5+4, strings.Count(b.String(), "\n"))
	require.NotContains(t, fmt.Sprintf("%v %+v %v", s, s, s.Rows[0]), "30000")

	require.Equal(t, "[perquisite row 1]", s.Rows[0].LogValue().String())

	// The form has the items 1 to 20.
	for item, faults := range map[in.PerquisiteItem]int{0: 2, 1: 1, 20: 1, 21: 2} {
		_, err = in.NewPerquisiteStatement(in.Certified{}, map[string]in.PerquisiteItem{"club": item})
		require.Len(t, hr.FieldErrors(err), faults, "item %d; one fault is that there is no payslip", item)
		require.Equal(t, in.RuleCertificate, hr.FieldErrors(err)[0].Rule)
	}
}

// Rule 3B: contributions of 2,50,000 above the limit this year, 1,00,000 before with 8,000 of taxed growth; 8 per cent of the average.
func TestGrowthOfContributions(t *testing.T) {
	fund := in.RetirementFund{Excess: dec(250000), Before: dec(100000), Taxed: dec(8000), Income: dec(240000), Opening: dec(2500000), Closing: dec(3500000)}
	got, err := in.RetirementGrowth(fund)
	require.NoError(t, err)
	require.Equal(t, "18640", got.String()) // 1,25,000 x 8 % + 1,08,000 x 8 %
	fund.Opening, fund.Closing = dec(100000), dec(5900000)
	got, err = in.RetirementGrowth(fund)
	require.NoError(t, err)
	require.Equal(t, "18000", got.String()) // earlier ones up to the opening balance
	got, err = in.RetirementGrowth(in.RetirementFund{Excess: dec(1)})
	require.NoError(t, err)
	require.True(t, got.IsZero())
	_, err = in.RetirementGrowth(in.RetirementFund{Excess: dec(-1), Before: dec(-1), Taxed: dec(-1), Income: dec(-1), Opening: dec(-1), Closing: dec(-1)})
	require.Len(t, hr.FieldErrors(err), 6)

	r := taxed(t).run(t, "2027-03", map[string]string{"months_left": "1", "ytd_taxable": "1000000", "retirement_growth": "18640"})
	r.is("total_income", "943640") // 10,00,000 + 18,640 - 75,000
}

func TestHousingCity(t *testing.T) {
	for _, c := range []struct {
		paid       string
		population int
		want       string
	}{
		{"2023-08-31", 2500001, "large"},
		{"2023-08-31", 2500000, "medium"},
		{"2023-08-31", 1000000, "small"},
		{"2023-09-01", 4000001, "large"},
		{"2023-09-01", 4000000, "medium"},
		{"2026-10-31", 1500001, "medium"},
		{"2026-10-31", 1500000, "small"},
		{"2026-10-31", 0, "small"},
	} {
		got, err := in.HousingCity(in.Pack(), hr.MustDate(c.paid), c.population)
		require.NoError(t, err)
		require.Equal(t, c.want, got, "%+v", c)
	}
	_, err := in.HousingCity(in.Pack(), hr.MustDate("2027-04-01"), 1)
	require.ErrorIs(t, err, hr.ErrNoValue)
	_, err = in.HousingCity(in.Pack(), hr.MustDate("2026-10-31"), -1)
	require.Equal(t, in.RuleNegative, hr.FieldErrors(err)[0].Rule)
}

// With the switch, gifts and school places above their limit are taxed wholly.
func TestAllAboveTheLimitIsTaxed(t *testing.T) {
	pack := in.Pack()
	for i := range pack.Params {
		if pack.Params[i].Name == "perquisite.all_above_limit" {
			pack.Params[i].Steps[1].Value = dec(1)
		}
	}
	l := compiled(t, pack)
	for _, c := range []struct{ before, now, want string }{{"0", "15000", "0"}, {"0", "15001", "15001"}, {"10000", "6000", "16000"}, {"16000", "500", "500"}} {
		l.run(t, "2026-10", map[string]string{"ytd_gifts": c.before, "gifts_value": c.now}).is("gifts_benefit", c.want)
	}
	l.run(t, "2026-10", map[string]string{"school_children": "2", "school_cost": "6000"}).is("school_benefit", "0")
	l.run(t, "2026-10", map[string]string{"school_children": "2", "school_cost": "6001"}).is("school_benefit", "6001")
}
