package pages

import (
	"context"
	"net/http"
	"strings"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/examples/server/internal/desk"
	"github.com/musterhr/hr/payroll"
)

func (p *Pages) review(a adder) {
	a.get("/payroll/runs/{run}/review", p.reviewPage)
	a.post("/payroll/runs/{run}/review", p.resolve)
}

// reviewPage is what is unusual about a payroll, and who has said why it is right.
type reviewPage struct {
	Run      payroll.Run
	Unusual  []unusual
	Open     int
	May      bool
	Currency hr.Currency
}

type unusual struct {
	desk.Unusual
	Name string
	By   string // who resolved it
	With map[hr.EmployeeID]string
	Tick bool // the user may resolve it: it is not about themselves
}

func (p *Pages) reviewPage(w http.ResponseWriter, r Request) error {
	run, err := r.App.Pay.Run(r.Context(), r.View(), payroll.RunID(r.PathValue("run")))
	if err != nil {
		return err
	}
	list, err := p.Unusual(r.Context(), r.User, r.View(), run)
	if err != nil {
		return err
	}
	page := reviewPage{Run: run, Open: len(desk.Open(list)), Currency: r.App.Company.Currency, May: run.State == payroll.RunCalculated && r.allowed("app.Resolve")}
	for _, x := range list {
		u := unusual{Unusual: x, Name: r.name(x.Employee), With: map[hr.EmployeeID]string{}, Tick: page.May && x.Resolved == nil && x.Employee != r.Me()}
		for _, s := range x.Signs {
			for _, other := range s.With {
				u.With[other] = r.name(other)
			}
		}
		if x.Resolved != nil {
			u.By = r.name(hr.EmployeeID(x.Resolved.By))
		}
		page.Unusual = append(page.Unusual, u)
	}
	p.Show(w, r.Request, http.StatusOK, "review.html", page)
	return nil
}

// resolve says why what was ticked is right.
func (p *Pages) resolve(ctx context.Context, r Request) (string, string, error) {
	var refs []desk.UnusualRef
	for _, ticked := range r.PostForm["unusual"] {
		employee, digest, _ := strings.Cut(ticked, "|")
		refs = append(refs, desk.UnusualRef{Employee: hr.EmployeeID(employee), Digest: digest})
	}
	err := p.Resolve(ctx, r.User, r.command(r.PostFormValue("reason")), payroll.RunID(r.PathValue("run")), refs...)
	return runPath(r) + "/review", "Your reason is on record.", err
}
