package payroll_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/memory"
)

func impactText(t *testing.T, m payroll.Impact) string {
	t.Helper()
	var b strings.Builder
	require.NoError(t, m.Text(&b))
	return "\n" + b.String()
}

// 10 % for everybody from the 16th on, and 500 more for one of them. 31,000 and 62,000 a month: 16 of 31 days of 3,100 and 6,200 are 1,600
// and 3,200; E2 has 500 x 16/31 = 258.06 beside it. The levy is 10 % to the rupee of pay up to 25,000, so it stays.
func TestWhatIfTermsChange(t *testing.T) {
	plan := levied(t, leviedRules)
	now := func(id hr.EmployeeID, pay string) payroll.Basis {
		return payroll.Basis{Plan: plan, Input: payroll.Input{Employee: id, Period: october, PayDate: october.Through, Terms: hr.Since(september.From, basic(pay))}}
	}
	w := payroll.WhatIf{Terms: []payroll.TermChange{
		{Name: "basic", Since: hr.MustDate("2026-10-16"), Percent: dec("10")},
		{Employee: "E2", Name: "basic", Since: hr.MustDate("2026-10-16"), Amount: dec("500")},
		{Name: "hra", Percent: dec("50")}, // nobody has one
	}}
	bases := []payroll.Basis{now("E1", "31000"), now("E2", "62000")}
	m, err := w.Of(bases...)
	require.NoError(t, err)
	require.Equal(t, `
Payslip E2   2026-10-01..2026-10-31   INR
Pay   62000.00 to 65458.06                                                              +3458.06
   input: basic 62000 to 62000 and then 68700                                           +3458.06
Spread   10333.33 to 10909.68                                                            +576.35
   input: basic 62000 to 62000 and then 68700                                            +576.35
NET PAY   59500.00 to 62958.06                                                          +3458.06
   input: basic 62000 to 62000 and then 68700                                           +3458.06
Employer cost   62000.00 to 65458.06                                                    +3458.06

Payslip E1   2026-10-01..2026-10-31   INR
Pay   31000.00 to 32600.00                                                              +1600.00
   input: basic 31000 to 31000 and then 34100                                           +1600.00
Spread   5166.67 to 5433.33                                                              +266.66
   input: basic 31000 to 31000 and then 34100                                            +266.66
NET PAY   28500.00 to 30100.00                                                          +1600.00
   input: basic 31000 to 31000 and then 34100                                           +1600.00
Employer cost   31000.00 to 32600.00                                                    +1600.00

Everybody: 2 otherwise, 0 the same, 0 without a payslip   INR
Pay   93000.00 to 98058.06                                                              +5058.06
Net pay   88000.00 to 93058.06                                                          +5058.06
Employer cost   93000.00 to 98058.06                                                    +5058.06
`, impactText(t, m))
	before, _ := bases[0].Input.Terms.At(october.Through)
	require.Equal(t, basic("31000"), before, "what was given stays")

	var csv strings.Builder
	require.NoError(t, m.WriteCSV(&csv))
	require.Contains(t, csv.String(), "E1,net,Net pay,28500.00,30100.00,1600.00,,\nE1,net,Net pay,,,1600.00,input,basic 31000 to 31000 and then 34100\nE1,cost,Employer cost,31000.00,32600.00,1600.00,,\n")
	require.True(t, strings.HasSuffix(csv.String(), "TOTAL,cost,Employer cost,93000.00,98058.06,5058.06,,\n"))
	for _, verb := range []string{"%v", "%+v", "%#v"} {
		require.NotContains(t, fmt.Sprintf(verb, m)+fmt.Sprintf(verb, m.People[0])+fmt.Sprintf(verb, m.Cost)+fmt.Sprintf(verb, w)+fmt.Sprintf(verb, w.Terms[1]), "500")
	}
}

