package payroll_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/storage/memory"
)

// lateRules is a company whose figures are easy by hand: a day of basic pay in a month of 30 days is a thirtieth, the fund is 10 % of
// basic pay up to a ceiling in the tax year (so that a period reads what was earned before), and tax is 20 % of what is paid.
const lateRules = `
input basic: money by piece
input payable_days: days by piece
input period_days: days
input bonus: money = 0
input ytd_fund: money
input arrears_earnings: money

line basic_pay "Basic" in earnings = round(pieces(basic * payable_days / period_days), 0.01)
line bonus_pay "Bonus" in earnings = round(bonus, 0.01)
line fund "Fund" in deductions = round(max(0, min(10% * basic_pay, %CEILING% - ytd_fund)), 0.01)
line fund_employer "Fund" in employer = fund
line tax "Tax" in deductions, when_paid = round(20% * (sum(earnings) + arrears_earnings), 0.01)
`

func latePlan(t require.TestingT, ceiling string) *payroll.Plan {
	text := strings.ReplaceAll(lateRules, "%CEILING%", ceiling)
	april := payroll.Pack{TaxYear: payroll.YearStart{Month: time.April, Day: 1}}
	plan, err := payroll.Compile(payroll.Config{Currency: "INR", Packs: []payroll.Pack{april}, Components: []payroll.Component{{Name: "late", Text: text}}})
	require.NoError(t, err)
	return plan
}

// learnt stands in for lifecycle and attendance: facts with two times, terms and unpaid days.
type learnt struct {
	terms  map[hr.EmployeeID][]hr.Entry[hr.Terms]
	unpaid map[hr.EmployeeID][]hr.Entry[bool]
	mu     sync.Mutex            // a service may ask from several goroutines
	asked  map[hr.EmployeeID]int // how often terms were asked for
}

func (l *learnt) timeline(pin hr.Pin) hr.Timeline[hr.Terms] {
	h, err := hr.NewHistory("terms", l.terms[pin.Employee]...)
	if err != nil {
		panic(err)
	}
	return h.AsKnown(pin.Known.Own)
}

func (l *learnt) TermsOf(_ context.Context, _ hr.View, pins []hr.Pin, _ hr.Period) ([]hr.Timeline[hr.Terms], error) {
	var out []hr.Timeline[hr.Terms]
	for _, p := range pins {
		l.mu.Lock()
		l.asked[p.Employee]++
		l.mu.Unlock()
		out = append(out, l.timeline(p))
	}
	return out, nil
}

func (l *learnt) Timesheets(_ context.Context, _ hr.View, pins []hr.Pin, p hr.Period) ([]hr.Timesheet, error) {
	var out []hr.Timesheet
	for _, pin := range pins {
		h, err := hr.NewHistory("punch", l.unpaid[pin.Employee]...)
		if err != nil {
			return nil, err
		}
		away := h.AsKnown(pin.Known.Own)
		ts := hr.Timesheet{Employee: pin.Employee, Period: p}
		for stretch := range l.timeline(pin).Over(p) {
			for d := range stretch.Days() {
				day := hr.TimesheetDay{Date: d, Status: "present", Payable: dec("1")}
				if absent, known := away.At(d); known && absent {
					day.Payable, day.Unpaid = dec("0"), dec("1")
				}
				ts.Days = append(ts.Days, day)
				ts.Payable, ts.Unpaid = ts.Payable.Add(day.Payable), ts.Unpaid.Add(day.Unpaid)
			}
		}
		out = append(out, ts)
	}
	return out, nil
}

