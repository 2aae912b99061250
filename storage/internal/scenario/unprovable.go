package scenario

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/storage"
)

const answeredRules = `input basic: money by piece
input payable_days: days by piece
input period_days: days
input disabled: yes/no = no
line basic_pay "Basic" in earnings = round(pieces(basic * payable_days / period_days), 0.01)
line relief "Relief" in earnings = if disabled then 1000 else 0
`

// Unprovable pays two people by an answer that is private, erases the answer of one, and returns what is other than it must be: their payslip, the sums and the books
// are as they were; to explain or to replay it is not provable (payroll.RuleRunErased), which is no mismatch; no arrears are made from it; and nobody else is touched.
func Unprovable(ctx context.Context, db ForgetfulStore, books payroll.Books) error {
	plan, err := payroll.Compile(payroll.Config{
		Currency: "INR", Packs: []payroll.Pack{{TaxYear: payroll.YearStart{Month: 4, Day: 1}}}, Components: []payroll.Component{{Text: answeredRules}},
	})
	if err != nil {
		return err
	}
	now := hr.MustDate("2020-05-01").At(hr.MustTimeOfDay("09:00"), time.UTC)
	kit := storage.Kit{Tx: db, Log: db, Know: db, Journal: db, Secret: secret, Authorize: hr.AllowAll, Now: func() time.Time { now = now.Add(time.Second); return now }}
	people := lifecycle.Service{Kit: kit, Employments: db, Facts: db}
	pay := payroll.Service{
		Kit: kit, Runs: db, Results: db, Postings: db, Adjustments: db, Adoptions: db, Terms: people, Staff: people, People: people, Keys: db,
		Changes: []payroll.Changes{people}, Plans: []*payroll.Plan{plan}, Approvers: []hr.ApprovalLevel{{Name: "approver", Approvers: []hr.ActorID{approver.ID}}},
	}
	var rows []lifecycle.Arrival
	for i := range 2 {
		terms := hr.Terms{Entity: "IN1", Currency: "INR", Pay: []hr.PayTerm{{Name: "basic", Amount: decimal.New(20000, 0)}}, Answers: []hr.Answer{{Name: "disabled", Text: "yes"}}}
		rows = append(rows, lifecycle.Arrival{Hire: hr.Hire{Employee: employee(i), Person: hr.Person{Name: "A Specimen"}, Start: begins, Terms: terms}, Joined: true})
	}
	if _, err := people.Import(ctx, command(preparer, "u/import"), rows); err != nil {
		return err
	}
	if _, err := pay.Adopt(ctx, command(preparer, "u/adopt"), plan, hr.Period{From: begins}); err != nil {
		return err
	}
	month := hr.MonthOf(begins)
	id, err := pay.CreateRun(ctx, command(preparer, "u/create"), payroll.RunSpec{Kind: payroll.RunRegular, Period: month, PayDate: month.Through})
	if err != nil {
		return err
	}
	digest, err := pay.Calculate(ctx, command(preparer, "u/calculate"), id)
	if err != nil {
		return err
	}
	for _, step := range []func() error{
		func() error { return second(pay.Approve(ctx, command(approver, "u/approve"), id, digest)) },
		func() error { return second(pay.Pay(ctx, command(preparer, "u/pay"), id)) },
		func() error { return second(pay.Close(ctx, command(preparer, "u/close"), id)) },
	} {
		if err := step(); err != nil {
			return err
		}
	}
	view := hr.View{Actor: preparer, Purpose: "verification"}
	var faults []error
	fault := func(format string, args ...any) { faults = append(faults, fmt.Errorf(format, args...)) }
	provable := func(want bool) {
		again, err := pay.Replay(ctx, view, id)
		_, why := pay.Explain(ctx, view, id, employee(0), "relief")
		_, compared := pay.Compare(ctx, view, id, id, employee(0))
		switch {
		case want && (err != nil || again != digest || why != nil || compared != nil):
			fault("a run that is provable: %w", errors.Join(err, why, compared))
		case !want:
			for what, err := range map[string]error{"replay": err, "explain": why, "compare": compared} {
				if found := hr.FieldErrors(err); len(found) != 1 || found[0].Rule != payroll.RuleRunErased {
					fault("%s: want %s once, got %w", what, payroll.RuleRunErased, err)
				}
			}
		}
		if _, err := pay.Explain(ctx, view, id, employee(1), "relief"); err != nil {
			fault("somebody else is not explained: %w", err)
		}
		slip, err := pay.Payslip(ctx, view, id, employee(0))
		if err != nil || !slip.Net().Amount.Equal(decimal.New(21000, 0)) { // 20,000 and the relief of 1,000
			fault("the payslip is another one: %w", err)
		}
		if err := books.Verify(ctx, func(f storage.Finding) { fault("the books: %s", f) }); err != nil {
			fault("the books: %w", err)
		}
	}
	on := hr.MustDate("2030-01-01")
	provable(true)
	if err := db.DestroyKeys(ctx, storage.SubjectEmployee(employee(0)), on, hr.ClassContact); err != nil {
		return err
	}
	provable(true) // by a name nothing is calculated
	if err := db.DestroyKeys(ctx, storage.SubjectEmployee(employee(0)), on, hr.ClassPrivate); err != nil {
		return err
	}
	provable(false)

	// A raise of that time is owed to who can be calculated again, and is no guess for who cannot.
	for i := range 2 {
		set := hr.Terms{Pay: []hr.PayTerm{{Name: "basic", Amount: decimal.New(21000, 0)}}}
		if _, err := people.ChangeTerms(ctx, command(preparer, fmt.Sprintf("u/raise/%d", i)), employee(i), lifecycle.TermsChange{From: begins, Set: set}); err != nil {
			return err
		}
	}
	next := hr.MonthOf(month.Through.Add(1))
	later, err := pay.CreateRun(ctx, command(preparer, "u/next"), payroll.RunSpec{Kind: payroll.RunRegular, Period: next, PayDate: next.Through})
	if err != nil {
		return err
	}
	if _, err := pay.Calculate(ctx, command(preparer, "u/calculate/next"), later); err != nil {
		return err
	}
	results, err := pay.Members(ctx, view, later, "", 3)
	switch {
	case err != nil:
		return err
	case len(results) != 2:
		fault("two are paid, not %d", len(results))
	case len(results[0].Failures) != 1 || results[0].Failures[0].Rule != payroll.RuleRunErased:
		fault("arrears from what was erased: %v", results[0].Failures)
	case len(results[1].Failures) != 0 || !results[1].Slip.Net().Amount.Equal(decimal.New(23000, 0)): // 21,000, the relief of 1,000, and 1,000 of the month before
		fault("somebody else is not paid their arrears")
	}
	return errors.Join(faults...)
}
