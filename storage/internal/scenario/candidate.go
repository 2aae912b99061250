package scenario

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/recruitment"
	"github.com/musterhr/hr/storage"
)

// HiringStore is what [ForgetCandidate] needs of a store.
type HiringStore interface {
	storage.Transactor
	storage.Log
	storage.Knowledge
	storage.Journal
	storage.Keys
	storage.AuditTrail
	recruitment.Openings
	recruitment.Applications
	recruitment.Candidates
	recruitment.Interviews
	recruitment.Scorecards
}

// nobody is hired: nobody accepts in this story.
type nobody struct{ recruitment.Hirer }

// The candidate of [ForgetCandidate], and the one whose records were merged into theirs.
const (
	Applicant recruitment.CandidateID = "C1"
	Twin      recruitment.CandidateID = "C0"
)

// Turned is a candidate who applied, was met, rated, offered and turned down, with [PlantedTexts] wherever there is a text.
type Turned struct {
	hiring      recruitment.Service
	now         time.Time
	n           int
	application recruitment.ApplicationID
	interview   recruitment.InterviewID
	keys        []string // what they were found by
	figures     recruitment.Figures
}

func (h *Turned) cmd(reason string) hr.Command {
	h.n++
	return hr.Command{ID: hr.CommandID(fmt.Sprint("hiring", h.n)), Actor: hr.Actor{ID: "recruiter"}, Purpose: "hiring", Reason: reason}
}

// TurnDown tells the story of [Turned] up to the rejection of 8 June 2020.
func TurnDown(ctx context.Context, db HiringStore) (*Turned, error) {
	planted := PlantedTexts()
	h, one := &Turned{}, decimal.NewFromInt(1)
	kit := storage.Kit{Tx: db, Log: db, Know: db, Journal: db, Secret: secret, Authorize: hr.AllowAll, Now: func() time.Time { h.now = h.now.Add(time.Second); return h.now }}
	pipeline, err := recruitment.NewPipeline(recruitment.PipelineRules{Reasons: []recruitment.Reason{{Code: "skills", On: recruitment.Reject, Title: "Other skills"}}})
	if err != nil {
		return nil, err
	}
	h.hiring = recruitment.Service{
		Kit: kit, Openings: db, Applications: db, Candidates: db, Interviews: db, Scorecards: db, Keys: db, Hirer: nobody{}, Pipeline: pipeline,
		Policy: recruitment.Policy{
			Criteria:  recruitment.MustCriteria(recruitment.Criterion{Name: "passport", Title: "Has a passport", Weight: one, Answers: []recruitment.AnswerShare{{Answer: "none", Share: one}}}),
			Retention: []hr.Retention{{Name: "test.candidates", Months: 6, Start: hr.AfterRecord, Source: hr.Source{Title: "Act"}}},
		},
	}
	h.now = hr.MustDate("2020-06-01").At(hr.MustTimeOfDay("09:00"), time.UTC)
	terms := hr.Terms{Entity: "IN1", Currency: "INR", Pay: []hr.PayTerm{{Name: "basic", Amount: decimal.New(20000, 0)}}}
	opening, err := h.hiring.Open(ctx, h.cmd(""), recruitment.Opening{Title: "Chemist", Seats: 1, Terms: terms})
	if err != nil {
		return nil, err
	}
	person := hr.Person{
		Name: planted[0], Born: hr.MustDate("1971-07-17"), Email: planted[1], Phone: planted[2],
		Identities: []hr.Identity{{Kind: "pan_in", Number: hr.NewSecret(planted[3])}},
	}
	consent := recruitment.Consent{Purpose: recruitment.PurposeTalentPool, Given: hr.DateOf(h.now, time.UTC), Expires: hr.MustDate("2020-09-30")}
	for _, id := range []recruitment.CandidateID{Applicant, Twin} {
		if _, err := h.hiring.AddCandidate(ctx, h.cmd(""), recruitment.Candidate{ID: id, Person: person, Consents: []recruitment.Consent{consent}}); err != nil {
			return nil, err
		}
	}
	if h.application, err = h.hiring.Apply(ctx, h.cmd(""), opening, Twin, recruitment.Source{}); err != nil {
		return nil, err
	}
	begins := h.now.Add(time.Hour)
	err = errors.Join(
		h.hiring.Pool(ctx, h.cmd(""), Applicant, planted[6]),
		h.hiring.MergeCandidates(ctx, h.cmd(""), Twin, Applicant),
		h.hiring.Screen(ctx, h.cmd(""), h.application, map[string]string{"passport": planted[5]}),
		h.hiring.Advance(ctx, h.cmd(""), h.application, recruitment.ToScreening),
		h.hiring.Advance(ctx, h.cmd(""), h.application, recruitment.ToInterview),
	)
	if err != nil {
		return nil, err
	}
	h.interview, err = h.hiring.Schedule(ctx, h.cmd(""), recruitment.Interview{
		Application: h.application, Interviewers: []hr.EmployeeID{"E1"}, Time: recruitment.Span{From: begins, Until: begins.Add(time.Hour)}, Place: "call " + planted[2],
	})
	if err != nil {
		return nil, err
	}
	h.now = begins.Add(7 * 24 * time.Hour)
	met := h.cmd("")
	met.Actor = hr.Actor{ID: "interviewer", Employee: "E1"}
	_, err = h.hiring.SubmitScorecard(ctx, met, recruitment.Scorecard{
		Interview: h.interview, Ratings: []recruitment.Rating{{Of: "craft", Points: 3, Note: planted[6]}}, Opinion: recruitment.Yes, Note: planted[6],
	})
	err = errors.Join(err,
		h.hiring.MakeOffer(ctx, h.cmd(""), h.application, recruitment.Offer{Start: hr.MustDate("2020-07-01"), Expires: hr.MustDate("2020-06-30")}),
		h.hiring.Reject(ctx, h.cmd(""), h.application, "skills"),
	)
	if err != nil {
		return nil, err
	}
	c, err := db.Candidate(ctx, Applicant)
	h.keys = c.Keys
	if err == nil && (c.Person.Name != planted[0] || len(c.Keys) == 0) {
		err = errors.New("the candidate is not there before they are forgotten")
	}
	if err == nil {
		h.figures, err = h.measure(ctx, db)
	}
	return h, err
}

