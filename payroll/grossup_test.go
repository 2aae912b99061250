package payroll_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
)

func grossPlan(t require.TestingT, rules string) *payroll.Plan {
	plan, err := payroll.Compile(payroll.Config{Currency: "INR", Components: []payroll.Component{{Name: "own", Text: rules}}})
	require.NoError(t, err)
	return plan
}

func paidBasic(amount string) payroll.Input {
	return payroll.Input{Employee: "E1", Period: october, PayDate: october.Through, Terms: hr.Since(october.From, basic(amount))}
}

func toNet(target string) payroll.GrossUp {
	return payroll.GrossUp{Input: paidBasic("1"), Aim: payroll.AimNet, Target: dec(target), Terms: []string{"basic"}}
}

func ways(g payroll.GrossedUp) (out []string) {
	for _, w := range g.Ways {
		out = append(out, w.From.StringFixed(2)+" to "+w.Through.StringFixed(2))
	}
	return out
}

func cliffs(g payroll.GrossedUp) (out []string) {
	for _, c := range g.Cliffs {
		text := fmt.Sprintf("%s to %s: %s", c.Before.Amount.StringFixed(2), c.After.Amount.StringFixed(2), c.Jump().StringFixed(2))
		for _, l := range c.Lines {
			text += fmt.Sprintf(", %s %s", l.Name, l.Difference().StringFixed(2))
		}
		out = append(out, text)
	}
	return out
}

// Each kind of cliff by hand.
func TestGrossUpCliffs(t *testing.T) {
	const pay = "input basic: money\nline pay in earnings = basic\n"
	for _, c := range []struct {
		name, rules, target string
		amount              string
		ways, cliffs        []string
		below, above        string // amount and value
	}{
		{"nothing is deducted", pay, "1234.56", "1234.56", []string{"1234.56 to 1234.56"}, nil, "", ""},
		// 24,900 is 24,900, and so is 25,100 less 200.
		{
			"a slab: two amounts bring the same", pay + "line tax in deductions = if basic >= 25_000 then 200 else 0\n", "24900",
			"24900",
			[]string{"24900.00 to 24900.00", "25100.00 to 25100.00"},
			[]string{"24999.99 to 25000.00: -199.99, tax 200.00"},
			"", "",
		},
		// 0.75 % of 21,000 is 157.50, of 20,999.99 it is 157.49: 158 and 157 to the rupee. Above 21,000 nothing.
		{
			"a ceiling: no amount brings it", pay + "line esi in deductions = if basic <= 21_000 then round(0.75% * basic, 1) else 0\n", "20900",
			"20999.99", nil,
			[]string{"21000.00 to 21000.01: 158.01, esi -158.00"},
			"20999.99 20842.99", "21000.01 21000.01",
		},
		// The whole payslip to the rupee: 100.49 is 100 and 100.50 is 101.
		{
			"rounding to the rupee", pay + "line round_off in earnings = round(basic, 1) - basic\n", "100.50",
			"99.50", nil,
			[]string{"100.49 to 100.50: 1.00, round_off 0.99"},
			"99.50 100.00", "100.50 101.00",
		},
		// Every rupee amount is that of 100 paise.
		{
			"a level", pay + "line round_off in earnings = round(basic, 1) - basic\n", "100",
			"99.50",
			[]string{"99.50 to 100.49"},
			nil, "", "",
		},
		// 60 % of what is above 1,000: 1,000 + 40 % of 500.
		{"a steep rate", pay + "line tax in deductions = round(60% * max(0, basic - 1_000), 0.01)\n", "1200", "1499.99", []string{"1499.99 to 1500.01"}, nil, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			found, err := grossPlan(t, c.rules).GrossUp(toNet(c.target))
			require.NoError(t, err)
			require.Equal(t, c.ways != nil, found.Exact)
			require.True(t, found.Amount.Equal(dec(c.amount)), found.Amount.String())
			require.Equal(t, c.ways, ways(found))
			require.Equal(t, c.cliffs, cliffs(found))
			if found.Exact {
				require.True(t, found.Slip.Net().Amount.Equal(dec(c.target)))
				return
			}
			require.Equal(t, c.below, found.Below.Amount.StringFixed(2)+" "+found.Below.Value.StringFixed(2))
			require.Equal(t, c.above, found.Above.Amount.StringFixed(2)+" "+found.Above.Value.StringFixed(2))
		})
	}
}

