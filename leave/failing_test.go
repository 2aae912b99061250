package leave_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave"
	"github.com/musterhr/hr/storage"
)

var errDisk = errors.New("the disk is full")

// breaker makes the nth call of any port fail.
type breaker struct{ calls, at int }

func (b *breaker) fail() error {
	b.calls++
	if b.calls == b.at {
		return errDisk
	}
	return nil
}

type (
	badRequests struct {
		leave.Requests
		*breaker
	}
	badLedger struct {
		leave.Ledger
		*breaker
	}
	badAbsent struct {
		leave.Absent
		*breaker
	}
	badTerms struct {
		leave.Terms
		*breaker
	}
	badRouter struct {
		leave.Router
		*breaker
	}
	badKnow struct {
		storage.Knowledge
		*breaker
	}
)

func (p badRequests) Request(ctx context.Context, id leave.RequestID) (leave.Request, error) {
	if err := p.fail(); err != nil {
		return leave.Request{}, err
	}
	return p.Requests.Request(ctx, id)
}

func (p badRequests) RequestsIn(ctx context.Context, emp hr.EmployeeID, days hr.Period) ([]leave.Request, error) {
	if err := p.fail(); err != nil {
		return nil, err
	}
	return p.Requests.RequestsIn(ctx, emp, days)
}

func (p badRequests) PutRequest(ctx context.Context, r leave.Request) error {
	return errors.Join(p.fail(), p.Requests.PutRequest(ctx, r))
}

func (p badLedger) MovementsOf(ctx context.Context, pins []hr.Pin) ([][]leave.Entry, error) {
	if err := p.fail(); err != nil {
		return nil, err
	}
	return p.Ledger.MovementsOf(ctx, pins)
}

func (p badLedger) AppendMovements(ctx context.Context, emp hr.EmployeeID, entries ...leave.Entry) error {
	return errors.Join(p.fail(), p.Ledger.AppendMovements(ctx, emp, entries...))
}

func (p badAbsent) AwayOf(ctx context.Context, pins []hr.Pin, days hr.Period) ([][]leave.AwayEntry, error) {
	if err := p.fail(); err != nil {
		return nil, err
	}
	return p.Absent.AwayOf(ctx, pins, days)
}

func (p badAbsent) AppendAway(ctx context.Context, emp hr.EmployeeID, entries ...leave.AwayEntry) error {
	return errors.Join(p.fail(), p.Absent.AppendAway(ctx, emp, entries...))
}

func (p badTerms) TermsOf(ctx context.Context, v hr.View, pins []hr.Pin, days hr.Period) ([]hr.Timeline[hr.Terms], error) {
	if err := p.fail(); err != nil {
		return nil, err
	}
	return p.Terms.TermsOf(ctx, v, pins, days)
}

func (p badRouter) Route(ctx context.Context, ask hr.ApprovalAsk) ([]hr.ApprovalLevel, error) {
	if err := p.fail(); err != nil {
		return nil, err
	}
	return p.Router.Route(ctx, ask)
}

func (p badKnow) Take(ctx context.Context, clock func() time.Time, ids ...hr.EmployeeID) ([]storage.Taken, error) {
	if err := p.fail(); err != nil {
		return nil, err
	}
	return p.Knowledge.Take(ctx, clock, ids...)
}

// everything writes what the stores hold about E1, what is audited and what is announced.
func (h *house) everything(t fataler) string {
	t.Helper()
	ctx := context.Background()
	requests, err := h.db.RequestsIn(ctx, "E1", hr.MustPeriod("0001-01-01.."))
	require.NoError(t, err)
	moves, err := h.db.MovementsOf(ctx, []hr.Pin{{Employee: "E1"}})
	require.NoError(t, err)
	away, err := h.db.AwayOf(ctx, []hr.Pin{{Employee: "E1"}}, hr.Period{})
	require.NoError(t, err)
	audits, err := h.db.Audits(ctx)
	require.NoError(t, err)
	events, err := h.db.Events(ctx)
	require.NoError(t, err)
	return fmt.Sprintf("%+v\n%+v\n%+v\n%d %d %d", requests, moves, away, len(audits), len(events), h.head(t))
}

