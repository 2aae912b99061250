package pages

import (
	"context"
	"net/http"
	"time"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
	"github.com/musterhr/hr/examples/server/internal/desk"
	"github.com/musterhr/hr/leave"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/recruitment"
	"github.com/musterhr/hr/storage"
)

func (p *Pages) approvals(a adder) {
	a.get("/approvals", p.inbox)
	a.post("/approvals/{kind}/{id}", decide)
}

// inboxPage is what waits for somebody.
type inboxPage struct {
	Zone  *time.Location
	Cases []waiting
}

// waiting is a case with what somebody has to know to decide it.
type waiting struct {
	desk.Waiting
	Name      string
	Title     string
	Details   []string
	Reason    string // of who asks
	Diff      []attendance.DayDiff
	Away      []string // who else of the team is away then
	Elsewhere string   // a page where it is decided
}

func (p *Pages) inbox(w http.ResponseWriter, r Request) error {
	list, err := p.Inbox(r.Context(), r.User)
	if err != nil {
		return err
	}
	page := inboxPage{Zone: r.App.Company.Zone}
	for _, x := range list {
		c := waiting{Waiting: x, Name: r.name(x.Subject), Title: title(x.What)}
		if err := tell(r.Context(), r, &c); err != nil {
			return err
		}
		page.Cases = append(page.Cases, c)
	}
	p.Show(w, r.Request, http.StatusOK, "approvals.html", page)
	return nil
}

// tell puts a case into words. Of pay it says nothing that its service does not show.
func tell(ctx context.Context, r Request, c *waiting) error {
	switch c.Kind {
	case desk.KindLeave:
		q, err := r.App.Leave.Request(ctx, r.View(), leave.RequestID(c.ID))
		if err != nil {
			return err
		}
		if q, err = desk.Show(ctx, r.App, r.View(), "leave.Request", q, q.Employee); err != nil {
			return err
		}
		c.Title = leaveName(r, q.Type, q.Period.From) + ", " + period(q.Period)
		c.Details = append(c.Details, "Takes "+hr.Canonical(q.Total())+" from the balance.")
		if r.allowed("leave.Balance", q.Employee) {
			left, err := r.App.Leave.Balance(ctx, r.View(), q.Employee, q.Type, q.Period.From)
			if err != nil {
				return err
			}
			c.Details = append(c.Details, "On the first day there will be "+hr.Canonical(left)+" before this is taken.")
		}
		c.Reason = q.Reason
		return others(ctx, r, q, c)
	case desk.KindAttendance:
		q, err := r.App.Store.AttendanceRequest(ctx, attendance.RequestID(c.ID))
		if err != nil {
			return err
		}
		if q, err = desk.Show(ctx, r.App, r.View(), "attendance.Diff", q, q.Employee); err != nil {
			return err
		}
		c.Title, c.Reason = title(q.Kind)+" of attendance, "+period(q.Period), q.Reason
		for _, x := range q.Corrections {
			c.Details = append(c.Details, "A punch is missing: "+words(x.Direction)+" at "+x.At.In(r.App.Company.Zone).Format("15:04 on 2 January"))
		}
		if r.allowed("attendance.Diff", q.Employee) {
			c.Diff, err = r.App.Time.Diff(ctx, r.View(), q.ID)
		}
		return err
	case desk.KindPayrollRequest:
		q, err := r.App.Store.PayrollRequest(ctx, payroll.RequestID(c.ID))
		if err != nil {
			return err
		}
		c.Title, c.Reason = "A request for money: "+words(q.Kind)+" "+q.Debt.Name, q.Reason
		if loan := q.Debt.Loan; !loan.Principal.IsZero() {
			c.Details = append(c.Details, "Amount "+amount(loan.Principal, r.App.Company.Currency)+", paid back by "+amount(loan.Instalment, r.App.Company.Currency)+" a pay day.")
		}
	case desk.KindRun:
		c.Elsewhere = "/payroll/runs/" + path(c.ID)
	case desk.KindApplication:
		x, err := r.App.Store.Application(ctx, recruitment.ApplicationID(c.ID))
		if err != nil {
			return err
		}
		c.Elsewhere = "/hiring/" + path(x.Opening)
	}
	return nil
}

// others adds who else of the team is away on the days of a leave request.
func others(ctx context.Context, r Request, q leave.Request, c *waiting) error {
	ids, err := r.App.Reports(ctx, r.Me())
	if err != nil || len(ids) == 0 {
		return err
	}
	pins, err := r.App.Kit.Know.Heads(ctx, ids...)
	if err != nil {
		return err
	}
	calendar, err := r.App.Leave.TeamCalendar(ctx, r.View(), pins, q.Period)
	for _, d := range calendar {
		if d.Employee != q.Employee {
			c.Away = append(c.Away, r.name(d.Employee)+", "+short(d.Date))
		}
	}
	return err
}

// decide says yes or no to a case, with the reason.
func decide(ctx context.Context, r Request) (next, flash string, err error) {
	id, reason := r.PathValue("id"), r.PostFormValue("reason")
	cmd := r.command(reason)
	var agree bool
	switch r.PostFormValue("answer") {
	case "yes":
		agree, flash = true, "You agreed. Whoever asked sees it now."
	case "no":
		flash = "You refused, and your reason goes with it."
	default:
		return "", "", &hr.FieldError{Path: "answer", Rule: hr.RuleInvalid, Reason: "must be yes or no"}
	}
	switch r.PathValue("kind") {
	case desk.KindLeave:
		err = r.App.Leave.Decide(ctx, cmd, leave.RequestID(id), leave.Decision{Agree: agree, Reason: cmd.Reason})
	case desk.KindAttendance:
		err = r.App.Time.Decide(ctx, cmd, attendance.RequestID(id), agree)
	case desk.KindPayrollRequest:
		_, err = r.App.Pay.Decide(ctx, cmd, payroll.RequestID(id), agree)
	case desk.KindProposal:
		err = r.App.People.Decide(ctx, cmd, lifecycle.ProposalID(id), agree)
	case desk.KindRequisition:
		_, err = r.App.Hiring.DecideRequisition(ctx, cmd, recruitment.RequisitionID(id), agree, cmd.Reason)
	default:
		err = storage.ErrNotFound
	}
	return "/approvals", flash, err
}
