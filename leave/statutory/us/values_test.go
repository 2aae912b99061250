package us_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave/statutory/us"
)

// Every dated number of the package, written down a second time from the facts document (shared/statutory/leave_and_time.md) and not
// from the code: a number that is added, dropped or changed in one place only fails here.
const facts = `
fmla.weeks 1993-08-05 12
fmla.days_a_week 1993-08-05 5
ca.sick.hours_per_hour 2024-01-01 30
ca.sick.use 2024-01-01 40
ca.sick.bank 2024-01-01 80
`

func TestValues(t *testing.T) {
	var want, got []string
	for _, l := range strings.Split(strings.TrimSpace(facts), "\n") {
		want = append(want, strings.Join(strings.Fields(l), " "))
	}
	for _, p := range us.Law().Parameters() {
		line := p.Name
		for _, s := range p.Steps {
			require.NotEmpty(t, s.Source.Title, p.Name)
			require.False(t, s.Reviewed.IsZero(), p.Name)
			line += fmt.Sprintf(" %s %s", s.Since, s.Value)
		}
		got = append(got, line)
		_, err := us.Law().Value(p.Name, p.Steps[0].Since.Add(-1))
		require.ErrorIs(t, err, hr.ErrNoValue, "before its first day there is none")
	}
	require.Empty(t, cmp.Diff(want, got))
}

func d(s string) decimal.Decimal { return decimal.RequireFromString(s) }

func on(s string) hr.Date { return hr.MustDate(s) }

func rulesOf(err error) (out []hr.Rule) {
	for _, f := range hr.FieldErrors(err) {
		out = append(out, f.Rule)
	}
	return out
}
