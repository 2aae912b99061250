package payroll_test

import (
	"math/rand/v2"

	"github.com/shopspring/decimal"
)

// The reference payslip three times: as it is drawn, as straight-line integers ("limit"), and as plain decimals ("shop"). The rules are
// those of ../shared/perf/payslip.md.

// refInput is one employee, in paise and hundredths.
type refInput struct {
	basic, conveyance, medical, lta, special, food int64
	overtimeHours, payableDays, daysInMonth        int64 // hundredths, hundredths, whole
	pfCapped                                       bool
	ptTable                                        int64
	ytdTaxable, ytdTDS                             int64
	monthsLeft                                     int64
}

// refLines names the lines in the order of refOutput.
var refLines = []string{
	"basic", "hra", "conveyance", "medical", "lta", "special", "food", "overtime", "gross", "pf_wage", "epf", "eps", "epf_employer", "edli",
	"epf_admin", "esi", "esi_employer", "pt", "tds", "deductions", "net", "round_off", "employer_cost",
}

type refOutput [23]int64 // paise

// population draws employees as the reference asks: 30 % with basic 6,000 to 9,000, half to 49,000, a fifth to 2,00,000; a third with
// less than full payable days; a quarter with overtime.
func population(n int) []refInput {
	r := rand.New(rand.NewPCG(1, 2))
	between := func(lo, hi int64) int64 { return lo + r.Int64N(hi-lo+1) }
	list := make([]refInput, n)
	for i := range list {
		in := &list[i]
		switch p := r.IntN(10); {
		case p < 3:
			in.basic = between(6_000_00, 9_000_00)
		case p < 8:
			in.basic = between(9_000_00, 49_000_00)
		default:
			in.basic = between(49_000_00, 2_00_000_00)
		}
		in.conveyance, in.medical = 1_600_00, 1_250_00
		if in.basic < 9_000_00 {
			in.conveyance, in.medical = between(0, 800_00), between(0, 500_00)
		} else {
			in.lta, in.food = in.basic/12, between(0, 2_200_00)
			in.special = between(0, in.basic/2)
		}
		in.daysInMonth, in.payableDays = 31, 31_00
		if r.IntN(3) == 0 {
			in.payableDays = 50 * between(20, 61)
		}
		if r.IntN(4) == 0 {
			in.overtimeHours = between(50, 40_00)
		}
		in.pfCapped = r.IntN(2) == 0
		in.ptTable = between(0, 3)
		in.monthsLeft = between(1, 12)
		in.ytdTaxable = (12 - in.monthsLeft) * in.basic * 2
		if in.basic > 1_00_000_00 {
			in.ytdTDS = (12 - in.monthsLeft) * in.basic / 5 / 100 * 100
		}
	}
	return list
}

// paiseHalfUp divides and rounds to the nearest, a half away from zero; d is above zero.
func paiseHalfUp(n, d int64) int64 {
	if n < 0 {
		return -((-n + d/2) / d)
	}
	return (n + d/2) / d
}

func ceilDiv(n, d int64) int64 { return (n + d - 1) / d }

