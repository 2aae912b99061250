package recruitment_test

import (
	"fmt"
	"log/slog"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/recruitment"
)

// Under a legal hold nothing is due and nothing is erased, also when the record is merged into another; each hold is released by itself, once.
func TestALegalHoldKeepsACandidate(t *testing.T) {
	h := newHouse(hr.AllowAll)
	who, twin := h.person(t, "C1", hr.Person{Name: "Bo"}), h.person(t, "C2", hr.Person{Name: "Bo"})
	place := func(c recruitment.CandidateID) recruitment.HoldID {
		t.Helper()
		cmd := h.cmd()
		id, err := h.PlaceHold(h.ctx, cmd, c, "claim of a discrimination")
		require.NoError(t, err)
		again, err := h.PlaceHold(h.ctx, cmd, c, "claim of a discrimination")
		require.NoError(t, err)
		require.Equal(t, id, again)
		return id
	}
	one, two := place(who), place(twin)
	require.Equal(t, recruitment.Erasure{Candidate: who, Because: []string{fmt.Sprintf("legal hold %s since 2026-10-01", one)}}, h.erasure(t, who))
	require.NoError(t, h.MergeCandidates(h.ctx, h.cmd(), twin, who))
	require.Len(t, h.erasure(t, who).Because, 2)

	before := h.state(t)
	require.Equal(t, []string{"candidate recruitment.erasure.held"}, faults(h.Erase(h.ctx, h.cmd(), who)))
	_, err := h.PlaceHold(h.ctx, h.cmd(), who, "")
	require.Equal(t, []string{"matter recruitment.hold"}, faults(err))
	_, err = h.PlaceHold(h.ctx, h.cmd(), twin, "claim")
	require.Equal(t, []string{"candidate recruitment.candidate.closed"}, faults(err))
	_, err = h.PlaceHold(h.ctx, h.cmd(), "nobody", "claim")
	require.Equal(t, []string{"candidate recruitment.candidate.unknown"}, faults(err))
	require.Equal(t, []string{"hold recruitment.hold"}, faults(h.ReleaseHold(h.ctx, h.cmd(), who, "none")))
	require.Equal(t, before, h.state(t))

	require.NoError(t, h.ReleaseHold(h.ctx, h.cmd(), who, one))
	require.Equal(t, []string{"hold recruitment.hold"}, faults(h.ReleaseHold(h.ctx, h.cmd(), who, one)))
	require.Equal(t, []string{"candidate recruitment.erasure.held"}, faults(h.Erase(h.ctx, h.cmd(), who)))
	require.NoError(t, h.ReleaseHold(h.ctx, h.cmd(), who, two))
	require.NoError(t, h.Erase(h.ctx, h.cmd(), who))
	row, err := h.Candidate(h.ctx, view, who)
	require.NoError(t, err)
	require.Empty(t, row.Holds)

	shown := recruitment.LegalHold{ID: "h1", Matter: "secret"}
	require.Equal(t, "[legal hold h1]", fmt.Sprint(shown))
	require.Equal(t, "[legal hold h1]", slog.AnyValue(shown).Resolve().String())
}