func (l *learnt) Employees(_ context.Context, _ hr.View, p hr.Period, after hr.EmployeeID, limit int) ([]hr.EmployeeID, error) {
	var ids []hr.EmployeeID
	for id := range l.terms {
		employed := false
		for range l.timeline(hr.Pin{Employee: id}).Over(p) {
			employed = true
		}
		if employed && id > after {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids[:min(limit, len(ids))], nil
}

func (l *learnt) Changes(_ context.Context, _ hr.View, pins []hr.Pin) ([]hr.Change, error) {
	var out []hr.Change
	for _, p := range pins {
		for _, e := range l.terms[p.Employee] {
			if e.Seq > p.Known.Own {
				out = append(out, hr.Change{Employee: p.Employee, Period: e.Period, Cause: hr.Ref{Kind: "terms", ID: e.ID, Seq: e.Seq}})
			}
		}
		for _, e := range l.unpaid[p.Employee] {
			if e.Seq > p.Known.Own {
				out = append(out, hr.Change{Employee: p.Employee, Period: e.Period, Cause: hr.Ref{Kind: "punch", ID: e.ID, Seq: e.Seq}})
			}
		}
	}
	return out, nil
}

type lateWorld struct {
	*payroll.Service
	db    *memory.DB
	facts *learnt
	n     int
}

func newLate(t require.TestingT, plans ...*payroll.Plan) *lateWorld {
	db := memory.New()
	facts := &learnt{terms: map[hr.EmployeeID][]hr.Entry[hr.Terms]{}, unpaid: map[hr.EmployeeID][]hr.Entry[bool]{}, asked: map[hr.EmployeeID]int{}}
	clock := time.Date(2026, 10, 31, 9, 0, 0, 0, time.UTC)
	w := &lateWorld{db: db, facts: facts, Service: &payroll.Service{
		Kit:  db.Kit(hr.AllowAll, func() time.Time { return clock }),
		Runs: db, Results: db, Postings: db, Adjustments: db, Adoptions: db, Terms: facts, Staff: facts, Sheets: facts, People: staff{},
		Changes: []payroll.Changes{facts}, Plans: plans, Chunk: 3,
		Approvers: []hr.ApprovalLevel{{Name: "payroll head", Approvers: []hr.ActorID{"chief"}}},
	}}
	w.Kit.NewID = func() string { return "seed" }
	fitsAtTheEnd(t, db)
	if len(plans) > 0 {
		w.adopt(t, plans[0], "2026-04-01..")
	}
	return w
}

func (*lateWorld) ctx() context.Context { return context.Background() }

func (w *lateWorld) cmd(by hr.Actor) hr.Command {
	w.n++
	return hr.Command{ID: hr.CommandID(fmt.Sprintf("cmd-%d", w.n)), Actor: by, Purpose: "monthly payroll", Reason: "test"}
}

func (w *lateWorld) adopt(t require.TestingT, plan *payroll.Plan, period string) {
	_, err := w.Adopt(context.Background(), w.cmd(officer), plan, hr.MustPeriod(period))
	require.NoError(t, err)
}

func (w *lateWorld) take(t require.TestingT, e hr.EmployeeID) hr.Seq {
	var seq hr.Seq
	require.NoError(t, w.db.InTx(context.Background(), func(ctx context.Context) error {
		taken, err := w.Kit.Know.Take(ctx, w.Kit.Clock, e)
		if err == nil {
			seq = taken[0].Known.Own
		}
		return err
	}))
	return seq
}

// pays records that an employee has a basic pay in a period; the empty pay ends the employment on those days.
func (w *lateWorld) pays(t require.TestingT, e hr.EmployeeID, period, basic string) hr.Ref {
	seq := w.take(t, e)
	entry := hr.Entry[hr.Terms]{ID: fmt.Sprintf("t%d", seq), Seq: seq, Recorded: w.Kit.Clock(), Period: hr.MustPeriod(period), Void: basic == ""}
	if basic != "" {
		entry.Value = hr.Terms{Currency: "INR", Pay: []hr.PayTerm{{Name: "basic", Amount: dec(basic)}}}
	}
	w.facts.terms[e] = append(w.facts.terms[e], entry)
	return hr.Ref{Kind: "terms", ID: entry.ID, Seq: seq}
}

// absent records that an employee was, or was not, away unpaid in a period.
func (w *lateWorld) absent(t require.TestingT, e hr.EmployeeID, period string, away bool) hr.Ref {
	seq := w.take(t, e)
	entry := hr.Entry[bool]{ID: fmt.Sprintf("p%d", seq), Seq: seq, Recorded: w.Kit.Clock(), Period: hr.MustPeriod(period), Value: away}
	w.facts.unpaid[e] = append(w.facts.unpaid[e], entry)
	return hr.Ref{Kind: "punch", ID: entry.ID, Seq: seq}
}

func month(m int) hr.Period {
	first := hr.MustDate(fmt.Sprintf("2026-%02d-01", m))
	return hr.Period{From: first, Through: first.EndOfMonth()}
}

func regular(m int) payroll.RunSpec {
	return payroll.RunSpec{Kind: payroll.RunRegular, Period: month(m), PayDate: month(m).Through}
}

// run creates, calculates, approves and pays a run.
func (w *lateWorld) run(t require.TestingT, spec payroll.RunSpec) payroll.RunID {
	ctx := context.Background()
	id, err := w.CreateRun(ctx, w.cmd(officer), spec)
	require.NoError(t, err)
	w.finish(t, id)
	return id
}

func (w *lateWorld) finish(t require.TestingT, id payroll.RunID) {
	ctx := context.Background()
	digest, err := w.Calculate(ctx, w.cmd(officer), id)
	require.NoError(t, err)
	page, err := w.Members(ctx, asOfficer, id, "", 100)
	require.NoError(t, err)
	for _, r := range page {
		require.Empty(t, r.Failures, r.Employee)
	}
	findings, err := w.Findings(ctx, asOfficer, id)
	require.NoError(t, err)
	var seen []payroll.FindingRef
	for _, f := range findings {
		require.Equal(t, payroll.CheckNegativeNet, f.Check)
		seen = append(seen, f.Ref())
	}
	if seen != nil {
		left, err := w.Override(ctx, w.cmd(officer), id, seen...)
		require.NoError(t, err)
		require.Zero(t, left)
	}
	_, err = w.Approve(ctx, w.cmd(chief), id, digest)
	require.NoError(t, err)
	_, err = w.Pay(ctx, w.cmd(officer), id)
	require.NoError(t, err)
}

func (w *lateWorld) slip(t require.TestingT, id payroll.RunID, e hr.EmployeeID) payroll.Payslip {
	s, err := w.Payslip(context.Background(), asOfficer, id, e)
	require.NoError(t, err)
	return s
}

// told writes arrears as "line month amount: cause amount, ...".
func told(s payroll.Payslip) (out []string) {
	for _, a := range s.Arrears {
		text := fmt.Sprintf("%s %d %s:", a.Name, a.Period.From.Month(), hr.Canonical(a.Amount))
		for _, c := range a.Causes {
			text += " " + hr.Canonical(c.Amount) + " by"
			for _, r := range c.Refs {
				text += " " + r.Kind
			}
			text += c.Reason
		}
		out = append(out, text)
	}
	return out
}

var lateChart = payroll.Chart{NetPay: "net", Lines: []payroll.ChartLine{
	{Line: "basic_pay", Debit: "wages"},
	{Line: "bonus_pay", Debit: "wages"},
	{Line: "fund", Credit: "fund"},
	{Line: "fund_employer", Debit: "fund cost", Credit: "fund"},
	{Line: "tax", Credit: "tax"},
}}

// A raise of August that is learnt in October, after August and September were paid: 3,000 a month more, and 300 more to the fund; tax
// of October is 20 % of what is paid in October, 33,000 + 2 x 3,000.
func TestALateRaise(t *testing.T) {
	w := newLate(t, latePlan(t, "1_00_000"))
	ctx := t.Context()
	w.pays(t, "E1", "2026-04-01..", "30000")
	w.pays(t, "E2", "2026-04-01..", "30000")
	w.run(t, regular(8))
	september := w.run(t, regular(9))
	w.pays(t, "E1", "2026-08-01..", "33000")

	clear(w.facts.asked)
	owed, err := w.Retro(ctx, asOfficer, payroll.PayPeriod{Period: month(10), PayDate: month(10).Through})
	require.NoError(t, err)
	require.Len(t, owed, 1, "only who is owed something")
	require.Zero(t, w.facts.asked["E2"], "and nobody else is looked at")

	id := w.run(t, regular(10))
	slip := w.slip(t, id, "E1")
	require.Empty(t, cmp.Diff(hr.Digest("arrears", owed[0].Arrears), hr.Digest("arrears", slip.Arrears)), "the preview was right")
	require.Equal(t, []string{
		"basic_pay 8 3000: 3000 by terms", "fund 8 300: 300 by terms", "fund_employer 8 300: 300 by terms",
		"basic_pay 9 3000: 3000 by terms", "fund 9 300: 300 by terms", "fund_employer 9 300: 300 by terms",
	}, told(slip))
	require.Equal(t, "7800.00", amount(t, slip, "tax"))
	require.Equal(t, "27300.00", slip.Net().AmountText(), "39,000 - 3,300 - 600 - 7,800")
	require.Empty(t, w.slip(t, id, "E2").Arrears)

	journal, err := w.Journal(ctx, asOfficer, id, lateChart)
	require.NoError(t, err)
	require.NoError(t, journal.Balanced())
	sums := map[string]string{}
	for _, a := range journal.Accounts() {
		sums[a.Account] = a.Debit.Sub(a.Credit).String()
	}
	// E2: 30,000 basic, 3,000 fund of both sides, 6,000 tax, 21,000 net.
	require.Equal(t, map[string]string{"wages": "69000", "fund": "-13800", "fund cost": "6900", "tax": "-13800", "net": "-48300"}, sums)

	before, err := w.Payslips(ctx, asOfficer, september)
	require.NoError(t, err)
	now, err := w.Payslips(ctx, asOfficer, id)
	require.NoError(t, err)
	variance, err := payroll.NewVariance(before, now)
	require.NoError(t, err)
	require.Len(t, variance.Employees, 1)
	changed := map[string]string{}
	for _, l := range variance.Employees[0].Lines {
		changed[l.Line] = l.Change().String()
	}
	// 9,000 more pay, of it 900 to the fund and 1,800 to tax; net pay is the rest.
	require.Equal(t, map[string]string{"basic_pay": "9000", "fund": "900", "fund_employer": "900", "tax": "1800"}, changed, "arrears are in the lines")
	require.Equal(t, "6300", variance.Employees[0].Net.Change().String())

	november := w.slip(t, w.run(t, regular(11)), "E1")
	require.Empty(t, november.Arrears, "a second retro is zero")
	digest, err := w.Replay(ctx, asOfficer, id)
	require.NoError(t, err)
	run, err := w.Run(ctx, asOfficer, id)
	require.NoError(t, err)
	require.Equal(t, run.Digest, digest)
	trace, err := w.Explain(ctx, asOfficer, id, "E1", "tax")
	require.NoError(t, err)
	require.NotEmpty(t, trace.Parts)
}

// Late facts one after another, each paid with the next run, and each corrected again: the sum is always what today's knowledge says.
func TestALatePunchAndACorrectedCorrection(t *testing.T) {
	w := newLate(t, latePlan(t, "1_00_000"))
	w.pays(t, "E1", "2026-04-01..", "30000")
	w.run(t, regular(9))
	w.absent(t, "E1", "2026-09-07..2026-09-08", true) // two days of 30: 2,000 less, and 200 less to the fund
	october := w.slip(t, w.run(t, regular(10)), "E1")
	require.Equal(t, []string{"basic_pay 9 -2000: -2000 by punch", "fund 9 -200: -200 by punch", "fund_employer 9 -200: -200 by punch"}, told(october))
	require.Equal(t, "5600.00", amount(t, october, "tax"), "20 % of 30,000 - 2,000")

	w.absent(t, "E1", "2026-09-08..2026-09-08", false) // only one day after all
	w.pays(t, "E1", "2026-09-01..2026-09-30", "33000") // and 3,000 more for the month
	november := w.slip(t, w.run(t, regular(11)), "E1") // 33,000 x 29 / 30 = 31,900; posted are 28,000
	require.Equal(t, []string{
		"basic_pay 9 3900: 1000 by punch 2900 by terms", "fund 9 390: 100 by punch 290 by terms", "fund_employer 9 390: 100 by punch 290 by terms",
	}, told(november))

	w.pays(t, "E1", "2026-09-01..2026-09-30", "30000") // no raise after all: 29,000
	december := w.slip(t, w.run(t, regular(12)), "E1")
	require.Equal(t, []string{"basic_pay 9 -2900: -2900 by terms", "fund 9 -290: -290 by terms", "fund_employer 9 -290: -290 by terms"}, told(december))
}

// The fund ends at 5,000 in the year. August took 3,000 and September the 2,000 that were left; a raise of August takes 1,000 more there
// and leaves 1,000 for September, which nobody has changed.
func TestALaterPeriodThatReadsAnEarlierOneFollows(t *testing.T) {
	w := newLate(t, latePlan(t, "5_000"))
	w.pays(t, "E1", "2026-04-01..", "30000")
	w.run(t, regular(8))
	w.run(t, regular(9))
	w.pays(t, "E1", "2026-08-01..2026-08-31", "40000")
	slip := w.slip(t, w.run(t, regular(10)), "E1")
	require.Equal(t, []string{
		"basic_pay 8 10000: 10000 by terms", "fund 8 1000: 1000 by terms", "fund_employer 8 1000: 1000 by terms",
		"fund 9 -1000: -1000 by terms", "fund_employer 9 -1000: -1000 by terms",
	}, told(slip))
	require.Equal(t, "0.00", amount(t, slip, "fund"), "nothing is left for October")
	// A day of September is lost, 1,000 of 30,000: 2,900 would go to the fund, and 1,000 is left after the 4,000 of August, as was posted.
	w.absent(t, "E1", "2026-09-08..2026-09-08", true)
	require.Equal(t, []string{"basic_pay 9 -1000: -1000 by punch"}, told(w.slip(t, w.run(t, regular(11)), "E1")))
}

// The ceiling of the fund turns out to have been 2,500 since August: everybody is looked at.
func TestAChangedParameter(t *testing.T) {
	w := newLate(t, latePlan(t, "1_00_000"), latePlan(t, "2_500"))
	w.pays(t, "E1", "2026-04-01..", "30000")
	w.pays(t, "E2", "2026-04-01..", "10000")
	w.run(t, regular(8))
	w.run(t, regular(9))
	w.adopt(t, w.Plans[1], "2026-08-01..")
	id := w.run(t, regular(10))
	require.Equal(t, []string{
		"fund 8 -500: -500 by adoption", "fund_employer 8 -500: -500 by adoption", "fund 9 -3000: -3000 by adoption", "fund_employer 9 -3000: -3000 by adoption",
	}, told(w.slip(t, id, "E1")))
	require.Empty(t, w.slip(t, id, "E2").Arrears, "1,000 in August and 1,000 in September are below it")
	require.Equal(t, "500.00", amount(t, w.slip(t, id, "E2"), "fund"))
}

// A bonus that is recorded for a month that was paid arrives with the next.
func TestALateAdjustment(t *testing.T) {
	w := newLate(t, latePlan(t, "1_00_000"))
	w.pays(t, "E1", "2026-04-01..", "30000")
	w.run(t, regular(9))
	_, err := w.Adjust(t.Context(), w.cmd(officer), payroll.Adjustment{Employee: "E1", Name: "bonus", Period: month(9), Amount: dec("700")})
	require.NoError(t, err)
	require.Equal(t, []string{"bonus_pay 9 700: 700 by adjustment"}, told(w.slip(t, w.run(t, regular(10)), "E1")))
}

// E1 joined on 24 September, after the September run was made: 7 days of 30. E2 came and went in between. E3 was paid in September.
func TestAJoinerAfterTheCutOff(t *testing.T) {
	w := newLate(t, latePlan(t, "1_00_000"))
	w.pays(t, "E3", "2026-04-01..", "30000")
	september := w.run(t, regular(9))
	joined := w.pays(t, "E1", "2026-09-24..", "30000")
	w.pays(t, "E2", "2026-09-24..2026-09-26", "30000")
	spec := regular(10)
	spec.Earlier = []payroll.PayPeriod{{Period: month(9), PayDate: month(9).Through}}
	id := w.run(t, spec)
	slip := w.slip(t, id, "E1")
	require.Equal(t, []string{"basic_pay 9 7000: 7000 by terms", "fund 9 700: 700 by terms", "fund_employer 9 700: 700 by terms"}, told(slip))
	require.Equal(t, []hr.Ref{joined}, slip.Arrears[0].Causes[0].Refs)
	gone := w.slip(t, id, "E2")
	require.Equal(t, []string{"basic_pay 9 3000: 3000 by terms", "fund 9 300: 300 by terms", "fund_employer 9 300: 300 by terms"}, told(gone))
	require.Equal(t, "2100.00", gone.Net().AmountText(), "3,000 - 300 - 20 % of 3,000, and nothing for October")
	require.Empty(t, w.slip(t, id, "E3").Arrears)
	_, err := w.Replay(t.Context(), asOfficer, id)
	require.NoError(t, err)
	_, err = w.Replay(t.Context(), asOfficer, september)
	require.NoError(t, err)
	spec = regular(11)
	spec.Earlier = []payroll.PayPeriod{{Period: month(9), PayDate: month(9).Through}, {Period: month(10), PayDate: month(10).Through}}
	next := w.run(t, spec)
	require.Empty(t, w.slip(t, next, "E1").Arrears)
	_, err = w.Payslip(t.Context(), asOfficer, next, "E2")
	require.Error(t, err, "nothing is owed any more, so E2 is not in it")
}

// E1 came and went in August and E2 in September, both learnt in October: each of the earlier periods is looked at.
func TestEveryEarlierPeriodIsLookedAt(t *testing.T) {
	w := newLate(t, latePlan(t, "1_00_000"))
	w.pays(t, "E1", "2026-08-10..2026-08-12", "30000")
	w.pays(t, "E2", "2026-09-10..2026-09-12", "30000")
	w.pays(t, "E3", "2026-10-01..", "30000")
	spec := regular(10)
	spec.Earlier = []payroll.PayPeriod{{Period: month(8), PayDate: month(8).Through}, {Period: month(9), PayDate: month(9).Through}}
	id, err := w.CreateRun(t.Context(), w.cmd(officer), spec)
	require.NoError(t, err)
	members, err := w.db.Members(t.Context(), id, "", 9)
	require.NoError(t, err)
	require.Equal(t, []hr.EmployeeID{"E1", "E2", "E3"}, members)
}

// A leaver whose absence turns out wrong is paid in a month of no employment, taxed, and not paid again.
func TestALeaverIsPaidWhatWasLearntLate(t *testing.T) {
	w := newLate(t, latePlan(t, "1_00_000"))
	w.pays(t, "E1", "2026-04-01..2026-09-30", "30000")
	w.pays(t, "E2", "2026-04-01..", "30000")
	w.absent(t, "E1", "2026-09-07..2026-09-08", true)
	w.run(t, regular(9))
	w.absent(t, "E1", "2026-09-08..2026-09-08", false)
	id := w.run(t, regular(10))
	slip := w.slip(t, id, "E1")
	require.Equal(t, []string{"basic_pay 9 1000: 1000 by punch", "fund 9 100: 100 by punch", "fund_employer 9 100: 100 by punch"}, told(slip))
	require.Equal(t, "700.00", slip.Net().AmountText(), "1,000 - 100 - 20 % of 1,000")
	_, err := w.Replay(t.Context(), asOfficer, id)
	require.NoError(t, err)
	_, err = w.Payslip(t.Context(), asOfficer, w.run(t, regular(11)), "E1")
	require.Error(t, err)
}

// Of leavers about whom something was learnt only those are in a run who may be owed something for it, however many pages they fill; and a source that is down
// is not taken for one that has nothing to tell.
func TestLeaversAreInARunForWhatTouchesTheirPay(t *testing.T) {
	w := newLate(t, latePlan(t, "1_00_000"))
	w.Chunk = 1
	for _, e := range []hr.EmployeeID{"E1", "E2", "E3"} {
		w.pays(t, e, "2026-04-01..2026-09-30", "30000")
	}
	w.pays(t, "E4", "2026-04-01..", "30000")
	w.run(t, regular(9))
	w.absent(t, "E1", "2026-09-08..2026-09-08", true)
	w.take(t, "E2") // something that pay does not read
	w.absent(t, "E3", "2026-09-08..2026-09-08", true)
	id, err := w.CreateRun(t.Context(), w.cmd(officer), regular(10))
	require.NoError(t, err)
	members, err := w.db.Members(t.Context(), id, "", 9)
	require.NoError(t, err)
	require.Equal(t, []hr.EmployeeID{"E1", "E3", "E4"}, members)

	w.Changes = []payroll.Changes{noChanges{}}
	_, err = w.CreateRun(t.Context(), w.cmd(officer), regular(10))
	require.ErrorIs(t, err, errCrash)
}

// noChanges is a source of changes that is gone.
type noChanges struct{}

func (noChanges) Changes(context.Context, hr.View, []hr.Pin) ([]hr.Change, error) {
	return nil, errCrash
}

// What was posted does not come out again from what was known then, because a store has changed its mind in place: that is no fact,
// and is said.
func TestWhatNoFactExplainsIsSaid(t *testing.T) {
	w := newLate(t, latePlan(t, "1_00_000"))
	w.pays(t, "E1", "2026-04-01..", "30000")
	w.run(t, regular(9))
	w.facts.terms["E1"][0].Value = hr.Terms{Currency: "INR", Pay: []hr.PayTerm{{Name: "basic", Amount: dec("30300")}}}
	w.absent(t, "E1", "2026-09-08..2026-09-08", true) // 1,010
	owed, err := w.Retro(t.Context(), asOfficer, payroll.PayPeriod{Period: month(10), PayDate: month(10).Through}, "E1")
	require.NoError(t, err)
	causes := owed[0].Arrears[0].Causes
	require.Len(t, causes, 2)
	require.True(t, causes[0].Unexplained())
	require.Equal(t, "300", causes[0].Amount.String())
	require.False(t, causes[1].Unexplained())
	require.Equal(t, "-1010", causes[1].Amount.String())

	id, err := w.CreateRun(t.Context(), w.cmd(officer), regular(10))
	require.NoError(t, err)
	_, err = w.Calculate(t.Context(), w.cmd(officer), id)
	require.NoError(t, err)
	findings, err := w.Findings(t.Context(), asOfficer, id)
	require.NoError(t, err)
	require.Len(t, findings, 1)
	require.Equal(t, payroll.CheckUnexplained, findings[0].Check)
	require.Equal(t, "has an arrear that no fact explains: "+causes[0].Reason, findings[0].Reason)
}

// A store that does not tell who was ever paid cannot be asked for everybody; for somebody it can, and runs pay the same.
func TestAStoreThatOffersNoSettled(t *testing.T) {
	w := newLate(t, latePlan(t, "1_00_000"))
	w.Postings = struct{ payroll.Postings }{w.db}
	w.pays(t, "E1", "2026-04-01..", "30000")
	w.run(t, regular(9))
	w.absent(t, "E1", "2026-09-08..2026-09-08", true)
	of := payroll.PayPeriod{Period: month(10), PayDate: month(10).Through}
	_, err := w.Retro(t.Context(), asOfficer, of)
	require.Equal(t, []string{"employees payroll.retro.store"}, faultsOf(err))
	owed, err := w.Retro(t.Context(), asOfficer, of, "E1")
	require.NoError(t, err)
	require.Len(t, owed, 1)
	require.Equal(t, told(payroll.Payslip{Arrears: owed[0].Arrears}), told(w.slip(t, w.run(t, regular(10)), "E1")))
}

// A preview and a retro of everybody leave nothing behind: no audit, no event, no run, no posting, no number.
func TestAPreviewWritesNothing(t *testing.T) {
	w := newLate(t, latePlan(t, "1_00_000"))
	ctx := t.Context()
	w.pays(t, "E1", "2026-04-01..", "30000")
	w.run(t, regular(9))
	w.absent(t, "E1", "2026-09-08..2026-09-08", true)
	stand := func() string {
		audits, err := w.db.Audits(ctx)
		require.NoError(t, err)
		events, err := w.db.Events(ctx)
		require.NoError(t, err)
		heads, err := w.Kit.Know.Heads(ctx, "E1")
		require.NoError(t, err)
		posted, err := w.db.PostingsOf(ctx, []hr.Pin{{Employee: "E1"}})
		require.NoError(t, err)
		return hr.Digest("stand", []any{audits, events, heads, posted})
	}
	before := stand()
	results, err := w.Preview(ctx, asOfficer, regular(10))
	require.NoError(t, err)
	_, err = w.Retro(ctx, asOfficer, payroll.PayPeriod{Period: month(10), PayDate: month(10).Through})
	require.NoError(t, err)
	require.Equal(t, before, stand())
	made := w.slip(t, w.run(t, regular(10)), "E1")
	require.Equal(t, results[0].Slip.Digest(), made.Digest(), "and it was right")
}

// Over random histories: whatever is learnt whenever, and however often, what is posted for each period is what a company would have
// paid that had known everything from the start; every cause has an amount and they add up; and a second retro is zero.
func TestPostedAndRetroIsFresh(t *testing.T) {
	plans := []*payroll.Plan{latePlan(t, "8_000"), latePlan(t, "5_000")}
	rapid.Check(t, func(t *rapid.T) {
		late, fresh := newLate(t, plans...), newLate(t, plans...)
		type fact func(w *lateWorld)
		var facts []fact
		learn := func(f fact) {
			facts = append(facts, f)
			f(late)
		}
		first := func(m int) string { return fmt.Sprintf("2026-%02d-01", m) }
		for i := range rapid.IntRange(1, 2).Draw(t, "employees") {
			e := hr.EmployeeID(fmt.Sprintf("E%d", i))
			learn(func(w *lateWorld) { w.pays(t, e, "2026-04-01..", "30000") })
		}
		through := rapid.IntRange(7, 10).Draw(t, "months")
		runs := map[int]payroll.RunID{}
		for m := 6; m <= through; m++ {
			if m > 6 && m < through {
				of := rapid.IntRange(6, m-1).Draw(t, "paid beside")
				switch rapid.IntRange(0, 5).Draw(t, "beside") {
				case 0:
					late.run(t, special(payroll.RunOffCycle, of, m, "E0"))
				case 1:
					late.run(t, special(payroll.RunCorrection, of, m, "E0"))
				case 2:
					if _, there := runs[of]; there {
						spec := special(payroll.RunReversal, of, m, "E0")
						spec.Of = runs[of]
						late.run(t, spec)
						delete(runs, of)
						late.run(t, special(payroll.RunCorrection, of, m, "E0"))
					}
				}
			}
			if m > 6 {
				for range rapid.IntRange(0, 3).Draw(t, "facts") {
					e := hr.EmployeeID("E0")
					day := hr.MustDate(first(rapid.IntRange(6, m-1).Draw(t, "month"))).Add(rapid.IntRange(0, 29).Draw(t, "day"))
					span := day.String() + ".." + day.Add(rapid.IntRange(0, 40).Draw(t, "days")).String()
					switch rapid.IntRange(0, 3).Draw(t, "kind") {
					case 0:
						basic := fmt.Sprint(rapid.IntRange(20_000, 50_000).Draw(t, "basic"))
						learn(func(w *lateWorld) { w.pays(t, e, span, basic) })
					case 1:
						away := rapid.Bool().Draw(t, "away")
						learn(func(w *lateWorld) { w.absent(t, e, span, away) })
					case 2:
						from := rapid.IntRange(6, m).Draw(t, "from")
						plan := rapid.IntRange(0, 1).Draw(t, "plan")
						learn(func(w *lateWorld) { w.adopt(t, plans[plan], first(from)+"..") })
					case 3:
						bonus := payroll.Adjustment{Employee: e, Name: "bonus", Period: month(rapid.IntRange(6, m).Draw(t, "of")), Amount: decimalOf(rapid.IntRange(1, 900).Draw(t, "bonus"))}
						learn(func(w *lateWorld) {
							_, err := w.Adjust(context.Background(), w.cmd(officer), bonus)
							require.NoError(t, err)
						})
					}
				}
			}
			id := late.run(t, regular(m))
			runs[m] = id
			for _, a := range late.slip(t, id, "E0").Arrears {
				sum := decimalOf(0)
				for _, c := range a.Causes {
					sum = sum.Add(c.Amount)
					require.NotEmpty(t, c.Refs)
					require.False(t, c.Unexplained())
				}
				require.True(t, sum.Equal(a.Amount))
			}
			run, err := late.Run(context.Background(), asOfficer, id)
			require.NoError(t, err)
			digest, err := late.Replay(context.Background(), asOfficer, id)
			require.NoError(t, err)
			require.Equal(t, run.Digest, digest)
		}
		for _, f := range facts {
			f(fresh)
		}
		for m := 6; m <= through; m++ {
			fresh.run(t, regular(m))
		}
		require.Equal(t, fresh.earned(t, "E0"), late.earned(t, "E0"))
		owed, err := late.Retro(context.Background(), asOfficer, payroll.PayPeriod{Period: month(through + 1), PayDate: month(through + 1).Through})
		require.NoError(t, err)
		require.Empty(t, owed, "a second retro is zero")
	})
}

func decimalOf(n int) decimal.Decimal { return decimal.NewFromInt(int64(n)) }

// earned sums what is posted of the lines that are earned, by period and line: "2026-08-01..2026-08-31 fund 3000".
func (w *lateWorld) earned(t require.TestingT, e hr.EmployeeID) (out []string) {
	lists, err := w.db.PostingsOf(context.Background(), []hr.Pin{{Employee: e}})
	require.NoError(t, err)
	sums := map[string]decimal.Decimal{}
	for _, p := range lists[0] {
		for _, l := range p.Value.Lines {
			if !slices.Contains([]string{"tax", "lent", "owing", "loan", "court", "overpaid", "may_be_taken"}, l.Name) {
				key := p.Value.Period.String() + " " + l.Name
				sums[key] = sums[key].Add(l.Amount)
			}
		}
	}
	for key, sum := range sums {
		if !sum.IsZero() {
			out = append(out, key+" "+hr.Canonical(sum))
		}
	}
	slices.Sort(out)
	return out
}

// A plan may ask for the arrears of one line: of a raise of 3,000 that is learnt late the fund's 300 are not among them. Of no line, it is refused.
func TestArrearsOfOneLine(t *testing.T) {
	text := strings.ReplaceAll(lateRules, "%CEILING%", "1_00_000") + "input arrears_basic_pay: money\nline late_basic in information, when_paid = arrears_basic_pay\n"
	compile := func(text string) (*payroll.Plan, error) {
		return payroll.Compile(payroll.Config{Currency: "INR", Components: []payroll.Component{{Name: "late", Text: text}}})
	}
	plan, err := compile(text)
	require.NoError(t, err)
	w := newLate(t, plan)
	w.pays(t, "E1", "2026-04-01..", "30000")
	w.run(t, regular(9))
	w.pays(t, "E1", "2026-09-01..", "33000")
	require.Equal(t, "3000.00", amount(t, w.slip(t, w.run(t, regular(10)), "E1"), "late_basic"))
	_, err = compile(strings.ReplaceAll(text, "arrears_basic_pay", "arrears_basic"))
	require.Equal(t, []hr.Rule{payroll.RuleInputYearToDate}, rules(err))
}

// A raise is learnt while a run is being paid, after what is paid was found to be current: the next payslip pays it, 3,000 for September.
func TestARaiseThatIsLearntDuringThePaymentIsPaidNext(t *testing.T) {
	w := newLate(t, latePlan(t, "1_00_000"))
	ctx := w.ctx()
	w.pays(t, "E1", "2026-04-01..", "30000")
	id, err := w.CreateRun(ctx, w.cmd(officer), regular(9))
	require.NoError(t, err)
	digest, err := w.Calculate(ctx, w.cmd(officer), id)
	require.NoError(t, err)
	_, err = w.Approve(ctx, w.cmd(chief), id, digest)
	require.NoError(t, err)
	pay := w.cmd(officer)
	_, err = w.BeginPay(ctx, pay, id)
	require.NoError(t, err)
	w.pays(t, "E1", "2026-09-01..", "33000")
	require.NoError(t, w.PayChunk(ctx, pay, id, 0))
	_, err = w.FinishPay(ctx, pay, id)
	require.NoError(t, err)
	require.Equal(t, []string{"basic_pay 9 3000: 3000 by terms", "fund 9 300: 300 by terms", "fund_employer 9 300: 300 by terms"}, told(w.slip(t, w.run(t, regular(10)), "E1")))
}

// Who left, and was paid before, gets a payslip of nothing from a run that names them; who left and was never paid here is a fault.
func TestWhoIsNotEmployedInARunThatNamesThem(t *testing.T) {
	w := newLate(t, latePlan(t, "1_00_000"))
	ctx := w.ctx()
	w.pays(t, "E1", "2026-04-01..2026-09-30", "30000")
	w.run(t, regular(9))
	w.pays(t, "E2", "2026-04-01..2026-08-31", "30000") // never paid here
	id, err := w.CreateRun(ctx, w.cmd(officer), special(payroll.RunOffCycle, 10, 10, "E1", "E2"))
	require.NoError(t, err)
	_, err = w.Calculate(ctx, w.cmd(officer), id)
	require.NoError(t, err)
	require.True(t, w.slip(t, id, "E1").Net().Amount.IsZero())
	_, err = w.Payslip(ctx, asOfficer, id, "E2")
	require.Equal(t, []string{"terms payroll.input.not_employed"}, faultsOf(err))
}

// Who is owed nothing is left out of what is owed.
func TestRetroLeavesOutWhoIsOwedNothing(t *testing.T) {
	w := newLate(t, latePlan(t, "1_00_000"))
	w.pays(t, "E1", "2026-04-01..", "30000")
	w.pays(t, "E2", "2026-04-01..", "30000")
	w.run(t, regular(9))
	w.pays(t, "E1", "2026-09-01..", "33000")
	w.pays(t, "E2", "2026-09-01..", "30000") // the same again
	owed, err := w.Retro(w.ctx(), asOfficer, payroll.PayPeriod{Period: month(10), PayDate: month(10).Through}, "E1", "E2")
	require.NoError(t, err)
	require.Len(t, owed, 1)
	require.Equal(t, hr.EmployeeID("E1"), owed[0].Employee)
}
