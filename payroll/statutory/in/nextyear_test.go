package in_test

import (
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/payroll/statutory/in"
)

// April 2027 is refused as released; a host that says the rates go on pays it, sees its word in the explanation, and puts what the Finance
// Act changes on top: here a standard deduction of 1,00,000.
func TestTheNextTaxYearIsTheHostsWord(t *testing.T) {
	source := hr.Source{Title: "Finance Bill 2027", Section: "rates as introduced"}
	released := in.Pack()
	pack := in.Continued(released, source, hr.MustDate("2027-03-31"), "the Finance Act 2027 is not passed yet")
	april := func(regime string) payroll.Input {
		x := declaring(regime)
		x.Period, x.PayDate = hr.MustPeriod("2027-04-01..2027-04-30"), hr.MustDate("2027-04-30")
		return x
	}
	plan := func(p payroll.Pack) *payroll.Plan {
		out, err := payroll.Compile(payroll.Config{Currency: "INR", Packs: []payroll.Pack{p}, Components: []payroll.Component{{Name: "salaried", Text: salariedRules}}})
		require.NoError(t, err)
		return out
	}
	_, err := plan(released).Calculate(april("new"))
	require.ErrorIs(t, err, hr.ErrNoValue, "what was released is as it was")
	for _, regime := range taxRegimes {
		slip, err := plan(pack).Calculate(april(regime))
		require.NoError(t, err)
		require.True(t, must(slip.Amount("tds")).IsPositive())
	}
	text := explained(t, plan(pack), april("new"), "tds")
	require.Contains(t, text, "Finance Bill 2027")
	require.Contains(t, text, "the Finance Act 2027 is not passed yet")
	october, err := plan(pack).Calculate(declaring("old"))
	require.NoError(t, err)
	before, err := plan(released).Calculate(declaring("old"))
	require.NoError(t, err)
	require.Equal(t, hr.Digest("lines", before.Lines), hr.Digest("lines", october.Lines), "nothing before that day changes")

	for i, p := range pack.Params {
		if p.Name == "tax.new.standard_deduction" {
			last := len(p.Steps) - 1
			require.Equal(t, "2027-04-01", p.Steps[last].Since.String())
			pack.Params[i].Steps[last].Value = decimal.NewFromInt(100000)
		}
	}
	slip, err := plan(pack).Calculate(april("new"))
	require.NoError(t, err)
	require.Equal(t, "100000", must(slip.Amount("standard_deduction")).String())
}

// A notification of the middle of a year, put on top by a host, shows in the next payslip and its explanation: meals free up to 250.
func TestOverlayOfIncomeTax(t *testing.T) {
	pack := in.Pack()
	for i, p := range pack.Params {
		if p.Name == "perquisite.meal" {
			pack.Params[i].Steps = append(p.Steps, hr.ParameterStep{
				Since: hr.MustDate("2026-10-01"), Value: decimal.NewFromInt(250), Overlay: true, Source: hr.Source{Title: "G.S.R. 999(E)"}, Reviewed: hr.MustDate("2026-10-02"),
			})
		}
	}
	l := compiled(t, pack)
	meals := map[string]string{"meals": "20", "meals_cost": "6000"}
	l.run(t, "2026-09", meals).is("meals_benefit", "2000") // 6,000 - 20 x 200
	l.run(t, "2026-10", meals).is("meals_benefit", "1000")
	plan := office(t, pack)
	x := october()
	x.Answers = []hr.Answer{{Name: "meals", Text: "20"}, {Name: "meals_cost", Text: "6000"}}
	require.Contains(t, explained(t, plan, x, "tds"), "G.S.R. 999(E)")
}
