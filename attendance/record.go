package attendance

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// Record keeps a batch of punches of any number of employees, in any order, and returns their ids in the order given. A punch
// without an ID gets the one of [Punch.Derive]; one that is there already is skipped, also if it was voided since. Instants
// are kept to the microsecond.
//
// It refuses the whole batch with every fault at once, under paths such as "punches[3].at": see [Punch.Validate], and an
// instant later than the command, an employee nobody knows, a punch that no employed work day owns (before joining, after
// leaving), an id taken by another punch (which also is storage.ErrConflict), a correction (see [Service.Correct]).
func (s Service) Record(ctx context.Context, cmd hr.Command, punches ...Punch) ([]PunchID, error) {
	given := slices.Clone(punches)
	for i, p := range given {
		p.At = p.At.UTC().Truncate(time.Microsecond)
		if p.ID == "" {
			p.ID = p.Derive()
		}
		given[i] = p
	}
	const verb = "attendance.Record"
	return storage.Do(ctx, s.Kit, cmd, verb, storage.About(given, employees(given)...), func(ctx context.Context, cmd hr.Command) ([]PunchID, []storage.Event, error) {
		b := batch{Service: s, cmd: cmd, verb: verb, path: "punches", punches: given, kind: "attendance.punched"}
		for i, p := range given {
			if p.Source == FromCorrection {
				b.faults.Add(b.at(i, "source"), RulePunchSource, "must be device, web or import: a correction goes through Correct")
			}
			if p.ApprovedBy != "" {
				b.faults.Add(b.at(i, "approved_by"), RulePunchSource, "must be empty: only a correction is approved")
			}
		}
		events, err := b.record(ctx)
		return b.ids(), events, err
	})
}

// Correction is a punch that is missing and that somebody vouches for.
type Correction struct {
	Employee  hr.EmployeeID `json:"employee" class:"public"`
	At        time.Time     `json:"at" class:"private"`
	Direction Direction     `json:"direction" class:"private"` // required: in or out
	Site      string        `json:"site,omitempty" class:"private"`
	Cause     hr.Ref        `json:"cause,omitzero" class:"public"` // the request that led to it; zero: the command itself
}

// Correct regularises missing punches: each correction is a punch from a correction, approved by the actor of the command, who
// is another person than the employee, for the Reason of the command. It returns the ids of the punches in the order given.
// To correct a wrong punch, void it and correct the missing one.
//
// It refuses what [Service.Record] refuses, and a command without a reason, a correction without a direction, and an actor who
// is the employee (RuleCorrectionSelf).
func (s Service) Correct(ctx context.Context, cmd hr.Command, corrections ...Correction) ([]PunchID, error) {
	const verb = "attendance.Correct"
	subjects := make([]hr.EmployeeID, 0, len(corrections))
	for _, c := range corrections {
		subjects = append(subjects, c.Employee)
	}
	args := struct {
		Corrections []Correction
		Reason      string
	}{corrections, cmd.Reason}
	return storage.Do(ctx, s.Kit, cmd, verb, storage.About(args, distinct(subjects)...), func(ctx context.Context, cmd hr.Command) ([]PunchID, []storage.Event, error) {
		b := batch{Service: s, cmd: cmd, verb: verb, path: "corrections", kind: "attendance.corrected"}
		if cmd.Reason == "" {
			b.faults.Missing("command.reason", RuleReason)
		}
		for i, c := range corrections {
			if c.Direction == "" {
				b.faults.Missing(b.at(i, "direction"), RulePunchDirection)
			}
			if c.Employee != "" && c.Employee == cmd.Actor.Employee {
				b.faults.Add(b.at(i, "employee"), RuleCorrectionSelf, "nobody corrects their own punches: ask somebody else")
			}
			b.punches = append(b.punches, Punch{
				ID: PunchID(cmd.NewID("punch", strconv.Itoa(i))), Employee: c.Employee, At: c.At.UTC().Truncate(time.Microsecond),
				Direction: c.Direction, Site: c.Site, Source: FromCorrection, ApprovedBy: cmd.Actor.ID,
			})
			b.causes = append(b.causes, c.Cause)
		}
		events, err := b.record(ctx)
		return b.ids(), events, err
	})
}

