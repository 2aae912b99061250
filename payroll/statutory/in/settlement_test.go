package in_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/payroll/statutory/in"
)

func TestLeavePay(t *testing.T) {
	plan := labour(t, in.Pack())
	for _, c := range []struct {
		name  string
		given map[string]string
		want  map[string]string
	}{
		{
			"45,000 / 30 x 17 days; average pay 40,000 for 17 days is 22,666.67, the rest is taxed",
			map[string]string{"h_full_wages": "45000", "leave_days_paid": "17", "leave_average_salary": "40000", "leave_days_at_credit": "17", "leave_service_years": "3"},
			map[string]string{"leave_pay": "25500", "leave_pay_exempt": "22667", "leave_pay_taxable": "2833", "host_taxable": "2833", "host_gross": "0"},
		},
		{
			"at most 30 days for a completed year: 60 of 75",
			map[string]string{"leave_pay_agreed": "100000", "leave_average_salary": "30000", "leave_days_at_credit": "75", "leave_service_years": "2"},
			map[string]string{"leave_pay_exempt": "60000", "leave_pay_taxable": "40000"},
		},
		{
			"no completed year",
			map[string]string{"leave_pay_agreed": "10000", "leave_average_salary": "30000", "leave_days_at_credit": "20", "leave_service_years": "0"},
			map[string]string{"leave_pay_exempt": "0"},
		},
		{
			"ten months of average pay",
			map[string]string{"leave_pay_agreed": "900000", "leave_average_salary": "50000", "leave_days_at_credit": "600", "leave_service_years": "20"},
			map[string]string{"leave_pay_exempt": "500000"},
		},
		{
			"25 lakh in a lifetime, 24,00,000 of it before",
			map[string]string{"leave_pay_agreed": "900000", "leave_average_salary": "90000", "leave_days_at_credit": "600", "leave_service_years": "20", "leave_exempt_before": "2400000"},
			map[string]string{"leave_pay_exempt": "100000"},
		},
		{
			"more than 25 lakh before",
			map[string]string{"leave_pay_agreed": "900000", "leave_average_salary": "90000", "leave_days_at_credit": "600", "leave_service_years": "20", "leave_exempt_before": "2600000"},
			map[string]string{"leave_pay_exempt": "0", "leave_pay_taxable": "900000"},
		},
		{
			"what is paid",
			map[string]string{"leave_pay_agreed": "9000", "leave_average_salary": "90000", "leave_days_at_credit": "600", "leave_service_years": "20"},
			map[string]string{"leave_pay_exempt": "9000", "leave_pay_taxable": "0"},
		},
		{"no leave", map[string]string{"h_full_wages": "45000"}, map[string]string{"leave_pay": "0", "leave_pay_exempt": "0"}},
	} {
		t.Run(c.name, func(t *testing.T) { figures(t, pays(t, plan, exit("2026-10-31", c.given)), c.want) })
	}
	given := map[string]string{"leave_pay_agreed": "9000", "leave_average_salary": "90000", "leave_days_at_credit": "600", "leave_service_years": "20"}
	staying := exit("2026-10-31", given)
	staying.Terms = hr.Since(hr.MustDate("2010-01-01"), staying.Terms.Steps()[0].Value)
	figures(t, pays(t, plan, staying), map[string]string{"leave_pay_exempt": "0", "leave_pay_taxable": "9000"}) // during service
	_, err := plan.Calculate(exit("2023-03-31", given))
	require.ErrorIs(t, err, hr.ErrNoValue, "the limit before April 2023 is not here")
	figures(t, pays(t, labour(t, set("leave_pay.month_days", "2026-01-01", "26")), exit("2026-10-31", map[string]string{"h_full_wages": "26000", "leave_days_paid": "3"})),
		map[string]string{"leave_pay": "3000"})
}

