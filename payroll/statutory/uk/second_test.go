package uk_test

import (
	"fmt"
	"strconv"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/payroll/statutory/internal/packtest"
	"github.com/musterhr/hr/payroll/statutory/uk"
)

// The second calculator: whole pence and ten-thousandths of a pound in int64, loops over bands, thresholds written down again from the
// facts. It knows nothing of the pack.

type secondYear struct {
	first                  string
	scotland               [5]int64 // widths of bands
	lel, pt, st, fust, uel [3]int64 // a week, a month, a year
	employer               int64    // tenths of a percent
	loans                  [4]int64 // plans 1, 2, 4, 5
}

var secondYears = []secondYear{
	{"2024-04-06", [5]int64{2306, 11685, 17101, 31338, 62710}, [3]int64{123, 533, 6396}, [3]int64{242, 1048, 12570}, [3]int64{175, 758, 9100}, [3]int64{481, 2083, 25000}, [3]int64{967, 4189, 50270}, 138, [4]int64{24990, 27295, 31395, 0}},
	{"2025-04-06", [5]int64{2827, 12094, 16171, 31338, 62710}, [3]int64{125, 542, 6500}, [3]int64{242, 1048, 12570}, [3]int64{96, 417, 5000}, [3]int64{481, 2083, 25000}, [3]int64{967, 4189, 50270}, 150, [4]int64{26065, 28470, 32745, 0}},
	{"2026-04-06", [5]int64{3967, 12989, 14136, 31338, 62710}, [3]int64{129, 559, 6708}, [3]int64{242, 1048, 12570}, [3]int64{96, 417, 5000}, [3]int64{481, 2083, 25000}, [3]int64{967, 4189, 50270}, 150, [4]int64{26900, 29385, 33795, 25000}},
}

func ceilDiv(a, b int64) int64 { return -floorDiv(-a, b) }

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b != 0 && (a < 0) != (b < 0) {
		q--
	}
	return q
}

// secondTax is the tax due to date in pence of pay in pence, by the steps of section 4 of the specification.
func secondTax(y secondYear, region, kind string, number, band, pay, n, base int64) int64 {
	widths, rates := []int64{37700, 87440}, []int64{20, 40, 45}
	if region == "scotland" {
		widths, rates = y.scotland[:], []int64{19, 20, 21, 42, 45, 48}
	}
	if kind == "none" {
		return 0
	}
	if kind == "flat" {
		return max(0, floorDiv(pay, 100)) * rates[band-1]
	}
	free := int64(0)
	if number > 0 {
		q, r := (number-1)/500, (number-1)%500+1
		free = ceilDiv((10*r+9)*10000/base, 100)
		if base == 12 {
			free += q * 41667
		} else {
			free += q * 9616
		}
	}
	over := pay - free*n
	if kind == "k" {
		over = pay + free*n
	}
	if over <= 0 {
		return 0
	}
	var upTo, below, c, k int64 // ends of bands in pounds, tax there in pence; the band before, in ten-thousandths
	for i, rate := range rates {
		if i < len(widths) {
			upTo += widths[i]
			end := upTo * n * 10000 / base
			if over > ceilDiv(end, 10000)*100 {
				below += widths[i] * rate
				c, k = end, below*100*n/base
				continue
			}
		}
		return (k + (over/100*10000-c)*rate/100 - mod(k*100+(over/100*10000-c)*rate, 100)/100) / 100 // cut off to the penny
	}
	return 0
}

func mod(a, b int64) int64 { return ((a % b) + b) % b }

// third rounds ten-millionths of a pound by the third decimal alone.
func third(x int64) int64 {
	mills := x / 10000
	if mills%10 >= 6 {
		return mills/10 + 1
	}
	return mills / 10
}

