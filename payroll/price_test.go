package payroll_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
)

// The rules of the price tests, small enough to work out by hand: a tax of 10 % on what the tax year's pay is above 300000, and an
// employer's share of 12 % of the basic, at most 1800 a month.
const priceRules = `
input basic: money by piece
input bonus: money = 0
input ytd_basic_pay: money
line basic_pay: money in earnings = round(pieces(basic * payable_days / period_days), 0.01)
line bonus_pay: money in earnings = bonus
line tax: money in deductions = round(10% * (max(0, ytd_basic_pay + basic_pay - 300000) - max(0, ytd_basic_pay - 300000)), 1)
line share: money in employer = round(min(12% * basic_pay, 1800), 1)
input payable_days: days by piece
input period_days: days
`

func priceWorld(t *testing.T) *world {
	t.Helper()
	april := payroll.Pack{TaxYear: payroll.YearStart{Month: time.April, Day: 1}}
	plan, err := payroll.Compile(payroll.Config{Currency: "INR", Packs: []payroll.Pack{april}, Components: []payroll.Component{{Name: "price", Text: priceRules}}})
	require.NoError(t, err)
	w := newWorld(t, 1)
	w.Plans = []*payroll.Plan{plan}
	_, err = w.Adopt(t.Context(), w.cmd(officer), plan, hr.MustPeriod("2026-04-01.."))
	require.NoError(t, err)
	return w
}

func TestPriceTerms(t *testing.T) {
	w := priceWorld(t)
	offered := hr.Terms{Entity: "Example Ltd", Currency: "INR", Pay: []hr.PayTerm{{Name: "basic", Amount: dec("40000")}}}
	for over, want := range map[string][3]string{
		// 40000; no tax on 40000; share min(4800, 1800).
		"2026-11-01..2026-11-30": {"40000", "40000", "41800"},
		// A tax year: 12 x 40000 = 480000; tax 10 % of 180000 = 18000; share 12 x 1800 = 21600.
		"2027-04-01..2028-03-31": {"480000", "462000", "501600"},
		// Twelve months over two tax years: five of them to March (200000) and seven from April (280000), no tax in either.
		"2026-11-01..2027-10-31": {"480000", "480000", "501600"},
		// Nine months of one tax year: 360000; tax 10 % of 60000.
		"2026-07-01..2027-03-31": {"360000", "354000", "376200"},
	} {
		price, err := w.PriceTerms(t.Context(), asOfficer, offered, hr.MustPeriod(over))
		require.NoError(t, err, over)
		require.Equal(t, over, price.Over.String())
		for i, got := range []hr.Money{price.Gross, price.Net, price.Cost} {
			require.True(t, got.Equal(hr.MustMoney(want[i], "INR")), "%s: %s of %v", over, got, want)
		}
	}
	require.NotContains(t, hr.PayPrice{Net: hr.MustMoney("717171", "INR")}.LogValue().String(), "717171")
}

// Working days are those of the calendar that the terms name, and a month that it does not know has no price.
func TestPriceTermsByWorkingDays(t *testing.T) {
	w := priceWorld(t)
	plan := grossPlan(t, "input basic: money\ninput working_days: days\nline pay in earnings = round(basic * working_days / 1 day, 1)\n")
	w.Plans, w.Calendars = []*payroll.Plan{plan}, map[string]hr.Calendar{"six": sixDays}
	_, err := w.Adopt(t.Context(), w.cmd(officer), plan, hr.MustPeriod("2026-04-01.."))
	require.NoError(t, err)
	daily := basic("1000")
	for _, c := range []struct{ calendar, over, want string }{
		{"six", "2026-10-01..2026-10-31", "23500"}, // 23.5 working days
		{"six", "2030-10-01..2030-10-31", "is outside the calendar"},
		{"five", "2026-10-01..2026-10-31", "must name a calendar"},
	} {
		daily.Calendar = c.calendar
		price, err := w.PriceTerms(t.Context(), asOfficer, daily, hr.MustPeriod(c.over))
		if err != nil {
			require.ErrorContains(t, err, c.want)
			continue
		}
		require.Equal(t, c.want, hr.Canonical(price.Gross.Amount))
	}
}

func TestPriceTermsRefuses(t *testing.T) {
	w := priceWorld(t)
	offered := hr.Terms{Currency: "INR", Pay: []hr.PayTerm{{Name: "basic", Amount: dec("717171")}}}
	for _, over := range []string{"2026-11-02..2026-11-30", "2026-11-01..2026-11-29", "2026-11-01.."} {
		_, err := w.PriceTerms(t.Context(), asOfficer, offered, hr.MustPeriod(over))
		require.Equal(t, []hr.Rule{payroll.RulePrice}, rules(err), over)
	}
	november := hr.MustPeriod("2026-11-01..2026-11-30")
	dollars := offered.Clone()
	dollars.Currency = "USD"
	_, err := w.PriceTerms(t.Context(), asOfficer, dollars, november)
	require.Equal(t, []hr.Rule{payroll.RulePrice}, rules(err))
	_, err = w.PriceTerms(t.Context(), asOfficer, hr.Terms{Currency: "INR"}, november)
	require.NotEmpty(t, rules(err), "no basic")
	require.NotContains(t, err.Error(), "717171")
	_, err = w.PriceTerms(t.Context(), asOfficer, offered, hr.MustPeriod("2026-03-01..2026-03-31"))
	require.Equal(t, []hr.Rule{payroll.RulePlanAdopted}, rules(err))
	w.Kit.Authorize = nil
	_, err = w.PriceTerms(t.Context(), asOfficer, offered, november)
	require.ErrorIs(t, err, hr.ErrDenied)
}

// A bonus is paid with the period it was added to, once however often the command is sent.
func TestPayBonus(t *testing.T) {
	w := priceWorld(t)
	ctx := t.Context()
	cmd := w.cmd(officer)
	for range 2 {
		require.NoError(t, w.PayBonus(ctx, cmd, "E001", "bonus", october, hr.MustMoney("5000", "INR")))
	}
	err := w.PayBonus(ctx, w.cmd(officer), "E001", "bonus", october, hr.MustMoney("717171", "USD"))
	require.Equal(t, []hr.Rule{payroll.RulePrice}, rules(err))
	require.NotContains(t, err.Error(), "717171")
	w.staff.terms["E001"] = hr.Since(hr.MustDate("2026-04-01"), hr.Terms{Entity: "Example Ltd", Currency: "INR", Pay: []hr.PayTerm{{Name: "basic", Amount: dec("40000")}}})
	id := w.pay(t, "2026-10-01..2026-10-31")
	slip, err := w.Payslip(ctx, asOfficer, id, "E001")
	require.NoError(t, err)
	require.Equal(t, "5000.00", amount(t, slip, "bonus_pay"))
}
