package payroll_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
)

const reviewRules = `
input basic: money by piece
input payable_days: days by piece
input period_days: days
input bonus: money = 0
input ytd_fund: money
input car: yes/no = no
line basic_pay "Basic" in earnings = round(pieces(basic * payable_days / period_days), 0.01)
line bonus_pay "Bonus" in earnings = bonus
line fund "Fund" in deductions = max(0, min(round(10% * basic_pay, 1), 6_000 - ytd_fund))
line garage "Garage" in deductions = if car then 700 else 0
`

// examined is somebody who was paid for September and is paid for October.
type examined struct {
	september, october payroll.Input
}

func monthly(id hr.EmployeeID, pay string) examined {
	e := examined{}
	for _, x := range []struct {
		in *payroll.Input
		p  hr.Period
	}{{&e.september, september}, {&e.october, october}} {
		*x.in = payroll.Input{Employee: id, Period: x.p, PayDate: x.p.Through, Terms: hr.Since(hr.MustDate("2026-01-01"), hr.Terms{Grade: "G1", Pay: basic(pay).Pay})}
	}
	return e
}

func (e examined) of(t require.TestingT, plan *payroll.Plan) payroll.Examined {
	was, err := plan.Calculate(e.september)
	require.NoError(t, err)
	is, err := plan.Calculate(e.october)
	require.NoError(t, err)
	return payroll.Examined{Payslip: is, Basis: payroll.Basis{Plan: plan, Input: e.october}, Earlier: []payroll.Earlier{{Payslip: was, Basis: payroll.Basis{Plan: plan, Input: e.september}}}}
}

func signs(list []payroll.Anomaly) (out []string) {
	for _, a := range list {
		text := fmt.Sprintf("%s %d:", a.Employee, a.Score)
		for _, s := range a.Signs {
			text += " " + strings.TrimSuffix(string(s.Rule)+"/"+s.Line, "/")
		}
		out = append(out, text)
	}
	return out
}

