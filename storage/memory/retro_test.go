package memory_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
	"github.com/musterhr/hr/leave"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/memory"
)

// company is every service that a late fact goes through, as a host wires them.
type company struct {
	people lifecycle.Service
	away   leave.Service
	clocks attendance.Service
	pay    payroll.Service
	now    time.Time
	n      int
}

var (
	clerk = hr.Actor{ID: "clerk"}
	boss  = hr.Actor{ID: "boss"}
	alma  = hr.Actor{ID: "alma", Employee: "E1"}
)

// companyRules pays a day of basic pay by the days of the month, and a fund of 10 %.
const companyRules = `
input basic: money by piece
input payable_days: days by piece
input period_days: days
line basic_pay "Basic" in earnings = round(pieces(basic * payable_days / period_days), 0.01)
line fund "Fund" in deductions = round(10% * basic_pay, 0.01)
`

func companyPlan(t *testing.T, rate string) *payroll.Plan {
	t.Helper()
	text := strings.Replace(companyRules, "10%", rate, 1)
	plan, err := payroll.Compile(payroll.Config{Currency: "INR", Components: []payroll.Component{{Name: "works", Text: text}}})
	require.NoError(t, err)
	return plan
}

func newCompany(t *testing.T) *company {
	t.Helper()
	calendar, err := hr.NewCalendar(hr.CalendarRules{
		Name: "works", Span: hr.MustPeriod("2026-01-01..2026-12-31"), Off: []hr.WeekdayRule{{Weekday: time.Saturday}, {Weekday: time.Sunday}}, Observe: hr.ActualDay,
	})
	require.NoError(t, err)
	plan, other := companyPlan(t, "10%"), companyPlan(t, "8%")
	db, c := memory.New(), &company{now: time.Date(2026, 9, 30, 9, 0, 0, 0, time.UTC)}
	t.Cleanup(func() { // whatever was paid, late and back, the books fit
		require.NoError(t, payroll.Books{Runs: db, Results: db, Postings: db, Know: db}.Verify(context.Background(), func(f storage.Finding) { t.Error(f) }))
	})
	kit := db.Kit(hr.AllowAll, func() time.Time { return c.now })
	calendars := map[string]hr.Calendar{"works": calendar}
	c.people = lifecycle.Service{Kit: kit, Employments: db, Facts: db, Fallback: []hr.ActorID{"boss"}}
	c.away = leave.Service{
		Kit: kit, Requests: db, Ledger: db, Absent: db, Terms: c.people, Router: c.people, Calendars: calendars,
		Policies: leave.Policies{"earned": hr.Since(hr.MustDate("2026-01-01"), leave.Policy{Type: "earned", Name: "Earned leave", Unit: leave.Days, Paid: decimal.NewFromInt(1)})},
	}
	shift := attendance.Shift{ID: "day", Zone: time.UTC, Start: hr.MustTimeOfDay("09:00"), End: hr.MustTimeOfDay("17:00")}
	c.clocks = attendance.Service{
		Kit: kit, Punches: db, Rosters: db, Terms: c.people, Absences: c.away, Calendars: calendars, Shifts: map[string]attendance.Shift{"day": shift},
	}
	c.pay = payroll.Service{
		Kit: kit, Runs: db, Results: db, Postings: db, Adjustments: db, Adoptions: db, Terms: c.people, Staff: c.people, People: c.people, Sheets: c.clocks,
		Changes: []payroll.Changes{c.people, c.away, c.clocks}, Plans: []*payroll.Plan{plan, other},
		Approvers: []hr.ApprovalLevel{{Name: "boss", Approvers: []hr.ActorID{"boss"}}},
	}
	ctx := t.Context()
	terms := hr.Terms{Entity: "Works Ltd", Currency: "INR", Calendar: "works", Shift: "day", Pay: []hr.PayTerm{{Name: "basic", Amount: decimal.NewFromInt(30000)}}}
	for _, e := range []hr.EmployeeID{"E1", "E2"} {
		_, err := c.people.Hire(ctx, c.cmd(clerk), hr.Hire{Employee: e, Start: hr.MustDate("2026-04-01"), Person: hr.Person{Name: "A Specimen"}, Terms: terms})
		require.NoError(t, err)
		require.NoError(t, c.people.Join(ctx, c.cmd(clerk), e))
	}
	_, err = c.away.Grant(ctx, c.cmd(clerk), leave.Credit{Employee: "E1", Type: "earned", Kind: leave.Granted, Quantity: decimal.NewFromInt(10), Usable: hr.MustPeriod("2026-04-01..2027-03-31")})
	require.NoError(t, err)
	_, err = c.pay.Adopt(ctx, c.cmd(clerk), plan, hr.MustPeriod("2026-04-01.."))
	require.NoError(t, err)
	return c
}

