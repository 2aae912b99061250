package memory_test

import (
	"bytes"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
	"github.com/musterhr/hr/leave"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/payroll/bankfile/neft"
	"github.com/musterhr/hr/payroll/statutory/in"
	"github.com/musterhr/hr/payroll/statutory/uk"
	"github.com/musterhr/hr/storage/memory"
)

// indianRules are the pay of a small company in Delhi: basic pay alone, a bonus of the year by whole months, a loan, and what is lent and
// not returned. The law and the settlement come from the pack of India.
const indianRules = `
input basic "Basic, a month" : money by piece
input payable_days : days by piece
input period_days : days
input bonus_year "Bonus of a whole year" : money = 0
input bonus_months "Months of it" : count = 0
input loan_left "Loan that is left" : money = 0
input assets_missing "Value of what is not returned" : money = 0
line basic_pay "Basic" in earnings, wages, gross, taxable = round(pieces(basic * payable_days / period_days), 0.01)
line bonus_part "Bonus, pro rata" in earnings, wages_excluded, gross, taxable = round(bonus_year * bonus_months / 12, 0.01)
line basic_full in full_month_wages, full_month_gross, full_month_taxable = last(basic)
line loan "Loan" in deductions = round(loan_left, 0.01)
line assets "Assets not returned" in deductions = round(assets_missing, 0.01)
`

// leaver is a company with everything that a settlement goes through.
type leaver struct {
	*company
	db *memory.DB
}

// amounts lists what differs from nothing of the lines that are paid, by name.
func amounts(lines []hr.SettlementLine) map[string]string {
	out := map[string]string{}
	for _, l := range lines {
		if l.Kind != string(payroll.Employer) {
			out[l.Name] = l.Amount.String()
		}
	}
	return out
}

func newLeaver(t *testing.T) *leaver {
	t.Helper()
	components := append(in.Settlement(), payroll.Component{Name: "company", Text: indianRules})
	plan, err := payroll.Compile(payroll.Config{Currency: "INR", Packs: []payroll.Pack{in.Pack()}, Components: components})
	require.NoError(t, err)
	calendar, err := hr.NewCalendar(hr.CalendarRules{Name: "delhi", Span: hr.MustPeriod("2016-01-01..2027-12-31"), Off: []hr.WeekdayRule{{Weekday: time.Saturday}, {Weekday: time.Sunday}}})
	require.NoError(t, err)
	db, c := memory.New(), &company{now: time.Date(2026, 10, 1, 9, 0, 0, 0, time.UTC)}
	kit := db.Kit(hr.AllowAll, func() time.Time { return c.now })
	calendars := map[string]hr.Calendar{"delhi": calendar}
	role := func(name string) lifecycle.Approver { return lifecycle.Approver{Kind: lifecycle.AskRole, Role: name} }
	c.people = lifecycle.Service{
		Kit: kit, Employments: db, Facts: db, Checklists: db, Structure: db, Delegations: db, Calendars: calendars, Fallback: []hr.ActorID{"boss"},
		Routing: lifecycle.Routing{Roles: []lifecycle.RoleHolder{{Role: "it", Holder: hr.Actor{ID: "it"}}, {Role: "hr", Holder: clerk}}},
		Templates: []lifecycle.ChecklistTemplate{{
			Name: "leaving Delhi", Kind: lifecycle.Leaving, Returns: role("it"), ReturnsWaivers: []lifecycle.Approver{role("hr")},
			Tasks: []lifecycle.TaskTemplate{
				{ID: "handover", Title: "Handover", Owner: lifecycle.Approver{Kind: lifecycle.AskManager}, Days: -1, Gate: lifecycle.GateExit},
				{ID: "no dues", Title: "No dues", Owner: role("hr"), After: []string{"handover"}, Gate: lifecycle.GateSettlement},
			},
		}},
	}
	c.away = leave.Service{
		Kit: kit, Requests: db, Ledger: db, Absent: db, Terms: c.people, Router: c.people, Calendars: calendars,
		Policies: leave.Policies{"earned": hr.Since(hr.MustDate("2016-01-01"), leave.Policy{Type: "earned", Name: "Earned leave", Unit: leave.Days, Paid: decimal.NewFromInt(1)})},
	}
	shift := attendance.Shift{ID: "day", Zone: time.UTC, Start: hr.MustTimeOfDay("09:00"), End: hr.MustTimeOfDay("17:00")}
	c.clocks = attendance.Service{Kit: kit, Punches: db, Rosters: db, Terms: c.people, Absences: c.away, Calendars: calendars, Shifts: map[string]attendance.Shift{"day": shift}}
	c.pay = payroll.Service{
		Kit: kit, Runs: db, Results: db, Postings: db, Adjustments: db, Adoptions: db, Terms: c.people, Staff: c.people, People: c.people, Sheets: c.clocks,
		Changes: []payroll.Changes{c.people, c.away, c.clocks}, Evidence: []payroll.Evidence{c.people, c.away, c.clocks}, Leavers: c.people,
		Plans: []*payroll.Plan{plan}, Approvers: []hr.ApprovalLevel{{Name: "boss", Approvers: []hr.ActorID{"boss"}}},
	}
	ctx := t.Context()
	for i, e := range []hr.EmployeeID{"E2", "E1"} {
		terms := hr.Terms{
			Entity: "Works Ltd", Currency: "INR", Calendar: "delhi", Shift: "day", Pay: []hr.PayTerm{{Name: "basic", Amount: decimal.NewFromInt(300000)}},
			Answers: []hr.Answer{
				{Name: "pf_capped", Text: "yes"},
				{Name: "eps_member", Text: "yes"},
				{Name: "esi_covered", Text: "no"},
				{Name: "pt_state", Text: "DL"},
				{Name: "tax_regime", Text: "new"},
				{Name: "gratuity_years", Text: "0"},
			},
		}
		if e == "E1" {
			terms.Manager = "E2"
		}
		account := hr.BankAccount{Holder: "A SPECIMEN", Number: hr.NewSecret(fmt.Sprint("00012345678", i)), Bank: "QWER0001234", Kind: "savings"}
		_, err := c.people.Hire(ctx, c.cmd(clerk), hr.Hire{Employee: e, Start: hr.MustDate("2016-04-01"), Person: hr.Person{Name: "A Specimen", Bank: account}, Terms: terms})
		require.NoError(t, err)
		require.NoError(t, c.people.Join(ctx, c.cmd(clerk), e))
	}
	_, err = c.pay.Adopt(ctx, c.cmd(clerk), plan, hr.MustPeriod("2026-04-01.."))
	require.NoError(t, err)
	return &leaver{c, db}
}

