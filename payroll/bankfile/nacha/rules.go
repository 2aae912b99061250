package nacha

import (
	"strings"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll/bankfile/internal/fixed"
)

// Rules that a batch or a file can break.
const (
	RuleLayout      hr.Rule = "payroll.bankfile.nacha.layout"
	RuleOrder       hr.Rule = "payroll.bankfile.nacha.order"
	RuleField       hr.Rule = "payroll.bankfile.nacha.field"
	RuleAmount      hr.Rule = "payroll.bankfile.nacha.amount"
	RuleTotal       hr.Rule = "payroll.bankfile.nacha.total"
	RuleRouting     hr.Rule = "payroll.bankfile.nacha.routing_number"
	RuleDescription hr.Rule = "payroll.bankfile.nacha.description"
	RuleTrace       hr.Rule = "payroll.bankfile.nacha.trace"
	RuleCode        hr.Rule = "payroll.bankfile.nacha.transaction_code"
	RuleDate        hr.Rule = "payroll.bankfile.nacha.effective_date"
	RuleCurrency    hr.Rule = "payroll.bankfile.nacha.currency"
)

var rules = fixed.Rules{Layout: RuleLayout, Field: RuleField, Amount: RuleAmount, Total: RuleTotal}

// allowed are the characters of a file beside the blank: what prints in ASCII, without small letters.
func allowed(c byte) bool { return c > ' ' && c <= '~' && (c < 'a' || c > 'z') }

// ParseRoutingNumber checks the number of a bank in the United States: nine digits whose sum, weighted 3 7 1, is a multiple of ten. It
// returns the number without blanks around it, or a [hr.FieldError] with RuleRouting. A pass means well formed, not issued.
func ParseRoutingNumber(text string) (string, error) {
	n := strings.Trim(text, " ")
	bad := &hr.FieldError{Rule: RuleRouting, Reason: "must be nine digits, the last of which checks the others"}
	if len(n) != 9 || !fixed.Numeric(n) || n == "000000000" {
		return "", bad
	}
	sum := 0
	for i := range n {
		sum += int(n[i]-'0') * [3]int{3, 7, 1}[i%3]
	}
	if sum%10 != 0 {
		return "", bad
	}
	return n, nil
}
