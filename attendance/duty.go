package attendance

import (
	"fmt"

	"github.com/musterhr/hr"
)

// DutyKind says where somebody works who does not come to the clock. The empty kind is none.
type DutyKind string

// The kinds of duty.
const (
	OnDuty       DutyKind = "on_duty"        // at a customer's, at court, on a training: away on the employer's business
	WorkFromHome DutyKind = "work_from_home" // at home, by agreement
)

// Duty is a day, or half of one, that somebody was allowed to work away from the clock. As far as that half was due it counts as worked
// without a punch: nobody is late, early or missing for it. It makes no minutes: only punches do, also those from home.
type Duty struct {
	Employee hr.EmployeeID
	Date     hr.Date
	Half     hr.HalfOfDay
	Kind     DutyKind
	Ref      hr.Ref // what allowed it
}

func (d Duty) covers(h int) bool { return d.Half == hr.WholeDay || d.Half == halfNames[h] }

// checkDuties reports duties of another day or kind, and halves of the day that somebody would be on duty twice, or on duty and on leave.
func checkDuties(faults *hr.Faults, date hr.Date, duties []Duty, absences []hr.Absence) {
	var taken [2]bool
	for _, a := range absences {
		for h := range taken {
			taken[h] = taken[h] || a.Date == date && covers(a, h)
		}
	}
	for i, d := range duties {
		at := fmt.Sprintf("duties[%d]", i)
		if d.Date != date {
			faults.Add(at+".date", RuleDutyDate, "is of another day")
		}
		if d.Kind != OnDuty && d.Kind != WorkFromHome {
			faults.Add(at+".kind", RuleDutyKind, "must be on_duty or work_from_home")
		}
		if d.Half != hr.WholeDay && d.Half != hr.FirstHalf && d.Half != hr.SecondHalf {
			faults.Add(at+".half", RuleAbsenceHalf, "must be first, second, or empty for the whole day")
			continue
		}
		for h := range taken {
			if d.covers(h) {
				if taken[h] {
					faults.Add(at+".half", RuleDutyOverlap, "the %s half of %s is taken already, by leave or another duty", halfNames[h], date)
				}
				taken[h] = true
			}
		}
	}
}
