package ca_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll/formula"
	"github.com/musterhr/hr/payroll/statutory/ca"
	"github.com/musterhr/hr/payroll/statutory/internal/packtest"
)

// Provinces and periods that the law does not know are faults of the line that asks, never a guess; no message holds pay.
func TestRefused(t *testing.T) {
	plan := packtest.Plan(t, ca.Pack(), "CAD", host)
	for name, c := range map[string]struct {
		answer hr.Answer
		rule   hr.Rule
		line   string
	}{
		"Quebec":                    {hr.Answer{Name: "province", Text: "QC"}, formula.RuleTableText, "provincial_tax"},
		"no province":               {hr.Answer{Name: "province", Text: ""}, formula.RuleTableText, "provincial_tax"},
		"no pay periods":            {hr.Answer{Name: "pay_periods", Text: "0"}, formula.RuleDivisor, "cpp_exemption"},
		"pay periods below zero":    {hr.Answer{Name: "pay_periods", Text: "-24"}, formula.RuleDivisor, "cpp_exemption"},
		"more months than a year":   {hr.Answer{Name: "cpp_months", Text: "13"}, formula.RuleTableText, "cpp"},
		"months below zero":         {hr.Answer{Name: "cpp_months", Text: "-1"}, formula.RuleTableText, "cpp"},
		"neither yes nor no":        {hr.Answer{Name: "cpp_exempt", Text: "maybe"}, "", ""},
		"a claim that is no number": {hr.Answer{Name: "federal_claim", Text: "all"}, "", ""},
	} {
		in := somebody(t)
		found := false
		for i := range in.Answers {
			if in.Answers[i].Name == c.answer.Name {
				in.Answers[i], found = c.answer, true
			}
		}
		if !found {
			in.Answers = append(in.Answers, c.answer)
		}
		_, err := plan.Calculate(in)
		require.Error(t, err, name)
		require.NotContains(t, err.Error(), "5120", name)
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

// 123456782 passes the check of social insurance numbers, which that of business numbers is too.
func TestIdentifiers(t *testing.T) {
	rule, ok := ca.Pack().Identifier("payroll_account_ca")
	require.True(t, ok)
	for value, good := range map[string]bool{"123456782RP0001": true, "123456782 RP 0001": true, "123456789RP0001": false, "123456782RT0001": false, "123456782": false} {
		_, err := rule.Parse(value)
		require.Equal(t, good, err == nil, value)
	}
	for _, r := range ca.Pack().Retention {
		require.NoError(t, r.Validate(), r.Name)
	}
}