// Cost to company is what the employer spends with benefits in kind; a host's own notion of it is a line. 12 % goes to a fund.
func TestGrossUpAims(t *testing.T) {
	plan := grossPlan(t, `
input basic: money
input car: money = 500
line pay in earnings = basic
line fund in employer = round(12% * basic, 0.01)
line use_of_car in benefits = car
line package in information = 12 * (basic + car)
line leave_days in information = 3 days
`)
	for aim, want := range map[payroll.Aim]string{payroll.AimNet: "11200", payroll.AimCost: "10000", payroll.AimCostToCompany: "9553.57", payroll.AimLine: "433.33"} {
		g := toNet("11200")
		if g.Aim = aim; aim == payroll.AimLine {
			g.Line = "package"
		}
		found, err := plan.GrossUp(g)
		require.NoError(t, err, aim)
		// 11,200 / 1.12 = 10,000; (11,200 - 500) / 1.12 = 9,553.571: 9,553.57 + 1,146.43; 11,200 / 12 - 500 = 433.333, which leaves 11,199.96
		require.True(t, found.Amount.Equal(dec(want)), "%s: %s", aim, found.Amount)
		require.Equal(t, aim != payroll.AimLine, found.Exact)
	}
	// A line may fall: a subsidy of 1,000 less 10 % is 500 at 5,000.
	falls := toNet("500")
	falls.Aim, falls.Line = payroll.AimLine, "subsidy"
	found, err := grossPlan(t, "input basic: money\nline subsidy in information = round(max(0, 1_000 - 10% * basic), 1)\n").GrossUp(falls)
	require.NoError(t, err)
	require.Equal(t, []string{"4995.01 to 5005.00"}, ways(found), "to the rupee, a half away from zero: 10 % of 4,995 is 499.50, and 500.50 would be 501")

	g := toNet("100")
	g.Aim, g.Line = payroll.AimLine, "leave_days"
	_, err = plan.GrossUp(g)
	require.Equal(t, []string{"line payroll.gross_up.aim"}, faultsOf(err))
}

// 35,000 are shared as 20,000 and 8,000 were, and so 25,000 and 10,000; a raise in mid-month moves in its own proportion.
func TestGrossUpMovesTermsInProportion(t *testing.T) {
	plan := grossPlan(t, "input basic: money by piece\ninput hra: money by piece\nline basic_pay in earnings = last(basic)\nline hra_pay in earnings = last(hra)\n")
	g := payroll.GrossUp{Input: full("E1"), Aim: payroll.AimCost, Target: dec("35000"), Terms: []string{"basic", "hra"}}
	g.Input.Terms = hr.Since(hr.MustDate("2026-01-01"), terms("20000", "8000"))
	found, err := plan.GrossUp(g)
	require.NoError(t, err)
	require.True(t, found.Exact)
	require.Equal(t, []string{"25000.00", "10000.00"}, []string{amount(t, found.Slip, "basic_pay"), amount(t, found.Slip, "hra_pay")})

	bare := terms("20000", "8000")
	bare.Currency = "" // that of the plan
	g.Input.Terms = hr.Since(hr.MustDate("2026-01-01"), bare)
	found, err = plan.GrossUp(g)
	require.NoError(t, err)
	require.Equal(t, "25000.00", amount(t, found.Slip, "basic_pay"))

	g.Input.Terms = timeline(t,
		hr.Step[hr.Terms]{Since: hr.MustDate("2026-01-01"), Value: terms("5000", "5000")},
		hr.Step[hr.Terms]{Since: october.From, Value: terms("20000", "8000")}, hr.Step[hr.Terms]{Since: hr.MustDate("2026-10-16"), Value: terms("10000", "4000")},
	)
	in, err := g.With(hr.MustMoney("35000", "INR"))
	require.NoError(t, err)
	var got []string
	for _, s := range in.Terms.Steps() {
		b, _ := s.Value.Amount("basic")
		h, _ := s.Value.Amount("hra")
		got = append(got, b.String()+"+"+h.String())
	}
	require.Equal(t, []string{"5000+5000", "25000+10000", "25000+10000"}, got, "what holds outside the period stays")
	was, _ := g.Input.Terms.At(october.From)
	require.Equal(t, terms("20000", "8000"), was, "and so does what was given")
}

