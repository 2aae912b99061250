package leave

import (
	"context"
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// Balance returns the days of a type that an employee has left at the end of a day, as known at v.Known; see the function
// [Balance]. A credit that is due and not posted yet is not in it: run [Service.AccrueThrough] first.
func (s Service) Balance(ctx context.Context, v hr.View, employee hr.EmployeeID, t TypeID, on hr.Date) (decimal.Decimal, error) {
	entries, err := s.read(ctx, v, "leave.Balance", employee)
	if err != nil {
		return decimal.Decimal{}, err
	}
	return Balance(entries, t, on), nil
}

// Lots returns the lots of every type that an employee has on a day, as known at v.Known; see the function [Lots].
func (s Service) Lots(ctx context.Context, v hr.View, employee hr.EmployeeID, on hr.Date) ([]Lot, error) {
	entries, err := s.read(ctx, v, "leave.Lots", employee)
	if err != nil {
		return nil, err
	}
	return Lots(entries, on), nil
}

func (s Service) read(ctx context.Context, v hr.View, verb string, employee hr.EmployeeID) ([]Entry, error) {
	if err := storage.May(ctx, s.Kit, v, verb, employee); err != nil {
		return nil, err
	}
	entries, err := s.live(ctx, hr.Pin{Employee: employee, Known: v.Known})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", verb, err)
	}
	return entries, nil
}

// Request returns a request as it stands, or [storage.ErrNotFound]; see [storage.MayCase] for who is told so.
func (s Service) Request(ctx context.Context, v hr.View, id RequestID) (Request, error) {
	var r Request
	err := storage.MayCase(ctx, s.Kit, v, "leave.Request", func(ctx context.Context) (_ []hr.EmployeeID, err error) {
		r, err = s.Requests.Request(ctx, id)
		return []hr.EmployeeID{r.Employee}, err
	})
	if err != nil {
		return Request{}, err
	}
	return r, nil
}

// RequestsIn returns the requests of an employee that share a day with p, in any state, by first day.
func (s Service) RequestsIn(ctx context.Context, v hr.View, employee hr.EmployeeID, p hr.Period) ([]Request, error) {
	if err := storage.May(ctx, s.Kit, v, "leave.RequestsIn", employee); err != nil {
		return nil, err
	}
	requests, err := s.Requests.RequestsIn(ctx, employee, p)
	if err != nil {
		return nil, fmt.Errorf("leave.RequestsIn: %w", err)
	}
	return requests, nil
}

// Absences returns for each pin, in the order given, the approved days and half days away in p as known at the pin, by date:
// the days that count, days off that the sandwich rule counts among them. A cancelled request is away as known before the
// cancellation, and not after.
func (s Service) Absences(ctx context.Context, v hr.View, pins []hr.Pin, p hr.Period) ([][]hr.Absence, error) {
	histories, err := s.histories(ctx, v, "leave.Absences", pins, p)
	if err != nil {
		return nil, err
	}
	out := make([][]hr.Absence, len(pins))
	for i, pin := range pins {
		out[i] = absences(pin.Employee, histories[i].Live(pin.Known.Own))
	}
	return out, nil
}

// Changes returns the days on which what is known of absences today differs from what was known at the pins, by pin and first
// day, one for each request and run of days. A pin without a number is of today, and nothing differs from it.
func (s Service) Changes(ctx context.Context, v hr.View, pins []hr.Pin) ([]hr.Change, error) {
	if err := storage.May(ctx, s.Kit, v, "leave.Changes", employees(pins)...); err != nil {
		return nil, err
	}
	var then []hr.Pin
	for _, pin := range pins {
		if pin.Known.Own != 0 {
			then = append(then, pin)
		}
	}
	today := make([]hr.Pin, len(then))
	for i, pin := range then {
		today[i] = hr.Pin{Employee: pin.Employee}
	}
	histories, err := s.awayOf(ctx, today, hr.Period{})
	if err != nil {
		return nil, fmt.Errorf("leave.Changes: %w", err)
	}
	var out []hr.Change
	for i, pin := range then {
		out = append(out, changed(pin.Employee, histories[i], pin.Known.Own)...)
	}
	return out, nil
}

func (s Service) histories(ctx context.Context, v hr.View, verb string, pins []hr.Pin, p hr.Period) ([]hr.History[Away], error) {
	if err := storage.May(ctx, s.Kit, v, verb, employees(pins)...); err != nil {
		return nil, err
	}
	histories, err := s.awayOf(ctx, pins, p)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", verb, err)
	}
	return histories, nil
}

func employees(pins []hr.Pin) []hr.EmployeeID {
	ids := make([]hr.EmployeeID, len(pins))
	for i, pin := range pins {
		ids[i] = pin.Employee
	}
	return ids
}
