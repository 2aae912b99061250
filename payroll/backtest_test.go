package payroll_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/storage"
)

func backTestText(t require.TestingT, b payroll.BackTested) string {
	var text strings.Builder
	require.NoError(t, b.Text(&text))
	return "\n" + text.String()
}

var quarter = hr.MustPeriod("2026-08-01..2026-10-31")

// A fund that ends at 5,000 a year and not at 100,000. By hand: 30,000 and 20,000 a month pay 3,000 and 2,000 a month to the fund. The
// candidate stops E1 at 5,000: 3,000 in August, 2,000 in September, 0 in October; so 1,000 and 3,000 more net. E2 is stopped in October,
// after 2,000 and 2,000, at 1,000: 1,000 more. A ceiling that looked at what was posted (6,000 by October) would have stopped E2 at nothing.
func TestBackTestFollowsTheCandidatesOwnYear(t *testing.T) {
	w := newLate(t, latePlan(t, "1_00_000"))
	w.adopt(t, w.Plans[0], "2026-04-01..")
	w.pays(t, "E1", "2026-04-01..", "30000")
	w.pays(t, "E2", "2026-04-01..", "20000")
	var ids []payroll.RunID
	for _, m := range []int{8, 9, 10} {
		ids = append(ids, w.run(t, regular(m)))
	}
	read := watch(t, *w.Service, w.db)
	b := payroll.BackTest{Plan: latePlan(t, "5_000"), Runs: ids}
	got, err := read.BackTest(t.Context(), asOfficer, b)
	require.NoError(t, err)
	asked := w.facts.asked["E1"]
	_, err = read.BackTest(t.Context(), asOfficer, b)
	require.NoError(t, err)
	require.Equal(t, 3, w.facts.asked["E1"]-asked, "once for each run: what was asked to prove it is not asked again")
	require.Equal(t, strings.NewReplacer("RUN", "regular").Replace(`
Back-test of 3 runs: 2 otherwise, 0 the same, 0 payslips failed, 0 not proven   INR
Fund   15000.00 to 10000.00                                                             -5000.00
Fund   15000.00 to 10000.00                                                             -5000.00
Net pay   105000.00 to 110000.00                                                        +5000.00
Employer cost   165000.00 to 160000.00                                                  -5000.00

RUN   2026-08-01..2026-08-31   paid 2026-08-31   2 payslips
Net pay   35000.00 to 35000.00                                                              0.00
Employer cost   55000.00 to 55000.00                                                        0.00

RUN   2026-09-01..2026-09-30   paid 2026-09-30   2 payslips
Fund   5000.00 to 4000.00                                                               -1000.00
Fund   5000.00 to 4000.00                                                               -1000.00
Net pay   35000.00 to 36000.00                                                          +1000.00
Employer cost   55000.00 to 54000.00                                                    -1000.00

RUN   2026-10-01..2026-10-31   paid 2026-10-31   2 payslips
Fund   5000.00 to 1000.00                                                               -4000.00
Fund   5000.00 to 1000.00                                                               -4000.00
Net pay   35000.00 to 39000.00                                                          +4000.00
Employer cost   55000.00 to 51000.00                                                    -4000.00

1. E1   2 payslips otherwise
Fund   9000.00 to 5000.00                                                               -4000.00
Fund   9000.00 to 5000.00                                                               -4000.00
Net pay   63000.00 to 67000.00                                                          +4000.00
Employer cost   99000.00 to 95000.00                                                    -4000.00
   2026-09-01..2026-09-30   Net pay   21000.00 to 22000.00                              +1000.00
   2026-10-01..2026-10-31   Net pay   21000.00 to 24000.00                              +3000.00

2. E2   1 payslips otherwise
Fund   6000.00 to 5000.00                                                               -1000.00
Fund   6000.00 to 5000.00                                                               -1000.00
Net pay   42000.00 to 43000.00                                                          +1000.00
Employer cost   66000.00 to 65000.00                                                    -1000.00
   2026-10-01..2026-10-31   Net pay   14000.00 to 15000.00                              +1000.00
`), backTestText(t, got))

	var csv strings.Builder
	require.NoError(t, got.WriteCSV(&csv))
	require.Contains(t, csv.String(), fmt.Sprintf("E1,%s,2026-09-01,2026-09-30,net,Net pay,21000.00,22000.00,1000.00\n", ids[1]))
	require.True(t, strings.HasSuffix(csv.String(), "TOTAL,,,,cost,Employer cost,165000.00,160000.00,-5000.00\n"))
	for _, verb := range []string{"%v", "%+v", "%#v"} {
		require.NotContains(t, fmt.Sprintf(verb, got)+fmt.Sprintf(verb, got.Runs[0])+fmt.Sprintf(verb, got.People[0])+fmt.Sprintf(verb, got.People[0].Payslips[0]), "5000")
	}

	found, err := read.BackTest(t.Context(), asOfficer, payroll.BackTest{Plan: b.Plan, Over: quarter})
	require.NoError(t, err)
	require.Empty(t, cmp.Diff(backTestText(t, got), backTestText(t, found)), "the runs of a quarter are found from what was posted")
	found, err = read.BackTest(t.Context(), asOfficer, payroll.BackTest{Plan: b.Plan, Over: hr.MustPeriod("2026-09-01..2026-10-30")})
	require.NoError(t, err)
	require.Len(t, found.Runs, 1)
	require.Equal(t, "1000", found.People[0].Net.Change().String(), "August stays as posted: 3,000, so 2,000 are left for E1")
}

