package payroll_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/storage"
	"github.com/stretchr/testify/require"
)

var errCrash = errors.New("the database of a@example.com is gone")

// crash counts down to the call that fails, as a crash between two chunks would. It fails once.
type crash struct{ in int }

func (c *crash) now() bool {
	c.in--
	return c.in == 0
}

type (
	resultsPort  = payroll.Results
	postingsPort = payroll.Postings
	termsPort    = payroll.Terms
)

type flakyResults struct {
	resultsPort
	*crash
}

func (f flakyResults) PutResults(ctx context.Context, run payroll.RunID, rs ...payroll.Result) error {
	if f.now() {
		return errCrash
	}
	return f.resultsPort.PutResults(ctx, run, rs...)
}

type flakyPostings struct {
	postingsPort
	*crash
}

func (f flakyPostings) AppendPostings(ctx context.Context, entries ...hr.Entry[payroll.Posting]) error {
	if f.now() {
		return errCrash
	}
	return f.postingsPort.AppendPostings(ctx, entries...)
}

type flakyTerms struct {
	termsPort
	*crash
}

func (f flakyTerms) TermsOf(ctx context.Context, v hr.View, pins []hr.Pin, p hr.Period) ([]hr.Timeline[hr.Terms], error) {
	if f.now() {
		return nil, errCrash
	}
	return f.termsPort.TermsOf(ctx, v, pins, p)
}

// adopted is a world of so many employees, paid by the plan of the office.
func adopted(t *testing.T, employees int) *world {
	t.Helper()
	w := newWorld(t, employees)
	_, err := w.Adopt(t.Context(), w.cmd(officer), w.Plans[0], hr.MustPeriod("2026-04-01.."))
	require.NoError(t, err)
	return w
}

func (w *world) create(t *testing.T) payroll.RunID {
	t.Helper()
	id, err := w.CreateRun(t.Context(), w.cmd(officer), payroll.RunSpec{Kind: payroll.RunRegular, Period: october, PayDate: october.Through})
	require.NoError(t, err)
	return id
}

func (w *world) calculate(t *testing.T, id payroll.RunID) string {
	t.Helper()
	digest, err := w.Calculate(t.Context(), w.cmd(officer), id)
	require.NoError(t, err)
	return digest
}

func (w *world) approve(t *testing.T, id payroll.RunID, digest string) {
	t.Helper()
	state, err := w.Approve(t.Context(), w.cmd(chief), id, digest)
	require.NoError(t, err)
	require.Equal(t, payroll.RunApproved, state)
}

func (w *world) state(t *testing.T, id payroll.RunID) payroll.RunState {
	t.Helper()
	run, err := w.Run(t.Context(), asOfficer, id)
	require.NoError(t, err)
	return run.State
}

// change gives an employee other terms and records that something was learnt, as lifecycle does.
func (w *world) change(t *testing.T, id hr.EmployeeID, to hr.Timeline[hr.Terms]) {
	t.Helper()
	w.staff.terms[id] = to
	require.NoError(t, w.db.InTx(t.Context(), func(ctx context.Context) error {
		_, err := w.Kit.Know.Take(ctx, w.Kit.Clock, id)
		return err
	}))
}

// A context that ends between two chunks leaves what is stored, and nothing half; the same command goes on.
func TestAContextThatEndsLeavesWholeChunks(t *testing.T) {
	w := adopted(t, 7) // three chunks
	id := w.create(t)
	ctx, cancel := context.WithCancel(t.Context())
	w.Results = endsAfter{w.db, cancel}
	cmd := w.cmd(officer)
	_, err := w.Calculate(ctx, cmd, id)
	require.ErrorIs(t, err, context.Canceled)
	page, err := w.Members(t.Context(), asOfficer, id, "", 9)
	require.NoError(t, err)
	require.Contains(t, []int{0, 3}, len(page), "a whole chunk or none")
	require.Equal(t, payroll.RunCalculating, w.state(t, id))
	w.Results = w.db
	digest, err := w.Calculate(t.Context(), cmd, id)
	require.NoError(t, err)

	w.approve(t, id, digest)
	ctx, cancel = context.WithCancel(t.Context())
	w.Postings = endsPosting{w.db, cancel}
	pay := w.cmd(officer)
	_, err = w.Pay(ctx, pay, id)
	require.ErrorIs(t, err, context.Canceled)
	w.Postings = w.db
	state, err := w.Pay(t.Context(), pay, id)
	require.NoError(t, err)
	require.Equal(t, payroll.RunPaid, state)
	for i := range 7 {
		require.Len(t, w.postings(t, hr.EmployeeID(fmt.Sprintf("E%03d", i+1))), 1, "each is posted once")
	}
}

// endsAfter and endsPosting end the context when the first chunk is stored.
type endsAfter struct {
	resultsPort
	end func()
}

