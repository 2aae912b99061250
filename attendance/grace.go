package attendance

import "github.com/musterhr/hr"

// Grace is how late somebody may come and how early they may go without it being noted. Within the grace nothing is late;
// beyond it the minutes count from the shift's own time, the grace included. The zero Grace notes every minute.
type Grace struct {
	Late  int // minutes after the start
	Early int // minutes before the end
}

// Validate returns [hr.FieldError]s with RulePolicyMinutes.
func (g Grace) Validate() error {
	var faults hr.Faults
	checkMinutes(&faults, "late", RulePolicyMinutes, g.Late, 1440)
	checkMinutes(&faults, "early", RulePolicyMinutes, g.Early, 1440)
	return faults.Err()
}

// beyond returns minutes where they are more than the grace allows, else 0.
func beyond(minutes, grace int) int {
	if minutes > grace {
		return minutes
	}
	return 0
}
