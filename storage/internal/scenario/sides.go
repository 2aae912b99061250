package scenario

import (
	"runtime"
	"slices"
	"time"
)

// Sides times two ways of doing the same work in turns, on a machine that has other things to do: the median of each is compared.
type Sides struct {
	ours, theirs []time.Duration
}

// Time runs both once. Which is first changes each time, and what was thrown away before is collected before either.
func (s *Sides) Time(ours, theirs func()) {
	timed := func(run func()) time.Duration {
		runtime.GC()
		start := time.Now()
		run()
		return time.Since(start)
	}
	if len(s.ours)%2 == 1 {
		s.theirs = append(s.theirs, timed(theirs))
	}
	s.ours = append(s.ours, timed(ours))
	if len(s.theirs) < len(s.ours) {
		s.theirs = append(s.theirs, timed(theirs))
	}
}

// Speed is what our way has of the speed of the other, by the medians, and the median of ours.
func (s *Sides) Speed() (ratio float64, ours time.Duration) {
	ours = median(s.ours)
	return float64(median(s.theirs)) / float64(ours), ours
}

func median(all []time.Duration) time.Duration {
	sorted := slices.Sorted(slices.Values(all))
	return sorted[len(sorted)/2]
}
