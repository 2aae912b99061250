package app

import (
	"context"
	"time"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/lifecycle"
)

// live adds what the files of the company do not have: the organisation, checklists under way, and things that wait for somebody.
func (a *App) live(ctx context.Context, now *time.Time) error {
	*now = a.SeededAt()
	return a.organise(ctx)
}

func (a *App) by(who hr.Actor, id string) hr.Command {
	return hr.Command{ID: hr.CommandID("specimen/" + id), Actor: who, Purpose: "setting up the specimen company"}
}

// organise makes the company and its departments, each under the head of whoever works there.
func (a *App) organise(ctx context.Context) error {
	always := hr.Period{From: hr.MustDate("2020-01-01")}
	changes := []lifecycle.PartChange{{Period: always, Part: lifecycle.Part{Entity: lifecycle.LegalEntity{
		ID: a.Company.Entity, Name: a.Company.Name, Country: a.Company.Country, Currency: a.Company.Currency,
	}}}}
	seen := map[string]bool{}
	for _, e := range a.Company.People { // by number: the first of a department heads it
		if d := e.Hire.Terms.Department; d != "" && !seen[d] {
			seen[d] = true
			u := lifecycle.Unit{ID: d, Name: d, Entity: a.Company.Entity, Head: e.ID()}
			if d != "Management" {
				u.Parent = "Management"
			}
			changes = append(changes, lifecycle.PartChange{Period: hr.Period{From: max2(always.From, e.Hire.Start)}, Part: lifecycle.Part{Unit: u}})
		}
	}
	_, err := a.People.Organise(ctx, a.by(a.Company.PreparedBy, "organise"), changes...)
	return err
}

func max2(a, b hr.Date) hr.Date {
	if a.Before(b) {
		return b
	}
	return a
}
