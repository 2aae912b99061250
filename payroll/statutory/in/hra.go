package in

import (
	"slices"
	"strings"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/shopspring/decimal"
)

// The cities of house rent allowance by the names of the table tax.hra_share: half of salary in the first four always, in the second
// four from tax year 2026-27 on, 40 per cent everywhere else.
var (
	fourCities = []string{"Chennai", "Delhi", "Kolkata", "Mumbai"}
	newCities  = []string{"Ahmedabad", "Bengaluru", "Hyderabad", "Pune"}
)

const otherCity = "other"

// HRACity names the city of a rented home as the answer rent_city wants it: one of the eight cities that the law lists, or "other" for
// every other place. Upper and lower case and blanks around do not matter; the names used before (Bombay, Bangalore) and New Delhi are
// known. A suburb with a name of its own (Noida, Gurugram, Thane) is another place.
func HRACity(name string) string {
	name = strings.ToLower(strings.TrimSpace(name))
	switch name {
	case "new delhi":
		return "Delhi"
	case "bombay":
		return "Mumbai"
	case "calcutta":
		return "Kolkata"
	case "madras":
		return "Chennai"
	case "bangalore":
		return "Bengaluru"
	case "ahmadabad":
		return "Ahmedabad"
	}
	for _, city := range slices.Concat(fourCities, newCities) {
		if strings.ToLower(city) == name {
			return city
		}
	}
	return otherCity
}

// LandlordPANNeeded reports whether the rent of a tax year is so high that the employee names the landlord's PAN, by the law of salary
// paid on a day. The PANs go into [Certified]. It returns a [hr.FieldError] for a negative rent (RuleNegative), and a
// [hr.ParameterError] for a day without a value in p.
func LandlordPANNeeded(p payroll.Pack, paid hr.Date, rentOfYear decimal.Decimal) (bool, error) {
	if rentOfYear.Sign() < 0 {
		return false, &hr.FieldError{Path: "rent", Rule: RuleNegative, Reason: "must not be negative"}
	}
	above, err := value(p, "tax.landlord_pan_rent", paid)
	return err == nil && rentOfYear.Cmp(above) > 0, err
}
