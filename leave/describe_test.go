package leave_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
)

func TestDescribe(t *testing.T) {
	h := open(t)
	id := h.approved(t, ask("unpaid", "2026-11-02..2026-11-03"))
	texts, err := h.Describe(t.Context(), hr.View{Actor: desk}, "E1", []hr.Ref{id.Ref(), {Kind: "punch", ID: string(id)}, {Kind: "leave", ID: "none"}})
	require.NoError(t, err)
	require.Equal(t, []string{"unpaid 2026-11-02..2026-11-03, approved", "", ""}, texts)
	texts, err = h.Describe(t.Context(), hr.View{Actor: desk}, "E2", []hr.Ref{id.Ref()})
	require.NoError(t, err)
	require.Equal(t, []string{""}, texts)
}
