package us

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/musterhr/hr"
)

var (
	ssnForm  = regexp.MustCompile(`^(?:00[1-9]|0[1-9][0-9]|[1-578][0-9]{2}|6[0-57-9][0-9]|66[0-57-9])(?:0[1-9]|[1-9][0-9])(?:000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})$`)
	itinForm = regexp.MustCompile(`^9[0-9]{2}(?:5[0-9]|6[0-5]|7[0-9]|8[0-8]|9[0-2]|9[4-9])[0-9]{4}$`)
	einForm  = regexp.MustCompile(`^(?:` + strings.Join(einPrefixes(), "|") + `)[0-9]{7}$`)
)

// einPrefixes are the campus codes that the IRS has given out.
func einPrefixes() (list []string) {
	never := []int{0, 7, 8, 9, 17, 18, 19, 28, 29, 49, 69, 70, 78, 79, 89, 96, 97}
	for n := range 100 {
		if !slices.Contains(never, n) {
			list = append(list, fmt.Sprintf("%02d", n))
		}
	}
	return list
}

// identifiers are the numbers that the SSA and the IRS give. What passes is well formed; whether it was issued, they know.
func identifiers() []hr.IdentifierRule {
	return []hr.IdentifierRule{
		{
			Kind: "ssn_us", Title: "Social Security number", Match: ssnForm, Groups: []int{3, 2, 4}, Between: "-", Shown: 4, Check: notSpecimen,
			Form:   "nine digits, in one piece or 123-45-6789; the parts are not all zeros and the first is not 666 nor from 900 on",
			Source: hr.Source{Title: "Social Security Administration, Social Security number randomization", Note: "the numbers of published specimens are refused too"},
		},
		{
			Kind: "itin_us", Title: "individual taxpayer identification number", Match: itinForm, Groups: []int{3, 2, 4}, Between: "-", Shown: 4,
			Form:   "nine digits that begin with 9, with a fourth and fifth digit of 50 to 65, 70 to 88, 90 to 92 or 94 to 99",
			Source: hr.Source{Title: "IRS, individual taxpayer identification number", Note: "older lists of middle digits begin at 70"},
		},
		{
			Kind: "ein_us", Title: "employer identification number", Match: einForm, Groups: []int{2, 7}, Between: "-", Shown: 4,
			Form:   "nine digits, in one piece or 12-3456789, with a prefix that the IRS gives out",
			Source: hr.Source{Title: "IRS, How EINs are assigned and valid EIN prefixes", Note: "read in copies that agree"},
		},
	}
}

// notSpecimen refuses the numbers of advertisements, which were copied by many and are nobody's.
func notSpecimen(digits string) bool {
	return !slices.Contains([]string{"078051120", "219099999", "457555462"}, digits)
}
