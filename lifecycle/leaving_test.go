package lifecycle_test

import (
	"fmt"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/lifecycle"
)

// A notice of two months, given on 10 August, is due through 10 October: 61 days. Basic 30000 a month. Days short cost by each rate:
//
//	last day 20 September: served 41, missing 20, from 21 September: 10 days of September, 10 of October
//	calendar days  30000 x (10/30 + 10/31)  = 10000 + 9677.419... = 19677.42
//	fixed 30       30000 x 20 / 30          = 20000
//	fixed 26       30000 x 20 / 26          = 23076.923...        = 23076.92
//	year of 365    30000 x 12 x 20 / 365    = 19726.027...        = 19726.03
func TestNoticeThatIsNotServed(t *testing.T) {
	rule := lifecycle.NoticeRule{Months: 2, Monthly: hr.MustMoney("30000", "INR")}
	given := lifecycle.NoticeDates{Given: day("2026-08-10")}
	for rate, want := range map[lifecycle.DayRate]string{
		lifecycle.ByCalendarDays: "19677.42", lifecycle.ByThirty: "20000", lifecycle.ByTwentySix: "23076.92", lifecycle.ByYear: "19726.03",
	} {
		rule.Rate = rate
		o, err := rule.Settle(given, day("2026-09-20"), 0)
		require.NoError(t, err)
		require.Equal(t, want, o.Amount.Amount.String(), rate)
		require.Equal(t, lifecycle.NoticeOutcome{
			Through: day("2026-10-10"), Served: 41, Short: hr.MustPeriod("2026-09-21..2026-10-10"), Days: 20, RecoverFrom: true,
			Amount: o.Amount, Explanation: o.Explanation,
		}, o)
		require.NotContains(t, o.Explanation, "30000")
	}
	rule.Rate = lifecycle.ByThirty
	for name, c := range map[string]struct {
		last   string
		waived int
		days   int
		amount string
	}{
		"served in full":          {"2026-10-10", 0, 0, "0"},
		"and beyond":              {"2026-10-31", 0, 0, "0"},
		"half of it waived":       {"2026-09-20", 10, 10, "10000"},
		"all of it waived":        {"2026-09-20", 20, 0, "0"},
		"gone on the day, all 61": {"2026-08-10", 0, 61, "61000"},
		"one day short":           {"2026-10-09", 0, 1, "1000"},
	} {
		o, err := rule.Settle(given, day(c.last), c.waived)
		require.NoError(t, err, name)
		require.Equal(t, c.days, o.Days, name)
		require.Equal(t, c.days+c.waived == 0, o.Short.IsZero(), name)
		require.True(t, decimal.RequireFromString(c.amount).Equal(o.Amount.Amount), "%s: %s", name, o.Amount)
	}
	unpaid := rule
	unpaid.Monthly = hr.MustMoney("0", "INR")
	o, err := unpaid.Settle(given, day("2026-09-20"), 0)
	require.NoError(t, err, "a month may be worth nothing")
	require.Equal(t, "20 0", fmt.Sprint(o.Days, " ", o.Amount.Amount))
	counted := rule // the day it is given counts: 10 August through 9 October, of which the 41st day is 19 September
	counted.CountsGiven = true
	o, err = counted.Settle(given, day("2026-09-19"), 0)
	require.NoError(t, err)
	require.Equal(t, lifecycle.NoticeOutcome{
		Through: day("2026-10-09"), Served: 41, Short: hr.MustPeriod("2026-09-20..2026-10-09"), Days: 20, RecoverFrom: true, Amount: o.Amount, Explanation: o.Explanation,
	}, o)
	given.ByEmployer = true
	o, err = rule.Settle(given, day("2026-08-10"), 0)
	require.NoError(t, err)
	require.False(t, o.RecoverFrom, "what the employer does not give, the employer pays")
	rule.Rounding = hr.MustRounding("1", hr.Down)
	rule.Rate = lifecycle.ByTwentySix
	o, err = rule.Settle(given, day("2026-09-20"), 0)
	require.NoError(t, err)
	require.Equal(t, "23076", o.Amount.Amount.String())
}

func TestNoticeRefuses(t *testing.T) {
	settle := func(r lifecycle.NoticeRule, given, last string, waived int) []string {
		var n lifecycle.NoticeDates
		var l hr.Date
		if given != "" {
			n.Given = day(given)
		}
		if last != "" {
			l = day(last)
		}
		_, err := r.Settle(n, l, waived)
		return faults(err)
	}
	good := lifecycle.NoticeRule{Days: 30, Rate: lifecycle.ByThirty, Monthly: hr.MustMoney("30000", "INR")}
	require.Equal(t, []string{
		"given lifecycle.notice.dates", "last_day lifecycle.notice.dates", "rule lifecycle.notice.rate", "rule.monthly lifecycle.notice.rate", "rule.rate lifecycle.notice.rate",
	}, settle(lifecycle.NoticeRule{Days: -1}, "", "", 0))
	require.Equal(t, []string{"last_day lifecycle.notice.dates"}, settle(good, "2026-08-10", "2026-08-09", 0))
	require.Equal(t, []string{"waived lifecycle.notice.rate"}, settle(good, "2026-08-10", "2026-09-08", 2))
	require.Equal(t, []string{"waived lifecycle.notice.rate"}, settle(good, "2026-08-10", "2026-09-08", -1))
}

