package payroll

import (
	"fmt"

	"github.com/musterhr/hr"
	"github.com/shopspring/decimal"
)

// Reverse returns the entries that undo j: the same accounts, cost centres, employees and lines with debit and credit changed over. A
// journal that was posted is never edited; this one is posted beside it.
func (j Journal) Reverse() Journal {
	out := Journal{Currency: j.Currency, Period: j.Period, Entries: make([]JournalEntry, len(j.Entries))}
	for i, e := range j.Entries {
		e.Debit, e.Credit = e.Credit, e.Debit
		out.Entries[i] = e
	}
	return out
}

// Accrue returns the entries that put into the books, at the end of a day, the part of a payroll's costs that was earned by then although
// it is paid later: of each entry on an account that chart debits, the part of the days of the period through that day, by largest
// remainder ([hr.Allocate]), against one credit for each employee on the account accrued. When the payroll itself is posted, the
// accrual is undone by [Journal.Reverse]. A day before the period accrues nothing, its last day or a later one everything. Its own
// period is that day. It returns [hr.FieldError]s with RuleAccrual if the day or the account is missing, or the journal has no period.
func (j Journal) Accrue(chart Chart, through hr.Date, accrued string) (Journal, error) {
	var faults hr.Faults
	if through.IsZero() {
		faults.Missing("through", RuleAccrual)
	}
	if accrued == "" {
		faults.Missing("accrued", RuleAccrual)
	}
	if j.Period.IsZero() || j.Period.Open() || j.Period.Validate() != nil {
		faults.Add("journal.period", RuleAccrual, "must have a first and a last day")
	}
	if faults.Any() {
		return Journal{}, fmt.Errorf("payroll: accrual: %w", faults.Err())
	}
	days := int64(j.Period.Len())
	earned := min(days, max(0, int64(through.Since(j.Period.From))+1))
	costs := chart.costs()
	out := Journal{Currency: j.Currency, Period: hr.Period{From: through, Through: through}}
	var owed decimal.Decimal
	for i, e := range j.Entries {
		if costs[e.Account] {
			parts, err := hr.Allocate(hr.Money{Amount: e.Debit.Sub(e.Credit), Currency: j.Currency}, decimal.NewFromInt(earned), decimal.NewFromInt(days-earned))
			if err != nil {
				return Journal{}, fmt.Errorf("payroll: accrual: %w", err)
			}
			out.Entries = appendEntry(out.Entries, JournalEntry{Account: e.Account, CostCentre: e.CostCentre, Employee: e.Employee, Line: e.Line}, parts[0].Amount)
			owed = owed.Add(parts[0].Amount)
		}
		if i == len(j.Entries)-1 || j.Entries[i+1].Employee != e.Employee {
			out.Entries = appendEntry(out.Entries, JournalEntry{Account: accrued, Employee: e.Employee}, owed.Neg())
			owed = decimal.Zero
		}
	}
	return out, nil
}
