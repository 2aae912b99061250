package recruitment

import (
	"context"
	"errors"
	"slices"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// InterviewID names one interview.
type InterviewID string

// Interview is a talk with a candidate about an application. Version 0 is not stored yet.
type Interview struct {
	ID           InterviewID     `json:"id" class:"public"`
	Application  ApplicationID   `json:"application" class:"public"`
	Candidate    CandidateID     `json:"candidate" class:"public"`    // of the application
	Interviewers []hr.EmployeeID `json:"interviewers" class:"public"` // each submits a scorecard
	Time         Span            `json:"time" class:"private"`
	Place        string          `json:"place,omitempty" class:"private"` // a room, or the address of a call
	Sequence     int             `json:"sequence" class:"public"`         // 0 at first; one more each time it is moved, and when it is cancelled: what calendar programs go by
	Cancelled    bool            `json:"cancelled,omitempty" class:"private"`
	Version      storage.Version `json:"version" class:"public"`
}

// Schedule fixes an interview. An empty ID gets a new one; Candidate, Sequence, Cancelled and Version are not the caller's. diaries say when
// people can be met, as far as that is known; whoever has none is held to their other interviews only. It refuses an application that does not
// exist (RuleApplicationUnknown) or has ended (RuleApplicationStage), a time that is missing, past or runs backwards, and interviewers who are missing or named twice
// (RuleInterview), a time outside somebody's hours (RuleInterviewHours), and one at which somebody is busy or, by the interviews that are
// fixed, meets somebody else, the candidate included (RuleInterviewClash). Two that meet at one interviewer wait for each other at the
// guard row of [storage.Knowledge], so nobody is ever booked twice.
func (s Service) Schedule(ctx context.Context, cmd hr.Command, i Interview, diaries ...Diary) (InterviewID, error) {
	i = Interview{ID: i.ID, Application: i.Application, Interviewers: i.Interviewers, Time: i.Time, Place: i.Place}
	return do(ctx, s, cmd, "recruitment.Schedule", storage.About(i, i.Interviewers...), func(ctx context.Context, cmd hr.Command) (InterviewID, []storage.Event, error) {
		made := i
		if made.ID == "" {
			made.ID = InterviewID(cmd.NewID("interview"))
		}
		switch _, err := s.Interviews.Interview(ctx, made.ID); {
		case err == nil:
			return "", nil, &hr.FieldError{Path: "id", Rule: RuleInterview, Reason: "is the id of another interview", Err: hr.ErrDuplicate}
		case !errors.Is(err, storage.ErrNotFound):
			return "", nil, err
		}
		a, err := s.application(ctx, made.Application)
		if err != nil {
			return "", nil, err
		}
		made.Candidate = a.Candidate
		return made.ID, []storage.Event{event(cmd, "interview.scheduled", "interview", string(made.ID))}, s.book(ctx, cmd, made, a, diaries)
	}, need{"interviews", s.Interviews != nil})
}

// Reschedule moves an interview to another time, under the conditions of [Service.Schedule].
func (s Service) Reschedule(ctx context.Context, cmd hr.Command, id InterviewID, to Span, diaries ...Diary) error {
	return s.onInterview(ctx, cmd, "recruitment.Reschedule", "interview.moved", id, to, func(ctx context.Context, cmd hr.Command, i Interview) error {
		a, err := s.application(ctx, i.Application)
		if err != nil {
			return err
		}
		i.Time = to
		i.Sequence++
		return s.book(ctx, cmd, i, a, diaries)
	})
}

// CancelInterview calls an interview off; everybody who was to be there is free again. A second time it is RuleInterview.
func (s Service) CancelInterview(ctx context.Context, cmd hr.Command, id InterviewID, reason string) error {
	return s.onInterview(ctx, cmd, "recruitment.CancelInterview", "interview.cancelled", id, reason, func(ctx context.Context, _ hr.Command, i Interview) error {
		i.Cancelled = true
		i.Sequence++
		return s.Interviews.PutInterview(ctx, i)
	})
}

// Interview returns an interview as of now, or RuleInterviewUnknown.
func (s Service) Interview(ctx context.Context, v hr.View, id InterviewID) (Interview, error) {
	if err := storage.May(ctx, s.Kit, v, "recruitment.Interview"); err != nil {
		return Interview{}, err
	}
	return s.interview(ctx, id)
}

// InterviewsWith returns the interviews of a candidate behind after, by id, at most limit of them (below 1: all).
func (s Service) InterviewsWith(ctx context.Context, v hr.View, candidate CandidateID, after InterviewID, limit int) ([]Interview, error) {
	if err := storage.May(ctx, s.Kit, v, "recruitment.InterviewsWith"); err != nil {
		return nil, err
	}
	if err := missing(need{"interviews", s.Interviews != nil}); err != nil {
		return nil, err
	}
	return s.Interviews.InterviewsWith(ctx, candidate, after, limit)
}

// book holds everybody's row, checks that an interview is possible and writes it.
func (s Service) book(ctx context.Context, cmd hr.Command, i Interview, a Application, diaries []Diary) error {
	var faults hr.Faults
	if !s.Pipeline.Live(a.State) {
		faults.Add("application", RuleApplicationStage, "has ended: it is %s", a.State)
	}
	switch {
	case i.Time.From.IsZero() || !i.Time.Until.After(i.Time.From):
		faults.Add("time", RuleInterview, "must have a beginning and, after it, an end")
	case i.Time.From.Before(cmd.At()):
		faults.Add("time", RuleInterview, "is past already")
	}
	if len(i.Interviewers) == 0 {
		faults.Missing("interviewers", RuleInterview)
	}
	for n, e := range i.Interviewers {
		if e == "" || slices.Contains(i.Interviewers[:n], e) {
			faults.Add(pathOf("interviewers", n), RuleInterview, "must be given, each once")
		}
	}
	if faults.Any() {
		return faults.Err()
	}
	if _, err := s.Kit.Know.Take(ctx, s.Kit.Clock, i.Interviewers...); err != nil {
		return err
	}
	for n, e := range i.Interviewers {
		others, err := s.Interviews.InterviewsOf(ctx, e, i.Time.From, i.Time.Until)
		if err != nil {
			return err
		}
		i.checkDiary(&faults, pathOf("interviewers", n), e, others, diaries)
	}
	c, err := s.candidate(ctx, i.Candidate)
	if err != nil {
		return err
	}
	c.open(&faults)
	others, err := s.Interviews.InterviewsWith(ctx, i.Candidate, "", 0)
	if err != nil {
		return err
	}
	i.checkDiary(&faults, "candidate", "", others, diaries)
	if faults.Any() {
		return faults.Err()
	}
	if err := s.Candidates.PutCandidate(ctx, c); err != nil { // nothing changes: here two interviews of one candidate meet
		return err
	}
	return s.Interviews.PutInterview(ctx, i)
}

// checkDiary adds what keeps one person from an interview: who is an interviewer, or the candidate where who is empty.
func (i Interview) checkDiary(f *hr.Faults, at string, who hr.EmployeeID, others []Interview, diaries []Diary) {
	for _, o := range others {
		if o.ID != i.ID && !o.Cancelled && o.Time.Overlaps(i.Time) {
			f.Add(at, RuleInterviewClash, "has another interview at that time")
			break
		}
	}
	for _, d := range diaries {
		if d.Employee != who {
			continue
		}
		works, free := d.allows(i.Time)
		if !works {
			f.Add(at, RuleInterviewHours, "is not within their hours")
		}
		if !free {
			f.Add(at, RuleInterviewClash, "is busy at that time")
		}
	}
}

func (s Service) interview(ctx context.Context, id InterviewID) (Interview, error) {
	if err := missing(need{"interviews", s.Interviews != nil}); err != nil {
		return Interview{}, err
	}
	i, err := s.Interviews.Interview(ctx, id)
	if errors.Is(err, storage.ErrNotFound) {
		return Interview{}, &hr.FieldError{Path: "interview", Rule: RuleInterviewUnknown, Reason: "is no interview", Err: storage.ErrNotFound}
	}
	return i, err
}

// onInterview is a command about one interview that is not cancelled.
func (s Service) onInterview(ctx context.Context, cmd hr.Command, verb, what string, id InterviewID, args any, change func(context.Context, hr.Command, Interview) error) error {
	content := struct {
		Interview InterviewID
		Args      any
	}{id, args}
	about := storage.AboutCase(content, func(ctx context.Context) ([]hr.EmployeeID, error) {
		i, err := s.interview(ctx, id)
		return i.Interviewers, err
	})
	_, err := do(ctx, s, cmd, verb, about, func(ctx context.Context, cmd hr.Command) (InterviewID, []storage.Event, error) {
		i, err := s.interview(ctx, id)
		if err == nil && i.Cancelled {
			err = &hr.FieldError{Path: "interview", Rule: RuleInterview, Reason: "is cancelled"}
		}
		if err == nil {
			err = change(ctx, cmd, i)
		}
		return id, []storage.Event{event(cmd, what, "interview", string(id))}, err
	}, need{"interviews", s.Interviews != nil})
	return err
}
