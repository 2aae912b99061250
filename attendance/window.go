package attendance

import (
	"time"

	"github.com/musterhr/hr"
)

// Window limits how long before the start and after the end of a shift a punch is taken without a question. A punch
// outside still belongs to the day, but is not counted: the day shows an exception. Zero minutes set no limit: the punch
// is the day's as far as halfway to the neighbouring shift.
type Window struct {
	Before int // minutes before the start, 0 to 720
	After  int // minutes after the end, 0 to 720
}

// reach is how far a shift without a near neighbour owns the time around it.
const reach = 12 * time.Hour

// Validate returns [hr.FieldError]s with RuleShiftWindow.
func (w Window) Validate() error {
	var faults hr.Faults
	checkMinutes(&faults, "before", RuleShiftWindow, w.Before, 720)
	checkMinutes(&faults, "after", RuleShiftWindow, w.After, 720)
	return faults.Err()
}

// takes reports whether a punch at t is inside the window around a shift.
func (w Window) takes(t, start, end time.Time) bool {
	return (w.Before == 0 || !t.Before(start.Add(-minutes(w.Before)))) &&
		(w.After == 0 || !t.After(end.Add(minutes(w.After))))
}

func minutes(n int) time.Duration { return time.Duration(n) * time.Minute }

func checkMinutes(faults *hr.Faults, path string, rule hr.Rule, n, limit int) {
	if n < 0 || n > limit {
		faults.Add(path, rule, "must be 0 to %d minutes", limit)
	}
}
