package lifecycle

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// DueKind says what is due. The empty kind is nothing.
type DueKind string

// The kinds, each about a day of an employment that somebody must see coming.
const (
	DueJoin        DueKind = "join"         // the first day of somebody who has not come yet
	DueProbation   DueKind = "probation"    // the last day of a trial: confirm, extend or part
	DueReturn      DueKind = "return"       // the first day back from a time away that has an end
	DueLastDay     DueKind = "last_day"     // the last day that a notice plans, and that no exit has settled
	DueContract    DueKind = "contract_end" // the last day of a contract for a term
	DueRetirement  DueKind = "retirement"   // the last day by age
	DueAnniversary DueKind = "anniversary"  // a full year of service is reached
	DueDocument    DueKind = "document"     // the last day on which a document is good
	DueErasure     DueKind = "erasure"      // the first day on which no law asks for a class of what is held; see [Service.DueErasures]
	DueBankChange  DueKind = "bank_change"  // the first day on which an approved bank account may be applied
)

// Due is one thing that is due: On is the day to look at it, Lead days before Day.
type Due struct {
	Employee hr.EmployeeID
	Kind     DueKind
	On       hr.Date
	Day      hr.Date
	Years    int    // of an anniversary
	Ref      hr.Ref // the document or the proposal
	What     string // the kind of the document, "visa"; the class of what is to be erased, "contact"
}

// DueFacts are what [DueOf] reads about one employee.
type DueFacts struct {
	Employment Employment
	Retires    hr.Date // the last day by age; zero: none
	Documents  []Document
	Proposals  []Proposal
}

// Leads says how many days ahead what is due is looked at: {DueRetirement: 180}. A kind that is not there is looked at on the day itself.
type Leads map[DueKind]int

// DueOf returns what is due of one employee on the days of p, by day, kind and reference. The same facts give the same list, so a host
// may poll any period any number of times. t tells who has left; of these nothing is due.
func DueOf(t Table, f DueFacts, leads Leads, p hr.Period) []Due {
	e := f.Employment
	var due []Due
	add := func(kind DueKind, day hr.Date, edit func(*Due)) {
		d := Due{Employee: e.ID, Kind: kind, On: day.Add(-leads[kind]), Day: day}
		if day.IsZero() || !p.Contains(d.On) {
			return
		}
		if edit != nil {
			edit(&d)
		}
		due = append(due, d)
	}
	m := t.Meaning(e.State)
	if !m.Employed {
		return nil
	}
	switch e.State {
	case t.Machine().Start():
		add(DueJoin, e.Start, nil)
	case Probation:
		add(DueProbation, e.ProbationEnd, nil)
	case OnNotice:
		add(DueLastDay, e.Notice.LastDay, nil)
	}
	if !e.Away.Through.IsZero() {
		add(DueReturn, e.Away.Through.Add(1), nil)
	}
	add(DueContract, e.ContractEnd, nil)
	add(DueRetirement, f.Retires, nil)
	last := p.Through
	if last.IsZero() {
		last = p.From // an open period has anniversaries for ever: only those of its first day
	}
	since := e.ServiceFrom()
	for years := max(1, p.From.Year()-since.Year()); ; years++ {
		day, err := since.AddMonths(12*years, hr.MonthClamp)
		if err != nil || day.Add(-leads[DueAnniversary]).After(last) {
			break
		}
		add(DueAnniversary, day, func(d *Due) { d.Years = years })
	}
	for _, doc := range f.Documents {
		if doc.Renewed == "" && !doc.Void {
			add(DueDocument, doc.Expires, func(d *Due) { d.Ref, d.What = hr.Ref{Kind: "document", ID: string(doc.ID)}, doc.Kind })
		}
	}
	for _, pr := range f.Proposals {
		if pr.State == ProposalApproved {
			add(DueBankChange, pr.NotBefore, func(d *Due) { d.Ref = pr.ref() })
		}
	}
	slices.SortFunc(due, compareDue)
	return due
}

