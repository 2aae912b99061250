package storagetest

import (
	"context"
	"testing"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/storage"
)

// PrivacyStore is a store as [Privacy] sees it.
type PrivacyStore struct {
	Core
	Holds    lifecycle.Holds
	Consents lifecycle.Consents
}

// Privacy proves [lifecycle.Holds] and [lifecycle.Consents].
func Privacy(t *testing.T, open func(t *testing.T) PrivacyStore) {
	t.Run("Consents", func(t *testing.T) {
		consents := func(t *testing.T) pinned[lifecycle.Consent] {
			s := open(t)
			return pinned[lifecycle.Consent]{
				Core: s.Core, append: s.Consents.AppendConsents, of: s.Consents.ConsentsOf,
				make: func(emp hr.EmployeeID, n int) hr.Entry[lifecycle.Consent] {
					return pinnedFact(n, func(e *hr.Entry[lifecycle.Consent]) { e.Value.Text += string(emp) })
				},
				other: func(e hr.Entry[lifecycle.Consent]) hr.Entry[lifecycle.Consent] { e.Value.Purpose += "x"; return e },
			}
		}
		runPinned(t, consents)
		runOwnIDs(t, consents)
	})
	t.Run("Holds", func(t *testing.T) {
		hold := func(seed int, id lifecycle.HoldID) lifecycle.LegalHold {
			return Fill[lifecycle.LegalHold](seed, func(h *lifecycle.LegalHold) { h.ID, h.Version = id, 0 })
		}
		RunCases(t, func(t *testing.T) Cases[lifecycle.LegalHold] {
			s := open(t)
			return Cases[lifecycle.LegalHold]{
				Core: s.Core, Put: s.Holds.PutHold,
				Get:     func(ctx context.Context) (lifecycle.LegalHold, error) { return s.Holds.LegalHold(ctx, "H1") },
				Make:    func(seed int) lifecycle.LegalHold { return hold(seed, "H1") },
				Version: func(h *lifecycle.LegalHold) *storage.Version { return &h.Version },
			}
		})
		t.Run("those on an employee come by id, released ones too", func(t *testing.T) {
			s, ctx := open(t), deadline(t)
			for id, emp := range map[lifecycle.HoldID]hr.EmployeeID{"H3": "E1", "H1": "E1", "H2": "E2"} {
				h := hold(1, id)
				h.Employee = emp
				if id == "H1" {
					h.Released = hr.Date{}
				}
				ok(t, s.Holds.PutHold(ctx, h))
			}
			list, err := s.Holds.HoldsOf(ctx, "E1")
			ok(t, err)
			must(t, len(list) == 2 && list[0].ID == "H1" && list[0].Stands() && list[1].ID == "H3" && !list[1].Stands(), "the holds are %v", list)
			list, err = s.Holds.HoldsOf(ctx, "E9")
			ok(t, err)
			must(t, len(list) == 0, "a hold on nobody")
		})
		t.Run("the list of holds honours its context", func(t *testing.T) {
			s, ctx := open(t), deadline(t)
			refuses(t, ctx, func(ctx context.Context) error { _, err := s.Holds.HoldsOf(ctx, "E1"); return err })
		})
	})
}
