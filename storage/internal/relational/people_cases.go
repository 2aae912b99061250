package relational

import (
	"context"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/lifecycle"
)

// Happenings implements [lifecycle.Record].
func (db *DB) Happenings(ctx context.Context, pins []hr.Pin) (out [][]hr.Entry[lifecycle.Happening], err error) {
	err = db.read(ctx, func(c Conn) error { out, err = db.happenings.of(ctx, c, db, pins, hr.Period{}, false); return err })
	return out, err
}

// AppendHappenings implements [lifecycle.Record].
func (db *DB) AppendHappenings(ctx context.Context, emp hr.EmployeeID, entries ...hr.Entry[lifecycle.Happening]) error {
	return db.write(ctx, func(c writer) error {
		return db.happenings.add(ctx, c, db, func(*hr.Entry[lifecycle.Happening]) hr.EmployeeID { return emp }, entries)
	})
}

// Proposal implements [lifecycle.Proposals].
func (db *DB) Proposal(ctx context.Context, id lifecycle.ProposalID) (p lifecycle.Proposal, err error) {
	err = db.read(ctx, func(c Conn) error { p, err = db.proposals.get(ctx, c, db, string(id)); return err })
	return p, err
}

// ProposalsOf implements [lifecycle.Proposals].
func (db *DB) ProposalsOf(ctx context.Context, emp hr.EmployeeID) (out []lifecycle.Proposal, err error) {
	err = db.read(ctx, func(c Conn) error {
		out, err = db.proposals.list(ctx, c, db, `"employee" = ? ORDER BY "id"`, string(emp))
		return err
	})
	return out, err
}

// OpenProposals implements [lifecycle.Proposals].
func (db *DB) OpenProposals(ctx context.Context, after lifecycle.ProposalID, limit int) (out []lifecycle.Proposal, err error) {
	err = db.read(ctx, func(c Conn) error {
		out, err = db.proposals.list(ctx, c, db, `"id" > ? AND "state" IN (?, ?) ORDER BY "id" LIMIT ?`,
			string(after), string(lifecycle.ProposalPending), string(lifecycle.ProposalApproved), limited(limit))
		return err
	})
	return out, err
}

// PutProposal implements [lifecycle.Proposals].
func (db *DB) PutProposal(ctx context.Context, p lifecycle.Proposal) error {
	return db.write(ctx, func(c writer) error { return db.proposals.put(ctx, c, db, p) })
}

// Document implements [lifecycle.Documents].
func (db *DB) Document(ctx context.Context, id lifecycle.DocumentID) (d lifecycle.Document, err error) {
	err = db.read(ctx, func(c Conn) error { d, err = db.documents.get(ctx, c, db, string(id)); return err })
	return d, err
}

// DocumentsOf implements [lifecycle.Documents].
func (db *DB) DocumentsOf(ctx context.Context, emp hr.EmployeeID) (out []lifecycle.Document, err error) {
	err = db.read(ctx, func(c Conn) error {
		out, err = db.documents.list(ctx, c, db, `"employee" = ? ORDER BY "id"`, string(emp))
		return err
	})
	return out, err
}

// Expiring implements [lifecycle.Documents].
func (db *DB) Expiring(ctx context.Context, p hr.Period, after lifecycle.DocumentID, limit int) (out []lifecycle.Document, err error) {
	err = db.read(ctx, func(c Conn) error {
		q, args := `"id" > ? AND "expires" >= ?`, []any{string(after), db.day(p.From)}
		if !p.Through.IsZero() {
			q += ` AND "expires" <= ?`
			args = append(args, db.day(p.Through))
		}
		out, err = db.documents.list(ctx, c, db, q+` ORDER BY "id" LIMIT ?`, append(args, limited(limit))...)
		return err
	})
	return out, err
}

// PutDocument implements [lifecycle.Documents].
func (db *DB) PutDocument(ctx context.Context, d lifecycle.Document) error {
	return db.write(ctx, func(c writer) error { return db.documents.put(ctx, c, db, d) })
}
