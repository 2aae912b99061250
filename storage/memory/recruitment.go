package memory

import (
	"context"
	"slices"
	"time"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/recruitment"
	"github.com/musterhr/hr/storage"
)

// recruitmentTables is what package recruitment keeps.
type recruitmentTables struct {
	openings     table[recruitment.OpeningID, recruitment.Opening]
	applications table[recruitment.ApplicationID, recruitment.Application]
	candidates   table[recruitment.CandidateID, recruitment.Candidate]
	plan         table[recruitment.PlanLineID, recruitment.PlanLine]
	requisitions table[recruitment.RequisitionID, recruitment.Requisition]
	interviews   table[recruitment.InterviewID, recruitment.Interview]
	scorecards   table[recruitment.ScorecardID, recruitment.Scorecard]
}

// row reads one row of a table.
func row[K comparable, V any](ctx context.Context, db *DB, t *table[K, V], id K) (v V, err error) {
	err = db.in(ctx, func(*unit) error {
		var ok bool
		if v, ok = t.get(id); !ok {
			return storage.ErrNotFound
		}
		return nil
	})
	return v, err
}

// rowsAfter reads the rows of a table that keep accepts, behind after, by key, at most limit of them; below 1 is no limit.
func rowsAfter[K ~string, V any](ctx context.Context, db *DB, t *table[K, V], after K, limit int, keep func(V) bool) (out []V, err error) {
	err = db.in(ctx, func(*unit) error {
		for _, id := range t.keys(byText[K]) {
			if limit > 0 && len(out) == limit {
				break
			}
			if id > after && (keep == nil || keep(t.rows[id])) {
				v, _ := t.get(id)
				out = append(out, v)
			}
		}
		return nil
	})
	return out, err
}

// Opening implements [recruitment.Openings].
func (db *DB) Opening(ctx context.Context, id recruitment.OpeningID) (recruitment.Opening, error) {
	return row(ctx, db, &db.recruitment.openings, id)
}

// PutOpening implements [recruitment.Openings].
func (db *DB) PutOpening(ctx context.Context, o recruitment.Opening) error {
	return db.in(ctx, func(u *unit) error {
		return putCase(u, &db.recruitment.openings, o.ID, o, func(o *recruitment.Opening) *storage.Version { return &o.Version })
	})
}

// OpeningsAfter implements [recruitment.Openings].
func (db *DB) OpeningsAfter(ctx context.Context, after recruitment.OpeningID, limit int) ([]recruitment.Opening, error) {
	return rowsAfter(ctx, db, &db.recruitment.openings, after, limit, nil)
}

// Application implements [recruitment.Applications].
func (db *DB) Application(ctx context.Context, id recruitment.ApplicationID) (recruitment.Application, error) {
	return row(ctx, db, &db.recruitment.applications, id)
}

// PutApplication implements [recruitment.Applications].
func (db *DB) PutApplication(ctx context.Context, a recruitment.Application) error {
	return db.in(ctx, func(u *unit) error {
		return putCase(u, &db.recruitment.applications, a.ID, a, func(a *recruitment.Application) *storage.Version { return &a.Version })
	})
}

// ApplicationsFor implements [recruitment.Applications].
func (db *DB) ApplicationsFor(ctx context.Context, opening recruitment.OpeningID, after recruitment.ApplicationID, limit int) ([]recruitment.Application, error) {
	return rowsAfter(ctx, db, &db.recruitment.applications, after, limit, func(a recruitment.Application) bool { return a.Opening == opening })
}

// ApplicationsOf implements [recruitment.Applications].
func (db *DB) ApplicationsOf(ctx context.Context, candidate recruitment.CandidateID, after recruitment.ApplicationID, limit int) ([]recruitment.Application, error) {
	return rowsAfter(ctx, db, &db.recruitment.applications, after, limit, func(a recruitment.Application) bool { return a.Candidate == candidate })
}

// Candidate implements [recruitment.Candidates].
func (db *DB) Candidate(ctx context.Context, id recruitment.CandidateID) (recruitment.Candidate, error) {
	return row(ctx, db, &db.recruitment.candidates, id)
}

// PutCandidate implements [recruitment.Candidates].
func (db *DB) PutCandidate(ctx context.Context, c recruitment.Candidate) error {
	return db.in(ctx, func(u *unit) error {
		return putCase(u, &db.recruitment.candidates, c.ID, c, func(c *recruitment.Candidate) *storage.Version { return &c.Version })
	})
}

// CandidatesAfter implements [recruitment.Candidates].
func (db *DB) CandidatesAfter(ctx context.Context, after recruitment.CandidateID, limit int) ([]recruitment.Candidate, error) {
	return rowsAfter(ctx, db, &db.recruitment.candidates, after, limit, nil)
}

