package payroll_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
)

// An allowance of 500 a month from September on beside a one-off of 200, ended at the end of October.
func TestAnAdjustmentRepeats(t *testing.T) {
	w := newLate(t, latePlan(t, "1_00_000"))
	w.pays(t, "E1", "2026-04-01..", "30000")
	for _, a := range []payroll.Adjustment{
		{Employee: "E1", Name: "bonus", Period: hr.MustPeriod("2026-09-15..2026-11-29"), Amount: dec("500"), Repeats: true},
		{Employee: "E1", Name: "bonus", Period: month(10), Amount: dec("200")},
	} {
		_, err := w.Adjust(t.Context(), w.cmd(officer), a)
		require.NoError(t, err)
	}
	for m, want := range map[int]string{9: "500.00", 10: "700.00", 11: "0.00"} { // 30 November does not lie in it
		require.Equal(t, want, amount(t, newest(t, w, m), "bonus_pay"), m)
	}
	_, err := w.Adjust(t.Context(), w.cmd(officer), payroll.Adjustment{Employee: "E1", Name: "bonus", Period: hr.MustPeriod("2026-09-01.."), Amount: dec("1")})
	require.Equal(t, []string{"adjustments[0].period payroll.adjustment"}, faultsOf(err))
}

func newest(t *testing.T, w *lateWorld, m int) payroll.Payslip {
	t.Helper()
	results, err := w.Preview(t.Context(), asOfficer, regular(m))
	require.NoError(t, err)
	require.Empty(t, results[0].Failures)
	return results[0].Slip
}

// An amount that stands instead of a pay term takes its place; without the word both are a fault.
func TestAnAdjustmentStandsInstead(t *testing.T) {
	plan, err := payroll.Compile(payroll.Config{Currency: "INR", Components: []payroll.Component{{Name: "x", Text: "input phone: money\nline phone_pay in earnings = phone\n"}}})
	require.NoError(t, err)
	in := payroll.Input{Employee: "E1", Period: october, PayDate: october.Through, Terms: hr.Since(october.From, hr.Terms{Pay: []hr.PayTerm{{Name: "phone", Amount: dec("300")}}})}
	for _, c := range []struct {
		amount string
		want   string
	}{{"120", "120.00"}, {"0", "0.00"}} {
		in.Adjustments = []payroll.Adjustment{{Employee: "E1", Name: "phone", Amount: dec(c.amount), Instead: true}}
		slip, err := plan.Calculate(in)
		require.NoError(t, err)
		require.Equal(t, c.want, amount(t, slip, "phone_pay"))
	}
	in.Adjustments[0].Instead = false
	_, err = plan.Calculate(in)
	require.Equal(t, []string{"adjustments.phone payroll.input.given_twice"}, faultsOf(err))
}

// A salary is kept back with its reason and paid later: payments and holds stay the net pay of everybody.
func TestASalaryOnHoldIsReleased(t *testing.T) {
	w := adopted(t, 3)
	ctx := t.Context()
	id := w.create(t)
	w.approve(t, id, w.calculate(t, id))
	d := details()
	d.OnHold = map[hr.EmployeeID]string{"E002": "notice period is disputed"}
	batch, err := w.Payments(ctx, asOfficer, id, d)
	require.NoError(t, err)
	require.Len(t, batch.Payments, 2)
	require.Len(t, batch.Holds, 1)
	require.Equal(t, "notice period is disputed", batch.Holds[0].Reason)
	slips, err := w.Payslips(ctx, asOfficer, id)
	require.NoError(t, err)
	sum := dec("0")
	for _, s := range slips {
		sum = sum.Add(s.Net().Amount)
	}
	require.True(t, sum.Equal(batch.Total().Amount.Add(batch.Held().Amount)))

	accounts := map[hr.EmployeeID]hr.BankAccount{"E002": account("100000001")}
	later := details()
	later.ID = "LATER"
	paid, err := payroll.Release(batch, accounts, later, "E002")
	require.NoError(t, err)
	require.True(t, paid.Total().Amount.Equal(batch.Held().Amount))
	require.Empty(t, paid.Holds)
	_, err = payroll.Release(batch, accounts, details(), "E001", "E002", "E002")
	require.Equal(t, []string{"details.id payroll.payment.details", "employees[0] payroll.payment.hold", "employees[2] payroll.payment.hold"}, faultsOf(err))
	still, err := payroll.Release(batch, nil, later)
	require.NoError(t, err)
	require.Equal(t, "no bank account", still.Holds[0].Reason)
}

// More is taken back than is earned: overridden, the rest is a receivable beside the payments, and no bank is asked to pay it.
func TestAnOverpaymentIsAReceivable(t *testing.T) {
	w := newLate(t, latePlan(t, "1_00_000"))
	ctx := t.Context()
	w.pays(t, "E1", "2026-04-01..", "30000")
	w.run(t, regular(8))
	w.run(t, regular(9))
	w.pays(t, "E1", "2026-08-01..2026-09-30", "1000") // 58,000 too much
	id := w.run(t, regular(10))
	slip := w.slip(t, id, "E1")
	require.True(t, slip.Net().Amount.IsNegative())
	batch, err := w.Payments(ctx, asOfficer, id, details())
	require.NoError(t, err)
	require.Empty(t, batch.Payments)
	require.True(t, batch.Held().Amount.Equal(slip.Net().Amount))
	later := details()
	later.ID = "LATER"
	none, err := payroll.Release(batch, nil, later)
	require.NoError(t, err)
	require.Empty(t, none.Payments)
	require.Empty(t, none.Holds)
	_, err = payroll.NewPaymentBatch([]payroll.Payslip{slip}, nil, details())
	require.Equal(t, []hr.Rule{payroll.RulePaymentNegative}, rules(err), "without the override it is refused")
}
