package company

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
)

const (
	filePunches     = "punches.csv"
	fileCorrections = "corrections.csv"
)

// spill is how far around the month punches may lie: a night shift of the day before ends in the month.
const spill = 2

// punches reads what the clocks at the gates recorded.
func (r *reader) punches(c *Company, all staff) {
	s := r.sheet(filePunches, false, "employee", "at", "direction", "device")
	type key struct {
		employee hr.EmployeeID
		at       int64
	}
	at := map[key]row{}
	mine := map[hr.EmployeeID][]attendance.Punch{}
	for _, w := range s.rows {
		m := all.of(w)
		p := attendance.Punch{
			At: w.instant("at", c.Zone), Direction: attendance.Direction(w.choice("direction", "in", "out", "")),
			Device: w.optional("device"), Source: attendance.FromImport,
		}
		if m == nil || p.At.IsZero() {
			continue
		}
		p.Employee = m.ID()
		k := key{p.Employee, p.At.UnixNano()}
		if before, twice := at[k]; twice {
			if before.optional("direction") != w.optional("direction") || before.optional("device") != p.Device {
				w.fault("at", RuleDuplicate, "differs from line %d, which has the same employee and second", before.line)
			}
			continue // the same row again says nothing new
		}
		at[k] = w
		mine[p.Employee] = append(mine[p.Employee], p)
	}
	for _, m := range all.sorted() {
		punches := mine[m.ID()]
		r.employedAt(c, m, punches, func(p attendance.Punch) row { return at[key{p.Employee, p.At.UnixNano()}] })
		c.Punches = append(c.Punches, punches...)
	}
	slices.SortFunc(c.Punches, func(a, b attendance.Punch) int {
		return cmp.Or(cmp.Compare(a.Employee, b.Employee), a.At.Compare(b.At))
	})
}

// employedAt reports punches that belong to no day on which the employee is employed, or to no day near the month. A punch after
// midnight belongs to the shift that began the evening before, so the question is put to attendance.
func (r *reader) employedAt(c *Company, m *member, punches []attendance.Punch, at func(attendance.Punch) row) {
	shift, ok := c.Shifts[m.Hire.Terms.Shift]
	if !ok || c.Period.IsZero() {
		return
	}
	around := hr.Period{From: c.Period.From.Add(-spill), Through: c.Period.Through.Add(spill)}
	var days []attendance.WorkDay
	employed := map[hr.Date]bool{}
	for d := range around.Days() {
		day := attendance.WorkDay{Date: d}
		if employed[d] = m.Period().Contains(d); employed[d] {
			day.Shift = shift
		}
		days = append(days, day)
	}
	owned, strays, err := attendance.Assign(days, punches)
	if err != nil {
		return // the shift is at fault, and told
	}
	for _, d := range owned {
		for _, p := range slices.Concat(d.Inside, d.Outside) {
			if !employed[d.Date] {
				reason := fmt.Sprintf("is before they join on %s", m.Hire.Start)
				if !m.LastDay.IsZero() && d.Date.After(m.LastDay) {
					reason = fmt.Sprintf("is after they left on %s", m.LastDay)
				}
				at(p).fault("at", attendance.RulePunchNotEmployed, "%s", reason)
			}
		}
	}
	for _, p := range strays {
		at(p).fault("at", RuleValue, "lies outside the month that is closed, %s", c.Period)
	}
	for _, p := range punches {
		if !c.ClosedAt.IsZero() && p.At.After(c.ClosedAt) {
			at(p).fault("at", attendance.RulePunchFuture, "is later than closed_at in %s", fileCompany)
		}
	}
}

// corrections reads punches that somebody else puts in where one is missing.
func (r *reader) corrections(c *Company, all staff) {
	s := r.sheet(fileCorrections, false, "employee", "at", "direction", "reason", "approved_by")
	seen := map[string]int{}
	for _, w := range s.rows {
		m := all.of(w)
		by := w.text("approved_by")
		if by != "" && all[by] == nil && len(all) > 0 && !r.broken[fileEmployees] {
			w.fault("approved_by", RuleUnknown, "is not in %s", fileEmployees)
		}
		x := Correction{Row: w.place(), Reason: w.text("reason"), ApprovedBy: hr.EmployeeID(by), Correction: attendance.Correction{
			At: w.instant("at", c.Zone), Direction: attendance.Direction(w.choice("direction", "in", "out")),
		}}
		if m == nil || x.At.IsZero() || !w.once(seen, "at", string(m.ID())+x.At.String(), "a correction of this employee and time") {
			continue
		}
		if x.Employee = m.ID(); x.ApprovedBy == m.ID() {
			w.fault("approved_by", attendance.RuleCorrectionSelf, "must be somebody else than the employee")
		}
		r.employedAt(c, m, []attendance.Punch{{Employee: x.Employee, At: x.At}}, func(attendance.Punch) row { return w })
		c.Corrections = append(c.Corrections, x)
	}
	slices.SortFunc(c.Corrections, func(a, b Correction) int {
		return cmp.Or(cmp.Compare(a.Employee, b.Employee), a.At.Compare(b.At))
	})
}
