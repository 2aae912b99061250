package in_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/payroll/statutory/in"
)

// labourHost is a host with one line in each group that wages, settlement, bonus and overtime read.
const labourHost = `
input h_included : money = 0
input h_excluded : money = 0
input h_for_payment : money = 0
input h_terminal : money = 0
input h_in_kind : money = 0
input h_full_wages : money = 0
input h_full_excluded : money = 0
line host_included in wages = h_included
line host_excluded in wages_excluded = h_excluded
line host_for_payment in wages_excluded, wages_for_payment = h_for_payment
line host_terminal in wages_terminal = h_terminal
line host_in_kind in wages_in_kind = h_in_kind
line host_full_wages in full_month_wages, full_month_gross = h_full_wages
line host_full_excluded in full_month_gross = h_full_excluded
line host_hourly : money/hours = if pieces(overtime_hours) = 0 then 0 else round(overtime.rate, 0.01)
line host_taxable = sum(taxable)
line host_gross = sum(gross)
`

// labour is the plan of settlements: wages of the pack, all components of labour law, the host above.
func labour(t testing.TB, pack payroll.Pack) *payroll.Plan {
	t.Helper()
	components := append(in.Settlement(), in.Bonus(), in.OvertimePay(), in.PaymentWages(), payroll.Component{Name: "host", Text: labourHost})
	for _, c := range pack.Components {
		if c.Name == "in/wages.rules" {
			components = append(components, c)
		}
	}
	pack.Components = nil
	plan, err := payroll.Compile(payroll.Config{Currency: "INR", Packs: []payroll.Pack{pack}, Components: components})
	require.NoError(t, err)
	require.Empty(t, plan.Warnings())
	return plan
}

// exit is the payslip of somebody who leaves on a day, paid on that day, by what is given.
func exit(day string, given map[string]string) payroll.Input {
	last := hr.MustDate(day)
	terms := hr.Terms{Currency: "INR"}
	for name, text := range given {
		terms.Answers = append(terms.Answers, hr.Answer{Name: name, Text: text})
	}
	if _, ok := given["gratuity_years"]; !ok {
		terms.Answers = append(terms.Answers, hr.Answer{Name: "gratuity_years", Text: "0"})
	}
	timeline, err := hr.NewTimeline(
		hr.Step[hr.Terms]{Since: hr.MustDate("2010-01-01"), Value: terms}, hr.Step[hr.Terms]{Since: last.Add(1), Void: true})
	if err != nil {
		panic(err)
	}
	return payroll.Input{Employee: "E1", Period: hr.Period{From: last.FirstOfMonth(), Through: last}, PayDate: last, Terms: timeline}
}

func pays(t require.TestingT, plan *payroll.Plan, x payroll.Input) payroll.Payslip {
	slip, err := plan.Calculate(x)
	require.NoError(t, err)
	return slip
}

// num reads a figure of a test.
func num(s string) decimal.Decimal { return decimal.RequireFromString(s) }

// Who has not worked a day yet is answered, and not at fault.
func TestMaternityWithoutADayWorked(t *testing.T) {
	b, err := in.Maternity(in.Pack(), in.MaternityClaim{On: hr.MustDate("2026-10-15"), Event: in.Birth, AverageDailyWage: dec(1000)})
	require.NoError(t, err)
	require.False(t, b.Eligible)
	require.True(t, b.Amount.IsZero())
}

// told is the text of an explanation.
func told(t testing.TB, trace hr.Trace) string {
	t.Helper()
	var b strings.Builder
	require.NoError(t, trace.Text(&b))
	return b.String()
}

// faulty wants exactly these faults, each with its rule, and no amount in any message.
func faulty(t *testing.T, err error, want ...string) {
	t.Helper()
	var got []string
	for _, f := range hr.FieldErrors(err) {
		got = append(got, f.Path+" "+string(f.Rule))
		require.NotContains(t, f.Reason, "777")
	}
	require.ElementsMatch(t, want, got)
}