// A history with everything in it: late raises and absences, off-cycle pay, a correction, a reversal, a joiner and a leaver.
func busy(t require.TestingT, plan *payroll.Plan, draw func(name string, most int) int) *lateWorld {
	w := newLate(t, plan)
	w.adopt(t, plan, "2026-04-01..")
	people := []hr.EmployeeID{"E1", "E2", "E3", "E4", "E5", "E6", "E7"}
	for i, e := range people {
		w.pays(t, e, "2026-04-01..", fmt.Sprint(30000+3000*i))
	}
	someone := func(name string) hr.EmployeeID { return people[draw(name, len(people)-1)] }
	var before payroll.RunID
	for m := 7; m <= 10; m++ {
		if draw("raise", 1) == 1 {
			from := month(max(7, m-draw("back", 2))).From.Add(draw("day", 27))
			w.pays(t, someone("raised"), from.String()+"..", fmt.Sprint(31000+1000*draw("to", 9)))
		}
		if draw("absence", 1) == 1 {
			day := month(max(7, m-draw("back", 1))).From.Add(draw("day", 27)).String()
			w.absent(t, someone("absent"), day+".."+day, true)
		}
		if m > 7 && draw("provisional", 3) == 0 {
			w.run(t, payroll.RunSpec{Kind: payroll.RunProvisional, Period: month(m), PayDate: month(m).Through.Add(-3), Of: before, Reason: "clocks are down"})
		}
		before = w.run(t, regular(m))
		switch e := someone("whom"); draw("beside", 3) {
		case 1:
			_, err := w.Adjust(context.Background(), w.cmd(officer), payroll.Adjustment{Employee: e, Name: "bonus", Period: month(m), Amount: dec("1000")})
			require.NoError(t, err)
			w.run(t, payroll.RunSpec{Kind: payroll.RunOffCycle, Period: month(m), PayDate: month(m).Through.Add(1), Reason: "bonus", Employees: []hr.EmployeeID{e}})
		case 2:
			w.run(t, payroll.RunSpec{Kind: payroll.RunReversal, Period: month(m), PayDate: month(m).Through.Add(1), Of: before, Reason: "mistake", Employees: []hr.EmployeeID{e}})
			w.run(t, payroll.RunSpec{Kind: payroll.RunCorrection, Period: month(m), PayDate: month(m).Through.Add(2), Reason: "again", Employees: []hr.EmployeeID{e}})
		}
	}
	return w
}