func (c *company) cmd(by hr.Actor) hr.Command {
	c.n++
	return hr.Command{ID: hr.CommandID(fmt.Sprintf("c%d", c.n)), Actor: by, Purpose: "payroll", Reason: "as it was"}
}

// work punches an employee in and out on the working days of a month, but for some.
func (c *company) work(t *testing.T, e hr.EmployeeID, month hr.Period, but ...string) {
	t.Helper()
	var punches []attendance.Punch
	for d := range month.Days() {
		off := d.Weekday() == time.Saturday || d.Weekday() == time.Sunday
		for _, b := range but {
			off = off || d == hr.MustDate(b)
		}
		if !off {
			punches = append(punches,
				attendance.Punch{Employee: e, At: d.At(hr.MustTimeOfDay("08:55"), time.UTC), Direction: attendance.In},
				attendance.Punch{Employee: e, At: d.At(hr.MustTimeOfDay("17:05"), time.UTC), Direction: attendance.Out})
		}
	}
	_, err := c.clocks.Record(t.Context(), c.cmd(clerk), punches...)
	require.NoError(t, err)
}

// month moves on to the end of a month in which both have worked, E1 but for 8 September, and pays it.
func (c *company) month(t *testing.T, m int) payroll.RunID {
	t.Helper()
	ctx := t.Context()
	p := monthOf(m)
	c.now = p.Through.At(hr.MustTimeOfDay("20:00"), time.UTC)
	c.work(t, "E1", p, "2026-09-08")
	c.work(t, "E2", p)
	id, err := c.pay.CreateRun(ctx, c.cmd(clerk), payroll.RunSpec{Kind: payroll.RunRegular, Period: p, PayDate: p.Through})
	require.NoError(t, err)
	digest, err := c.pay.Calculate(ctx, c.cmd(clerk), id)
	require.NoError(t, err)
	_, err = c.pay.Approve(ctx, c.cmd(boss), id, digest)
	require.NoError(t, err)
	_, err = c.pay.Pay(ctx, c.cmd(clerk), id)
	require.NoError(t, err)
	return id
}

func monthOf(m int) hr.Period {
	first := hr.MustDate(fmt.Sprintf("2026-%02d-01", m))
	return hr.Period{From: first, Through: first.EndOfMonth()}
}

