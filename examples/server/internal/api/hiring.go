package api

import (
	"context"
	"time"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/recruitment"
	"github.com/musterhr/hr/storage"
)

// Opening is a place to be filled.
type Opening struct {
	ID      recruitment.OpeningID `json:"id"`
	Title   string                `json:"title"`
	Manager hr.EmployeeID         `json:"manager,omitempty"`
	Seats   int                   `json:"seats"`
	Filled  int                   `json:"filled"`
	Opened  hr.Date               `json:"opened"`
	Closed  hr.Date               `json:"closed,omitzero"`

	stored storage.Version
}

func (o Opening) version() storage.Version { return o.stored }

func openingOf(o recruitment.Opening) Opening {
	return Opening{o.ID, o.Title, o.Manager, o.Seats, o.Filled, o.Opened, o.Closed, o.Version}
}

// Candidate is a person who may be hired.
type Candidate struct {
	ID    recruitment.CandidateID `json:"id"`
	Name  string                  `json:"name"`
	Email string                  `json:"email,omitempty"`
	Phone string                  `json:"phone,omitempty"`
	Tags  []string                `json:"tags,omitempty"`

	stored storage.Version
}

func (c Candidate) version() storage.Version { return c.stored }

func candidateOf(c recruitment.Candidate) Candidate {
	return Candidate{c.ID, c.Person.Name, c.Person.Email, c.Person.Phone, c.Tags, c.Version}
}

// Application is the case of a candidate for an opening.
type Application struct {
	ID        recruitment.ApplicationID `json:"id"`
	Opening   recruitment.OpeningID     `json:"opening"`
	Candidate recruitment.CandidateID   `json:"candidate"`
	Channel   string                    `json:"channel,omitempty"`
	State     recruitment.State         `json:"state"`
	Since     time.Time                 `json:"since" doc:"when it came to this stage"`
	Reason    string                    `json:"reason,omitempty"`
	Offer     *Offer                    `json:"offer,omitempty"`
	HiredAs   hr.EmployeeID             `json:"hired_as,omitempty"`

	stored storage.Version
}

func (a Application) version() storage.Version { return a.stored }

// Offer is what a candidate may accept.
type Offer struct {
	Number  int                    `json:"number"`
	Start   hr.Date                `json:"start"`
	Expires hr.Date                `json:"expires"`
	State   recruitment.OfferState `json:"state"`
	Terms   Terms                  `json:"terms"`
	Waits   []string               `json:"waits_for,omitempty"`
}

func applicationOf(x recruitment.Application) Application {
	out := Application{
		ID: x.ID, Opening: x.Opening, Candidate: x.Candidate, Channel: x.Source.Channel, State: x.State, Since: x.Since(), Reason: x.Reason, HiredAs: x.HiredAs, stored: x.Version,
	}
	if x.Offer.Number > 0 {
		out.Offer = &Offer{x.Offer.Number, x.Offer.Start, x.Offer.Expires, x.Offer.State, termsOf(x.Offer.Terms), waits(x.Offer.Approval)}
	}
	return out
}

type openIn struct {
	Writing
	Body struct {
		Title   string        `json:"title" minLength:"1" maxLength:"200"`
		Manager hr.EmployeeID `json:"manager,omitempty" maxLength:"64"`
		Seats   int           `json:"seats" minimum:"1" maximum:"1000"`
		Terms   Terms         `json:"terms"`
	}
}

type candidateIn struct {
	Writing
	Body struct {
		Person  NewPerson `json:"person"`
		Consent *Consent  `json:"consent,omitempty"`
	}
}

// Consent is what a candidate has agreed to.
type Consent struct {
	Purpose string  `json:"purpose" example:"application" maxLength:"100"`
	Given   hr.Date `json:"given"`
	Expires hr.Date `json:"expires" doc:"the last day"`
}

type applyToIn struct {
	Writing
	ID   recruitment.OpeningID `path:"id" maxLength:"200"`
	Body struct {
		Candidate recruitment.CandidateID `json:"candidate" maxLength:"200"`
		Channel   string                  `json:"channel,omitempty" maxLength:"100"`
		Referrer  hr.EmployeeID           `json:"referrer,omitempty" maxLength:"64"`
	}
}