// A bonus of 10,000 net: what is there already counts to it.
func TestGrossUpOfABonus(t *testing.T) {
	plan := latePlan(t, "1_00_000") // tax is 20 %
	in := paidBasic("30000")
	in.Adjustments = []payroll.Adjustment{{Employee: "E1", Name: "bonus", Amount: dec("100"), Reason: "festival"}, {Employee: "E1", Name: "bonus", Amount: dec("50")}}
	// 30,000 less a fund of 3,000 and tax of 6,000 is 21,000; 10,000 more need 12,500.
	found, err := plan.GrossUp(payroll.GrossUp{Input: in, Aim: payroll.AimNet, Target: dec("31000"), Adjustment: "bonus"})
	require.NoError(t, err)
	require.True(t, found.Amount.Equal(dec("12500")), found.Amount.String())
	require.Len(t, found.Input.Adjustments, 1)
	require.Len(t, in.Adjustments, 2)
}

// Levels of any width cost little, whatever makes them; an amount without a payslip is none.
func TestGrossUpOverLevelsAndHoles(t *testing.T) {
	protected := grossPlan(t, "input basic: money\nline pay in earnings = basic\nline back in deductions = max(0, basic - 10_000)\n")
	g := toNet("10000")
	g.Most = dec("90000000")
	found, err := protected.GrossUp(g)
	require.NoError(t, err)
	require.Equal(t, []string{"10000.00 to 90000000.00"}, ways(found))
	require.Less(t, found.Calculations, 5000)

	g = toNet("1800")
	g.Aim, g.Most = payroll.AimCost, dec("99999.99")
	found, err = grossPlan(t, "input basic: money\nline fund in employer = round(min(12% * basic, 1800), 0.01)\n").GrossUp(g)
	require.NoError(t, err)
	require.Equal(t, []string{"14999.96 to 99999.99"}, ways(found), "12 % of 14,999.96 is 1,799.9952")
	_, err = grossPlan(t, "input basic: money\nline fund in employer = min(12% * basic, 1800)\n").GrossUp(g)
	require.Equal(t, []hr.Rule{payroll.RuleLinePlaces}, rules(err), "a plan that pays fractions of a paisa must be mended")

	holed := grossPlan(t, "input basic: money\nline pay in earnings = basic\nline levy in deductions = 20 + 0 * round(basic * basic / (2_000.01 - basic), 1)\n")
	found, err = holed.GrossUp(toNet("1980"))
	require.NoError(t, err)
	require.Equal(t, []string{"2000.00 to 2000.00"}, ways(found))
	_, err = holed.GrossUp(toNet("1980.01"))
	require.Equal(t, []string{"target payroll.gross_up.above"}, faultsOf(err))
}

// A line that goes up and down by less than a whole unit is followed, wherever it is: the part of a rupee is kept back, so 99.50 are left of 100 at
// every amount that ends in 50 paise. Over a range too wide for the limit of calculations the answer is right, and says that there may be more.
func TestGrossUpFollowsWhatWobbles(t *testing.T) {
	plan := grossPlan(t, "input basic: money\nline pay in earnings = 100\nline kept in deductions = basic - floor(basic, 1)\n")
	g := toNet("99.50")
	g.Most = dec("60")
	found, err := plan.GrossUp(g)
	require.NoError(t, err)
	require.Len(t, found.Ways, 60)
	require.Equal(t, "0.5", found.Amount.String())
	require.False(t, found.Cut)

	g.Most = dec("1000000")
	found, err = plan.GrossUp(g)
	require.NoError(t, err)
	require.True(t, found.Cut)
	require.True(t, found.Exact)
	require.True(t, found.Slip.Net().Amount.Equal(g.Target))
	require.LessOrEqual(t, found.Calculations, 100_000)
}

