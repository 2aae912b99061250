package payroll_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

var september = hr.MustPeriod("2026-09-01..2026-09-30")

// causesOf lists the causes of one line: "input +15500: Basic 1 to 2".
func causesOf(c payroll.Comparison, line string) (out []string) {
	for _, l := range append(c.Lines, c.Net) {
		if l.Name == line {
			for _, a := range l.Causes {
				out = append(out, fmt.Sprintf("%s %s: %s", a.Cause, a.Amount, a.What))
			}
		}
	}
	return out
}

// From September to October: a raise from 31,000 to 62,000 on the 16th, an unpaid day on the 5th, a bonus, and a year-to-date.
//
//	September          31000                                              3100
//	with the raise     31000 x 15/30 + 62000 x 15/30 = 46500  +15500
//	October's days     31000 x 14/31 + 62000 x 16/31 = 46000    -500      3100 x 30/31 = 3000   -100
func TestWhatChangedSinceLastMonth(t *testing.T) {
	before, after := full("E1"), full("E1")
	before.Period, before.PayDate = september, september.Through
	before.Terms = hr.Since(hr.MustDate("2026-01-01"), terms("31000", "3100"))
	after.Terms = timeline(t, hr.Step[hr.Terms]{Since: hr.MustDate("2026-01-01"), Value: terms("31000", "3100")}, hr.Step[hr.Terms]{Since: hr.MustDate("2026-10-16"), Value: terms("62000", "3100")})
	after.Timesheet = sheet("E1", october, october, map[int]string{5: "1"}, nil)
	after.Adjustments = []payroll.Adjustment{{Employee: "E1", Name: "bonus", Amount: dec("5000")}}
	after.YearToDate = []payroll.Amount{{Name: "fund", Amount: dec("3000")}}
	plan := office(t)
	c, err := payroll.Compare(payroll.Basis{Plan: plan, Input: before}, payroll.Basis{Plan: plan, Input: after})
	require.NoError(t, err)
	var text strings.Builder
	require.NoError(t, c.Text(&text))
	require.Equal(t, `
Payslip E1   2026-10-01..2026-10-31, and before it 2026-09-01..2026-09-30   INR
Basic   31000.00 to 46000.00                                                           +15000.00
   input: basic 31000 to 31000 and then 62000                                          +15500.00
   days: days and hours of the period                                                    -500.00
House rent allowance   3100.00 to 3000.00                                                -100.00
   days: days and hours of the period                                                    -100.00
Bonus   0.00 to 5000.00                                                                 +5000.00
   input: bonus 0 to 5000                                                               +5000.00
NET PAY   31100.00 to 51000.00                                                         +19900.00
   input: basic 31000 to 31000 and then 62000                                          +15500.00
   input: bonus 0 to 5000                                                               +5000.00
   days: days and hours of the period                                                    -600.00
`, "\n"+text.String()) // net: 31000 + 3100 less a fund of 12% of 25000 in both
	require.Equal(t, []string{"year_to_date 3000: ytd fund 0 to 3000"}, causesOf(c, "fund_this_year"), "not shown on a payslip, and told")
	for _, verb := range []string{"%v", "%+v", "%#v"} {
		require.NotContains(t, fmt.Sprintf(verb, c)+fmt.Sprintf(verb, c.Lines[0])+fmt.Sprintf(verb, c.Lines[0].Causes[0]), "15500")
	}
	require.Equal(t, "[change of basic_pay] [part of input]", fmt.Sprint(payroll.LineChange{Name: "basic_pay"}.LogValue(), " ", payroll.Attribution{Cause: payroll.CauseInput}.LogValue()))
}

