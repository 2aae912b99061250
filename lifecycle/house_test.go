package lifecycle_test

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/storage/memory"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var (
	noon = time.Date(2026, 10, 31, 12, 0, 0, 0, time.UTC)
	view = hr.View{Actor: hr.Actor{ID: "hr-desk"}, Purpose: "test"}
)

// house is a lifecycle service over memory, and the commands that go to it.
type house struct {
	lifecycle.Service
	db  *memory.DB
	ctx context.Context
	n   int
}

func newHouse(policy hr.Policy) *house {
	db := memory.New()
	now := func() time.Time { return noon }
	kit := db.Kit(policy, now)
	kit.Relations = lifecycle.Reporting{Facts: db, Now: now}
	var seeds atomic.Int64
	kit.NewID = func() string { return fmt.Sprint("seed", seeds.Add(1)) }
	return &house{
		Service: lifecycle.Service{
			Kit: kit, Employments: db, Facts: db, Record: db, Proposals: db, Documents: db, BankChange: lifecycle.BankChange{Days: 3},
			Fallback: []hr.ActorID{"hr-desk", "hr-head"},
		},
		db: db, ctx: context.Background(),
	}
}

func (h *house) cmd() hr.Command {
	h.n++
	return hr.Command{ID: hr.CommandID(fmt.Sprint("c", h.n)), Actor: view.Actor, Purpose: "test"}
}

func day(s string) hr.Date { return hr.MustDate(s) }

func rupees(n int64) decimal.Decimal { return decimal.NewFromInt(n) }

// joiner is a hire without a fault.
func joiner(id hr.EmployeeID, start string) hr.Hire {
	return hr.Hire{
		Employee: id, Person: hr.Person{Name: "Asha Rao"}, Start: day(start),
		Terms: hr.Terms{
			Entity: "ACME-IN", Department: "Ops", Currency: "INR",
			Pay: []hr.PayTerm{{Name: "basic", Amount: rupees(40000)}},
		},
	}
}

func (h *house) hire(t require.TestingT, hire hr.Hire) hr.EmployeeID {
	id, err := h.Hire(h.ctx, h.cmd(), hire)
	require.NoError(t, err)
	return id
}

// terms returns the terms of one employee as known at k.
func (h *house) terms(t require.TestingT, emp hr.EmployeeID, k hr.Seq) hr.Timeline[hr.Terms] {
	lines, err := h.TermsOf(h.ctx, view, []hr.Pin{{Employee: emp, Known: hr.Known{Own: k}}}, hr.Period{})
	require.NoError(t, err)
	return lines[0]
}

// basic returns the basic pay on a day; "" where there are no terms.
func (h *house) basic(t require.TestingT, emp hr.EmployeeID, on string) string {
	terms, ok := h.terms(t, emp, 0).At(day(on))
	if !ok {
		return ""
	}
	amount, _ := terms.Amount("basic")
	return amount.String()
}

func raise(from string, basic int64) lifecycle.TermsChange {
	return lifecycle.TermsChange{From: day(from), Set: hr.Terms{Pay: []hr.PayTerm{{Name: "basic", Amount: rupees(basic)}}}}
}

// faults lists path and rule of every fault in err.
func faults(err error) (list []string) {
	for _, f := range hr.FieldErrors(err) {
		list = append(list, f.Path+" "+string(f.Rule))
	}
	return list
}

// events lists kind and subject of everything that was announced.
func (h *house) events(t require.TestingT) (list []string) {
	events, err := h.db.Events(h.ctx)
	require.NoError(t, err)
	for _, e := range events {
		list = append(list, fmt.Sprint(e.Kind, " ", e.Subject))
	}
	return list
}

// state writes down everything that is kept, the audit of refusals left out: two equal texts are two equal stores.
func (h *house) state(t require.TestingT) string {
	events, err := h.db.Events(h.ctx)
	require.NoError(t, err)
	var ids []hr.EmployeeID
	for _, e := range events {
		ids = append(ids, e.Subject)
	}
	cases, err := h.db.Employments(h.ctx, ids...)
	require.NoError(t, err)
	heads, err := h.db.Heads(h.ctx, ids...)
	require.NoError(t, err)
	terms, err := h.db.Terms(h.ctx, heads)
	require.NoError(t, err)
	happened, err := h.db.Happenings(h.ctx, heads)
	require.NoError(t, err)
	var proposals []lifecycle.Proposal
	var documents []lifecycle.Document
	for _, p := range heads {
		more, err := h.db.ProposalsOf(h.ctx, p.Employee)
		require.NoError(t, err)
		proposals = append(proposals, more...)
		shown, err := h.db.DocumentsOf(h.ctx, p.Employee)
		require.NoError(t, err)
		documents = append(documents, shown...)
	}
	return hr.Digest("state/1", struct {
		Cases     []lifecycle.Employment
		Heads     []hr.Pin
		Terms     [][]hr.Entry[hr.Terms]
		Happened  [][]hr.Entry[lifecycle.Happening]
		Proposals []lifecycle.Proposal
		Documents []lifecycle.Document
	}{cases, heads, terms, happened, proposals, documents}) + fmt.Sprint(h.events(t))
}
