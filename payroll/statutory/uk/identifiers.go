package uk

import (
	"regexp"

	"github.com/musterhr/hr"
)

var (
	ninoForm = regexp.MustCompile(`^(?:[ACEHJLMOPRSWXY][ABCEGHJ-NPRSTW-Z]|B[ABCEHJ-NPRSTW-Z]|G[ACEGHJ-NPRSTW-Z]|K[ABCEGHJ-MPRSTW-Z]|N[ABCEGHJLMNPRSW-Z]|T[ABCEGHJ-MPRSTW-Z]|Z[ABCEGHJ-NPRSTW-Y])[0-9]{6}[A-D]$`)
	payeForm = regexp.MustCompile(`^[0-9]{3}/[A-Z0-9]{1,10}$`)
	utrForm  = regexp.MustCompile(`^[0-9]{10}$`)
)

// identifiers are the numbers that HMRC gives. What passes is well formed; whether it was issued, HMRC knows.
func identifiers() []hr.IdentifierRule {
	return []hr.IdentifierRule{
		{
			Kind: "nino_uk", Title: "National Insurance number", Match: ninoForm, Groups: []int{2, 2, 2, 2, 1}, Between: " ", Shown: 3,
			Form:   "two letters that are used as a prefix, six digits and a letter from A to D, in one piece or in pairs",
			Source: hr.Source{Title: "HMRC National Insurance Manual", Section: "NIM39110"},
		},
		{
			Kind: "paye_reference_uk", Title: "employer's PAYE reference", Match: payeForm, Shown: 4,
			Form:   "three digits of the tax office, a slash and up to ten letters or digits",
			Source: hr.Source{Title: "HMRC, employer PAYE reference", Note: "no check digit is published"},
		},
		{
			Kind: "utr_uk", Title: "unique taxpayer reference", Match: utrForm, Groups: []int{5, 5}, Between: " ", Check: utrCheck, Shown: 3,
			Form:   "ten digits, in one piece or five and five",
			Source: hr.Source{Title: "HMRC, unique taxpayer reference", Note: "the check digit is read in public implementations that agree"},
		},
	}
}

// utrCheck reports whether the first digit checks the other nine: 11 less the weighted sum modulo 11, less 9 where that is above 9.
func utrCheck(digits string) bool {
	sum := 0
	for i, weight := range [9]int{6, 7, 8, 9, 10, 5, 4, 3, 2} {
		sum += weight * int(digits[i+1]-'0')
	}
	check := 11 - sum%11
	if check > 9 {
		check -= 9
	}
	return int(digits[0]-'0') == check
}