// Whichever call of whichever port fails, in whichever verb: the error comes through and nothing has changed.
func TestAPortThatFailsLeavesNothingBehind(t *testing.T) {
	type scene struct {
		*house
		waiting, monday, friday leave.RequestID
	}
	// Two requests with a weekend between them, which the second took; a third waits.
	set := func(t *testing.T) scene {
		h := open(t)
		h.grant(t, "casual", "5", "2026-01-05..")
		s := scene{house: h}
		s.monday = h.approved(t, ask("edgy", "2026-10-12..2026-10-12"))
		s.friday = h.approved(t, ask("edgy", "2026-10-09..2026-10-09"))
		s.waiting = h.apply(t, ask("casual", "2026-11-02..2026-11-03"))
		return s
	}
	v, on := hr.View{Actor: desk}, hr.MustDate("2026-10-31")
	pins := []hr.Pin{{Employee: "E1", Known: hr.Known{Own: 1}}}
	for verb, call := range map[string]func(ctx context.Context, s scene) error{
		"Apply": func(ctx context.Context, s scene) error {
			_, err := s.Apply(ctx, s.cmd(maya), ask("casual", "2026-11-09..2026-11-09"))
			return err
		},
		"Decide": func(ctx context.Context, s scene) error {
			return s.Decide(ctx, s.cmd(boss), s.waiting, leave.Decision{Agree: true})
		},
		"Withdraw": func(ctx context.Context, s scene) error { return s.Withdraw(ctx, s.cmd(maya), s.waiting) },
		"Cancel":   func(ctx context.Context, s scene) error { return s.Cancel(ctx, s.cmd(maya), s.friday) },
		"Grant": func(ctx context.Context, s scene) error {
			_, err := s.Grant(ctx, s.cmd(desk), leave.Credit{Employee: "E1", Type: "casual", Kind: leave.Granted, Quantity: dec("1"), Usable: hr.MustPeriod("2026-10-01..")})
			return err
		},
		"AccrueThrough": func(ctx context.Context, s scene) error {
			_, err := s.AccrueThrough(ctx, s.cmd(desk), on, "E1")
			return err
		},
		"Balance": func(ctx context.Context, s scene) error { _, err := s.Balance(ctx, v, "E1", "casual", on); return err },
		"Lots":    func(ctx context.Context, s scene) error { _, err := s.Lots(ctx, v, "E1", on); return err },
		"Request": func(ctx context.Context, s scene) error { _, err := s.Service.Request(ctx, v, s.monday); return err },
		"RequestsIn": func(ctx context.Context, s scene) error {
			_, err := s.Service.RequestsIn(ctx, v, "E1", hr.MonthOf(on))
			return err
		},
		"Absences": func(ctx context.Context, s scene) error {
			_, err := s.Absences(ctx, v, pins, hr.MonthOf(on))
			return err
		},
		"Changes": func(ctx context.Context, s scene) error { _, err := s.Changes(ctx, v, pins); return err },
		"Describe": func(ctx context.Context, s scene) error {
			_, err := s.Describe(ctx, v, "E1", []hr.Ref{s.monday.Ref()})
			return err
		},
	} {
		t.Run(verb, func(t *testing.T) {
			for at := 1; ; at++ {
				s := set(t)
				before := s.everything(t)
				b := &breaker{at: at}
				s.Requests, s.Ledger, s.Absent = badRequests{s.Requests, b}, badLedger{s.Ledger, b}, badAbsent{s.Absent, b}
				s.Terms, s.Router, s.Kit.Know = badTerms{s.Terms, b}, badRouter{s.Router, b}, badKnow{s.Kit.Know, b}
				err := call(t.Context(), s)
				if b.calls < at { // all its calls were tried
					require.NoError(t, err)
					require.Greater(t, at, 1)
					return
				}
				require.ErrorIs(t, err, errDisk, "call %d", at)
				require.ErrorContains(t, err, "leave.", "it says in which verb")
				require.Equal(t, before, s.everything(t), "call %d", at)
			}
		})
	}
}

// torn answers every list of facts with its first entry twice, as a table without a key would.
type torn struct {
	leave.Ledger
	leave.Absent
}

func twice[T any](pages [][]hr.Entry[T], err error) ([][]hr.Entry[T], error) {
	for i := range pages {
		if len(pages[i]) > 0 {
			pages[i] = append(pages[i], pages[i][0])
		}
	}
	return pages, err
}

func (p torn) MovementsOf(ctx context.Context, pins []hr.Pin) ([][]leave.Entry, error) {
	return twice(p.Ledger.MovementsOf(ctx, pins))
}

func (p torn) AwayOf(ctx context.Context, pins []hr.Pin, days hr.Period) ([][]leave.AwayEntry, error) {
	return twice(p.Absent.AwayOf(ctx, pins, days))
}

func TestFactsThatAreNoHistoryAreAnErrorAndNoBalance(t *testing.T) {
	h := open(t)
	h.grant(t, "casual", "5", "2026-01-05..")
	h.approved(t, ask("casual", "2026-11-02..2026-11-02"))
	before := h.everything(t)
	bad := torn{h.Ledger, h.Absent}
	h.Ledger, h.Absent = bad, bad
	ctx, v, on := t.Context(), hr.View{Actor: desk}, hr.MustDate("2026-11-30")
	pins := []hr.Pin{{Employee: "E1", Known: hr.Known{Own: h.head(t)}}}
	for verb, call := range map[string]func() error{
		"Apply":         func() error { _, err := h.Apply(ctx, h.cmd(maya), ask("casual", "2026-11-09..2026-11-09")); return err },
		"AccrueThrough": func() error { _, err := h.AccrueThrough(ctx, h.cmd(desk), on, "E1"); return err },
		"Balance":       func() error { _, err := h.Balance(ctx, v, "E1", "casual", on); return err },
		"Absences":      func() error { _, err := h.Absences(ctx, v, pins, hr.MonthOf(on)); return err },
		"Changes":       func() error { _, err := h.Changes(ctx, v, pins); return err },
	} {
		require.Contains(t, rulesOf(call()), hr.RuleHistoryID, verb)
	}
	require.Equal(t, before, h.everything(t))
}

func TestAccrualThatCannotBeWorkedOutPostsNothing(t *testing.T) {
	h := open(t)
	var err error
	h.Policies, err = leave.NewPolicies(hr.Step[leave.Policy]{Since: hr.MustDate("2026-01-01"), Value: earned(leave.Accrual{Every: leave.Monthly, Days: dec("1"), Day: 1}, leave.Expiry{Months: 12 * 9999})})
	require.NoError(t, err)
	before := h.everything(t)
	_, err = h.AccrueThrough(t.Context(), h.cmd(desk), hr.MustDate("2026-10-31"), "E1")
	require.Equal(t, []hr.Rule{hr.RuleDateRange}, rulesOf(err))
	require.Equal(t, before, h.everything(t))
}
