package payroll_test

import (
	"context"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/storage/memory"
)

// begun counts the employees whose terms were asked for.
type begun struct {
	*learnt
	people *atomic.Int64
}

func (b begun) TermsOf(ctx context.Context, v hr.View, pins []hr.Pin, p hr.Period) ([]hr.Timeline[hr.Terms], error) {
	out, err := b.learnt.TermsOf(ctx, v, pins, p)
	b.people.Add(int64(len(pins))) // answered
	return out, err
}

// paced tells at each page that is read how many employees were played already.
type paced struct {
	*memory.DB
	people *atomic.Int64
	at     []int64
}

func (p *paced) Results(ctx context.Context, run payroll.RunID, after hr.EmployeeID, limit int) ([]payroll.Result, error) {
	p.at = append(p.at, p.people.Load())
	return p.DB.Results(ctx, run, after, limit)
}

// One worker plays a page at a time: the next is read when the one before is done. So no more of a big company is held than a page for each worker.
func TestABackTestReadsNoMorePagesThanItHasWorkers(t *testing.T) {
	w := newLate(t, latePlan(t, "1_00_000"))
	people := []hr.EmployeeID{"E1", "E2", "E3", "E4", "E5"}
	for _, e := range people {
		w.pays(t, e, "2026-04-01..", "30000")
	}
	ids := []payroll.RunID{w.run(t, regular(9))}
	w.Chunk = 1
	var played atomic.Int64
	pages := &paced{DB: w.db, people: &played}
	w.Terms, w.Results = begun{w.facts, &played}, pages
	for _, workers := range []int{0, 1} {
		played.Store(0)
		pages.at = nil
		got, err := w.BackTest(t.Context(), asOfficer, payroll.BackTest{Plan: w.Plans[0], Runs: ids, Workers: workers})
		require.NoError(t, err)
		require.Equal(t, 5, got.Same)
		require.Equal(t, []int64{0, 1, 2, 3, 4, 5}, pages.at, "five pages and an empty one; the candidate is the plan, so terms are asked once")
	}
}

// What a host posted by itself, for a run that is in no store of runs, is no run to play; a run that is named must be there.
func TestABackTestPassesOverWhatAHostPosted(t *testing.T) {
	w := newLate(t, latePlan(t, "1_00_000"))
	w.pays(t, "E1", "2026-04-01..", "30000")
	august, september := w.run(t, regular(8)), w.run(t, regular(9))
	w.Postings = forged{DB: w.db, posting: func(e *hr.Entry[payroll.Posting]) bool {
		if e.Value.Run == august {
			e.Value.Run = "elsewhere"
		}
		return true
	}}
	got, err := w.BackTest(t.Context(), asOfficer, payroll.BackTest{Plan: w.Plans[0], Over: quarter})
	require.NoError(t, err)
	require.Len(t, got.Runs, 1)
	require.Equal(t, september, got.Runs[0].Run)
	require.Equal(t, 1, got.Same)
}