func secondNIC(y secondYear, category byte, frequency string, weeks, pay int64) (employee, employer int64) {
	of := func(t [3]int64) int64 {
		switch {
		case frequency == "monthly":
			return t[1] * 100
		case frequency == "weekly":
			return t[0] * 100
		}
		return ceilDiv(t[2]*weeks, 52) * 100
	}
	pt, st, fust, uel := of(y.pt), of(y.st), of(y.fust), of(y.uel)
	main, upper := map[byte]int64{'A': 800, 'F': 800, 'H': 800, 'M': 800, 'N': 800, 'V': 800, 'B': 185, 'E': 185, 'I': 185, 'D': 200, 'J': 200, 'L': 200, 'Z': 200}[category], int64(200)
	start := st
	switch category {
	case 'C', 'K', 'S', 'X':
		upper = 0
	}
	switch category {
	case 'D', 'E', 'F', 'I', 'K', 'L', 'N', 'S':
		start = fust
	case 'H', 'M', 'V', 'Z':
		start = uel
	}
	low, high := max(0, min(pay, uel)-pt), max(0, pay-uel)
	employee = third(low*main*10) + third(high*upper*10)
	if category == 'X' {
		return employee, 0
	}
	return employee, third(max(0, min(pay, uel)-start)*y.employer*100) + third(high*y.employer*100)
}

func pence(d decimal.Decimal) int64 { return d.Shift(2).IntPart() }

func fromPence(p int64) decimal.Decimal { return decimal.New(p, -2) }

// Every code, region, frequency, period, category and loan, over a random payment with random figures before it.
func TestSecondCalculator(t *testing.T) {
	plan := packtest.Plan(t, uk.Pack(), "GBP", host)
	rapid.Check(t, func(t *rapid.T) {
		y := rapid.SampledFrom(secondYears).Draw(t, "year")
		frequency := rapid.SampledFrom([]string{"weekly", "fortnightly", "fourweekly", "monthly"}).Draw(t, "frequency")
		base, span := int64(52), map[string]int64{"weekly": 1, "fortnightly": 2, "fourweekly": 4, "monthly": 1}[frequency]
		first := hr.MustDate(y.first)
		period := int64(rapid.IntRange(1, 53).Draw(t, "week"))
		on := first.Add(int(period-1) * 7)
		if frequency == "monthly" {
			base, period = 12, int64(rapid.IntRange(1, 12).Draw(t, "month"))
			var err error
			on, err = first.AddMonths(int(period-1), hr.MonthClamp)
			require.NoError(t, err)
		}
		text := rapid.SampledFrom([]string{"", "S", "C"}).Draw(t, "region") + rapid.SampledFrom([]string{"#L", "#M", "#N", "#T", "0T", "K#", "BR", "D0", "D1", "NT"}).Draw(t, "code")
		number := rapid.OneOf(rapid.IntRange(1, 2100), rapid.SampledFrom([]int{1, 500, 501, 1000, 1257, 9999})).Draw(t, "number")
		for i := range text {
			if text[i] == '#' {
				text = text[:i] + strconv.Itoa(number) + text[i+1:]
				break
			}
		}
		text += rapid.SampledFrom([]string{"", "", " W1", "X"}).Draw(t, "marker")
		code, err := uk.ReadTaxCode(text)
		require.NoError(t, err, text)
		pay := spread(t, "pay", rapid.SampledFrom([]int64{80_000, 500_000, 2_000_000}).Draw(t, "most"))
		before := spread(t, "pay before", 20_000_000)
		taxBefore := spread(t, "tax before", before/3)
		category := rapid.SampledFrom([]byte("ABCDEFHIJKLMNSVXZ")).Draw(t, "category")
		loan := rapid.IntRange(0, 3).Draw(t, "loan")
		if y.loans[loan] == 0 {
			loan = 0
		}
		plans := []string{"plan1", "plan2", "plan4", "plan5"}

		month := hr.MonthOf(on)
		slip, err := plan.Calculate(payroll.Input{
			Employee: "E1", Period: month, PayDate: on,
			Terms: hr.Since(month.From, hr.Terms{Currency: "GBP", Pay: []hr.PayTerm{{Name: "pay", Amount: fromPence(pay)}}}),
			Answers: append(code.Answers(), hr.Answer{Name: "pay_frequency", Text: frequency}, hr.Answer{Name: "nic_category", Text: string(category)},
				hr.Answer{Name: "student_loan", Text: plans[loan]}, hr.Answer{Name: "postgraduate_loan", Text: "yes"}),
			YearToDate: []payroll.Amount{{Name: "taxable_pay", Amount: fromPence(before)}, {Name: "paye", Amount: fromPence(taxBefore)}},
		})
		require.NoError(t, err)
		got := func(line string) int64 { d, _ := slip.Amount(line); return pence(d) }

		var due int64
		if code.Week1 || period > base {
			due = secondTax(y, code.Region, code.Kind, int64(code.Number), int64(code.Band), pay, span, base)
		} else {
			due = secondTax(y, code.Region, code.Kind, int64(code.Number), int64(code.Band), before+pay, period, base) - taxBefore
		}
		due = min(due, pay/2)
		require.Equal(t, due, got("paye"), "%s %s period %d", text, frequency, period)

		employee, employer := secondNIC(y, category, frequency, span, pay)
		require.Equal(t, [2]int64{employee, employer}, [2]int64{got("employee_nic"), got("employer_nic")}, "%c %s", category, frequency)

		threshold := func(annual int64) int64 {
			if frequency == "monthly" {
				return annual * 100 / 12
			}
			return annual * 100 * span / 52
		}
		require.Equal(t, max(0, pay-threshold(y.loans[loan]))*9/10000*100, got("student_loan_deduction"), plans[loan])
		require.Equal(t, max(0, pay-threshold(21000))*6/10000*100, got("postgraduate_loan_deduction"))
	})
}

