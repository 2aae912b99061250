package payroll

import (
	"errors"
	"fmt"
	"log/slog"
	"slices"

	"github.com/musterhr/hr"
	"github.com/shopspring/decimal"
)

// Payment is one transfer of net pay. It prints and logs without values.
type Payment struct {
	Employee  hr.EmployeeID
	Account   hr.BankAccount
	Amount    hr.Money // above zero
	Reference string   // unique in the batch, and the same each time the batch is made
}

// Hold is net pay that is not transferred, and why. It prints and logs without values.
type Hold struct {
	Employee hr.EmployeeID
	Amount   hr.Money
	Reason   string
}

// PaymentDetails say how a batch is paid.
type PaymentDetails struct {
	ID        string         // names the batch for the bank; the references of its payments begin with it
	ValueDate hr.Date        // the day the money should arrive
	From      hr.BankAccount // the employer's account
	Narration string         // what the employee reads on the statement
	// Overpaid are those whose net pay may be below zero: it becomes a hold below zero, a receivable that a [Loan] takes back.
	// [Service.Payments] adds those whose finding was overridden.
	Overpaid []hr.EmployeeID
	OnHold   map[hr.EmployeeID]string // whose net pay is kept back, and why; [Release] pays it
	Shared   []hr.EmployeeID          // whose account may be somebody else's too; [Service.Payments] adds those whose finding was overridden
}

// PaymentBatch is what goes to the bank: payments and holds together are the net pay of the payslips.
type PaymentBatch struct {
	PaymentDetails
	Currency hr.Currency
	Payments []Payment // by employee
	Holds    []Hold    // by employee
}

// LogValue hides the values.
func (b PaymentBatch) LogValue() slog.Value {
	return slog.StringValue(fmt.Sprintf("[%d payments, %d held]", len(b.Payments), len(b.Holds)))
}

// NewPaymentBatch pays the net pay of payslips into accounts. Who has no account is held, with the reason; who has nothing to
// get is neither paid nor held. It refuses, all [hr.FieldError]s at once and without an account number: two payslips of one
// employee (RulePaymentEmployee), one account for two employees (RulePaymentTwice), a negative net pay (RulePaymentNegative),
// different currencies (RuleJournalCurrency), missing details (RulePaymentDetails).
func NewPaymentBatch(slips []Payslip, accounts map[hr.EmployeeID]hr.BankAccount, d PaymentDetails) (PaymentBatch, error) {
	var faults hr.Faults
	if d.ID == "" {
		faults.Missing("details.id", RulePaymentDetails)
	}
	if d.ValueDate.IsZero() {
		faults.Missing("details.value_date", RulePaymentDetails)
	}
	if d.From.IsZero() {
		faults.Missing("details.from", RulePaymentDetails)
	}
	b := PaymentBatch{PaymentDetails: d}
	type number struct{ bank, account string }
	owner := map[number]hr.EmployeeID{}
	paid := map[hr.EmployeeID]bool{}
	for i, s := range bySlip(slips) {
		at := fmt.Sprintf("payslips[%s]", s.Employee)
		if i == 0 {
			b.Currency = s.Currency
		}
		if s.Currency != b.Currency {
			faults.Add(at+".currency", RuleJournalCurrency, "%s and %s cannot be in one batch", s.Currency, b.Currency)
		}
		if paid[s.Employee] {
			faults.Add(at, RulePaymentEmployee, "a second payslip in the batch")
		}
		paid[s.Employee] = true
		net := s.Net()
		account := accounts[s.Employee]
		switch {
		case net.Amount.Sign() < 0 && slices.Contains(d.Overpaid, s.Employee):
			b.Holds = append(b.Holds, Hold{Employee: s.Employee, Amount: net, Reason: "overpaid: owed by the employee"})
			continue
		case net.Amount.Sign() < 0:
			faults.Add(at+".net", RulePaymentNegative, "is negative, and a bank pays no negative amount")
			continue
		case net.Amount.IsZero():
			continue
		case onHold(d, s.Employee):
			b.Holds = append(b.Holds, Hold{Employee: s.Employee, Amount: net, Reason: d.OnHold[s.Employee]})
			continue
		case account.Number.IsZero():
			b.Holds = append(b.Holds, Hold{Employee: s.Employee, Amount: net, Reason: "no bank account"})
			continue
		}
		key := number{account.Bank, account.Number.Reveal()}
		if other, taken := owner[key]; taken && other != s.Employee && !(slices.Contains(d.Shared, s.Employee) && slices.Contains(d.Shared, other)) {
			faults.Add(at+".account", RulePaymentTwice, "is also the account of employee %s", other)
		}
		owner[key] = s.Employee
		b.Payments = append(b.Payments, Payment{
			Employee: s.Employee, Account: account, Amount: net,
			Reference: fmt.Sprintf("%s-%s", d.ID, s.Employee),
		})
	}
	if faults.Any() {
		return PaymentBatch{}, fmt.Errorf("payroll: payments: %w", faults.Err())
	}
	return b, nil
}