func TestGrossUpFaults(t *testing.T) {
	plan := grossPlan(t, "input basic: money\ninput note: money = 0\nline pay in earnings = min(basic, 50_000)\nline loan in deductions = 100\nline told in information = note\n")
	edit := func(fn func(*payroll.GrossUp)) payroll.GrossUp {
		g := toNet("30000")
		fn(&g)
		return g
	}
	for name, c := range map[string]struct {
		g    payroll.GrossUp
		want []string
	}{
		"nothing is said": {payroll.GrossUp{}, []string{"aim payroll.gross_up.aim", "terms payroll.gross_up.term"}},
		"all at once": {
			payroll.GrossUp{Aim: payroll.AimNet, Line: "pay", Target: dec("1.001"), Terms: []string{"a", "a"}, Adjustment: "b", Least: dec("-1"), Most: dec("-2.001")},
			[]string{"line payroll.gross_up.aim", "target hr.money.places", "terms payroll.gross_up.term", "terms[1] payroll.gross_up.term", "most hr.money.places", "least payroll.gross_up.range", "most payroll.gross_up.range"},
		},
		"no such line": {edit(func(g *payroll.GrossUp) { g.Aim, g.Line = payroll.AimLine, "nett" }), []string{"line payroll.line.unknown"}},
		"no such term": {edit(func(g *payroll.GrossUp) { g.Terms = []string{"basic", "hra"} }), []string{"terms[1] payroll.gross_up.term"}},
		"no proportion": {edit(func(g *payroll.GrossUp) {
			g.Input.Terms = hr.Since(october.From, terms("0", "0"))
			g.Terms = []string{"basic", "hra"}
		}), []string{"terms payroll.gross_up.term"}},
		"no such bonus": {edit(func(g *payroll.GrossUp) { g.Terms, g.Adjustment = nil, "bonus" }), []string{"adjustments.bonus payroll.input.unused"}},
		"nobody":        {edit(func(g *payroll.GrossUp) { g.Input.Employee, g.Input.PayDate = "", hr.Date{} }), []string{"employee payroll.input.employee", "pay_date payroll.input.pay_date"}},
		"moves nothing": {edit(func(g *payroll.GrossUp) { g.Terms, g.Adjustment = nil, "note" }), []string{"terms payroll.gross_up.idle"}},
		"too little":    {edit(func(g *payroll.GrossUp) { g.Target = dec("-100.01") }), []string{"target payroll.gross_up.below"}},
		"too much":      {edit(func(g *payroll.GrossUp) { g.Target = dec("49900.01") }), []string{"target payroll.gross_up.above"}},
		// A hundred thousand crores and a paisa.
		"beyond anybody": {edit(func(g *payroll.GrossUp) { g.Least = dec("10000000000000.01") }), []string{"most payroll.gross_up.range"}},
		"above the most": {edit(func(g *payroll.GrossUp) { g.Most = dec("20000") }), []string{"target payroll.gross_up.above"}},
	} {
		_, err := plan.GrossUp(c.g)
		require.Equal(t, c.want, faultsOf(err), name)
		require.NotContains(t, fmt.Sprint(err), "49900")
	}
	bonus := payroll.Adjustment{Employee: "E1", Name: "bonus", Amount: dec("1"), Ref: hr.Ref{Kind: "adjustment", ID: "A1"}}
	other := payroll.Adjustment{Employee: "E1", Name: "award", Amount: dec("2"), Ref: hr.Ref{Kind: "adjustment", ID: "A2"}}
	moved := edit(func(g *payroll.GrossUp) {
		g.Terms, g.Adjustment, g.Input.Adjustments = nil, "bonus", []payroll.Adjustment{bonus, other}
	})
	with, err := moved.With(hr.Money{Amount: dec("7"), Currency: "INR"})
	require.NoError(t, err)
	bonus.Amount = dec("7")
	require.Equal(t, []payroll.Adjustment{other, bonus}, with.Adjustments, "it stays the one that was asked for")
	found, err := plan.GrossUp(toNet("49900"))
	require.NoError(t, err)
	require.Equal(t, "50000", found.Amount.String())
	level, err := plan.GrossUp(edit(func(g *payroll.GrossUp) { g.Target, g.Least, g.Most = dec("49900"), dec("50000"), dec("70000") }))
	require.NoError(t, err, "nothing moves, and the target is met with every amount")
	require.Equal(t, []string{"50000.00 to 70000.00"}, ways(level))
	for _, verb := range []string{"%v", "%+v", "%#v"} {
		require.NotContains(t, fmt.Sprintf(verb, found)+fmt.Sprintf(verb, toNet("49900"))+fmt.Sprintf(verb, found.Ways)+fmt.Sprintf(verb, payroll.Cliff{Before: payroll.Reached{Amount: dec("49900")}}), "49")
	}
}

