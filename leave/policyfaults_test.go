package leave_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave"
)

// Where one number says it all, a second beside it is refused, and nought is no second.
func TestNoughtIsNoSecondRule(t *testing.T) {
	for name, c := range map[string]struct {
		change func(p *leave.Policy)
		want   []hr.Rule
	}{
		"all is paid at the year's end":          {func(p *leave.Policy) { p.Encashment.YearEndAll = true }, nil},
		"all is paid, and a limit beside it":     {func(p *leave.Policy) { p.Encashment = leave.Encashment{YearEndAll: true, YearEnd: dec("1")} }, []hr.Rule{leave.RulePolicyEncashment}},
		"a document always":                      {func(p *leave.Policy) { p.Documents.Always = true }, nil},
		"a document always, and from three days": {func(p *leave.Policy) { p.Documents = leave.Documents{Always: true, MoreThan: dec("2")} }, []hr.Rule{leave.RulePolicyDocuments}},
		"a least of a request without a most":    {func(p *leave.Policy) { p.Limits.Least = dec("1") }, nil},
		"a least that is the most":               {func(p *leave.Policy) { p.Limits = leave.Limits{Least: dec("2"), Most: dec("2")} }, nil},
		"a least above the most":                 {func(p *leave.Policy) { p.Limits = leave.Limits{Least: dec("2.5"), Most: dec("2")} }, []hr.Rule{leave.RulePolicyLimits}},
		"a last step of days that are not paid": {func(p *leave.Policy) {
			p.PaidSteps = leave.PaidSteps{Per: leave.PerYear, Steps: []leave.PaidStep{{Quantity: dec("1"), Paid: dec("1")}, {Quantity: dec("1"), Paid: dec("0")}}}
		}, nil},
		"waiting is lost where nothing accrues": {func(p *leave.Policy) { p.Waiting = leave.Waiting{Days: 90, Lost: true} }, nil},
		"waiting is lost of days credited evenly": {func(p *leave.Policy) {
			p.Waiting = leave.Waiting{Days: 90, Lost: true}
			p.Accrual = leave.Accrual{Every: leave.Monthly, Days: dec("1"), Day: 1}
		}, []hr.Rule{leave.RulePolicyWaiting}},
	} {
		p := leave.Policy{Type: "x", Name: "X", Unit: leave.Days}
		c.change(&p)
		require.Equal(t, c.want, rulesOf(p.Validate()), name)
	}
}
