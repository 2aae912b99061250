package attendance

import (
	"slices"
	"time"

	"github.com/musterhr/hr"
)

// Pairing says how the punches of a day become stretches of work.
type Pairing string

// The ways to pair. The empty pairing is PairTyped.
const (
	// PairTyped trusts a known direction; a punch without one comes in where nobody is in, and goes out otherwise.
	PairTyped Pairing = ""
	// PairAlternate forgets what the device said of directions: in, out, in, out.
	PairAlternate Pairing = "alternate"
	// PairFirstLast takes the day from its first punch to its last, whatever was punched in between.
	PairFirstLast Pairing = "first_last"
)

// Validate returns a [hr.FieldError] with RulePolicyPairing.
func (p Pairing) Validate() error {
	if p != PairTyped && p != PairAlternate && p != PairFirstLast {
		return &hr.FieldError{Rule: RulePolicyPairing, Reason: "must be empty (typed), alternate or first_last"}
	}
	return nil
}

// Session is one stretch of work between two punches.
type Session struct {
	In, Out     Punch
	From, Until time.Time // what counts of it, where a rule moved it; zero: from the minute of In to that of Out
}

// Minutes returns the minutes that passed, whatever the clock on the wall showed: real time over a clock change. Each
// punch counts from the start of its minute.
func (s Session) Minutes() int { return int(s.until().Sub(s.from()).Minutes()) }

func (s *Session) from() time.Time {
	if s.From.IsZero() {
		return s.In.minute()
	}
	return s.From
}

func (s *Session) until() time.Time {
	if s.Until.IsZero() {
		return s.Out.minute()
	}
	return s.Until
}

// round moves what counts of the sessions, which are in order, by the rule. None begins before the one before it has ended, and none ends before
// it begins: no minute is counted twice.
func (r PunchRounding) round(sessions []Session, zone *time.Location) {
	if r.Step == 0 {
		return
	}
	for i := range sessions {
		s := &sessions[i]
		s.From, s.Until = r.Round(s.In.At, In, zone), r.Round(s.Out.At, Out, zone)
		if i > 0 {
			s.From = later(s.From, sessions[i-1].Until)
		}
		s.Until = later(s.Until, s.From)
	}
}

// pair makes sessions of punches that are in order and free of duplicates. A punch whose partner is missing is alone;
// its direction is set to what it was taken for.
func (p Pairing) pair(punches []Punch) (sessions []Session, alone []Punch) {
	if n := len(punches); p == PairFirstLast && n > 1 {
		return []Session{{In: punches[0], Out: punches[n-1]}}, nil
	}
	sessions = make([]Session, 0, len(punches)/2)
	var in Punch
	open := false
	for _, punch := range punches {
		if punch.Direction == "" {
			punch.Direction = In
			if open {
				punch.Direction = Out
			}
		}
		switch {
		case punch.Direction == In && open:
			alone = append(alone, in)
			in = punch
		case punch.Direction == In:
			in, open = punch, true
		case open:
			sessions = append(sessions, Session{In: in, Out: punch})
			open = false
		default:
			alone = append(alone, punch)
		}
	}
	if open {
		alone = append(alone, in)
	}
	if len(sessions) == 0 {
		sessions = nil
	}
	return sessions, alone
}

// read returns punches as the pairing sees them.
func (p Pairing) read(punches []Punch) []Punch {
	if p == PairAlternate {
		punches = slices.Clone(punches)
		for i := range punches {
			punches[i].Direction = ""
		}
	}
	return punches
}