func (e endsAfter) PutResults(ctx context.Context, run payroll.RunID, rs ...payroll.Result) error {
	defer e.end()
	return e.resultsPort.PutResults(ctx, run, rs...)
}

type endsPosting struct {
	postingsPort
	end func()
}

func (e endsPosting) AppendPostings(ctx context.Context, entries ...hr.Entry[payroll.Posting]) error {
	defer e.end()
	return e.postingsPort.AppendPostings(ctx, entries...)
}

// postings lists what is posted for an employee.
func (w *world) postings(t *testing.T, id hr.EmployeeID) []hr.Entry[payroll.Posting] {
	t.Helper()
	lists, err := w.db.PostingsOf(t.Context(), []hr.Pin{{Employee: id}})
	require.NoError(t, err)
	return lists[0]
}

func TestRunMachineIsTheDrawing(t *testing.T) {
	golden(t, "testdata/run.dot", payroll.RunMachine().DOT("run"))
}

// Every command of a run, sent again at the end, gives its first answer and changes nothing: no version, no audit, no event.
func TestEveryCommandSentAgainIsHarmless(t *testing.T) {
	w := newWorld(t, 7)
	ctx := t.Context()
	bonus := payroll.Adjustment{Employee: "E001", Name: "bonus", Period: october, Amount: dec("5000")}
	opening := payroll.Opening{
		Employee: "E002", Period: hr.MustPeriod("2026-04-01..2026-09-30"), PayDate: hr.MustDate("2026-09-30"), Currency: "INR",
		Lines: []payroll.Amount{{Name: "fund", Amount: dec("14400")}}, Source: hr.Source{Title: "old system"},
	}
	var id payroll.RunID
	var digest string
	var calls []func() (any, error)
	call := func(by hr.Actor, fn func(cmd hr.Command) (any, error)) any {
		cmd := w.cmd(by)
		again := func() (any, error) { return fn(cmd) }
		calls = append(calls, again)
		got, err := again()
		require.NoError(t, err)
		return got
	}
	call(officer, func(c hr.Command) (any, error) { return w.Adopt(ctx, c, w.Plans[0], hr.MustPeriod("2026-04-01..")) })
	call(officer, func(c hr.Command) (any, error) { return w.Adjust(ctx, c, bonus) })
	call(officer, func(c hr.Command) (any, error) { return w.Open(ctx, c, opening) })
	id = call(officer, func(c hr.Command) (any, error) {
		return w.CreateRun(ctx, c, payroll.RunSpec{Kind: payroll.RunRegular, Period: october, PayDate: october.Through})
	}).(payroll.RunID)
	digest = call(officer, func(c hr.Command) (any, error) { return w.Calculate(ctx, c, id) }).(string)
	call(chief, func(c hr.Command) (any, error) { return w.Approve(ctx, c, id, digest) })
	call(officer, func(c hr.Command) (any, error) { return w.Pay(ctx, c, id) })
	call(officer, func(c hr.Command) (any, error) { return w.Close(ctx, c, id) })

	type stand struct {
		Run      payroll.Run
		Slips    []payroll.Payslip
		Postings []hr.Entry[payroll.Posting]
		Audits   []storage.Audit
		Events   []storage.Event
	}
	look := func() (s stand) {
		var errs [4]error
		s.Run, errs[0] = w.Run(ctx, asOfficer, id)
		s.Slips, errs[1] = w.Payslips(ctx, asOfficer, id)
		s.Audits, errs[2] = w.db.Audits(ctx)
		s.Events, errs[3] = w.db.Events(ctx)
		require.NoError(t, errors.Join(errs[:]...))
		s.Postings = w.postings(t, "E001")
		return s
	}
	before := look()
	want := []any{hr.Seq(1), 1, 1, id, digest, payroll.RunApproved, payroll.RunPaid, payroll.RunClosed}
	for i, again := range calls {
		got, err := again()
		require.NoError(t, err, i)
		require.Equal(t, want[i], got, i)
	}
	require.Empty(t, cmp.Diff(hr.Digest("stand", before), hr.Digest("stand", look())))
}

func TestACommandIDUsedForSomethingElseChangesNothing(t *testing.T) {
	w := adopted(t, 4)
	ctx := t.Context()
	id := w.create(t)
	digest := w.calculate(t, id)
	w.approve(t, id, digest)
	w.change(t, "E001", hr.Since(hr.MustDate("2026-04-01"), terms("90000", "8000")))
	used := hr.Command{ID: "cmd-1", Actor: officer} // adopted the plan
	_, err := w.Calculate(ctx, used, id)
	require.ErrorIs(t, err, storage.ErrReused)
	_, err = w.Pay(ctx, used, id)
	require.ErrorIs(t, err, storage.ErrReused)
	_, err = w.Close(ctx, used, id)
	require.ErrorIs(t, err, storage.ErrReused)
	require.Equal(t, payroll.RunApproved, w.state(t, id))
	slip, err := w.Payslip(ctx, asOfficer, id, "E001")
	require.NoError(t, err)
	require.Equal(t, "20000.00", amount(t, slip, "basic_pay"), "what was approved is untouched")
}

