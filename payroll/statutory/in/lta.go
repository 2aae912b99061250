package in

import (
	"time"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
)

// LTABlock returns the block of four calendar years, 2022 to 2025 and 2026 to 2029, that a journey on a day belongs to. No date has none.
func LTABlock(day hr.Date) hr.Period {
	if day.IsZero() {
		return hr.Period{}
	}
	first := day.Year() - (day.Year()-2022%4+4)%4
	from, err := hr.NewDate(first, time.January, 1)
	if err != nil { // before the calendar begins
		return hr.Period{}
	}
	through, err := hr.NewDate(first+3, time.December, 31)
	if err != nil { // past its end
		return hr.Period{}
	}
	return hr.Period{From: from, Through: through}
}

func ltaParams() []hr.Parameter {
	const unchecked = "whether the Rules of 2026 changed it was not checked"
	count := func(name, title, v string) hr.Parameter {
		return hr.Parameter{Name: name, Title: title, Unit: "count", Basis: hr.ByPayDate, Steps: []hr.ParameterStep{
			since("2018-01-01", v, taxRules1962("rule 2B")), doubtful(newAct, v, taxAct2025("s.11, Schedule III; leave travel"), unchecked),
		}}
	}
	return []hr.Parameter{
		count("lta.journeys", "Journeys on leave that are exempt in a block of four calendar years", "2"),
		count("lta.carried", "Of them that go over to the first year of the next block, at most", "1"),
	}
}

// LTAJourneysLeft returns how many more journeys may be exempt on a day, after those on the days given: two in a block of four calendar
// years, and in the first year of a block one that was left of the block before, beside its own two. Days after the one asked are not
// looked at. The fare counts up to economy class by air or first class by rail, in India, and only in the old regime; what the employee
// spent within that is the answer lta_exempt. Every journey of the block before counts as one of its own two. Source: s.10(5) of the 1961
// Act and rule 2B, not read again. It returns a [hr.FieldError] with RuleTaxDay for no day, and a [hr.ParameterError] where p has no value.
func LTAJourneysLeft(p payroll.Pack, day hr.Date, taken ...hr.Date) (int, error) {
	if day.IsZero() {
		return 0, &hr.FieldError{Path: "day", Rule: RuleTaxDay, Reason: "is required"}
	}
	law := &reading{pack: p, on: day}
	inBlock, over := law.number("lta.journeys"), law.number("lta.carried")
	if err := law.err(); err != nil {
		return 0, err
	}
	block := LTABlock(day)
	before := LTABlock(block.From.Add(-1))
	var earlier, firstYear, later int
	for _, d := range taken {
		switch {
		case d.After(day):
		case before.Contains(d):
			earlier++
		case block.Contains(d) && d.Year() == block.From.Year():
			firstYear++
		case block.Contains(d):
			later++
		}
	}
	carried := min(over, max(0, inBlock-earlier))
	own := later + max(0, firstYear-carried) // what was carried over is used first
	left := inBlock - own
	if day.Year() == block.From.Year() {
		left += max(0, carried-firstYear)
	}
	return max(0, left), nil
}
