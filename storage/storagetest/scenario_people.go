package storagetest

import (
	"context"
	"time"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/recruitment"
	"github.com/musterhr/hr/storage"
)

func (h *house) people() lifecycle.Service {
	return lifecycle.Service{
		Kit: h.kit, Employments: h.Employments, Facts: h.Terms, Record: h.Record, Proposals: h.Proposals,
		Fallback: []hr.ActorID{approver.ID}, BankChange: lifecycle.BankChange{Days: 2}, Calendars: calendar(),
	}
}

func person(account string) hr.Person {
	return hr.Person{Name: "A Specimen", Bank: hr.BankAccount{Holder: "A Specimen", Number: hr.NewSecret(account), Bank: "BANK0001"}}
}

// lookAt reads what lifecycle keeps of employees.
func (h *house) lookAt(ctx context.Context, g *gathered, ids ...hr.EmployeeID) {
	rows, err := h.Employments.Employments(ctx, ids...)
	gather(g, rows, err)
	facts, err := h.Terms.Terms(ctx, pinsOf(ids...))
	gather(g, facts, err)
	if h.Record != nil {
		happened, err := h.Record.Happenings(ctx, pinsOf(ids...))
		gather(g, happened, err)
	}
}

// hireStory hires, has them come and raises their pay.
var hireStory = scenario{name: "hire", needs: []string{"Employments", "Terms"}, tell: func(h *house) story {
	people := h.people()
	return story{
		steps: []step{
			{name: "hire", take: func(ctx context.Context) (any, error) {
				return people.Hire(ctx, by(clerk, "hire"), hr.Hire{Person: person("1001"), Start: begins, Terms: terms})
			}},
			{name: "hire another", take: func(ctx context.Context) (any, error) {
				return people.Hire(ctx, by(clerk, "another"), hr.Hire{Employee: "E2", Person: person("1002"), Start: begins, Terms: terms})
			}},
			{name: "join", take: func(ctx context.Context) (any, error) {
				return nothing(people.Join(ctx, by(clerk, "join"), "E2"))
			}},
			{name: "raise", take: func(ctx context.Context) (any, error) {
				change := lifecycle.TermsChange{From: hr.MustDate("2026-10-01"), Set: hr.Terms{Pay: []hr.PayTerm{{Name: "basic", Amount: decimal.NewFromInt(34100)}}}}
				return people.ChangeTerms(ctx, by(clerk, "raise"), "E2", change)
			}},
		},
		look: func(ctx context.Context) ([]any, error) {
			var g gathered
			made := hr.EmployeeID(by(clerk, "hire").Stamp(noon, "seed").NewID("employee"))
			h.lookAt(ctx, &g, "E2", made)
			return g.result(h.stored(ctx, "E2", made))
		},
	}
}}

// bankStory changes a bank account: asked for by one, agreed to by another, and applied after the delay.
var bankStory = scenario{name: "bank change", needs: []string{"Employments", "Terms", "Proposals"}, tell: func(h *house) story {
	people := h.people()
	var id lifecycle.ProposalID
	return story{
		before: []step{{name: "hire", take: func(ctx context.Context) (any, error) {
			return people.Hire(ctx, by(clerk, "hire"), hr.Hire{Employee: "E1", Person: person("1001"), Start: begins, Terms: terms})
		}}},
		steps: []step{
			{name: "propose", take: func(ctx context.Context) (_ any, err error) {
				h.now = noon
				id, err = people.Propose(ctx, by(clerk, "propose"), lifecycle.Proposal{Employee: "E1", Kind: lifecycle.ProposeBank, Person: hr.Person{Bank: person("2002").Bank}})
				return id, err
			}},
			{name: "decide", take: func(ctx context.Context) (any, error) {
				return nothing(people.Decide(ctx, by(approver, "decide"), id, true))
			}},
			{name: "apply", take: func(ctx context.Context) (any, error) {
				h.now = noon.Add(72 * time.Hour)
				return nothing(people.ApplyProposal(ctx, by(clerk, "apply"), id))
			}},
		},
		look: func(ctx context.Context) ([]any, error) {
			var g gathered
			h.lookAt(ctx, &g, "E1")
			all, err := h.Proposals.ProposalsOf(ctx, "E1")
			gather(&g, all, err)
			return g.result(h.stored(ctx, "E1"))
		},
	}
}}

