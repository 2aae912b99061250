package payroll_test

import (
	"context"
	"maps"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
)

// Nine employees fill three chunks of three, and there is no fourth; where nobody says how large a chunk is, it has room for a thousand.
func TestChunksThatAreAllFull(t *testing.T) {
	for size, chunks := range map[int]int{3: 3, 0: 1, -1: 1} {
		w := adopted(t, 9)
		w.Chunk = size
		id := w.create(t)
		run, err := w.Run(t.Context(), asOfficer, id)
		require.NoError(t, err)
		require.Equal(t, map[int]int{3: 3, 0: 1000, -1: 1000}[size], run.Chunk)
		n, err := w.BeginCalculate(t.Context(), w.cmd(officer), id)
		require.NoError(t, err)
		require.Equal(t, chunks, n)
		progress, err := w.Progress(t.Context(), asOfficer, id)
		require.NoError(t, err)
		require.Equal(t, chunks, progress.Chunks)
	}
}

// The steps of a run, taken one by one in any order and some of them twice, as several processes take them, come to what one call comes to.
func TestARunByItsStepsIsTheSameRun(t *testing.T) {
	ctx := t.Context()
	whole, parts := adopted(t, 10), adopted(t, 10)
	want, id := whole.calculate(t, whole.create(t)), parts.create(t)
	progress := func() payroll.RunProgress {
		p, err := parts.Progress(ctx, asOfficer, id)
		require.NoError(t, err)
		return p
	}
	require.Equal(t, payroll.RunProgress{State: payroll.RunDraft, Members: 10, Chunks: 4}, progress(), "10 employees in chunks of 3 are 4 chunks")

	cmd := parts.cmd(officer)
	n, err := parts.BeginCalculate(ctx, cmd, id)
	require.NoError(t, err)
	require.Equal(t, 4, n)
	_, err = parts.FinishCalculate(ctx, cmd, id)
	require.Equal(t, []hr.Rule{payroll.RuleRunChunk}, rules(err), "nothing is calculated yet")
	for _, number := range []int{-1, 4} {
		require.Equal(t, []hr.Rule{payroll.RuleRunChunk}, rules(parts.CalculateChunk(ctx, cmd, id, number)))
	}
	for _, number := range []int{3, 1, 3, 0} {
		require.NoError(t, parts.CalculateChunk(ctx, cmd, id, number))
	}
	require.Equal(t, payroll.RunProgress{State: payroll.RunCalculating, Members: 10, Calculated: 7, Chunks: 4, Done: 3}, progress(), "the last chunk has one member: 1 + 3 + 3")
	_, err = parts.FinishCalculate(ctx, cmd, id)
	require.ErrorContains(t, err, "chunks[2]")
	require.NoError(t, parts.CalculateChunk(ctx, parts.cmd(officer), id, 2), "another command is as good")
	digest, err := parts.FinishCalculate(ctx, cmd, id)
	require.NoError(t, err)
	require.Equal(t, want, digest)
	require.ErrorIs(t, parts.CalculateChunk(ctx, parts.cmd(officer), id, 2), hr.ErrInvalid, "it is calculated")

	parts.approve(t, id, digest)
	pay := parts.cmd(officer)
	n, err = parts.BeginPay(ctx, pay, id)
	require.NoError(t, err)
	require.Equal(t, 4, n)
	for _, number := range []int{2, 0, 2} {
		require.NoError(t, parts.PayChunk(ctx, pay, id, number))
	}
	require.Equal(t, payroll.RunProgress{State: payroll.RunPaying, Members: 10, Calculated: 10, Posted: 6, Chunks: 4, Done: 2}, progress())
	require.Empty(t, findings(t, booksOf(parts.db)), "books fit while a run is paid, too")
	_, err = parts.FinishPay(ctx, pay, id)
	require.Equal(t, []hr.Rule{payroll.RuleRunPopulation}, rules(err))
	other := parts.cmd(officer)
	for number := range 4 {
		require.NoError(t, parts.PayChunk(ctx, other, id, number))
	}
	require.Equal(t, []hr.Rule{payroll.RuleRunChunk}, rules(parts.PayChunk(ctx, pay, id, 4)))
	state, err := parts.FinishPay(ctx, pay, id)
	require.NoError(t, err)
	require.Equal(t, payroll.RunPaid, state)
	require.Equal(t, payroll.RunProgress{State: payroll.RunPaid, Members: 10, Calculated: 10, Posted: 10, Chunks: 4, Done: 4}, progress())
	for i := range 10 {
		require.Len(t, parts.postings(t, slices.Sorted(maps.Keys(parts.staff.terms))[i]), 1)
	}
}

// Beginning again takes back what was calculated: the chunks are calculated once more, and with them who has faults is counted once more.
func TestBeginningAgainCalculatesEveryChunkAgain(t *testing.T) {
	ctx := t.Context()
	w := adopted(t, 6)
	w.change(t, "E002", hr.Since(hr.MustDate("2026-04-01"), hr.Terms{Entity: "IN1", Currency: "EUR"}))
	id := w.create(t)
	w.calculate(t, id)
	p, err := w.Progress(ctx, asOfficer, id)
	require.NoError(t, err)
	require.Equal(t, 1, p.Failed)
	w.change(t, "E002", hr.Since(hr.MustDate("2026-04-01"), terms("20000", "8000")))
	_, err = w.BeginCalculate(ctx, w.cmd(officer), id)
	require.NoError(t, err)
	p, err = w.Progress(ctx, asOfficer, id)
	require.NoError(t, err)
	require.Equal(t, payroll.RunProgress{State: payroll.RunCalculating, Members: 6, Chunks: 2}, p)
	w.approve(t, id, w.calculate(t, id))
}

// noChunks is a store that is gone when the chunks of a run are to be stored.
type noChunks struct{ payroll.Runs }

func (noChunks) PutChunks(context.Context, ...payroll.RunChunk) error { return errCrash }

// A run whose chunks could not be stored would pay nobody: it is not created.
func TestARunWithoutItsChunksIsNotCreated(t *testing.T) {
	w := adopted(t, 4)
	w.Runs = noChunks{w.db}
	_, err := w.CreateRun(t.Context(), w.cmd(officer), payroll.RunSpec{Kind: payroll.RunRegular, Period: october, PayDate: october.Through})
	require.ErrorIs(t, err, errCrash)
	runs, err := w.db.RunsAfter(t.Context(), "", 9)
	require.NoError(t, err)
	require.Empty(t, runs)
}

// Progress is asked for like everything else.
func TestProgressIsAuthorized(t *testing.T) {
	w := adopted(t, 2)
	id := w.create(t)
	w.Kit.Authorize = nil
	_, err := w.Progress(t.Context(), asOfficer, id)
	require.ErrorIs(t, err, hr.ErrDenied)
}

// Who began the calculation is who prepared it: that a colleague or a program sends the last step lets nobody approve their own run.
func TestWhoBeginsTheCalculationDoesNotApproveIt(t *testing.T) {
	ctx := t.Context()
	w := adopted(t, 2)
	id := w.create(t)
	_, err := w.BeginCalculate(ctx, w.cmd(officer), id)
	require.NoError(t, err)
	last := w.cmd(chief)
	require.NoError(t, w.CalculateChunk(ctx, last, id, 0))
	digest, err := w.FinishCalculate(ctx, last, id)
	require.NoError(t, err)
	_, err = w.Approve(ctx, w.cmd(officer), id, digest)
	require.Equal(t, []hr.Rule{hr.RuleApprovalConflict}, rules(err))
}
