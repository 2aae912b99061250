package payroll

import (
	"fmt"
	"slices"
	"strings"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll/formula"
	"github.com/shopspring/decimal"
)

// Remark is one thing that [Pack.Lint] saw.
type Remark struct {
	hr.FieldError
	Warning bool // a plan compiles all the same
}

// soon is how many days before a value ends, or a review runs out, [Pack.Lint] begins to say so.
const soon = 92

// Lint looks a pack over, as a host does when it loads one: faults, which [Compile] refuses too, and warnings. on is today; for the zero
// Date nothing is said about what has run out.
//
//	faults     what hr.Parameter.Validate, hr.Table.Validate and the like refuse (two steps on one day, rows that overlap or leave a
//	           gap, no source, no review), units that are not units, a name twice
//	warnings   days between two steps without a value (RulePackGap), steps out of order, which are easily misread (RulePackOrder),
//	           percents above 200 and counts with a fraction (RulePackUnit), values that ended (RulePackExpired) or end within 92 days
//	           (RulePackExpiring), and a review that has run out or does so within 92 days (RulePackReview)
func (p Pack) Lint(on hr.Date) []Remark {
	l := &linter{on: on}
	l.refuse("", p.validate())
	for _, x := range p.Params {
		at := "params." + x.Name
		l.refuse(at, x.Validate())
		l.unit(at+".unit", x.Unit)
		steps := make([]span, len(x.Steps))
		for i, s := range x.Steps {
			steps[i] = span{s.Since, s.Ends, s.Overlay}
			l.size(at, x.Unit, s.Value)
		}
		l.spans(at, steps)
	}
	for _, x := range p.Tables {
		at := "tables." + x.Name
		l.refuse(at, x.Validate())
		l.unit(at+".key", x.Key)
		l.unit(at+".value", x.Value)
		for _, text := range x.Texts() {
			var steps []span
			for _, s := range x.Steps {
				if s.Text != text {
					continue
				}
				steps = append(steps, span{s.Since, s.Ends, s.Overlay})
				for _, r := range s.Rows {
					l.size(at, x.Value, r.Value)
				}
			}
			l.spans(strings.TrimSuffix(at+"."+text, "."), steps)
		}
	}
	l.review(p)
	return l.found
}

// validate reports what is wrong with the pack as a whole: its numbers, retention periods and forms. Parameters, tables and components
// are the formula compiler's to check.
func (p Pack) validate() error {
	var faults hr.Faults
	seen := map[string]bool{}
	once := func(path, name string) {
		if seen[path+name] {
			faults.Add(path, RulePackValue, "%s is there twice", name)
		}
		seen[path+name] = true
	}
	for _, x := range p.Params {
		once("params", x.Name)
	}
	for _, x := range p.Tables {
		once("tables", x.Name)
	}
	for i, r := range p.Identifiers {
		faults.Join(fmt.Sprintf("identifiers[%d]", i), r.Validate())
		once("identifiers", r.Kind)
	}
	for i, r := range p.Retention {
		faults.Join(fmt.Sprintf("retention[%d]", i), r.Validate())
		once("retention", r.Name)
	}
	for i, f := range p.Forms {
		if f.Name == "" || f.Title == "" || f.Source.Title == "" || f.Write == nil {
			faults.Add(fmt.Sprintf("forms[%d]", i), RulePackValue, "needs a name, a title, a source and a writer")
		}
		once("forms", f.Name)
	}
	if p.ReviewMonths < 0 || p.ReviewMonths > 0 && p.Reviewed.IsZero() {
		faults.Add("review_months", RulePackValue, "must not be negative, and need the day of the review")
	}
	return faults.Err()
}

type linter struct {
	on    hr.Date
	found []Remark
}

func (l *linter) refuse(path string, err error) {
	if err == nil {
		return
	}
	var faults hr.Faults
	faults.Join(path, err)
	for _, f := range hr.FieldErrors(faults.Err()) {
		l.found = append(l.found, Remark{FieldError: *f})
	}
}

func (l *linter) warn(path string, rule hr.Rule, format string, args ...any) {
	l.found = append(l.found, Remark{FieldError: hr.FieldError{Path: path, Rule: rule, Reason: fmt.Sprintf(format, args...)}, Warning: true})
}

func (l *linter) unit(path, unit string) {
	if _, err := formula.ParseUnit(unit); err != nil {
		l.found = append(l.found, Remark{FieldError: hr.FieldError{Path: path, Rule: RulePackUnit, Reason: fmt.Sprintf("%q is not a unit", unit)}})
	}
}

// size finds values that were probably meant in another unit.
func (l *linter) size(path, unit string, v decimal.Decimal) {
	switch {
	case unit == string(formula.Percent) && v.Abs().GreaterThan(decimal.NewFromInt(200)):
		l.warn(path, RulePackUnit, "is more than 200 per cent")
	case unit == string(formula.Count) && !v.IsInteger():
		l.warn(path, RulePackUnit, "counts, and has a fraction")
	}
}

// span is one step of a parameter, or of one text of a table.
type span struct {
	since   hr.Date
	ends    bool
	overlay bool
}

func (l *linter) spans(path string, steps []span) {
	for i := 1; i < len(steps); i++ {
		if !steps[i].overlay && steps[i].since.Before(steps[i-1].since) {
			l.warn(path, RulePackOrder, "the step of %s stands behind that of %s", steps[i].since, steps[i-1].since)
		}
	}
	steps = slices.Clone(steps)
	slices.SortStableFunc(steps, func(a, b span) int { return a.since.Compare(b.since) })
	for i := 1; i < len(steps); i++ {
		if steps[i-1].ends && !steps[i].ends {
			l.warn(path, RulePackGap, "has no value from %s to %s", steps[i-1].since, steps[i].since.Add(-1))
		}
	}
	if l.on.IsZero() || len(steps) == 0 || !steps[len(steps)-1].ends {
		return
	}
	switch end := steps[len(steps)-1].since; {
	case !end.After(l.on):
		l.warn(path, RulePackExpired, "has no value since %s", end)
	case end.Since(l.on) <= soon:
		l.warn(path, RulePackExpiring, "has no value from %s on", end)
	}
}

func (l *linter) review(p Pack) {
	if l.on.IsZero() || p.ReviewMonths <= 0 || p.Reviewed.IsZero() {
		return
	}
	name, reviewed := oldestReview(p)
	through, err := reviewed.AddMonths(p.ReviewMonths, hr.MonthClamp)
	switch {
	case err != nil:
	case l.on.After(through):
		l.warn("reviewed", RulePackReview, "%s was last checked on %s: days past %s are refused", name, reviewed, through)
	case through.Since(l.on) <= soon:
		l.warn("reviewed", RulePackReview, "%s was last checked on %s: days past %s will be refused", name, reviewed, through)
	}
}
