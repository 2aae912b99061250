package payroll

import (
	"fmt"
	"log/slog"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
)

// DebtID names a debt for ever.
type DebtID string

// DebtKind says what an employee owes. The empty kind is not a kind.
type DebtKind string

const (
	DebtLoan     DebtKind = "loan"     // a loan or an advance: lent by a payslip or beside payroll, repaid by instalments
	DebtOverpaid DebtKind = "overpaid" // a payslip that came to less than nothing, or a correction that took pay back
	DebtOrder    DebtKind = "order"    // what a court or an authority has ordered to be withheld
)

// Debt is what is recovered from an employee's pay: a loan, an overpayment, a court order. It is a fact: what is agreed anew, such as a
// month that is skipped, is another entry of the same ID, and the newest that is known holds. What of it was lent and repaid is
// never kept in it: that is a fold over postings (see [Outstanding]).
//
// The plan reads what a payslip takes back under a name as the input repaid_NAME, and what it pays out as lent_NAME. Lines that read them belong to the
// group when_paid, and net pay must change by exactly these amounts:
//
//	input lent_loan: money
//	input repaid_loan: money
//	line loan_paid_out "Loan, paid out" in earnings, when_paid = lent_loan
//	line loan "Loan" in deductions, when_paid = repaid_loan
type Debt struct {
	ID       DebtID          `json:"id" class:"public"`
	Employee hr.EmployeeID   `json:"employee" class:"public"`
	Kind     DebtKind        `json:"kind" class:"public"`
	Name     string          `json:"name" class:"public"`
	Priority int             `json:"priority,omitempty" class:"public"` // a lower number is served first; of two that are equal, each by its share
	Within   string          `json:"within,omitempty" class:"public"`   // a line of the plan: once all that is recovered reaches it, this debt gets no more
	Keeps    decimal.Decimal `json:"keeps,omitzero" class:"money"`      // net pay that is left to the employee before this debt gets anything
	Loan     Loan            `json:"loan,omitzero" class:"money"`       // of a loan and an overpayment: how it is repaid
	PayOut   hr.Date         `json:"pay_out,omitzero" class:"public"`   // of a loan: it is lent by the first payslip paid on or after it, and by none of who leaves or has left; zero: beside payroll
	Forgiven decimal.Decimal `json:"forgiven,omitzero" class:"money"`   // of a loan and an overpayment: what is written off, in all
	Order    Order           `json:"order,omitzero" class:"money"`      // of an order: what it asks
	Ref      hr.Ref          `json:"ref,omitzero" class:"public"`       // the fact behind it; set when it is read
}

// Order is what a court or an authority orders to be withheld from each pay period: an amount, a share, or both together. What the law leaves
// to the employee beside it is Keeps and Within of the [Debt].
type Order struct {
	Period  hr.Period       `json:"period" class:"public"`          // the pay dates that it holds on; may be without an end
	Amount  decimal.Decimal `json:"amount,omitzero" class:"money"`  // of a pay period
	Percent decimal.Decimal `json:"percent,omitzero" class:"money"` // of what Of names, rounded down to the smallest unit
	Of      string          `json:"of,omitempty" class:"public"`    // a line or a group of the plan, arrears that are paid now included; empty: net pay before anything is recovered
	Total   decimal.Decimal `json:"total,omitzero" class:"money"`   // in all; zero: for as long as it holds
	Carry   bool            `json:"carry,omitempty" class:"public"` // what could not be taken is asked again with the next payslip
}

// Validate returns every fault of a debt as a [hr.FieldError] with RuleDebt, or RuleLoan for the terms of a loan.
func (d Debt) Validate() error {
	var faults hr.Faults
	if d.Employee == "" {
		faults.Missing("employee", RuleDebt)
	}
	if d.Name == "" {
		faults.Missing("name", RuleDebt)
	}
	if d.Keeps.Sign() < 0 {
		faults.Add("keeps", RuleDebt, "must not be below zero")
	}
	if d.Forgiven.Sign() < 0 {
		faults.Add("forgiven", RuleDebt, "must not be below zero")
	}
	switch d.Kind {
	case DebtLoan, DebtOverpaid:
		faults.Join("loan", d.Loan.Validate())
		if !d.Order.empty() {
			faults.Add("order", RuleDebt, "must be empty in a debt that is no order")
		}
		if d.Kind == DebtOverpaid && !d.PayOut.IsZero() {
			faults.Add("pay_out", RuleDebt, "must be empty: an overpayment was paid")
		}
	case DebtOrder:
		d.Order.check(&faults)
		if !d.Loan.empty() || !d.PayOut.IsZero() || !d.Forgiven.IsZero() {
			faults.Add("loan", RuleDebt, "and pay_out and forgiven must be empty in an order")
		}
	default:
		faults.Add("kind", RuleDebt, "must be loan, overpaid or order")
	}
	return faults.Err()
}

