package storagetest

import (
	"context"
	"testing"

	"github.com/musterhr/hr/recruitment"
	"github.com/musterhr/hr/storage"
)

// RecruitmentStore is a store as [Recruitment] sees it.
type RecruitmentStore struct {
	Core
	Openings     recruitment.Openings
	Applications recruitment.Applications
}

// Recruitment proves the ports of package recruitment.
func Recruitment(t *testing.T, open func(t *testing.T) RecruitmentStore) {
	t.Run("Openings", func(t *testing.T) { Openings(t, open) })
	t.Run("Applications", func(t *testing.T) { Applications(t, open) })
}

// Openings proves [recruitment.Openings]; the other port may be nil.
func Openings(t *testing.T, open func(t *testing.T) RecruitmentStore) {
	opening := func(seed int, id recruitment.OpeningID) recruitment.Opening {
		return Fill[recruitment.Opening](seed, func(o *recruitment.Opening) { o.ID, o.Version = id, 0 })
	}
	RunCases(t, func(t *testing.T) Cases[recruitment.Opening] {
		s := open(t)
		return Cases[recruitment.Opening]{
			Core: s.Core, Put: s.Openings.PutOpening,
			Get:     func(ctx context.Context) (recruitment.Opening, error) { return s.Openings.Opening(ctx, "R1") },
			Make:    func(seed int) recruitment.Opening { return opening(seed, "R1") },
			Version: func(o *recruitment.Opening) *storage.Version { return &o.Version },
		}
	})
	t.Run("of sixteen units that read one seat free exactly one takes it", func(t *testing.T) {
		s, ctx := open(t), deadline(t)
		last := opening(1, "R1")
		last.Seats, last.Filled = 3, 2
		ok(t, s.Openings.PutOpening(ctx, last))
		took := writers(t, func(int) error {
			return s.Tx.InTx(ctx, func(ctx context.Context) error {
				o, err := s.Openings.Opening(ctx, "R1")
				if err != nil {
					return err
				}
				if o.Filled == o.Seats {
					return storage.ErrConflict // lost as well: it has seen the seat taken
				}
				o.Filled++
				return s.Openings.PutOpening(ctx, o)
			})
		}, storage.ErrConflict)
		must(t, len(took) == 1, "%d took the last seat", len(took))
		got, err := s.Openings.Opening(ctx, "R1")
		ok(t, err)
		must(t, got.Filled == 3, "%d of 3 seats are filled", got.Filled)
	})
	after := func(t *testing.T, ctx context.Context, s RecruitmentStore, after recruitment.OpeningID, limit int, want ...recruitment.Opening) {
		t.Helper()
		for range 2 { // and they belong to the caller
			got, err := s.Openings.OpeningsAfter(ctx, after, limit)
			ok(t, err)
			Equal(t, want, got)
			Spoil(got)
		}
	}
	stored := func(seed int, id recruitment.OpeningID) recruitment.Opening {
		o := opening(seed, id)
		o.Version = 1
		return o
	}
	t.Run("openings come by id, a page at a time", func(t *testing.T) {
		s, ctx := open(t), deadline(t)
		after(t, ctx, s, "", 0)
		for seed, id := range []recruitment.OpeningID{"R4", "R1", "R3", "R2"} {
			ok(t, s.Openings.PutOpening(ctx, opening(seed+1, id)))
		}
		r1, r2, r3, r4 := stored(2, "R1"), stored(4, "R2"), stored(3, "R3"), stored(1, "R4")
		after(t, ctx, s, "", 2, r1, r2)
		after(t, ctx, s, "R2", 2, r3, r4)
		after(t, ctx, s, "R25", 1, r3)
		after(t, ctx, s, "R4", 2)
		after(t, ctx, s, "R1", 0, r2, r3, r4)
		after(t, ctx, s, "", -1, r1, r2, r3, r4)
	})
	t.Run("an opening is listed as it stands now", func(t *testing.T) {
		s, ctx := open(t), deadline(t)
		ok(t, s.Openings.PutOpening(ctx, opening(1, "R1")))
		now := stored(2, "R1")
		ok(t, s.Openings.PutOpening(ctx, now))
		now.Version = 2
		after(t, ctx, s, "", 0, now)
	})
	t.Run("the list honours its context", func(t *testing.T) {
		s, ctx := open(t), deadline(t)
		refuses(t, ctx, func(ctx context.Context) error { _, err := s.Openings.OpeningsAfter(ctx, "", 0); return err })
	})
}

