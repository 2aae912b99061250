package lifecycle

import (
	"context"
	"errors"
	"log/slog"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// HoldID names a legal hold.
type HoldID string

// LegalHold keeps everything that is held about an employee while a claim, an audit or an investigation needs it, whatever the periods of
// retention say. It stands from Since until it is released. Version 0 is not stored yet.
type LegalHold struct {
	ID       HoldID          `json:"id" class:"public"` // empty in [Service.PlaceHold]: one is made
	Employee hr.EmployeeID   `json:"employee" class:"public"`
	Matter   string          `json:"matter" class:"private"`           // what it is for, in the words of who placed it
	Since    hr.Date         `json:"since" class:"public"`             // the day it was placed
	Released hr.Date         `json:"released,omitzero" class:"public"` // from this day on it does not stand any more; zero: it stands
	Freed    hr.Ref          `json:"freed_by,omitzero" class:"public"` // the command that released it
	Placed   hr.Ref          `json:"placed_by" class:"public"`         // the command that placed it
	Version  storage.Version `json:"version" class:"public"`
}

// LogValue hides the matter.
func (h LegalHold) LogValue() slog.Value {
	return slog.StringValue("[legal hold " + string(h.ID) + "]")
}

// Stands reports whether nothing may be erased because of it.
func (h LegalHold) Stands() bool { return h.Released.IsZero() }

// PlaceHold places a legal hold on what is held about an employee, and returns its id. It needs the employee (RuleEmploymentUnknown), a matter, and an
// id that is not taken (RuleHold). Since, Released and Version are not the caller's.
func (s Service) PlaceHold(ctx context.Context, cmd hr.Command, h LegalHold) (HoldID, error) {
	h = LegalHold{ID: h.ID, Employee: h.Employee, Matter: h.Matter}
	return do(ctx, s, cmd, "lifecycle.PlaceHold", storage.About(h, h.Employee), func(ctx context.Context, cmd hr.Command) (HoldID, []storage.Event, error) {
		h := h
		if s.Holds == nil {
			return "", nil, unwired("holds")
		}
		if _, err := s.Kit.Know.Take(ctx, s.Kit.Clock, h.Employee); err != nil { // an erasure that runs is over first
			return "", nil, err
		}
		if _, err := s.employment(ctx, h.Employee); err != nil {
			return "", nil, err
		}
		if h.ID == "" {
			h.ID = HoldID(cmd.NewID("hold"))
		}
		var faults hr.Faults
		if h.Matter == "" {
			faults.Missing("hold.matter", RuleHold)
		}
		if _, err := s.Holds.LegalHold(ctx, h.ID); err == nil {
			faults.Join("", &hr.FieldError{Path: "hold.id", Rule: RuleHold, Reason: "is the id of another hold", Err: hr.ErrDuplicate})
		} else if !errors.Is(err, storage.ErrNotFound) {
			return "", nil, err
		}
		if faults.Any() {
			return "", nil, faults.Err()
		}
		h.Since, h.Placed = s.day(cmd), hr.Ref{Kind: "command", ID: string(cmd.ID)}
		return h.ID, []storage.Event{event(cmd, "hold_placed", h.Employee, h.ref())}, s.Holds.PutHold(ctx, h)
	})
}

// ReleaseHold ends a legal hold. One that does not exist, or is released already, is RuleHoldUnknown.
func (s Service) ReleaseHold(ctx context.Context, cmd hr.Command, id HoldID) error {
	var h LegalHold
	about := storage.AboutCase(id, func(ctx context.Context) (_ []hr.EmployeeID, err error) {
		if s.Holds == nil {
			return nil, unwired("holds")
		}
		if h, err = s.Holds.LegalHold(ctx, id); errors.Is(err, storage.ErrNotFound) {
			err = &hr.FieldError{Path: "hold", Rule: RuleHoldUnknown, Reason: "is no legal hold", Err: storage.ErrNotFound}
		}
		return []hr.EmployeeID{h.Employee}, err
	})
	_, err := do(ctx, s, cmd, "lifecycle.ReleaseHold", about, func(ctx context.Context, cmd hr.Command) (HoldID, []storage.Event, error) {
		now := h
		if !now.Stands() {
			return "", nil, &hr.FieldError{Path: "hold", Rule: RuleHoldUnknown, Reason: "is released already"}
		}
		now.Released, now.Freed = s.day(cmd), hr.Ref{Kind: "command", ID: string(cmd.ID)}
		return id, []storage.Event{event(cmd, "hold_released", h.Employee, h.ref())}, s.Holds.PutHold(ctx, now)
	})
	return err
}

// HoldsOn returns the legal holds on an employee, those that were released too, by id.
func (s Service) HoldsOn(ctx context.Context, v hr.View, emp hr.EmployeeID) ([]LegalHold, error) {
	if err := storage.May(ctx, s.Kit, v, "lifecycle.HoldsOn", emp); err != nil {
		return nil, err
	}
	if s.Holds == nil {
		return nil, unwired("holds")
	}
	return s.Holds.HoldsOf(ctx, emp)
}

func (h LegalHold) ref() hr.Ref { return hr.Ref{Kind: "hold", ID: string(h.ID)} }
