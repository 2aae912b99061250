package lifecycle

import (
	"context"
	"fmt"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// The answers by which terms say that somebody is employed and not simply at work. An event writes all of them from its day on, with two
// times like all terms; on other days they are not there. A pay rule may read them by their name; a change of terms may not name them.
const (
	AnswerStanding = "standing"      // the [State]: "suspended"
	AnswerPayShare = "pay_share"     // the share of the agreed pay that goes on: "0.5"
	AnswerAccrues  = "accrues_leave" // "yes" or "no"
)

// AnswerServiceSince is the answer that says since when service counts, where that is not the first day of the terms: after a rehire
// or a transfer between entities.
const AnswerServiceSince = "service_since"

func reserved(answer string) bool {
	return answer == AnswerStanding || answer == AnswerPayShare || answer == AnswerAccrues
}

// PayStep is the share of the agreed pay that goes on from a day, from 0 to 1: half for the first 90 days of a suspension, then three
// quarters.
type PayStep struct {
	From  hr.Date         `json:"from" class:"private"`
	Share decimal.Decimal `json:"share" class:"private"`
}

// checkSteps adds what is wrong with steps over p: they begin with p, rise inside it, and pay nothing to everything.
func checkSteps(f *hr.Faults, path string, steps []PayStep, p hr.Period) {
	for i, s := range steps {
		at := fmt.Sprintf("%s[%d]", path, i)
		switch {
		case s.From.IsZero():
			f.Missing(at+".from", RulePaySteps)
		case i == 0 && s.From != p.From:
			f.Add(at+".from", RulePaySteps, "the first must begin on %s", p.From)
		case i > 0 && !s.From.After(steps[i-1].From), !p.Contains(s.From):
			f.Add(at+".from", RulePaySteps, "must rise inside %s", p)
		}
		if s.Share.Sign() < 0 || s.Share.GreaterThan(decimal.NewFromInt(1)) {
			f.Add(at+".share", RulePaySteps, "must be a share of 0 to 1")
		}
	}
}

// stand writes that somebody stands in state over p, paid by steps or else as the state means.
func (d *deed) stand(state State, p hr.Period, steps []PayStep) {
	m := d.table.Meaning(state)
	if len(steps) == 0 {
		steps = []PayStep{{From: p.From, Share: m.Paid}}
	}
	for i, step := range steps {
		piece := hr.Period{From: step.From, Through: p.Through}
		if i+1 < len(steps) {
			piece.Through = steps[i+1].From.Add(-1)
		}
		d.change(piece, TermsChange{Set: hr.Terms{Answers: []hr.Answer{
			{Name: AnswerStanding, Text: string(state)}, {Name: AnswerPayShare, Text: hr.Canonical(step.Share)}, {Name: AnswerAccrues, Text: yesNo(m.Accrues)},
		}}})
	}
}

// standNormally writes that somebody is simply at work from a day on.
func (d *deed) standNormally(from hr.Date) {
	c := TermsChange{Clear: []string{answerPath + AnswerStanding, answerPath + AnswerPayShare, answerPath + AnswerAccrues}}
	d.change(hr.Period{From: from}, c)
}

// change writes c over p, in all known steps, as far as somebody is employed. Days on which it changes nothing are left out.
func (d *deed) change(p hr.Period, c TermsChange) {
	c.From, c.Through, c.Onward = p.From, p.Through, p.Open()
	if end := lastEmployed(d.known, p.From); c.Through.IsZero() || !end.IsZero() && end.Before(c.Through) {
		c.Through, c.Onward = end, end.IsZero()
	}
	d.changes++
	for _, e := range c.over(d.known) {
		if !says(d.known, e) {
			e.Cause = hr.Ref{Kind: kindStanding, ID: fmt.Sprint(d.happened.Event, "/", d.changes)}
			d.entries = append(d.entries, e)
		}
	}
}

// says reports whether known has on every day of e what e says.
func says(known hr.Timeline[hr.Terms], e hr.Entry[hr.Terms]) bool {
	for _, terms := range known.Over(e.Period) {
		if !same(terms, e.Value) {
			return false
		}
	}
	return true
}

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

// Standing is what the terms of a day say about being there: in which state, for what share of pay, and whether leave accrues.
type Standing struct {
	State   State // empty: simply at work, for full pay
	Share   decimal.Decimal
	Accrues bool
}

// StandingOf reads the standing from the terms of a day. A share that is no number is RulePayShare.
func StandingOf(t hr.Terms) (Standing, error) {
	state, away := t.Answer(AnswerStanding)
	if !away {
		return Standing{Share: decimal.NewFromInt(1), Accrues: true}, nil
	}
	text, _ := t.Answer(AnswerPayShare)
	share, err := hr.ParseDecimal(text)
	if err != nil {
		return Standing{}, &hr.FieldError{Path: answerPath + AnswerPayShare, Rule: RulePayShare, Reason: "must be a share of 0 to 1"}
	}
	accrues, _ := t.Answer(AnswerAccrues)
	return Standing{State: State(state), Share: share, Accrues: accrues == "yes"}, nil
}

// AwayDays returns for each pin, in pin order, the days of p on which somebody is employed and not expected at work, as known at
// the pin: suspended, on long leave, lent to another employer. The type of an absence is the state, Paid the share of pay that goes
// on. [Away] joins them with those of leave.
func (s Service) AwayDays(ctx context.Context, v hr.View, pins []hr.Pin, p hr.Period) ([][]hr.Absence, error) {
	if err := storage.May(ctx, s.Kit, v, "lifecycle.AwayDays", employees(pins)...); err != nil {
		return nil, err
	}
	lines, err := timelines(ctx, s.Facts, pins)
	if err != nil {
		return nil, err
	}
	out := make([][]hr.Absence, len(pins))
	for i, line := range lines {
		for piece, step := range line.StepsOver(p) {
			standing, err := StandingOf(step.Value)
			if err != nil {
				return nil, err
			}
			if standing.State == "" || s.Table.Meaning(standing.State).Works {
				continue
			}
			for d := range piece.Days() {
				out[i] = append(out[i], hr.Absence{Employee: pins[i].Employee, Date: d, Type: string(standing.State), Paid: standing.Share, Ref: step.Ref})
			}
		}
	}
	return out, nil
}

// Away joins the absences of leave with those that follow from standing, for attendance: on a day on which somebody is suspended, on long
// leave or lent out, that is what counts, and leave of the same day is left out. A host gives it to attendance where it would have given leave.
type Away struct {
	People Service
	Leave  Absences // nil: there is no leave
}

// Absences returns for each pin, in pin order, the days away in p, by date.
func (a Away) Absences(ctx context.Context, v hr.View, pins []hr.Pin, p hr.Period) ([][]hr.Absence, error) {
	out, err := a.People.AwayDays(ctx, v, pins, p)
	if err != nil || a.Leave == nil {
		return out, err
	}
	onLeave, err := a.Leave.Absences(ctx, v, pins, p)
	if err != nil {
		return nil, err
	}
	for i, list := range onLeave {
		days := map[hr.Date]bool{}
		for _, absence := range out[i] {
			days[absence.Date] = true
		}
		for _, absence := range list {
			if !days[absence.Date] {
				out[i] = append(out[i], absence)
			}
		}
		slices.SortStableFunc(out[i], func(a, b hr.Absence) int { return a.Date.Compare(b.Date) })
	}
	return out, nil
}
