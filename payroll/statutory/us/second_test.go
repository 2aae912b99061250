package us_test

import (
	"math/big"
	"strconv"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/payroll/statutory/internal/packtest"
	"github.com/musterhr/hr/payroll/statutory/us"
)

// The second calculator: no schedules at all. A form's schedule is the tax of the year on annual wages less the standard deduction, so tax is
// added up bracket by bracket, from brackets written down again from the facts, in exact fractions. With the box of step 2 checked each
// bracket and the deduction are half as wide, to the rounded dollar of the printed tables.

type secondYear struct {
	deduction map[string]int64
	tops      map[string][]int64
	base      int64 // Social Security wage base
}

var secondYears = map[int]secondYear{
	2023: {
		map[string]int64{"S": 13850, "M": 27700, "H": 20800},
		map[string][]int64{"S": {11000, 44725, 95375, 182100, 231250, 578125}, "M": {22000, 89450, 190750, 364200, 462500, 693750}, "H": {15700, 59850, 95350, 182100, 231250, 578100}},
		160200,
	},
	2024: {
		map[string]int64{"S": 14600, "M": 29200, "H": 21900},
		map[string][]int64{"S": {11600, 47150, 100525, 191950, 243725, 609350}, "M": {23200, 94300, 201050, 383900, 487450, 731200}, "H": {16550, 63100, 100500, 191950, 243700, 609350}},
		168600,
	},
	2025: {
		map[string]int64{"S": 15000, "M": 30000, "H": 22500},
		map[string][]int64{"S": {11925, 48475, 103350, 197300, 250525, 626350}, "M": {23850, 96950, 206700, 394600, 501050, 751600}, "H": {17000, 64850, 103350, 197300, 250500, 626350}},
		176100,
	},
	2026: {
		map[string]int64{"S": 16100, "M": 32200, "H": 24150},
		map[string][]int64{"S": {12400, 50400, 105700, 201775, 256225, 640600}, "M": {24800, 100800, 211400, 403550, 512450, 768700}, "H": {17700, 67450, 105700, 201750, 256200, 640600}},
		184500,
	},
}

type form struct {
	older, step2, nra, table1                 bool
	status                                    string
	credits, other, deductions, extra, allows int64
}

func rat(n int64) *big.Rat { return new(big.Rat).SetInt64(n) }

func over(a, b *big.Rat) *big.Rat {
	if d := new(big.Rat).Sub(a, b); d.Sign() > 0 {
		return d
	}
	return new(big.Rat)
}

// halfUp rounds an amount that is not below zero to a number of cents.
func halfUp(r *big.Rat, step int64) int64 {
	n := new(big.Rat).Add(new(big.Rat).Quo(new(big.Rat).Mul(r, rat(100)), rat(step)), big.NewRat(1, 2))
	return new(big.Int).Quo(n.Num(), n.Denom()).Int64() * step
}

// secondWithholding is the tax of one payment of cents in cents.
func secondWithholding(year int, n int64, w form, cents int64) int64 {
	y := secondYears[year]
	wages := big.NewRat(cents, 100)
	if w.nra {
		add := rat(y.deduction["S"])
		if w.table1 {
			add.Sub(add, rat(4300))
		}
		step := int64(10)
		if n <= 4 {
			step = 1
		}
		wages.Add(wages, big.NewRat(halfUp(add.Quo(add, rat(n)), step), 100))
	}
	income := new(big.Rat).Mul(wages, rat(n))
	off := int64(8600)
	if w.status == "M" {
		off = 12900
	}
	switch {
	case w.older:
		income = over(income, rat(4300*w.allows))
	case w.step2:
		income = over(income.Add(income, rat(w.other)), rat(w.deductions))
	default:
		income = over(income.Add(income, rat(w.other)), rat(w.deductions+off))
	}
	// From here on a schedule: its first taxed dollar, and the ends of its brackets.
	first := y.deduction[w.status] - off
	ends := []int64{}
	for _, top := range y.tops[w.status] {
		ends = append(ends, first+top)
	}
	tax, from := new(big.Rat), first
	for i, rate := range []int64{10, 12, 22, 24, 32, 35, 37} {
		part := over(income, rat(from))
		if i < len(ends) {
			if whole := rat(ends[i] - from); part.Cmp(whole) > 0 {
				part = whole
			}
		}
		tax.Add(tax, new(big.Rat).Mul(part, big.NewRat(rate, 100)))
		if i < len(ends) {
			from = ends[i]
		}
	}
	if !w.older && w.step2 { // the printed base of a row is half the standard one to the cent, which rounded dollars of its ends can miss by cents
		tax = secondHalf(y, w.status, income)
	}
	tax.Quo(tax, rat(n))
	if !w.older { // an older form has no step 3
		tax = over(tax, big.NewRat(w.credits, n))
	}
	return halfUp(tax.Add(tax, big.NewRat(w.extra, 1)), 1)
}