func TestWhoMayNotLearnsNothingAndChangesNothing(t *testing.T) {
	w := adopted(t, 4)
	ctx := t.Context()
	id := w.create(t)
	digest := w.calculate(t, id)
	run, err := w.Run(ctx, asOfficer, id)
	require.NoError(t, err)
	events, err := w.db.Events(ctx)
	require.NoError(t, err)
	w.Debts, w.Requests = w.db, w.db
	require.NoError(t, w.db.PutPayrollRequest(ctx, payroll.Request{ID: "R1", Employee: "E001", State: payroll.RequestPending}))
	w.Kit.Authorize = nil // denies everything
	thief := hr.Actor{ID: "thief"}
	asThief := hr.View{Actor: thief}
	for name, call := range map[string]func() error{
		"Adopt":     func() error { _, err := w.Adopt(ctx, w.cmd(thief), w.Plans[0], october); return err },
		"Adjust":    func() error { _, err := w.Adjust(ctx, w.cmd(thief), payroll.Adjustment{Employee: "E001"}); return err },
		"Open":      func() error { _, err := w.Open(ctx, w.cmd(thief), payroll.Opening{Employee: "E001"}); return err },
		"CreateRun": func() error { _, err := w.CreateRun(ctx, w.cmd(thief), payroll.RunSpec{}); return err },
		"Calculate": func() error { _, err := w.Calculate(ctx, w.cmd(thief), "no such run"); return err },
		"Approve":   func() error { _, err := w.Approve(ctx, w.cmd(thief), id, digest); return err },
		"Pay":       func() error { _, err := w.Pay(ctx, w.cmd(thief), id); return err },
		"Close":     func() error { _, err := w.Close(ctx, w.cmd(thief), id); return err },
		"Cancel":    func() error { _, err := w.Cancel(ctx, w.cmd(thief), id); return err },
		"Run":       func() error { _, err := w.Service.Run(ctx, asThief, id); return err },
		"Payslip":   func() error { _, err := w.Payslip(ctx, asThief, id, "E001"); return err },
		"Payslips":  func() error { _, err := w.Payslips(ctx, asThief, id); return err },
		"Members":   func() error { _, err := w.Members(ctx, asThief, id, "", 9); return err },
		"Journal":   func() error { _, err := w.Journal(ctx, asThief, id, chart()); return err },
		"Payments":  func() error { _, err := w.Payments(ctx, asThief, id, details()); return err },
		"Explain":   func() error { _, err := w.Explain(ctx, asThief, id, "E001", "fund"); return err },
		"Ask": func() error {
			_, err := w.Ask(ctx, w.cmd(thief), payroll.Request{Employee: "E001"})
			return err
		},
		"Attach":     func() error { _, err := w.Attach(ctx, w.cmd(thief), payroll.Debt{Employee: "E001"}); return err },
		"Decide":     func() error { _, err := w.Decide(ctx, w.cmd(thief), "R1", true); return err },
		"Withdraw":   func() error { _, err := w.Withdraw(ctx, w.cmd(thief), "R1"); return err },
		"Owing":      func() error { _, err := w.Owing(ctx, asThief, "E001"); return err },
		"RequestsOf": func() error { _, err := w.RequestsOf(ctx, asThief, "E001"); return err },
		"Findings":   func() error { _, err := w.Findings(ctx, asThief, id); return err },
		"Override":   func() error { _, err := w.Override(ctx, w.cmd(thief), id); return err },
		"Retro": func() error {
			_, err := w.Retro(ctx, asThief, payroll.PayPeriod{Period: october, PayDate: october.Through})
			return err
		},
		"WhatIf": func() error { _, err := w.WhatIf(ctx, asThief, payroll.RunSpec{}, payroll.WhatIf{}); return err },
		"GrossUp": func() error {
			_, err := w.GrossUp(ctx, asThief, "E001", payroll.PayPeriod{}, payroll.GrossUp{})
			return err
		},
		"BackTest":  func() error { _, err := w.BackTest(ctx, asThief, payroll.BackTest{}); return err },
		"Anomalies": func() error { _, err := w.Anomalies(ctx, asThief, id, payroll.AnomalyRules{}, nil); return err },
		"Preview":   func() error { _, err := w.Preview(ctx, asThief, payroll.RunSpec{}); return err },
		"Replay":    func() error { _, err := w.Replay(ctx, asThief, id); return err },
	} {
		err := call()
		require.ErrorIs(t, err, hr.ErrDenied, name)
		var denied *storage.DeniedError
		require.ErrorAs(t, err, &denied)
		require.Equal(t, "payroll."+name, denied.Ask.Verb, "each method asks for itself")
	}
	w.Kit.Authorize = hr.AllowAll
	again, err := w.Run(ctx, asOfficer, id)
	require.NoError(t, err)
	require.Equal(t, run, again)
	after, err := w.db.Events(ctx)
	require.NoError(t, err)
	require.Equal(t, events, after)
}