// Each rule alone: what it finds, and a neighbour that it leaves alone.
func TestAnomalyRules(t *testing.T) {
	plan := grossPlan(t, reviewRules)
	everything := payroll.Swing{Score: 5, Percent: dec("2"), Amount: dec("100")}
	edit := func(id hr.EmployeeID, fn func(*examined)) payroll.Examined {
		e := monthly(id, "30000")
		fn(&e)
		return e.of(t, plan)
	}
	with := func(id hr.EmployeeID, fn func(*payroll.Examined)) payroll.Examined {
		x := monthly(id, "30000").of(t, plan)
		fn(&x)
		return x
	}
	raise := func(from, to string) func(*examined) {
		return func(e *examined) {
			e.october.Terms = timeline(t, hr.Step[hr.Terms]{Since: hr.MustDate("2026-01-01"), Value: basic(from)}, hr.Step[hr.Terms]{Since: october.From, Value: basic(to)})
			e.september.Terms = hr.Since(hr.MustDate("2026-01-01"), basic(from))
		}
	}
	spent := func(e *examined) { e.october.YearToDate = []payroll.Amount{{Name: "fund", Amount: dec("5000")}} } // 1,000 are left of the fund: 2,000 more net
	car := func(e *examined) { e.october.Answers = []hr.Answer{{Name: "car", Text: "yes"}} }
	bonus := func(e *examined) {
		e.october.Adjustments = []payroll.Adjustment{{Employee: e.october.Employee, Name: "bonus", Amount: dec("9000")}}
	}
	sick := func(e *examined) { e.october.Timesheet = sheetOf(e.october, map[int]string{5: "1", 6: "1"}, nil) }
	absent := func(e *examined) {
		away := map[int]string{}
		for d := 1; d <= 31; d++ {
			away[d] = "1"
		}
		e.october.Timesheet = sheetOf(e.october, away, nil)
	}
	joins := func(e *examined) { e.september.Terms = hr.Since(hr.MustDate("2026-09-12"), basic("30000")) }
	for _, c := range []struct {
		name  string
		rules payroll.AnomalyRules
		of    []payroll.Examined
		want  []string
	}{
		{"all off", payroll.AnomalyRules{}, []payroll.Examined{edit("E1", spent), edit("E2", car), edit("E3", raise("30000", "90000"))}, nil},
		{"net pay that nothing explains", payroll.AnomalyRules{Net: everything}, []payroll.Examined{
			edit("E1", spent), edit("E2", car), edit("E3", raise("30000", "90000")), edit("E4", bonus), edit("E5", sick), edit("E6", joins), monthly("E7", "30000").of(t, plan),
		}, []string{"E1 5: net/net", "E2 5: net/net"}},
		{"a line that nothing explains", payroll.AnomalyRules{Line: everything}, []payroll.Examined{edit("E1", spent), edit("E2", car), edit("E3", raise("30000", "60000"))}, []string{"E1 5: line/fund", "E2 5: line/garage"}},
		// 2,000 of 27,000 are 7.41 %.
		{"shares", payroll.AnomalyRules{Net: payroll.Swing{Score: 1, Percent: dec("7.41")}}, []payroll.Examined{edit("E1", spent)}, nil},
		{"shares reached", payroll.AnomalyRules{Net: payroll.Swing{Score: 1, Percent: dec("7.40")}}, []payroll.Examined{edit("E1", spent)}, []string{"E1 1: net/net"}},
		{"amounts", payroll.AnomalyRules{Net: payroll.Swing{Score: 1, Amount: dec("2000.01")}}, []payroll.Examined{edit("E1", spent)}, nil},
		{"amounts reached", payroll.AnomalyRules{Net: payroll.Swing{Score: 1, Amount: dec("2000")}}, []payroll.Examined{edit("E1", spent)}, []string{"E1 1: net/net"}},
		{"what is not known explains nothing", payroll.AnomalyRules{Net: everything}, []payroll.Examined{func() payroll.Examined {
			x := edit("E1", raise("30000", "31000"))
			x.Basis = payroll.Basis{}
			return x
		}()}, []string{"E1 5: net/net"}},
		{"a raise with a digit too many", payroll.AnomalyRules{Agreed: payroll.Swing{Score: 3, Percent: dec("50")}}, []payroll.Examined{edit("E1", raise("30000", "300000")), edit("E2", raise("30000", "33000"))}, []string{"E1 3: agreed/basic"}},
		{"new and gone", payroll.AnomalyRules{Appeared: 2, Vanished: 1}, []payroll.Examined{edit("E1", bonus), edit("E2", func(e *examined) {
			e.september.Adjustments = []payroll.Adjustment{{Employee: "E2", Name: "bonus", Amount: dec("1")}}
		})}, []string{"E1 2: appeared/bonus_pay", "E2 1: vanished/bonus_pay"}},
		{"another account", payroll.AnomalyRules{Account: 4}, []payroll.Examined{
			with("E1", func(x *payroll.Examined) { x.Account, x.PaidTo = account("1"), account("2") }), with("E2", func(x *payroll.Examined) { x.Account, x.PaidTo = account("3"), account("3") }), with("E3", func(x *payroll.Examined) { x.Account = account("4") }),
		}, []string{"E1 4: account"}},
		{"the same net pay", payroll.AnomalyRules{Twins: payroll.Twins{Score: 1}}, []payroll.Examined{monthly("E1", "30000").of(t, plan), monthly("E2", "30000").of(t, plan), monthly("E3", "30001").of(t, plan)}, []string{"E1 1: twins", "E2 1: twins"}},
		{"no more than may share it", payroll.AnomalyRules{Twins: payroll.Twins{Score: 1, Most: 2}}, []payroll.Examined{monthly("E1", "1").of(t, plan), monthly("E2", "1").of(t, plan)}, []string{"E1 1: twins", "E2 1: twins"}},
		{"a common net pay", payroll.AnomalyRules{Twins: payroll.Twins{Score: 1, Most: 2}}, []payroll.Examined{monthly("E1", "1").of(t, plan), monthly("E2", "1").of(t, plan), monthly("E3", "1").of(t, plan)}, nil},
		{"nobody shares a net pay of nothing", payroll.AnomalyRules{Twins: payroll.Twins{Score: 1}}, []payroll.Examined{monthly("E1", "0").of(t, plan), monthly("E2", "0").of(t, plan)}, nil},
		{"pay without days", payroll.AnomalyRules{Unworked: 6}, []payroll.Examined{edit("E1", func(e *examined) { absent(e); bonus(e) }), edit("E2", absent), edit("E3", sick)}, []string{"E1 6: unworked/gross pay"}},
		{"days without pay", payroll.AnomalyRules{Unpaid: 6}, []payroll.Examined{edit("E1", func(e *examined) { e.october.Terms = hr.Since(october.From, basic("0")) }), edit("E2", absent), edit("E3", sick)}, []string{"E1 6: unpaid"}},
		{"findings of the checks", payroll.AnomalyRules{Findings: map[payroll.Check]int{payroll.CheckSharedAccount: 8}}, []payroll.Examined{
			with("E1", func(x *payroll.Examined) {
				x.Findings = []payroll.Finding{{Check: payroll.CheckSharedAccount, With: []hr.EmployeeID{"E9"}}, {Check: payroll.CheckIdentity}}
			}),
		}, []string{"E1 8: finding/shared_account"}},
		// The middle of 10, 11, 12, 13 and 50 thousand is 12, the distances 2, 1, 0, 1 and 38, their middle 1: 38 is more than 3 of it, and 2 is not.
		{"peers", payroll.AnomalyRules{Peers: payroll.Peers{Score: 7, Times: dec("3")}}, []payroll.Examined{
			monthly("E1", "10000").of(t, plan), monthly("E2", "11000").of(t, plan), monthly("E3", "12000").of(t, plan), monthly("E4", "13000").of(t, plan), monthly("E5", "50000").of(t, plan),
		}, []string{"E5 7: peers/gross pay"}},
		{"too few peers", payroll.AnomalyRules{Peers: payroll.Peers{Score: 7, Times: dec("3"), Least: 4}}, []payroll.Examined{monthly("E1", "10000").of(t, plan), monthly("E2", "10000").of(t, plan), monthly("E5", "50000").of(t, plan)}, nil},
		{"who was not there for the whole month is no peer", payroll.AnomalyRules{Peers: payroll.Peers{Score: 7, Percent: dec("50")}}, []payroll.Examined{
			monthly("E1", "10000").of(t, plan), monthly("E2", "10000").of(t, plan), monthly("E3", "10000").of(t, plan), edit("E4", absent), edit("E5", func(e *examined) {
				e.october.Terms = hr.Since(hr.MustDate("2026-10-30"), hr.Terms{Grade: "G1", Pay: basic("10000").Pay})
			}),
		}, nil},
		// Most are paid the same, so the spread is zero: 5 % of the middle decides.
		{"peers without a spread", payroll.AnomalyRules{Peers: payroll.Peers{Score: 7, Times: dec("3"), Percent: dec("5")}}, []payroll.Examined{
			monthly("E1", "10000").of(t, plan), monthly("E2", "10000").of(t, plan), monthly("E3", "10000").of(t, plan), monthly("E4", "10499.99").of(t, plan), monthly("E5", "10500").of(t, plan),
		}, []string{"E5 7: peers/gross pay"}},
		{"points add up, and rank", payroll.AnomalyRules{Net: everything, Line: payroll.Swing{Score: 1}, Appeared: 1, Unworked: 9}, []payroll.Examined{edit("E1", car), edit("E2", spent), edit("E3", func(e *examined) { absent(e); bonus(e) })}, []string{
			"E3 10: unworked/gross pay appeared/bonus_pay", "E1 7: net/net line/garage appeared/garage", "E2 6: net/net line/fund",
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := payroll.Anomalies(c.rules, c.of...)
			require.NoError(t, err)
			require.Equal(t, c.want, signs(got))
			reversed := slices.Clone(c.of)
			slices.Reverse(reversed)
			again, err := payroll.Anomalies(c.rules, reversed...)
			require.NoError(t, err)
			require.Equal(t, c.want, signs(again), "whatever the order")
			for _, a := range got {
				for _, s := range a.Signs {
					require.NotRegexp(t, `\d{3}`, s.Reason, "no amount")
				}
			}
		})
	}
}

