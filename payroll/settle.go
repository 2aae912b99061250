package payroll

import (
	"fmt"

	"github.com/musterhr/hr"
	"github.com/shopspring/decimal"
)

// SettlePayments returns the entries that the payment of a batch makes in the books: for each payment, net pay is no longer owed and the
// bank account has less. What is held stays owed. Its period is the value date. It returns [hr.FieldError]s with RuleSettlement for a missing
// account or value date, and for an amount that is not above zero.
func SettlePayments(b PaymentBatch, netPay, bank string) (Journal, error) {
	faults := settleFaults(netPay, bank)
	if b.ValueDate.IsZero() {
		faults.Missing("value_date", RuleSettlement)
	}
	j := Journal{Currency: b.Currency, Period: hr.Period{From: b.ValueDate, Through: b.ValueDate}}
	for i, p := range b.Payments {
		if p.Amount.Amount.Sign() <= 0 {
			faults.Add(fmt.Sprintf("payments[%d].amount", i), RuleSettlement, "must be above zero")
		}
		j.Entries = append(j.Entries,
			JournalEntry{Account: netPay, Employee: p.Employee, Debit: p.Amount.Amount},
			JournalEntry{Account: bank, Employee: p.Employee, Credit: p.Amount.Amount})
	}
	if faults.Any() {
		return Journal{}, fmt.Errorf("payroll: settlement: %w", faults.Err())
	}
	return j, nil
}

// Forgiven is what is written off of one debt.
type Forgiven struct {
	Employee hr.EmployeeID
	Debt     DebtID
	Amount   decimal.Decimal // above zero
}

// WriteOff returns the entries that debts make in the books which are owed no more, on a day: the expense is debited and the receivable, to which
// the lines that recover them are credited, has less. That somebody agreed is the [Request]. It returns [hr.FieldError]s with
// RuleSettlement for a missing account, day or employee, and for an amount that is not above zero.
func WriteOff(currency hr.Currency, on hr.Date, receivable, expense string, of ...Forgiven) (Journal, error) {
	faults := settleFaults(receivable, expense)
	if on.IsZero() {
		faults.Missing("on", RuleSettlement)
	}
	j := Journal{Currency: currency, Period: hr.Period{From: on, Through: on}}
	for i, x := range of {
		at := fmt.Sprintf("forgiven[%d]", i)
		if x.Employee == "" {
			faults.Missing(at+".employee", RuleSettlement)
		}
		if x.Amount.Sign() <= 0 {
			faults.Add(at+".amount", RuleSettlement, "must be above zero")
		}
		j.Entries = append(j.Entries,
			JournalEntry{Account: expense, Employee: x.Employee, Line: string(x.Debt), Debit: x.Amount},
			JournalEntry{Account: receivable, Employee: x.Employee, Line: string(x.Debt), Credit: x.Amount})
	}
	if faults.Any() {
		return Journal{}, fmt.Errorf("payroll: write-off: %w", faults.Err())
	}
	return j, nil
}

// SettleAccount returns the entries of paying, on a day, what j owes on one account, such as the provident fund's: for each employee and cost centre
// the account is debited with what it was credited, and the bank is credited. An account on which j owes nothing gives no entry; one with which it is
// owed something is paid back by the same entries the other way round. It returns [hr.FieldError]s with RuleSettlement for a missing account or day.
func (j Journal) SettleAccount(account, bank string, on hr.Date) (Journal, error) {
	faults := settleFaults(account, bank)
	if on.IsZero() {
		faults.Missing("on", RuleSettlement)
	}
	if faults.Any() {
		return Journal{}, fmt.Errorf("payroll: settlement: %w", faults.Err())
	}
	type key struct {
		employee hr.EmployeeID
		centre   string
	}
	owed := map[key]decimal.Decimal{}
	var order []key
	for _, e := range j.Entries {
		if e.Account != account {
			continue
		}
		k := key{e.Employee, e.CostCentre}
		if _, seen := owed[k]; !seen {
			order = append(order, k)
		}
		owed[k] = owed[k].Add(e.Credit).Sub(e.Debit)
	}
	out := Journal{Currency: j.Currency, Period: hr.Period{From: on, Through: on}}
	for _, k := range order {
		out.Entries = appendEntry(out.Entries, JournalEntry{Account: account, CostCentre: k.centre, Employee: k.employee}, owed[k])
		out.Entries = appendEntry(out.Entries, JournalEntry{Account: bank, CostCentre: k.centre, Employee: k.employee}, owed[k].Neg())
	}
	return out, nil
}

func settleFaults(account, bank string) (faults hr.Faults) {
	if account == "" {
		faults.Missing("account", RuleSettlement)
	}
	if bank == "" {
		faults.Missing("bank", RuleSettlement)
	}
	if account == bank && account != "" {
		faults.Add("bank", RuleSettlement, "must differ from the account that is settled")
	}
	return faults
}
