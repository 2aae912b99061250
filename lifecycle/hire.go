package lifecycle

import (
	"context"
	"fmt"
	"slices"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// Hire makes an employee of h: their case in [Preboarding] and their first terms, open-ended from the first day. It returns their id:
// h.Employee, or a new one where that is empty. Faults come together: the person (RulePersonName and its siblings), the first day
// (RuleHireStart), the terms (RuleTermsEntity, RuleTermsCurrency, RuleTermsPayAmount and theirs), an id that is taken
// (RuleHireDuplicate), a manager who is no employee or the hired themselves (RuleManagerUnknown, RuleManagerCycle), somebody who is
// employed in the entity already, by an identity number (RuleTwin). That somebody else is paid into the same bank account is no fault
// here; see [Service.SharingAccount].
func (s Service) Hire(ctx context.Context, cmd hr.Command, h hr.Hire) (hr.EmployeeID, error) {
	return s.hire(ctx, cmd, "lifecycle.Hire", h, h, func(context.Context, *Employment, *hr.Hire, *hr.Faults) error { return nil })
}

// hire makes a new case of h; edit adds what else belongs to it, and also whom else it concerns.
func (s Service) hire(ctx context.Context, cmd hr.Command, verb string, args any, h hr.Hire, edit func(context.Context, *Employment, *hr.Hire, *hr.Faults) error, also ...hr.EmployeeID) (hr.EmployeeID, error) {
	about := also
	if h.Employee != "" {
		about = append([]hr.EmployeeID{h.Employee}, also...)
	}
	return do(ctx, s, cmd, verb, storage.About(args, about...), func(ctx context.Context, cmd hr.Command) (hr.EmployeeID, []storage.Event, error) {
		h := h
		if h.Employee == "" {
			h.Employee = hr.EmployeeID(cmd.NewID("employee"))
		}
		hold := s.entityGuard(h.Terms.Entity, h.Person)
		taken, err := s.Kit.Know.Take(ctx, s.Kit.Clock, append(hold, h.Employee)...)
		if err != nil {
			return "", nil, err
		}
		var faults hr.Faults
		e := Employment{ID: h.Employee, State: s.Table.Machine().Start(), Entity: h.Terms.Entity, Start: h.Start}
		if err := edit(ctx, &e, &h, &faults); err != nil {
			return "", nil, err
		}
		e.Person = h.Person
		checkHire(&faults, "", h)
		known, err := s.Employments.Employments(ctx, h.Employee, h.Terms.Manager)
		if err != nil {
			return "", nil, err
		}
		if _, taken := find(known, h.Employee); taken {
			faults.Join("", &hr.FieldError{Path: "employee", Rule: RuleHireDuplicate, Reason: "is the id of another employee", Err: hr.ErrDuplicate})
		}
		if m := h.Terms.Manager; m != "" && m != h.Employee {
			if _, employed := find(known, m); !employed {
				faults.Add("terms.manager", RuleManagerUnknown, "must be an employee")
			}
		}
		if err := s.refuseTwin(ctx, &faults, h); err != nil {
			return "", nil, err
		}
		if err := s.checkTaken(ctx, &faults, "terms.position", h.Employee, []hr.Entry[hr.Terms]{first(h)}); err != nil {
			return "", nil, err
		}
		if faults.Any() {
			return "", nil, faults.Err()
		}
		e.ProbationEnd = s.probationEnd(h.Terms, h.Start)
		if err := s.Employments.PutEmployment(ctx, e); err != nil {
			return "", nil, err
		}
		d := deed{entries: []hr.Entry[hr.Terms]{first(h)}, on: h.Start, happened: Happening{Event: "hire", Case: h.Cause}}
		ref, err := s.write(ctx, cmd, taken, h.Employee, d)
		return h.Employee, []storage.Event{event(cmd, "hire", h.Employee, ref)}, err
	})
}

// Rehiring is somebody who was employed before and comes again. Hire.Employee is the number they get: the former one, which is also
// what empty means, or a new one. Hire.Person may be left out where nothing has changed.
type Rehiring struct {
	Former    hr.EmployeeID
	Hire      hr.Hire
	Continued bool // service counts from where it began before; otherwise from the new first day
}

// Rehire makes an employee again of somebody whose employment has ended. Under the former number their case begins a new spell and
// keeps the earlier one; a new number is a new case that names the former. The terms of both say since when service counts
// ([AnswerServiceSince]). Faults are those of [Service.Hire], and: a first day that is not after the last (RuleRehireStart), nobody of
// that number (RuleEmploymentUnknown), an employment that has not ended or cannot begin again (RuleEmploymentMove).
func (s Service) Rehire(ctx context.Context, cmd hr.Command, r Rehiring) (hr.EmployeeID, error) {
	const verb = "lifecycle.Rehire"
	again := func(former Employment, h *hr.Hire, f *hr.Faults) hr.Date {
		if h.Person.Name == "" {
			h.Person = former.Person
		}
		if !h.Start.IsZero() && !h.Start.After(former.LastDay) {
			f.Add("hire.start", RuleRehireStart, "must be after the last day of the employment before")
		}
		since := h.Start
		if r.Continued {
			since = former.ServiceFrom()
		}
		h.Terms = h.Terms.Clone()
		h.Terms.Answers = slices.DeleteFunc(h.Terms.Answers, func(a hr.Answer) bool { return a.Name == AnswerServiceSince })
		h.Terms.Answers = append(h.Terms.Answers, hr.Answer{Name: AnswerServiceSince, Text: since.String()})
		return since
	}
	if r.Hire.Employee != "" && r.Hire.Employee != r.Former {
		return s.hire(ctx, cmd, verb, r, r.Hire, func(ctx context.Context, e *Employment, h *hr.Hire, f *hr.Faults) error {
			former, err := s.employment(ctx, r.Former)
			if err != nil {
				return err
			}
			s.Table.move(f, &former, Rehire)
			e.Former, e.ServiceSince = r.Former, again(former, h, f)
			return nil
		}, r.Former)
	}
	err := s.act(ctx, cmd, verb, r.Former, r, func(ctx context.Context, d *deed) error {
		h := r.Hire
		h.Employee = r.Former
		before := d.e
		d.moves(Rehire, h.Start)
		since := again(before, &h, &d.faults)
		checkHire(&d.faults, "hire", h)
		if err := s.knowManager(ctx, &d.faults, "hire.terms.manager", h.Terms.Manager); err != nil {
			return err
		}
		if err := s.refuseTwin(ctx, &d.faults, h); err != nil {
			return err
		}
		d.e = Employment{
			ID: before.ID, Version: before.Version, Former: before.Former, State: d.e.State, Person: h.Person, Entity: h.Terms.Entity,
			Start: h.Start, ServiceSince: since, ProbationEnd: s.probationEnd(h.Terms, h.Start),
			Earlier: append(slices.Clone(before.Earlier), Spell{
				Entity: before.Entity, Start: before.Start, LastDay: before.LastDay, State: before.State, Reason: before.ExitReason,
			}),
		}
		d.entries, d.happened.Case = []hr.Entry[hr.Terms]{first(h)}, h.Cause
		return nil
	}, s.entityGuard(r.Hire.Terms.Entity, r.Hire.Person)...)
	if err != nil {
		return "", err
	}
	return r.Former, nil
}

// knowManager adds a manager who is no employee. The hired themselves are found by checkHire.
func (s Service) knowManager(ctx context.Context, f *hr.Faults, path string, manager hr.EmployeeID) error {
	if manager == "" {
		return nil
	}
	known, err := s.Employments.Employments(ctx, manager)
	if err == nil && len(known) == 0 {
		f.Add(path, RuleManagerUnknown, "must be an employee")
	}
	return err
}

// entityGuard names the guard row that two hires of one person into one entity meet at: that of the entity, where identity numbers are
// looked up at all. A person without a name is left out, and is who they were before.
func (s Service) entityGuard(entity string, p hr.Person) []hr.EmployeeID {
	if _, looks := s.Employments.(Identities); !looks || len(p.Identities) == 0 && p.Name != "" || entity == "" {
		return nil
	}
	return []hr.EmployeeID{hr.EmployeeID("entity/" + entity)}
}

// refuseTwin adds that somebody with an identity number of h is employed in the same entity on a day from the first day of h on.
func (s Service) refuseTwin(ctx context.Context, f *hr.Faults, h hr.Hire) error {
	store, looks := s.Employments.(Identities)
	if !looks || h.Start.IsZero() {
		return nil
	}
	for i, id := range h.Person.Identities {
		if id.Number.IsZero() {
			continue
		}
		others, err := store.WithIdentity(ctx, id)
		if err != nil {
			return err
		}
		others = slices.DeleteFunc(others, func(o hr.EmployeeID) bool { return o == h.Employee })
		pins := make([]hr.Pin, len(others))
		for n, o := range others {
			pins[n].Employee = o
		}
		lines, err := timelines(ctx, s.Facts, pins)
		if err != nil {
			return err
		}
		for _, line := range lines {
			for _, terms := range line.Over(hr.Period{From: h.Start}) {
				if terms.Entity == h.Terms.Entity {
					path := fmt.Sprintf("person.identities[%d]", i)
					f.Join("", &hr.FieldError{Path: path, Rule: RuleTwin, Reason: "is of somebody who is employed in this entity then", Err: hr.ErrDuplicate})
					return nil
				}
			}
		}
	}
	return nil
}