// Rules at random, and every amount of a range one by one: they agree on what reaches the target and on what is nearest. In a narrow range
// the search looks at most amounts, in a wide one at one in a hundred and more.
func TestGrossUpAgreesWithEveryAmountOfRandomRules(t *testing.T) {
	for seed := range uint64(28) {
		rng := rand.New(rand.NewPCG(seed, 1))
		width := int64(1000)
		if seed%7 == 0 {
			width = 150_000
		}
		draw := func(least, most int) int { return least + rng.IntN(most-least+1) }
		place := func() int { return 98 + rng.IntN(int(width)/100+4) }
		rules := fmt.Sprintf(`
input basic: money
line pay in earnings = basic
line slab in deductions = if basic >= %d then %d else 0
line covered in deductions = if basic <= %d then round(%d%% * basic, %s) else 0
line tax in deductions = round(%d%% * max(0, basic - %d), %s)
`, place(), draw(0, 9), place(), draw(0, 9), []string{"0.01", "1", "0.5"}[rng.IntN(3)], draw(0, 70), place()-8, []string{"0.01", "1", "10"}[rng.IntN(3)])
		plan := grossPlan(t, rules)
		const least = int64(100_00)
		g := toNet("0")
		g.Target, g.Least, g.Most = decimal.New(85_00+rng.Int64N(width+2000), -2), decimal.New(least, -2), decimal.New(least+width, -2)
		hits, below, above := everyNet(t, plan, g, least, least+width)
		found, err := plan.GrossUp(g)
		switch {
		case hits == nil && below == nil:
			require.Equal(t, []string{"target payroll.gross_up.below"}, faultsOf(err))
			continue
		case hits == nil && above == nil:
			require.Equal(t, []string{"target payroll.gross_up.above"}, faultsOf(err))
			continue
		}
		require.NoError(t, err)
		var got []string
		for _, w := range found.Ways {
			for a := w.From; !a.GreaterThan(w.Through); a = a.Add(dec("0.01")) {
				got = append(got, a.StringFixed(2))
			}
		}
		require.Equal(t, hits, got, rules)
		if hits == nil {
			require.True(t, found.Below.Value.Equal(*below) && found.Above.Value.Equal(*above), rules)
		}
		require.Less(t, found.Calculations, 5000)
	}
}