// Another law: the host lays a ceiling of 30,000 over it, and the levy of 31,000 is 3,000 where it was 2,500. Another plan: a line more.
func TestWhatIfLawOrComponentsChange(t *testing.T) {
	source := hr.Source{Title: "The Act"}
	pack := payroll.Pack{Name: "Levy", Params: []hr.Parameter{{Name: "levy.ceiling", Title: "Ceiling of the levy", Unit: "money", Steps: []hr.ParameterStep{
		{Since: hr.MustDate("2026-04-01"), Value: dec("25000"), Source: source, Reviewed: hr.MustDate("2026-11-01")},
	}}}}
	const rules = "input basic: money\ninput ytd_pay: money\nline pay in earnings = basic\nline levy in deductions = round(10% * min(pay, levy.ceiling), 1)\n"
	compile := func(p payroll.Pack, rules string) *payroll.Plan {
		plan, err := payroll.Compile(payroll.Config{Currency: "INR", Packs: []payroll.Pack{p}, Components: []payroll.Component{{Name: "own", Text: rules}}})
		require.NoError(t, err)
		return plan
	}
	higher, err := pack.Overlay(payroll.Overlay{Name: "levy.ceiling", Steps: []hr.ParameterStep{{Since: hr.MustDate("2026-10-01"), Value: dec("30000"), Source: source, Reviewed: hr.MustDate("2026-11-01")}}})
	require.NoError(t, err)
	plan := compile(pack, rules)
	now := payroll.Basis{Plan: plan, Input: payroll.Input{
		Employee: "E1", Period: october, PayDate: october.Through, Terms: hr.Since(september.From, basic("31000")), YearToDate: []payroll.Amount{{Name: "pay", Amount: dec("7")}, {Name: "levy", Amount: dec("1")}},
	}}
	poor := now
	poor.Input.Employee, poor.Input.Terms = "E2", hr.Since(september.From, basic("20000"))

	m, err := payroll.WhatIf{Plan: compile(higher, rules)}.Of(now, poor)
	require.NoError(t, err)
	require.Len(t, m.People, 1)
	require.Equal(t, 1, m.Same)
	require.Equal(t, []string{"formula 500: steps or values of the plan"}, causesOf(m.People[0].Comparison, "levy"))
	require.Equal(t, "-500", m.Net.Change().String())
	require.True(t, m.Cost.Change().IsZero())

	// The new plan has no levy, so what was posted for it is read by nothing; it gives 12 % to a fund of the employer, 3,720 and 2,400.
	m, err = payroll.WhatIf{Plan: compile(pack, "input basic: money\ninput ytd_pay: money\nline pay in earnings = basic\nline fund in employer = round(12% * pay, 1)\n")}.Of(now, poor)
	require.NoError(t, err)
	require.Equal(t, "6120", m.Cost.Change().String())
	require.Equal(t, "4500", m.Net.Change().String(), "2,500 and 2,000")
	require.Equal(t, []hr.EmployeeID{"E1", "E2"}, []hr.EmployeeID{m.People[0].Employee, m.People[1].Employee}, "who gains more comes first")

	// It asks for what nobody gave: one is without a payslip until an answer is supposed.
	asks := compile(pack, "input basic: money\ninput meals: money\nline pay in earnings = basic + meals\n")
	m, err = payroll.WhatIf{Plan: asks, Terms: []payroll.TermChange{{Employee: "E1", Name: "meals", Answer: "40"}}}.Of(now, poor)
	require.NoError(t, err)
	require.Equal(t, hr.EmployeeID("E2"), m.Failed[0].Employee)
	require.Equal(t, payroll.RuleInputMissing, m.Failed[0].Failures[0].Rule)
	require.Equal(t, "2540", m.Net.Change().String(), "31,040 against 31,000 less 2,500; who has no payslip is in no sum")
	require.Contains(t, impactText(t, m), "E2: terms.meals: ")
}