// run calculates, approves and pays a run that is in draft.
func (c *company) run(t *testing.T, id payroll.RunID) {
	t.Helper()
	ctx := t.Context()
	digest, err := c.pay.Calculate(ctx, c.cmd(clerk), id)
	require.NoError(t, err)
	results, err := c.pay.Members(ctx, hr.View{Actor: clerk}, id, "", 10)
	require.NoError(t, err)
	for _, r := range results {
		require.Empty(t, r.Failures)
	}
	_, err = c.pay.Approve(ctx, c.cmd(boss), id, digest)
	require.NoError(t, err)
	_, err = c.pay.Pay(ctx, c.cmd(clerk), id)
	require.NoError(t, err)
}

// Alma joined on 1 April 2016 and earns 3,00,000 a month, all of it wages. On 1 October 2026 she resigns, and leaves on Thursday the 15th. From
// then to the bank file, and to the punch that is found after:
//
//	basic       no punch on the 8th: 14 of 31 days of 3,00,000 = 1,35,483.87
//	bonus       1,20,000 a year, 6 whole months since April = 60,000
//	leave       12 days at 3,00,000 / 30 = 1,20,000; free of tax: not more than ten months' pay, the leave at credit and 25 lakh
//	gratuity    10 years 6 months 15 days are 11 years: 3,00,000 x 15 / 26 x 11 = 19,03,846.15, so 19,03,846; below 20 lakh, so free of tax
//	provident   12 % of the ceiling of 25,000 = 3,000
//	notice      30 days from the 2nd: 14 are served, 16 are not, at 3,00,000 / 30 a day = 1,60,000
//	loan        50,000 less six instalments of 5,000 = 20,000
//	laptop      not returned: 40,000
//	income tax  of the year: 6 x 3,00,000 + 1,35,483.87 + 60,000 - 75,000 = 19,20,483.87, to ten 19,20,480. Nothing to 4 lakh, 20,000 to 8,
//	            40,000 to 12, 60,000 to 16, 20 % of 3,20,480 = 64,096: 1,84,096, with 4 % 1,91,459.84, to ten 1,91,460;
//	            1,50,000 is deducted already: 41,460, all of it now, for no month is left
//
// 1,35,483.87 + 60,000 + 1,20,000 + 19,03,846 = 22,19,329.87; less 3,000 + 1,60,000 + 20,000 + 40,000 + 41,460 = 2,64,460: 19,54,869.87.
func TestASettlementInIndiaFromResignationToTheBank(t *testing.T) {
	l := newLeaver(t)
	ctx, view := t.Context(), hr.View{Actor: clerk, Purpose: "settlement"}
	last := hr.MustDate("2026-10-15")
	october := hr.MustPeriod("2026-10-01..2026-10-31")
	for _, e := range []hr.EmployeeID{"E1", "E2"} {
		_, err := l.pay.Open(ctx, l.cmd(clerk), payroll.Opening{
			Employee: e, Period: hr.MustPeriod("2026-04-01..2026-09-30"), PayDate: hr.MustDate("2026-09-30"), Currency: "INR", Source: hr.Source{Title: "earlier system"},
			Lines: []payroll.Amount{{Name: "taxable", Amount: decimal.NewFromInt(1800000)}, {Name: "tds", Amount: decimal.NewFromInt(150000)}},
		})
		require.NoError(t, err)
	}
	_, err := l.away.Grant(ctx, l.cmd(clerk), leave.Credit{Employee: "E1", Type: "earned", Kind: leave.Granted, Quantity: decimal.NewFromInt(12), Usable: hr.MustPeriod("2026-04-01..2027-03-31")})
	require.NoError(t, err)

	// She resigns. What has to be done is dated; the laptop is to come back.
	require.NoError(t, l.people.GiveNotice(ctx, l.cmd(alma), "E1", lifecycle.NoticeDates{Given: hr.MustDate("2026-10-01"), LastDay: last}))
	list, err := l.people.StartChecklist(ctx, l.cmd(clerk), "E1", lifecycle.ChecklistStart{Kind: lifecycle.Leaving, Assets: []lifecycle.Asset{{Name: "laptop", Value: hr.MustMoney("40000.00", "INR")}}})
	require.NoError(t, err)
	l.now = last.At(hr.MustTimeOfDay("18:00"), time.UTC)
	l.work(t, "E1", hr.Period{From: october.From, Through: last}, "2026-10-08")
	end := func(by hr.Actor, task string, state lifecycle.TaskState) {
		t.Helper()
		require.NoError(t, l.people.EndTask(ctx, l.cmd(by), list, task, lifecycle.TaskEnd{State: state, Reason: "as it was"}))
	}
	require.ErrorContains(t, l.people.Exit(ctx, l.cmd(clerk), "E1", last, "resigned"), "open: Handover")
	end(hr.Actor{ID: "E2", Employee: "E2"}, "handover", lifecycle.TaskDone)
	require.NoError(t, l.people.Exit(ctx, l.cmd(clerk), "E1", last, "resigned"))

	// By law she is paid on the second working day after: the 16th is Friday, then comes Monday the 19th.
	pack := in.Pack()
	due, err := in.FullAndFinalDue(pack, last, l.people.Calendars["delhi"])
	require.NoError(t, err)
	require.Equal(t, "2026-10-19", due.Day.String())

	// What is settled beside the last pay, each a value of whoever knows it.
	days, err := l.away.Balance(ctx, view, "E1", "earned", last)
	require.NoError(t, err)
	years, err := in.GratuityOf(pack, in.GratuityService{Joined: hr.MustDate("2016-04-01"), LastDay: last, Ending: in.EndedLeaving})
	require.NoError(t, err)
	n := decimal.NewFromInt
	rule := lifecycle.NoticeRule{Days: 30, Rate: lifecycle.ByThirty, Monthly: hr.MustMoney("300000.00", "INR")}
	notice, err := rule.Settle(lifecycle.NoticeDates{Given: hr.MustDate("2026-10-01")}, last, 0)
	require.NoError(t, err)
	require.True(t, notice.RecoverFrom, "she owes it")
	loan := payroll.Loan{Principal: n(50000), Instalment: n(5000), First: hr.MustDate("2026-04-30"), Close: last}
	missing := func() decimal.Decimal {
		lists, err := l.people.ChecklistsOf(ctx, view, "E1")
		require.NoError(t, err)
		sum := decimal.Zero
		for _, a := range lists[0].NotReturned() {
			sum = sum.Add(a.Value.Amount)
		}
		return sum
	}
	items := func() []payroll.FinalItem {
		return []payroll.FinalItem{
			{Input: "leave_days_paid", Amount: days, Why: "Earned leave left on the last day"},
			{Input: "leave_days_at_credit", Amount: days, Why: "Earned leave left on the last day"},
			{Input: "leave_average_salary", Amount: n(300000), Why: "Average of ten months before " + last.String()},
			{Input: "leave_service_years", Amount: n(int64(years.Completed)), Why: years.Trace.Rule},
			{Input: "gratuity_years", Amount: n(int64(years.Years)), Why: years.Trace.Note},
			{Input: "notice_short", Amount: notice.Amount.Amount, Why: notice.Explanation},
			{Input: "bonus_year", Amount: n(120000), Why: "Bonus by contract"},
			{Input: "bonus_months", Amount: n(6), Why: "April to September"},
			{Input: "loan_left", Amount: loan.Ask(due.Day, n(30000)), Why: "Loan of 2026-04-30, six instalments paid"},
			{Input: "assets_missing", Amount: missing(), Why: "Not returned: laptop"},
		}
	}
	settle := func() (payroll.RunID, error) {
		return l.pay.Settle(ctx, l.cmd(clerk), payroll.Leaver{Employee: "E1", Period: october, PayDate: due.Day, Items: items()})
	}
	// The gate is shut while somebody waits for the laptop.
	before := len(l.posted(t, "E1"))
	_, err = settle()
	require.ErrorContains(t, err, "open: No dues")
	require.ErrorContains(t, err, "open: Return laptop")
	adjusted, err := l.db.AdjustmentsOf(ctx, []hr.Pin{{Employee: "E1"}})
	require.NoError(t, err)
	require.Empty(t, adjusted[0], "nothing is changed by what is refused")
	end(clerk, "no dues", lifecycle.TaskDone)
	end(hr.Actor{ID: "it"}, "return/1", lifecycle.TaskMissing)

	run, err := settle()
	require.NoError(t, err)
	_, err = l.pay.Settlement(ctx, view, run, "E1", last, payroll.FinalDue{})
	require.Equal(t, payroll.RuleFinalUnpaid, hr.FieldErrors(err)[0].Rule, "it is a draft")
	// Said again with nothing else to say: no item counts twice.
	_, err = l.pay.Cancel(ctx, l.cmd(clerk), run)
	require.NoError(t, err)
	run, err = settle()
	require.NoError(t, err)
	l.run(t, run)
	require.Greater(t, len(l.posted(t, "E1")), before)

	set, err := l.pay.Settlement(ctx, view, run, "E1", last, payroll.FinalDue{Day: due.Day, Law: due.Trace.Source})
	require.NoError(t, err)
	require.Equal(t, map[string]string{
		"basic_pay": "135483.87", "bonus_part": "60000", "leave_pay": "120000", "gratuity": "1903846",
		"epf": "3000", "notice_recovery": "160000", "loan": "20000", "assets": "40000", "tds": "41460",
	}, amounts(set.Lines))
	require.True(t, set.Net.Equal(hr.MustMoney("1954869.87", "INR")), set.Net.Amount)
	require.False(t, set.Late())
	for name, words := range map[string][]string{
		"gratuity": {"Code on Social Security 2020", "Years of service paid for is 11", "more than 6 months count as a year"}, "leave_pay": {"Earned leave left on the last day"},
		"notice_recovery": {"14 served, 16 missing"}, "assets": {"Not returned: laptop"}, "loan": {"six instalments paid"}, "tds": {"150000"},
	} {
		i := slices.IndexFunc(set.Lines, func(x hr.SettlementLine) bool { return x.Name == name })
		for _, w := range words {
			require.Contains(t, set.Lines[i].Why, w, name)
		}
	}
	require.NoError(t, l.people.Settle(ctx, l.cmd(clerk), set))
	e, err := l.people.Employment(ctx, view, "E1")
	require.NoError(t, err)
	require.Equal(t, string(run), e.Settled.Run.ID)

	// The bank is told to pay it: more than two lakh go by RTGS.
	batch, err := l.pay.Payments(ctx, view, run, payroll.PaymentDetails{ID: "FNF1", ValueDate: due.Day, Narration: "FULL AND FINAL", From: hr.BankAccount{Holder: "Works Ltd", Number: hr.NewSecret("99900011122"), Bank: "QWER0001234"}})
	require.NoError(t, err)
	var file bytes.Buffer
	totals, err := neft.Write(&file, batch)
	require.NoError(t, err)
	require.Equal(t, 1, totals.Payments)
	require.Equal(t, "1954869.87", totals.Amount.String())
	require.Contains(t, file.String(), "1954869.87")
	require.Contains(t, file.String(), "RTGS")

	// In November the punch of the 8th is found. The regular run pays the day, 9,677.42, and tax on it: of 20,05,161.29 - 75,000, to ten
	// 19,30,160, it is 1,20,000 + 66,032 and 4 % cess = 1,93,473.28, to ten 1,93,470; less 1,91,460 is 2,010. Nothing is settled again.
	l.now = time.Date(2026, 10, 31, 20, 0, 0, 0, time.UTC)
	l.work(t, "E2", october)
	id, err := l.pay.CreateRun(ctx, l.cmd(clerk), payroll.RunSpec{Kind: payroll.RunRegular, Period: october, PayDate: october.Through})
	require.NoError(t, err)
	l.run(t, id)
	_, err = l.pay.Payslip(ctx, view, id, "E1")
	require.Error(t, err, "who is settled is not in the run of the month")
	at := func(clock string) time.Time { return hr.MustDate("2026-10-08").At(hr.MustTimeOfDay(clock), time.UTC) }
	_, err = l.clocks.Record(ctx, l.cmd(clerk), attendance.Punch{Employee: "E1", At: at("08:55"), Direction: attendance.In}, attendance.Punch{Employee: "E1", At: at("17:05"), Direction: attendance.Out})
	require.NoError(t, err)
	november := hr.MustPeriod("2026-11-01..2026-11-30")
	l.now = november.Through.At(hr.MustTimeOfDay("20:00"), time.UTC)
	l.work(t, "E2", november)
	id, err = l.pay.CreateRun(ctx, l.cmd(clerk), payroll.RunSpec{Kind: payroll.RunRegular, Period: november, PayDate: november.Through})
	require.NoError(t, err)
	l.run(t, id)
	slip, err := l.pay.Payslip(ctx, view, id, "E1")
	require.NoError(t, err)
	arrears := map[string]string{}
	for _, a := range slip.Arrears {
		if !a.Amount.IsZero() && (a.Kind == payroll.Earning || a.Kind == payroll.Deduction) {
			arrears[a.Name] = a.Amount.String()
			require.Equal(t, "punch", a.Causes[0].Refs[0].Kind)
		}
	}
	require.Equal(t, map[string]string{"basic_pay": "9677.42"}, arrears)
	tax, _ := slip.Amount("tds")
	require.Equal(t, "2010", tax.String())
	require.Equal(t, "7667.42", slip.Net().Amount.String())
}

