package main

import (
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/payroll/statutory/ca"
	"github.com/musterhr/hr/payroll/statutory/in"
	"github.com/musterhr/hr/payroll/statutory/uk"
	"github.com/musterhr/hr/payroll/statutory/us"
)

// identifierTopics give each number of a list to the rule of its kind, as the packs of law have them.
func identifierTopics() register {
	out := register{}
	for _, pack := range []payroll.Pack{in.Pack(), uk.Pack(), us.Pack(), ca.Pack()} {
		for _, rule := range pack.Identifiers {
			out["formats:identifier."+rule.Kind] = identifier(rule.Parse)
		}
	}
	return out
}