// A tax of 4 %, 1,200, over the months that are left is 300 in September and 400 in October, and 1,200 of who leaves: that explains itself, and so does the
// law, which asks 50 more from October on.
func TestAnomalyOfLawAndLeaving(t *testing.T) {
	source := hr.Source{Title: "The Act"}
	pack := payroll.Pack{Name: "Levy", Params: []hr.Parameter{{Name: "levy.due", Unit: "money", Steps: []hr.ParameterStep{
		{Since: hr.MustDate("2026-04-01"), Value: dec("50"), Source: source, Reviewed: hr.MustDate("2026-11-01")},
		{Since: october.From, Value: dec("100"), Source: source, Reviewed: hr.MustDate("2026-11-01")},
	}}}}
	compile := func(rules string) *payroll.Plan {
		plan, err := payroll.Compile(payroll.Config{Currency: "INR", Packs: []payroll.Pack{pack}, Components: []payroll.Component{{Name: "own", Text: rules}}})
		require.NoError(t, err)
		return plan
	}
	rules := payroll.AnomalyRules{Net: payroll.Swing{Score: 1}}
	law := compile("input basic: money\nline pay in earnings = basic\nline levy in deductions = levy.due\n")
	got, err := payroll.Anomalies(rules, monthly("E1", "30000").of(t, law))
	require.NoError(t, err)
	require.Empty(t, got)

	spread := compile("input basic: money\ninput months_left: count\nline pay in earnings = basic\nline tax in deductions = round(4% * basic / months_left, 1)\n")
	leaver := monthly("E2", "30000")
	leaver.october.Terms = timeline(t, hr.Step[hr.Terms]{Since: hr.MustDate("2026-01-01"), Value: basic("30000")}, hr.Step[hr.Terms]{Since: october.Through.Add(1), Void: true})
	got, err = payroll.Anomalies(rules, monthly("E1", "30000").of(t, spread), leaver.of(t, spread))
	require.NoError(t, err)
	require.Equal(t, []string{"E1 1: net/net"}, signs(got))
	require.Contains(t, got[0].Signs[0].Reason, "the place of the month in the year")
}

