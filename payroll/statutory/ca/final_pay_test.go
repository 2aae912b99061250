package ca_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll/statutory/ca"
)

// Seven days after Thursday 15 October 2026 are over with the 22nd.
func TestFinalPayInOntario(t *testing.T) {
	day := hr.MustDate
	for _, c := range []struct{ last, pay, want string }{
		{"2026-10-15", "2026-10-16", "2026-10-22"}, // the next pay day is earlier
		{"2026-10-15", "2026-10-22", "2026-10-22"},
		{"2026-10-15", "2026-10-30", "2026-10-30"},
		{"2026-12-31", "2026-12-31", "2027-01-07"}, // the law of the last day
	} {
		due, err := ca.FinalPayDueInOntario(ca.Pack(), day(c.last), day(c.pay))
		require.NoError(t, err)
		require.Equal(t, c.want, due.Day.String())
		require.Equal(t, "s.11(5)", due.Law.Section)
	}
	_, err := ca.FinalPayDueInOntario(ca.Pack(), hr.Date{}, hr.Date{})
	require.Len(t, hr.FieldErrors(err), 2)
	_, err = ca.FinalPayDueInOntario(ca.Pack(), day("2026-10-15"), day("2026-10-14"))
	require.Equal(t, ca.RuleFinalPay, hr.FieldErrors(err)[0].Rule)
	for _, last := range []string{"2001-09-03", "2027-01-01"} {
		_, err = ca.FinalPayDueInOntario(ca.Pack(), day(last), day(last))
		require.ErrorIs(t, err, hr.ErrNoValue)
	}
	bare := ca.Pack()
	bare.Params = slices.DeleteFunc(bare.Params, func(p hr.Parameter) bool { return p.Name == "ontario.final_pay_days" })
	_, err = ca.FinalPayDueInOntario(bare, day("2026-10-15"), day("2026-10-30"))
	require.ErrorIs(t, err, hr.ErrNoValue)
}
