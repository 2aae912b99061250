package pages

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
)

func (p *Pages) attendance(a adder) {
	a.get("/people/{employee}/attendance", p.attendanceMonth)
	a.post("/punches", punch)
	a.post("/people/{employee}/attendance", askPunch)
}

// attendanceMonth is what the days of a month were.
type attendanceMonth struct {
	Employee      hr.EmployeeID
	Name          string
	Mine          bool
	Month         hr.Date
	Before, After string
	Zone          *time.Location
	Days          []attendance.Day
	Payable       decimal.Decimal
	Unpaid        decimal.Decimal
	Worked        int
	Overtime      int
	Noted         int // days with something out of the ordinary
	Today         hr.Date
}

func (p *Pages) attendanceMonth(w http.ResponseWriter, r Request) error {
	employee := hr.EmployeeID(r.PathValue("employee"))
	first := monthAsked(r, r.App.Today())
	page := attendanceMonth{
		Employee: employee, Name: r.name(employee), Mine: employee == r.Me(), Month: first, Zone: r.App.Company.Zone, Today: r.App.Today(),
		Before: first.Add(-1).String()[:7], After: first.EndOfMonth().Add(1).String()[:7],
	}
	month := hr.MonthOf(first)
	if month.Through.After(page.Today) && !month.From.After(page.Today) {
		month.Through = page.Today // of what is still to come there is nothing to say
	}
	days, err := r.App.Time.Days(r.Context(), r.View(), employee, month)
	if err == nil {
		err = r.there(employee)
	}
	if err != nil {
		return err
	}
	for _, d := range days {
		page.Payable, page.Unpaid = page.Payable.Add(d.Payable), page.Unpaid.Add(d.Unpaid)
		page.Worked, page.Overtime = page.Worked+d.Worked, page.Overtime+d.Overtime
		if len(d.Exceptions) > 0 {
			page.Noted++
		}
	}
	page.Days = days
	p.Show(w, r.Request, http.StatusOK, "attendance.html", page)
	return nil
}

func timeOf(r Request) string { return "/people/" + path(r.PathValue("employee")) + "/attendance" }

// punch comes or goes: oneself, now.
func punch(ctx context.Context, r Request) (string, string, error) {
	now, direction := r.App.Kit.Clock(), attendance.Direction(r.PostFormValue("direction"))
	_, err := r.App.Time.Record(ctx, r.command(""), attendance.Punch{Employee: r.Me(), At: now, Direction: direction, Source: attendance.FromWeb})
	said := "You came at "
	if direction == attendance.Out {
		said = "You left at "
	}
	return "/", said + now.In(r.App.Company.Zone).Format("15:04") + ". It is recorded.", err
}

// askPunch asks for a punch that is missing.
func askPunch(ctx context.Context, r Request) (string, string, error) {
	var faults hr.Faults
	day := dayField(r, "day", &faults)
	at, err := time.ParseInLocation("15:04", r.PostFormValue("time"), time.UTC)
	if err != nil {
		faults.Add("time", hr.RuleInvalid, "must be a time of day, such as 09:30")
	}
	if err := faults.Err(); err != nil {
		return "", "", err
	}
	when := day.At(hr.MustTimeOfDay(at.Format("15:04")), r.App.Company.Zone)
	employee := hr.EmployeeID(r.PathValue("employee"))
	_, err = r.App.Time.Ask(ctx, r.command(""), attendance.Request{
		Kind: attendance.AskCorrection, Employee: employee, Reason: strings.TrimSpace(r.PostFormValue("reason")),
		Corrections: []attendance.Correction{{Employee: employee, At: when, Direction: attendance.Direction(r.PostFormValue("direction"))}},
	})
	return timeOf(r) + "?month=" + day.String()[:7], "Your request is sent to whoever decides. The day changes when they agree.", err
}