// onApplication is a change to an application.
type onApplication[B any] struct {
	Writing
	Matching
	ID   recruitment.ApplicationID `path:"id" maxLength:"200"`
	Body B
}

type offerBody struct {
	Employee hr.EmployeeID `json:"employee,omitempty" maxLength:"64" doc:"the number they will have; empty: one is made"`
	Start    hr.Date       `json:"start"`
	Expires  hr.Date       `json:"expires" doc:"the last day on which it may be accepted"`
	Terms    Terms         `json:"terms" doc:"empty: those of the opening"`
}

type reasonBody struct {
	Reason string `json:"reason" minLength:"1" maxLength:"500"`
}

func (a *API) hiring() {
	get(a, "/v1/openings", "hiring", "Places to be filled", func(ctx context.Context, r Request, in *Paging) (List[Opening], error) {
		openings, err := r.App.Hiring.OpeningsAfter(ctx, r.View(), recruitment.OpeningID(in.After), in.Limit)
		out := make([]Opening, len(openings))
		for i, o := range openings {
			out[i] = openingOf(o)
		}
		return list(out, in.Limit, func(o Opening) string { return string(o.ID) }), err
	})
	post(a, "/v1/openings", "hiring", "Open a place", func(ctx context.Context, r Request, cmd hr.Command, in openIn) (Made, error) {
		id, err := r.App.Hiring.Open(ctx, cmd, recruitment.Opening{Title: in.Body.Title, Manager: in.Body.Manager, Seats: in.Body.Seats, Terms: in.Body.Terms.terms()})
		return Made{string(id)}, err
	})
	type OpeningPath struct {
		ID recruitment.OpeningID `path:"id" maxLength:"200"`
	}
	get(a, "/v1/openings/{id}", "hiring", "One opening", func(ctx context.Context, r Request, in *OpeningPath) (Opening, error) {
		o, err := r.App.Hiring.Opening(ctx, r.View(), in.ID)
		return openingOf(o), err
	})
	post(a, "/v1/openings/{id}/closing", "hiring", "Close an opening", func(ctx context.Context, r Request, cmd hr.Command, in caseIn[recruitment.OpeningID]) (Done, error) {
		version := func(ctx context.Context) (storage.Version, error) {
			o, err := r.App.Store.Opening(ctx, in.ID)
			return o.Version, err
		}
		return change(ctx, r, in.IfMatch, version, func(ctx context.Context) (Done, error) { return done(r.App.Hiring.CloseOpening(ctx, cmd, in.ID)) })
	})
	type applicationsIn struct {
		OpeningPath
		Paging
	}
	get(a, "/v1/openings/{id}/applications", "hiring", "The applications for an opening", func(ctx context.Context, r Request, in *applicationsIn) (List[Application], error) {
		all, err := r.App.Hiring.ApplicationsFor(ctx, r.View(), in.ID, recruitment.ApplicationID(in.After), in.Limit)
		out := make([]Application, len(all))
		for i, x := range all {
			out[i] = applicationOf(x)
		}
		return list(out, in.Limit, func(x Application) string { return string(x.ID) }), err
	})
	post(a, "/v1/openings/{id}/applications", "hiring", "Take up an application", func(ctx context.Context, r Request, cmd hr.Command, in applyToIn) (Made, error) {
		id, err := r.App.Hiring.Apply(ctx, cmd, in.ID, in.Body.Candidate, recruitment.Source{Channel: in.Body.Channel, Referrer: in.Body.Referrer})
		return Made{string(id)}, err
	})
	get(a, "/v1/candidates", "hiring", "Candidates", func(ctx context.Context, r Request, in *Paging) (List[Candidate], error) {
		all, err := r.App.Hiring.CandidatesAfter(ctx, r.View(), recruitment.CandidateID(in.After), in.Limit)
		out := make([]Candidate, len(all))
		for i, c := range all {
			out[i] = candidateOf(c)
		}
		return list(out, in.Limit, func(c Candidate) string { return string(c.ID) }), err
	})
	post(a, "/v1/candidates", "hiring", "Take up a candidate", func(ctx context.Context, r Request, cmd hr.Command, in candidateIn) (Made, error) {
		c := recruitment.Candidate{Person: in.Body.Person.person()}
		if given := in.Body.Consent; given != nil {
			c.Consents = []recruitment.Consent{{Purpose: given.Purpose, Given: given.Given, Expires: given.Expires}}
		}
		id, err := r.App.Hiring.AddCandidate(ctx, cmd, c)
		return Made{string(id)}, err
	})
	type candidatePath struct {
		ID recruitment.CandidateID `path:"id" maxLength:"200"`
	}
	get(a, "/v1/candidates/{id}", "hiring", "One candidate", func(ctx context.Context, r Request, in *candidatePath) (Candidate, error) {
		c, err := r.App.Hiring.Candidate(ctx, r.View(), in.ID)
		return candidateOf(c), err
	})
	type applicationPath struct {
		ID recruitment.ApplicationID `path:"id" maxLength:"200"`
	}
	get(a, "/v1/applications/{id}", "hiring", "One application", func(ctx context.Context, r Request, in *applicationPath) (Application, error) {
		x, err := r.App.Hiring.Application(ctx, r.View(), in.ID)
		return applicationOf(x), err
	})
	a.applicationSteps()
}