// A hundred of the bonus become allowance: both lines say so, and net pay, which stays, has no sign before its zero.
func TestAnUnchangedNetPayHasNoSign(t *testing.T) {
	plan := grossPlan(t, "input bonus: money = 0\ninput basic: money\nline pay \"Pay\" in earnings = basic\nline gift \"Gift\" in earnings = bonus\n")
	before, after := paidBasic("1000"), paidBasic("900")
	after.Adjustments = []payroll.Adjustment{{Employee: "E1", Name: "bonus", Amount: dec("100")}}
	c, err := payroll.Compare(payroll.Basis{Plan: plan, Input: before}, payroll.Basis{Plan: plan, Input: after})
	require.NoError(t, err)
	var text strings.Builder
	require.NoError(t, c.Text(&text))
	rows := map[string]string{}
	for _, row := range strings.Split(text.String(), "\n") {
		words := strings.Fields(row)
		if len(words) > 0 {
			rows[words[0]] = words[len(words)-1]
		}
	}
	require.Equal(t, []string{"-100.00", "+100.00", "0.00"}, []string{rows["Pay"], rows["Gift"], rows["NET"]})
}

// levied is a plan whose law raises a ceiling on 1 October; the company may change its own rate.
func levied(t require.TestingT, own string) *payroll.Plan {
	source := hr.Source{Title: "The Act"}
	step := func(since, value string) hr.ParameterStep {
		return hr.ParameterStep{Since: hr.MustDate(since), Value: dec(value), Source: source, Reviewed: hr.MustDate("2026-11-01")}
	}
	plan, err := payroll.Compile(payroll.Config{Currency: "INR", Packs: []payroll.Pack{{
		TaxYear: payroll.YearStart{Month: time.April, Day: 1},
		Params: []hr.Parameter{{Name: "levy.ceiling", Title: "Ceiling of the levy", Unit: "money", Steps: []hr.ParameterStep{
			step("2026-04-01", "15000"), step("2026-10-01", "25000"),
		}}},
	}}, Components: []payroll.Component{{Name: "own", Text: own}}})
	require.NoError(t, err)
	return plan
}

const leviedRules = `
input basic: money by piece
input payable_days: days by piece
input period_days: days
input months_left: count
line pay in earnings = round(pieces(basic * payable_days / period_days), 0.01)
line levy "Levy" in deductions = round(10% * min(pay, levy.ceiling), 1)
line spread "Spread" in information = round(pay / months_left, 0.01)
`

// 20,000 under a ceiling of 15,000 pays 1,500, and under one of 25,000 2,000.
func TestAChangedCeilingIsACauseOfItsOwn(t *testing.T) {
	plan := levied(t, leviedRules)
	before := payroll.Input{Employee: "E1", Period: september, PayDate: september.Through, Terms: hr.Since(september.From, basic("20000"))}
	after := before
	after.Period, after.PayDate = october, october.Through
	c, err := payroll.Compare(payroll.Basis{Plan: plan, Input: before}, payroll.Basis{Plan: plan, Input: after})
	require.NoError(t, err)
	require.Equal(t, []string{"parameter 500: Ceiling of the levy 15000 to 25000"}, causesOf(c, "levy"))
	require.Equal(t, []string{"parameter -500: values of the law"}, causesOf(c, "net pay"))
	// 20000/7 = 2857.14, 20000/6 = 3333.33
	require.Equal(t, []string{"period 476.19: months left 7 to 6"}, causesOf(c, "spread"))
	require.Len(t, c.Lines, 2, "pay is the same: 30 of 30 days and 31 of 31")
}

// A table of the law is named with the days since which its rows hold: 50 in September and 80 from October on.
func TestAChangedTableIsACauseOfItsOwn(t *testing.T) {
	step := func(since, value string) hr.TableStep {
		return hr.TableStep{
			Since: hr.MustDate(since), Rows: []hr.TableRow{{Bound: hr.Above, Value: dec(value)}},
			Source: hr.Source{Title: "The Act"}, Reviewed: hr.MustDate("2026-11-01"),
		}
	}
	plan, err := payroll.Compile(payroll.Config{Currency: "INR", Packs: []payroll.Pack{{Tables: []hr.Table{{
		Name: "toll", Title: "Toll", Kind: hr.Bands, Key: "money", Value: "money", Steps: []hr.TableStep{step("2026-04-01", "50"), step("2026-10-01", "80")},
	}}}}, Components: []payroll.Component{{Name: "own", Text: "input basic: money\nline charge in deductions = toll(basic)\n"}}})
	require.NoError(t, err)
	before := payroll.Input{Employee: "E1", Period: september, PayDate: september.Through, Terms: hr.Since(september.From, basic("20000"))}
	after := before
	after.Period, after.PayDate = october, october.Through
	c, err := payroll.Compare(payroll.Basis{Plan: plan, Input: before}, payroll.Basis{Plan: plan, Input: after})
	require.NoError(t, err)
	require.Equal(t, []string{"parameter 30: Toll 2026-04-01 to 2026-10-01"}, causesOf(c, "charge"))
}

