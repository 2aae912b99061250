package payroll

import (
	"fmt"
	"slices"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll/formula"
	"github.com/shopspring/decimal"
)

// WorkDay is what was planned for one day of a pay period, whether or not the employee was employed on it.
type WorkDay struct {
	Date    hr.Date
	Part    decimal.Decimal // how much of a working day it is: 1, 0.5 for half of one, 0 for a weekly off or a holiday
	Minutes int             // of planned work, unpaid breaks taken off
}

// ScheduleOf plans every day of p by a calendar: a whole working day has the given minutes and half of one half of them, in whole
// minutes. A host whose days differ (long Mondays, shifts) makes its own list of [WorkDay]. It returns the error of
// [hr.Calendar.Days] for a period that the calendar does not know.
func ScheduleOf(c hr.Calendar, p hr.Period, minutes int) ([]WorkDay, error) {
	days, err := c.Days(p)
	if err != nil {
		return nil, err
	}
	out := make([]WorkDay, len(days))
	for i, d := range days {
		out[i] = workDay(d, minutes)
	}
	return out, nil
}

func workDay(d hr.Day, minutes int) WorkDay {
	return WorkDay{Date: d.Date, Part: decimal.New(int64(d.Halves)*5, -1), Minutes: minutes * d.Halves / 2}
}

// scheduleInputs are answered from the schedule and the timesheet; those by piece are sums over the employed days of a piece.
var scheduleInputs = map[string]struct {
	unit    formula.Unit
	byPiece bool
}{
	"working_days": {formula.Days, false}, "scheduled_minutes": {formula.Count, false},
	"piece_working_days": {formula.Days, true}, "payable_working_days": {formula.Days, true}, "unpaid_working_days": {formula.Days, true},
	"piece_minutes": {formula.Count, true}, "payable_minutes": {formula.Count, true},
}

// BandUnpaid is the band of a timesheet with planned minutes that are not paid on a day that otherwise is: an hour away, a late start.
const BandUnpaid = "unpaid"

func (p *Plan) asksForSchedule() bool {
	return slices.ContainsFunc(p.fills, func(f fill) bool { return f.kind == fromSchedule })
}

// checkSchedule makes sure that a plan that asks for working days or planned hours is told every day of the period.
func (w *prepared) checkSchedule(faults *hr.Faults, p *Plan) {
	if !p.asksForSchedule() {
		return
	}
	if len(w.in.Schedule) != w.in.Period.Len() {
		faults.Add("schedule", RuleInputSchedule, "must have each day of %s once: the plan asks for working days or planned hours", w.in.Period)
		return
	}
	one := decimal.NewFromInt(1)
	for i, d := range w.in.Schedule {
		at := fmt.Sprintf("schedule[%d]", i)
		if d.Date != w.in.Period.From.Add(i) {
			faults.Add(at+".date", RuleInputSchedule, "must be %s: the days of the period in order", w.in.Period.From.Add(i))
		}
		if d.Part.Sign() < 0 || d.Part.Cmp(one) > 0 {
			faults.Add(at+".part", RuleInputSchedule, "must be from 0 to 1")
		}
		if d.Minutes < 0 || d.Minutes > 24*60 {
			faults.Add(at+".minutes", RuleInputSchedule, "must be from 0 to 1440")
		}
	}
	for _, d := range w.in.Timesheet.Days {
		if w.in.Period.Contains(d.Date) && w.payableMinutes(w.in.Schedule[d.Date.Since(w.in.Period.From)], d.Payable).Sign() < 0 {
			faults.Add("timesheet.days", RuleInputTimesheet, "%s has more unpaid minutes than were planned and payable", d.Date)
		}
	}
}

func (w *prepared) fillSchedule(i int, in formula.Input) {
	if !scheduleInputs[in.Name].byPiece {
		w.request.Values[i] = formula.Number(w.fromSchedule(in.Name, w.in.Period))
		return
	}
	whole := decimal.Zero
	for j := range w.request.Pieces {
		v := w.fromSchedule(in.Name, w.request.Pieces[j].Period)
		w.request.Pieces[j].Values[i] = formula.Number(v)
		whole = whole.Add(v)
	}
	w.request.Values[i] = formula.Number(whole)
}

// fromSchedule answers one input over the days of a piece, or of the whole period for the inputs of the period.
func (w *prepared) fromSchedule(name string, over hr.Period) decimal.Decimal {
	sum, one := decimal.Zero, decimal.NewFromInt(1)
	for _, d := range w.in.Schedule {
		if !over.Contains(d.Date) {
			continue
		}
		payable := one
		if sheet := w.in.Timesheet; !sheet.Period.IsZero() && scheduleInputs[name].byPiece {
			payable = sheet.PayableIn(hr.Period{From: d.Date, Through: d.Date})
		}
		switch name {
		case "working_days", "piece_working_days":
			sum = sum.Add(d.Part)
		case "payable_working_days":
			sum = sum.Add(d.Part.Mul(payable))
		case "unpaid_working_days":
			sum = sum.Add(d.Part.Mul(one.Sub(payable)))
		case "scheduled_minutes", "piece_minutes":
			sum = sum.Add(decimal.NewFromInt(int64(d.Minutes)))
		case "payable_minutes":
			sum = sum.Add(w.payableMinutes(d, payable))
		}
	}
	return sum
}

// payableMinutes is the payable share of the minutes planned for a day, without those of the band [BandUnpaid].
func (w *prepared) payableMinutes(d WorkDay, payable decimal.Decimal) decimal.Decimal {
	short := w.in.Timesheet.Minutes(BandUnpaid, hr.Period{From: d.Date, Through: d.Date})
	return decimal.NewFromInt(int64(d.Minutes)).Mul(payable).Sub(decimal.NewFromInt(int64(short)))
}

// thirtieth numbers the days of a pay period as if it had thirty: the 31st has no number of its own, and the last day brings the
// count to thirty. The day before the first is 0.
func (w *prepared) thirtieth(d hr.Date) int {
	if d == w.in.Period.Through {
		return 30
	}
	return min(30, d.Since(w.in.Period.From)+1)
}