// Each late fact goes its real way, through the service that learns it, and arrives in October as arrears of September with its cause,
// in a journal that balances; November finds nothing more. A day of September is a thirtieth of 30,000.
func TestALateFactBecomesArrearsAndAJournal(t *testing.T) {
	day := hr.MustPeriod("2026-09-08..2026-09-08")
	at := func(clock string) time.Time { return day.From.At(hr.MustTimeOfDay(clock), time.UTC) }
	for _, story := range []struct {
		name  string
		learn func(ctx context.Context, c *company) error
		cause string
		basic string
	}{
		{"a late punch", func(ctx context.Context, c *company) error {
			_, err := c.clocks.Correct(ctx, c.cmd(boss),
				attendance.Correction{Employee: "E1", At: at("09:00"), Direction: attendance.In}, attendance.Correction{Employee: "E1", At: at("17:00"), Direction: attendance.Out})
			return err
		}, "punch", "1000"},
		{"a late leave approval", func(ctx context.Context, c *company) error {
			id, err := c.away.Apply(ctx, c.cmd(alma), leave.Application{Employee: "E1", Type: "earned", Period: day})
			if err == nil {
				err = c.away.Decide(ctx, c.cmd(boss), id, leave.Decision{Agree: true})
			}
			return err
		}, "leave", "1000"},
		// 33,000 x 29 / 30 = 31,900 where 29,000 were paid.
		{"a late raise", func(ctx context.Context, c *company) error {
			_, err := c.people.ChangeTerms(ctx, c.cmd(clerk), "E1", lifecycle.TermsChange{From: hr.MustDate("2026-09-01"), Set: hr.Terms{Pay: []hr.PayTerm{{Name: "basic", Amount: decimal.NewFromInt(33000)}}}})
			return err
		}, "terms", "2900"},
	} {
		t.Run(story.name, func(t *testing.T) {
			c, ctx := newCompany(t), t.Context()
			view := hr.View{Actor: clerk, Purpose: "payroll"}
			september := c.month(t, 9)
			slip, err := c.pay.Payslip(ctx, view, september, "E1")
			require.NoError(t, err)
			require.Equal(t, "29000", slip.Total(payroll.Earning).String(), "a day without a punch is not paid")

			require.NoError(t, story.learn(ctx, c))
			october := c.month(t, 10)
			slip, err = c.pay.Payslip(ctx, view, october, "E1")
			require.NoError(t, err)
			require.Len(t, slip.Arrears, 2)
			arrear := slip.Arrears[0]
			require.Equal(t, "basic_pay", arrear.Name)
			require.Equal(t, monthOf(9), arrear.Period)
			require.Equal(t, story.basic, arrear.Amount.String())
			sum := decimal.Zero
			for _, cause := range arrear.Causes {
				sum = sum.Add(cause.Amount)
				require.Equal(t, story.cause, cause.Refs[0].Kind)
			}
			require.True(t, sum.Equal(arrear.Amount))
			other, err := c.pay.Payslip(ctx, view, october, "E2")
			require.NoError(t, err)
			require.Empty(t, other.Arrears)

			journal, err := c.pay.Journal(ctx, view, october, payroll.Chart{NetPay: "net", Lines: []payroll.ChartLine{{Line: "basic_pay", Debit: "wages"}, {Line: "fund", Credit: "fund"}}})
			require.NoError(t, err)
			require.NoError(t, journal.Balanced())
			debit, _ := journal.Totals()
			require.True(t, debit.Equal(slip.Total(payroll.Earning).Add(other.Total(payroll.Earning))))

			for _, id := range []payroll.RunID{september, october} {
				run, err := c.pay.Run(ctx, view, id)
				require.NoError(t, err)
				digest, err := c.pay.Replay(ctx, view, id)
				require.NoError(t, err)
				require.Equal(t, run.Digest, digest)
			}
			slip, err = c.pay.Payslip(ctx, view, c.month(t, 11), "E1")
			require.NoError(t, err)
			require.Empty(t, slip.Arrears)
		})
	}
}

// The fund turns out to have been 8 % since September, not 10 %: September gives 580 of 29,000 back, to E2 600 of 30,000, and the fund owes as much less.
func TestAChangedParameterBecomesArrearsAndAJournal(t *testing.T) {
	c, ctx, view := newCompany(t), t.Context(), hr.View{Actor: clerk, Purpose: "payroll"}
	c.month(t, 9)
	_, err := c.pay.Adopt(ctx, c.cmd(clerk), c.pay.Plans[1], hr.MustPeriod("2026-09-01.."))
	require.NoError(t, err)
	october := c.month(t, 10)
	for e, back := range map[hr.EmployeeID]string{"E1": "-580", "E2": "-600"} {
		slip, err := c.pay.Payslip(ctx, view, october, e)
		require.NoError(t, err)
		require.Len(t, slip.Arrears, 1, "pay is what it was")
		require.Equal(t, "fund", slip.Arrears[0].Name)
		require.Equal(t, back, slip.Arrears[0].Amount.String())
		require.Equal(t, "adoption", slip.Arrears[0].Causes[0].Refs[0].Kind)
	}
	// 8 % of 30,000 each, less what comes back.
	require.Equal(t, map[string]string{"wages": "60000", "fund": "-3620", "net": "-56380"}, c.booked(t, october))
	slip, err := c.pay.Payslip(ctx, view, c.month(t, 11), "E1")
	require.NoError(t, err)
	require.Empty(t, slip.Arrears)
}