// limitPayslip is the fastest obvious code: int64 paise, constants, no overflow checks.
func limitPayslip(in *refInput, out *refOutput) {
	days := in.daysInMonth * 100
	hra := paiseHalfUp(in.basic, 2)
	out[0] = paiseHalfUp(in.basic*in.payableDays, days)
	out[1] = paiseHalfUp(hra*in.payableDays, days)
	out[2] = paiseHalfUp(in.conveyance*in.payableDays, days)
	out[3] = paiseHalfUp(in.medical*in.payableDays, days)
	out[4] = paiseHalfUp(in.lta*in.payableDays, days)
	out[5] = paiseHalfUp(in.special*in.payableDays, days)
	out[6] = paiseHalfUp(in.food*in.payableDays, days)
	out[7] = paiseHalfUp(in.basic*in.overtimeHours*2, 20800)
	gross := out[0] + out[1] + out[2] + out[3] + out[4] + out[5] + out[6] + out[7]
	out[8] = gross
	pf := out[0]
	if in.pfCapped {
		pf = min(pf, 15_000_00)
	}
	out[9] = pf
	eps := min(pf, 15_000_00)
	out[10] = paiseHalfUp(pf*12, 100_00) * 100
	out[11] = paiseHalfUp(eps*833, 100_00_00) * 100
	out[12] = out[10] - out[11]
	out[13] = paiseHalfUp(eps*5, 1000_00) * 100
	out[14] = paiseHalfUp(pf*5, 1000_00) * 100
	rates := in.basic + hra + in.conveyance + in.medical + in.lta + in.special + in.food
	out[15], out[16] = 0, 0
	if rates <= 21_000_00 {
		out[15] = ceilDiv(gross*75, 100_00_00) * 100
		out[16] = ceilDiv(gross*325, 100_00_00) * 100
	}
	switch in.ptTable {
	case 0:
		out[17] = 200_00
		if gross <= 7_500_00 {
			out[17] = 0
		} else if gross <= 10_000_00 {
			out[17] = 175_00
		}
	case 1:
		out[17] = 200_00
		if gross <= 24_999_00 {
			out[17] = 0
		}
	case 2:
		switch {
		case gross <= 10_000_00:
			out[17] = 0
		case gross <= 15_000_00:
			out[17] = 110_00
		case gross <= 25_000_00:
			out[17] = 130_00
		case gross <= 40_000_00:
			out[17] = 150_00
		default:
			out[17] = 200_00
		}
	default:
		out[17] = 0
	}
	annual := in.ytdTaxable + gross + rates*(in.monthsLeft-1)
	taxable := paiseHalfUp(max(annual-75_000_00, 0), 10_00) * 10_00
	const lakh = 1_00_000_00
	tax := int64(0)
	if taxable > 12*lakh {
		for i, from := range [...]int64{4 * lakh, 8 * lakh, 12 * lakh, 16 * lakh, 20 * lakh, 24 * lakh} {
			if taxable > from {
				upto := taxable
				if i < 5 {
					upto = min(taxable, from+4*lakh)
				}
				tax += (upto - from) * int64(i+1) // of twentieths
			}
		}
		tax = min(tax, (taxable-12*lakh)*20)
	}
	year := paiseHalfUp(tax*104, 20*100_00) * 100
	out[18] = 0
	if left := year - in.ytdTDS; left > 0 {
		out[18] = paiseHalfUp(left, in.monthsLeft*100) * 100
	}
	out[19] = out[10] + out[15] + out[17] + out[18]
	out[20] = paiseHalfUp(gross-out[19], 100) * 100
	out[21] = out[20] - (gross - out[19])
	out[22] = gross + out[12] + out[11] + out[13] + out[14] + out[16]
}

// shopInput is refInput in decimals.
type shopInput struct {
	basic, conveyance, medical, lta, special, food, overtimeHours, payableDays, daysInMonth, ytdTaxable, ytdTDS, monthsLeft decimal.Decimal
	pfCapped                                                                                                                bool
	ptTable                                                                                                                 string
}

func shopOf(in *refInput) shopInput {
	paise := func(v int64) decimal.Decimal { return decimal.New(v, -2) }
	return shopInput{
		paise(in.basic), paise(in.conveyance), paise(in.medical), paise(in.lta), paise(in.special), paise(in.food), paise(in.overtimeHours),
		paise(in.payableDays), decimal.NewFromInt(in.daysInMonth), paise(in.ytdTaxable), paise(in.ytdTDS), decimal.NewFromInt(in.monthsLeft),
		in.pfCapped, string(rune('0' + in.ptTable)),
	}
}

