package leave_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave"
)

func earned(a leave.Accrual, e leave.Expiry) leave.Policy {
	return leave.Policy{Type: "earned", Name: "Earned leave", Unit: leave.Days, Paid: dec("1"), Accrual: a, Expiry: e}
}

func timeline(t testing.TB, steps ...hr.Step[leave.Policy]) hr.Timeline[leave.Policy] {
	t.Helper()
	p, err := leave.NewPolicies(steps...)
	require.NoError(t, err)
	return p["earned"]
}

func ids(entries []leave.Entry) []string {
	var out []string
	for _, e := range entries {
		out = append(out, e.ID)
	}
	return out
}

func TestAccrue(t *testing.T) {
	monthly := earned(leave.Accrual{Every: leave.Monthly, Days: dec("1.5"), Day: 31}, leave.Expiry{Months: 12})
	policies := timeline(t, hr.Step[leave.Policy]{Since: hr.MustDate("2026-01-01"), Value: monthly})
	employed := []hr.Period{hr.MustPeriod("2026-01-31..2026-03-30"), hr.MustPeriod("2026-05-01..")}

	due, err := leave.Accrue("earned", policies, employed, nil, hr.MustDate("2026-06-29"))
	require.NoError(t, err)
	// The 31st of February is the 28th. Not employed on 31 March and 30 April; 30 June has not come.
	require.Equal(t, []string{"accrual/earned/2026-01", "accrual/earned/2026-02", "accrual/earned/2026-05"}, ids(due))
	require.Equal(t, hr.MustPeriod("2026-01-31..2027-01-30"), due[0].Period)
	require.Equal(t, hr.MustPeriod("2026-02-28..2027-02-27"), due[1].Period)
	require.Equal(t, "1.5", due[0].Value.Quantity.String())

	again, err := leave.Accrue("earned", policies, employed, due, hr.MustDate("2026-06-30"))
	require.NoError(t, err)
	require.Equal(t, []string{"accrual/earned/2026-06"}, ids(again))
}

func TestAccrueYearlyAndChange(t *testing.T) {
	yearly := earned(leave.Accrual{Every: leave.Yearly, Days: dec("12"), Day: 1, Month: time.April}, leave.Expiry{Months: 12})
	more := yearly
	more.Accrual.Days = dec("15")
	off := earned(leave.Accrual{}, leave.Expiry{})
	policies := timeline(
		t,
		hr.Step[leave.Policy]{Since: hr.MustDate("2024-01-01"), Value: yearly},
		hr.Step[leave.Policy]{Since: hr.MustDate("2026-04-01"), Value: more},
		hr.Step[leave.Policy]{Since: hr.MustDate("2027-01-01"), Value: off},
	)
	due, err := leave.Accrue("earned", policies, []hr.Period{hr.MustPeriod("2020-01-01..")}, nil, hr.MustDate("2028-12-31"))
	require.NoError(t, err)
	require.Equal(t, []string{"accrual/earned/2024", "accrual/earned/2025", "accrual/earned/2026"}, ids(due))
	require.Equal(t, "15", due[2].Value.Quantity.String())
	require.Equal(t, hr.MustPeriod("2026-04-01..2027-03-31"), due[2].Period)
}

func TestAccrueAfterAnOpeningBalance(t *testing.T) {
	monthly := earned(leave.Accrual{Every: leave.Monthly, Days: dec("1"), Day: 1}, leave.Expiry{})
	policies := timeline(t, hr.Step[leave.Policy]{Since: hr.MustDate("2020-01-01"), Value: monthly})
	opening := credit("o", 1, dec("7"), hr.MustPeriod("2026-10-01.."))
	opening.Value.Kind = leave.Opening
	due, err := leave.Accrue("earned", policies, []hr.Period{hr.MustPeriod("2015-06-01..")}, []leave.Entry{opening}, hr.MustDate("2026-11-30"))
	require.NoError(t, err)
	require.Equal(t, []string{"accrual/earned/2026-10", "accrual/earned/2026-11"}, ids(due), "what came before is in the opening balance")

	_, err = leave.Accrue("earned", policies, nil, nil, hr.Date{})
	require.Equal(t, []hr.Rule{leave.RuleAccrualThrough}, rulesOf(err))
}

