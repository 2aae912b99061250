package recruitment_test

import (
	"context"
	"fmt"
	"time"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/recruitment"
	"github.com/musterhr/hr/storage/memory"
)

// From the headcount plan to the first figures: a seat is asked for and approved, a candidate comes through a job board, is screened,
// interviewed and offered the job, and accepts.
func Example_fromPlanToHire() {
	ctx, db := context.Background(), memory.New()
	now := time.Date(2026, 10, 1, 9, 0, 0, 0, time.UTC)
	kit := db.Kit(hr.AllowAll, func() time.Time { return now })
	people := lifecycle.Service{Kit: kit, Employments: db, Facts: db, Fallback: []hr.ActorID{"director"}}
	hiring := recruitment.Service{
		Kit: kit, Openings: db, Applications: db, Candidates: db, Plan: db, Requisitions: db, Interviews: db, Scorecards: db,
		Hirer: people, Router: people, Terms: people, People: people,
		Pipeline: recruitment.MustPipeline(recruitment.PipelineRules{Guards: []recruitment.Guard{{On: recruitment.Propose, Needs: recruitment.NeedScorecards}}}),
		Policy: recruitment.Policy{
			PlanNeeded: true, RequisitionNeeded: true, OfferApproved: true,
			Criteria: recruitment.MustCriteria(recruitment.Criterion{
				Name: "years", Title: "Years in a laboratory", Weight: decimal.NewFromInt(10),
				Bands: []recruitment.BandShare{{From: decimal.NewFromInt(2), Share: decimal.NewFromInt(1)}},
			}),
		},
	}
	n := 0
	by := func(actor hr.Actor) hr.Command {
		n++
		return hr.Command{ID: hr.CommandID(fmt.Sprint("c", n)), Actor: actor}
	}
	recruiter, director, lead := hr.Actor{ID: "recruiter"}, hr.Actor{ID: "director"}, hr.Actor{ID: "lead", Employee: "E-LEAD"}
	try := func(what string, err error) {
		if err != nil {
			fmt.Println(what+":", err)
			return
		}
		fmt.Println(what)
	}

	_, err := hiring.SetPlan(ctx, by(director), recruitment.PlanLine{
		ID: "lab/chemist/2026", Unit: "Lab", Position: "Chemist", Period: hr.MustPeriod("2026-04-01..2027-03-31"), Seats: 1,
	})
	try("planned", err)
	asked, err := hiring.Request(ctx, by(lead), recruitment.Requisition{
		Line: "lab/chemist/2026", Title: "Chemist", Manager: "E-LEAD", Seats: 1, Start: hr.MustDate("2026-11-02"),
		Terms: hr.Terms{Entity: "ACME-IN", Department: "Lab", Currency: "INR", Pay: []hr.PayTerm{{Name: "basic", Amount: decimal.NewFromInt(40000)}}},
	})
	try("asked for", err)
	_, err = hiring.DecideRequisition(ctx, by(lead), asked, true, "mine")
	try("approved by who asked", err)
	state, err := hiring.DecideRequisition(ctx, by(director), asked, true, "")
	try(string(state), err)
	opening, err := hiring.Open(ctx, by(recruiter), recruitment.Opening{Requisition: asked, Seats: 1, Channels: []recruitment.Channel{{Name: "job board", Cost: hr.MustMoney("4000", "INR")}}})
	try("opened", err)

	asha, err := hiring.AddCandidate(ctx, by(recruiter), recruitment.Candidate{Person: hr.Person{Name: "Asha Rao"}})
	try("known", err)
	id, err := hiring.Apply(ctx, by(recruiter), opening, asha, recruitment.Source{Channel: "job board"})
	try("applied", err)
	try("screened", hiring.Screen(ctx, by(recruiter), id, map[string]string{"years": "3"}))
	for _, on := range []recruitment.Event{recruitment.ToScreening, recruitment.ToInterview} {
		try("moved on by "+string(on), hiring.Advance(ctx, by(recruiter), id, on))
	}
	ten := time.Date(2026, 10, 5, 10, 0, 0, 0, time.UTC)
	talk, err := hiring.Schedule(ctx, by(recruiter), recruitment.Interview{Application: id, Interviewers: []hr.EmployeeID{"E-LEAD"}, Time: recruitment.Span{From: ten, Until: ten.Add(time.Hour)}})
	try("interview fixed", err)
	offer := recruitment.Offer{Employee: "E-1001", Start: hr.MustDate("2026-11-02"), Expires: hr.MustDate("2026-10-15")}
	try("offered before anybody has said what they thought", hiring.MakeOffer(ctx, by(recruiter), id, offer))
	now = ten.Add(2 * time.Hour)
	_, err = hiring.SubmitScorecard(ctx, by(lead), recruitment.Scorecard{Interview: talk, Opinion: recruitment.Yes, Ratings: []recruitment.Rating{{Of: "chemistry", Points: 5}}})
	try("scorecard submitted", err)
	try("offered", hiring.MakeOffer(ctx, by(recruiter), id, offer))
	_, err = hiring.Accept(ctx, by(recruiter), id, 1)
	try("accepted before it was approved", err)
	_, err = hiring.DecideOffer(ctx, by(director), id, 1, true, "")
	try("offer approved", err)
	hired, err := hiring.Accept(ctx, by(recruiter), id, 1)
	try("accepted by "+string(hired), err)

	view := hr.View{Actor: recruiter}
	openings, _ := hiring.OpeningsAfter(ctx, view, "", 0)
	applications, _ := hiring.ApplicationsFor(ctx, view, opening, "", 0)
	f := hiring.Pipeline.Measure(openings, applications, func(m recruitment.Move) hr.Date { return hr.DateOf(m.At, time.UTC) })
	fmt.Println(f.TimeToHire.Total, "days to hire,", f.Acceptance.Of, "of", f.Acceptance.In, "offers accepted, cost", f.Sources[0].Cost)
	// Output:
	// planned
	// asked for
	// approved by who asked: recruitment.DecideRequisition: approval.by: who prepared a case may not decide on it [hr.approval.conflict]
	// approved
	// opened
	// known
	// applied
	// screened
	// moved on by screen
	// moved on by interview
	// interview fixed
	// offered before anybody has said what they thought: recruitment.MakeOffer: needs.scorecards: must be there before offer [recruitment.application.guard]
	// scorecard submitted
	// offered
	// accepted before it was approved: recruitment.Accept: offer.state: waits for approval [recruitment.offer.state]
	// offer approved
	// accepted by E-1001
	// 4 days to hire, 1 of 1 offers accepted, cost [INR 4000.00]
}
