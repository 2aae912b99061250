package in_test

import (
	"fmt"
	"math/big"
	"slices"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/payroll/statutory/in"
)

func incomeTax(t testing.TB) in.IncomeTax {
	t.Helper()
	tax, err := in.NewIncomeTax(in.Pack())
	require.NoError(t, err)
	return tax
}

// A second way to the tax of a year: whole rupees in big integers, scaled by 10,000 so that four per cent of a surcharge of per cents
// of per cents stays whole; slabs as what each rupee above a step pays more; relief as the least of two taxes.
const scaled = 10_000_000

type plainSlab struct{ above, more int64 } // every rupee above pays so many per cent more than one below

func plainSlabs(year int, regime, age string) []plainSlab {
	switch {
	case regime == "old" && age == in.From80:
		return []plainSlab{{500000, 20}, {1000000, 10}}
	case regime == "old" && age == in.From60:
		return []plainSlab{{300000, 5}, {500000, 15}, {1000000, 10}}
	case regime == "old":
		return []plainSlab{{250000, 5}, {500000, 15}, {1000000, 10}}
	case year <= 2022:
		return []plainSlab{{250000, 5}, {500000, 5}, {750000, 5}, {1000000, 5}, {1250000, 5}, {1500000, 5}}
	case year == 2023:
		return []plainSlab{{300000, 5}, {600000, 5}, {900000, 5}, {1200000, 5}, {1500000, 10}}
	case year == 2024:
		return []plainSlab{{300000, 5}, {700000, 5}, {1000000, 5}, {1200000, 5}, {1500000, 10}}
	}
	return []plainSlab{{400000, 5}, {800000, 5}, {1200000, 5}, {1600000, 5}, {2000000, 5}, {2400000, 5}}
}

// plainTax returns the tax of a year on whole rupees that end in 0: rounded to ten. Year 2026 is 2026-27.
func plainTax(year int, regime, age string, resident bool, income int64) int64 {
	if !resident {
		age = in.Below60
	}
	slabs := func(of int64) *big.Int {
		tax := new(big.Int)
		for _, s := range plainSlabs(year, regime, age) {
			if of > s.above {
				tax.Add(tax, big.NewInt((of-s.above)*s.more*(scaled/100)))
			}
		}
		return tax
	}
	tax := slabs(income)
	limit := map[bool]int64{true: 500000, false: 0}[regime == "old" || year <= 2022]
	if limit == 0 {
		limit = map[bool]int64{true: 700000, false: 1200000}[year <= 2024]
	}
	if resident && income <= limit {
		tax = new(big.Int)
	} else if most := big.NewInt((income - limit) * scaled); resident && regime == "new" && year >= 2023 && tax.Cmp(most) > 0 {
		tax = most
	}
	type band struct{ above, percent int64 }
	bands := []band{{5000000, 10}, {10000000, 15}, {20000000, 25}, {50000000, 37}}
	if regime == "new" && year >= 2023 {
		bands = bands[:3]
	}
	plus := func(tax *big.Int, percent int64) *big.Int {
		out := new(big.Int).Mul(tax, big.NewInt(100+percent))
		return out.Div(out, big.NewInt(100))
	}
	withSurcharge, below := tax, int64(0)
	for _, b := range bands {
		if income > b.above {
			withSurcharge = plus(tax, b.percent)
			if most := new(big.Int).Add(plus(slabs(b.above), below), big.NewInt((income-b.above)*scaled)); most.Cmp(withSurcharge) < 0 {
				withSurcharge = most
			}
		}
		below = b.percent
	}
	payable := plus(withSurcharge, 4)
	payable.Div(payable, big.NewInt(scaled/10)) // drop what is below a tenth of a rupee; a whole ten is a hundred of these
	payable.Add(payable, big.NewInt(50)).Div(payable, big.NewInt(100))
	return payable.Int64() * 10
}

var (
	taxAges    = []string{in.Below60, in.From60, in.From80}
	taxEdges   = []int64{250000, 300000, 400000, 500000, 600000, 700000, 722220, 750000, 800000, 900000, 1000000, 1200000, 1250000, 1270580, 1500000, 1600000, 2000000, 2400000, 5000000, 5161190, 5195890, 10000000, 10214000, 20000000, 20930000, 50000000, 53000000}
	taxRegimes = []string{in.OldRegime, in.NewRegime}
)

func taxOf(t testing.TB, tax in.IncomeTax, year int, regime, age string, resident bool, income decimal.Decimal) in.TaxBill {
	bill, err := tax.Of(in.TaxQuestion{On: hr.MustDate(fmt.Sprintf("%d-10-31", year)), Regime: regime, Age: age, NonResident: !resident, Income: income})
	require.NoError(t, err)
	return bill
}

