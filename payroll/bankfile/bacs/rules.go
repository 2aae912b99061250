package bacs

import (
	"regexp"
	"strings"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll/bankfile/internal/fixed"
)

// Rules that a batch or a file can break.
const (
	RuleLayout   hr.Rule = "payroll.bankfile.bacs.layout"
	RuleField    hr.Rule = "payroll.bankfile.bacs.field"
	RuleAmount   hr.Rule = "payroll.bankfile.bacs.amount"
	RuleContra   hr.Rule = "payroll.bankfile.bacs.contra"
	RuleDate     hr.Rule = "payroll.bankfile.bacs.processing_day"
	RuleCurrency hr.Rule = "payroll.bankfile.bacs.currency"
	RuleSortCode hr.Rule = "payroll.bankfile.bacs.sort_code"
	RuleWeights  hr.Rule = "payroll.bankfile.bacs.weights"
	RuleAccount  hr.Rule = "payroll.bankfile.bacs.account_number"
)

var rules = fixed.Rules{Layout: RuleLayout, Field: RuleField, Amount: RuleAmount, Total: RuleContra}

// allowed are the characters of a line beside the blank.
func allowed(c byte) bool {
	return c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte(".&/-", c) >= 0
}

var sortCode = regexp.MustCompile(`^([0-9]{6}|[0-9]{2}-[0-9]{2}-[0-9]{2}|[0-9]{2} [0-9]{2} [0-9]{2})$`)

// ParseSortCode returns the six digits of a sort code, which may be printed in pairs with hyphens or blanks between them, or a
// [hr.FieldError] with RuleSortCode. A pass means well formed, not issued.
func ParseSortCode(text string) (string, error) {
	s := strings.Trim(text, " ")
	if !sortCode.MatchString(s) {
		return "", &hr.FieldError{Rule: RuleSortCode, Reason: "must be six digits, printed together or in pairs"}
	}
	return strings.NewReplacer("-", "", " ", "").Replace(s), nil
}

// ParseAccountNumber returns the eight digits of an account number, or a [hr.FieldError] with RuleAccount. A shorter or longer number
// must be brought to eight by the rule of its bank first.
func ParseAccountNumber(text string) (string, error) {
	s := strings.Trim(text, " ")
	if len(s) != 8 || !fixed.Numeric(s) {
		return "", &hr.FieldError{Rule: RuleAccount, Reason: "must be eight digits"}
	}
	return s, nil
}
