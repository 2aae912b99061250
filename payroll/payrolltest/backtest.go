package payrolltest

import (
	"fmt"
	"strings"

	"github.com/musterhr/hr/payroll"
)

// BackTest plays stories with the plan that pays and with a candidate, and returns a report of whose payslip would be another: the title of each
// such story, and below it the lines that differ with their causes. It is empty where the candidate pays everybody the same. A change of rules is
// then a difference that somebody reads and a test that holds it:
//
//	if got, want := payrolltest.BackTest(plan, candidate, stories...), "..."; got != want {
//		t.Errorf("got:\n%s\nwant:\n%s", got, want)
//	}
//
// A story that has no payslip on one of the sides is in the report with the reason. What was paid for closed periods is back-tested by
// [payroll.Service.BackTest].
func BackTest(plan, candidate *payroll.Plan, stories ...Story) string {
	var b strings.Builder
	for _, s := range stories {
		impact, err := payroll.WhatIf{Plan: candidate}.Of(payroll.Basis{Plan: plan, Input: s.Input})
		if err == nil && len(impact.People)+len(impact.Failed) == 0 {
			continue
		}
		b.WriteString(s.Title + "\n")
		if err != nil {
			fmt.Fprintf(&b, "  %v\n", err)
		}
		for _, p := range impact.People {
			var text strings.Builder
			_ = p.Text(&text) // a Builder takes everything
			for i, line := range strings.Split(strings.TrimSuffix(text.String(), "\n"), "\n") {
				if i > 0 { // whose payslip it is, the story says
					b.WriteString("  " + line + "\n")
				}
			}
		}
		for _, f := range impact.Failed {
			for _, x := range f.Failures {
				fmt.Fprintf(&b, "  no payslip: %s: %s\n", x.Path, x.Reason)
			}
		}
	}
	return b.String()
}
