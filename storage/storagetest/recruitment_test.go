package storagetest_test

import (
	"context"
	"slices"
	"sync"
	"testing"

	"github.com/musterhr/hr/recruitment"
	"github.com/musterhr/hr/storage/memory"
	"github.com/musterhr/hr/storage/storagetest"
)

func recruitmentStore(*testing.T) storagetest.RecruitmentStore {
	db := memory.New()
	return storagetest.RecruitmentStore{
		Core:     storagetest.Core{Tx: db, Log: db, Know: db, Journal: db, Serial: true},
		Openings: db, Applications: db,
	}
}

// badOpenings is the port over a sound one with a bug.
type badOpenings struct {
	bug string
	recruitment.Openings
	mu    *sync.Mutex
	first map[recruitment.OpeningID]recruitment.Opening // as first stored
}

func (b badOpenings) PutOpening(ctx context.Context, o recruitment.Opening) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if _, had := b.first[o.ID]; !had {
		b.first[o.ID] = o
	}
	switch b.bug {
	case "forgets the terms of a seat":
		o.Terms.Pay = nil
	case "gives a seat to everybody":
		if now, err := b.Openings.Opening(ctx, o.ID); err == nil {
			o.Version = now.Version
		}
	}
	return b.Openings.PutOpening(ctx, o)
}

func (b badOpenings) Opening(ctx context.Context, id recruitment.OpeningID) (recruitment.Opening, error) {
	o, err := b.Openings.Opening(ctx, id)
	if b.bug == "gives a seat to everybody" && err == nil {
		b.mu.Lock()
		defer b.mu.Unlock()
		o.Filled = b.first[id].Filled // what each had read before the first wrote
	}
	return o, err
}

func (b badOpenings) OpeningsAfter(ctx context.Context, after recruitment.OpeningID, limit int) ([]recruitment.Opening, error) {
	switch b.bug {
	case "no limit is none":
		if limit < 1 {
			return nil, nil
		}
	case "after is the first of the page":
		all, err := b.Openings.OpeningsAfter(ctx, "", 0)
		all = slices.DeleteFunc(all, func(o recruitment.Opening) bool { return o.ID < after })
		if limit > 0 && len(all) > limit {
			all = all[:limit]
		}
		return all, err
	case "lists what was":
		all, err := b.Openings.OpeningsAfter(ctx, after, limit)
		for i, o := range all {
			all[i] = b.first[o.ID]
			all[i].Version = 1
		}
		return all, err
	case "the list outlives its context":
		ctx = context.WithoutCancel(ctx)
	}
	return b.Openings.OpeningsAfter(ctx, after, limit)
}

// badApplications is the port over a sound one with a bug.
type badApplications struct {
	bug string
	recruitment.Applications
}

func (b badApplications) PutApplication(ctx context.Context, a recruitment.Application) error {
	if b.bug == "forgets whom it made" {
		a.HiredAs = ""
	}
	return b.Applications.PutApplication(ctx, a)
}

func (b badApplications) ApplicationsFor(ctx context.Context, opening recruitment.OpeningID, after recruitment.ApplicationID, limit int) ([]recruitment.Application, error) {
	switch b.bug {
	case "the newest first":
		list, err := b.Applications.ApplicationsFor(ctx, opening, after, limit)
		slices.Reverse(list)
		return list, err
	case "one pile for all openings":
		for _, o := range []recruitment.OpeningID{opening, "R1", "R2"} {
			if list, err := b.Applications.ApplicationsFor(ctx, o, after, limit); len(list) > 0 || err != nil {
				return list, err
			}
		}
	case "lists the stage before":
		list, err := b.Applications.ApplicationsFor(ctx, opening, after, limit)
		for i := range list {
			if list[i].Version > 1 {
				list[i].State = recruitment.Applied
			}
		}
		return list, err
	case "the pile outlives its context":
		ctx = context.WithoutCancel(ctx)
	}
	return b.Applications.ApplicationsFor(ctx, opening, after, limit)
}

func TestRecruitment(t *testing.T) {
	spoiled := func(bug string, fails ...string) double {
		return double{bug, fails, func(t *testing.T) {
			storagetest.Recruitment(t, func(t *testing.T) storagetest.RecruitmentStore {
				s := recruitmentStore(t)
				s.Openings = badOpenings{bug, s.Openings, &sync.Mutex{}, map[recruitment.OpeningID]recruitment.Opening{}}
				s.Applications = badApplications{bug, s.Applications}
				return s
			})
		}}
	}
	proves(
		t, "", func(t *testing.T) { storagetest.Recruitment(t, recruitmentStore) },
		spoiled("forgets the terms of a seat", "Openings/every field comes back and the version is the next"),
		spoiled("gives a seat to everybody", "Openings/of sixteen units that read one seat free exactly one takes it", "Openings/of sixteen writers with one version exactly one wins"),
		spoiled("no limit is none", "Openings/openings come by id, a page at a time"),
		spoiled("after is the first of the page", "Openings/openings come by id, a page at a time"),
		spoiled("lists what was", "Openings/an opening is listed as it stands now"),
		spoiled("the list outlives its context", "Openings/the list honours its context"),
		spoiled("forgets whom it made", "Applications/every field comes back and the version is the next"),
		spoiled("the newest first", "Applications/the applications for an opening come by id, a page at a time"),
		spoiled("one pile for all openings", "Applications/the applications for one opening are not those for another"),
		spoiled("lists the stage before", "Applications/an application is listed as it stands now"),
		spoiled("the pile outlives its context", "Applications/the list honours its context"),
	)
}