// A run that names employees is asked for as about them, and one that finds them as about nobody in particular.
func TestWhomARunConcernsIsAskedFor(t *testing.T) {
	w := adopted(t, 2)
	var asked [][]hr.EmployeeID
	w.Kit.Authorize = func(a hr.Ask) hr.Verdict {
		if a.Verb == "payroll.CreateRun" && len(a.Via) == 0 {
			asked = append(asked, a.Subjects)
		}
		return hr.AllowAll(a)
	}
	w.create(t)
	_, err := w.CreateRun(t.Context(), w.cmd(officer), payroll.RunSpec{Kind: payroll.RunOffCycle, Period: october, PayDate: october.Through, Reason: "bonus", Employees: []hr.EmployeeID{"E002"}})
	require.NoError(t, err)
	require.Equal(t, [][]hr.EmployeeID{nil, {"E002"}}, asked)
}

// An edit after calculation makes results and approval stale, but only where it changes a payslip.
func TestAnEditAfterCalculationMakesTheApprovalStale(t *testing.T) {
	raise := hr.Since(hr.MustDate("2026-04-01"), terms("50000", "8000"))
	for _, c := range []struct {
		name  string
		edit  func(t *testing.T, w *world)
		stale bool
	}{
		{"a raise", func(t *testing.T, w *world) { w.change(t, "E002", raise) }, true},
		{"a bonus of the month", func(t *testing.T, w *world) {
			_, err := w.Adjust(t.Context(), w.cmd(officer), payroll.Adjustment{Employee: "E002", Name: "bonus", Period: october, Amount: dec("5000")})
			require.NoError(t, err)
		}, true},
		{"terms that are faulty now", func(t *testing.T, w *world) {
			w.change(t, "E002", hr.Since(hr.MustDate("2026-04-01"), hr.Terms{Currency: "USD"}))
		}, true},
		{"another plan", func(t *testing.T, w *world) {
			other, err := payroll.Compile(payroll.Config{Currency: "INR", Components: []payroll.Component{{Name: "x", Text: "line five in earnings = 5\n"}}})
			require.NoError(t, err)
			w.Plans = append(w.Plans, other)
			_, err = w.Adopt(t.Context(), w.cmd(officer), other, october)
			require.NoError(t, err)
		}, true},
		{"a bonus of another month", func(t *testing.T, w *world) {
			_, err := w.Adjust(t.Context(), w.cmd(officer), payroll.Adjustment{Employee: "E002", Name: "bonus", Period: hr.MustPeriod("2026-11-01..2026-11-30"), Amount: dec("5000")})
			require.NoError(t, err)
		}, false},
		{"something that pay does not read", func(t *testing.T, w *world) { w.change(t, "E002", w.staff.terms["E002"]) }, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := adopted(t, 5)
			ctx := t.Context()
			id := w.create(t)
			digest := w.calculate(t, id)
			w.approve(t, id, digest)
			c.edit(t, w)
			_, err := w.Pay(ctx, w.cmd(officer), id)
			if !c.stale {
				require.NoError(t, err)
				return
			}
			require.Equal(t, []hr.Rule{payroll.RuleRunStale}, rules(err))
			require.NotContains(t, err.Error(), "5000")
			require.Equal(t, payroll.RunApproved, w.state(t, id))
			require.Empty(t, w.postings(t, "E001"), "nobody is paid, not even who did not change")
			again, err := w.Calculate(ctx, w.cmd(officer), id)
			require.NoError(t, err)
			require.NotEqual(t, digest, again)
			require.Equal(t, payroll.RunCalculated, w.state(t, id), "the approval is dropped")
			_, err = w.Approve(ctx, w.cmd(chief), id, digest)
			require.Contains(t, rules(err), payroll.RuleRunDigest)
		})
		t.Run(c.name+", before it is approved", func(t *testing.T) {
			w := adopted(t, 5)
			id := w.create(t)
			digest := w.calculate(t, id)
			c.edit(t, w)
			_, err := w.Approve(t.Context(), w.cmd(chief), id, digest)
			if c.stale {
				require.Equal(t, []hr.Rule{payroll.RuleRunStale}, rules(err))
			} else {
				require.NoError(t, err)
			}
		})
	}
}

