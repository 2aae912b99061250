package simulate

import (
	"context"
	"fmt"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
)

// owed is what the player knows of the debts of an employee, from what was paid: lent and taken back by payslips, and withheld for courts.
type owed struct{ lent, repaid, court, ordered decimal.Decimal }

// lend asks for a loan, which the first payslip from its day on pays out.
func (c *call) lend() error {
	id, first := c.employee(0), c.day(3)
	debt := payroll.Debt{
		Employee: id, Kind: payroll.DebtLoan, Name: "loan", Keeps: decimal.NewFromInt(200), PayOut: first,
		Loan: payroll.Loan{Principal: c.amount(1), Instalment: c.amount(2), First: first.EndOfMonth().Add(1)},
	}
	req, err := c.services.pay.Ask(c.ctx, c.cmd(), payroll.Request{Kind: payroll.AskDebt, Employee: id, Debt: debt, Reason: "asked for"})
	if err == nil {
		c.w.book.loans[c.step.N] = req
	}
	return err
}

// agree decides about the loan that was asked for in a step.
func (c *call) agree() error {
	id, found := c.w.book.loans[c.number(0)]
	if !found {
		id = "none"
	}
	_, err := c.services.pay.Decide(c.ctx, c.cmd(), id, c.word(1) == "yes")
	return err
}

// order records what a court orders to be withheld, an amount a month, twelve times.
func (c *call) order() error {
	id, amount := c.employee(0), c.amount(1)
	total := amount.Mul(decimal.NewFromInt(12))
	_, err := c.services.pay.Attach(c.ctx, c.cmd(), payroll.Debt{
		Employee: id, Kind: payroll.DebtOrder, Name: "court", Keeps: decimal.NewFromInt(500),
		Order: payroll.Order{Period: hr.Period{From: c.day(2)}, Amount: amount, Total: total},
	})
	if err == nil {
		o := c.w.book.owed[id]
		o.ordered = o.ordered.Add(total)
		c.w.book.owed[id] = o
	}
	return err
}

// debts adds up, when a run is paid, what its payslips lent and took back, and compares.
func debts(ctx context.Context, w *World, s Scope) (out []string, err error) {
	if !s.did("pay") {
		return nil, nil
	}
	var ids []hr.EmployeeID
	for _, r := range s.runs {
		slips, err := w.slips(ctx, r)
		if err != nil {
			return out, err
		}
		for _, p := range slips {
			o, moved := w.book.owed[p.Employee], false
			for _, l := range p.Lines {
				if l.Amount.IsZero() {
					continue
				}
				switch l.Name {
				case "loan_paid_out":
					o.lent, moved = o.lent.Add(l.Amount), true
				case "loan":
					o.repaid, moved = o.repaid.Add(l.Amount), true
				case "court":
					o.court, moved = o.court.Add(l.Amount), true
				}
			}
			if moved && !r.counted {
				ids = append(ids, p.Employee)
				w.book.owed[p.Employee] = o
			}
		}
		r.counted = len(slips) > 0
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	all, err := w.look().pay.Owing(ctx, w.view(), ids...)
	if err != nil {
		return out, err
	}
	for i, list := range all {
		o, left := w.book.owed[ids[i]], decimal.Zero
		for _, x := range list {
			if x.Debt.Kind == payroll.DebtLoan {
				left = left.Add(x.Balance())
			}
		}
		if !left.Equal(o.lent.Sub(o.repaid)) {
			out = append(out, fmt.Sprintf("what %s owes is not what payslips lent less what they took back", ids[i]))
		}
		if o.repaid.GreaterThan(o.lent) || o.court.GreaterThan(o.ordered) {
			out = append(out, fmt.Sprintf("more was taken from %s than they owe", ids[i]))
		}
	}
	return out, nil
}