// Raises on the last days of October find room at the end of February, whose law is other: its part is still told apart. Where a month
// has more pieces than the other has days it cannot be, and goes with what follows.
func TestPiecesFindRoomInAShorterMonth(t *testing.T) {
	source := hr.Source{Title: "The Act"}
	param := hr.Parameter{Name: "rate", Unit: "percent", Steps: []hr.ParameterStep{
		{Since: hr.MustDate("2026-04-01"), Value: dec("10"), Source: source, Reviewed: hr.MustDate("2026-11-01")},
		{Since: hr.MustDate("2027-02-01"), Value: dec("20"), Source: source, Reviewed: hr.MustDate("2026-11-01")},
	}}
	plan, err := payroll.Compile(payroll.Config{Currency: "INR", Packs: []payroll.Pack{{Params: []hr.Parameter{param}}}, Components: []payroll.Component{{Name: "own", Text: `
input basic: money by piece
input payable_days: days by piece
input period_days: days
line levy in deductions = round(pieces(rate * basic * payable_days / period_days), 0.01)
`}}})
	require.NoError(t, err)
	february := hr.MustPeriod("2027-02-01..2027-02-28")
	after := payroll.Input{Employee: "E1", Period: february, PayDate: february.Through, Terms: hr.Since(september.From, basic("31000"))}
	before := payroll.Input{Employee: "E1", Period: october, PayDate: october.Through}
	raised := func(days ...int) hr.Timeline[hr.Terms] {
		steps := []hr.Step[hr.Terms]{{Since: september.From, Value: basic("31000")}}
		for _, d := range days {
			steps = append(steps, hr.Step[hr.Terms]{Since: october.From.Add(d - 1), Value: basic("62000")})
		}
		return timeline(t, steps...)
	}
	before.Terms = raised(29, 30, 31)
	c, err := payroll.Compare(payroll.Basis{Plan: plan, Input: before}, payroll.Basis{Plan: plan, Input: after})
	require.NoError(t, err)
	// 10% of 28 x 1000 + 3 x 2000 = 3400; by February's law 6800; at one rate 20% of 31000 = 6200; 28 of 28 days are 6200 too.
	require.Equal(t, []string{"parameter 3400: rate 10 percent to 20 percent", "input -600: basic 31000 and then 62000 to 31000"}, causesOf(c, "levy"))

	every := make([]int, 30)
	for i := range every {
		every[i] = i + 2
	}
	before.Terms = raised(every...) // 1000 on the first day, 2000 on each other: 6100 at 10%; all at 31000 there is no payslip of either law
	c, err = payroll.Compare(payroll.Basis{Plan: plan, Input: before}, payroll.Basis{Plan: plan, Input: after})
	require.NoError(t, err)
	require.Equal(t, []string{"days 100: values of the law; together with basic 31000 and then 62000 to 31000; together with days and hours of the period"}, causesOf(c, "levy"))
}

