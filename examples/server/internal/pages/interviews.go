package pages

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/examples/server/internal/desk"
	"github.com/musterhr/hr/recruitment"
	"github.com/musterhr/hr/storage"
)

func (p *Pages) interviews(a adder) {
	a.get("/hiring/{opening}/applications/{id}", p.application)
	a.post("/hiring/{opening}/applications/{id}/interviews", schedule)
	a.post("/hiring/{opening}/applications/{id}/interviews/{interview}/time", reschedule)
	a.post("/hiring/{opening}/applications/{id}/interviews/{interview}/cancellation", func(ctx context.Context, r Request) (string, string, error) {
		reason := strings.TrimSpace(r.PostFormValue("reason"))
		return applicationPath(r), "The interview is called off.", r.App.Hiring.CancelInterview(ctx, r.command(reason), recruitment.InterviewID(r.PathValue("interview")), reason)
	})
	a.get("/interviews", p.talks)
	a.post("/interviews/{interview}/scorecard", submitScorecard)
}

func applicationPath(r Request) string {
	return boardOf(r) + "/applications/" + path(r.PathValue("id"))
}

// applicationPage is one candidate for one place: where they are, whom they meet, and what was thought of them.
type applicationPage struct {
	Opening    recruitment.Opening
	Case       recruitment.Application
	Candidate  recruitment.Candidate
	Interviews []interview
	Cards      []scorecard
	Blind      string // why there are no scorecards to be seen
	May        bool
	Colleagues []person
	Today      hr.Date
	Zone       *time.Location
	Lengths    []int
}

type interview struct {
	recruitment.Interview
	With    []string
	Ahead   bool // it may be moved and called off
	Missing []string
}

type scorecard struct {
	recruitment.Scorecard
	Name string
}

// lengths are how long an interview may be, in minutes.
var lengths = []int{30, 45, 60, 90, 120}

// criteria are what interviewers look at. A company has its own.
var criteria = []string{"Knowledge of the work", "Working with others", "Clarity"}

func (p *Pages) application(w http.ResponseWriter, r Request) error {
	ctx, v, zone := r.Context(), r.View(), r.App.Company.Zone
	page := applicationPage{Today: r.App.Today(), Zone: zone, Lengths: lengths, May: r.allowed("recruitment.Schedule")}
	var err error
	if page.Opening, err = r.App.Hiring.Opening(ctx, v, recruitment.OpeningID(r.PathValue("opening"))); err != nil {
		return err
	}
	if page.Case, err = r.App.Hiring.Application(ctx, v, recruitment.ApplicationID(r.PathValue("id"))); err != nil {
		return err
	}
	if page.Case.Opening != page.Opening.ID {
		return storage.ErrNotFound
	}
	if page.Candidate, err = r.App.Hiring.Candidate(ctx, v, page.Case.Candidate); err != nil {
		return err
	}
	all, err := r.App.Hiring.InterviewsWith(ctx, v, page.Case.Candidate, "", 0)
	if err != nil {
		return err
	}
	cards, err := r.App.Hiring.ScorecardsFor(ctx, v, page.Case.ID)
	if f := hr.FieldErrors(err); len(f) == 1 && f[0].Rule == recruitment.RuleScorecardBlind {
		page.Blind, err = f[0].Reason, nil
	}
	if err != nil {
		return err
	}
	submitted := map[string]bool{}
	for _, c := range cards {
		submitted[string(c.Interview)+"/"+string(c.By)] = true
		page.Cards = append(page.Cards, scorecard{c, r.name(c.By)})
	}
	now := r.App.Kit.Clock()
	for _, i := range all {
		if i.Application != page.Case.ID {
			continue
		}
		x := interview{Interview: i, Ahead: !i.Cancelled && i.Time.From.After(now)}
		for _, e := range i.Interviewers {
			x.With = append(x.With, r.name(e))
			if !i.Cancelled && !x.Ahead && page.Blind == "" && !submitted[string(i.ID)+"/"+string(e)] {
				x.Missing = append(x.Missing, r.name(e))
			}
		}
		page.Interviews = append(page.Interviews, x)
	}
	if page.May = page.May && r.App.Hiring.Pipeline.Live(page.Case.State); page.May {
		if page.Colleagues, err = staff(ctx, r, page.Today, "", 500); err != nil {
			return err
		}
	}
	p.Show(w, r.Request, http.StatusOK, "application.html", page)
	return nil
}

