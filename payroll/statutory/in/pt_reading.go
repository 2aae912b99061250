package in

import (
	"slices"

	"github.com/musterhr/hr"
)

// How the schedules of professional tax are read: what each looks at, how many months one amount is for, and which month is special.

// ptLooksAt says what each schedule reads. A state without a row here is unknown.
func ptLooksAt() []hr.TableStep {
	var steps []hr.TableStep
	seen := map[string]bool{}
	for _, s := range slices.Concat(ptMonthly(), ptPeriodTax()) {
		if seen[s.Text] {
			continue
		}
		seen[s.Text] = true
		looks := int64(1)
		switch s.Text {
		case "MP", "OD", "BR", "JH", "MN", "ML", "ML/2022":
			looks = 12
		case "KL", "PY", "TN-CHENNAI":
			looks = 6
		case "PB", "PB/old":
			looks = 0
		}
		steps = append(steps, rows(s.Text, s.Since.String(), s.Source, above(looks)))
	}
	return steps
}

// ptSpecialMonths says for each schedule in which month another amount is due.
func ptSpecialMonths() []hr.TableStep {
	var steps []hr.TableStep
	seen := map[string]bool{}
	for _, s := range ptMonthly() {
		if seen[s.Text] {
			continue
		}
		seen[s.Text] = true
		special := []hr.TableRow{above(0)}
		switch s.Text {
		case "MH/male", "MH/female":
			special = onlyIn(2)
		case "OD":
			special = onlyIn(3)
		}
		steps = append(steps, rows(s.Text, s.Since.String(), s.Source, special...))
	}
	return append(steps,
		rows("KA", "2025-04-01", karnataka2025(), onlyIn(2)...),
		doubtfulRows("OD", "2026-04-01", odishaRepealed(), odishaDoubt, above(0)))
}

// onlyIn answers 1 in one calendar month and 0 in the others.
func onlyIn(month int64) []hr.TableRow {
	return []hr.TableRow{upTo(month-1, 0), upTo(month, 1), above(0)}
}

// ptPeriodMonths says how many months one amount of each schedule is for: what is printed for a year in monthly amounts is for one.
func ptPeriodMonths() []hr.TableStep {
	var steps []hr.TableStep
	seen := map[string]bool{}
	for _, s := range slices.Concat(ptMonthly(), ptPeriodTax()) {
		if seen[s.Text] {
			continue
		}
		seen[s.Text] = true
		months := int64(1)
		switch s.Text {
		case "KL", "PY", "TN-CHENNAI":
			months = 6
		case "BR", "JH", "MN", "ML", "ML/2022", "MP":
			months = 12
		}
		steps = append(steps, rows(s.Text, s.Since.String(), s.Source, above(months)))
	}
	return steps
}

// ptCollects says from which month on the state wants all of the tax of the half-year or year; read only where pt.spread is 0.
func ptCollects() []hr.TableStep {
	const later = "what is left after that month is due in each month that follows"
	var steps []hr.TableStep
	seen := map[string]bool{}
	for _, s := range ptPeriodTax() {
		if seen[s.Text] {
			continue
		}
		seen[s.Text] = true
		months := []int64{3} // not known, or the last month
		switch s.Text {
		case "KL":
			months = []int64{2, 3, 8, 9}
		case "PY", "TN-CHENNAI":
			months = []int64{3, 9}
		case "BR":
			months = []int64{1, 2, 3, 11, 12}
		}
		collects := inMonths(months...)
		if s.Text == "MP" { // monthly, its share
			collects = []hr.TableRow{above(2)}
		}
		steps = append(steps, doubtfulRows(s.Text, s.Since.String(), s.Source, later, collects...))
	}
	return steps
}
