package api

import (
	"context"
	"time"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/examples/server/internal/desk"
	"github.com/musterhr/hr/recruitment"
)

// Interview is a talk with a candidate.
type Interview struct {
	ID           recruitment.InterviewID   `json:"id"`
	Application  recruitment.ApplicationID `json:"application"`
	Interviewers []hr.EmployeeID           `json:"interviewers"`
	From         time.Time                 `json:"from"`
	Until        time.Time                 `json:"until"`
	Place        string                    `json:"place,omitempty"`
	Cancelled    bool                      `json:"cancelled,omitempty"`
}

func interviewOf(i recruitment.Interview) Interview {
	return Interview{i.ID, i.Application, i.Interviewers, i.Time.From, i.Time.Until, i.Place, i.Cancelled}
}

// Talk is an interview that the caller holds.
type Talk struct {
	Interview
	Candidate string     `json:"candidate" doc:"what they are called"`
	For       string     `json:"for" doc:"the place to be filled"`
	Due       bool       `json:"scorecard_due"`
	Mine      *Scorecard `json:"scorecard,omitempty" doc:"what you submitted"`
}

// Scorecard is what one interviewer thought.
type Scorecard struct {
	Interview recruitment.InterviewID `json:"interview"`
	By        hr.EmployeeID           `json:"by"`
	Opinion   recruitment.Opinion     `json:"opinion"`
	Ratings   []Rating                `json:"ratings"`
	Note      string                  `json:"note,omitempty"`
	Submitted time.Time               `json:"submitted"`
}

// Rating is one thing that was looked at.
type Rating struct {
	Of     string `json:"of" maxLength:"100" example:"clarity"`
	Points int    `json:"points" minimum:"1" maximum:"5" doc:"from 1, poor, to 5, excellent"`
}

func scorecardOf(c recruitment.Scorecard) Scorecard {
	out := Scorecard{c.Interview, c.By, c.Opinion, make([]Rating, len(c.Ratings)), c.Note, c.Submitted}
	for i, r := range c.Ratings {
		out.Ratings[i] = Rating{r.Of, r.Points}
	}
	return out
}

// SpanBody is when an interview is.
type SpanBody struct {
	From  time.Time `json:"from"`
	Until time.Time `json:"until"`
}

type onInterview[B any] struct {
	Writing
	ID   recruitment.InterviewID `path:"id" maxLength:"200"`
	Body B
}

func (a *API) interviews() {
	type applicationPath struct {
		ID recruitment.ApplicationID `path:"id" maxLength:"200"`
	}
	get(a, "/v1/applications/{id}/interviews", "hiring", "The interviews of an application", func(ctx context.Context, r Request, in *applicationPath) (List[Interview], error) {
		x, err := r.App.Hiring.Application(ctx, r.View(), in.ID)
		if err != nil {
			return List[Interview]{}, err
		}
		all, err := r.App.Hiring.InterviewsWith(ctx, r.View(), x.Candidate, "", 0)
		var out []Interview
		for _, i := range all {
			if i.Application == in.ID {
				out = append(out, interviewOf(i))
			}
		}
		return whole(out), err
	})
	type fixIn struct {
		Writing
		ID   recruitment.ApplicationID `path:"id" maxLength:"200"`
		Body struct {
			SpanBody
			Interviewers []hr.EmployeeID `json:"interviewers" minItems:"1" maxItems:"10"`
			Place        string          `json:"place,omitempty" maxLength:"200"`
		}
	}
	post(a, "/v1/applications/{id}/interviews", "hiring", "Fix an interview", func(ctx context.Context, r Request, cmd hr.Command, in fixIn) (Made, error) {
		b := in.Body
		id, err := r.App.Hiring.Schedule(ctx, cmd, recruitment.Interview{Application: in.ID, Interviewers: b.Interviewers, Time: recruitment.Span(b.SpanBody), Place: b.Place})
		return Made{string(id)}, err
	})
	post(a, "/v1/interviews/{id}/time", "hiring", "Move an interview", func(ctx context.Context, r Request, cmd hr.Command, in onInterview[SpanBody]) (Done, error) {
		return done(r.App.Hiring.Reschedule(ctx, cmd, in.ID, recruitment.Span(in.Body)))
	})
	post(a, "/v1/interviews/{id}/cancellation", "hiring", "Call an interview off", func(ctx context.Context, r Request, cmd hr.Command, in onInterview[reasonBody]) (Done, error) {
		return done(r.App.Hiring.CancelInterview(ctx, cmd, in.ID, in.Body.Reason))
	})
	get(a, "/v1/applications/{id}/scorecards", "hiring", "What interviewers thought: blind, until one's own is submitted", func(ctx context.Context, r Request, in *applicationPath) (List[Scorecard], error) {
		all, err := r.App.Hiring.ScorecardsFor(ctx, r.View(), in.ID)
		out := make([]Scorecard, len(all))
		for i, c := range all {
			out[i] = scorecardOf(c)
		}
		return whole(out), err
	})
	get(a, "/v1/interviews", "hiring", "The interviews that I hold, around now", func(ctx context.Context, r Request, _ *Nothing) (List[Talk], error) {
		all, err := desk.Talks(ctx, r.App, r.User.Actor.Employee)
		out := make([]Talk, len(all))
		for i, t := range all {
			out[i] = Talk{Interview: interviewOf(t.Interview), Candidate: t.Name, For: t.For, Due: t.Due}
			if t.Mine != nil {
				c := scorecardOf(*t.Mine)
				out[i].Mine = &c
			}
		}
		return whole(out), err
	})
	type cardBody struct {
		Opinion recruitment.Opinion `json:"opinion" enum:"strong_yes,yes,no,strong_no"`
		Ratings []Rating            `json:"ratings" minItems:"1" maxItems:"20"`
		Note    string              `json:"note,omitempty" maxLength:"2000"`
	}
	post(a, "/v1/interviews/{id}/scorecard", "hiring", "Say what I thought after an interview that I hold: once", func(ctx context.Context, r Request, cmd hr.Command, in onInterview[cardBody]) (Made, error) {
		t, err := desk.TalkOf(ctx, r.App, r.User.Actor.Employee, in.ID)
		if err != nil {
			return Made{}, err
		}
		c := recruitment.Scorecard{Interview: t.ID, Opinion: in.Body.Opinion, Note: in.Body.Note}
		for _, x := range in.Body.Ratings {
			c.Ratings = append(c.Ratings, recruitment.Rating{Of: x.Of, Points: x.Points})
		}
		id, err := r.App.Hiring.SubmitScorecard(ctx, cmd, c)
		return Made{string(id)}, err
	})
}
