package attendance

import (
	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
)

// Leave by the hour ([hr.Absence].Minutes) excuses so many minutes of what the shift asks for, wherever in the day they lie: of
// coming late first, then of going early, then of time away in between, which is then no break. With some work, its minutes
// count toward [Thresholds] as if they had been worked. The day loses its unpaid share: the minutes by the minutes of work that the
// day asks for, rounded once to four decimals; and it is never worth less than the paid share of the leave alone, nor than what was worked
// is worth without the leave, as far as the leave lets it be. What is longer than the time that is owed counts as far as that.

// dayShare rounds the part of a day that leave by the hour is.
var dayShare = hr.MustRounding("0.0001", hr.HalfUp)

// hourly is the leave by the hour of a day.
type hourly struct {
	minutes    int // all of it, as far as work is owed
	open       int // of them, what has not excused anything yet
	paid, lost decimal.Decimal
}

// byTheHour adds up the leave by the hour, once it is known how much work the day asks for.
func (r *reading) byTheHour() {
	if r.day.Scheduled == 0 || r.owed == 0 {
		return
	}
	asks := r.in.Calendar.Halves
	left := r.day.Scheduled * r.owed / asks
	paid, lost := decimal.Decimal{}, decimal.Decimal{}
	for _, a := range r.absences {
		n := min(a.Minutes, left)
		left -= n
		r.hours.minutes += n
		by := decimal.NewFromInt(int64(n * asks))
		paid, lost = paid.Add(by.Mul(a.Paid)), lost.Add(by.Mul(one.Sub(a.Paid)))
	}
	if r.hours.minutes == 0 {
		return
	}
	r.hours.open = r.hours.minutes
	day := decimal.NewFromInt(int64(2 * r.day.Scheduled))
	var err, errLost error
	r.hours.paid, err = dayShare.Ratio(paid, day)
	r.hours.lost, errLost = dayShare.Ratio(lost, day)
	if err != nil || errLost != nil { // the divisor is above zero
		return
	}
	r.day.LeaveMinutes = r.hours.minutes
	if left == 0 { // nothing is left to be owed
		r.excused, r.owed = true, 0
	}
}

// excuse takes as much of the leave by the hour as there is for some minutes that are missing, and returns those that it leaves.
func (r *reading) excuse(missing int) int {
	n := max(0, min(missing, r.hours.open))
	r.hours.open -= n
	return missing - n
}

// beside says that minutes are those beyond the leave by the hour.
func (r *reading) beside() string {
	if r.hours.minutes == 0 {
		return ""
	}
	return " and the leave by the hour"
}

// credit returns the minutes that count toward the thresholds.
func (r *reading) credit() int {
	if r.day.Worked == 0 {
		return 0
	}
	return r.day.Worked + r.hours.minutes
}

// lessHours returns what a day is worth of which so much is leave of halves or off, and of which work alone makes so many halves.
func (r *reading) lessHours(other decimal.Decimal, plain int) decimal.Decimal {
	with := func(halves int) decimal.Decimal { return other.Add(parts[halves]) }
	work := decimal.Min(with(plain), with(r.due).Sub(r.hours.lost))
	return decimal.Max(with(r.done).Sub(r.hours.lost), work, other.Add(r.hours.paid))
}