// Somebody vouches for 8 September, and October pays it; the punches turn out false and are voided, and November takes it back; leave is
// approved for the day after all, and December pays it again. Every step names its own fact, and the books follow each.
func TestACorrectedCorrectionBecomesArrearsAndAJournal(t *testing.T) {
	c, ctx, view := newCompany(t), t.Context(), hr.View{Actor: clerk, Purpose: "payroll"}
	day := hr.MustPeriod("2026-09-08..2026-09-08")
	at := func(clock string) time.Time { return day.From.At(hr.MustTimeOfDay(clock), time.UTC) }
	c.month(t, 9)
	told := func(id payroll.RunID) (out []string) {
		slip, err := c.pay.Payslip(ctx, view, id, "E1")
		require.NoError(t, err)
		for _, a := range slip.Arrears {
			require.Equal(t, monthOf(9), a.Period)
			for _, cause := range a.Causes {
				out = append(out, a.Name+" "+cause.Amount.String()+" by "+cause.Refs[0].Kind)
			}
		}
		return out
	}
	refs, err := c.clocks.Correct(ctx, c.cmd(boss),
		attendance.Correction{Employee: "E1", At: at("09:00"), Direction: attendance.In}, attendance.Correction{Employee: "E1", At: at("17:00"), Direction: attendance.Out})
	require.NoError(t, err)
	october := c.month(t, 10)
	require.Equal(t, []string{"basic_pay 1000 by punch", "fund 100 by punch"}, told(october))
	require.Equal(t, map[string]string{"wages": "61000", "fund": "-6100", "net": "-54900"}, c.booked(t, october))

	_, err = c.clocks.Void(ctx, c.cmd(boss), "E1", refs...)
	require.NoError(t, err)
	november := c.month(t, 11)
	require.Equal(t, []string{"basic_pay -1000 by punch", "fund -100 by punch"}, told(november))
	require.Equal(t, map[string]string{"wages": "59000", "fund": "-5900", "net": "-53100"}, c.booked(t, november))

	id, err := c.away.Apply(ctx, c.cmd(alma), leave.Application{Employee: "E1", Type: "earned", Period: day})
	require.NoError(t, err)
	require.NoError(t, c.away.Decide(ctx, c.cmd(boss), id, leave.Decision{Agree: true}))
	december := c.month(t, 12)
	require.Equal(t, []string{"basic_pay 1000 by leave", "fund 100 by leave"}, told(december))
	require.Equal(t, map[string]string{"wages": "61000", "fund": "-6100", "net": "-54900"}, c.booked(t, december))
	owed, err := c.pay.Retro(ctx, view, payroll.PayPeriod{Period: hr.MustPeriod("2027-01-01..2027-01-31"), PayDate: hr.MustDate("2027-01-31")})
	require.NoError(t, err)
	require.Empty(t, owed)
}

// booked is what the journal of a run comes to by account, debits above zero; it balances.
func (c *company) booked(t *testing.T, id payroll.RunID) map[string]string {
	t.Helper()
	chart := payroll.Chart{NetPay: "net", Lines: []payroll.ChartLine{{Line: "basic_pay", Debit: "wages"}, {Line: "fund", Credit: "fund"}}}
	journal, err := c.pay.Journal(t.Context(), hr.View{Actor: clerk, Purpose: "payroll"}, id, chart)
	require.NoError(t, err)
	require.NoError(t, journal.Balanced())
	out := map[string]string{}
	for _, a := range journal.Accounts() {
		out[a.Account] = a.Debit.Sub(a.Credit).String()
	}
	return out
}
