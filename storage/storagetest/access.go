package storagetest

import (
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
	"github.com/musterhr/hr/leave"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/recruitment"
)

// Verbs returns every verb of the five services, sorted: what a policy may be asked.
func Verbs() (verbs []string) {
	for _, service := range []any{attendance.Service{}, leave.Service{}, lifecycle.Service{}, payroll.Service{}, recruitment.Service{}} {
		t := reflect.TypeOf(service)
		domain := strings.TrimSuffix(t.String(), ".Service")
		for i := range t.NumMethod() {
			m := t.Method(i)
			if m.Type.NumIn() > 2 && (m.Type.In(2) == reflect.TypeFor[hr.Command]() || m.Type.In(2) == reflect.TypeFor[hr.View]()) {
				verbs = append(verbs, domain+"."+m.Name)
			}
		}
	}
	slices.Sort(verbs)
	return verbs
}

// WriteAccess writes who may do what by a policy, a line for each verb, so that a host keeps it as a file beside its tests, reads it once and
// sees every later change as a difference:
//
//	leave.Request: self pcvgms; manager pcv; hr pcvgms
//
// It asks about one employee for everybody who stands to them as self, as manager, and as delegate to whom everything is lent, and for whoever holds one
// of the roles and stands in no relation. Letters are the classes seen: p public, c contact, v private, g government id, m money, s special; none for
// what shows nothing. A verb that nobody has is written with "nobody".
func WriteAccess(w io.Writer, policy hr.Policy, verbs []string, roles ...string) error {
	const me, they = hr.EmployeeID("me"), hr.EmployeeID("they")
	for _, verb := range verbs {
		var who []string
		ask := func(name string, a hr.Ask) {
			a.Verb = verb
			if verdict := policy.Decide(a); verdict.Allow {
				who = append(who, strings.TrimSpace(name+" "+seen(verdict)))
			}
		}
		actor := hr.Actor{ID: "actor", Employee: me}
		ask("self", hr.Ask{Actor: actor, Subjects: []hr.EmployeeID{me}, Relations: []hr.Relation{{Kind: hr.RelationSelf, To: me}}})
		for _, kind := range []hr.RelationKind{hr.RelationManager, hr.RelationDelegate} {
			ask(string(kind), hr.Ask{Actor: actor, Subjects: []hr.EmployeeID{they}, Relations: []hr.Relation{{Kind: kind, To: they, Lent: []string{"*"}}}})
		}
		for _, role := range roles {
			actor.Roles = []string{role}
			ask(role, hr.Ask{Actor: actor, Subjects: []hr.EmployeeID{they}})
		}
		if len(who) == 0 {
			who = []string{"nobody"}
		}
		if _, err := fmt.Fprintf(w, "%s: %s\n", verb, strings.Join(who, "; ")); err != nil {
			return err
		}
	}
	return nil
}

func seen(v hr.Verdict) (letters string) {
	for i, class := range hr.FieldClasses() {
		if v.Sees(class) {
			letters += string("pcvgms"[i])
		}
	}
	return letters
}