func onHold(d PaymentDetails, e hr.EmployeeID) bool {
	_, held := d.OnHold[e]
	return held
}

// Release makes a batch that pays holds of an earlier one, of those who are named, or of all where nobody is; who is on hold by d stays
// so. Its faults are those of [NewPaymentBatch], and RulePaymentHold for somebody who has no hold there. What was held is then paid or
// held, to the cent. To release a hold twice is for the host to prevent: by the ID of the batch, its references differ.
func Release(of PaymentBatch, accounts map[hr.EmployeeID]hr.BankAccount, d PaymentDetails, ids ...hr.EmployeeID) (PaymentBatch, error) {
	var faults hr.Faults
	if d.ID == of.ID {
		faults.Add("details.id", RulePaymentDetails, "must be another than that of the batch that held")
	}
	held := map[hr.EmployeeID]bool{}
	for _, h := range of.Holds {
		held[h.Employee] = h.Amount.Amount.Sign() > 0
	}
	for i, e := range ids {
		if !held[e] || slices.Contains(ids[:i], e) {
			faults.Add(fmt.Sprintf("employees[%d]", i), RulePaymentHold, "has no hold in batch %s, or is named twice", of.ID)
		}
	}
	var slips []Payslip
	for _, h := range of.Holds {
		if held[h.Employee] && (len(ids) == 0 || slices.Contains(ids, h.Employee)) {
			slips = append(slips, Payslip{Employee: h.Employee, Currency: h.Amount.Currency, Lines: []Line{{Kind: Earning, Amount: h.Amount.Amount}}})
		}
	}
	b, err := NewPaymentBatch(slips, accounts, d)
	if faults.Any() {
		return PaymentBatch{}, fmt.Errorf("payroll: release: %w", errors.Join(faults.Err(), err))
	}
	return b, err
}

// Total returns the sum of the payments.
func (b PaymentBatch) Total() hr.Money {
	sum := decimal.Zero
	for _, p := range b.Payments {
		sum = sum.Add(p.Amount.Amount)
	}
	return hr.Money{Amount: sum, Currency: b.Currency}
}

// PaidTo returns where each payment goes, for [Service.Anomalies] to hold the next payments against.
func (b PaymentBatch) PaidTo() map[hr.EmployeeID]hr.BankAccount {
	out := make(map[hr.EmployeeID]hr.BankAccount, len(b.Payments))
	for _, p := range b.Payments {
		out[p.Employee] = p.Account
	}
	return out
}

// Held returns the sum of the holds.
func (b PaymentBatch) Held() hr.Money {
	sum := decimal.Zero
	for _, h := range b.Holds {
		sum = sum.Add(h.Amount.Amount)
	}
	return hr.Money{Amount: sum, Currency: b.Currency}
}

// Format hides the values.
func (p Payment) Format(f fmt.State, _ rune) { _, _ = fmt.Fprintf(f, "[payment %s]", p.Employee) }

// LogValue hides the values.
func (p Payment) LogValue() slog.Value {
	return slog.StringValue(fmt.Sprintf("[payment %s]", p.Employee))
}

// Format hides the values.
func (h Hold) Format(f fmt.State, _ rune) { _, _ = fmt.Fprintf(f, "[hold %s]", h.Employee) }

// LogValue hides the values.
func (h Hold) LogValue() slog.Value { return slog.StringValue(fmt.Sprintf("[hold %s]", h.Employee)) }
