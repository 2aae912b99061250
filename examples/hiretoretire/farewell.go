package main

import (
	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/payroll"
	law "github.com/musterhr/hr/payroll/statutory/in"
)

var lastDay = hr.MustDate("2026-12-31")

// farewell goes from the first look at the day of retirement to the last payment.
func farewell() []scene {
	return []scene{
		{"2026-06-29", announced}, {"2026-07-01", retired}, {"2026-12-01", leavingList}, {"2026-12-09", pensionAge}, {"2026-12-31", last}, {"2027-01-04", settled},
	}
}

// announced is what a host that polls for what is due finds half a year ahead.
func announced(t *tale) {
	due, err := t.people.Due(t.ctx, t.view(), lifecycle.Leads{lifecycle.DueRetirement: 185}, hr.Period{From: t.day, Through: t.day})
	if err != nil {
		t.err = err
		return
	}
	for _, d := range due {
		if d.Kind == lifecycle.DueRetirement {
			t.lines = append(t.lines, told{day: t.day, by: hrDesk.ID, what: "Due in 185 days: retirement at 58, by the age rule"})
		}
	}
}

// leavingList starts the checklist of leaving, with what was lent.
func leavingList(t *tale) {
	t.tell(hrDesk, "The checklist of leaving: handover, no dues, laptop and gauge set to return", t.day, func(cmd hr.Command) (err error) {
		t.list, err = t.people.StartChecklist(t.ctx, cmd, kavita.Employee, lifecycle.ChecklistStart{
			Kind: lifecycle.Leaving, Day: lastDay,
			Assets: []lifecycle.Asset{{Name: "laptop", Value: hr.MustMoney("60000", "INR")}, {Name: "gauge set", Value: hr.MustMoney("18000", "INR")}},
		})
		return err
	})
}

// pensionAge ends the membership of the pension scheme; the provident fund goes on to the last day.
func pensionAge(t *tale) {
	ends, err := law.EPSEnds(t.pack, born, t.day)
	if err != nil {
		t.err = err
		return
	}
	t.tell(hrDesk, "58 today: the age of pension", ends, func(cmd hr.Command) error {
		_, err := t.people.ChangeTerms(t.ctx, cmd, kavita.Employee, lifecycle.TermsChange{From: ends, Set: hr.Terms{Answers: []hr.Answer{{Name: "eps_member", Text: "no"}}}})
		return err
	})
	t.note("from today the employer pays nothing into the pension scheme, and all of it into the fund")
}

func (t *tale) ends(by hr.Actor, task string) {
	t.do(by, func(cmd hr.Command) error {
		return t.people.EndTask(t.ctx, cmd, t.list, task, lifecycle.TaskEnd{State: lifecycle.TaskDone})
	})
}

// retired records the retirement half a year ahead: from then on, the tax of the year looks ahead at the months up to it only.
func retired(t *tale) {
	t.tell(hrDesk, "Her retirement is recorded; the age rule gives the day", t.day, func(cmd hr.Command) error {
		return t.people.Retire(t.ctx, cmd, kavita.Employee, lifecycle.Retirement{Reason: "retired at 58"})
	})
	e, err := t.people.Employment(t.ctx, t.view(), kavita.Employee)
	if err != nil {
		t.err = err
		return
	}
	t.note("the last day is %s; until then she works and is paid as before", long(e.LastDay))
	t.note("from July on, income tax looks ahead at the pay up to that day only")
}

// last is the last day: what was lent comes back, what leave is left is paid, and a letter says so.
func last(t *tale) {
	t.gate(hr.MonthOf(t.day))
	yearEnd(t)
	t.do(officer, func(cmd hr.Command) (err error) {
		t.due, err = law.FullAndFinalDue(t.pack, lastDay, t.days)
		return err
	})
	t.refused(officer, "The settlement waits for what was lent", func(cmd hr.Command) error {
		_, err := t.pay.Settle(t.ctx, cmd, payroll.Leaver{Employee: kavita.Employee, Period: hr.MonthOf(lastDay), PayDate: t.due.Day})
		return err
	})
	t.ends(hrDesk, "handover")
	t.ends(stores, "return/1")
	t.ends(stores, "return/2")
	t.ends(hrDesk, "no dues")
	t.tell(stores, "The work is handed over, laptop and gauge set are back, there are no dues", t.day, func(hr.Command) error { return nil })
	t.tell(hrDesk, "Her last day; the relieving letter is written", t.day, func(hr.Command) error {
		_, terms := t.stands(lastDay)
		t.write(relievingLetter(), terms, lastDay)
		return t.err
	})
}

// settled pays what is owed at the end, on the day by which the law wants it paid.
func settled(t *tale) {
	t.credit(t.day)
	items := t.finalItems()
	t.tell(officer, "The final settlement is calculated, approved by the director, and paid", t.day, func(cmd hr.Command) (err error) {
		t.final, err = t.pay.Settle(t.ctx, cmd, payroll.Leaver{Employee: kavita.Employee, Period: hr.MonthOf(lastDay), PayDate: t.due.Day, Items: items})
		if err == nil {
			err = t.run(t.final)
		}
		if err != nil {
			return err
		}
		t.settled, err = t.pay.Settlement(t.ctx, t.view(), t.final, kavita.Employee, lastDay, payroll.FinalDue{Day: t.due.Day, Law: t.due.Trace.Source})
		if err != nil {
			return err
		}
		return t.people.Settle(t.ctx, t.cmd(officer, ""), t.settled)
	})
	t.note("net %s; by law it was due by %s", rupees(t.settled.Net.Amount), long(t.settled.Due))
	t.note("the employment is settled: neither side owes the other anything")
}

// finalItems are what is settled beside the last pay, each a value of whoever knows it: leave, and the length of service.
func (t *tale) finalItems() []payroll.FinalItem {
	t.do(officer, func(hr.Command) error {
		payouts, err := t.away.Paid(t.ctx, t.view(), kavita.Employee, hr.Period{From: lastDay, Through: lastDay.Add(1)})
		for _, p := range payouts {
			t.unused = t.unused.Add(p.Quantity)
		}
		return err
	})
	t.do(officer, func(hr.Command) error {
		e, err := t.people.Employment(t.ctx, t.view(), kavita.Employee)
		if err == nil {
			t.service, err = law.GratuityOf(t.pack, law.GratuityService{Joined: e.ServiceFrom(), LastDay: lastDay, Ending: law.EndedLeaving})
		}
		return err
	})
	// The ten months before the last day are March to December: 1,00,000 in March, 1,10,000 since April.
	average := decimal.NewFromInt(100000 + 9*110000).Shift(-1)
	n := decimal.NewFromInt
	return []payroll.FinalItem{
		{Input: "leave_days_paid", Amount: t.unused, Why: "Earned leave left on the last day"},
		{Input: "leave_days_at_credit", Amount: t.unused, Why: "Earned leave left on the last day"},
		{Input: "leave_average_salary", Amount: average, Why: "Average basic pay of the ten months before the last day"},
		{Input: "leave_service_years", Amount: n(int64(t.service.Completed)), Why: t.service.Trace.Rule},
		{Input: "gratuity_years", Amount: n(int64(t.service.Years)), Why: t.service.Trace.Note},
	}
}
