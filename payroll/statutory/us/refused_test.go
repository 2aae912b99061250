package us_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll/formula"
	"github.com/musterhr/hr/payroll/statutory/internal/packtest"
	"github.com/musterhr/hr/payroll/statutory/us"
)

// Words that no form has are faults of the line that asks, never a guess; no message holds pay.
func TestRefused(t *testing.T) {
	plan := packtest.Plan(t, us.Pack(), "USD", host)
	for name, c := range map[string]struct {
		answer hr.Answer
		line   string
	}{
		"an unknown pay frequency":   {hr.Answer{Name: "pay_frequency", Text: "fortnightly"}, "federal_income_tax"},
		"a form of no year":          {hr.Answer{Name: "w4_form", Text: "2018"}, "federal_income_tax"},
		"an unknown filing status":   {hr.Answer{Name: "w4_status", Text: "QSS"}, "federal_income_tax"},
		"a state that is none":       {hr.Answer{Name: "futa_state", Text: "XX"}, "futa_employer"},
		"neither yes nor no":         {hr.Answer{Name: "w4_exempt", Text: "maybe"}, ""},
		"credits that are no number": {hr.Answer{Name: "w4_step3", Text: "two"}, ""},
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
		if c.line != "" {
			require.ErrorContains(t, err, c.line, name)
			require.Equal(t, formula.RuleTableText, hr.FieldErrors(err)[0].Rule, name)
		}
	}
	for _, r := range us.Pack().Retention {
		require.NoError(t, r.Validate(), r.Name)
	}
}
