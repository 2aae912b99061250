package payroll_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
)

// Each check alone: what it finds, whom, that it keeps the run from being approved, and that it tells no amount.
func TestChecksKeepARunFromApproval(t *testing.T) {
	raise := func(w *world, e hr.EmployeeID, basic string) {
		w.staff.terms[e] = hr.Since(hr.MustDate("2026-04-01"), terms(basic, "8000"))
	}
	for _, c := range []struct {
		name   string
		checks payroll.Checks
		before func(w *world) // September is paid
		after  func(w *world)
		want   []string // check, employee
	}{
		{"nothing to see", payroll.Checks{Change: dec("10"), Identities: []string{"pan_in"}, ReviewDays: 400}, func(w *world) {
			for e, p := range w.staff.people {
				p.Identities = []hr.Identity{{Kind: "pan_in", Number: hr.NewSecret("ABCDE1234F")}}
				w.staff.people[e] = p
			}
		}, nil, nil},
		{"two on one account", payroll.Checks{}, func(w *world) { w.staff.people["E003"] = w.staff.people["E001"] }, nil, []string{"shared_account/E001", "shared_account/E003"}},
		{"three on one account", payroll.Checks{}, func(w *world) {
			w.staff.people["E002"], w.staff.people["E003"] = w.staff.people["E001"], w.staff.people["E001"]
		}, nil, []string{"shared_account/E001", "shared_account/E002", "shared_account/E003"}},
		{"an account to which one of two is paid nothing", payroll.Checks{}, func(w *world) {
			w.staff.people["E003"], w.staff.terms["E003"] = w.staff.people["E001"], hr.Since(hr.MustDate("2026-04-01"), terms("0", "0"))
		}, nil, nil},
		// E002: 20,100 + 8,000 - 2,412 = 25,688; 22,519 brings 2,128.72 more, 22,520 brings 2,129.60 (8.29 % of 25,688 is 2,129.54)
		{"a large change", payroll.Checks{Change: dec("8.29")}, nil, func(w *world) { raise(w, "E002", "22520") }, []string{"change/E002"}},
		{"a change that is not large", payroll.Checks{Change: dec("8.29")}, nil, func(w *world) { raise(w, "E002", "22500") }, nil},
		{"no identity", payroll.Checks{Identities: []string{"pan_in"}}, nil, nil, []string{"identity/E001", "identity/E002", "identity/E003"}},
		{"nobody was seen", payroll.Checks{Attendance: true}, func(w *world) { w.Sheets = unseen{} }, nil, []string{"attendance/E001", "attendance/E002", "attendance/E003"}},
		{"everybody was seen", payroll.Checks{Attendance: true}, func(w *world) { w.Sheets = clocks{} }, nil, nil},
		{"law that nobody read for long", payroll.Checks{ReviewDays: 30}, nil, nil, []string{"review/"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t, 3)
			ctx := t.Context()
			w.Checks = c.checks
			pack := payroll.Pack{Name: "Office", Reviewed: hr.MustDate("2026-09-01")}
			plan, err := payroll.Compile(payroll.Config{Currency: "INR", Packs: []payroll.Pack{pack}, Components: []payroll.Component{{Name: "office", Text: officeRules}}})
			require.NoError(t, err)
			w.Plans = []*payroll.Plan{plan}
			_, err = w.Adopt(ctx, w.cmd(officer), plan, hr.MustPeriod("2026-04-01.."))
			require.NoError(t, err)
			look := func(id payroll.RunID) (told []string, refs []payroll.FindingRef) {
				findings, err := w.Findings(ctx, asOfficer, id)
				require.NoError(t, err)
				for _, f := range findings {
					told, refs = append(told, string(f.Check)+"/"+string(f.Employee)), append(refs, f.Ref())
					require.NotContains(t, f.Reason, "0000")
				}
				return told, refs
			}
			september := hr.MustPeriod("2026-09-01..2026-09-30")
			first, err := w.CreateRun(ctx, w.cmd(officer), payroll.RunSpec{Kind: payroll.RunRegular, Period: september, PayDate: september.Through})
			require.NoError(t, err)
			digest := w.calculate(t, first)
			_, err = w.Approve(ctx, w.cmd(chief), first, digest)
			if len(c.checks.Identities) > 0 {
				require.Contains(t, rules(err), payroll.RuleRunFinding)
				_, refs := look(first)
				cmd := w.cmd(officer)
				cmd.Reason = "first month"
				_, err = w.Override(ctx, cmd, first, refs...)
				require.NoError(t, err)
				_, err = w.Approve(ctx, w.cmd(chief), first, digest)
			}
			require.NoError(t, err)
			_, err = w.Pay(ctx, w.cmd(officer), first)
			require.NoError(t, err)

			if c.before != nil {
				c.before(w)
			}
			if c.after != nil {
				c.after(w)
			}
			id := w.create(t)
			digest = w.calculate(t, id)
			told, refs := look(id)
			require.ElementsMatch(t, c.want, told)
			_, err = w.Approve(ctx, w.cmd(chief), id, digest)
			if c.want == nil {
				require.NoError(t, err)
				return
			}
			require.Len(t, rules(err), len(c.want))
			require.Equal(t, payroll.RuleRunFinding, rules(err)[0])

			_, err = w.Override(ctx, w.cmd(officer), id, refs...)
			require.Equal(t, []string{"command.reason payroll.run.reason"}, faultsOf(err))
			cmd := w.cmd(officer)
			cmd.Reason = "seen"
			_, err = w.Override(ctx, cmd, id, payroll.FindingRef{Check: payroll.CheckChange, Employee: "E9"})
			require.Equal(t, []string{"findings[0] payroll.run.finding"}, faultsOf(err))
			cmd.ID += "x"
			left, err := w.Override(ctx, cmd, id, refs...)
			require.NoError(t, err)
			require.Zero(t, left)
			run, err := w.Run(ctx, asOfficer, id)
			require.NoError(t, err)
			require.Equal(t, "seen", run.Overrides[0].Reason)
			w.approve(t, id, digest)
			_, err = w.Payments(ctx, asOfficer, id, details())
			require.NoError(t, err, "also the bank file follows the override")
			_, err = w.Pay(ctx, w.cmd(officer), id)
			require.NoError(t, err)
		})
	}
}