// The same plan pays everybody the same, whatever happened; and a candidate pays what it would have paid had it been adopted from the start, in a world of its own.
func TestBackTestIsTheWorldThatWouldHaveBeen(t *testing.T) {
	over := hr.MustPeriod("2026-07-01..2026-10-31")
	moves := 0
	for seed := range uint64(8) {
		rng := rand.New(rand.NewPCG(seed, 7))
		var drawn []int
		w := busy(t, latePlan(t, "9_000"), func(_ string, most int) int {
			drawn = append(drawn, rng.IntN(most+1))
			return drawn[len(drawn)-1]
		})
		w.Chunk = 1 + rng.IntN(9)
		same, err := w.BackTest(t.Context(), asOfficer, payroll.BackTest{Plan: w.Plans[0], Over: over})
		require.NoError(t, err)
		require.Empty(t, same.People)
		require.Empty(t, same.Unproven)
		require.Empty(t, same.Failed)
		require.Equal(t, 7, same.Same)

		candidate := latePlan(t, "5_000")
		got, err := w.BackTest(t.Context(), asOfficer, payroll.BackTest{Plan: candidate, Over: over, Workers: 3})
		require.NoError(t, err)
		next := 0
		other := busy(t, candidate, func(string, int) int { next++; return drawn[next-1] })
		moved := map[hr.EmployeeID]decimal.Decimal{}
		for _, p := range got.People {
			moved[p.Employee] = p.Net.Change()
		}
		for _, e := range []hr.EmployeeID{"E1", "E2", "E3", "E4", "E5", "E6", "E7"} {
			want := other.netPosted(t, e).Sub(w.netPosted(t, e))
			require.True(t, want.Equal(moved[e]), "%d %s: %s and not %s", seed, e, moved[e], want)
			if !want.IsZero() {
				moves++
			}
		}
		w.Chunk = 1 + rng.IntN(9)
		again, err := w.BackTest(t.Context(), asOfficer, payroll.BackTest{Plan: candidate, Over: over})
		require.NoError(t, err)
		require.Equal(t, hr.Digest("report", got), hr.Digest("report", again))
		require.Equal(t, backTestText(t, got), backTestText(t, again), "whatever the number of workers and the size of a page")
	}
	require.Greater(t, moves, 30, "of 56: the candidate is another plan")
}

// netPosted is the net pay of everything that was posted for an employee.
func (w *lateWorld) netPosted(t require.TestingT, e hr.EmployeeID) (net decimal.Decimal) {
	lists, err := w.db.PostingsOf(context.Background(), []hr.Pin{{Employee: e}})
	require.NoError(t, err)
	for _, p := range lists[0] {
		for _, l := range p.Value.Lines {
			switch l.Name {
			case "basic_pay", "bonus_pay":
				net = net.Add(l.Amount)
			case "fund", "tax":
				net = net.Sub(l.Amount)
			}
		}
	}
	return net
}

// forgets keeps terms as of today only.
type forgets struct{ *learnt }

func (f forgets) TermsOf(ctx context.Context, v hr.View, pins []hr.Pin, p hr.Period) ([]hr.Timeline[hr.Terms], error) {
	if slices.ContainsFunc(pins, func(pin hr.Pin) bool { return pin.Employee == "E2" }) {
		return nil, storage.ErrNoHistory
	}
	return f.learnt.TermsOf(ctx, v, pins, p)
}

