package pages

import (
	"strings"

	"github.com/musterhr/hr/examples/internal/app"
	"github.com/musterhr/hr/examples/server/internal/login"
)

// link leads to a page.
type link struct {
	Path, Text string
	Current    bool
}

// nav lists the pages that somebody has by what they are. It is a way to them and no permission: each page asks for that itself.
func nav(u login.User, here string) (list []link) {
	add := func(path, text string) {
		list = append(list, link{path, text, here == path || path != "/" && strings.HasPrefix(here, path+"/")})
	}
	add("/", "Start")
	if me := u.Actor.Employee; me != "" {
		own := "/people/" + string(me)
		add(own+"/payslips", "My pay")
		add(own+"/leave", "My leave")
		add(own+"/attendance", "My time")
		add("/team", "Team")
		add("/approvals", "Approvals")
	}
	if u.Has(app.RoleHR, app.RoleAuditor) {
		add("/people", "People")
		add("/hiring", "Hiring")
		add("/movements", "Joiners and leavers")
		add("/due", "Due")
	}
	if u.Actor.Employee != "" || u.Has(app.RoleAuditor) {
		add("/organisation", "Organisation")
	}
	if u.Has(app.RolePreparer, app.RoleApprover, app.RoleAuditor) {
		add("/payroll", "Payroll")
	}
	return list
}
