package hr

import (
	"fmt"
	"regexp"
	"strings"
)

// IdentifierRule says how a number that a government or a register gave is written: PAN, UAN, IFSC. A pack returns its rules
// as values, and a host passes them to whoever takes such numbers in. A number that passes is well formed; whether it was
// ever issued, only the register knows.
type IdentifierRule struct {
	Kind    string                      // names the rule, as in [Identity].Kind: "pan_in"
	Title   string                      // what a payroll officer calls it
	Form    string                      // how it is written, for a message that shows no number: "five letters, four digits and a letter"
	Match   *regexp.Regexp              // the canonical form, from ^ to $, in capitals and digits of ASCII
	Groups  []int                       // sizes of the groups it is printed in, 4-4-4; none where it is written in one piece only
	Between string                      // the characters that may stand between groups, one and the same in all places: " -"
	Check   func(canonical string) bool // the check digit; nil where there is none
	Shown   int                         // how many of the last characters [IdentifierRule.Mask] leaves to be seen
	Source  Source                      // where the form is published
}

// Validate reports every fault of r at once ([RuleIdentifierRule]): no kind, title or form, no match from ^ to $, a source
// without a title, groups without a character between them.
func (r IdentifierRule) Validate() error {
	var faults Faults
	for _, must := range []struct{ path, text string }{{"kind", r.Kind}, {"title", r.Title}, {"form", r.Form}, {"source", r.Source.Title}} {
		if must.text == "" {
			faults.Missing(must.path, RuleIdentifierRule)
		}
	}
	if r.Match == nil || !strings.HasPrefix(r.Match.String(), "^") || !strings.HasSuffix(r.Match.String(), "$") {
		faults.Add("match", RuleIdentifierRule, "must be given, from ^ to $")
	}
	if (len(r.Groups) > 0) != (r.Between != "") {
		faults.Add("groups", RuleIdentifierRule, "must be given together with the characters between them")
	}
	if r.Shown < 0 {
		faults.Add("shown", RuleIdentifierRule, "must not be negative")
	}
	return faults.Err()
}

// Parse returns the canonical form of a number as a person typed it: blanks around it are dropped, letters are made capitals, and
// separators are dropped where they stand between all printed groups. Anything else is a [FieldError] with [RuleIdentifierInvalid], whose
// path is the kind and which does not contain the number.
func (r IdentifierRule) Parse(text string) (canonical string, err error) {
	canonical = r.joined(upper(strings.Trim(text, " \t")))
	if !r.Match.MatchString(canonical) {
		return "", &FieldError{Path: r.Kind, Rule: RuleIdentifierInvalid, Reason: fmt.Sprintf("is not a %s: write %s", r.Title, r.Form)}
	}
	if r.Check != nil && !r.Check(canonical) {
		return "", &FieldError{Path: r.Kind, Rule: RuleIdentifierInvalid, Reason: fmt.Sprintf("is not a %s: its check digit does not agree, so a digit is wrong or two are exchanged", r.Title)}
	}
	return canonical, nil
}

// Mask hides a number but for its last characters: ********8593. What is not longer than these is hidden whole.
func (r IdentifierRule) Mask(canonical string) string {
	shown := r.Shown
	if shown >= len(canonical) {
		shown = 0
	}
	return strings.Repeat("*", len(canonical)-shown) + canonical[len(canonical)-shown:]
}

// joined drops the separators of text if it is written in the printed groups, and returns anything else as it is.
func (r IdentifierRule) joined(text string) string {
	if len(r.Groups) == 0 || !strings.ContainsAny(text, r.Between) {
		return text
	}
	separator := text[strings.IndexAny(text, r.Between):][:1]
	parts := strings.Split(text, separator)
	if len(parts) != len(r.Groups) {
		return text
	}
	for i, part := range parts {
		if len(part) != r.Groups[i] {
			return text
		}
	}
	return strings.Join(parts, "")
}

// upper makes the letters of ASCII capitals and leaves every other character: no other alphabet becomes one of ours.
func upper(text string) string {
	return strings.Map(func(c rune) rune {
		if c >= 'a' && c <= 'z' {
			return c - 'a' + 'A'
		}
		return c
	}, text)
}