// Void takes punches of one employee out of every answer from now on; what was known before still shows them. It returns the
// references of the voids. Voiding a void brings the punch back.
//
// It refuses, all at once, a command without a reason, an id the employee has no punch of (RulePunchUnknown) and one that is
// voided already or named twice (RulePunchVoided), and one that belongs to a work day that is closed (RulePeriodClosed).
func (s Service) Void(ctx context.Context, cmd hr.Command, employee hr.EmployeeID, ids ...PunchID) ([]hr.Ref, error) {
	args := struct {
		Employee hr.EmployeeID
		IDs      []PunchID
		Reason   string
	}{employee, ids, cmd.Reason}
	return storage.Do(ctx, s.Kit, cmd, "attendance.Void", storage.About(args, employee), func(ctx context.Context, cmd hr.Command) ([]hr.Ref, []storage.Event, error) {
		var faults hr.Faults
		faults.Join("", s.wired())
		if cmd.Reason == "" {
			faults.Missing("command.reason", RuleReason)
		}
		if employee == "" {
			faults.Missing("employee", RulePunchEmployee)
		}
		if len(ids) == 0 {
			faults.Missing("ids", RuleEmpty)
		}
		if faults.Any() {
			return nil, nil, faults.Err()
		}
		taken, err := s.Kit.Know.Take(ctx, s.Kit.Clock, employee) // the guard row first: two voids of one punch meet here
		if err != nil {
			return nil, nil, err
		}
		stored, err := s.Punches.PunchesByID(ctx, ids...)
		if err != nil {
			return nil, nil, err
		}
		shut, err := s.shut(ctx, cmd.View("attendance.Void", hr.Known{}), employee, stored)
		if err != nil {
			return nil, nil, err
		}
		byID := map[PunchID]hr.Entry[Punch]{}
		for _, e := range stored {
			if e.Value.Employee == employee {
				byID[PunchID(e.ID)] = e
			}
		}
		var entries []hr.Entry[Punch]
		var refs []hr.Ref
		for i, id := range ids {
			at := fmt.Sprintf("ids[%d]", i)
			e, ok := byID[id]
			if !ok {
				faults.Add(at, RulePunchUnknown, "is no punch of this employee")
				continue
			}
			standing, err := s.stands(ctx, employee, e)
			if err != nil {
				return nil, nil, err
			}
			if !standing || slices.Contains(ids[:i], id) {
				faults.Add(at, RulePunchVoided, "is voided already")
				continue
			}
			if shut[id] {
				faults.Add(at, RulePeriodClosed, "is of a day that is closed")
				continue
			}
			void := hr.Entry[Punch]{
				ID: cmd.NewID("void", string(id)), Seq: taken[0].Known.Own, Line: i, Recorded: taken[0].Recorded,
				Period: e.Period, Value: e.Value, Withdraws: e.ID, Cause: commandRef(cmd),
			}
			entries = append(entries, void)
			refs = append(refs, hr.Ref{Kind: "punch", ID: void.ID, Seq: void.Seq})
		}
		if faults.Any() {
			return nil, nil, faults.Err()
		}
		if err := s.Punches.AppendPunches(ctx, entries...); err != nil {
			return nil, nil, err
		}
		return refs, events(cmd, "attendance.voided", taken), nil
	})
}

// stands reports whether an entry counts today: nothing that counts withdraws it.
func (s Service) stands(ctx context.Context, employee hr.EmployeeID, e hr.Entry[Punch]) (bool, error) {
	lists, err := s.Punches.PunchesOf(ctx, []hr.Pin{{Employee: employee}}, e.Period)
	if err != nil {
		return false, err
	}
	if err := perPin(1, "lists of punches", len(lists)); err != nil {
		return false, err
	}
	withdrawn := map[string]bool{}
	for _, later := range slices.Backward(lists[0]) {
		if later.Withdraws != "" && !withdrawn[later.ID] {
			withdrawn[later.Withdraws] = true
		}
	}
	return !withdrawn[e.ID], nil
}

// batch is one command that adds punches.
type batch struct {
	Service
	cmd     hr.Command
	verb    string
	path    string // what the command calls its list
	kind    string // of the event
	punches []Punch
	causes  []hr.Ref // by punch; missing or zero: the command
	faults  hr.Faults
}

func (b *batch) at(i int, field string) string { return fmt.Sprintf("%s[%d].%s", b.path, i, field) }

func (b *batch) ids() []PunchID {
	ids := make([]PunchID, len(b.punches))
	for i, p := range b.punches {
		ids[i] = p.ID
	}
	return ids
}

