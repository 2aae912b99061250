package payroll_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/memory"
)

// fitsAtTheEnd verifies the books of a world once its test is over: whatever the services did, with arrears, reversals and settlements, honest books fit.
func fitsAtTheEnd(t require.TestingT, db *memory.DB) {
	if c, ok := t.(interface{ Cleanup(func()) }); ok {
		c.Cleanup(func() { require.Empty(t, findings(t, booksOf(db))) })
	}
}

func booksOf(db *memory.DB) payroll.Books {
	return payroll.Books{Runs: db, Results: db, Postings: db, Know: db}
}

func findings(t require.TestingT, b payroll.Books) (lines []string) {
	require.NoError(t, b.Verify(context.Background(), func(f storage.Finding) { lines = append(lines, f.String()) }))
	return lines
}

// forged is a store of which somebody has changed what it answers.
type forged struct {
	*memory.DB
	run     func(*payroll.Run)
	result  func(*payroll.Result) bool // false: it is gone
	posting func(*hr.Entry[payroll.Posting]) bool
}

func (f forged) RunsAfter(ctx context.Context, after payroll.RunID, limit int) ([]payroll.Run, error) {
	runs, err := f.DB.RunsAfter(ctx, after, limit)
	for i := range runs {
		if f.run != nil {
			f.run(&runs[i])
		}
	}
	return runs, err
}

func (f forged) Results(ctx context.Context, run payroll.RunID, after hr.EmployeeID, limit int) (out []payroll.Result, err error) {
	all, err := f.DB.Results(ctx, run, after, limit)
	for _, r := range all {
		if f.result == nil || f.result(&r) {
			out = append(out, r)
		}
	}
	return out, err
}

func (f forged) PostingsOf(ctx context.Context, pins []hr.Pin) ([][]hr.Entry[payroll.Posting], error) {
	lists, err := f.DB.PostingsOf(ctx, pins)
	for i, list := range lists {
		lists[i] = nil
		for _, e := range list {
			if f.posting == nil || f.posting(&e) {
				lists[i] = append(lists[i], e)
			}
		}
	}
	return lists, err
}

func TestBooksThatWereForgedAreFound(t *testing.T) {
	w := newWorld(t, 4)
	_, err := w.Adopt(t.Context(), w.cmd(officer), w.Plans[0], hr.MustPeriod("2026-04-01.."))
	require.NoError(t, err)
	w.pay(t, "2026-10-01..2026-10-31")
	one := decimal.NewFromInt(1)
	e2 := func(change func(*payroll.Result) bool) func(*payroll.Result) bool {
		return func(r *payroll.Result) bool { return r.Employee != "E002" || change(r) }
	}
	posted := func(change func(*hr.Entry[payroll.Posting]) bool) func(*hr.Entry[payroll.Posting]) bool {
		return func(e *hr.Entry[payroll.Posting]) bool { return e.Value.Employee != "E002" || change(e) }
	}
	for name, test := range map[string]struct {
		store forged
		want  []string
	}{
		"nothing": {forged{}, nil},
		"an amount of a payslip": {forged{result: e2(func(r *payroll.Result) bool {
			r.Slip.Lines[0].Amount = r.Slip.Lines[0].Amount.Add(one)
			return true
		})}, []string{
			"payroll.payslip: run R, employee E002: is not the payslip that was posted",
			"payroll.run: run R: its results are not those of its digest, which is what was approved",
		}},
		"a payslip": {forged{result: e2(func(*payroll.Result) bool { return false })}, []string{
			"payroll.posting: run R, employee E002: is posted, and the run has no payslip for it",
			"payroll.run: run R: says that it has posted 4 payslips, and 3 are posted",
			"payroll.run: run R: says that it has 4 members, and has 3 results",
			"payroll.run: run R: its results are not those of its digest, which is what was approved",
		}},
		"an amount that is posted": {forged{posting: posted(func(e *hr.Entry[payroll.Posting]) bool {
			e.Value.Lines[0].Amount = e.Value.Lines[0].Amount.Add(one)
			return true
		})}, []string{"payroll.posting: run R, employee E002: entry R/E002 is not what the payslip says"}},
		"the period of a posting": {forged{posting: posted(func(e *hr.Entry[payroll.Posting]) bool {
			e.Period = hr.MustPeriod("2026-09-01..2026-09-30")
			return true
		})}, []string{"payroll.posting: run R, employee E002: entry R/E002 is not what the payslip says"}},
		"a posting": {forged{posting: posted(func(*hr.Entry[payroll.Posting]) bool { return false })}, []string{
			"payroll.posting: run R, employee E002: has a payslip that is not posted, and the run is paid",
			"payroll.run: run R: says that it has posted 4 payslips, and 3 are posted",
		}},
		"the number of a posting": {forged{posting: posted(func(e *hr.Entry[payroll.Posting]) bool {
			e.Seq += 5
			return true
		})}, []string{"knowledge.head: employee E002: has postings with a number above the newest"}},
		"the run of a posting": {forged{posting: posted(func(e *hr.Entry[payroll.Posting]) bool {
			e.Value.Run = "X"
			return true
		})}, []string{
			"payroll.posting: run X, employee E002, entry R/E002: is posted by a run that is not there",
			"payroll.posting: run R, employee E002: has a payslip that is not posted, and the run is paid",
			"payroll.run: run R: says that it has posted 4 payslips, and 3 are posted",
		}},
		"faults in the place of a payslip": {forged{result: e2(func(r *payroll.Result) bool {
			r.Failures = []payroll.Failure{{Rule: "x"}}
			return true
		})}, []string{
			"payroll.posting: run R, employee E002: is posted, and has faults instead of a payslip",
			"payroll.run: run R: says that 0 of its members have faults, and 1 have",
			"payroll.run: run R: its results are not those of its digest, which is what was approved",
		}},
		"a run that says it has more members": {forged{run: func(r *payroll.Run) { r.Members++ }}, []string{
			"payroll.run: run R: says that it has 5 members, and has 4",
			"payroll.run: run R: says that it has 5 members, and has 4 results",
		}},
	} {
		t.Run(name, func(t *testing.T) {
			f := test.store
			f.DB = w.db
			runs, err := w.db.RunsAfter(t.Context(), "", 0)
			require.NoError(t, err)
			var got []string
			for _, line := range findings(t, payroll.Books{Runs: f, Results: f, Postings: f, Know: f}) {
				got = append(got, strings.ReplaceAll(line, string(runs[0].ID), "R"))
			}
			require.Equal(t, test.want, got)
		})
	}
}

