package uk_test

import (
	"testing"

	"github.com/rickar/cal/v2"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave/holidays/uk"
)

func days(t *testing.T, list []*cal.Holiday, year string) (out []string) {
	t.Helper()
	c, err := hr.NewCalendar(hr.CalendarRules{Span: hr.MustPeriod(year + "-01-01.." + year + "-12-31"), Holidays: list, Observe: hr.ObservedDay})
	require.NoError(t, err)
	all, err := c.Days(c.Span())
	require.NoError(t, err)
	for _, d := range all {
		if d.Holiday != "" {
			out = append(out, d.Date.String()[5:])
		}
	}
	return out
}

// The lists that gov.uk prints of bank holidays.
func TestBankHolidays(t *testing.T) {
	// 2026: Boxing Day is a Saturday, so its substitute is Monday the 28th; 30 November is a Monday; 12 July is a Sunday.
	require.Equal(t, []string{"01-01", "04-03", "04-06", "05-04", "05-25", "08-31", "12-25", "12-28"}, days(t, uk.EnglandWales(), "2026"))
	require.Equal(t, []string{"01-01", "01-02", "04-03", "05-04", "05-25", "08-03", "11-30", "12-25", "12-28"}, days(t, uk.Scotland(), "2026"))
	require.Equal(t, []string{"01-01", "03-17", "04-03", "04-06", "05-04", "05-25", "07-13", "08-31", "12-25", "12-28"}, days(t, uk.NorthernIreland(), "2026"))
	// 2022: New Year on a Saturday and in Scotland 2 January on a Sunday; the jubilee; the state funeral; Christmas on a Sunday.
	require.Equal(t, []string{"01-03", "04-15", "04-18", "05-02", "06-02", "06-03", "08-29", "09-19", "12-26", "12-27"}, days(t, uk.EnglandWales(), "2022"))
	require.Equal(t, []string{"01-03", "01-04", "04-15", "05-02", "06-02", "06-03", "08-01", "09-19", "11-30", "12-26", "12-27"}, days(t, uk.Scotland(), "2022"))
	// 2023: New Year on a Sunday moves to the 2nd, and Scotland's 2 January to the 3rd; the coronation.
	require.Equal(t, []string{"01-02", "01-03", "04-07", "05-01", "05-08", "05-29", "08-07", "11-30", "12-25", "12-26"}, days(t, uk.Scotland(), "2023"))
}

func TestEachCallReturnsFreshValues(t *testing.T) {
	mine := uk.Scotland()
	mine[0].Name = "changed"
	mine[0].Observed[0].Offset = 9
	require.Equal(t, "New Year's Day", uk.Scotland()[0].Name)
	require.Equal(t, 2, uk.EnglandWales()[0].Observed[0].Offset)
}
