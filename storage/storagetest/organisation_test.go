package storagetest_test

import (
	"context"
	"slices"
	"testing"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/storage/memory"
	"github.com/musterhr/hr/storage/storagetest"
)

func organisationStore(*testing.T) storagetest.OrganisationStore {
	db := memory.New()
	return storagetest.OrganisationStore{
		Core:      storagetest.Core{Tx: db, Log: db, Know: db, Journal: db, Serial: true},
		Structure: db, Delegations: db, Facts: db, Checklists: db,
	}
}

// Ports over sound ones, each with a bug.
type (
	knowsAllParts  struct{ lifecycle.Structure }
	badDelegations struct {
		lifecycle.Delegations
		owner map[string]hr.EmployeeID
	}
	sortsDelegations struct{ lifecycle.Delegations }
	holdersUnsorted  struct {
		lifecycle.Facts
		holders lifecycle.Holders
	}
	checklistsPort = lifecycle.Checklists
	badChecklists  struct {
		bug string
		checklistsPort
	}
)

func (b knowsAllParts) Parts(ctx context.Context, _ hr.Seq) ([]hr.Entry[lifecycle.Part], error) {
	return b.Structure.Parts(ctx, 0)
}

func (b badDelegations) AppendDelegations(ctx context.Context, emp hr.EmployeeID, entries ...hr.Entry[lifecycle.Delegation]) error {
	for _, e := range entries {
		if owner, had := b.owner[e.ID]; had && owner != emp {
			continue
		}
		b.owner[e.ID] = emp
		if err := b.Delegations.AppendDelegations(ctx, emp, e); err != nil {
			return err
		}
	}
	return nil
}

func (b sortsDelegations) DelegationsOf(ctx context.Context, pins []hr.Pin) ([][]hr.Entry[lifecycle.Delegation], error) {
	return b.Delegations.DelegationsOf(ctx, spoilPins(pins))
}

func (b holdersUnsorted) HoldersOf(ctx context.Context, positions ...string) ([]hr.EmployeeID, error) {
	ids, err := b.holders.HoldersOf(context.WithoutCancel(ctx), positions...)
	slices.Reverse(ids)
	return ids, err
}

func (b holdersUnsorted) ReportsOf(ctx context.Context, managers ...hr.EmployeeID) ([]hr.EmployeeID, error) {
	ids, err := b.holders.ReportsOf(ctx, managers...)
	slices.Reverse(ids)
	return ids, err
}

func (b badChecklists) PutChecklist(ctx context.Context, c lifecycle.Checklist) error {
	if b.bug == "forgets documents" && len(c.Tasks) > 0 {
		c.Tasks = slices.Clone(c.Tasks)
		c.Tasks[0].Given = nil
	}
	return b.checklistsPort.PutChecklist(ctx, c)
}

func (b badChecklists) ChecklistsOf(ctx context.Context, emp hr.EmployeeID) ([]lifecycle.Checklist, error) {
	if b.bug == "no list ends with its context" {
		ctx = context.WithoutCancel(ctx)
	}
	list, err := b.checklistsPort.ChecklistsOf(ctx, emp)
	if b.bug == "newest first" {
		slices.Reverse(list)
	}
	return list, err
}

func (b badChecklists) ChecklistsDue(ctx context.Context, through hr.Date, after lifecycle.ChecklistID, limit int) ([]lifecycle.Checklist, error) {
	if b.bug == "the day itself is not due" {
		through = through.Add(-1)
	}
	return b.checklistsPort.ChecklistsDue(ctx, through, after, limit)
}

func TestOrganisation(t *testing.T) {
	spoiled := func(bug string, spoil func(*storagetest.OrganisationStore), fails ...string) double {
		return double{bug, fails, func(t *testing.T) {
			storagetest.Organisation(t, func(t *testing.T) storagetest.OrganisationStore {
				s := organisationStore(t)
				spoil(&s)
				return s
			})
		}}
	}
	checklists := func(bug, fails string) double {
		return spoiled(bug, func(s *storagetest.OrganisationStore) { s.Checklists = badChecklists{bug, s.Checklists} }, "Checklists/"+fails)
	}
	proves(
		t, "", func(t *testing.T) { storagetest.Organisation(t, organisationStore) },
		spoiled("parts of the future", func(s *storagetest.OrganisationStore) { s.Structure = knowsAllParts{s.Structure} }, "Structure/a number limits what is known"),
		spoiled("one id for all", func(s *storagetest.OrganisationStore) {
			s.Delegations = badDelegations{s.Delegations, map[string]hr.EmployeeID{}}
		}, "Delegations/two employees may have the same ids"),
		spoiled("knows all and sorts the pins", func(s *storagetest.OrganisationStore) { s.Delegations = sortsDelegations{s.Delegations} },
			"Delegations/a pin limits what is known", "Delegations/one list a pin in pin order"),
		spoiled("holders as they come, whoever still waits", func(s *storagetest.OrganisationStore) {
			s.Facts = holdersUnsorted{s.Facts, s.Facts.(lifecycle.Holders)}
		}, "Holders/whoever held a position is found, by id, each once", "Holders/who ever worked under somebody is found, by id, each once",
			"Holders/the question of holders honours its context"),
		checklists("forgets documents", "every field comes back and the version is the next"),
		checklists("newest first", "the checklists of an employee come by id"),
		checklists("the day itself is not due", "what is due comes by id, the day included, a page at a time, as it stands now"),
		checklists("no list ends with its context", "every list of checklists honours its context"),
	)
}