// The company doubles its rate, drops a line and adds one that asks for an answer which nobody gave before.
func TestAChangedFormulaIsACauseOfItsOwn(t *testing.T) {
	old := levied(t, leviedRules+"line tea in deductions = 7\n")
	before := payroll.Input{Employee: "E1", Period: october, PayDate: october.Through, Terms: hr.Since(september.From, basic("20000"))}
	now := levied(t, strings.Replace(leviedRules, "10%", "20%", 1))
	after := before
	after.Terms = hr.Since(september.From, basic("30000"))
	c, err := payroll.Compare(payroll.Basis{Plan: old, Input: before}, payroll.Basis{Plan: now, Input: after})
	require.NoError(t, err)
	// 10% of 20000, 20% of 20000, 20% of 25000.
	require.Equal(t, []string{"formula 2000: formula of levy, tea", "input 1000: basic 20000 to 30000"}, causesOf(c, "levy"))
	require.Equal(t, []string{"formula -7: formula of levy, tea"}, causesOf(c, "tea"))
	require.Equal(t, "tea", c.Lines[len(c.Lines)-1].Name, "what is no more comes last")

	meals := levied(t, leviedRules+"input meals: money\nline meal_cost in deductions = meals\n")
	after.Answers = []hr.Answer{{Name: "meals", Text: "40"}}
	c, err = payroll.Compare(payroll.Basis{Plan: old, Input: before}, payroll.Basis{Plan: meals, Input: after})
	require.NoError(t, err)
	require.Equal(t, []string{"formula 40: formula of meal_cost, tea"}, causesOf(c, "meal_cost"))
	require.Equal(t, []string{"input 10000: basic 20000 to 30000"}, causesOf(c, "pay"))

	steps := levied(t, strings.Replace(leviedRules, "10% * min", "rate * min", 1)+"let rate = 10%\n")
	again := levied(t, strings.Replace(leviedRules, "10% * min", "rate * min", 1)+"let rate = 15%\n")
	c, err = payroll.Compare(payroll.Basis{Plan: steps, Input: before}, payroll.Basis{Plan: again, Input: before})
	require.NoError(t, err)
	require.Equal(t, []string{"formula 1000: steps or values of the plan"}, causesOf(c, "levy"))
}

// A new rule asks for what the old one did not: the first payslip's own facts answer it, so a new rule that pays the same is no cause.
// 31000 by calendar days in September and by fixed 26 in October, with a day unpaid: 31000/26 = 1192.31 less.
func TestANewRuleIsAskedOfTheOldFacts(t *testing.T) {
	plan := func(rule payroll.DayCount) *payroll.Plan {
		c, err := payroll.Proration{Rule: rule, Rate: "basic", Line: "line pay in earnings"}.Component()
		require.NoError(t, err)
		p, err := payroll.Compile(payroll.Config{Currency: "INR", Components: []payroll.Component{c}})
		require.NoError(t, err)
		return p
	}
	before := payroll.Input{Employee: "E1", Period: september, PayDate: september.Through, Terms: hr.Since(september.From, basic("31000"))}
	after := before
	after.Period, after.PayDate = october, october.Through
	after.Timesheet = sheetOf(after, map[int]string{5: "1"}, nil)
	c, err := payroll.Compare(payroll.Basis{Plan: plan(payroll.CalendarDays), Input: before}, payroll.Basis{Plan: plan(payroll.Fixed26), Input: after})
	require.NoError(t, err)
	require.Equal(t, []string{"days -1192.31: days and hours of the period"}, causesOf(c, "pay"))
}

// The same month, as it was paid and as it is known today: a raise in the middle is a raise and no change of days, in spite of its pieces.
func TestALateRaiseInTheSameMonth(t *testing.T) {
	plan := levied(t, leviedRules)
	before := payroll.Input{Employee: "E1", Period: october, PayDate: october.Through, Terms: hr.Since(september.From, basic("31000"))}
	after := before
	after.Terms = timeline(t, hr.Step[hr.Terms]{Since: september.From, Value: basic("31000")}, hr.Step[hr.Terms]{Since: hr.MustDate("2026-10-16"), Value: basic("62000")})
	sides := [2]payroll.Basis{{Plan: plan, Input: before}, {Plan: plan, Input: after}}
	c, err := payroll.Compare(sides[0], sides[1])
	require.NoError(t, err)
	require.Equal(t, []string{"input 16000: basic 31000 to 31000 and then 62000"}, causesOf(c, "pay"), "16 days of 1000 more")
	c, err = payroll.Compare(sides[1], sides[0])
	require.NoError(t, err)
	require.Equal(t, []string{"input -16000: basic 31000 and then 62000 to 31000"}, causesOf(c, "pay"))

	other := before
	other.Terms = timeline(t, hr.Step[hr.Terms]{Since: september.From, Value: basic("31000")}, hr.Step[hr.Terms]{Since: hr.MustDate("2026-10-11"), Value: basic("62000")})
	c, err = payroll.Compare(sides[1], payroll.Basis{Plan: plan, Input: other})
	require.NoError(t, err)
	require.Equal(t, []string{"input 5000: basic from another day"}, causesOf(c, "pay"), "the same raise, five days earlier")
}

