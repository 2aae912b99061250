package attendance

import (
	"cmp"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
)

// reading is a day while it is being classified: what was worked out on the way, for exceptions and trace.
type reading struct {
	in       DayInput
	day      Day
	absences []hr.Absence // by half of the day

	begins, ends time.Time // the shift
	start, end   time.Time // the part of it that was asked for
	away         [2]*hr.Absence
	duty         [2]*Duty
	due          int // halves asked for: 0 to 2
	owed         int // halves of those that punches must show: not on duty
	done         int // halves of those that count as worked
	offHalves    int

	hours       hourly
	excused     bool // leave by the hour covers all that was owed
	workedLeave int  // minutes worked on leave
	given       int  // halves of leave that were worked and go back

	all, counted, repeated, alone, fenced []Punch
	present, gaps, rests, taken           int // minutes that count, away in between, rests of those present that are paid, and taken off as break
	early                                 int // minutes before the shift that cannot be overtime
	extra                                 int // minutes beyond what was asked for, before the overtime rule
	presumed                              int // minutes that count as worked because they were planned and nobody clocks
}

// begin reads the day's plan: what is asked for, and what excuses.
func (r *reading) begin() {
	in := &r.in
	r.day = Day{Date: in.Date, Shift: in.Shift.ID, Kind: kindOf(in.Calendar)}
	r.absences = slices.Clone(in.Absences)
	slices.SortFunc(r.absences, func(a, b hr.Absence) int {
		return cmp.Or(cmp.Compare(a.Half, b.Half), cmp.Compare(a.Ref.ID, b.Ref.ID))
	})
	for h := range r.away {
		for i := range r.absences {
			if covers(r.absences[i], h) {
				r.away[h] = &r.absences[i]
			}
		}
		for i := range in.Duties {
			if in.Duties[i].covers(h) {
				r.duty[h] = &in.Duties[i]
			}
		}
		switch {
		case r.away[h] != nil:
		case in.Calendar.Halves > h: // a half working day asks for its first half
			r.due++
			if r.duty[h] == nil {
				r.owed++
			}
		default:
			r.offHalves++
		}
	}
}

func kindOf(d hr.Day) DayKind {
	switch {
	case d.Halves > 0:
		return WorkingDay
	case d.Holiday != "":
		return HolidayDay
	}
	return RestDay
}

// asked returns the part of the shift that punches must show, and the minutes of work in what the calendar asked for: leave and duty
// excuse somebody, they do not make overtime of the other half.
func (r *reading) asked() (start, end time.Time, scheduled int) {
	parts, minutes := r.in.Shift.halves(r.in.Date, r.begins, r.ends)
	length := 0
	for h := range min(2, max(0, r.in.Calendar.Halves)) {
		length += minutes[h]
	}
	scheduled = length - r.in.Shift.Break.Deduct(length, 0)
	start, end = parts[0][0], parts[1][1]
	if r.away[0] != nil || r.duty[0] != nil {
		start = parts[1][0]
	}
	if r.away[1] != nil || r.duty[1] != nil || r.in.Calendar.Halves == 1 {
		end = parts[0][1]
	}
	return start, end, scheduled
}

// flex moves what was asked for as far as somebody came later than the start of a flexible shift, within what it allows.
func (r *reading) flex() {
	if r.in.Shift.Kind != FlexibleShift || len(r.counted) == 0 {
		return
	}
	late := min(max(0, r.counted[0].minute().Sub(r.start)), minutes(r.in.Shift.Flex))
	r.start, r.end = r.start.Add(late), r.end.Add(late)
}

// attend works out the minutes.
func (r *reading) attend() {
	policy := &r.in.Policy
	r.all = inOrder(r.in.Punches)
	r.counted, r.repeated = policy.Duplicates.collapse(policy.Pairing.read(r.fence(r.all)))
	r.day.Sessions, r.alone = policy.Pairing.pair(r.counted)
	policy.Rounding.round(r.day.Sessions, r.in.Shift.Zone)
	for i := range r.day.Sessions {
		s := &r.day.Sessions[i]
		r.present += s.Minutes()
		if i > 0 {
			r.between(r.day.Sessions[i-1].until(), s.from())
		}
	}
	r.present += r.rests
	r.start, r.end, r.day.Scheduled = r.asked()
	r.flex()
	r.byTheHour()
	r.punctual()
	r.taken = r.in.Shift.Break.Deduct(r.present, r.gaps)
	r.day.Worked = r.present - r.taken
	r.presume()
	r.extra = max(0, r.day.Worked-r.day.Scheduled)
	if !policy.Overtime.EarlyArrival && r.day.Scheduled > 0 {
		r.early = min(r.extra, r.before())
		r.extra -= r.early
	}
	r.day.Overtime = policy.Overtime.Count(r.extra)
	r.day.Night = min(r.day.Worked, policy.Night.minutes(r.day.Sessions, r.in.Shift.Zone))
	for _, b := range []hr.Band{
		{Name: BandRegular, Minutes: r.day.Worked - r.day.Overtime},
		{Name: BandOvertime, Minutes: r.day.Overtime},
		{Name: BandNight, Minutes: r.day.Night},
		{Name: BandWeekend, Minutes: min(r.day.Worked, policy.Weekend.minutes(r.day.Sessions, r.in.Shift.Zone))},
	} {
		if b.Minutes > 0 {
			r.day.Bands = append(r.day.Bands, b)
		}
	}
}