func TestRetrenchmentAndNotice(t *testing.T) {
	plan := labour(t, in.Pack())
	for _, c := range []struct {
		name  string
		given map[string]string
		want  map[string]string
	}{
		{
			"retrenchment: the least of paid, law and 5 lakh",
			map[string]string{"retrenchment_compensation": "400000", "retrenchment_by_law": "300000"},
			map[string]string{"retrenchment": "400000", "retrenchment_exempt": "300000", "retrenchment_taxable": "100000"},
		},
		{
			"5 lakh",
			map[string]string{"retrenchment_compensation": "800000", "retrenchment_by_law": "700000"},
			map[string]string{"retrenchment_exempt": "500000", "retrenchment_taxable": "300000"},
		},
		{"nothing said of the law: all taxed", map[string]string{"retrenchment_compensation": "1000"}, map[string]string{"retrenchment_exempt": "0"}},
		{"voluntary, once in a lifetime", map[string]string{"voluntary_compensation": "600000"}, map[string]string{"voluntary_exempt": "500000", "voluntary_taxable": "100000"}},
		{"and not again", map[string]string{"voluntary_compensation": "600000", "voluntary_exempt_before": "yes"}, map[string]string{"voluntary_exempt": "0", "voluntary_taxable": "600000"}},
		{
			"notice recovered does not lower what is taxed",
			map[string]string{"notice_short": "20000", "notice_pay": "0"},
			map[string]string{"notice_recovery": "20000", "host_taxable": "0"},
		},
		{"notice paid out is taxed", map[string]string{"notice_pay": "20000"}, map[string]string{"notice": "20000", "host_taxable": "20000"}},
	} {
		t.Run(c.name, func(t *testing.T) { figures(t, pays(t, plan, exit("2026-10-31", c.given)), c.want) })
	}
}

func TestNoticeRecoveredLowersTaxablePayWhereTheHostSaysSo(t *testing.T) {
	plan := labour(t, set("notice.lowers_taxable", "2026-01-01", "1"))
	figures(t, pays(t, plan, exit("2026-10-31", map[string]string{"notice_short": "20000", "notice_pay": "50000"})),
		map[string]string{"notice_recovery": "20000", "host_taxable": "30000"})
}

// The whole law beside all components of labour law, in one plan.
func TestComponentsFitTogether(t *testing.T) {
	components := append(in.Settlement(), in.Bonus(), in.OvertimePay(), in.PaymentWages(), payroll.Component{Name: "office", Text: officeRules})
	plan, err := payroll.Compile(payroll.Config{Currency: "INR", Packs: []payroll.Pack{in.Pack()}, Components: components})
	require.NoError(t, err)
	require.Empty(t, plan.Warnings())
	x := october()
	x.Answers = []hr.Answer{{Name: "gratuity_years", Text: "0"}}
	slip := pays(t, plan, x)
	alone := pays(t, office(t, in.Pack()), october())
	for _, l := range alone.Lines { // nothing to settle changes nothing
		got, ok := slip.Amount(l.Name)
		require.True(t, ok && got.Equal(l.Amount), l.Name)
	}
}

// 20,000 + 40,000 with 16,000 of item (k) are wages of 22,000, as in the Ministry's second picture.
func TestTerminalPayCountsInAllRemuneration(t *testing.T) {
	plan := labour(t, in.Pack())
	for _, name := range []string{"gratuity_agreed", "retrenchment_compensation", "voluntary_compensation", "notice_pay", "h_terminal"} {
		given := map[string]string{"h_included": "20000", "h_excluded": "40000", name: "16000"}
		figures(t, pays(t, plan, exit("2026-10-31", given)), map[string]string{"code_wages": "22000"})
	}
	// Leave paid out is outside: 20,000 and 10,000 added back.
	figures(t, pays(t, plan, exit("2026-10-31", map[string]string{"h_included": "20000", "h_excluded": "40000", "leave_pay_agreed": "16000"})), map[string]string{"code_wages": "30000"})
}

// 30,000 / 26 / 8 is 144.2307...; twice that for 10 hours is 2,884.615...; for 2.25 hours 649.038...
func TestOvertime(t *testing.T) {
	plan := labour(t, in.Pack())
	given := map[string]string{"h_full_wages": "30000"}
	for minutes, want := range map[int]string{0: "0", 60: "288.46", 600: "2884.62", 135: "649.04"} {
		figures(t, pays(t, plan, worked(exit("2026-10-31", given), minutes)), map[string]string{"overtime": want})
	}
	// Wages with the add-back: 12,000 + 18,000 are wages of 15,000, so half of the above.
	figures(t, pays(t, plan, worked(exit("2026-10-31", map[string]string{"h_full_wages": "12000", "h_full_excluded": "18000"}), 600)), map[string]string{"overtime": "1442.31"})
	// It is excluded from wages, and wages for the payment of wages. 1,000 + 288.46, less than half of it excluded.
	figures(t, pays(t, plan, worked(exit("2026-10-31", map[string]string{"h_full_wages": "30000", "h_included": "1000"}), 60)),
		map[string]string{"code_wages": "1000", "payment_wages": "1288.46", "host_gross": "288.46"})
	_, err := plan.Calculate(worked(exit("2025-11-20", given), 60))
	require.ErrorIs(t, err, hr.ErrNoValue, "before the Code")
	figures(t, pays(t, plan, worked(exit("2025-11-20", given), 0)), map[string]string{"overtime": "0"})
}

