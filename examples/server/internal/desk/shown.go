package desk

import (
	"context"
	"slices"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/examples/internal/app"
)

// Show returns of a value what somebody may see of it: each field by its class, as the policy says for the verb that it was read with and for whom
// it is about. The rest is blank.
func Show[T any](ctx context.Context, a *app.App, v hr.View, verb string, value T, about ...hr.EmployeeID) (T, error) {
	verdict, err := Verdict(ctx, a, v, verb, about...)
	if err != nil {
		var none T
		return none, err
	}
	value, _ = hr.Show(verdict, value)
	return value, nil
}

// Verdict is what the policy says to something about people. Nothing is asked for yet, so a refusal is none for the audit.
func Verdict(ctx context.Context, a *app.App, v hr.View, verb string, about ...hr.EmployeeID) (hr.Verdict, error) {
	ask := hr.Ask{Verb: verb, Actor: v.Actor, Purpose: v.Purpose, Subjects: about}
	if len(about) > 0 {
		relations, err := a.Kit.Relations.Relations(ctx, ask.Actor, about...)
		if err != nil {
			return hr.Verdict{}, err
		}
		ask.Relations = relations
	}
	if me := v.Actor.Employee; me != "" && slices.Contains(about, me) {
		ask.Relations = append(ask.Relations, hr.Relation{Kind: hr.RelationSelf, To: me})
	}
	return a.Kit.Authorize.Decide(ask), nil
}