// While a run is calculated again its approval is gone already, so a crash in the middle can never pay what nobody approved.
func TestACrashWhileCalculatingAgainLeavesNothingApproved(t *testing.T) {
	w := adopted(t, 10)
	ctx := t.Context()
	id := w.create(t)
	w.approve(t, id, w.calculate(t, id))
	w.change(t, "E001", hr.Since(hr.MustDate("2026-04-01"), terms("90000", "8000")))
	w.Results = flakyResults{w.db, &crash{in: 3}}
	again := w.cmd(officer)
	_, err := w.Calculate(ctx, again, id)
	require.ErrorIs(t, err, errCrash)
	run, err := w.Run(ctx, asOfficer, id)
	require.NoError(t, err)
	require.Equal(t, payroll.RunCalculating, run.State)
	require.Empty(t, run.Digest)
	require.Empty(t, run.Approval.Decisions)
	_, err = w.Pay(ctx, w.cmd(officer), id)
	require.ErrorIs(t, err, hr.ErrInvalid)
	require.Empty(t, w.postings(t, "E001"))
	digest, err := w.Calculate(ctx, again, id)
	require.NoError(t, err)
	w.approve(t, id, digest)
}

func TestACrashedCalculationGoesOnWithTheSameCommand(t *testing.T) {
	for chunk := 1; chunk <= 4; chunk++ {
		whole, broken := adopted(t, 10), adopted(t, 10)
		bomb := &crash{in: chunk}
		broken.Results = flakyResults{broken.db, bomb}
		run := func(w *world, crashes bool) string {
			id, cmd := w.create(t), w.cmd(officer)
			if crashes {
				_, err := w.Calculate(t.Context(), cmd, id)
				require.ErrorIs(t, err, errCrash)
				require.Equal(t, payroll.RunCalculating, w.state(t, id))
				w.Chunk = 7 // another setting after the restart: the run keeps its chunks of 3
			}
			digest, err := w.Calculate(t.Context(), cmd, id)
			require.NoError(t, err)
			return digest
		}
		require.Equal(t, run(whole, false), run(broken, true))
		require.Equal(t, chunk-5, bomb.in, "4 chunks, and the one that crashed a second time: none that was stored is stored again")
	}
}

func TestACrashedPaymentGoesOnAndPostsEverybodyOnce(t *testing.T) {
	for _, sameCommand := range []bool{true, false} {
		w := adopted(t, 10)
		ctx := t.Context()
		id := w.create(t)
		w.approve(t, id, w.calculate(t, id))
		w.Postings = flakyPostings{w.db, &crash{in: 3}}
		cmd := w.cmd(officer)
		_, err := w.Pay(ctx, cmd, id)
		require.ErrorIs(t, err, errCrash)
		require.Equal(t, payroll.RunPaying, w.state(t, id))
		_, err = w.Close(ctx, w.cmd(officer), id)
		require.ErrorIs(t, err, hr.ErrInvalid)
		if !sameCommand {
			cmd = w.cmd(officer)
		}
		state, err := w.Pay(ctx, cmd, id)
		require.NoError(t, err)
		require.Equal(t, payroll.RunPaid, state)
		slips, err := w.Payslips(ctx, asOfficer, id)
		require.NoError(t, err)
		require.Len(t, slips, 10)
		for _, s := range slips {
			entries := w.postings(t, s.Employee)
			require.Len(t, entries, 1)
			require.Equal(t, s.Digest(), entries[0].Value.Slip)
		}
	}
}

// A payment that cannot go on is calculated again for those who are not posted; the others stay as posted.
func TestAPaymentThatCannotGoOnIsCalculatedAgain(t *testing.T) {
	w := adopted(t, 6)
	ctx := t.Context()
	id := w.create(t)
	w.approve(t, id, w.calculate(t, id))
	w.Postings = flakyPostings{w.db, &crash{in: 2}}
	_, err := w.Pay(ctx, w.cmd(officer), id)
	require.ErrorIs(t, err, errCrash)
	raise := hr.Since(hr.MustDate("2026-04-01"), terms("90000", "8000"))
	w.change(t, "E001", raise) // posted already
	w.change(t, "E004", raise)
	_, err = w.Pay(ctx, w.cmd(officer), id)
	require.Equal(t, []hr.Rule{payroll.RuleRunStale}, rules(err))
	require.ErrorContains(t, err, "results[E004]")
	digest := w.calculate(t, id)
	_, err = w.Cancel(ctx, w.cmd(officer), id)
	require.Equal(t, []hr.Rule{payroll.RuleRunPosted}, rules(err), "what is posted cannot be cancelled")
	w.approve(t, id, digest)
	_, err = w.Pay(ctx, w.cmd(officer), id)
	require.NoError(t, err)
	for employee, basic := range map[hr.EmployeeID]string{"E001": "20000", "E004": "90000", "E005": "20400"} {
		slip, err := w.Payslip(ctx, asOfficer, id, employee)
		require.NoError(t, err)
		require.Equal(t, basic+".00", amount(t, slip, "basic_pay"), employee)
		require.Len(t, w.postings(t, employee), 1)
		require.Equal(t, slip.Digest(), w.postings(t, employee)[0].Value.Slip)
	}
}

