package in_test

import (
	"flag"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll/payrolltest"
	"github.com/musterhr/hr/payroll/statutory/in"
)

var update = flag.Bool("update", false, "rewrite what the stories expect")

func TestStories(t *testing.T) {
	payrolltest.Stories(t, office(t, in.Pack()), "testdata/stories/*.story", *update)
}

// At every month end, the end of the tax year and every change of the law in a year, who joins, who leaves and who stays: no money is
// lost, and cutting the month changes nothing.
func TestBoundariesOfTheLaw(t *testing.T) {
	plan := office(t, in.Pack())
	base := october()
	days := payrolltest.Boundaries(hr.MustPeriod("2026-04-01..2027-03-31"), in.Pack())
	require.Contains(t, days, hr.MustDate("2026-09-17"), "the ceiling of the provident fund rose")
	inputs := payrolltest.JoinersAndLeavers(base, days...)
	require.NoError(t, payrolltest.Conserves(plan, inputs...))
	for i, input := range inputs {
		if input.Period.Contains(hr.MustDate("2026-09-17")) || i%7 == 0 { // each cut is a payslip, and one month is like another
			require.NoError(t, payrolltest.SplitInvariant(plan, input))
		}
	}
}

// A higher basic pay never lowers gross pay or what the employer spends. Net pay does fall where a law has a step: at ESI's and professional
// tax's limits; here, far above them, it does not.
func TestHigherBasicPay(t *testing.T) {
	plan := office(t, in.Pack())
	var all, high []decimal.Decimal
	for basic := int64(0); basic <= 400_000; basic += 2_500 {
		all = append(all, decimal.NewFromInt(basic))
		if basic >= 60_000 {
			high = append(high, decimal.NewFromInt(basic))
		}
	}
	require.NoError(t, payrolltest.Monotone(plan, october(), "basic", payrolltest.Gross, all...))
	require.NoError(t, payrolltest.Monotone(plan, october(), "basic", payrolltest.Cost, all...))
	require.NoError(t, payrolltest.Monotone(plan, october(), "basic", payrolltest.Of("epf"), all...))
	require.NoError(t, payrolltest.Monotone(plan, october(), "basic", payrolltest.Net, high...))
}
