package lifecycle

import (
	"context"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// Export returns what is stored about an employee here: who they are, their terms and what happened to them, proposals, documents, delegations, checklists,
// legal holds and consents; and for how long it is kept, by [Service.Retention]. See [storage.Export]. What they had under a former id is
// exported under that.
func (s Service) Export(ctx context.Context, v hr.View, emp hr.EmployeeID) (hr.Extract, error) {
	if err := storage.May(ctx, s.Kit, v, "lifecycle.Export", emp); err != nil {
		return hr.Extract{}, err
	}
	today := hr.DateOf(s.Kit.Clock(), s.zone())
	employment, plan, err := s.erasure(ctx, emp, today)
	if err != nil {
		return hr.Extract{}, err
	}
	x, err := storage.Extractor(ctx, s.Kit, v, "lifecycle.Export", emp, employment.Former)
	if err != nil {
		return hr.Extract{}, err
	}
	e := hr.Extract{Subject: storage.SubjectEmployee(emp), On: today}
	for _, l := range plan {
		e.Kept = append(e.Kept, l.keeping())
	}
	pins := []hr.Pin{{Employee: emp}}
	for _, part := range []struct {
		kept bool
		read func() ([]hr.Section, error)
	}{
		{true, func() ([]hr.Section, error) {
			return cases(x, "Employment", "lifecycle.Employments", func(r Employment) string { return string(r.ID) })([]Employment{employment}, nil)
		}},
		{true, func() ([]hr.Section, error) {
			return facts[hr.Terms](x, "Terms", "lifecycle.Facts")(s.Facts.Terms(ctx, pins))
		}},
		{s.Record != nil, func() ([]hr.Section, error) {
			return facts[Happening](x, "What happened", "lifecycle.Record")(s.Record.Happenings(ctx, pins))
		}},
		{s.Proposals != nil, func() ([]hr.Section, error) {
			return cases(x, "Proposals", "lifecycle.Proposals", func(r Proposal) string { return string(r.ID) })(s.Proposals.ProposalsOf(ctx, emp))
		}},
		{s.Documents != nil, func() ([]hr.Section, error) {
			return cases(x, "Documents", "lifecycle.Documents", func(r Document) string { return string(r.ID) })(s.Documents.DocumentsOf(ctx, emp))
		}},
		{s.Delegations != nil, func() ([]hr.Section, error) {
			return facts[Delegation](x, "Delegations", "lifecycle.Delegations")(s.Delegations.DelegationsOf(ctx, pins))
		}},
		{s.Checklists != nil, func() ([]hr.Section, error) {
			return cases(x, "Checklists", "lifecycle.Checklists", func(r Checklist) string { return string(r.ID) })(s.Checklists.ChecklistsOf(ctx, emp))
		}},
		{s.Holds != nil, func() ([]hr.Section, error) {
			return cases(x, "Legal holds", "lifecycle.Holds", func(r LegalHold) string { return string(r.ID) })(s.Holds.HoldsOf(ctx, emp))
		}},
		{s.Consents != nil, func() ([]hr.Section, error) {
			return facts[Consent](x, "Consents", "lifecycle.Consents")(s.Consents.ConsentsOf(ctx, pins))
		}},
	} {
		if !part.kept {
			continue
		}
		sections, err := part.read()
		if err != nil {
			return hr.Extract{}, err
		}
		e.Sections = append(e.Sections, sections...)
	}
	return e, nil
}

// facts makes a section of what a port of facts answers for one pin.
func facts[T any](x hr.Extractor, title, source string) func([][]hr.Entry[T], error) ([]hr.Section, error) {
	return func(lists [][]hr.Entry[T], err error) ([]hr.Section, error) {
		if err != nil {
			return nil, err
		}
		return hr.EntriesOf(x, title, source, lists[0]...), nil
	}
}

// cases makes a section of what a port of cases answers.
func cases[T any](x hr.Extractor, title, source string, id func(T) string) func([]T, error) ([]hr.Section, error) {
	return func(rows []T, err error) ([]hr.Section, error) {
		if err != nil {
			return nil, err
		}
		return hr.SectionOf(x, title, source, id, rows...), nil
	}
}

// keeping says of a line of a plan until when, and the longest reason.
func (l ErasureLine) keeping() hr.Keeping {
	k := hr.Keeping{Class: l.Class, Record: l.Record}
	if !l.Due.IsZero() && l.Verdict != Held {
		k.Through = l.Due.Add(-1)
	}
	switch {
	case l.Verdict == Gone:
		k.Why = "erased"
	case l.Verdict == Stays:
		k.Why = "stays, and leads to nobody once the rest is erased"
	case len(l.Why) > 0:
		k.Why = l.Why[0].Title
		if source := l.Why[0].Source.String(); source != "" {
			k.Why += " (" + source + ")"
		}
	}
	return k
}