// More people and runs than are looked at together, and a run of few among them, change nothing.
func TestBooksAreVerifiedAPageAtATime(t *testing.T) {
	w := newWorld(t, 450)
	w.Chunk = 100
	_, err := w.Adopt(t.Context(), w.cmd(officer), w.Plans[0], hr.MustPeriod("2026-04-01.."))
	require.NoError(t, err)
	id := w.pay(t, "2026-10-01..2026-10-31")
	require.Empty(t, findings(t, booksOf(w.db)))
	f := forged{DB: w.db, posting: func(e *hr.Entry[payroll.Posting]) bool { return e.Value.Employee <= "E430" }}
	require.Len(t, findings(t, payroll.Books{Runs: f, Results: f, Postings: f}), 21, "the twenty at the end of run %s, and the run", id)
}

// counted is a store of runs that have no members, in their order.
type counted struct {
	*memory.DB
	runs []payroll.Run
}

func (c counted) RunsAfter(_ context.Context, after payroll.RunID, limit int) ([]payroll.Run, error) {
	i := slices.IndexFunc(c.runs, func(r payroll.Run) bool { return r.ID > after })
	if i < 0 {
		return nil, nil
	}
	return c.runs[i:min(len(c.runs), i+limit)], nil
}

// Each of any number of runs is looked at, also where they end with a page, or the next page has one: of 1 to 401 runs the last says that it has a member.
func TestBooksLookAtEveryRun(t *testing.T) {
	for _, n := range []int{1, 2, 199, 200, 201, 400, 401} {
		db := counted{DB: memory.New()}
		for i := range n {
			db.runs = append(db.runs, payroll.Run{ID: payroll.RunID(fmt.Sprintf("R%03d", i)), State: payroll.RunDraft})
		}
		last := &db.runs[n-1]
		last.Members = 1
		require.Equal(t, []string{"payroll.run: run " + string(last.ID) + ": says that it has 1 members, and has 0"}, findings(t, payroll.Books{Runs: db, Results: db, Postings: db}), n)
	}
}

// A run of 201 that nobody was paid by has a second page of one.
func TestBooksOfARunThatIsNotPaid(t *testing.T) {
	w := newWorld(t, 201)
	w.Chunk = 100
	_, err := w.Adopt(t.Context(), w.cmd(officer), w.Plans[0], hr.MustPeriod("2026-04-01.."))
	require.NoError(t, err)
	w.calculate(t, w.create(t))
	require.Empty(t, findings(t, booksOf(w.db)))
}

// A run is closed as it was approved: not one of which a stored payslip says something else by then, nor one whose results cannot be read.
func TestARunIsClosedAsItWasApproved(t *testing.T) {
	w := newWorld(t, 3)
	_, err := w.Adopt(t.Context(), w.cmd(officer), w.Plans[0], hr.MustPeriod("2026-04-01.."))
	require.NoError(t, err)
	id := w.pay(t, "2026-10-01..2026-10-31")
	closed := func(results payroll.Results) error {
		w.Results = results
		_, err := w.Close(t.Context(), w.cmd(officer), id)
		return err
	}
	one := decimal.NewFromInt(1)
	forgedResults := forged{DB: w.db, result: func(r *payroll.Result) bool {
		r.Slip.Lines[0].Amount = r.Slip.Lines[0].Amount.Add(one)
		return true
	}}
	require.Equal(t, []hr.Rule{payroll.RuleRunDigest}, rules(closed(forgedResults)))
	require.ErrorIs(t, closed(unreadable{w.db}), errCrash)
	require.Equal(t, payroll.RunPaid, w.state(t, id))
	require.NoError(t, closed(w.db))
	require.Equal(t, payroll.RunClosed, w.state(t, id))
}

// A store that loses a result is found before anybody can approve, and one that cannot be read is told as it is.
func TestARunOfLostResultsIsNotCalculated(t *testing.T) {
	w := newWorld(t, 3)
	_, err := w.Adopt(t.Context(), w.cmd(officer), w.Plans[0], hr.MustPeriod("2026-04-01.."))
	require.NoError(t, err)
	id := w.create(t)
	calculated := func(results payroll.Results) error {
		w.Results = results
		_, err := w.Calculate(t.Context(), w.cmd(officer), id)
		return err
	}
	lost := struct{ resultsPort }{forged{DB: w.db, result: func(r *payroll.Result) bool { return r.Employee != "E002" }}}
	require.Equal(t, []hr.Rule{payroll.RuleRunPopulation}, rules(calculated(lost)))
	require.ErrorIs(t, calculated(struct{ resultsPort }{unreadable{w.db}}), errCrash)
	require.NoError(t, calculated(w.db))
}

// unreadable keeps results, and does not give them back.
type unreadable struct{ *memory.DB }

func (unreadable) Results(context.Context, payroll.RunID, hr.EmployeeID, int) ([]payroll.Result, error) {
	return nil, errCrash
}
