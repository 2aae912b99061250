package app

import (
	"slices"

	"github.com/musterhr/hr"
)

// The verbs that the programs over the company add to those of the packages.
const (
	VerbAccounts = "server.Accounts" // who may log in
	VerbWebhooks = "server.Webhooks" // where events are sent
	VerbOperate  = "server.Operate"  // metrics and profiles of the running program
	VerbImport   = "server.Import"   // files of punches and of people
)

// Access says who may do what: what most hosts begin with, and what this company adds. Everybody may punch on the web, which the server
// takes for now only. Admins look after accounts, webhooks and the running program.
func Access() hr.Access {
	access := hr.StandardAccess()
	access.Grants = append(access.Grants,
		hr.Grant{Name: "punching on the web", Relation: hr.RelationSelf, Verbs: []string{"attendance.Record"}},
		hr.Grant{Name: "looking after the program", Role: hr.RoleAdmin, Verbs: []string{VerbAccounts, VerbWebhooks, VerbOperate}},
		hr.Grant{Name: "bringing files", Role: hr.RoleHR, Verbs: []string{VerbImport, "lifecycle.Import"}},
		hr.Grant{Name: "bringing files", Role: hr.RoleImporter, Verbs: []string{VerbImport}},
	)
	access.NotAboutSelf = slices.DeleteFunc(access.NotAboutSelf, func(verb string) bool { return verb == "attendance.Record" })
	return access
}

// Policy is [Access] as the policy of a kit. Whoever is employed may look at the organisation, which is about nobody in particular.
func Policy() hr.Policy {
	access := Access()
	return func(a hr.Ask) hr.Verdict {
		if a.Verb == "lifecycle.Organisation" && a.Actor.Employee != "" {
			return hr.Verdict{Allow: true, Reason: "everybody may look at the organisation", Classes: []hr.FieldClass{hr.ClassPublic}}
		}
		return access.Decide(a)
	}
}