// Basic goes from 30,000 to 45,000 and back. Looking one payslip back that is only a change.
func TestAnomalyOfWhatReturns(t *testing.T) {
	plan := grossPlan(t, reviewRules)
	e := monthly("E1", "30000")
	e.september.Terms = hr.Since(september.From, basic("45000"))
	x := e.of(t, plan)
	august := monthly("E1", "30000").september
	august.Period = hr.MustPeriod("2026-08-01..2026-08-31")
	was, err := plan.Calculate(august)
	require.NoError(t, err)
	x.Earlier = append(x.Earlier, payroll.Earlier{Payslip: was, Basis: payroll.Basis{Plan: plan, Input: august}})
	for look, want := range map[int][]string{0: nil, 2: {"E1 2: returned/basic"}} {
		got, err := payroll.Anomalies(payroll.AnomalyRules{Look: look, Returned: 2}, x)
		require.NoError(t, err)
		require.Equal(t, want, signs(got))
	}
	// A bonus of two months ago: new when the last payslip alone is looked at.
	x.Earlier[1].Payslip.Lines = slices.Clone(x.Earlier[1].Payslip.Lines)
	x.Earlier[1].Payslip.Lines[1].Amount, x.Payslip.Lines[1].Amount = dec("5"), dec("5")
	for look, want := range map[int][]string{1: {"E1 1: appeared/bonus_pay"}, 2: nil} {
		got, err := payroll.Anomalies(payroll.AnomalyRules{Look: look, Appeared: 1}, x)
		require.NoError(t, err)
		require.Equal(t, want, signs(got))
	}
}