func (h *Turned) measure(ctx context.Context, db HiringStore) (recruitment.Figures, error) {
	openings, err := db.OpeningsAfter(ctx, "", 0)
	if err != nil {
		return recruitment.Figures{}, err
	}
	applications, err := db.ApplicationsOf(ctx, Applicant, "", 0)
	return h.hiring.Pipeline.Measure(openings, applications, func(m recruitment.Move) hr.Date { return hr.DateOf(m.At, time.UTC) }), err
}

// Forget erases the candidate when nothing asks to keep them any more, and returns what it found to be other than it must be.
func (h *Turned) Forget(ctx context.Context, db HiringStore) error {
	var faults []error
	h.now = hr.MustDate("2020-12-08").At(hr.MustTimeOfDay("09:00"), time.UTC) // six months after 8 June
	if err := h.hiring.Erase(ctx, h.cmd("asked"), Applicant); !breaks(err, recruitment.RuleErasureEarly) {
		faults = append(faults, fmt.Errorf("on the last day of keeping: %w", err))
	}
	h.now = hr.MustDate("2020-12-09").At(hr.MustTimeOfDay("09:00"), time.UTC)
	if err := h.hiring.Erase(ctx, h.cmd("due"), Applicant); err != nil {
		return err
	}
	return errors.Join(append(faults, h.Forgotten(ctx, db))...)
}

// Forgotten returns where the candidate is still to be found, by what they are counted otherwise than before, and which key was not destroyed.
func (h *Turned) Forgotten(ctx context.Context, db HiringStore) error {
	var faults []error
	fault := func(format string, args ...any) { faults = append(faults, fmt.Errorf(format, args...)) }
	var readable strings.Builder
	for _, id := range []recruitment.CandidateID{Applicant, Twin} {
		c, err := db.Candidate(ctx, id)
		if err != nil {
			return err
		}
		if c.Erased.IsZero() {
			fault("candidate %s is not said to be erased", id)
		}
		fmt.Fprint(&readable, c.Person.Name, c.Person.Email, c.Person.Phone, c.Keys, c.Tags, len(c.Person.Identities) > 0)
	}
	applications, err := db.ApplicationsOf(ctx, Applicant, "", 0)
	if err != nil {
		return err
	}
	talks, err := db.InterviewsWith(ctx, Applicant, "", 0)
	if err != nil {
		return err
	}
	cards, err := db.ScorecardsFor(ctx, h.application, "", 0)
	if err != nil {
		return err
	}
	for _, a := range applications {
		fmt.Fprint(&readable, a.Trail, a.Score, a.Reason)
	}
	for _, i := range talks {
		fmt.Fprint(&readable, i.Place)
	}
	for _, c := range cards {
		fmt.Fprint(&readable, c.Note, c.Ratings)
	}
	if len(applications) != 1 || len(talks) != 1 || len(cards) != 1 {
		fault("%d applications, %d interviews and %d scorecards are left, not one each", len(applications), len(talks), len(cards))
	}
	for i, text := range PlantedTexts() {
		if strings.Contains(readable.String(), text) {
			fault("planted text %d of a candidate is readable", i)
		}
	}
	for _, key := range h.keys {
		found, err := db.CandidatesWith(ctx, key, "", 0)
		if err != nil || len(found) > 0 {
			fault("the candidate is found by a key: %w", err)
		}
	}
	figures, err := h.measure(ctx, db)
	if err != nil || !reflect.DeepEqual(fmt.Sprint(figures), fmt.Sprint(h.figures)) {
		fault("the figures were %v and are %v: %w", h.figures, figures, err)
	}
	graves := map[string]int{}
	all, err := db.Graves(ctx, storage.Grave{}, 0)
	for _, g := range all {
		graves[g.Subject]++
	}
	for _, subject := range []string{recruitment.SubjectCandidate(Applicant), recruitment.SubjectCandidate(Twin), recruitment.SubjectApplication(h.application)} {
		if graves[subject] != 4 {
			fault("%d of the 4 keys of %s are destroyed: %w", graves[subject], subject, err)
		}
	}
	broken, err := storage.VerifyAudit(ctx, db)
	if err != nil || len(broken) > 0 {
		fault("the audit does not verify: %v: %w", broken, err)
	}
	return errors.Join(faults...)
}
