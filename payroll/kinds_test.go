package payroll_test

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
)

func special(kind payroll.RunKind, m, paid int, employees ...hr.EmployeeID) payroll.RunSpec {
	return payroll.RunSpec{Kind: kind, Period: month(m), PayDate: month(paid).Through, Reason: "test", Employees: employees}
}

func TestASpecIsRefusedWithAllItsFaults(t *testing.T) {
	w := newLate(t, latePlan(t, "1_00_000"))
	w.pays(t, "E1", "2026-04-01..", "30000")
	draft, err := w.CreateRun(t.Context(), w.cmd(officer), regular(9))
	require.NoError(t, err)
	for _, c := range []struct {
		name string
		spec payroll.RunSpec
		want []string
	}{
		{"nothing", payroll.RunSpec{}, []string{"kind payroll.run.kind", "period payroll.input.period", "pay_date payroll.input.pay_date"}},
		{"an off-cycle run of nobody, for nothing", payroll.RunSpec{Kind: payroll.RunOffCycle, Period: month(9), PayDate: month(9).Through}, []string{"reason payroll.run.reason", "employees payroll.run.employees"}},
		{"somebody twice, and nobody", special(payroll.RunCorrection, 9, 9, "E1", "E1", ""), []string{"employees[1] payroll.run.employees", "employees[2] payroll.run.employees"}},
		{"a regular run of somebody", special(payroll.RunRegular, 9, 9, "E1"), []string{"employees payroll.run.employees"}},
		{"a reversal of nothing", special(payroll.RunReversal, 9, 9, "E1"), []string{"of payroll.run.of"}},
		{"a reversal of a draft", payroll.RunSpec{Kind: payroll.RunReversal, Period: month(9), PayDate: month(9).Through, Reason: "x", Employees: []hr.EmployeeID{"E1"}, Of: draft}, []string{"of payroll.run.of"}},
		{"a reversal of what is none", payroll.RunSpec{Kind: payroll.RunReversal, Period: month(9), PayDate: month(9).Through, Reason: "x", Employees: []hr.EmployeeID{"E1"}, Of: "R9"}, []string{"of payroll.run.of"}},
		{"a regular run of another", payroll.RunSpec{Kind: payroll.RunRegular, Period: month(9), PayDate: month(9).Through, Of: draft}, []string{"of payroll.run.of"}},
		{"an earlier period that is not earlier", payroll.RunSpec{
			Kind: payroll.RunRegular, Period: month(9), PayDate: month(9).Through,
			Earlier: []payroll.PayPeriod{{Period: month(9), PayDate: month(9).Through}, {Period: month(8)}},
		}, []string{"earlier[0] payroll.input.period", "earlier[1] payroll.input.period"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := w.CreateRun(t.Context(), w.cmd(officer), c.spec)
			require.Equal(t, c.want, faultsOf(err))
			_, err = w.Preview(t.Context(), asOfficer, c.spec)
			require.Equal(t, c.want, faultsOf(err), "a preview is refused for the same")
		})
	}
}

// A bonus that is forgotten is paid beside the regular run; neither the next run nor a second off-cycle run pays it again.
func TestAnOffCycleRunPaysTheDifference(t *testing.T) {
	w := newLate(t, latePlan(t, "1_00_000"))
	ctx := t.Context()
	w.pays(t, "E1", "2026-04-01..", "30000")
	w.pays(t, "E2", "2026-04-01..", "30000")
	w.run(t, regular(9))
	_, err := w.Adjust(ctx, w.cmd(officer), payroll.Adjustment{Employee: "E1", Name: "bonus", Period: month(9), Amount: dec("700")})
	require.NoError(t, err)
	id := w.run(t, special(payroll.RunOffCycle, 9, 10, "E1"))
	slip := w.slip(t, id, "E1")
	require.Equal(t, "0.00", amount(t, slip, "basic_pay"))
	require.Equal(t, "700.00", amount(t, slip, "bonus_pay"))
	require.Equal(t, "140.00", amount(t, slip, "tax"), "20 % of what is paid now")
	second := w.slip(t, w.run(t, special(payroll.RunOffCycle, 9, 10, "E1")), "E1")
	require.True(t, second.Total(payroll.Earning).IsZero(), "nothing is left")
	require.Empty(t, w.slip(t, w.run(t, regular(10)), "E1").Arrears)
	_, err = w.Replay(ctx, asOfficer, id)
	require.NoError(t, err)
}

// Somebody is paid before the month is over: the regular run pays the rest, which is nothing but what was learnt since.
func TestARegularRunAfterAnOffCycleRunPaysTheRest(t *testing.T) {
	w := newLate(t, latePlan(t, "1_00_000"))
	w.pays(t, "E1", "2026-04-01..", "30000")
	w.run(t, special(payroll.RunOffCycle, 10, 10, "E1"))
	w.absent(t, "E1", "2026-10-31..2026-10-31", true) // 30,000 x 30 / 31 = 29,032.26
	slip := w.slip(t, w.run(t, regular(10)), "E1")
	require.Equal(t, "-967.74", amount(t, slip, "basic_pay"))
	require.Equal(t, "-96.77", amount(t, slip, "fund"), "2,903.23 - 3,000")
}