// Around every edge of slabs, rebate and surcharge, in both regimes, at every age, of every year.
func TestTaxAgreesWithTheSecondWayAtEveryEdge(t *testing.T) {
	tax := incomeTax(t)
	for year := 2020; year <= 2026; year++ {
		for _, regime := range taxRegimes {
			for _, age := range taxAges {
				for _, edge := range taxEdges {
					for _, step := range []int64{-10, 0, 10, 20, 12340} {
						income := edge + step
						got := taxOf(t, tax, year, regime, age, true, decimal.NewFromInt(income))
						require.Equal(t, plainTax(year, regime, age, true, income), got.Total.IntPart(), "%d %s %s %d", year, regime, age, income)
					}
				}
			}
		}
	}
}

func TestTaxAgreesWithTheSecondWay(t *testing.T) {
	tax := incomeTax(t)
	rapid.Check(t, func(rt *rapid.T) {
		year := rapid.IntRange(2020, 2026).Draw(rt, "year")
		regime, age := rapid.SampledFrom(taxRegimes).Draw(rt, "regime"), rapid.SampledFrom(taxAges).Draw(rt, "age")
		resident := rapid.Bool().Draw(rt, "resident")
		paise := rapid.OneOf(rapid.Int64Range(0, 3_000_000_00), rapid.Int64Range(0, 100_000_000_00)).Draw(rt, "paise")
		rupees := paise / 100 // paise are dropped, then the last digit decides
		ten := (rupees + 5) / 10 * 10
		got := taxOf(t, tax, year, regime, age, resident, decimal.New(paise, -2))
		if dropped := decimal.NewFromInt(ten); !got.Income.Equal(dropped) {
			rt.Fatalf("income %s is rounded to %s, want %s", decimal.New(paise, -2), got.Income, dropped)
		}
		if want := plainTax(year, regime, age, resident, ten); want != got.Total.IntPart() {
			rt.Fatalf("tax %s, want %d", got.Total, want)
		}
	})
}

// More income is never less tax; where marginal relief holds, it is never more tax than more income either, but for cess and rounding.
// Only the old regime's rebate has a cliff.
func TestMoreIncomeIsNeverLessTaxNorLessLeft(t *testing.T) {
	tax := incomeTax(t)
	rapid.Check(t, func(rt *rapid.T) {
		year := rapid.IntRange(2020, 2026).Draw(rt, "year")
		regime, age := rapid.SampledFrom(taxRegimes).Draw(rt, "regime"), rapid.SampledFrom(taxAges).Draw(rt, "age")
		less := rapid.OneOf(rapid.SampledFrom(taxEdges), rapid.Int64Range(0, 80_000_000)).Draw(rt, "income")
		more := less + rapid.Int64Range(0, 3000).Draw(rt, "more")*10
		a := taxOf(t, tax, year, regime, age, true, decimal.NewFromInt(less))
		b := taxOf(t, tax, year, regime, age, true, decimal.NewFromInt(more))
		for _, x := range []in.TaxBill{a, b} {
			if x.Rebate.IsNegative() || x.Surcharge.IsNegative() || x.SurchargeRelief.IsNegative() || x.Rebate.GreaterThan(x.SlabTax) {
				rt.Fatalf("a step is below zero, or the rebate above the tax")
			}
			if !x.AfterRebate.Add(x.Surcharge).Add(x.Cess).Equal(x.Exact) || x.Exact.Sub(x.Total).Abs().GreaterThan(decimal.NewFromInt(5)) {
				rt.Fatalf("the steps do not add up")
			}
		}
		if b.Total.LessThan(a.Total) {
			rt.Fatalf("tax falls from %s to %s", a.Total, b.Total)
		}
		cliff := (regime == "old" || year <= 2022) && a.Income.LessThanOrEqual(decimal.NewFromInt(500000)) && b.Income.GreaterThan(decimal.NewFromInt(500000))
		before, after := a.AfterRebate.Add(a.Surcharge), b.AfterRebate.Add(b.Surcharge)
		if !cliff && after.Sub(before).GreaterThan(b.Income.Sub(a.Income)) {
			rt.Fatalf("%s more income costs %s", b.Income.Sub(a.Income), after.Sub(before))
		}
	})
}

// Published figures and those of the facts document, sections 1.7 and 1.8.
func TestPublishedTax(t *testing.T) {
	tax := incomeTax(t)
	bill := taxOf(t, tax, 2026, "new", in.Below60, true, dec(5010000))
	// 10,83,000 by slabs; on 50,00,000 it is 10,80,000: at most 10,000 more. Cess 4 % of 10,90,000.
	for name, pair := range map[string][2]string{
		"slab tax": {bill.SlabTax.String(), "1083000"}, "surcharge": {bill.Surcharge.String(), "7000"}, "relief": {bill.SurchargeRelief.String(), "101300"},
		"cess": {bill.Cess.String(), "43600"}, "total": {bill.Total.String(), "1133600"},
	} {
		require.Equal(t, pair[1], pair[0], name)
	}
	require.Equal(t, "10400", taxOf(t, tax, 2025, "new", in.Below60, true, dec(1210000)).Total.String()) // Finance Ministry, Budget 2025
	// The cliff: at 5,00,000 nothing, ten rupees above it 12,502 and 4 % cess: 13,002.08.
	require.Equal(t, "0", taxOf(t, tax, 2025, "old", in.Below60, true, dec(500000)).Total.String())
	require.Equal(t, "13000", taxOf(t, tax, 2025, "old", in.Below60, true, dec(500010)).Total.String())
	// At 60: 20 % above 5,00,000 and 10,000 below, 2,500 less than before; at 80 nothing below 5,00,000.
	require.Equal(t, "114400", taxOf(t, tax, 2026, "old", in.From60, true, dec(1000000)).Total.String())
	require.Equal(t, "104000", taxOf(t, tax, 2026, "old", in.From80, true, dec(1000000)).Total.String())
	require.Equal(t, "117000", taxOf(t, tax, 2026, "old", in.From80, false, dec(1000000)).Total.String(), "who is not resident is taxed as if below 60")
	require.Equal(t, "13000", taxOf(t, tax, 2026, "old", in.Below60, false, dec(500000)).Total.String(), "and has no rebate")
}

