package report

import (
	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
	"github.com/musterhr/hr/examples/internal/company"
	"github.com/musterhr/hr/leave"
	"github.com/musterhr/hr/payroll"
)

// Month is what came of one month. Slips, Sheets and Terms are in the same order: by employee.
type Month struct {
	company.Company
	Slips   []payroll.Payslip
	Sheets  []hr.Timesheet
	Terms   []hr.Timeline[hr.Terms]
	Days    map[hr.EmployeeID]Days
	Leave   []LeaveOf
	Journal payroll.Journal
	Batch   payroll.PaymentBatch
}

// Days are the days of one employee in the month.
type Days []attendance.Day

// LeaveOf is the leave of one employee: the lots at the end of the month, and the requests that touch it.
type LeaveOf struct {
	Employee hr.EmployeeID
	Lots     []leave.Lot
	Requests []leave.Request
}

// terms returns what held for the i-th employee on their last day in the month.
func (m Month) terms(i int) (last hr.Terms) {
	for _, t := range m.Terms[i].Over(m.Period) {
		last = t
	}
	return last
}

// employed returns how many days of the month the i-th employee was employed, by their terms.
func (m Month) employed(i int) (days int) {
	for piece := range m.Terms[i].Over(m.Period) {
		days += piece.Len()
	}
	return days
}
