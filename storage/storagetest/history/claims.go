package history

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/storagetest"
)

// claim claims an id for a content, and finishes it. One that is undone is rolled back.
type claim struct {
	ID      hr.CommandID
	Content string
	Undone  bool
}

// claimed is whether the id was free, and the content and the result of who had it.
type claimed struct {
	Fresh           bool
	Content, Result string
}

var errUndone = errors.New("history: this unit is rolled back")

// claims are commands that several send at once: exactly one of those that are not undone runs, and all others are told what it came to.
var claims = kind{
	name:    "a command is claimed once, and all others get its result",
	missing: func(storagetest.Ports) string { return "" },
	run: func(t testing.TB, p storagetest.Ports, seed uint64, writers int) int {
		t.Helper()
		m := model[string, claim, claimed]{
			key: func(in claim) string { return string(in.ID) },
			step: func(holder string, in claim, out claimed) (string, bool) {
				switch {
				case !out.Fresh:
					return holder, holder != "" && out.Content == holder && out.Result == `"`+holder+`"`
				case in.Undone:
					return holder, holder == ""
				}
				return in.Content, holder == ""
			},
		}
		return history(t, m, seed, writers, func(number int) writer[claim, claimed] {
			n := 0
			return func(r *rand.Rand) (claim, func(ctx context.Context) (claimed, error)) {
				n++
				in := claim{ID: hr.CommandID(fmt.Sprint("command", r.IntN(each))), Content: fmt.Sprintf("%d/%d", number, n), Undone: r.IntN(3) == 0}
				return in, func(ctx context.Context) (out claimed, err error) {
					err = p.Tx.InTx(ctx, func(ctx context.Context) error {
						out = claimed{}
						prev, fresh, err := p.Log.Claim(ctx, storage.CommandRow{ID: in.ID, Verb: "test.Claim", Content: in.Content})
						if err != nil {
							return err
						}
						if out.Fresh = fresh; !fresh {
							out.Content, out.Result = prev.Content, string(prev.Result)
							return nil
						}
						if err := p.Log.Finish(ctx, in.ID, []byte(`"`+in.Content+`"`)); err != nil || !in.Undone {
							return err
						}
						return errUndone
					})
					if errors.Is(err, errUndone) {
						err = nil
					}
					return out, err
				}
			}
		})
	},
}