// offerStory goes from an opening to an accepted offer, which makes exactly one employee and takes exactly one seat.
var offerStory = scenario{name: "offer", needs: []string{"Openings", "Applications", "Candidates", "Employments", "Terms"}, tell: func(h *house) story {
	hiring := recruitment.Service{Kit: h.kit, Openings: h.Openings, Applications: h.Applications, Candidates: h.Candidates, Hirer: h.people()}
	var opening recruitment.OpeningID
	var candidate recruitment.CandidateID
	var id recruitment.ApplicationID
	advance := func(on recruitment.Event) step {
		return step{name: string(on), take: func(ctx context.Context) (any, error) {
			return nothing(hiring.Advance(ctx, by(clerk, hr.CommandID(on)), id, on))
		}}
	}
	return story{
		steps: []step{
			{name: "open", take: func(ctx context.Context) (_ any, err error) {
				opening, err = hiring.Open(ctx, by(clerk, "open"), recruitment.Opening{Title: "Fitter", Seats: 1, Terms: terms})
				return opening, err
			}},
			{name: "candidate", take: func(ctx context.Context) (_ any, err error) {
				candidate, err = hiring.AddCandidate(ctx, by(clerk, "candidate"), recruitment.Candidate{Person: person("1001")})
				return candidate, err
			}},
			{name: "apply", take: func(ctx context.Context) (_ any, err error) {
				id, err = hiring.Apply(ctx, by(clerk, "apply"), opening, candidate, recruitment.Source{})
				return id, err
			}},
			advance(recruitment.ToScreening), advance(recruitment.ToInterview),
			{name: "offer", take: func(ctx context.Context) (any, error) {
				offer := recruitment.Offer{Employee: "E1", Start: hr.MustDate("2026-12-01"), Expires: hr.MustDate("2026-11-30"), Terms: terms}
				return nothing(hiring.MakeOffer(ctx, by(clerk, "offer"), id, offer))
			}},
			{name: "accept", take: func(ctx context.Context) (any, error) {
				return hiring.Accept(ctx, by(clerk, "accept"), id, 1)
			}},
		},
		look: func(ctx context.Context) ([]any, error) {
			var g gathered
			openings, err := h.Openings.OpeningsAfter(ctx, "", 0)
			gather(&g, openings, err)
			candidates, err := h.Candidates.CandidatesAfter(ctx, "", 0)
			gather(&g, candidates, err)
			for _, o := range openings {
				applications, err := h.Applications.ApplicationsFor(ctx, o.ID, "", 0)
				gather(&g, applications, err)
			}
			h.lookAt(ctx, &g, "E1")
			return g.result(h.stored(ctx, "E1"))
		},
	}
}}

// deliveryStory writes an event with a command, delivers it and has a consumer act on it: once, however often it arrives.
var deliveryStory = scenario{name: "delivery", needs: []string{"Outbox", "Inbox"}, tell: func(h *house) story {
	acted := func(ctx context.Context, e storage.Event) error {
		return storage.Consume(ctx, h.Tx, h.Inbox, "payslips", e, func(ctx context.Context) error {
			_, err := h.Know.Take(ctx, h.kit.Clock, e.Subject) // one number for each time it is acted on
			return err
		})
	}
	return story{
		steps: []step{
			{name: "write", take: func(ctx context.Context) (any, error) {
				return storage.Do(ctx, h.kit, by(clerk, "write"), "test.Write", storage.About("write", "E1"), func(_ context.Context, cmd hr.Command) (string, []storage.Event, error) {
					return "written", []storage.Event{{ID: "event", Stream: "E1", Kind: "test.written", Subject: "E1", At: cmd.At()}}, nil
				})
			}},
			{name: "deliver", trusts: true, take: func(ctx context.Context) (any, error) {
				_, err := storage.Deliver(ctx, h.Outbox, 10, acted) // how many were sent is another number when it is done again
				return nil, err
			}},
		},
		look: func(ctx context.Context) ([]any, error) {
			var g gathered
			pending, err := h.Outbox.Pending(ctx, 10)
			gather(&g, pending, err)
			return g.result(h.stored(ctx, "E1"))
		},
	}
}}
