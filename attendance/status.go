package attendance

// Status is the one word that a muster roll writes for a day. What is paid is said by Payable and Unpaid, not by the word.
type Status string

// The statuses.
const (
	StatusPresent      Status = "present"       // all that was due was worked
	StatusHalfDay      Status = "half_day"      // half of what was due was worked, the other half is unpaid
	StatusAbsent       Status = "absent"        // due and not worked: unpaid
	StatusWeeklyOff    Status = "weekly_off"    // nothing due: payable
	StatusHoliday      Status = "holiday"       // nothing due: payable; also where it falls on a weekly off
	StatusLeave        Status = "leave"         // away the whole day, with some pay
	StatusUnpaidLeave  Status = "unpaid_leave"  // away the whole day, without pay
	StatusHalfLeave    Status = "half_leave"    // half of the day on leave, paid or not, the other half worked, off or absent
	StatusOnDuty       Status = "on_duty"       // all that was due was on duty away from the clock, or half of it and the rest worked
	StatusHome         Status = "home"          // the same at home
	StatusMissingPunch Status = "missing_punch" // work was due and a punch is missing: worth what the policy says
	StatusNotEmployed  Status = "not_employed"  // neither payable nor unpaid
)

// Statuses lists every status.
func Statuses() []Status {
	return []Status{
		StatusPresent, StatusHalfDay, StatusAbsent, StatusWeeklyOff, StatusHoliday, StatusLeave, StatusUnpaidLeave,
		StatusHalfLeave, StatusOnDuty, StatusHome, StatusMissingPunch, StatusNotEmployed,
	}
}