// The store is down: that is nobody's fault, and must not be kept as one.
func TestAStoreThatFailsIsNotAFaultOfAnEmployee(t *testing.T) {
	w := adopted(t, 5)
	id := w.create(t)
	w.Terms = flakyTerms{w.staff, &crash{in: 2}}
	cmd := w.cmd(officer)
	_, err := w.Calculate(t.Context(), cmd, id)
	require.ErrorIs(t, err, errCrash)
	_, err = w.Calculate(t.Context(), cmd, id)
	require.NoError(t, err)
	run, err := w.Run(t.Context(), asOfficer, id)
	require.NoError(t, err)
	require.Zero(t, run.Failed)
}

// A chunk of a calculation that was thought dead must not reach results that somebody approved since.
func TestALateChunkDoesNotTouchApprovedResults(t *testing.T) {
	w := adopted(t, 10)
	ctx := t.Context()
	id, slow := w.create(t), w.cmd(officer)
	w.Results = flakyResults{w.db, &crash{in: 2}}
	_, err := w.Calculate(ctx, slow, id)
	require.ErrorIs(t, err, errCrash)
	digest := w.calculate(t, id)
	w.approve(t, id, digest)
	_, err = w.Calculate(ctx, slow, id)
	require.ErrorIs(t, err, hr.ErrInvalid)
	require.Equal(t, payroll.RunApproved, w.state(t, id))
	_, err = w.Pay(ctx, w.cmd(officer), id)
	require.NoError(t, err)
}

// Results that are not those that were approved are not paid, whoever changed them.
func TestResultsThatWereNotApprovedAreNotPaid(t *testing.T) {
	w := adopted(t, 3)
	ctx := t.Context()
	id := w.create(t)
	w.approve(t, id, w.calculate(t, id))
	r, err := w.db.Result(ctx, id, "E002")
	require.NoError(t, err)
	was := r.Slip.Lines[0].Amount
	r.Slip.Lines[0].Amount = dec("1000000")
	require.NoError(t, w.db.PutResults(ctx, id, r))
	_, err = w.Pay(ctx, w.cmd(officer), id)
	require.Equal(t, []hr.Rule{payroll.RuleRunDigest}, rules(err))
	require.Empty(t, w.postings(t, "E001"))
	require.Len(t, findings(t, booksOf(w.db)), 1, "and whoever verifies the books finds it")
	own := r.Digest
	r.Digest = hr.Digest("result/2", "what it says now") // and who changes the digest with it is found before anything is posted
	require.NoError(t, w.db.PutResults(ctx, id, r))
	_, err = w.BeginPay(ctx, w.cmd(officer), id)
	require.Equal(t, []hr.Rule{payroll.RuleRunDigest}, rules(err))
	r.Slip.Lines[0].Amount, r.Digest = was, own
	require.NoError(t, w.db.PutResults(ctx, id, r))
}

func TestAPeriodIsPaidOnce(t *testing.T) {
	w := adopted(t, 2)
	ctx := t.Context()
	first, second := w.create(t), w.create(t)
	w.approve(t, first, w.calculate(t, first))
	w.approve(t, second, w.calculate(t, second))
	_, err := w.Pay(ctx, w.cmd(officer), first)
	require.NoError(t, err)
	_, err = w.Pay(ctx, w.cmd(officer), second)
	require.Equal(t, []hr.Rule{payroll.RuleRunStale, payroll.RuleRunStale}, rules(err))
	require.Equal(t, payroll.RunApproved, w.state(t, second))
	digest := w.calculate(t, second)
	_, err = w.Payslip(ctx, asOfficer, second, "E001")
	require.Equal(t, []hr.Rule{payroll.RuleRunPaid}, rules(err))
	_, err = w.Approve(ctx, w.cmd(chief), second, digest)
	require.Equal(t, []hr.Rule{payroll.RuleRunFaults}, rules(err))
	_, err = w.Cancel(ctx, w.cmd(officer), second)
	require.NoError(t, err)
	require.Len(t, w.postings(t, "E001"), 1)
}

