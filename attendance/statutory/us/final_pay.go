package us

import (
	"strings"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
)

// Ending says how an employment ended.
type Ending string

// The endings.
const (
	Discharge Ending = "discharge" // by the employer
	Quit      Ending = "quit"      // by the employee
)

// FinalPayRule says when a state wants final pay.
type FinalPayRule struct {
	State   string // two letters
	Ending  Ending
	Payday  bool // on the next regular payday; Days then does not count
	Days    int  // calendar days after the last day; 0: on it
	Notice  int  // hours of notice given before, from which it is due on the last day whatever Days says; 0: no such rule
	Since   hr.Date
	Source  hr.Source
	Checked hr.Date
}

// FinalPayRules returns the states that this package knows, a fresh copy at each call.
func FinalPayRules() []FinalPayRule {
	rule := func(state string, e Ending, section string) FinalPayRule {
		return FinalPayRule{
			State: state, Ending: e, Since: hr.MustDate("2000-01-01"), Checked: reviewed(),
			Source: hr.Source{Title: "final pay law of " + state, Section: section, Note: "the day the text came into force was not read: known to hold from this day on"},
		}
	}
	within := func(r FinalPayRule, days int) FinalPayRule { r.Days = days; return r }
	payday := func(r FinalPayRule) FinalPayRule { r.Payday = true; return r }
	quitCA := within(rule("CA", Quit, "Labor Code s.202"), 3)
	quitCA.Notice = 72
	return []FinalPayRule{
		within(rule("CA", Discharge, "Labor Code s.201"), 0), quitCA,
		within(rule("CO", Discharge, "C.R.S. 8-4-109: at once, or within six hours of the next day on which payroll works"), 0), payday(rule("CO", Quit, "C.R.S. 8-4-109")),
		payday(rule("FL", Discharge, "no state law: the regular payday under the FLSA")), payday(rule("FL", Quit, "no state law: the regular payday under the FLSA")),
		within(rule("MA", Discharge, "M.G.L. c.149 s.148"), 0), payday(rule("MA", Quit, "M.G.L. c.149 s.148")),
		payday(rule("NY", Discharge, "Labor Law s.191(3)")), payday(rule("NY", Quit, "Labor Law s.191(3)")),
		within(rule("TX", Discharge, "Labor Code s.61.014"), 6), payday(rule("TX", Quit, "Labor Code s.61.014")),
	}
}

// FinalPayDue returns the last day on which final pay is in time. next is the regular payday on or after the last day; noticeHours is
// how long before the last day a resignation was given.
//
// It returns [hr.FieldError]s: RuleDay for no last day, or no payday where the rule goes by it, RuleState for a state or an ending
// without a rule on that day, RuleNegative for negative notice.
func FinalPayDue(rules []FinalPayRule, state string, e Ending, last, next hr.Date, noticeHours decimal.Decimal) (hr.Date, error) {
	var faults hr.Faults
	if last.IsZero() {
		faults.Missing("last", RuleDay)
	}
	notNegative(&faults, "notice", noticeHours)
	var held FinalPayRule
	for _, r := range rules {
		if r.State == strings.ToUpper(state) && r.Ending == e && !r.Since.After(last) && (held.Since.IsZero() || r.Since.After(held.Since)) {
			held = r
		}
	}
	if held.Since.IsZero() {
		faults.Add("state", RuleState, "has no rule here for this ending on this day")
	}
	if held.Payday && next.Before(last) {
		faults.Add("next", RuleDay, "must be the payday on or after the last day")
	}
	switch {
	case faults.Any():
		return hr.Date{}, faults.Err()
	case held.Payday:
		return next, nil
	case held.Notice > 0 && noticeHours.Cmp(decimal.NewFromInt(int64(held.Notice))) >= 0:
		return last, nil
	}
	return last.Add(held.Days), nil
}
