package app_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/storage/schedule"
)

// erasures runs the job of erasures alone, on one day and on those that it has missed.
func (y *year) erasures(t *testing.T, day string) (left []schedule.Left) {
	t.Helper()
	y.now = hr.MustDate(day).At(hr.MustTimeOfDay("12:00"), y.Company.Zone)
	s := y.Scheduler(func(_ context.Context, o schedule.Outcome) {
		require.NoError(t, o.Err)
		left = append(left, o.Left...)
	})
	for _, j := range s.Jobs {
		if j.Name == "erasures" {
			j.Since = hr.MustDate("2034-03-31")
			s.Jobs = []schedule.Job{j}
			break
		}
	}
	_, err := s.CatchUp(t.Context())
	require.NoError(t, err)
	return left
}

// Whoever has left is erased by the automaton on the first day on which no law of the pack asks for them. The last is that of tax on salary: seven years after the
// end of the tax year, which for a last day of 15 January 2027 ends on 31 March 2027: kept through 31 March 2034. A legal hold keeps them longer, and says so.
func TestLeaversAreErasedWhenNothingKeepsThem(t *testing.T) {
	y := newYear(t) // E006 leaves on 15 January 2027
	ctx := t.Context()
	require.NoError(t, y.office.People.Exit(ctx, y.cmd(), "E007", hr.MustDate("2027-01-15"), "resigned"))
	hold, err := y.office.People.PlaceHold(ctx, y.cmd(), lifecycle.LegalHold{Employee: "E007", Matter: "a claim"})
	require.NoError(t, err)
	named := func(want ...hr.EmployeeID) {
		t.Helper()
		var got []hr.EmployeeID
		for _, id := range []hr.EmployeeID{"E001", "E006", "E007"} {
			e, err := y.db.Employment(ctx, id)
			require.NoError(t, err)
			require.Equal(t, e.Person.Name == "", e.IsErased(hr.ClassContact), "whose name is gone is said to be erased")
			if e.Person.Name != "" {
				got = append(got, id)
			}
		}
		require.Equal(t, want, got)
	}
	require.Empty(t, y.erasures(t, "2034-03-31"))
	named("E001", "E006", "E007")

	left := y.erasures(t, "2034-04-01")
	named("E001", "E007")
	require.Len(t, left, 1)
	require.Equal(t, "E007", left[0].About)
	require.Equal(t, lifecycle.RuleErasureHeld, hr.FieldErrors(left[0].Err)[0].Rule)

	// And the plan explains both, by law and by hold.
	v := hr.View{Actor: hr.Actor{ID: "test"}, Purpose: "test"}
	plan, err := y.office.People.ErasurePlan(ctx, v, "E007")
	require.NoError(t, err)
	require.Equal(t, lifecycle.Held, plan[0].Verdict)
	require.Equal(t, []string{"hold/" + string(hold), "in.salary_tax"}, []string{plan[0].Why[0].Rule, plan[0].Why[1].Rule})
	require.Equal(t, hr.MustDate("2034-03-31"), plan[0].Why[1].Through)
	require.NotEmpty(t, plan[0].Why[1].Source.Section)
	plan, err = y.office.People.ErasurePlan(ctx, v, "E006")
	require.NoError(t, err)
	require.Equal(t, lifecycle.Gone, plan[0].Verdict)

	require.NoError(t, y.office.People.ReleaseHold(ctx, y.cmd(), hold))
	require.Empty(t, y.erasures(t, "2034-04-02"))
	named("E001")
	require.Empty(t, y.erasures(t, "2034-04-03"), "and once is enough")
}
