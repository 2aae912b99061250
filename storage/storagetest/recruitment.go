package storagetest

import (
	"context"
	"testing"
	"time"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/recruitment"
	"github.com/musterhr/hr/storage"
)

// RecruitmentStore is a store as [Recruitment] sees it. A port that a host does not keep is nil.
type RecruitmentStore struct {
	Core
	Openings     recruitment.Openings
	Applications recruitment.Applications
	Candidates   recruitment.Candidates
	Plan         recruitment.Plan
	Requisitions recruitment.Requisitions
	Interviews   recruitment.Interviews
	Scorecards   recruitment.Scorecards
}

// Recruitment proves the ports of package recruitment that the store has.
func Recruitment(t *testing.T, open func(t *testing.T) RecruitmentStore) {
	t.Run("Openings", func(t *testing.T) { Openings(t, open) })
	t.Run("Applications", func(t *testing.T) { Applications(t, open) })
	t.Run("Candidates", func(t *testing.T) { Candidates(t, open) })
	t.Run("Plan", func(t *testing.T) { HeadcountPlan(t, open) })
	t.Run("Requisitions", func(t *testing.T) { Requisitions(t, open) })
	t.Run("Interviews", func(t *testing.T) { Interviews(t, open) })
	t.Run("Scorecards", func(t *testing.T) { Scorecards(t, open) })
}

// with stores what rows of recruitment name, by the first letter of the ids: plan lines, requisitions (Q), openings, candidates, applications and interviews,
// of which each names the first of the kind before. What the store does not keep is somebody else's.
func (s RecruitmentStore) with(t *testing.T, ids ...string) RecruitmentStore {
	t.Helper()
	ctx := deadline(t)
	for _, id := range ids {
		switch {
		case id[0] == 'L' && s.Plan != nil:
			ok(t, s.Plan.PutPlanLine(ctx, recruitment.PlanLine{ID: recruitment.PlanLineID(id)}))
		case id[0] == 'Q' && s.Requisitions != nil:
			ok(t, s.Requisitions.PutRequisition(ctx, recruitment.Requisition{ID: recruitment.RequisitionID(id), State: recruitment.Requested}))
		case id[0] == 'O' && s.Openings != nil:
			ok(t, s.Openings.PutOpening(ctx, recruitment.Opening{ID: recruitment.OpeningID(id)}))
		case id[0] == 'C' && s.Candidates != nil:
			ok(t, s.Candidates.PutCandidate(ctx, recruitment.Candidate{ID: recruitment.CandidateID(id)}))
		case id[0] == 'A' && s.Applications != nil:
			ok(t, s.Applications.PutApplication(ctx, recruitment.Application{ID: recruitment.ApplicationID(id), Opening: "O1", Candidate: "C1", State: recruitment.Applied}))
		case id[0] == 'I' && s.Interviews != nil:
			ok(t, s.Interviews.PutInterview(ctx, recruitment.Interview{ID: recruitment.InterviewID(id), Application: "A1", Candidate: "C1"}))
		}
	}
	return s
}

