package attendance

import (
	"fmt"
	"strconv"

	"github.com/musterhr/hr"
)

// trace explains the day: the shift, the minutes and where they come from, and why so much of the day is payable.
func (r *reading) trace() hr.Trace {
	t := hr.Trace{Name: r.in.Date.String(), Value: string(r.day.Status), Refs: r.day.Refs}
	t.Parts = make([]hr.Trace, 0, 8)
	shift := hr.Trace{Name: "shift", Value: r.in.Shift.Label(), Rule: r.in.Shift.Start.String() + " to " + r.in.Shift.End.String() + ", " + r.in.Shift.Zone.String()}
	if !r.in.Roster.IsZero() {
		shift.Refs = []hr.Ref{r.in.Roster}
	}
	t.Parts = append(t.Parts, shift)
	if r.in.Calendar.Holiday != "" {
		t.Parts = append(t.Parts, hr.Trace{Name: "holiday", Value: r.in.Calendar.Holiday})
	}
	for _, a := range r.absences {
		part := hr.Trace{Name: "leave", Value: a.Type, Rule: "payable by " + a.Paid.String() + " of " + dayPart(a.Half)}
		if a.Minutes > 0 {
			part.Rule = fmt.Sprintf("payable by %s of %d minutes, as far as they are owed", a.Paid, a.Minutes)
		}
		for _, back := range r.day.Returns {
			if back.Request == a.Ref && back.Half == a.Half && back.Share.Sign() > 0 {
				part.Note = fmt.Sprintf("worked after all: %s of it goes back to leave", back.Share)
			}
		}
		if !a.Ref.IsZero() {
			part.Refs = []hr.Ref{a.Ref}
		}
		t.Parts = append(t.Parts, part)
	}
	for h, d := range r.duty {
		if d == nil || h == 1 && r.duty[0] == d {
			continue
		}
		part := hr.Trace{Name: "duty", Value: string(d.Kind), Rule: "counts as worked, as far as it was due: " + dayPart(d.Half)}
		if !d.Ref.IsZero() {
			part.Refs = []hr.Ref{d.Ref}
		}
		t.Parts = append(t.Parts, part)
	}
	if len(r.all) > 0 || r.presumed > 0 {
		t.Parts = append(t.Parts, r.worked())
	}
	if r.day.Late > 0 {
		t.Parts = append(t.Parts, timed("late", r.day.Late, "beyond a grace of "+strconv.Itoa(r.in.Policy.Grace.Late)))
	}
	if r.day.Early > 0 {
		t.Parts = append(t.Parts, timed("early", r.day.Early, "beyond a grace of "+strconv.Itoa(r.in.Policy.Grace.Early)))
	}
	if o := r.in.Policy.Overtime; o.Step > 0 && r.extra > 0 {
		part := timed("overtime", r.day.Overtime, fmt.Sprintf("what was worked beyond %d minutes, in whole steps of %d, from %d on", r.day.Scheduled, o.Step, o.Minimum))
		part.Parts = []hr.Trace{timed("beyond", r.extra, "")}
		if r.early > 0 {
			part.Parts[0].Note = fmt.Sprintf("%d minutes before the shift are left out", r.early)
		}
		t.Parts = append(t.Parts, part)
	}
	if r.day.Night > 0 {
		n := r.in.Policy.Night
		t.Parts = append(t.Parts, timed("night", r.day.Night, "at work between "+n.From.String()+" and "+n.Until.String()))
	}
	t.Parts = append(t.Parts, r.payable())
	return t
}

func timed(name string, minutes int, rule string) hr.Trace {
	return hr.Trace{Name: name, Value: strconv.Itoa(minutes), Unit: "minutes", Rule: rule}
}

func (r *reading) worked() hr.Trace {
	t := timed("worked", r.day.Worked, "time between punches, less the unpaid break")
	if r.presumed > 0 {
		t.Rule = "time between punches, less the unpaid break, and what was planned beyond it: nobody clocks on this shift"
	}
	t.Parts = make([]hr.Trace, 0, len(r.day.Sessions)+1)
	for _, s := range r.day.Sessions {
		part := timed("session", s.Minutes(), "")
		part.Note = r.in.clock(s.In.At) + " to " + r.in.clock(s.Out.At)
		if !s.From.IsZero() {
			part.Rule = fmt.Sprintf("rounded to %d minutes: %s to %s", r.in.Policy.Rounding.Step, r.in.clock(s.From), r.in.clock(s.Until))
		}
		part.Refs = []hr.Ref{s.In.Ref(), s.Out.Ref()}
		t.Parts = append(t.Parts, part)
	}
	if r.presumed > 0 {
		t.Parts = append(t.Parts, timed("planned", r.presumed, ""))
	}
	if r.rests > 0 {
		t.Parts = append(t.Parts, timed("rest", r.rests, fmt.Sprintf("times of up to %d minutes between are paid rests", r.in.Shift.Break.PaidUpTo)))
	}
	if r.taken > 0 {
		b := r.in.Shift.Break
		part := timed("break", -r.taken, fmt.Sprintf("%d minutes are unpaid, of what was worked beyond %d", b.Minutes, b.After))
		if r.gaps > 0 {
			part.Note = fmt.Sprintf("%d minutes away in between are break already", r.gaps)
		}
		t.Parts = append(t.Parts, part)
	}
	return t
}

func (r *reading) payable() hr.Trace {
	t := hr.Trace{Name: "payable", Value: hr.Canonical(r.day.Payable), Unit: "days"}
	switch {
	case r.due == 0:
		t.Rule = "nothing was due"
	case r.excused:
		t.Rule = "leave by the hour covers all that was due"
	case r.owed == 0:
		t.Rule = "all that was due was on duty, or worked on leave"
	case len(r.alone) > 0:
		t.Rule = fmt.Sprintf("a punch is missing: the policy takes %d of 2 halves as worked", r.in.Policy.MissingPunch.Halves)
	default:
		th := r.in.Policy.Thresholds
		t.Rule = fmt.Sprintf("%d of %d halves due were worked: a full day is %d minutes, half a day %d", r.done, r.due, th.FullDay, th.HalfDay)
	}
	if r.away[0] != nil || r.away[1] != nil {
		t.Note = "the leave adds its paid share"
	}
	if n := r.hours.minutes; n > 0 {
		t.Note = fmt.Sprintf("%d minutes of leave count as worked beside work; %s of the day is not paid", n, hr.Canonical(r.hours.lost))
	}
	return t
}

func dayPart(h hr.HalfOfDay) string {
	switch h {
	case hr.FirstHalf:
		return "the first half"
	case hr.SecondHalf:
		return "the second half"
	}
	return "the day"
}
