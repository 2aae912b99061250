package recruitment

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// Explain says how an application came to where it is: each move with its day, who made it and why, the points of the screening, and what
// interviewers have submitted. dayOf says on what day a move was. The trace names people by their ids.
func Explain(a Application, cards []Scorecard, dayOf func(Move) hr.Date) hr.Trace {
	t := hr.Trace{Name: "application " + string(a.ID), Value: string(a.State)}
	for _, m := range a.Trail {
		step := hr.Trace{Name: dayOf(m).String(), Value: string(m.To), Rule: "applied", Note: "by " + string(m.By)}
		if m.On != "" {
			step.Rule = string(m.On) + " from " + string(m.From)
		}
		if why := cmp.Or(m.Reason, m.Code); why != "" {
			step.Note += ": " + why
		}
		t.Parts = append(t.Parts, step)
	}
	if len(a.Score.Points) > 0 {
		score := hr.Trace{Name: "screening", Value: a.Score.Total.String(), Rule: "of " + a.Score.Of.String()}
		for _, p := range a.Score.Points {
			score.Parts = append(score.Parts, hr.Trace{
				Name: p.Criterion, Value: p.Points.String(), Rule: fmt.Sprintf("%s x %s", p.Weight, p.Share), Note: strings.TrimSpace(p.Answer + " " + p.Why),
			})
		}
		t.Parts = append(t.Parts, score)
	}
	for _, c := range cards {
		card := hr.Trace{Name: "scorecard of " + string(c.By), Value: string(c.Opinion), Note: c.Note, Refs: []hr.Ref{{Kind: "interview", ID: string(c.Interview)}}}
		for _, r := range c.Ratings {
			card.Parts = append(card.Parts, hr.Trace{Name: r.Of, Value: fmt.Sprint(r.Points), Rule: "1 to 5", Note: r.Note})
		}
		t.Parts = append(t.Parts, card)
	}
	return t
}

// Explain is [Explain] for an application on record. To an interviewer who has not submitted it is refused as [Service.ScorecardsFor] is.
func (s Service) Explain(ctx context.Context, v hr.View, id ApplicationID) (hr.Trace, error) {
	if err := storage.May(ctx, s.Kit, v, "recruitment.Explain"); err != nil {
		return hr.Trace{}, err
	}
	a, err := s.application(ctx, id)
	if err != nil {
		return hr.Trace{}, err
	}
	var cards []Scorecard
	if s.Interviews != nil && s.Scorecards != nil {
		if _, cards, err = s.sighted(ctx, v, a); err != nil {
			return hr.Trace{}, err
		}
	}
	return Explain(a, cards, s.dayOf), nil
}
