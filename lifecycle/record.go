package lifecycle

import (
	"context"
	"strconv"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// Happening is one thing that happened to an employment: an event that moved it, or another change with its own name ("hire",
// "change_terms", "person"). It is kept as a fact, whose Period begins on the day from which it counts. The state of an employment is
// the fold of its happenings over the [Table].
type Happening struct {
	Event   Event        `json:"event" class:"private"`
	To      State        `json:"to,omitempty" class:"private"`   // the state after an event that moved; empty for another change
	By      hr.ActorID   `json:"by" class:"public"`              // who did it
	Why     string       `json:"why,omitempty" class:"private"`  // the reason of the command
	Word    string       `json:"word,omitempty" class:"private"` // the host's word for it: "resigned"
	Command hr.CommandID `json:"command" class:"public"`
	Terms   string       `json:"terms,omitempty" class:"public"` // the first entry of terms that was written with it
	Letter  hr.Ref       `json:"letter,omitzero" class:"public"` // the letter that tells it
	Case    hr.Ref       `json:"case,omitzero" class:"public"`   // the proposal that was approved, the accepted offer
}

const kindHappening = "happening"

// deed is what a verb decides about one employee: what becomes of the case, and the terms that are written with it.
type deed struct {
	table    Table
	e        Employment
	history  hr.History[hr.Terms]
	known    hr.Timeline[hr.Terms]
	entries  []hr.Entry[hr.Terms]
	changes  int // of terms, each with a cause of its own
	happened Happening
	on       hr.Date // from when it counts
	today    hr.Date // the day of the command
	faults   hr.Faults
}

// moves moves the case by an event that counts from a day.
func (d *deed) moves(event Event, on hr.Date) {
	d.table.move(&d.faults, &d.e, event)
	d.happened.Event, d.happened.To, d.on = event, d.e.State, on
}

// act is what the verbs about one employee share: hold their guard row, read, decide, and write case,
// terms, record and event, or nothing. It holds the guard rows of also too.
func (s Service) act(ctx context.Context, cmd hr.Command, verb string, emp hr.EmployeeID, args any, decide func(context.Context, *deed) error, also ...hr.EmployeeID) error {
	content := struct {
		Employee hr.EmployeeID
		Args     any
	}{emp, args}
	_, err := do(ctx, s, cmd, verb, storage.About(content, emp), func(ctx context.Context, cmd hr.Command) (hr.EmployeeID, []storage.Event, error) {
		taken, err := s.Kit.Know.Take(ctx, s.Kit.Clock, append(also, emp)...)
		if err != nil {
			return "", nil, err
		}
		d := deed{table: s.Table.orStandard(), today: s.day(cmd)}
		if d.e, err = s.employment(ctx, emp); err != nil {
			return "", nil, err
		}
		all, err := histories(ctx, s.Facts, []hr.Pin{{Employee: emp}})
		if err != nil {
			return "", nil, err
		}
		d.history, d.known = all[0], all[0].AsKnown(0)
		before := d.e
		if err := decide(ctx, &d); err != nil {
			return "", nil, err
		}
		if err := s.gateDeed(ctx, &d, before); err != nil {
			return "", nil, err
		}
		if err := s.checkTaken(ctx, &d.faults, "terms.position", emp, d.entries); err != nil {
			return "", nil, err
		}
		if d.faults.Any() {
			return "", nil, d.faults.Err()
		}
		if err := s.Employments.PutEmployment(ctx, d.e); err != nil {
			return "", nil, err
		}
		if err := s.follow(ctx, cmd, before, d.e); err != nil {
			return "", nil, err
		}
		ref, err := s.write(ctx, cmd, taken, emp, d)
		return emp, []storage.Event{event(cmd, string(d.happened.Event), emp, ref)}, err
	})
	return err
}

// write appends the terms of a deed and puts it on record.
func (s Service) write(ctx context.Context, cmd hr.Command, taken []storage.Taken, emp hr.EmployeeID, d deed) (ref hr.Ref, err error) {
	if len(d.entries) > 0 {
		entries := learnt(cmd, taken, emp, d.entries)
		if err := s.Facts.AppendTerms(ctx, emp, entries...); err != nil {
			return ref, err
		}
		ref, d.happened.Terms = termsRef(entries[0]), entries[0].ID
	}
	return ref, s.record(ctx, cmd, taken, emp, dated{d.on, d.happened})
}

// dated is a happening with the day from which it counts; without one it is the day of the command.
type dated struct {
	on hr.Date
	Happening
}

// record puts happenings of one command on record, in order.
func (s Service) record(ctx context.Context, cmd hr.Command, taken []storage.Taken, emp hr.EmployeeID, list ...dated) error {
	if s.Record == nil {
		return nil
	}
	t, _ := takenOf(taken, emp)
	entries := make([]hr.Entry[Happening], len(list))
	for i, x := range list {
		if x.on.IsZero() {
			x.on = s.day(cmd)
		}
		x.By, x.Why, x.Command = cmd.Actor.ID, cmd.Reason, cmd.ID
		entries[i] = hr.Entry[Happening]{
			ID: cmd.NewID(kindHappening, string(emp), strconv.Itoa(i)), Seq: t.Known.Own, Line: i, Recorded: t.Recorded,
			Period: hr.Period{From: x.on, Through: x.on}, Value: x.Happening, Cause: hr.Ref{Kind: "command", ID: string(cmd.ID)},
		}
	}
	return s.Record.AppendHappenings(ctx, emp, entries...)
}

// day is the day on which a command was taken up, in Service.Zone.
func (s Service) day(cmd hr.Command) hr.Date { return hr.DateOf(cmd.At(), s.zone()) }

// Happenings returns what happened to one employee, up to v.Known.Own (zero is today), oldest knowledge first. Without Service.Record it
// is empty. An employee that does not exist is RuleEmploymentUnknown.
func (s Service) Happenings(ctx context.Context, v hr.View, emp hr.EmployeeID) ([]hr.Entry[Happening], error) {
	if err := storage.May(ctx, s.Kit, v, "lifecycle.Happenings", emp); err != nil {
		return nil, err
	}
	return s.happenings(ctx, v, emp)
}

func (s Service) happenings(ctx context.Context, v hr.View, emp hr.EmployeeID) ([]hr.Entry[Happening], error) {
	if _, err := s.employment(ctx, emp); err != nil || s.Record == nil {
		return nil, err
	}
	lists, err := s.Record.Happenings(ctx, []hr.Pin{{Employee: emp, Known: v.Known}})
	if err != nil {
		return nil, err
	}
	return lists[0], nil
}