// Openings proves [recruitment.Openings]; the other ports may be nil.
func Openings(t *testing.T, open func(t *testing.T) RecruitmentStore) {
	if !offered(t, open(t).Openings, "RecruitmentStore.Openings") {
		return
	}
	opening := func(id string, seed int) recruitment.Opening {
		return Fill[recruitment.Opening](seed, func(o *recruitment.Opening) {
			o.ID, o.Requisition, o.Seats, o.Version = recruitment.OpeningID(id), "Q1", o.Seats+10, 0 // no more seats are filled
		})
	}
	version := func(o *recruitment.Opening) *storage.Version { return &o.Version }
	RunCases(t, func(t *testing.T) Cases[recruitment.Opening] {
		s := open(t).with(t, "Q1")
		return Cases[recruitment.Opening]{
			Core: s.Core, Put: s.Openings.PutOpening, Version: version,
			Get:  func(ctx context.Context) (recruitment.Opening, error) { return s.Openings.Opening(ctx, "R1") },
			Make: func(seed int) recruitment.Opening { return opening("R1", seed) },
		}
	})
	t.Run("of sixteen units that read one seat free exactly one takes it", func(t *testing.T) {
		s, ctx := open(t).with(t, "Q1"), deadline(t)
		last := opening("R1", 1)
		last.Seats, last.Filled = 3, 2
		ok(t, s.Openings.PutOpening(ctx, last))
		took := writers(t, func(int) error {
			return s.Tx.InTx(ctx, func(ctx context.Context) error {
				o, err := s.Openings.Opening(ctx, "R1")
				if err != nil {
					return err
				}
				if o.Filled == o.Seats {
					return storage.ErrConflict // lost as well: it has seen the seat taken
				}
				o.Filled++
				return s.Openings.PutOpening(ctx, o)
			})
		}, storage.ErrConflict)
		must(t, len(took) == 1, "%d took the last seat", len(took))
		got, err := s.Openings.Opening(ctx, "R1")
		ok(t, err)
		must(t, got.Filled == 3, "%d of 3 seats are filled", got.Filled)
	})
	t.Run("after", func(t *testing.T) {
		RunList(t, func(t *testing.T) List[recruitment.Opening] {
			s := open(t).with(t, "Q1")
			return List[recruitment.Opening]{
				Core: s.Core, Put: s.Openings.PutOpening, Make: opening, Version: version,
				List: func(ctx context.Context, after string, limit int) ([]recruitment.Opening, error) {
					return s.Openings.OpeningsAfter(ctx, recruitment.OpeningID(after), limit)
				},
			}
		})
	})
}

// Applications proves [recruitment.Applications]; the other ports may be nil.
func Applications(t *testing.T, open func(t *testing.T) RecruitmentStore) {
	if !offered(t, open(t).Applications, "RecruitmentStore.Applications") {
		return
	}
	application := func(opening recruitment.OpeningID, candidate recruitment.CandidateID) func(string, int) recruitment.Application {
		return func(id string, seed int) recruitment.Application {
			return Fill[recruitment.Application](seed, func(a *recruitment.Application) {
				a.ID, a.Opening, a.Candidate, a.Version = recruitment.ApplicationID(id), opening, candidate, 0
				a.Offer.State = recruitment.OfferAccepted // which is what HiredAs says
			})
		}
	}
	version := func(a *recruitment.Application) *storage.Version { return &a.Version }
	RunCases(t, func(t *testing.T) Cases[recruitment.Application] {
		s := open(t).with(t, "O1", "O2", "C1", "C2")
		return Cases[recruitment.Application]{
			Core: s.Core, Put: s.Applications.PutApplication, Version: version,
			Get: func(ctx context.Context) (recruitment.Application, error) {
				return s.Applications.Application(ctx, "A1")
			},
			Make: func(seed int) recruitment.Application { return application("O1", "C1")("A1", seed) },
		}
	})
	t.Run("for an opening", func(t *testing.T) {
		RunList(t, func(t *testing.T) List[recruitment.Application] {
			s := open(t).with(t, "O1", "O2", "C1", "C2")
			return List[recruitment.Application]{
				Core: s.Core, Put: s.Applications.PutApplication, Version: version,
				Make: application("O1", "C1"), Other: application("O2", "C1"),
				List: func(ctx context.Context, after string, limit int) ([]recruitment.Application, error) {
					return s.Applications.ApplicationsFor(ctx, "O1", recruitment.ApplicationID(after), limit)
				},
			}
		})
	})
	t.Run("of a candidate", func(t *testing.T) {
		RunList(t, func(t *testing.T) List[recruitment.Application] {
			s := open(t).with(t, "O1", "O2", "C1", "C2")
			return List[recruitment.Application]{
				Core: s.Core, Put: s.Applications.PutApplication, Version: version,
				Make: application("O1", "C1"), Other: application("O1", "C2"),
				List: func(ctx context.Context, after string, limit int) ([]recruitment.Application, error) {
					return s.Applications.ApplicationsOf(ctx, "C1", recruitment.ApplicationID(after), limit)
				},
			}
		})
	})
}

