package payroll

import (
	"cmp"
	"fmt"
	"log/slog"
	"slices"
	"strings"

	"github.com/musterhr/hr"
	"github.com/shopspring/decimal"
)

// Chart says which accounts of the host's ledger a payroll posts to.
type Chart struct {
	NetPay string // credited with net pay: what the employer owes the employees
	Lines  []ChartLine
}

// ChartLine maps one payslip line. An earning needs Debit (the expense; its credit side is net pay), a deduction needs Credit
// (to whom it is owed), an employer's contribution needs both.
type ChartLine struct {
	Line   string
	Debit  string
	Credit string
}

// JournalEntry is one side of a posting. Exactly one of Debit and Credit is not zero, and neither is negative.
type JournalEntry struct {
	Account    string
	CostCentre string
	Employee   hr.EmployeeID
	Line       string // the payslip line; empty for net pay
	Debit      decimal.Decimal
	Credit     decimal.Decimal
}

// Format hides the values.
func (e JournalEntry) Format(f fmt.State, _ rune) {
	_, _ = fmt.Fprintf(f, "[journal entry %s %s]", e.Account, e.Employee)
}

// LogValue hides the values.
func (e JournalEntry) LogValue() slog.Value {
	return slog.StringValue(fmt.Sprintf("[journal entry %s %s]", e.Account, e.Employee))
}

// Journal is the posting of a set of payslips of one currency: debits equal credits, for each payslip and in all.
type Journal struct {
	Currency hr.Currency
	Period   hr.Period
	Entries  []JournalEntry // by employee, then line
}

// LogValue hides the values.
func (j Journal) LogValue() slog.Value {
	return slog.StringValue(fmt.Sprintf("[journal %s, %d entries]", j.Period, len(j.Entries)))
}

// Post makes the journal of payslips. It refuses, with all [hr.FieldError]s at once, payslips of different currencies
// (RuleJournalCurrency) or periods (RuleJournalPeriod), two of one employee (RuleJournalEmployee) and a line with an amount that the
// chart does not map (RuleChartAccount). It is pure; employees may come in any order, and the journal has them sorted.
func Post(slips []Payslip, chart Chart) (Journal, error) {
	var faults hr.Faults
	accounts := map[string]ChartLine{}
	for i, c := range chart.Lines {
		if _, twice := accounts[c.Line]; twice {
			faults.Add(fmt.Sprintf("chart.lines[%d]", i), RuleChartAccount, "maps line %s a second time", c.Line)
		}
		accounts[c.Line] = c
	}
	if chart.NetPay == "" {
		faults.Missing("chart.net_pay", RuleChartAccount)
	}
	var j Journal
	missing := map[string]bool{}
	sorted := bySlip(slips)
	for i, s := range sorted {
		if i == 0 {
			j.Currency, j.Period = s.Currency, s.Period
		} else if s.Employee == sorted[i-1].Employee {
			faults.Add(fmt.Sprintf("payslips[%s]", s.Employee), RuleJournalEmployee, "a second payslip in the journal")
		}
		if s.Period != j.Period {
			faults.Add(fmt.Sprintf("payslips[%s].period", s.Employee), RuleJournalPeriod, "%s and %s cannot be in one journal", s.Period, j.Period)
		}
		if s.Currency != j.Currency {
			faults.Add(fmt.Sprintf("payslips[%s].currency", s.Employee), RuleJournalCurrency, "%s and %s cannot be in one journal", s.Currency, j.Currency)
		}
		for _, l := range s.all() {
			if l.Amount.IsZero() || !l.Kind.posted() {
				continue
			}
			c, mapped := accounts[l.Name]
			needsDebit, needsCredit := l.Kind != Deduction, l.Kind != Earning
			if !mapped || needsDebit && c.Debit == "" || needsCredit && c.Credit == "" {
				if !missing[l.Name] {
					faults.Add("chart.lines."+l.Name, RuleChartAccount, "the chart must say where the %s is posted: debit for an earning, credit for a deduction, both for an employer's contribution", l.Kind)
				}
				missing[l.Name] = true
				continue
			}
			if needsDebit {
				j.add(s, c.Debit, l.Name, l.Amount)
			}
			if needsCredit {
				j.add(s, c.Credit, l.Name, l.Amount.Neg())
			}
		}
		j.add(s, chart.NetPay, "", s.Net().Amount.Neg())
	}
	if faults.Any() {
		return Journal{}, fmt.Errorf("payroll: journal: %w", faults.Err())
	}
	if err := j.Balanced(); err != nil {
		return Journal{}, fmt.Errorf("payroll: journal: %w", err)
	}
	return j, nil
}

// add books a signed amount: above zero a debit, below zero a credit.
func (j *Journal) add(s Payslip, account, line string, amount decimal.Decimal) {
	j.Entries = appendEntry(j.Entries, JournalEntry{Account: account, CostCentre: s.CostCentre, Employee: s.Employee, Line: line}, amount)
}

func bySlip(slips []Payslip) []Payslip {
	return slices.SortedStableFunc(slices.Values(slips), func(a, b Payslip) int {
		return strings.Compare(string(a.Employee), string(b.Employee))
	})
}

// Totals returns the sum of debits and the sum of credits.
func (j Journal) Totals() (debit, credit decimal.Decimal) {
	for _, e := range j.Entries {
		debit, credit = debit.Add(e.Debit), credit.Add(e.Credit)
	}
	return debit, credit
}

// Balanced returns [hr.FieldError]s with RuleJournalBalance unless debits equal credits, for each employee and so in all, and every
// entry is one side, above zero.
func (j Journal) Balanced() error {
	sums := map[hr.EmployeeID]decimal.Decimal{}
	var faults hr.Faults
	for i, e := range j.Entries {
		if e.Debit.Sign() < 0 || e.Credit.Sign() < 0 || e.Debit.IsZero() == e.Credit.IsZero() {
			faults.Add(fmt.Sprintf("entries[%d]", i), RuleJournalBalance, "must have either a debit or a credit, above zero")
		}
		sums[e.Employee] = sums[e.Employee].Add(e.Debit).Sub(e.Credit)
	}
	for _, e := range j.Entries {
		if !sums[e.Employee].IsZero() {
			faults.Add(fmt.Sprintf("entries[%s]", e.Employee), RuleJournalBalance, "debits and credits differ")
			sums[e.Employee] = decimal.Zero // once each
		}
	}
	return faults.Err()
}

// AccountTotal is what a journal books to one account and cost centre.
type AccountTotal struct {
	Account    string
	CostCentre string
	Debit      decimal.Decimal
	Credit     decimal.Decimal
}

// Accounts sums the journal by account and cost centre, sorted: what a ledger wants instead of a line for each person.
func (j Journal) Accounts() []AccountTotal {
	type key struct{ account, centre string }
	at := map[key]int{}
	var out []AccountTotal
	for _, e := range j.Entries {
		k := key{e.Account, e.CostCentre}
		i, ok := at[k]
		if !ok {
			i = len(out)
			at[k] = i
			out = append(out, AccountTotal{Account: e.Account, CostCentre: e.CostCentre})
		}
		out[i].Debit, out[i].Credit = out[i].Debit.Add(e.Debit), out[i].Credit.Add(e.Credit)
	}
	slices.SortFunc(out, func(a, b AccountTotal) int {
		return cmp.Or(strings.Compare(a.Account, b.Account), strings.Compare(a.CostCentre, b.CostCentre))
	})
	return out
}
