package lifecycle

import (
	"context"
	"fmt"
	"slices"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// Erasing says that what was held of a class about an employee is erased.
type Erasing struct {
	Class hr.FieldClass `json:"class" class:"public"`
	On    hr.Date       `json:"on" class:"public"`
}

// IsErased reports whether what was held of a class about them is erased: its fields are empty for that reason.
func (e Employment) IsErased(class hr.FieldClass) bool {
	return slices.ContainsFunc(e.Erased, func(x Erasing) bool { return x.Class == class })
}

// ErasurePlan returns the plan of an employee as of today, by [Service.Retention] and the legal holds; see [PlanErasure]. It writes nothing.
func (s Service) ErasurePlan(ctx context.Context, v hr.View, emp hr.EmployeeID) ([]ErasureLine, error) {
	if err := storage.May(ctx, s.Kit, v, "lifecycle.ErasurePlan", emp); err != nil {
		return nil, err
	}
	_, plan, err := s.erasure(ctx, emp, hr.DateOf(s.Kit.Clock(), s.zone()))
	return plan, err
}

// erasure reads what is held about an employee and plans.
func (s Service) erasure(ctx context.Context, emp hr.EmployeeID, today hr.Date) (Employment, []ErasureLine, error) {
	e, err := s.employment(ctx, emp)
	if err != nil {
		return e, nil, err
	}
	f := ErasureFacts{Employment: e}
	if s.Holds != nil {
		if f.Holds, err = s.Holds.HoldsOf(ctx, emp); err != nil {
			return e, nil, err
		}
	}
	if f.Held, err = s.held(ctx, e); err != nil {
		return e, nil, err
	}
	plan, err := PlanErasure(s.Table, f, s.Retention, today)
	return e, plan, err
}

// held lists the kinds of records that have fields of a class that is erased. Those of leave, attendance and payroll end with the employment, or with
// the settlement that was paid after it.
func (s Service) held(ctx context.Context, e Employment) ([]HeldRecord, error) {
	last := e.LastDay
	if e.Settled.PaidOn.After(last) {
		last = e.Settled.PaidOn
	}
	out := []HeldRecord{
		{hr.ClassContact, "name, mail, telephone, holder of the account", last},
		{hr.ClassGovernmentID, "identity numbers and bank account", last},
		{hr.ClassPrivate, "birth, gender, answers to pay rules, reasons and other texts, places", last},
		{hr.ClassSpecial, "reasons for leave and certificates", last},
	}
	if s.Documents == nil {
		return out, nil
	}
	documents, err := s.Documents.DocumentsOf(ctx, e.ID)
	for _, d := range documents {
		out = append(out, HeldRecord{hr.ClassGovernmentID, "document " + string(d.ID) + ", " + d.Kind, later(last, d.Issued)})
	}
	return out, err
}

func later(a, b hr.Date) hr.Date {
	if b.After(a) {
		return b
	}
	return a
}

// Erase erases what is held about an employee and no law asks for any more: the classes that are due by the plan, by destroying the keys that they
// are sealed under. Sums, journals, payslips and the audit stay and verify; who it was is not to be found. It returns the classes erased. It is refused,
// and nothing is erased, while a legal hold stands (RuleErasureHeld), before a class is due (RuleErasureEarly, which says from when), and without
// [Service.Retention] or [Service.Keys] (RuleService), because then nothing says that it may go, or nothing that can forget.
func (s Service) Erase(ctx context.Context, cmd hr.Command, emp hr.EmployeeID) ([]hr.FieldClass, error) {
	return do(ctx, s, cmd, "lifecycle.Erase", storage.About(emp, emp), func(ctx context.Context, cmd hr.Command) ([]hr.FieldClass, []storage.Event, error) {
		switch {
		case s.Keys == nil:
			return nil, nil, unwired("keys")
		case len(s.Retention) == 0:
			return nil, nil, unwired("retention")
		}
		if _, err := s.Kit.Know.Take(ctx, s.Kit.Clock, emp); err != nil { // a hold that is being placed is there first, or waits
			return nil, nil, err
		}
		today := s.day(cmd)
		_, plan, err := s.erasure(ctx, emp, today)
		if err != nil {
			return nil, nil, err
		}
		due := ClassesDue(plan)
		if err := refuseErasure(plan, due); err != nil {
			return nil, nil, err
		}
		if err := s.Keys.DestroyKeys(ctx, storage.SubjectEmployee(emp), today, due...); err != nil {
			return nil, nil, err
		}
		e, err := s.employment(ctx, emp) // as it reads from now on
		if err != nil {
			return nil, nil, err
		}
		for _, c := range due {
			e.Erased = append(e.Erased, Erasing{c, today})
		}
		return due, []storage.Event{event(cmd, "erased", emp, hr.Ref{Kind: "employment", ID: string(emp)})}, s.Employments.PutEmployment(ctx, e)
	})
}

// refuseErasure says why nothing may be erased; nil: something may.
func refuseErasure(plan []ErasureLine, due []hr.FieldClass) error {
	if slices.ContainsFunc(plan, func(l ErasureLine) bool { return l.Verdict == Held }) {
		return &hr.FieldError{Path: "employee", Rule: RuleErasureHeld, Reason: "is under a legal hold"}
	}
	if len(due) > 0 {
		return nil
	}
	var next hr.Date
	for _, c := range erasable {
		if day, known := nextDue(plan, c); known && (next.IsZero() || day.Before(next)) {
			next = day
		}
	}
	reason := "has nothing that is due: the employment goes on, or all is erased"
	if !next.IsZero() {
		reason = fmt.Sprintf("has nothing that is due before %s", next)
	}
	return &hr.FieldError{Path: "employee", Rule: RuleErasureEarly, Reason: reason}
}

// DueErasures returns the classes that become due for erasure on the days of p, of all who have left, by day, employee and class: a host polls it and calls
// [Service.Erase]. What is under a legal hold is there too, with What ending in " (held)": the hold needs a look. What was due before p and is not
// erased stays due, and comes with the first day of p. p needs a last day (RuleDuePeriod).
func (s Service) DueErasures(ctx context.Context, v hr.View, p hr.Period) ([]Due, error) {
	if err := storage.May(ctx, s.Kit, v, "lifecycle.DueErasures"); err != nil {
		return nil, err
	}
	if err := p.Validate(); err != nil || p.Open() {
		return nil, &hr.FieldError{Path: "period", Rule: RuleDuePeriod, Reason: "must have a first and a last day"}
	}
	var due []Due
	for after := hr.EmployeeID(""); ; {
		ids, err := s.Employments.EmployedIn(ctx, hr.Period{From: firstDay, Through: p.Through}, after, duePage)
		if err != nil {
			return nil, err
		}
		if len(ids) == 0 {
			slices.SortStableFunc(due, compareDue) // the classes of an employee are in order
			return due, nil
		}
		after = ids[len(ids)-1]
		for _, id := range ids {
			list, err := s.dueErasures(ctx, id, p)
			if err != nil {
				return nil, err
			}
			due = append(due, list...)
		}
	}
}

// firstDay is before anybody was employed.
var firstDay = hr.MustDate("0001-01-01")

func (s Service) dueErasures(ctx context.Context, emp hr.EmployeeID, p hr.Period) (due []Due, err error) {
	_, plan, err := s.erasure(ctx, emp, p.Through)
	if err != nil {
		return nil, err
	}
	for _, c := range erasable {
		day, known := nextDue(plan, c)
		if !known || day.After(p.Through) {
			continue
		}
		d := Due{Employee: emp, Kind: DueErasure, On: later(day, p.From), Day: day, What: string(c)}
		if slices.ContainsFunc(plan, func(l ErasureLine) bool { return l.Verdict == Held }) {
			d.What += " (held)"
		}
		due = append(due, d)
	}
	return due, nil
}
