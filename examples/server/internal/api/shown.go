package api

import (
	"context"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/examples/server/internal/desk"
)

// shown returns of a value what the caller may see of it; see [desk.Show].
func shown[T any](ctx context.Context, r Request, verb string, value T, about ...hr.EmployeeID) (T, error) {
	return desk.Show(ctx, r.App, r.View(), verb, value, about...)
}