// A plan that rounds each piece pays 33.33 + 66.67 where one piece is 100: the cut itself is a cause, and stays apart from the others.
func TestRoundingByPieceIsToldApart(t *testing.T) {
	plan, err := payroll.Compile(payroll.Config{Currency: "INR", Components: []payroll.Component{{Name: "x", Text: `
input basic: money by piece
input payable_days: days by piece
input period_days: days
line pay in earnings = pieces(floor(basic * payable_days / period_days, 1))
`}}})
	require.NoError(t, err)
	before := payroll.Input{Employee: "E1", Period: september, PayDate: september.Through, Terms: hr.Since(september.From, basic("100"))}
	after := before
	after.Terms = timeline(t, hr.Step[hr.Terms]{Since: september.From, Value: basic("100")}, hr.Step[hr.Terms]{Since: hr.MustDate("2026-09-11"), Value: basic("200")})
	c, err := payroll.Compare(payroll.Basis{Plan: plan, Input: before}, payroll.Basis{Plan: plan, Input: after})
	require.NoError(t, err)
	// floor(33.33) + floor(66.67) = 99; floor(33.33) + floor(133.33) = 166
	require.Equal(t, []string{"rounding -1: the period is cut at the pieces of both", "input 67: basic 100 to 100 and then 200"}, causesOf(c, "pay"))
}

// Between two payslips that both have an answer may lie one that has none: its cause goes with the next.
func TestAStepWithoutAnAnswerGoesWithTheNext(t *testing.T) {
	plan, err := payroll.Compile(payroll.Config{Currency: "INR", Components: []payroll.Component{{Name: "x", Text: `
input parts: count
input shares: count
line pay: money in earnings = round(600 money / (parts - shares), 0.01)
`}}})
	require.NoError(t, err)
	in := func(parts, shares string) payroll.Basis {
		return payroll.Basis{Plan: plan, Input: payroll.Input{
			Employee: "E1", Period: october, PayDate: october.Through, Terms: hr.Since(october.From, hr.Terms{}),
			Answers: []hr.Answer{{Name: "parts", Text: parts}, {Name: "shares", Text: shares}},
		}}
	}
	c, err := payroll.Compare(in("5", "3"), in("3", "0")) // 3 - 3 is nothing to divide by
	require.NoError(t, err)
	require.Equal(t, []string{"input -100: parts 5 to 3; together with shares 3 to 0"}, causesOf(c, "pay"), "600/2 and 600/3")
}

func TestCompareRefuses(t *testing.T) {
	plan, in := office(t), full("E1")
	other := in
	other.Employee = "E2"
	_, err := payroll.Compare(payroll.Basis{Plan: plan, Input: in}, payroll.Basis{Plan: plan, Input: other})
	require.Equal(t, []string{"employee payroll.compare"}, faultsOf(err))
	_, err = payroll.Compare(payroll.Basis{Input: in}, payroll.Basis{Plan: plan, Input: in})
	require.Equal(t, []string{"plan payroll.compare"}, faultsOf(err))
	dollars, err := payroll.Compile(payroll.Config{Currency: "USD"})
	require.NoError(t, err)
	_, err = payroll.Compare(payroll.Basis{Plan: plan, Input: in}, payroll.Basis{Plan: dollars, Input: in})
	require.Equal(t, []string{"currency payroll.compare"}, faultsOf(err))
	in.Period = hr.Period{}
	_, err = payroll.Compare(payroll.Basis{Plan: plan, Input: in}, payroll.Basis{Plan: plan, Input: full("E1")})
	require.Equal(t, []hr.Rule{payroll.RuleInputPeriod}, rules(err))
}

