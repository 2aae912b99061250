package relational

import (
	"context"
	"slices"
	"time"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/recruitment"
)

// wordTable says by what a row of recruitment is found beside its id: a candidate by keys and tags, an interview by interviewers.
const wordTable = "hr_recruitment_word"

const (
	keyWord         = "key"
	tagWord         = "tag"
	interviewerWord = "interviewer"
)

// having is the condition that a row has a word; its arguments are the tenant, the kind and the word twice: as it is kept, and as it was kept before the store had a cipher, see [DB.SealRows].
const having = `"id" IN (SELECT "id" FROM "` + wordTable + `" WHERE "tenant" = ? AND "kind" = ? AND "word" IN (?, ?))`

// setWords puts the words of one kind and row in the place of those before.
func setWords[S ~string](ctx context.Context, c Conn, db *DB, kind, id string, words []S) error {
	if _, err := c.Exec(ctx, "DELETE FROM "+quote(wordTable)+` WHERE "tenant" = ? AND "kind" = ? AND "id" = ?`, db.tenant, kind, id); err != nil {
		return err
	}
	for _, w := range slices.Compact(slices.Sorted(slices.Values(words))) {
		word, err := db.word(ctx, kind, string(w))
		if err != nil {
			return err
		}
		if _, err := c.Exec(ctx, insert(wordTable, 1, "tenant", "kind", "word", "id"), db.tenant, kind, word, id); err != nil {
			return err
		}
	}
	return nil
}

// word is how a word is kept: those that are about a person are marks where the store seals.
func (db *DB) word(ctx context.Context, kind, word string) (string, error) {
	if kind == interviewerWord {
		return word, nil
	}
	return db.mark(ctx, "word/"+kind, word)
}

// candidatesHaving returns the candidates with a word.
func (db *DB) candidatesHaving(ctx context.Context, kind, plain string, id recruitment.CandidateID, limit int) ([]recruitment.Candidate, error) {
	word, err := db.word(ctx, kind, plain)
	if err != nil {
		return nil, err
	}
	return after(ctx, db, db.candidates, string(id), limit, having, db.tenant, kind, word, plain)
}

// after returns the rows of a table of which a condition holds, behind an id.
func after[T any](ctx context.Context, db *DB, t *cases[T], id string, limit int, where string, args ...any) (out []T, err error) {
	err = db.read(ctx, func(c Conn) error {
		out, err = t.list(ctx, c, db, where+` AND "id" > ? ORDER BY "id" LIMIT ?`, append(args, id, limited(limit))...)
		return err
	})
	return out, err
}

// one returns the row of an id.
func one[T any](ctx context.Context, db *DB, t *cases[T], id string) (v T, err error) {
	err = db.read(ctx, func(c Conn) error { v, err = t.get(ctx, c, db, id); return err })
	return v, err
}

// Candidate implements [recruitment.Candidates].
func (db *DB) Candidate(ctx context.Context, id recruitment.CandidateID) (recruitment.Candidate, error) {
	return one(ctx, db, db.candidates, string(id))
}

// PutCandidate implements [recruitment.Candidates].
func (db *DB) PutCandidate(ctx context.Context, v recruitment.Candidate) error {
	return db.write(ctx, func(c writer) error {
		if err := db.candidates.put(ctx, c, db, v); err != nil {
			return err
		}
		return db.setCandidateWords(ctx, c, v)
	})
}

func (db *DB) setCandidateWords(ctx context.Context, c Conn, v recruitment.Candidate) error {
	if err := setWords(ctx, c, db, keyWord, string(v.ID), v.Keys); err != nil {
		return err
	}
	return setWords(ctx, c, db, tagWord, string(v.ID), v.Tags)
}

// CandidatesAfter implements [recruitment.Candidates].
func (db *DB) CandidatesAfter(ctx context.Context, id recruitment.CandidateID, limit int) ([]recruitment.Candidate, error) {
	return after(ctx, db, db.candidates, string(id), limit, "1 = 1")
}

// CandidatesWith implements [recruitment.Candidates].
func (db *DB) CandidatesWith(ctx context.Context, key string, id recruitment.CandidateID, limit int) ([]recruitment.Candidate, error) {
	return db.candidatesHaving(ctx, keyWord, key, id, limit)
}

