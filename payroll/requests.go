package payroll

import (
	"context"
	"fmt"
	"slices"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// Ask begins a request and returns its id. Its approvers come from [Service.Router], else they are those of a run; who asks and whom it benefits are
// never among those who decide. Nothing is lent, paid or forgiven before all have agreed.
//
// It refuses, all at once: what [Request.Validate] returns, a receipt that the employee has claimed already (RuleExpense), terms that the debt of
// that ID cannot have (RuleDebt), and an id that is taken (storage.ErrConflict).
func (s Service) Ask(ctx context.Context, cmd hr.Command, r Request) (RequestID, error) {
	const verb = "payroll.Ask"
	return storage.Do(ctx, s.Kit, cmd, verb, storage.About(r, r.Employee), func(ctx context.Context, cmd hr.Command) (RequestID, []storage.Event, error) {
		if err := s.requestable(); err != nil {
			return "", nil, err
		}
		if err := r.Validate(); err != nil {
			return "", nil, err
		}
		if _, err := s.take(ctx, []hr.EmployeeID{r.Employee}); err != nil { // so that two requests with one receipt see each other
			return "", nil, err
		}
		r := r
		r.State, r.Approval, r.Version = RequestPending, hr.Approval{}, 0
		if r.ID == "" {
			r.ID = RequestID(cmd.NewID("request"))
		}
		if r.Kind == AskDebt {
			if r.Debt.Employee = r.Employee; r.Debt.ID == "" {
				r.Debt.ID = DebtID(r.ID)
			}
		}
		if err := s.fits(ctx, r); err != nil {
			return "", nil, err
		}
		if r.Kind == AskDebt {
			var err error
			if r.Debt.Ref, err = s.debtRef(ctx, r.Debt); err != nil { // what the change is of
				return "", nil, err
			}
		}
		ask := hr.ApprovalAsk{Kind: "payroll." + string(r.Kind), Subjects: []hr.EmployeeID{r.Employee}, Preparer: cmd.Actor, On: r.on(), At: cmd.At()}
		if len(s.Plans) > 0 {
			ask.Amount = hr.Money{Amount: r.amount(), Currency: s.Plans[0].Currency()}
		}
		levels := s.Approvers
		if s.Router != nil {
			var err error
			if levels, err = s.Router.Route(ctx, ask); err != nil {
				return "", nil, err
			}
		}
		var err error
		if r.Approval, err = hr.NewApproval(ask, levels...); err != nil {
			return "", nil, err
		}
		return r.ID, requestEvents(cmd, r), s.Requests.PutPayrollRequest(ctx, r)
	})
}

// Decide is one approver's word, with the command's reason. With the last of them what was asked is recorded in the same unit, and if that is refused so
// is the decision; so is one about a debt that was changed since it was asked (RuleDebt). See [hr.Approval.Decide] for who may not.
func (s Service) Decide(ctx context.Context, cmd hr.Command, id RequestID, agree bool) (RequestState, error) {
	return s.step(ctx, cmd, "payroll.Decide", id, agree, func(ctx context.Context, cmd hr.Command, r *Request) error {
		if len(RequestMachine().Allowed(r.State)) == 0 {
			return r.move(RequestAgree) // the error of the machine
		}
		var err error
		if r.Approval, err = r.Approval.Decide(cmd.Actor, agree, cmd.Reason, cmd.At()); err != nil {
			return err
		}
		switch r.Approval.State() {
		case hr.ApprovalRefused:
			return r.move(RequestRefuse)
		case hr.ApprovalGiven:
			if err := s.record(ctx, cmd, *r); err != nil {
				return err
			}
			return r.move(RequestAgree)
		}
		return nil
	})
}

// Withdraw takes back a request that is not decided. Only who asked, in person or for the employee, may (RuleRequest).
func (s Service) Withdraw(ctx context.Context, cmd hr.Command, id RequestID) (RequestState, error) {
	return s.step(ctx, cmd, "payroll.Withdraw", id, nil, func(_ context.Context, cmd hr.Command, r *Request) error {
		if cmd.Actor.ID != r.Approval.Preparer && cmd.Actor.Employee != r.Employee {
			return &hr.FieldError{Path: "command.actor", Rule: RuleRequest, Reason: "must be who asked"}
		}
		return r.move(RequestWithdraw)
	})
}

// RequestsOf returns the requests about an employee, in any state, by id.
func (s Service) RequestsOf(ctx context.Context, v hr.View, employee hr.EmployeeID) ([]Request, error) {
	if err := storage.May(ctx, s.Kit, v, "payroll.RequestsOf", employee); err != nil {
		return nil, err
	}
	if err := s.requestable(); err != nil {
		return nil, err
	}
	return s.Requests.PayrollRequestsOf(ctx, employee)
}

func (r *Request) move(on RequestEvent) error {
	next, err := RequestMachine().Next(r.State, on)
	if err == nil {
		r.State = next
	}
	return err
}

// step changes one request in a unit of its own.
func (s Service) step(ctx context.Context, cmd hr.Command, verb string, id RequestID, said any, fn func(context.Context, hr.Command, *Request) error) (RequestState, error) {
	args := struct {
		ID     RequestID
		Said   any
		Reason string
	}{id, said, cmd.Reason}
	if err := s.requestable(); err != nil {
		return "", fmt.Errorf("%s: %w", verb, err)
	}
	about := storage.AboutCase(args, func(ctx context.Context) ([]hr.EmployeeID, error) {
		r, err := s.Requests.PayrollRequest(ctx, id)
		return []hr.EmployeeID{r.Employee}, err
	})
	return storage.Do(ctx, s.Kit, cmd, verb, about, func(ctx context.Context, cmd hr.Command) (RequestState, []storage.Event, error) {
		r, err := s.Requests.PayrollRequest(ctx, id)
		if err != nil {
			return "", nil, err
		}
		if err := fn(ctx, cmd, &r); err != nil {
			return "", nil, err
		}
		return r.State, requestEvents(cmd, r), s.Requests.PutPayrollRequest(ctx, r)
	})
}

// requestable reports the ports that requests need.
func (s Service) requestable() error {
	var faults hr.Faults
	if s.Requests == nil {
		faults.Missing("service.requests", RuleRequest)
	}
	if s.Debts == nil {
		faults.Missing("service.debts", RuleRequest)
	}
	return faults.Err()
}

// record makes what was agreed a fact.
func (s Service) record(ctx context.Context, cmd hr.Command, r Request) error {
	taken, err := s.take(ctx, []hr.EmployeeID{r.Employee}) // so that two that are agreed at once see each other
	if err != nil {
		return err
	}
	if err := s.fits(ctx, r); err != nil { // something may have been agreed since it was asked
		return err
	}
	if r.Kind == AskDebt {
		now, err := s.debtRef(ctx, r.Debt)
		if err == nil && now != r.Debt.Ref {
			err = &hr.FieldError{Path: "debt", Rule: RuleDebt, Reason: "was changed since this was asked, and would be changed back: refuse it, and ask anew"}
		}
		if err != nil {
			return err
		}
		_, err = s.recordDebts(ctx, cmd, []Debt{r.Debt})
		return err
	}
	return s.Adjustments.AppendAdjustments(ctx, hr.Entry[Adjustment]{
		ID: cmd.NewID("adjustment"), Seq: taken[r.Employee].Known.Own, Recorded: taken[r.Employee].Recorded, Period: r.Expense.Period, Cause: r.Ref(),
		Value: Adjustment{Employee: r.Employee, Name: r.Expense.Name, Period: r.Expense.Period, Amount: r.Expense.Total(), Reason: r.Reason},
	})
}

// debtRef names the fact by which a debt holds now; nothing where there is none.
func (s Service) debtRef(ctx context.Context, d Debt) (hr.Ref, error) {
	debts, err := s.debts(ctx, []hr.Pin{{Employee: d.Employee}})
	if err != nil {
		return hr.Ref{}, err
	}
	for _, x := range debts[0] {
		if x.ID == d.ID {
			return x.Ref, nil
		}
	}
	return hr.Ref{}, nil
}

// fits holds a request against what there is: receipts that were claimed before, and the debt that it changes.
func (s Service) fits(ctx context.Context, r Request) error {
	var faults hr.Faults
	if r.Kind == AskDebt {
		if err := s.fitsDebts(ctx, &faults, "debt", r.Debt); err != nil {
			return err
		}
		return faults.Err()
	}
	others, err := s.Requests.PayrollRequestsOf(ctx, r.Employee)
	if err != nil {
		return err
	}
	for i, x := range r.Expense.Items {
		at := fmt.Sprintf("expense.items[%d].receipt", i)
		for _, o := range others {
			claimed := o.State == RequestApproved || o.State == RequestPending
			if o.ID != r.ID && claimed && slices.ContainsFunc(o.Expense.Items, func(y ExpenseItem) bool { return y.Receipt == x.Receipt }) {
				faults.Add(at, RuleExpense, "was claimed already, with request %s", o.ID)
			}
		}
	}
	return faults.Err()
}

// fitsDebts holds a debt against what plans can pay, and against the one of its ID that is known: what it is stays, and it cannot be less than what was
// lent, nor more be forgiven than is owed.
func (s Service) fitsDebts(ctx context.Context, faults *hr.Faults, at string, d Debt) error {
	d.payable(faults, at, s.Plans)
	pins := []hr.Pin{{Employee: d.Employee}}
	debts, err := s.debts(ctx, pins)
	if err != nil {
		return err
	}
	n := slices.IndexFunc(debts[0], func(x Debt) bool { return x.ID == d.ID })
	if n < 0 {
		if d.Kind == DebtOverpaid {
			faults.Add(at+".id", RuleDebt, "must be that of an overpayment: a payslip makes one")
		}
		if d.Forgiven.Sign() > 0 {
			faults.Add(at+".forgiven", RuleDebt, "must be zero: nothing is owed yet")
		}
		return nil
	}
	was := debts[0][n]
	if was.Kind != d.Kind || was.Name != d.Name || was.PayOut.IsZero() != d.PayOut.IsZero() {
		faults.Add(at+".id", RuleDebt, "is another kind of debt, or has another name: its history would be mixed")
		return nil
	}
	if d.Kind == DebtOrder {
		return nil
	}
	accounts, err := s.accounts(ctx, pins, "")
	if err != nil {
		return err
	}
	o := accounts[0].outstanding(d, hr.Period{})
	if !d.PayOut.IsZero() && d.Loan.Principal.LessThan(o.Lent) {
		faults.Add(at+".loan.principal", RuleDebt, "must not be less than what was lent")
	}
	if d.Forgiven.LessThan(was.Forgiven) || d.Forgiven.GreaterThan(was.Forgiven) && o.Balance().Sign() < 0 {
		faults.Add(at+".forgiven", RuleDebt, "must be all that is written off, at most what is owed")
	}
	return nil
}

func requestEvents(cmd hr.Command, r Request) []storage.Event {
	return []storage.Event{{
		ID: cmd.NewID("event", "payroll.request", string(r.ID)), Stream: "payroll/" + string(r.Employee), Kind: "payroll.request_" + string(r.State),
		Subject: r.Employee, Ref: r.Ref(), At: cmd.At(),
	}}
}