// Candidates proves [recruitment.Candidates]; the other ports may be nil.
func Candidates(t *testing.T, open func(t *testing.T) RecruitmentStore) {
	if !offered(t, open(t).Candidates, "RecruitmentStore.Candidates") {
		return
	}
	candidate := func(key, tag string) func(string, int) recruitment.Candidate {
		return func(id string, seed int) recruitment.Candidate {
			return Fill[recruitment.Candidate](seed, func(c *recruitment.Candidate) {
				c.ID, c.Version = recruitment.CandidateID(id), 0
				c.MergedInto = ""
				c.Keys, c.Tags = append(c.Keys, key), append(c.Tags, tag)
			})
		}
	}
	version := func(c *recruitment.Candidate) *storage.Version { return &c.Version }
	RunCases(t, func(t *testing.T) Cases[recruitment.Candidate] {
		s := open(t).with(t, "C0")
		return Cases[recruitment.Candidate]{
			Core: s.Core, Put: s.Candidates.PutCandidate, Version: version,
			Get: func(ctx context.Context) (recruitment.Candidate, error) { return s.Candidates.Candidate(ctx, "C1") },
			Make: func(seed int) recruitment.Candidate {
				c := candidate("k", "t")("C1", seed)
				c.MergedInto = "C0"
				return c
			},
		}
	})
	for _, l := range []struct {
		name  string
		other func(string, int) recruitment.Candidate
		list  func(ctx context.Context, s RecruitmentStore, after recruitment.CandidateID, limit int) ([]recruitment.Candidate, error)
	}{
		{"after", nil, func(ctx context.Context, s RecruitmentStore, after recruitment.CandidateID, limit int) ([]recruitment.Candidate, error) {
			return s.Candidates.CandidatesAfter(ctx, after, limit)
		}},
		{"with a key", candidate("other", "t"), func(ctx context.Context, s RecruitmentStore, after recruitment.CandidateID, limit int) ([]recruitment.Candidate, error) {
			return s.Candidates.CandidatesWith(ctx, "k", after, limit)
		}},
		{"with a tag", candidate("k", "other"), func(ctx context.Context, s RecruitmentStore, after recruitment.CandidateID, limit int) ([]recruitment.Candidate, error) {
			return s.Candidates.CandidatesTagged(ctx, "t", after, limit)
		}},
	} {
		t.Run(l.name, func(t *testing.T) {
			RunList(t, func(t *testing.T) List[recruitment.Candidate] {
				s := open(t)
				return List[recruitment.Candidate]{
					Core: s.Core, Put: s.Candidates.PutCandidate, Version: version, Make: candidate("k", "t"), Other: l.other,
					List: func(ctx context.Context, after string, limit int) ([]recruitment.Candidate, error) {
						return l.list(ctx, s, recruitment.CandidateID(after), limit)
					},
				}
			})
		})
	}
}

// HeadcountPlan proves [recruitment.Plan]; the other ports may be nil.
func HeadcountPlan(t *testing.T, open func(t *testing.T) RecruitmentStore) {
	if !offered(t, open(t).Plan, "RecruitmentStore.Plan") {
		return
	}
	line := func(id string, seed int) recruitment.PlanLine {
		return Fill[recruitment.PlanLine](seed, func(l *recruitment.PlanLine) {
			l.ID, l.Version = recruitment.PlanLineID(id), 0
			l.Seats, l.Committed = l.Seats+20, l.Committed+10 // no more are committed than there are, and no more filled than that
		})
	}
	version := func(l *recruitment.PlanLine) *storage.Version { return &l.Version }
	RunCases(t, func(t *testing.T) Cases[recruitment.PlanLine] {
		s := open(t)
		return Cases[recruitment.PlanLine]{
			Core: s.Core, Put: s.Plan.PutPlanLine, Version: version,
			Get:  func(ctx context.Context) (recruitment.PlanLine, error) { return s.Plan.PlanLine(ctx, "L1") },
			Make: func(seed int) recruitment.PlanLine { return line("L1", seed) },
		}
	})
	t.Run("after", func(t *testing.T) {
		RunList(t, func(t *testing.T) List[recruitment.PlanLine] {
			s := open(t)
			return List[recruitment.PlanLine]{
				Core: s.Core, Put: s.Plan.PutPlanLine, Make: line, Version: version,
				List: func(ctx context.Context, after string, limit int) ([]recruitment.PlanLine, error) {
					return s.Plan.PlanLinesAfter(ctx, recruitment.PlanLineID(after), limit)
				},
			}
		})
	})
}

