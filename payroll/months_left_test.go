package payroll_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
)

// The months that are still paid are counted on the fingers: in October, of a year that ends in March, six, and three for whom December is the last.
func TestMonthsLeftEndWithALastDayThatIsKnown(t *testing.T) {
	april := payroll.Pack{TaxYear: payroll.YearStart{Month: time.April, Day: 1}}
	plan, err := payroll.Compile(payroll.Config{Currency: "INR", Packs: []payroll.Pack{april}, Components: []payroll.Component{{
		Name: "months", Text: "input basic: money\ninput months_left: count\nline pay in earnings = basic\nline left : count in information = months_left\n",
	}}})
	require.NoError(t, err)
	pay := hr.Terms{Entity: "IN1", Currency: "INR", Pay: []hr.PayTerm{{Name: "basic", Amount: dec("30000")}}}
	for _, c := range []struct {
		period, paid, last, again string
		left                      string
	}{
		{"2026-10-01..2026-10-31", "2026-10-31", "", "", "6"},
		{"2026-10-01..2026-10-31", "2026-10-31", "2026-12-15", "", "3"}, // October, November, December
		{"2026-10-01..2026-10-31", "2026-11-07", "2026-12-31", "", "3"}, // the same wages, paid in the month after
		{"2026-10-01..2026-10-31", "2026-10-31", "2026-11-01", "", "2"},
		{"2026-10-01..2026-10-31", "2026-10-31", "2026-10-31", "", "1"},
		{"2026-12-01..2026-12-31", "2026-12-31", "2026-12-15", "", "1"},
		{"2026-10-01..2026-10-31", "2026-10-31", "2027-03-31", "", "6"},
		{"2026-10-01..2026-10-31", "2026-10-31", "2027-08-31", "", "6"},           // in the next year
		{"2026-10-01..2026-10-31", "2026-10-31", "2026-12-15", "2027-02-01", "3"}, // and comes again
		{"2026-10-01..2026-10-31", "2026-10-31", "2026-05-31", "2026-07-01", "6"}, // was away before
		{"2027-03-01..2027-03-31", "2027-04-07", "2027-05-31", "", "12"},          // wages of the year before
		{"2027-01-16..2027-01-31", "2027-01-31", "2027-02-10", "", "2"},           // half a month is of its month
	} {
		steps := []hr.Step[hr.Terms]{{Since: hr.MustDate("2026-04-01"), Value: pay}}
		if c.last != "" {
			steps = append(steps, hr.Step[hr.Terms]{Since: hr.MustDate(c.last).Add(1), Void: true})
		}
		if c.again != "" {
			steps = append(steps, hr.Step[hr.Terms]{Since: hr.MustDate(c.again), Value: pay})
		}
		terms, err := hr.NewTimeline(steps...)
		require.NoError(t, err)
		slip, err := plan.Calculate(payroll.Input{Employee: "E1", Period: hr.MustPeriod(c.period), PayDate: hr.MustDate(c.paid), Terms: terms})
		require.NoError(t, err)
		left, _ := slip.Amount("left")
		require.Equal(t, c.left, left.String(), "%v", c)
	}
}

// Who is known to retire in December earns 9 x 60,000 = 5,40,000: 10 % of 4,00,000 and 30 % of 1,40,000 are 82,000, a ninth of it a month. By a
// year to March it would be 1,36,000, a twelfth of it, 11,333.33, and what was taken too much would come back in December only.
func TestTaxOfARetirementThatIsKnownIsNotThatOfTheWholeYear(t *testing.T) {
	terms := hr.Terms{Currency: "INR", Pay: []hr.PayTerm{{Name: "basic", Amount: dec("60000")}}}
	line, err := hr.NewTimeline(hr.Step[hr.Terms]{Since: hr.MustDate("2026-04-01"), Value: terms}, hr.Step[hr.Terms]{Since: hr.MustDate("2027-01-01"), Void: true})
	require.NoError(t, err)
	taxed, withheld := dec("0"), dec("0")
	for m := 4; m <= 12; m++ {
		slip, err := timing(t).Calculate(payroll.Input{
			Employee: "E1", Period: month(m), PayDate: month(m).Through, Terms: line,
			YearToDate: []payroll.Amount{{Name: "taxed", Amount: taxed}, {Name: "tax", Amount: withheld}},
		})
		require.NoError(t, err)
		tax, _ := slip.Amount("tax")
		require.True(t, tax.Sub(dec("9111.11")).Abs().LessThan(dec("0.02")), "month %d: %s", m, tax)
		taxed, withheld = taxed.Add(dec("60000")), withheld.Add(tax)
	}
	require.Equal(t, "82000", withheld.String())
}
