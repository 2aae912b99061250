package simulate

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/musterhr/hr"
)

// whose is whose work a verb is, by the names in scripts: "self" is an employee. A verb that is not there is anybody's.
var whose = whoseTable()

func whoseTable() map[string][]string {
	table := map[string][]string{}
	for who, verbs := range map[string]string{
		"hr": "import hire rehire join raise move notice exit die suspend longleave back bank declare accrue giveback encash roster missing void retire erase " +
			"open consider offer accept",
		"payroll": "lend order adopt adjust create calculate override pay close",
		"boss":    "approve override decide agree",
		"clock":   "punches deliver",
		"self":    "leave cancel withdraw bank",
	} {
		for _, verb := range strings.Fields(verbs) {
			table[verb] = append(table[verb], who)
		}
	}
	return table
}

// work compares who did something with whose work it is.
func work(_ context.Context, _ *World, s Scope) (out []string, err error) {
	for _, step := range s.done {
		who := step.Who
		if index(hr.EmployeeID(who)) > 0 {
			who = "self"
		}
		if by := whose[step.Verb]; by != nil && !slices.Contains(by, who) {
			out = append(out, fmt.Sprintf("%s did what is the work of %s", step.Who, strings.Join(by, " or ")))
		}
	}
	return out, nil
}
