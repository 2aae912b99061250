package in_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/payroll/statutory/in"
)

// The law through a whole plan: payroll itself finds the days, the months that are left and the two ceilings of a month.

// figures compares lines of a payslip with figures.
func figures(t require.TestingT, slip payroll.Payslip, want map[string]string) {
	for line, figure := range want {
		a, ok := slip.Amount(line)
		require.True(t, ok, line)
		require.True(t, a.Equal(decimal.RequireFromString(figure)), "%s is %s, want %s", line, a, figure)
	}
}

// with returns the terms of october, paid so much and with more answers.
func with(basic, hra int64, answers ...hr.Answer) hr.Terms {
	terms, _ := october().Terms.At(hr.MustDate("2026-10-01"))
	terms = terms.Clone()
	terms.Pay[0].Amount, terms.Pay[1].Amount = decimal.NewFromInt(basic), decimal.NewFromInt(hra)
	terms.Answers = append(terms.Answers, answers...)
	return terms
}

// 60,000 and 90,000 a month. Slabs of 2026-27: 20,000 at 8 lakh, 60,000 at 12, 1,20,000 at 16, then 20 %.
func TestTaxOfJoinersAndLeavers(t *testing.T) {
	plan := office(t, in.Pack())
	ytd := func(taxable, tds int64) []payroll.Amount {
		return []payroll.Amount{{Name: "taxable", Amount: decimal.NewFromInt(taxable)}, {Name: "tds", Amount: decimal.NewFromInt(tds)}}
	}
	previous := []hr.Answer{{Name: "previous_salary", Text: "900000"}, {Name: "previous_tds", Text: "70000"}}
	noPAN := hr.Answer{Name: "has_pan", Text: "no"}
	for _, c := range []struct {
		name  string
		from  string // first day
		last  string // last day, if any
		paid  string
		ytd   []payroll.Amount
		terms hr.Terms
		want  map[string]string
	}{
		{
			"who joins on 1 October and says nothing of earlier pay: 6 x 1,50,000 is within the rebate", "2026-10-01", "", "2026-10-31", nil, with(60000, 90000),
			map[string]string{"projected_salary": "900000", "standard_deduction": "75000", "taxable_income": "825000", "annual_tax": "0", "tds": "0"},
		},
		{
			"with earlier pay: 18,00,000 - 75,000; 1,20,000 + 25,000 and cess is 1,50,800; less 70,000 over 6 months", "2026-10-01", "", "2026-10-31", nil, with(60000, 90000, previous...),
			map[string]string{"projected_salary": "1800000", "standard_deduction": "75000", "taxable_income": "1725000", "annual_tax": "150800", "tds": "13467"},
		},
		{
			"who joins on the 12th: 20/31 of October, 38,709.68 + 58,064.52, and 5 full months", "2026-10-12", "", "2026-10-31", nil, with(60000, 90000),
			map[string]string{"taxable": "96774.20", "projected_salary": "846774.20", "taxable_income": "771770", "tds": "0"},
		},
		{
			"the same without a PAN: 20 % of 7,71,770 is 1,54,354, over 6 months", "2026-10-12", "", "2026-10-31", nil, with(60000, 90000, noPAN),
			map[string]string{"annual_tax": "0", "tax_to_deduct": "154354", "tds": "25726"},
		},
		{
			"October paid in November: five pays are left, 7 x 1,50,000 so far and this one", "2026-04-01", "", "2026-11-07", ytd(1050000, 0), with(60000, 90000),
			map[string]string{"projected_salary": "1800000", "annual_tax": "150800", "tds": "30160"},
		},
		{
			"who leaves on the 15th: 29,032.26 + 43,548.39 and nothing after; 1,20,000 + 39,516 and cess is 1,65,900 to ten; all of it now", "2026-04-01", "2026-10-15", "2026-10-31", ytd(1800000, 100000), with(60000, 90000),
			map[string]string{"taxable": "72580.65", "projected_salary": "1872580.65", "taxable_income": "1797580", "annual_tax": "165900", "tds": "65900"},
		},
		{
			"who leaves with too much deducted gets nothing back", "2026-04-01", "2026-10-15", "2026-10-31", ytd(900000, 75402), with(60000, 90000),
			map[string]string{"taxable_income": "897580", "annual_tax": "0", "tds": "0"},
		},
		{
			"who leaves on the last day of the month leaves: the whole balance of 9,00,000 + 1,50,000 - 75,000", "2026-04-01", "2026-10-31", "2026-10-31", ytd(1800000, 100000), with(60000, 90000),
			map[string]string{"projected_salary": "1950000", "taxable_income": "1875000", "annual_tax": "182000", "tds": "82000"},
		}, // 1,20,000 + 55,000, and 4 %
	} {
		t.Run(c.name, func(t *testing.T) {
			input := october()
			input.PayDate, input.YearToDate = hr.MustDate(c.paid), c.ytd
			steps := []hr.Step[hr.Terms]{{Since: hr.MustDate(c.from), Value: c.terms}}
			if c.last != "" {
				steps = append(steps, hr.Step[hr.Terms]{Since: hr.MustDate(c.last).Add(1), Void: true})
			}
			var err error
			input.Terms, err = hr.NewTimeline(steps...)
			require.NoError(t, err)
			slip, err := plan.Calculate(input)
			require.NoError(t, err)
			figures(t, slip, c.want)
		})
	}
}

