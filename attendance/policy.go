package attendance

import "github.com/musterhr/hr"

// Policy is how a company reads a day: a few small rules, none of which reads another's fields. The zero Policy is usable
// and strict: every late minute is noted, every punch counts, any work is a day, a missing punch is unpaid, and there is no
// overtime.
type Policy struct {
	Pairing      Pairing
	Rounding     PunchRounding
	Geofence     Geofence
	Duplicates   Duplicates
	Grace        Grace
	Thresholds   Thresholds
	Overtime     Overtime
	MissingPunch MissingPunch
	Night        Night
	Weekend      Weekend
	WorkedLeave  WorkedLeave
}

// Validate returns the faults of all rules together, each under the name of its rule.
func (p Policy) Validate() error {
	var faults hr.Faults
	faults.Join("pairing", p.Pairing.Validate())
	faults.Join("rounding", p.Rounding.Validate())
	faults.Join("duplicates", p.Duplicates.Validate())
	faults.Join("grace", p.Grace.Validate())
	faults.Join("thresholds", p.Thresholds.Validate())
	faults.Join("overtime", p.Overtime.Validate())
	faults.Join("missing_punch", p.MissingPunch.Validate())
	faults.Join("worked_leave", p.WorkedLeave.Validate())
	return faults.Err()
}
