package attendance

import (
	"fmt"

	"github.com/musterhr/hr"
)

// Assignment puts an employee on a shift for a period, whatever their terms say. A newer assignment paints over an older one
// on the days of its period.
type Assignment struct {
	Employee hr.EmployeeID
	Shift    string    // the ID of the shift; empty only with Clear
	Period   hr.Period // both ends included; an open period runs until another assignment
	Clear    bool      // lift the roster on these days: the terms decide again
}

// Rostered is the stored fact of an [Assignment]: the shift of an employee on the days of its entry. An entry with Void lifts
// the roster on its days.
type Rostered struct {
	Employee hr.EmployeeID `json:"employee" class:"public"`
	Shift    string        `json:"shift" class:"private"`
}

// checkAssignments reports everything that is wrong with the assignments of one command by themselves.
func checkAssignments(faults *hr.Faults, shifts map[string]Shift, list []Assignment) {
	before := map[hr.EmployeeID][]int{} // the assignments of each before this one
	for i, a := range list {
		at := fmt.Sprintf("assignments[%d]", i)
		if a.Employee == "" {
			faults.Missing(at+".employee", RuleRosterEmployee)
		}
		if err := a.Period.Validate(); err != nil {
			faults.Add(at+".period", RuleRosterPeriod, "must have a first day, and none after its last")
		}
		shift, known := shifts[a.Shift]
		switch {
		case a.Clear && a.Shift != "":
			faults.Add(at+".shift", RuleShiftUnknown, "must be empty where the roster is lifted")
		case a.Clear:
		case a.Shift == "":
			faults.Missing(at+".shift", RuleShiftUnknown)
		case !known:
			faults.Add(at+".shift", RuleShiftUnknown, "is not a shift of this service")
		default:
			faults.Join(at+".shift", shift.Validate())
		}
		for _, j := range before[a.Employee] {
			if a.Period.Overlaps(list[j].Period) {
				faults.Add(at+".period", RuleRosterOverlap, "shares days with assignments[%d] of the same employee", j)
			}
		}
		before[a.Employee] = append(before[a.Employee], i)
	}
}