// Somebody who was paid once before has nothing two payslips back: no amount returns to what it was, and nothing else is made of it.
func TestAnomalyLooksNoFurtherBackThanThereArePayslips(t *testing.T) {
	e := monthly("E1", "30000")
	e.september.Terms = hr.Since(september.From, basic("45000"))
	got, err := payroll.Anomalies(payroll.AnomalyRules{Look: 2, Returned: 2}, e.of(t, grossPlan(t, reviewRules)))
	require.NoError(t, err)
	require.Empty(t, got)
}

// Of three with one net pay each is told who the other two are.
func TestTwinsNameTheOthers(t *testing.T) {
	plan := grossPlan(t, reviewRules)
	got, err := payroll.Anomalies(payroll.AnomalyRules{Twins: payroll.Twins{Score: 1}}, monthly("E3", "30000").of(t, plan), monthly("E1", "30000").of(t, plan), monthly("E2", "30000").of(t, plan))
	require.NoError(t, err)
	with := map[hr.EmployeeID][]hr.EmployeeID{}
	for _, a := range got {
		with[a.Employee] = a.Signs[0].With
	}
	require.Equal(t, map[hr.EmployeeID][]hr.EmployeeID{"E1": {"E2", "E3"}, "E2": {"E1", "E3"}, "E3": {"E1", "E2"}}, with)
}

func TestAnomalyTextAndFaults(t *testing.T) {
	plan := grossPlan(t, reviewRules)
	e := monthly("E1", "30000")
	e.october.YearToDate = []payroll.Amount{{Name: "fund", Amount: dec("5000")}}
	e.october.Adjustments = []payroll.Adjustment{{Employee: "E1", Name: "bonus", Amount: dec("9000")}}
	got, err := payroll.Anomalies(payroll.AnomalyRules{Net: payroll.Swing{Score: 5}}, e.of(t, plan))
	require.NoError(t, err)
	var text strings.Builder
	require.NoError(t, got[0].Text(&text))
	require.Equal(t, `
E1   5 points
Net pay   27000.00 to 38000.00                                                         +11000.00
   5  Net pay moved by what no raise, one-off, days or change of law explains: the year to date
      net   27000.00 to 38000.00                                                       +11000.00
         input: bonus 0 to 9000   9000.00
         year to date: ytd fund 0 to 5000   2000.00
`, "\n"+text.String())
	require.Equal(t, "2000", got[0].Signs[0].Unexplained.String())
	for _, verb := range []string{"%v", "%+v", "%#v"} {
		require.NotContains(t, fmt.Sprintf(verb, got[0])+fmt.Sprintf(verb, got[0].Signs[0]), "000")
	}
	_, err = payroll.Anomalies(payroll.AnomalyRules{
		Net: payroll.Swing{Score: -1, Percent: dec("-2")}, Account: -1, Peers: payroll.Peers{Score: 1}, Findings: map[payroll.Check]int{payroll.CheckChange: -1, payroll.CheckIdentity: 0},
	})
	require.Equal(t, []string{
		"rules.net.score payroll.anomaly", "rules.account payroll.anomaly", "rules.net.percent payroll.anomaly", "rules.findings[change] payroll.anomaly", "rules.peers payroll.anomaly",
	}, faultsOf(err))
}

