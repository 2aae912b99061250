package in_test

import (
	"fmt"
	"math/big"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/payroll/statutory/in"
)

// A whole payslip a second time: a clerk with the facts document (shared/statutory/india.md) and fractions, who knows nothing of the
// pack. It has its own figures of every rate and schedule and one sentence for each line.
type clerk struct {
	month                   hr.Period
	days                    int64 // employed, to the end of the month
	basic, rentPay, special int64 // rupees of a full month
	nps                     int64 // of the employer
	capped, covered, senior bool
	state, gender           string
	regime                  string
	rent                    int64 // a month
	city                    string
	savings, home, health   int64 // of the year
	before                  struct{ taxable, tds, pt, epf, rentExempt int64 }
}

func frac(n int64) *big.Rat { return new(big.Rat).SetInt64(n) }

func part(n, of int64) *big.Rat { return big.NewRat(n, of) }

func plus(list ...*big.Rat) *big.Rat {
	sum := new(big.Rat)
	for _, x := range list {
		sum.Add(sum, x)
	}
	return sum
}

func minus(a, b *big.Rat) *big.Rat { return new(big.Rat).Sub(a, b) }
func times(a, b *big.Rat) *big.Rat { return new(big.Rat).Mul(a, b) }

func least(list ...*big.Rat) *big.Rat {
	out := list[0]
	for _, x := range list {
		if x.Cmp(out) < 0 {
			out = x
		}
	}
	return out
}

func most(a, b *big.Rat) *big.Rat {
	if a.Cmp(b) > 0 {
		return a
	}
	return b
}

// whole rounds to so many hundredths: half up, or always up.
func whole(x *big.Rat, step *big.Rat, up bool) *big.Rat {
	q := new(big.Rat).Quo(x, step)
	if !up {
		q.Add(q, big.NewRat(1, 2))
	}
	n := new(big.Int).Div(q.Num(), q.Denom()) // down
	if up && !q.IsInt() {
		n.Add(n, big.NewInt(1))
	}
	return times(new(big.Rat).SetInt(n), step)
}

func rupees(x *big.Rat) *big.Rat { return whole(x, frac(1), false) }
func paise(x *big.Rat) *big.Rat  { return whole(x, part(1, 100), false) }

// pay is what a monthly amount comes to for the days employed.
func (c clerk) pay(monthly int64) *big.Rat {
	return paise(part(monthly*c.days, int64(c.month.Len())))
}

// codeWages: what is excluded beyond half of everything is added back, from 21 November 2025 on.
func (c clerk) codeWages(included, excluded *big.Rat) *big.Rat {
	if c.month.Through.Before(hr.MustDate("2025-11-21")) {
		return included
	}
	half := times(plus(included, excluded), part(1, 2))
	return most(included, half)
}

// fundWages: up to 15,000; 25,000 from 17 September 2026, and in that month each part by its days.
func (c clerk) fundWages(wages *big.Rat) *big.Rat {
	switch first := c.month.From.String(); {
	case first < "2026-09-01":
		return least(wages, frac(15000))
	case first > "2026-09-01":
		return least(wages, frac(25000))
	}
	late := min(c.days, 14) // from the 17th to the 30th
	early := c.days - late
	return plus(times(least(wages, frac(15000)), part(early, c.days)), times(least(wages, frac(25000)), part(late, c.days)))
}

// tax of the states by the month's pay.
func (c clerk) professionalTax(gross *big.Rat) int64 {
	over := func(limit int64) bool { return gross.Cmp(frac(limit)) > 0 }
	from := func(limit int64) bool { return gross.Cmp(frac(limit)) >= 0 }
	bands := func(list ...int64) int64 { // limit, tax, limit, tax, ..., tax above
		for i := 0; i+1 < len(list); i += 2 {
			if !over(list[i]) {
				return list[i+1]
			}
		}
		return list[len(list)-1]
	}
	february := c.month.Through.Month() == time.February
	extra := func(normal int64) int64 {
		if february && normal == 200 {
			return 300
		}
		return normal
	}
	switch c.state {
	case "AP", "TG":
		return bands(15000, 0, 20000, 150, 200)
	case "AS":
		if from(25000) {
			return 208
		}
		return bands(15000, 0, 180)
	case "GJ":
		return bands(12000, 0, 200)
	case "KA":
		if from(25000) {
			return extra(200)
		}
		return 0
	case "MH":
		if c.gender == "female" {
			return extra(bands(25000, 0, 200))
		}
		return extra(bands(7500, 0, 10000, 175, 200))
	case "TR":
		return bands(7500, 0, 15000, 150, 208)
	case "SK":
		return bands(20000, 0, 30000, 125, 40000, 150, 200)
	case "WB":
		if c.month.From.Before(hr.MustDate("2026-10-01")) {
			return bands(10000, 0, 15000, 110, 25000, 130, 40000, 150, 200)
		}
		return bands(20000, 0, 30000, 100, 50000, 140, 100000, 170, 208)
	}
	return 0 // DL, RJ
}

