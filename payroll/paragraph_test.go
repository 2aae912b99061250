package payroll_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
)

// Why is the provident fund what it is, in one paragraph?
func ExampleParagraph() {
	plan, err := payroll.Compile(payroll.Config{Currency: "INR", Components: []payroll.Component{{Name: "shop", Text: shopRules}}})
	if err != nil {
		panic(err)
	}
	trace, err := plan.Explain(payroll.Input{
		Employee: "E1", Period: hr.MustPeriod("2026-10-01..2026-10-31"), PayDate: hr.MustDate("2026-10-31"),
		Terms: hr.Since(hr.MustDate("2026-10-12"), shopTerms(31000)),
	}, "fund")
	if err != nil {
		panic(err)
	}
	fmt.Println(strings.ReplaceAll(payroll.Paragraph(trace), ". ", ".\n")) // a line for each sentence
	// Output:
	// Provident fund is 2400, by EPF Scheme 2026, para 18(2).
	// It was worked out so: the least of 20000, 25000 is 20000; 12% times 20000 is 2400, rounded to the nearest 1, a half away from zero.
	// Basic is 20000.
	// Basic was worked out so: 20000, rounded to the nearest 0.01, a half away from zero.
	// From 2026-10-12 to 2026-10-31: 31000 times 20 divided by 31 is 20000, where basic is 31000; payable days is 20 days; period days is 31 days.
}

// levies is a law with a doubtful rate, a rate that the host may set itself, and a figure four steps deep.
func levies(t *testing.T, overlay bool) *payroll.Plan {
	t.Helper()
	param := func(name, title, unit, value, section, doubt string, overlay bool) hr.Parameter {
		return hr.Parameter{Name: name, Title: title, Unit: unit, Steps: []hr.ParameterStep{{
			Since: hr.MustDate("2026-04-01"), Value: dec(value), Source: hr.Source{Title: "The Act", Section: section},
			Reviewed: hr.MustDate("2026-11-01"), Uncertain: doubt, Overlay: overlay,
		}}}
	}
	plan, err := payroll.Compile(payroll.Config{Currency: "INR", Packs: []payroll.Pack{{Params: []hr.Parameter{
		param("levy.rate", "rate of the levy", "percent", "5", "s. 5", "", false),
		param("levy.ceiling", "ceiling of the levy", "money", "15000", "s. 6", "a notification is awaited; the old one lapsed", overlay),
	}}}, Components: []payroll.Component{{Name: "levy", Text: `
input basic: money
input exempt: yes/no = no
input payable_days "days paid": days by piece
line pay in earnings = basic
let capped "capped pay" law "The Act, s. 6" = min(basic, levy.ceiling)
let base "base of the levy" = capped
let charge "charge" = base * levy.rate
line levy "Levy" in deductions law "The Act, s. 5" = if exempt then 0 else ceil(charge, 1)
line days_paid "Days paid": days in information = pieces(payable_days)
`}}})
	require.NoError(t, err)
	return plan
}

func TestAParagraphNamesLawDoubtAndOverlay(t *testing.T) {
	in := payroll.Input{Employee: "E1", Period: october, PayDate: october.Through}
	in.Terms = timeline(t, hr.Step[hr.Terms]{Since: october.From, Value: basic("20010"), Ref: hr.Ref{Kind: "terms", ID: "t1"}})
	trace, err := levies(t, true).Explain(in, "levy")
	require.NoError(t, err)
	got := payroll.Paragraph(trace)
	// 15000 x 5% = 750, whole already.
	require.Equal(t, []string{
		"Levy is 750, by The Act, s. 5.",
		"It was worked out so: whether exempt: no; 750, rounded up to 1, giving 750.",
		"Given: exempt is no.",
		"Charge is 750.",
		"Base of the levy is 15000.",
		"Rate of the levy is 5 percent, read on 2026-10-31, holds since 2026-04-01, by The Act, s. 5.",
		"How the figures behind these came about is in the full explanation.",
		"Mind that ceiling of the levy is doubtful: a notification is awaited; the old one lapsed.",
		"Mind that ceiling of the levy was set by the host on top of the law's pack.",
	}, sentences(got))

	trace, err = levies(t, false).Explain(in, "levy")
	require.NoError(t, err)
	require.NotContains(t, payroll.Paragraph(trace), "set by the host")

	require.Equal(t, "Überstunden is 5.", payroll.Paragraph(hr.Trace{Name: "extra (überstunden)", Value: "5", Rule: "5"}))

	trace, err = levies(t, false).Explain(in, "pay")
	require.NoError(t, err)
	require.Equal(t, "Pay is 20010. Given: basic is 20010, from terms t1.", payroll.Paragraph(trace))
}

