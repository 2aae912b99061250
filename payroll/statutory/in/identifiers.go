package in

import (
	"regexp"

	"github.com/musterhr/hr"
)

var (
	panForm      = regexp.MustCompile(`^[A-Z]{3}[ABCFGHJLPT][A-Z]([1-9][0-9]{3}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9])[A-Z]$`)
	personForm   = regexp.MustCompile(`^[A-Z]{3}P[A-Z]([1-9][0-9]{3}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9])[A-Z]$`)
	aadhaarForm  = regexp.MustCompile(`^[2-9][0-9]{11}$`)
	uanForm      = regexp.MustCompile(`^[0-9]{12}$`)
	insuredForm  = regexp.MustCompile(`^[0-9]{10}$`)
	employerForm = regexp.MustCompile(`^[0-9]{17}$`)
	tanForm      = regexp.MustCompile(`^[A-Z]{4}[0-9]{5}[A-Z]$`)
	ifscForm     = regexp.MustCompile(`^[A-Z]{4}0[A-Z0-9]{6}$`)
)

// identifiers are the numbers that India's authorities give. What passes is well formed; whether it was issued, the authority knows.
func identifiers() []hr.IdentifierRule {
	const agree = "read in public guides that agree"
	return []hr.IdentifierRule{
		{
			Kind: "pan_in", Title: "PAN", Match: panForm, Shown: 2,
			Form:   "five letters, four digits and a letter; the fourth letter is the kind of holder and the digits begin at 0001",
			Source: published("Income Tax Department, structure of PAN", "fourth character", "", "the formula of the last letter is not published; "+agree),
		},
		{
			Kind: "pan_individual_in", Title: "PAN of a person", Match: personForm, Shown: 2,
			Form:   "five letters, four digits and a letter; the fourth letter is P and the digits begin at 0001",
			Source: published("Income Tax Department, structure of PAN", "fourth character P", "", "the formula of the last letter is not published; "+agree),
		},
		{
			Kind: "aadhaar_in", Title: "Aadhaar", Match: aadhaarForm, Groups: []int{4, 4, 4}, Between: " -", Shown: 4, Check: verhoeff,
			Form:   "twelve digits that do not begin with 0 or 1, in one piece or in groups of four",
			Source: published("UIDAI", "twelve digits with a Verhoeff check digit; all but the last four are masked", "", agree),
		},
		{
			Kind: "uan_in", Title: "UAN", Match: uanForm, Shown: 4,
			Form:   "twelve digits",
			Source: published("EPFO", "universal account number", "", "no check digit is published"),
		},
		{
			Kind: "esic_ip_in", Title: "ESIC insured person's number", Match: insuredForm, Shown: 4,
			Form:   "ten digits",
			Source: published("ESIC, monthly contribution template", "IP number", "", agree),
		},
		{
			Kind: "esic_employer_in", Title: "ESIC employer's code", Match: employerForm, Shown: 4,
			Form:   "seventeen digits",
			Source: published("ESIC", "employer's code number", "", agree),
		},
		{
			Kind: "tan_in", Title: "TAN", Match: tanForm, Shown: 2,
			Form:   "four letters, five digits and a letter",
			Source: published("Income Tax Department", "structure of TAN", "", agree),
		},
		{
			Kind: "ifsc_in", Title: "IFSC", Match: ifscForm, Shown: 11,
			Form:   "four letters, a zero, and six letters or digits",
			Source: published("Reserve Bank of India", "Indian Financial System Code", "", agree),
		},
	}
}

// verhoeff reports whether the last digit checks the others by Verhoeff's method: every single wrong digit and every exchange of
// neighbours is found. The group is that of the ten symmetries of a pentagon; the permutation is applied once more at each place.
func verhoeff(digits string) bool {
	check := 0
	for i := range len(digits) {
		d := int(digits[len(digits)-1-i] - '0')
		for range i % 8 {
			d = verhoeffStep[d]
		}
		check = pentagon(check, d)
	}
	return check == 0
}

var verhoeffStep = [10]int{1, 5, 7, 6, 2, 8, 3, 0, 9, 4}

// pentagon combines two symmetries: 0 to 4 are rotations, 5 to 9 reflections.
func pentagon(a, b int) int {
	switch turns := b % 5; {
	case a < 5 && b < 5:
		return (a + turns) % 5
	case a < 5:
		return 5 + (a+turns)%5
	case b < 5:
		return 5 + (a%5-turns+5)%5
	default:
		return (a%5 - turns + 5) % 5
	}
}
