package storagetest

import (
	"context"
	"strings"
	"testing"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// Log proves [storage.Log].
func Log(t *testing.T, open func(t *testing.T) Core) {
	run := suite(t, open, "Tx", "Log")
	row := func(seed int, id hr.CommandID) storage.CommandRow {
		return Fill[storage.CommandRow](seed, func(r *storage.CommandRow) { r.ID, r.Result = id, nil })
	}
	has := func(t *testing.T, ctx context.Context, c Core, want storage.CommandRow) {
		t.Helper()
		prev, free, err := c.Log.Claim(ctx, row(99, want.ID))
		ok(t, err)
		must(t, !free, "a claimed id was free")
		must(t, (prev.Result == nil) == (want.Result == nil), "a result must be nil until finished, and not after")
		Equal(t, want, prev)
	}
	run("a first claim is fresh and every field comes back", func(t *testing.T, ctx context.Context, c Core) {
		_, free, err := c.Log.Claim(ctx, row(1, "a"))
		ok(t, err)
		must(t, free, "the first claim of an id must be fresh")
		has(t, ctx, c, row(1, "a"))
		_, free, err = c.Log.Claim(ctx, row(2, "b"))
		ok(t, err)
		must(t, free, "another id must be free")
	})
	run("a second claim stores nothing and returns the row that is there", func(t *testing.T, ctx context.Context, c Core) {
		must(t, claim(t, ctx, c, row(1, "a")), "the first claim of an id must be fresh")
		has(t, ctx, c, row(1, "a")) // claims with other content
		has(t, ctx, c, row(1, "a"))
		must(t, !claim(t, ctx, c, row(1, "a")), "the same content again must not be fresh")
	})
	run("finish stores the result", func(t *testing.T, ctx context.Context, c Core) {
		for id, result := range map[hr.CommandID]string{"a": `"E1"`, "b": `{"id":"E1","refs":[1,2]}`, "c": `null`} {
			want := row(1, id)
			must(t, claim(t, ctx, c, want), "the first claim of an id must be fresh")
			want.Result = []byte(result)
			ok(t, c.Log.Finish(ctx, id, want.Result))
			has(t, ctx, c, want)
		}
	})
	run("finish of an id that was not claimed is not found", func(t *testing.T, ctx context.Context, c Core) {
		is(t, c.Log.Finish(ctx, "a", []byte(`1`)), storage.ErrNotFound)
		must(t, claim(t, ctx, c, row(1, "a")), "finish must not claim")
	})
	run("a claim that is rolled back is free again", func(t *testing.T, ctx context.Context, c Core) {
		is(t, c.Tx.InTx(ctx, func(ctx context.Context) error {
			must(t, claim(t, ctx, c, row(1, "a")), "the first claim of an id must be fresh")
			ok(t, c.Log.Finish(ctx, "a", []byte(`1`)))
			return errStop
		}), errStop)
		must(t, claim(t, ctx, c, row(2, "a")), "the claim survived its unit")
		has(t, ctx, c, row(2, "a"))
	})
	run("a result that is rolled back is not there", func(t *testing.T, ctx context.Context, c Core) {
		must(t, claim(t, ctx, c, row(1, "a")), "the first claim of an id must be fresh")
		is(t, c.Tx.InTx(ctx, func(ctx context.Context) error { ok(t, c.Log.Finish(ctx, "a", []byte(`1`))); return errStop }), errStop)
		has(t, ctx, c, row(1, "a"))
	})
	run("a second unit that claims the same id waits for the first", func(t *testing.T, ctx context.Context, c Core) {
		for id, end := range map[hr.CommandID]error{"committed": nil, "rolled back": errStop} {
			want := row(1, id)
			want.Result = []byte(`"first"`)
			first := func(ctx context.Context) error {
				must(t, claim(t, ctx, c, row(1, id)), "the first claim of an id must be fresh")
				return c.Log.Finish(ctx, id, want.Result)
			}
			second := func(ctx context.Context) error {
				prev, free, err := c.Log.Claim(ctx, row(2, id))
				if err == nil {
					if free != (end != nil) {
						t.Errorf("after a first unit that was %s, fresh was %t", id, free)
					} else if !free {
						if diff := Diff(want, prev); diff != "" {
							t.Errorf("the second unit did not see the first:\n%s", diff)
						}
					}
				}
				return err
			}
			behind(t, ctx, c, first, end, second)
		}
	})
	run("of sixteen units that claim one id exactly one is fresh", func(t *testing.T, ctx context.Context, c Core) {
		won := make([]bool, 16)
		writers(t, func(i int) error {
			return c.Tx.InTx(ctx, func(ctx context.Context) error {
				_, free, err := c.Log.Claim(ctx, row(i+1, "a"))
				won[i] = free
				return err
			})
		}, nil)
		winner, n := 0, 0
		for i, w := range won {
			if w {
				winner, n = i, n+1
			}
		}
		must(t, n == 1, "%d units had the id for themselves", n)
		has(t, ctx, c, row(winner+1, "a"))
	})
	run("texts come back as they went in", func(t *testing.T, ctx context.Context, c Core) {
		odd := storage.CommandRow{ID: "a/b%2Fc d", Verb: `O'Brien said "ok"; \ %s -- ?`, Actor: "Zoë Ångström 李雷", At: noon}
		must(t, claim(t, ctx, c, odd), "the first claim of an id must be fresh")
		has(t, ctx, c, odd)
		must(t, claim(t, ctx, c, row(1, "A/b%2fc d")), "ids that differ in case are different ids")
		long := row(1, "long")
		long.Verb = strings.Repeat("Ångström 李雷 ", 400)
		must(t, claim(t, ctx, c, long), "the first claim of an id must be fresh")
		has(t, ctx, c, long)
	})
	run("what a store was given it has copied", func(t *testing.T, ctx context.Context, c Core) {
		must(t, claim(t, ctx, c, row(1, "a")), "the first claim of an id must be fresh")
		result := []byte(`"done"`)
		ok(t, c.Log.Finish(ctx, "a", result))
		Spoil(result)
		want := row(1, "a")
		want.Result = []byte(`"done"`)
		has(t, ctx, c, want)
	})
	run("returned values belong to the caller", func(t *testing.T, ctx context.Context, c Core) {
		want := row(1, "a")
		must(t, claim(t, ctx, c, want), "the first claim of an id must be fresh")
		want.Result = []byte(`"done"`)
		ok(t, c.Log.Finish(ctx, "a", []byte(`"done"`)))
		prev, _, err := c.Log.Claim(ctx, row(1, "a"))
		ok(t, err)
		Spoil(prev)
		has(t, ctx, c, want)
	})
	run("every call honours its context", func(t *testing.T, ctx context.Context, c Core) {
		refuses(t, ctx, func(ctx context.Context) error { _, _, err := c.Log.Claim(ctx, row(1, "a")); return err })
		must(t, claim(t, ctx, c, row(1, "a")), "a call with a context that is done claimed the id")
		refuses(t, ctx, func(ctx context.Context) error { return c.Log.Finish(ctx, "a", []byte(`1`)) })
		has(t, ctx, c, row(1, "a"))
	})
}

func claim(t *testing.T, ctx context.Context, c Core, row storage.CommandRow) bool {
	t.Helper()
	_, free, err := c.Log.Claim(ctx, row)
	ok(t, err)
	return free
}
