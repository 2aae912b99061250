package storagetest_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
	"github.com/musterhr/hr/storage/memory"
	"github.com/musterhr/hr/storage/storagetest"
)

func attendanceStore(*testing.T) storagetest.AttendanceStore {
	db := memory.New()
	return storagetest.AttendanceStore{
		Core:    storagetest.Core{Tx: db, Log: db, Know: db, Journal: db, Serial: true},
		Punches: db, Rosters: db, Permits: db, Requests: db,
	}
}

// badDays is what both ports of attendance do, with one bug.
type badDays[T any] struct {
	bug   string
	add   func(ctx context.Context, entries ...hr.Entry[T]) error
	of    func(ctx context.Context, pins []hr.Pin, days hr.Period) ([][]hr.Entry[T], error)
	since func(ctx context.Context, pins []hr.Pin) ([][]hr.Entry[T], error)
	seen  *[][]hr.Entry[T] // what since answered first
}

func (b badDays[T]) append(ctx context.Context, entries ...hr.Entry[T]) error {
	for _, e := range entries {
		if b.bug == "adds one at a time" {
			if err := b.add(ctx, e); err != nil {
				return err
			}
		}
	}
	err := b.add(ctx, entries...)
	if b.bug == "an id for each employee" && err != nil {
		return nil
	}
	return err
}

func (b badDays[T]) list(ctx context.Context, pins []hr.Pin, days hr.Period) ([][]hr.Entry[T], error) {
	switch b.bug {
	case "knows all and sorts the pins":
		pins = spoilPins(pins)
	case "any day":
		days = hr.MustPeriod("0001-01-01..")
	case "first days only", "hides withdrawals":
		all, err := b.of(ctx, pins, days)
		for i := range all {
			all[i] = slices.DeleteFunc(all[i], func(e hr.Entry[T]) bool {
				return b.bug == "first days only" && !days.Contains(e.Period.From) || b.bug == "hides withdrawals" && strings.Contains(e.Withdraws, "fact")
			})
		}
		return all, err
	}
	return b.of(ctx, pins, days)
}

func (b badDays[T]) learnt(ctx context.Context, pins []hr.Pin) ([][]hr.Entry[T], error) {
	switch b.bug {
	case "since the pin and its own":
		pins = slices.Clone(pins)
		for i := range pins {
			pins[i].Known.Own--
		}
	case "lends out what was learnt":
		if *b.seen == nil {
			*b.seen, _ = b.since(ctx, pins)
		}
		return *b.seen, nil
	}
	return b.since(ctx, pins)
}

type badPunches struct {
	attendance.Punches
	badDays[attendance.Punch]
	kept map[attendance.PunchID]hr.Entry[attendance.Punch]
}

func (p badPunches) AppendPunches(ctx context.Context, es ...hr.Entry[attendance.Punch]) error {
	for _, e := range es {
		p.kept[attendance.PunchID(e.ID)] = e
	}
	return p.append(ctx, es...)
}

func (p badPunches) PunchesOf(ctx context.Context, pins []hr.Pin, days hr.Period) ([][]hr.Entry[attendance.Punch], error) {
	return p.list(ctx, pins, days)
}

func (p badPunches) PunchesSince(ctx context.Context, pins []hr.Pin) ([][]hr.Entry[attendance.Punch], error) {
	return p.learnt(ctx, pins)
}

func (p badPunches) PunchesByID(ctx context.Context, ids ...attendance.PunchID) (out []hr.Entry[attendance.Punch], err error) {
	switch p.bug {
	case "an id as often as asked":
		for _, id := range ids {
			found, err := p.Punches.PunchesByID(ctx, id)
			if err != nil {
				return nil, err
			}
			out = append(out, found...)
		}
		return out, nil
	case "lends out what is found":
		for _, id := range ids {
			out = append(out, p.kept[id])
		}
		return p.lend(out), nil
	}
	return p.Punches.PunchesByID(ctx, ids...)
}

// lend returns the very entries it has kept.
func (p badPunches) lend(out []hr.Entry[attendance.Punch]) []hr.Entry[attendance.Punch] {
	if *p.seen == nil {
		*p.seen = [][]hr.Entry[attendance.Punch]{out}
	}
	return (*p.seen)[0]
}

type badRosters struct{ badDays[attendance.Rostered] }

func (r badRosters) AppendRosters(ctx context.Context, es ...hr.Entry[attendance.Rostered]) error {
	return r.append(ctx, es...)
}

func (r badRosters) RostersOf(ctx context.Context, pins []hr.Pin, days hr.Period) ([][]hr.Entry[attendance.Rostered], error) {
	return r.list(ctx, pins, days)
}