func TestAccrueForWhoeverIsEmployed(t *testing.T) {
	monthly := earned(leave.Accrual{Every: leave.Monthly, Days: dec("1"), Day: 1}, leave.Expiry{})
	policies := timeline(t, hr.Step[leave.Policy]{Since: hr.MustDate("2026-01-01"), Value: monthly})
	through := hr.MustDate("2026-12-31")
	for _, c := range []struct {
		why      string
		policies hr.Timeline[leave.Policy]
		employed []hr.Period
		want     []string
	}{
		{"nobody", policies, nil, nil},
		{"no policy", hr.Timeline[leave.Policy]{}, []hr.Period{hr.MustPeriod("2026-01-01..")}, nil},
		{
			"hired again, the later time first", policies,
			[]hr.Period{hr.MustPeriod("2026-11-15.."), hr.MustPeriod("2026-01-15..2026-03-01")},
			[]string{"accrual/earned/2026-02", "accrual/earned/2026-03", "accrual/earned/2026-12"},
		},
	} {
		due, err := leave.Accrue("earned", c.policies, c.employed, nil, through)
		require.NoError(t, err, c.why)
		require.Equal(t, c.want, ids(due), c.why)
		for _, e := range due {
			require.True(t, e.Period.Open(), "without an expiry a lot never lapses")
		}
	}
	forever := earned(leave.Accrual{Every: leave.Monthly, Days: dec("1"), Day: 1}, leave.Expiry{Months: 12 * 9999})
	_, err := leave.Accrue("earned", timeline(t, hr.Step[leave.Policy]{Since: hr.MustDate("2026-01-01"), Value: forever}), []hr.Period{hr.MustPeriod("2026-01-01..")}, nil, through)
	require.Equal(t, []hr.Rule{hr.RuleDateRange}, rulesOf(err), "a lot that would lapse after the end of the calendar")
}

// However the runs fall, and however often they are repeated, the same credits are posted.
func TestAccrueCatchesUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		first := hr.MustDate("2024-01-01")
		step := func(name string, since hr.Date) hr.Step[leave.Policy] {
			return hr.Step[leave.Policy]{Since: since, Value: earned(leave.Accrual{
				Every: leave.Monthly, Days: dec("1.25"), Day: rapid.IntRange(1, 31).Draw(t, name),
			}, leave.Expiry{})}
		}
		p, err := leave.NewPolicies(step("before", first), step("after", first.Add(rapid.IntRange(1, 700).Draw(t, "changed"))))
		require.NoError(t, err)
		employed := []hr.Period{{From: first.Add(rapid.IntRange(-50, 300).Draw(t, "joined"))}}
		last := 900
		want, err := leave.Accrue("earned", p["earned"], employed, nil, first.Add(last))
		require.NoError(t, err)
		var got []leave.Entry
		for at := 0; at < last; {
			at = min(last, at+rapid.IntRange(0, 200).Draw(t, "pause"))
			due, err := leave.Accrue("earned", p["earned"], employed, got, first.Add(at))
			require.NoError(t, err)
			got = append(got, due...)
		}
		require.Equal(t, ids(want), ids(got))
	})
}

// A leave year from the day of joining: who joined on a 29 February begins theirs on 1 March of common years. The last year of the calendar has no end.
func TestLeaveYears(t *testing.T) {
	own := leave.Year{Joining: true}
	require.Equal(t, hr.MustPeriod("2026-03-01..2027-02-28"), own.Containing(hr.MustDate("2026-03-05"), hr.MustDate("2020-02-29")))
	require.Equal(t, hr.MustPeriod("2027-03-01..2028-02-28"), own.Containing(hr.MustDate("2028-02-28"), hr.MustDate("2020-02-29")))
	require.Equal(t, hr.MustPeriod("2028-02-29..2029-02-28"), own.Containing(hr.MustDate("2028-02-29"), hr.MustDate("2020-02-29")))
	require.Zero(t, own.Containing(hr.MustDate("2020-02-28"), hr.MustDate("2020-02-29")))
	require.Zero(t, own.Containing(hr.MustDate("9999-06-01"), hr.MustDate("9999-01-02")))
	require.Equal(t, hr.MustPeriod("2025-04-06..2026-04-05"), leave.Year{Month: time.April, Day: 6}.Containing(hr.MustDate("2026-04-05"), hr.Date{}))
	for _, good := range []leave.Year{{}, own, {Month: time.January, Day: 1}, {Month: time.December, Day: 28}} {
		require.NoError(t, good.Validate())
	}
	for _, bad := range []leave.Year{{Month: 13, Day: 1}, {Month: -1, Day: 1}, {Month: time.April, Day: 29}, {Month: time.April}, {Joining: true, Day: 1}} {
		require.Equal(t, []hr.Rule{leave.RulePolicyYear}, rulesOf(bad.Validate()), bad)
	}
}

