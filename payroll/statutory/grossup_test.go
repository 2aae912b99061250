package statutory_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/payroll/reference"
	"github.com/musterhr/hr/payroll/statutory/ca"
	"github.com/musterhr/hr/payroll/statutory/in"
	"github.com/musterhr/hr/payroll/statutory/internal/packtest"
	"github.com/musterhr/hr/payroll/statutory/uk"
	"github.com/musterhr/hr/payroll/statutory/us"
)

// country is a plan, an employee of it, and the terms that a gross-up moves.
type country struct {
	name  string
	plan  *payroll.Plan
	in    payroll.Input
	terms []string
	from  int64 // an amount near a threshold of its law, in whole units
}

const indianRules = `
input basic "Basic, a month" : money by piece
input house_rent "House rent allowance, a month" : money by piece
input payable_days : days by piece
input period_days : days
line basic_pay "Basic" in earnings, wages, gross, taxable, basic_da = round(pieces(basic * payable_days / period_days), 0.01)
line hra_pay "House rent allowance" in earnings, wages_excluded, gross, taxable, hra = round(pieces(house_rent * payable_days / period_days), 0.01)
line basic_full in full_month_wages, full_month_gross, full_month_taxable, full_month_basic_da = last(basic)
line hra_full in full_month_gross, full_month_taxable, full_month_hra = last(house_rent)
`

func amount(text string) decimal.Decimal { return decimal.RequireFromString(text) }

func month(currency hr.Currency, pay map[string]string, answers ...hr.Answer) payroll.Input {
	october := hr.MustPeriod("2026-10-01..2026-10-31")
	terms := hr.Terms{Currency: currency}
	for name, text := range pay {
		terms.Pay = append(terms.Pay, hr.PayTerm{Name: name, Amount: amount(text)})
	}
	return payroll.Input{Employee: "E1", Period: october, PayDate: hr.MustDate("2026-10-30"), Terms: hr.Since(hr.MustDate("2026-04-01"), terms), Answers: answers}
}

func countries(t testing.TB) []country {
	answer := func(name, text string) hr.Answer { return hr.Answer{Name: name, Text: text} }
	code, err := uk.ReadTaxCode("1257L")
	require.NoError(t, err)
	april := payroll.Pack{TaxYear: payroll.YearStart{Month: 4, Day: 1}}
	ref, err := payroll.Compile(payroll.Config{Currency: "INR", Components: reference.Components(), Packs: []payroll.Pack{april}})
	require.NoError(t, err)
	refPay := map[string]string{}
	for _, name := range []string{"basic_rate", "conveyance_rate", "medical_rate", "lta_rate", "special_rate", "food_rate"} {
		refPay[name] = "4000"
	}
	india := []hr.Answer{answer("pf_capped", "yes"), answer("eps_member", "yes"), answer("esi_covered", "yes"), answer("pt_state", "KA"), answer("tax_regime", "new")}
	return []country{
		// Professional tax of Karnataka begins at 25,000 a month.
		{"india", packtest.Plan(t, in.Pack(), "INR", indianRules), month("INR", map[string]string{"basic": "20000", "house_rent": "8000"}, india...), []string{"basic", "house_rent"}, 24_997},
		// Primary threshold 1,048 a month.
		{"uk", packtest.Plan(t, uk.Pack(), "GBP", "input pay \"Pay\" : money\nline gross_pay in earnings, taxable, nicable = pay\n"), month("GBP", map[string]string{"pay": "3250.40"}, append(code.Answers(), answer("nic_category", "A"), answer("student_loan", "plan2"))...), []string{"pay"}, 1_045},
		{"us", packtest.Plan(t, us.Pack(), "USD", "input wages : money\nline regular_wages in earnings, fit_wages, fica_wages, futa = wages\n"), month("USD", map[string]string{"wages": "5120.40"}, answer("pay_frequency", "semimonthly"), answer("w4_status", "M"), answer("w4_step3", "2000"), answer("futa_state", "CA")), []string{"wages"}, 4_000},
		// CPP has a basic exemption of 3,500 a year: 145.83 of 24 pays.
		{"canada", packtest.Plan(t, ca.Pack(), "CAD", "input salary : money\nline salary_pay in earnings, regular = salary\n"), month("CAD", map[string]string{"salary": "2500"}, answer("pay_periods", "24"), answer("province", "ON")), []string{"salary"}, 143},
		{"reference", ref, month("INR", refPay, answer("pf_capped", "yes"), answer("pt_table", "1"), answer("taxable_before", "300000"), answer("tds_before", "0")), []string{"basic_rate", "special_rate"}, 14_000},
	}
}

// value is what a payslip comes to, added up here.
func value(aim payroll.Aim, s payroll.Payslip) (sum decimal.Decimal) {
	for _, l := range s.Lines {
		switch {
		case l.Kind == payroll.Earning, l.Kind == payroll.Employer && aim != payroll.AimNet, l.Kind == payroll.Benefit && aim == payroll.AimCostToCompany:
			sum = sum.Add(l.Amount)
		case l.Kind == payroll.Deduction && aim == payroll.AimNet:
			sum = sum.Sub(l.Amount)
		}
	}
	return sum
}

