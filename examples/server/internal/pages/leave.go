package pages

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/examples/server/internal/desk"
	"github.com/musterhr/hr/leave"
)

func (p *Pages) leave(a adder) {
	a.get("/people/{employee}/leave", p.leavePage)
	a.post("/people/{employee}/leave", askLeave)
	a.post("/people/{employee}/leave/{id}/withdrawal", func(ctx context.Context, r Request) (string, string, error) {
		return leaveOf(r), "Your request is withdrawn. Nothing was taken from your balance.", r.App.Leave.Withdraw(ctx, r.command(""), leave.RequestID(r.PathValue("id")))
	})
	a.post("/people/{employee}/leave/{id}/cancellation", func(ctx context.Context, r Request) (string, string, error) {
		return leaveOf(r), "The leave is cancelled, and its days are back in your balance.", r.App.Leave.Cancel(ctx, r.command(""), leave.RequestID(r.PathValue("id")))
	})
	a.get("/team", p.team)
}

func leaveOf(r Request) string { return "/people/" + path(r.PathValue("employee")) + "/leave" }

// leavePage is what somebody has left, and what they have asked for.
type leavePage struct {
	Employee hr.EmployeeID
	Name     string
	Mine     bool
	Today    hr.Date
	Balances []balance
	Requests []leaveRequest
	Month    hr.Date
	Before   string
	After    string
	Weeks    [][]calendarDay
}

type balance struct {
	Type leave.TypeID
	Name string
	Unit string // "day"
	Left decimal.Decimal
	Lots []leave.Lot
}

type leaveRequest struct {
	leave.Request
	Name       string
	Waits      []string
	Withdrawn  bool // it may be
	Cancelable bool
}

// calendarDay is a day of a month.
type calendarDay struct {
	Date  hr.Date // zero: of another month
	Class string
	What  string
	Today bool
}

func (p *Pages) leavePage(w http.ResponseWriter, r Request) error {
	ctx, employee, today := r.Context(), hr.EmployeeID(r.PathValue("employee")), r.App.Today()
	first := monthAsked(r, today)
	page := leavePage{
		Employee: employee, Name: r.name(employee), Mine: employee == r.Me(), Today: today, Month: first,
		Before: first.Add(-1).String()[:7], After: first.EndOfMonth().Add(1).String()[:7],
	}
	var err error
	if page.Balances, err = balances(ctx, r, employee, today); err != nil {
		return err
	}
	if err := r.there(employee); err != nil {
		return err
	}
	year := hr.Period{From: first.Add(-180), Through: first.Add(366)}
	requests, err := r.App.Leave.RequestsIn(ctx, r.View(), employee, year)
	if err != nil {
		return err
	}
	away := map[hr.Date]leave.Request{}
	for _, q := range requests {
		if q, err = desk.Show(ctx, r.App, r.View(), "leave.RequestsIn", q, employee); err != nil {
			return err
		}
		row := leaveRequest{Request: q, Name: leaveName(r, q.Type, q.Period.From)}
		switch q.State {
		case leave.Requested:
			row.Waits, row.Withdrawn = r.waits(q.Approval), page.Mine
		case leave.Approved:
			row.Cancelable = page.Mine && q.Period.From.After(today)
		}
		if q.Live() {
			for _, d := range q.Days {
				away[d.Date] = q
			}
		}
		page.Requests = append(page.Requests, row)
	}
	slices.SortStableFunc(page.Requests, func(x, y leaveRequest) int { return y.Period.From.Compare(x.Period.From) })
	if page.Weeks, err = weeks(ctx, r, employee, first, away); err != nil {
		return err
	}
	p.Show(w, r.Request, http.StatusOK, "leave.html", page)
	return nil
}

// monthAsked is the first day of the month of the query, or of the day where it has none.
func monthAsked(r Request, d hr.Date) hr.Date {
	if asked, err := hr.ParseDate(r.URL.Query().Get("month") + "-01"); err == nil {
		return asked
	}
	return d.FirstOfMonth()
}

// balances returns what somebody has left on a day, of each leave type that has a policy then.
func balances(ctx context.Context, r Request, employee hr.EmployeeID, on hr.Date) (list []balance, err error) {
	lots, err := r.App.Leave.Lots(ctx, r.View(), employee, on)
	if err != nil {
		return nil, err
	}
	for t, steps := range r.App.Leave.Policies {
		policy, ok := steps.At(on)
		if !ok {
			continue
		}
		b := balance{Type: t, Name: policy.Name, Unit: "day"}
		if policy.Unit == leave.Hours {
			b.Unit = "hour"
		}
		if b.Left, err = r.App.Leave.Balance(ctx, r.View(), employee, t, on); err != nil {
			return nil, err
		}
		for _, l := range lots {
			if l.Type == t {
				b.Lots = append(b.Lots, l)
			}
		}
		list = append(list, b)
	}
	slices.SortFunc(list, func(x, y balance) int { return strings.Compare(x.Name, y.Name) })
	return list, nil
}

func leaveName(r Request, t leave.TypeID, on hr.Date) string {
	if policy, ok := r.App.Leave.Policies[t].At(on); ok {
		return policy.Name
	}
	return string(t)
}

// waits lists whose decision an approval waits for.
func (r Request) waits(a hr.Approval) (who []string) {
	for _, level := range a.Open() {
		for _, id := range a.Levels[level].Approvers {
			name := r.name(hr.EmployeeID(id))
			if name == string(id) && hr.EmployeeID(id) == r.manager() {
				name = "your manager (" + name + ")"
			}
			if !slices.Contains(who, name) {
				who = append(who, name)
			}
		}
	}
	return who
}