// What cannot be proven is said, and in no sum: a store that forgot, a plan that is gone, facts that were tampered with.
func TestBackTestSaysWhatIsNotProven(t *testing.T) {
	w := newLate(t, latePlan(t, "1_00_000"))
	w.adopt(t, w.Plans[0], "2026-04-01..")
	for _, e := range []hr.EmployeeID{"E1", "E2", "E3"} {
		w.pays(t, e, "2026-04-01..", "30000")
	}
	ids := []payroll.RunID{w.run(t, regular(9)), w.run(t, regular(10))}
	w.facts.terms["E3"][0].Value = hr.Terms{Currency: "INR", Pay: []hr.PayTerm{{Name: "basic", Amount: dec("31000")}}}
	w.Terms = forgets{w.facts}
	got, err := w.BackTest(t.Context(), asOfficer, payroll.BackTest{Plan: latePlan(t, "5_000"), Runs: ids})
	require.NoError(t, err)
	var told []string
	for _, u := range got.Unproven {
		told = append(told, string(u.Employee)+": "+u.Failures[0].Reason)
	}
	require.Equal(t, []string{
		"E2: what was known then cannot be asked any more: a store keeps only what holds today", "E2: what was known then cannot be asked any more: a store keeps only what holds today",
		"E3: does not come out the same from what was known then", "E3: does not come out the same from what was known then",
	}, told)
	require.Equal(t, "1000", got.Net.Change().String(), "of E1 alone")
	require.Contains(t, backTestText(t, got), "not proven: E3 in "+string(ids[0])+": payslip: does not come out the same")

	w.Terms, w.Plans = w.facts, []*payroll.Plan{latePlan(t, "5_000")}
	got, err = w.BackTest(t.Context(), asOfficer, payroll.BackTest{Plan: w.Plans[0], Runs: ids})
	require.NoError(t, err)
	require.Len(t, got.Unproven, 6)
	require.Equal(t, payroll.RulePlanAdopted, got.Unproven[0].Failures[0].Rule)

	// A candidate that asks for what nobody gave pays nobody, and says so.
	w = newLate(t, latePlan(t, "1_00_000"))
	w.adopt(t, w.Plans[0], "2026-04-01..")
	w.pays(t, "E1", "2026-04-01..", "30000")
	id := w.run(t, regular(9))
	got, err = w.BackTest(t.Context(), asOfficer, payroll.BackTest{Plan: grossPlan(t, "input basic: money\ninput meals: money\nline pay in earnings = basic + meals\n"), Runs: []payroll.RunID{id}})
	require.NoError(t, err)
	require.Equal(t, payroll.RuleInputMissing, got.Failed[0].Failures[0].Rule)
	require.Zero(t, got.Same)
	require.Contains(t, backTestText(t, got), "failed: E1 in "+string(id)+": terms.meals: ")
}

// Whom the candidate cannot pay keeps what was posted too: 2,900 of September, so that 2,100 of 5,000 are left for October.
func TestBackTestKeepsWhatFails(t *testing.T) {
	w := newLate(t, latePlan(t, "1_00_000"))
	w.adopt(t, w.Plans[0], "2026-04-01..")
	w.pays(t, "E1", "2026-09-01..2026-09-30", "29000")
	w.pays(t, "E1", "2026-10-01..", "30000")
	ids := []payroll.RunID{w.run(t, regular(9)), w.run(t, regular(10))}
	gated := grossPlan(t, strings.ReplaceAll(lateRules, "%CEILING%", "5_000")+"line gate in information = round(last(basic) * last(basic) / (last(basic) - 29_000), 1)\n")
	got, err := w.BackTest(t.Context(), asOfficer, payroll.BackTest{Plan: gated, Runs: ids})
	require.NoError(t, err)
	require.Len(t, got.Failed, 1)
	require.Equal(t, "900", got.Net.Change().String())
}

// gone is a store of terms that is down.
type gone struct{}

func (gone) TermsOf(context.Context, hr.View, []hr.Pin, hr.Period) ([]hr.Timeline[hr.Terms], error) {
	return nil, errCrash
}

// A store that is down while the last pages are played is an error, and no back-test of those who were played before.
func TestABackTestOfAStoreThatIsDownIsNone(t *testing.T) {
	w := newLate(t, latePlan(t, "1_00_000"))
	w.adopt(t, w.Plans[0], "2026-04-01..")
	w.pays(t, "E1", "2026-04-01..", "30000")
	b := payroll.BackTest{Plan: w.Plans[0], Runs: []payroll.RunID{w.run(t, regular(9))}}
	w.Terms = gone{}
	for _, b.Workers = range []int{1, 2} {
		_, err := w.BackTest(t.Context(), asOfficer, b)
		require.ErrorIs(t, err, errCrash)
	}
}

// A host without attendance has no timesheets to ask for, then and now.
func TestABackTestWithoutTimesheets(t *testing.T) {
	w := adopted(t, 2)
	got, err := w.BackTest(t.Context(), asOfficer, payroll.BackTest{Plan: w.Plans[0], Runs: []payroll.RunID{w.pay(t, "2026-09-01..2026-09-30")}})
	require.NoError(t, err)
	require.Equal(t, 2, got.Same)
}

