package in_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/payroll/statutory/in"
)

// Three members on 10,100 each and one who is none. Each: 1,212; EPS 841.33 is 841; the difference 371; EDLI 50.50 is 51. In June 2026, by
// the Scheme of 1976, EDLI of 30,300 is 151.50: 152, and not three times 51. Charges of 151.50 are below 500.
func TestChallanOfTheFund(t *testing.T) {
	plan := office(t, in.Pack())
	slips := func(month string) (list []payroll.Payslip) {
		for i := range 4 {
			x := october()
			x.Period = hr.MonthOf(hr.MustDate(month))
			x.PayDate, x.YearToDate = x.Period.Through, nil
			terms := with(10100, 0)
			if i == 3 {
				terms.Answers = append(terms.Answers, hr.Answer{Name: "pf_member", Text: "no"})
			}
			x.Terms = hr.Since(hr.MustDate("2025-04-01"), terms)
			slip, err := plan.Calculate(x)
			require.NoError(t, err)
			list = append(list, slip)
		}
		return list
	}
	for month, want := range map[string]string{
		"2026-05-31": "3 2026-06-15 4749 500 2523 152 7924",
		"2026-10-31": "3 2026-11-15 4749 500 2523 153 7925",
	} {
		c, err := in.NewEPFChallan(in.Pack(), hr.MonthOf(hr.MustDate(month)), slips(month))
		require.NoError(t, err)
		require.Equal(t, want, fmt.Sprint(c.Members, " ", c.Due, " ", c.EPF, " ", c.Admin, " ", c.EPS, " ", c.EDLI, " ", c.Total))
		require.NotContains(t, fmt.Sprintf("%v %+v", c, c), "4749")
	}
	empty, err := in.NewEPFChallan(in.Pack(), october().Period, nil)
	require.NoError(t, err)
	require.Equal(t, "75", empty.Total.String(), "the minimum without a contributing member")
	_, err = in.NewEPFChallan(in.Pack(), hr.Period{}, []payroll.Payslip{{Employee: "E1", Period: october().Period}})
	require.Len(t, hr.FieldErrors(err), 9)
}
