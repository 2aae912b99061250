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

// kept and agreed are other names for the ports, which have methods of their own names.
type (
	kept   lifecycle.Holds
	agreed lifecycle.Consents
)

type badHolds struct {
	bug string
	kept
}

func (b badHolds) HoldsOf(ctx context.Context, emp hr.EmployeeID) ([]lifecycle.LegalHold, error) {
	switch b.bug {
	case "only what stands":
		list, err := b.kept.HoldsOf(ctx, emp)
		return slices.DeleteFunc(list, func(h lifecycle.LegalHold) bool { return !h.Stands() }), err
	case "no list ends with its context":
		ctx = context.WithoutCancel(ctx)
	}
	return b.kept.HoldsOf(ctx, emp)
}

type badConsents struct {
	bug string
	agreed
	ids map[string]hr.EmployeeID
}

func (b badConsents) AppendConsents(ctx context.Context, emp hr.EmployeeID, entries ...hr.Entry[lifecycle.Consent]) error {
	if b.bug == "one id for all" {
		entries = slices.DeleteFunc(slices.Clone(entries), func(e hr.Entry[lifecycle.Consent]) bool {
			owner, taken := b.ids[e.ID]
			b.ids[e.ID] = emp
			return taken && owner != emp
		})
	}
	return b.agreed.AppendConsents(ctx, emp, entries...)
}

func (b badConsents) ConsentsOf(ctx context.Context, pins []hr.Pin) ([][]hr.Entry[lifecycle.Consent], error) {
	if b.bug == "knows all and sorts the pins" {
		pins = slices.Clone(pins)
		for i := range pins {
			pins[i].Known = hr.Known{}
		}
		slices.SortFunc(pins, func(a, b hr.Pin) int { return slices.Compare([]byte(a.Employee), []byte(b.Employee)) })
	}
	return b.agreed.ConsentsOf(ctx, pins)
}

func TestPrivacy(t *testing.T) {
	spoiled := func(bug string, fails ...string) double {
		return double{bug, fails, func(t *testing.T) {
			storagetest.Privacy(t, func(*testing.T) storagetest.PrivacyStore {
				db := memory.New()
				return storagetest.PrivacyStore{
					Core:  storagetest.Core{Tx: db, Log: db, Know: db, Journal: db, Serial: true},
					Holds: badHolds{bug, db}, Consents: badConsents{bug, db, map[string]hr.EmployeeID{}},
				}
			})
		}}
	}
	proves(
		t, "", spoiled("").run,
		spoiled("only what stands", "Holds/those on an employee come by id, released ones too"),
		spoiled("no list ends with its context", "Holds/the list of holds honours its context"),
		spoiled("knows all and sorts the pins", "Consents/a pin limits what is known", "Consents/one list a pin in pin order"),
		spoiled("one id for all", "Consents/two employees may have the same ids"),
	)
}
