package app

import (
	"slices"
	"strings"

	"github.com/musterhr/hr"
)

// The verbs that the programs over the company add to those of the packages.
const (
	VerbAccounts = "server.Accounts" // who may log in
	VerbWebhooks = "server.Webhooks" // where events are sent
	VerbOperate  = "server.Operate"  // metrics and profiles of the running program
	VerbImport   = "server.Import"   // files of punches and of people
)

// VerbsOfLogin is how the verbs begin by which a program puts on record what somebody does to their own way of logging in, and VerbLock is that of
// an account which [Gatekeeper] shuts after too many tries.
const (
	VerbsOfLogin = "login."
	VerbLock     = "login.Lock"
)

// Gatekeeper is the program at the door: who tried is not known.
var Gatekeeper = hr.Actor{ID: "gatekeeper"}

// Access says who may do what: what most hosts begin with, and what this company adds. Everybody may punch on the web, which the server
// takes for now only. Admins look after accounts, webhooks and the running program.
func Access() hr.Access {
	access := hr.StandardAccess()
	access.Grants = append(access.Grants,
		hr.Grant{Name: "punching on the web", Relation: hr.RelationSelf, Verbs: []string{"attendance.Record"}},
		hr.Grant{Name: "looking after the program", Role: hr.RoleAdmin, Verbs: []string{VerbAccounts, VerbWebhooks, VerbOperate}},
		hr.Grant{Name: "bringing files", Role: hr.RoleHR, Verbs: []string{VerbImport, "lifecycle.Import"}},
		hr.Grant{Name: "bringing files", Role: hr.RoleImporter, Verbs: []string{VerbImport}},
		hr.Grant{Name: "what falls due", Role: hr.RoleScheduler, Verbs: schedulerMay()},
		hr.Grant{Name: "reviewing a run", Role: hr.RolePayrollPreparer, Verbs: []string{VerbReview, VerbResolve}},
		hr.Grant{Name: "reviewing a run", Role: hr.RolePayrollApprover, Verbs: []string{VerbReview, VerbResolve}},
	)
	access.NotAboutSelf = append(slices.DeleteFunc(access.NotAboutSelf, func(verb string) bool { return verb == "attendance.Record" }), VerbResolve)
	return access
}

// Policy is [Access] as the policy of a kit, and what it cannot say because it is about nobody in particular: whoever is employed may look at the
// organisation, and say what they thought of a candidate, where the service lets nobody but the interviewers; everybody looks after their own login.
func Policy() hr.Policy {
	access := Access()
	return func(a hr.Ask) hr.Verdict {
		switch {
		case a.Verb == "lifecycle.Organisation" && a.Actor.Employee != "":
			return hr.Verdict{Allow: true, Reason: "everybody may look at the organisation", Classes: []hr.FieldClass{hr.ClassPublic}}
		case a.Verb == "recruitment.SubmitScorecard" && a.Actor.Employee != "":
			return hr.Verdict{Allow: true, Reason: "whoever holds an interview says what they thought"}
		case a.Verb == VerbLock:
			return hr.Verdict{Allow: a.Actor.ID == Gatekeeper.ID && len(a.Actor.Roles) == 0, Reason: "the door shuts by itself"}
		case strings.HasPrefix(a.Verb, VerbsOfLogin):
			own := !slices.ContainsFunc(a.Subjects, func(id hr.EmployeeID) bool { return id != a.Actor.Employee })
			return hr.Verdict{Allow: own, Reason: "everybody looks after their own login"}
		}
		return access.Decide(a)
	}
}
