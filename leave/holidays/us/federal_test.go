package us_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave/holidays/us"
)

// The list of the Office of Personnel Management for 2026: Independence Day is a Saturday, observed on Friday the 3rd.
func TestFederal(t *testing.T) {
	c, err := hr.NewCalendar(hr.CalendarRules{Span: hr.MustPeriod("2026-01-01..2026-12-31"), Holidays: us.Federal(), Observe: hr.ObservedDay})
	require.NoError(t, err)
	all, err := c.Days(c.Span())
	require.NoError(t, err)
	var days []string
	for _, d := range all {
		if d.Holiday != "" {
			days = append(days, d.Date.String()[5:])
		}
	}
	require.Equal(t, []string{"01-01", "01-19", "02-16", "05-25", "06-19", "07-03", "09-07", "10-12", "11-11", "11-26", "12-25"}, days)
	us.Federal()[0].Name = "changed"
	require.Equal(t, "New Year's Day", us.Federal()[0].Name)
}
