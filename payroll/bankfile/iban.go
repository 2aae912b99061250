package bankfile

import (
	"regexp"
	"strings"

	"github.com/musterhr/hr"
)

// Rules that a number can break.
const (
	RuleIBAN hr.Rule = "payroll.bankfile.iban"
	RuleBIC  hr.Rule = "payroll.bankfile.bic"
)

// ibanShapes are what follows country and check digits, by country: so many digits (n), capitals (a) or either (c). The lengths and
// shapes are those of SWIFT's IBAN registry, release 101. National check digits inside are not looked at.
var ibanShapes = map[string]string{
	"AD": "8n12c", "AE": "19n", "AL": "8n16c", "AT": "16n", "AZ": "4a20c", "BA": "16n", "BE": "12n", "BG": "4a6n8c", "BH": "4a14c",
	"BI": "23n", "BR": "23n1a1c", "BY": "4c4n16c", "CH": "5n12c", "CR": "18n", "CY": "8n16c", "CZ": "20n", "DE": "18n", "DJ": "23n",
	"DK": "14n", "DO": "4c20n", "EE": "16n", "EG": "25n", "ES": "20n", "FI": "14n", "FK": "2a12n", "FO": "14n", "FR": "10n11c2n",
	"GB": "4a14n", "GE": "2a16n", "GI": "4a15c", "GL": "14n", "GR": "7n16c", "GT": "4c20c", "HN": "4a20n", "HR": "17n", "HU": "24n",
	"IE": "4a14n", "IL": "19n", "IQ": "4a15n", "IS": "22n", "IT": "1a10n12c", "JO": "4a4n18c", "KW": "4a22c", "KZ": "3n13c", "LB": "4n20c",
	"LC": "4a24c", "LI": "5n12c", "LT": "16n", "LU": "3n13c", "LV": "4a13c", "LY": "21n", "MC": "10n11c2n", "MD": "2c18c", "ME": "18n",
	"MK": "3n10c2n", "MN": "16n", "MR": "23n", "MT": "4a5n18c", "MU": "4a19n3a", "NI": "4a20n", "NL": "4a10n", "NO": "11n", "OM": "3n16c",
	"PK": "4a16c", "PL": "24n", "PS": "4a21c", "PT": "21n", "QA": "4a21c", "RO": "4a16c", "RS": "18n", "RU": "14n15c", "SA": "2n18c",
	"SC": "4a20n3a", "SD": "14n", "SE": "20n", "SI": "15n", "SK": "20n", "SM": "1a10n12c", "SO": "19n", "ST": "21n", "SV": "4a20n",
	"TL": "19n", "TN": "20n", "TR": "6n16c", "UA": "6n19c", "VA": "18n", "VG": "4a16n", "XK": "16n", "YE": "4a4n18c",
}

// ParseIBAN returns an international account number in capitals and without blanks. It takes small letters and the printed groups of
// four; anything else is a [hr.FieldError] with RuleIBAN: a country that has none (India, the United States and Canada among them), another length or
// shape than the country's, check digits other than 02 to 98, a remainder by 97 other than 1.
func ParseIBAN(text string) (string, error) {
	bad := func(reason string) (string, error) { return "", &hr.FieldError{Rule: RuleIBAN, Reason: reason} }
	s := strings.ToUpper(strings.Trim(text, " "))
	if strings.Contains(s, " ") {
		for i, group := range strings.Split(s, " ") {
			if last := i == strings.Count(s, " "); len(group) != 4 && !(last && len(group) > 0 && len(group) < 4) {
				return bad("may have blanks only between groups of four")
			}
		}
		s = strings.ReplaceAll(s, " ", "")
	}
	if len(s) < 5 || !ascii(s) {
		return bad("must be a country, two check digits and the account")
	}
	shape, known := ibanShapes[s[:2]]
	if !known {
		return bad("must begin with a country that has such numbers")
	}
	if !fits(s[4:], shape) {
		return bad("must have the length and the form of its country")
	}
	check := s[2:4]
	if check < "02" || check > "98" || !fits(check, "2n") || remainder(s[4:]+s[:4]) != 1 {
		return bad("has check digits that do not hold")
	}
	return s, nil
}

func ascii(s string) bool {
	for i := range len(s) {
		if (s[i] < '0' || s[i] > '9') && (s[i] < 'A' || s[i] > 'Z') {
			return false
		}
	}
	return true
}

// fits holds a text of digits and capitals against a shape such as "4a6n8c".
func fits(s, shape string) bool {
	n := 0
	for _, c := range shape {
		if c >= '0' && c <= '9' {
			n = n*10 + int(c-'0')
			continue
		}
		if len(s) < n {
			return false
		}
		for i := range n {
			digit := s[i] <= '9'
			if c == 'n' && !digit || c == 'a' && digit {
				return false
			}
		}
		s, n = s[n:], 0
	}
	return s == ""
}

// remainder reads A as 10 to Z as 35 and divides by 97.
func remainder(s string) (r int) {
	for i := range len(s) {
		if c := s[i]; c <= '9' {
			r = (r*10 + int(c-'0')) % 97
		} else {
			r = (r*100 + int(c-'A') + 10) % 97
		}
	}
	return r
}

var bic = regexp.MustCompile(`^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?$`)

// ParseBIC returns the code of a bank (ISO 9362) in capitals: four letters of the bank, two of the country, two letters or digits of the
// place, and three of the branch or none. Anything else is a [hr.FieldError] with RuleBIC.
func ParseBIC(text string) (string, error) {
	s := strings.ToUpper(strings.Trim(text, " "))
	if !bic.MatchString(s) {
		return "", &hr.FieldError{Rule: RuleBIC, Reason: "must be 8 or 11 characters: bank and country in letters, then place and branch"}
	}
	return s, nil
}