// A director's year by both methods. On the annual method each payment is the difference to what was paid; on the alternative one payments are
// those of anybody until the last, which trues the year up. Both come to the contributions of one annual earnings period, pro rata where the
// appointment is in the year.
func TestDirectorsYear(t *testing.T) {
	plan := packtest.Plan(t, uk.Pack(), "GBP", host)
	rapid.Check(t, func(t *rapid.T) {
		y := secondYears[1+rapid.IntRange(0, 1).Draw(t, "year")]
		weeks := rapid.IntRange(1, 52).Draw(t, "weeks")
		alternative := rapid.Bool().Draw(t, "alternative")
		category := rapid.SampledFrom([]byte("ABCJHX")).Draw(t, "category")
		var toDate, employee, employer int64
		for n := range 12 {
			on, err := hr.MustDate(y.first).AddMonths(n, hr.MonthClamp)
			require.NoError(t, err)
			pay := spread(t, "pay", 1_500_000)
			annual := "yes"
			if alternative && n < 11 {
				annual = "no"
			}
			month := hr.MonthOf(on)
			slip, err := plan.Calculate(payroll.Input{
				Employee: "E1", Period: month, PayDate: on,
				Terms: hr.Since(month.From, hr.Terms{Currency: "GBP", Pay: []hr.PayTerm{{Name: "pay", Amount: fromPence(pay)}}}),
				Answers: []hr.Answer{
					{Name: "tax_code_kind", Text: "none"},
					{Name: "nic_category", Text: string(category)},
					{Name: "director", Text: annual},
					{Name: "director_weeks", Text: strconv.Itoa(weeks)},
				},
				YearToDate: []payroll.Amount{{Name: "nicable_pay", Amount: fromPence(toDate)}, {Name: "employee_nic", Amount: fromPence(employee)}, {Name: "employer_nic", Amount: fromPence(employer)}},
			})
			require.NoError(t, err)
			e, _ := slip.Amount("employee_nic")
			r, _ := slip.Amount("employer_nic")
			toDate, employee, employer = toDate+pay, employee+pence(e), employer+pence(r)
		}
		wantEmployee, wantEmployer := secondNIC(y, category, "annual", int64(weeks), toDate)
		require.Equal(t, [2]int64{wantEmployee, wantEmployer}, [2]int64{employee, employer}, fmt.Sprintf("%c %d weeks", category, weeks))
	})
}

// spread draws a number evenly over a range, which rapid by itself draws from mostly at its low end.
func spread(t *rapid.T, name string, upTo int64) int64 {
	eighth := rapid.SampledFrom([]int64{0, 1, 2, 3, 4, 5, 6, 7}).Draw(t, name+" from")
	return upTo*eighth/8 + rapid.Int64Range(0, upTo/8).Draw(t, name)
}
