package payroll

import (
	"strings"

	"github.com/musterhr/hr"
)

// DayCount names the rule by which a monthly amount is paid for part of a month. Every rule pays a full month in full, pays nothing
// where no day is payable, and never less than nothing; a raise is one piece of the month after another, each at its own rate; and
// cutting the month anywhere else changes no total. They differ in what a day is worth. The zero DayCount is no rule.
//
//	rule            joins, leaves, raise                   an unpaid day costs
//	calendar days   calendar days / days of the period     1 / days of the period; a Sunday as much as a Monday
//	working days    working days / those of the period     its part of them; a weekly off or a holiday costs nothing
//	fixed 26        calendar days / days of the period     1/26
//	fixed 30        thirtieths, see below                  1/30, the 31st too
//	hours           planned minutes / those of the period  its planned minutes / those of the period
//
// Fixed 26 is the Indian habit of a month of 26 paid days beside the weekly offs, by which gratuity is reckoned too (15/26 of a month's
// wages, Code on Social Security 2020, s. 53). A rate for an absent day says nothing about days before joining or after leaving: these
// go by calendar days, so that the parts of two people who share a month make one month.
//
// Fixed 30 is a month of thirty days, as in 5 U.S.C. 5505: a day's pay is a thirtieth; the 31st is ignored, save that an unpaid 31st
// costs a day; for each day before joining a day's pay is lost. So who joins on the 12th gets 19/30 in any month, on 16 February 15/30,
// on the 31st nothing; who leaves on the 12th gets 12/30, and on the last day, be it 28 February or the 31st, the whole month.
//
// Fixed 26 and fixed 30 are for monthly pay periods, such as the 26th to the 25th, whose days then count from the first of it. Unpaid days
// may cost less than a whole short month, or more than a long one: nothing payable is nothing paid, and pay stops at zero.
//
// Hours reads what was planned for each day, so a long day costs more than a short one, and the band [BandUnpaid] of the timesheet,
// to the minute. Working days and hours need [Input.Schedule].
type DayCount string

// The rules.
const (
	CalendarDays   DayCount = "calendar days"
	WorkingDays    DayCount = "working days"
	Fixed26        DayCount = "fixed 26"
	Fixed30        DayCount = "fixed 30"
	ScheduledHours DayCount = "hours"
)

// DayCounts lists the rules, for a screen to choose from.
func DayCounts() []DayCount {
	return []DayCount{CalendarDays, WorkingDays, Fixed26, Fixed30, ScheduledHours}
}

// dayCountTexts are the inputs of each rule and its formula, in which RATE stands for the monthly amount.
var dayCountTexts = map[DayCount]struct{ inputs, formula string }{
	CalendarDays: {
		"input payable_days: days by piece\ninput period_days: days\n",
		"pieces(RATE * payable_days / period_days)",
	},
	WorkingDays: {
		"input payable_working_days: days by piece\ninput working_days: days\n",
		"pieces(RATE * payable_working_days / working_days)",
	},
	Fixed26: {
		"input payable_days: days by piece\ninput unpaid_days: days by piece\ninput piece_days: days by piece\ninput period_days: days\n",
		"if pieces(payable_days) = 0 days then 0 else max(0, pieces(RATE * (piece_days / period_days - unpaid_days / 26 days)))",
	},
	Fixed30: {
		"input payable_days: days by piece\ninput unpaid_days: days by piece\ninput piece_days_of_30: days by piece\n",
		"if pieces(payable_days) = 0 days then 0 else max(0, pieces(RATE * (piece_days_of_30 - unpaid_days) / 30 days))",
	},
	ScheduledHours: {
		"input payable_minutes: count by piece\ninput scheduled_minutes: count\n",
		"pieces(RATE * payable_minutes / scheduled_minutes)",
	},
}

// Proration makes the component of a monthly amount that is paid by a [DayCount]: a text in the formula language like any other,
// which a host may store and change.
type Proration struct {
	Rule DayCount
	Rate string // the input with the amount of a full month, such as "basic": a pay term; it may change inside the period
	Line string // how the line begins, up to its formula: `line basic_pay "Basic" in earnings, wages`
	Step string // what the sum over the pieces is rounded to, once and half up; empty is 0.01
}

// Component returns the text, or [hr.FieldError]s for a rule that there is not (RuleDayCount) and for a missing rate or line. Whether
// these are well written shows in [Compile].
func (p Proration) Component() (Component, error) {
	var faults hr.Faults
	text, known := dayCountTexts[p.Rule]
	if !known {
		names := make([]string, 0, len(dayCountTexts))
		for _, r := range DayCounts() {
			names = append(names, string(r))
		}
		faults.Add("rule", RuleDayCount, "must be one of: %s", strings.Join(names, ", "))
	}
	if p.Rate == "" {
		faults.Missing("rate", RuleDayCount)
	}
	words := strings.Fields(p.Line)
	if len(words) == 0 {
		faults.Missing("line", RuleDayCount)
	}
	if faults.Any() {
		return Component{}, faults.Err()
	}
	step := p.Step
	if step == "" {
		step = "0.01"
	}
	return Component{
		Name: words[min(1, len(words)-1)],
		Text: "input " + p.Rate + ": money by piece\n" + text.inputs +
			"\n" + p.Line + "\n   = round(" + strings.ReplaceAll(text.formula, "RATE", p.Rate) + ", " + step + ")\n",
	}, nil
}
