package storagetest_test

import (
	"context"
	"maps"
	"slices"
	"testing"

	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/storagetest"
)

// leaf is a row of a rack.
type leaf struct {
	ID      string
	Of      string
	Names   []string
	Version storage.Version
}

// rack keeps leaves in a map and lists those of "A", with one bug.
type rack struct {
	*shelf
	bug   string
	rows  map[string]leaf
	first map[string]leaf
}

func (r *rack) put(ctx context.Context, l leaf) error {
	return r.InTx(ctx, func(context.Context) error {
		l.Version++
		l.Names = slices.Clone(l.Names)
		if _, had := r.first[l.ID]; !had {
			r.first[l.ID] = l
		}
		r.rows[l.ID] = l
		return nil
	})
}

func (r *rack) list(ctx context.Context, after string, limit int) (out []leaf, err error) {
	if r.bug == "forgets the context" {
		ctx = context.WithoutCancel(ctx)
	}
	err = r.InTx(ctx, func(context.Context) error {
		ids := slices.Sorted(maps.Keys(r.rows))
		if r.bug == "the newest first" {
			slices.Reverse(ids)
		}
		if r.bug == "limits before it chooses" && limit > 0 {
			ids = ids[:min(limit, len(ids))]
		}
		for _, id := range ids {
			l := r.rows[id]
			switch {
			case r.bug == "lists what was" && r.first[id].Version < l.Version:
				l = r.first[id]
				l.Version = r.rows[id].Version
			case r.bug == "keeps who has left" && r.first[id].Of == "A":
				l.Of = "A"
			case r.bug == "one pile for all":
				if l.Of == "B" {
					l.Of = "A"
				}
			}
			if l.Of != "A" || id <= after && (r.bug != "after is the first of the page" || id < after) {
				continue
			}
			if limit > 0 && len(out) == limit || limit < 1 && r.bug == "no limit is none" {
				break
			}
			if r.bug != "shares its memory" {
				l.Names = slices.Clone(l.Names)
			}
			out = append(out, l)
		}
		return nil
	})
	if r.bug == "calls an empty list not found" && len(out) == 0 {
		return nil, storage.ErrNotFound
	}
	return out, err
}

func lists(bug string) func(t *testing.T) storagetest.List[leaf] {
	of := func(of string) func(id string, seed int) leaf {
		return func(id string, seed int) leaf {
			return storagetest.Fill[leaf](seed, func(l *leaf) { l.ID, l.Of, l.Version = id, of, 0 })
		}
	}
	return func(*testing.T) storagetest.List[leaf] {
		r := &rack{&shelf{facts: map[string]fact{}}, bug, map[string]leaf{}, map[string]leaf{}}
		return storagetest.List[leaf]{
			Core: storagetest.Core{Tx: r}, Put: r.put, List: r.list, Make: of("A"), Other: of("B"),
			Version: func(l *leaf) *storage.Version { return &l.Version },
		}
	}
}

func TestList(t *testing.T) {
	proves(t, "", func(t *testing.T) { storagetest.RunList(t, lists("")) }, listDoubles()...)
}

func listDoubles() []double {
	spoiled := func(bug string, fails ...string) double {
		return double{bug, fails, func(t *testing.T) { storagetest.RunList(t, lists(bug)) }}
	}
	return []double{
		spoiled("calls an empty list not found", "a missing list is empty and no error"),
		spoiled("the newest first", "rows come by id, a page at a time"),
		spoiled("after is the first of the page", "rows come by id, a page at a time"),
		spoiled("no limit is none", "rows come by id, a page at a time"),
		spoiled("lists what was", "a row is listed as it stands now"),
		spoiled("one pile for all", "a row that belongs elsewhere is not listed"),
		spoiled("limits before it chooses", "a row that belongs elsewhere is not listed"),
		spoiled("keeps who has left", "a row that belongs elsewhere now has left the list"),
		spoiled("shares its memory", "listed values belong to the caller"),
		spoiled("forgets the context", "the list honours its context"),
	}
}
