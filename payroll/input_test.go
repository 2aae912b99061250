package payroll_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/stretchr/testify/require"
)

// faultsOf lists "path rule" of every fault inside err.
func faultsOf(err error) (out []string) {
	for _, f := range hr.FieldErrors(err) {
		out = append(out, f.Path+" "+string(f.Rule))
	}
	return out
}

// Each bad input alone: the field, the rule, and no amount in the words. 987654.32 and its like stand for what must not be told.
func TestCalculateRefuses(t *testing.T) {
	const secret = "987654.32"
	since := hr.MustDate("2026-04-01")
	pay := func(names ...string) hr.Terms {
		x := hr.Terms{Currency: "INR"}
		for _, n := range names {
			x.Pay = append(x.Pay, hr.PayTerm{Name: n, Amount: dec(secret)})
		}
		return x
	}
	for _, c := range []struct {
		name string
		edit func(in *payroll.Input)
		want []string
	}{
		{"nothing at all", func(in *payroll.Input) { *in = payroll.Input{} }, []string{
			"employee payroll.input.employee", "period payroll.input.period", "pay_date payroll.input.pay_date",
		}},
		{"a period without an end", func(in *payroll.Input) { in.Period = hr.Period{From: october.From} }, []string{"period payroll.input.period"}},
		{"nobody employed", func(in *payroll.Input) { in.Terms = hr.Timeline[hr.Terms]{} }, []string{"terms payroll.input.not_employed"}},
		{"left before", func(in *payroll.Input) {
			in.Terms = timeline(t, hr.Step[hr.Terms]{Since: since, Value: terms("1", "1")}, hr.Step[hr.Terms]{Since: october.From, Void: true})
		}, []string{"terms payroll.input.not_employed"}},
		{"terms in another currency", func(in *payroll.Input) {
			x := pay("basic", "hra")
			x.Currency = "USD"
			in.Terms = hr.Since(since, x)
		}, []string{"terms.currency payroll.input.currency"}},
		{"a currency that changes inside the period", func(in *payroll.Input) {
			x := pay("basic", "hra")
			x.Currency = "USD"
			in.Terms = timeline(t, hr.Step[hr.Terms]{Since: since, Value: pay("basic", "hra")}, hr.Step[hr.Terms]{Since: hr.MustDate("2026-10-10"), Value: x})
		}, []string{"terms.currency payroll.input.currency"}},
		{"a pay term that no rule reads", func(in *payroll.Input) { in.Terms = hr.Since(since, pay("basic", "hra", "house")) }, []string{"terms.pay.house payroll.input.unused"}},
		{"the same on two pieces", func(in *payroll.Input) {
			in.Terms = timeline(t, hr.Step[hr.Terms]{Since: since, Value: pay("basic", "hra", "house")}, hr.Step[hr.Terms]{Since: hr.MustDate("2026-10-10"), Value: pay("basic", "hra", "house")})
		}, []string{"terms.pay.house payroll.input.unused"}},
		{"a pay term that payroll answers itself", func(in *payroll.Input) { in.Terms = hr.Since(since, pay("basic", "hra", "ytd_fund")) }, []string{"terms.pay.ytd_fund payroll.input.unused"}},
		{"an answer that payroll gives itself", func(in *payroll.Input) { in.Answers = []hr.Answer{{Name: "payable_days", Text: secret}} }, []string{"answers.payable_days payroll.input.unused"}},
		{"a pay term that is missing", func(in *payroll.Input) { in.Terms = hr.Since(since, pay("basic")) }, []string{"terms.hra payroll.input.missing"}},
		{"missing on one piece only", func(in *payroll.Input) {
			in.Terms = timeline(t, hr.Step[hr.Terms]{Since: since, Value: pay("basic", "hra")}, hr.Step[hr.Terms]{Since: hr.MustDate("2026-10-10"), Value: pay("hra")})
		}, []string{"terms.basic payroll.input.missing"}},
		{"a pay term twice", func(in *payroll.Input) { in.Terms = hr.Since(since, pay("basic", "hra", "hra")) }, []string{"terms.pay.hra payroll.input.given_twice"}},
		{"an answer twice", func(in *payroll.Input) {
			in.Answers = []hr.Answer{{Name: "gender", Text: "female"}, {Name: "gender", Text: "male"}}
		}, []string{"answers.gender payroll.input.given_twice"}},
		{"an answer of the terms and one beside them", func(in *payroll.Input) {
			x := pay("basic", "hra")
			x.Answers = []hr.Answer{{Name: "gender", Text: "female"}}
			in.Terms, in.Answers = hr.Since(since, x), []hr.Answer{{Name: "gender", Text: "male"}}
		}, []string{"answers.gender payroll.input.given_twice"}},
		{"a negative pay term", func(in *payroll.Input) {
			x := pay("basic", "hra")
			x.Pay[1].Amount = dec("-" + secret)
			in.Terms = hr.Since(since, x)
		}, []string{"terms.pay.hra payroll.input.negative"}},
		{"a negative amount as an answer", func(in *payroll.Input) { in.Answers = []hr.Answer{{Name: "bonus", Text: "-" + secret}} }, []string{"answers.bonus payroll.input.negative"}},
		{"adjustments below zero in all", func(in *payroll.Input) {
			in.Adjustments = []payroll.Adjustment{{Employee: "E1", Name: "bonus", Amount: dec("1")}, {Employee: "E1", Name: "bonus", Amount: dec("-" + secret)}}
		}, []string{"adjustments.bonus payroll.input.negative"}},
		{"an answer that is no number", func(in *payroll.Input) { in.Answers = []hr.Answer{{Name: "bonus", Text: secret + "e5"}} }, []string{"answers.bonus payroll.input.text"}},
		{"an amount where the plan asks for a text", func(in *payroll.Input) {
			in.Adjustments = []payroll.Adjustment{{Employee: "E1", Name: "gender", Amount: dec(secret)}}
		}, []string{"adjustments.gender payroll.input.text"}},
		{"an adjustment of somebody else", func(in *payroll.Input) {
			in.Adjustments = []payroll.Adjustment{{Employee: "E2", Name: "bonus", Amount: dec(secret)}}
		}, []string{"adjustments[0].employee payroll.adjustment"}},
		{"an adjustment of another period", func(in *payroll.Input) {
			in.Adjustments = []payroll.Adjustment{{Employee: "E1", Name: "bonus", Period: hr.MustPeriod("2026-11-01..2026-11-30"), Amount: dec(secret)}}
		}, []string{"adjustments[0].period payroll.adjustment"}},
		{"an adjustment that no rule reads", func(in *payroll.Input) {
			in.Adjustments = []payroll.Adjustment{{Employee: "E1", Name: "gift", Amount: dec(secret)}}
		}, []string{"adjustments.gift payroll.input.unused"}},
		{"an adjustment beside a pay term of its name", func(in *payroll.Input) {
			in.Terms = hr.Since(since, pay("basic", "hra", "bonus"))
			in.Adjustments = []payroll.Adjustment{{Employee: "E1", Name: "bonus", Amount: dec(secret)}}
		}, []string{"adjustments.bonus payroll.input.given_twice"}},
		{"a one-off amount that changes inside the period", func(in *payroll.Input) {
			x := pay("basic", "hra", "bonus")
			x.Pay[2].Amount = dec("1")
			in.Terms = timeline(t, hr.Step[hr.Terms]{Since: since, Value: pay("basic", "hra", "bonus")}, hr.Step[hr.Terms]{Since: hr.MustDate("2026-10-10"), Value: x})
		}, []string{"terms.bonus payroll.input.changes"}},
		{"a timesheet of somebody else", func(in *payroll.Input) { in.Timesheet = sheet("E2", october, october, nil, nil) }, []string{"timesheet payroll.input.timesheet"}},
		{"a timesheet of another period", func(in *payroll.Input) {
			september := hr.MustPeriod("2026-09-01..2026-09-30")
			in.Timesheet = sheet("E1", september, september, nil, nil)
		}, []string{"timesheet payroll.input.timesheet"}},
		{"a timesheet without a period", func(in *payroll.Input) {
			in.Timesheet = sheet("E1", october, october, map[int]string{5: "1"}, nil)
			in.Timesheet.Period = hr.Period{}
		}, []string{"timesheet.period payroll.input.timesheet"}},
		{"a day employed and not in the timesheet", func(in *payroll.Input) {
			in.Timesheet = sheet("E1", october, hr.MustPeriod("2026-10-01..2026-10-30"), nil, nil)
		}, []string{"timesheet.days payroll.input.timesheet"}},
		{"a day in the timesheet and not employed", func(in *payroll.Input) {
			in.Terms = hr.Since(hr.MustDate("2026-10-12"), pay("basic", "hra"))
			in.Timesheet = sheet("E1", october, october, nil, nil)
		}, []string{"timesheet.days payroll.input.timesheet"}},
		{"a timesheet that does not add up", func(in *payroll.Input) {
			in.Timesheet = sheet("E1", october, october, nil, nil)
			in.Timesheet.Payable = dec("30")
		}, []string{"timesheet.payable hr.timesheet.balance"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			in := full("E1")
			c.edit(&in)
			slip, err := office(t).Calculate(in)
			require.Empty(t, cmp.Diff(c.want, faultsOf(err), cmpopts.SortSlices(func(a, b string) bool { return a < b })))
			require.NotContains(t, err.Error(), "987654")
			require.NotContains(t, fmt.Sprintf("%+v", err), "987654")
			require.Equal(t, payroll.Payslip{}, slip)
		})
	}
}

