package in_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave/statutory/in"
)

// Every dated number of the package, written down a second time from the facts document (shared/statutory/leave_and_time.md) and not
// from the code: a number that is added, dropped or changed in one place only fails here.
const facts = `
annual.eligible_days 1949-04-01 240 2025-11-21 180
annual.joiner_part 1949-04-01 2 2025-11-21 1
annual.joiner_parts 1949-04-01 3 2025-11-21 4
annual.worked_per_day 1949-04-01 20 2025-11-21 20
annual.worked_per_day_young 1949-04-01 15 2025-11-21 15
annual.carry 1949-04-01 30 2025-11-21 30
annual.carry_young 1949-04-01 40 2025-11-21 30
shops.mh.eligible_days 2017-12-19 240
shops.mh.worked_per_day 2017-12-19 20
shops.mh.accumulate 2017-12-19 45
maternity.worked_days 2017-04-01 80 2025-11-21 80
maternity.weeks 2017-04-01 26 2025-11-21 26
maternity.weeks_before 2017-04-01 8 2025-11-21 8
maternity.weeks_third 2017-04-01 12 2025-11-21 12
maternity.weeks_before_third 2017-04-01 6 2025-11-21 6
maternity.weeks_adoption 2017-04-01 12 2025-11-21 12
maternity.adoption_age 2017-04-01 3 2025-11-21 3 2026-03-17 0
maternity.weeks_miscarriage 2017-04-01 6 2025-11-21 6
maternity.weeks_tubectomy 2017-04-01 2 2025-11-21 2
`

func TestValues(t *testing.T) {
	var want, got []string
	for _, l := range strings.Split(strings.TrimSpace(facts), "\n") {
		want = append(want, strings.Join(strings.Fields(l), " "))
	}
	for _, p := range in.Law().Parameters() {
		line := p.Name
		for _, s := range p.Steps {
			require.NotEmpty(t, s.Source.Title, p.Name)
			require.False(t, s.Reviewed.IsZero(), p.Name)
			line += fmt.Sprintf(" %s %s", s.Since, s.Value)
		}
		got = append(got, line)
		_, err := in.Law().Value(p.Name, p.Steps[0].Since.Add(-1))
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
