package app

import (
	"github.com/musterhr/hr"
	"github.com/musterhr/hr/lifecycle"
)

// Who looks after people and machines in the specimen company.
const (
	hrManager = hr.EmployeeID("E063")
	itManager = hr.EmployeeID("E065")
)

func person(id hr.EmployeeID) lifecycle.Approver {
	return lifecycle.Approver{Kind: lifecycle.AskPerson, Person: hr.Actor{ID: hr.ActorID(id), Employee: id}}
}

// checklists are what is done for everybody who joins or leaves.
func checklists() []lifecycle.ChecklistTemplate {
	boss := lifecycle.Approver{Kind: lifecycle.AskManager}
	self := lifecycle.Approver{Kind: lifecycle.AskEmployee}
	return []lifecycle.ChecklistTemplate{
		{Name: "joining", Kind: lifecycle.Joining, Tasks: []lifecycle.TaskTemplate{
			{ID: "papers", Title: "Collect identity and bank papers", Owner: person(hrManager), Days: 0},
			{ID: "laptop", Title: "Set up laptop and accounts", Owner: person(itManager), Days: 0, Waivers: []lifecycle.Approver{person(hrManager)}},
			{ID: "welcome", Title: "Welcome and first plan", Owner: boss, Days: 1, After: []string{"laptop"}},
			{ID: "handbook", Title: "Read the handbook and sign it", Owner: self, Days: 5, Waivers: []lifecycle.Approver{person(hrManager)}},
		}},
		{Name: "leaving", Kind: lifecycle.Leaving, Returns: person(itManager), ReturnsWaivers: []lifecycle.Approver{person(hrManager)}, Tasks: []lifecycle.TaskTemplate{
			{ID: "handover", Title: "Hand over open work", Owner: boss, Days: -2, Waivers: []lifecycle.Approver{person(hrManager)}},
			{ID: "access", Title: "Close accounts and access", Owner: person(itManager), Days: 0},
			{ID: "interview", Title: "Exit interview", Owner: person(hrManager), Days: -1, Waivers: []lifecycle.Approver{person("E001")}},
			{ID: "letter", Title: "Hand over the relieving letter", Owner: person(hrManager), Days: 2, After: []string{"access"}, Gate: lifecycle.GateSettlement},
		}},
	}
}
