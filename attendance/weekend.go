package attendance

import (
	"time"

	"github.com/musterhr/hr"
)

// Weekend is the days of the week whose work is counted once more in the band "weekend", for a premium: what lies between two midnights
// on the clock of the shift's zone. The zero Weekend is off. The unpaid break comes out of other time first.
type Weekend struct {
	Days [7]bool // by [time.Weekday]: Days[time.Saturday]
}

// BandWeekend counts work on the days of [Weekend] once more.
const BandWeekend = "weekend"

// minutes returns the real minutes of the sessions that lie on such days.
func (w Weekend) minutes(sessions []Session, zone *time.Location) int {
	if w == (Weekend{}) {
		return 0
	}
	sum := 0
	for _, s := range sessions {
		in, out := s.from(), s.until()
		for d, last := hr.DateOf(in, zone).Add(-1), hr.DateOf(out, zone).Add(1); !d.IsZero() && !d.After(last); d = d.Add(1) {
			if w.Days[d.Weekday()] {
				sum += shared(in, out, midnight(d, zone), midnight(d.Add(1), zone))
			}
		}
	}
	return sum
}