// Surcharge and its relief at each threshold; tax on exactly 1 crore is 3,00,000 + 30 % of 76 lakh, on 2 crore of 1 crore 76 lakh.
func TestSurchargeAtEveryThreshold(t *testing.T) {
	l := compiled(t, in.Pack())
	for income, want := range map[int64]map[string]string{
		5000000:  {"slab_tax": "1080000", "surcharge": "0", "annual_tax": "1123200"},                                            // 10,80,000 and 4 %
		5010000:  {"slab_tax": "1083000", "surcharge_relief": "101300", "surcharge": "7000", "annual_tax": "1133600"},           // the facts document, 1.8
		10000000: {"slab_tax": "2580000", "surcharge": "258000", "surcharge_relief": "0", "annual_tax": "2951520"},              // 28,38,000 and 4 %
		10100000: {"slab_tax": "2610000", "surcharge_relief": "63500", "surcharge": "328000", "annual_tax": "3055520"},          // 30,01,500 - (28,38,000 + 1,00,000)
		20000000: {"slab_tax": "5580000", "surcharge": "837000", "surcharge_relief": "0", "annual_tax": "6673680"},              // 64,17,000 and 4 %
		20100000: {"slab_tax": "5610000", "surcharge_relief": "495500", "surcharge": "907000", "annual_tax": "6777680"},         // 70,12,500 - (64,17,000 + 1,00,000)
		50010000: {"slab_tax": "14583000", "surcharge_relief": "0", "surcharge": "3645750", "annual_tax": "18957900"},           // 25 % still: no step at 5 crore
		90000000: {"slab_tax": "26580000", "surcharge_relief": "0", "surcharge": "6645000", "annual_tax_exact": "34554000.000"}, // 3,32,25,000 and 4 %
	} {
		r := l.run(t, "2026-10", map[string]string{"t_taxable": fmt.Sprint(income + 75000), "months_left": "1"})
		r.is("taxable_income", fmt.Sprint(income))
		for line, figure := range want {
			r.is(line, figure)
		}
	}
	// Until 2022-23 there was a step at 5 crore, 25 to 37 %, and no standard deduction: 30 % above 15 lakh of which 1,87,500 is due.
	r := l.run(t, "2022-10", map[string]string{"t_taxable": "50100000", "months_left": "1"})
	r.is("slab_tax", "14767500")        // 1,87,500 + 30 % of 4,86,00,000
	r.is("surcharge_relief", "1709600") // 1,47,67,500 x 1.37 = 2,02,31,475, less 1,47,37,500 x 1.25 + 1,00,000 = 1,85,21,875
}

// September 2026 by EPFO's example: 20,000 of wages, 17,333.33 for the fund.
func TestSeptember2026ThroughThePlan(t *testing.T) {
	plan, september := office(t, in.Pack()), hr.MustPeriod("2026-09-01..2026-09-30")
	input := october()
	input.Period, input.PayDate, input.YearToDate = september, september.Through, nil
	input.Terms = hr.Since(hr.MustDate("2026-04-01"), with(20000, 0))
	slip, err := plan.Calculate(input)
	require.NoError(t, err)
	figures(t, slip, map[string]string{"epf_wages": "17333.33", "epf": "2080", "eps": "1444", "epf_employer": "636", "edli": "87"})
}

// In a month with two ceilings, as in any other, cutting the period changes no line.
func TestCuttingAMonthChangesNothingInTheLaw(t *testing.T) {
	plan := office(t, in.Pack())
	rapid.Check(t, func(t *rapid.T) {
		month := rapid.SampledFrom([]hr.Period{hr.MustPeriod("2026-09-01..2026-09-30"), october().Period}).Draw(t, "month")
		terms := with(rapid.Int64Range(0, 60000).Draw(t, "basic"), rapid.Int64Range(0, 60000).Draw(t, "hra"))
		joined := month.From.Add(rapid.IntRange(-1, 20).Draw(t, "joined"))
		input := october()
		input.Period, input.PayDate, input.YearToDate = month, month.Through, nil
		input.Terms = hr.Since(joined, terms)
		want, err := plan.Calculate(input)
		require.NoError(t, err)
		steps := input.Terms.Steps()
		for _, day := range rapid.SliceOfNDistinct(rapid.IntRange(1, month.Len()), 0, 5, rapid.ID).Draw(t, "cuts") {
			if since := month.From.Add(day - 1); since.After(joined) {
				steps = append(steps, hr.Step[hr.Terms]{Since: since, Value: terms})
			}
		}
		input.Terms, err = hr.NewTimeline(steps...)
		require.NoError(t, err)
		got, err := plan.Calculate(input)
		require.NoError(t, err)
		require.Equal(t, hr.Digest("lines", want.Lines), hr.Digest("lines", got.Lines))
	})
}