// everyNet calculates every amount of a range: which reach the target, and the nearest net pay below and above it.
func everyNet(t *testing.T, plan *payroll.Plan, g payroll.GrossUp, least, most int64) (hits []string, below, above *decimal.Decimal) {
	t.Helper()
	batch := plan.NewBatch(5000)
	field, _ := plan.Field("basic")
	lines := plan.Lines()
	target := g.Target.Shift(2).IntPart()
	var nearest [2]int64
	for from := least; from <= most; from += 5000 {
		require.NoError(t, batch.Begin(october, october.Through))
		for x := from; x <= min(most, from+4999); x++ {
			row, err := batch.NewRow("E1")
			require.NoError(t, err)
			batch.SetUnits(row, field, x)
		}
		batch.Calculate()
		require.Zero(t, batch.Slow())
		nets := make([]int64, batch.Rows())
		for i, l := range lines {
			units, places := batch.Units(i)
			for row := range nets {
				u := units[row]
				for range 2 - places {
					u *= 10
				}
				if l.Kind == payroll.Deduction {
					u = -u
				}
				nets[row] += u
			}
		}
		for row, net := range nets {
			value := decimal.New(net, -2)
			switch {
			case net == target:
				hits = append(hits, decimal.New(from+int64(row), -2).StringFixed(2))
			case net < target && (below == nil || net > nearest[0]):
				below, nearest[0] = &value, net
			case net > target && (above == nil || net < nearest[1]):
				above, nearest[1] = &value, net
			}
		}
	}
	return hits, below, above
}

// The smallest unit is that of the currency: a yen, a fil of a dinar.
func TestGrossUpInOtherCurrencies(t *testing.T) {
	for currency, c := range map[hr.Currency]struct{ target, amount string }{
		"JPY": {"900", "1000"}, // 10 % to the yen
		"KWD": {"899.999", "999.999"},
	} {
		plan, err := payroll.Compile(payroll.Config{Currency: currency, Components: []payroll.Component{{Name: "own", Text: "input basic: money\nline pay in earnings = basic\nline levy in deductions = round(10% * basic, 1)\n"}}})
		require.NoError(t, err)
		g := toNet(c.target)
		g.Input.Terms = hr.Since(october.From, hr.Terms{Currency: currency, Pay: []hr.PayTerm{{Name: "basic"}}})
		found, err := plan.GrossUp(g)
		require.NoError(t, err)
		require.Equal(t, c.amount, found.Amount.String(), currency)
		g.Target = g.Target.Add(decimal.New(1, -4))
		_, err = plan.GrossUp(g)
		require.Equal(t, []string{"target hr.money.places"}, faultsOf(err))
	}
}

// What the search fills into a prepared input is what [payroll.GrossUp.With] says, also where terms change inside the period, an adjustment stands
// instead of a term, or only part of the month is employed.
func TestGrossUpOfPartsOfAMonth(t *testing.T) {
	plan := office(t)
	for name, edit := range map[string]func(*payroll.Input){
		"a raise on the 16th": func(in *payroll.Input) {
			in.Terms = timeline(t, hr.Step[hr.Terms]{Since: october.From, Value: terms("20000", "8000")}, hr.Step[hr.Terms]{Since: hr.MustDate("2026-10-16"), Value: terms("10000", "9000")})
		},
		"joins on the 12th and is away": func(in *payroll.Input) {
			in.Terms = hr.Since(hr.MustDate("2026-10-12"), terms("20000", "8000"))
			in.Timesheet = sheetOf(*in, map[int]string{20: "0.5"}, nil)
		},
	} {
		g := payroll.GrossUp{Input: full("E1"), Aim: payroll.AimNet, Terms: []string{"basic", "hra"}}
		edit(&g.Input)
		for _, x := range []string{"0", "1234.56", "28000", "60000.01"} {
			in, err := g.With(hr.MustMoney(x, "INR"))
			require.NoError(t, err)
			slip, err := plan.Calculate(in)
			require.NoError(t, err)
			g.Target = slip.Net().Amount
			found, err := plan.GrossUp(g)
			require.NoError(t, err, name)
			require.True(t, found.Exact)
			require.True(t, found.Slip.Net().Amount.Equal(g.Target), "%s %s", name, x)
			require.False(t, found.Amount.GreaterThan(dec(x)))
		}
	}
}
