package attendance

import (
	"time"

	"github.com/musterhr/hr"
)

// Night is the part of the day whose work is counted once more in the band "night", for a premium: from From until Until on
// the clock of the shift's zone, over midnight where Until is not later. The zero Night is off. The unpaid break comes out
// of other time first.
type Night struct {
	From, Until hr.TimeOfDay
}

// IsZero reports whether no time is night.
func (n Night) IsZero() bool { return n == Night{} }

// minutes returns the real minutes of the sessions that lie in the night.
func (n Night) minutes(sessions []Session, zone *time.Location) int {
	if n.IsZero() {
		return 0
	}
	sum := 0
	for _, s := range sessions {
		in, out := s.from(), s.until()
		for d := hr.DateOf(in, zone).Add(-1); !d.IsZero() && !d.After(hr.DateOf(out, zone)); d = d.Add(1) {
			until := d
			if n.Until.Compare(n.From) <= 0 {
				until = d.Add(1)
			}
			from := d.At(n.From, zone)
			if !from.Before(out) {
				break
			}
			sum += shared(in, out, from, until.At(n.Until, zone))
		}
	}
	return sum
}

// shared returns the whole minutes that two stretches of time have in common.
func shared(from, until, from2, until2 time.Time) int {
	if from2.After(from) {
		from = from2
	}
	if until2.Before(until) {
		until = until2
	}
	return int(max(0, until.Sub(from)).Minutes())
}