// Requisitions proves [recruitment.Requisitions]; the other ports may be nil.
func Requisitions(t *testing.T, open func(t *testing.T) RecruitmentStore) {
	if !offered(t, open(t).Requisitions, "RecruitmentStore.Requisitions") {
		return
	}
	requisition := func(id string, seed int) recruitment.Requisition {
		return Fill[recruitment.Requisition](seed, func(r *recruitment.Requisition) {
			r.ID, r.Line, r.Seats, r.Version = recruitment.RequisitionID(id), "L1", r.Seats+1000, 0 // no more are opened
		})
	}
	version := func(r *recruitment.Requisition) *storage.Version { return &r.Version }
	RunCases(t, func(t *testing.T) Cases[recruitment.Requisition] {
		s := open(t).with(t, "L1")
		return Cases[recruitment.Requisition]{
			Core: s.Core, Put: s.Requisitions.PutRequisition, Version: version,
			Get: func(ctx context.Context) (recruitment.Requisition, error) {
				return s.Requisitions.Requisition(ctx, "Q1")
			},
			Make: func(seed int) recruitment.Requisition { return requisition("Q1", seed) },
		}
	})
	t.Run("after", func(t *testing.T) {
		RunList(t, func(t *testing.T) List[recruitment.Requisition] {
			s := open(t).with(t, "L1")
			return List[recruitment.Requisition]{
				Core: s.Core, Put: s.Requisitions.PutRequisition, Make: requisition, Version: version,
				List: func(ctx context.Context, after string, limit int) ([]recruitment.Requisition, error) {
					return s.Requisitions.RequisitionsAfter(ctx, recruitment.RequisitionID(after), limit)
				},
			}
		})
	})
}

// Interviews proves [recruitment.Interviews]; the other ports may be nil.
func Interviews(t *testing.T, open func(t *testing.T) RecruitmentStore) {
	if !offered(t, open(t).Interviews, "RecruitmentStore.Interviews") {
		return
	}
	interview := func(candidate recruitment.CandidateID) func(string, int) recruitment.Interview {
		return func(id string, seed int) recruitment.Interview {
			return Fill[recruitment.Interview](seed, func(i *recruitment.Interview) {
				i.ID, i.Application, i.Candidate, i.Version = recruitment.InterviewID(id), "A1", candidate, 0
			})
		}
	}
	version := func(i *recruitment.Interview) *storage.Version { return &i.Version }
	RunCases(t, func(t *testing.T) Cases[recruitment.Interview] {
		s := open(t).with(t, "O1", "C1", "C2", "A1")
		return Cases[recruitment.Interview]{
			Core: s.Core, Put: s.Interviews.PutInterview, Version: version,
			Get:  func(ctx context.Context) (recruitment.Interview, error) { return s.Interviews.Interview(ctx, "I1") },
			Make: func(seed int) recruitment.Interview { return interview("C1")("I1", seed) },
		}
	})
	t.Run("with a candidate", func(t *testing.T) {
		RunList(t, func(t *testing.T) List[recruitment.Interview] {
			s := open(t).with(t, "O1", "C1", "C2", "A1")
			return List[recruitment.Interview]{
				Core: s.Core, Put: s.Interviews.PutInterview, Version: version, Make: interview("C1"), Other: interview("C2"),
				List: func(ctx context.Context, after string, limit int) ([]recruitment.Interview, error) {
					return s.Interviews.InterviewsWith(ctx, "C1", recruitment.InterviewID(after), limit)
				},
			}
		})
	})
	at := func(hour int) time.Time { return time.Date(2026, 11, 2, hour, 0, 0, 0, time.UTC) }
	held := func(id recruitment.InterviewID, from, until int, by ...hr.EmployeeID) recruitment.Interview {
		return Fill[recruitment.Interview](from, func(i *recruitment.Interview) {
			i.Application, i.Candidate = "A1", "C1"
			i.ID, i.Interviewers, i.Time, i.Version = id, by, recruitment.Span{From: at(from), Until: at(until)}, 0
		})
	}
	of := func(t *testing.T, ctx context.Context, s RecruitmentStore, who hr.EmployeeID, from, until int, want ...recruitment.InterviewID) {
		t.Helper()
		got, err := s.Interviews.InterviewsOf(ctx, who, at(from), at(until))
		ok(t, err)
		var ids []recruitment.InterviewID
		for _, i := range got {
			ids = append(ids, i.ID)
		}
		Equal(t, want, ids)
	}
	t.Run("an interviewer has those that share time, and not those that touch", func(t *testing.T) {
		s, ctx := open(t).with(t, "O1", "C1", "C2", "A1"), deadline(t)
		for _, i := range []recruitment.Interview{held("I1", 9, 10, "E1"), held("I2", 10, 12, "E1"), held("I3", 12, 13, "E1"), held("I4", 8, 14, "E1")} {
			ok(t, s.Interviews.PutInterview(ctx, i))
		}
		of(t, ctx, s, "E1", 10, 12, "I4", "I2")
		of(t, ctx, s, "E1", 11, 13, "I4", "I2", "I3")
		of(t, ctx, s, "E1", 14, 15)
		of(t, ctx, s, "E1", 9, 10, "I4", "I1")
	})
	t.Run("an interviewer has only their own, by beginning and then by id", func(t *testing.T) {
		s, ctx := open(t).with(t, "O1", "C1", "C2", "A1"), deadline(t)
		for _, i := range []recruitment.Interview{held("I3", 9, 10, "E1", "E2"), held("I1", 11, 12, "E2"), held("I2", 9, 11, "E2", "E3"), held("I4", 9, 11, "E3")} {
			ok(t, s.Interviews.PutInterview(ctx, i))
		}
		of(t, ctx, s, "E2", 8, 20, "I2", "I3", "I1")
		of(t, ctx, s, "E1", 8, 20, "I3")
		of(t, ctx, s, "E9", 8, 20)
	})
	t.Run("an interview is found at the time it was moved to", func(t *testing.T) {
		s, ctx := open(t).with(t, "O1", "C1", "C2", "A1"), deadline(t)
		ok(t, s.Interviews.PutInterview(ctx, held("I1", 9, 10, "E1")))
		moved := held("I1", 15, 16, "E1")
		moved.Version = 1
		ok(t, s.Interviews.PutInterview(ctx, moved))
		of(t, ctx, s, "E1", 9, 10)
		of(t, ctx, s, "E1", 15, 16, "I1")
	})
	t.Run("the list of an interviewer honours its context", func(t *testing.T) {
		s, ctx := open(t).with(t, "O1", "C1", "C2", "A1"), deadline(t)
		refuses(t, ctx, func(ctx context.Context) error {
			_, err := s.Interviews.InterviewsOf(ctx, "E1", at(9), at(10))
			return err
		})
	})
}