func TestCapDeductions(t *testing.T) {
	october := hr.MustPeriod("2026-10-01..2026-10-31")
	due := []payroll.Amount{{Name: "tax", Amount: num("9000")}, {Name: "advance", Amount: num("5000")}, {Name: "loan", Amount: num("4000")}}
	amounts := func(list []payroll.Amount) string {
		s := ""
		for _, a := range list {
			s += a.Name + " " + a.Amount.String() + ";"
		}
		return s
	}
	for wages, want := range map[string][3]string{
		"30000":    {"15000", "tax 9000;advance 5000;loan 1000;", "loan 3000;"},
		"36000":    {"18000", "tax 9000;advance 5000;loan 4000;", ""},
		"35999.99": {"17999.99", "tax 9000;advance 5000;loan 3999.99;", "loan 0.01;"}, // 17,999.995 goes down
		"10000":    {"5000", "tax 5000;advance 0;loan 0;", "tax 4000;advance 5000;loan 4000;"},
		"0":        {"0", "tax 0;advance 0;loan 0;", "tax 9000;advance 5000;loan 4000;"},
	} {
		c, err := in.CapDeductions(in.Pack(), october, num(wages), due)
		require.NoError(t, err)
		require.Equal(t, want, [3]string{c.Limit.String(), amounts(c.Taken), amounts(c.Carried)}, wages)
	}
	_, err := in.CapDeductions(in.Pack(), hr.Period{}, num("-777"), []payroll.Amount{{Amount: num("-777")}, {Name: "loan"}, {Name: "loan"}})
	faulty(t, err, "period "+string(in.RuleMonth), "wages "+string(in.RuleNegative), "deductions[0].name "+string(in.RuleDeduction),
		"deductions[0].amount "+string(in.RuleNegative), "deductions[2].name "+string(in.RuleDeduction))
	_, err = in.CapDeductions(in.Pack(), hr.MustPeriod("2025-10-01..2025-10-31"), num("1"), nil)
	require.ErrorContains(t, err, "deductions.limit has no value on 2025-10-31")
}

// Nothing is lost, nothing passes the limit, and nobody waits while somebody behind is served.
func TestCapDeductionsConserves(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		wages := rapid.Int64Range(0, 100_000).Draw(rt, "wages in paise")
		asked := rapid.SliceOfN(rapid.Int64Range(0, 40_000), 0, 6).Draw(rt, "asked in paise")
		var list []payroll.Amount
		for i, a := range asked {
			list = append(list, payroll.Amount{Name: fmt.Sprint("d", i), Amount: num(fmt.Sprint(a)).Shift(-2)})
		}
		c, err := in.CapDeductions(in.Pack(), hr.MustPeriod("2026-10-01..2026-10-31"), num(fmt.Sprint(wages)).Shift(-2), list)
		require.NoError(rt, err)
		left := wages / 2 // the dumb way, in paise
		carried := map[string]string{}
		for i, a := range asked {
			take := min(a, left)
			left -= take
			require.True(rt, c.Taken[i].Amount.Shift(2).Equal(dec(take)), "%s", list[i].Name)
			if a > take {
				carried[list[i].Name] = dec(a - take).Shift(-2).String()
			}
		}
		got := map[string]string{}
		for _, a := range c.Carried {
			got[a.Name] = a.Amount.String()
		}
		require.Equal(rt, carried, got)
	})
}

