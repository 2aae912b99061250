package main

import (
	"fmt"
	"strings"

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
	p.wrapped(0, "Last day "+long(s.LastDay)+", paid "+long(s.PaidOn)+". Due by "+long(s.Due)+": "+cited(s.Law))
	for _, kind := range []payroll.Kind{payroll.Earning, payroll.Deduction, payroll.Employer} {
		p.line("\n%s", map[payroll.Kind]string{payroll.Earning: "Paid", payroll.Deduction: "Deducted", payroll.Employer: "Paid by the employer beside it"}[kind])
		for _, x := range s.Lines {
			if x.Kind != string(kind) {
				continue
			}
			p.sides("  "+x.Title, rupees(x.Amount))
			p.wrapped(6, t.because(x.Name))
			if _, doubt, found := strings.Cut(x.Why, "Mind that "+x.Title); found { // the pack says where the law itself is not clear
				doubt, _, _ = strings.Cut(doubt, ". ")
				p.wrapped(6, "Mind that "+x.Title+strings.TrimSuffix(doubt, ".")+".")
			}
		}
	}
	p.line("")
	p.sides("NET, into the account that is in force since 2019", rupees(s.Net.Amount))
	p.line("")
	p.wrapped(0, "-explain gratuity (or leave_pay, basic_pay, epf, pt, tds) tells why a line is what it is.")
	last := t.letters[len(t.letters)-1]
	p.line("\n%s", strings.ToUpper(last.Subject))
	p.wrapped(0, last.Body)
}

// because says in a sentence where a line comes from, and names the law that its explanation names.
func (t *tale) because(line string) string {
	words := map[string]string{
		"gratuity":     fmt.Sprintf("15 of 26 days of the last basic pay, for each of %d years (%s)", t.service.Years, t.service.Trace.Note),
		"leave_pay":    fmt.Sprintf("%s days of earned leave that were left, at 1/30 of a month's basic pay", t.unused),
		"basic_pay":    "December, all of it",
		"hra_pay":      "December, all of it",
		"special_pay":  "December, all of it",
		"epf":          "12 % of the wage ceiling",
		"pt":           "Maharashtra, of a month above the highest step",
		"lwf":          "Maharashtra, due in June and December",
		"tds":          "the tax of what was paid from April to December, less what was taken before",
		"eps":          "8.33 % of the ceiling, for the eight days before she was 58",
		"epf_employer": "12 % of the ceiling less what goes into the pension scheme",
		"edli":         "insurance, 0.5 % of the ceiling",
		"epf_admin":    "0.5 % of the ceiling",
		"lwf_employer": "three times what the employee pays",
	}[line]
	why, err := t.pay.Explain(t.ctx, t.view(), t.final, kavita.Employee, line)
	if err != nil {
		t.err = err
		return ""
	}
	if why.Source.Title == "" {
		return words + "; by contract"
	}
	return words + "; " + cited(why.Source)
}

// cited is a law with its section, where it names one.
func cited(s hr.Source) string {
	if s.Section == "" {
		return s.Title
	}
	return s.Title + ", " + s.Section
}

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
	_, atLast := t.stands(lastDay)
	row("pay a month, first and last", change(rupees(monthly(firstTerms())), rupees(monthly(atLast))))
	var gross, net decimal.Decimal
	for _, slip := range t.payslips {
		gross, net = gross.Add(slip.Total(payroll.Earning)), net.Add(slip.Net().Amount)
	}
	row(fmt.Sprintf("paid in %d monthly runs: gross, net", len(t.payslips)), rupees(gross)+", "+rupees(net))
	row("income tax of the year, the settlement included", rupees(t.tax()))
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
	heads, err := t.db.AuditHeads(t.ctx, "", 1000)
	if err != nil {
		t.err = err
		return
	}
	entries := int64(0)
	for _, h := range heads {
		entries += h.Number
	}
	row("entries of the audit, and chains they are in", fmt.Sprintf("%d, %d", entries, len(heads)))
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

// tax adds up the income tax of the runs and of the settlement.
func (t *tale) tax() decimal.Decimal {
	sum := decimal.Zero
	for _, slip := range t.payslips {
		tds, _ := slip.Amount("tds")
		sum = sum.Add(tds)
	}
	for _, x := range t.settled.Lines {
		if x.Name == "tds" {
			sum = sum.Add(x.Amount)
		}
	}
	return sum
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
