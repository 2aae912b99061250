package storagetest_test

import (
	"context"
	"slices"
	"testing"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave"
	"github.com/musterhr/hr/storage/memory"
	"github.com/musterhr/hr/storage/storagetest"
)

func leaveStore(*testing.T) storagetest.LeaveStore {
	db := memory.New()
	return storagetest.LeaveStore{
		Core:     storagetest.Core{Tx: db, Log: db, Know: db, Journal: db, Serial: true},
		Requests: db, Ledger: db, Absent: db,
	}
}

// startsInside lists a request only by its first day.
type startsInside struct{ leave.Requests }

func (s startsInside) RequestsIn(ctx context.Context, emp hr.EmployeeID, p hr.Period) ([]leave.Request, error) {
	all, err := s.Requests.RequestsIn(ctx, emp, p)
	return slices.DeleteFunc(all, func(r leave.Request) bool { return !p.Contains(r.Period.From) }), err
}

// forgetsLots stores a request without the lots of its days.
type forgetsLots struct{ leave.Requests }

func (s forgetsLots) PutRequest(ctx context.Context, r leave.Request) error {
	r.Days = slices.Clone(r.Days)
	for i := range r.Days {
		r.Days[i].Lots = nil
	}
	return s.Requests.PutRequest(ctx, r)
}

// knowsAll answers every pin as of today.
type knowsAll struct{ leave.Ledger }

func (s knowsAll) MovementsOf(ctx context.Context, pins []hr.Pin) ([][]leave.Entry, error) {
	pins = slices.Clone(pins)
	for i := range pins {
		pins[i].Known = hr.Known{}
	}
	return s.Ledger.MovementsOf(ctx, pins)
}

// sortsPins answers a page in order of employee.
type sortsPins struct{ leave.Ledger }

func (s sortsPins) MovementsOf(ctx context.Context, pins []hr.Pin) ([][]leave.Entry, error) {
	pins = slices.Clone(pins)
	slices.SortFunc(pins, func(a, b hr.Pin) int {
		return len(a.Employee) - len(b.Employee) + int(a.Employee[1]) - int(b.Employee[1])
	})
	return s.Ledger.MovementsOf(ctx, pins)
}

// hidesWithdrawals answers a period without the withdrawals in it.
type hidesWithdrawals struct{ leave.Absent }

func (s hidesWithdrawals) AwayOf(ctx context.Context, pins []hr.Pin, p hr.Period) ([][]leave.AwayEntry, error) {
	all, err := s.Absent.AwayOf(ctx, pins, p)
	for i := range all {
		all[i] = slices.DeleteFunc(all[i], func(e leave.AwayEntry) bool { return !p.IsZero() && e.Withdraws != "" })
	}
	return all, err
}

func TestLeavePassesMemory(t *testing.T) { storagetest.Leave(t, leaveStore) }

func TestLeaveCatches(t *testing.T) {
	spoiled := func(bug string, spoil func(s *storagetest.LeaveStore), fails ...string) double {
		return double{bug, fails, func(t *testing.T) {
			storagetest.Leave(t, func(t *testing.T) storagetest.LeaveStore {
				s := leaveStore(t)
				spoil(&s)
				return s
			})
		}}
	}
	catches(
		t,
		spoiled("lists a request by its first day", func(s *storagetest.LeaveStore) { s.Requests = startsInside{s.Requests} },
			"Requests/a request is listed when it shares a day with the period and not otherwise"),
		spoiled("forgets the lots of a day", func(s *storagetest.LeaveStore) { s.Requests = forgetsLots{s.Requests} },
			"Requests/every field comes back and the version is the next"),
		spoiled("knows all", func(s *storagetest.LeaveStore) { s.Ledger = knowsAll{s.Ledger} },
			"Ledger/a pin limits what is known"),
		spoiled("sorts the pins", func(s *storagetest.LeaveStore) { s.Ledger = sortsPins{s.Ledger} },
			"Ledger/one list a pin in pin order and two employees may share ids"),
		spoiled("hides withdrawals", func(s *storagetest.LeaveStore) { s.Absent = hidesWithdrawals{s.Absent} },
			"Absent/a period limits the days and a withdrawal comes with what it withdraws"),
	)
}
