package simulate

import "github.com/musterhr/hr"

// The rules that errors of this package name.
const (
	RuleScript  hr.Rule = "storage.simulate.script"  // a text is no script
	RuleCompany hr.Rule = "storage.simulate.company" // there is no such company, or something of it is missing
)
