package hr

import "strings"

// Currency is an ISO 4217 code in capitals, such as "INR". The empty Currency is "none stated".
type Currency string

// The codes of ISO 4217 list one that are money, by number of decimal places. Funds codes, metals, test and
// no-currency codes are left out. Where Unicode CLDR disagrees (it gives several currencies no places), ISO holds.
const (
	places0 = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
	places3 = "BHD IQD JOD KWD LYD OMR TND"
	places4 = "CLF UYW"
	places2 = "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF " +
		"CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG " +
		"HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR " +
		"MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK " +
		"SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG YER " +
		"ZAR ZMW ZWG"
)

// ParseCurrency returns the code, or a [FieldError] with RuleCurrencyUnknown. Small letters are not accepted.
func ParseCurrency(code string) (Currency, error) {
	if c := Currency(code); c.Valid() {
		return c, nil
	}
	return "", &FieldError{Rule: RuleCurrencyUnknown, Reason: "must be an ISO 4217 code in capitals"}
}

// Valid reports whether c is a known code.
func (c Currency) Valid() bool { _, ok := c.places(); return ok }

// Places returns the number of decimal places of ISO 4217: 2 for INR, 0 for JPY, 3 for KWD; -1 for an unknown code.
func (c Currency) Places() int32 {
	n, ok := c.places()
	if !ok {
		return -1
	}
	return n
}

func (c Currency) places() (int32, bool) {
	if len(c) != 3 || strings.Contains(string(c), " ") {
		return 0, false
	}
	switch {
	case strings.Contains(places2, string(c)):
		return 2, true
	case strings.Contains(places0, string(c)):
		return 0, true
	case strings.Contains(places3, string(c)):
		return 3, true
	case strings.Contains(places4, string(c)):
		return 4, true
	}
	return 0, false
}
