package payroll_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
)

// A raise of September is learnt in November. October is looked at again where the fund of a year may end in it, for that depends on September, and else not.
func TestLaterMonthsAreLookedAtAgainWhereTheyDependOnEarlier(t *testing.T) {
	alone := grossPlan(t, "input basic: money by piece\ninput payable_days: days by piece\ninput period_days: days\nline basic_pay in earnings = round(pieces(basic * payable_days / period_days), 0.01)\n")
	for name, c := range map[string]struct {
		plan *payroll.Plan
		want []hr.Period
	}{"by the year": {latePlan(t, "1_00_000"), []hr.Period{month(9), month(10)}}, "alone": {alone, []hr.Period{month(9)}}} {
		t.Run(name, func(t *testing.T) {
			w := newLate(t, c.plan)
			w.pays(t, "E1", "2026-04-01..", "30000")
			w.run(t, regular(9))
			w.run(t, regular(10))
			w.pays(t, "E1", "2026-09-01..2026-09-30", "31000")
			var looked []hr.Period
			for _, x := range w.slip(t, w.run(t, regular(11)), "E1").Looked {
				looked = append(looked, x.Period)
			}
			require.Equal(t, c.want, looked)
		})
	}
}

// pages keeps of whom terms were asked together.
type pages struct {
	*learnt
	of [][]hr.EmployeeID
}

func (p *pages) TermsOf(ctx context.Context, v hr.View, pins []hr.Pin, over hr.Period) ([]hr.Timeline[hr.Terms], error) {
	var ids []hr.EmployeeID
	for _, pin := range pins {
		ids = append(ids, pin.Employee)
	}
	p.of = append(p.of, ids)
	return p.learnt.TermsOf(ctx, v, pins, over)
}

// A chunk asks for the facts of all who are paid for the same days on the same day at once.
func TestAChunkAsksForEverybodyTogether(t *testing.T) {
	w := newLate(t, latePlan(t, "1_00_000"))
	for _, e := range []hr.EmployeeID{"E1", "E2", "E3"} {
		w.pays(t, e, "2026-04-01..", "30000")
	}
	asked := &pages{learnt: w.facts}
	w.Terms = asked
	id, err := w.CreateRun(t.Context(), w.cmd(officer), regular(9))
	require.NoError(t, err)
	asked.of = nil
	_, err = w.Calculate(t.Context(), w.cmd(officer), id)
	require.NoError(t, err)
	require.Equal(t, [][]hr.EmployeeID{{"E1", "E2", "E3"}}, asked.of)

	w.finish(t, id)
	for _, e := range []hr.EmployeeID{"E1", "E2", "E3"} {
		w.absent(t, e, "2026-09-08..2026-09-08", true)
	}
	asked.of = nil
	owed, err := w.Retro(t.Context(), asOfficer, payroll.PayPeriod{Period: month(10), PayDate: month(10).Through})
	require.NoError(t, err)
	require.Len(t, owed, 3)
	require.Equal(t, [][]hr.EmployeeID{{"E1", "E2", "E3"}, {"E1", "E2", "E3"}}, asked.of, "as it was known, and as it is")
}

// A regular run has compared all that was known when it calculated. Its posting says through where: through itself, if nothing was learnt before it was paid, so that nobody is
// looked at again for it; else only through what it knew, also where what was learnt changes nothing of it.
func TestAPostingSaysThroughWhereItCompared(t *testing.T) {
	for name, learns := range map[string]bool{"nothing is learnt": false, "a bonus of the next month is learnt": true} {
		t.Run(name, func(t *testing.T) {
			w := newLate(t, latePlan(t, "1_00_000"))
			w.pays(t, "E1", "2026-04-01..", "30000")
			id, err := w.CreateRun(t.Context(), w.cmd(officer), regular(9))
			require.NoError(t, err)
			digest, err := w.Calculate(t.Context(), w.cmd(officer), id)
			require.NoError(t, err)
			calculated := w.slip(t, id, "E1").Settled
			if learns {
				_, err := w.Adjust(t.Context(), w.cmd(officer), payroll.Adjustment{Employee: "E1", Name: "bonus", Period: month(10), Amount: dec("500")})
				require.NoError(t, err)
			}
			_, err = w.Approve(t.Context(), w.cmd(chief), id, digest)
			require.NoError(t, err)
			_, err = w.Pay(t.Context(), w.cmd(officer), id)
			require.NoError(t, err)
			lists, err := w.db.PostingsOf(t.Context(), []hr.Pin{{Employee: "E1"}})
			require.NoError(t, err)
			posting := lists[0][0]
			want := posting.Seq
			if learns {
				want = calculated.Own
				require.Less(t, calculated.Own+1, posting.Seq)
			}
			require.Equal(t, want, posting.Value.Settled.Own)
		})
	}
}