// Raised to whole rupees, a term that nobody had, and an answer in the place of another, wherever it is given.
func TestWhatIfEachChange(t *testing.T) {
	plan := grossPlan(t, "input basic: money\ninput meals: money = 0\ninput car: yes/no = no\nline pay in earnings = basic + meals\nline garage in deductions = if car then 700 else 0\n")
	beside := paidBasic("1033.40")
	beside.Answers = []hr.Answer{{Name: "car", Text: "no"}}
	agreed := paidBasic("1033.40")
	agreed.Terms = hr.Since(october.From, hr.Terms{Pay: basic("1033.40").Pay, Answers: []hr.Answer{{Name: "car", Text: "no"}}})
	for i, in := range []payroll.Input{beside, agreed, paidBasic("1033.40")} {
		for _, c := range []struct {
			change payroll.TermChange
			want   string // change of net pay
		}{
			{payroll.TermChange{Name: "basic", Percent: dec("5")}, "51.67"}, // 1,085.07
			{payroll.TermChange{Name: "basic", Percent: dec("5"), Rounding: hr.MustRounding("1", hr.HalfUp), Amount: dec("2")}, "53.6"},
			{payroll.TermChange{Name: "meals", Instead: true, Amount: dec("40")}, "40"},
			{payroll.TermChange{Name: "meals", Amount: dec("40")}, "0"}, // nobody has it
			{payroll.TermChange{Name: "car", Answer: "yes"}, "-700"},
			{payroll.TermChange{Employee: "E9", Name: "car", Answer: "yes"}, "0"},
		} {
			m, err := payroll.WhatIf{Terms: []payroll.TermChange{c.change}}.Of(payroll.Basis{Plan: plan, Input: in})
			require.NoError(t, err)
			require.Empty(t, m.Failed, "%d %s", i, c.change.Name)
			require.Equal(t, c.want, hr.Canonical(m.Net.Change()), "%d %s", i, c.change.Name)
		}
	}
	require.Equal(t, "no", beside.Answers[0].Text, "what was given stays")
}

func TestWhatIfFaults(t *testing.T) {
	plan := levied(t, leviedRules)
	dollars, err := payroll.Compile(payroll.Config{Currency: "USD", Components: []payroll.Component{{Name: "own", Text: "input basic: money\nline pay in earnings = basic\n"}}})
	require.NoError(t, err)
	b := payroll.Basis{Plan: plan, Input: paidBasic("1")}
	_, err = payroll.WhatIf{Plan: dollars, Terms: []payroll.TermChange{
		{},
		{Name: "basic"},
		{Name: "basic", Answer: "yes", Amount: dec("9876")},
		{Name: "basic", Percent: dec("9876"), Instead: true},
		{Name: "basic", Percent: dec("1"), Rounding: hr.Rounding{Step: dec("-1")}},
		{Name: "basic", Percent: dec("1"), Rounding: hr.Rounding{Mode: hr.HalfUp}},
		{Name: "basic", Percent: dec("1"), Rounding: hr.Rounding{Step: dec("1")}},
	}}.Of(b, payroll.Basis{}, b)
	require.Equal(t, []string{
		"terms[0].name payroll.what_if", "terms[0] payroll.what_if", "terms[1] payroll.what_if", "terms[2].answer payroll.what_if", "terms[3].percent payroll.what_if", "terms[4].rounding payroll.what_if",
		"terms[5].rounding payroll.what_if", "terms[6].rounding payroll.what_if",
		"now[0].currency payroll.what_if", "now[1].plan payroll.what_if", "now[2].currency payroll.what_if", "now[2].employee payroll.what_if",
	}, faultsOf(err))
	require.NotContains(t, err.Error(), "9876")
}

// Causes add up to each difference, and sums to the payslips calculated alone, whatever changes.
func TestWhatIfAddsUp(t *testing.T) {
	plan := office(t)
	rapid.Check(t, func(rt *rapid.T) {
		amount := func(name string) decimal.Decimal {
			return decimal.New(rapid.Int64Range(0, 9_000_000).Draw(rt, name), -2)
		}
		var now []payroll.Basis
		for i := range rapid.IntRange(1, 4).Draw(rt, "people") {
			in := full(hr.EmployeeID(fmt.Sprint("E", i)))
			in.Terms = hr.Since(hr.MustDate("2026-01-01"), terms(amount("basic").String(), amount("hra").String()))
			now = append(now, payroll.Basis{Plan: plan, Input: in})
		}
		w := payroll.WhatIf{Terms: []payroll.TermChange{
			{Name: "basic", Since: october.From.Add(rapid.IntRange(-3, 33).Draw(rt, "day")), Percent: decimal.NewFromInt(rapid.Int64Range(1, 50).Draw(rt, "percent"))},
			{Employee: "E1", Name: "hra", Amount: amount("more"), Instead: true},
		}}
		m, err := w.Of(now...)
		if m.Failed != nil || err != nil {
			require.NoError(rt, err)
			rt.Skip("no payslip")
		}
		sum := decimal.Zero
		for _, p := range m.People {
			for _, l := range append(p.Lines, p.Net) {
				parts := decimal.Zero
				for _, c := range l.Causes {
					parts = parts.Add(c.Amount)
				}
				require.True(rt, parts.Equal(l.Difference()), l.Name)
			}
			sum = sum.Add(p.Net.Difference())
		}
		require.True(rt, sum.Equal(m.Net.Change()))
		require.Equal(rt, len(now), len(m.People)+m.Same)
	})
}

