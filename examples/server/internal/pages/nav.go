package pages

import (
	"strings"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/examples/internal/app"
	"github.com/musterhr/hr/examples/server/internal/login"
)

// link leads to a page.
type link struct {
	Path, Text string
	Current    bool
}

// company are the pages about more than oneself, each with what it asks the policy for.
var company = []struct{ path, text, verb string }{
	{"/people", "People", "lifecycle.Employees"},
	{"/hiring", "Hiring", "recruitment.OpeningsAfter"},
	{"/movements", "Joiners and leavers", verbMovements},
	{"/due", "Due", "lifecycle.Due"},
	{"/organisation", "Organisation", "lifecycle.Organisation"},
	{"/payroll", "Payroll", "payroll.Run"},
}

// nav lists the pages that somebody may see. Each page asks for that itself.
func nav(u login.User, a *app.App, here string) (list []link) {
	me := u.Actor.Employee
	own := "/people/" + string(me)
	mine := me != "" && (strings.HasPrefix(here, own+"/") || strings.Contains(here, "/payslips/"+string(me)))
	add := func(path, text string, inside bool) {
		list = append(list, link{path, text, here == path || inside && strings.HasPrefix(here, path+"/")})
	}
	add("/", "Start", false)
	if me != "" {
		add(own+"/payslips", "My pay", true)
		list[len(list)-1].Current = mine && strings.Contains(here, "/payslips")
		add(own+"/leave", "My leave", true)
		add(own+"/attendance", "My time", true)
		add("/team", "Team", true)
		add("/approvals", "Approvals", true)
	}
	for _, c := range company {
		if a.Kit.Authorize.Decide(hr.Ask{Verb: c.verb, Actor: u.Actor, Purpose: "pages"}).Allow {
			add(c.path, c.text, !mine)
		}
	}
	return list
}
