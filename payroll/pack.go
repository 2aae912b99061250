package payroll

import "github.com/musterhr/hr"

// Pack is the law of one jurisdiction as a value: nothing registers itself, the host passes it to [Compile]. Its numbers are
// dated, each with its source; its components are formulas like the host's own.
type Pack struct {
	Code       string  // "in"
	Name       string  // "India"
	Reviewed   hr.Date // the day the pack as a whole was last checked
	Params     []hr.Parameter
	Tables     []hr.Table
	Components []Component
}

// Component is a piece of pay as text in the formula language of package formula: one or several statements that belong
// together, such as everything of a provident fund. Hosts store components and let payroll officers write them.
type Component struct {
	Name   string    // names the text in messages: "epf"
	Text   string    // statements; see package formula
	Source hr.Source // the law or policy behind it, for those lines that name no law of their own
}

// Kind says what a payslip line does to pay. It follows from the reserved group that the line is in.
type Kind string

// The kinds, each with its reserved group. A line in none of the groups informs; a line in two of them is a fault.
const (
	Earning   Kind = "earning"   // group "earnings": adds to net pay
	Deduction Kind = "deduction" // group "deductions": takes from net pay
	Employer  Kind = "employer"  // group "employer": the employer pays it beside net pay
	Benefit   Kind = "benefit"   // group "benefits": in kind; taxed perhaps, never paid out
	Info      Kind = "info"      // no reserved group: shown or used, never paid
)
