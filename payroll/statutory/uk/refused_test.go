package uk_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll/formula"
	"github.com/musterhr/hr/payroll/statutory/internal/packtest"
	"github.com/musterhr/hr/payroll/statutory/uk"
)

// Words that the law does not know, and periods outside the year, are faults of the line that asks, never a guess; no message holds pay.
func TestRefused(t *testing.T) {
	plan := packtest.Plan(t, uk.Pack(), "GBP", host)
	for name, c := range map[string]struct {
		answers []hr.Answer
		rule    hr.Rule
		line    string
	}{
		"an unknown region":            {[]hr.Answer{{Name: "tax_region", Text: "england"}}, formula.RuleTableText, "paye"},
		"an unknown kind of code":      {[]hr.Answer{{Name: "tax_code_kind", Text: "L"}}, formula.RuleTableText, "paye"},
		"an unknown pay frequency":     {[]hr.Answer{{Name: "pay_frequency", Text: "quarterly"}}, formula.RuleTableText, "paye"},
		"an unknown category":          {[]hr.Answer{{Name: "nic_category", Text: "G"}}, formula.RuleTableText, "employee_nic"},
		"a loan plan that is none":     {[]hr.Answer{{Name: "student_loan", Text: "plan3"}}, formula.RuleTableText, "student_loan_deduction"},
		"more weeks than a year":       {[]hr.Answer{{Name: "director", Text: "yes"}, {Name: "director_weeks", Text: "53"}}, formula.RuleTableText, "employee_nic"},
		"no weeks of a director":       {[]hr.Answer{{Name: "director", Text: "yes"}, {Name: "director_weeks", Text: "0"}}, formula.RuleTableText, "employee_nic"},
		"sick days of a week without":  {[]hr.Answer{{Name: "ssp_days", Text: "2"}, {Name: "average_weekly_earnings", Text: "500"}, {Name: "qualifying_days", Text: "0"}}, formula.RuleDivisor, "ssp"},
		"a number where there is none": {[]hr.Answer{{Name: "tax_code_number", Text: "many"}}, "", ""},
		"neither yes nor no":           {[]hr.Answer{{Name: "director", Text: "perhaps"}}, "", ""},
	} {
		in := somebody(t)
		for _, a := range c.answers {
			found := false
			for i := range in.Answers {
				if in.Answers[i].Name == a.Name {
					in.Answers[i], found = a, true
				}
			}
			if !found {
				in.Answers = append(in.Answers, a)
			}
		}
		_, err := plan.Calculate(in)
		require.Error(t, err, name)
		require.NotContains(t, err.Error(), "3250", name)
		if c.rule != "" {
			require.ErrorContains(t, err, c.line, name)
			rules := map[hr.Rule]bool{}
			for _, f := range hr.FieldErrors(err) {
				rules[f.Rule] = true
			}
			require.True(t, rules[c.rule], "%s: %v", name, err)
		}
	}
}

// Plan 5 is deducted from April 2026 on: before, it is no plan.
func TestPlan5BeforeItBegan(t *testing.T) {
	in := somebody(t)
	for i := range in.Answers {
		if in.Answers[i].Name == "student_loan" {
			in.Answers[i].Text = "plan5"
		}
	}
	plan := packtest.Plan(t, uk.Pack(), "GBP", host)
	slip, err := plan.Calculate(in)
	require.NoError(t, err)
	require.Equal(t, "105", amount(t, slip, "student_loan_deduction")) // 9 % of 3,250.40 - 25,000 / 12 = 1,167.06...
	in.PayDate = hr.MustDate("2026-04-05")
	in.Period = hr.MustPeriod("2026-03-01..2026-03-31")
	in.Terms = hr.Since(in.Period.From, mustTerms(t, in.Terms))
	_, err = plan.Calculate(in)
	require.ErrorContains(t, err, "student_loan")
}

func mustTerms(t *testing.T, terms hr.Timeline[hr.Terms]) hr.Terms {
	t.Helper()
	v, ok := terms.At(hr.MustDate("2026-10-15"))
	require.True(t, ok)
	return v
}

func TestIdentifiers(t *testing.T) {
	for _, c := range []struct {
		kind, value string
		ok          bool
	}{
		{"paye_reference_uk", "123/AB456", true},
		{"paye_reference_uk", "123/A", true},
		{"paye_reference_uk", "12/AB456", false},
		{"paye_reference_uk", "123AB456", false},
		{"nino_uk", "AA 12 34 56 C", true},
		{"nino_uk", "QQ123456C", false},
		{"nino_uk", "AA123456E", false},
	} {
		rule, ok := uk.Pack().Identifier(c.kind)
		require.True(t, ok)
		_, err := rule.Parse(c.value)
		require.Equal(t, c.ok, err == nil, c.value)
		if err != nil {
			require.NotContains(t, err.Error(), c.value)
		}
	}
	for _, r := range uk.Pack().Retention {
		require.NoError(t, r.Validate(), r.Name)
	}
}
