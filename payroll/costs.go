package payroll

import (
	"fmt"

	"github.com/musterhr/hr"
	"github.com/shopspring/decimal"
)

// CostShare is a part of somebody's cost: the cost centre that bears it, and a weight such as a percentage or hours. Weights need not
// come to a hundred.
type CostShare struct {
	CostCentre string
	Weight     decimal.Decimal
}

// SplitCosts splits the costs of employees over cost centres: every entry on an account that chart debits for an earning or an employer's
// contribution, by weight and largest remainder ([hr.Allocate]), so that the parts of each entry are the entry. What is owed (net pay,
// deductions, contributions) stays with the cost centre it has. An employee without shares, and shares without an entry, change
// nothing. It returns [hr.FieldError]s with RuleCostShare for a weight below zero, for weights that are all zero, and for a cost centre that
// is empty or there twice.
func (j Journal) SplitCosts(chart Chart, shares map[hr.EmployeeID][]CostShare) (Journal, error) {
	var faults hr.Faults
	costs := chart.costs()
	checked := map[hr.EmployeeID]bool{}
	out := Journal{Currency: j.Currency, Period: j.Period}
	for _, e := range j.Entries {
		parts, split := shares[e.Employee]
		if !split || !costs[e.Account] {
			out.Entries = append(out.Entries, e)
			continue
		}
		at := fmt.Sprintf("shares[%s]", e.Employee)
		if !checked[e.Employee] {
			checked[e.Employee] = true
			checkShares(&faults, at, parts)
		}
		if faults.Any() {
			continue
		}
		weights := make([]decimal.Decimal, len(parts))
		for i, p := range parts {
			weights[i] = p.Weight
		}
		amounts, err := hr.Allocate(hr.Money{Amount: e.Debit.Sub(e.Credit), Currency: j.Currency}, weights...)
		if err != nil {
			faults.Join(at, err)
			continue
		}
		for i, p := range parts {
			out.Entries = appendEntry(out.Entries, JournalEntry{Account: e.Account, CostCentre: p.CostCentre, Employee: e.Employee, Line: e.Line}, amounts[i].Amount)
		}
	}
	if faults.Any() {
		return Journal{}, fmt.Errorf("payroll: cost centres: %w", faults.Err())
	}
	return out, nil
}

func checkShares(faults *hr.Faults, at string, parts []CostShare) {
	var sum decimal.Decimal
	seen := map[string]bool{}
	for i, p := range parts {
		here := fmt.Sprintf("%s[%d]", at, i)
		if p.CostCentre == "" {
			faults.Missing(here+".cost_centre", RuleCostShare)
		} else if seen[p.CostCentre] {
			faults.Add(here+".cost_centre", RuleCostShare, "has a share already")
		}
		if p.Weight.Sign() < 0 {
			faults.Add(here+".weight", RuleCostShare, "must not be below zero")
		}
		seen[p.CostCentre] = true
		sum = sum.Add(p.Weight.Abs())
	}
	if sum.IsZero() {
		faults.Add(at, RuleCostShare, "must have a weight above zero")
	}
}

// costs are the accounts that the chart debits: what the employer spends.
func (c Chart) costs() map[string]bool {
	out := map[string]bool{}
	for _, l := range c.Lines {
		if l.Debit != "" {
			out[l.Debit] = true
		}
	}
	return out
}

// appendEntry books a signed amount: above zero a debit, below zero a credit, zero nothing.
func appendEntry(entries []JournalEntry, e JournalEntry, amount decimal.Decimal) []JournalEntry {
	switch amount.Sign() {
	case 0:
		return entries
	case 1:
		e.Debit = amount
	default:
		e.Credit = amount.Neg()
	}
	return append(entries, e)
}
