package us_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/payroll/statutory/internal/packtest"
	"github.com/musterhr/hr/payroll/statutory/us"
)

func amount(t *testing.T, s payroll.Payslip, line string) string {
	t.Helper()
	d, ok := s.Amount(line)
	require.True(t, ok, line)
	return hr.Canonical(d)
}

// 5,120.40 semimonthly, married jointly, 2,000 of credits, 2026. Worksheet 1A: 122,889.60 a year, less 12,900 is 109,989.60; the row from
// 44,100 gives 2,480 + 12 % of 65,889.60 = 10,386.752; over 24 that is 432.7813..., less 2,000 / 24 = 83.3333...: 349.448, so 349.45.
func TestWithholding(t *testing.T) {
	plan := packtest.Plan(t, us.Pack(), "USD", host)
	in := somebody(t)
	slip, err := plan.Calculate(in)
	require.NoError(t, err)
	require.Equal(t, "349.45", amount(t, slip, "federal_income_tax"))
	require.Equal(t, "317.46", amount(t, slip, "social_security")) // 6.2 % = 317.4648
	require.Equal(t, "74.25", amount(t, slip, "medicare"))         // 1.45 % = 74.2458
	require.Equal(t, "0", amount(t, slip, "additional_medicare"))
	require.Equal(t, "30.72", amount(t, slip, "futa_employer")) // 0.6 % = 30.7224; no reduction is known of 2026

	trace, err := plan.Explain(in, "federal_income_tax")
	require.NoError(t, err)
	var b strings.Builder
	require.NoError(t, trace.Text(&b))
	for _, words := range []string{"Adjusted annual wage", "109989.6", "below 120100: 2480", "Step 3, credits a year", "Publication 15-T"} {
		require.Contains(t, b.String(), words)
	}
	trace, err = plan.Explain(in, "futa_employer")
	require.NoError(t, err)
	b.Reset()
	require.NoError(t, trace.Text(&b))
	require.Contains(t, b.String(), "doubtful: settled after 10 November")
}

// A filing status or a state that nobody has, and head of household on a form that does not know it, are faults of their line.
func TestUnknownStatusAndState(t *testing.T) {
	plan := packtest.Plan(t, us.Pack(), "USD", host)
	for _, c := range []struct{ answer, text, line string }{
		{"w4_status", "W", "federal_income_tax"}, {"futa_state", "ZZ", "futa_employer"}, {"futa_state", "", ""},
	} {
		in := somebody(t)
		for i := range in.Answers {
			if in.Answers[i].Name == c.answer {
				in.Answers[i].Text = c.text
			}
		}
		_, err := plan.Calculate(in)
		if c.line == "" {
			require.NoError(t, err)
			continue
		}
		require.ErrorContains(t, err, c.line)
		require.NotContains(t, err.Error(), "5120")
	}
	in := somebody(t)
	for i := range in.Answers {
		if in.Answers[i].Name == "w4_status" {
			in.Answers[i].Text = "H"
		}
	}
	in.Answers = append(in.Answers, hr.Answer{Name: "w4_form", Text: "2019"})
	_, err := plan.Calculate(in)
	require.ErrorContains(t, err, "federal_income_tax")
}

// Printed schedules of 2026, Publication 15-T, cells of the standard and of the checked schedules.
func TestSchedulesAreThePrintedOnes(t *testing.T) {
	printed := map[string][][2]string{ // lower bound and base, row by row behind the first
		"M":  {{"19300", "0"}, {"44100", "2480"}, {"120100", "11600"}, {"230700", "35932"}, {"422850", "82048"}, {"531750", "116896"}, {"788000", "206583.5"}},
		"S":  {{"7500", "0"}, {"19900", "1240"}, {"57900", "5800"}, {"113200", "17966"}, {"209275", "41024"}, {"263725", "58448"}, {"648100", "192979.25"}},
		"H":  {{"15550", "0"}, {"33250", "1770"}, {"83000", "7740"}, {"121250", "16155"}, {"217300", "39207"}, {"271750", "56631"}, {"656150", "191171"}},
		"M2": {{"16100", "0"}, {"28500", "1240"}, {"66500", "5800"}, {"121800", "17966"}, {"217875", "41024"}, {"272325", "58448"}, {"400450", "103291.75"}},
		"S2": {{"8050", "0"}, {"14250", "620"}, {"33250", "2900"}, {"60900", "8983"}, {"108938", "20512"}, {"136163", "29224"}, {"328350", "96489.63"}},
		"H2": {{"12075", "0"}, {"20925", "885"}, {"45800", "3870"}, {"64925", "8077.5"}, {"112950", "19603.5"}, {"140175", "28315.5"}, {"332375", "95585.5"}},
	}
	tables := map[string]hr.Table{}
	for _, x := range us.Pack().Tables {
		tables[x.Name] = x
	}
	for schedule, rows := range printed {
		lower, err := tables["fit.lower"].At(schedule, hr.MustDate("2026-06-30"))
		require.NoError(t, err)
		base, err := tables["fit.base"].At(schedule, hr.MustDate("2026-06-30"))
		require.NoError(t, err)
		require.Len(t, lower.Rows, len(rows)+1)
		for i, want := range rows {
			require.Equal(t, want, [2]string{hr.Canonical(lower.Rows[i+1].Value), hr.Canonical(base.Rows[i+1].Value)}, "%s, row %d", schedule, i+1)
		}
	}
}