// without is the pack without one parameter.
func without(name string) payroll.Pack {
	pack := in.Pack()
	for i, p := range pack.Params {
		if p.Name == name {
			pack.Params = append(pack.Params[:i], pack.Params[i+1:]...)
			return pack
		}
	}
	panic(name)
}

// set is the pack with one more value on top.
func set(name, day, value string) payroll.Pack {
	pack := in.Pack()
	for i, p := range pack.Params {
		if p.Name == name {
			pack.Params[i].Steps = append(p.Steps, hr.ParameterStep{
				Since: hr.MustDate(day), Value: num(value), Overlay: true, Source: hr.Source{Title: "notice of the host"}, Reviewed: hr.MustDate(day),
			})
			return pack
		}
	}
	panic(name)
}

// The Ministry's pictures of December 2025: 60,000 = 20,000 + 40,000, wages 30,000; 76,000 = 20,000 + 40,000 + 16,000, wages 22,000.
func TestWagesOfTheCode(t *testing.T) {
	plan := labour(t, in.Pack())
	for _, c := range []struct {
		name  string
		given map[string]string
		want  map[string]string
	}{
		{"first picture", map[string]string{"h_included": "20000", "h_excluded": "40000"}, map[string]string{"wages_added_back": "10000", "code_wages": "30000"}},
		{
			"second picture: half of 76,000 is 38,000",
			map[string]string{"h_included": "20000", "h_excluded": "40000", "h_terminal": "16000"},
			map[string]string{"wages_added_back": "2000", "code_wages": "22000"},
		},
		{"exactly half is not beyond it", map[string]string{"h_included": "20000", "h_excluded": "20000"}, map[string]string{"wages_added_back": "0", "code_wages": "20000"}},
		{"a paisa beyond: half of it is added back", map[string]string{"h_included": "20000", "h_excluded": "20000.02"}, map[string]string{"wages_added_back": "0.01", "code_wages": "20000.01"}},
		{"no pay", nil, map[string]string{"wages_added_back": "0", "code_wages": "0", "payment_wages": "0"}},
		{
			"in kind up to 15 %: 3,000 of 20,000",
			map[string]string{"h_included": "20000", "h_in_kind": "3500"},
			map[string]string{"code_wages": "23000", "payment_wages": "23000"},
		},
		{"in kind below 15 %", map[string]string{"h_included": "20000", "h_in_kind": "2999"}, map[string]string{"code_wages": "22999"}},
		{
			"in kind after the add-back: 15 % of 30,000",
			map[string]string{"h_included": "20000", "h_excluded": "40000", "h_in_kind": "9000"},
			map[string]string{"code_wages": "34500"},
		},
		{
			"for payment, house rent of 15,000 is wages; the other 25,000 are below half of 60,000",
			map[string]string{"h_included": "20000", "h_excluded": "25000", "h_for_payment": "15000"},
			map[string]string{"code_wages": "30000", "payment_wages": "35000"},
		},
		{
			"for payment, what is left beyond half is added back too: 35,000 - 30,000",
			map[string]string{"h_included": "20000", "h_excluded": "35000", "h_for_payment": "5000"},
			map[string]string{"code_wages": "30000", "payment_wages": "30000"},
		},
	} {
		t.Run(c.name, func(t *testing.T) { figures(t, pays(t, plan, exit("2026-10-31", c.given)), c.want) })
	}
	// Before the Code nothing is added back and nothing in kind counts.
	figures(t, pays(t, plan, exit("2025-10-31", map[string]string{"h_included": "20000", "h_excluded": "40000", "h_in_kind": "900"})),
		map[string]string{"wages_added_back": "0", "code_wages": "20000"})
	// The switch: items (j) and (k) do not count in all remuneration.
	figures(t, pays(t, labour(t, set("wages.terminal_counts", "2026-10-01", "0")), exit("2026-10-31", map[string]string{"h_included": "20000", "h_excluded": "40000", "h_terminal": "16000"})),
		map[string]string{"wages_added_back": "10000", "code_wages": "30000"})
}

