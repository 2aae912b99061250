package report

import (
	"fmt"
	"maps"
	"slices"

	"github.com/musterhr/hr"
)

// shiftsWorked adds up the days on which somebody worked, by the shift that owns them: a night belongs to the day on which it begins.
func (m Month) shiftsWorked() *grid {
	type sums struct {
		people                map[hr.EmployeeID]bool
		days, minutes, nights int
	}
	by := map[string]*sums{}
	for _, s := range m.Slips {
		for _, d := range m.Days[s.Employee] {
			if d.Worked == 0 {
				continue
			}
			if by[d.Shift] == nil {
				by[d.Shift] = &sums{people: map[hr.EmployeeID]bool{}}
			}
			of := by[d.Shift]
			of.people[s.Employee] = true
			of.days, of.minutes, of.nights = of.days+1, of.minutes+d.Worked, of.nights+d.Night
		}
	}
	g := &grid{words: 2}
	for _, id := range slices.Sorted(maps.Keys(by)) {
		if len(g.rows) == 0 {
			g.add("", "", "people", "days", "hours", "of them at night")
		}
		shift := m.Shifts[id]
		g.add(shift.Label(), shift.Start.String()+" to "+shift.End.String(), fmt.Sprint(len(by[id].people)), fmt.Sprint(by[id].days), hours(by[id].minutes), hours(by[id].nights))
	}
	return g
}

// hours writes minutes as hours and minutes.
func hours(minutes int) string { return fmt.Sprintf("%d:%02d", minutes/60, minutes%60) }