// payable reports amounts that no payslip of the plans could have: finer than the smallest unit of the currencies they pay in.
func (d Debt) payable(faults *hr.Faults, at string, plans []*Plan) {
	if len(plans) == 0 {
		return
	}
	var places int32
	for _, p := range plans {
		places = max(places, p.currency.Places())
	}
	for _, x := range []struct {
		field  string
		amount decimal.Decimal
	}{
		{"keeps", d.Keeps},
		{"forgiven", d.Forgiven},
		{"loan.principal", d.Loan.Principal},
		{"loan.instalment", d.Loan.Instalment},
		{"order.amount", d.Order.Amount},
		{"order.total", d.Order.Total},
	} {
		if !hr.FitsPlaces(x.amount, places) {
			faults.Add(at+"."+x.field, RuleDebt, "must have no more than %d decimal places", places)
		}
	}
}

func (o Order) check(faults *hr.Faults) {
	if o.Period.Validate() != nil {
		faults.Add("order.period", RuleDebt, "must have a first day, and a last one not before it or none")
	}
	for _, x := range []struct {
		field  string
		amount decimal.Decimal
	}{{"amount", o.Amount}, {"percent", o.Percent}, {"total", o.Total}} {
		if x.amount.Sign() < 0 {
			faults.Add("order."+x.field, RuleDebt, "must not be below zero")
		}
	}
	if o.Percent.GreaterThan(decimal.NewFromInt(100)) {
		faults.Add("order.percent", RuleDebt, "must be at most 100")
	}
	if o.Amount.Sign() <= 0 && o.Percent.Sign() <= 0 {
		faults.Missing("order.amount", RuleDebt)
	}
	if o.Of != "" && o.Percent.IsZero() {
		faults.Add("order.of", RuleDebt, "must be empty where no share is asked")
	}
}

func (o Order) empty() bool {
	return o.Period == (hr.Period{}) && o.Amount.IsZero() && o.Percent.IsZero() && o.Of == "" && o.Total.IsZero() && !o.Carry
}

func (l Loan) empty() bool {
	return l.Principal.IsZero() && l.Instalment.IsZero() && l.First.IsZero() && len(l.Skip) == 0 && l.Close.IsZero()
}

// DebtMove is what one payslip does to a debt. Of a payslip that takes another back, or pays the difference to one, the amounts are differences too.
type DebtMove struct {
	Debt    DebtID          `json:"debt" class:"public"`
	Name    string          `json:"name" class:"public"`
	Lent    decimal.Decimal `json:"lent,omitzero" class:"money"`    // paid out
	Repaid  decimal.Decimal `json:"repaid,omitzero" class:"money"`  // taken back; below zero where too much was taken before
	Carried decimal.Decimal `json:"carried,omitzero" class:"money"` // of an order that carries over: asked and not taken; below zero where it catches up
	Left    decimal.Decimal `json:"left,omitzero" class:"money"`    // what is owed after it; zero for an order without a total
}

// Outstanding is a debt and what was posted of it, before a payslip or by today.
type Outstanding struct {
	Debt     Debt            `class:"money"`
	Lent     decimal.Decimal `class:"money"` // by payslips
	Repaid   decimal.Decimal `class:"money"`
	Carried  decimal.Decimal `class:"money"` // what an order asked and did not get
	InPeriod decimal.Decimal `class:"money"` // what of Repaid other payslips of the same pay period took; they asked for the period already
	Missed   decimal.Decimal `class:"money"` // what of Carried other payslips of the same pay period added: asked for it, and not got
}

