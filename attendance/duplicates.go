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
	repeats := func(last, p *Punch) bool {
		return last.Direction == p.Direction && p.At.Sub(last.At) <= minutes(d.Within)
	}
	first := 1 // the first that repeats one: mostly there is none, and nothing to copy
	for first < len(punches) && !repeats(&punches[first-1], &punches[first]) {
		first++
	}
	if first >= len(punches) {
		return punches, nil
	}
	counted = append(make([]Punch, 0, len(punches)), punches[:first]...)
	for i := range punches[first:] {
		p := &punches[first+i]
		if repeats(&counted[len(counted)-1], p) {
			repeated = append(repeated, *p)
			continue
		}
		counted = append(counted, *p)
	}
	return counted, repeated
}
