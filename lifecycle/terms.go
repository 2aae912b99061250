package lifecycle

import (
	"fmt"
	"log/slog"
	"slices"
	"strings"

	"github.com/musterhr/hr"
)

// TermsChange says what becomes different, and when. It touches only what it names: a raise leaves the department alone, also where
// the department changes later inside the period.
type TermsChange struct {
	// From is the first day of the change. It must be a day of the employment.
	From hr.Date `json:"from" class:"private"`
	// Through is its last day, after which what held before goes on. Zero: until the next step that is known already, or for good.
	Through hr.Date `json:"through,omitzero" class:"private"`
	// Onward carries the change through every later step that is known already, for good. It excludes Through.
	Onward bool `json:"onward,omitempty" class:"public"`
	// Set holds the new values: each field that is not empty, and each pay term and answer, by name; the others stay.
	Set hr.Terms `json:"set,omitzero" class:"money"`
	// Clear names what holds no longer: a field by its JSON name ("manager"), a pay term or an answer by its own ("pay.bonus",
	// "answers.tax_regime"). Entity and currency cannot be cleared.
	Clear []string `json:"clear,omitempty" class:"public"`
}

// LogValue hides the values.
func (TermsChange) LogValue() slog.Value { return slog.StringValue("[terms change]") }

// field is one single-valued field of hr.Terms.
type field struct {
	name string
	get  func(hr.Terms) string
	set  func(*hr.Terms, string)
}

var fields = []field{
	{"entity", func(t hr.Terms) string { return t.Entity }, func(t *hr.Terms, s string) { t.Entity = s }},
	{"department", func(t hr.Terms) string { return t.Department }, func(t *hr.Terms, s string) { t.Department = s }},
	{"position", func(t hr.Terms) string { return t.Position }, func(t *hr.Terms, s string) { t.Position = s }},
	{"grade", func(t hr.Terms) string { return t.Grade }, func(t *hr.Terms, s string) { t.Grade = s }},
	{"place", func(t hr.Terms) string { return t.Place }, func(t *hr.Terms, s string) { t.Place = s }},
	{"region", func(t hr.Terms) string { return t.Region }, func(t *hr.Terms, s string) { t.Region = s }},
	{"cost_centre", func(t hr.Terms) string { return t.CostCentre }, func(t *hr.Terms, s string) { t.CostCentre = s }},
	{"manager", func(t hr.Terms) string { return string(t.Manager) }, func(t *hr.Terms, s string) { t.Manager = hr.EmployeeID(s) }},
	{"calendar", func(t hr.Terms) string { return t.Calendar }, func(t *hr.Terms, s string) { t.Calendar = s }},
	{"shift", func(t hr.Terms) string { return t.Shift }, func(t *hr.Terms, s string) { t.Shift = s }},
	{"currency", func(t hr.Terms) string { return string(t.Currency) }, func(t *hr.Terms, s string) { t.Currency = hr.Currency(s) }},
}

const (
	payPath    = "pay."
	answerPath = "answers."
)

// apply returns t with the change made.
func (c TermsChange) apply(t hr.Terms) hr.Terms {
	t = t.Clone()
	for _, f := range fields {
		if v := f.get(c.Set); v != "" {
			f.set(&t, v)
		} else if slices.Contains(c.Clear, f.name) {
			f.set(&t, "")
		}
	}
	t.Pay = slices.DeleteFunc(t.Pay, func(p hr.PayTerm) bool { return slices.Contains(c.Clear, payPath+p.Name) })
	for _, p := range c.Set.Pay {
		i := slices.IndexFunc(t.Pay, func(o hr.PayTerm) bool { return o.Name == p.Name })
		if i >= 0 {
			t.Pay[i] = p
		} else {
			t.Pay = append(t.Pay, p)
		}
	}
	t.Answers = slices.DeleteFunc(t.Answers, func(a hr.Answer) bool { return slices.Contains(c.Clear, answerPath+a.Name) })
	for _, a := range c.Set.Answers {
		i := slices.IndexFunc(t.Answers, func(o hr.Answer) bool { return o.Name == a.Name })
		if i >= 0 {
			t.Answers[i] = a
		} else {
			t.Answers = append(t.Answers, a)
		}
	}
	return t
}

// difference returns the change that makes after of before.
func difference(before, after hr.Terms) (c TermsChange) {
	for _, f := range fields {
		switch was, is := f.get(before), f.get(after); {
		case was == is:
		case is == "":
			c.Clear = append(c.Clear, f.name)
		default:
			f.set(&c.Set, is)
		}
	}
	for _, p := range after.Pay {
		if was, ok := before.Amount(p.Name); !ok || !was.Equal(p.Amount) {
			c.Set.Pay = append(c.Set.Pay, p)
		}
	}
	for _, p := range before.Pay {
		if _, ok := after.Amount(p.Name); !ok {
			c.Clear = append(c.Clear, payPath+p.Name)
		}
	}
	for _, a := range after.Answers {
		if was, ok := before.Answer(a.Name); !ok || was != a.Text {
			c.Set.Answers = append(c.Set.Answers, a)
		}
	}
	for _, a := range before.Answers {
		if _, ok := after.Answer(a.Name); !ok {
			c.Clear = append(c.Clear, answerPath+a.Name)
		}
	}
	return c
}