// Whatever two payslips: the parts of each line add up to its difference, a line is told if and only if it differs, net pay is told as
// the sum of what moved it, the same twice is nothing, and one change alone is one cause alone.
func TestCausesAddUp(t *testing.T) {
	plans := []*payroll.Plan{levied(t, leviedRules), levied(t, strings.Replace(leviedRules, "10% * min(pay", "12% * min(pay", 1)), levied(t, perPiece)}
	rapid.Check(t, func(t *rapid.T) {
		draw := func(label string) payroll.Basis {
			first := hr.MustDate(rapid.SampledFrom([]string{"2026-09-01", "2026-10-01", "2027-02-01"}).Draw(t, label+" month"))
			in := payroll.Input{Employee: "E1", Period: hr.MonthOf(first), PayDate: first.EndOfMonth()}
			rate := func() hr.Terms {
				return basic(decimal.New(rapid.Int64Range(0, 9_000_000).Draw(t, "rate"), -2).String())
			}
			steps := []hr.Step[hr.Terms]{{Since: first.Add(rapid.IntRange(-1, 27).Draw(t, "joins")), Value: rate()}}
			for _, n := range rapid.SliceOfNDistinct(rapid.IntRange(1, 31), 0, 3, rapid.ID).Draw(t, "raises") {
				steps = append(steps, hr.Step[hr.Terms]{Since: steps[0].Since.Add(n), Value: rate(), Void: rapid.IntRange(0, 4).Draw(t, "gone") == 0 && n > 1})
			}
			in.Terms = timeline(t, steps...)
			if rapid.Bool().Draw(t, "sheet") {
				in.Timesheet = sheetOf(in, map[int]string{rapid.IntRange(1, 31).Draw(t, "day"): "0.5"}, nil)
			}
			return payroll.Basis{Plan: rapid.SampledFrom(plans).Draw(t, "plan"), Input: in}
		}
		a, b := draw("first"), draw("second")
		before, err := a.Plan.Calculate(a.Input)
		require.NoError(t, err)
		after, err := b.Plan.Calculate(b.Input)
		require.NoError(t, err)
		c, err := payroll.Compare(a, b)
		require.NoError(t, err)
		adds := func(l payroll.LineChange) {
			sum := decimal.Zero
			for _, x := range l.Causes {
				require.False(t, x.Amount.IsZero())
				sum = sum.Add(x.Amount)
			}
			require.True(t, sum.Equal(l.Difference()), l.Name)
		}
		told := map[string]bool{}
		for _, l := range c.Lines {
			adds(l)
			told[l.Name] = true
		}
		adds(c.Net)
		require.True(t, c.Net.Difference().Equal(after.Net().Amount.Sub(before.Net().Amount)))
		for i, l := range after.Lines {
			require.Equal(t, !l.Amount.Equal(before.Lines[i].Amount), told[l.Name])
		}

		same, err := payroll.Compare(a, a)
		require.NoError(t, err)
		require.Empty(t, same.Lines)
		require.Empty(t, same.Net.Causes)

		unpaid := a // the only change: a day more without pay
		unpaid.Input.Timesheet = sheetOf(a.Input, map[int]string{1: "1", 15: "1", 28: "1"}, nil)
		c, err = payroll.Compare(a, unpaid)
		require.NoError(t, err)
		for _, l := range c.Lines {
			require.Len(t, l.Causes, 1)
			require.Equal(t, payroll.CauseDays, l.Causes[0].Cause)
		}
	})
}