var (
	shopTwo     = decimal.NewFromInt(2)
	shopHours   = decimal.NewFromInt(208)
	shopHalf    = decimal.RequireFromString("0.5")
	shopCeiling = decimal.NewFromInt(15000)
	shopEPF     = decimal.RequireFromString("0.12")
	shopEPS     = decimal.RequireFromString("0.0833")
	shopAdmin   = decimal.RequireFromString("0.005")
	shopESI     = decimal.RequireFromString("0.0075")
	shopESIEmp  = decimal.RequireFromString("0.0325")
	shopESIMax  = decimal.NewFromInt(21000)
	shopStd     = decimal.NewFromInt(75000)
	shopTen     = decimal.NewFromInt(10)
	shopFree    = decimal.NewFromInt(1200000)
	shopCess    = decimal.RequireFromString("1.04")
	shopOne     = decimal.NewFromInt(1)
	shopPT      = map[string][]struct{ upto, tax decimal.Decimal }{
		"0": {{decimal.NewFromInt(7500), decimal.Zero}, {decimal.NewFromInt(10000), decimal.NewFromInt(175)}},
		"1": {{decimal.NewFromInt(24999), decimal.Zero}},
		"2": {{decimal.NewFromInt(10000), decimal.Zero}, {decimal.NewFromInt(15000), decimal.NewFromInt(110)}, {decimal.NewFromInt(25000), decimal.NewFromInt(130)}, {decimal.NewFromInt(40000), decimal.NewFromInt(150)}},
	}
	shopPTTop = decimal.NewFromInt(200)
	shopSlabs = func() (list []struct{ from, rate decimal.Decimal }) {
		for i := range int64(6) {
			list = append(list, struct{ from, rate decimal.Decimal }{decimal.NewFromInt((i + 1) * 400000), decimal.New(5*(i+1), -2)})
		}
		return list
	}()
)

// shopPayslip is the plain code that a careful team writes with shopspring/decimal.
func shopPayslip(in *shopInput, out *[23]decimal.Decimal) {
	part := func(rate decimal.Decimal) decimal.Decimal {
		return rate.Mul(in.payableDays).DivRound(in.daysInMonth, 2)
	}
	hra := in.basic.Mul(shopHalf).Round(2)
	rates := [...]decimal.Decimal{in.basic, hra, in.conveyance, in.medical, in.lta, in.special, in.food}
	gross, full := decimal.Zero, decimal.Zero
	for i, r := range rates {
		out[i] = part(r)
		gross, full = gross.Add(out[i]), full.Add(r)
	}
	out[7] = in.basic.Mul(in.overtimeHours).Mul(shopTwo).DivRound(shopHours, 2)
	gross = gross.Add(out[7])
	out[8] = gross
	pf := out[0]
	if in.pfCapped {
		pf = decimal.Min(pf, shopCeiling)
	}
	out[9] = pf
	eps := decimal.Min(pf, shopCeiling)
	out[10] = pf.Mul(shopEPF).Round(0)
	out[11] = eps.Mul(shopEPS).Round(0)
	out[12] = out[10].Sub(out[11])
	out[13] = eps.Mul(shopAdmin).Round(0)
	out[14] = pf.Mul(shopAdmin).Round(0)
	out[15], out[16] = decimal.Zero, decimal.Zero
	if full.LessThanOrEqual(shopESIMax) {
		out[15] = gross.Mul(shopESI).RoundUp(0)
		out[16] = gross.Mul(shopESIEmp).RoundUp(0)
	}
	out[17] = decimal.Zero
	if rows, ok := shopPT[in.ptTable]; ok {
		out[17] = shopPTTop
		for _, r := range rows {
			if gross.LessThanOrEqual(r.upto) {
				out[17] = r.tax
				break
			}
		}
	}
	annual := in.ytdTaxable.Add(gross).Add(full.Mul(in.monthsLeft.Sub(shopOne)))
	taxable := decimal.Max(annual.Sub(shopStd), decimal.Zero).DivRound(shopTen, 0).Mul(shopTen)
	tax := decimal.Zero
	if taxable.GreaterThan(shopFree) {
		for i, s := range shopSlabs {
			if taxable.GreaterThan(s.from) {
				upto := taxable
				if i+1 < len(shopSlabs) {
					upto = decimal.Min(taxable, shopSlabs[i+1].from)
				}
				tax = tax.Add(upto.Sub(s.from).Mul(s.rate))
			}
		}
		tax = decimal.Min(tax, taxable.Sub(shopFree))
	}
	left := tax.Mul(shopCess).Round(0).Sub(in.ytdTDS)
	out[18] = decimal.Zero
	if left.Sign() > 0 {
		out[18] = left.DivRound(in.monthsLeft, 0)
	}
	out[19] = out[10].Add(out[15]).Add(out[17]).Add(out[18])
	exact := gross.Sub(out[19])
	out[20] = exact.Round(0)
	out[21] = out[20].Sub(exact)
	out[22] = gross.Add(out[12]).Add(out[11]).Add(out[13]).Add(out[14]).Add(out[16])
}
