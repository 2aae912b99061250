package in_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/payroll/statutory/in"
)

// What a host spoils is refused at load, by the name of the parameter or table.
func TestASpoiltPackIsRefused(t *testing.T) {
	for _, c := range []struct {
		name  string
		spoil func(p *payroll.Pack)
		path  string
		says  string // of the step: its day, its text, what kind of value it holds
	}{
		{"a schedule without its last row", func(p *payroll.Pack) { table(p, "pt.monthly").Steps[0].Rows = table(p, "pt.monthly").Steps[0].Rows[:2] }, "tables.pt.monthly.steps[0].rows", `the step of 2013-02-01 for "AP", in money`},
		{"rows out of order", func(p *payroll.Pack) {
			rows := table(p, "tax.slabs").Steps[0].Rows
			rows[0], rows[1] = rows[1], rows[0]
		}, "tables.tax.slabs.steps[0].rows[1]", `the step of 2020-04-01 for "new", in percent`},
		{"no source", func(p *payroll.Pack) { p.Params[0].Steps[0].Source = hr.Source{} }, "params." + in.Pack().Params[0].Name + ".steps[0].source", "is required"},
		{"two steps on one day", func(p *payroll.Pack) { p.Params[0].Steps[1].Since = p.Params[0].Steps[0].Since }, "params." + in.Pack().Params[0].Name + ".steps[1]", "two steps on 2014-09-01, in percent"},
	} {
		t.Run(c.name, func(t *testing.T) {
			pack := in.Pack()
			c.spoil(&pack)
			remarks := pack.Lint(hr.MustDate("2026-11-24"))
			require.True(t, slices.ContainsFunc(remarks, func(r payroll.Remark) bool { return strings.HasPrefix(r.Path, c.path) }), "%v", remarks)
			_, err := payroll.Compile(payroll.Config{Currency: "INR", Packs: []payroll.Pack{pack}, Components: []payroll.Component{{Name: "office", Text: officeRules}}})
			require.True(t, slices.ContainsFunc(hr.FieldErrors(err), func(f *hr.FieldError) bool {
				return strings.HasPrefix(f.Path, c.path) && strings.Contains(f.Reason, c.says)
			}), "%v", err)
		})
	}
	// Days between two values are no fault and are told: nobody paid in them gets a payslip.
	pack := in.Pack()
	for i := range pack.Params {
		if pack.Params[i].Name == "epf.wage_ceiling" {
			pack.Params[i].Steps[1].Ends = true
		}
	}
	said := false
	for _, remark := range pack.Lint(hr.MustDate("2026-11-24")) {
		said = said || remark.Rule == payroll.RulePackGap && remark.Path == "params.epf.wage_ceiling"
	}
	require.True(t, said)
	x := october()
	x.Period, x.PayDate = hr.MustPeriod("2026-07-01..2026-07-31"), hr.MustDate("2026-07-31")
	plan, err := payroll.Compile(payroll.Config{Currency: "INR", Packs: []payroll.Pack{pack}, Components: []payroll.Component{{Name: "office", Text: officeRules}}})
	require.NoError(t, err)
	_, err = plan.Calculate(x)
	require.ErrorContains(t, err, "parameter epf.wage_ceiling has no value on 2026-07-31")
}

func table(p *payroll.Pack, name string) *hr.Table {
	for i := range p.Tables {
		if p.Tables[i].Name == name {
			return &p.Tables[i]
		}
	}
	return nil
}
