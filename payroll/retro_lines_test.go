package payroll_test

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/storage"
)

// A raise of September is learnt, and then a plan is adopted for it whose fund is 20 % and not 10 %. The plan is looked at first, whichever was learnt first: 3,000 more
// for the 30,000 that were paid, and then 200 for the raise.
func TestAnAdoptedPlanIsACauseBeforeAnyFact(t *testing.T) {
	for name, raisedFirst := range map[string]bool{"the raise is learnt first": true, "the plan is adopted first": false} {
		t.Run(name, func(t *testing.T) {
			w := newLate(t, latePlan(t, "1_00_000"))
			double := grossPlan(t, strings.ReplaceAll(strings.ReplaceAll(lateRules, "%CEILING%", "1_00_000"), "10% *", "20% *"))
			w.Plans = append(w.Plans, double)
			w.pays(t, "E1", "2026-04-01..", "30000")
			for range 9 { // so that the adoption has a higher number than any fact of the employee
				w.adopt(t, w.Plans[0], "2026-04-01..")
			}
			w.run(t, regular(9))
			raise := func() { w.pays(t, "E1", "2026-09-01..2026-09-30", "31000") }
			if raisedFirst {
				raise()
			}
			w.adopt(t, double, "2026-09-01..")
			if !raisedFirst {
				raise()
			}
			require.Equal(t, []string{
				"basic_pay 9 1000: 1000 by terms",
				"fund 9 3200: 3000 by adoption 200 by terms",
				"fund_employer 9 3200: 3000 by adoption 200 by terms",
			}, told(w.slip(t, w.run(t, regular(10)), "E1")))
		})
	}
}

// September was paid a meal allowance, and the program holds no plan with that line any more. Neither arrears of September nor a payslip beside it can say what the line was.
func TestALineThatNoPlanHasAnyMore(t *testing.T) {
	text := strings.ReplaceAll(lateRules, "%CEILING%", "1_00_000")
	w := newLate(t, grossPlan(t, text+"line meals in earnings = 100\n"))
	w.pays(t, "E1", "2026-04-01..", "30000")
	w.run(t, regular(9))
	without := grossPlan(t, text)
	w.Plans = []*payroll.Plan{without}
	w.adopt(t, without, "2026-09-01..")
	for _, c := range []struct {
		spec payroll.RunSpec
		want string
	}{
		{regular(10), "arrears.meals payroll.retro.line"},
		{special(payroll.RunOffCycle, 9, 10, "E1"), "lines.meals payroll.retro.line"},
	} {
		results, err := w.Preview(t.Context(), asOfficer, c.spec)
		require.NoError(t, err)
		var got []string
		for _, f := range results[0].Failures {
			got = append(got, f.Path+" "+string(f.Rule))
		}
		require.Equal(t, []string{c.want}, got)
	}
}

// E1 was paid for September by the plan of then, and E2, who came late, by the one that was adopted since. A raise of both is held against what each was paid by: the adoption is
// a cause for E1 alone.
func TestEachIsLookedAtByThePlanThatPaidThem(t *testing.T) {
	w := newLate(t, latePlan(t, "1_00_000"))
	double := grossPlan(t, strings.ReplaceAll(strings.ReplaceAll(lateRules, "%CEILING%", "1_00_000"), "10% *", "20% *"))
	w.Plans = append(w.Plans, double)
	w.pays(t, "E1", "2026-04-01..", "30000")
	w.run(t, regular(9))
	w.adopt(t, double, "2026-09-01..")
	w.pays(t, "E2", "2026-09-01..", "30000")
	w.run(t, special(payroll.RunCorrection, 9, 9, "E2"))
	for _, e := range []hr.EmployeeID{"E1", "E2"} {
		w.pays(t, e, "2026-09-01..2026-09-30", "31000")
	}
	october := w.run(t, regular(10))
	for e, want := range map[hr.EmployeeID]string{"E1": "fund 9 3200: 3000 by adoption 200 by terms", "E2": "fund 9 200: 200 by terms"} {
		require.Equal(t, want, told(w.slip(t, october, e))[1], e)
	}
}

// September was paid, and then it is learnt that the employment began in October, or that it was in another currency. The first takes all of September back; the second is a
// fault, and takes nothing back.
func TestAPeriodThatTurnsOutWithoutEmployment(t *testing.T) {
	w := newLate(t, latePlan(t, "1_00_000"))
	for _, e := range []hr.EmployeeID{"E1", "E2"} {
		w.pays(t, e, "2026-09-01..", "30000")
	}
	w.run(t, regular(9))
	w.pays(t, "E1", "2026-09-01..2026-09-30", "")
	w.pays(t, "E2", "2026-09-01..2026-09-30", "30000")
	mine := w.facts.terms["E2"]
	mine[len(mine)-1].Value.Currency = "USD"
	results, err := w.Preview(t.Context(), asOfficer, regular(10))
	require.NoError(t, err)
	require.Empty(t, results[0].Failures)
	require.Equal(t, []string{"basic_pay 9 -30000: -30000 by terms", "fund 9 -3000: -3000 by terms", "fund_employer 9 -3000: -3000 by terms"}, told(results[0].Slip))
	require.Len(t, results[1].Failures, 1)
	require.Equal(t, payroll.RuleInputCurrency, results[1].Failures[0].Rule)
}