// What two figures rest on is said once.
func TestAParagraphSaysAThingOnce(t *testing.T) {
	plan, err := payroll.Compile(payroll.Config{Currency: "INR", Components: []payroll.Component{{Name: "x", Text: `
param rate: percent = 5%
input basic: money
let a = basic * rate
let b = basic * rate
line both in earnings = ceil(a + b, 1)
`}}})
	require.NoError(t, err)
	trace, err := plan.Explain(payroll.Input{Employee: "E1", Period: october, PayDate: october.Through, Terms: hr.Since(october.From, basic("1000"))}, "both")
	require.NoError(t, err)
	text := payroll.Paragraph(trace)
	require.Equal(t, 1, strings.Count(text, "Given: basic is 1000."), text)
	require.Equal(t, 1, strings.Count(text, "Rate is 5 percent"), text)
	require.NotContains(t, text, "full explanation", "nothing was left out")
}

// sentences cuts a paragraph at its full stops; sections and decimals have none followed by a capital.
func sentences(paragraph string) []string {
	var out []string
	for _, s := range strings.SplitAfter(paragraph, ". ") {
		if n := len(out); n > 0 && (strings.HasSuffix(out[n-1], "s.") || strings.HasSuffix(out[n-1], "s. ")) {
			out[n-1] += s
			continue
		}
		out = append(out, s)
	}
	for i := range out {
		out[i] = strings.TrimSpace(out[i])
	}
	return out
}

// Every way of rounding has its words; a fact in words stands beside its input.
func TestAParagraphSaysHowItWasRounded(t *testing.T) {
	for mode, words := range map[hr.RoundingMode]string{
		hr.HalfUp: "to the nearest 0.5, a half away from zero", hr.HalfDown: "to the nearest 0.5, a half toward zero",
		hr.HalfEven: "to the nearest 0.5, a half to the even one", hr.Up: "away from zero to 0.5", hr.Down: "toward zero to 0.5",
		hr.Ceiling: "up to 0.5", hr.Floor: "down to 0.5",
	} {
		x := hr.Trace{Name: "x", Value: "1", Rule: "round(y, 0.5)", Note: "1 x 1.2 = 1.2 ; " + hr.MustRounding("0.5", mode).String(), Parts: []hr.Trace{
			{Name: "y", Value: "1.2", Parts: []hr.Trace{{Name: "terms of 1 May", Refs: []hr.Ref{{Kind: "terms", ID: "t1"}}}}},
		}}
		require.Equal(t, "X is 1. It was worked out so: 1 times 1.2 is 1.2, rounded "+words+". Given: y is 1.2, from terms of 1 May.", payroll.Paragraph(x))
	}
}

// Few facts are named, many are counted; an unpaid day is told; one hour is one hour.
func TestAParagraphNamesFactsWhereTheyAreFew(t *testing.T) {
	in := full("E1")
	in.Terms = hr.Since(hr.MustDate("2026-01-01"), terms("31000", "3100"))
	in.Timesheet = sheet("E1", october, october, map[int]string{5: "1"}, map[int]int{7: 20, 8: 40})
	trace, err := office(t).Explain(in, "overtime")
	require.NoError(t, err)
	require.Contains(t, payroll.Paragraph(trace), "overtime hours is 1 hour, from punch 2026-10-07 and punch 2026-10-08 (")
	trace, err = office(t).Explain(in, "basic_pay")
	require.NoError(t, err)
	require.Contains(t, payroll.Paragraph(trace), "payable days is 30 days, from 31 facts (present 31; 2026-10-05 1 unpaid, present)")
}

