package leave

import "github.com/musterhr/hr"

// Restricted makes a type one of restricted (optional) holidays: an employee chooses from those of the calendar, and every day of a
// request must be one. How many is said by what is credited. The zero Restricted is off.
type Restricted struct {
	Only bool `json:"only,omitempty" class:"public"`
}

func (r Restricted) check(faults *hr.Faults, asked hr.Period, calendar Calendar) {
	if !r.Only {
		return
	}
	for d := range asked.Days() {
		day, err := calendar.Day(d)
		if err != nil {
			faults.Join("", err)
			return
		}
		if day.Restricted == "" {
			faults.Add("period", RuleRequestRestricted, "%s is no restricted holiday", d)
		}
	}
}