func compareDue(a, b Due) int {
	return cmp.Or(a.On.Compare(b.On), cmp.Compare(a.Employee, b.Employee), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Ref.ID, b.Ref.ID))
}

// duePage is how many employees Due reads at a time.
const duePage = 5000

// DueFault says of whom something could not be told, such as the age of retirement where no rule holds one yet.
type DueFault struct {
	Employee hr.EmployeeID
	Err      error
}

// DueFaults is the error of [Service.Due] where it could not tell everything of somebody. The list beside it is whole for everybody else, and has what
// could be told of them.
type DueFaults []DueFault

// Error names the employees and what is wrong.
func (f DueFaults) Error() string {
	text := make([]string, len(f))
	for i, x := range f {
		text[i] = fmt.Sprintf("%s: %v", x.Employee, x.Err)
	}
	return "lifecycle: due of " + strings.Join(text, "; ")
}

// Unwrap returns the errors.
func (f DueFaults) Unwrap() []error {
	out := make([]error, len(f))
	for i, x := range f {
		out[i] = x.Err
	}
	return out
}

// Due returns what is due on the days of p, by day, employee and kind, of everybody who is employed now or will be. p needs a last day
// (RuleDuePeriod). It writes nothing: a host polls it, once a day or for a month ahead. What cannot be told of one person keeps nothing back about
// the others: the list comes with [DueFaults], by employee.
func (s Service) Due(ctx context.Context, v hr.View, leads Leads, p hr.Period) ([]Due, error) {
	if err := storage.May(ctx, s.Kit, v, "lifecycle.Due"); err != nil {
		return nil, err
	}
	if err := p.Validate(); err != nil || p.Open() {
		return nil, &hr.FieldError{Path: "period", Rule: RuleDuePeriod, Reason: "must have a first and a last day"}
	}
	open := map[hr.EmployeeID][]Proposal{}
	if s.Proposals != nil {
		list, err := s.Proposals.OpenProposals(ctx, "", 0)
		if err != nil {
			return nil, err
		}
		for _, pr := range list {
			open[pr.Employee] = append(open[pr.Employee], pr)
		}
	}
	documents := map[hr.EmployeeID][]Document{}
	if s.Documents != nil {
		lead := leads[DueDocument]
		list, err := s.Documents.Expiring(ctx, hr.Period{From: p.From.Add(lead), Through: p.Through.Add(lead)}, "", 0)
		if err != nil {
			return nil, err
		}
		for _, d := range list {
			documents[d.Employee] = append(documents[d.Employee], d)
		}
	}
	var due []Due
	var faults DueFaults
	for after := hr.EmployeeID(""); ; {
		ids, err := s.Employments.EmployedIn(ctx, hr.Period{From: p.From}, after, duePage)
		if err != nil {
			return nil, err
		}
		if len(ids) == 0 {
			slices.SortFunc(due, compareDue)
			if len(faults) > 0 {
				return due, faults
			}
			return due, nil
		}
		after = ids[len(ids)-1]
		rows, err := s.Employments.Employments(ctx, ids...)
		if err != nil {
			return nil, err
		}
		pins := make([]hr.Pin, len(rows))
		for i, e := range rows {
			pins[i].Employee = e.ID
		}
		lines := make([]hr.Timeline[hr.Terms], len(rows))
		if len(s.Retirements) > 0 { // terms say by which rule
			if lines, err = timelines(ctx, s.Facts, pins); err != nil {
				return nil, err
			}
		}
		for i, e := range rows {
			d := deed{e: e, known: lines[i]}
			retires, _, err := s.retires(e, d.current(p.From))
			if err != nil && s.Table.Meaning(e.State).Employed {
				faults = append(faults, DueFault{e.ID, err})
			}
			due = append(due, DueOf(s.Table, DueFacts{Employment: e, Retires: retires, Documents: documents[e.ID], Proposals: open[e.ID]}, leads, p)...)
		}
	}
}