// Nothing was paid in September: whatever October pays is no percent of that.
func TestNoChangeIsLargeBesideNothing(t *testing.T) {
	w := adopted(t, 2)
	w.Checks.Change = dec("10")
	w.staff.terms["E002"] = hr.Since(hr.MustDate("2026-04-01"), terms("0", "0"))
	w.pay(t, "2026-09-01..2026-09-30")
	w.change(t, "E002", hr.Since(hr.MustDate("2026-04-01"), terms("20000", "8000")))
	id := w.create(t)
	w.calculate(t, id)
	slip, err := w.Payslip(t.Context(), asOfficer, id, "E002")
	require.NoError(t, err)
	require.Equal(t, "25600.00", slip.Net().AmountText(), "20,000 + 8,000 - 12 % of 20,000")
	findings, err := w.Findings(t.Context(), asOfficer, id)
	require.NoError(t, err)
	require.Empty(t, findings)
}

// An override is of what was found: when the run is calculated again and finds something else, it counts no more.
func TestAnOverrideFallsWithWhatItWasOf(t *testing.T) {
	w := adopted(t, 2)
	ctx := t.Context()
	w.Checks.Identities = []string{"pan_in"}
	id := w.create(t)
	w.calculate(t, id)
	findings, err := w.Findings(ctx, asOfficer, id)
	require.NoError(t, err)
	cmd := w.cmd(officer)
	cmd.Reason = "seen"
	left, err := w.Override(ctx, cmd, id, findings[0].Ref())
	require.NoError(t, err)
	require.Equal(t, 1, left, "the other is still to be looked at")
	cmd = w.cmd(officer)
	cmd.Reason = "seen"
	left, err = w.Override(ctx, cmd, id, findings[1].Ref())
	require.NoError(t, err)
	require.Zero(t, left)
	w.change(t, "E001", hr.Since(hr.MustDate("2026-04-01"), terms("50000", "8000")))
	digest := w.calculate(t, id)
	_, err = w.Approve(ctx, w.cmd(chief), id, digest)
	require.Equal(t, []string{"findings[identity/E001] payroll.run.finding"}, faultsOf(err))
}

// unseen is an attendance without evidence.
type unseen struct{ clocks }

func (unseen) Timesheets(ctx context.Context, v hr.View, pins []hr.Pin, p hr.Period) ([]hr.Timesheet, error) {
	sheets, err := clocks{}.Timesheets(ctx, v, pins, p)
	for i := range sheets {
		for j := range sheets[i].Days {
			sheets[i].Days[j].Refs = nil
		}
	}
	return sheets, err
}
