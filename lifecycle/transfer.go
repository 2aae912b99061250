package lifecycle

import (
	"context"
	"fmt"
	"log/slog"
	"slices"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// Transfer moves somebody to another place, department, position or manager, or to another legal entity of the house.
type Transfer struct {
	From hr.Date `json:"from" class:"private"` // the first day there
	// Set holds what is different there. The pay terms of the old entity go on unless Set or Clear says otherwise.
	Set   hr.Terms `json:"set,omitzero" class:"money"`
	Clear []string `json:"clear,omitempty" class:"public"` // as in [TermsChange]
	// Fresh says that service counts from From in the new entity; otherwise it goes on. It is only for another entity.
	Fresh bool `json:"fresh,omitempty" class:"private"`
	// EndKinds are the kinds of identity numbers that the old entity gave and that end with it, such as a member number of its own
	// fund; a number of the person (PAN, UAN, NINO) stays. Identities are the new ones, each in place of one of its kind.
	EndKinds   []string      `json:"end_kinds,omitempty" class:"public"`
	Identities []hr.Identity `json:"identities,omitempty" class:"government_id"`
}

// LogValue hides the values.
func (Transfer) LogValue() slog.Value { return slog.StringValue("[transfer]") }

// Transfer makes t: the terms change from its first day on, through whatever is known for later, and between entities the terms say since
// when service counts. The employment goes on under its number: nobody leaves and nobody is hired. It returns the id of the change, for
// [Service.WithdrawTerms]; identity numbers and Employment.ServiceSince do not go back with it. Faults are those of [Service.ChangeTerms], and: Fresh or
// identities without another entity (RuleTransferEntity), an identity number that is not whole or ends while it is given
// (RuleTransferNumber), somebody employed in the new entity already by an identity number (RuleTwin), an employment that has ended
// (RuleEmploymentMove).
func (s Service) Transfer(ctx context.Context, cmd hr.Command, emp hr.EmployeeID, t Transfer) (string, error) {
	const verb = "lifecycle.Transfer"
	args := struct {
		Employee hr.EmployeeID
		Transfer Transfer
	}{emp, t}
	return do(ctx, s, cmd, verb, storage.About(args, emp), func(ctx context.Context, cmd hr.Command) (string, []storage.Event, error) {
		return s.transfer(ctx, cmd, emp, t, Happening{Event: "transfer"})
	})
}

// transfer makes t inside a command.
func (s Service) transfer(ctx context.Context, cmd hr.Command, emp hr.EmployeeID, t Transfer, happened Happening) (string, []storage.Event, error) {
	e, err := s.employment(ctx, emp)
	if err != nil {
		return "", nil, err
	}
	lines, err := timelines(ctx, s.Facts, []hr.Pin{{Employee: emp}})
	if err != nil {
		return "", nil, err
	}
	held, _ := lines[0].At(t.From)
	between := t.Set.Entity != "" && t.Set.Entity != held.Entity
	c := TermsChange{From: t.From, Onward: true, Set: t.Set.Clone(), Clear: t.Clear}
	moved := e
	if between {
		t.enter(&moved, &c)
	}
	w := rewriting{managerPath: "set.manager", happened: happened, on: t.From}
	w.decide = func(h hr.History[hr.Terms]) ([]hr.Entry[hr.Terms], error) { return Change(h, c) }
	w.also = s.entityGuard(t.Set.Entity, moved.Person)
	w.beside = func(ctx context.Context, f *hr.Faults) error {
		t.check(f, between, s.Table.Meaning(e.State).Employed)
		if !between {
			return nil
		}
		if err := s.refuseTwin(ctx, f, hr.Hire{Employee: emp, Person: moved.Person, Start: t.From, Terms: hr.Terms{Entity: t.Set.Entity}}); err != nil || f.Any() {
			return err
		}
		return s.Employments.PutEmployment(ctx, moved)
	}
	return s.rewrite(ctx, cmd, emp, w)
}

// check adds what is wrong with t beside its terms.
func (t Transfer) check(f *hr.Faults, between, employed bool) {
	if !employed {
		f.Add("state", RuleEmploymentMove, "the employment has ended")
	}
	if !between && (t.Fresh || len(t.EndKinds) > 0 || len(t.Identities) > 0) {
		f.Add("set.entity", RuleTransferEntity, "service and identity numbers change with the entity only")
	}
	for i, id := range t.Identities {
		if id.Kind == "" || id.Number.IsZero() || slices.ContainsFunc(t.Identities[:i], func(o hr.Identity) bool { return o.Kind == id.Kind }) {
			f.Add(fmt.Sprintf("identities[%d]", i), RuleTransferNumber, "needs a kind of its own and a number")
		}
	}
}

// enter makes e and c those of the new entity: since when service counts, and which identity numbers there are.
func (t Transfer) enter(e *Employment, c *TermsChange) {
	e.ServiceSince = e.ServiceFrom()
	if t.Fresh {
		e.ServiceSince = t.From
	}
	c.Set.Answers = slices.DeleteFunc(c.Set.Answers, func(a hr.Answer) bool { return a.Name == AnswerServiceSince })
	c.Set.Answers = append(c.Set.Answers, hr.Answer{Name: AnswerServiceSince, Text: e.ServiceSince.String()})
	ends := func(id hr.Identity) bool {
		return slices.Contains(t.EndKinds, id.Kind) || slices.ContainsFunc(t.Identities, func(o hr.Identity) bool { return o.Kind == id.Kind })
	}
	e.Person.Identities = append(slices.DeleteFunc(slices.Clone(e.Person.Identities), ends), t.Identities...)
}