// A payslip is taken back, retro leaves its period alone, and a correction pays it by what is known by then.
func TestAReversalAndACorrection(t *testing.T) {
	w := newLate(t, latePlan(t, "5_000"))
	ctx := t.Context()
	w.pays(t, "E1", "2026-04-01..", "30000")
	august := w.run(t, regular(8))
	w.pays(t, "E1", "2026-08-01..2026-08-31", "33000")
	september := w.run(t, regular(9)) // with 3,000 arrears of August, and 300 to the fund: 1,700 are left
	spec := special(payroll.RunReversal, 9, 9, "E1")
	spec.Of = september
	back := w.run(t, spec)
	before, after := w.slip(t, september, "E1"), w.slip(t, back, "E1")
	require.True(t, before.Net().Amount.Equal(after.Net().Amount.Neg()))
	require.Len(t, after.Arrears, 3)
	require.Equal(t, []string{"2026-08-01..2026-08-31 basic_pay 30000", "2026-08-01..2026-08-31 fund 3000", "2026-08-01..2026-08-31 fund_employer 3000"}, w.earned(t, "E1"), "as if September had not been")
	journal, err := w.Journal(ctx, asOfficer, back, lateChart)
	require.NoError(t, err)
	require.NoError(t, journal.Balanced())
	_, err = w.CreateRun(ctx, w.cmd(officer), spec)
	require.NoError(t, err)
	preview, err := w.Preview(ctx, asOfficer, spec)
	require.NoError(t, err)
	require.Equal(t, payroll.RuleRunOf, preview[0].Failures[0].Rule, "it is taken back once")
	preview, err = w.Preview(ctx, asOfficer, regular(9))
	require.NoError(t, err)
	require.Len(t, preview, 1)
	require.Equal(t, payroll.RuleRunPaid, preview[0].Failures[0].Rule, "a regular run does not pay it again")

	w.absent(t, "E1", "2026-09-07..2026-09-07", true)
	october := w.slip(t, w.run(t, regular(10)), "E1")
	require.Equal(t, []string{"basic_pay 8 3000: 3000 by run", "fund 8 300: 300 by run", "fund_employer 8 300: 300 by run"}, told(october), "August is owed again, and September is closed")
	// October took the 1,700 that were left of the fund; September comes first when it is paid.
	fixed := w.slip(t, w.run(t, special(payroll.RunCorrection, 9, 10, "E1")), "E1")
	require.Equal(t, "29000.00", amount(t, fixed, "basic_pay"))
	require.Equal(t, "1700.00", amount(t, fixed, "fund"))
	require.Equal(t, "5800.00", amount(t, fixed, "tax"), "20 % of 29,000: the arrears are October's")
	require.Equal(t, month(9).Through, fixed.Due)
	for _, id := range []payroll.RunID{august, september, back} {
		_, err = w.Replay(ctx, asOfficer, id)
		require.NoError(t, err)
	}
	trace, err := w.Explain(ctx, asOfficer, back, "E1", "fund")
	require.NoError(t, err)
	require.Equal(t, []hr.Ref{{Kind: "run", ID: string(september)}}, trace.Refs)

	w.absent(t, "E1", "2026-09-07..2026-09-07", false)
	november := w.slip(t, w.run(t, regular(11)), "E1")
	require.Contains(t, told(november), "basic_pay 9 1000: 1000 by punch", "and September lives again")
}

// A month that cannot be calculated in time repeats the last; the regular run of the month trues it up, or, where there is none, the next.
func TestAProvisionalRunIsTruedUp(t *testing.T) {
	for _, same := range []bool{true, false} {
		w := newLate(t, latePlan(t, "1_00_000"))
		ctx := t.Context()
		w.pays(t, "E1", "2026-04-01..", "30000")
		last := w.run(t, regular(9))
		w.absent(t, "E1", "2026-10-05..2026-10-05", true) // 30,000 x 30 / 31 = 29,032.26
		spec := special(payroll.RunProvisional, 10, 10)
		spec.Of = last
		id := w.run(t, spec)
		require.Equal(t, "30000.00", amount(t, w.slip(t, id, "E1"), "basic_pay"))
		_, err := w.Replay(ctx, asOfficer, id)
		require.NoError(t, err)
		if same {
			slip := w.slip(t, w.run(t, regular(10)), "E1")
			require.Equal(t, "-967.74", amount(t, slip, "basic_pay"))
			require.Equal(t, "-193.55", amount(t, slip, "tax"), "20 % of 29,032.26 is 5,806.45; 6,000 were taken")
			require.Empty(t, slip.Arrears)
			continue
		}
		slip := w.slip(t, w.run(t, regular(11)), "E1")
		require.Equal(t, []string{"basic_pay 10 -967.74: -967.74 by punch", "fund 10 -96.77: -96.77 by punch", "fund_employer 10 -96.77: -96.77 by punch"}, told(slip))
	}
}

