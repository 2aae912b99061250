package attendance

import "github.com/musterhr/hr"

// shiftRef is the kind of reference behind a day that counts as worked because an unclocked shift planned it.
const shiftRef = "shift"

// presume takes the planned minutes for worked on a shift that nobody clocks: what is due and not on duty or leave, as far as punches do not show
// more. A punch that stands alone says nothing there.
func (r *reading) presume() {
	if r.in.Shift.Kind != UnclockedShift || r.owed == 0 {
		return
	}
	r.alone = nil
	planned := r.day.Scheduled*r.owed/r.in.Calendar.Halves - r.hours.minutes
	if r.presumed = max(0, planned-r.day.Worked); r.presumed > 0 {
		r.day.Worked = planned
	}
}

// shiftWords writes the unclocked shifts, by id.
func (s Service) shiftWords(words words) {
	for id, shift := range s.Shifts {
		words[hr.Ref{Kind: shiftRef, ID: id}] = "as planned by shift " + shift.Label() + ", which nobody clocks"
	}
}
