package hr_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
)

// A person reads of a fact what was stored in it, as its fields are called, and of the entry around it when it holds and why: all apart.
func TestExtractOfAFact(t *testing.T) {
	sections := hr.EntriesOf(hr.Extractor{Verdict: sees(hr.ClassPublic)}, "Places", "host.Places", hr.Entry[Placed]{
		ID: "p1", Seq: 3, Period: hr.MustPeriod("2026-10-01.."), Value: Placed{"Pune", hr.MustMoney("7", "INR")}, Cause: hr.Ref{Kind: "case", ID: "c1", Seq: 2},
	})
	require.Len(t, sections, 1)
	require.Equal(t, "p1", sections[0].Records[0].ID)
	items := map[string]string{}
	for _, i := range sections[0].Records[0].Items {
		items[i.Path] = i.Value.Reveal() + i.Withheld
	}
	require.Equal(t, map[string]string{
		"fact.id": "p1", "fact.period": "2026-10-01..", "fact.cause": hr.Ref{Kind: "case", ID: "c1", Seq: 2}.String(),
		"place": "Pune", "pay": hr.WithheldClass,
	}, items)
}