func TestMaternity(t *testing.T) {
	on := hr.MustDate("2026-10-15")
	for _, c := range []struct {
		name                string
		claim               in.MaternityClaim
		eligible            bool
		weeks, before, days int
		amount, bonus       string
	}{
		{"first birth", in.MaternityClaim{Event: in.Birth}, true, 26, 8, 182, "182000", "3500"},
		{"one child before", in.MaternityClaim{Event: in.Birth, SurvivingChildren: 1}, true, 26, 8, 182, "182000", "3500"},
		{"two children before", in.MaternityClaim{Event: in.Birth, SurvivingChildren: 2}, true, 12, 6, 84, "84000", "3500"},
		{"free care", in.MaternityClaim{Event: in.Birth, FreeCare: true}, true, 26, 8, 182, "182000", "0"},
		{"adoption", in.MaternityClaim{Event: in.Adoption, SurvivingChildren: 3}, true, 12, 0, 84, "84000", "0"},
		{"commissioning mother", in.MaternityClaim{Event: in.Commissioning}, true, 12, 0, 84, "84000", "0"},
		{"miscarriage", in.MaternityClaim{Event: in.Miscarriage}, true, 6, 0, 42, "42000", "0"},
		{"tubectomy", in.MaternityClaim{Event: in.Tubectomy}, true, 2, 0, 14, "14000", "0"},
		{"79 days worked", in.MaternityClaim{Event: in.Birth, DaysWorked: 79}, false, 0, 0, 0, "0", "0"},
		{"paise: 1,234.565 x 14 is 17,283.91", in.MaternityClaim{Event: in.Tubectomy, AverageDailyWage: num("1234.565")}, true, 2, 0, 14, "17283.91", "0"},
	} {
		c.claim.On = on
		if c.claim.DaysWorked == 0 {
			c.claim.DaysWorked = 80
		}
		if c.claim.AverageDailyWage.IsZero() {
			c.claim.AverageDailyWage = num("1000")
		}
		b, err := in.Maternity(in.Pack(), c.claim)
		require.NoError(t, err, c.name)
		require.Equal(t, []any{c.eligible, c.weeks, c.before, c.days, c.amount, c.bonus},
			[]any{b.Eligible, b.Weeks, b.WeeksBefore, b.Days, b.Amount.String(), b.MedicalBonus.String()}, c.name)
	}
	_, err := in.Maternity(in.Pack(), in.MaternityClaim{Event: "paternity", SurvivingChildren: -1, DaysWorked: -1, AverageDailyWage: num("-777")})
	faulty(t, err, "on "+string(in.RuleDay), "event "+string(in.RuleMaternity), "surviving_children "+string(in.RuleNegative),
		"days_worked "+string(in.RuleNegative), "average_daily_wage "+string(in.RuleNegative))
	_, err = in.Maternity(in.Pack(), in.MaternityClaim{On: hr.MustDate("2017-03-31"), Event: in.Birth, DaysWorked: 80})
	require.ErrorIs(t, err, hr.ErrNoValue)
}

// A second way in whole paise and rupees: half up is (2 x n + d) / (2 x d), whole.
func TestLeavePayAndOvertimeByWholeNumbers(t *testing.T) {
	plan := labour(t, in.Pack())
	halfUp := func(n, d int64) int64 { return (2*n + d) / (2 * d) }
	rapid.Check(t, func(rt *rapid.T) {
		wages := rapid.Int64Range(0, 30_000_000).Draw(rt, "paise a month")
		average := rapid.Int64Range(0, 30_000_000).Draw(rt, "average in paise")
		days, credit := rapid.Int64Range(0, 400).Draw(rt, "days paid"), rapid.Int64Range(0, 900).Draw(rt, "days at credit")
		years, before := rapid.Int64Range(0, 40).Draw(rt, "years"), rapid.Int64Range(0, 2_600_000).Draw(rt, "exempt before")
		minutes := rapid.Int64Range(0, 20).Draw(rt, "overtime in quarters") * 15
		paise := func(n int64) string { return dec(n).Shift(-2).String() }

		paid := halfUp(wages*days, 100*30)
		exempt := min(paid, 2_500_000-before, halfUp(average*10, 100), halfUp(average*min(credit, 30*years), 100*30))
		overtime := halfUp(2*wages*minutes, 26*8*60)
		slip := pays(rt, plan, worked(exit("2026-10-31", map[string]string{
			"h_full_wages": paise(wages), "leave_days_paid": fmt.Sprint(days), "leave_average_salary": paise(average), "leave_days_at_credit": fmt.Sprint(credit),
			"leave_service_years": fmt.Sprint(years), "leave_exempt_before": fmt.Sprint(before),
		}), int(minutes)))
		figures(rt, slip, map[string]string{
			"leave_pay": fmt.Sprint(paid), "leave_pay_exempt": fmt.Sprint(max(0, exempt)), "leave_pay_taxable": fmt.Sprint(paid - max(0, exempt)), "overtime": paise(overtime),
		})
	})
}