// August was paid before anybody had taken over that 4,000 of the fund's 5,000 were paid until July: played again it does not know it either, and pays 3,000.
func TestABackTestKnowsNothingThatWasPostedLater(t *testing.T) {
	w := newLate(t, latePlan(t, "5_000"))
	w.pays(t, "E1", "2026-04-01..", "30000")
	august := w.run(t, regular(8))
	_, err := w.Open(t.Context(), w.cmd(officer), payroll.Opening{
		Employee: "E1", Period: hr.MustPeriod("2026-04-01..2026-07-31"), PayDate: month(7).Through, Currency: "INR",
		Lines: []payroll.Amount{{Name: "fund", Amount: dec("4000")}}, Source: hr.Source{Title: "old system"},
	})
	require.NoError(t, err)
	got, err := w.BackTest(t.Context(), asOfficer, payroll.BackTest{Plan: w.Plans[0], Runs: []payroll.RunID{august}})
	require.NoError(t, err)
	require.Empty(t, got.People)
	require.Equal(t, 1, got.Same)
}

// A month is paid and taken back. The candidate stops the fund at 2,000, so it pays 1,000 more net, and takes back as much: nothing is left of it.
func TestABackTestTakesBackWhatTheCandidatePaid(t *testing.T) {
	w := newLate(t, latePlan(t, "1_00_000"))
	w.pays(t, "E1", "2026-04-01..", "30000")
	paid := w.run(t, regular(9))
	back := special(payroll.RunReversal, 9, 9, "E1")
	back.Of, back.PayDate = paid, month(9).Through.Add(1)
	got, err := w.BackTest(t.Context(), asOfficer, payroll.BackTest{Plan: latePlan(t, "2_000"), Runs: []payroll.RunID{paid, w.run(t, back)}})
	require.NoError(t, err)
	var changes []string
	for _, r := range got.Runs {
		changes = append(changes, r.Net.Change().String())
	}
	require.Equal(t, []string{"1000", "-1000"}, changes)
	require.True(t, got.Net.Change().IsZero())
}

// lentLess is a store of debts that says of every loan that it was of 8,000.
type lentLess struct{ payroll.Debts }

func (l lentLess) DebtsOf(ctx context.Context, pins []hr.Pin) ([][]hr.Entry[payroll.Debt], error) {
	lists, err := l.Debts.DebtsOf(ctx, pins)
	for _, list := range lists {
		for i := range list {
			list[i].Value.Loan.Principal = dec("8000")
		}
	}
	return lists, err
}

// A payslip whose lines are the same is not proven where it says something else: that 6,000 are left of a loan and not 5,000, or that another amount of
// arrears was taken back.
func TestABackTestProvesMoreThanLines(t *testing.T) {
	unproven := func(w *lateWorld, id payroll.RunID) []string {
		got, err := w.BackTest(t.Context(), asOfficer, payroll.BackTest{Plan: w.Plans[0], Runs: []payroll.RunID{id}})
		require.NoError(t, err)
		require.Equal(t, 1, got.Same+len(got.Unproven))
		var out []string
		for _, u := range got.Unproven {
			out = append(out, u.Failures[0].Reason)
		}
		return out
	}
	const differs = "does not come out the same from what was known then"

	w := newDebts(t)
	w.pays(t, "E1", "2026-04-01..", "30000")
	w.lend(t, payroll.Debt{Employee: "E1", Loan: loanOf("9000", "3000", 9)})
	id := w.run(t, regular(9))
	require.Empty(t, unproven(w, id))
	w.Debts = lentLess{w.db}
	require.Equal(t, []string{differs}, unproven(w, id))

	w = newLate(t, latePlan(t, "1_00_000"))
	w.pays(t, "E1", "2026-04-01..", "30000")
	w.run(t, regular(9))
	w.absent(t, "E1", "2026-09-08..2026-09-08", true)
	october := w.run(t, regular(10))
	back := special(payroll.RunReversal, 10, 10, "E1")
	back.Of = october
	id = w.run(t, back)
	require.Empty(t, unproven(w, id))
	paid, err := w.db.Result(t.Context(), october, "E1")
	require.NoError(t, err)
	other := paid
	other.Slip.Arrears = slices.Clone(paid.Slip.Arrears)
	other.Slip.Arrears[0].Amount = dec("-999")
	require.NoError(t, w.db.PutResults(t.Context(), october, other))
	require.Equal(t, []string{differs}, unproven(w, id))
	require.NoError(t, w.db.PutResults(t.Context(), october, paid))
}