// Whatever the dates: every day of the notice is served, missing or waived, once; and by calendar days what is missing costs, day after day,
// its part of its own month.
func TestNoticeCountsEveryDayOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		given := day("2026-01-01").Add(rapid.IntRange(0, 800).Draw(t, "given"))
		r := lifecycle.NoticeRule{
			Months: rapid.IntRange(0, 4).Draw(t, "months"), Days: rapid.IntRange(0, 40).Draw(t, "days"), Rate: lifecycle.ByCalendarDays,
			Monthly: hr.MustMoney("40920", "INR"), Rounding: hr.MustRounding("0.000001", hr.HalfUp),
		}
		last := given.Add(rapid.IntRange(0, 200).Draw(t, "stays"))
		o, err := r.Settle(lifecycle.NoticeDates{Given: given}, last, 0)
		require.NoError(t, err)
		served, missing := 0, 0
		sum := decimal.Zero
		for d := given.Add(1); !d.After(o.Through); d = d.Add(1) {
			if d.After(last) {
				missing++
				sum = sum.Add(r.Monthly.Amount.DivRound(decimal.NewFromInt(int64(d.DaysInMonth())), 12))
			} else {
				served++
			}
		}
		require.Equal(t, []int{served, missing}, []int{o.Served, o.Days})
		require.True(t, sum.Sub(o.Amount.Amount).Abs().LessThan(decimal.New(1, -5)), "%s is not %s", o.Amount, sum)
		if missing > 0 {
			require.Equal(t, missing, o.Short.Len())
		}
	})
}

// The last day by age. Birthdays and months are read off a calendar.
func TestTheAgeOfRetirement(t *testing.T) {
	at := func(years, months int, on lifecycle.RetirementDay) hr.Timeline[lifecycle.RetirementAge] {
		return hr.Since(day("2000-01-01"), lifecycle.RetirementAge{Years: years, Months: months, Day: on})
	}
	for name, c := range map[string]struct {
		ages       hr.Timeline[lifecycle.RetirementAge]
		born, last string
	}{
		"58, end of the month":                       {at(58, 0, lifecycle.EndOfMonth), "1968-05-17", "2026-05-31"},
		"born on the first, end of that month":       {at(60, 0, lifecycle.EndOfMonth), "1966-07-01", "2026-07-31"},
		"born on the first, FR 56: the month before": {at(60, 0, lifecycle.EndOfMonthBefore), "1966-07-01", "2026-06-30"},
		"born on the second, FR 56: that month":      {at(60, 0, lifecycle.EndOfMonthBefore), "1966-07-02", "2026-07-31"},
		"born on 1 January, FR 56: the year before":  {at(60, 0, lifecycle.EndOfMonthBefore), "1966-01-01", "2025-12-31"},
		"on the birthday":                            {at(65, 0, lifecycle.OnBirthday), "1961-03-09", "2026-03-09"},
		"the day before":                             {at(65, 0, lifecycle.EveOfBirthday), "1961-03-01", "2026-02-28"},
		"66 and six months":                          {at(66, 6, lifecycle.OnBirthday), "1960-08-31", "2027-02-28"},
		"65 and eleven months":                       {at(65, 11, lifecycle.OnBirthday), "1960-01-15", "2025-12-15"},
		"born on 29 February, 60 in a year without":  {at(61, 0, lifecycle.OnBirthday), "1968-02-29", "2029-02-28"},
		"born on 29 February, 60 in a year with":     {at(60, 0, lifecycle.OnBirthday), "1968-02-29", "2028-02-29"},
	} {
		last, err := lifecycle.RetirementRule{Ages: c.ages}.Last(day(c.born))
		require.NoError(t, err, name)
		require.Equal(t, day(c.last), last, name)
	}
}