const perPiece = `
input basic: money by piece
input payable_days: days by piece
input period_days: days
input months_left: count
line pay in earnings = pieces(round(basic * payable_days / period_days, 0.01))
line levy "Levy" in deductions = pieces(round(10% * min(basic, levy.ceiling) * payable_days / period_days, 1))
line spread "Spread" in information = round(pay / months_left, 0.01)
`

// Two paid runs: both are calculated again from what was known then, also after a raise that came later.
func TestTwoRunsAreCompared(t *testing.T) {
	w := adopted(t, 2)
	ctx := t.Context()
	first := w.pay(t, september.String())
	_, err := w.Adjust(ctx, w.cmd(officer), payroll.Adjustment{Employee: "E001", Name: "bonus", Period: october, Amount: dec("500")})
	require.NoError(t, err)
	second := w.pay(t, october.String())
	c, err := w.Compare(ctx, asOfficer, first, second, "E001")
	require.NoError(t, err)
	require.Equal(t, []string{"input 500: bonus 0 to 500"}, causesOf(c, "bonus_pay"))
	require.Equal(t, []string{"year_to_date 2400: ytd fund 0 to 2400"}, causesOf(c, "fund_this_year"))
	require.Equal(t, "500", c.Net.Difference().String())

	w.staff.terms["E001"] = hr.Since(hr.MustDate("2026-04-01"), terms("50000", "8000")) // a store that forgot
	_, err = w.Compare(ctx, asOfficer, first, second, "E001")
	require.Equal(t, []hr.Rule{payroll.RuleRunReproduce}, rules(err))

	w.Kit.Authorize = func(hr.Ask) hr.Verdict { return hr.Verdict{Reason: "no"} }
	_, err = w.Compare(context.WithoutCancel(ctx), asOfficer, first, second, "E002")
	require.ErrorIs(t, err, hr.ErrDenied)
}

// A levy is 15,000 and from 1 October on 25,000. One month paid a day later, where the levy goes by the day of payment, and another month paid on the same day, where it
// goes by the days of the month, differ by that alone, and the law is named for it.
func TestTheLawIsACauseWhetherTheMonthOrThePayDateMoves(t *testing.T) {
	for name, c := range map[string]struct {
		basis         hr.DateBasis
		rule          string
		before, after payroll.PayPeriod
	}{
		"paid a day later": {hr.ByPayDate, "levy.due", payroll.PayPeriod{Period: september, PayDate: september.Through}, payroll.PayPeriod{Period: september, PayDate: october.From}},
		"another month":    {hr.ByPeriodEnd, "round(pieces(levy.due * piece_days / piece_days), 1)", payroll.PayPeriod{Period: september, PayDate: october.Through}, payroll.PayPeriod{Period: october, PayDate: october.Through}},
	} {
		t.Run(name, func(t *testing.T) {
			source, reviewed := hr.Source{Title: "The Act"}, hr.MustDate("2026-11-01")
			plan, err := payroll.Compile(payroll.Config{Currency: "INR", Packs: []payroll.Pack{{Params: []hr.Parameter{{Name: "levy.due", Title: "Levy", Unit: "money", Basis: c.basis, Steps: []hr.ParameterStep{
				{Since: hr.MustDate("2026-04-01"), Value: dec("15000"), Source: source, Reviewed: reviewed}, {Since: october.From, Value: dec("25000"), Source: source, Reviewed: reviewed},
			}}}}}, Components: []payroll.Component{{Name: "own", Text: "input basic: money\ninput piece_days: days by piece\nline pay in earnings = basic\nline levy in deductions = " + c.rule + "\nline length: days in information = pieces(piece_days)\n"}}})
			require.NoError(t, err)
			in := func(p payroll.PayPeriod) payroll.Basis {
				return payroll.Basis{Plan: plan, Input: payroll.Input{Employee: "E1", Period: p.Period, PayDate: p.PayDate, Terms: hr.Since(september.From, basic("20000"))}}
			}
			got, err := payroll.Compare(in(c.before), in(c.after))
			require.NoError(t, err)
			require.Equal(t, []string{"parameter 10000: Levy 15000 to 25000"}, causesOf(got, "levy"))
		})
	}
}