// E1 was employed in March, before any plan was adopted, and was not paid for it. That is a fault of E1, and March is not passed over.
func TestAnEarlierPeriodWithoutAPlanIsAFault(t *testing.T) {
	w := newLate(t, latePlan(t, "1_00_000"))
	w.pays(t, "E1", "2026-03-01..", "30000")
	spec := regular(4)
	spec.Earlier = []payroll.PayPeriod{{Period: month(3), PayDate: month(3).Through}}
	results, err := w.Preview(t.Context(), asOfficer, spec)
	require.NoError(t, err)
	require.Len(t, results[0].Failures, 1)
	require.Equal(t, payroll.RulePlanAdopted, results[0].Failures[0].Rule)
}

// What earlier pay was calculated from was erased. If it comes out otherwise since, that is not provable; if it comes out the same, it needs no proof.
func TestArrearsOfWhoWasErasedAreNotProvable(t *testing.T) {
	w := newLate(t, latePlan(t, "1_00_000"))
	for _, e := range []hr.EmployeeID{"E1", "E2", "E3"} {
		w.pays(t, e, "2026-04-01..", "30000")
	}
	w.run(t, regular(9))
	w.pays(t, "E1", "2026-09-01..2026-09-30", "31000")
	w.pays(t, "E2", "2026-09-01..2026-09-30", "30000")
	w.pays(t, "E3", "2026-09-01..2026-09-30", "31000")
	var graves []storage.Grave
	for _, e := range []hr.EmployeeID{"E1", "E2"} {
		graves = append(graves, storage.Grave{Subject: storage.SubjectEmployee(e), Class: hr.ClassPrivate, On: hr.MustDate("2026-10-02")})
	}
	w.Keys = tombs{list: graves}
	owed, err := w.Retro(t.Context(), asOfficer, payroll.PayPeriod{Period: month(10), PayDate: month(10).Through})
	require.NoError(t, err)
	require.Len(t, owed, 2)
	require.Equal(t, hr.EmployeeID("E1"), owed[0].Employee)
	require.Len(t, owed[0].Failures, 1)
	require.Equal(t, payroll.RuleRunErased, owed[0].Failures[0].Rule)
	require.Equal(t, "are not provable: what earlier pay was calculated from was erased on 2026-10-02", owed[0].Failures[0].Reason)
	require.Equal(t, hr.EmployeeID("E3"), owed[1].Employee)
	require.Empty(t, owed[1].Failures)
}

// policies is a source that tells of a change of everybody in September, and of one of somebody who was not asked about.
type policies struct{}

func (policies) Changes(context.Context, hr.View, []hr.Pin) ([]hr.Change, error) {
	cause := hr.Ref{Kind: "policy", ID: "P1"}
	return []hr.Change{{Period: month(9), Cause: cause}, {Employee: "E9", Period: month(8), Cause: cause}}, nil
}

// A change without an employee is of everybody: each payslip looks at the period again. One of somebody else is nobody's.
func TestAChangeOfEverybodyIsLookedAtForEach(t *testing.T) {
	w := newLate(t, latePlan(t, "1_00_000"))
	for _, e := range []hr.EmployeeID{"E1", "E2"} {
		w.pays(t, e, "2026-04-01..", "30000")
	}
	w.run(t, regular(8))
	w.run(t, regular(9))
	for _, e := range []hr.EmployeeID{"E1", "E2"} {
		w.take(t, e)
	}
	w.Changes = []payroll.Changes{policies{}}
	october := w.run(t, regular(10))
	for _, e := range []hr.EmployeeID{"E1", "E2"} {
		var looked []hr.Period
		for _, x := range w.slip(t, october, e).Looked {
			looked = append(looked, x.Period)
		}
		require.Equal(t, []hr.Period{month(9)}, looked, e)
	}
}

// A bonus of September was known when September was calculated, and something else was learnt before September was paid. October looks at nothing again.
func TestWhatWasPaidIsNotLookedAtAgain(t *testing.T) {
	w := newLate(t, latePlan(t, "1_00_000"))
	w.pays(t, "E1", "2026-04-01..", "30000")
	bonus := func(m int) {
		_, err := w.Adjust(t.Context(), w.cmd(officer), payroll.Adjustment{Employee: "E1", Name: "bonus", Period: month(m), Amount: dec("500")})
		require.NoError(t, err)
	}
	bonus(9)
	id, err := w.CreateRun(t.Context(), w.cmd(officer), regular(9))
	require.NoError(t, err)
	digest, err := w.Calculate(t.Context(), w.cmd(officer), id)
	require.NoError(t, err)
	bonus(10)
	_, err = w.Approve(t.Context(), w.cmd(chief), id, digest)
	require.NoError(t, err)
	_, err = w.Pay(t.Context(), w.cmd(officer), id)
	require.NoError(t, err)
	october := w.slip(t, w.run(t, regular(10)), "E1")
	require.Equal(t, "500.00", amount(t, october, "bonus_pay"))
	require.Empty(t, october.Looked)
}