// Every figure of a payslip can be told, and is told with its value first.
func TestEveryLineHasAParagraph(t *testing.T) {
	in := full("E1")
	in.Timesheet = sheet("E1", october, october, map[int]string{5: "1", 6: "0.5"}, map[int]int{7: 61})
	plan := office(t)
	slip, err := plan.Calculate(in)
	require.NoError(t, err)
	for i, l := range plan.Lines() {
		trace, err := plan.Explain(in, l.Name)
		require.NoError(t, err)
		text := payroll.Paragraph(trace)
		value, _, _ := strings.Cut(strings.TrimPrefix(text, l.Title+" is "), ".")
		require.True(t, decimal.RequireFromString(strings.Split(value, ",")[0]).Equal(slip.Lines[i].Amount.Truncate(0)), text)
		require.NotContains(t, text, "_")
		require.NotContains(t, text, " ; ")
	}
}

// A name in a condition is read by its title, a call too; what has no title keeps its name; a doubt that two values share is said once.
func TestAParagraphReadsTitlesAndSharedDoubtsOnce(t *testing.T) {
	x := hr.Trace{Name: "x (Levy)", Value: "5", Rule: "if a.b > 1 then c else 0", Note: "a.b > 1: no; rate(a.b, 3): row: above 2: 5; other: yes", Parts: []hr.Trace{
		{Name: "a.b (Months)", Value: "1"},
		{Name: "rate (Rate of the levy)", Value: "5", Source: hr.Source{Title: "The Act"}, Note: "doubtful: nobody knows"},
		{Name: "old (Old rate)", Value: "5", Source: hr.Source{Title: "The Act"}, Note: "doubtful: nobody knows"},
		{Name: "state (State)", Value: "KA", Note: "shown above"},
	}}
	require.Equal(t, `Levy is 5. It was worked out so: whether "Months" above 1: no; "Rate of the levy": row: above 2: 5; whether other: yes. `+
		`Given: Months is 1; State is KA. Rate of the levy is 5, by The Act. Old rate is 5, by The Act. `+
		`Mind that Rate of the levy is doubtful: nobody knows.`, payroll.Paragraph(x))
}

// A value that changes inside the period is minded for what each of its steps is: settled at first, then doubtful, then the host's own.
func TestAParagraphMindsEveryStepOfAValue(t *testing.T) {
	step := func(since, value, doubt string, overlay bool) hr.ParameterStep {
		return hr.ParameterStep{Since: hr.MustDate(since), Value: dec(value), Source: hr.Source{Title: "The Act"}, Reviewed: hr.MustDate("2026-11-01"), Uncertain: doubt, Overlay: overlay}
	}
	rate := hr.Parameter{Name: "rate", Unit: "percent", Steps: []hr.ParameterStep{
		step("2026-04-01", "1", "", false), step("2026-10-11", "2", "a notification is awaited", false), step("2026-10-21", "3", "", true),
	}}
	plan, err := payroll.Compile(payroll.Config{Currency: "INR", Packs: []payroll.Pack{{Params: []hr.Parameter{rate}}}, Components: []payroll.Component{{Name: "levy", Text: `
input basic: money by piece
input piece_days: days by piece
line levy in earnings = ceil(pieces(basic * rate * piece_days / 31 days), 1)
`}}})
	require.NoError(t, err)
	trace, err := plan.Explain(payroll.Input{Employee: "E1", Period: october, PayDate: october.Through, Terms: hr.Since(october.From, basic("1000"))}, "levy")
	require.NoError(t, err)
	text := payroll.Paragraph(trace)
	require.Equal(t, 1, strings.Count(text, "Mind that rate is doubtful: a notification is awaited."), text)
	require.Equal(t, 1, strings.Count(text, "Mind that rate was set by the host on top of the law's pack."), text)
}
