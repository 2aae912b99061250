package payroll_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/memory"
	"github.com/stretchr/testify/require"
)

// staff stands in for lifecycle: employees with fixed terms.
type staff struct {
	terms  map[hr.EmployeeID]hr.Timeline[hr.Terms]
	people map[hr.EmployeeID]hr.Person
}

func (s staff) TermsOf(_ context.Context, _ hr.View, pins []hr.Pin, _ hr.Period) ([]hr.Timeline[hr.Terms], error) {
	var out []hr.Timeline[hr.Terms]
	for _, p := range pins {
		out = append(out, s.terms[p.Employee])
	}
	return out, nil
}

func (s staff) Employees(_ context.Context, _ hr.View, _ hr.Period, after hr.EmployeeID, limit int) ([]hr.EmployeeID, error) {
	var ids []hr.EmployeeID
	for id := range s.terms {
		if id > after {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids[:min(limit, len(ids))], nil
}

func (s staff) People(_ context.Context, _ hr.View, ids ...hr.EmployeeID) ([]hr.Person, error) {
	var out []hr.Person
	for _, id := range ids {
		out = append(out, s.people[id])
	}
	return out, nil
}

var (
	officer = hr.Actor{ID: "officer", Roles: []string{"payroll"}}
	chief   = hr.Actor{ID: "chief", Roles: []string{"payroll"}}
)

type world struct {
	*payroll.Service
	db    *memory.DB
	staff staff
	n     int
}

func newWorld(t *testing.T, employees int) *world {
	t.Helper()
	db := memory.New()
	people := staff{terms: map[hr.EmployeeID]hr.Timeline[hr.Terms]{}, people: map[hr.EmployeeID]hr.Person{}}
	for i := range employees {
		id := hr.EmployeeID(fmt.Sprintf("E%03d", i+1))
		people.terms[id] = hr.Since(hr.MustDate("2026-04-01"), terms(fmt.Sprint(20000+100*i), "8000"))
		people.people[id] = hr.Person{Name: "A Specimen", Bank: account(fmt.Sprintf("10000%04d", i))}
	}
	clock := time.Date(2026, 10, 31, 9, 0, 0, 0, time.UTC)
	w := &world{db: db, staff: people, Service: &payroll.Service{
		Kit:  db.Kit(hr.AllowAll, func() time.Time { return clock }),
		Runs: db, Results: db, Postings: db, Adjustments: db, Adoptions: db, Terms: people, Staff: people, People: people,
		Plans: []*payroll.Plan{office(t)}, Chunk: 3,
		Approvers: []hr.ApprovalLevel{{Name: "payroll head", Approvers: []hr.ActorID{"chief", "officer"}}},
	}}
	w.Kit.NewID = func() string { return "seed" }
	fitsAtTheEnd(t, db)
	return w
}

func (w *world) cmd(by hr.Actor) hr.Command {
	w.n++
	return hr.Command{ID: hr.CommandID(fmt.Sprintf("cmd-%d", w.n)), Actor: by, Purpose: "monthly payroll"}
}

var asOfficer = hr.View{Actor: officer, Purpose: "monthly payroll"}

func (w *world) pay(t *testing.T, period string) payroll.RunID {
	t.Helper()
	ctx := t.Context()
	p := hr.MustPeriod(period)
	id, err := w.CreateRun(ctx, w.cmd(officer), payroll.RunSpec{Kind: payroll.RunRegular, Period: p, PayDate: p.Through})
	require.NoError(t, err)
	digest, err := w.Calculate(ctx, w.cmd(officer), id)
	require.NoError(t, err)
	state, err := w.Approve(ctx, w.cmd(chief), id, digest)
	require.NoError(t, err)
	require.Equal(t, payroll.RunApproved, state)
	state, err = w.Pay(ctx, w.cmd(officer), id)
	require.NoError(t, err)
	require.Equal(t, payroll.RunPaid, state)
	return id
}

func TestARunFromDraftToClosed(t *testing.T) {
	w := newWorld(t, 7)
	ctx := t.Context()
	_, err := w.CreateRun(ctx, w.cmd(officer), payroll.RunSpec{Kind: "weekly", Period: hr.Period{}})
	require.ElementsMatch(t, []hr.Rule{payroll.RuleRunKind, payroll.RuleInputPeriod, payroll.RuleInputPayDate}, rules(err))

	id, err := w.CreateRun(ctx, w.cmd(officer), payroll.RunSpec{Kind: payroll.RunRegular, Period: october, PayDate: october.Through})
	require.NoError(t, err)
	_, err = w.Calculate(ctx, w.cmd(officer), id)
	require.Equal(t, []hr.Rule{payroll.RulePlanAdopted}, rules(err), "a plan that is not adopted pays nobody")
	_, err = w.Adopt(ctx, w.cmd(officer), w.Plans[0], hr.MustPeriod("2026-04-01.."))
	require.NoError(t, err)

	_, err = w.Adjust(ctx, w.cmd(officer), payroll.Adjustment{Employee: "E001", Name: "bonus", Period: october, Amount: dec("5000"), Reason: "festival"})
	require.NoError(t, err)
	digest, err := w.Calculate(ctx, w.cmd(officer), id)
	require.NoError(t, err)
	slip, err := w.Payslip(ctx, asOfficer, id, "E001")
	require.NoError(t, err)
	require.Equal(t, "5000.00", amount(t, slip, "bonus_pay"))

	_, err = w.Approve(ctx, w.cmd(chief), id, "another digest")
	require.Equal(t, []hr.Rule{payroll.RuleRunDigest}, rules(err))
	_, err = w.Approve(ctx, w.cmd(officer), id, digest)
	require.Equal(t, []hr.Rule{hr.RuleApprovalConflict}, rules(err), "who calculated does not approve")
	_, err = w.Payments(ctx, asOfficer, id, details())
	require.ErrorIs(t, err, hr.ErrInvalid, "nothing is paid before it is approved")
	_, err = w.Approve(ctx, w.cmd(chief), id, digest)
	require.NoError(t, err)

	payCmd := w.cmd(officer)
	_, err = w.Pay(ctx, payCmd, id)
	require.NoError(t, err)
	_, err = w.Close(ctx, w.cmd(officer), id)
	require.NoError(t, err)
	_, err = w.Calculate(ctx, w.cmd(officer), id)
	require.ErrorIs(t, err, hr.ErrInvalid, "a closed run stays as it is")

	slips, err := w.Payslips(ctx, asOfficer, id)
	require.NoError(t, err)
	require.Len(t, slips, 7)
	journal, err := w.Journal(ctx, asOfficer, id, chart())
	require.NoError(t, err)
	batch, err := w.Payments(ctx, asOfficer, id, details())
	require.NoError(t, err)
	debit, credit := journal.Totals()
	require.True(t, debit.Equal(credit))
	require.Len(t, batch.Payments, 7)

	trace, err := w.Explain(ctx, asOfficer, id, "E001", "bonus_pay")
	require.NoError(t, err, "also after it was paid: the answer is as known then")
	var refs []string
	collect(trace, func(r hr.Ref) { refs = append(refs, r.Kind) })
	require.Equal(t, []string{"adjustment"}, refs)
}

func TestYearToDateFollowsPaidRunsAndOpenings(t *testing.T) {
	w := newWorld(t, 2)
	ctx := t.Context()
	_, err := w.Adopt(ctx, w.cmd(officer), w.Plans[0], hr.MustPeriod("2026-04-01.."))
	require.NoError(t, err)
	_, err = w.Open(ctx, w.cmd(officer), payroll.Opening{
		Employee: "E001", Period: hr.MustPeriod("2026-04-01..2026-08-31"), PayDate: hr.MustDate("2026-08-31"), Currency: "INR",
		Lines: []payroll.Amount{{Name: "fund", Amount: dec("12000")}}, Source: hr.Source{Title: "old system"},
	})
	require.NoError(t, err)
	w.pay(t, "2026-09-01..2026-09-30")
	id := w.pay(t, "2026-10-01..2026-10-31")
	slip, err := w.Payslip(ctx, asOfficer, id, "E001")
	require.NoError(t, err)
	require.Equal(t, "16800.00", amount(t, slip, "fund_this_year"), "12000 taken over, 2400 in September, 2400 in October")

	again := payroll.Opening{
		Employee: "E001", Period: hr.MustPeriod("2026-08-01..2026-08-31"), PayDate: hr.MustDate("2026-08-31"), Currency: "INR",
		Lines: []payroll.Amount{{Name: "fnud", Amount: dec("987654")}}, Source: hr.Source{Title: "old system"},
	}
	_, err = w.Open(ctx, w.cmd(officer), again)
	require.Equal(t, []string{"openings[0].lines[0].name payroll.opening"}, faultsOf(err), "a line that no plan has")
	require.NotContains(t, err.Error(), "987654")
	again.Lines[0].Name = "fund"
	_, err = w.Open(ctx, w.cmd(officer), again)
	require.Equal(t, []string{"openings[0].period payroll.opening"}, faultsOf(err), "August would count twice")
	_, err = w.Adjust(ctx, w.cmd(officer), payroll.Adjustment{}, payroll.Adjustment{Employee: "E001", Name: "bonus", Period: hr.Period{From: october.From}, Amount: dec("1")})
	require.Len(t, rules(err), 5, "employee, name, period and amount; and a period without an end")

	_, err = w.Open(ctx, w.cmd(officer), payroll.Opening{Employee: "E001"}, payroll.Opening{Employee: "E001"})
	require.Len(t, rules(err), 6, "period, currency and source of both")
}

func TestOneFaultyEmployeeStopsNobodyElse(t *testing.T) {
	w := newWorld(t, 5)
	w.staff.terms["E003"] = hr.Since(hr.MustDate("2026-04-01"), hr.Terms{Currency: "INR"})
	ctx := t.Context()
	_, err := w.Adopt(ctx, w.cmd(officer), w.Plans[0], hr.MustPeriod("2026-04-01.."))
	require.NoError(t, err)
	id, err := w.CreateRun(ctx, w.cmd(officer), payroll.RunSpec{Kind: payroll.RunRegular, Period: october, PayDate: october.Through})
	require.NoError(t, err)
	digest, err := w.Calculate(ctx, w.cmd(officer), id)
	require.NoError(t, err)
	run, err := w.Run(ctx, asOfficer, id)
	require.NoError(t, err)
	require.Equal(t, 1, run.Failed)
	_, err = w.Payslip(ctx, asOfficer, id, "E003")
	require.Equal(t, []hr.Rule{payroll.RuleInputMissing, payroll.RuleInputMissing}, rules(err))
	_, err = w.Approve(ctx, w.cmd(chief), id, digest)
	require.Equal(t, []hr.Rule{payroll.RuleRunFaults}, rules(err))

	w.staff.terms["E003"] = w.staff.terms["E002"]
	digest, err = w.Calculate(ctx, w.cmd(officer), id)
	require.NoError(t, err)
	_, err = w.Approve(ctx, w.cmd(chief), id, digest)
	require.NoError(t, err)
}

func TestReadingNeedsTheRight(t *testing.T) {
	w := newWorld(t, 1)
	w.Kit.Authorize = func(a hr.Ask) hr.Verdict {
		return hr.Verdict{Allow: a.Verb != "payroll.Payslip" || a.Stands(hr.RelationSelf), Reason: "only your own"}
	}
	_, err := w.Payslip(t.Context(), asOfficer, "run", "E001")
	require.ErrorIs(t, err, hr.ErrDenied)
	_, err = w.Payslip(t.Context(), hr.View{Actor: hr.Actor{ID: "e1", Employee: "E001"}}, "run", "E001")
	require.ErrorIs(t, err, storage.ErrNotFound)
}

// What was posted in another currency cannot be a year-to-date of this plan: it is that employee's fault, and nobody else's.
func TestAYearToDateInAnotherCurrencyIsAFault(t *testing.T) {
	w := adopted(t, 3)
	ctx := t.Context()
	_, err := w.Open(ctx, w.cmd(officer), payroll.Opening{
		Employee: "E002", Period: hr.MustPeriod("2026-04-01..2026-08-31"), PayDate: hr.MustDate("2026-08-31"), Currency: "USD",
		Lines: []payroll.Amount{{Name: "fund", Amount: dec("12000")}}, Source: hr.Source{Title: "old system"},
	}, payroll.Opening{
		Employee: "E003", Period: hr.MustPeriod("2025-04-01..2026-03-31"), PayDate: hr.MustDate("2026-03-31"), Currency: "USD", // another tax year
		Lines: []payroll.Amount{{Name: "fund", Amount: dec("12000")}}, Source: hr.Source{Title: "old system"},
	})
	require.NoError(t, err)
	id := w.create(t)
	w.calculate(t, id)
	_, err = w.Payslip(ctx, asOfficer, id, "E002")
	require.Equal(t, []hr.Rule{payroll.RuleInputCurrency}, rules(err))
	for _, e := range []hr.EmployeeID{"E001", "E003"} {
		slip, err := w.Payslip(ctx, asOfficer, id, e)
		require.NoError(t, err)
		require.True(t, slip.Net().Amount.IsPositive())
	}
}

// An adjustment whose period is not quite the pay period is refused, rather than left unpaid.
func TestAnAdjustmentThatMissesItsPeriodIsAFault(t *testing.T) {
	w := adopted(t, 2)
	_, err := w.Adjust(t.Context(), w.cmd(officer), payroll.Adjustment{Employee: "E001", Name: "bonus", Period: hr.MustPeriod("2026-10-01..2026-10-30"), Amount: dec("5000")})
	require.NoError(t, err)
	id := w.create(t)
	w.calculate(t, id)
	_, err = w.Payslip(t.Context(), asOfficer, id, "E001")
	require.Equal(t, []string{"adjustments[0].period payroll.adjustment"}, faultsOf(err))
}

// A host that forgot something in its wiring is told what, all at once, before anything is written.
func TestAWiringThatLacksSomething(t *testing.T) {
	db := memory.New()
	_, err := payroll.Service{Kit: db.Kit(hr.AllowAll, nil), Runs: db, Results: db, Postings: db}.
		CreateRun(t.Context(), hr.Command{ID: "c", Actor: hr.Actor{ID: "officer"}}, payroll.RunSpec{})
	for _, path := range []string{"adjustments", "adoptions", "terms", "staff", "people", "plans", "approvers"} {
		require.ErrorContains(t, err, "payroll."+path+": is required [payroll.service]")
	}
	require.NotContains(t, err.Error(), "payroll.runs")
	require.ErrorIs(t, err, hr.ErrRequired)
}

// lostTerms is a store that has lost the terms of one employee, and so refuses a page that asks for them.
type lostTerms struct {
	termsPort
	lost hr.EmployeeID
}

func (l lostTerms) TermsOf(ctx context.Context, v hr.View, pins []hr.Pin, p hr.Period) ([]hr.Timeline[hr.Terms], error) {
	if slices.ContainsFunc(pins, func(p hr.Pin) bool { return p.Employee == l.lost }) {
		return nil, storage.ErrNotFound
	}
	return l.termsPort.TermsOf(ctx, v, pins, p)
}

// A port that refuses a whole page for one employee's facts keeps no payslip from the others of the page.
func TestAPageThatIsRefusedForOneEmployee(t *testing.T) {
	w := adopted(t, 3) // one page
	w.Terms = lostTerms{w.staff, "E002"}
	id := w.create(t)
	w.calculate(t, id)
	for employee, basic := range map[hr.EmployeeID]string{"E001": "20000.00", "E003": "20200.00"} {
		slip, err := w.Payslip(t.Context(), asOfficer, id, employee)
		require.NoError(t, err)
		require.Equal(t, basic, amount(t, slip, "basic_pay"))
	}
	run, err := w.Run(t.Context(), asOfficer, id)
	require.NoError(t, err)
	require.Equal(t, 1, run.Failed)
}
