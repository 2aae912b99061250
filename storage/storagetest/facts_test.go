package storagetest_test

import (
	"context"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/storagetest"
)

type fact struct {
	ID    string
	Seq   int
	Note  string
	Names []string
}

type page struct {
	Version storage.Version
	Note    string
	Names   []string
}

// shelf is a small store of one list of facts and one case, right in every way until a bug is set.
type shelf struct {
	bug   string
	mu    sync.Mutex
	facts map[string]fact
	page  *page
}

type shelfKey struct{}

func (s *shelf) InTx(ctx context.Context, fn func(context.Context) error) (err error) {
	if ctx.Value(shelfKey{}) != nil {
		return fn(ctx)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	facts, kept, done := maps.Clone(s.facts), s.page, false
	defer func() {
		if !done && s.bug != "is not undone" {
			s.facts, s.page = facts, kept
		}
	}()
	if err := fn(context.WithValue(ctx, shelfKey{}, true)); err != nil {
		return err
	}
	done = ctx.Err() == nil
	return ctx.Err()
}

func (s *shelf) clone(names []string) []string {
	if s.bug == "shares its memory" {
		return names
	}
	return slices.Clone(names)
}

func (s *shelf) append(ctx context.Context, facts ...fact) error {
	if s.bug == "forgets the context" {
		ctx = context.WithoutCancel(ctx)
	}
	write := func(ctx context.Context) error {
		for _, f := range facts {
			if have, ok := s.facts[f.ID]; ok && s.bug != "overwrites" {
				if same := storagetest.Diff(have, f) == ""; !same && s.bug != "skips without comparing" {
					return storage.ErrConflict
				} else if same && s.bug == "refuses what is there" {
					return storage.ErrConflict
				}
				continue
			}
			f.Names = s.clone(f.Names)
			if s.bug == "forgets a column" {
				f.Note = ""
			}
			s.facts[f.ID] = f
		}
		return nil
	}
	if s.bug == "writes half" && ctx.Value(shelfKey{}) == nil {
		s.mu.Lock()
		defer s.mu.Unlock()
		return write(ctx)
	}
	return s.InTx(ctx, write)
}

func (s *shelf) list(ctx context.Context) (out []fact, err error) {
	err = s.InTx(ctx, func(context.Context) error {
		for _, f := range s.facts {
			f.Names = s.clone(f.Names)
			out = append(out, f)
		}
		slices.SortFunc(out, func(a, b fact) int {
			if s.bug == "sorts by id" {
				return strings.Compare(a.ID, b.ID)
			}
			return a.Seq - b.Seq
		})
		return nil
	})
	if s.bug == "calls an empty list not found" && len(out) == 0 {
		return nil, storage.ErrNotFound
	}
	return out, err
}

func (s *shelf) put(ctx context.Context, p page) error {
	if s.bug == "forgets the context" {
		ctx = context.WithoutCancel(ctx)
	}
	return s.InTx(ctx, func(context.Context) error {
		var have storage.Version
		if s.page != nil {
			have = s.page.Version
		}
		if p.Version != have && s.bug != "does not compare versions" || p.Version > 0 && s.bug == "updates nothing" {
			return storage.ErrConflict
		}
		if s.bug != "keeps the version" {
			p.Version++
		}
		p.Names = s.clone(p.Names)
		s.page = &p
		return nil
	})
}

func (s *shelf) get(ctx context.Context) (out page, err error) {
	err = s.InTx(ctx, func(context.Context) error {
		if s.page == nil {
			if s.bug == "answers a zero case" {
				return nil
			}
			return storage.ErrNotFound
		}
		out = *s.page
		out.Names = s.clone(out.Names)
		return nil
	})
	return out, err
}

func facts(bug string) func(t *testing.T) storagetest.Facts[fact] {
	return func(*testing.T) storagetest.Facts[fact] {
		s := &shelf{bug: bug, facts: map[string]fact{}}
		return storagetest.Facts[fact]{
			Core: storagetest.Core{Tx: s}, Append: s.append, List: s.list,
			Make: func(n int) fact {
				return storagetest.Fill[fact](n, func(f *fact) { f.Seq, f.ID = n, "id-"+string(rune('z'-n)) })
			},
			Other: func(f fact) fact { f.Names = []string{"other"}; return f },
		}
	}
}

func cases(bug string) func(t *testing.T) storagetest.Cases[page] {
	return func(*testing.T) storagetest.Cases[page] {
		s := &shelf{bug: bug}
		return storagetest.Cases[page]{
			Core: storagetest.Core{Tx: s}, Put: s.put, Get: s.get,
			Make:    func(seed int) page { return storagetest.Fill[page](seed) },
			Version: func(p *page) *storage.Version { return &p.Version },
		}
	}
}

func TestFacts(t *testing.T) {
	proves(t, "", func(t *testing.T) { storagetest.RunFacts(t, facts("")) }, factsDoubles()...)
}

func TestCases(t *testing.T) {
	proves(t, "", func(t *testing.T) { storagetest.RunCases(t, cases("")) }, casesDoubles()...)
}

func factsDoubles() []double {
	spoiled := func(bug string, fails ...string) double {
		return double{bug, fails, func(t *testing.T) { storagetest.RunFacts(t, facts(bug)) }}
	}
	return []double{
		spoiled("calls an empty list not found", "a missing list is empty and no error"),
		spoiled("forgets a column", "every field of a fact comes back"),
		spoiled("sorts by id", "a list comes in its order whatever the order of writing"),
		spoiled("refuses what is there", "the same id with the same content is skipped"),
		spoiled("skips without comparing", "the same id with other content is a conflict and writes nothing"),
		spoiled("overwrites", "the same id with other content is a conflict and writes nothing"),
		spoiled("writes half", "the same id with other content is a conflict and writes nothing"),
		spoiled("is not undone", "a fact is seen in its unit and undone with it"),
		spoiled("shares its memory", "what a store was given it has copied", "returned values belong to the caller"),
		spoiled("forgets the context", "every call honours its context"),
	}
}

func casesDoubles() []double {
	spoiled := func(bug string, fails ...string) double {
		return double{bug, fails, func(t *testing.T) { storagetest.RunCases(t, cases(bug)) }}
	}
	return []double{
		spoiled("answers a zero case", "a missing record is not found and the unit goes on"),
		spoiled("keeps the version", "every field comes back and the version is the next"),
		spoiled("updates nothing", "every field comes back and the version is the next"),
		spoiled("does not compare versions", "a stale version is a conflict and nothing is written", "of sixteen writers with one version exactly one wins"),
		spoiled("is not undone", "a case is seen in its unit and undone with it"),
		spoiled("shares its memory", "what a store was given it has copied", "returned values belong to the caller"),
		spoiled("forgets the context", "every call honours its context"),
	}
}
