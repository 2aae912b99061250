package attendance

import "github.com/musterhr/hr"

// Duplicates makes one punch of a badge that was read again: a punch of the same direction within so many minutes after
// the one that counts, with no other in between, is set aside. The first of them counts; the others stay as evidence. Zero
// is off: every punch counts.
type Duplicates struct {
	Within int // minutes, 0 to 120
}

// Validate returns a [hr.FieldError] with RulePolicyMinutes.
func (d Duplicates) Validate() error {
	var faults hr.Faults
	checkMinutes(&faults, "within", RulePolicyMinutes, d.Within, 120)
	return faults.Err()
}

// collapse splits punches, which are in order, into those that count and those that repeat one.
func (d Duplicates) collapse(punches []Punch) (counted, repeated []Punch) {
	if d.Within == 0 {
		return punches, nil
	}
	counted = make([]Punch, 0, len(punches))
	for _, p := range punches {
		if n := len(counted); n > 0 && counted[n-1].Direction == p.Direction && p.At.Sub(counted[n-1].At) <= minutes(d.Within) {
			repeated = append(repeated, p)
			continue
		}
		counted = append(counted, p)
	}
	return counted, repeated
}
