package ca

import (
	"slices"
	"strings"
	"time"

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/ca"

	"github.com/musterhr/hr"
)

// Rules that an input of this package can break.
const (
	RuleProvince hr.Rule = "leave.holidays.ca.province"
)

// Federal returns the general holidays of the Canada Labour Code. Every call returns fresh values, as do those of [Province].
func Federal() []*cal.Holiday {
	return of(ca.NewYear, ca.GoodFriday, ca.VictoriaDay, ca.CanadaDay, ca.LabourDay, reconciliation(2021), ca.ThanksgivingDay, ca.RemembranceDay, ca.ChristmasDay, ca.BoxingDay)
}

// Province returns the public holidays of a province or territory by its two letters, "ON". Quebec and what is no province are a
// [hr.FieldError] with RuleProvince.
func Province(code string) ([]*cal.Holiday, error) {
	own, known := provinces()[code]
	if !known {
		return nil, &hr.FieldError{Path: "province", Rule: RuleProvince, Reason: "must be one of " + strings.Join(Provinces(), ", ")}
	}
	return of(append(own, ca.NewYear, ca.GoodFriday, ca.CanadaDay, ca.LabourDay, ca.ChristmasDay)...), nil // everywhere
}

// Provinces returns the codes that [Province] knows, sorted.
func Provinces() (codes []string) {
	for code := range provinces() {
		codes = append(codes, code)
	}
	slices.Sort(codes)
	return codes
}

// provinces are the holidays beside those of every province.
func provinces() map[string][]*cal.Holiday {
	victoria, thanks, remembrance, boxing := ca.VictoriaDay, ca.ThanksgivingDay, ca.RemembranceDay, ca.BoxingDay
	february := func(name string, since int) *cal.Holiday { return monday(name, time.February, 3, since) }
	august := func(name string, since int) *cal.Holiday { return monday(name, time.August, 1, since) }
	return map[string][]*cal.Holiday{
		"AB": {february("Family Day", 1990), victoria, thanks, remembrance},
		"BC": {february("Family Day", 2019), victoria, august("British Columbia Day", 1974), reconciliation(2023), thanks, remembrance},
		"MB": {february("Louis Riel Day", 2008), victoria, reconciliation(2024), thanks},
		"NB": {february("Family Day", 2018), august("New Brunswick Day", 1975), remembrance},
		"NL": {remembrance},
		"NS": {february("Heritage Day", 2015), remembrance},
		"NT": {victoria, dated("National Indigenous Peoples Day", time.June, 21, 2001), august("Civic Holiday", 1900), reconciliation(2022), thanks, remembrance},
		"NU": {victoria, dated("Nunavut Day", time.July, 9, 2020), august("Civic Holiday", 1900), reconciliation(2022), thanks, remembrance},
		"ON": {february("Family Day", 2008), victoria, thanks, boxing},
		"PE": {february("Islander Day", 2010), reconciliation(2022), remembrance},
		"SK": {february("Family Day", 2007), victoria, august("Saskatchewan Day", 1975), thanks, remembrance},
		"YT": {victoria, dated("National Indigenous Peoples Day", time.June, 21, 2017), monday("Discovery Day", time.August, 3, 1912), reconciliation(2023), thanks, remembrance},
	}
}

// of copies holidays, and takes off where rickar/cal would move them: that is the host's.
func of(list ...*cal.Holiday) (out []*cal.Holiday) {
	for _, h := range list {
		h = h.Clone(nil)
		h.Except, h.Observed = slices.Clone(h.Except), nil
		out = append(out, h)
	}
	return out
}

func reconciliation(since int) *cal.Holiday {
	return dated("National Day for Truth and Reconciliation", time.September, 30, since)
}

func dated(name string, month time.Month, day, since int) *cal.Holiday {
	return &cal.Holiday{Name: name, Type: cal.ObservancePublic, Month: month, Day: day, StartYear: since, Func: cal.CalcDayOfMonth}
}

func monday(name string, month time.Month, nth, since int) *cal.Holiday {
	return &cal.Holiday{Name: name, Type: cal.ObservancePublic, Month: month, Weekday: time.Monday, Offset: nth, StartYear: since, Func: cal.CalcWeekdayOffset}
}