// fence returns the punches that count by the fence of their site, and keeps the others.
func (r *reading) fence(punches []Punch) []Punch {
	if len(r.in.Sites) == 0 {
		return punches
	}
	var inside []Punch
	for _, p := range punches {
		out := !r.in.Sites[p.Site].Has(p.Place)
		if out {
			r.fenced = append(r.fenced, p)
		}
		if !out || !r.in.Policy.Geofence.Discard {
			inside = append(inside, p)
		}
	}
	return inside
}

// between takes the time from one stretch of work to the next for a paid rest, the pause of a split shift, or a break.
func (r *reading) between(from, until time.Time) {
	away := int(until.Sub(from).Minutes())
	if away <= r.in.Shift.Break.PaidUpTo {
		r.rests += away
		return
	}
	if p := r.in.Shift.Pause; !p.IsZero() {
		away -= shared(from, until, r.in.Shift.at(r.in.Date, p.From), r.in.Shift.at(r.in.Date, p.Until))
	}
	r.gaps += away
}

// before returns the minutes at work before the shift began.
func (r *reading) before() int {
	sum := 0
	for i := range r.day.Sessions {
		s := &r.day.Sessions[i]
		sum += shared(s.from(), s.until(), time.Time{}, r.begins)
	}
	return sum
}

// punctual finds how late the first punch came and how early the last one went, where they say so and no leave by the hour excuses it.
func (r *reading) punctual() {
	if r.owed == 0 || len(r.counted) == 0 || r.in.Shift.Kind == OpenShift || r.in.Shift.Kind == UnclockedShift {
		return
	}
	grace := r.in.Policy.Grace
	first, last, comes, goes := r.edges()
	if comes {
		r.day.Late = beyond(r.excuse(int(first.minute().Sub(r.start).Minutes())), grace.Late)
	}
	if goes {
		r.day.Early = beyond(r.excuse(int(r.end.Sub(last.minute()).Minutes())), grace.Early)
	}
	r.gaps = r.excuse(r.gaps)
}

// edges returns the first and the last punch that count, and whether they came in and went out.
func (r *reading) edges() (first, last Punch, comes, goes bool) {
	first, last = r.counted[0], r.counted[len(r.counted)-1]
	comes = first.Direction != Out // without a direction a first punch comes in
	if n := len(r.day.Sessions); n > 0 {
		goes = r.day.Sessions[n-1].Out.ID == last.ID
	}
	return first, last, comes, goes || last.Direction == Out
}

// judge decides status, payable and unpaid.
func (r *reading) judge() {
	r.giveBack()
	r.done = r.made(r.credit())
	plain := r.made(r.day.Worked) // without the leave by the hour
	if r.owed > 0 && len(r.alone) > 0 {
		r.done, plain = min(r.owed, r.in.Policy.MissingPunch.Halves)+r.due-r.owed, 0
	}
	r.day.Halves = Halves{Due: r.due, Done: r.done, Leave: 2 - r.due - r.offHalves}
	if r.away == [2]*hr.Absence{} && r.hours.minutes == 0 {
		r.day.Payable, r.day.Unpaid = parts[r.offHalves+r.done], parts[r.due-r.done]
		r.day.Status = r.status()
		return
	}
	other := decimal.NewFromInt(int64(r.offHalves))
	for _, a := range r.away {
		if a != nil {
			other = other.Add(a.Paid)
		}
	}
	r.day.Payable = r.lessHours(other.Mul(half), plain)
	r.day.Unpaid = one.Sub(r.day.Payable)
	r.day.Status = r.status()
}

// made returns the halves that count as worked with so many minutes of work: those on duty, and of what punches must show, the halves
// of leave that were worked among it, as many as the minutes make. No minute counts for the one and the other.
func (r *reading) made(minutes int) int {
	punched := r.owed + r.given
	return max(r.given, r.in.Policy.Thresholds.Halves(minutes, punched)) + r.due - punched
}

// parts are the shares of a day that none, one and both of its halves are.
var parts = [3]decimal.Decimal{{}, half, one}

