package desk

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/examples/internal/app"
	"github.com/musterhr/hr/recruitment"
	"github.com/musterhr/hr/storage"
)

// Talk is an interview that somebody holds, and what they know of it: whom they meet, for which place, and what they wrote themselves.
type Talk struct {
	recruitment.Interview
	Name string // of the candidate
	For  string // the place to be filled
	Mine *recruitment.Scorecard
	Due  bool // the scorecard may be submitted, and is not
}

// How far back and ahead somebody's interviews are shown.
const (
	talksSince = 60 * 24 * time.Hour
	talksUntil = 180 * 24 * time.Hour
)

// Talks returns the interviews of somebody, around now, by time. Nobody but the interviewers asks for them so.
func Talks(ctx context.Context, a *app.App, me hr.EmployeeID) (list []Talk, err error) {
	if me == "" {
		return nil, nil
	}
	now := a.Kit.Clock()
	all, err := a.Store.InterviewsOf(ctx, me, now.Add(-talksSince), now.Add(talksUntil))
	if err != nil {
		return nil, err
	}
	for _, i := range all {
		if i.Cancelled {
			continue
		}
		t, err := talk(ctx, a, me, i)
		if errors.Is(err, storage.ErrNotFound) { // erased meanwhile
			continue
		}
		if err != nil {
			return nil, err
		}
		list = append(list, t)
	}
	return list, nil
}

// TalkOf returns one interview of somebody; one that they do not hold is storage.ErrNotFound.
func TalkOf(ctx context.Context, a *app.App, me hr.EmployeeID, id recruitment.InterviewID) (Talk, error) {
	i, err := a.Store.Interview(ctx, id)
	if err == nil && (me == "" || !slices.Contains(i.Interviewers, me)) {
		err = storage.ErrNotFound
	}
	if err != nil {
		return Talk{}, err
	}
	return talk(ctx, a, me, i)
}

func talk(ctx context.Context, a *app.App, me hr.EmployeeID, i recruitment.Interview) (Talk, error) {
	x, err := a.Store.Application(ctx, i.Application)
	if err != nil {
		return Talk{}, err
	}
	candidate, err := a.Store.Candidate(ctx, i.Candidate)
	if err != nil {
		return Talk{}, err
	}
	opening, err := a.Store.Opening(ctx, x.Opening)
	if err != nil {
		return Talk{}, err
	}
	cards, err := a.Store.ScorecardsFor(ctx, i.Application, "", 0)
	if err != nil {
		return Talk{}, err
	}
	t := Talk{Interview: i, Name: candidate.Person.Name, For: opening.Title}
	if at := slices.IndexFunc(cards, func(c recruitment.Scorecard) bool { return c.Interview == i.ID && c.By == me }); at >= 0 {
		t.Mine = &cards[at]
	}
	t.Due = t.Mine == nil && !i.Cancelled && !a.Kit.Clock().Before(i.Time.From)
	return t, nil
}