// empty reports whether c names nothing.
func (c TermsChange) empty() bool {
	return len(c.Clear) == 0 && same(c.Set, hr.Terms{})
}

// and adds what o names to c. Two differences that one change left on two steps never contradict each other.
func (c TermsChange) and(o TermsChange) TermsChange {
	c.Set = o.apply(c.Set)
	c.Clear = append(slices.Clip(c.Clear), o.Clear...) // some twice, which clears no more
	return c
}

// same reports whether a and b say the same, whatever the order of pay terms and answers.
func same(a, b hr.Terms) bool {
	d := difference(a, b)
	return len(d.Clear) == 0 && len(d.Set.Pay) == 0 && len(d.Set.Answers) == 0 &&
		!slices.ContainsFunc(fields, func(f field) bool { return f.get(d.Set) != "" })
}

// checkTerms adds everything that is wrong with t under path.
func checkTerms(f *hr.Faults, path string, t hr.Terms) {
	if t.Entity == "" {
		f.Missing(path+".entity", RuleTermsEntity)
	}
	switch {
	case t.Currency == "":
		f.Missing(path+".currency", RuleTermsCurrency)
	case !t.Currency.Valid():
		f.Add(path+".currency", RuleTermsCurrency, "must be an ISO 4217 code in capitals")
	}
	checkNamed(f, path, t)
}

// checkNamed adds what is wrong with the pay terms and answers of t.
func checkNamed(f *hr.Faults, path string, t hr.Terms) {
	seen := map[string]bool{}
	for i, p := range t.Pay {
		at := fmt.Sprintf("%s.pay[%d]", path, i)
		switch {
		case p.Name == "":
			f.Missing(at+".name", RuleTermsPayName)
		case seen[p.Name]:
			f.Add(at+".name", RuleTermsPayTwice, "is the second pay term named %s", p.Name)
		}
		if p.Amount.Sign() < 0 {
			f.Add(at+".amount", RuleTermsPayAmount, "must not be negative")
		}
		seen[p.Name] = true
	}
	seen = map[string]bool{}
	for i, a := range t.Answers {
		at := fmt.Sprintf("%s.answers[%d].name", path, i)
		switch {
		case a.Name == "":
			f.Missing(at, RuleTermsAnswer)
		case seen[a.Name]:
			f.Add(at, RuleTermsAnswer, "is the second answer named %s", a.Name)
		case reserved(a.Name):
			f.Add(at, RuleTermsStanding, "%s is written by events such as a suspension", a.Name)
		}
		seen[a.Name] = true
	}
}

// check adds what is wrong with c as far as c alone tells.
func (c TermsChange) check(f *hr.Faults) {
	if c.From.IsZero() {
		f.Missing("from", RuleTermsFrom)
	}
	switch {
	case c.Through.IsZero():
	case c.Onward:
		f.Add("through", RuleTermsThrough, "a change goes through a day or onward, not both")
	case c.Through.Before(c.From):
		f.Add("through", RuleTermsThrough, "must not be before from")
	}
	if c.empty() {
		f.Add("set", RuleTermsEmpty, "a change must set or clear something")
	}
	if c.Set.Currency != "" && !c.Set.Currency.Valid() {
		f.Add("set.currency", RuleTermsCurrency, "must be an ISO 4217 code in capitals")
	}
	checkNamed(f, "set", c.Set)
	for i, name := range c.Clear {
		at := fmt.Sprintf("clear[%d]", i)
		switch {
		case name == "entity", name == "currency":
			f.Add(at, RuleTermsClear, "%s must always be there; set another", name)
		case strings.HasPrefix(name, answerPath) && reserved(name[len(answerPath):]):
			f.Add(at, RuleTermsStanding, "%s ends by the return", name)
		case holds(c.Set, name):
			f.Add(at, RuleTermsClear, "%s is set by the same change", name)
		case !clearable(name):
			f.Add(at, RuleTermsClear, "is no field of terms; write manager, pay.NAME or answers.NAME")
		}
	}
}

func clearable(name string) bool {
	return len(name) > len(payPath) && strings.HasPrefix(name, payPath) ||
		len(name) > len(answerPath) && strings.HasPrefix(name, answerPath) ||
		slices.ContainsFunc(fields, func(f field) bool { return f.name == name })
}

// checkHeld adds the names to clear that nothing in known has on the days p: a slip of the pen, for it would change nothing.
func (c TermsChange) checkHeld(f *hr.Faults, known hr.Timeline[hr.Terms], p hr.Period) {
	for i, name := range c.Clear {
		held := !clearable(name) || holds(c.Set, name) // wrong already
		for _, terms := range known.Over(p) {
			held = held || holds(terms, name)
		}
		if !held {
			f.Add(fmt.Sprintf("clear[%d]", i), RuleTermsClear, "holds on none of these days")
		}
	}
}

// holds reports whether t has something under a name as in [TermsChange.Clear].
func holds(t hr.Terms, name string) bool {
	if pay, ok := strings.CutPrefix(name, payPath); ok {
		_, ok = t.Amount(pay)
		return ok
	}
	if answer, ok := strings.CutPrefix(name, answerPath); ok {
		_, ok = t.Answer(answer)
		return ok
	}
	return slices.ContainsFunc(fields, func(f field) bool { return f.name == name && f.get(t) != "" })
}
