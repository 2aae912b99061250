package recruitment_test

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/recruitment"
	"github.com/musterhr/hr/storage/memory"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var view = hr.View{Actor: hr.Actor{ID: "recruiter"}, Purpose: "test"}

// house is recruitment over memory, hiring into a real lifecycle, at noon of a day that tests move.
type house struct {
	recruitment.Service
	people lifecycle.Service
	db     *memory.DB
	ctx    context.Context
	now    time.Time
	n      int
}

func newHouse(policy hr.Policy) *house {
	h := &house{db: memory.New(), ctx: context.Background(), now: time.Date(2026, 10, 1, 12, 0, 0, 0, time.UTC)}
	kit := h.db.Kit(policy, func() time.Time { return h.now })
	var seeds atomic.Int64
	kit.NewID = func() string { return fmt.Sprint("seed", seeds.Add(1)) }
	h.people = lifecycle.Service{Kit: kit, Employments: h.db, Facts: h.db, Fallback: []hr.ActorID{"head", "chief"}}
	h.Service = recruitment.Service{
		Kit: kit, Openings: h.db, Applications: h.db, Candidates: h.db, Hirer: h.people,
		Plan: h.db, Requisitions: h.db, Interviews: h.db, Scorecards: h.db, Terms: h.people, Router: h.people,
	}
	return h
}

func (h *house) cmd() hr.Command {
	h.n++
	return hr.Command{ID: hr.CommandID(fmt.Sprint("c", h.n)), Actor: view.Actor, Purpose: "test"}
}

// by is a command of somebody else.
func (h *house) by(actor hr.Actor) hr.Command {
	cmd := h.cmd()
	cmd.Actor = actor
	return cmd
}

// head and chief are whom lifecycle asks where no manager can approve.
var head, chief = hr.Actor{ID: "head"}, hr.Actor{ID: "chief"}

// employee hires somebody outside recruitment.
func (h *house) employee(t require.TestingT, id hr.EmployeeID, start string) {
	_, err := h.people.Hire(h.ctx, h.cmd(), hr.Hire{Employee: id, Person: hr.Person{Name: string(id), Bank: candidate.Bank}, Start: day(start), Terms: terms()})
	require.NoError(t, err)
}

// line writes a line of the plan: chemists of the lab, to begin in the fiscal year.
func (h *house) line(t require.TestingT, seats int, budget string) recruitment.PlanLineID {
	l := recruitment.PlanLine{ID: "L1", Unit: "Lab", Position: "Chemist", Period: hr.MustPeriod("2026-04-01..2027-03-31"), Seats: seats}
	if budget != "" {
		l.Budget = hr.MustMoney(budget, "INR")
	}
	_, err := h.SetPlan(h.ctx, h.cmd(), l)
	require.NoError(t, err)
	return l.ID
}

// requisition is a good request for seats of the line.
func requisition(seats int) recruitment.Requisition {
	return recruitment.Requisition{Line: "L1", Title: "Chemist", Manager: "M1", Seats: seats, Start: day("2026-11-02"), Terms: terms()}
}

// approved takes a requisition to its approval.
func (h *house) approved(t require.TestingT, r recruitment.Requisition) recruitment.RequisitionID {
	id, err := h.Request(h.ctx, h.cmd(), r)
	require.NoError(t, err)
	state, err := h.DecideRequisition(h.ctx, h.by(head), id, true, "")
	require.NoError(t, err)
	require.Equal(t, recruitment.Approved, state)
	return id
}

func day(s string) hr.Date { return hr.MustDate(s) }

// terms is what the opening offers: an amount that no message, event or audit may show.
func terms() hr.Terms {
	return hr.Terms{
		Entity: "ACME-IN", Department: "Lab", Currency: "INR",
		Pay: []hr.PayTerm{{Name: "basic", Amount: decimal.NewFromInt(717171)}},
	}
}

var candidate = hr.Person{Name: "Asha Rao", Bank: hr.BankAccount{Holder: "Asha Rao", Number: hr.NewSecret("000111222333"), Bank: "MUST0000001"}}