// The middle and the spread, against a second way: every value counts how many lie below and above it.
func TestPeersAgainstCounting(t *testing.T) {
	plan := grossPlan(t, "input basic: money\nline pay in earnings = basic\n")
	for seed := range uint64(50) {
		rng := rand.New(rand.NewPCG(seed, 3))
		var of []payroll.Examined
		var pay []int64 // in quarters of a paisa, so that means of means are whole
		for i := range 3 + rng.IntN(6) {
			amount := int64(1 + rng.IntN(20))
			pay = append(pay, amount*4)
			in := paidBasic(decimal.New(amount, -2).String())
			in.Employee = hr.EmployeeID(fmt.Sprint("E", i))
			in.Terms = hr.Since(october.From, hr.Terms{Position: "P", Pay: basic(decimal.New(amount, -2).String()).Pay})
			slip, err := plan.Calculate(in)
			require.NoError(t, err)
			of = append(of, payroll.Examined{Payslip: slip, Basis: payroll.Basis{Plan: plan, Input: in}})
		}
		middle := func(values []int64) int64 { // the mean of the least value with half at or below it and the largest with half at or above
			low, high := int64(1<<40), int64(-1)
			for _, v := range values {
				below, above := 0, 0
				for _, o := range values {
					if o <= v {
						below++
					}
					if o >= v {
						above++
					}
				}
				if 2*below >= len(values) {
					low = min(low, v)
				}
				if 2*above >= len(values) {
					high = max(high, v)
				}
			}
			return (low + high) / 2
		}
		m := middle(pay)
		var away []int64
		for _, p := range pay {
			away = append(away, max(p-m, m-p))
		}
		spread := middle(away)
		var want []hr.EmployeeID
		for i, a := range away {
			if a > 2*spread {
				want = append(want, of[i].Payslip.Employee)
			}
		}
		found, err := payroll.Anomalies(payroll.AnomalyRules{Peers: payroll.Peers{Score: 1, Times: dec("2")}}, of...)
		require.NoError(t, err)
		var got []hr.EmployeeID
		for _, a := range found {
			got = append(got, a.Employee)
		}
		slices.Sort(got)
		require.Equal(t, want, got, pay)
	}
}