// Two people must agree: the first agreement approves nothing, and says so to whoever listens.
func TestApprovalOfTwoLevels(t *testing.T) {
	w := adopted(t, 2)
	ctx := t.Context()
	w.Approvers = []hr.ApprovalLevel{{Name: "payroll", Approvers: []hr.ActorID{"lead"}}, {Name: "finance", Approvers: []hr.ActorID{"chief"}}}
	id := w.create(t)
	digest := w.calculate(t, id)
	_, err := w.Approve(ctx, w.cmd(chief), id, digest)
	require.Equal(t, []hr.Rule{hr.RuleApprovalActor}, rules(err), "finance comes second")
	state, err := w.Approve(ctx, w.cmd(hr.Actor{ID: "lead"}), id, digest)
	require.NoError(t, err)
	require.Equal(t, payroll.RunCalculated, state)
	_, err = w.Pay(ctx, w.cmd(officer), id)
	require.ErrorIs(t, err, hr.ErrInvalid)
	w.approve(t, id, digest)
	events, err := w.db.Events(ctx)
	require.NoError(t, err)
	var kinds []string
	for _, e := range events[len(events)-2:] {
		kinds = append(kinds, e.Kind)
	}
	require.Equal(t, []string{"payroll.run_agreed", "payroll.run_approved"}, kinds)
}

func TestExplainRefusesWhatDoesNotComeOutTheSame(t *testing.T) {
	w := adopted(t, 2)
	ctx := t.Context()
	id := w.create(t)
	w.calculate(t, id)
	_, err := w.Explain(ctx, asOfficer, id, "E001", "fund")
	require.NoError(t, err)
	_, err = w.Explain(ctx, asOfficer, id, "E001", "no_such_line")
	require.Equal(t, []hr.Rule{payroll.RuleLineUnknown}, rules(err))
	_, err = w.Explain(ctx, asOfficer, id, "E999", "fund")
	require.ErrorIs(t, err, storage.ErrNotFound)

	then := w.staff.terms["E001"]
	for name, forgets := range map[string]hr.Timeline[hr.Terms]{
		"other terms":  hr.Since(hr.MustDate("2026-04-01"), terms("20001", "8000")),
		"faulty terms": hr.Since(hr.MustDate("2026-04-01"), hr.Terms{Currency: "INR"}),
		"no terms":     {},
	} {
		w.staff.terms["E001"] = forgets // as then, the store now says something else
		_, err = w.Explain(ctx, asOfficer, id, "E001", "fund")
		require.Equal(t, []hr.Rule{payroll.RuleRunReproduce}, rules(err), name)
		require.NotContains(t, err.Error(), "2000")
		_, err = w.Replay(ctx, asOfficer, id)
		require.Equal(t, []hr.Rule{payroll.RuleRunReproduce}, rules(err), name)
	}
	w.staff.terms["E001"] = then
	w.Plans = nil
	_, err = w.Explain(ctx, asOfficer, id, "E001", "fund")
	require.Equal(t, []hr.Rule{payroll.RulePlanAdopted}, rules(err), "the program holds other rules")
}

// An approval that is overdue is also asked of those whom its level names for that; a run that waits for none is refused.
func TestAnOverdueApprovalOfARunIsAskedOfOthers(t *testing.T) {
	w := adopted(t, 2)
	ctx := t.Context()
	w.Approvers = []hr.ApprovalLevel{{Name: "payroll", Approvers: []hr.ActorID{"lead"}, Escalate: []hr.ActorID{"chief"}}}
	id := w.create(t)
	require.ErrorIs(t, w.Escalate(ctx, w.cmd(officer), "no run", 0), storage.ErrNotFound)
	require.ErrorIs(t, w.Escalate(ctx, w.cmd(officer), id, 0), hr.ErrInvalid, "nothing is calculated yet")
	digest := w.calculate(t, id)
	require.Equal(t, []hr.Rule{hr.RuleApprovalDone}, rules(w.Escalate(ctx, w.cmd(officer), id, 1)), "there is no such level")
	_, err := w.Approve(ctx, w.cmd(chief), id, digest)
	require.Equal(t, []hr.Rule{hr.RuleApprovalActor}, rules(err))
	require.NoError(t, w.Escalate(ctx, w.cmd(officer), id, 0))
	w.approve(t, id, digest)
}

func TestAdoptRefusesAPlanThatTheProgramDoesNotHold(t *testing.T) {
	w := newWorld(t, 1)
	other, err := payroll.Compile(payroll.Config{Currency: "INR"})
	require.NoError(t, err)
	_, err = w.Adopt(t.Context(), w.cmd(officer), other, october)
	require.Equal(t, []hr.Rule{payroll.RulePlanAdopted}, rules(err))
	_, err = w.Adopt(t.Context(), w.cmd(officer), w.Plans[0], hr.Period{})
	require.Error(t, err)
}

