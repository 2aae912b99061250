package ca_test

import (
	"strings"
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
	for value, good := range map[string]bool{
		"100000009RP0001": true, "100000900RP0001": true, // 1 + 9
		"100000090RP0001": true, "100000041RP0001": true, // 1 + (18 - 9); 1 + 8 + 1
		"100000008RP0001": false, "100000050RP0001": false, "100000080RP0001": false, // 9; 1 + (10 - 9); 1 + (16 - 9)
		"123456782RP0001": true, "123456782 RP 0001": true, "123456789RP0001": false, "123456782RT0001": false, "123456782": false,
	} {
		_, err := rule.Parse(value)
		require.Equal(t, good, err == nil, value)
	}
	// In doubt is what holds from July 2026 on, and Prince Edward Island's tables of January 2026, where the printed figures are probably slips.
	for _, table := range ca.Pack().Tables {
		for _, s := range table.Steps {
			slips := s.Text == "PE" && s.Since == hr.MustDate("2026-01-01")
			if strings.HasPrefix(table.Name, "tax.") && !s.Ends {
				require.Equal(t, slips || s.Since == hr.MustDate("2026-07-01"), s.Uncertain != "", "%s %s %s", table.Name, s.Text, s.Since)
				require.Equal(t, slips, strings.Contains(s.Uncertain, "142,250"), "%s %s %s", table.Name, s.Text, s.Since)
			}
		}
	}
	stepped := 0
	for _, p := range ca.Pack().Params {
		for _, s := range p.Steps {
			if strings.Contains(s.Uncertain, "it leaves a step at its end") {
				stepped++
				require.Equal(t, "bc.reduction_to 2026-07-01", p.Name+" "+s.Since.String())
			}
			if p.Name == "bc.reduction" {
				require.Equal(t, s.Since == hr.MustDate("2026-07-01"), s.Uncertain != "")
			}
		}
	}
	require.Equal(t, 1, stepped)
	for _, r := range ca.Pack().Retention {
		require.NoError(t, r.Validate(), r.Name)
	}
}
