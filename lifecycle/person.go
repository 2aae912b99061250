package lifecycle

import (
	"context"
	"fmt"

	"github.com/musterhr/hr"
)

// ChangePerson replaces who the employee is: a new name or address, without approval. What was there before is in nobody's answer any
// more; that it was changed, by whom and why is in the audit and on record. Faults are those of the person in [Service.Hire], RuleTwin among them,
// and RuleBankProposal for another bank account where there was one and Service.Proposals is set: that goes through [Service.Propose].
func (s Service) ChangePerson(ctx context.Context, cmd hr.Command, emp hr.EmployeeID, p hr.Person) error {
	return s.act(ctx, cmd, "lifecycle.ChangePerson", emp, p, func(ctx context.Context, d *deed) error {
		d.happened.Event = "person"
		checkPersonOf(&d.faults, d.e, p)
		if err := s.refuseTwin(ctx, &d.faults, hr.Hire{Employee: emp, Person: p, Start: d.today, Terms: d.current(d.today)}); err != nil {
			return err
		}
		if was := d.e.Person.Bank; s.Proposals != nil && !was.IsZero() && was != p.Bank {
			d.faults.Add("person.bank", RuleBankProposal, "changes by a proposal, which a second person approves and which waits")
		}
		d.e.Person = p
		return nil
	})
}

// checkPersonOf adds what is wrong with p as the person of e.
func checkPersonOf(f *hr.Faults, e Employment, p hr.Person) {
	checkPerson(f, "person", p)
	if !p.Born.IsZero() && !p.Born.Before(e.Start) {
		f.Add("person.born", RulePersonBorn, "must be before the first day")
	}
}

// checkPerson adds what is wrong with p under path. A person needs a name; what else is given must be whole.
func checkPerson(f *hr.Faults, path string, p hr.Person) {
	if p.Name == "" {
		f.Missing(path+".name", RulePersonName)
	}
	switch p.Gender {
	case "", "female", "male", "other":
	default:
		f.Add(path+".gender", RulePersonGender, `must be "female", "male", "other" or empty`)
	}
	seen := map[string]bool{}
	for i, id := range p.Identities {
		at := fmt.Sprintf("%s.identities[%d]", path, i)
		switch {
		case id.Kind == "" || id.Number.IsZero():
			f.Add(at, RulePersonIdentity, "needs a kind and a number")
		case seen[id.Kind]:
			f.Add(at, RulePersonIdentity, "is the second number of kind %s", id.Kind)
		}
		seen[id.Kind] = true
	}
	if b := p.Bank; !b.IsZero() {
		if b.Number.IsZero() {
			f.Missing(path+".bank.number", RulePersonBank)
		}
		if b.Bank == "" {
			f.Missing(path+".bank.bank", RulePersonBank)
		}
		if b.Holder == "" {
			f.Missing(path+".bank.holder", RulePersonBank)
		}
	}
}

// checkHire adds everything that is wrong with h under path ("" for the input itself), as far as h alone tells.
func checkHire(f *hr.Faults, path string, h hr.Hire) {
	var own hr.Faults
	checkPerson(&own, "person", h.Person)
	switch {
	case h.Start.IsZero():
		own.Missing("start", RuleHireStart)
	case !h.Person.Born.IsZero() && !h.Person.Born.Before(h.Start):
		own.Add("person.born", RulePersonBorn, "must be before the first day")
	}
	checkTerms(&own, "terms", h.Terms)
	if h.Employee != "" && h.Terms.Manager == h.Employee {
		own.Add("terms.manager", RuleManagerCycle, "nobody manages themselves")
	}
	f.Join(path, own.Err())
}