// watched fails a test that writes anything.
type watched struct {
	*memory.DB
	t require.TestingT
}

func (w watched) wrote(what string) { require.Fail(w.t, "wrote", what) }

func (w watched) PutRun(context.Context, payroll.Run) error { w.wrote("run"); return nil }

func (w watched) AddMembers(context.Context, payroll.RunID, ...hr.EmployeeID) error {
	w.wrote("members")
	return nil
}

func (w watched) PutChunks(context.Context, ...payroll.RunChunk) error {
	w.wrote("chunks")
	return nil
}

func (w watched) PutResults(context.Context, payroll.RunID, ...payroll.Result) error {
	w.wrote("results")
	return nil
}

func (w watched) AppendPostings(context.Context, ...hr.Entry[payroll.Posting]) error {
	w.wrote("postings")
	return nil
}

func (w watched) AppendAdjustments(context.Context, ...hr.Entry[payroll.Adjustment]) error {
	w.wrote("adjustments")
	return nil
}

func (w watched) AppendAdoptions(context.Context, ...hr.Entry[payroll.Adoption]) error {
	w.wrote("adoptions")
	return nil
}

func (w watched) InTx(context.Context, func(context.Context) error) error {
	w.wrote("unit")
	return nil
}

func (w watched) Append(context.Context, storage.Audit, ...storage.Event) error {
	w.wrote("audit")
	return nil
}

// watch returns the service over stores that fail the test when they are written to.
func watch(t require.TestingT, s payroll.Service, db *memory.DB) payroll.Service {
	w := watched{db, t}
	s.Kit.Tx, s.Kit.Journal, s.Runs, s.Results, s.Postings, s.Adjustments, s.Adoptions = w, w, w, w, w, w, w
	return s
}

