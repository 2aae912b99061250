package recruitment

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// ScorecardID names one scorecard: that of one interviewer for one interview.
type ScorecardID string

// Opinion is what an interviewer recommends.
type Opinion string

const (
	StrongYes Opinion = "strong_yes"
	Yes       Opinion = "yes"
	No        Opinion = "no"
	StrongNo  Opinion = "strong_no"
)

// Scorecard is what one interviewer thought of a candidate. It is submitted once and not changed: what others wrote can not move it.
// It prints and logs without values. Version 0 is not stored yet.
type Scorecard struct {
	ID          ScorecardID     `json:"id" class:"public"`
	Application ApplicationID   `json:"application" class:"public"`
	Interview   InterviewID     `json:"interview" class:"public"`
	By          hr.EmployeeID   `json:"by" class:"public"`
	Ratings     []Rating        `json:"ratings" class:"private"`
	Opinion     Opinion         `json:"opinion" class:"private"`
	Note        string          `json:"note,omitempty" class:"private"`
	Submitted   time.Time       `json:"submitted" class:"public"`
	Version     storage.Version `json:"version" class:"public"`
}

// Rating is one thing that was looked at, from 1, poor, to 5, excellent.
type Rating struct {
	Of     string `json:"of" class:"public"` // "payroll law", "clarity"; never a protected attribute
	Points int    `json:"points" class:"private"`
	Note   string `json:"note,omitempty" class:"private"`
}

// Format shows whose it is and nothing of what it says.
func (c Scorecard) Format(f fmt.State, _ rune) { _, _ = fmt.Fprintf(f, "[scorecard %s]", c.ID) }

// SubmitScorecard records what the actor thought after an interview that they held. ID, Application, By, Submitted and Version are not
// the caller's. It refuses an actor who is not among the interviewers (RuleScorecardActor), one who has submitted already
// (RuleScorecardTwice), an interview that is cancelled or has not begun (RuleScorecardEarly), an opinion that is not known, a rating outside 1 to 5, without a name
// or twice, no rating at all (RuleScorecard), and a rating of what must not count ([Protected], RuleProtected).
func (s Service) SubmitScorecard(ctx context.Context, cmd hr.Command, c Scorecard) (ScorecardID, error) {
	c = Scorecard{Interview: c.Interview, Ratings: c.Ratings, Opinion: c.Opinion, Note: c.Note, By: cmd.Actor.Employee}
	return do(ctx, s, cmd, "recruitment.SubmitScorecard", c, func(ctx context.Context, cmd hr.Command) (ScorecardID, []storage.Event, error) {
		made := c
		i, err := s.interview(ctx, made.Interview)
		if err != nil {
			return "", nil, err
		}
		made.Application, made.Submitted = i.Application, cmd.At()
		made.ID = ScorecardID(string(i.ID) + "/" + string(made.By))
		var faults hr.Faults
		switch {
		case made.By == "" || !slices.Contains(i.Interviewers, made.By):
			faults.Add("by", RuleScorecardActor, "holds no part in this interview")
		case i.Cancelled || cmd.At().Before(i.Time.From):
			faults.Add("interview", RuleScorecardEarly, "has not been held")
		}
		made.check(&faults)
		switch _, err := s.Scorecards.Scorecard(ctx, made.ID); {
		case err == nil:
			faults.Join("", &hr.FieldError{Path: "by", Rule: RuleScorecardTwice, Reason: "has submitted already", Err: hr.ErrDuplicate})
		case !errors.Is(err, storage.ErrNotFound):
			return "", nil, err
		}
		if faults.Any() {
			return "", nil, faults.Err()
		}
		return made.ID, []storage.Event{event(cmd, "scorecard.submitted", "scorecard", string(made.ID))}, s.Scorecards.PutScorecard(ctx, made)
	}, need{"interviews", s.Interviews != nil}, need{"scorecards", s.Scorecards != nil})
}

// ScorecardsFor returns the scorecards of an application, by id. They are blind: an actor who has held, or is to hold, an interview of the
// application and has not submitted for each sees nobody's (RuleScorecardBlind; errors.Is finds [hr.ErrDenied]), whatever else they may.
func (s Service) ScorecardsFor(ctx context.Context, v hr.View, id ApplicationID) ([]Scorecard, error) {
	if err := storage.May(ctx, s.Kit, v, "recruitment.ScorecardsFor"); err != nil {
		return nil, err
	}
	a, err := s.application(ctx, id)
	if err != nil {
		return nil, err
	}
	_, cards, err := s.sighted(ctx, v, a)
	return cards, err
}

// sighted returns interviews and scorecards of an application to somebody who may see them.
func (s Service) sighted(ctx context.Context, v hr.View, a Application) ([]Interview, []Scorecard, error) {
	interviews, cards, err := s.held(ctx, a)
	if err != nil {
		return nil, nil, err
	}
	if v.Actor.Employee != "" && slices.Contains(unsubmitted(interviews, cards), v.Actor.Employee) {
		return nil, nil, &hr.FieldError{Path: "scorecards", Rule: RuleScorecardBlind, Reason: "are shown once your own is submitted", Err: hr.ErrDenied}
	}
	return interviews, cards, nil
}

// held returns the interviews of an application that are not cancelled, and its scorecards.
func (s Service) held(ctx context.Context, a Application) ([]Interview, []Scorecard, error) {
	if err := missing(need{"interviews", s.Interviews != nil}, need{"scorecards", s.Scorecards != nil}); err != nil {
		return nil, nil, err
	}
	interviews, err := s.Interviews.InterviewsWith(ctx, a.Candidate, "", 0)
	if err != nil {
		return nil, nil, err
	}
	interviews = slices.DeleteFunc(interviews, func(i Interview) bool { return i.Application != a.ID || i.Cancelled })
	cards, err := s.Scorecards.ScorecardsFor(ctx, a.ID, "", 0)
	return interviews, cards, err
}

// unsubmitted lists who still has a scorecard to submit.
func unsubmitted(interviews []Interview, cards []Scorecard) (list []hr.EmployeeID) {
	for _, i := range interviews {
		for _, e := range i.Interviewers {
			if !slices.ContainsFunc(cards, func(c Scorecard) bool { return c.Interview == i.ID && c.By == e }) {
				list = append(list, e)
			}
		}
	}
	return list
}

func (c Scorecard) check(f *hr.Faults) {
	switch c.Opinion {
	case StrongYes, Yes, No, StrongNo:
	default:
		f.Add("opinion", RuleScorecard, "must be strong_yes, yes, no or strong_no")
	}
	if len(c.Ratings) == 0 {
		f.Missing("ratings", RuleScorecard)
	}
	for i, r := range c.Ratings {
		at := pathOf("ratings", i)
		if r.Of == "" || slices.ContainsFunc(c.Ratings[:i], func(o Rating) bool { return o.Of == r.Of }) {
			f.Add(at+".of", RuleScorecard, "must be given, each once")
		}
		if r.Points < 1 || r.Points > 5 {
			f.Add(at+".points", RuleScorecard, "must be 1 to 5")
		}
		refuseProtected(f, at+".of", r.Of)
	}
}
