package memory

import (
	"context"
	"slices"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/storage"
)

// Happenings implements [lifecycle.Record].
func (db *DB) Happenings(ctx context.Context, pins []hr.Pin) (out [][]hr.Entry[lifecycle.Happening], err error) {
	err = db.in(ctx, func(*unit) error {
		out = known(&db.lifecycle.happenings, pins)
		return nil
	})
	return out, err
}

// AppendHappenings implements [lifecycle.Record].
func (db *DB) AppendHappenings(ctx context.Context, emp hr.EmployeeID, entries ...hr.Entry[lifecycle.Happening]) error {
	return db.in(ctx, func(u *unit) error {
		for _, e := range entries {
			if err := db.lifecycle.happenings.add(u, emp, e); err != nil {
				return err
			}
		}
		return nil
	})
}

// WithIdentity implements [lifecycle.Identities].
func (db *DB) WithIdentity(ctx context.Context, id hr.Identity) (out []hr.EmployeeID, err error) {
	err = db.in(ctx, func(*unit) error {
		if id.Number.IsZero() {
			return nil
		}
		for _, emp := range db.lifecycle.identities.rows[identityKey(id)] {
			if db.lifecycle.employments.rows[emp].Person.Identity(id.Kind).Equal(id.Number) && !slices.Contains(out, emp) {
				out = append(out, emp)
			}
		}
		slices.Sort(out)
		return nil
	})
	return out, err
}

// identityKey is where the employees are listed that have, or had, a number.
func identityKey(id hr.Identity) string { return id.Kind + "\x00" + id.Number.Reveal() }

// Proposal implements [lifecycle.Proposals].
func (db *DB) Proposal(ctx context.Context, id lifecycle.ProposalID) (p lifecycle.Proposal, err error) {
	err = db.in(ctx, func(*unit) error {
		var ok bool
		if p, ok = db.lifecycle.proposals.get(id); !ok {
			return storage.ErrNotFound
		}
		return nil
	})
	return p, err
}

// ProposalsOf implements [lifecycle.Proposals].
func (db *DB) ProposalsOf(ctx context.Context, emp hr.EmployeeID) ([]lifecycle.Proposal, error) {
	return db.proposals(ctx, "", 0, func(p lifecycle.Proposal) bool { return p.Employee == emp })
}

// OpenProposals implements [lifecycle.Proposals].
func (db *DB) OpenProposals(ctx context.Context, after lifecycle.ProposalID, limit int) ([]lifecycle.Proposal, error) {
	return db.proposals(ctx, after, limit, func(p lifecycle.Proposal) bool {
		return p.State == lifecycle.ProposalPending || p.State == lifecycle.ProposalApproved
	})
}

func (db *DB) proposals(ctx context.Context, after lifecycle.ProposalID, limit int, keep func(lifecycle.Proposal) bool) (out []lifecycle.Proposal, err error) {
	err = db.in(ctx, func(*unit) error {
		out = listed(&db.lifecycle.proposals, after, limit, keep)
		return nil
	})
	return out, err
}

// PutProposal implements [lifecycle.Proposals].
func (db *DB) PutProposal(ctx context.Context, p lifecycle.Proposal) error {
	return db.in(ctx, func(u *unit) error {
		return putCase(u, &db.lifecycle.proposals, p.ID, p, func(p *lifecycle.Proposal) *storage.Version { return &p.Version })
	})
}

// Document implements [lifecycle.Documents].
func (db *DB) Document(ctx context.Context, id lifecycle.DocumentID) (d lifecycle.Document, err error) {
	err = db.in(ctx, func(*unit) error {
		var ok bool
		if d, ok = db.lifecycle.documents.get(id); !ok {
			return storage.ErrNotFound
		}
		return nil
	})
	return d, err
}

// DocumentsOf implements [lifecycle.Documents].
func (db *DB) DocumentsOf(ctx context.Context, emp hr.EmployeeID) ([]lifecycle.Document, error) {
	return db.documents(ctx, "", 0, func(d lifecycle.Document) bool { return d.Employee == emp })
}

// Expiring implements [lifecycle.Documents].
func (db *DB) Expiring(ctx context.Context, p hr.Period, after lifecycle.DocumentID, limit int) ([]lifecycle.Document, error) {
	return db.documents(ctx, after, limit, func(d lifecycle.Document) bool { return p.Contains(d.Expires) })
}

func (db *DB) documents(ctx context.Context, after lifecycle.DocumentID, limit int, keep func(lifecycle.Document) bool) (out []lifecycle.Document, err error) {
	err = db.in(ctx, func(*unit) error {
		out = listed(&db.lifecycle.documents, after, limit, keep)
		return nil
	})
	return out, err
}

// PutDocument implements [lifecycle.Documents].
func (db *DB) PutDocument(ctx context.Context, d lifecycle.Document) error {
	return db.in(ctx, func(u *unit) error {
		return putCase(u, &db.lifecycle.documents, d.ID, d, func(d *lifecycle.Document) *storage.Version { return &d.Version })
	})
}

// listed returns copies of the rows that keep accepts, by key, those behind after, at most limit of them (below 1: all).
func listed[K ~string, V any](t *table[K, V], after K, limit int, keep func(V) bool) (out []V) {
	for _, k := range t.keys(byText[K]) {
		if limit > 0 && len(out) == limit {
			break
		}
		if v := t.rows[k]; k > after && keep(v) {
			out = append(out, clone(v))
		}
	}
	return out
}