// CandidatesTagged implements [recruitment.Candidates].
func (db *DB) CandidatesTagged(ctx context.Context, tag string, id recruitment.CandidateID, limit int) ([]recruitment.Candidate, error) {
	return db.candidatesHaving(ctx, tagWord, tag, id, limit)
}

// PlanLine implements [recruitment.Plan].
func (db *DB) PlanLine(ctx context.Context, id recruitment.PlanLineID) (recruitment.PlanLine, error) {
	return one(ctx, db, db.planLines, string(id))
}

// PutPlanLine implements [recruitment.Plan].
func (db *DB) PutPlanLine(ctx context.Context, l recruitment.PlanLine) error {
	return db.write(ctx, func(c writer) error { return db.planLines.put(ctx, c, db, l) })
}

// PlanLinesAfter implements [recruitment.Plan].
func (db *DB) PlanLinesAfter(ctx context.Context, id recruitment.PlanLineID, limit int) ([]recruitment.PlanLine, error) {
	return after(ctx, db, db.planLines, string(id), limit, "1 = 1")
}

// Requisition implements [recruitment.Requisitions].
func (db *DB) Requisition(ctx context.Context, id recruitment.RequisitionID) (recruitment.Requisition, error) {
	return one(ctx, db, db.requisitions, string(id))
}

// PutRequisition implements [recruitment.Requisitions].
func (db *DB) PutRequisition(ctx context.Context, r recruitment.Requisition) error {
	return db.write(ctx, func(c writer) error { return db.requisitions.put(ctx, c, db, r) })
}

// RequisitionsAfter implements [recruitment.Requisitions].
func (db *DB) RequisitionsAfter(ctx context.Context, id recruitment.RequisitionID, limit int) ([]recruitment.Requisition, error) {
	return after(ctx, db, db.requisitions, string(id), limit, "1 = 1")
}

// Interview implements [recruitment.Interviews].
func (db *DB) Interview(ctx context.Context, id recruitment.InterviewID) (recruitment.Interview, error) {
	return one(ctx, db, db.interviews, string(id))
}

// PutInterview implements [recruitment.Interviews].
func (db *DB) PutInterview(ctx context.Context, i recruitment.Interview) error {
	return db.write(ctx, func(c writer) error {
		if err := db.interviews.put(ctx, c, db, i); err != nil {
			return err
		}
		return setWords(ctx, c, db, interviewerWord, string(i.ID), i.Interviewers)
	})
}

// InterviewsOf implements [recruitment.Interviews].
func (db *DB) InterviewsOf(ctx context.Context, employee hr.EmployeeID, from, until time.Time) (out []recruitment.Interview, err error) {
	d := db.engine.Dialect()
	err = db.read(ctx, func(c Conn) error {
		out, err = db.interviews.list(
			ctx, c, db, having+` AND "time_from" < ? AND "time_until" > ? ORDER BY "time_from", "id"`,
			db.tenant, interviewerWord, string(employee), string(employee), d.Value(Instant, until.UTC()), d.Value(Instant, from.UTC()),
		)
		return err
	})
	return out, err
}

// InterviewsWith implements [recruitment.Interviews].
func (db *DB) InterviewsWith(ctx context.Context, candidate recruitment.CandidateID, id recruitment.InterviewID, limit int) ([]recruitment.Interview, error) {
	return after(ctx, db, db.interviews, string(id), limit, `"candidate" = ?`, string(candidate))
}

// Scorecard implements [recruitment.Scorecards].
func (db *DB) Scorecard(ctx context.Context, id recruitment.ScorecardID) (recruitment.Scorecard, error) {
	return one(ctx, db, db.scorecards, string(id))
}

// PutScorecard implements [recruitment.Scorecards].
func (db *DB) PutScorecard(ctx context.Context, s recruitment.Scorecard) error {
	return db.write(ctx, func(c writer) error { return db.scorecards.put(ctx, c, db, s) })
}

// ScorecardsFor implements [recruitment.Scorecards].
func (db *DB) ScorecardsFor(ctx context.Context, application recruitment.ApplicationID, id recruitment.ScorecardID, limit int) ([]recruitment.Scorecard, error) {
	return after(ctx, db, db.scorecards, string(id), limit, `"application" = ?`, string(application))
}