// The cost of a run is that of its employees: chunks of any size give the same results.
func TestChunksOfAnySizeGiveTheSameResults(t *testing.T) {
	var want string
	for _, size := range []int{1, 3, 10, 1000} {
		w := adopted(t, 10)
		w.Chunk = size
		w.Kit.Now = func() time.Time { return time.Date(2026, 10, 31, 9, 0, 0, 0, time.UTC) }
		digest := w.calculate(t, w.create(t))
		if want == "" {
			want = digest
		}
		require.Equal(t, want, digest, fmt.Sprint(size))
	}
}

// clocks stands in for attendance: a timesheet with punches, and words for them.
type clocks struct{ denied bool }

func (clocks) Timesheets(_ context.Context, _ hr.View, pins []hr.Pin, p hr.Period) ([]hr.Timesheet, error) {
	var out []hr.Timesheet
	for _, pin := range pins {
		out = append(out, sheet(pin.Employee, p, p, map[int]string{5: "1"}, map[int]int{7: 60}))
	}
	return out, nil
}

func (c clocks) Describe(_ context.Context, _ hr.View, _ hr.EmployeeID, refs []hr.Ref) ([]string, error) {
	if c.denied {
		return nil, hr.ErrDenied
	}
	out := make([]string, len(refs))
	for i, r := range refs {
		if r.Kind == "punch" {
			out[i] = "in 09:00, out 18:00 on " + r.ID
		}
	}
	return out, nil
}

// Overtime, a prorated line and the fund on it go back to punches in words; where those may not be seen they stay references.
func TestExplainReachesThePunches(t *testing.T) {
	w := adopted(t, 2)
	ctx := t.Context()
	w.Sheets, w.Evidence = clocks{}, []payroll.Evidence{clocks{}}
	id := w.create(t)
	w.calculate(t, id)
	text := func(line string) string {
		trace, err := w.Explain(ctx, asOfficer, id, "E001", line)
		require.NoError(t, err)
		var b strings.Builder
		require.NoError(t, trace.Text(&b))
		return b.String()
	}
	// 20,000 x 1 hour x 2 / 208 = 192.3077; 20,000 x 30 / 31 = 19,354.8387; 12 % of 19,354.84 is 2,322.58.
	for line, words := range map[string][]string{
		"overtime":  {"192.31", "half_up to 0.01", "overtime_hours = 1 hours", "punch in 09:00, out 18:00 on 2026-10-07"},
		"basic_pay": {"19354.84", "half_up to 0.01", "payable_days = 30 days", "2026-10-05 1 unpaid", "punch in 09:00, out 18:00 on 2026-10-31"},
		"fund":      {"2323", "half_up to 1", "EPF Scheme 2026, para 18(2)", "payable_days = 30 days", "punch in 09:00"},
	} {
		got := text(line)
		for _, word := range words {
			require.Contains(t, got, word, line)
		}
	}
	require.NotContains(t, text("overtime"), "2026-10-08", "only the day of the overtime")
	w.Evidence = []payroll.Evidence{clocks{denied: true}}
	require.Contains(t, text("overtime"), "punch 2026-10-07")
	require.NotContains(t, text("overtime"), "09:00")
}

// Every line without an answer is a failure of its own, by its name and rule, and tells no amount.
func TestFailuresNameEachLine(t *testing.T) {
	pack := payroll.Pack{Params: []hr.Parameter{{Name: "fund.rate", Unit: "percent", Steps: []hr.ParameterStep{{
		Since: hr.MustDate("2026-11-01"), Value: dec("12"), Source: hr.Source{Title: "The Act"}, Reviewed: hr.MustDate("2026-11-01"),
	}}}}}
	plan, err := payroll.Compile(payroll.Config{Currency: "INR", Packs: []payroll.Pack{pack}, Components: []payroll.Component{{Name: "x", Text: `
input basic: money
input hra: money
line pay in earnings = round(basic + hra, 1)
line fund in deductions = round(basic * fund.rate, 1)
line other in deductions = round(basic * hra / (hra - 8_000), 1)
`}}})
	require.NoError(t, err)
	w := newWorld(t, 1)
	w.Plans = []*payroll.Plan{plan}
	_, err = w.Adopt(t.Context(), w.cmd(officer), plan, hr.MustPeriod("2026-04-01.."))
	require.NoError(t, err)
	id := w.create(t)
	w.calculate(t, id)
	page, err := w.Members(t.Context(), asOfficer, id, "", 5)
	require.NoError(t, err)
	require.True(t, page[0].Failed())
	var got []string
	for _, f := range page[0].Failures {
		got = append(got, f.Path+" "+string(f.Rule))
		require.NotContains(t, f.Reason, "20000")
	}
	require.Equal(t, []string{"lines.fund hr.parameter.missing", "lines.other payroll.formula.divisor"}, got)
	_, err = w.Adopt(t.Context(), w.cmd(officer), nil, october)
	require.ErrorIs(t, err, hr.ErrRequired)
}