// good is an offer without a fault: the opening's terms, to be accepted through 15 October.
func good() recruitment.Offer {
	return recruitment.Offer{Start: day("2026-11-02"), Expires: day("2026-10-15")}
}

func (h *house) open(t require.TestingT, seats int) recruitment.OpeningID {
	id, err := h.Open(h.ctx, h.cmd(), recruitment.Opening{Title: "Chemist", Seats: seats, Terms: terms()})
	require.NoError(t, err)
	return id
}

// candidate takes up one more person of the same name.
func (h *house) candidate(t require.TestingT) recruitment.CandidateID {
	id, err := h.AddCandidate(h.ctx, h.cmd(), recruitment.Candidate{Person: candidate})
	require.NoError(t, err)
	return id
}

// applied takes an application of somebody new for an opening as far as the events say.
func (h *house) applied(t require.TestingT, opening recruitment.OpeningID, way ...recruitment.Event) recruitment.ApplicationID {
	id, err := h.Apply(h.ctx, h.cmd(), opening, h.candidate(t), recruitment.Source{})
	require.NoError(t, err)
	for _, on := range way {
		require.NoError(t, buttons[on](h, id), on)
	}
	return id
}

// toOffer is the way to an open offer.
var toOffer = []recruitment.Event{recruitment.ToScreening, recruitment.ToInterview, recruitment.Propose}

// buttons is what a person can do to an application. What is given is always good, so that only the stage decides.
var buttons = map[recruitment.Event]func(h *house, id recruitment.ApplicationID) error{
	recruitment.ToScreening: func(h *house, id recruitment.ApplicationID) error {
		return h.Advance(h.ctx, h.cmd(), id, recruitment.ToScreening)
	},
	recruitment.ToInterview: func(h *house, id recruitment.ApplicationID) error {
		return h.Advance(h.ctx, h.cmd(), id, recruitment.ToInterview)
	},
	recruitment.Propose: func(h *house, id recruitment.ApplicationID) error { return h.MakeOffer(h.ctx, h.cmd(), id, good()) },
	recruitment.Accept: func(h *house, id recruitment.ApplicationID) error {
		_, err := h.Accept(h.ctx, h.cmd(), id, h.number(id))
		return err
	},
	recruitment.Decline: func(h *house, id recruitment.ApplicationID) error { return h.Decline(h.ctx, h.cmd(), id, "too far") },
	recruitment.Reject:  func(h *house, id recruitment.ApplicationID) error { return h.Reject(h.ctx, h.cmd(), id, "too late") },
	recruitment.Withdraw: func(h *house, id recruitment.ApplicationID) error {
		return h.Withdraw(h.ctx, h.cmd(), id, "found another")
	},
}

func (h *house) get(t require.TestingT, id recruitment.ApplicationID) recruitment.Application {
	a, err := h.Application(h.ctx, view, id)
	require.NoError(t, err)
	return a
}

// number is that of the offer that counts; 0 where there is none.
func (h *house) number(id recruitment.ApplicationID) int {
	a, _ := h.db.Application(h.ctx, id)
	return a.Offer.Number
}

func (h *house) filled(t require.TestingT, id recruitment.OpeningID) int {
	o, err := h.Opening(h.ctx, view, id)
	require.NoError(t, err)
	return o.Filled
}

func (h *house) staff(t require.TestingT) []hr.EmployeeID {
	ids, err := h.db.EmployedIn(h.ctx, hr.MustPeriod("1900-01-01.."), "", 0)
	require.NoError(t, err)
	return ids
}

// events lists the kinds of everything that was announced.
func (h *house) events(t require.TestingT) (kinds []string) {
	events, err := h.db.Events(h.ctx)
	require.NoError(t, err)
	for _, e := range events {
		kinds = append(kinds, e.Kind)
	}
	return kinds
}

