package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
	"github.com/musterhr/hr/payroll"
)

// payrolls are the months that are paid here: those for which the pack of India has the law, April 2026 to November 2026. December is paid
// with the final settlement.
func payrolls() (scenes []scene) {
	for m := 4; m <= 11; m++ {
		month := hr.MonthOf(hr.MustDate(fmt.Sprintf("2026-%02d-01", m)))
		scenes = append(scenes, scene{month.Through.String(), func(t *tale) { t.month(month) }})
	}
	return scenes
}

// adoption puts the rules of pay in force. What the law says on a day is asked when that day is paid.
func adoption(t *tale) {
	t.do(director, func(cmd hr.Command) error {
		_, err := t.pay.Adopt(t.ctx, cmd, t.plan, hr.MustPeriod("1996-10-01.."))
		return err
	})
}

// month records what the gate saw, and pays.
func (t *tale) month(p hr.Period) {
	t.gate(p)
	t.do(officer, func(cmd hr.Command) error {
		id, err := t.pay.CreateRun(t.ctx, cmd, payroll.RunSpec{Kind: payroll.RunRegular, Period: p, PayDate: p.Through})
		if err == nil {
			err = t.run(id)
		}
		if err != nil {
			return err
		}
		slip, err := t.pay.Payslip(t.ctx, t.view(), id, kavita.Employee)
		if err != nil {
			return err
		}
		t.runs, t.payslips = append(t.runs, id), append(t.payslips, slip)
		t.lines = append(t.lines, told{day: t.day, by: officer.ID, what: fmt.Sprintf("Paid for %s %d", p.From.Month(), p.From.Year())})
		tds, _ := slip.Amount("tds")
		t.note("gross %s, income tax %s, net %s", rupees(slip.Total(payroll.Earning)), rupees(tds), rupees(slip.Net().Amount))
		if owed := arrears(slip); !owed.IsZero() {
			t.note("of it arrears: %s, for %s", rupees(owed), strings.Join(lateMonths(slip), ", "))
			why, err := t.people.Describe(t.ctx, t.view(), kavita.Employee, slip.Arrears[0].Causes[0].Refs)
			if err != nil {
				return err
			}
			t.note("the cause: terms of %s", strings.Join(why, ", "))
		}
		return nil
	})
}

// arrears adds up what a payslip pays for earlier months.
func arrears(slip payroll.Payslip) decimal.Decimal {
	sum := decimal.Zero
	for _, a := range slip.Arrears {
		if a.Kind == payroll.Earning {
			sum = sum.Add(a.Amount)
		}
	}
	return sum
}

// lateMonths names the earlier months that a payslip pays for.
func lateMonths(slip payroll.Payslip) (months []string) {
	for _, a := range slip.Arrears {
		if name := a.Period.From.Month().String(); a.Kind == payroll.Earning && !slices.Contains(months, name) {
			months = append(months, name)
		}
	}
	return months
}

// run goes the whole way of a payroll run: one person calculates, another approves.
func (t *tale) run(id payroll.RunID) error {
	digest, err := t.pay.Calculate(t.ctx, t.cmd(officer, ""), id)
	if err != nil {
		return err
	}
	results, err := t.pay.Members(t.ctx, t.view(), id, "", 10)
	if err != nil {
		return err
	}
	for _, r := range results {
		if len(r.Failures) > 0 {
			return fmt.Errorf("no payslip for %s: %v", r.Employee, r.Failures)
		}
	}
	if _, err = t.pay.Approve(t.ctx, t.cmd(director, ""), id, digest); err != nil {
		return err
	}
	_, err = t.pay.Pay(t.ctx, t.cmd(officer, ""), id)
	return err
}

// gate records the punches of every working day of the period on which she is not on leave.
func (t *tale) gate(p hr.Period) {
	away, err := t.away.Absences(t.ctx, t.view(), []hr.Pin{{Employee: kavita.Employee}}, p)
	if err != nil {
		t.err = err
		return
	}
	off := map[hr.Date]bool{}
	for _, a := range away[0] {
		off[a.Date] = true
	}
	var punches []attendance.Punch
	for d := range p.Days() {
		day, err := t.days.Day(d)
		if err != nil {
			t.err = err
			return
		}
		if !day.Working() || off[d] {
			continue
		}
		t.worked++
		punches = append(punches,
			attendance.Punch{Employee: kavita.Employee, At: d.At(hr.MustTimeOfDay("08:56"), t.zone), Direction: attendance.In},
			attendance.Punch{Employee: kavita.Employee, At: d.At(hr.MustTimeOfDay("17:34"), t.zone), Direction: attendance.Out})
	}
	t.do(officer, func(cmd hr.Command) error { _, err := t.clocks.Record(t.ctx, cmd, punches...); return err })
}