// The service finds the payslips of last month, what they were calculated from, the accounts and the findings by itself, and writes nothing.
func TestServiceAnomalies(t *testing.T) {
	w := newLate(t, latePlan(t, "5_000"))
	people := staff{people: map[hr.EmployeeID]hr.Person{}}
	w.People = people
	w.adopt(t, w.Plans[0], "2026-04-01..")
	for i, e := range []hr.EmployeeID{"E1", "E2", "E3", "E4", "E5"} {
		w.pays(t, e, "2026-04-01..", "20000")
		people.people[e] = hr.Person{Name: "A", Bank: account(fmt.Sprint(1000 + i))}
	}
	w.pays(t, "E1", "2026-04-01..", "30000")
	w.run(t, regular(8))
	september := w.run(t, regular(9))
	last, err := w.Payments(t.Context(), asOfficer, september, details())
	require.NoError(t, err)
	w.pays(t, "E2", "2026-10-01..", "26000") // a raise
	w.pays(t, "E3", "2026-09-01..", "21000") // a late one: arrears, and a raise
	people.people["E4"] = hr.Person{Name: "A", Bank: account("9")}
	people.people["E5"] = people.people["E4"]
	id, err := w.CreateRun(t.Context(), w.cmd(officer), regular(10))
	require.NoError(t, err)
	_, err = w.Calculate(t.Context(), w.cmd(officer), id)
	require.NoError(t, err)

	rules := payroll.AnomalyRules{
		Look: 2, Net: payroll.Swing{Score: 5, Percent: dec("1")}, Account: 3, Vanished: 1, Agreed: payroll.Swing{Score: 2, Percent: dec("20")},
		Findings: map[payroll.Check]int{payroll.CheckSharedAccount: 4},
	}
	read := watch(t, *w.Service, w.db)
	got, err := read.Anomalies(t.Context(), asOfficer, id, rules, last.PaidTo())
	require.NoError(t, err)
	// The fund of E1 ends at 5,000: 3,000, 2,000, 0. That of the others ends in October too: 2,000, 2,000, 1,000; E2 and E3 are 2,000 less 1,600 and 2,000
	// less 900 of it, by raise and by year. E1 has two lines less, and E2 the larger change. E4's 1,000 more are 7.1 % of 14,000.
	require.Equal(t, []string{"E4 12: net/net finding/shared_account account", "E5 12: net/net finding/shared_account account", "E2 7: net/net agreed/basic", "E1 7: net/net vanished/fund vanished/fund_employer", "E3 5: net/net"}, signs(got)[:5])
	// E3 by hand: 1,700 more, of which the raise is 1,000 less 100 of fund and 200 of tax, and tax on arrears of 1,000 is 200 less: 1,200 are the year's.
	require.Equal(t, []string{"1700", "1200"}, []string{got[4].Net.Change().String(), got[4].Signs[0].Unexplained.String()})
	for chunk := 1; chunk < 4; chunk++ {
		read.Chunk = chunk
		again, err := read.Anomalies(t.Context(), asOfficer, id, rules, last.PaidTo())
		require.NoError(t, err)
		require.Equal(t, hr.Digest("anomalies", fmt.Sprint(signs(got))), hr.Digest("anomalies", fmt.Sprint(signs(again))))
	}

	w.facts.terms["E2"][0].Value = hr.Terms{Currency: "INR", Pay: []hr.PayTerm{{Name: "basic", Amount: dec("20001")}}} // tampered with
	got, err = read.Anomalies(t.Context(), asOfficer, id, rules, nil)
	require.NoError(t, err)
	i := slices.IndexFunc(got, func(a payroll.Anomaly) bool { return a.Employee == "E2" })
	require.Contains(t, got[i].Signs[0].Reason, "not known")

	_, err = read.Anomalies(t.Context(), asOfficer, id, payroll.AnomalyRules{Unpaid: -1}, nil)
	require.Equal(t, []string{"rules.unpaid payroll.anomaly"}, faultsOf(err))
	w.Kit.Authorize = nil
	_, err = w.Anomalies(t.Context(), asOfficer, id, rules, nil)
	require.ErrorIs(t, err, hr.ErrDenied)
}

// What a review costs where one in ten was given a raise, with every rule on.
func BenchmarkAnomalies(b *testing.B) {
	plan := grossPlan(b, reviewRules)
	rules := payroll.AnomalyRules{
		Look: 2, Net: payroll.Swing{Score: 5}, Line: payroll.Swing{Score: 1}, Agreed: payroll.Swing{Score: 1}, Appeared: 1, Vanished: 1, Returned: 1, Account: 1,
		Twins: payroll.Twins{Score: 1}, Unworked: 1, Unpaid: 1, Peers: payroll.Peers{Score: 1, Times: dec("3")},
	}
	for _, employees := range []int{100, 1_000, 10_000} {
		of := make([]payroll.Examined, employees)
		for i := range of {
			e := monthly(hr.EmployeeID(fmt.Sprint("E", i)), fmt.Sprint(20000+i))
			if i%10 == 0 {
				e.october.Terms = hr.Since(october.From, basic(fmt.Sprint(30000+i)))
			}
			of[i] = e.of(b, plan)
		}
		b.Run(fmt.Sprintf("%d employees", employees), func(b *testing.B) {
			for b.Loop() {
				found, err := payroll.Anomalies(rules, of...)
				require.NoError(b, err)
				require.NotEmpty(b, found)
			}
		})
	}
}
