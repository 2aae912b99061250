package api

import (
	"context"

	"github.com/musterhr/hr"
)

// shown returns of a value what the caller may see of it: each field by its class, as the policy says for the verb that it was read with and
// for whom it is about. The rest is blank.
func shown[T any](ctx context.Context, r Request, verb string, value T, about ...hr.EmployeeID) (T, error) {
	ask := hr.Ask{Verb: verb, Actor: r.User.Actor, Purpose: r.View().Purpose, Subjects: about}
	relations, err := r.App.Kit.Relations.Relations(ctx, ask.Actor, about...)
	if err != nil {
		var none T
		return none, err
	}
	ask.Relations = relations
	for _, id := range about {
		if id == r.User.Actor.Employee && id != "" {
			ask.Relations = append(ask.Relations, hr.Relation{Kind: hr.RelationSelf, To: id})
		}
	}
	value, _ = hr.Show(r.App.Kit.Authorize.Decide(ask), value)
	return value, nil
}