func (b *batch) record(ctx context.Context) ([]storage.Event, error) {
	b.faults.Join("", b.wired())
	if len(b.punches) == 0 {
		b.faults.Missing(b.path, RuleEmpty)
	}
	if b.wired() != nil {
		return nil, b.faults.Err()
	}
	fresh, err := b.fresh(ctx, b.check())
	if err != nil {
		return nil, err
	}
	if err := b.employed(ctx, fresh); err != nil {
		return nil, err
	}
	if b.faults.Any() {
		return nil, b.faults.Err()
	}
	return b.append(ctx, fresh)
}

// check reports what is wrong with each punch by itself and returns the indexes of those that are right, each id once.
func (b *batch) check() []int {
	var right []int
	first := map[PunchID]int{}
	for i, p := range b.punches {
		err := p.Validate()
		b.faults.Join(fmt.Sprintf("%s[%d]", b.path, i), err)
		future := p.At.After(b.cmd.At())
		if future {
			b.faults.Add(b.at(i, "at"), RulePunchFuture, "lies in the future")
		}
		b.device(i, p)
		if err != nil || future {
			continue
		}
		j, repeated := first[p.ID]
		switch {
		case !repeated:
			first[p.ID] = i
			right = append(right, i)
		case !p.Equal(b.punches[j]):
			b.taken(i)
		}
	}
	return right
}

// device reports a punch on a device that is not there, or that is somebody else's.
func (b *batch) device(i int, p Punch) {
	if p.Device == "" || b.Devices == nil {
		return
	}
	switch d, ok := b.Devices[p.Device]; {
	case !ok:
		b.faults.Add(b.at(i, "device"), RulePunchDeviceUnknown, "is no device of this service")
	case d.Owner != "" && d.Owner != p.Employee:
		b.faults.Add(b.at(i, "device"), RulePunchDeviceOwner, "belongs to somebody else")
	}
}

func (b *batch) taken(i int) {
	b.faults.Join(b.at(i, "id"), &hr.FieldError{Rule: RulePunchID, Reason: "is the id of another punch", Err: storage.ErrConflict})
}

// fresh returns those of the indexes whose punch is not stored yet. An id that is taken by another punch is a fault.
func (b *batch) fresh(ctx context.Context, indexes []int) ([]int, error) {
	if len(indexes) == 0 {
		return nil, nil
	}
	ids := make([]PunchID, len(indexes))
	for n, i := range indexes {
		ids[n] = b.punches[i].ID
	}
	stored, err := b.Punches.PunchesByID(ctx, ids...)
	if err != nil {
		return nil, err
	}
	have := make(map[string]hr.Entry[Punch], len(stored))
	for _, e := range stored {
		have[e.ID] = e
	}
	var fresh []int
	for _, i := range indexes {
		e, ok := have[string(b.punches[i].ID)]
		switch {
		case !ok:
			fresh = append(fresh, i)
		case e.Withdraws != "" || !e.Value.Equal(b.punches[i]):
			b.taken(i)
		}
	}
	return fresh, nil
}

// employed reports the punches that no employed work day owns.
func (b *batch) employed(ctx context.Context, indexes []int) error {
	byEmployee := map[hr.EmployeeID][]Punch{}
	for _, i := range indexes {
		byEmployee[b.punches[i].Employee] = append(byEmployee[b.punches[i].Employee], b.punches[i])
	}
	if len(byEmployee) == 0 {
		return nil
	}
	people := slices.Sorted(maps.Keys(byEmployee))
	pins := make([]hr.Pin, len(people))
	var all []Punch
	for i, id := range people {
		pins[i] = hr.Pin{Employee: id}
		all = append(all, byEmployee[id]...)
	}
	view := b.cmd.View(b.verb, hr.Known{})
	facts, err := b.factsOf(ctx, view, pins, pins, padded(span(all), 2*spill))
	if err != nil {
		return err
	}
	nobody, err := b.unknown(ctx, view, pins, facts)
	if err != nil {
		return err
	}
	refused, shut := map[PunchID]bool{}, map[PunchID]bool{}
	closed, err := b.closed(ctx, view, pins)
	if err != nil {
		return err
	}
	for i, id := range people {
		// A work day lies within the spill of its punch, and the neighbours that cut it within the spill of that.
		days := b.plan(&once{}, facts[i], padded(span(byEmployee[id]), 2*spill), nil)
		owned, strays, err := assign(days, byEmployee[id])
		if err != nil {
			return err
		}
		for n, d := range owned {
			if !days[n].employed {
				strays = append(strays, d.Outside...)
			}
			for _, p := range slices.Concat(d.Inside, d.Outside) {
				shut[p.ID] = !d.Date.After(closed[i])
			}
		}
		for _, p := range strays {
			refused[p.ID] = true
		}
	}
	for _, i := range indexes {
		switch p := b.punches[i]; {
		case nobody[p.Employee]:
			b.faults.Add(b.at(i, "employee"), RulePunchEmployeeUnknown, "is nobody who was ever employed")
		case refused[p.ID]:
			b.faults.Add(b.at(i, "at"), RulePunchNotEmployed, "belongs to no work day on which they are employed")
		case shut[p.ID]:
			b.faults.Add(b.at(i, "at"), RulePeriodClosed, "belongs to a day that is closed")
		}
	}
	return nil
}