func (r badRosters) RostersSince(ctx context.Context, pins []hr.Pin) ([][]hr.Entry[attendance.Rostered], error) {
	return r.learnt(ctx, pins)
}

type badPermits struct{ badDays[attendance.Permit] }

func (r badPermits) AppendPermits(ctx context.Context, es ...hr.Entry[attendance.Permit]) error {
	return r.append(ctx, es...)
}

func (r badPermits) PermitsOf(ctx context.Context, pins []hr.Pin, days hr.Period) ([][]hr.Entry[attendance.Permit], error) {
	return r.list(ctx, pins, days)
}

func (r badPermits) PermitsSince(ctx context.Context, pins []hr.Pin) ([][]hr.Entry[attendance.Permit], error) {
	return r.learnt(ctx, pins)
}

// badRequests keeps requests with one bug.
type badRequests struct {
	attendance.Requests
	bug   string
	first map[attendance.RequestID]attendance.Request
}

func (r badRequests) PutAttendanceRequest(ctx context.Context, x attendance.Request) error {
	if r.bug == "forgets the permit" {
		x.Permit = attendance.Permit{}
	}
	err := r.Requests.PutAttendanceRequest(ctx, x)
	if _, there := r.first[x.ID]; !there {
		x.Version = 1
		r.first[x.ID] = x
	}
	return err
}

func (r badRequests) AttendanceRequestsIn(ctx context.Context, emp hr.EmployeeID, p hr.Period) ([]attendance.Request, error) {
	all, err := r.Requests.AttendanceRequestsIn(ctx, emp, p)
	switch r.bug {
	case "first days only":
		all = slices.DeleteFunc(all, func(x attendance.Request) bool { return !p.Contains(x.Period.From) })
	case "lists by id":
		slices.SortFunc(all, func(a, b attendance.Request) int { return strings.Compare(string(a.ID), string(b.ID)) })
	case "lends out requests":
		for i := range all {
			all[i] = r.first[all[i].ID]
		}
	}
	return all, err
}

func TestAttendance(t *testing.T) {
	spoiled := func(bug string, fails ...string) double {
		return double{bug, fails, func(t *testing.T) {
			storagetest.Attendance(t, func(t *testing.T) storagetest.AttendanceStore {
				s := attendanceStore(t)
				p, r := s.Punches, s.Rosters
				s.Punches = badPunches{p, badDays[attendance.Punch]{bug, p.AppendPunches, p.PunchesOf, p.PunchesSince, new([][]hr.Entry[attendance.Punch])}, map[attendance.PunchID]hr.Entry[attendance.Punch]{}}
				s.Rosters = badRosters{badDays[attendance.Rostered]{bug, r.AppendRosters, r.RostersOf, r.RostersSince, new([][]hr.Entry[attendance.Rostered])}}
				m := s.Permits
				s.Permits = badPermits{badDays[attendance.Permit]{bug, m.AppendPermits, m.PermitsOf, m.PermitsSince, new([][]hr.Entry[attendance.Permit])}}
				s.Requests = badRequests{s.Requests, bug, map[attendance.RequestID]attendance.Request{}}
				return s
			})
		}}
	}
	both := func(bug string, sentences ...string) double {
		var fails []string
		for _, s := range sentences {
			fails = append(fails, "Punches/"+s, "Rosters/"+s, "Permits/"+s)
		}
		return spoiled(bug, fails...)
	}
	proves(
		t, "", func(t *testing.T) { storagetest.Attendance(t, attendanceStore) },
		both("knows all and sorts the pins", "a pin limits what is known", "one list a pin in pin order"),
		both("adds one at a time", "entries of many employees are added all or none"),
		both("an id for each employee", "an id is one for all employees"),
		both("any day", "only entries of the days asked for come"),
		both("since the pin and its own", "what was learnt since a pin comes one list a pin, in its order"),
		both("lends out what was learnt", "what was learnt since a pin belongs to the caller and the call honours its context"),
		spoiled("first days only", "Rosters/a roster is found by any of its days, and by any later day while it is open", "Permits/a permit is found by any of its days",
			"Requests/a request is listed when it shares a day with the period and as it stands now"),
		spoiled("forgets the permit", "Requests/every field comes back and the version is the next"),
		spoiled("lists by id", "Requests/requests of an employee come by first day and then by id"),
		spoiled("lends out requests", "Requests/listed requests belong to the caller and a list honours its context", "Requests/a request is listed when it shares a day with the period and as it stands now"),
		spoiled("hides withdrawals", "Punches/a void comes with the punch it withdraws"),
		spoiled("an id as often as asked", "Punches/entries are found by id, each once, and those not there left out"),
		spoiled("lends out what is found", "Punches/entries found by id belong to the caller and the call honours its context"),
	)
}
