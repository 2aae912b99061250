package pages

import (
	"context"
	"net/http"
	"slices"
	"time"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/examples/server/internal/desk"
	"github.com/musterhr/hr/storage"
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
	Talks    []desk.Talk
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
		if s.Punches, err = punchesToday(ctx, r); err != nil {
			return err
		}
		if s.Talks, err = desk.Talks(ctx, r.App, s.Employee); err != nil {
			return err
		}
		s.Talks = slices.DeleteFunc(s.Talks, func(t desk.Talk) bool { return t.Mine != nil })
	}
	p.Show(w, r.Request, http.StatusOK, "home.html", s)
	return nil
}

// punchesToday are when the user came and went today, one without the other too: of those a day has no session.
func punchesToday(ctx context.Context, r Request) (list []time.Time, err error) {
	me, today := r.Me(), r.App.Today()
	if err := storage.May(ctx, r.App.Kit, r.View(), "attendance.Days", me); err != nil {
		return nil, err
	}
	entries, err := r.App.Store.PunchesOf(ctx, []hr.Pin{{Employee: me}}, hr.Period{From: today.Add(-1), Through: today.Add(1)}) // by the day in UTC
	if err != nil {
		return nil, err
	}
	withdrawn := map[string]bool{}
	for _, e := range entries[0] {
		withdrawn[e.Withdraws] = true
	}
	for _, e := range entries[0] {
		if at := e.Value.At; !e.Void && e.Withdraws == "" && !withdrawn[e.ID] && hr.DateOf(at, r.App.Company.Zone) == today {
			list = append(list, at)
		}
	}
	slices.SortFunc(list, time.Time.Compare)
	return list, nil
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
