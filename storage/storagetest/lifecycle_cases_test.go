package storagetest_test

import (
	"context"
	"slices"
	"testing"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/memory"
	"github.com/musterhr/hr/storage/storagetest"
)

func lifecycleCases(*testing.T) storagetest.LifecycleStore {
	db := memory.New()
	return storagetest.LifecycleStore{
		Core:        storagetest.Core{Tx: db, Log: db, Know: db, Journal: db, Serial: true},
		Employments: db, Facts: db, Record: db, Proposals: db, Documents: db,
	}
}

// badRecord is the port over a sound one with a bug.
type badRecord struct {
	bug string
	lifecycle.Record
	owner map[string]hr.EmployeeID
}

func (b badRecord) AppendHappenings(ctx context.Context, emp hr.EmployeeID, entries ...hr.Entry[lifecycle.Happening]) error {
	for _, e := range entries {
		if owner, taken := b.owner[e.ID]; taken && owner != emp && b.bug == "one id for all" {
			return storage.ErrConflict
		}
		b.owner[e.ID] = emp
	}
	return b.Record.AppendHappenings(ctx, emp, entries...)
}

func (b badRecord) Happenings(ctx context.Context, pins []hr.Pin) ([][]hr.Entry[lifecycle.Happening], error) {
	if b.bug == "knows all and sorts the pins" {
		pins = spoilPins(pins)
	}
	return b.Record.Happenings(ctx, pins)
}

// badIdentities is a store of employments with a bug in what it offers beside.
type badIdentities struct {
	bug string
	employments
	of  lifecycle.Identities
	had map[hr.Secret][]hr.EmployeeID
}

func (b badIdentities) PutEmployment(ctx context.Context, e lifecycle.Employment) error {
	for _, id := range e.Person.Identities {
		b.had[id.Number] = append(b.had[id.Number], e.ID)
	}
	return b.employments.PutEmployment(ctx, e)
}

func (b badIdentities) WithIdentity(ctx context.Context, id hr.Identity) ([]hr.EmployeeID, error) {
	switch b.bug {
	case "remembers and forgets the kind":
		return slices.Clone(b.had[id.Number]), ctx.Err()
	case "no list ends with its context":
		ctx = context.WithoutCancel(ctx)
	}
	return b.of.WithIdentity(ctx, id)
}

// proposals and documents are the ports under names that their methods leave free.
type (
	proposals = lifecycle.Proposals
	documents = lifecycle.Documents
)

type badProposals struct {
	bug string
	proposals
}

func (b badProposals) ProposalsOf(ctx context.Context, emp hr.EmployeeID) ([]lifecycle.Proposal, error) {
	switch b.bug {
	case "only what is open":
		open, err := b.proposals.OpenProposals(ctx, "", 0)
		return slices.DeleteFunc(open, func(p lifecycle.Proposal) bool { return p.Employee != emp }), err
	case "no list ends with its context":
		ctx = context.WithoutCancel(ctx)
	}
	return b.proposals.ProposalsOf(ctx, emp)
}

func (b badProposals) OpenProposals(ctx context.Context, after lifecycle.ProposalID, limit int) ([]lifecycle.Proposal, error) {
	if b.bug == "no limit is none" && limit < 1 {
		return nil, nil
	}
	return b.proposals.OpenProposals(ctx, after, limit)
}

type badDocuments struct {
	bug string
	documents
}

func (b badDocuments) DocumentsOf(ctx context.Context, emp hr.EmployeeID) ([]lifecycle.Document, error) {
	list, err := b.documents.DocumentsOf(ctx, emp)
	if b.bug == "newest first" {
		slices.Reverse(list)
	}
	return list, err
}

func (b badDocuments) Expiring(ctx context.Context, p hr.Period, after lifecycle.DocumentID, limit int) ([]lifecycle.Document, error) {
	switch b.bug {
	case "the last day is left out":
		p.Through = p.Through.Add(-1)
	case "no list ends with its context":
		ctx = context.WithoutCancel(ctx)
	}
	return b.documents.Expiring(ctx, p, after, limit)
}

// The ports that a lifecycle service can do without.
func TestLifecycleCases(t *testing.T) {
	suites := func(t *testing.T, open func(*testing.T) storagetest.LifecycleStore) {
		t.Run("Record", func(t *testing.T) { storagetest.Record(t, open) })
		t.Run("Identities", func(t *testing.T) { storagetest.Identities(t, open) })
		t.Run("Proposals", func(t *testing.T) { storagetest.Proposals(t, open) })
		t.Run("Documents", func(t *testing.T) { storagetest.Documents(t, open) })
	}
	spoiled := func(bug string, fails ...string) double {
		return double{bug, fails, func(t *testing.T) {
			suites(t, func(t *testing.T) storagetest.LifecycleStore {
				s := lifecycleCases(t)
				s.Record = badRecord{bug, s.Record, map[string]hr.EmployeeID{}}
				s.Employments = badIdentities{bug, s.Employments, s.Employments.(lifecycle.Identities), map[hr.Secret][]hr.EmployeeID{}}
				s.Proposals, s.Documents = badProposals{bug, s.Proposals}, badDocuments{bug, s.Documents}
				return s
			})
		}}
	}
	proves(
		t, "", func(t *testing.T) { suites(t, lifecycleCases) },
		spoiled("knows all and sorts the pins", "Record/a pin limits what is known", "Record/one list a pin in pin order"),
		spoiled("one id for all", "Record/two employees may have the same ids"),
		spoiled("remembers and forgets the kind", "Identities/a number is found by kind and number, by id", "Identities/a number that was taken away is nobody's",
			"Identities/a number that stands twice in a row is found once", "Identities/an identity is seen in its unit and undone with it"),
		spoiled("no list ends with its context", "Identities/the question honours its context", "Proposals/every list of proposals honours its context",
			"Documents/every list of documents honours its context"),
		spoiled("only what is open", "Proposals/those about an employee come by id, in any state"),
		spoiled("no limit is none", "Proposals/open ones come by id, a page at a time"),
		spoiled("newest first", "Documents/those of an employee come by id"),
		spoiled("the last day is left out", "Documents/those that expire in a period are listed, both its days included, a page at a time"),
	)
}