// The age was 58 until June 2026 and is 60 since July: who is 58 by June goes by the old age, who is later stays two years longer. Where it is
// lowered from 60 to 58, who is older than that goes on the day it is.
func TestTheAgeOfRetirementChanges(t *testing.T) {
	ages := func(before, after int) lifecycle.RetirementRule {
		line, err := hr.NewTimeline(
			hr.Step[lifecycle.RetirementAge]{Since: day("2000-01-01"), Value: lifecycle.RetirementAge{Years: before, Day: lifecycle.EndOfMonth}},
			hr.Step[lifecycle.RetirementAge]{Since: day("2026-07-01"), Value: lifecycle.RetirementAge{Years: after, Day: lifecycle.EndOfMonth}},
		)
		require.NoError(t, err)
		return lifecycle.RetirementRule{Ages: line}
	}
	for _, c := range []struct {
		before, after int
		born, last    string
	}{
		{58, 60, "1968-06-30", "2026-06-30"},
		{58, 60, "1968-07-01", "2028-07-31"},
		{60, 58, "1966-06-01", "2026-06-30"},
		{60, 58, "1967-03-01", "2026-07-01"},
		{60, 58, "1968-07-01", "2026-07-31"},
	} {
		last, err := ages(c.before, c.after).Last(day(c.born))
		require.NoError(t, err)
		require.Equal(t, day(c.last), last, "born %s, %d then %d", c.born, c.before, c.after)
	}
	_, err := ages(58, 60).Last(day("1930-01-01"))
	require.ErrorIs(t, err, hr.ErrNoValue, "no age is known for 1988")
	_, err = lifecycle.RetirementRule{}.Last(day("1960-01-01"))
	require.ErrorIs(t, err, hr.ErrNoValue)
	for _, wrong := range []lifecycle.RetirementAge{{Day: lifecycle.EndOfMonth}, {Years: 58}, {Years: 58, Months: 12, Day: lifecycle.EndOfMonth}} {
		_, err = lifecycle.RetirementRule{Ages: hr.Since(day("2000-01-01"), wrong)}.Last(day("1968-01-01"))
		require.Contains(t, faultsRules(err), "lifecycle.retire.age")
	}
}

func faultsRules(err error) (rules []string) {
	for _, f := range hr.FieldErrors(err) {
		rules = append(rules, string(f.Rule))
	}
	return rules
}

func TestRetire(t *testing.T) {
	begin := func() *house {
		h := newHouse(hr.AllowAll)
		h.Retirements = []lifecycle.RetirementRule{
			{Scope: lifecycle.Scope{Place: "Mine"}, Ages: hr.Since(day("2000-01-01"), lifecycle.RetirementAge{Years: 55, Day: lifecycle.EndOfMonth})},
			{Ages: hr.Since(day("2000-01-01"), lifecycle.RetirementAge{Years: 58, Day: lifecycle.EndOfMonth})},
		}
		j := joiner("E1", "2000-01-01")
		j.Person.Born = day("1968-12-10")
		h.hire(t, j)
		h.hire(t, joiner("E2", "2000-01-01")) // whose birthday nobody knows
		require.NoError(t, h.Join(h.ctx, h.cmd(), "E1"))
		require.NoError(t, h.Join(h.ctx, h.cmd(), "E2"))
		return h
	}
	h := begin()
	before := h.state(t)
	require.Equal(t, []string{"last_day lifecycle.retire.early"}, faults(h.Retire(h.ctx, h.cmd(), "E1", lifecycle.Retirement{LastDay: day("2026-12-30")})))
	require.Equal(t, []string{"last_day lifecycle.retire.unknown"}, faults(h.Retire(h.ctx, h.cmd(), "E2", lifecycle.Retirement{})))
	require.Equal(t, []string{"through lifecycle.retire.early"}, faults(h.ExtendService(h.ctx, h.cmd(), "E1", day("2026-12-31"))))
	require.Equal(t, before, h.state(t))
	require.NoError(t, h.Retire(h.ctx, h.cmd(), "E1", lifecycle.Retirement{}))
	require.Equal(t, []string{"40000", ""}, []string{h.basic(t, "E1", "2026-12-31"), h.basic(t, "E1", "2027-01-01")}, "58 on 10 December: the end of the month")
	require.Equal(t, lifecycle.Retired, h.get(t, "E1").State)
	require.Equal(t, []string{"state lifecycle.employment.transition"}, faults(h.ExtendService(h.ctx, h.cmd(), "E1", day("2028-12-31"))))

	h = begin() // stays two years longer
	require.NoError(t, h.ExtendService(h.ctx, h.cmd(), "E1", day("2028-12-31")))
	require.Equal(t, []string{"last_day lifecycle.retire.early"}, faults(h.Retire(h.ctx, h.cmd(), "E1", lifecycle.Retirement{LastDay: day("2026-12-31")})))
	require.NoError(t, h.Retire(h.ctx, h.cmd(), "E1", lifecycle.Retirement{}))
	require.Equal(t, day("2028-12-31"), h.get(t, "E1").LastDay)

	h = begin() // goes early, and says so
	require.NoError(t, h.Retire(h.ctx, h.cmd(), "E1", lifecycle.Retirement{LastDay: day("2026-03-31"), Early: true, Reason: "health"}))
	require.Equal(t, day("2026-03-31"), h.get(t, "E1").LastDay)

	h = begin() // works in the mine, by the terms
	h.change(t, "E1", lifecycle.TermsChange{From: day("2020-01-01"), Set: hr.Terms{Place: "Mine"}})
	require.NoError(t, h.Retire(h.ctx, h.cmd(), "E1", lifecycle.Retirement{}))
	require.Equal(t, day("2023-12-31"), h.get(t, "E1").LastDay)
}
