package simulate

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"reflect"
	"slices"

	"github.com/musterhr/hr/storage"
)

// audit verifies, when a month ends, the chains that have grown, and at the end all of them, which must still have what was verified.
func audit(ctx context.Context, w *World, s Scope) (out []string, err error) {
	if !s.Whole {
		return nil, nil
	}
	if !s.End {
		found, hold, err := w.verify(ctx, func(head storage.AuditHead) bool {
			verified, found := w.book.chains[head.Stream]
			return !found || endOf(head.Stream, verified) != head
		})
		maps.Copy(w.book.chains, hold)
		return found, err
	}
	var verified storage.Checkpoint
	for stream, links := range w.book.chains {
		verified.Heads = append(verified.Heads, endOf(stream, links))
	}
	slices.SortFunc(verified.Heads, func(a, b storage.AuditHead) int { return cmp.Compare(a.Stream, b.Stream) })
	faults, err := storage.VerifyAudit(ctx, w.Store, verified)
	return said(faults), err
}

// verify reads the chains that are chosen by their ends, each from its first entry on, and returns those that hold. One that goes on from what was verified
// does; the others are verified in full.
func (w *World) verify(ctx context.Context, chosen func(storage.AuditHead) bool) (out []string, hold map[string][]storage.AuditLink, err error) {
	all, err := storage.TakeCheckpoint(ctx, w.Store, w.now)
	if err != nil {
		return nil, nil, err
	}
	hold = map[string][]storage.AuditLink{}
	doubtful := chains{links: map[string][]storage.AuditLink{}}
	for _, head := range all.Heads {
		if !chosen(head) {
			continue
		}
		links, err := w.Store.AuditLinks(ctx, head.Stream, 0, int(head.Number)+1) // one more than there are
		if err != nil {
			return nil, nil, err
		}
		if goesOn(w.book.chains[head.Stream], links, head) {
			hold[head.Stream] = links
			continue
		}
		doubtful.heads, doubtful.links[head.Stream] = append(doubtful.heads, head), links
	}
	faults, err := storage.VerifyAudit(ctx, doubtful)
	if err != nil {
		return nil, nil, err
	}
	for _, f := range faults {
		delete(doubtful.links, f.Stream)
	}
	maps.Copy(hold, doubtful.links)
	return said(faults), hold, nil
}

// goesOn reports whether the links of a chain are the very ones that were verified, and behind them what each entry makes of the link before it, and end where
// they should. Of an entry without its salt, as of one that was erased, nobody can say so.
func goesOn(verified, links []storage.AuditLink, end storage.AuditHead) bool {
	for i, l := range links {
		var should storage.AuditLink
		switch {
		case i < len(verified):
			should = verified[i]
		case l.Salt != "":
			should = storage.Chain(endOf(end.Stream, links[:i]), l.Audit, l.Salt)
		}
		if !reflect.DeepEqual(l, should) {
			return false
		}
	}
	return endOf(end.Stream, links) == end
}

// endOf is the end of a chain.
func endOf(stream string, links []storage.AuditLink) storage.AuditHead {
	if len(links) == 0 {
		return storage.AuditHead{Stream: stream}
	}
	return links[len(links)-1].Head()
}

func said(faults []storage.AuditFault) (out []string) {
	for _, f := range faults {
		out = append(out, fmt.Sprint(f))
	}
	return out
}

// chains is an audit that was read already: the ends of its chains, by stream, and their links.
type chains struct {
	heads []storage.AuditHead
	links map[string][]storage.AuditLink
}

// AuditHeads implements [storage.AuditTrail].
func (c chains) AuditHeads(_ context.Context, after string, limit int) ([]storage.AuditHead, error) {
	from := 0
	for from < len(c.heads) && c.heads[from].Stream <= after {
		from++
	}
	return c.heads[from:min(from+limit, len(c.heads))], nil
}

// AuditLinks implements [storage.AuditTrail]. The links are numbered from 1 without a gap up to the first that does not fit.
func (c chains) AuditLinks(_ context.Context, stream string, after int64, limit int) ([]storage.AuditLink, error) {
	links := c.links[stream]
	from := min(int(after), len(links))
	return links[from:min(from+limit, len(links))], nil
}