// Scorecards proves [recruitment.Scorecards]; the other ports may be nil.
func Scorecards(t *testing.T, open func(t *testing.T) RecruitmentStore) {
	if !offered(t, open(t).Scorecards, "RecruitmentStore.Scorecards") {
		return
	}
	card := func(application recruitment.ApplicationID) func(string, int) recruitment.Scorecard {
		return func(id string, seed int) recruitment.Scorecard {
			return Fill[recruitment.Scorecard](seed, func(c *recruitment.Scorecard) {
				c.ID, c.Application, c.Interview, c.Version = recruitment.ScorecardID(id), application, "I1", 0
			})
		}
	}
	version := func(c *recruitment.Scorecard) *storage.Version { return &c.Version }
	RunCases(t, func(t *testing.T) Cases[recruitment.Scorecard] {
		s := open(t).with(t, "O1", "C1", "A1", "A2", "I1")
		return Cases[recruitment.Scorecard]{
			Core: s.Core, Put: s.Scorecards.PutScorecard, Version: version,
			Get:  func(ctx context.Context) (recruitment.Scorecard, error) { return s.Scorecards.Scorecard(ctx, "S1") },
			Make: func(seed int) recruitment.Scorecard { return card("A1")("S1", seed) },
		}
	})
	t.Run("for an application", func(t *testing.T) {
		RunList(t, func(t *testing.T) List[recruitment.Scorecard] {
			s := open(t).with(t, "O1", "C1", "A1", "A2", "I1")
			return List[recruitment.Scorecard]{
				Core: s.Core, Put: s.Scorecards.PutScorecard, Version: version, Make: card("A1"), Other: card("A2"),
				List: func(ctx context.Context, after string, limit int) ([]recruitment.Scorecard, error) {
					return s.Scorecards.ScorecardsFor(ctx, "A1", recruitment.ScorecardID(after), limit)
				},
			}
		})
	})
}