func TestCalculateFaultsComeTogether(t *testing.T) {
	in := full("E1")
	bad := terms("20000", "8000")
	bad.Currency = "USD"
	bad.Pay = append(bad.Pay[:1:1], hr.PayTerm{Name: "house", Amount: dec("-987654")}) // hra is missing
	in.Terms = hr.Since(hr.MustDate("2026-01-01"), bad)
	in.Adjustments = []payroll.Adjustment{{Employee: "E1", Name: "basic", Amount: dec("5")}, {Employee: "E2", Name: "gift", Period: hr.MustPeriod("2026-09-01..2026-09-30"), Amount: dec("5")}}
	in.Answers = []hr.Answer{{Name: "bonus", Text: "lots"}}
	in.Timesheet = sheet("E2", october, october, nil, nil)
	_, err := office(t).Calculate(in)
	require.ElementsMatch(t, []string{
		"terms.currency payroll.input.currency",
		"timesheet payroll.input.timesheet",
		"terms.pay.house payroll.input.unused",
		"terms.pay.house payroll.input.negative",
		"terms.hra payroll.input.missing",
		"adjustments.basic payroll.input.given_twice",
		"input basic payroll.input.changes", // an adjustment cannot fill an input by piece
		"adjustments[1].employee payroll.adjustment",
		"adjustments[1].period payroll.adjustment",
		"adjustments.gift payroll.input.unused",
		"answers.bonus payroll.input.text",
	}, faultsOf(err))
	require.NotContains(t, err.Error(), "987654")
}

