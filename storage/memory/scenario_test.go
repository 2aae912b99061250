package memory_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/storage/internal/scenario"
	"github.com/musterhr/hr/storage/memory"
)

// The scenario that SQL stores are killed in holds where nobody is killed, and finds what is missing.
func TestScenario(t *testing.T) {
	c := scenario.Company{Employees: 7, Months: 2, Chunk: 3}
	db := memory.New()
	require.NoError(t, c.Work(t.Context(), db, func(string) {}))
	require.NoError(t, c.Verify(t.Context(), db))
	require.NoError(t, c.Work(t.Context(), db, func(string) {}), "everything again is nothing")
	require.NoError(t, c.Verify(t.Context(), db))
	c.Months = 3
	require.ErrorContains(t, c.Verify(t.Context(), db), "has 2 postings in 3 months")
}

// Somebody is forgotten, and the payroll that paid them is as it was.
func TestForgetting(t *testing.T) {
	c := scenario.Company{Employees: 4, Months: 2, Chunk: 3}
	db := memory.New()
	require.NoError(t, c.Work(t.Context(), db, func(string) {}))
	require.NoError(t, c.Forget(t.Context(), db))
	require.NoError(t, c.Verify(t.Context(), db))
}

// A candidate is forgotten, and what is counted is as it was.
func TestForgettingACandidate(t *testing.T) {
	db := memory.New()
	story, err := scenario.TurnDown(t.Context(), db)
	require.NoError(t, err)
	require.ErrorContains(t, story.Forgotten(t.Context(), db), "0 of the 4 keys", "it would be seen")
	require.NoError(t, story.Forget(t.Context(), db))
}

// Whose answers were erased cannot be calculated again, which is no mismatch.
func TestAnErasedPayslipIsNotProvable(t *testing.T) {
	db := memory.New()
	require.NoError(t, scenario.Unprovable(t.Context(), db, payroll.Books{Runs: db, Results: db, Postings: db}))
}
