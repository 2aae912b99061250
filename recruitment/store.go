package recruitment

import (
	"context"
	"time"

	"github.com/musterhr/hr"
)

// Openings keeps the openings: one current row each. A host implements it over its own table and proves it with
// storagetest.Openings. Methods keep the contract in package storage.
type Openings interface {
	// Opening returns the row of id, or storage.ErrNotFound.
	Opening(ctx context.Context, id OpeningID) (Opening, error)
	// PutOpening stores o under the next version if the stored version is o.Version (0: no row yet), else storage.ErrConflict. It is
	// what keeps two acceptances from taking one seat, so it must hold between units that run at once.
	PutOpening(ctx context.Context, o Opening) error
	// OpeningsAfter returns the openings behind after, by id, at most limit of them; a limit below 1 is no limit.
	OpeningsAfter(ctx context.Context, after OpeningID, limit int) ([]Opening, error)
}

// Applications keeps the applications: one current row each. Prove it with storagetest.Applications.
type Applications interface {
	// Application returns the row of id, or storage.ErrNotFound.
	Application(ctx context.Context, id ApplicationID) (Application, error)
	// PutApplication stores a under the next version if the stored version is a.Version (0: no row yet), else storage.ErrConflict.
	PutApplication(ctx context.Context, a Application) error
	// ApplicationsFor returns the applications for an opening behind after, by id, at most limit of them; a limit below 1 is no limit.
	ApplicationsFor(ctx context.Context, opening OpeningID, after ApplicationID, limit int) ([]Application, error)
	// ApplicationsOf returns the applications of a candidate in the same way.
	ApplicationsOf(ctx context.Context, candidate CandidateID, after ApplicationID, limit int) ([]Application, error)
}

// Candidates keeps the candidates: one current row each. Prove it with storagetest.Candidates.
type Candidates interface {
	// Candidate returns the row of id, or storage.ErrNotFound.
	Candidate(ctx context.Context, id CandidateID) (Candidate, error)
	// PutCandidate stores c under the next version if the stored version is c.Version (0: no row yet), else storage.ErrConflict. It is
	// what keeps a candidate from two live applications for one opening, so it must hold between units that run at once.
	PutCandidate(ctx context.Context, c Candidate) error
	// CandidatesAfter returns the candidates behind after, by id, at most limit of them; a limit below 1 is no limit.
	CandidatesAfter(ctx context.Context, after CandidateID, limit int) ([]Candidate, error)
	// CandidatesWith returns those that have key among their Keys, in the same way.
	CandidatesWith(ctx context.Context, key string, after CandidateID, limit int) ([]Candidate, error)
	// CandidatesTagged returns those that have tag among their Tags, in the same way.
	CandidatesTagged(ctx context.Context, tag string, after CandidateID, limit int) ([]Candidate, error)
}

// Plan keeps the headcount plan: one current row a line. Prove it with storagetest.HeadcountPlan.
type Plan interface {
	// PlanLine returns the row of id, or storage.ErrNotFound.
	PlanLine(ctx context.Context, id PlanLineID) (PlanLine, error)
	// PutPlanLine stores l under the next version if the stored version is l.Version (0: no row yet), else storage.ErrConflict. It is
	// what keeps two requisitions from one planned seat, so it must hold between units that run at once.
	PutPlanLine(ctx context.Context, l PlanLine) error
	// PlanLinesAfter returns the lines behind after, by id, at most limit of them; a limit below 1 is no limit.
	PlanLinesAfter(ctx context.Context, after PlanLineID, limit int) ([]PlanLine, error)
}

// Requisitions keeps the requests for staff: one current row each. Prove it with storagetest.Requisitions.
type Requisitions interface {
	// Requisition returns the row of id, or storage.ErrNotFound.
	Requisition(ctx context.Context, id RequisitionID) (Requisition, error)
	// PutRequisition stores r under the next version if the stored version is r.Version (0: no row yet), else storage.ErrConflict.
	PutRequisition(ctx context.Context, r Requisition) error
	// RequisitionsAfter returns the requisitions behind after, by id, at most limit of them; a limit below 1 is no limit.
	RequisitionsAfter(ctx context.Context, after RequisitionID, limit int) ([]Requisition, error)
}