// One entry below zero corrects another: the bonus was 5000, and should have been 3000.
func TestAnAdjustmentCorrectsAnother(t *testing.T) {
	in := full("E1")
	in.Adjustments = []payroll.Adjustment{{Employee: "E1", Name: "bonus", Period: october, Amount: dec("5000")}, {Employee: "E1", Name: "bonus", Amount: dec("-2000")}}
	slip, err := office(t).Calculate(in)
	require.NoError(t, err)
	require.Equal(t, "3000.00", amount(t, slip, "bonus_pay"))
}

// A rate by the hour is money too, in another unit: a change that only the last day would see is refused.
func TestAPayTermThatChangesIsSeenOnEveryDay(t *testing.T) {
	plan, err := payroll.Compile(payroll.Config{Currency: "INR", Components: []payroll.Component{{Name: "x", Text: `
input rate: money/hours
input overtime_hours: hours by piece
line overtime in earnings = round(rate * pieces(overtime_hours), 0.01)
`}}})
	require.NoError(t, err)
	at := func(rate string) hr.Terms { return hr.Terms{Pay: []hr.PayTerm{{Name: "rate", Amount: dec(rate)}}} }
	in := full("E1")
	in.Terms = timeline(t, hr.Step[hr.Terms]{Since: hr.MustDate("2026-01-01"), Value: at("100")}, hr.Step[hr.Terms]{Since: hr.MustDate("2026-10-16"), Value: at("200")})
	_, err = plan.Calculate(in)
	require.Equal(t, []string{"terms.rate payroll.input.changes"}, faultsOf(err))
}

