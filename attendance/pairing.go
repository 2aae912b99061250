package attendance

import "github.com/musterhr/hr"

// Pairing says how the punches of a day become stretches of work.
type Pairing string

// The ways to pair. The empty pairing is PairTyped.
const (
	// PairTyped trusts a known direction; a punch without one comes in where nobody is in, and goes out otherwise.
	PairTyped Pairing = ""
	// PairAlternate forgets what the device said of directions: in, out, in, out.
	PairAlternate Pairing = "alternate"
)

// Validate returns a [hr.FieldError] with RulePolicyPairing.
func (p Pairing) Validate() error {
	if p != PairTyped && p != PairAlternate {
		return &hr.FieldError{Rule: RulePolicyPairing, Reason: "must be empty (typed) or alternate"}
	}
	return nil
}

// Session is one stretch of work between two punches.
type Session struct {
	In, Out Punch
}

// Minutes returns the minutes that passed, whatever the clock on the wall showed: real time over a clock change. Each
// punch counts from the start of its minute.
func (s Session) Minutes() int { return int(s.Out.minute().Sub(s.In.minute()).Minutes()) }

// pair makes sessions of punches that are in order and free of duplicates. A punch whose partner is missing is alone;
// its direction is set to what it was taken for.
func (p Pairing) pair(punches []Punch) (sessions []Session, alone []Punch) {
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
	return sessions, alone
}

// read returns punches as the pairing sees them.
func (p Pairing) read(punches []Punch) []Punch {
	if p == PairAlternate {
		for i := range punches {
			punches[i].Direction = ""
		}
	}
	return punches
}