// spanField reads when an interview is, on the clock of the company.
func spanField(r Request, faults *hr.Faults) recruitment.Span {
	day := dayField(r, "day", faults)
	at, err := hr.ParseTimeOfDay(r.PostFormValue("time"))
	if err != nil {
		faults.Add("time", hr.RuleInvalid, "must be a time, such as 14:30")
	}
	minutes, err := strconv.Atoi(r.PostFormValue("minutes"))
	if err != nil || minutes < 5 || minutes > 480 {
		faults.Add("minutes", hr.RuleInvalid, "must be how long it is, such as 45")
	}
	if faults.Any() {
		return recruitment.Span{}
	}
	from := day.At(at, r.App.Company.Zone)
	return recruitment.Span{From: from, Until: from.Add(time.Duration(minutes) * time.Minute)}
}

func schedule(ctx context.Context, r Request) (string, string, error) {
	var faults hr.Faults
	i := recruitment.Interview{Application: recruitment.ApplicationID(r.PathValue("id")), Time: spanField(r, &faults), Place: strings.TrimSpace(r.PostFormValue("place"))}
	for _, e := range r.PostForm["interviewer"] {
		if e != "" {
			i.Interviewers = append(i.Interviewers, hr.EmployeeID(e))
		}
	}
	if err := faults.Err(); err != nil {
		if !r.allowed("recruitment.Schedule") {
			err = errors.Join(storage.May(ctx, r.App.Kit, r.View(), "recruitment.Schedule"), err)
		}
		return "", "", err
	}
	_, err := r.App.Hiring.Schedule(ctx, r.command(""), i)
	return applicationPath(r), "The interview is fixed. Whoever holds it sees it on their start page.", err
}

func reschedule(ctx context.Context, r Request) (string, string, error) {
	var faults hr.Faults
	to := spanField(r, &faults)
	if err := faults.Err(); err != nil {
		if !r.allowed("recruitment.Reschedule") {
			err = errors.Join(storage.May(ctx, r.App.Kit, r.View(), "recruitment.Reschedule"), err)
		}
		return "", "", err
	}
	return applicationPath(r), "The interview is moved.", r.App.Hiring.Reschedule(ctx, r.command(""), recruitment.InterviewID(r.PathValue("interview")), to)
}

// talksPage lists the interviews that the user holds.
type talksPage struct {
	Talks    []talk
	Zone     *time.Location
	Criteria []string
	Opinions []recruitment.Opinion
}

type talk struct {
	desk.Talk
	With []string // who else holds it
}

func (p *Pages) talks(w http.ResponseWriter, r Request) error {
	list, err := desk.Talks(r.Context(), r.App, r.Me())
	if err != nil {
		return err
	}
	page := talksPage{Zone: r.App.Company.Zone, Criteria: criteria, Opinions: []recruitment.Opinion{recruitment.StrongYes, recruitment.Yes, recruitment.No, recruitment.StrongNo}}
	for _, t := range list {
		x := talk{Talk: t}
		for _, e := range t.Interviewers {
			if e != r.Me() {
				x.With = append(x.With, r.name(e))
			}
		}
		page.Talks = append(page.Talks, x)
	}
	p.Show(w, r.Request, http.StatusOK, "interviews.html", page)
	return nil
}

// submitScorecard says what the user thought of a candidate. An interview that is not theirs is not there.
func submitScorecard(ctx context.Context, r Request) (string, string, error) {
	t, err := desk.TalkOf(ctx, r.App, r.Me(), recruitment.InterviewID(r.PathValue("interview")))
	if err != nil {
		return "", "", err
	}
	c := recruitment.Scorecard{Interview: t.ID, Opinion: recruitment.Opinion(r.PostFormValue("opinion")), Note: strings.TrimSpace(r.PostFormValue("note"))}
	for n, of := range criteria {
		points, _ := strconv.Atoi(r.PostFormValue("points_" + strconv.Itoa(n))) // 0 is refused by the service
		c.Ratings = append(c.Ratings, recruitment.Rating{Of: of, Points: points})
	}
	_, err = r.App.Hiring.SubmitScorecard(ctx, r.command(""), c)
	return "/interviews", "Your scorecard is submitted. It cannot be changed.", err
}
