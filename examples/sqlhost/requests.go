package main

import (
	"context"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave"
)

// PutRequest implements leave.Requests.
func (h *Host) PutRequest(ctx context.Context, r leave.Request) error {
	was := r.Version
	r.Version++
	return h.put(ctx, was, "leave_request", []column{
		{"id", string(r.ID)},
		{"staff", string(r.Employee)},
		{"type", string(r.Type)},
		{"first_day", r.Period.From},
		{"last_day", r.Period.Through},
		{"state", string(r.State)},
		{"version", r.Version},
		{"rest", document{r}},
	})
}

// Request implements leave.Requests.
func (h *Host) Request(ctx context.Context, id leave.RequestID) (leave.Request, error) {
	return one(h.requests(ctx, `id = ?`, string(id)))
}

// RequestsIn implements leave.Requests.
func (h *Host) RequestsIn(ctx context.Context, emp hr.EmployeeID, p hr.Period) ([]leave.Request, error) {
	return h.requests(ctx, `staff = ? AND last_day >= ? AND (?3 IS NULL OR first_day <= ?3) ORDER BY first_day, id`, string(emp), p.From, p.Through)
}

// requests returns the rows of a condition.
func (h *Host) requests(ctx context.Context, where string, args ...any) ([]leave.Request, error) {
	return list(ctx, h, `SELECT rest FROM leave_request WHERE `+where, func(scan func(into ...any) error) (r leave.Request, _ error) {
		return r, scan(document{&r})
	}, args...)
}
