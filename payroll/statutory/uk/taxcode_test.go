package uk_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/payroll/statutory/internal/packtest"
	"github.com/musterhr/hr/payroll/statutory/uk"
)

// Forms of HMRC's specification v24.0, para 3.3.2, and of the PAYE manual.
func TestReadTaxCode(t *testing.T) {
	for code, want := range map[string]uk.TaxCode{
		"1257L":     {Region: "rUK", Kind: "free", Number: 1257},
		"1257L W1":  {Region: "rUK", Kind: "free", Number: 1257, Week1: true},
		"1257LX":    {Region: "rUK", Kind: "free", Number: 1257, Week1: true},
		"S1257L":    {Region: "scotland", Kind: "free", Number: 1257},
		"C1257LM1":  {Region: "wales", Kind: "free", Number: 1257, Week1: true},
		"999999T":   {Region: "rUK", Kind: "free", Number: 999999},
		"0T":        {Region: "rUK", Kind: "free"},
		"s0t m1":    {Region: "scotland", Kind: "free", Week1: true},
		"K475":      {Region: "rUK", Kind: "k", Number: 475},
		"SK9999":    {Region: "scotland", Kind: "k", Number: 9999},
		"BR":        {Region: "rUK", Kind: "flat", Band: 1},
		"D1":        {Region: "rUK", Kind: "flat", Band: 3},
		"SBR":       {Region: "scotland", Kind: "flat", Band: 2}, // the basic rate is Scotland's second
		"SD3":       {Region: "scotland", Kind: "flat", Band: 6},
		"CD0":       {Region: "wales", Kind: "flat", Band: 2},
		"NT":        {Region: "rUK", Kind: "none"},
		"NT NONCUM": {Region: "rUK", Kind: "none", Week1: true},
	} {
		got, err := uk.ReadTaxCode(code)
		require.NoError(t, err, code)
		require.Equal(t, want, got, code)
	}
	for _, code := range []string{"", "1257", "L1257", "K0", "K12345", "D2", "CD2", "SD4", "0L", "1257L  W1", "1257LW2", "X1257L", "12571257L"} {
		_, err := uk.ReadTaxCode(code)
		var fault *hr.FieldError
		require.ErrorAs(t, err, &fault, code)
		require.Equal(t, uk.RuleTaxCode, fault.Rule, code)
	}
}

func FuzzReadTaxCode(f *testing.F) {
	for _, code := range []string{"1257L", "SK475 W1", "CD1", "NT", "0T M1"} {
		f.Add(code)
	}
	f.Fuzz(func(t *testing.T, s string) {
		c, err := uk.ReadTaxCode(s)
		if err == nil {
			require.NotEmpty(t, c.Region)
			require.Len(t, c.Answers(), 5)
		}
	})
}

// An unknown category is a fault of the line that asks for it, and nothing else of the payslip is hidden by a guess.
func TestUnknownCategory(t *testing.T) {
	in := somebody(t)
	in.Answers = append(in.Answers[:0:0], in.Answers...)
	for i := range in.Answers {
		if in.Answers[i].Name == "nic_category" {
			in.Answers[i].Text = "Q"
		}
	}
	_, err := packtest.Plan(t, uk.Pack(), "GBP", host).Calculate(in)
	require.ErrorContains(t, err, "employee_nic")
	require.ErrorContains(t, err, "nic_category")
}

// 3,250.40 in tax month 7 on 1257L, nothing before: free pay of seven months is 7 x 1,048.26 = 7,337.82, above the pay: no tax. On month 1
// basis 3,250.40 - 1,048.26 = 2,202.14, in pounds 2,202, at 20 %: 440.40.
func TestPAYEReadsWell(t *testing.T) {
	plan := packtest.Plan(t, uk.Pack(), "GBP", host)
	in := somebody(t)
	slip, err := plan.Calculate(in)
	require.NoError(t, err)
	require.True(t, amount(t, slip, "paye") == "0", amount(t, slip, "paye"))
	for i := range in.Answers {
		if in.Answers[i].Name == "tax_week1" {
			in.Answers[i].Text = "yes"
		}
	}
	slip, err = plan.Calculate(in)
	require.NoError(t, err)
	require.Equal(t, "440.4", amount(t, slip, "paye"))
	// 8 % of 3,250.40 - 1,048 = 176.192, of which the third decimal, 2, is dropped.
	require.Equal(t, "176.19", amount(t, slip, "employee_nic"))
	// 15 % of 3,250.40 - 417 = 425.01.
	require.Equal(t, "425.01", amount(t, slip, "employer_nic"))
	// Plan 2 in 2026-27: 29,385 / 12 = 2,448.75; 9 % of 801.65 = 72.14, whole pounds.
	require.Equal(t, "72", amount(t, slip, "student_loan_deduction"))

	for line, words := range map[string][]string{
		"paye":         {"Free or additional pay of one period", "1048.26", "floor", "HMRC, Specification for PAYE tax table routines", "holds since 2026-04-06"},
		"employee_nic": {"Primary threshold", "1048", "8", "Social Security Contributions and Benefits Act 1992"},
	} {
		trace, err := plan.Explain(in, line)
		require.NoError(t, err)
		var b strings.Builder
		require.NoError(t, trace.Text(&b))
		for _, w := range words {
			require.Contains(t, b.String(), w, line)
		}
	}
}

func amount(t *testing.T, s payroll.Payslip, line string) string {
	t.Helper()
	d, ok := s.Amount(line)
	require.True(t, ok, line)
	return hr.Canonical(d)
}