// What a payslip comes to is a target that can be reached, and the payslip found for it comes to the same, on every plan.
func TestGrossUpOfWhatWasPaidGivesItBack(t *testing.T) {
	for n, c := range countries(t) {
		rng := rand.New(rand.NewPCG(uint64(n), 5))
		for _, aim := range []payroll.Aim{payroll.AimNet, payroll.AimNet, payroll.AimNet, payroll.AimCost, payroll.AimCostToCompany} {
			g := payroll.GrossUp{Input: c.in, Aim: aim, Terms: c.terms}
			agreed := decimal.New(100_00+rng.Int64N(300_000_00), -2)
			in, err := g.With(hr.Money{Amount: agreed, Currency: c.plan.Currency()})
			require.NoError(t, err)
			paid, err := c.plan.Calculate(in)
			require.NoError(t, err)
			g.Target = value(aim, paid)
			found, err := c.plan.GrossUp(g)
			require.NoError(t, err, "%s %s", c.name, agreed)
			require.True(t, found.Exact, "%s %s", c.name, agreed)
			require.True(t, value(aim, found.Slip).Equal(g.Target))
			require.False(t, found.Amount.GreaterThan(agreed), "the least that does")
			again, err := c.plan.Calculate(found.Input)
			require.NoError(t, err)
			require.Equal(t, again.Digest(), found.Slip.Digest())
			require.Less(t, found.Calculations, 20_000)
			require.False(t, found.Cut)
		}
	}
}

// Every amount of a small range, one by one, says the same: which amounts reach the target, and what is nearest where none does.
func TestGrossUpAgreesWithEveryAmount(t *testing.T) {
	for _, c := range countries(t) {
		t.Run(c.name, func(t *testing.T) {
			const units = 600
			for _, aim := range []payroll.Aim{payroll.AimNet, payroll.AimCostToCompany} {
				g := payroll.GrossUp{Input: c.in, Aim: aim, Terms: c.terms, Least: decimal.NewFromInt(c.from), Most: decimal.NewFromInt(c.from).Add(decimal.New(units, -2))}
				var values []decimal.Decimal
				batch := c.plan.NewBatch(units + 1)
				require.NoError(t, batch.Begin(c.in.Period, c.in.PayDate))
				for k := range int64(units + 1) {
					in, err := g.With(hr.Money{Amount: g.Least.Add(decimal.New(k, -2)), Currency: c.plan.Currency()})
					require.NoError(t, err)
					_, err = batch.Add(in)
					require.NoError(t, err)
				}
				batch.Calculate()
				for row := range units + 1 {
					slip, err := batch.Payslip(row)
					require.NoError(t, err)
					values = append(values, value(aim, slip))
				}
				for _, offset := range []int{0, 222, 599} {
					for _, more := range []string{"0", "-0.03"} {
						g.Target = values[offset].Add(amount(more))
						compareWithAll(t, c, g, values)
					}
				}
			}
		})
	}
}

// Karnataka's professional tax of 200 begins at 25,000 a month, and is the cliff between two answers.
func TestGrossUpTellsTheCliffOfProfessionalTax(t *testing.T) {
	c := countries(t)[0]
	g := payroll.GrossUp{Input: c.in, Aim: payroll.AimNet, Terms: c.terms}
	in, err := g.With(hr.MustMoney("24950", "INR"))
	require.NoError(t, err)
	below, err := c.plan.Calculate(in)
	require.NoError(t, err)
	g.Target = below.Net().Amount
	found, err := c.plan.GrossUp(g)
	require.NoError(t, err)
	require.Greater(t, len(found.Ways), 1)
	var jumps []string
	for _, cliff := range found.Cliffs {
		if cliff.Jump().LessThan(amount("-100")) {
			jumps = append(jumps, cliff.After.Amount.StringFixed(2)+" "+cliff.Lines[0].Name+" "+cliff.Lines[0].Difference().String())
		}
	}
	require.Equal(t, []string{"25000.00 pt 200"}, jumps)
}

func compareWithAll(t *testing.T, c country, g payroll.GrossUp, values []decimal.Decimal) {
	t.Helper()
	var hits []string
	var below, above *decimal.Decimal
	for k, v := range values {
		switch cmp := v.Cmp(g.Target); {
		case cmp == 0:
			hits = append(hits, g.Least.Add(decimal.New(int64(k), -2)).StringFixed(2))
		case cmp < 0 && (below == nil || v.GreaterThan(*below)):
			below = &values[k]
		case cmp > 0 && (above == nil || v.LessThan(*above)):
			above = &values[k]
		}
	}
	found, err := c.plan.GrossUp(g)
	switch {
	case hits == nil && below == nil:
		require.Equal(t, payroll.RuleGrossUpBelow, hr.FieldErrors(err)[0].Rule)
		return
	case hits == nil && above == nil:
		require.Equal(t, payroll.RuleGrossUpAbove, hr.FieldErrors(err)[0].Rule)
		return
	}
	require.NoError(t, err)
	var got []string
	for _, w := range found.Ways {
		for a := w.From; !a.GreaterThan(w.Through); a = a.Add(amount("0.01")) {
			got = append(got, a.StringFixed(2))
		}
	}
	require.Equal(t, hits, got, "%s %s", g.Aim, g.Target)
	require.Equal(t, hits != nil, found.Exact)
	if !found.Exact {
		require.True(t, found.Below.Value.Equal(*below), "%s: %s and not %s", g.Target, found.Below.Value.String(), below)
		require.True(t, found.Above.Value.Equal(*above), "%s: %s and not %s", g.Target, found.Above.Value.String(), above)
		require.NotEmpty(t, found.Cliffs)
	}
}

func BenchmarkGrossUp(b *testing.B) {
	for _, c := range countries(b) {
		for _, net := range []int64{30_000, 60_000, 120_000} {
			b.Run(fmt.Sprintf("%s/%d", c.name, net), func(b *testing.B) {
				n := 0
				for b.Loop() {
					found, err := c.plan.GrossUp(payroll.GrossUp{Input: c.in, Aim: payroll.AimNet, Target: decimal.NewFromInt(net), Terms: c.terms})
					require.NoError(b, err)
					n = found.Calculations
				}
				b.ReportMetric(float64(n), "payslips")
			})
		}
	}
}