// Interviews keeps the interviews: one current row each. Prove it with storagetest.Interviews.
type Interviews interface {
	// Interview returns the row of id, or storage.ErrNotFound.
	Interview(ctx context.Context, id InterviewID) (Interview, error)
	// PutInterview stores i under the next version if the stored version is i.Version (0: no row yet), else storage.ErrConflict.
	PutInterview(ctx context.Context, i Interview) error
	// InterviewsOf returns the interviews, any state, that have the employee among their Interviewers and share time with the span from
	// from to until: they begin before until and end after from. They come by beginning, then by id.
	InterviewsOf(ctx context.Context, employee hr.EmployeeID, from, until time.Time) ([]Interview, error)
	// InterviewsWith returns the interviews of a candidate behind after, any state, by id, at most limit of them; a limit below 1 is no limit.
	InterviewsWith(ctx context.Context, candidate CandidateID, after InterviewID, limit int) ([]Interview, error)
}

// Scorecards keeps what interviewers have submitted: one current row each. Prove it with storagetest.Scorecards.
type Scorecards interface {
	// Scorecard returns the row of id, or storage.ErrNotFound.
	Scorecard(ctx context.Context, id ScorecardID) (Scorecard, error)
	// PutScorecard stores c under the next version if the stored version is c.Version (0: no row yet), else storage.ErrConflict.
	PutScorecard(ctx context.Context, c Scorecard) error
	// ScorecardsFor returns the scorecards of an application behind after, by id, at most limit of them; a limit below 1 is no limit.
	ScorecardsFor(ctx context.Context, application ApplicationID, after ScorecardID, limit int) ([]Scorecard, error)
}

// Hirer makes an employee. lifecycle.Service is one.
type Hirer interface {
	// Hire makes an employee of h inside the unit of work of ctx, and returns their id.
	Hire(ctx context.Context, cmd hr.Command, h hr.Hire) (hr.EmployeeID, error)
}

// Router says who approves. lifecycle.Service is one.
type Router interface {
	// Route returns the levels of approval for what is asked, at least one.
	Route(ctx context.Context, ask hr.ApprovalAsk) ([]hr.ApprovalLevel, error)
}

// Headcount says how many seats of a position are free on a day, whoever took the others: hires, transfers, people who stay longer. It
// is asked beside the plan, inside the unit of work, while the line of the plan is held.
type Headcount interface {
	FreeSeats(ctx context.Context, v hr.View, unit, position string, on hr.Date) (int, error)
}

// Pricer says what terms come to. payroll.Service is one.
type Pricer interface {
	// PriceTerms returns gross, net and cost to the employer of the months of over, for somebody employed on terms all that time.
	PriceTerms(ctx context.Context, v hr.View, terms hr.Terms, over hr.Period) (hr.PayPrice, error)
}

// Terms says who is employed when: a day without a value is a day on which they are not. lifecycle.Service is one.
type Terms interface {
	// TermsOf returns one timeline for each pin, in pin order.
	TermsOf(ctx context.Context, v hr.View, pins []hr.Pin, p hr.Period) ([]hr.Timeline[hr.Terms], error)
}

// People says who employees are, in the order asked. An id that is nobody's is a fault. lifecycle.Service is one.
type People interface {
	People(ctx context.Context, v hr.View, ids ...hr.EmployeeID) ([]hr.Person, error)
}

// Bonuses pays an amount once beside somebody's pay. payroll.Service is one.
type Bonuses interface {
	// PayBonus adds amount under the name of a pay rule's input to what is paid in the pay period.
	PayBonus(ctx context.Context, cmd hr.Command, employee hr.EmployeeID, name string, period hr.Period, amount hr.Money) error
}