// What a change would pay is what it pays once it is made: over a run that is not created, and nothing is written.
func TestServiceWhatIf(t *testing.T) {
	w := newLate(t, latePlan(t, "4_000"), latePlan(t, "2_000"))
	w.adopt(t, w.Plans[0], "2026-04-01..")
	for _, e := range []hr.EmployeeID{"E1", "E2", "E3", "E4"} {
		w.pays(t, e, "2026-04-01..", "30000")
	}
	w.pays(t, "E4", "2026-10-01..", "")
	w.run(t, regular(9))
	w.pays(t, "E2", "2026-09-16..", "36000") // learnt late: E2 is owed arrears, which are the same on both sides
	ctx := t.Context()
	read := watch(t, *w.Service, w.db)

	raise := payroll.WhatIf{Terms: []payroll.TermChange{{Employee: "E1", Name: "basic", Since: month(10).From, Instead: true, Amount: dec("33000")}}}
	m, err := read.WhatIf(ctx, asOfficer, regular(10), raise)
	require.NoError(t, err)
	require.Len(t, m.People, 1)
	require.Equal(t, 2, m.Same, "E2 and E3; E4 has left")
	require.Empty(t, m.Failed)
	paid := func(plan *payroll.Plan) (net, cost decimal.Decimal) {
		results, err := w.Preview(ctx, asOfficer, regular(10))
		require.NoError(t, err)
		for _, r := range results {
			if r.Slip.Arrears = nil; r.Employee != "E4" {
				net, cost = net.Add(r.Slip.Net().Amount), cost.Add(r.Slip.Cost().Amount)
			}
		}
		return net, cost
	}
	net, cost := paid(w.Plans[0])
	require.True(t, m.Net.Before.Equal(net) && m.Cost.Before.Equal(cost))
	w.pays(t, "E1", "2026-10-01..", "33000")
	net, cost = paid(w.Plans[0])
	require.True(t, m.Net.Now.Equal(net) && m.Cost.Now.Equal(cost))

	// Another ceiling of the fund: 3,000 are posted, so 1,000 is left of 4,000 and nothing of 2,000. E2's half month of 6,000 more is 300
	// of fund with the arrears, and 700 are left.
	m, err = read.WhatIf(ctx, asOfficer, regular(10), payroll.WhatIf{Plan: w.Plans[1]})
	require.NoError(t, err)
	require.Equal(t, []string{"formula -1000: formula of fund"}, causesOf(m.People[0].Comparison, "fund"))
	require.Equal(t, []string{"formula -700: formula of fund"}, causesOf(m.People[2].Comparison, "fund"))

	_, err = read.WhatIf(ctx, asOfficer, payroll.RunSpec{}, payroll.WhatIf{})
	require.Contains(t, rules(err), payroll.RuleRunKind)
	_, err = read.WhatIf(ctx, asOfficer, payroll.RunSpec{Kind: payroll.RunReversal, Period: month(9), PayDate: month(9).Through, Of: "run", Reason: "x", Employees: []hr.EmployeeID{"E1"}}, payroll.WhatIf{Terms: []payroll.TermChange{{}}})
	require.Error(t, err)
	w.Kit.Authorize = nil
	_, err = w.WhatIf(ctx, asOfficer, regular(10), payroll.WhatIf{})
	require.ErrorIs(t, err, hr.ErrDenied)
	_, err = w.GrossUp(ctx, asOfficer, "E1", payroll.PayPeriod{}, payroll.GrossUp{})
	require.ErrorIs(t, err, hr.ErrDenied)
}

// The service gathers the facts: 30,000 less a fund of 1,000 (of 4,000, 3,000 are paid) and tax of 20 % is 23,000; 25,000 need 32,500.
func TestServiceGrossUp(t *testing.T) {
	w := newLate(t, latePlan(t, "4_000"))
	w.adopt(t, w.Plans[0], "2026-04-01..")
	w.pays(t, "E1", "2026-04-01..", "30000")
	w.run(t, regular(9))
	read := watch(t, *w.Service, w.db)
	of := payroll.PayPeriod{Period: month(10), PayDate: month(10).Through}
	found, err := read.GrossUp(t.Context(), asOfficer, "E1", of, payroll.GrossUp{Aim: payroll.AimNet, Target: dec("25000"), Terms: []string{"basic"}})
	require.NoError(t, err)
	require.Equal(t, "32500", found.Amount.String())
	_, err = read.GrossUp(t.Context(), asOfficer, "E2", of, payroll.GrossUp{Aim: payroll.AimNet, Target: dec("25000"), Terms: []string{"basic"}})
	require.Error(t, err)
}

// What it costs to ask what a raise of everybody would cost, causes and all.
func BenchmarkWhatIf(b *testing.B) {
	plan := levied(b, leviedRules)
	for _, employees := range []int{100, 1_000, 10_000} {
		now := make([]payroll.Basis, employees)
		for i := range now {
			now[i] = payroll.Basis{Plan: plan, Input: payroll.Input{
				Employee: hr.EmployeeID(fmt.Sprint("E", i)), Period: october, PayDate: october.Through, Terms: hr.Since(september.From, basic(fmt.Sprint(20000+i))),
			}}
		}
		w := payroll.WhatIf{Terms: []payroll.TermChange{{Name: "basic", Percent: dec("5")}}}
		b.Run(fmt.Sprintf("%d employees", employees), func(b *testing.B) {
			for b.Loop() {
				m, err := w.Of(now...)
				require.NoError(b, err)
				require.Len(b, m.People, employees)
			}
		})
	}
}