// Balance is what is owed: lent, by payslips or beside payroll, less repaid and written off; of an order with a total what is left of that, of any other
// order what is carried over. Below zero it is owed to the employee, who gets it with the next payslip.
func (o Outstanding) Balance() decimal.Decimal {
	switch {
	case o.Debt.Kind == DebtOrder && o.Debt.Order.Total.IsZero():
		return o.Carried
	case o.Debt.Kind == DebtOrder:
		return o.Debt.Order.Total.Sub(o.Repaid)
	case o.Debt.Kind == DebtLoan && o.Debt.PayOut.IsZero():
		return o.Debt.Loan.Principal.Sub(o.Repaid).Sub(o.Debt.Forgiven)
	}
	return o.Lent.Sub(o.Repaid).Sub(o.Debt.Forgiven)
}

// lends is what a payslip pays out.
func (o Outstanding) lends(payDate hr.Date) decimal.Decimal {
	if o.Debt.Kind != DebtLoan || o.Debt.PayOut.IsZero() || payDate.Before(o.Debt.PayOut) {
		return decimal.Zero
	}
	return decimal.Max(decimal.Zero, o.Debt.Loan.Principal.Sub(o.Lent))
}

// asks is what a debt asks of a payslip: all that is left of who leaves, else the instalment of the pay period, or what the order says, where share is
// its part of what was earned.
func (o Outstanding) asks(payDate hr.Date, leaving bool, share decimal.Decimal) decimal.Decimal {
	if o.Debt.Kind == DebtOrder {
		return o.orders(payDate, share)
	}
	left, loan := o.Balance(), o.Debt.Loan
	switch {
	case left.Sign() <= 0, leaving, !loan.Close.IsZero() && !payDate.Before(loan.Close):
		return left
	}
	loan.Principal = left.Add(o.InPeriod)
	ask := loan.Ask(payDate, decimal.Zero).Sub(o.InPeriod)
	return decimal.Min(left, decimal.Max(decimal.Zero, ask))
}

func (o Outstanding) orders(payDate hr.Date, share decimal.Decimal) decimal.Decimal {
	order := o.Debt.Order
	if !order.Period.Contains(payDate) {
		return decimal.Zero
	}
	ask := order.Amount
	asked := o.InPeriod.Add(o.Missed) // what was missed is asked as carried over, where the order carries over
	switch {
	case order.Percent.Sign() > 0 && !asked.IsZero():
		ask = decimal.Zero // asked for the period already
	case order.Percent.IsZero():
		ask = decimal.Max(decimal.Zero, ask.Sub(asked))
	}
	ask = ask.Add(share)
	if order.Carry {
		ask = ask.Add(o.Carried)
	}
	if order.Total.Sign() > 0 {
		ask = decimal.Min(ask, order.Total.Sub(o.Repaid))
	}
	return decimal.Max(decimal.Zero, ask)
}

// Format hides the values.
func (d Debt) Format(f fmt.State, _ rune) { _, _ = fmt.Fprintf(f, "[debt %s %s]", d.Kind, d.ID) }

// LogValue hides the values.
func (d Debt) LogValue() slog.Value {
	return slog.StringValue(fmt.Sprintf("[debt %s %s]", d.Kind, d.ID))
}

// Format hides the values.
func (Order) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte("[order]")) }

// LogValue hides the values.
func (Order) LogValue() slog.Value { return slog.StringValue("[order]") }

// Format hides the values.
func (m DebtMove) Format(f fmt.State, _ rune) { _, _ = fmt.Fprintf(f, "[move of debt %s]", m.Debt) }

// LogValue hides the values.
func (m DebtMove) LogValue() slog.Value {
	return slog.StringValue(fmt.Sprintf("[move of debt %s]", m.Debt))
}

// Format hides the values.
func (o Outstanding) Format(f fmt.State, _ rune) {
	_, _ = fmt.Fprintf(f, "[outstanding of debt %s]", o.Debt.ID)
}

// LogValue hides the values.
func (o Outstanding) LogValue() slog.Value {
	return slog.StringValue(fmt.Sprintf("[outstanding of debt %s]", o.Debt.ID))
}
