package hr

import (
	"fmt"
	"regexp"
	"slices"

	"github.com/shopspring/decimal"
)

// Parameter is one number of the law (or of a company policy) that changes on known dates: a rate, a ceiling. It has
// no "current" value: ask it what held on a day.
type Parameter struct {
	Name  string // dotted lower-case words: "epf.wage_ceiling"
	Title string // what a payroll officer calls it
	Unit  string // "money", "percent", "days", "hours", "years", "count", "number"; a percent of 12 means 12/100
	Basis DateBasis
	Steps []ParameterStep // in any order; the newest on or before the asked date holds
}

// DateBasis says which date the law reads a parameter by. The empty basis is [ByPeriodEnd].
type DateBasis string

const (
	// ByPeriodEnd reads the last day of the period: the wage month of EPF, ESI or professional tax.
	ByPeriodEnd DateBasis = "period_end"
	// ByPayDate reads the day of payment: income tax on salary in India.
	ByPayDate DateBasis = "pay_date"
)

// ParameterStep is the value of a parameter from a day on, with the evidence for it.
type ParameterStep struct {
	Since     Date
	Value     decimal.Decimal
	Ends      bool   // from Since on the parameter has no value; Value is ignored
	Source    Source // required: where it is published
	Reviewed  Date   // required: the day a person last checked it against the source
	Uncertain string // why it is doubtful, empty where it is not; shown in every explanation
	Overlay   bool   // set by the host on top of the pack; shown in every explanation
}

var parameterName = regexp.MustCompile(`^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$`)

// Validate reports every fault of p at once: a name that is not dotted lower-case words, no steps, two steps on one
// day, a step without a day, source or review date.
func (p Parameter) Validate() error {
	var faults Faults
	if !parameterName.MatchString(p.Name) {
		faults.Add("name", RuleParameterName, "must be dotted lower-case words")
	}
	if p.Basis != "" && p.Basis != ByPeriodEnd && p.Basis != ByPayDate {
		faults.Add("basis", RuleParameterStep, "must be period_end or pay_date")
	}
	if len(p.Steps) == 0 {
		faults.Missing("steps", RuleParameterStep)
	}
	seen := map[Date]bool{}
	for i, s := range p.Steps {
		at := fmt.Sprintf("steps[%d]", i)
		switch {
		case s.Since.IsZero():
			faults.Missing(at+".since", RuleParameterStep)
		case seen[s.Since]:
			faults.Add(at+".since", RuleParameterStep, "two steps on %s%s", s.Since, inUnit(p.Unit))
		}
		seen[s.Since] = true
		if s.Source.Title == "" {
			faults.Missing(at+".source", RuleParameterSource)
		}
		if s.Reviewed.IsZero() {
			faults.Missing(at+".reviewed", RuleParameterSource)
		}
	}
	return faults.Err()
}

// At returns the step that holds on d, or a [ParameterError] naming the parameter and the date.
func (p Parameter) At(d Date) (ParameterStep, error) {
	var held ParameterStep
	for _, s := range p.Steps {
		if !s.Since.After(d) && (held.Since.IsZero() || s.Since.After(held.Since)) {
			held = s
		}
	}
	if held.Since.IsZero() || held.Ends || d.IsZero() {
		return ParameterStep{}, &ParameterError{Name: p.Name, Unit: p.Unit, On: d}
	}
	return held, nil
}

// Changes lists the days inside period on which another value begins, its first day left out.
func (p Parameter) Changes(period Period) []Date {
	var days []Date
	for _, s := range p.Steps {
		if s.Since != period.From && period.Contains(s.Since) {
			days = append(days, s.Since)
		}
	}
	slices.SortFunc(days, Date.Compare)
	return days
}

// ParameterError says that a dated value has nothing for the day that was asked. errors.Is finds [ErrNoValue].
type ParameterError struct {
	Name string
	Text string // of a table by text, the text that was asked for: a state; otherwise empty
	Unit string // of the value that is missing, in the words of [Parameter.Unit]; empty where the name itself is not known
	On   Date
}

// Error names the parameter, the text, the date and the unit: "parameter epf.wage_ceiling has no value on 2014-08-31, in money".
func (e *ParameterError) Error() string {
	name := "parameter " + e.Name
	if e.Text != "" {
		name = fmt.Sprintf("table %s for %q", e.Name, e.Text)
	}
	return fmt.Sprintf("%s has no value on %s%s [%s]", name, e.On, inUnit(e.Unit), RuleParameterMissing)
}

// Unwrap returns [ErrNoValue].
func (e *ParameterError) Unwrap() error { return ErrNoValue }

// inUnit says in a message what kind of value is meant; nothing where that is not known.
func inUnit(unit string) string {
	if unit == "" {
		return ""
	}
	return ", in " + unit
}