// hides holds back what was posted for one employee.
type hides struct {
	payroll.Postings
	of hr.EmployeeID
}

func (h hides) PostingsOf(ctx context.Context, pins []hr.Pin) ([][]hr.Entry[payroll.Posting], error) {
	lists, err := h.Postings.PostingsOf(ctx, pins)
	for i, pin := range pins {
		if pin.Employee == h.of {
			lists[i] = nil
		}
	}
	return lists, err
}

// What is not proven counts in the year as it was posted: 3,000 of September, so that 2,000 of the candidate's 5,000 are left for October. A run
// that only paid arrears of a month is no run of that month.
func TestBackTestKeepsWhatIsNotProven(t *testing.T) {
	w := newLate(t, latePlan(t, "1_00_000"))
	w.adopt(t, w.Plans[0], "2026-04-01..")
	w.pays(t, "E1", "2026-09-01..2026-09-30", "30000")
	w.pays(t, "E1", "2026-10-01..", "30000")
	w.pays(t, "E2", "2026-09-01..", "30000")
	ids := []payroll.RunID{w.run(t, regular(9))}
	w.pays(t, "E2", "2026-09-16..", "36000") // late
	ids = append(ids, w.run(t, regular(10)))
	found, err := w.BackTest(t.Context(), asOfficer, payroll.BackTest{Plan: w.Plans[0], Over: month(9)})
	require.NoError(t, err)
	require.Len(t, found.Runs, 1)
	require.Equal(t, 2, found.Same, "and what it paid was not known in September")

	w.facts.terms["E1"][0].Value = hr.Terms{Currency: "INR", Pay: []hr.PayTerm{{Name: "basic", Amount: dec("10000")}}}
	got, err := w.BackTest(t.Context(), asOfficer, payroll.BackTest{Plan: latePlan(t, "5_000"), Runs: ids})
	require.NoError(t, err)
	require.Len(t, got.Unproven, 1)
	i := slices.IndexFunc(got.People, func(p payroll.BackTestedPerson) bool { return p.Employee == "E1" })
	require.Equal(t, "1000", got.People[i].Net.Change().String())

	w.Postings = hides{w.db, "E2"}
	got, err = w.BackTest(t.Context(), asOfficer, payroll.BackTest{Plan: latePlan(t, "5_000"), Runs: ids})
	require.NoError(t, err)
	require.Len(t, got.Unproven, 3)
	require.Equal(t, "hold nothing of the payslip", got.Unproven[1].Failures[0].Reason)
}

// Each list of those without a comparison ends its line, alone and beside the other; and who is counted is who differs and who does not.
func TestBackTestReportOfWhoHasNoComparison(t *testing.T) {
	one := []payroll.WithoutPayslip{{Employee: "E1", Run: "R1", Failures: []payroll.Failure{{Path: "p", Reason: "why"}}}}
	for _, c := range []struct {
		failed, unproven []payroll.WithoutPayslip
		want             string
	}{
		{nil, nil, ""},
		{one, nil, "\nfailed: E1 in R1: p: why\n"},
		{nil, one, "\nnot proven: E1 in R1: p: why\n"},
		{one, one, "\nfailed: E1 in R1: p: why\nnot proven: E1 in R1: p: why\n"},
	} {
		text := backTestText(t, payroll.BackTested{Currency: "INR", Failed: c.failed, Unproven: c.unproven})
		_, after, _ := strings.Cut(text, "INR\n")
		rows := strings.SplitAfterN(after, "\n", 3) // net pay and cost
		require.Equal(t, c.want, rows[2])
	}
	require.Equal(t, "[back-test of 0 runs and 3 employees]", fmt.Sprint(payroll.BackTested{People: make([]payroll.BackTestedPerson, 1), Same: 2}))
}