// Applications proves [recruitment.Applications]; the other port may be nil.
func Applications(t *testing.T, open func(t *testing.T) RecruitmentStore) {
	application := func(seed int, id recruitment.ApplicationID, opening recruitment.OpeningID) recruitment.Application {
		return Fill[recruitment.Application](seed, func(a *recruitment.Application) { a.ID, a.Opening, a.Version = id, opening, 0 })
	}
	RunCases(t, func(t *testing.T) Cases[recruitment.Application] {
		s := open(t)
		return Cases[recruitment.Application]{
			Core: s.Core, Put: s.Applications.PutApplication,
			Get: func(ctx context.Context) (recruitment.Application, error) {
				return s.Applications.Application(ctx, "A1")
			},
			Make:    func(seed int) recruitment.Application { return application(seed, "A1", "R1") },
			Version: func(a *recruitment.Application) *storage.Version { return &a.Version },
		}
	})
	in := func(t *testing.T, ctx context.Context, s RecruitmentStore, opening recruitment.OpeningID, after recruitment.ApplicationID, limit int, want ...recruitment.Application) {
		t.Helper()
		for range 2 { // and they belong to the caller
			got, err := s.Applications.ApplicationsFor(ctx, opening, after, limit)
			ok(t, err)
			Equal(t, want, got)
			Spoil(got)
		}
	}
	stored := func(seed int, id recruitment.ApplicationID, opening recruitment.OpeningID) recruitment.Application {
		a := application(seed, id, opening)
		a.Version = 1
		return a
	}
	store := func(t *testing.T) (RecruitmentStore, context.Context) {
		s, ctx := open(t), deadline(t)
		for seed, id := range []recruitment.ApplicationID{"A4", "A1", "A3", "A2"} {
			ok(t, s.Applications.PutApplication(ctx, application(seed+1, id, "R1")))
		}
		ok(t, s.Applications.PutApplication(ctx, application(5, "A25", "R2")))
		return s, ctx
	}
	t.Run("the applications for an opening come by id, a page at a time", func(t *testing.T) {
		s, ctx := store(t)
		a1, a2, a3, a4 := stored(2, "A1", "R1"), stored(4, "A2", "R1"), stored(3, "A3", "R1"), stored(1, "A4", "R1")
		in(t, ctx, s, "R1", "", 2, a1, a2)
		in(t, ctx, s, "R1", "A2", 2, a3, a4)
		in(t, ctx, s, "R1", "A25", 1, a3)
		in(t, ctx, s, "R1", "A4", 2)
		in(t, ctx, s, "R1", "A1", 0, a2, a3, a4)
		in(t, ctx, s, "R1", "", -1, a1, a2, a3, a4)
	})
	t.Run("the applications for one opening are not those for another", func(t *testing.T) {
		s, ctx := store(t)
		in(t, ctx, s, "R2", "", 0, stored(5, "A25", "R2"))
		in(t, ctx, s, "R3", "", 0)
	})
	t.Run("an application is listed as it stands now", func(t *testing.T) {
		s, ctx := store(t)
		now := stored(6, "A25", "R2")
		ok(t, s.Applications.PutApplication(ctx, now))
		now.Version = 2
		in(t, ctx, s, "R2", "", 0, now)
	})
	t.Run("the list honours its context", func(t *testing.T) {
		s, ctx := open(t), deadline(t)
		refuses(t, ctx, func(ctx context.Context) error {
			_, err := s.Applications.ApplicationsFor(ctx, "R1", "", 0)
			return err
		})
	})
}
