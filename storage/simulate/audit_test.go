package simulate_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/memory"
	"github.com/musterhr/hr/storage/simulate"
)

// A chain that goes on from what was verified is not verified again. Whatever else becomes of it is found at the end of the month, however old the link.
func TestAnOldLinkIsStillLookedAt(t *testing.T) {
	script, err := simulate.Read(strings.NewReader(`history 1 company=plain seed=1 employees=3 from=2025-01-01
1 2025-01-01 hr import 3
2 2025-01-01 payroll adopt 0 2024-01-01
3 2025-01-15 hr raise E00001 2025-01-15 3500
4 2025-01-31 hr accrue 2025-01-31
5 2025-02-10 hr raise E00001 2025-02-10 4000
6 2025-02-11 hr raise E00001 2025-02-11 4500
7 2025-02-28 hr accrue 2025-02-28
8 2025-03-31 hr accrue 2025-03-31
`))
	require.NoError(t, err)
	company, err := simulate.Plain()
	require.NoError(t, err)
	type links = []storage.AuditLink
	old := func(edit func(l *storage.AuditLink)) func(links) links {
		return func(all links) links { edit(&all[0]); return all }
	}
	fresh := func(edit func(l *storage.AuditLink)) func(links) links {
		return func(all links) links { edit(&all[len(all)-1]); return all }
	}
	const head = true
	cases := []struct {
		name   string
		chain  func(links) links
		head   bool // the head is that of the chain that is shown
		stands bool
	}{
		{"as it is", func(all links) links { return all }, false, true},
		{"an old one is erased", old(func(l *storage.AuditLink) { *l = l.Erased() }), false, true},
		{"a new one is erased", fresh(func(l *storage.AuditLink) { *l = l.Erased() }), false, true},
		{"an old one has another actor", old(func(l *storage.AuditLink) { l.Actor = "somebody else" }), false, false},
		{"a new one has another actor", fresh(func(l *storage.AuditLink) { l.Actor = "somebody else" }), false, false},
		{"an old one has another reason", old(func(l *storage.AuditLink) { l.Reason = "another" }), false, false},
		{"a new one has another reason", fresh(func(l *storage.AuditLink) { l.Reason = "another" }), false, false},
		{"an old one has another subject", old(func(l *storage.AuditLink) { l.Subjects = nil }), false, false},
		{"an old one has another hash", old(func(l *storage.AuditLink) { l.Hash += "0" }), false, false},
		{"a new one has another hash", fresh(func(l *storage.AuditLink) { l.Hash += "0" }), head, false},
		{"an old one has no salt and its reason", old(func(l *storage.AuditLink) { l.Salt = "" }), false, false},
		{"a new one was written without a salt", func(all links) links {
			n := len(all) - 1
			return append(all[:n], storage.Chain(all[n-1].Head(), all[n].Audit, ""))
		}, head, false},
		{"the first is gone", func(all links) links { return all[1:] }, false, false},
		{"the last is gone", func(all links) links { return all[:len(all)-1] }, false, false},
		{"all are gone", func(links) links { return nil }, false, false},
		{"the first is there twice", func(all links) links { return append(all[:1:1], all...) }, false, false},
		{"two have changed places", func(all links) links { all[0], all[1] = all[1], all[0]; return all }, false, false},
		{"there is one behind the head", func(all links) links {
			return append(all, storage.Chain(all[len(all)-1].Head(), all[0].Audit, "salt"))
		}, false, false},
	}
	for _, c := range cases {
		out, err := simulate.Play(t.Context(), company, script, grownAndEdited{memory.New(), c.chain, c.head}, simulate.Options{})
		require.NoError(t, err)
		at := slices.IndexFunc(out.Violations, func(v simulate.Violation) bool { return v.Invariant == "audit" })
		if c.stands {
			require.Negative(t, at, "%s: %v", c.name, out.Violations)
			continue
		}
		require.GreaterOrEqual(t, at, 0, "%s: is not seen", c.name)
		require.Equal(t, 7, out.Violations[at].Step.N, "%s: is seen too late", c.name)
	}
}

// grownAndEdited shows another chain of the first employee once their third raise is in it, after it was verified with the first.
type grownAndEdited struct {
	simulate.Store
	chain func([]storage.AuditLink) []storage.AuditLink
	head  bool
}

const firstChain = "employee/E00001"

func (s grownAndEdited) AuditLinks(ctx context.Context, stream string, after int64, limit int) ([]storage.AuditLink, error) {
	links, err := s.Store.AuditLinks(ctx, stream, 0, 100)
	if stream == firstChain && len(links) > 2 {
		links = s.chain(links)
	}
	links = links[min(int(after), len(links)):]
	return links[:min(limit, len(links))], err
}

func (s grownAndEdited) AuditHeads(ctx context.Context, after string, limit int) ([]storage.AuditHead, error) {
	heads, err := s.Store.AuditHeads(ctx, after, limit)
	for i, h := range heads {
		if s.head && h.Stream == firstChain {
			links, err := s.AuditLinks(ctx, firstChain, 0, 100)
			if err != nil {
				return nil, err
			}
			heads[i] = links[len(links)-1].Head()
		}
	}
	return heads, err
}

// What is verified when somebody is erased is verified again when the month ends: it may have been edited in between.
func TestALinkThatIsEditedAfterAnErasureIsFound(t *testing.T) {
	script, err := simulate.Read(strings.NewReader(`history 1 company=plain seed=1 employees=3 from=2025-01-01
1 2025-01-01 hr import 3
2 2025-01-01 payroll adopt 0 2024-01-01
3 2025-01-10 hr exit E00002 2025-01-09
4 2025-05-01 hr raise E00001 2025-05-01 3500
5 2025-05-02 hr erase E00002
6 2025-05-31 hr accrue 2025-05-31
7 2025-06-30 hr accrue 2025-06-30
`))
	require.NoError(t, err)
	company, err := simulate.Plain()
	require.NoError(t, err)
	store := &editedAfterErasure{Store: memory.New()}
	out, err := simulate.Play(t.Context(), company, script, store, simulate.Options{})
	require.NoError(t, err)
	require.Greater(t, store.read, 1, "nobody was erased")
	require.NotEmpty(t, out.Violations)
	require.Equal(t, "audit", out.Violations[0].Invariant)
	require.Equal(t, 6, out.Violations[0].Step.N)
}

// editedAfterErasure shows another actor in the chain of the first employee, from the second reading after an erasure on.
type editedAfterErasure struct {
	simulate.Store
	erased bool
	read   int // how often since
}

func (s *editedAfterErasure) DestroyKeys(ctx context.Context, subject string, on hr.Date, classes ...hr.FieldClass) error {
	s.erased = true
	return s.Store.DestroyKeys(ctx, subject, on, classes...)
}

func (s *editedAfterErasure) AuditLinks(ctx context.Context, stream string, after int64, limit int) ([]storage.AuditLink, error) {
	links, err := s.Store.AuditLinks(ctx, stream, after, limit)
	if stream == firstChain && s.erased && len(links) > 0 {
		if s.read++; s.read > 1 {
			links[0].Actor = "somebody else"
		}
	}
	return links, err
}
