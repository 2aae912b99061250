package payroll_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

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
		l.asked[p.Employee]++
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
	if len(plans) > 0 {
		w.adopt(t, plans[0], "2026-04-01..")
	}
	return w
}

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
	w.run(t, regular(9))
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