// What the terms answer may change inside a period, and the last employed day's holds; an amount may not, for the days before would be paid by it too. An
// answer of no money is an answer.
func TestAnAnswerOfTheTermsThatChanges(t *testing.T) {
	plan := grossPlan(t, "input grade: text\ninput meals: money\nline pay in earnings = if grade = \"B\" then 200 + meals else 100 + meals\n")
	pay := func(grade, meals string) (string, error) {
		at := func(grade, meals string) hr.Terms {
			return hr.Terms{Answers: []hr.Answer{{Name: "grade", Text: grade}, {Name: "meals", Text: meals}}}
		}
		in := full("E1")
		in.Terms = timeline(t, hr.Step[hr.Terms]{Since: hr.MustDate("2026-01-01"), Value: at("A", "0")}, hr.Step[hr.Terms]{Since: hr.MustDate("2026-10-16"), Value: at(grade, meals)})
		slip, err := plan.Calculate(in)
		return amountOf(slip, "pay"), err
	}
	got, err := pay("B", "0")
	require.NoError(t, err)
	require.Equal(t, "200", got)
	_, err = pay("A", "5")
	require.Equal(t, []string{"terms.meals payroll.input.changes"}, faultsOf(err))
	_, err = pay("A", "-0.01")
	require.Contains(t, faultsOf(err), "terms.answers.meals payroll.input.negative")
}

// A parameter has no value for the date: the line, the parameter and the date are named, never the latest value taken.
func TestADateWithoutAParameterIsRefused(t *testing.T) {
	pack := payroll.Pack{Params: []hr.Parameter{{Name: "fund.rate", Unit: "percent", Steps: []hr.ParameterStep{{
		Since: hr.MustDate("2026-11-01"), Value: dec("12"), Source: hr.Source{Title: "The Act"}, Reviewed: hr.MustDate("2026-11-01"),
	}}}}}
	plan, err := payroll.Compile(payroll.Config{Currency: "INR", Packs: []payroll.Pack{pack}, Components: []payroll.Component{{Name: "x", Text: `
input basic: money
line pay in earnings = round(basic, 1)
line fund in deductions = round(basic * fund.rate, 1)
`}}})
	require.NoError(t, err)
	in := full("E1")
	in.Terms = hr.Since(hr.MustDate("2026-01-01"), hr.Terms{Pay: []hr.PayTerm{{Name: "basic", Amount: dec("987654")}}})
	_, err = plan.Calculate(in)
	require.ErrorIs(t, err, hr.ErrNoValue)
	require.ErrorContains(t, err, "line fund: parameter fund.rate has no value on 2026-10-31")
	require.NotContains(t, err.Error(), "987654")
}

func TestCompileRefusesUnknownNamesAndCycles(t *testing.T) {
	_, err := payroll.Compile(payroll.Config{Currency: "INR", Components: []payroll.Component{
		{Name: "a", Text: "line pay in earnings = round(baisc, 1)\n"},
		{Name: "b", Text: "line x = y + 1\nline y = x + 1\nline z in earnings = nothing_known\n"},
	}})
	for _, want := range []string{"a:1:30: nothing is named `baisc`", "b:1:6: the formulas need each other: x -> y -> x", "b:3:22: nothing is named `nothing_known`"} {
		require.ErrorContains(t, err, want)
	}
}

// An answer that the plan asks for as a day is one, and another text is a fault of that answer.
func TestAnAnswerThatIsADay(t *testing.T) {
	plan := grossPlan(t, "input joined: date\nline award in earnings = if joined < 2020-01-01 then 500 else 0\n")
	for _, c := range []struct {
		text, want string
		faults     []string
	}{
		{"2019-12-31", "500", nil},
		{"2020-01-01", "0", nil},
		{"31.12.2019", "0", []string{"answers.joined payroll.input.text"}},
		{"2019-02-29", "0", []string{"answers.joined payroll.input.text"}},
	} {
		in := full("E1")
		in.Terms, in.Answers = hr.Since(october.From, hr.Terms{Currency: "INR"}), []hr.Answer{{Name: "joined", Text: c.text}}
		slip, err := plan.Calculate(in)
		require.Equal(t, c.faults, faultsOf(err), c.text)
		if err == nil {
			require.Equal(t, c.want, amountOf(slip, "award"), c.text)
		}
	}
}
