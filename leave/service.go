package leave

import (
	"context"
	"fmt"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// Service runs leave over a host's stores. It is wired as a literal, once, holds no state of its own, and is safe for
// concurrent use if what it holds is.
type Service struct {
	Kit       storage.Kit
	Requests  Requests
	Ledger    Ledger
	Absent    Absent
	Terms     Terms
	Router    Router
	Team      Team                   // only for policies with a [Coverage]
	Sheets    Sheets                 // only for policies with [Attended]
	Closings  Closings               // nil: no day is closed
	Workdays  Workdays               // only where people work in turns; nil: the calendar in the terms
	Calendars map[string]hr.Calendar // by the name in hr.Terms.Calendar; not changed while the service is in use
	Policies  Policies               // likewise
}

// Validate returns [hr.FieldError]s with RuleService for what is missing. Every writing method checks it.
func (s Service) Validate() error {
	var faults hr.Faults
	for _, need := range []struct {
		path string
		ok   bool
	}{
		{"requests", s.Requests != nil},
		{"ledger", s.Ledger != nil},
		{"absent", s.Absent != nil},
		{"terms", s.Terms != nil},
		{"router", s.Router != nil},
	} {
		if !need.ok {
			faults.Missing("leave."+need.path, RuleService)
		}
	}
	return faults.Err()
}

// do runs a writing command of s.
func do[R any](ctx context.Context, s Service, cmd hr.Command, verb string, args any, fn func(context.Context, hr.Command) (R, []storage.Event, error)) (R, error) {
	if err := s.Validate(); err != nil {
		var none R
		return none, fmt.Errorf("%s: %w", verb, err)
	}
	return storage.Do(ctx, s.Kit, cmd, verb, args, fn)
}

// onCase runs a command about one request. The employee's guard row is held while fn runs and is taken before the request is
// read for good, so what fn reads of requests and ledger is what no other writer can change before it is done.
func (s Service) onCase(ctx context.Context, cmd hr.Command, verb string, args any, id RequestID, fn func(context.Context, hr.Command, Request, *book) (kind string, err error)) error {
	_, err := do(ctx, s, cmd, verb, storage.AboutCase(args, func(ctx context.Context) ([]hr.EmployeeID, error) {
		r, err := s.Requests.Request(ctx, id)
		return []hr.EmployeeID{r.Employee}, err
	}), func(ctx context.Context, cmd hr.Command) (RequestID, []storage.Event, error) {
		r, err := s.Requests.Request(ctx, id)
		if err != nil {
			return "", nil, err
		}
		policy, _ := s.Policies.At(r.Type, r.Period.From) // without a policy there is no coverage, and whoever asks it says so
		team, err := s.team(ctx, cmd.View(verb, hr.Known{}), policy, r.Employee, r.Period)
		if err != nil {
			return "", nil, err
		}
		b, err := s.take(ctx, r.Employee, team...)
		if err != nil {
			return "", nil, err
		}
		b.team = team
		if r, err = s.Requests.Request(ctx, id); err != nil {
			return "", nil, err
		}
		kind, err := fn(ctx, cmd, r, b)
		if err != nil {
			return "", nil, err
		}
		var entries []Entry
		if b.movements != nil {
			if entries, err = s.live(ctx, hr.Pin{Employee: r.Employee}); err != nil {
				return "", nil, err
			}
		}
		if err := s.keep(ctx, cmd, b, entries); err != nil {
			return "", nil, err
		}
		return id, []storage.Event{event(cmd, kind, r.Employee, id.Ref())}, nil
	})
	return err
}

func event(cmd hr.Command, kind string, employee hr.EmployeeID, ref hr.Ref) storage.Event {
	return storage.Event{
		ID: cmd.NewID("event", kind, string(employee)), Stream: "leave/" + string(employee), Kind: kind,
		Subject: employee, Ref: ref, At: cmd.At(),
	}
}

// take holds the guard row of an employee, and those of a team, and opens the book for what is learnt of the employee under its number.
func (s Service) take(ctx context.Context, id hr.EmployeeID, team ...hr.EmployeeID) (*book, error) {
	if !slices.Contains(team, id) {
		team = append(slices.Clone(team), id)
	}
	taken, err := s.Kit.Know.Take(ctx, s.Kit.Clock, team...)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(taken, func(t storage.Taken) bool { return t.Employee == id })
	return &book{taken: taken[i]}, nil
}

// book gathers the facts that one command adds about one employee, under one knowledge number.
type book struct {
	taken     storage.Taken
	team      []hr.EmployeeID // whose guard rows are held
	movements []Entry
	away      []AwayEntry
}

// post adds ledger entries. An entry without an ID gets one of its cause, the knowledge number and its line.
func (b *book) post(entries ...Entry) {
	for _, e := range entries {
		stamp(b.taken, &e, len(b.movements))
		b.movements = append(b.movements, e)
	}
}

// absent adds a fact of absence for each day that counts: it covers as much of the day as is counted, so of a half working
// day the half that is worked.
func (b *book) absent(r RequestID, p Policy, days ...Day) {
	for _, d := range days {
		if d.Quantity.IsZero() {
			continue
		}
		part := d.Half
		if d.Why == HalfWorking {
			part = hr.FirstHalf
		}
		var hours decimal.Decimal
		if d.Why == ByTheHour && d.Quantity.Cmp(p.Counting.Hours) < 0 { // as long as a whole day is the whole day
			hours = d.Quantity
		}
		b.record(AwayEntry{
			Period: hr.Period{From: d.Date, Through: d.Date}, Cause: r.Ref(),
			Value: Away{Type: p.Type, Half: part, Hours: hours, Paid: p.Paid, Request: r},
		})
	}
}

// present withdraws the facts of absence of the request on the days that are picked. Live are the facts that count now.
func (b *book) present(live []AwayEntry, r RequestID, pick func(hr.Date) bool) {
	for _, e := range live {
		if e.Value.Request == r && pick(e.Period.From) {
			b.record(AwayEntry{ID: e.ID + "/withdrawn", Period: e.Period, Withdraws: e.ID, Value: Away{Request: r}, Cause: r.Ref()})
		}
	}
}

func (b *book) record(e AwayEntry) {
	stamp(b.taken, &e, len(b.away))
	b.away = append(b.away, e)
}

func (b *book) save(ctx context.Context, s Service) error {
	if b.movements != nil {
		if err := s.Ledger.AppendMovements(ctx, b.taken.Employee, b.movements...); err != nil {
			return err
		}
	}
	if b.away != nil {
		return s.Absent.AppendAway(ctx, b.taken.Employee, b.away...)
	}
	return nil
}

func stamp[T any](t storage.Taken, e *hr.Entry[T], line int) {
	e.Seq, e.Line, e.Recorded = t.Known.Own, line, t.Recorded
	if e.ID == "" {
		e.ID = fmt.Sprintf("%s/%d/%d", e.Cause.ID, e.Seq, line)
	}
}

// live returns the ledger entries of one employee that count as known at the pin.
func (s Service) live(ctx context.Context, pin hr.Pin) ([]Entry, error) {
	pages, err := s.Ledger.MovementsOf(ctx, []hr.Pin{pin})
	if err != nil {
		return nil, err
	}
	h, err := History(pages[0]...)
	if err != nil {
		return nil, err
	}
	return h.Live(pin.Known.Own), nil
}

// awayOf returns the histories of absence of a page of employees.
func (s Service) awayOf(ctx context.Context, pins []hr.Pin, p hr.Period) ([]hr.History[Away], error) {
	pages, err := s.Absent.AwayOf(ctx, pins, p)
	if err != nil {
		return nil, err
	}
	out := make([]hr.History[Away], len(pins))
	for i := range pins {
		if out[i], err = hr.NewHistory("leave_away", pages[i]...); err != nil {
			return nil, err
		}
	}
	return out, nil
}
