package lifecycle

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"strconv"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// Arrival is one employee of an earlier system, with the history of their terms.
type Arrival struct {
	Earlier      []ArrivedSpell // employments before this one, oldest first
	Hire         hr.Hire        // who, since when, and the terms of the first day
	Later        []TermsStep    // the terms since then, by rising date
	Joined       bool           // they have come; without it they are in preboarding
	ProbationEnd hr.Date        // the last day of the trial as planned; zero: by Service.Probations
	Confirmed    hr.Date        // since when confirmed; zero: in probation, if joined
	ContractEnd  hr.Date        // the last day of a contract for a term; zero: none
	ServiceSince hr.Date        // since when service counts, where that is not the first day
	LastDay      hr.Date        // for who has left or will: the last day; zero: none
	Ended        Event          // how: Exit, Retire or Die; empty is Exit. Only with LastDay.
	Reason       string         // why they left
	Source       hr.Source      // the earlier system, and when it recorded this
}

// ArrivedSpell is an employment that had ended before the one that is imported.
type ArrivedSpell struct {
	Start   hr.Date
	Terms   hr.Terms
	Later   []TermsStep // by rising date
	LastDay hr.Date
	Ended   Event // as in [Arrival]
	Reason  string
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
// [Service.Confirm] and [Service.Exit], and RuleTermsFrom and RuleTermsOutside for steps that do not rise or lie behind the last day,
// RuleRehireStart for spells that do not follow one another. Managers may be rows of the same import, in any order. Sent again under the same
// command id it does nothing and returns the first answer: the ids in row order. Service.Progress is told how far it has come.
func (s Service) Import(ctx context.Context, cmd hr.Command, rows []Arrival) ([]hr.EmployeeID, error) {
	const verb = "lifecycle.Import"
	var about []hr.EmployeeID
	for _, r := range rows {
		if r.Hire.Employee != "" {
			about = append(about, r.Hire.Employee)
		}
	}
	return do(ctx, s, cmd, verb, storage.About(rows, about...), func(ctx context.Context, cmd hr.Command) ([]hr.EmployeeID, []storage.Event, error) {
		in, err := s.arriving(ctx, cmd, rows)
		if err != nil {
			return nil, nil, err
		}
		var events []storage.Event
		for i, id := range in.ids {
			if err := s.Employments.PutEmployment(ctx, in.cases[i]); err != nil {
				return nil, nil, err
			}
			if err := s.Facts.AppendTerms(ctx, id, in.entries[i]...); err != nil {
				return nil, nil, err
			}
			if err := s.record(ctx, cmd, in.taken, id, rows[i].happenings(s.Table, in.entries[i][0].ID)...); err != nil {
				return nil, nil, err
			}
			events = append(events, event(cmd, "hire", id, termsRef(in.entries[i][0])))
			for _, on := range rows[i].events() {
				events = append(events, event(cmd, string(on), id, hr.Ref{}))
			}
			if s.Progress != nil {
				s.Progress(i+1, len(rows))
			}
		}
		return in.ids, events, nil
	})
}

// arriving is an import that was checked, by row.
type arriving struct {
	ids     []hr.EmployeeID
	taken   []storage.Taken
	cases   []Employment
	entries [][]hr.Entry[hr.Terms]
}

// arriving checks rows and makes what is to be written.
func (s Service) arriving(ctx context.Context, cmd hr.Command, rows []Arrival) (in arriving, err error) {
	in.ids = make([]hr.EmployeeID, len(rows))
	hold := map[hr.EmployeeID]bool{}
	for i, r := range rows {
		if in.ids[i] = r.Hire.Employee; in.ids[i] == "" {
			in.ids[i] = hr.EmployeeID(cmd.NewID("employee", strconv.Itoa(i)))
		}
		hold[in.ids[i]] = true
		for _, id := range s.entityGuard(r.Hire.Terms.Entity, r.Hire.Person) {
			hold[id] = true
		}
	}
	if in.taken, err = s.Kit.Know.Take(ctx, s.Kit.Clock, slices.Collect(maps.Keys(hold))...); err != nil {
		return in, err
	}
	known, err := s.Employments.Employments(ctx, in.ids...)
	if err != nil {
		return in, err
	}
	var faults hr.Faults
	in.cases = make([]Employment, len(rows))
	in.entries = make([][]hr.Entry[hr.Terms], len(rows))
	lines := chart{}
	seen := map[hr.EmployeeID]bool{}
	twins := map[string]int{}
	for i, r := range rows {
		var own hr.Faults
		r.Hire.Employee = in.ids[i]
		if _, taken := find(known, in.ids[i]); taken || seen[in.ids[i]] {
			own.Join("", &hr.FieldError{Path: "hire.employee", Rule: RuleHireDuplicate, Reason: "is the id of another employee", Err: hr.ErrDuplicate})
		}
		seen[in.ids[i]] = true
		in.cases[i] = r.employment(s, &own)
		if r.LastDay.IsZero() {
			if err := s.refuseTwin(ctx, &own, r.Hire); err != nil {
				return in, err
			}
			r.refuseTwinRow(&own, twins, i)
		}
		in.entries[i] = learnt(cmd, in.taken, in.ids[i], r.entries(string(cmd.ID)))
		if !own.Any() {
			h, err := hr.NewHistory(kindTerms, in.entries[i]...)
			own.Join("", err)
			lines[in.ids[i]] = h.AsKnown(0)
		}
		faults.Join(fmt.Sprintf("rows[%d]", i), own.Err())
	}
	if !faults.Any() { // a circle is looked for only where every line can be read
		if err := lines.climb(ctx, s.Facts, hr.Date{}, in.ids...); err != nil {
			return in, err
		}
		for i, id := range in.ids {
			lines.check(&faults, fmt.Sprintf("rows[%d].hire.terms.manager", i), id)
		}
		if err := s.checkArrivals(ctx, &faults, "rows", lines, in.ids); err != nil {
			return in, err
		}
	}
	return in, faults.Err()
}

// refuseTwinRow adds that an earlier row is employed in the same entity under the same identity number. seen is by entity, kind and number.
func (a Arrival) refuseTwinRow(f *hr.Faults, seen map[string]int, row int) {
	for i, id := range a.Hire.Person.Identities {
		if id.Number.IsZero() {
			continue
		}
		key := a.Hire.Terms.Entity + "\x00" + id.Kind + "\x00" + id.Number.Reveal()
		if other, taken := seen[key]; taken {
			f.Join("", &hr.FieldError{Path: fmt.Sprintf("hire.person.identities[%d]", i), Rule: RuleTwin, Reason: fmt.Sprintf("is that of rows[%d] too, in the same entity", other), Err: hr.ErrDuplicate})
		}
		seen[key] = row
	}
}

// events are what has happened to the arrival in the spell that lasts, in order: its state is the fold of them.
func (a Arrival) events() (list []Event) {
	if a.Joined {
		list = append(list, Join)
	}
	if !a.Confirmed.IsZero() {
		list = append(list, Confirm)
	}
	if !a.LastDay.IsZero() {
		list = append(list, ended(a.Ended))
	}
	return list
}

func ended(on Event) Event {
	if on == "" {
		return Exit
	}
	return on
}

// happenings are what is put on record, with the state after each; terms is the first entry of terms.
func (a Arrival) happenings(t Table, terms string) []dated {
	start := a.Hire.Start
	if len(a.Earlier) > 0 {
		start = a.Earlier[0].Start
	}
	list := []dated{{start, Happening{Event: "hire", Case: a.Hire.Cause, Terms: terms}}}
	e := Employment{State: t.Machine().Start()}
	add := func(event Event, on hr.Date, word string) {
		var none hr.Faults // checked before
		t.move(&none, &e, event)
		list = append(list, dated{on, Happening{Event: event, To: e.State, Word: word}})
	}
	for i, s := range a.Earlier {
		next := a.Hire.Start
		if i+1 < len(a.Earlier) {
			next = a.Earlier[i+1].Start
		}
		add(Join, s.Start, "")
		add(ended(s.Ended), s.LastDay, s.Reason)
		add(Rehire, next, "")
	}
	for _, event := range a.events() {
		switch event {
		case Join:
			add(event, a.Hire.Start, "")
		case Confirm:
			add(event, a.Confirmed, "")
		default:
			add(event, a.LastDay, a.Reason)
		}
	}
	return list
}

// employment makes the case of the arrival, or adds what is wrong with it.
func (a Arrival) employment(s Service, f *hr.Faults) Employment {
	h := a.Hire
	checkHire(f, "hire", h)
	e := Employment{
		ID: h.Employee, Person: h.Person, State: s.Table.Machine().Start(), Entity: h.Terms.Entity, Start: h.Start, ServiceSince: a.ServiceSince,
		ProbationEnd: a.ProbationEnd, Confirmed: a.Confirmed, ContractEnd: a.ContractEnd, LastDay: a.LastDay, ExitReason: a.Reason,
	}
	if e.ProbationEnd.IsZero() {
		e.ProbationEnd = s.probationEnd(h.Terms, h.Start)
	}
	for i, spell := range a.Earlier {
		at := fmt.Sprintf("earlier[%d]", i)
		next := h.Start
		if i+1 < len(a.Earlier) {
			next = a.Earlier[i+1].Start
		}
		e.Earlier = append(e.Earlier, spell.spell(s.Table, f, at, next))
	}
	for _, on := range a.events() {
		s.Table.move(f, &e, on)
	}
	if !a.Confirmed.IsZero() && a.Confirmed.Before(h.Start) {
		f.Add("confirmed", RuleEmploymentConfirm, "must be the first day or later")
	}
	if !a.LastDay.IsZero() {
		checkLastDay(f, "last_day", h.Start, a.LastDay)
	} else if a.Ended != "" {
		f.Missing("last_day", RuleExitLastDay)
	}
	if !a.ServiceSince.IsZero() && a.ServiceSince.After(h.Start) {
		f.Add("service_since", RuleRehireStart, "must not be after the first day")
	}
	checkLater(f, "", a.Later, h.Start, a.LastDay)
	return e
}

// spell makes the earlier spell, or adds what is wrong with it; next is the first day of the one after it.
func (s ArrivedSpell) spell(t Table, f *hr.Faults, at string, next hr.Date) Spell {
	checkTerms(f, at+".terms", s.Terms)
	switch {
	case s.Start.IsZero():
		f.Missing(at+".start", RuleHireStart)
	case s.LastDay.IsZero():
		f.Missing(at+".last_day", RuleExitLastDay)
	case !next.After(s.LastDay):
		f.Add(at+".last_day", RuleRehireStart, "must be before the first day of the employment after it")
	}
	if !s.LastDay.IsZero() {
		checkLastDay(f, at+".last_day", s.Start, s.LastDay)
	}
	checkLater(f, at+".", s.Later, s.Start, s.LastDay)
	e := Employment{State: t.Machine().Start()}
	var own hr.Faults
	for _, on := range []Event{Join, ended(s.Ended), Rehire} {
		before := e.State
		t.move(&own, &e, on)
		if on == Rehire {
			e.State = before
		}
	}
	f.Join(at, own.Err())
	return Spell{Entity: s.Terms.Entity, Start: s.Start, LastDay: s.LastDay, State: e.State, Reason: s.Reason}
}

// checkLater adds what is wrong with the steps behind the first day of a spell.
func checkLater(f *hr.Faults, under string, steps []TermsStep, before, lastDay hr.Date) {
	for i, s := range steps {
		at := fmt.Sprintf("%slater[%d]", under, i)
		switch {
		case s.From.IsZero():
			f.Missing(at+".from", RuleTermsFrom)
		case !s.From.After(before):
			f.Add(at+".from", RuleTermsFrom, "must be after the step before")
		case !lastDay.IsZero() && s.From.After(lastDay):
			f.Add(at+".from", RuleTermsOutside, "must be a day of the employment")
		}
		before = s.From
		checkTerms(f, at+".terms", s.Terms)
	}
}

// entries are the facts of the arrival: each later step is a change of its own, so that it can be withdrawn alone.
func (a Arrival) entries(command string) (entries []hr.Entry[hr.Terms]) {
	steps := 0
	spell := func(first hr.Entry[hr.Terms], later []TermsStep, lastDay hr.Date) {
		entries = append(entries, first)
		for _, s := range later {
			entries = append(entries, hr.Entry[hr.Terms]{
				Period: hr.Period{From: s.From}, Value: s.Terms,
				Cause: hr.Ref{Kind: "import", ID: command + "/" + strconv.Itoa(steps)},
			})
			steps++
		}
		if !lastDay.IsZero() {
			entries = append(entries, end(lastDay))
		}
	}
	for i, s := range a.Earlier {
		began := first(hr.Hire{Start: s.Start, Terms: s.Terms, Cause: hr.Ref{Kind: "import", ID: command + "/spell/" + strconv.Itoa(i)}})
		spell(began, s.Later, s.LastDay)
	}
	h := a.Hire
	if len(a.Earlier) > 0 && h.Cause.IsZero() { // apart from the other entries, which are changes of their own
		h.Cause = hr.Ref{Kind: "import", ID: command + "/spell/" + strconv.Itoa(len(a.Earlier))}
	}
	if _, given := h.Terms.Answer(AnswerServiceSince); !given && !a.ServiceSince.IsZero() {
		h.Terms = h.Terms.Clone()
		h.Terms.Answers = append(h.Terms.Answers, hr.Answer{Name: AnswerServiceSince, Text: a.ServiceSince.String()})
	}
	spell(first(h), a.Later, a.LastDay)
	for i := range entries {
		entries[i].Source = a.Source
	}
	return entries
}
