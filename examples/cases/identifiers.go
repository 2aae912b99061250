package main

import (
	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/payroll/statutory/in"
)

// identifierTopics give each number of a list to the rule of its kind, as the packs of law have them.
func identifierTopics() register {
	out := register{}
	for _, pack := range []payroll.Pack{in.Pack()} {
		for _, rule := range pack.Identifiers {
			out["formats:identifier."+rule.Kind] = func(g *given) (map[string]any, error) { return identifier(g, rule) }
		}
	}
	return out
}

func identifier(g *given, rule hr.IdentifierRule) (map[string]any, error) {
	canonical, err := rule.Parse(g.text("value"))
	if err != nil {
		return map[string]any{"valid": false, "fault": err.Error()}, nil
	}
	return map[string]any{"valid": true, "canonical": canonical}, nil
}