func (a *API) applicationSteps() {
	type stageBody struct {
		On recruitment.Event `json:"on" maxLength:"64" example:"screen" doc:"what happens to it; the stages are the company's"`
	}
	onApp(a, "stage", "Move an application to another stage", func(ctx context.Context, r Request, cmd hr.Command, id recruitment.ApplicationID, b stageBody) error {
		return r.App.Hiring.Advance(ctx, cmd, id, b.On)
	})
	onApp(a, "rejection", "Reject an application", func(ctx context.Context, r Request, cmd hr.Command, id recruitment.ApplicationID, b reasonBody) error {
		return r.App.Hiring.Reject(ctx, cmd, id, b.Reason)
	})
	onApp(a, "withdrawal", "Record that a candidate has withdrawn", func(ctx context.Context, r Request, cmd hr.Command, id recruitment.ApplicationID, b reasonBody) error {
		return r.App.Hiring.Withdraw(ctx, cmd, id, b.Reason)
	})
	onApp(a, "offer", "Make an offer, or a new one in the place of the last", func(ctx context.Context, r Request, cmd hr.Command, id recruitment.ApplicationID, b offerBody) error {
		return r.App.Hiring.MakeOffer(ctx, cmd, id, recruitment.Offer{Employee: b.Employee, Start: b.Start, Expires: b.Expires, Terms: b.Terms.terms()})
	})
	type decideBody struct {
		Number int    `json:"number" minimum:"1" doc:"which offer"`
		Agree  bool   `json:"agree"`
		Reason string `json:"reason,omitempty" maxLength:"500"`
	}
	onApp(a, "offer/decision", "Approve or refuse an offer before it is sent", func(ctx context.Context, r Request, cmd hr.Command, id recruitment.ApplicationID, b decideBody) error {
		_, err := r.App.Hiring.DecideOffer(ctx, cmd, id, b.Number, b.Agree, b.Reason)
		return err
	})
	type acceptBody struct {
		Number int `json:"number" minimum:"1" doc:"which offer"`
	}
	onApp(a, "acceptance", "Record that a candidate has accepted: it makes the employee", func(ctx context.Context, r Request, cmd hr.Command, id recruitment.ApplicationID, b acceptBody) error {
		_, err := r.App.Hiring.Accept(ctx, cmd, id, b.Number)
		return err
	})
	onApp(a, "refusal", "Record that a candidate has declined the offer", func(ctx context.Context, r Request, cmd hr.Command, id recruitment.ApplicationID, b reasonBody) error {
		return r.App.Hiring.Decline(ctx, cmd, id, b.Reason)
	})
}

// onApp adds a route that changes an application.
func onApp[B any](a *API, name, summary string, do func(ctx context.Context, r Request, cmd hr.Command, id recruitment.ApplicationID, b B) error) {
	post(a, "/v1/applications/{id}/"+name, "hiring", summary, func(ctx context.Context, r Request, cmd hr.Command, in onApplication[B]) (Done, error) {
		version := func(ctx context.Context) (storage.Version, error) {
			x, err := r.App.Store.Application(ctx, in.ID)
			return x.Version, err
		}
		return change(ctx, r, in.IfMatch, version, func(ctx context.Context) (Done, error) { return done(do(ctx, r, cmd, in.ID, in.Body)) })
	})
}
