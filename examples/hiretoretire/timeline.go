package main

import (
	"fmt"
	"strings"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/lifecycle"
)

// timeline tells the years.
func (t *tale) timeline(p *printer) {
	p.line("A WORKING LIFE")
	p.wrapped(0, "Kavita Deshpande, born "+long(born)+". From referral to the age of pension, "+fmt.Sprint(joined.Year())+" to 2027. "+
		"She and the companies are made up; the rules are not.")
	p.line("")
	p.wrapped(0, "Payroll runs from April 2026 on, with the punches of the gate: nine months, for which the pack of India holds dated law. "+
		"The years before show events, leave and what was agreed as pay, and no payslips: this program does not guess what old law took.")
	year := 0
	for _, x := range t.lines {
		if x.day.Year() != year {
			year = x.day.Year()
			p.line("")
			p.sides(fmt.Sprintf("%d  %s", year, t.standing(year)), age(year))
		}
		t.told(p, x)
	}
}

// standing is what she is at the end of a year, and for how much.
func (t *tale) standing(year int) string {
	_, terms := t.stands(hr.MustDate(fmt.Sprintf("%d-12-31", year)))
	if terms.Entity == "" {
		return "retired"
	}
	return fmt.Sprintf("%s, %s, %s · %s a month", terms.Position, terms.Grade, terms.Place, rupees(monthly(terms)))
}

// age is how old she becomes in a year, in December.
func age(year int) string { return fmt.Sprintf("turns %d", year-born.Year()) }

func (t *tale) told(p *printer, x told) {
	day := fmt.Sprintf("  %02d %.3s  ", x.day.Day(), x.day.Month())
	for i, row := range wrap(x.what, 78) {
		if i == 0 {
			p.sides(day+row, string(x.by))
			continue
		}
		p.line("          %s", row)
	}
	if x.was != x.state {
		p.line("          · %s", change(named(x.was), named(x.state)))
	}
	for _, n := range x.notes {
		for i, row := range wrap(n, width-12) {
			p.line("          %s %s", []string{"·", " "}[min(i, 1)], row)
		}
	}
}

// named is a state as people say it.
func named(s lifecycle.State) string {
	if s == "" {
		return "candidate"
	}
	return strings.ReplaceAll(string(s), "_", " ")
}

// inFull tells one year with everything that is on record: the timeline, each fact with when it was learnt, leave, and payslips.
func (t *tale) inFull(p *printer, year int) {
	if year < t.lines[0].day.Year() || year > t.day.Year() {
		t.err = fmt.Errorf("-year: the story goes from %d to %d", t.lines[0].day.Year(), t.day.Year())
		return
	}
	days := hr.MustPeriod(fmt.Sprintf("%d-01-01..%d-12-31", year, year))
	p.sides(fmt.Sprintf("%d IN FULL  %s", year, t.standing(year)), age(year))
	for _, x := range t.lines {
		if days.Contains(x.day) {
			t.told(p, x)
		}
	}
	report, err := t.people.HistoryReport(t.ctx, t.view(), kavita.Employee)
	if err != nil {
		t.err = err
		return
	}
	p.line("\nOn record of %d: what, for which days, and the day and number it was learnt under", year)
	for _, r := range report.Rows {
		if days.Contains(r.Days.From) || r.Recorded.In(t.zone).Year() == year {
			p.line("  %-26s #%-3d %s  %s: %s", r.Days, r.Known, hr.DateOf(r.Recorded, t.zone), r.What, change(r.Before, r.After))
		}
	}
	requests, err := t.away.RequestsIn(t.ctx, t.view(), kavita.Employee, days)
	if err != nil {
		t.err = err
		return
	}
	p.line("\nLeave")
	for _, r := range requests {
		p.line("  %s  %-10s %5s days  %s", r.Period, r.Type, r.Total(), r.State)
	}
	for _, l := range t.letters {
		if l.day.Year() == year {
			p.line("\nLetter of %s: %s", long(l.day), l.Subject)
			p.wrapped(2, l.Body)
		}
	}
	for _, slip := range t.payslips {
		if slip.Period.From.Year() == year && p.err == nil {
			p.line("")
			p.err = slip.Text(p.w)
		}
	}
}