func (l *leaver) posted(t *testing.T, e hr.EmployeeID) []hr.Entry[payroll.Posting] {
	t.Helper()
	lists, err := l.db.PostingsOf(t.Context(), []hr.Pin{{Employee: e}})
	require.NoError(t, err)
	return lists[0]
}

// britishRules are monthly pay by calendar days, holiday that is left and notice that is not worked.
const britishRules = `
input pay "Pay, a month" : money by piece
input payable_days : days by piece
input period_days : days
input holiday_days "Days of holiday left" : days = 0
input notice_pay "Pay in lieu of notice" : money = 0
line salary "Pay" in earnings, taxable, nicable = round(pieces(pay * payable_days / period_days), 0.01)
line holiday "Holiday not taken" in earnings, taxable, nicable = round(last(pay) * 12 / 260 days * holiday_days, 0.01)
line lieu "Pay in lieu of notice" in earnings, taxable, nicable = round(notice_pay, 0.01)
`

// In the United Kingdom there is no gratuity, and no day by which the last pay is due but the agreed pay day. 2,600 a month, leaving on 15
// November 2026 with five days of holiday left and a month's notice paid instead of worked, on code 1257L of month 1:
//
//	pay            15 of 30 days of 2,600 = 1,300.00
//	holiday        2,600 x 12 / 260 = 120 a day, five days = 600.00 (Working Time Regulations 1998, reg. 14)
//	notice         2,600.00, all of it taxed (ITEPA 2003, s.402D)
//	income tax     4,500.00 less 1,048.26 free pay (12,579 / 12, to the penny above) = 3,451.74, 3,451 in whole pounds. 20 % of 37,700 / 12 =
//	               3,141.6666 is 628.3333; 40 % of the 309.3334 above is 123.7333: 752.06, the fraction of a penny dropped
//	insurance      8 % of 4,189 - 1,048 = 251.28, and 2 % of 4,500 - 4,189 = 6.22: 257.50
//
// 4,500.00 - 752.06 - 257.50 = 3,490.44.
func TestASettlementInTheUnitedKingdom(t *testing.T) {
	plan, err := payroll.Compile(payroll.Config{Currency: "GBP", Packs: []payroll.Pack{uk.Pack()}, Components: []payroll.Component{{Name: "company", Text: britishRules}}})
	require.NoError(t, err)
	db, ctx := memory.New(), t.Context()
	now := time.Date(2026, 11, 15, 18, 0, 0, 0, time.UTC)
	kit := db.Kit(hr.AllowAll, func() time.Time { return now })
	people := lifecycle.Service{Kit: kit, Employments: db, Facts: db}
	pay := payroll.Service{
		Kit: kit, Runs: db, Results: db, Postings: db, Adjustments: db, Adoptions: db, Terms: people, Staff: people, People: people, Leavers: people,
		Changes: []payroll.Changes{people}, Plans: []*payroll.Plan{plan}, Approvers: []hr.ApprovalLevel{{Name: "boss", Approvers: []hr.ActorID{"boss"}}},
	}
	c := &company{people: people, pay: pay}
	code, err := uk.ReadTaxCode("1257L M1")
	require.NoError(t, err)
	terms := hr.Terms{
		Entity: "Works Ltd", Currency: "GBP", Pay: []hr.PayTerm{{Name: "pay", Amount: decimal.NewFromInt(2600)}},
		Answers: append(code.Answers(), hr.Answer{Name: "nic_category", Text: "A"}, hr.Answer{Name: "pay_frequency", Text: "monthly"}),
	}
	_, err = people.Hire(ctx, c.cmd(clerk), hr.Hire{Employee: "E1", Start: hr.MustDate("2024-02-01"), Person: hr.Person{Name: "A Specimen"}, Terms: terms})
	require.NoError(t, err)
	require.NoError(t, people.Join(ctx, c.cmd(clerk), "E1"))
	_, err = pay.Adopt(ctx, c.cmd(clerk), plan, hr.MustPeriod("2026-04-06.."))
	require.NoError(t, err)
	leaver := payroll.Leaver{Employee: "E1", Period: hr.MustPeriod("2026-11-01..2026-11-30"), PayDate: hr.MustDate("2026-11-30"), Items: []payroll.FinalItem{
		{Input: "holiday_days", Amount: decimal.NewFromInt(5), Why: "Holiday left on the last day"},
		{Input: "notice_pay", Amount: decimal.NewFromInt(2600), Why: "A month's notice, paid and not worked"},
	}}
	_, err = pay.Settle(ctx, c.cmd(clerk), leaver)
	require.ErrorContains(t, err, "no exit is recorded")
	require.NoError(t, people.Exit(ctx, c.cmd(clerk), "E1", hr.MustDate("2026-11-15"), "redundant"))
	run, err := pay.Settle(ctx, c.cmd(clerk), leaver)
	require.NoError(t, err)
	c.run(t, run)
	set, err := pay.Settlement(ctx, hr.View{Actor: clerk}, run, "E1", hr.MustDate("2026-11-15"), payroll.FinalDue{})
	require.NoError(t, err)
	require.Equal(t, map[string]string{"salary": "1300", "holiday": "600", "lieu": "2600", "paye": "752.06", "employee_nic": "257.5"}, amounts(set.Lines))
	require.True(t, set.Net.Equal(hr.MustMoney("3490.44", "GBP")))
	require.True(t, set.Due.IsZero())
	require.NoError(t, people.Settle(ctx, c.cmd(clerk), set))
}
