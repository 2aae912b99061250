package payroll

import (
	"fmt"
	"log/slog"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// RequestID names one request for ever.
type RequestID string

// RequestKind says what is asked for.
type RequestKind string

// The kinds of request.
const (
	AskDebt    RequestKind = "debt"    // a loan or an advance, other terms of one, a month skipped, an early end, or that an overpayment is written off
	AskExpense RequestKind = "expense" // that expenses are paid back with pay
)

// RequestState is where a request stands.
type RequestState string

// RequestEvent moves a request.
type RequestEvent string

// States and events of a request.
const (
	RequestPending   RequestState = "pending"  // waits for its approvers
	RequestApproved  RequestState = "approved" // and recorded: payroll acts on it
	RequestRefused   RequestState = "refused"
	RequestWithdrawn RequestState = "withdrawn"

	RequestAgree    RequestEvent = "agree" // the last of its approvers
	RequestRefuse   RequestEvent = "refuse"
	RequestWithdraw RequestEvent = "withdraw"
)

// RequestMachine returns the states of a request and the events between them.
func RequestMachine() hr.Machine[RequestState, RequestEvent] {
	return hr.MustMachine(RequestPending,
		hr.Transition[RequestState, RequestEvent]{From: RequestPending, On: RequestAgree, To: RequestApproved},
		hr.Transition[RequestState, RequestEvent]{From: RequestPending, On: RequestRefuse, To: RequestRefused},
		hr.Transition[RequestState, RequestEvent]{From: RequestPending, On: RequestWithdraw, To: RequestWithdrawn},
	)
}

// Request asks for money that nobody pays, lends or forgives alone. It is a case: one current row, whose past is the audit. With the last agreement what
// was asked becomes a fact, in the same unit: a [Debt] or an [Adjustment].
type Request struct {
	ID       RequestID       `json:"id" class:"public"` // empty before it is asked: one is made
	Kind     RequestKind     `json:"kind" class:"public"`
	Employee hr.EmployeeID   `json:"employee" class:"public"`
	Debt     Debt            `json:"debt,omitzero" class:"money"`    // of a debt: as it is to be; with the ID of one that there is, it takes its place
	Expense  Expense         `json:"expense,omitzero" class:"money"` // of an expense
	Reason   string          `json:"reason" class:"private"`
	State    RequestState    `json:"state" class:"public"`
	Approval hr.Approval     `json:"approval,omitzero" class:"private"`
	Version  storage.Version `json:"version" class:"public"`
}

// Expense is what an employee paid for the employer and gets back with pay. Whether it is taxed is said by the line of the plan that pays it.
type Expense struct {
	Name   string        `json:"name" class:"public"`   // the input of the plan that pays it
	Period hr.Period     `json:"period" class:"public"` // the pay period it is paid with; where that is paid already, it comes with the next
	Items  []ExpenseItem `json:"items" class:"money"`
}

// ExpenseItem is one receipt.
type ExpenseItem struct {
	Day     hr.Date         `json:"day" class:"private"`
	What    string          `json:"what" class:"private"`
	Amount  decimal.Decimal `json:"amount" class:"money"`
	Receipt string          `json:"receipt" class:"private"` // where the host keeps it; each is paid once
}

// Total is the sum of the items.
func (e Expense) Total() decimal.Decimal {
	sum := decimal.Zero
	for _, x := range e.Items {
		sum = sum.Add(x.Amount)
	}
	return sum
}

func (e Expense) empty() bool { return e.Name == "" && e.Period.IsZero() && len(e.Items) == 0 }

// Ref returns the reference to the request.
func (r Request) Ref() hr.Ref { return hr.Ref{Kind: "payroll_request", ID: string(r.ID)} }

// amount is what is at stake.
func (r Request) amount() decimal.Decimal {
	if r.Kind == AskExpense {
		return r.Expense.Total()
	}
	return decimal.Max(r.Debt.Loan.Principal, r.Debt.Forgiven)
}

// on is the day by which its approvers are looked for.
func (r Request) on() hr.Date {
	switch {
	case r.Kind == AskExpense:
		return r.Expense.Period.Through
	case !r.Debt.PayOut.IsZero():
		return r.Debt.PayOut
	}
	return r.Debt.Loan.First
}

// Validate returns every fault of a request by itself, as [hr.FieldError]s: RuleRequest, RuleExpense, and those of [Debt.Validate].
func (r Request) Validate() error {
	var faults hr.Faults
	if r.Employee == "" {
		faults.Missing("employee", RuleRequest)
	}
	if strings.TrimSpace(r.Reason) == "" {
		faults.Missing("reason", RuleRequest)
	}
	switch r.Kind {
	case AskDebt:
		d := r.Debt
		if d.Employee == "" { // it is who asks
			d.Employee = r.Employee
		}
		faults.Join("debt", d.Validate())
		if r.Debt.Kind == DebtOrder {
			faults.Add("debt.kind", RuleRequest, "must not be order: what a court orders is recorded, not asked for")
		}
		if r.Debt.Employee != "" && r.Debt.Employee != r.Employee {
			faults.Add("debt.employee", RuleRequest, "must be who the request is about")
		}
		if !r.Expense.empty() {
			faults.Add("expense", RuleRequest, "must be empty in a request of another kind")
		}
	case AskExpense:
		r.Expense.check(&faults)
		if r.Debt.Kind != "" || r.Debt.ID != "" || !r.Debt.Loan.empty() {
			faults.Add("debt", RuleRequest, "must be empty in a request of another kind")
		}
	default:
		faults.Add("kind", RuleRequest, "must be debt or expense")
	}
	return faults.Err()
}

func (e Expense) check(faults *hr.Faults) {
	if e.Name == "" {
		faults.Missing("expense.name", RuleExpense)
	}
	if e.Period.Validate() != nil || e.Period.Open() {
		faults.Add("expense.period", RuleExpense, "must be a pay period, with both days")
	}
	if len(e.Items) == 0 {
		faults.Missing("expense.items", RuleExpense)
	}
	for i, x := range e.Items {
		at := fmt.Sprintf("expense.items[%d]", i)
		if x.Day.IsZero() {
			faults.Missing(at+".day", RuleExpense)
		}
		if x.What == "" {
			faults.Missing(at+".what", RuleExpense)
		}
		if x.Amount.Sign() <= 0 {
			faults.Add(at+".amount", RuleExpense, "must be above zero")
		}
		if x.Receipt == "" || slices.ContainsFunc(e.Items[:i], func(y ExpenseItem) bool { return y.Receipt == x.Receipt }) {
			faults.Add(at+".receipt", RuleExpense, "must be given, once")
		}
	}
}

// Format hides the values.
func (r Request) Format(f fmt.State, _ rune) {
	_, _ = fmt.Fprintf(f, "[payroll request %s %s]", r.Kind, r.ID)
}

// LogValue hides the values.
func (r Request) LogValue() slog.Value {
	return slog.StringValue(fmt.Sprintf("[payroll request %s %s]", r.Kind, r.ID))
}

// Format hides the values.
func (e Expense) Format(f fmt.State, _ rune) { _, _ = fmt.Fprintf(f, "[expense of %s]", e.Period) }

// LogValue hides the values.
func (e Expense) LogValue() slog.Value {
	return slog.StringValue(fmt.Sprintf("[expense of %s]", e.Period))
}

// Format hides the values.
func (ExpenseItem) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte("[expense item]")) }

// LogValue hides the values.
func (ExpenseItem) LogValue() slog.Value { return slog.StringValue("[expense item]") }