func TestUncertainLabourFactsAreMarked(t *testing.T) {
	marked := map[string]bool{}
	for _, p := range in.Pack().Params {
		if s, err := p.At(hr.MustDate("2026-10-31")); err == nil && s.Uncertain != "" {
			marked[p.Name] = true
		}
	}
	for _, name := range []string{
		"wages.terminal_counts", "wages.in_kind_limit", "gratuity.ceiling", "gratuity.fixed_term_by_months", "gratuity.fifth_year_days",
		"gratuity.uncovered_days", "gratuity_exempt.on_code_wages", "gratuity_exempt.limit", "leave_pay.month_days", "leave_exempt.limit",
		"settlement.working_days", "notice.lowers_taxable", "gratuity.death_by_months", "retrenchment_exempt.limit", "voluntary_exempt.limit",
	} {
		require.True(t, marked[name], name)
	}
	for _, name := range []string{"bonus.minimum_parts", "bonus.minimum_of"} { // the accounting year 2025-26 is under two laws
		for _, p := range in.Pack().Params {
			if p.Name == name {
				s, err := p.At(hr.MustDate("2026-03-31"))
				require.NoError(t, err)
				require.NotEmpty(t, s.Uncertain)
			}
		}
	}
}

// labourFacts are the dated numbers of labour law, a second time from the facts document: see parameterFacts.
const labourFacts = `
wages.terminal_counts      2014-09-01 1     2025-11-21 1                        # 7: default = count what is passed
wages.in_kind_limit        2014-09-01 0     2025-11-21 15                       # 7
gratuity.days              2018-03-29 15    2025-11-21 15                       # 6.1
gratuity.month_days        2018-03-29 26    2025-11-21 26
gratuity.part_year_months  2018-03-29 6     2025-11-21 6
gratuity.service_years     2018-03-29 5     2025-11-21 5
gratuity.service_years_fixed_term 2018-03-29 5 2025-11-21 1
gratuity.service_years_journalist 2025-11-21 3
gratuity.fifth_year_days   2018-03-29 240   2025-11-21 240
gratuity.fifth_year_days_five_day_week 2018-03-29 190 2025-11-21 190
gratuity.fixed_term_by_months 2018-03-29 0  2025-11-21 1
gratuity.death_by_months   2018-03-29 0     2025-11-21 0                        # not in the facts document: a switch
gratuity.ceiling           2018-03-29 2000000 2025-11-21 2000000
gratuity.uncovered_days    2018-03-29 15                                        # half a month
gratuity.uncovered_month_days 2018-03-29 30
gratuity.pay_within_days   2018-03-29 30    2025-11-21 30
gratuity_exempt.limit      2018-03-29 2000000 2026-04-01 2000000                # 1.14
gratuity_exempt.on_code_wages 2018-03-29 0  2025-11-21 1
leave_pay.month_days       2023-04-01 30
leave_exempt.limit         2023-04-01 2500000 2026-04-01 2500000                # 1.14
leave_exempt.months        2023-04-01 10    2026-04-01 10
leave_exempt.year_days     2023-04-01 30    2026-04-01 30
leave_exempt.month_days    2023-04-01 30    2026-04-01 30
notice.lowers_taxable      2020-04-01 0                                         # 6.3: usual view
retrenchment_exempt.limit  2020-04-01 500000 2026-04-01 500000                  # 1.14
voluntary_exempt.limit     2020-04-01 500000 2026-04-01 500000
bonus.wage_limit           2014-04-01 21000 2025-11-21 21000                    # 6.2
bonus.ceiling              2014-04-01 7000  2025-11-21 7000
bonus.days_worked          2014-04-01 30    2025-11-21 30
bonus.minimum_parts        2014-04-01 8.33  2025-11-21 8.33 2026-04-01 1
bonus.minimum_of           2014-04-01 100   2025-11-21 100  2026-04-01 12
bonus.least                2014-04-01 100   2025-11-21 100
bonus.maximum_rate         2014-04-01 20    2025-11-21 20
bonus.carry_years          2014-04-01 4     2025-11-21 4
bonus.pay_within_months    2014-04-01 8     2025-11-21 8
maternity.weeks            2017-04-01 26    2025-11-21 26                       # 6.3
maternity.weeks_before     2017-04-01 8     2025-11-21 8
maternity.weeks_two_children 2017-04-01 12  2025-11-21 12
maternity.weeks_before_two_children 2017-04-01 6 2025-11-21 6
maternity.weeks_adoption   2017-04-01 12    2025-11-21 12
maternity.weeks_miscarriage 2017-04-01 6    2025-11-21 6
maternity.weeks_tubectomy  2017-04-01 2     2025-11-21 2
maternity.days_worked      2017-04-01 80    2025-11-21 80
maternity.medical_bonus    2017-04-01 3500  2025-11-21 3500
maternity.children         2017-04-01 2     2025-11-21 2
overtime.multiple          2025-11-21 2                                         # 6.3
overtime.month_days        2025-11-21 26
overtime.day_hours         2025-11-21 8
deductions.limit           2025-11-21 50                                        # 6.3
wages.due_day              2025-11-21 7
settlement.working_days    2025-11-21 2
`

