package attendance

import (
	"fmt"

	"github.com/musterhr/hr"
)

// Assignment puts an employee on a shift or a rotation for a period, whatever their terms say. On a day the employee's own assignment goes
// before one of a team, and that before the terms; of two alike the newer paints over the older on the days of its period.
type Assignment struct {
	Employee hr.EmployeeID
	Team     string    // the team through which they are put on the shift; empty: by themselves
	Shift    string    // the ID of the shift or rotation; empty only with Clear
	Period   hr.Period // both ends included; an open period runs until another assignment
	Clear    bool      // lift the roster on these days: what goes after it decides again
}

// Rostered is the stored fact of an [Assignment]: the shift of an employee on the days of its entry. An entry with Void lifts
// the roster on its days.
type Rostered struct {
	Employee hr.EmployeeID `json:"employee" class:"public"`
	Team     string        `json:"team,omitempty" class:"public"`
	Shift    string        `json:"shift" class:"private"`
}

// ForTeam assigns every member of a team to a shift or a rotation. Who joins the team later needs an assignment of their own day.
func ForTeam(team string, members []hr.EmployeeID, shift string, p hr.Period) []Assignment {
	out := make([]Assignment, len(members))
	for i, id := range members {
		out[i] = Assignment{Employee: id, Team: team, Shift: shift, Period: p}
	}
	return out
}

// checkAssignments reports everything that is wrong with the assignments of one command by themselves.
func (s Service) checkAssignments(faults *hr.Faults, list []Assignment) {
	before := map[hr.EmployeeID][]int{} // the assignments of each before this one
	for i, a := range list {
		at := fmt.Sprintf("assignments[%d]", i)
		if a.Employee == "" {
			faults.Missing(at+".employee", RuleRosterEmployee)
		}
		if err := a.Period.Validate(); err != nil {
			faults.Add(at+".period", RuleRosterPeriod, "must have a first day, and none after its last")
		}
		switch {
		case a.Clear && a.Shift != "":
			faults.Add(at+".shift", RuleShiftUnknown, "must be empty where the roster is lifted")
		case a.Clear:
		case a.Shift == "":
			faults.Missing(at+".shift", RuleShiftUnknown)
		case !s.named(a.Shift):
			faults.Add(at+".shift", RuleShiftUnknown, "is not a shift of this service")
		default:
			if shift, ok := s.Shifts[a.Shift]; ok {
				faults.Join(at+".shift", shift.Validate())
			} else {
				faults.Join(at+".shift", s.Rotations[a.Shift].Validate())
			}
		}
		for _, j := range before[a.Employee] {
			if (a.Team == "") == (list[j].Team == "") && a.Period.Overlaps(list[j].Period) {
				faults.Add(at+".period", RuleRosterOverlap, "shares days with assignments[%d] of the same employee", j)
			}
		}
		before[a.Employee] = append(before[a.Employee], i)
	}
}
