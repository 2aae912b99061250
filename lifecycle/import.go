package lifecycle

import (
	"context"
	"fmt"
	"log/slog"
	"strconv"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// Arrival is one employee of an earlier system, with the history of their terms.
type Arrival struct {
	Hire      hr.Hire     // who, since when, and the terms of the first day
	Later     []TermsStep // the terms since then, by rising date
	Joined    bool        // they have come; without it they are in preboarding
	Confirmed hr.Date     // since when confirmed; zero: in probation, if joined
	LastDay   hr.Date     // for who has left or will: the last day; zero: none
	Reason    string      // why they left
	Source    hr.Source   // the earlier system, and when it recorded this
}

// TermsStep is what held from a day on.
type TermsStep struct {
	From  hr.Date
	Terms hr.Terms
}

// Format hides the values.
func (Arrival) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte("[arrival]")) }

// LogValue hides the values.
func (Arrival) LogValue() slog.Value { return slog.StringValue("[arrival]") }

// Import takes over a workforce with its history, which is recorded as learnt now; the date of the earlier system goes into Source. It
// is one unit: all of it or nothing, and the faults of all rows come together, under rows[n]. They are those of [Service.Hire],
// [Service.Confirm] and [Service.Exit], and RuleTermsFrom and RuleTermsOutside for steps that do not rise or lie behind the last day.
// Managers may be rows of the same import, in any order. It returns the ids in row order.
func (s Service) Import(ctx context.Context, cmd hr.Command, rows []Arrival) ([]hr.EmployeeID, error) {
	const verb = "lifecycle.Import"
	var about []hr.EmployeeID
	for _, r := range rows {
		if r.Hire.Employee != "" {
			about = append(about, r.Hire.Employee)
		}
	}
	return do(ctx, s, cmd, verb, storage.About(rows, about...), func(ctx context.Context, cmd hr.Command) ([]hr.EmployeeID, []storage.Event, error) {
		ids := make([]hr.EmployeeID, len(rows))
		for i, r := range rows {
			if ids[i] = r.Hire.Employee; ids[i] == "" {
				ids[i] = hr.EmployeeID(cmd.NewID("employee", strconv.Itoa(i)))
			}
		}
		taken, err := s.Kit.Know.Take(ctx, s.Kit.Clock, ids...)
		if err != nil {
			return nil, nil, err
		}
		known, err := s.Employments.Employments(ctx, ids...)
		if err != nil {
			return nil, nil, err
		}
		var faults hr.Faults
		cases := make([]Employment, len(rows))
		entries := make([][]hr.Entry[hr.Terms], len(rows))
		lines := chart{}
		seen := map[hr.EmployeeID]bool{}
		for i, r := range rows {
			var own hr.Faults
			r.Hire.Employee = ids[i]
			if _, taken := find(known, ids[i]); taken || seen[ids[i]] {
				own.Join("", &hr.FieldError{Path: "hire.employee", Rule: RuleHireDuplicate, Reason: "is the id of another employee", Err: hr.ErrDuplicate})
			}
			seen[ids[i]] = true
			cases[i] = r.employment(&own)
			entries[i] = learnt(cmd, taken, ids[i], r.entries(string(cmd.ID)))
			if !own.Any() {
				h, err := hr.NewHistory(kindTerms, entries[i]...)
				own.Join("", err)
				lines[ids[i]] = h.AsKnown(0)
			}
			faults.Join(fmt.Sprintf("rows[%d]", i), own.Err())
		}
		if !faults.Any() { // a circle is looked for only where every line can be read
			if err := lines.climb(ctx, s.Facts, hr.Date{}, ids...); err != nil {
				return nil, nil, err
			}
			for i, id := range ids {
				lines.check(&faults, fmt.Sprintf("rows[%d].hire.terms.manager", i), id)
			}
		}
		if faults.Any() {
			return nil, nil, faults.Err()
		}
		var events []storage.Event
		for i, id := range ids {
			if err := s.Employments.PutEmployment(ctx, cases[i]); err != nil {
				return nil, nil, err
			}
			if err := s.Facts.AppendTerms(ctx, id, entries[i]...); err != nil {
				return nil, nil, err
			}
			events = append(events, event(cmd, "hire", id, termsRef(entries[i][0])))
			for _, on := range rows[i].events() {
				events = append(events, event(cmd, string(on), id, hr.Ref{}))
			}
		}
		return ids, events, nil
	})
}

// events are what has happened to the arrival, in order: its state is the fold of them.
func (a Arrival) events() (list []Event) {
	if a.Joined {
		list = append(list, Join)
	}
	if !a.Confirmed.IsZero() {
		list = append(list, Confirm)
	}
	if !a.LastDay.IsZero() {
		list = append(list, Exit)
	}
	return list
}

// employment makes the case of the arrival, or adds what is wrong with it.
func (a Arrival) employment(f *hr.Faults) Employment {
	h := a.Hire
	checkHire(f, "hire", h)
	e := Employment{
		ID: h.Employee, Person: h.Person, State: machine.Start(), Entity: h.Terms.Entity, Start: h.Start,
		Confirmed: a.Confirmed, LastDay: a.LastDay, ExitReason: a.Reason,
	}
	for _, on := range a.events() {
		step(f, &e, on)
	}
	if !a.Confirmed.IsZero() && a.Confirmed.Before(h.Start) {
		f.Add("confirmed", RuleEmploymentConfirm, "must be the first day or later")
	}
	if !a.LastDay.IsZero() {
		checkLastDay(f, "last_day", h.Start, a.LastDay)
	}
	before := h.Start
	for i, s := range a.Later {
		at := fmt.Sprintf("later[%d]", i)
		switch {
		case s.From.IsZero():
			f.Missing(at+".from", RuleTermsFrom)
		case !s.From.After(before):
			f.Add(at+".from", RuleTermsFrom, "must be after the step before")
		case !a.LastDay.IsZero() && s.From.After(a.LastDay):
			f.Add(at+".from", RuleTermsOutside, "must be a day of the employment")
		}
		before = s.From
		checkTerms(f, at+".terms", s.Terms)
	}
	return e
}

// entries are the facts of the arrival: each later step is a change of its own, so that it can be withdrawn alone.
func (a Arrival) entries(command string) []hr.Entry[hr.Terms] {
	entries := []hr.Entry[hr.Terms]{first(a.Hire)}
	for i, s := range a.Later {
		entries = append(entries, hr.Entry[hr.Terms]{
			Period: hr.Period{From: s.From}, Value: s.Terms,
			Cause: hr.Ref{Kind: "import", ID: command + "/" + strconv.Itoa(i)},
		})
	}
	if !a.LastDay.IsZero() {
		entries = append(entries, end(a.LastDay))
	}
	for i := range entries {
		entries[i].Source = a.Source
	}
	return entries
}