// Every worked example of labour law, by the API that a host calls.
func TestExamplesOfLabourLaw(t *testing.T) {
	plan := labour(t, in.Pack())
	october := hr.MustPeriod("2026-10-01..2026-10-31")
	same := func(t *testing.T, want any, got decimal.Decimal) {
		t.Helper()
		require.True(t, got.Equal(num(fmt.Sprint(want))), "got %s, want %v", got, want)
	}
	line := func(t *testing.T, slip payroll.Payslip, name string) decimal.Decimal {
		t.Helper()
		a, ok := slip.Amount(name)
		require.True(t, ok, name)
		return a
	}
	for topic, check := range map[string]func(t *testing.T, e example){
		"deductions": func(t *testing.T, e example) {
			c, err := in.CapDeductions(in.Pack(), october, num(e.text("wages")), []payroll.Amount{{Name: "loan", Amount: num(e.text("deductions"))}})
			require.NoError(t, err)
			same(t, e.Expect["deductible_now"], c.Taken[0].Amount)
			same(t, e.Expect["excess_carried"], c.Carried[0].Amount)
		},
		"gratuity": func(t *testing.T, e example) {
			g, err := in.GratuityOf(in.Pack(), in.GratuityService{Joined: hr.MustDate(e.text("join")), LastDay: hr.MustDate(e.text("last_day")), Ending: in.EndedLeaving})
			require.NoError(t, err)
			require.Equal(t, fmt.Sprint(e.Expect["completed_years"]), fmt.Sprint(g.Completed))
			require.Equal(t, fmt.Sprint(e.Expect["payable_years"]), fmt.Sprint(g.Years))
			slip := pays(t, plan, exit(e.text("last_day"), map[string]string{"h_full_wages": e.text("monthly_wages"), "gratuity_years": fmt.Sprint(g.Years)}))
			same(t, e.Expect["amount"], line(t, slip, "gratuity"))
		},
		"gratuity.tax": func(t *testing.T, e example) {
			given := map[string]string{"gratuity_agreed": e.text("gratuity_paid"), "gratuity_exempt_before": e.or("earlier_exemption", "0")}
			if average := e.text("average_salary_10_months"); average != "" {
				given["gratuity_covered"], given["gratuity_average_salary"], given["gratuity_years"] = "no", average, e.text("service_years")
			} else {
				given["h_full_wages"], given["gratuity_years"] = e.text("monthly_wages"), e.text("payable_years")
			}
			slip := pays(t, plan, exit("2026-10-31", given))
			same(t, e.Expect["exempt"], line(t, slip, "gratuity_exempt"))
			same(t, e.Expect["taxable"], line(t, slip, "gratuity_taxable"))
		},
		"bonus": func(t *testing.T, e example) {
			year := hr.MustPeriod("2026-04-01..2027-03-31")
			slip := pays(t, plan, exit("2026-10-31", map[string]string{"h_full_wages": e.text("monthly_wage"), "minimum_wage": e.text("minimum_wage")}))
			b, err := in.BonusOf(in.Pack(), in.BonusClaim{Year: year, Wages: line(t, slip, "bonus_wages").Mul(num(e.text("months"))), DaysWorked: 30})
			require.NoError(t, err)
			require.Equal(t, e.Expect["eligible"], b.Eligible)
			same(t, e.Expect["minimum_bonus"], b.Minimum)
		},
		"bonus.set_on_off": func(t *testing.T, e example) {
			var carry in.BonusCarry
			for i, row := range e.Expect["years"].([]any) {
				want := row.(map[string]any)
				a, err := in.AllocateBonus(in.Pack(), hr.MustDate("2027-03-31"), in.BonusYear{
					Year: i + 1, Allocable: num(fmt.Sprint(want["allocable_surplus"])), Minimum: num(e.text("minimum_bonus")), Maximum: num(e.text("maximum_bonus")),
				}, carry)
				require.NoError(t, err)
				same(t, want["bonus"], a.Bonus)
				require.Equal(t, fmt.Sprint(want["set_on"]), fmt.Sprint(balances(a.Carry.SetOn)))
				require.Equal(t, fmt.Sprint(want["set_off"]), fmt.Sprint(balances(a.Carry.SetOff)))
				carry = a.Carry
			}
		},
		"leave_encashment.tax": func(t *testing.T, e example) {
			slip := pays(t, plan, exit("2026-10-31", map[string]string{
				"leave_pay_agreed": e.text("amount_received"), "leave_average_salary": e.text("average_salary_10_months"),
				"leave_days_at_credit": e.text("leave_days_at_credit"), "leave_service_years": e.text("completed_years"), "leave_exempt_before": e.text("earlier_exemption"),
			}))
			same(t, e.Expect["exempt"], line(t, slip, "leave_pay_exempt"))
			same(t, e.Expect["taxable"], line(t, slip, "leave_pay_taxable"))
		},
		"maternity": func(t *testing.T, e example) {
			b, err := in.Maternity(in.Pack(), in.MaternityClaim{On: october.From, Event: in.Birth, DaysWorked: 80, AverageDailyWage: num(e.text("average_daily_wage"))})
			require.NoError(t, err)
			require.Equal(t, fmt.Sprint(e.Expect["paid_days"]), fmt.Sprint(b.Days))
			same(t, e.Expect["amount"], b.Amount)
		},
		"overtime": func(t *testing.T, e example) {
			slip := pays(t, plan, worked(exit("2026-10-31", map[string]string{"h_full_wages": e.text("monthly_wages")}), int(num(e.text("overtime_hours")).IntPart())*60))
			same(t, e.Expect["hourly_rate"], line(t, slip, "host_hourly"))
			same(t, e.Expect["overtime_pay"], line(t, slip, "overtime"))
		},
		"full_and_final": func(t *testing.T, e example) {
			require.Equal(t, "[Sunday]", fmt.Sprint(e.Given["weekly_off"]))
			d, err := in.FullAndFinalDue(in.Pack(), hr.MustDate(e.text("last_working_day")), sundaysOff(t))
			require.NoError(t, err)
			require.Equal(t, e.Expect["due"], d.Day.String())
		},
	} {
		for _, e := range examples(t, topic) {
			t.Run(e.ID, func(t *testing.T) { check(t, e) })
		}
	}
}

func balances(list []in.BonusBalance) map[string]string {
	out := map[string]string{}
	for _, b := range list {
		out[fmt.Sprint(b.Year)] = b.Amount.String()
	}
	return out
}

// worked is the input with minutes of overtime on the first day.
func worked(x payroll.Input, minutes int) payroll.Input {
	ts := hr.Timesheet{Employee: x.Employee, Period: x.Period}
	for d := range x.Period.Days() {
		day := hr.TimesheetDay{Date: d, Status: "present", Payable: dec(1)}
		if d == x.Period.From {
			day.Bands = []hr.Band{{Name: "overtime", Minutes: minutes}}
		}
		ts.Days, ts.Payable = append(ts.Days, day), ts.Payable.Add(dec(1))
	}
	x.Timesheet = ts
	return x
}