func TestBackTestFaults(t *testing.T) {
	w := newLate(t, latePlan(t, "1_00_000"))
	w.adopt(t, w.Plans[0], "2026-04-01..")
	w.pays(t, "E1", "2026-04-01..", "30000")
	ctx := t.Context()
	paid := w.run(t, regular(9))
	draft, err := w.CreateRun(ctx, w.cmd(officer), regular(10))
	require.NoError(t, err)
	dollars, err := payroll.Compile(payroll.Config{Currency: "USD", Components: []payroll.Component{{Name: "own", Text: "input basic: money\nline pay in earnings = basic\n"}}})
	require.NoError(t, err)
	for _, c := range []struct {
		b    payroll.BackTest
		want []string
	}{
		{payroll.BackTest{}, []string{"plan payroll.back_test", "over payroll.back_test"}},
		{payroll.BackTest{Plan: w.Plans[0], Over: month(3)}, []string{"over payroll.back_test"}},
		{payroll.BackTest{Plan: dollars, Runs: []payroll.RunID{paid, draft, paid}}, []string{"runs[1] payroll.back_test", "runs[2] payroll.back_test", "runs[0] payroll.back_test", "runs[2] payroll.back_test"}},
	} {
		_, err := w.BackTest(ctx, asOfficer, c.b)
		require.Equal(t, c.want, faultsOf(err))
	}
	_, err = w.BackTest(ctx, asOfficer, payroll.BackTest{Plan: w.Plans[0], Runs: []payroll.RunID{"none"}})
	require.ErrorIs(t, err, storage.ErrNotFound)
	w.Postings = struct{ payroll.Postings }{w.db}
	_, err = w.BackTest(ctx, asOfficer, payroll.BackTest{Plan: w.Plans[0], Over: month(9)})
	require.Equal(t, []string{"runs payroll.back_test"}, faultsOf(err))
	_, err = w.BackTest(ctx, asOfficer, payroll.BackTest{Plan: w.Plans[0], Runs: []payroll.RunID{paid}})
	require.NoError(t, err)

	ended, stop := context.WithCancel(ctx)
	stop()
	_, err = w.BackTest(ended, asOfficer, payroll.BackTest{Plan: w.Plans[0], Runs: []payroll.RunID{paid}})
	require.ErrorIs(t, err, context.Canceled)
	w.Kit.Authorize = nil
	_, err = w.BackTest(ctx, asOfficer, payroll.BackTest{})
	require.ErrorIs(t, err, hr.ErrDenied)
}

// What a back-test of a quarter costs: it grows with employees, and two workers share it.
func BenchmarkBackTest(b *testing.B) {
	for _, employees := range []int{100, 1_000, 10_000} {
		w := newLate(b, latePlan(b, "1_00_000"))
		w.Chunk = 1000
		w.adopt(b, w.Plans[0], "2026-04-01..")
		for i := range employees {
			w.pays(b, hr.EmployeeID(fmt.Sprintf("E%05d", i)), "2026-04-01..", fmt.Sprint(30000+i%100))
		}
		var ids []payroll.RunID
		for m := 8; m <= 10; m++ {
			ctx := context.Background()
			id, err := w.CreateRun(ctx, w.cmd(officer), regular(m))
			require.NoError(b, err)
			digest, err := w.Calculate(ctx, w.cmd(officer), id)
			require.NoError(b, err)
			_, err = w.Approve(ctx, w.cmd(chief), id, digest)
			require.NoError(b, err)
			_, err = w.Pay(ctx, w.cmd(officer), id)
			require.NoError(b, err)
			ids = append(ids, id)
		}
		candidate := latePlan(b, "5_000")
		for _, workers := range []int{1, 2} {
			b.Run(fmt.Sprintf("%d employees, 3 months, %d workers", employees, workers), func(b *testing.B) {
				for b.Loop() {
					got, err := w.BackTest(context.Background(), asOfficer, payroll.BackTest{Plan: candidate, Runs: ids, Workers: workers})
					require.NoError(b, err)
					require.Len(b, got.People, employees)
				}
			})
		}
	}
}
