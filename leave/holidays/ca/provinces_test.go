package ca_test

import (
	"strings"
	"testing"

	"github.com/rickar/cal/v2"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave/holidays/ca"
)

func days(t *testing.T, list []*cal.Holiday) string {
	t.Helper()
	c, err := hr.NewCalendar(hr.CalendarRules{Span: hr.MustPeriod("2026-01-01..2026-12-31"), Holidays: list, Observe: hr.ActualDay})
	require.NoError(t, err)
	all, err := c.Days(c.Span())
	require.NoError(t, err)
	var out []string
	for _, d := range all {
		if d.Holiday != "" {
			out = append(out, d.Date.String()[5:])
		}
	}
	return strings.Join(out, " ")
}

// Ontario's nine are those of the ministry's guide; the others as their labour ministries list them for 2026: Easter is on 5 April.
func TestHolidaysOf2026(t *testing.T) {
	require.Equal(t, "01-01 04-03 05-18 07-01 09-07 09-30 10-12 11-11 12-25 12-26", days(t, ca.Federal()))
	for province, want := range map[string]string{
		"AB": "01-01 02-16 04-03 05-18 07-01 09-07 10-12 11-11 12-25",
		"BC": "01-01 02-16 04-03 05-18 07-01 08-03 09-07 09-30 10-12 11-11 12-25",
		"MB": "01-01 02-16 04-03 05-18 07-01 09-07 09-30 10-12 12-25",
		"NB": "01-01 02-16 04-03 07-01 08-03 09-07 11-11 12-25",
		"NL": "01-01 04-03 07-01 09-07 11-11 12-25",
		"NS": "01-01 02-16 04-03 07-01 09-07 11-11 12-25",
		"NT": "01-01 04-03 05-18 06-21 07-01 08-03 09-07 09-30 10-12 11-11 12-25",
		"NU": "01-01 04-03 05-18 07-01 07-09 08-03 09-07 09-30 10-12 11-11 12-25",
		"ON": "01-01 02-16 04-03 05-18 07-01 09-07 10-12 12-25 12-26",
		"PE": "01-01 02-16 04-03 07-01 09-07 09-30 11-11 12-25",
		"SK": "01-01 02-16 04-03 05-18 07-01 08-03 09-07 10-12 11-11 12-25",
		"YT": "01-01 04-03 05-18 06-21 07-01 08-17 09-07 09-30 10-12 11-11 12-25",
	} {
		list, err := ca.Province(province)
		require.NoError(t, err)
		require.Equal(t, want, days(t, list), province)
	}
	require.Len(t, ca.Provinces(), 12)
}

func TestUnknownProvince(t *testing.T) {
	for _, code := range []string{"QC", "", "on", "XX"} {
		_, err := ca.Province(code)
		var fault *hr.FieldError
		require.ErrorAs(t, err, &fault, code)
		require.Equal(t, ca.RuleProvince, fault.Rule)
	}
}

func TestEachCallReturnsFreshValues(t *testing.T) {
	ca.Federal()[0].Name = "changed"
	require.Equal(t, "New Year's Day", ca.Federal()[0].Name)
}