// Who leaves is settled: the days that were worked, and all that earlier months owe; the regular run finds nothing more to pay.
func TestASettlement(t *testing.T) {
	w := newLate(t, latePlan(t, "1_00_000"))
	w.pays(t, "E1", "2026-04-01..", "30000")
	w.pays(t, "E2", "2026-04-01..", "30000")
	w.absent(t, "E1", "2026-09-07..2026-09-07", true)
	w.run(t, regular(9))
	w.absent(t, "E1", "2026-09-07..2026-09-07", false)
	w.pays(t, "E1", "2026-10-11..", "")
	slip := w.slip(t, w.run(t, special(payroll.RunSettlement, 10, 10, "E1")), "E1")
	require.Equal(t, "9677.42", amount(t, slip, "basic_pay"), "30,000 x 10 / 31")
	require.Equal(t, []string{"basic_pay 9 1000: 1000 by punch", "fund 9 100: 100 by punch", "fund_employer 9 100: 100 by punch"}, told(slip))
	preview, err := w.Preview(context.Background(), asOfficer, regular(10))
	require.NoError(t, err)
	require.Len(t, preview, 1)
	require.Equal(t, hr.EmployeeID("E2"), preview[0].Employee, "who is settled is not in it")
}

// What an off-cycle run pays for an earlier month counts in that month: of a fund of 6,500 in the year, August has 4,000 after its raise,
// so 2,500 are left for September, which took 3,000. The off-cycle run itself, in October, left August 3,500 beside those.
func TestWhatIsPaidOffCycleCountsInItsMonth(t *testing.T) {
	w := newLate(t, latePlan(t, "6_500"))
	w.pays(t, "E1", "2026-04-01..", "30000")
	w.run(t, regular(8))
	w.run(t, regular(9))
	w.pays(t, "E1", "2026-08-01..2026-08-31", "40000")
	slip := w.slip(t, w.run(t, special(payroll.RunOffCycle, 8, 10, "E1")), "E1")
	require.Equal(t, "10000.00", amount(t, slip, "basic_pay"))
	require.Equal(t, "500.00", amount(t, slip, "fund"))
	var got []string
	for _, a := range told(w.slip(t, w.run(t, regular(10)), "E1")) {
		line, _, _ := strings.Cut(a, ":")
		got = append(got, line)
	}
	require.Equal(t, []string{"fund 8 500", "fund_employer 8 500", "fund 9 -500", "fund_employer 9 -500"}, got)
}

// What is paid beside a payslip does not take its place: the month counts as paid by the payslip, and who takes that back has the month closed.
func TestAPaymentBesideThePayslipLeavesItInItsPlace(t *testing.T) {
	w := newLate(t, latePlan(t, "1_00_000"))
	ctx := t.Context()
	w.pays(t, "E1", "2026-04-01..", "30000")
	september := w.run(t, regular(9))
	_, err := w.Adjust(ctx, w.cmd(officer), payroll.Adjustment{Employee: "E1", Name: "bonus", Period: month(9), Amount: dec("1000")})
	require.NoError(t, err)
	w.run(t, special(payroll.RunOffCycle, 9, 9, "E1"))
	_, err = w.CreateRun(ctx, w.cmd(officer), regular(9))
	require.Equal(t, []string{"period payroll.run.population"}, faultsOf(err), "E1 is paid")

	back := special(payroll.RunReversal, 9, 9, "E1")
	back.Of = september
	w.run(t, back)
	w.absent(t, "E1", "2026-09-08..2026-09-08", true)
	owed, err := w.Retro(ctx, asOfficer, payroll.PayPeriod{Period: month(10), PayDate: month(10).Through}, "E1")
	require.NoError(t, err)
	require.Empty(t, owed, "a correction run pays the month again, not an arrear")
}

// A copy explains its lines by the payslip that it copies, and says what it does with it.
func TestACopyIsExplainedByWhatItCopies(t *testing.T) {
	w := newLate(t, latePlan(t, "1_00_000"))
	w.pays(t, "E1", "2026-04-01..", "30000")
	september := w.run(t, regular(9))
	back, again := special(payroll.RunReversal, 9, 9, "E1"), regular(10)
	back.Of, again.Of, again.Kind, again.Reason = september, september, payroll.RunProvisional, "clocks are down"
	for _, c := range []struct {
		id          payroll.RunID
		value, rule string
	}{{w.run(t, again), "30000", "repeats the payslip of the run"}, {w.run(t, back), "-30000", "takes back the payslip of the run"}} {
		trace, err := w.Explain(t.Context(), asOfficer, c.id, "E1", "basic_pay")
		require.NoError(t, err)
		require.Equal(t, []string{c.value, c.rule, string(september)}, []string{trace.Value, trace.Rule, trace.Refs[0].ID})
	}
}
