package uk_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave/statutory/uk"
)

// Every dated number of the package, written down a second time from the facts document (shared/statutory/leave_and_time.md) and not
// from the code: a number that is added, dropped or changed in one place only fails here.
const facts = `
holiday.weeks 2009-04-01 5.6
holiday.weeks_basic 2009-04-01 4
holiday.most_days 2009-04-01 28
holiday.irregular_percent 2024-04-01 12.07
holiday.reference_weeks 2020-04-06 52
holiday.look_back_weeks 2020-04-06 104
holiday.sick_carry_months 2024-01-01 18
ssp.weekly 2024-04-06 116.75 2025-04-06 118.75 2026-04-06 123.25
ssp.percent 2026-04-06 80
smp.flat 2024-04-07 184.03 2025-04-06 187.18 2026-04-05 194.32
smp.percent 2024-04-07 90
smp.first_weeks 2024-04-07 6
smp.weeks 2024-04-07 39
smp.earnings 2026-04-05 129
`

func TestValues(t *testing.T) {
	var want, got []string
	for _, l := range strings.Split(strings.TrimSpace(facts), "\n") {
		want = append(want, strings.Join(strings.Fields(l), " "))
	}
	for _, p := range uk.Law().Parameters() {
		line := p.Name
		for _, s := range p.Steps {
			require.NotEmpty(t, s.Source.Title, p.Name)
			require.False(t, s.Reviewed.IsZero(), p.Name)
			line += fmt.Sprintf(" %s %s", s.Since, s.Value)
		}
		got = append(got, line)
		_, err := uk.Law().Value(p.Name, p.Steps[0].Since.Add(-1))
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
