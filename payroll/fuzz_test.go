package payroll_test

import (
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/stretchr/testify/require"
)

// FuzzCompile loads a plan from any two texts, that of a pack and the host's own. It never panics; a refusal names a rule and a place
// for each fault, and the place lies in its text; what compiles compiles again to the same plan, lists what it needs and what it
// pays, and answers or refuses a payslip.
func FuzzCompile(f *testing.F) {
	f.Add(officeRules, "input ytd_fund: money\nline more in information = ytd_fund\n")
	f.Add(leviedRules, perPiece)
	f.Add("line x in earnings, deductions = 1\n", "input period_days: count\nline y in earnings = period_days\n")
	f.Add("input calendar_ytd_z: money by piece\n", "input working_days: days by piece\ninput payable_minutes: hours\n")
	f.Add("line a = b\nline b = a\n", "let \"\n\t = = 1%%\x00")
	for _, rule := range payroll.DayCounts() {
		c, err := payroll.Proration{Rule: rule, Rate: "basic", Line: "line pay in earnings"}.Component()
		require.NoError(f, err)
		f.Add(c.Text, "line levy in deductions = round(10% * pay, 1)\n")
	}
	rules, err := filepath.Glob("*/*/*.rules")
	require.NoError(f, err)
	require.NotEmpty(f, rules)
	for _, path := range rules {
		text, err := os.ReadFile(path)
		require.NoError(f, err)
		f.Add(string(text), officeRules)
	}
	f.Fuzz(func(t *testing.T, law, own string) {
		texts := map[string]string{"law": law, "own": own}
		config := payroll.Config{
			Currency:   "INR",
			Packs:      []payroll.Pack{{TaxYear: payroll.YearStart{Month: time.April, Day: 1}, Components: []payroll.Component{{Name: "law", Text: law}}}},
			Components: []payroll.Component{{Name: "own", Text: own}},
		}
		plan, err := payroll.Compile(config)
		if err != nil {
			require.Nil(t, plan)
			faults := hr.FieldErrors(err)
			require.NotEmpty(t, faults)
			for _, x := range faults {
				require.NotEmpty(t, x.Rule, err)
				require.NotEmpty(t, x.Reason, err)
				place := strings.Split(x.Path, ":")
				require.Len(t, place, 3, err)
				line, lineErr := strconv.Atoi(place[1])
				column, columnErr := strconv.Atoi(place[2])
				require.NoError(t, errors.Join(lineErr, columnErr), err)
				lines := strings.Split(texts[place[0]], "\n")
				require.True(t, line >= 1 && line <= len(lines), err)
				require.True(t, column >= 1 && column <= utf8.RuneCountInString(lines[line-1])+1, err)
			}
			return
		}
		again, err := payroll.Compile(config)
		require.NoError(t, err)
		require.Equal(t, plan.Digest(), again.Digest())
		lines, needs := plan.Lines(), plan.Needs()
		in := payroll.Input{Employee: "E1", Period: october, PayDate: october.Through, Terms: hr.Since(hr.MustDate("2026-10-12"), hr.Terms{}), Schedule: schedule(t, october)}
		for _, n := range needs {
			require.NotEmpty(t, n.From)
			if n.From == "terms" {
				in.Answers = append(in.Answers, hr.Answer{Name: n.Name, Text: "1"})
			}
		}
		slip, err := plan.Calculate(in)
		if err == nil {
			require.Len(t, slip.Lines, len(lines))
		}
	})
}
