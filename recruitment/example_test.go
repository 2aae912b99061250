package recruitment_test

import (
	"context"
	"fmt"
	"time"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/recruitment"
	"github.com/musterhr/hr/storage/memory"
)

// personnel is the host's own personnel system, in the place of lifecycle.
type personnel struct{}

func (personnel) Hire(_ context.Context, cmd hr.Command, h hr.Hire) (hr.EmployeeID, error) {
	fmt.Println("hire from", h.Start, "because of", h.Cause.Kind, "via", cmd.Via())
	return "E-1001", nil
}

// A candidate from the application to the hire.
func Example() {
	ctx, db := context.Background(), memory.New()
	now := func() time.Time { return time.Date(2026, 10, 1, 9, 0, 0, 0, time.UTC) }
	hiring := recruitment.Service{Kit: db.Kit(hr.AllowAll, now), Openings: db, Applications: db, Candidates: db, Hirer: personnel{}}
	by := func(id hr.CommandID) hr.Command { return hr.Command{ID: id, Actor: hr.Actor{ID: "recruiter"}} }

	opening, err := hiring.Open(ctx, by("open"), recruitment.Opening{
		ID: "R-7", Title: "Chemist", Seats: 1,
		Terms: hr.Terms{Entity: "ACME-IN", Currency: "INR", Pay: []hr.PayTerm{{Name: "basic", Amount: decimal.NewFromInt(40000)}}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	person, err := hiring.AddCandidate(ctx, by("candidate"), recruitment.Candidate{Person: hr.Person{Name: "Asha Rao"}})
	if err != nil {
		fmt.Println(err)
		return
	}
	asha, err := hiring.Apply(ctx, by("apply"), opening, person, recruitment.Source{Channel: recruitment.ChannelDirect})
	if err != nil {
		fmt.Println(err)
		return
	}
	offer := recruitment.Offer{Start: hr.MustDate("2026-11-02"), Expires: hr.MustDate("2026-10-15")}
	fmt.Println(hiring.MakeOffer(ctx, by("too early"), asha, offer))
	for _, on := range []recruitment.Event{recruitment.ToScreening, recruitment.ToInterview} {
		if err := hiring.Advance(ctx, by(hr.CommandID(on)), asha, on); err != nil {
			fmt.Println(err)
		}
	}
	if err := hiring.MakeOffer(ctx, by("offer"), asha, offer); err != nil {
		fmt.Println(err)
	}
	fmt.Println(hiring.Accept(ctx, by("accept"), asha, 1))
	fmt.Println(hiring.Accept(ctx, by("accept"), asha, 1)) // the button was pressed twice
	o, err := hiring.Opening(ctx, hr.View{Actor: hr.Actor{ID: "recruiter"}}, opening)
	fmt.Println(o.Filled, "of", o.Seats, err)
	// Output:
	// recruitment.MakeOffer: state: offer is not possible in state applied; allowed: reject, screen, withdraw [hr.machine.transition] [recruitment.application.transition]
	// hire from 2026-11-02 because of application via [recruitment.Accept]
	// E-1001 <nil>
	// E-1001 <nil>
	// 1 of 1 <nil>
}

// The buttons of a page.
func ExampleMachine() {
	fmt.Println(recruitment.Machine().Allowed(recruitment.Offered))
	fmt.Println(recruitment.Machine().Terminal(recruitment.Accepted))
	// Output:
	// [accept decline offer reject withdraw]
	// true
}
