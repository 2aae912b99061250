package scenario

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/recruitment"
	"github.com/musterhr/hr/storage"
)

// WholeStore is what [Contradictions] need of a store.
type WholeStore interface {
	Store
	storage.Inbox
	leave.Requests
	leave.Ledger
	recruitment.Openings
	recruitment.Applications
	recruitment.Candidates
	recruitment.Plan
	recruitment.Requisitions
	recruitment.Interviews
	recruitment.Scorecards
}

// Contradiction is a row that the tables refuse.
type Contradiction struct {
	Constraint string                                         // that it does not meet
	SQL        string                                         // writes it past the store, after [Hiring] and [Company.Work]
	Through    func(ctx context.Context, db WholeStore) error // writes it through a port; nil: no call of a port can
}

// Hiring stores one row of each kind that recruitment has, and a request and an entry of leave.
func Hiring(ctx context.Context, db WholeStore) error {
	return errors.Join(
		db.PutPlanLine(ctx, recruitment.PlanLine{ID: "L1", Seats: 2, Committed: 1}),
		db.PutRequisition(ctx, recruitment.Requisition{ID: "Q1", Line: "L1", Seats: 1, Opened: 1, State: recruitment.Approved}),
		db.PutOpening(ctx, recruitment.Opening{ID: "O1", Requisition: "Q1", Seats: 1}),
		db.PutCandidate(ctx, recruitment.Candidate{ID: "C1"}),
		db.PutApplication(ctx, recruitment.Application{ID: "A1", Opening: "O1", Candidate: "C1", State: recruitment.Applied}),
		db.PutInterview(ctx, recruitment.Interview{ID: "I1", Application: "A1", Candidate: "C1", Time: recruitment.Span{From: at(9), Until: at(10)}}),
		db.PutScorecard(ctx, recruitment.Scorecard{ID: "S1", Application: "A1", Interview: "I1", Opinion: recruitment.Yes}),
		db.PutRequest(ctx, leave.Request{ID: "V1", Employee: employee(0), Period: october, State: leave.Requested}),
		db.AppendMovements(ctx, employee(0), credit("accrual/earned/2026-09", 1)),
	)
}

var october = hr.MustPeriod("2026-10-01..2026-10-31")

func at(hour int) time.Time { return time.Date(2026, 10, 5, hour, 0, 0, 0, time.UTC) }

// credit is a credit of leave, whose id says what it is for.
func credit(id string, days int64) leave.Entry {
	return leave.Entry{ID: id, Seq: 1, Period: october, Recorded: at(12), Value: leave.Movement{
		Type: "earned", Lot: leave.LotID(id), Kind: leave.Accrued, Quantity: decimal.NewFromInt(days),
	}}
}

// posting is what a run pays somebody, whose id says what it is for.
func posting(run payroll.RunID, e hr.EmployeeID, slip string) hr.Entry[payroll.Posting] {
	return hr.Entry[payroll.Posting]{ID: fmt.Sprintf("%s/%s", run, e), Seq: 1, Period: october, Recorded: at(12), Value: payroll.Posting{
		Employee: e, Run: run, Kind: payroll.PostingPayslip, Period: october, Currency: "INR", Slip: slip, Lines: []payroll.Amount{{Name: "basic", Amount: basic(1)}},
	}}
}

// reversed ends before it begins.
var reversed = hr.Period{From: october.Through, Through: october.From}

