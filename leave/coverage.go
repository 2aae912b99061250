package leave

import (
	"context"
	"slices"

	"github.com/musterhr/hr"
)

// Coverage says how many of a team must be there: an approval that leaves fewer on a working day is refused. The zero Coverage is off. A
// day counts as away whether half of it or all is.
type Coverage struct {
	Present int `json:"present,omitempty" class:"public"` // of the team, the one who asks included
}

// Validate returns a [hr.FieldError] with RulePolicyCoverage.
func (c Coverage) Validate() error {
	if c.Present < 0 {
		return &hr.FieldError{Path: "present", Rule: RulePolicyCoverage, Reason: "must not be below zero"}
	}
	return nil
}

// team returns whom the coverage of a request depends on, the employee among them, and holds the guard rows of all of them: two
// approvals of one team follow one another. Without coverage it is the employee alone.
func (s Service) team(ctx context.Context, v hr.View, p Policy, employee hr.EmployeeID, asked hr.Period) ([]hr.EmployeeID, error) {
	if p.Coverage.Present == 0 {
		return []hr.EmployeeID{employee}, nil
	}
	if s.Team == nil {
		return nil, &hr.FieldError{Path: "leave.team", Rule: RuleService, Reason: "is required: a policy asks for coverage", Err: hr.ErrRequired}
	}
	team, err := s.Team.TeamOf(ctx, v, employee, asked)
	if err != nil {
		return nil, err
	}
	if !slices.Contains(team, employee) {
		team = append(slices.Clone(team), employee)
	}
	return team, nil
}

// covered records the days on which too few of the team would be there.
func (s Service) covered(ctx context.Context, faults *hr.Faults, p Policy, employee hr.EmployeeID, team []hr.EmployeeID, days []Day, asked hr.Period) error {
	if p.Coverage.Present == 0 {
		return nil
	}
	var pins []hr.Pin
	for _, id := range team {
		if id != employee {
			pins = append(pins, hr.Pin{Employee: id})
		}
	}
	histories, err := s.awayOf(ctx, pins, asked)
	if err != nil {
		return err
	}
	away := map[hr.Date]int{}
	for _, h := range histories {
		own := map[hr.Date]bool{}
		for _, e := range h.Live(0) {
			if !own[e.Period.From] {
				own[e.Period.From] = true
				away[e.Period.From]++
			}
		}
	}
	for _, d := range days {
		if !d.off() && d.Quantity.Sign() > 0 && len(team)-1-away[d.Date] < p.Coverage.Present {
			faults.Add("period", RuleRequestCoverage, "fewer than %d of the team would be there on %s", p.Coverage.Present, d.Date)
		}
	}
	return nil
}