// welfare fund: paise of the employee and of the employer.
func (c clerk) welfareFund() (int64, int64) {
	month := c.month.Through.Month()
	halfYear, december := month == time.June || month == time.December, month == time.December
	switch {
	case c.state == "AP" && december:
		return 3000, 7000
	case c.state == "TG" && december:
		return 200, 500
	case c.state == "GJ" && halfYear:
		return 600, 1200
	case c.state == "KA" && december:
		return 5000, 10000
	case c.state == "MH" && halfYear:
		return 2500, 7500
	case c.state == "WB" && halfYear:
		return 300, 3000
	case c.state == "DL" && halfYear:
		return 75, 225
	}
	return 0, 0
}

// exemptRent is the least of three, for the days employed or a full month.
func (c clerk) exemptRent(basic, allowance, rent *big.Rat) *big.Rat {
	share := part(4, 10)
	switch c.city {
	case "Delhi", "Mumbai", "Kolkata", "Chennai":
		share = part(5, 10)
	case "Bengaluru", "Hyderabad", "Pune", "Ahmedabad":
		if !c.month.Through.Before(hr.MustDate("2026-04-01")) {
			share = part(5, 10)
		}
	}
	return paise(most(new(big.Rat), least(allowance, minus(rent, times(basic, part(1, 10))), times(basic, share))))
}

// slip works the month out: line by line as the facts say.
func (c clerk) slip() map[string]*big.Rat {
	out := map[string]*big.Rat{}
	basic, rentPay, special, nps := c.pay(c.basic), c.pay(c.rentPay), c.pay(c.special), c.pay(c.nps)
	gross := plus(basic, rentPay, special)
	wages := c.codeWages(plus(basic, special), rentPay)
	out["code_wages"] = wages

	pf := wages
	if c.capped {
		pf = c.fundWages(wages)
	}
	out["epf"] = rupees(times(pf, part(12, 100)))
	out["eps"] = rupees(times(c.fundWages(wages), part(833, 10000)))
	out["epf_employer"] = minus(rupees(times(pf, part(12, 100))), out["eps"])
	out["edli"] = rupees(times(c.fundWages(wages), part(5, 1000)))
	out["epf_admin"] = rupees(times(pf, part(5, 1000)))

	out["esi"], out["esi_employer"] = new(big.Rat), new(big.Rat)
	esiWages := wages
	if c.month.Through.Before(hr.MustDate("2025-11-21")) {
		esiWages = gross
	}
	if c.covered {
		out["esi_employer"] = whole(times(esiWages, part(325, 10000)), frac(1), true)
		if esiWages.Cmp(frac(176*c.days)) > 0 {
			out["esi"] = whole(times(esiWages, part(75, 10000)), frac(1), true)
		}
	}

	pt := min(c.professionalTax(gross), max(0, 2500-c.before.pt))
	out["pt"] = frac(pt)
	own, employer := c.welfareFund()
	out["lwf"], out["lwf_employer"] = part(own, 100), part(employer, 100)

	left := int64(15-int(c.month.Through.Month()))%12 + 1 // 12 in April, 1 in March
	full := frac((c.basic + c.rentPay + c.special + c.nps) * (left - 1))
	income := plus(frac(c.before.taxable), gross, nps, full)
	year := 2026
	if c.month.Through.Before(hr.MustDate("2026-04-01")) {
		year = 2025
	}
	basicOfYear := plus(basic, frac(c.basic*(left-1)))
	npsOfYear := plus(nps, frac(c.nps*(left-1)))
	age := in.Below60
	if c.regime == in.NewRegime {
		income = minus(income, frac(75000))
		income = minus(income, least(npsOfYear, times(basicOfYear, part(14, 100))))
	} else {
		if c.senior {
			age = in.From60
		}
		exempt := plus(frac(c.before.rentExempt), c.exemptRent(basic, rentPay, part(c.rent*c.days, int64(c.month.Len()))),
			times(c.exemptRent(frac(c.basic), frac(c.rentPay), frac(c.rent)), frac(left-1)))
		income = minus(income, plus(exempt, frac(50000), frac(min(c.home, 200000)), frac(min(c.health, 25000))))
		toCome := c.codeWages(frac(c.basic+c.special), frac(c.rentPay)) // of a full month
		if c.capped {
			ceiling := int64(15000)
			if !c.month.Through.Before(hr.MustDate("2026-09-17")) {
				ceiling = 25000
			}
			toCome = least(toCome, frac(ceiling))
		}
		fund := plus(out["epf"], times(rupees(times(toCome, part(12, 100))), frac(left-1)))
		income = minus(income, least(frac(150000), plus(frac(c.before.epf+c.savings), fund)))
		income = minus(income, least(npsOfYear, times(basicOfYear, part(10, 100))))
		income = minus(income, frac(c.before.pt+pt+max(0, min((left-1)*pt, 2500-c.before.pt-pt))))
	}
	income = most(new(big.Rat), income)
	taxable := whole(income, frac(10), false) // paise do not matter: 14.99 is 10 either way
	out["taxable_income"] = taxable
	tax := plainTax(year, c.regime, age, true, taxable.Num().Int64())
	out["annual_tax"] = frac(tax)
	out["tds"] = rupees(part(max(0, tax-c.before.tds), left))
	return out
}