// Contradictions are one for each reference and each condition of one table, and one or two for each condition that many tables have.
func Contradictions() []Contradiction {
	put := func(edit func(*payroll.Run)) func(context.Context, WholeStore) error {
		return func(ctx context.Context, db WholeStore) error {
			r := payroll.Run{ID: "new", Kind: payroll.RunRegular, State: payroll.RunDraft, Members: 2}
			edit(&r)
			return db.PutRun(ctx, r)
		}
	}
	post := func(edit func(*hr.Entry[payroll.Posting])) func(context.Context, WholeStore) error {
		return func(ctx context.Context, db WholeStore) error {
			e := posting("", "E9", "slip")
			edit(&e)
			return db.AppendPostings(ctx, e)
		}
	}
	apply := func(edit func(*recruitment.Application)) func(context.Context, WholeStore) error {
		return func(ctx context.Context, db WholeStore) error {
			a := recruitment.Application{ID: "A2", Opening: "O1", Candidate: "C1", State: recruitment.Applied}
			edit(&a)
			return db.PutApplication(ctx, a)
		}
	}
	meet := func(edit func(*recruitment.Interview)) func(context.Context, WholeStore) error {
		return func(ctx context.Context, db WholeStore) error {
			i := recruitment.Interview{ID: "I2", Application: "A1", Candidate: "C1", Time: recruitment.Span{From: at(9), Until: at(10)}}
			edit(&i)
			return db.PutInterview(ctx, i)
		}
	}
	card := func(edit func(*recruitment.Scorecard)) func(context.Context, WholeStore) error {
		return func(ctx context.Context, db WholeStore) error {
			c := recruitment.Scorecard{ID: "S2", Application: "A1", Interview: "I1", Opinion: recruitment.Yes}
			edit(&c)
			return db.PutScorecard(ctx, c)
		}
	}
	return []Contradiction{
		// What names another row.
		{"hr_audit_stream_there", `DELETE FROM hr_audit_head`, nil},
		{"hr_knowledge_employee_there", `DELETE FROM hr_guard`, nil},
		{"hr_run_of_there", `UPDATE hr_run SET of = 'nowhere'`, put(func(r *payroll.Run) { r.Of = "nowhere" })},
		{"hr_run_chunk_run_there", `UPDATE hr_run_chunk SET run = 'nowhere'`, func(ctx context.Context, db WholeStore) error {
			return db.PutChunks(ctx, payroll.RunChunk{Run: "nowhere", Members: 1})
		}},
		{"hr_run_member_run_there", `INSERT INTO hr_run_member SELECT tenant, 'nowhere', employee FROM hr_run_member`, func(ctx context.Context, db WholeStore) error {
			return db.AddMembers(ctx, "nowhere", "E9")
		}},
		{"hr_result_employee_there", `UPDATE hr_result SET employee = 'ghost' WHERE employee = 'E00001'`, func(ctx context.Context, db WholeStore) error {
			if err := db.PutRun(ctx, payroll.Run{ID: "new", Kind: payroll.RunRegular, State: payroll.RunDraft}); err != nil {
				return err
			}
			return db.PutResults(ctx, "new", payroll.Result{Employee: "ghost"})
		}},
		{"hr_posting_run_there", `UPDATE hr_posting SET run = 'nowhere'`, post(func(e *hr.Entry[payroll.Posting]) { e.Value.Run = "nowhere" })},
		{"hr_posting_of_there", `UPDATE hr_posting SET of = 'nowhere'`, post(func(e *hr.Entry[payroll.Posting]) { e.Value.Of = "nowhere" })},
		{"hr_posting_lines_there", `UPDATE hr_posting SET lines = 'nowhere'`, nil},
		{"hr_identity_employee_there", `INSERT INTO hr_identity (tenant, kind, number, employee) VALUES ('', 'pan_in', 'x', 'nobody')`, nil},
		{"hr_requisition_line_there", `UPDATE hr_requisition SET line = 'nowhere'`, func(ctx context.Context, db WholeStore) error {
			return db.PutRequisition(ctx, recruitment.Requisition{ID: "Q2", Line: "nowhere", State: recruitment.Requested})
		}},
		{"hr_opening_requisition_there", `UPDATE hr_opening SET requisition = 'nowhere'`, func(ctx context.Context, db WholeStore) error {
			return db.PutOpening(ctx, recruitment.Opening{ID: "O2", Requisition: "nowhere"})
		}},
		{"hr_candidate_merged_into_there", `UPDATE hr_candidate SET merged_into = 'nowhere'`, func(ctx context.Context, db WholeStore) error {
			return db.PutCandidate(ctx, recruitment.Candidate{ID: "C2", MergedInto: "nowhere"})
		}},
		{"hr_application_opening_there", `UPDATE hr_application SET opening = 'nowhere'`, apply(func(a *recruitment.Application) { a.Opening = "nowhere" })},
		{"hr_application_candidate_there", `DELETE FROM hr_candidate`, apply(func(a *recruitment.Application) { a.Candidate = "nobody" })},
		{"hr_interview_application_there", `UPDATE hr_interview SET application = 'nowhere'`, meet(func(i *recruitment.Interview) { i.Application = "nowhere" })},
		{"hr_interview_candidate_there", `UPDATE hr_interview SET candidate = 'nobody'`, meet(func(i *recruitment.Interview) { i.Candidate = "nobody" })},
		{"hr_scorecard_application_there", `UPDATE hr_scorecard SET application = 'nowhere'`, card(func(c *recruitment.Scorecard) { c.Application = "nowhere" })},
		{"hr_scorecard_interview_there", `UPDATE hr_scorecard SET interview = 'nowhere'`, card(func(c *recruitment.Scorecard) { c.Interview = "nowhere" })},

		// What contradicts itself, in one table alone.
		{"hr_guard_seq", `UPDATE hr_guard SET seq = -1`, nil},
		{"hr_knowledge_seq", `UPDATE hr_knowledge SET seq = 0`, nil},
		{"hr_audit_head_end", `UPDATE hr_audit_head SET number = 0`, nil},
		{"hr_audit_number", `UPDATE hr_audit SET hash = ''`, nil},
		{"hr_key_class", `INSERT INTO hr_key (tenant, subject, class, destroyed) VALUES ('', 'employee/E1', 'money', '2026-10-01')`, nil},
		{"hr_key_grave", `INSERT INTO hr_key (tenant, subject, class) VALUES ('', 'employee/E1', 'private')`, nil},
		{
			"hr_schedule_mark_tries",
			`INSERT INTO hr_schedule_mark (tenant, job, holder, tries, fault, version) VALUES ('', 'accrue', '', -1, '', 1)`, nil,
		},
		{"hr_run_counts", `UPDATE hr_run SET posted = members + 1`, put(func(r *payroll.Run) { r.Failed = 3 })},
		{"hr_run_chunk_counts", `UPDATE hr_run_chunk SET failed = members + 1`, func(ctx context.Context, db WholeStore) error {
			if err := db.PutRun(ctx, payroll.Run{ID: "new", Kind: payroll.RunRegular, State: payroll.RunDraft}); err != nil {
				return err
			}
			return db.PutChunks(ctx, payroll.RunChunk{Run: "new", Members: 1, Posted: 2})
		}},
		{"hr_payslip_line_kind_places", `UPDATE hr_payslip_line_kind SET one = 0`, nil},
		{"hr_payslip_line_kind_kind", `UPDATE hr_payslip_line_kind SET kind = 'gift'`, nil},
		{"hr_result_amounts", `UPDATE hr_result SET units = NULL`, nil},
		{"hr_posting_amounts", `UPDATE hr_posting SET units = NULL`, nil},
		{"hr_posting_places", `UPDATE hr_posting SET places = 10`, nil},
		{"hr_opening_seats", `UPDATE hr_opening SET filled = seats + 1`, func(ctx context.Context, db WholeStore) error {
			return db.PutOpening(ctx, recruitment.Opening{ID: "O2", Seats: 1, Filled: 2})
		}},
		{"hr_plan_line_seats", `UPDATE hr_plan_line SET filled = committed + 1`, func(ctx context.Context, db WholeStore) error {
			return db.PutPlanLine(ctx, recruitment.PlanLine{ID: "L2", Seats: 1, Committed: 2})
		}},
		{"hr_requisition_seats", `UPDATE hr_requisition SET opened = seats + 1`, func(ctx context.Context, db WholeStore) error {
			return db.PutRequisition(ctx, recruitment.Requisition{ID: "Q2", Seats: 1, Opened: 2, State: recruitment.Approved})
		}},
		{"hr_candidate_merged_into", `UPDATE hr_candidate SET merged_into = id`, func(ctx context.Context, db WholeStore) error {
			return db.PutCandidate(ctx, recruitment.Candidate{ID: "C2", MergedInto: "C2"})
		}},
		{"hr_application_accepted", `UPDATE hr_application SET hired_as = 'E1'`, apply(func(a *recruitment.Application) { a.Offer.State = recruitment.OfferAccepted })},
		{"hr_interview_time", `UPDATE hr_interview SET time_until = time_from`, meet(func(i *recruitment.Interview) { i.Time.Until = i.Time.From })},

		// What many tables have.
		{"hr_command_key", `UPDATE hr_command SET id = '' WHERE id = 'import'`, func(ctx context.Context, db WholeStore) error {
			_, _, err := db.Claim(ctx, storage.CommandRow{Verb: "probe"})
			return err
		}},
		{"hr_run_version", `UPDATE hr_run SET version = 0`, nil},
		{"hr_run_kind", `UPDATE hr_run SET kind = ''`, put(func(r *payroll.Run) { r.Kind = "gift" })},
		{"hr_run_state", `UPDATE hr_run SET state = 'lost'`, put(func(r *payroll.Run) { r.State = "" })},
		{"hr_run_period", `UPDATE hr_run SET period_through = '2000-01-01'`, put(func(r *payroll.Run) { r.Period = reversed })},
		{"hr_leave_request_period", `UPDATE hr_leave_request SET period_through = '2000-01-01'`, func(ctx context.Context, db WholeStore) error {
			return db.PutRequest(ctx, leave.Request{ID: "V2", Employee: "E1", Period: reversed, State: leave.Requested})
		}},
		{"hr_leave_movement_kind", `UPDATE hr_leave_movement SET kind = 'gift'`, func(ctx context.Context, db WholeStore) error {
			e := credit("accrual/earned/2026-10", 1)
			e.Value.Kind = "gift"
			return db.AppendMovements(ctx, "E1", e)
		}},
		{"hr_posting_seq", `UPDATE hr_posting SET seq = 0`, post(func(e *hr.Entry[payroll.Posting]) { e.Seq = 0 })},
		{"hr_posting_key", `UPDATE hr_posting SET id = '' WHERE id = (SELECT min(id) FROM hr_posting)`, post(func(e *hr.Entry[payroll.Posting]) { e.ID = "" })},
		{"hr_posting_kind", `UPDATE hr_posting SET kind = 'gift'`, post(func(e *hr.Entry[payroll.Posting]) { e.Value.Kind = "gift" })},
		{"hr_posting_value_period", `UPDATE hr_posting SET value_period_through = '2000-01-01'`, post(func(e *hr.Entry[payroll.Posting]) { e.Value.Period = reversed })},
	}
}