// unknown returns those who have no terms on any day there is.
func (b *batch) unknown(ctx context.Context, v hr.View, pins []hr.Pin, of []facts) (map[hr.EmployeeID]bool, error) {
	var doubtful []hr.Pin
	for i, f := range of {
		if f.terms.IsZero() {
			doubtful = append(doubtful, pins[i])
		}
	}
	if doubtful == nil {
		return nil, nil
	}
	terms, err := b.Terms.TermsOf(ctx, v, doubtful, anyDay)
	if err != nil {
		return nil, err
	}
	if err := perPin(len(doubtful), "terms", len(terms)); err != nil {
		return nil, err
	}
	nobody := map[hr.EmployeeID]bool{}
	for i, t := range terms {
		nobody[doubtful[i].Employee] = t.IsZero()
	}
	return nobody, nil
}

// append stores the punches under new knowledge numbers. Somebody may have recorded one of them since it was looked up: once
// the guard rows are held, the answer is final.
func (b *batch) append(ctx context.Context, fresh []int) ([]storage.Event, error) {
	if len(fresh) == 0 {
		return nil, nil
	}
	people := make([]hr.EmployeeID, len(fresh))
	for n, i := range fresh {
		people[n] = b.punches[i].Employee
	}
	taken, err := b.Kit.Know.Take(ctx, b.Kit.Clock, distinct(people)...)
	if err != nil {
		return nil, err
	}
	if fresh, err = b.fresh(ctx, fresh); err != nil {
		return nil, err
	}
	if b.faults.Any() {
		return nil, b.faults.Err()
	}
	numbers := map[hr.EmployeeID]storage.Taken{}
	for _, t := range taken {
		numbers[t.Employee] = t
	}
	slices.SortFunc(fresh, func(i, j int) int { // so that the order given leaves no trace
		return cmp.Or(cmp.Compare(b.punches[i].Employee, b.punches[j].Employee), comparePunches(b.punches[i], b.punches[j]))
	})
	entries := make([]hr.Entry[Punch], 0, len(fresh))
	line := 0
	for n, i := range fresh {
		p := b.punches[i]
		if line++; n == 0 || p.Employee != b.punches[fresh[n-1]].Employee {
			line = 0
		}
		cause := commandRef(b.cmd)
		if i < len(b.causes) && !b.causes[i].IsZero() {
			cause = b.causes[i]
		}
		t := numbers[p.Employee]
		entries = append(entries, hr.Entry[Punch]{
			ID: string(p.ID), Seq: t.Known.Own, Line: line, Recorded: t.Recorded,
			Period: hr.Period{From: p.day(), Through: p.day()}, Value: p, Cause: cause,
		})
	}
	if err := b.Punches.AppendPunches(ctx, entries...); err != nil {
		return nil, err
	}
	return events(b.cmd, b.kind, taken), nil
}

func commandRef(cmd hr.Command) hr.Ref { return hr.Ref{Kind: "command", ID: string(cmd.ID)} }

// events announces what was learnt about each employee.
func events(cmd hr.Command, kind string, taken []storage.Taken) []storage.Event {
	out := make([]storage.Event, len(taken))
	for i, t := range taken {
		out[i] = storage.Event{
			ID: cmd.NewID("event", kind, string(t.Employee)), Stream: "attendance/" + string(t.Employee), Kind: kind,
			Subject: t.Employee, Ref: hr.Ref{Kind: "command", ID: string(cmd.ID), Seq: t.Known.Own}, At: cmd.At(),
		}
	}
	return out
}

func employees(punches []Punch) []hr.EmployeeID {
	ids := make([]hr.EmployeeID, len(punches))
	for i, p := range punches {
		ids[i] = p.Employee
	}
	return distinct(ids)
}

func distinct(ids []hr.EmployeeID) []hr.EmployeeID {
	return slices.DeleteFunc(slices.Compact(slices.Sorted(slices.Values(ids))), func(id hr.EmployeeID) bool { return id == "" })
}
