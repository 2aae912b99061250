package pages

import (
	"slices"

	"github.com/musterhr/hr"
)

// names returns what people are called, as far as the user may know it; of the others, their numbers.
func (r Request) names(ids ...hr.EmployeeID) map[hr.EmployeeID]string {
	out := map[hr.EmployeeID]string{}
	for _, id := range ids {
		out[id] = string(id)
	}
	if _, asked := out[r.Me()]; asked && r.Me() != "" {
		out[r.Me()] = r.User.Name
	}
	if len(ids) == 0 || !r.allowed("lifecycle.People", ids...) {
		return out
	}
	if people, err := r.App.People.People(r.Context(), r.View(), ids...); err == nil {
		for i, p := range people {
			out[ids[i]] = p.Name
		}
	}
	return out
}

// name returns what one person is called.
func (r Request) name(id hr.EmployeeID) string { return r.names(id)[id] }

// allowed reports what the policy says to something about people, before it is asked: whether there is a button for it, or a name. The service
// asks again, and only what it refuses is a refusal in the audit.
func (r Request) allowed(verb string, ids ...hr.EmployeeID) bool {
	ask := hr.Ask{Verb: verb, Actor: r.User.Actor, Purpose: "pages", Subjects: ids}
	if len(ids) > 0 {
		relations, err := r.App.Kit.Relations.Relations(r.Context(), r.User.Actor, ids...)
		if err != nil {
			return false
		}
		ask.Relations = relations
	}
	if me := r.Me(); me != "" && slices.Contains(ids, me) {
		ask.Relations = append(ask.Relations, hr.Relation{Kind: hr.RelationSelf, To: me})
	}
	return r.App.Kit.Authorize.Decide(ask).Allow
}
