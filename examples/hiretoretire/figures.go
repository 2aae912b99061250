package main

import (
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/examples/internal/report"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/storage"
)

// settlement tells what was paid at the end, line by line, with the reason of each.
func (t *tale) settlement(p *printer) {
	s := t.settled
	p.line("\n\nTHE FINAL SETTLEMENT")
	p.line("Last day %s, paid %s, due by %s: %s", long(s.LastDay), long(s.PaidOn), long(s.Due), cited(s.Law))
	for _, kind := range []payroll.Kind{payroll.Earning, payroll.Deduction, payroll.Employer} {
		p.line("\n%s", map[payroll.Kind]string{payroll.Earning: "Paid", payroll.Deduction: "Deducted", payroll.Employer: "Paid by the employer beside it"}[kind])
		for _, x := range s.Lines {
			if x.Kind == string(kind) {
				p.sides("  "+x.Title+"  ("+x.Name+")", rupees(x.Amount))
				if kind != payroll.Employer {
					p.wrapped(6, x.Why)
				}
			}
		}
	}
	p.line("")
	p.sides("NET", rupees(s.Net.Amount))
	p.line("\n%s", t.letter.Subject)
	p.line("%s", t.letter.Body)
}

func cited(s hr.Source) string { return s.Title + ", " + s.Section }

// figures are those of the life as a whole.
func (t *tale) figures(p *printer) {
	p.line("\nA LIFE IN FIGURES")
	row := func(what, figure string) { p.sides("  "+what, figure) }
	employed := hr.Period{From: joined, Through: lastDay}
	row("days employed, "+long(joined)+" to "+long(lastDay), fmt.Sprint(employed.Len()))
	working, err := t.days.WorkingDays(employed)
	if err != nil {
		t.err = err
		return
	}
	row("working days of them, by the calendar of the works", working.String())
	row("days of leave taken: earned, casual, maternity", fmt.Sprintf("%s, %s, %s", t.taken["earned"], t.taken["casual"], t.taken["maternity"]))
	row("days that the gate saw her, April to December 2026", fmt.Sprint(t.worked))
	row("pay a month, first and last", change(rupees(monthly(firstTerms())), rupees(decimal.NewFromInt(200000))))
	gross, net := decimal.Zero, decimal.Zero
	for _, slip := range t.payslips {
		gross, net = gross.Add(slip.Total(payroll.Earning)), net.Add(slip.Net().Amount)
	}
	row(fmt.Sprintf("paid in %d monthly runs: gross, net", len(t.payslips)), rupees(gross)+", "+rupees(net))
	row("paid with the final settlement: net", rupees(t.settled.Net.Amount))
	happened, err := t.people.Happenings(t.ctx, t.view(), kavita.Employee)
	if err != nil {
		t.err = err
		return
	}
	moved := 0
	for _, x := range happened {
		if x.Value.To != "" {
			moved++
		}
	}
	row("events of her employment, and changes of state among them", fmt.Sprintf("%d, %d", len(happened), moved))
	row("commands, of everybody in this story", fmt.Sprint(t.n))
	faults, err := storage.VerifyAudit(t.ctx, t.db)
	if err != nil {
		t.err = err
		return
	}
	verdict := "every chain is as it was written"
	if len(faults) > 0 {
		verdict = fmt.Sprintf("%d chains are not as they were written", len(faults))
	}
	row("the audit, read again from the first entry to the last", verdict)
}

// explain tells why a line of the final settlement is what it is.
func (t *tale) explain(p *printer, line string) {
	why, err := t.pay.Explain(t.ctx, t.view(), t.final, kavita.Employee, line)
	if err != nil {
		t.err = err
		return
	}
	p.err = report.Explain(p.w, why)
}
