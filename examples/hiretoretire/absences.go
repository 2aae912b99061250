package main

import (
	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave"
	"github.com/musterhr/hr/lifecycle"
)

// absences are the long ones: a child, a secondment, a suspension that was wrong, a sabbatical.
func absences() []scene {
	return []scene{
		{"2000-04-17", maternity},
		{"2008-01-07", seconded},
		{"2009-01-01", back("Back from the secondment")},
		{"2011-02-14", suspended},
		{"2011-03-21", cleared},
		{"2015-07-01", sabbatical},
		{"2016-01-01", back("Back from the sabbatical")},
	}
}

// maternity is leave and no state: twelve weeks, as the Maternity Benefit Act 1961, s.5 gave until 2017.
func maternity(t *tale) {
	weeks := hr.MustPeriod("2000-06-05..2000-08-27")
	t.do(hrDesk, func(cmd hr.Command) error {
		_, err := t.away.Grant(t.ctx, cmd, leave.Credit{Employee: kavita.Employee, Type: "maternity", Kind: leave.Granted, Quantity: decimal.NewFromInt(84), Usable: weeks})
		return err
	})
	t.tell(director, "Maternity leave is agreed: twelve weeks, 5 June to 27 August", t.day, func(cmd hr.Command) error {
		return t.takes(cmd, "maternity", weeks)
	})
	t.note("84 days, fully paid; her employment goes on as it is")
}

func seconded(t *tale) {
	t.tell(hrDesk, "Seconded to a partner abroad for a year; the pay goes on here", t.day, func(cmd hr.Command) error {
		return t.people.Second(t.ctx, cmd, kavita.Employee, lifecycle.AwayTerms{From: t.day, Through: hr.MustDate("2008-12-31"), At: "Nordwerk AG"})
	})
}

func suspended(t *tale) {
	half := []lifecycle.PayStep{{From: t.day, Share: decimal.RequireFromString("0.5")}}
	t.tell(hrDesk, "Suspended while a complaint is looked into, on half pay", t.day, func(cmd hr.Command) error {
		return t.people.Suspend(t.ctx, cmd, kavita.Employee, lifecycle.AwayTerms{From: t.day, Pay: half, Word: "inquiry"})
	})
}

// cleared corrects the five weeks from their first day: what is known of them now is not what was known then.
func cleared(t *tale) {
	start := hr.MustDate("2011-02-14")
	full := []lifecycle.PayStep{{From: start, Share: decimal.NewFromInt(1)}}
	t.tell(hrDesk, "The complaint was wrong: she is back, and the five weeks are paid in full", start, func(cmd hr.Command) error {
		return t.people.Return(t.ctx, cmd, kavita.Employee, lifecycle.Back{On: t.day, Pay: full})
	})
}

func sabbatical(t *tale) {
	t.tell(director, "A sabbatical of six months, without pay", t.day, func(cmd hr.Command) error {
		none := []lifecycle.PayStep{{From: t.day}}
		return t.people.StartLongLeave(t.ctx, cmd, kavita.Employee, lifecycle.AwayTerms{From: t.day, Through: hr.MustDate("2015-12-31"), Pay: none, Word: "sabbatical"})
	})
}

func back(what string) func(*tale) {
	return func(t *tale) {
		t.tell(hrDesk, what, t.day, func(cmd hr.Command) error {
			return t.people.Return(t.ctx, cmd, kavita.Employee, lifecycle.Back{On: t.day})
		})
	}
}
