package leave

import (
	"cmp"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
)

// Away is the fact that an employee is on leave on a day, kept with two times: its entry's Period is the day, and a
// cancellation withdraws it. A day off that the sandwich rule counts is a day away like any other, so unpaid leave around a
// weekend costs the weekend where the policy says so.
type Away struct {
	Type    TypeID          `json:"type" class:"private"`
	Half    hr.HalfOfDay    `json:"half,omitempty" class:"private"` // the part that counts; of a half working day, the half worked
	Hours   decimal.Decimal `json:"hours,omitzero" class:"private"` // of leave by the hour; zero for whole and half days
	Paid    decimal.Decimal `json:"paid" class:"private"`           // the share of pay that goes on, as the policy said on approval, or by its steps as they stand
	Request RequestID       `json:"request" class:"public"`
}

// AwayEntry is a fact of who is away.
type AwayEntry = hr.Entry[Away]

// absences turns the live facts of one employee into what attendance is given, by date.
func absences(employee hr.EmployeeID, live []AwayEntry) []hr.Absence {
	var out []hr.Absence
	for _, e := range live {
		ref := e.Value.Request.Ref()
		ref.Seq = e.Seq
		out = append(out, hr.Absence{
			Employee: employee, Date: e.Period.From, Half: e.Value.Half, Minutes: minutes(e.Value.Hours),
			Type: string(e.Value.Type), Paid: e.Value.Paid, Ref: ref,
		})
	}
	slices.SortFunc(out, func(a, b hr.Absence) int { return cmp.Or(a.Date.Compare(b.Date), cmp.Compare(a.Half, b.Half)) })
	return out
}

// minutes returns hours as whole minutes, half a minute upward: attendance counts no less.
func minutes(hours decimal.Decimal) int {
	return int(hours.Mul(decimal.NewFromInt(60)).Round(0).IntPart())
}

// changed compares who was away as known at k with what is known today: one change for each request and run of days that
// follow one another, by first day.
func changed(employee hr.EmployeeID, h hr.History[Away], k hr.Seq) []hr.Change {
	then, now := h.Live(k), h.Live(0)
	type day struct {
		request RequestID
		date    hr.Date
	}
	seen := map[string]bool{}
	for _, e := range then {
		seen[e.ID] = true
	}
	var days []day
	still := map[string]bool{}
	for _, e := range now {
		still[e.ID] = true
		if !seen[e.ID] {
			days = append(days, day{e.Value.Request, e.Period.From})
		}
	}
	for _, e := range then {
		if !still[e.ID] {
			days = append(days, day{e.Value.Request, e.Period.From})
		}
	}
	slices.SortFunc(days, func(a, b day) int { return cmp.Or(cmp.Compare(a.request, b.request), a.date.Compare(b.date)) })
	var out []hr.Change
	for _, d := range slices.Compact(days) {
		if n := len(out); n > 0 && out[n-1].Cause.ID == string(d.request) && out[n-1].Period.Through.Add(1) == d.date {
			out[n-1].Period.Through = d.date
			continue
		}
		out = append(out, hr.Change{Employee: employee, Period: hr.Period{From: d.date, Through: d.date}, Cause: d.request.Ref()})
	}
	slices.SortStableFunc(out, func(a, b hr.Change) int {
		return cmp.Or(a.Period.From.Compare(b.Period.From), cmp.Compare(a.Cause.ID, b.Cause.ID))
	})
	return out
}