// A move on the 16th of October: 15 days in one home and 16 in the other. 80,000 of basic, 40,000 of house rent allowance.
func TestHouseRentWithAMoveInsideTheMonth(t *testing.T) {
	plan := salaried(t)
	home := func(city, rent string) hr.Terms {
		terms, _ := declaring("old").Terms.At(hr.MustDate("2026-10-01"))
		terms = terms.Clone()
		for i := range terms.Answers {
			switch terms.Answers[i].Name {
			case "rent_city":
				terms.Answers[i].Text = city
			case "rent_paid":
				terms.Answers[i].Text = rent
			}
		}
		return terms
	}
	for _, c := range []struct {
		name          string
		before, after hr.Terms
		exempt        string
	}{
		// 15/31 of min(40,000; 35,000 - 8,000; 50 % 40,000) and 16/31 of min(40,000; 52,000; 40 % 32,000)
		{"to a dearer home elsewhere", home("Mumbai", "35000"), home("other", "60000"), "29580.65"},
		// 15/31 of 32,000 and 16/31 of 40,000
		{"to a city of 50 %", home("other", "60000"), home("Mumbai", "60000"), "36129.03"},
		// the first 15 days have no exemption, and take nothing from the other 16: 16/31 of 27,000
		{"from a home almost free", home("Mumbai", "1000"), home("Mumbai", "35000"), "13935.48"},
		{"no move", home("Mumbai", "35000"), home("Mumbai", "35000"), "27000"},
	} {
		t.Run(c.name, func(t *testing.T) {
			x := declaring("old")
			var err error
			x.Terms, err = hr.NewTimeline(
				hr.Step[hr.Terms]{Since: hr.MustDate("2026-04-01"), Value: c.before}, hr.Step[hr.Terms]{Since: hr.MustDate("2026-10-16"), Value: c.after},
			)
			require.NoError(t, err)
			slip, err := plan.Calculate(x)
			require.NoError(t, err)
			figures(t, slip, map[string]string{"hra_exempt": c.exempt})
		})
	}
}

// Who joins on the 25th has 7 of 31 days of October; five full months follow. 1,10,000 of wages, PF on all of them: 12 % is 13,200, and of
// October 2,981 (24,838.71 of wages). So 80C is 2,981 + 5 x 13,200 = 68,981, and not six times 2,981.
func TestAPartOfAMonthIsNotRepeatedInTheProjection(t *testing.T) {
	x := declaring("old")
	terms, _ := x.Terms.At(hr.MustDate("2026-10-01"))
	terms = terms.Clone()
	for i := range terms.Answers {
		switch terms.Answers[i].Name {
		case "pf_capped":
			terms.Answers[i].Text = "no"
		case "savings":
			terms.Answers[i].Text = "0"
		}
	}
	x.Terms = hr.Since(hr.MustDate("2026-10-25"), terms)
	slip, err := salaried(t).Calculate(x)
	require.NoError(t, err)
	figures(t, slip, map[string]string{"epf": "2981", "savings_allowed": "68981"})
}

// Pay below zero is refused with what it is called, what kind of value it is and from when, and never with the amount.
func TestPayBelowZeroIsRefused(t *testing.T) {
	x := declaring("old")
	terms, _ := x.Terms.At(hr.MustDate("2026-10-01"))
	terms = terms.Clone()
	terms.Pay[0].Amount = decimal.NewFromInt(-31415)
	for i := range terms.Answers {
		if terms.Answers[i].Name == "savings" {
			terms.Answers[i].Text = "-31415"
		}
	}
	x.Terms = hr.Since(hr.MustDate("2026-04-01"), terms)
	x.Adjustments = []payroll.Adjustment{{Employee: x.Employee, Name: "other_income", Amount: decimal.NewFromInt(-31415)}}
	_, err := salaried(t).Calculate(x)
	for _, want := range []string{
		"terms.pay.basic: is money, on 2026-04-01, and must not be negative",
		"terms.answers.savings: is money, on 2026-04-01, and must not be negative",
		"adjustments.other_income: is money, paid with 2026-10-01..2026-10-31, and must not be negative in all",
	} {
		require.ErrorContains(t, err, want)
	}
	require.NotContains(t, err.Error(), "31415")
}