// manager is who the user reports to; empty: nobody.
func (r Request) manager() hr.EmployeeID {
	if r.Me() == "" {
		return ""
	}
	people, err := stand(r.Context(), r, r.App.Today(), r.Me())
	if err != nil {
		return "" // then it is the number that is shown
	}
	return people[0].Terms.Manager
}

// weeks lays a month out, Monday first, with what is on each day for somebody.
func weeks(ctx context.Context, r Request, employee hr.EmployeeID, first hr.Date, away map[hr.Date]leave.Request) (list [][]calendarDay, err error) {
	pins, err := r.App.Kit.Know.Heads(ctx, employee)
	if err != nil {
		return nil, err
	}
	lines, err := r.App.Stand(ctx, pins)
	if err != nil {
		return nil, err
	}
	week := make([]calendarDay, (int(first.Weekday())+6)%7)
	for d := range hr.MonthOf(first).Days() {
		day := calendarDay{Date: d, Today: d == r.App.Today()}
		if terms, ok := lines[0].At(d); ok {
			if q, is := away[d]; is {
				day.What, day.Class = leaveName(r, q.Type, d), "away"
				if q.State == leave.Requested {
					day.What, day.Class = day.What+", not approved yet", "asked"
				}
			} else if calendar, known := r.App.Company.Calendars[terms.Calendar]; known {
				switch off, err := calendar.Day(d); {
				case err != nil: // a day that the calendar does not know yet
				case off.Holiday != "":
					day.What, day.Class = off.Holiday, "holiday"
				case !off.Working():
					day.What, day.Class = "Day off", "off"
				}
			}
		}
		if week = append(week, day); len(week) == 7 {
			list, week = append(list, week), nil
		}
	}
	if len(week) > 0 {
		list = append(list, append(week, make([]calendarDay, 7-len(week))...))
	}
	return list, nil
}

func askLeave(ctx context.Context, r Request) (string, string, error) {
	from, through, err := fromThrough(r)
	if err != nil {
		return "", "", err
	}
	a := leave.Application{
		Employee: hr.EmployeeID(r.PathValue("employee")), Type: leave.TypeID(r.PostFormValue("type")), Period: hr.Period{From: from, Through: through}, Reason: strings.TrimSpace(r.PostFormValue("reason")),
	}
	switch r.PostFormValue("half") {
	case "first":
		a.ThroughHalf = hr.FirstHalf
	case "second":
		a.FromHalf = hr.SecondHalf
	}
	_, err = r.App.Leave.Apply(ctx, r.command(""), a)
	return leaveOf(r), "Your request is sent. You see below whose answer it waits for.", err
}

// fromThrough reads two days of a form; without the second it is one day.
func fromThrough(r Request) (from, through hr.Date, err error) {
	var faults hr.Faults
	from = dayField(r, "from", &faults)
	through = from
	if r.PostFormValue("through") != "" {
		through = dayField(r, "through", &faults)
	}
	return from, through, faults.Err()
}

// dayField reads a day of a form.
func dayField(r Request, name string, faults *hr.Faults) hr.Date {
	d, err := hr.ParseDate(r.FormValue(name))
	if err != nil {
		faults.Add(name, hr.RuleInvalid, "must be a day, such as 2026-11-09")
	}
	return d
}

// teamPage is who of a team is away in a month.
type teamPage struct {
	Month         hr.Date
	Before, After string
	Days          []hr.Date
	Rows          []teamRow
	Away          []awayDay
}

type teamRow struct {
	Employee hr.EmployeeID
	Name     string
	Days     []calendarDay
}

type awayDay struct {
	Date hr.Date
	Name string
	What string
}

func (p *Pages) team(w http.ResponseWriter, r Request) error {
	ctx, first := r.Context(), monthAsked(r, r.App.Today())
	month := hr.MonthOf(first)
	page := teamPage{Month: first, Before: first.Add(-1).String()[:7], After: month.Through.Add(1).String()[:7], Days: slices.Collect(month.Days())}
	ids, err := r.App.Reports(ctx, r.Me())
	if err != nil {
		return err
	}
	if len(ids) > 0 {
		pins, err := r.App.Kit.Know.Heads(ctx, ids...)
		if err != nil {
			return err
		}
		calendar, err := r.App.Leave.TeamCalendar(ctx, r.View(), pins, month)
		if err != nil {
			return err
		}
		lines, err := r.App.Stand(ctx, pins)
		if err != nil {
			return err
		}
		names := r.names(ids...)
		away := map[hr.EmployeeID]map[hr.Date]string{}
		for _, d := range calendar {
			what := leaveName(r, d.Type, d.Date)
			if d.Half != "" {
				what = "Half a day: " + what
			}
			if away[d.Employee] == nil {
				away[d.Employee] = map[hr.Date]string{}
			}
			away[d.Employee][d.Date] = what
			page.Away = append(page.Away, awayDay{d.Date, names[d.Employee], what})
		}
		for i, id := range ids {
			row := teamRow{Employee: id, Name: names[id]}
			for _, d := range page.Days {
				cell := calendarDay{Date: d, Today: d == r.App.Today()}
				terms, _ := lines[i].At(d)
				if what, is := away[id][d]; is {
					cell.Class, cell.What = "away", what
				} else if off, err := r.App.Company.Calendars[terms.Calendar].Day(d); err == nil && !off.Working() {
					cell.Class, cell.What = "off", "Day off"
				}
				row.Days = append(row.Days, cell)
			}
			page.Rows = append(page.Rows, row)
		}
	}
	p.Show(w, r.Request, http.StatusOK, "team.html", page)
	return nil
}