func (r *reading) status() Status {
	if r.owed > 0 && len(r.alone) > 0 {
		return StatusMissingPunch
	}
	first, second := r.away[0], r.away[1]
	switch {
	case first != nil && second != nil:
		if first.Paid.Sign() == 0 && second.Paid.Sign() == 0 {
			return StatusUnpaidLeave
		}
		return StatusLeave
	case first != nil || second != nil:
		return StatusHalfLeave
	case r.due == 0 && r.in.Calendar.Holiday != "":
		return StatusHoliday
	case r.due == 0:
		return StatusWeeklyOff
	case r.excused && r.hours.paid.Sign() == 0:
		return StatusUnpaidLeave
	case r.excused:
		return StatusLeave
	case r.done == r.due && r.owed+r.given < r.due:
		for _, d := range r.duty {
			if d != nil && d.Kind == OnDuty {
				return StatusOnDuty
			}
		}
		return StatusHome
	case r.done == r.due:
		return StatusPresent
	case r.done > 0:
		return StatusHalfDay
	}
	return StatusAbsent
}

// note lists what was out of the ordinary, in the order of [ExceptionCodes].
func (r *reading) note() {
	add := func(code ExceptionCode, ref hr.Ref, detail string, args ...any) {
		r.day.Exceptions = append(r.day.Exceptions, exception(code, ref, detail, args...))
	}
	for _, p := range inOrder(r.in.Outside) {
		add(OutsideWindow, p.Ref(), "a punch at %s does not count: it is too far from the shift", r.in.clock(p.At))
	}
	for _, p := range r.alone {
		if p.Direction == Out {
			add(MissingIn, p.Ref(), "went at %s, and no punch says when they came", r.in.clock(p.At))
		}
	}
	for _, p := range r.alone {
		if p.Direction == In {
			add(MissingOut, p.Ref(), "came at %s, and no punch says when they went", r.in.clock(p.At))
		}
	}
	asked := r.owed > 0 && len(r.alone) == 0 && r.in.Shift.Kind != UnclockedShift
	switch {
	case asked && len(r.counted) == 0:
		add(NoShow, hr.Ref{}, "neither at work nor on leave")
	case asked && r.present == 0:
		add(NothingWorked, hr.Ref{}, "came and went within the same minute")
	case asked && r.day.Worked == 0:
		add(NothingWorked, hr.Ref{}, "at work for %d minutes, all of them unpaid break", r.present)
	case asked && r.done < r.due:
		add(ShortDay, hr.Ref{}, "worked %d minutes: too little for %s", r.day.Worked, halves(r.owed))
	}
	if r.day.Late > 0 {
		add(Late, r.counted[0].Ref(), "came at %s, %d minutes after %s%s", r.in.clock(r.counted[0].At), r.day.Late, r.in.clock(r.start), r.beside())
	}
	if r.day.Early > 0 {
		last := r.counted[len(r.counted)-1]
		add(EarlyExit, last.Ref(), "went at %s, %d minutes before %s%s", r.in.clock(last.At), r.day.Early, r.in.clock(r.end), r.beside())
	}
	r.noteLeave(add)
	for _, p := range r.fenced {
		add(OffSite, p.Ref(), "punched at %s outside the fence of the site", r.in.clock(p.At))
		if r.in.Policy.Geofence.Discard {
			last := &r.day.Exceptions[len(r.day.Exceptions)-1]
			last.Severity, last.Detail = Problem, last.Detail+": it does not count"
		}
	}
	for _, p := range r.all {
		if p.Source == FromCorrection {
			add(CorrectedPunch, p.Ref(), "the punch at %s was put in by correction", r.in.clock(p.At))
		}
	}
	for _, p := range r.repeated {
		add(RepeatedPunch, p.Ref(), "the punch at %s repeats the one before it", r.in.clock(p.At))
	}
}

func halves(n int) string {
	if n == 1 {
		return "half a day"
	}
	return "a full day"
}

// refs lists what is behind the day.
func (r *reading) refs() []hr.Ref {
	plan := make([]hr.Ref, 0, 8) // beside the punches there is little
	if !r.in.Roster.IsZero() {
		plan = append(plan, r.in.Roster)
	}
	if r.presumed > 0 {
		plan = append(plan, hr.Ref{Kind: shiftRef, ID: r.in.Shift.ID})
	}
	for i := range r.absences {
		if ref := r.absences[i].Ref; !ref.IsZero() {
			plan = append(plan, ref)
		}
	}
	for h, d := range r.duty {
		if d != nil && !d.Ref.IsZero() && (h == 0 || r.duty[0] != d) {
			plan = append(plan, d.Ref)
		}
	}
	outside := inOrder(r.in.Outside)
	refs := append(make([]hr.Ref, 0, len(plan)+len(r.all)+len(outside)), plan...)
	for i := range r.all {
		refs = append(refs, r.all[i].Ref())
	}
	for i := range outside {
		refs = append(refs, outside[i].Ref())
	}
	return refs
}
