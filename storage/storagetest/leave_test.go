package storagetest_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave"
	"github.com/musterhr/hr/storage"
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

// putsFirst lists requests as they were first stored, and lends out its own memory.
type putsFirst struct {
	leave.Requests
	first map[leave.RequestID]leave.Request
}

func (s putsFirst) PutRequest(ctx context.Context, r leave.Request) error {
	err := s.Requests.PutRequest(ctx, r)
	if _, had := s.first[r.ID]; !had && err == nil {
		r.Version++
		s.first[r.ID] = r
	}
	return err
}

func (s putsFirst) RequestsIn(ctx context.Context, emp hr.EmployeeID, p hr.Period) (out []leave.Request, err error) {
	for _, r := range s.first {
		if r.Employee == emp && r.Period.Overlaps(p) {
			out = append(out, r)
		}
	}
	return out, nil
}

// sortsByID lists requests by id alone.
type sortsByID struct{ leave.Requests }

func (s sortsByID) RequestsIn(ctx context.Context, emp hr.EmployeeID, p hr.Period) ([]leave.Request, error) {
	all, err := s.Requests.RequestsIn(ctx, emp, p)
	slices.SortFunc(all, func(a, b leave.Request) int { return strings.Compare(string(a.ID), string(b.ID)) })
	return all, err
}

// oneIDForAll refuses an id that another employee has.
type oneIDForAll[T any] struct {
	seen   map[string]hr.EmployeeID
	append func(ctx context.Context, emp hr.EmployeeID, entries ...hr.Entry[T]) error
}

func (s oneIDForAll[T]) check(ctx context.Context, emp hr.EmployeeID, entries ...hr.Entry[T]) error {
	for _, e := range entries {
		if owner, ok := s.seen[e.ID]; ok && owner != emp {
			return storage.ErrConflict
		}
		s.seen[e.ID] = emp
	}
	return s.append(ctx, emp, entries...)
}

type movesOneID struct {
	leave.Ledger
	ids oneIDForAll[leave.Movement]
}

func (s movesOneID) AppendMovements(ctx context.Context, emp hr.EmployeeID, entries ...leave.Entry) error {
	return s.ids.check(ctx, emp, entries...)
}

// awayAll is a port of absences with the faults of knowsAll, sortsPins and movesOneID.
type awayAll struct {
	leave.Absent
	ids oneIDForAll[leave.Away]
}

func (s awayAll) AppendAway(ctx context.Context, emp hr.EmployeeID, entries ...leave.AwayEntry) error {
	return s.ids.check(ctx, emp, entries...)
}

func (s awayAll) AwayOf(ctx context.Context, pins []hr.Pin, p hr.Period) ([][]leave.AwayEntry, error) {
	return s.Absent.AwayOf(ctx, spoilPins(pins), p)
}

// spoilPins forgets what a pin says may be known, and sorts a page.
func spoilPins(pins []hr.Pin) []hr.Pin {
	pins = slices.Clone(pins)
	for i := range pins {
		pins[i].Known = hr.Known{}
	}
	slices.SortFunc(pins, func(a, b hr.Pin) int { return strings.Compare(string(a.Employee), string(b.Employee)) })
	return pins
}

func TestLeave(t *testing.T) {
	spoiled := func(bug string, spoil func(s *storagetest.LeaveStore), fails ...string) double {
		return double{bug, fails, func(t *testing.T) {
			storagetest.Leave(t, func(t *testing.T) storagetest.LeaveStore {
				s := leaveStore(t)
				spoil(&s)
				return s
			})
		}}
	}
	proves(
		t, "", func(t *testing.T) { storagetest.Leave(t, leaveStore) },
		spoiled("lists a request by its first day", func(s *storagetest.LeaveStore) { s.Requests = startsInside{s.Requests} },
			"Requests/a request is listed when it shares a day with the period and not otherwise"),
		spoiled("lists requests by id", func(s *storagetest.LeaveStore) { s.Requests = sortsByID{s.Requests} },
			"Requests/requests of an employee come by first day and then by id"),
		spoiled("lists requests as first stored", func(s *storagetest.LeaveStore) {
			s.Requests = putsFirst{s.Requests, map[leave.RequestID]leave.Request{}}
		},
			"Requests/a request is listed as it stands now and where it lies now", "Requests/listed requests belong to the caller", "Requests/a list honours its context"),
		spoiled("forgets the lots of a day", func(s *storagetest.LeaveStore) { s.Requests = forgetsLots{s.Requests} },
			"Requests/every field comes back and the version is the next"),
		spoiled("knows all", func(s *storagetest.LeaveStore) { s.Ledger = knowsAll{s.Ledger} },
			"Ledger/a pin limits what is known"),
		spoiled("declares that it keeps no history and answers a number", func(s *storagetest.LeaveStore) { s.NoHistory = true },
			"Ledger/a pin limits what is known", "Absent/a pin limits what is known"),
		spoiled("sorts the pins", func(s *storagetest.LeaveStore) { s.Ledger = sortsPins{s.Ledger} },
			"Ledger/one list a pin in pin order"),
		spoiled("the ledger has one id for all", func(s *storagetest.LeaveStore) {
			s.Ledger = movesOneID{s.Ledger, oneIDForAll[leave.Movement]{map[string]hr.EmployeeID{}, s.Ledger.AppendMovements}}
		}, "Ledger/two employees may have the same ids"),
		spoiled("absences know all, sort the pins and have one id for all", func(s *storagetest.LeaveStore) {
			s.Absent = awayAll{s.Absent, oneIDForAll[leave.Away]{map[string]hr.EmployeeID{}, s.Absent.AppendAway}}
		}, "Absent/a pin limits what is known", "Absent/one list a pin in pin order", "Absent/two employees may have the same ids"),
		spoiled("hides withdrawals", func(s *storagetest.LeaveStore) { s.Absent = hidesWithdrawals{s.Absent} },
			"Absent/a period limits the days and a withdrawal comes with what it withdraws"),
	)
}
