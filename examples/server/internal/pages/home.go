package pages

import (
	"net/http"
	"time"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/examples/server/internal/desk"
)

// start is the page after the login.
type start struct {
	Today    hr.Date
	Employee hr.EmployeeID
	Waiting  []desk.Waiting
	Names    map[hr.EmployeeID]string
	Balances []balance
	Last     *payday
	Currency hr.Currency
	Zone     *time.Location
	Punches  []time.Time
}

func (p *Pages) home(w http.ResponseWriter, r Request) error {
	ctx := r.Context()
	s := start{Today: r.App.Today(), Employee: r.Me(), Currency: r.App.Company.Currency, Zone: r.App.Company.Zone}
	var err error
	if s.Waiting, err = p.Inbox(ctx, r.User); err != nil {
		return err
	}
	s.Names = p.subjects(r, s.Waiting)
	if s.Employee != "" {
		if s.Balances, err = balances(ctx, r, s.Employee, s.Today); err != nil {
			return err
		}
		paid, err := p.Paid(ctx, r.User, r.View(), s.Employee)
		if err != nil {
			return err
		}
		for _, x := range paid {
			if s.Last == nil || x.Run.PayDate.After(s.Last.Run.PayDate) {
				d := paydayOf(x)
				s.Last = &d
			}
		}
		days, err := r.App.Time.Days(ctx, r.View(), s.Employee, hr.Period{From: s.Today, Through: s.Today})
		if err != nil {
			return err
		}
		for _, d := range days {
			for _, x := range d.Sessions {
				s.Punches = append(s.Punches, x.In.At, x.Out.At)
			}
		}
	}
	p.Show(w, r.Request, http.StatusOK, "home.html", s)
	return nil
}

// subjects returns what those are called who something waits about.
func (p *Pages) subjects(r Request, list []desk.Waiting) map[hr.EmployeeID]string {
	out := map[hr.EmployeeID]string{}
	for _, x := range list {
		if x.Subject != "" {
			out[x.Subject] = r.name(x.Subject)
		}
	}
	return out
}