// secondHalf is the tax of a checked schedule: the base of the row from the halved tax on whole brackets.
func secondHalf(y secondYear, status string, income *big.Rat) *big.Rat {
	rates := []int64{10, 12, 22, 24, 32, 35, 37}
	tops := append([]int64{0}, y.tops[status]...)
	row, base := -1, int64(0)
	whole := int64(0) // cents of tax on whole brackets
	for i, top := range tops {
		if i > 0 {
			whole += (top - tops[i-1]) * rates[i-1]
		}
		lower := (y.deduction[status] + top + 1) / 2
		if income.Cmp(rat(lower)) >= 0 {
			row, base = i, (whole+1)/2
		}
	}
	if row < 0 {
		return new(big.Rat)
	}
	lower := (y.deduction[status] + tops[row] + 1) / 2
	tax := new(big.Rat).Mul(over(income, rat(lower)), big.NewRat(rates[row], 100))
	return tax.Add(tax, big.NewRat(base, 100))
}

func TestSecondCalculator(t *testing.T) {
	plan := packtest.Plan(t, us.Pack(), "USD", host)
	rapid.Check(t, func(t *rapid.T) {
		year := rapid.IntRange(2023, 2026).Draw(t, "year")
		every := rapid.SampledFrom([]string{"annual", "semiannual", "quarterly", "monthly", "semimonthly", "biweekly", "weekly", "daily"}).Draw(t, "frequency")
		n := map[string]int64{"annual": 1, "semiannual": 2, "quarterly": 4, "monthly": 12, "semimonthly": 24, "biweekly": 26, "weekly": 52, "daily": 260}[every]
		w := form{
			older: rapid.Bool().Draw(t, "older"), status: rapid.SampledFrom([]string{"S", "M", "H"}).Draw(t, "status"),
			credits: rapid.Int64Range(0, 8000).Draw(t, "credits"), other: rapid.Int64Range(0, 20000).Draw(t, "other"),
			deductions: rapid.Int64Range(0, 20000).Draw(t, "deductions"), extra: rapid.Int64Range(0, 300).Draw(t, "extra"), allows: rapid.Int64Range(0, 12).Draw(t, "allowances"),
			step2: rapid.Bool().Draw(t, "step 2"), nra: rapid.Bool().Draw(t, "nonresident"), table1: rapid.Bool().Draw(t, "table 1"),
		}
		if w.older {
			if w.status == "H" {
				w.status = "S"
			}
		}
		cents := spread(t, "cents", rapid.SampledFrom([]int64{4_000_000, 20_000_000, 90_000_000}).Draw(t, "most of a year")/n)
		bonus := spread(t, "bonus", 5_000_000)
		aggregate := rapid.Bool().Draw(t, "aggregate")
		last, lastTax := spread(t, "last", 10_000_000/n), rapid.Int64Range(0, 100_000).Draw(t, "tax on it")
		if rapid.IntRange(0, 4).Draw(t, "a bonus by itself") == 0 {
			cents = 0
		}
		before := spread(t, "before", 30_000_000)
		first := hr.MustDate(strconv.Itoa(year) + "-06-15")
		month := hr.MonthOf(first)
		yes := map[bool]string{true: "yes", false: "no"}
		number := func(x int64) string { return strconv.FormatInt(x, 10) }
		answers := []hr.Answer{
			{Name: "pay_frequency", Text: every},
			{Name: "w4_form", Text: map[bool]string{true: "2019", false: "2020"}[w.older]},
			{Name: "w4_status", Text: w.status},
			{Name: "w4_step2", Text: yes[w.step2]},
			{Name: "w4_step3", Text: number(w.credits)},
			{Name: "w4_step4a", Text: number(w.other)},
			{Name: "w4_step4b", Text: number(w.deductions)},
			{Name: "w4_extra", Text: number(w.extra)},
			{Name: "w4_allowances", Text: number(w.allows)},
			{Name: "nonresident_alien", Text: yes[w.nra]},
			{Name: "nra_table1", Text: yes[w.table1]},
			{Name: "supplemental_aggregate", Text: yes[aggregate]},
			{Name: "last_regular_wages", Text: decimal.New(last, -2).String()},
			{Name: "last_income_tax", Text: decimal.New(lastTax, -2).String()},
		}
		slip, err := plan.Calculate(payroll.Input{
			Employee: "E1", Period: month, PayDate: first, Answers: answers,
			Terms: hr.Since(month.From, hr.Terms{Currency: "USD", Pay: []hr.PayTerm{{Name: "wages", Amount: decimal.New(cents, -2)}, {Name: "bonus", Amount: decimal.New(bonus, -2)}}}),
			YearToDate: []payroll.Amount{
				{Name: "social_security_wages", Amount: decimal.New(before, -2)},
				{Name: "medicare_wages", Amount: decimal.New(before, -2)},
				{Name: "supplemental_wages", Amount: decimal.New(before*4, -2)},
				{Name: "futa_wages", Amount: decimal.New(before, -2)},
			},
		})
		require.NoError(t, err)
		got := func(line string) int64 {
			d, ok := slip.Amount(line)
			require.True(t, ok, line)
			return d.Shift(2).IntPart()
		}

		own := secondWithholding(year, n, w, cents)
		regular, borne := cents, own
		if cents == 0 && bonus > 0 {
			own, regular, borne = 0, last, lastTax
		}
		require.Equal(t, own, got("federal_income_tax"), "%+v", w)

		high := max(0, min(bonus, before*4+bonus-100_000_000))
		low := bonus - high
		flat := big.NewRat(low*22, 100)
		if aggregate {
			flat = rat(max(0, secondWithholding(year, n, w, regular+low)-borne))
		}
		flat.Add(flat, big.NewRat(high*37, 100))
		require.Equal(t, halfUp(flat.Quo(flat, rat(100)), 1), got("supplemental_income_tax"))

		capped := max(0, min(cents, secondYears[year].base*100-before))
		require.Equal(t, halfUp(big.NewRat(capped*62, 100_000), 1), got("social_security"))
		require.Equal(t, got("social_security"), got("social_security_employer"))
		require.Equal(t, capped, got("social_security_taxed"))
		require.Equal(t, halfUp(big.NewRat(cents*145, 1_000_000), 1), got("medicare"))
		above := max(0, min(cents, before+cents-20_000_000))
		require.Equal(t, halfUp(big.NewRat(above*9, 100_000), 1), got("additional_medicare"))
		require.Equal(t, halfUp(big.NewRat(max(0, min(cents, 700_000-before))*6, 100_000), 1), got("futa_employer"))
		require.Zero(t, got("futa_reduction"))
	})
}

// spread draws a number evenly over a range, which rapid by itself draws from mostly at its low end.
func spread(t *rapid.T, name string, upTo int64) int64 {
	eighth := rapid.SampledFrom([]int64{0, 1, 2, 3, 4, 5, 6, 7}).Draw(t, name+" from")
	return upTo*eighth/8 + rapid.Int64Range(0, upTo/8).Draw(t, name)
}
