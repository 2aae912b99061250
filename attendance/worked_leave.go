package attendance

import (
	"time"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
)

// WorkedLeave says what becomes of leave on which somebody worked after all. The zero rule is off: the leave stands, the lots keep what
// they gave, the day is payable by the paid share of the leave, and the exception [WorkOnLeave] tells somebody. With minutes, so much
// work makes work of the half or the day: it is payable as worked, and [Day].Returns gives the leave back to its lots (see
// [Service.SettleLeave]). A punch without its partner gives nothing back.
//
// Of a whole day of leave all work of the day counts, and half a day goes back of that half of the shift in which more was
// worked. Of half a day of leave only the work within that half of the shift counts, and what is given back so counts toward no other half: the
// whole day is worked where its minutes make a full day. Leave by the hour is not given back: it has no
// place in the day, and what was worked beside it is the rest of the day.
type WorkedLeave struct {
	HalfDay int // minutes from which half a day of leave is given back
	FullDay int // minutes from which a whole day is
}

// IsZero reports whether leave stands whatever was worked.
func (r WorkedLeave) IsZero() bool { return r == WorkedLeave{} }

// Validate returns [hr.FieldError]s with RulePolicyMinutes and RulePolicyOrder.
func (r WorkedLeave) Validate() error {
	var faults hr.Faults
	checkMinutes(&faults, "full_day", RulePolicyMinutes, r.FullDay, 1440)
	checkMinutes(&faults, "half_day", RulePolicyMinutes, r.HalfDay, 1440)
	if !r.IsZero() && (r.HalfDay == 0 || r.HalfDay > r.FullDay) {
		faults.Add("half_day", RulePolicyOrder, "must be some, and not more than a full day asks for")
	}
	return faults.Err()
}

// onLeave finds the work in the halves of the day that are on leave: its minutes, and which of these halves become work.
func (r *reading) onLeave() (minutes int, worked [2]bool) {
	parts, _ := r.in.Shift.halves(r.in.Date, r.begins, r.ends)
	within := func(h int) (sum int) {
		for _, s := range r.day.Sessions {
			sum += shared(s.from(), s.until(), parts[h][0], parts[h][1])
		}
		return sum
	}
	rule := r.in.Policy.WorkedLeave
	gives := !rule.IsZero() && len(r.alone) == 0
	switch first, second := r.away[0] != nil, r.away[1] != nil; {
	case first && second:
		minutes = r.day.Worked
		switch {
		case !gives || minutes < rule.HalfDay:
		case minutes >= rule.FullDay:
			worked = [2]bool{true, true}
		case within(1) > within(0):
			worked[1] = true
		default:
			worked[0] = true
		}
	case first || second:
		h := 0
		if second {
			h = 1
		}
		length := int(parts[h][1].Sub(parts[h][0]) / time.Minute)
		if n := within(h); 2*n > length || gives && n >= rule.HalfDay { // to stay a little longer is no work on leave
			minutes = n
		}
		worked[h] = gives && minutes >= rule.HalfDay
	}
	return minutes, worked
}

// giveBack makes work of the halves on leave that were worked, and notes what goes back to leave.
func (r *reading) giveBack() {
	if r.away[0] == nil && r.away[1] == nil {
		return
	}
	var worked [2]bool
	r.workedLeave, worked = r.onLeave()
	if r.in.Policy.WorkedLeave.IsZero() {
		return
	}
	seen := map[*hr.Absence]int{}
	for h, a := range r.away {
		if a == nil || a.Ref.IsZero() {
			continue
		}
		at, ok := seen[a]
		if !ok {
			at = len(r.day.Returns)
			seen[a] = at
			r.day.Returns = append(r.day.Returns, hr.LeaveReturn{Employee: a.Employee, Date: a.Date, Half: a.Half, Request: a.Ref, Refs: punchRefs(r.all)})
		}
		if worked[h] {
			part := half
			if a.Half != hr.WholeDay {
				part = one
			}
			r.day.Returns[at].Share = r.day.Returns[at].Share.Add(part)
			r.away[h] = nil
			if r.in.Calendar.Halves > h {
				r.due, r.given = r.due+1, r.given+1
			} else {
				r.offHalves++
			}
		}
	}
}

// noteLeave lists work on a day off, and work on leave: by the day, by the half, and by the hour where more than half of the leave must
// have been worked.
func (r *reading) noteLeave(add func(code ExceptionCode, ref hr.Ref, detail string, args ...any)) {
	given := decimal.Decimal{}
	for _, back := range r.day.Returns {
		given = given.Add(back.Share)
	}
	switch {
	case given.Sign() > 0:
		add(WorkOnLeave, hr.Ref{}, "worked %d minutes on leave: it goes back, and the time is work", r.workedLeave)
	case r.workedLeave > 0:
		add(WorkOnLeave, hr.Ref{}, "worked %d minutes on leave", r.workedLeave)
	case r.hours.minutes > 0 && r.day.Worked+r.hours.minutes/2 > r.day.Scheduled:
		add(WorkOnLeave, hr.Ref{}, "worked %d minutes, of which leave by the hour excuses %d", r.day.Worked, r.hours.minutes)
	case r.due == 0 && r.day.Worked > 0:
		add(WorkOnOffDay, hr.Ref{}, "worked %d minutes on a day off", r.day.Worked)
	}
}

func punchRefs(punches []Punch) []hr.Ref {
	refs := make([]hr.Ref, len(punches))
	for i, p := range punches {
		refs[i] = p.Ref()
	}
	return refs
}
