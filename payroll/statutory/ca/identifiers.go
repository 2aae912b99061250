package ca

import (
	"regexp"

	"github.com/musterhr/hr"
)

var (
	sinForm     = regexp.MustCompile(`^[1-79][0-9]{8}$`)
	accountForm = regexp.MustCompile(`^[0-9]{9}RP[0-9]{4}$`)
)

// identifiers are the numbers that Service Canada and the CRA give. What passes is well formed; whether it was issued, they know.
func identifiers() []hr.IdentifierRule {
	return []hr.IdentifierRule{
		{
			Kind: "payroll_account_ca", Title: "payroll account of a business number", Match: accountForm, Groups: []int{9, 2, 4}, Between: " ", Shown: 4,
			Check:  func(s string) bool { return luhn(s[:9]) },
			Form:   "the nine digits of the business number, RP and four digits",
			Source: hr.Source{Title: "CRA, Business number", Note: "the check digit is read in public implementations that agree"},
		},
		{
			Kind: "sin_ca", Title: "social insurance number", Match: sinForm, Groups: []int{3, 3, 3}, Between: " -", Shown: 3, Check: luhn,
			Form:   "nine digits that do not begin with 0 or 8, in one piece or in groups of three; those that begin with 9 are temporary",
			Source: hr.Source{Title: "Service Canada, Social Insurance Number", Note: "the check digit is read in public implementations that agree"},
		},
	}
}

// luhn reports whether the last digit checks the others: every second digit from the right is doubled, and the digits sum to a
// multiple of ten.
func luhn(digits string) bool {
	sum := 0
	for i := range len(digits) {
		d := int(digits[len(digits)-1-i] - '0')
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}
