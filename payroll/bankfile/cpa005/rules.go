package cpa005

import (
	"regexp"
	"strings"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll/bankfile/internal/fixed"
)

// Rules that a batch or a file can break.
const (
	RuleLayout      hr.Rule = "payroll.bankfile.cpa005.layout"
	RuleOrder       hr.Rule = "payroll.bankfile.cpa005.order"
	RuleField       hr.Rule = "payroll.bankfile.cpa005.field"
	RuleAmount      hr.Rule = "payroll.bankfile.cpa005.amount"
	RuleTotal       hr.Rule = "payroll.bankfile.cpa005.total"
	RuleCurrency    hr.Rule = "payroll.bankfile.cpa005.currency"
	RuleInstitution hr.Rule = "payroll.bankfile.cpa005.institution"
)

var rules = fixed.Rules{Layout: RuleLayout, Field: RuleField, Amount: RuleAmount, Total: RuleTotal}

// allowed are the characters of a file beside the blank: what prints in ASCII, without small letters.
func allowed(c byte) bool { return c > ' ' && c <= '~' && (c < 'a' || c > 'z') }

var transit = regexp.MustCompile(`^([0-9]{5})-([0-9]{3})$`)

// ParseInstitution returns the nine digits that an electronic file names a branch by: a zero, three digits of the institution, five of
// the branch (the transit number). It also takes the form printed on cheques, transit-institution ("10001-999"). Anything else is a
// [hr.FieldError] with RuleInstitution. A pass means well formed, not issued.
func ParseInstitution(text string) (string, error) {
	s := strings.Trim(text, " ")
	if m := transit.FindStringSubmatch(s); m != nil {
		return "0" + m[2] + m[1], nil
	}
	if len(s) != 9 || s[0] != '0' || !fixed.Numeric(s) {
		return "", &hr.FieldError{Rule: RuleInstitution, Reason: "must be a zero, three digits of the institution and five of the branch, or printed as 12345-678"}
	}
	return s, nil
}