func TestPolicyFaults(t *testing.T) {
	_, err := leave.NewPolicies(
		hr.Step[leave.Policy]{Since: hr.MustDate("2026-01-01"), Value: leave.Policy{
			Unit: "hours", Paid: dec("1.1"), Accrual: leave.Accrual{Every: "week", Days: dec("-1"), Day: 32, Month: 13},
			Counting: leave.Counting{Sandwich: "x"}, Negative: leave.Negative{Limit: dec("-1"), NoLimit: true},
			Consumption: leave.Consumption{Order: "lifo"}, Expiry: leave.Expiry{Months: -1},
		}},
	)
	require.Equal(t, []hr.Rule{
		leave.RulePolicyType, leave.RulePolicyType, leave.RulePolicyUnit, leave.RulePolicyPaid,
		leave.RulePolicyAccrual, leave.RulePolicyAccrual, leave.RulePolicyAccrual,
		leave.RulePolicyExpiry, leave.RulePolicyCounting, leave.RulePolicyNegative, leave.RulePolicyNegative, leave.RulePolicyOrder,
	}, rulesOf(err))
	good := earned(leave.Accrual{}, leave.Expiry{})
	_, err = leave.NewPolicies(hr.Step[leave.Policy]{Since: hr.MustDate("2026-01-01"), Value: good}, hr.Step[leave.Policy]{Since: hr.MustDate("2026-01-01"), Value: good}, hr.Step[leave.Policy]{Value: good})
	require.Equal(t, []hr.Rule{leave.RulePolicyType, leave.RulePolicyType}, rulesOf(err))
	for _, a := range []leave.Accrual{
		{Days: dec("1")},
		{Every: leave.Yearly, Days: dec("1"), Day: 1},
		{Every: leave.Monthly, Days: dec("1"), Day: 1, Month: time.May},
		{Every: leave.Anniversary, PerYear: dec("12")},
	} {
		require.Equal(t, []hr.Rule{leave.RulePolicyAccrual}, rulesOf(a.Validate()))
	}
	for _, a := range []leave.Accrual{{Every: leave.Anniversary}, {Every: leave.Yearly, Days: dec("1"), Day: 1, Month: time.December}} { // an anniversary by tiers
		require.NoError(t, a.Validate())
	}
	_, err = leave.NewPolicies(hr.Step[leave.Policy]{Since: hr.MustDate("2026-01-01"), Void: true})
	require.Equal(t, []hr.Rule{leave.RulePolicyType}, rulesOf(err), "an end of what type?")
	p, err := leave.NewPolicies(hr.Step[leave.Policy]{Since: hr.MustDate("2026-01-01"), Value: good})
	require.NoError(t, err)
	_, err = p.At("earned", hr.MustDate("2025-12-31"))
	require.Equal(t, []hr.Rule{leave.RuleTypeUnknown}, rulesOf(err))
	require.ErrorIs(t, err, hr.ErrNoValue)
}

// A policy credits half years from April; the next one, since December, months of calendar years. The half year that has begun runs to its end under the policy of its first
// day, and the months after it are credited: those inside of it are not, though the new policy holds on all days of their year.
func TestAPeriodThatHasBegunIsNotCreditedAgainByTheNextPolicy(t *testing.T) {
	halves := earned(leave.Accrual{Every: leave.HalfYearly, PerYear: dec("24"), Day: 1}, leave.Expiry{})
	halves.Year = leave.Year{Month: 4, Day: 1}
	months := earned(leave.Accrual{Every: leave.Monthly, PerYear: dec("12"), Day: 1}, leave.Expiry{})
	months.Year = leave.Year{Month: 1, Day: 1}
	policies := timeline(t, hr.Step[leave.Policy]{Since: hr.MustDate("2020-04-01"), Value: halves}, hr.Step[leave.Policy]{Since: hr.MustDate("2020-12-15"), Value: months})
	due, err := leave.Due("earned", policies, []hr.Period{hr.MustPeriod("2020-04-01..")}, nil, hr.MustDate("2022-02-28"))
	require.NoError(t, err)
	var got []string
	for _, e := range due {
		got = append(got, e.Period.From.String()+" "+e.Value.Quantity.String())
	}
	want := []string{"2020-04-01 12", "2020-10-01 12"}
	for _, month := range []string{"2021-04", "2021-05", "2021-06", "2021-07", "2021-08", "2021-09", "2021-10", "2021-11", "2021-12", "2022-01", "2022-02"} {
		want = append(want, month+"-01 1")
	}
	require.Equal(t, want, got)
}