// state writes down everything that is kept, the audit of refusals left out: two equal texts are two equal stores.
func (h *house) state(t require.TestingT) string {
	openings, err := h.db.OpeningsAfter(h.ctx, "", 0)
	require.NoError(t, err)
	var applications [][]recruitment.Application
	for _, o := range openings {
		list, err := h.db.ApplicationsFor(h.ctx, o.ID, "", 0)
		require.NoError(t, err)
		applications = append(applications, list)
	}
	candidates, err := h.db.CandidatesAfter(h.ctx, "", 0)
	require.NoError(t, err)
	var interviews []recruitment.Interview
	for _, c := range candidates {
		list, err := h.db.InterviewsWith(h.ctx, c.ID, "", 0)
		require.NoError(t, err)
		interviews = append(interviews, list...)
	}
	var cards []recruitment.Scorecard
	for _, list := range applications {
		for _, a := range list {
			more, err := h.db.ScorecardsFor(h.ctx, a.ID, "", 0)
			require.NoError(t, err)
			cards = append(cards, more...)
		}
	}
	plan, err := h.db.PlanLinesAfter(h.ctx, "", 0)
	require.NoError(t, err)
	requisitions, err := h.db.RequisitionsAfter(h.ctx, "", 0)
	require.NoError(t, err)
	return hr.Digest("state/1", struct {
		Openings     []recruitment.Opening
		Applications [][]recruitment.Application
		Staff        []hr.EmployeeID
		Candidates   []recruitment.Candidate
		Plan         []recruitment.PlanLine
		Requisitions []recruitment.Requisition
		Interviews   []recruitment.Interview
		Scorecards   []recruitment.Scorecard
	}{openings, applications, h.staff(t), candidates, plan, requisitions, interviews, cards}) + fmt.Sprint(h.events(t))
}

// faults lists path and rule of every fault in err.
func faults(err error) (list []string) {
	for _, f := range hr.FieldErrors(err) {
		list = append(list, f.Path+" "+string(f.Rule))
	}
	return list
}

// talk fixes an interview of one hour, tomorrow at ten in UTC and then a day later for each that there is already.
func (h *house) talk(t require.TestingT, id recruitment.ApplicationID, by ...hr.EmployeeID) recruitment.InterviewID {
	a := h.get(t, id)
	list, err := h.InterviewsWith(h.ctx, view, a.Candidate, "", 0)
	require.NoError(t, err)
	ten := time.Date(h.now.Year(), h.now.Month(), h.now.Day()+1+len(list), 10, 0, 0, 0, time.UTC)
	talk, err := h.Schedule(h.ctx, h.cmd(), recruitment.Interview{Application: id, Interviewers: by, Time: recruitment.Span{From: ten, Until: ten.Add(time.Hour)}})
	require.NoError(t, err)
	return talk
}

// after moves the clock behind an interview.
func (h *house) after(t require.TestingT, id recruitment.InterviewID) {
	i, err := h.Interview(h.ctx, view, id)
	require.NoError(t, err)
	h.now = i.Time.Until
}

// submit submits a good scorecard.
func (h *house) submit(t require.TestingT, id recruitment.InterviewID, by hr.EmployeeID, opinion recruitment.Opinion) {
	_, err := h.SubmitScorecard(h.ctx, h.by(hr.Actor{ID: hr.ActorID(by), Employee: by}), card(id, opinion))
	require.NoError(t, err)
}

func card(id recruitment.InterviewID, opinion recruitment.Opinion) recruitment.Scorecard {
	return recruitment.Scorecard{Interview: id, Opinion: opinion, Note: "secret impression", Ratings: []recruitment.Rating{{Of: "chemistry", Points: 4, Note: "secret detail"}}}
}

// figures measures every opening.
func (h *house) figures(t require.TestingT) recruitment.Figures {
	openings, err := h.OpeningsAfter(h.ctx, view, "", 0)
	require.NoError(t, err)
	var applications []recruitment.Application
	for _, o := range openings {
		list, err := h.ApplicationsFor(h.ctx, view, o.ID, "", 0)
		require.NoError(t, err)
		applications = append(applications, list...)
	}
	return h.Pipeline.Measure(openings, applications, func(m recruitment.Move) hr.Date { return hr.DateOf(m.At, time.UTC) })
}