// input is the same employee as payroll is told of them.
func (c clerk) input() payroll.Input {
	n, yes := decimal.NewFromInt, map[bool]string{true: "yes", false: "no"}
	ages := map[bool]string{true: in.From60, false: in.Below60}
	answers := map[string]string{
		"pf_capped": yes[c.capped], "eps_member": "yes", "esi_covered": yes[c.covered], "pt_state": c.state, "gender": c.gender, "tax_regime": c.regime,
		"tax_age": ages[c.senior], "rent_paid": fmt.Sprint(c.rent), "rent_city": in.HRACity(c.city), "savings": fmt.Sprint(c.savings),
		"home_loan_interest": fmt.Sprint(c.home), "health_self": fmt.Sprint(c.health),
	}
	terms := hr.Terms{Currency: "INR", Pay: []hr.PayTerm{
		{Name: "basic", Amount: n(c.basic)}, {Name: "house_rent", Amount: n(c.rentPay)}, {Name: "special", Amount: n(c.special)}, {Name: "nps_paid", Amount: n(c.nps)},
	}}
	for name, text := range answers {
		terms.Answers = append(terms.Answers, hr.Answer{Name: name, Text: text})
	}
	return payroll.Input{
		Employee: "E1", Period: c.month, PayDate: c.month.Through, Terms: hr.Since(c.month.Through.Add(1-int(c.days)), terms),
		YearToDate: []payroll.Amount{
			{Name: "taxable", Amount: n(c.before.taxable)},
			{Name: "tds", Amount: n(c.before.tds)},
			{Name: "pt", Amount: n(c.before.pt)},
			{Name: "epf", Amount: n(c.before.epf)},
			{Name: "hra_exempt", Amount: n(c.before.rentExempt)},
		},
	}
}

// drawClerk draws somebody of any pay, any month from October 2025 to March 2027, any state by the month, either regime.
func drawClerk(t *rapid.T) clerk {
	at := func(name string, most int64) int64 { return rapid.Int64Range(0, most).Draw(t, name) }
	flip := func(name string) bool { return rapid.Bool().Draw(t, name) }
	small := flip("small pay")
	scale := map[bool]int64{true: 1, false: 20}[small]
	first := hr.MustDate("2025-10-01")
	for range rapid.IntRange(0, 17).Draw(t, "month") {
		first = first.EndOfMonth().Add(1)
	}
	c := clerk{
		month: hr.MonthOf(first), basic: at("basic", 15000*scale), rentPay: at("house rent", 9000*scale), special: at("special", 8000*scale), nps: at("nps", 1000*scale),
		capped: flip("capped"), senior: flip("senior"), state: rapid.SampledFrom([]string{"AP", "AS", "DL", "GJ", "KA", "MH", "RJ", "SK", "TG", "TR", "WB"}).Draw(t, "state"),
		gender: rapid.SampledFrom([]string{"female", "male"}).Draw(t, "gender"), regime: rapid.SampledFrom(taxRegimes).Draw(t, "regime"),
		rent: at("rent", 8000*scale), city: rapid.SampledFrom([]string{"Mumbai", "Pune", "Bengaluru", "Jaipur", "Chennai"}).Draw(t, "city"),
		savings: at("savings", 200000), home: at("home", 300000), health: at("health", 40000),
	}
	c.days = int64(c.month.Len())
	if flip("joins") {
		c.days = rapid.Int64Range(1, c.days).Draw(t, "days")
	}
	// Covered by the wages of a full month, as contracted.
	full := c.codeWages(frac(c.basic+c.special), frac(c.rentPay))
	if c.month.Through.Before(hr.MustDate("2025-11-21")) {
		full = frac(c.basic + c.special + c.rentPay)
	}
	c.covered = full.Cmp(frac(21000)) <= 0
	if flip("earlier months") {
		c.before.taxable, c.before.tds, c.before.pt = at("taxable before", 3000000), at("tds before", 300000), at("pt before", 2500)
		c.before.epf, c.before.rentExempt = at("epf before", 30000), at("rent exempt before", 100000)
	}
	return c
}

func TestAWholePayslipAgreesWithTheSecondWay(t *testing.T) {
	plan := salaried(t)
	rapid.Check(t, func(t *rapid.T) {
		c := drawClerk(t)
		slip, err := plan.Calculate(c.input())
		require.NoError(t, err)
		for line, want := range c.slip() {
			got, ok := slip.Amount(line)
			require.True(t, ok, line)
			if got.Rat().Cmp(want) != 0 {
				t.Fatalf("%s is %s, want %s: %+v", line, got, want.FloatString(4), c)
			}
		}
	})
}