func TestTaxAge(t *testing.T) {
	for born, want := range map[string]string{
		"1967-03-31": in.From60, "1967-04-01": in.From60, "1967-04-02": in.Below60, // 60 on 31 March 2027 if born on 1 April 1967
		"1947-04-01": in.From80, "1947-04-02": in.From60, "1964-02-29": in.From60, "2000-01-01": in.Below60,
	} {
		require.Equal(t, want, in.TaxAge(hr.MustDate(born), hr.MustDate("2026-04-30")), born)
		require.Equal(t, want, in.TaxAge(hr.MustDate(born), hr.MustDate("2027-03-31")), born)
	}
	require.Equal(t, in.Below60, in.TaxAge(hr.Date{}, hr.MustDate("2027-03-31")))
}

func TestReliefOnArrears(t *testing.T) {
	tax := incomeTax(t)
	received := in.TaxQuestion{On: hr.MustDate("2025-12-31"), Regime: "new", Income: dec(2500000)}
	of := func(year string, income, arrears int64) in.EarlierYear {
		return in.EarlierYear{Year: in.TaxQuestion{On: hr.MustDate(year), Regime: "new", Income: dec(income)}, Arrears: dec(arrears)}
	}
	// 25 lakh: 3,30,000 and cess 3,43,200; 22 lakh: 2,50,000 and 2,60,000. In 2024-25, 9 lakh: 40,000, 41,600; 12 lakh: 80,000, 83,200.
	r, err := tax.Relief(received, of("2024-06-30", 900000, 300000))
	require.NoError(t, err)
	require.Equal(t, []string{"83200", "41600", "41600"}, []string{r.ExtraInReceipt.String(), r.ExtraInEarlier.String(), r.Relief.String()})
	require.Equal(t, "[relief on arrears]", fmt.Sprint(r))
	// Two years: 1 lakh in 2023-24, where 9 to 10 lakh pay 15 %: 15,600; 2 lakh in 2024-25, where 9 to 10 pay 10 % and to 11 lakh 15 %: 26,000.
	r, err = tax.Relief(received, of("2023-06-30", 900000, 100000), of("2024-06-30", 900000, 200000))
	require.NoError(t, err)
	require.Equal(t, []string{"83200", "41600"}, []string{r.ExtraInReceipt.String(), r.ExtraInEarlier.String()})
	// Never below zero: the earlier year was taxed higher.
	r, err = tax.Relief(in.TaxQuestion{On: hr.MustDate("2025-12-31"), Regime: "new", Income: dec(1500000)}, of("2024-06-30", 5000000, 300000))
	require.NoError(t, err)
	require.True(t, r.Relief.IsZero())

	_, err = tax.Relief(in.TaxQuestion{Regime: "flat"})
	require.Len(t, hr.FieldErrors(err), 3, "%v", err)
	_, err = tax.Relief(received, of("2025-04-01", 900000, 0))
	require.Len(t, hr.FieldErrors(err), 2, "%v", err)
	_, err = tax.Relief(received, of("2019-06-30", 900000, 1))
	require.ErrorIs(t, err, hr.ErrNoValue)
}

func TestTaxRefusals(t *testing.T) {
	tax := incomeTax(t)
	_, err := tax.Of(in.TaxQuestion{Age: "young"})
	require.Len(t, hr.FieldErrors(err), 3, "%v", err)
	_, err = tax.Of(in.TaxQuestion{On: hr.MustDate("2027-04-30"), Regime: "old", Income: dec(1)})
	require.ErrorIs(t, err, hr.ErrNoValue)
	alone := in.Pack()
	alone.Components = slices.DeleteFunc(slices.Clone(alone.Components), func(c payroll.Component) bool { return c.Name != "in/income_tax.rules" })
	_, err = in.NewIncomeTax(alone)
	require.NoError(t, err, "the first component is one too")
	_, err = in.NewIncomeTax(payroll.Pack{})
	require.Equal(t, in.RuleNoIncomeTax, hr.FieldErrors(err)[0].Rule)
	require.Equal(t, "[tax bill]", fmt.Sprint(taxOf(t, tax, 2026, "new", in.Below60, true, dec(1))))
	require.True(t, taxOf(t, tax, 2026, "old", in.Below60, true, dec(-900)).Income.IsZero())
}
