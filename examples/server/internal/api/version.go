package api

import (
	"context"
	"errors"
	"net/http"
	"strconv"

	"github.com/musterhr/hr/examples/server/internal/web"
	"github.com/musterhr/hr/storage"
)

// Matching is what a request may carry that changes a case: the version of it that its sender has seen.
type Matching struct {
	IfMatch string `header:"If-Match" maxLength:"40" doc:"the ETag of the case as you saw it: if somebody has changed it since, nothing is done and the answer is 412"`
}

// versioned is an answer about a case.
type versioned interface{ version() storage.Version }

// etag writes a version as HTTP has it.
func etag(v storage.Version) string { return `"` + strconv.FormatInt(int64(v), 10) + `"` }

// change does something to a case if it is still as the sender saw it. Both happen in one unit of work, so that nobody comes between. A request
// that is sent again finds the case changed by itself: then nothing changes any more, and it gets its first answer.
func change[R any](ctx context.Context, r Request, ifMatch string, now func(ctx context.Context) (storage.Version, error), do func(ctx context.Context) (R, error)) (out R, err error) {
	if ifMatch == "" || ifMatch == "*" {
		return do(ctx)
	}
	var none R
	err = r.App.Kit.Tx.InTx(ctx, func(ctx context.Context) error {
		before, err := now(ctx)
		if err != nil {
			return err
		}
		stale := etag(before) != ifMatch
		out, err = do(ctx)
		if err != nil {
			if stale && !errors.As(err, new(*storage.DeniedError)) {
				return staleCase(before)
			}
			return err
		}
		after, err := now(ctx)
		if err == nil && stale && after != before {
			err = staleCase(before)
		}
		return err
	})
	if err != nil {
		var denied *storage.DeniedError
		if errors.As(err, &denied) { // its audit was undone with the unit: asking again writes it
			err = errors.Join(storage.May(ctx, r.App.Kit, r.View(), denied.Ask.Verb, denied.Ask.Subjects...), err)
		}
		return none, err
	}
	return out, nil
}

func staleCase(now storage.Version) error {
	return web.NewProblem(http.StatusPreconditionFailed, web.RuleMatch, "Somebody else changed this since you looked. Read it again, then decide again.").With("ETag", etag(now))
}