// CandidatesWith implements [recruitment.Candidates].
func (db *DB) CandidatesWith(ctx context.Context, key string, after recruitment.CandidateID, limit int) ([]recruitment.Candidate, error) {
	return rowsAfter(ctx, db, &db.recruitment.candidates, after, limit, func(c recruitment.Candidate) bool { return slices.Contains(c.Keys, key) })
}

// CandidatesTagged implements [recruitment.Candidates].
func (db *DB) CandidatesTagged(ctx context.Context, tag string, after recruitment.CandidateID, limit int) ([]recruitment.Candidate, error) {
	return rowsAfter(ctx, db, &db.recruitment.candidates, after, limit, func(c recruitment.Candidate) bool { return slices.Contains(c.Tags, tag) })
}

// PlanLine implements [recruitment.Plan].
func (db *DB) PlanLine(ctx context.Context, id recruitment.PlanLineID) (recruitment.PlanLine, error) {
	return row(ctx, db, &db.recruitment.plan, id)
}

// PutPlanLine implements [recruitment.Plan].
func (db *DB) PutPlanLine(ctx context.Context, l recruitment.PlanLine) error {
	return db.in(ctx, func(u *unit) error {
		return putCase(u, &db.recruitment.plan, l.ID, l, func(l *recruitment.PlanLine) *storage.Version { return &l.Version })
	})
}

// PlanLinesAfter implements [recruitment.Plan].
func (db *DB) PlanLinesAfter(ctx context.Context, after recruitment.PlanLineID, limit int) ([]recruitment.PlanLine, error) {
	return rowsAfter(ctx, db, &db.recruitment.plan, after, limit, nil)
}

// Requisition implements [recruitment.Requisitions].
func (db *DB) Requisition(ctx context.Context, id recruitment.RequisitionID) (recruitment.Requisition, error) {
	return row(ctx, db, &db.recruitment.requisitions, id)
}

// PutRequisition implements [recruitment.Requisitions].
func (db *DB) PutRequisition(ctx context.Context, r recruitment.Requisition) error {
	return db.in(ctx, func(u *unit) error {
		return putCase(u, &db.recruitment.requisitions, r.ID, r, func(r *recruitment.Requisition) *storage.Version { return &r.Version })
	})
}

// RequisitionsAfter implements [recruitment.Requisitions].
func (db *DB) RequisitionsAfter(ctx context.Context, after recruitment.RequisitionID, limit int) ([]recruitment.Requisition, error) {
	return rowsAfter(ctx, db, &db.recruitment.requisitions, after, limit, nil)
}

// Interview implements [recruitment.Interviews].
func (db *DB) Interview(ctx context.Context, id recruitment.InterviewID) (recruitment.Interview, error) {
	return row(ctx, db, &db.recruitment.interviews, id)
}

// PutInterview implements [recruitment.Interviews].
func (db *DB) PutInterview(ctx context.Context, i recruitment.Interview) error {
	return db.in(ctx, func(u *unit) error {
		return putCase(u, &db.recruitment.interviews, i.ID, i, func(i *recruitment.Interview) *storage.Version { return &i.Version })
	})
}

// InterviewsOf implements [recruitment.Interviews].
func (db *DB) InterviewsOf(ctx context.Context, employee hr.EmployeeID, from, until time.Time) ([]recruitment.Interview, error) {
	out, err := rowsAfter(ctx, db, &db.recruitment.interviews, "", 0, func(i recruitment.Interview) bool {
		return slices.Contains(i.Interviewers, employee) && i.Time.Overlaps(recruitment.Span{From: from, Until: until})
	})
	slices.SortStableFunc(out, func(a, b recruitment.Interview) int { return a.Time.From.Compare(b.Time.From) })
	return out, err
}

// InterviewsWith implements [recruitment.Interviews].
func (db *DB) InterviewsWith(ctx context.Context, candidate recruitment.CandidateID, after recruitment.InterviewID, limit int) ([]recruitment.Interview, error) {
	return rowsAfter(ctx, db, &db.recruitment.interviews, after, limit, func(i recruitment.Interview) bool { return i.Candidate == candidate })
}

// Scorecard implements [recruitment.Scorecards].
func (db *DB) Scorecard(ctx context.Context, id recruitment.ScorecardID) (recruitment.Scorecard, error) {
	return row(ctx, db, &db.recruitment.scorecards, id)
}

// PutScorecard implements [recruitment.Scorecards].
func (db *DB) PutScorecard(ctx context.Context, c recruitment.Scorecard) error {
	return db.in(ctx, func(u *unit) error {
		return putCase(u, &db.recruitment.scorecards, c.ID, c, func(c *recruitment.Scorecard) *storage.Version { return &c.Version })
	})
}

// ScorecardsFor implements [recruitment.Scorecards].
func (db *DB) ScorecardsFor(ctx context.Context, application recruitment.ApplicationID, after recruitment.ScorecardID, limit int) ([]recruitment.Scorecard, error) {
	return rowsAfter(ctx, db, &db.recruitment.scorecards, after, limit, func(c recruitment.Scorecard) bool { return c.Application == application })
}
