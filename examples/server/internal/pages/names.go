package pages

import (
	"github.com/musterhr/hr"
	"github.com/musterhr/hr/examples/server/internal/desk"
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
	alone := len(out) == 1 && out[r.Me()] != "" && r.Me() != "" // who looks at themselves knows what they are called
	if len(ids) == 0 || alone || !r.allowed("lifecycle.People", ids...) {
		return out
	}
	if people, err := r.App.People.People(r.Context(), r.View(), ids...); err == nil {
		for i, p := range people {
			if p, err = desk.Show(r.Context(), r.App, r.View(), "lifecycle.People", p, ids[i]); err == nil && p.Name != "" {
				out[ids[i]] = p.Name
			}
		}
	}
	return out
}

// name returns what one person is called.
func (r Request) name(id hr.EmployeeID) string { return r.names(id)[id] }

// there returns storage.ErrNotFound for a number that is nobody's. It is asked once it is decided that the user may know of them.
func (r Request) there(id hr.EmployeeID) error {
	_, err := r.App.Store.Employment(r.Context(), id)
	return err
}

// allowed reports what the policy says to something about people, before it is asked: whether there is a button for it, or a name. The service
// asks again, and only what it refuses is a refusal in the audit.
func (r Request) allowed(verb string, ids ...hr.EmployeeID) bool {
	verdict, err := desk.Verdict(r.Context(), r.App, r.View(), verb, ids...)
	return err == nil && verdict.Allow
}
